"""What other methods need: constants, check cases, printed estimates and GDP by year."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from model.common.cells import (
    Dated,
    DatePrecision,
    Day,
    Iso3,
    Key,
    Keys,
    Musd,
    Status,
    Text,
    Url,
    Urls,
    Word,
    Year,
    YesNo,
    above,
    check_apart,
    check_order,
    limited,
)
from model.common.errors import CellError, DataError
from model.common.ranges import Range
from model.common.tables import Row, read_table

ConstantStatus = Literal["read", "derived", "recalled", "assumption"]


ConstantUnit = Literal[
    "days", "hours", "year", "count", "ratio", "share", "share of GDP", "share of daily GDP",
    "share of a full blackout", "per year", "M USD", "USD", "USD per hour", "USD per day", "USD per person",
    "USD per 10M people per day", "M PKR per day", "bn PKR per day", "PKR per USD",
]  # fmt: skip

PERCENT_UNITS: dict[ConstantUnit, str] = {  # how people read a share, a hundred times its value
    "share": "%", "share of GDP": "% of GDP", "share of daily GDP": "% of daily GDP",
    "share of a full blackout": "% of a full blackout",
}  # fmt: skip

# The least and the most that a constant can be, by its unit; the change of a series ends in `_change` and may fall.
CONSTANT_LIMITS: dict[str, tuple[float, float]] = {
    "days": (1, 366), "hours": (1, 1e5), "year": (1990, 2100), "count": (1, 1000), "ratio": (0.01, 10),
    "share": (0.001, 1), "share of GDP": (0.001, 0.5), "share of daily GDP": (0.001, 0.5),
    "share of a full blackout": (0.001, 1), "per year": (0.001, 1), "M USD": (10, 1e5), "USD": (1e7, 1e14),
    "USD per hour": (1e4, 1e8), "USD per day": (1e5, 1e9), "USD per person": (500, 200_000),
    "USD per 10M people per day": (1e5, 1e9), "M PKR per day": (1, 1e5), "bn PKR per day": (10, 1e4),
    "PKR per USD": (50, 1000),
}  # fmt: skip
CHANGE = "_change"
ROUNDED = 0.05  # how far two printed forms of one figure may be apart


class MethodConstant(Row):
    """A constant of one method; `country` and `gdp_year` where it holds for one economy only."""

    id: Key
    method: Word
    constant: Word
    country: Iso3 = ""
    gdp_year: Year | None = None
    value: float
    unit: ConstantUnit
    meaning: Text
    pinned_by: Text = ""
    status: ConstantStatus
    source: Keys = ""
    source_date: Dated = ""
    notes: Text = ""
    at_least: Literal["", "yes"] = (
        ""  # printed as the least that it can be: who uses it says so with the notes
    )

    @model_validator(mode="after")
    def _plausible(self) -> MethodConstant:
        low, high = (-1, 1) if self.constant.endswith(CHANGE) else CONSTANT_LIMITS[self.unit]
        if not low <= self.value <= high:
            more = ", not a percentage" if self.unit.startswith("share") else ""
            raise CellError("value", self.value, f"{low:,g} to {high:,g} {self.unit}{more}")
        if not self.source and self.status != "recalled":
            raise CellError("source", self.source, "an id of data/sources.csv (only a recalled one has none)")
        if self.at_least and not self.notes:
            raise CellError("notes", self.notes, "words that say the value is the least (at_least is yes)")
        return self


GdpUsd = Annotated[float, limited(1e7, 1e14, "a GDP in USD")]


class MethodCase(Row):
    """A published result that a method must give again, or must not."""

    id: Key
    method: Word
    kind: Word
    gdp_usd: GdpUsd | None = None
    days: float = above(0, 3660, "days")
    hours: float | None = Field(default=None, gt=0, le=87_840)
    apps: int | None = Field(default=None, ge=1, le=100)
    share: float = Field(default=1, gt=0, le=1)
    digital_share: float | None = Field(default=None, ge=0.001, le=0.5)
    tier: Literal["", "low", "medium", "high"] = ""
    per_day_usd: float | None = Field(default=None, gt=0, le=1e12)
    published_usd: float | None = Field(default=None, gt=0, le=1e12)
    expected_usd: float | None = Field(default=None, gt=0, le=1e12)
    expected_ratio: float | None = Field(default=None, gt=0, le=1000)
    must_match: YesNo
    tolerance: float = limited(0, 0.1, "a relative difference")
    label: Literal[
        "reproduces a published figure", "pins the constant", "checks the code path", "published slip"
    ]
    status: ConstantStatus
    inputs_status: ConstantStatus
    source: Keys
    note: Text = ""

    @model_validator(mode="after")
    def _plausible(self) -> MethodCase:
        if self.hours is not None and not isclose(self.hours, self.days * 24, rel_tol=0.001):
            raise CellError("hours", self.hours, f"{self.days * 24:g}, the hours of {self.days:g} days")
        if self.expected_usd is None and self.expected_ratio is None:
            raise CellError("expected_usd", "", "a number here or in expected_ratio")
        printed, expected = self.published_usd, self.expected_usd
        if (
            self.must_match == "yes"
            and printed is not None
            and expected is not None
            and not isclose(printed, expected, rel_tol=0.1)
        ):
            raise CellError("published_usd", printed, f"within a tenth of expected_usd ({expected:,g})")
        if self.per_day_usd is not None and expected is not None:
            whole = self.per_day_usd * self.days
            if not isclose(whole, expected, rel_tol=ROUNDED):
                raise CellError(
                    "per_day_usd", self.per_day_usd, f"about {expected / self.days:,.0f}, by expected_usd"
                )
        days_of_gdp = (
            None if self.gdp_usd is None or expected is None else expected / self.gdp_usd * 365 / self.days
        )
        if days_of_gdp is not None and not 0.001 <= days_of_gdp <= 1:
            raise CellError(
                "expected_usd", expected, "a thousandth to all of the GDP of its days (gdp_usd / 365 x days)"
            )
        return self


# Of a day's GDP; more than all of it is published too.
DailyShare = Annotated[float, above(0, 100, "a share of the GDP of a day")]


class PublishedEstimate(Row):
    """What somebody printed for an event; empty = not printed."""

    id: Key
    event: Word
    country: Iso3 = ""
    event_start: Day = ""
    event_end: Day = ""
    date_precision: DatePrecision = ""
    kind: Word = ""
    method: Word = ""
    claim: Key = ""  # the claim whose statement it is
    label: Text
    scope: Literal[
        "digital_core", "direct_sectors", "economy", "it_industry", "local_activity", "tax", "telecom",
        "telecom_and_internet", "telecom_and_it_outsourcing",
    ]  # fmt: skip
    value_musd: Musd | None = None
    low_musd: Musd | None = None
    high_musd: Musd | None = None
    window_days: float | None = Field(default=None, gt=0, le=366)
    per_day_musd: Musd | None = None
    daily_gdp_share: DailyShare | None = None
    daily_gdp_share_low: DailyShare | None = None
    daily_gdp_share_high: DailyShare | None = None
    gdp_base_usd: GdpUsd | None = None
    share_status: Literal["", Status] = ""
    basis: Literal["gross", "net", "touched", "transfer", "coping", "unclear"]
    status: Status
    source_title: Text
    publisher: Text = ""
    source_date: Dated = ""
    url: Url
    other_urls: Urls = ""
    note: Text = ""

    @model_validator(mode="after")
    def _plausible(self) -> PublishedEstimate:
        check_order(self.model_dump(), ("low_musd", "value_musd", "high_musd"))
        check_order(self.model_dump(), ("daily_gdp_share_low", "daily_gdp_share", "daily_gdp_share_high"))
        check_apart(self.model_dump(), ("low_musd", "value_musd", "high_musd"), 10)
        check_apart(self.model_dump(), ("daily_gdp_share_low", "daily_gdp_share", "daily_gdp_share_high"), 10)
        if self.event_end and not self.event_start <= self.event_end:
            raise CellError("event_end", self.event_end, f"a day from {self.event_start or 'event_start'} on")
        day = self.per_day_musd
        if day is not None and self.value_musd is not None and self.window_days is not None:
            whole = day * self.window_days
            if not isclose(whole, self.value_musd, rel_tol=ROUNDED):
                raise CellError(
                    "value_musd", self.value_musd, f"about {whole:g}, per_day_musd x window_days, within 5%"
                )
        if day is not None and self.gdp_base_usd is not None and self.daily_gdp_share is not None:
            share = day * 1e6 / (self.gdp_base_usd / 365)
            if not isclose(share, self.daily_gdp_share, rel_tol=ROUNDED):
                raise CellError(
                    "daily_gdp_share", self.daily_gdp_share,
                    f"about {share:.4g}, per_day_musd over a day of gdp_base_usd, within 5%",
                )  # fmt: skip
        return self

    @property
    def a_day(self) -> Range[float] | None:
        """Low, middle and high a day in M USD; None where no length is stated.

        Of two printed ends the middle is the mean, in every row: `100 to 150` reads as 125. It says nothing of how
        likely a value between them is; nobody printed that.
        """
        days = self.window_days
        ends = [value for value in (self.low_musd, self.value_musd, self.high_musd) if value is not None]
        if not days or not ends:
            return None if self.per_day_musd is None else Range.of(self.per_day_musd)
        low, high = min(ends) / days, max(ends) / days
        return Range(low, (low + high) / 2 if self.value_musd is None else self.value_musd / days, high)


class GdpOfYear(Row):
    iso3: Iso3
    year: Year
    gdp_usd: GdpUsd
    source: Keys


@dataclass(frozen=True)
class Gdp:
    """A GDP in USD a year, its year and where it is from."""

    value: float
    year: int | None
    source: str


@dataclass(frozen=True)
class References:
    """The checked contents of the four tables."""

    constants: tuple[MethodConstant, ...]
    cases: tuple[MethodCase, ...]
    estimates: tuple[PublishedEstimate, ...]
    gdp_by_year: dict[tuple[str, int], GdpOfYear]

    def constant(self, method: str, name: str) -> MethodConstant:
        """The constant of a method that holds everywhere; raises `DataError` when the table has none."""
        for row in self.constants:
            if (row.method, row.constant, row.country) == (method, name, "") and row.status != "recalled":
                return row
        raise DataError(
            "data/method_constants.csv column constant",
            name,
            "is missing",
            f"a row for {method}, not recalled",
        )

    def of_country(
        self, method: str, name: str, iso3: str | None, year: int | None = None
    ) -> list[MethodConstant]:
        """The constants of one economy, the newest GDP year first; recalled ones are left out.

        `year` keeps those that hold for that GDP year alone; None keeps all.
        """
        rows = [
            row
            for row in self.constants
            if iso3 and (row.method, row.constant, row.country) == (method, name, iso3)
            and row.status != "recalled" and year in (None, row.gdp_year)
        ]  # fmt: skip
        return sorted(rows, key=lambda row: -(row.gdp_year or 0))

    def of_method(self, method: str) -> tuple[MethodConstant, ...]:
        return tuple(row for row in self.constants if row.method == method)

    def gdp(self, iso3: str, year: int) -> Gdp | None:
        """GDP of that very `year`, USD; None where the table has none."""
        row = self.gdp_by_year.get((iso3, year))
        return Gdp(row.gdp_usd, row.year, row.source) if row else None

    def gdp_at_latest(self, iso3: str, year: int) -> Gdp | None:
        """GDP of that `year` or of the last earlier one in the table, USD; None where there is neither."""
        years = [row_year for code, row_year in self.gdp_by_year if code == iso3 and row_year <= year]
        return self.gdp(iso3, max(years)) if years else None


def read_methods(data: Path) -> References:
    """The tables of other methods in the folder `data`; raises `DataError`."""
    read_table(data / "method_constants.csv", MethodConstant, unique=("id",))  # an id stands once too
    unique = ("method", "constant", "country", "gdp_year")
    years = read_table(data / "gdp_by_year.csv", GdpOfYear, unique=("iso3", "year"))
    return References(
        constants=read_table(data / "method_constants.csv", MethodConstant, unique=unique),
        cases=read_table(data / "method_cases.csv", MethodCase, unique=("id",)),
        estimates=read_table(data / "estimates_published.csv", PublishedEstimate, unique=("id",)),
        gdp_by_year={(row.iso3, row.year): row for row in years},
    )
