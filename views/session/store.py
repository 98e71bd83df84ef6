"""The one store of what a reader set: the values of a page by key, in the session and in the address.

Only what differs from the shipped value is stored, so an empty store is the page as it opens. A page declares its
fields once; reset, taking back, the link and the way back to the last values that worked follow from them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import streamlit as st

from model.catalogue.parameters import Override, Parameter, parse_override, written
from model.common.errors import InputError, choices
from model.scenario.readers import yes_no
from views.words import escaped

T = TypeVar("T")
MOST_TEXT = 200  # letters of a text in a link
FRESH = "a_problem_is_new"  # and has not been said over the page


@dataclass(frozen=True)
class PageField:
    """One value of a page.

    `link` is its name in the address, "" where another part of the address carries it. `read` gives the value of a
    text in a link and raises `InputError` naming the key, the text and what is allowed; `write` is its inverse.
    What `stays` says where on the page the reader is: no reset and no bad value takes it back. `label` is how the page
    names it, where its name in the address is a code.
    """

    default: Any
    link: str = ""
    read: Callable[[str], Any] = str
    write: Callable[[Any], str] = str
    stays: bool = False
    label: str = ""


def one_of(link: str, default: str, options: Mapping[str, str], *, stays: bool = False) -> PageField:
    """A choice; `options` maps the words of a link to the values of the page.

    The reader of a link raises `InputError`.
    """
    words = {value: word for word, value in options.items()}

    def read(text: str) -> str:
        if text not in options:
            raise InputError(link, text, "is not on offer", choices(options, text))
        return options[text]

    return PageField(default, link, read, words.__getitem__, stays)


def some_of(link: str, default: tuple[str, ...], options: Mapping[str, str]) -> PageField:
    """Several choices, in the order of the options; `none` where all were taken away.

    The reader of a link raises `InputError`.
    """
    words = {value: word for word, value in options.items()}

    def read(text: str) -> tuple[str, ...]:
        parts = [] if text == "none" else [part.strip() for part in text.split(",")]
        for part in parts:
            if part not in options:
                raise InputError(link, part, "is not on offer", choices(options, part))
        return tuple(value for word, value in options.items() if word in parts)

    return PageField(default, link, read, lambda values: ",".join(map(words.__getitem__, values)) or "none")


def by_name(names: Iterable[str]) -> dict[str, str]:
    """Options whose names are also the words of a link, spelt in small letters and underscores."""
    return {re.sub(r"\W+", "_", name.casefold()).strip("_"): name for name in names}


def words(link: str) -> PageField:
    """A text of the reader's own; a link is refused with `InputError` where it is too long."""

    def read(text: str) -> str:
        if len(text) > MOST_TEXT:
            raise InputError(link, f"{text[:20]}…", "is too long", f"at most {MOST_TEXT} letters")
        return text

    return PageField("", link, read)


def yes_or_no(link: str) -> PageField:
    """No, until the reader says yes."""
    return PageField(False, link, lambda text: yes_no(link, text), lambda value: "yes" if value else "no")


def parameter_field(link: str, parameter: Parameter, default: Override | None = None) -> PageField:
    """A parameter, checked as its row says; without a default the page knows which value is shipped."""
    return PageField(
        default, link, lambda text: parse_override(parameter, text), written, label=parameter.label
    )


def say_refused(text: str) -> None:
    """Say what could not be used, and that nothing was lost by it."""
    st.error(escaped(f"{text}. The last good result stays."), icon=":material/error:")


class Store:
    """The values of one page. `name` is unique among the pages; `fields` are read once, at the first use."""

    def __init__(self, name: str, fields: Callable[[], Mapping[str, PageField]]) -> None:
        self.name = name
        self._fields = fields

    @cached_property
    def fields(self) -> Mapping[str, PageField]:
        """Every value that the page may hold, by key."""
        return self._fields()

    @cached_property
    def linked(self) -> Mapping[str, str]:
        """The key of every value that a link may carry, by its name there."""
        return {field.link: key for key, field in self.fields.items() if field.link}

    @property
    def changed(self) -> dict[str, Any]:
        """What differs from the shipped values, by key."""
        values: dict[str, Any] = st.session_state.setdefault(self.name, {})
        return values

    @property
    def problems(self) -> dict[str, str]:
        """Sentences about what could not be used, by field."""
        texts: dict[str, str] = st.session_state.setdefault(f"{self.name}_problems", {})
        return texts

    def get(self, key: str) -> Any:
        """The value of a field, the shipped one where it was not changed."""
        return self.changed[key] if key in self.changed else self.fields[key].default

    def put(self, key: str, value: Any) -> None:
        """Change a field; None or its default takes it back."""
        if value is None or value == self.fields[key].default:
            self.take_back(key)
        else:
            self.changed[key] = value

    def take_back(self, *keys: str) -> None:
        """The shipped values of these fields again."""
        for key in keys:
            self.changed.pop(key, None)

    def reset(self) -> None:
        """Back to the shipped values."""
        self._set({})

    def _set(self, changed: Mapping[str, Any]) -> None:
        """These values alone, and what stays."""
        stays = {key: value for key, value in self.changed.items() if self.fields[key].stays}
        st.session_state[self.name] = {
            **{key: value for key, value in changed.items() if not self.fields[key].stays},
            **stays,
        }

    def attempt(self, field: str, build: Callable[[], T]) -> T | None:
        """What `build` gives, and no problem is left; after an `InputError` None, and its sentence under `field`."""
        try:
            result = build()
        except InputError as problem:
            self.problems[field] = str(problem)
            st.session_state[FRESH] = True
            return None
        self.problems.clear()
        return result

    def computed(self, build: Callable[[], T], *instead: Callable[[], None]) -> T:
        """What `build` gives under the values of the page.

        Values that cannot be used together become a sentence, and the last that worked come back. They may not work
        any more, since a page can read the scenario too: then each of `instead` may change them, and at last the
        page stands as it opens.
        """
        good = f"{self.name}_good"
        try:
            result = build()
        except (InputError, ArithmeticError) as problem:
            say_refused(
                str(problem.named(self._label(problem.field) or problem.field))
                if isinstance(problem, InputError)
                else "These figures cannot be computed together"
            )
            return self._last_good(dict(st.session_state.get(good, {})), build, instead)
        st.session_state[good] = dict(self.changed)
        return result

    def _last_good(
        self, good: dict[str, Any], build: Callable[[], T], instead: Iterable[Callable[[], None]]
    ) -> T:
        self._set(good)
        for change in (lambda: None, *instead):
            change()
            try:
                return build()
            except (InputError, ArithmeticError):
                continue
        self.reset()
        return build()

    def to_link(self) -> dict[str, str]:
        """What differs from the shipped values, as link parameters in the order of the fields."""
        changed = self.changed
        if not changed:
            return {}
        return {
            field.link: field.write(changed[key])
            for key, field in self.fields.items()
            if field.link and key in changed
        }

    def from_link(self, query: Mapping[str, str]) -> list[str]:
        """Take the values of a link and no others; a sentence for each part that was ignored, from its `InputError`.

        Never raises.
        """
        ignored: list[str] = []
        st.session_state[self.name] = {}
        for name, text in query.items():
            try:
                if name not in self.linked:
                    raise InputError(name, name, "is no name that a link knows", choices(self.linked, name))
                key = self.linked[name]
                self.put(key, self.fields[key].read(text))
            except (
                InputError
            ) as problem:  # under its name on the page, and the one that the reader sees in the link
                label = self._label(self.linked.get(name, ""))
                ignored.append(f"Ignored {problem.named(f'{label} ({name})' if label else name)}.")
        self.problems.clear()
        return ignored

    def _label(self, key: str) -> str:
        """How the page names a value; nothing where its key is not a code, or is of no value here."""
        return self.fields[key].label if key in self.fields else ""

    def owns(self, name: str) -> bool:
        """Whether a name in a link is of this page, perhaps misspelt."""
        return name in self.linked or name.startswith(f"{self.name}.")
