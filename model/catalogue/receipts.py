"""IT export receipts by year and by month, the targets set for them, and when each is published."""

from __future__ import annotations

from calendar import monthrange
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from model.catalogue.sources import Sourced, plain_title
from model.common.cells import (
    Dated,
    Day,
    Key,
    Keys,
    Month,
    Musd,
    Status,
    Text,
    Url,
    Urls,
    YesNo,
    check_apart,
    check_order,
)
from model.common.errors import CellError
from model.common.tables import Row

GROWTH_ROUNDED = 0.006  # how far a printed growth may be from that of the values: half a percent and rounding
GROWTH_STATED = 0.02  # and how far what a source says may be
# A fiscal year of Pakistan ends on 30 June of the year that it is named after.
FiscalYearName = Annotated[
    str, Field(pattern=r"^FY\d{2}$", description="FY and the two digits of the year in which it ends")
]


class FiscalYear(Row):
    """IT export receipts of one fiscal year as one publisher printed them."""

    id: Key
    fiscal_year: FiscalYearName
    period_start: Day
    period_end: Day
    months_covered: int = Field(ge=1, le=12)
    value_musd: Musd
    revision: Literal[
        "", "agency_claim", "as_reported", "first", "part_year", "projection", "revised", "revised_latest",
        "sum_of_components", "with_freelance",
    ] = ""  # fmt: skip
    preferred: YesNo
    basis: Literal["", "agency_claim", "projection", "sbp_pbs", "sbp_plus_freelance"] = ""
    growth: float | None = Field(default=None, ge=-0.9, le=3)
    growth_status: Literal["", Status] = ""
    growth_stated: float | None = Field(default=None, ge=-0.9, le=3)
    status: Status
    source_title: Text
    publisher: Text = ""
    source_date: Dated = ""
    url: Url
    other_urls: Urls = ""
    notes: Text = ""
    baseline: Literal["", "trend_from"] = ""

    @model_validator(mode="after")
    def _its_own_months(self) -> Self:
        year = 2000 + self.number
        if self.period_start != f"{year - 1}-07-01":
            raise CellError(
                "period_start", self.period_start, f"{year - 1}-07-01, the first day of {self.fiscal_year}"
            )
        month = (self.months_covered + 5) % 12 + 1
        ends = year if month <= 6 else year - 1
        last = f"{ends}-{month:02d}-{monthrange(ends, month)[1]:02d}"
        if self.period_end != last:
            words = f"{last}, the last day of {self.months_covered} months"
            raise CellError("period_end", self.period_end, words)
        if self.preferred == "yes" and self.months_covered != 12:
            raise CellError("preferred", "yes", "no, for a part of a year")
        if bool(self.growth_status) != (self.growth is not None):
            raise CellError(
                "growth_status", self.growth_status, "a status where growth has a value, and only there"
            )
        growth, stated = self.growth, self.growth_stated
        if growth is not None and stated is not None and abs(growth - stated) > GROWTH_STATED:
            raise CellError("growth_stated", stated, f"about {growth:g}, the growth of the values")
        return self

    @property
    def number(self) -> int:
        """The last two digits of the year in which it ends."""
        return int(self.fiscal_year[2:])

    @property
    def cited(self) -> tuple[str, str]:
        """Title with publisher, and address."""
        return f"{plain_title(self.source_title)}, {self.publisher or 'publisher not known'}", self.url


class Target(Row):
    """A published target for yearly IT export receipts."""

    id: Key
    label: Text
    value_musd: Musd
    target_year: int | None = Field(default=None, ge=2000, le=2100)
    source_title: Text
    publisher: Text = ""
    source_date: Dated = ""
    url: Url
    status: Status
    official: YesNo
    baseline: Literal["", "official_target"] = ""

    @property
    def cited(self) -> tuple[str, str]:
        """Title with publisher, and address."""
        return f"{plain_title(self.source_title)}, {self.publisher or 'publisher not known'}", self.url


ORDERED = ("low_musd", "value_musd", "high_musd")


class MonthlyReceipts(Sourced):
    """IT export receipts of one month; `low` and `high` or `alternative` where sources disagree."""

    id: Key
    month: Month
    fiscal_year: FiscalYearName
    value_musd: Musd
    low_musd: Musd | None = None
    high_musd: Musd | None = None
    alternative_musd: Musd | None = None
    status: Status
    revision: Text = ""
    source_scope: Literal["", "cell", "cell_inferred_from_title", "fiscal_year_set"] = ""

    @model_validator(mode="after")
    def _plausible(self) -> Self:
        check_order(self.model_dump(include={*ORDERED}), ORDERED)
        check_apart(self.model_dump(include={*ORDERED}), ORDERED, 2)
        other = self.alternative_musd
        if other is not None and not 0.5 <= other / self.value_musd <= 2:
            raise CellError("alternative_musd", other, f"half to twice of value_musd ({self.value_musd:g})")
        year = int(self.month[:4]) + (int(self.month[5:]) > 6)
        if self.fiscal_year != f"FY{year % 100:02d}":
            raise CellError(
                "fiscal_year", self.fiscal_year, f"FY{year % 100:02d}, in which {self.month} lies"
            )
        return self

    @property
    def ends(self) -> tuple[float, float] | None:
        """The two ends of what was printed, None where all sources agree."""
        given = (self.value_musd, self.low_musd, self.high_musd, self.alternative_musd)
        printed = [value for value in given if value is not None]
        return (min(printed), max(printed)) if max(printed) > min(printed) else None


PublishedSeries = Literal["gdp_by_year", "exports_fiscal_year", "exports_monthly"]


class PublicationLag(Row):
    """Whole months after the end of a period until it counts as published; declared before any run."""

    series: PublishedSeries
    months: int = Field(ge=0, le=60)
    reason: Text
    status: Status
    source: Keys
