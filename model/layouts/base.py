"""What every layout is, and how a row that cannot be read keeps its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.common.cache import cached
from model.common.errors import InputError
from model.layouts.record import NoLengthError, Record, UnpricedError, cut, plain
from model.reading.names import words_of
from model.scenario.places import HARD, WHOLE, countries_of, regions_of


class Layout(Protocol):
    """A form in which lists come."""

    key: str
    label: str

    def recognises(self, content: Any) -> bool:
        """Whether a file has this form; `content` as `files.content_of` gives it."""

    def records(self, catalogue: Catalogue, content: Any) -> Iterator[Record]:
        """A record for each row; raises `InputError` where the file as a whole is of another form."""


@dataclass(frozen=True)
class Cells:
    """The cells of a row by column, as text on one line."""

    row: Mapping[str, Any]

    def __getitem__(self, column: str) -> str:
        return plain(self.row.get(column))

    def said(self, columns: Iterable[str]) -> str:
        """What stands in these columns, as it was typed."""
        return "; ".join(f"{name}: {cut(self[name])}" for name in columns if self[name])

    def yes(self, column: str) -> bool:
        return self[column].casefold() in ("yes", "true", "1", "y")


def read(record: Record, fill: Callable[[Record], None]) -> Record:
    """The record that `fill` fills; what it raises is the reason why the row has no price."""
    try:
        fill(record)
    except UnpricedError as problem:
        record.problem, record.no_length = problem.sentence, isinstance(problem, NoLengthError)
    except InputError as problem:
        record.problem = f"{problem}."
    except (ValueError, TypeError, OverflowError, AttributeError, KeyError) as problem:  # no row ends the run
        record.problem = f"The row cannot be read ({cut(plain(str(problem)))})."
    return record


def need_columns(label: str, header: Iterable[str], needed: Iterable[str]) -> None:
    """Raise `InputError` for the first column that a layout cannot do without."""
    names = list(header)
    for column in needed:
        if column not in names:
            raise InputError(
                "list", ", ".join(names[:12]), f"has no column {column}", f"the columns of {label}"
            )


def rows_of(label: str, content: Any, keys: Iterable[str]) -> list[Any]:
    """The list of rows in a JSON value: itself, or what stands below the first of `keys`; raises `InputError`."""
    inside = content
    for _ in range(3):
        if isinstance(inside, Mapping):
            inside = next((inside[key] for key in keys if key in inside), None)
    if not isinstance(inside, list):
        raise InputError(
            "list", cut(plain(str(content)), 40), f"is no {label}", "its JSON, as it is downloaded"
        )
    return inside


def find_countries(catalogue: Catalogue, record: Record, text: str) -> None:
    """The countries of a field into the record, each once; those that have no figures keep their reason.

    Raises `InputError` or `UnpricedError` where there is none with figures.
    """
    if not text.strip():
        raise UnpricedError("It names no country.")
    codes, problems = _countries(catalogue, text)
    if not codes:
        raise UnpricedError(problems[0])
    record.countries, record.refused = codes, problems


@cached()  # a list names the same few again and again
def _countries(catalogue: Catalogue, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes of the countries in a field, and why the others of its parts have no price."""
    codes: dict[str, None] = {}
    problems: list[str] = []
    for part in HARD.split(text):
        if part.strip():
            try:
                codes |= {row.iso3: None for row in countries_of(catalogue, part)}
            except InputError as problem:
                problems.append(f"{problem}.")
    return tuple(codes), tuple(problems) if codes or problems else ("It names no country.",)


def find_regions(catalogue: Catalogue, record: Record, text: str) -> bool:
    """The regions of Pakistan that a field names into the record; whether it names them, or the whole country."""
    record.area = ""
    if words_of(text) in WHOLE:
        return True
    if record.countries == (HOME,) and not record.refused:
        try:
            record.regions = regions_of(catalogue, text)
            return True
        except InputError:
            pass
    record.area = text
    return False
