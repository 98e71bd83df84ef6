"""What a year of events like the recorded ones costs in a country: a record of the past, not a forecast.

How often: `pooling`; of which kind and how far: `shares`; how long: `lengths`; at what cost: the estimate's own draws.
A year costs the sum of its events, at most what a whole year of the dearest kind costs in that draw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue
from model.common.cache import cached
from model.common.ranges import Range
from model.estimation.amounts import of_gdp
from model.estimation.economy import Economy
from model.kernels.own_draws import own_draws
from model.rates import lengths as lasting
from model.rates import pooling, shares
from model.rates.pooling import Pool
from model.rates.prices import HOURS, Prices, prices
from model.rates.record import RecordedYears, shipped_record
from model.rates.simulation import Lot, exceeded, expected, simulated
from model.scenario.places import find_country

Array = NDArray[np.float64]
YEARS = 8  # simulated for each draw
BAD = 0.1  # chance of a year at least as bad as a bad one
PEOPLE = 1e7  # of an economy whose population is not known
CHANCES = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01)


@dataclass(frozen=True)
class Fitted:
    """What a record says of all countries together."""

    pool: Pool
    kinds: Array  # (kind,), parameters of the shares of kinds
    whole: tuple[Array, ...]  # by kind: of nationwide and other events


@dataclass(frozen=True)
class KindYear:
    """One kind of the record in a year: how many a year, and their expected cost."""

    label: str
    events: int  # in the record
    rate: Range[float]
    cost: Range[float]


@dataclass(frozen=True)
class YearCost:
    """The cost of a year in one country, in `unit`: US dollars, or % of a day's GDP where its money is old.

    `expected` is the yearly mean with its range over what is not known (rate, shares, lengths, prices); `bad` the cost
    that one simulated year in ten passes; `none` the chance of a year without events.
    """

    record: RecordedYears
    economy: Economy
    unit: str
    events: int
    rate: Range[float]
    kinds: tuple[KindYear, ...]
    expected: Range[float]
    mean: float
    share: Range[float]  # of the expected cost in the GDP of a year
    bad: float
    none: float
    passed: tuple[tuple[float, float], ...]  # chance, cost that is passed with it
    costs: Array  # of simulated years, ascending
    pool: Pool

    @property
    def observed(self) -> tuple[int, ...]:
        return tuple(int(value) for value in self.record.of(self.economy.country.iso3))

    @property
    def without_costs(self) -> YearCost:
        """The same with what a page may keep for long."""
        return replace(self, costs=np.empty(0))

    @property
    def bad_share(self) -> float:
        """The cost that one year in ten passes, as a share of the GDP of a year."""
        return self.bad / _money(self.economy)[1] / self.economy.gdp


def cost_of_year(
    catalogue: Catalogue,
    country: str,
    record: RecordedYears | None = None,
    priced: Prices | None = None,
    years: int = YEARS,
) -> YearCost:
    """What a year of events like those of the record costs in a country.

    Args:
        catalogue: the tables.
        country: ISO3 code or name.
        record: what happened; by default the shipped counts.
        priced: curves of the economy for the kinds of `kinds_of(record)`, where the caller has them already.
        years: simulated for each of the 1,024 draws.

    Raises:
        InputError: a country that is not known or has no figures.
    """
    iso3 = find_country(catalogue, country).iso3
    record = record or shipped_record(catalogue)
    names = kinds_of(record)
    priced = priced or prices(catalogue, iso3, names)
    fitted = fit(catalogue, record)
    own = partial(own_draws, "year", iso3)
    draws = priced.curves.shape[-1]
    posterior = pooling.posterior(record.of(iso3), fitted.pool)
    rates, sizes = posterior.drawn(own("rate").permutation((np.arange(draws) + 0.5) / draws))
    lot, labels = _lot(catalogue, record, fitted, iso3, priced, own)
    unit, per_usd = _money(priced.economy)
    most = priced.curves[:, -1].max(axis=0)
    by_option = expected(rates, lot)
    mean = np.minimum(by_option.sum(axis=0), most)
    counts = pooling.drawn_counts(own("number"), rates, sizes, years)
    costs = np.sort(np.minimum(simulated(own, counts, lot), most[:, None]).ravel()) * per_usd
    counted = record.by_kind.get(iso3, np.zeros(len(record.kinds)))
    lines = tuple(
        KindYear(
            kind.label, int(counted[index]), Range.of(rates * lot.chances[labels == index].sum(axis=0)),
            Range.of(by_option[labels == index].sum(axis=0) * per_usd),
        )
        for index, kind in enumerate(record.kinds)
    )  # fmt: skip
    costs.flags.writeable = False
    return YearCost(
        record=record, economy=priced.economy, unit=unit, events=int(record.of(iso3).sum()), rate=Range.of(rates),
        kinds=lines, expected=Range.of(mean * per_usd), mean=float(mean.mean() * per_usd),
        share=Range.of(mean / priced.economy.gdp), bad=float(exceeded(costs, BAD)),
        none=posterior.none,
        passed=tuple(zip(CHANCES, exceeded(costs, CHANCES).tolist(), strict=True)), costs=costs, pool=fitted.pool,
    )  # fmt: skip


def _money(place: Economy) -> tuple[str, float]:
    """The unit of a year's cost and what one US dollar is in it."""
    money = of_gdp(place) if place.money_old else None
    return (money.unit, money.per_usd) if money else ("USD", 1.0)


def kinds_of(record: RecordedYears) -> tuple[str, ...]:
    """The kinds of the model at whose cost the events of a record are priced."""
    return tuple(dict.fromkeys(name for kind in record.kinds for name in (kind.kind, kind.other) if name))


@cached()
def fit(catalogue: Catalogue, record: RecordedYears) -> Fitted:
    """How the countries of a record differ; a list of fewer than ten countries takes the shipped counts' pool."""
    by_kind = np.array([*record.by_kind.values()])
    whole = np.array([*record.whole.values()])
    if record.silent or record.shipped:
        pool = pooling.fit(np.array([*record.starts.values()]), record.silent)
    else:
        pool = fit(catalogue, shipped_record(catalogue)).pool
    return Fitted(
        pool, shares.fit(by_kind), tuple(shares.fit(whole[:, index]) for index in range(len(record.kinds)))
    )


def _lot(
    catalogue: Catalogue,
    record: RecordedYears,
    fitted: Fitted,
    iso3: str,
    priced: Prices,
    own: Callable[..., np.random.Generator],
) -> tuple[Lot, NDArray[np.intp]]:
    """What one event of the country may be, and the kind of the record that each option belongs to.

    `own` gives each input the generator of its name, so that a change of one leaves the draws of the others.
    """
    draws = priced.curves.shape[-1]
    figures = catalogue.shutdowns.figures
    none = np.zeros(len(record.kinds))
    of_kind = shares.drawn(
        [own("kind", kind.key) for kind in record.kinds], record.by_kind.get(iso3, none), fitted.kinds, draws
    )
    chances, curve, whole, labels = [], [], [], []
    for index, kind in enumerate(record.kinds):
        counts = record.whole[iso3][index] if iso3 in record.whole else np.zeros(2)
        parts = [own("nationwide", kind.key), own("in part", kind.key)]
        everywhere = shares.drawn(parts, counts, fitted.whole[index], draws)[:, 0]
        other = _pert(own("other kind", kind.key), kind.other_share, draws)
        for name, chance in ((kind.kind, 1 - other), (kind.other, other)):
            for nationwide, part in ((True, everywhere), (False, 1 - everywhere)):
                if name:
                    chances.append(of_kind[:, index] * chance * part)
                    curve.append(priced.kinds.index(name))
                    whole.append(nationwide)
                    labels.append(index)
    middle = lasting.drawn_middles(
        own("middle length").permutation((np.arange(draws) + 0.5) / draws),
        iso3,
        record.middles,
        record.lengths,
    )
    within = np.full(draws, record.lengths.within)
    if record.long_share is not None:
        total = lasting.total_spread(
            record.lengths.middle, _pert(own("long_share"), record.long_share, draws)
        )
        within = np.sqrt(np.maximum(lasting.LEAST_SPREAD**2, np.square(total) - record.lengths.between**2))
    people, most = priced.economy.population or PEOPLE, figures["part_most"].mode
    part = np.minimum(most, _pert(own("part_people"), figures["part_people"].ends, draws) / people)
    return Lot(
        np.array(chances), np.array(curve), np.array(whole), priced.curves, HOURS, middle, within,
        part, figures["part_spread"].mode, most, record.shares.get(iso3),
    ), np.array(labels)  # fmt: skip


def _pert(rng: np.random.Generator, ends: Sequence[float], draws: int) -> Array:
    """Draws of a PERT distribution (least, most likely, greatest; lambda 4); a fixed value where all are one.

    `ends` are these three, in any unit, and `draws` how many are drawn, (draw,).
    """
    low, mode, high = ends
    if high <= low:
        return np.full(draws, mode)
    alpha = 1 + 4 * (mode - low) / (high - low)
    return np.asarray(low + (high - low) * rng.beta(alpha, 6 - alpha, draws))
