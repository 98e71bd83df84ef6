"""Checks of figures against each other: sizes per head, one year against the next, parts against their whole.

A number that its column allows may still be wrong beside another one, such as a GDP in billions. Every error names
file, row, column, value and what is allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from model.catalogue.checks import Names
from model.catalogue.economies import Country, Figure, Region, Shares
from model.catalogue.evidence import Evidence
from model.catalogue.methods import GdpOfYear, References
from model.catalogue.receipts import GROWTH_ROUNDED, FiscalYear, MonthlyReceipts, Target
from model.common.errors import DataError
from model.common.tables import cell

GDP_PER_HEAD = (100.0, 500_000.0)  # USD a year: from the poorest to the richest economy, with room
GDP_PER_HEAD_ONCE = (30.0, 700_000.0)  # GDP of an earlier year per head of today
WORKING = (0.1, 0.8)  # labour force over population
RECEIPTS_OF_GDP = (1e-7, 0.6)  # IT export receipts over GDP
YEAR_ON_YEAR = (0.2, 4.0)  # GDP in USD over that of the year before: wars and devaluations
SAME_GDP = (0.5, 2.0)  # two prints of the GDP of one year
SAME_CURRENCY = (2 / 3, 1.5)  # two rates of one currency, of different years
ANY_YEAR = (0.1, 10.0)  # two rates of one currency, decades apart
RECEIPTS_YEAR_ON_YEAR = (0.6, 2.0)
RECEIPTS_OF_ONE_YEAR = (0.25, 4.0)  # what several publishers printed for one year
MONTH_ON_MONTH = (0.5, 2.0)
MONTHS_OF_YEAR = (0.9, 1.1)  # twelve months over their year
TARGET_OVER_RECEIPTS = (0.3, 30.0)
EXACT = 1e-3  # how far a share that is computed from the table may be from it


def check_figures(
    names: Names, countries: Mapping[str, Country], figures: Mapping[str, Mapping[str, Figure]]
) -> None:
    """Each figure belongs to an economy and fits the others of it: income a head, work, receipts, rates."""
    table = names.root / "data/economies.csv"
    for iso3, by_field in figures.items():
        for field, figure in by_field.items():
            names.need("economies.csv", (iso3, field), "iso3", iso3, countries)
            names.need_sources("economies.csv", [((iso3, field), figure.source)])
            names.need_year("economies.csv", (iso3, field), figure.year)
        for part, whole, limits, unit in (
            ("gdp", "population", GDP_PER_HEAD, "USD a head"),
            ("labour_force", "population", WORKING, "of the population"),
            ("it_export_receipts", "gdp", RECEIPTS_OF_GDP, "of GDP"),
        ):
            if part in by_field and whole in by_field:
                value, base = by_field[part].value, by_field[whole].value
                words = f"{unit}, by {whole} {base:,.0f}"
                _within((table, (iso3, part)), "value", value, base, limits, words)
    _check_rates(names, countries, figures)


def _check_rates(
    names: Names, countries: Mapping[str, Country], figures: Mapping[str, Mapping[str, Figure]]
) -> None:
    """Economies with one currency have about one rate, and a dollar is a dollar."""
    first: dict[str, tuple[str, float]] = {"USD": ("a dollar", 1.0)}
    for iso3, by_field in figures.items():
        currency = countries[iso3].currency
        if "fx" not in by_field or by_field["fx"].usable == "no":
            continue
        value = by_field["fx"].value
        other, rate = first.setdefault(currency, (iso3, value))
        where = names.root / "data/economies.csv", (iso3, "fx")
        _within(
            where,
            "value",
            value,
            rate,
            SAME_CURRENCY,
            f"of the rate of {other}, {rate:g}: both are {currency}",
        )


def check_shares(names: Names, countries: Mapping[str, Country], shares: Mapping[str, Shares]) -> None:
    """The shares of value added belong to an economy, a year and a source."""
    for row in shares.values():
        names.need("sector_shares.csv", row.iso3, "iso3", row.iso3, countries)
        names.need_year("sector_shares.csv", row.iso3, row.year)
        names.need_sources("sector_shares.csv", [(row.iso3, row.source)])


def check_regions(names: Names, regions: Mapping[str, Region]) -> None:
    """The shares of people and firms of a region are those of its counts; raises `DataError`."""
    table = "regions_pakistan.csv"
    for count, share in (("population", "population_share"), ("it_firms", "it_firm_share")):
        total = sum(getattr(region, count) for region in regions.values())
        for region in regions.values():
            wanted = getattr(region, count) / total if total else 0.0
            if abs(getattr(region, share) - wanted) > EXACT:
                where = cell(names.root / "data" / table, region.region, share)
                allowed = f"about {wanted:.6f}, {count} over the sum of all regions"
                raise DataError(where, getattr(region, share), "does not fit the table", allowed)
    for region in regions.values():
        names.need_year(table, region.region, region.year)
        names.need_sources(table, [(region.region, region.source)])


def check_receipts(
    names: Names, years: Sequence[FiscalYear], targets: Sequence[Target], figures: Mapping[str, Figure]
) -> None:
    """One preferred value a year, each year near the one before and its growth as printed; targets within reach.

    `figures` are those of the economy whose receipts these are. Raises `DataError`.
    """
    table = names.root / "data/exports_fiscal_year.csv"
    preferred: dict[str, FiscalYear] = {}
    for row in years:
        if row.preferred == "yes":
            if row.fiscal_year in preferred:
                other = preferred[row.fiscal_year].id
                where = cell(table, row.id, "preferred")
                raise DataError(where, "yes", f"is said of {other} too", "one preferred row a fiscal year")
            preferred[row.fiscal_year] = row
    if not preferred:
        raise DataError(
            cell(table, "", "preferred"), "no row", "is preferred", "yes for one row a fiscal year"
        )
    in_order = sorted(preferred.values(), key=lambda row: row.number)
    for before, row in pairwise(in_order):
        span = row.number - before.number
        lowest, highest = (limit**span for limit in RECEIPTS_YEAR_ON_YEAR)
        words = f"of {before.fiscal_year} ({before.value_musd:g})"
        _within((table, row.id), "value_musd", row.value_musd, before.value_musd, (lowest, highest), words)
    for row in years:
        near = max(
            (item for item in in_order if item.number <= row.number),
            key=lambda item: item.number,
            default=None,
        )
        if near is None:
            near = in_order[0]
        base = near.value_musd * row.months_covered / 12
        words = f"of the preferred value of {near.fiscal_year} ({near.value_musd:g} for twelve months)"
        _within((table, row.id), "value_musd", row.value_musd, base, RECEIPTS_OF_ONE_YEAR, words)
        last = preferred.get(f"FY{row.number - 1:02d}")
        if row.growth is not None and last is not None and row.months_covered == 12:
            growth = row.value_musd / last.value_musd - 1
            if abs(growth - row.growth) > GROWTH_ROUNDED:
                allowed = f"about {growth:.3f}, over {last.value_musd:g} of {last.fiscal_year}"
                raise DataError(
                    cell(table, row.id, "growth"), row.growth, "is not the growth of the values", allowed
                )
    _check_one(table, [row.id for row in in_order if row.baseline], "trend_from, on a preferred full year")
    newest = in_order[-1]
    goals = names.root / "data/export_targets.csv"
    _check_one(
        goals, [row.id for row in targets if row.baseline and row.target_year], "official_target, with a year"
    )
    for target in targets:
        words = f"of the export earnings of {newest.fiscal_year} ({newest.value_musd:g})"
        _within(
            (goals, target.id),
            "value_musd",
            target.value_musd,
            newest.value_musd,
            TARGET_OVER_RECEIPTS,
            words,
        )
    if "it_export_receipts" in figures:
        figure = figures["it_export_receipts"]
        place = names.root / "data/economies.csv", (figure.iso3, "it_export_receipts")
        words = f"of the export earnings of {newest.fiscal_year}, {newest.value_musd:g} M USD"
        _within(place, "value", figure.value, newest.value_musd * 1e6, RECEIPTS_OF_ONE_YEAR, words)


def check_months(names: Names, months: Sequence[MonthlyReceipts], years: Sequence[FiscalYear]) -> None:
    """Each month is near the one before, and twelve of them are about their year; raises `DataError`."""
    table = names.root / "data/exports_monthly.csv"
    for before, month in pairwise(months):
        words = f"of {before.month} ({before.value_musd:g})"
        _within((table, month.id), "value_musd", month.value_musd, before.value_musd, MONTH_ON_MONTH, words)
    for year in years:
        parts = [row for row in months if row.fiscal_year == year.fiscal_year]
        if year.preferred == "yes" and len(parts) == 12:
            total = sum(row.value_musd for row in parts)
            farthest = max(parts, key=lambda row: abs(row.value_musd - total / 12))
            lowest, highest = (limit * year.value_musd for limit in MONTHS_OF_YEAR)
            if not lowest <= total <= highest:
                where = cell(table, farthest.id, "value_musd")
                allowed = (
                    f"twelve months of {lowest:g} to {highest:g}, by {year.fiscal_year} of the fiscal years"
                )
                raise DataError(where, farthest.value_musd, f"makes twelve months of {total:g}", allowed)


def check_gdp_by_year(
    names: Names, rows: Mapping[tuple[str, int], GdpOfYear], figures: Mapping[str, Mapping[str, Figure]]
) -> None:
    """GDP of each year fits the year before, the people and the figure of the economy's own table.

    `rows` are the GDPs (USD) by economy (ISO3) and year.
    """
    table = names.root / "data/gdp_by_year.csv"
    for (iso3, year), row in rows.items():
        key: tuple[str, ...] = (iso3, str(year))
        names.need_year("gdp_by_year.csv", key, year)
        names.need("gdp_by_year.csv", key, "iso3", iso3, figures, "is no economy of economies.csv")
        own = figures[iso3]
        if "population" in own:
            people = own["population"].value
            words = f"USD a head, by population {people:,.0f}"
            _within((table, key), "gdp_usd", row.gdp_usd, people, GDP_PER_HEAD_ONCE, words)
        if (before := rows.get((iso3, year - 1))) is not None:
            words = f"of {year - 1} ({before.gdp_usd:,.0f})"
            _within((table, key), "gdp_usd", row.gdp_usd, before.gdp_usd, YEAR_ON_YEAR, words)
        if "gdp" in own and own["gdp"].year == year:
            words = f"of gdp in economies.csv ({own['gdp'].value:,.0f})"
            _within((table, key), "gdp_usd", row.gdp_usd, own["gdp"].value, SAME_GDP, words)


def check_quoted_gdp(names: Names, methods: References) -> None:
    """A GDP that a method or an estimate was based on is about one that the economy had; raises `DataError`."""
    quoted: list[tuple[str, str, str, float, str]] = [
        ("method_constants.csv", row.id, "value", row.value, row.country)
        for row in methods.constants
        if row.unit == "USD" and row.country
    ]
    quoted += [
        ("estimates_published.csv", row.id, "gdp_base_usd", row.gdp_base_usd, row.country)
        for row in methods.estimates
        if row.gdp_base_usd is not None and row.country
    ]
    by_country: dict[str, list[float]] = {}
    for (country, _), year in methods.gdp_by_year.items():
        by_country.setdefault(country, []).append(year.gdp_usd)
    for table, key, column, value, iso3 in quoted:
        gdps = by_country.get(iso3)
        if gdps and not min(gdps) * SAME_GDP[0] <= value <= max(gdps) * SAME_GDP[1]:
            where = cell(names.root / "data" / table, key, column)
            allowed = f"{min(gdps) * SAME_GDP[0]:,.0f} to {max(gdps) * SAME_GDP[1]:,.0f}, by gdp_by_year.csv"
            raise DataError(where, value, f"is no GDP that {iso3} had", allowed)


def check_rates_of_claims(
    names: Names,
    evidence: Evidence,
    countries: Iterable[Country],
    figures: Mapping[str, Mapping[str, Figure]],
) -> None:
    """A rate at which a claim was turned into dollars is about one that its currency had."""
    rates = {
        country.currency: figures[country.iso3]["fx"].value
        for country in countries
        if "fx" in figures.get(country.iso3, {})
    }
    for claim in evidence.claims.values():
        if claim.fx is not None and claim.currency in rates:
            where = names.root / "data/claims_published.csv", claim.id
            rate = rates[claim.currency]
            words = f"of the rate in economies.csv ({rate:g})"
            _within(where, "fx", claim.fx, rate, ANY_YEAR, words)


def _check_one(table: Path, chosen: Sequence[str], allowed: str) -> None:
    if len(chosen) != 1:
        where = cell(table, "", "baseline")
        raise DataError(where, ", ".join(chosen) or "no row", "is not one row", f"one row with {allowed}")


def _within(
    where: tuple[Path, str | tuple[str, ...]], column: str, value: float, base: float,
    limits: tuple[float, float], words: str,
) -> None:  # fmt: skip
    """Raise `DataError` unless the value lies between two multiples of a base; `words` say of what."""
    low, high = limits
    if not low * base <= value <= high * base:
        place = cell(where[0], where[1], column)
        allowed = f"{low * base:,.6g} to {high * base:,.6g} ({low:,.4g} to {high:,.4g} {words})"
        raise DataError(place, value, "cannot be", allowed)
