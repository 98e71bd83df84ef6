"""Places: a country by code or name, and how much of each sector lies in a part of it."""

from __future__ import annotations

import numpy as np

from model.catalogue.economies import HOME, Country
from model.catalogue.load import Catalogue
from model.common.errors import InputError, choices

TELECOM_COLUMN = "telecom"


def find_country(catalogue: Catalogue, text: str) -> Country:
    """The country with this ISO3 code or name; raises `InputError` when unknown or without figures."""
    wanted = text.strip()
    country = catalogue.countries.get(wanted.upper())
    if country is None:
        by_name = {country.name.casefold(): country for country in catalogue.countries.values()}
        country = by_name.get(wanted.casefold())
    if country is None:
        names = [*catalogue.countries, *(country.name for country in catalogue.countries.values())]
        raise InputError("country", text, "is not known", "an ISO3 code or name: " + choices(names, wanted))
    if country.available == "no":
        usable = sum(country.available == "yes" for country in catalogue.countries.values())
        allowed = f"one of {usable} economies (python -m model list countries)"
        raise InputError("country", country.iso3, f"has no usable figures: {country.reason}", allowed)
    return country


def place_shares(
    catalogue: Catalogue, iso3: str, regions: tuple[str, ...], share: float | None
) -> tuple[np.ndarray, float]:
    """Share of each sector inside the affected place, shape (sector,), and that of the IT exporters.

    Pakistan's regions weigh IT by registered firms, telecom by its own weight and the rest by GDP.
    """
    count = len(catalogue.sectors)
    if not regions:
        whole = 1.0 if share is None else share
        return np.full(count, whole), whole
    for name in regions:
        if iso3 != HOME:
            raise InputError(
                "region", name, f"is not known in {iso3}", "regions of PAK; elsewhere a place share"
            )
        if name not in catalogue.regions:
            raise InputError("region", name, "is not known", choices(catalogue.regions, name, most=10))
    rows = [catalogue.regions[name] for name in regions]
    by_column = {
        catalogue.it_column: sum(row.it_firm_share for row in rows),
        TELECOM_COLUMN: sum(row.telecom_weight for row in rows),
    }
    by_gdp = sum(row.gdp_share for row in rows)
    return (
        np.array(
            [min(1.0, by_column.get(sector.value_added_column, by_gdp)) for sector in catalogue.sectors]
        ),
        min(1.0, by_column[catalogue.it_column]),
    )
