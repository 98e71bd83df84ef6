"""What was known when an event began: the newest year and month of each series that was published by then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.catalogue.economies import HOME, Figure
from model.catalogue.load import Catalogue
from model.catalogue.receipts import MonthlyReceipts
from model.common.numbers import MILLION


@dataclass(frozen=True)
class TablesThen:
    """The tables as they stood when the event began; `words` names the vintages that were used."""

    catalogue: Catalogue
    months: tuple[MonthlyReceipts, ...]
    words: str


def _published(period_end: str, months: int, day: str) -> bool:
    """Whether a period that ends in the month `period_end` is out on `day`, at a lag of so many `months`.

    It is out once the month of its lag is over.
    """
    return _number(day) > _number(period_end) + months


def _number(date: str) -> int:
    return int(date[:4]) * 12 + int(date[5:7])


def _months_known(months: Sequence[MonthlyReceipts], day: str, lag: int) -> tuple[MonthlyReceipts, ...]:
    """The months of receipts that were published when the event began; `lag` in months."""
    return tuple(row for row in months if _published(row.month, lag, day))


def as_of(catalogue: Catalogue, months: Sequence[MonthlyReceipts], iso3: str, day: str) -> TablesThen:
    """The catalogue with one economy's GDP and receipts as of `day`, and the months known then.

    Where no year was published by then, the newest one before the event is used; where a table holds one
    vintage only, that one: both are said.
    """
    figures = dict(catalogue.figures[iso3])
    lag = {name: row.months for name, row in catalogue.lags.items()}
    vintages = [
        _gdp(catalogue, figures, iso3, day, lag["gdp_by_year"]),
        _receipts(catalogue, figures, iso3, day, lag["exports_fiscal_year"]),
    ]
    only_vintage = f"sector shares of {catalogue.shares[iso3].year}"
    if "gva_to_gdp" in figures:
        only_vintage += f" and value added to GDP of {figures['gva_to_gdp'].year}"
    vintages.append(f"{only_vintage}, the only vintage in our tables")
    then = replace(catalogue, figures={**catalogue.figures, iso3: figures})
    return TablesThen(then, _months_known(months, day, lag["exports_monthly"]), "; ".join(vintages))


def of_year(
    catalogue: Catalogue, iso3: str, gdp: tuple[float, int], receipts: tuple[float, int]
) -> Catalogue:
    """The catalogue with `gdp` and `receipts` (USD a year) of the years given, each with its year.

    It does not matter when they were published. Sector shares keep their one vintage.
    """
    figures = dict(catalogue.figures[iso3])
    for name, (value, year) in (("gdp", gdp), ("it_export_receipts", receipts)):
        figures[name] = figures[name].model_copy(update={"value": value, "year": year})
    return replace(catalogue, figures={**catalogue.figures, iso3: figures})


def _gdp(catalogue: Catalogue, figures: dict[str, Figure], iso3: str, day: str, lag: int) -> str:
    references = catalogue.methods
    years = sorted(year for code, year in references.gdp_by_year if code == iso3 and year < int(day[:4]))
    if not years:
        return f"GDP of {figures['gdp'].year}, since our tables hold no year before the event"
    out = [year for year in years if _published(f"{year}-12", lag, day)]
    year = out[-1] if out else years[-1]
    row = references.gdp_by_year[iso3, year]
    figures["gdp"] = Figure(
        iso3=iso3, field="gdp", value=row.gdp_usd, unit="USD", year=year, source=row.source, status="read",
        usable="yes",
    )  # fmt: skip
    late = "" if out else ", printed after the event: our table holds none that was out"
    return f"GDP of {year}{late}"


def _receipts(catalogue: Catalogue, figures: dict[str, Figure], iso3: str, day: str, lag: int) -> str:
    shipped = figures.get("it_export_receipts")
    if shipped is None:
        return "export earnings assumed from the income group"
    out = [
        row for row in catalogue.fiscal_years
        if iso3 == HOME and row.preferred == "yes" and row.period_end and _published(row.period_end, lag, day)
    ]  # fmt: skip
    if not out:
        return f"export earnings of {shipped.year}, the only year in our tables"
    row = max(out, key=lambda item: item.period_end)
    figures["it_export_receipts"] = shipped.model_copy(
        update={
            "value": row.value_musd * MILLION,
            "year": int(row.period_end[:4]),
            "note": f"{row.fiscal_year}, {row.source_title}",
        }
    )
    return f"export earnings of {row.fiscal_year}"
