"""What one row of a list says: read as it was typed, with what it leaves open and why, or why it has no price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from model.catalogue.load import Catalogue
from model.common.errors import InputError, quoted_value
from model.reading.dates import Moment
from model.reading.texts import can_be_shown
from model.scenario.open_values import OpenValueStatus

LONGEST_CELL = 120  # characters of a cell that are repeated in the results


class UnpricedError(InputError):
    """Why a row has no price, as the sentence that stands beside it."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__("row", "", sentence, "another row")

    def __str__(self) -> str:
        return self.sentence


class NoLengthError(UnpricedError):
    """All else of the row was read; how long it lasted is not known."""


class Opening(NamedTuple):
    """A value with its range; `key` is the row of data/list_ranges.csv whose reason and draws it has."""

    key: str  # empty: the value is known
    field: str
    low: float
    best: float
    high: float
    why: str = ""
    status: OpenValueStatus = "assumption"

    @property
    def open(self) -> bool:
        return self.low < self.high

    @property
    def mean(self) -> float:
        """The mean of its draws, which are PERT."""
        return (self.low + 4 * self.best + self.high) / 6 if self.open else self.best

    def times(self, factor: float) -> Opening:
        """The same where only a part of it is left: `factor`, 0 to 1."""
        return self._replace(low=self.low * factor, best=self.best * factor, high=self.high * factor)


def exactly(field: str, value: float) -> Opening:
    """A `value` that the list gives, in the unit of `field`: hours, spells, a share, a ratio or a weight."""
    return Opening("", field, value, value, value)


def opened(catalogue: Catalogue, key: str) -> Opening:
    """A value of which the list says nothing, with the range that the table gives it.

    Raises `ValueError` where the table has no numbers for `key`.
    """
    row = catalogue.list_ranges[key]
    if row.low is None or row.best is None or row.high is None:
        raise ValueError(f"{key} has no numbers of its own")
    return Opening(key, row.field, row.low, row.best, row.high, row.why)


def between(catalogue: Catalogue, key: str, low: float, best: float, high: float, why: str = "") -> Opening:
    """A value whose ends follow from the row, for the reason `key`; known where they are one.

    `low`, `best` and `high` are in the unit of the field, as in `exactly`.
    """
    row = catalogue.list_ranges[key]
    if low == high:
        return exactly(row.field, best)
    return Opening(key, row.field, low, best, high, f"{row.why} {why}".strip())


@dataclass(slots=True)
class Record:
    """One row. `problem` says why it cannot be priced; what had been read by then is kept.

    `kinds` are those that it can mean, the most modest first. Without a share of the country and without regions it
    is the whole. `what` tells blocks of different services in one place apart.
    """

    row: int
    read: str = ""
    title: str = ""
    source: str = ""
    countries: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()  # why further countries of the row have no price
    kinds: tuple[str, ...] = ()
    first: Moment | None = None
    year: int | None = None  # where nothing else says when it began
    last: Moment | None = None
    ongoing: bool = False
    utc: bool = False  # its clock is that of Greenwich
    hours: Opening | None = None
    regions: tuple[str, ...] = ()
    area: str = ""
    share: Opening | None = None
    what: str = ""
    qualities: tuple[Opening, ...] = ()
    ordered: bool | None = None
    joins: bool = False  # a day that goes on with the day before
    notes: tuple[str, ...] = ()
    problem: str = ""
    no_length: bool = False  # the whole of the problem: it happened, for a time that is not known

    def note(self, sentence: str) -> None:
        self.notes = (*self.notes, sentence)


def plain(value: object) -> str:
    """A cell as text on one line, without what cannot be shown; empty for none."""
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, datetime):
        value = value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    if not text.isprintable():
        text = "".join(sign if can_be_shown(sign) else " " for sign in text)
    return " ".join(text.split())


def cut(text: str, longest: int = LONGEST_CELL) -> str:
    """The text, shortened to `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def quoted(text: str) -> str:
    return quoted_value(text)
