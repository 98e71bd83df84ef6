"""The one list to pick a country from: typed names go through the reader of names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.scenario.places import countries_of, country_begun
from views.words import refuse, say_refused_at, shown, when_heard


def usable(catalogue: Catalogue) -> dict[str, str]:
    """Names of the economies with figures by code, the home economy first."""
    rows = {row.iso3: row.name for row in catalogue.countries.values() if row.available == "yes"}
    return {iso3: rows[iso3] for iso3 in sorted(rows, key=lambda iso3: (iso3 != HOME, rows[iso3]))}


def country_box(
    catalogue: Catalogue, label: str, now: str, change: Callable[[str], None], key: str, help_text: str = ""
) -> None:
    """Draw the list; `change` hears the code that was picked or whose name was typed.

    Streamlit's list matches letters in their order and would take the first hit at Enter: `UK` would be Ukraine. As
    new entries are taken, Enter hands over what was typed, and the reader decides. What it cannot read is said, and
    the country stays.
    """
    names = usable(catalogue)
    shown(key, now)

    def heard() -> None:
        if (code := _read(catalogue, names, st.session_state[key], key)) is not None:
            st.session_state[key] = code  # sent again, so that the field of who typed TUR shows Türkiye
            change(code)

    st.selectbox(
        label, list(names), list(names).index(now), key=key, on_change=when_heard(key, heard), help=help_text or None,
        format_func=lambda item: names.get(item, item), accept_new_options=True, filter_mode="contains",
    )  # fmt: skip
    say_refused_at(key)


def country_list(
    catalogue: Catalogue, label: str, now: Sequence[str], change: Callable[[tuple[str, ...]], None], key: str, most: int
) -> None:  # fmt: skip
    """The same for up to `most` countries; `change` hears all their codes, each once.

    A list of several takes the first hit at Enter whatever is typed, so it is there to pick and to remove; a box of
    its own takes names.
    """
    names = usable(catalogue)
    shown(key, list(now))

    def picked() -> None:
        change(tuple(dict.fromkeys(st.session_state[key])))

    st.multiselect(
        label, sorted(names, key=names.__getitem__), list(now), key=key, on_change=when_heard(key, picked),
        format_func=names.__getitem__, max_selections=most, filter_mode=None,
    )  # fmt: skip
    if len(now) >= most:
        return
    typed = shown(f"{key}_typed", "")

    def added() -> None:
        given = str(st.session_state[typed]).strip()
        st.session_state[typed] = ""
        try:
            rows = countries_of(catalogue, given) if given else ()
        except InputError as problem:
            refuse(str(problem), typed)
            return
        change(tuple(dict.fromkeys((*now, *(row.iso3 for row in rows))))[:most])

    st.text_input(
        "Add countries by name", "", key=typed, on_change=when_heard(typed, added), max_chars=200,
        placeholder="UK; Turkey; Viet Nam", help="Any usual name or code; several with semicolons between.",
    )  # fmt: skip
    say_refused_at(typed)


def _read(catalogue: Catalogue, names: Mapping[str, str], given: str, key: str) -> str | None:
    """The code of what was picked or typed; None, and a sentence, where it is none."""
    if given in names:
        return given
    try:
        return country_begun(catalogue, given).iso3
    except InputError as problem:
        refuse(str(problem), key)
        return None
