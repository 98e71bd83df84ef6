"""IT export receipts by year and by month, the targets set for them, and when each is published."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from model.catalogue.sources import Sourced, plain_title
from model.common.tables import Row, Status, YesNo


class FiscalYear(Row):
    """IT export receipts of one fiscal year as one publisher printed them."""

    id: str
    fiscal_year: str = Field(pattern=r"^FY\d{2}$")
    period_start: str = ""
    period_end: str = ""
    months_covered: int
    value_musd: float
    revision: str = ""
    preferred: YesNo
    basis: str = ""
    growth: float | None = None
    growth_status: str = ""
    growth_stated: float | None = None
    status: Status
    source_title: str = ""
    publisher: str = ""
    source_date: str = ""
    url: str = ""
    other_urls: str = ""
    notes: str = ""
    baseline: Literal["", "trend_from"] = ""

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

    id: str
    label: str
    value_musd: float = Field(gt=0)
    target_year: int | None = None
    source_title: str = ""
    publisher: str = ""
    source_date: str = ""
    url: str = ""
    status: Status
    official: YesNo
    baseline: Literal["", "official_target"] = ""

    @property
    def cited(self) -> tuple[str, str]:
        """Title with publisher, and address."""
        return f"{plain_title(self.source_title)}, {self.publisher or 'publisher not known'}", self.url


class MonthlyReceipts(Sourced):
    """IT export receipts of one month; `low` and `high` or `alternative` where sources disagree."""

    id: str
    month: str = Field(pattern=r"^\d{4}-\d{2}$")
    fiscal_year: str
    value_musd: float = Field(gt=0)
    low_musd: float | None = Field(default=None, gt=0)
    high_musd: float | None = Field(default=None, gt=0)
    alternative_musd: float | None = Field(default=None, gt=0)
    status: Status
    revision: str = ""
    source_scope: str = ""

    @property
    def ends(self) -> tuple[float, float] | None:
        """The two ends of what was printed, None where all sources agree."""
        given = (self.value_musd, self.low_musd, self.high_musd, self.alternative_musd)
        printed = [value for value in given if value is not None]
        return (min(printed), max(printed)) if max(printed) > min(printed) else None


Series = Literal["gdp_by_year", "exports_fiscal_year", "exports_monthly"]


class PublicationLag(Row):
    """Whole months after the end of a period until it counts as published; declared before any run."""

    series: Series
    months: int = Field(ge=0, le=60)
    reason: str
    status: Status
    source: str
