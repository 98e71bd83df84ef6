"""The forms that a reader's choices take: how a value is read, checked, written and said, whatever it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.common.numbers import duration_text
from model.scenario.durations import MAX_HOURS, duration_code, hours_of
from model.scenario.places import find_country, regions_of
from model.scenario.readers import kind_of, length, local_time, names_of, number, plain_text, whole, yes_no
from model.scenario.readers import share as read_share

A_LENGTH = "text such as '36 hours'"


@dataclass(frozen=True)
class ValueForm:
    """How the values of a field are read, checked, written and said.

    `check` takes the catalogue, the field's name and a value, and gives the value in its one canonical form or raises
    `InputError`. `fits` says whether a value out of a file, which has types, is of a right one (`types` in words),
    and `load` turns it into what `check` takes. `read` does that for a name and the text that a link gives it.
    Numbers may stay text, as `check` reads them. `write` is the way back into a link, `words` what a reader sees.
    `low`, `high` and `step` are for a control on a screen.
    """

    types: str
    fits: Callable[[Any], bool]
    check: Callable[[Catalogue, str, Any], Any]
    load: Callable[[Any], Any] = lambda value: value
    read: Callable[[str, str], Any] = lambda name, text: text
    write: Callable[[Any], str] = str
    words: Callable[[Catalogue, Any], str] = lambda catalogue, value: str(value)
    low: float = 0.0
    high: float = 1.0
    step: float = 1.0


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    """Whether a value is a number or may be the text of one, which `check` then reads."""
    return _is_text(value) or (isinstance(value, int | float) and not isinstance(value, bool))


def _is_whole(value: object) -> bool:
    return _is_text(value) or (isinstance(value, int) and not isinstance(value, bool))


def amount(low: float, high: float, unit: str) -> ValueForm:
    """A number from `low` to `high`, both in `unit`."""
    return ValueForm(
        "a number", _is_number, lambda _, name, value: number(name, value, low, high, unit), write=repr,
        words=lambda _, value: f"{value:g}", low=low, high=high,
    )  # fmt: skip


def days(most: float) -> ValueForm:
    """A length counted in days, at most `most`; a text may give it in any unit."""
    return ValueForm(
        f"a number of days, or {A_LENGTH}", _is_number,
        lambda _, name, value: length(name, value, most, "days"), write=repr,
        words=lambda _, value: f"{value:g}", high=most,
    )  # fmt: skip


def count(low: int, high: int) -> ValueForm:
    """A whole number from `low` to `high`."""
    return ValueForm(
        "a whole number", _is_whole, lambda _, name, value: whole(name, value, low, high), low=low, high=high
    )


def share(of: str = "share") -> ValueForm:
    """A share as a decimal from 0 to 1; `of` says of what."""
    return ValueForm(
        "a number, or text such as '15%'", _is_number, lambda _, name, value: read_share(name, value, of), write=repr,
        words=lambda _, value: f"{value * 100:.10g}%", step=0.01,
    )  # fmt: skip


def text(most: int) -> ValueForm:
    """Plain text of at most `most` characters."""
    return ValueForm("text", _is_text, lambda _, name, value: plain_text(name, value, most))


def _regions(catalogue: Catalogue, name: str, value: tuple[str, ...]) -> tuple[str, ...]:
    """The regions that a list names, each item one or several; none where it says that it is the whole country."""
    chosen = [regions_of(catalogue, item) for item in value]
    if len(value) > 1 and () in chosen:
        raise InputError(
            name, ", ".join(value), "names a part and the whole", "regions, or none for the whole country"
        )
    return tuple(region for regions in chosen for region in regions)


COUNTRY = ValueForm(
    "text", _is_text, lambda catalogue, _, value: find_country(catalogue, value).iso3,
    words=lambda catalogue, iso3: catalogue.countries[iso3].name,
)  # fmt: skip
KIND = ValueForm("text", _is_text, kind_of, words=lambda catalogue, kind: catalogue.kinds[kind].label)
MONEY = ValueForm("text", _is_text, lambda _catalogue, _name, value: value.upper())
DURATION = ValueForm(
    f"a number of hours, or {A_LENGTH}", _is_number, lambda _, name, value: length(name, value, MAX_HOURS, "hours"),
    read=lambda _, text: hours_of(text), write=duration_code,
    words=lambda _, hours: duration_text(hours), high=MAX_HOURS,
)  # fmt: skip
LOCAL_TIME = ValueForm(
    "text or a date", lambda value: isinstance(value, str | date),
    lambda _catalogue, _name, value: local_time(value),
    load=lambda value: value.isoformat() if isinstance(value, date) else value,
    words=lambda _, value: value.replace("T", " "),
)  # fmt: skip
YES_NO = ValueForm(
    "true or false", lambda value: isinstance(value, bool), lambda _catalogue, _name, value: value,
    read=yes_no, write=lambda flag: "yes" if flag else "no", words=lambda _, flag: "yes" if flag else "no",
)  # fmt: skip
NAMES = ValueForm(
    "a list of names", lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
    _regions, load=tuple, read=lambda _, text: names_of(text), write=",".join,
    words=lambda _, names: ", ".join(names),
)  # fmt: skip
