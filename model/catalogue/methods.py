"""What other methods need: constants, check cases, printed estimates and GDP by year."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from model.common.errors import CellError, DataError
from model.common.tables import Row, Status, read_table

ConstantStatus = Literal["read", "derived", "recalled", "assumption"]


ConstantUnit = Literal[
    "days", "hours", "year", "count", "ratio", "share", "share of GDP", "share of daily GDP",
    "share of a full blackout", "per year", "M USD", "USD", "USD per hour", "USD per day", "USD per person",
    "USD per 10M people per day", "M PKR per day", "bn PKR per day", "PKR per USD",
]  # fmt: skip


ISO3 = r"^([A-Z]{3})?$"


class MethodConstant(Row):
    """A constant of one method; `country` and `gdp_year` where it holds for one economy only."""

    id: str
    method: str
    constant: str
    country: str = Field(default="", pattern=ISO3)
    gdp_year: int | None = Field(default=None, ge=1960, le=2100)
    value: float
    unit: ConstantUnit
    meaning: str
    pinned_by: str = ""
    status: ConstantStatus
    source: str = ""
    source_date: str = ""
    notes: str = ""

    @model_validator(mode="after")
    def _plausible(self) -> MethodConstant:
        if self.unit.startswith("share") and abs(self.value) > 1:
            raise CellError("value", self.value, "a share between -1 and 1, not a percentage")
        if not self.source and self.status != "recalled":
            raise CellError("source", self.source, "an id of data/sources.csv (only a recalled one has none)")
        return self


class MethodCase(Row):
    """A published result that a method must give again, or must not."""

    id: str
    method: str
    kind: str
    gdp_usd: float | None = Field(default=None, gt=0)
    days: float = Field(gt=0)
    hours: float | None = Field(default=None, gt=0)
    apps: int | None = Field(default=None, ge=1)
    share: float = Field(default=1, ge=0, le=1)
    digital_share: float | None = Field(default=None, ge=0, le=1)
    tier: str = ""
    per_day_usd: float | None = Field(default=None, ge=0)
    published_usd: float | None = None
    expected_usd: float | None = None
    expected_ratio: float | None = None
    must_match: Literal["yes", "no"]
    tolerance: float = Field(ge=0, le=1)
    label: Literal[
        "reproduces a published figure", "pins the constant", "checks the code path", "published slip"
    ]
    status: ConstantStatus
    inputs_status: ConstantStatus
    source: str
    note: str = ""


class PublishedEstimate(Row):
    """What somebody printed for an event; empty = not printed."""

    id: str
    event: str
    country: str = Field(default="", pattern=ISO3)
    event_start: str = ""
    event_end: str = ""
    date_precision: str = ""
    kind: str = ""
    method: str = ""
    claim: str = Field(default="", pattern=r"^(claim_\d{3})?$")  # the claim whose statement it is
    label: str
    scope: str
    value_musd: float | None = Field(default=None, ge=0)
    low_musd: float | None = Field(default=None, ge=0)
    high_musd: float | None = Field(default=None, ge=0)
    window_days: float | None = Field(default=None, gt=0)
    per_day_musd: float | None = Field(default=None, ge=0)
    daily_gdp_share: float | None = Field(default=None, ge=0)  # over 1 is published too
    daily_gdp_share_low: float | None = Field(default=None, ge=0)
    daily_gdp_share_high: float | None = Field(default=None, ge=0)
    gdp_base_usd: float | None = Field(default=None, gt=0)
    share_status: str = ""
    basis: Literal["gross", "net", "touched", "transfer", "coping", "unclear"]
    status: Status
    source_title: str = ""
    publisher: str = ""
    source_date: str = ""
    url: str = ""
    other_urls: str = ""
    note: str = ""

    @property
    def a_day(self) -> tuple[float, float, float] | None:
        """Low, middle and high a day in M USD; None where no length is stated.

        Of two printed ends the middle is the mean, in every row: `100 to 150` reads as 125. It says nothing of how
        likely a value between them is; nobody printed that.
        """
        days = self.window_days
        ends = [value for value in (self.low_musd, self.value_musd, self.high_musd) if value is not None]
        if not days or not ends:
            return None if self.per_day_musd is None else (self.per_day_musd,) * 3
        low, high = min(ends) / days, max(ends) / days
        if self.value_musd is not None:
            return low, self.value_musd / days, high
        return low, (low + high) / 2, high


class GdpOfYear(Row):
    iso3: str = Field(pattern=r"^[A-Z]{3}$")
    year: int = Field(ge=1960, le=2100)
    gdp_usd: float = Field(gt=0)
    source: str


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
        """The constants of one economy, the newest GDP year first; recalled ones are left out."""
        found = [
            row
            for row in self.constants
            if iso3 and (row.method, row.constant, row.country) == (method, name, iso3)
            and row.status != "recalled" and year in (None, row.gdp_year)
        ]  # fmt: skip
        return sorted(found, key=lambda row: -(row.gdp_year or 0))

    def of_method(self, method: str) -> tuple[MethodConstant, ...]:
        return tuple(row for row in self.constants if row.method == method)

    def gdp(self, iso3: str, year: int) -> Gdp | None:
        """GDP of that very year."""
        row = self.gdp_by_year.get((iso3, year))
        return Gdp(row.gdp_usd, row.year, row.source) if row else None

    def gdp_at_latest(self, iso3: str, year: int) -> Gdp | None:
        """GDP of that year or of the last earlier one in the table."""
        years = [found for code, found in self.gdp_by_year if code == iso3 and found <= year]
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
