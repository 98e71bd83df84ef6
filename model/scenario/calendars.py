"""Calendars of disruptions: what is to be expected in a year, as scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from model.catalogue.load import Catalogue, shipped_file
from model.common.cache import cached
from model.common.errors import DataError, InputError, choices
from model.scenario.fields import Header
from model.scenario.file import read_file
from model.scenario.scenario import Scenario, checked

MAX_PER_YEAR = 366.0


@dataclass(frozen=True)
class Disruption:
    """One entry of a calendar: what happens, and how often in a year. Its `key` owns the draws of its numbers."""

    key: str
    label: str
    scenario: Scenario
    per_year: float


@dataclass(frozen=True)
class Calendar:
    """Disruptions to expect in a year.

    `goes_on` is whether the title can go on a sentence that begins with `With`; `names_home` whether it names Pakistan.
    """

    key: str
    title: str
    header: Header
    disruptions: tuple[Disruption, ...]
    goes_on: bool = False
    names_home: bool = False


@cached(4)
def calendars(catalogue: Catalogue) -> dict[str, Calendar]:
    """The calendars of `data/calendars/` by the names of their files; raises `DataError` or `InputError`."""
    return {
        key: _calendar(catalogue, key, table) for key, table in catalogue.industry.calendar_tables.items()
    }


def pick_calendar(catalogue: Catalogue, key: str) -> Calendar:
    """The shipped calendar of that name; raises `InputError`."""
    rows = calendars(catalogue)
    if key not in rows:
        raise InputError("calendar", key, "is not known", choices(["own", *rows], key, most=10))
    return rows[key]


def _calendar(catalogue: Catalogue, key: str, table: Mapping[str, Any]) -> Calendar:
    where = f"data/calendars/{key}.toml"
    texts = {name: str(table.get(name, "")) for name in ("title", "author", "date", "reference", "why")}
    years = float(table.get("years", 1))
    rows = tuple(_disruption(catalogue, where, entry, years) for entry in table["disruption"])
    keys = [row.key for row in rows]
    for row in rows:
        if keys.count(row.key) > 1:
            free = 'a key of its own in every entry, such as key = "second"'
            raise DataError(
                where, row.key, "is the key of two disruptions (if none is given, their event or kind)", free
            )
    if not rows or not texts["title"]:
        raise DataError(where, "", "has no title or no disruption", "a title and [[disruption]] entries")
    flags = {name: table.get(name, False) for name in ("goes_on", "names_home")}
    for name, flag in flags.items():
        if not isinstance(flag, bool):
            raise DataError(f"{where} {name}", flag, "is not usable", "true or false")
    return Calendar(key, texts["title"], Header(**texts), rows, **flags)


def _disruption(catalogue: Catalogue, where: str, entry: dict[str, Any], years: float) -> Disruption:
    rest = dict(entry)
    per_year = float(rest.pop("times", 0)) / years or float(rest.pop("per_year", 0))
    if not 0 < per_year <= MAX_PER_YEAR:
        raise DataError(
            where, per_year, "is no number of disruptions a year", f"above 0, at most {MAX_PER_YEAR:g}"
        )
    name = rest.pop("event", None)
    key = rest.pop("key", name)
    if key is not None and not (isinstance(key, str) and key.strip()):
        raise DataError(f"{where} key", key, "is not usable", 'a name in quotation marks, such as "second"')
    if name is not None:
        path = shipped_file(catalogue, str(name))
        if path is None or rest:
            raise DataError(where, name, "is not usable", "the name of an event file, and nothing beside it")
        scenario = read_file(catalogue, path)
        return Disruption(str(key), scenario.header.title, scenario.with_changes(header=Header()), per_year)
    label = str(rest.pop("label", ""))
    rest["regions"] = tuple(rest.get("regions", ()))
    try:
        scenario = checked(catalogue, Scenario(**rest))
        return Disruption(key or scenario.kind, label, scenario, per_year)
    except TypeError as problem:
        raise DataError(where, str(problem), "is not usable", "fields of a scenario") from None
