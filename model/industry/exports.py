"""Export receipts over years: undisturbed, and under disruptions that recur."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.catalogue.load import Catalogue
from model.common.cache import cached
from model.common.ledger import Amount, Basis
from model.common.numbers import MILLION
from model.common.ranges import Range
from model.evidence import trends
from model.industry.calendar import YearOfDisruptions
from model.industry.clients import away_by_year
from model.industry.draws import DRAWS, Values
from model.industry.export_year import export_year, freelance_share
from model.industry.words import FIRM_RECEIPTS, LATER_RECEIPTS, span
from model.kernels import growth

Array = NDArray[np.float64]
TARGETS = (5_000.0, 10_000.0, 15_000.0, 25_000.0)  # M USD a year
NEVER = 60  # years after which a target counts as not reached


def gap_by_age(lag_months: ArrayLike, half_life_months: ArrayLike, ages: int) -> Array:
    """Share of lost contracts missing in the year of the loss and in later ones, (age, draw).

    Mean of k(m) = m / lag, then 0.5^((m - lag) / half-life), over months of loss spread evenly through the year.

    Args:
        lag_months: months until the loss shows in full, (draw,) or ().
        half_life_months: months in which half of the lost business comes back after that, (draw,) or ().
        ages: how many years are counted, that of the loss among them.
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


@cached()
def _gaps(lag_months: bytes, half_life_months: bytes) -> Array:
    """`gap_by_age` of draws that no slider of the page moves, cached: it was half of a step's time."""
    return gap_by_age(np.frombuffer(lag_months), np.frombuffer(half_life_months), NEVER)


def disturbed_by_year(
    undisturbed: Array, *, direct: Array, contracts_lost: Array, gaps: Array, disrupted_years: float
) -> Array:
    """Path (year, draw) under yearly disruptions, in the unit of `undisturbed`.

    In each disrupted year a share is lost at once, and a share of the business that is left goes and comes back.
    Neither acts on what the other took.

    Args:
        undisturbed: receipts by year without them, any money, (year,); year 0 is before the first.
        direct: share of a year's receipts that is lost at once, (draw,).
        contracts_lost: share of contracts that end through a year, (draw,).
        gaps: share of these that is missing so many years later, (age, draw), from `gap_by_age`.
        disrupted_years: years in which the disruptions recur, from year 1.
    """
    share_left = np.ones((len(undisturbed), np.shape(direct)[-1]))
    for year in range(1, len(undisturbed)):
        if year <= disrupted_years:
            share_left[year] *= 1 - direct
        for lost_in in range(1, min(year, math.floor(disrupted_years)) + 1):
            share_left[year] *= 1 - contracts_lost * gaps[year - lost_in]
    return np.asarray(undisturbed[:, None] * share_left)


@dataclass(frozen=True)
class Goal:
    """What a level of receipts asks for; years None where it is not reached."""

    goal: float  # M USD a year
    growth_needed: float  # a year, over the horizon
    years: float | None
    disturbed_years: Range[float | None]  # soonest 5%, median, latest 5%


@dataclass(frozen=True)
class Exports:
    """The section of exports. Money in M USD, paths (year,) with quantiles over draws."""

    baseline: trends.Baseline
    baselines: dict[str, trends.Baseline]
    year: YearOfDisruptions
    years: Array
    undisturbed: Array
    disturbed: Range[Array]
    shortfall: Range[float]
    direct: Range[float]  # part of the shortfall lost at once
    later: Range[float]
    direct_share: Range[float]  # of a year's receipts
    contracts_lost: Range[float]
    targets: tuple[Goal, ...]
    gap: Range[Array]  # undisturbed less disturbed, (year,) at 5%, median and 95%
    clients: Range[Array]  # path under the VPN block alone, (year,) at 5%, median and 95%
    clients_gap: Range[Array]  # undisturbed less that path
    block_days: float
    contract_months: Range[float]  # of receipts that go with a lost contract in all, undiscounted
    outage_days: Array  # effective blackout-days of a year in official receipts, (draw,)
    freelancers_inside: bool

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The shortfall and its parts: receipts, never to be added to each other or to output."""
        now = ("freelance.direct",) if self.freelancers_inside else ()
        late = (
            *LATER_RECEIPTS,
            *(("freelance.later", "freelance.ratings") if self.freelancers_inside else ()),
        )

        def amount(
            name: str, label: str, values: Range[float], overlaps: tuple[str, ...],
            contains: tuple[str, ...] = (),
        ) -> Amount:  # fmt: skip
            basis: Basis = "net" if name == "exports.direct" else "lagged"
            return Amount(name, label, "receipts", basis, span(self.years[-1]), "USD", contains,
                          values.times(MILLION), None, (*overlaps, *FIRM_RECEIPTS))  # fmt: skip

        return (
            amount("exports.shortfall", f"Shortfall against ‘{self.baseline.label}’", self.shortfall,
                   (*now, *late), ("exports.direct", "exports.later")),
            amount("exports.direct", "Earnings lost at once", self.direct, now),
            amount("exports.later", "Earnings lost through clients that leave, undiscounted", self.later, late),
        )  # fmt: skip


def baselines(catalogue: Catalogue, values: Values) -> dict[str, trends.Baseline]:
    """The growth rates on offer; the claimed one is the article's."""
    seed = catalogue.seeds[trends.CLAIMED_GROWTH]
    claimed = seed.value if seed.default is None else seed.default
    baselines = trends.baselines(catalogue, (claimed or 0.0) / 100, values.central("industry.own_growth"))
    # The figure of one's own is this page's, not that of the claims.
    return baselines | {"own": replace(baselines["own"], figure="industry.own_growth")}


def goals_of(values: Values) -> tuple[float, ...]:
    """The four targets, and one of the reader's own where it is typed (0: none); M USD a year, ascending."""
    own = values.central("industry.own_target_musd")
    return tuple(sorted({*TARGETS, *([own] if own > 0 else [])}))


def exports(catalogue: Catalogue, values: Values, year: YearOfDisruptions, baseline: str) -> Exports:
    """The section of exports; raises `InputError` for an unknown baseline."""
    options = baselines(catalogue, values)
    base = trends.pick(options, baseline)
    start, horizon = values.central("industry.receipts_musd"), values.whole("industry.horizon_years")
    years = np.arange(0, NEVER + 1, dtype=float)
    undisturbed = growth.path(start, base.growth, years)
    hit, inside = export_year(catalogue, year), values.on("freelance.inside")
    if inside:  # the weight is the reader's own: a part is never more than its whole
        hit = hit.with_freelancers(freelance_share(values))
    groups = hit.groups(freelancers=inside)  # freelancers on top of the receipts are no part of their loss
    direct, lost = hit.mean(hit.direct, groups), hit.mean(hit.contracts, groups)
    gaps = np.broadcast_to(_gaps(hit.lag.tobytes(), hit.half_life.tobytes()), (NEVER, DRAWS))
    disrupted = values.central("industry.disrupted_years")
    whole = disturbed_by_year(
        undisturbed, direct=direct, contracts_lost=lost, gaps=gaps, disrupted_years=disrupted
    )
    part = slice(1, horizon + 1)
    gap = (undisturbed[:, None] - whole)[part].sum(axis=0)
    at_once = undisturbed[part] * (years[part] <= disrupted)
    first = at_once.sum() * direct
    goals = tuple(_target(start, goal, horizon, base.growth, whole) for goal in goals_of(values))
    away = undisturbed[: horizon + 1, None] * away_by_year(values, horizon)
    return Exports(
        baseline=base, baselines=options, year=year, years=years[: horizon + 1],
        undisturbed=undisturbed[: horizon + 1], disturbed=Range.along(whole[: horizon + 1]), shortfall=Range.of(gap),
        direct=Range.of(first), later=Range.of(np.where(lost > 0, np.maximum(0.0, gap - first), 0.0)),
        direct_share=Range.of(direct), contracts_lost=Range.of(lost), targets=goals,
        gap=Range.along((undisturbed[:, None] - whole)[: horizon + 1]),
        clients=Range.along(undisturbed[: horizon + 1, None] - away), clients_gap=Range.along(away),
        block_days=values.central("industry.vpn_block_days"),
        contract_months=Range.of(12 * gaps.sum(axis=0)), outage_days=hit.mean(hit.days, groups),
        freelancers_inside=inside,
    )  # fmt: skip


def _target(start: float, goal: float, horizon: float, rate: float, whole: Array) -> Goal:
    reached = Range.of(_crossing(whole, goal))
    return Goal(
        goal=goal,
        growth_needed=growth.growth_needed(start, goal, horizon),
        years=growth.years_to(start, goal, rate),
        disturbed_years=reached.each(
            lambda value: None if not np.isfinite(value) or value >= NEVER else value
        ),
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
