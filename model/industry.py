"""Export receipts over years: undisturbed, and under disruptions that recur."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model import churn, growth
from model.calendar import Year, lagged_of_year
from model.catalogue import Catalogue
from model.industry_draws import DRAWS, Values, ends, main_draws
from model.ledger import Amount, Basis
from model.uncertainty import quantiles

Array = NDArray[np.float64]
TARGETS = (5_000.0, 10_000.0, 15_000.0, 25_000.0)  # M USD a year
NEVER = 60  # years after which a target counts as not reached
MILLION = 1e6


def gap_by_age(lag_months: ArrayLike, half_life_months: ArrayLike, ages: int) -> Array:
    """Share of lost contracts missing in the year of the loss and in later ones, (age, draw).

    Mean of k(m) = m / lag, then 0.5^((m - lag) / half-life), over months of loss spread evenly through the year.
    """
    lag, half = np.atleast_1d(lag_months), np.atleast_1d(half_life_months)
    month = np.arange(0, 12 * (ages + 1), dtype=float)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        rising = np.divide(month, lag)
    missing = np.where(month <= lag, rising, np.power(0.5, np.maximum(0.0, month - lag) / half))
    missing[0] = 0.0
    weight = (
        12 - np.abs(np.arange(-11, 12))
    ) / 144  # month of the receipts less month of the loss, both uniform
    rows = []
    for age in range(ages):
        months = 12 * age + np.arange(-11, 12)
        rows.append(np.sum(weight[months >= 0, None] * missing[months[months >= 0]], axis=0))
    return np.asarray(rows)


def disturbed(
    undisturbed: Array, *, direct: Array, contracts_lost: Array, gaps: Array, disrupted_years: float
) -> Array:
    """Path (year, draw) under yearly disruptions; `undisturbed` (year,), year 0 is before the first.

    In each disrupted year the share `direct` (draw,) is lost at once, and the share `contracts_lost` of the
    business that is left goes and comes back as `gaps` (age, draw) says. Neither acts on what the other took.
    """
    kept = np.ones((len(undisturbed), np.shape(direct)[-1]))
    for year in range(1, len(undisturbed)):
        if year <= disrupted_years:
            kept[year] *= 1 - direct
        for begun in range(1, min(year, math.floor(disrupted_years)) + 1):
            kept[year] *= 1 - contracts_lost * gaps[year - begun]
    return np.asarray(undisturbed[:, None] * kept)


@dataclass(frozen=True)
class Target:
    """What a level of receipts asks for; years None where it is not reached."""

    goal: float  # M USD
    growth_needed: float  # a year, over the horizon
    years: float | None
    disturbed_years: tuple[float | None, float | None, float | None]  # soonest 5 %, median, latest 5 %


@dataclass(frozen=True)
class Exports:
    """The section of exports. Money in M USD, paths (year,) with quantiles over draws."""

    baseline: growth.Baseline
    baselines: dict[str, growth.Baseline]
    year: Year
    years: Array
    undisturbed: Array
    low: Array
    median: Array
    high: Array
    shortfall: tuple[float, float, float]
    direct: tuple[float, float, float]  # part of the shortfall lost at once
    later: tuple[float, float, float]
    direct_share: tuple[float, float, float]  # of a year's receipts
    contracts_lost: tuple[float, float, float]
    targets: tuple[Target, ...]
    gap: tuple[Array, Array, Array]  # undisturbed less disturbed, (year,) at 5 %, median and 95 %

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The shortfall and its parts: receipts, never to be added to each other or to output."""
        period = f"{self.years[-1]:g} years"

        def amount(
            name: str, label: str, values: tuple[float, float, float], contains: tuple[str, ...] = ()
        ) -> Amount:
            low, median, high = (value * MILLION for value in values)
            basis: Basis = "net" if name == "exports.direct" else "lagged"
            return Amount(name, label, "receipts", basis, period, "USD", contains, median, low, high, None,
                          ("clients.lost", "talent.outflow"))  # fmt: skip

        return (
            amount("exports.shortfall", f"Shortfall against “{self.baseline.label}”", self.shortfall,
                   ("exports.direct", "exports.later")),
            amount("exports.direct", "Receipts lost at once", self.direct),
            amount("exports.later", "Receipts lost through clients that leave", self.later),
        )  # fmt: skip


def baselines(catalogue: Catalogue, values: Values) -> dict[str, growth.Baseline]:
    """The growth rates on offer; the claimed one is the article's."""
    seed = catalogue.seeds[growth.CLAIMED_GROWTH]
    claimed = seed.value if seed.default is None else seed.default
    return growth.baselines(catalogue, (claimed or 0.0) / 100, values.central("industry.own_growth"))


def yearly_losses(catalogue: Catalogue, year: Year) -> tuple[Array, Array]:
    """Share of a year's receipts lost at once, and share of contracts lost, under one year of a calendar.

    Direct: net value added lost in the export sectors over their yearly value added. Contracts: receipts lost
    later over what they would be if every contract went.
    """
    direct, lost = np.zeros(DRAWS), np.zeros(DRAWS)
    if not year.impacts:
        return direct, lost
    place = year.impacts[0].estimate.economy
    base = sum(v for s, v in zip(catalogue.sectors, place.value_added, strict=True) if s.export_group)
    for impact, item in zip(year.impacts, year.calendar.disruptions, strict=True):
        direct = direct + sum(impact.export_net.values()) * item.per_year / base
    often = np.array([item.per_year for item in year.calendar.disruptions]).reshape(-1, 1)
    sample = main_draws(catalogue, {})
    months = churn.discounted_months(
        sample.of("churn.lag_months"), sample.of("churn.half_life_months"),
        sample.of("churn.horizon_months"), sample.of("churn.discount_rate"),
    )  # fmt: skip
    lost = lagged_of_year(year.impacts, often) / (place.receipts / 12 * months)
    return np.minimum(direct, 1.0), np.minimum(lost, 1.0)


def exports(catalogue: Catalogue, values: Values, year: Year, baseline: str) -> Exports:
    """The section of exports; raises `InputError` for an unknown baseline."""
    options = baselines(catalogue, values)
    base = growth.pick(options, baseline)
    start, horizon = values.central("industry.receipts_musd"), values.whole("industry.horizon_years")
    years = np.arange(0, NEVER + 1, dtype=float)
    undisturbed = growth.path(start, base.growth, years)
    direct, lost = yearly_losses(catalogue, year)
    sample = main_draws(catalogue, {})
    gaps = gap_by_age(sample.of("churn.lag_months"), sample.of("churn.half_life_months"), NEVER)
    gaps = np.broadcast_to(gaps, (NEVER, DRAWS))
    disrupted = values.central("industry.disrupted_years")
    whole = disturbed(undisturbed, direct=direct, contracts_lost=lost, gaps=gaps, disrupted_years=disrupted)
    part = slice(1, horizon + 1)
    gap = (undisturbed[:, None] - whole)[part].sum(axis=0)
    at_once = undisturbed[part] * (years[part] <= disrupted)
    first = at_once.sum() * direct
    low, median, high = quantiles(whole[: horizon + 1])
    goals = tuple(_target(start, goal, horizon, base.growth, whole) for goal in TARGETS)
    return Exports(
        baseline=base, baselines=options, year=year, years=years[: horizon + 1],
        undisturbed=undisturbed[: horizon + 1], low=low, median=median, high=high, shortfall=ends(gap),
        direct=ends(first), later=ends(np.where(lost > 0, np.maximum(0.0, gap - first), 0.0)),
        direct_share=ends(direct), contracts_lost=ends(lost), targets=goals,
        gap=quantiles((undisturbed[:, None] - whole)[: horizon + 1]),
    )  # fmt: skip


def _target(start: float, goal: float, horizon: float, rate: float, whole: Array) -> Target:
    found = quantiles(_crossing(whole, goal))
    reached = [None if not np.isfinite(value) or value >= NEVER else float(value) for value in found]
    return Target(
        goal=goal,
        growth_needed=growth.growth_needed(start, goal, horizon),
        years=growth.years_to(start, goal, rate),
        disturbed_years=(reached[0], reached[1], reached[2]),
    )


def _crossing(whole: Array, goal: float) -> Array:
    """Years until each draw first reaches the goal, growing evenly within a year; NEVER where it does not."""
    above = whole >= goal
    first = np.argmax(above, axis=0)
    never = ~above.any(axis=0)
    before = np.maximum(first - 1, 0)
    column = np.arange(whole.shape[1])
    low, high = whole[before, column], whole[first, column]
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(high > low, np.log(goal / low) / np.log(high / low), 0.0)
    return np.where(never, float(NEVER), np.where(first == 0, 0.0, before + part))
