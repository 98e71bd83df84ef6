"""A country or part of one as sectors with value added, workers and IT export receipts."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

import numpy as np

from model.catalogue.economies import HOME, Country, Figure
from model.catalogue.load import Catalogue
from model.common.numbers import trimmed
from model.scenario.places import find_country

STALE_YEARS = 3
OLD_YEARS = 5  # older than that, a GDP gives no money and receipts are not measured
MINING_COLUMN = "mining_utilities"


@dataclass(frozen=True)
class ExportSplit:
    """The central figures that divide an economy's IT row into exports and the rest.

    `value_added_share` of receipts, `shares` of receipts by export group, `receipts` in USD a year
    (None: the economy's own).
    """

    value_added_share: float
    shares: tuple[tuple[str, float], ...]
    receipts: float | None = None


@dataclass(frozen=True)
class Economy:
    """An economy ready for the model. Money in USD a year, `value_added` (sector,) in catalogue order."""

    country: Country
    gdp: float
    gdp_year: int
    money_old: bool  # the GDP is too old, or in money that is no more: it gives shares, no amounts
    gva: float
    value_added: np.ndarray
    receipts: float
    receipts_measured: bool
    receipts_held: float  # share of the receipts that the IT row can have made
    income: float  # GDP a head without mining and utilities, USD
    workers: float | None
    population: float | None
    tax: (
        Figure | None
    )  # central government's taxes as a share of GDP, elsewhere than at home, where they are known
    rate: Figure | None  # official exchange rate of the year of the GDP, None when missing or unusable
    figures: dict[str, Figure]
    warnings: tuple[str, ...]


def economy(catalogue: Catalogue, iso3: str, split: ExportSplit) -> Economy:
    """The economy of one country, its IT row divided by `split`.

    Sector value added is GDP x (GVA / GDP) x share; IT exports take value-added share x receipts, never
    more than the row, and the rest of the row is domestic.

    Args:
        catalogue: the tables.
        iso3: the country's code, or any name that `find_country` knows.
        split: what of the IT row is exported; its receipts in USD a year.

    Raises:
        InputError: no country is named so, or it has no figures.
    """
    country = find_country(catalogue, iso3)
    figures = catalogue.figures[country.iso3]
    shares = catalogue.shares[country.iso3]
    gdp = figures["gdp"].value
    ratio = figures["gva_to_gdp"].value if "gva_to_gdp" in figures else 1.0
    gva = gdp * ratio
    it_row = gva * shares.of(catalogue.it_column)
    own = (f"{country.name}: {country.reason[0].lower()}{country.reason[1:]}.",) if country.reason else ()
    warnings = [*own, *_stale(catalogue, country, figures)]
    receipts, measured = _receipts(catalogue, country, it_row, split, warnings)
    wanted = {name: split.value_added_share * share * receipts for name, share in split.shares}
    fits = min(1.0, it_row / sum(wanted.values())) if sum(wanted.values()) > 0 else 1.0
    if fits < 1:
        warnings.append(
            f"{country.name}: value added in IT exports would exceed the IT row; it is held to the row, and "
            "domestic IT is not separable."
        )
    exported = {name: value * fits for name, value in wanted.items()}
    domestic = max(0.0, it_row - sum(exported.values())) if fits == 1 else 0.0  # no rounding left over
    value_added = np.array(
        [
            exported.get(sector.export_group, 0.0)
            if sector.export_group
            else domestic
            if sector.value_added_part == "domestic"
            else gva * shares.of(sector.value_added_column)
            for sector in catalogue.sectors
        ]
    )
    force, idle = figures.get("labour_force"), figures.get("unemployment")
    workers = force.value * (1 - idle.value) if force and idle else None
    if workers is None:
        warnings.append(f"{country.name}: the number of workers is not known, so no work-days are given.")
    population = figures.get("population")
    if population is None:
        warnings.append(
            f"{country.name}: the population is missing; how digital the economy is follows the median of its income "
            "group (assumption)."
        )
    return Economy(
        country=country,
        gdp=gdp,
        gdp_year=figures["gdp"].year,
        money_old=money_old(catalogue, country.iso3),
        gva=gva,
        value_added=value_added,
        receipts=receipts,
        receipts_measured=measured,
        receipts_held=fits,
        income=income_of(catalogue, country.iso3),
        workers=workers,
        population=population.value if population else None,
        tax=_tax(catalogue, figures),
        rate=_usable_rate(figures),
        figures=figures,
        warnings=tuple(warnings),
    )


def income_of(catalogue: Catalogue, iso3: str) -> float:
    """GDP a head without mining and utilities, USD a year; where the population is missing, the income group's median.

    Args:
        catalogue: the tables.
        iso3: code of an economy that has figures; a KeyError for any other.
    """

    def own(country: str) -> float | None:
        figures, shares = catalogue.figures[country], catalogue.shares[country]
        if "population" not in figures:
            return None
        return figures["gdp"].value * (1 - shares.of(MINING_COLUMN)) / figures["population"].value

    income = own(iso3)
    if income is not None:
        return income
    group = catalogue.countries[iso3].income_group
    peers = [
        other.iso3
        for other in catalogue.countries.values()
        if other.available == "yes" and other.income_group == group
    ]
    return median(value for peer in peers if (value := own(peer)) is not None)


def _stale(catalogue: Catalogue, country: Country, figures: dict[str, Figure]) -> list[str]:
    """A sentence for each input that is older than three years or missing."""
    names = {
        "gdp": "GDP", "gva_to_gdp": "the ratio of value added to GDP", "it_export_receipts": "IT export earnings",
        "labour_force": "the labour force", "unemployment": "the unemployment rate", "fx": "the official exchange rate",
    }  # fmt: skip
    sentences = []
    for field, name in names.items():
        figure = figures.get(field)
        if figure is None and field == "gva_to_gdp":
            sentences.append(f"{country.name}: {name} is missing; 1 is used (assumption).")
        elif field == "it_export_receipts" and figure is not None and older(catalogue, figure):
            continue  # not used at all, which is said where they are looked for
        elif figure is not None and catalogue.reference_year - figure.year > STALE_YEARS:
            sentences.append(
                f"{country.name}: the latest figure for {name} is of {figure.year}, older than three years."
            )
    shares = catalogue.shares[country.iso3]
    if catalogue.reference_year - shares.year > STALE_YEARS:
        sentences.append(f"{country.name}: the sector shares are of {shares.year}, older than three years.")
    return sentences


def _receipts(
    catalogue: Catalogue, country: Country, it_row: float, split: ExportSplit, warnings: list[str]
) -> tuple[float, bool]:
    """Receipts in USD a year and whether anyone measured them."""
    if split.receipts is not None:
        return split.receipts, True
    figure = catalogue.figures[country.iso3].get("it_export_receipts")
    if figure is not None and not older(catalogue, figure):
        if figure.note and country.iso3 != HOME:
            warnings.append(f"{country.name}: IT export earnings: {figure.note}.")
        if country.iso3 != HOME:
            warnings.append(
                f"{country.name}: IT export earnings are divided between software, call centres and freelancers as in "
                "Pakistan (assumption)."
            )
        return figure.value, True
    ratio = _median_ratio(catalogue, country.income_group)
    among = country.income_group.lower() or "all"
    missing = "are missing" if figure is None else f"are of {figure.year}, older than five years"
    warnings.append(
        f"{country.name}: IT export earnings {missing}; {trimmed(ratio, 2)} x the IT row is assumed (median of "
        f"{among} economies) to divide the sector, and export orders lost later are not measured."
    )
    return ratio * it_row, False


def _median_ratio(catalogue: Catalogue, income_group: str) -> float:
    """Median ratio of receipts to the IT row in an income group (all economies where there is no group)."""
    ratios = []
    for iso3, figures in catalogue.figures.items():
        country = catalogue.countries.get(iso3)
        receipts = figures.get("it_export_receipts")
        if country and country.available == "yes" and receipts is not None and not older(catalogue, receipts):
            ratio = figures["gva_to_gdp"].value if "gva_to_gdp" in figures else 1.0
            row = figures["gdp"].value * ratio * catalogue.shares[iso3].of(catalogue.it_column)
            if row > 0 and (not income_group or country.income_group == income_group):
                ratios.append(receipts.value / row)
    return median(ratios)


def _usable_rate(figures: dict[str, Figure]) -> Figure | None:
    """The official exchange rate of the year of the GDP, None where there is none."""
    figure = figures.get("fx")
    if figure is None or figure.year != figures["gdp"].year or figure.usable == "no":
        return None
    return figure


def _tax(catalogue: Catalogue, figures: dict[str, Figure]) -> Figure | None:
    """Central government's taxes as a share of GDP; at home the parameter of the tables says more."""
    figure = figures.get("tax_revenue")
    if figure is None or figure.iso3 == HOME or older(catalogue, figure):
        return None
    return figure


def money_old(catalogue: Catalogue, iso3: str) -> bool:
    """Whether the GDP of `iso3` in the tables `catalogue` is older than five years or from before a change of money."""
    gdp = catalogue.figures[iso3]["gdp"]
    change = catalogue.redenominations.get(gdp.iso3)
    return older(catalogue, gdp) or (change is not None and gdp.year <= change.last_year)


def older(catalogue: Catalogue, figure: Figure) -> bool:
    """Whether a figure is older than five years in the reference year of the `catalogue`; `figure` of any unit."""
    return catalogue.reference_year - figure.year > OLD_YEARS
