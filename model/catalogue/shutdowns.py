"""Recorded shutdowns: how many by country, year and kind, how long they lasted, and what pricing them assumes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from model.catalogue.checks import Names
from model.common.cells import (
    LIMITS,
    Iso3,
    Keys,
    Share,
    Status,
    Text,
    Unit,
    Word,
    Year,
    YesNo,
    check_order,
    limited,
)
from model.common.errors import CellError, DataError
from model.common.tables import Row, cell, read_table

COUNTED = (
    "full_network",
    "service_block",
    "throttle",
)  # columns of the counts, and rows of shutdown_kinds.csv
Counted = Literal["full_network", "service_block", "throttle"]
MOST = 2000  # events of one country; more would be an error of the table


def _count(words: str = "a number of events") -> Any:
    return limited(0, MOST, words)


class CountryCount(Row):
    """Events of one country over all years, each once; `started_before` of them began before the first year."""

    iso3: Iso3
    events: int = limited(1, MOST, "a number of events")
    full_network: int = _count()
    service_block: int = _count()
    throttle: int = _count()
    nationwide: int = _count()
    median_days: float | None = Field(
        default=None, ge=1, le=3660, description="days from 1 to 3,660, both ends counted"
    )
    known_lengths: int = _count("events whose length is known")
    started_before: int = _count()
    note: Text = ""
    status: Status
    source: Keys

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(self.by_kind)
        if total != self.events:
            raise CellError("events", self.events, f"{total}, the sum of {', '.join(COUNTED)}")
        for name in ("nationwide", "known_lengths", "started_before"):
            if getattr(self, name) > self.events:
                raise CellError(name, getattr(self, name), f"at most {self.events} (events)")
        if (self.median_days is None) != (self.known_lengths == 0):
            raise CellError("median_days", self.median_days, "a number where lengths are known, else empty")
        return self

    @property
    def by_kind(self) -> tuple[int, ...]:
        """Events of each counted kind, in the order of `COUNTED`."""
        return tuple(getattr(self, name) for name in COUNTED)


class YearCount(Row):
    """Events of one country that began in one year; `rows` as published, where one that goes on stands again.

    `exact`: whether the tables leave one answer only to which year the repeated rows belong.
    """

    iso3: Iso3
    year: Year
    rows: int = limited(1, MOST, "a number of rows")
    events: int = limited(1, MOST, "a number of events")
    exact: YesNo
    status: Status
    source: Keys

    @model_validator(mode="after")
    def _fewer(self) -> Self:
        if self.events > self.rows:
            raise CellError("events", self.events, f"at most {self.rows} (rows)")
        return self


class WorldCount(Row):
    """Events of the world by the year that first listed them."""

    year: Year
    full_network: int = _count()
    service_block: int = _count()
    throttle: int = _count()
    events: int = limited(1, MOST, "a number of events")
    status: Status
    source: Keys

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(getattr(self, name) for name in COUNTED)
        if total != self.events:
            raise CellError("events", self.events, f"{total}, the sum of {', '.join(COUNTED)}")
        return self


class CountedKind(Row):
    """What a kind of the counts is in the model: `kind`, and with the chance `other_*` the kind `other`.

    `whole_first`: whether nationwide events of a country are taken to be of this kind before others.
    """

    counted: Counted
    label: Text
    kind: Word
    other: Word = ""
    other_low: Share | None = None
    other_mode: Share | None = None
    other_high: Share | None = None
    whole_first: YesNo
    status: Status
    source: Keys
    evidence: Text

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        for name in ("other_low", "other_mode", "other_high"):
            if (getattr(self, name) is None) == bool(self.other):
                raise CellError(name, getattr(self, name), "a share where there is another kind, else empty")
        check_order(self.model_dump(), ("other_low", "other_mode", "other_high"))
        return self

    @property
    def other_share(self) -> tuple[float, float, float]:
        """Least, most likely and greatest chance of the other kind."""
        return self.other_low or 0.0, self.other_mode or 0.0, self.other_high or 0.0


class YearFigure(Row):
    """A figure that the price of a year needs beside the counts."""

    key: Word
    label: Text
    unit: Unit
    low: float = limited(0, 1e8, "a number")
    mode: float = limited(0, 1e8, "a number")
    high: float = limited(0, 1e8, "a number")
    status: Status
    source: Keys
    evidence: Text

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order(self.model_dump(), ("low", "mode", "high"))
        least, most = LIMITS.get(self.unit, (0.0, 0.0))
        for name in ("low", "high"):
            if not least <= getattr(self, name) <= most:
                raise CellError(name, getattr(self, name), f"{least:g} to {most:g} {self.unit}")
        if self.unit == "share" and not 0 < self.low <= self.high < 1:
            raise CellError("high", self.high, "shares above 0 and below 1")
        return self

    @property
    def ends(self) -> tuple[float, float, float]:
        return self.low, self.mode, self.high


@dataclass(frozen=True)
class Shutdowns:
    """The record of shutdowns: totals by country, counts by country and year, the world by year and kind."""

    totals: Mapping[str, CountryCount]
    starts: tuple[YearCount, ...]
    world: tuple[WorldCount, ...]
    kinds: Mapping[str, CountedKind]
    figures: Mapping[str, YearFigure]

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the record, ascending."""
        return tuple(sorted(row.year for row in self.world))


FIGURES = ("part_people", "part_most", "part_spread", "long_share")


def read_shutdowns(data: Path) -> Shutdowns:
    """The tables of shutdowns; raises `DataError`. What they name in other tables `check_shutdowns` checks."""
    totals = read_table(data / "shutdowns_by_country.csv", CountryCount, unique=("iso3",))
    starts = read_table(data / "shutdowns_by_country_year.csv", YearCount, unique=("iso3", "year"))
    world = read_table(data / "shutdowns_by_year.csv", WorldCount, unique=("year",))
    kinds = read_table(data / "shutdown_kinds.csv", CountedKind, unique=("counted",), distinct=("label",))
    figures = read_table(data / "year_figures.csv", YearFigure, unique=("key",), distinct=("label",))
    return Shutdowns(
        {row.iso3: row for row in totals}, starts, world, {row.counted: row for row in kinds},
        {row.key: row for row in figures},
    )  # fmt: skip


def check_shutdowns(names: Names, shutdowns: Shutdowns, countries: Collection[str]) -> None:
    """Counts are of countries and years that are known and add up; every kind and figure of a year is there.

    Raises `DataError`.
    """
    for table, row, total in (
        ("shutdowns_by_country.csv", iso3, total) for iso3, total in shutdowns.totals.items()
    ):
        names.need(table, row, "iso3", row, countries)
        names.need_sources(table, [(row, total.source)])
        of_years = sum(item.events for item in shutdowns.starts if item.iso3 == row)
        if of_years + total.started_before != total.events:
            where = cell(names.root / "data" / table, row, "events")
            allowed = f"{of_years + total.started_before}: those of shutdowns_by_country_year.csv and started_before"
            raise DataError(where, total.events, "is not what the years add up to", allowed)
    for start in shutdowns.starts:
        start_key = start.iso3, str(start.year)
        names.need("shutdowns_by_country_year.csv", start_key, "iso3", start.iso3, shutdowns.totals)
        names.need(
            "shutdowns_by_country_year.csv", start_key, "year", str(start.year), [*map(str, shutdowns.years)]
        )
        names.need_sources("shutdowns_by_country_year.csv", [(start_key, start.source)])
    for year in shutdowns.world:
        names.need_year("shutdowns_by_year.csv", str(year.year), year.year)
        names.need_sources("shutdowns_by_year.csv", [(str(year.year), year.source)])
    for name in COUNTED:
        if name not in shutdowns.kinds:
            where = cell(names.root / "data/shutdown_kinds.csv", "", "counted")
            raise DataError(where, name, "is missing", "a row for each counted kind")
    for kind in shutdowns.kinds.values():
        names.need("shutdown_kinds.csv", kind.counted, "kind", kind.kind, names.kinds)
        names.need_all(
            "shutdown_kinds.csv", [(kind.counted, kind.other)], "other", names.kinds, "is not a kind"
        )
        names.need_sources("shutdown_kinds.csv", [(kind.counted, kind.source)])
    for key, item in shutdowns.figures.items():
        names.need("year_figures.csv", key, "key", key, FIGURES)
        names.need_sources("year_figures.csv", [(key, item.source)])
    for figure in FIGURES:
        if figure not in shutdowns.figures:
            where = cell(names.root / "data/year_figures.csv", "", "key")
            raise DataError(where, figure, "is missing", "a row for each figure of a year")
