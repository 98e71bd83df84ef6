"""People: how many professionals a path of exports needs, and whether they exist."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.common.ledger import Amount
from model.common.numbers import MILLION
from model.common.ranges import Range
from model.industry.draws import DRAWS, Values
from model.industry.words import FIRM_RECEIPTS, LATER_RECEIPTS

Array = NDArray[np.float64]


def pool(
    start: ArrayLike, years: int, *, entering: ArrayLike, trained: ArrayLike, training_years: float,
    leaving: ArrayLike, outflow: ArrayLike = 0.0, disrupted_years: float = 0.0,
) -> Array:  # fmt: skip
    """Professionals year by year, (year, draw): N (1 - leaving - outflow) + graduates ready + trained.

    Args:
        start: professionals in year 0, persons.
        years: how many years follow.
        entering: graduates ready for work, persons a year.
        trained: persons a year who enter from training.
        training_years: years over which they are trained.
        leaving: share that leaves each year.
        outflow: share that leaves on top of it in a disrupted year.
        disrupted_years: years that are disrupted, from year 1.
    """
    rows = [np.broadcast_to(np.asarray(start, dtype=float), (DRAWS,))]
    for year in range(1, years + 1):
        rate = np.minimum(1.0, np.add(leaving, np.multiply(outflow, float(year <= disrupted_years))))
        joining = np.add(entering, np.multiply(trained, min(1.0, max(0.0, training_years - year + 1))))
        rows.append(np.broadcast_to(rows[-1] * (1 - rate) + joining, (DRAWS,)))
    return np.asarray(rows)


def needed(receipts: ArrayLike, per_head: ArrayLike, growth_a_year: ArrayLike, years: ArrayLike) -> Array:
    """People that `receipts` (USD a year) take in so many `years`, persons.

    One makes `per_head` USD a year now, and more each year by `growth_a_year`, a share. Arguments broadcast.
    """
    return np.asarray(np.divide(receipts, np.multiply(per_head, np.power(np.add(1, growth_a_year), years))))


def outflow_of_year(share: ArrayLike, days: ArrayLike, reference_days: ArrayLike) -> Array:
    """Share that leaves in a year with so many effective blackout-`days`: 1 - (1 - share)^(days / reference).

    `share` is what leaves in a year of `reference_days`; no day in the dark, nobody who leaves because of it.
    """
    return np.asarray(1 - np.power(np.subtract(1, share), np.divide(days, reference_days)))


@dataclass(frozen=True)
class PeopleForGoal:
    """Whether the people for a level of receipts in the last year exist."""

    goal: float  # M USD a year
    needed: Range[float]  # professionals in all
    further: Range[float]  # of them beyond those of today; below zero: fewer than today
    missing: Range[float]  # beyond those who are there by then; below zero: enough
    enough: float  # share of draws in which they exist

    @property
    def exist(self) -> bool:
        return self.enough >= 0.5


@dataclass(frozen=True)
class Talent:
    """The section of talent; (year,) quantiles of people, 5%, median, 95%."""

    years: Array
    need: Range[Array]
    have: Range[Array]
    without_outflow: Array
    per_head: Range[float]  # USD a year
    entering: Range[float]
    missing: Range[float]  # people at the end; below zero: enough
    enough: float  # share of draws in which they exist
    outflow: Range[float]  # share of professionals in a disrupted year
    days: Range[float]  # effective blackout-days of that year
    fewer: Range[float]  # people that the outflow takes by the end
    outflow_musd: Range[float]  # receipts of these people in the last year
    goals: tuple[PeopleForGoal, ...]
    survey_need: float

    @property
    def amounts(self) -> tuple[Amount, ...]:
        return (
            Amount("talent.outflow", "Earnings of the people who leave because of outages", "receipts", "lagged",
                   f"year {self.years[-1]:g}", "USD", (), self.outflow_musd.times(MILLION), None,
                   (*LATER_RECEIPTS, *FIRM_RECEIPTS)),
        )  # fmt: skip


def talent(
    values: Values, path: Array, goals: tuple[float, ...], disrupted_years: float, outage_days: ArrayLike
) -> Talent:
    """People needed for `path` (M USD by year, from year 0) and people there.

    `goals` are levels of receipts in the last year, M USD; `disrupted_years` are disrupted from year 1, and
    `outage_days` are the effective blackout-days of one, (draw,).
    """
    years = np.arange(len(path), dtype=float)
    last = len(path) - 1
    start = values.of("talent.professionals")
    per_head = path[0] * MILLION / start
    faster = values.of("talent.productivity_growth")
    need = np.broadcast_to(
        needed(path[:, None] * MILLION, per_head, faster, years[:, None]), (len(path), DRAWS)
    )
    entering = values.of("talent.graduates") * values.of("talent.ready_share")
    span = max(values.central("talent.training_years"), 1.0)
    trained = values.central("talent.trainees") / span * values.of("talent.trained_ready_share")
    outflow = outflow_of_year(
        values.of("talent.outage_outflow_share"), outage_days, values.of("talent.outflow_days")
    )
    leaving = values.of("talent.leaving_share")
    calm, hit = (
        pool(start, last, entering=entering, trained=trained, training_years=span, leaving=leaving,
             outflow=rate, disrupted_years=disrupted_years)
        for rate in (np.array(0.0), outflow)
    )  # fmt: skip
    missing = need[-1] - hit[-1]
    fewer = calm[-1] - hit[-1]
    worth = fewer * per_head * np.power(1 + faster, last)
    by_goal = []
    for goal in goals:
        people = needed(goal * MILLION, per_head, faster, last)
        short = people - hit[-1]
        by_goal.append(
            PeopleForGoal(
                goal, Range.of(people), Range.of(people - start), Range.of(short), float(np.mean(short <= 0))
            )
        )
    return Talent(
        years=years, need=Range.along(need), have=Range.along(hit), without_outflow=Range.along(calm).median,
        per_head=Range.of(per_head), entering=Range.of(entering),
        missing=Range.of(missing), enough=float(np.mean(missing <= 0)),
        outflow=Range.of(outflow), days=Range.of(np.asarray(outage_days)), fewer=Range.of(fewer),
        outflow_musd=Range.of(worth / MILLION), goals=tuple(by_goal), survey_need=values.central("talent.survey_need"),
    )  # fmt: skip
