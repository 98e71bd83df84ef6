"""Do rates fitted to the first years cover the counts of the last? Country by country, and the world by kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue
from model.catalogue.shutdowns import COUNTED
from model.common.errors import InputError
from model.common.ranges import Range
from model.kernels.own_draws import own_draws
from model.rates import pooling
from model.rates.record import RecordedYears

Array = NDArray[np.float64]
BAND = (0.05, 0.95)
DRAWS, YEARS_OF_DRAW = 2000, 4
LAST_FITTED = 2022


@dataclass(frozen=True)
class Covered:
    """One country (or kind of the world): what was fitted, the band for the years after, and what was counted."""

    name: str
    fitted: int
    band: Range[int]
    counted: int

    @property
    def inside(self) -> bool:
        return self.band.low <= self.counted <= self.band.high


@dataclass(frozen=True)
class Check:
    """The check of one set of counts; `silent` countries had no event in any year and are inside their band."""

    title: str
    fitted: tuple[int, int]
    tested: tuple[int, int]
    rows: tuple[Covered, ...]
    silent: int

    @property
    def active(self) -> tuple[Covered, ...]:
        """Countries with an event in the fitted years."""
        return tuple(row for row in self.rows if row.fitted)

    def share(self, active: bool) -> float:
        """Share of countries inside their band: of those with an event in the fitted years, or of all."""
        rows = self.active if active else self.rows
        inside = sum(row.inside for row in rows) + (0 if active else self.silent)
        return inside / max(1, len(rows) + (0 if active else self.silent))


def check_record(record: RecordedYears, last_fitted: int = LAST_FITTED) -> Check:
    """The check on a record of several countries, fitted to the years up to `last_fitted`.

    Raises `InputError` where it has no years on both sides.
    """
    return check_counts(record.title, record.years, record.starts, record.silent, last_fitted)


def check_counts(
    title: str, years: tuple[int, ...], counts: Mapping[str, Array], silent: int, last_fitted: int
) -> Check:
    """Fit to the years up to `last_fitted`, predict the sum of the later ones, and hold it against the counts.

    Args:
        title: what the counts are.
        years: ascending.
        counts: events by year, (year,), by country.
        silent: further countries without any event.
        last_fitted: the last year that is fitted.

    Raises:
        InputError: no year before or none after, or too little to pool.
    """
    if not years[0] <= last_fitted < years[-1]:
        allowed = (
            f"a year from {years[0]} to {years[-1] - 1}" if len(years) > 1 else "a list of two years or more"
        )
        raise InputError("fitted to", last_fitted, "leaves no years to fit or none to test", allowed)
    cut = years.index(last_fitted) + 1
    pool = pooling.fit(np.array([row[:cut] for row in counts.values()]), silent)
    rows = []
    for name, row in counts.items():
        band = predicted(own_draws("check", name), row[:cut], pool, len(years) - cut)
        rows.append(Covered(name, int(row[:cut].sum()), band, int(row[cut:].sum())))
    return Check(title, (years[0], last_fitted), (years[cut], years[-1]), tuple(rows), silent)


def predicted(rng: np.random.Generator, counts: Array, pool: pooling.Pool, years: int) -> Range[int]:
    """Band (5% and 95%) and median of the events of so many further `years` together.

    `counts` are the events of one country in the fitted years, (year,).
    """
    rates, sizes = pooling.posterior(counts, pool).drawn((np.arange(DRAWS) + 0.5) / DRAWS)
    again = np.tile(rates, YEARS_OF_DRAW), np.tile(sizes, YEARS_OF_DRAW)
    total = pooling.drawn_counts(rng, *again, years).sum(axis=1)
    return Range(*(int(end) for end in np.quantile(total, [BAND[0], 0.5, BAND[1]], method="inverted_cdf")))


def check_shipped(
    catalogue: Catalogue, record: RecordedYears, last_fitted: int = LAST_FITTED
) -> tuple[Check, ...]:
    """The shipped counts four times: as used, countries without doubt, rows as published, and the world by kind.

    All are fitted to the years up to `last_fitted`. Which year a repeated row belongs to is not known for every
    country; the second and the third check show how much that matters. By country there is no kind for each year, so
    kinds are checked for the world alone.
    """
    tables = catalogue.shutdowns
    doubtful = {row.iso3 for row in tables.starts if row.exact == "no"}
    exact = {iso3: row for iso3, row in record.starts.items() if iso3 not in doubtful}
    published = {iso3: np.zeros(len(record.years)) for iso3 in record.starts}
    for row in tables.starts:
        published[row.iso3][record.years.index(row.year)] = row.rows
    world = sorted(tables.world, key=lambda row: row.year)
    kinds = {
        tables.kinds[name].label: np.array([getattr(row, name) for row in world], dtype=float)
        for name in COUNTED
    }

    def check(title: str, counts: Mapping[str, Array], silent: int = 0) -> Check:
        return check_counts(title, record.years, counts, silent, last_fitted)

    return (
        check("events by the year in which they began", record.starts, record.silent),
        check("the same, countries of which every year is known", exact, record.silent),
        check("rows as published, an event that goes on counted again", published, record.silent),
        check("events of the world by kind and the year that first listed them", kinds),
    )
