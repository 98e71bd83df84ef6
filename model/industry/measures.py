"""What continuity measures are worth in a year of disruptions, and the best mix under a budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations

import numpy as np
from numpy.typing import NDArray

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.common.ledger import Amount
from model.common.numbers import MILLION
from model.common.ranges import Range
from model.industry.calendar import lagged_of_year, year_of
from model.industry.draws import (
    Exposure,
    Values,
    main_draws,
)
from model.industry.measure_sets import (
    VALUE_ADDED,
    Cover,
    LossByLength,
    PricedSets,
    curves,
    priced,
)
from model.scenario.calendars import Calendar, Disruption
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
FEW, MANY = 512, 256  # draws for a short calendar, and for one with many disruptions
LONG_CALENDAR = 6


@dataclass(frozen=True)
class Worth:
    """One measure or mix in a year of the calendar; USD a year.

    Direct losses and value added lost later stay apart; `counted` is what ratio, break-even and best mix stand on:
    the direct loss alone or, where the reader asks for it, both.
    """

    keys: tuple[str, ...]
    label: str
    avoided: Range[float]  # direct loss avoided; below zero: the measure exposes
    later: Range[float]  # value added of later losses avoided
    counted: Range[float]
    cost: Range[float]
    ratio: Range[float] | None
    mean_direct: float
    mean_later: float
    mean_counted: float
    mean_cost: float
    cost_basis: str  # "assumed cost" where no source gives it
    break_even_days: float | None
    break_even_of: str  # the disruption whose length that is
    note: str = ""


@dataclass(frozen=True)
class Continuity:
    """The section of continuity."""

    calendar: Calendar
    loss: Range[float]  # direct, without measures
    later: Range[float]  # value added lost later, without measures
    measures: tuple[Worth, ...]
    best: Worth | None
    budget: float
    subsets: int
    later_counted: bool
    sets: tuple[tuple[str, float, float], ...]  # every set tried: label, mean cost, mean of what is counted

    @property
    def amounts(self) -> tuple[Amount, ...]:
        def others(row: Worth, name: str) -> tuple[str, ...]:
            return tuple(f"measure.{name}.{'+'.join(one.keys)}" for one in self.measures if one is not row)

        amounts: list[Amount] = []
        for row in self.measures:
            key = "+".join(row.keys)
            amounts.append(
                Amount(f"measure.avoided.{key}", f"Loss avoided: {row.label}", "output", "net", "per year", "USD", (),
                       row.avoided, row.mean_direct,
                       (*others(row, "avoided"), "calendar.net", "calendar.year"))
            )  # fmt: skip
        for row in self.measures:
            key = "+".join(row.keys)
            amounts.append(
                Amount(f"measure.later.{key}", f"Later loss of value added avoided: {row.label}", "output", "lagged",
                       "per year, in the months after", "USD", (), row.later, row.mean_later,
                       (*others(row, "later"), "calendar.lagged"))
            )  # fmt: skip
        for row in self.measures:
            key = "+".join(row.keys)
            label = f"{row.cost_basis.capitalize()}: {row.label}"
            amounts.append(
                Amount(f"measure.cost.{key}", label, "operating cost", "coping", "per year", "USD", (), row.cost,
                       row.mean_cost)
            )  # fmt: skip
        return tuple(amounts)


def subsets(keys: Sequence[str]) -> list[tuple[str, ...]]:
    """Every set of measures, the empty one first."""
    return list(chain.from_iterable(combinations(keys, size) for size in range(len(keys) + 1)))


def best_mix(sets: Sequence[tuple[float, float]], budget: float) -> int:
    """Index among `sets` (cost, loss avoided; both a year) of the one within the `budget` that avoids most.

    All in one money; of equals the cheaper one.
    """
    affordable = [index for index, (cost, _) in enumerate(sets) if cost <= budget + 1e-9]
    return max(affordable, key=lambda index: (sets[index][1], -sets[index][0]))


def cost_of(values: Values, key: str, size: int) -> Array:
    """Yearly cost of a measure in the first `size` draws: coverage x units x cost of a unit, USD (draw,)."""
    cost = (
        values.of(f"measure.{key}.coverage")
        * values.of(f"measure.{key}.units")
        * values.of(f"measure.{key}.unit_usd")
    )
    return np.broadcast_to(cost, (max(np.size(cost), size),))[:size]


def cost_basis(industry: Industry, values: Values, keys: Sequence[str]) -> str:
    """What the costs rest on: `assumed cost`, `cost from a source`, `cost as set`, or several of them."""
    bases = []
    for key in keys:
        mine = any(f"measure.{key}.{part}" in values.given for part in ("units", "unit_usd"))
        assumed = industry.measures[key].status == "assumption"
        bases.append("cost as set" if mine else "assumed cost" if assumed else "cost from a source")
    return ", ".join(dict.fromkeys(bases))


def continuity(catalogue: Catalogue, industry: Industry, values: Values, calendar: Calendar) -> Continuity:
    """Every measure alone, and the best set within the budget, in a year of the calendar."""
    size = FEW if len(calendar.disruptions) <= LONG_CALENDAR else MANY
    coverage = {key: values.central(f"measure.{key}.coverage") for key in industry.measures}
    used = [key for key, share in coverage.items() if share > 0]
    search = _Search(catalogue, calendar, coverage, size)
    later_counted = values.on("measure.count_later")
    budget = values.central("measure.budget_musd") * MILLION
    costs = {key: cost_of(values, key, size) for key in used}

    def cost(keys: tuple[str, ...]) -> Array:
        return np.sum([costs[key] for key in keys], axis=0) if keys else np.zeros(size)

    def label(keys: tuple[str, ...]) -> str:
        return " + ".join(industry.measures[key].label for key in keys) or "No measure"

    def worth(
        keys: tuple[str, ...],
        net: Array,
        later: Array,
        breaks: tuple[float | None, str] = (None, ""),
        note: str = "",
    ) -> Worth:
        direct, late, paid = base - net, base_later - later, cost(keys)
        counted = direct + late if later_counted else direct
        return Worth(
            keys=keys, label=label(keys), avoided=Range.of(direct), later=Range.of(late), counted=Range.of(counted),
            cost=Range.of(paid), ratio=Range.of(counted / paid) if bool(np.all(paid > 0)) else None,
            mean_direct=float(direct.mean()), mean_later=float(late.mean()), mean_counted=float(counted.mean()),
            mean_cost=float(paid.mean()), cost_basis=cost_basis(industry, values, keys), break_even_days=breaks[0],
            break_even_of=breaks[1], note=note,
        )  # fmt: skip

    single = [(), *((key,) for key in used)]
    base, *nets = search.direct(single)
    base_later, *lates = search.later(single)
    breaks = search.break_even({key: float(costs[key].mean()) for key in used}, later_counted)
    rows = tuple(
        worth((key,), net, late, breaks.get(key, (None, "")), _note(catalogue, calendar, key))
        for key, net, late in zip(used, nets, lates, strict=True)
    )
    sets = subsets([row.keys[0] for row in rows if row.mean_counted > 0])
    means = [float((base - net).mean()) for net in search.direct(sets)]
    if later_counted:
        means = [
            mean + float((base_later - late).mean())
            for mean, late in zip(means, search.later(sets), strict=True)
        ]
    loss, lost_later = losses_without(catalogue, calendar)
    paid = [float(cost(keys).mean()) for keys in sets]
    pick = sets[best_mix(list(zip(paid, means, strict=True)), budget)]
    best = worth(pick, search.direct([pick])[0], search.later([pick])[0]) if pick else None
    return Continuity(
        calendar=calendar, loss=loss, later=lost_later, measures=rows, best=best, budget=budget,
        subsets=len(sets), later_counted=later_counted,
        sets=tuple((label(keys), much, mean) for keys, much, mean in zip(sets, paid, means, strict=True)),
    )  # fmt: skip


def losses_without(catalogue: Catalogue, calendar: Calendar) -> tuple[Range[float], Range[float]]:
    """Direct loss of a year without measures and value added lost later, USD, as the recurring disruptions tell them.

    The search compares sets on fewer draws; what is said of the year itself comes from one place.
    """
    bare = [replace(item, scenario=_without_measures(item.scenario)) for item in calendar.disruptions]
    year = year_of(catalogue, replace(calendar, disruptions=tuple(bare)))
    if not bare:
        return Range.of(year.net), Range.of(year.lagged)
    share = main_draws(catalogue, dict(bare[0].scenario.assumptions)).of(VALUE_ADDED)
    return Range.of(year.net), Range.of(year.lagged * share)


def _without_measures(scenario: Scenario) -> Scenario:
    others = {
        key: value
        for key, value in dict(scenario.assumptions).items()
        if not (key.startswith("lever.") and key.endswith(".coverage"))
    }
    return scenario if len(others) == len(scenario.assumptions) else scenario.with_changes(assumptions=others)


def _acts(catalogue: Catalogue, item: Disruption, key: str) -> bool:
    return catalogue.levers[key].acts_in(item.scenario.kind, item.scenario.ordered(catalogue))


def _note(catalogue: Catalogue, calendar: Calendar, key: str) -> str:
    idle = sum(not _acts(catalogue, item, key) for item in calendar.disruptions)
    if idle == len(calendar.disruptions):
        return "no effect on any disruption of this calendar"
    return f"no effect on {idle} of {len(calendar.disruptions)} disruptions" if idle else ""


class _Search:
    """Yearly losses under sets of measures; what is cached of a disruption is shared by all calendars."""

    def __init__(
        self, catalogue: Catalogue, calendar: Calendar, coverage: Mapping[str, float], size: int
    ) -> None:
        self.catalogue, self.calendar, self.coverage, self.size = catalogue, calendar, coverage, size
        self.often = np.array([item.per_year for item in calendar.disruptions])
        self.priced = [priced(catalogue, item.scenario, size) for item in calendar.disruptions]

    def direct(self, sets: Sequence[tuple[str, ...]]) -> list[Array]:
        """Direct loss of a year with each set of measures, USD (draw,)."""
        return [
            sum((net * often for (net, _), often in zip(row, self.often, strict=True)), np.zeros(self.size))
            for row in self._rows(sets)
        ]

    def later(self, sets: Sequence[tuple[str, ...]]) -> list[Array]:
        """Value added lost later through a year with each set, USD (draw,).

        Clients have one patience a year and place, so these are losses of the year, not of each disruption.
        """
        if not self.priced:
            return [np.zeros(self.size) for _ in sets]
        share = self.priced[0].disrupted.value_added
        return [lagged_of_year([item for _, item in row], self.often) * share for row in self._rows(sets)]

    def _rows(self, sets: Sequence[tuple[str, ...]]) -> list[list[tuple[Array, Exposure]]]:
        """For each set, each disruption once: net direct loss and exposure."""
        rows = [item.of([self._cover(item, keys) for keys in sets]) for item in self.priced]
        return [[by_set[row] for by_set in rows] for row in range(len(sets))]

    def _cover(self, item: PricedSets | LossByLength, keys: Sequence[str]) -> Cover:
        return tuple((key, self.coverage[key]) for key in item.disrupted.acting(keys))

    def break_even(
        self, costs: Mapping[str, float], later_counted: bool
    ) -> dict[str, tuple[float | None, str]]:
        """Length in days at which one disruption a year pays a measure's cost, on mean values, and which one.

        It is the costliest disruption of the calendar that the measure acts on at all.
        """
        means = [
            float(item.of([()])[0][0].mean()) * often
            for item, often in zip(self.priced, self.often, strict=True)
        ]
        lengths: dict[str, tuple[float | None, str]] = {}
        for key, cost in costs.items():
            acting = [index for index, item in enumerate(self.priced) if item.disrupted.acting([key])]
            if not acting:
                continue
            worst = self.calendar.disruptions[max(acting, key=lambda index: means[index])]
            by_length = curves(self.catalogue, worst.scenario)
            without, with_it = by_length.of(()), by_length.of(self._cover(by_length, [key]))
            direct, late = without[0] - with_it[0], without[1] - with_it[1]
            lengths[key] = (
                _paid_after(by_length.hours, direct + late if later_counted else direct, cost),
                worst.label,
            )
        return lengths


def _paid_after(hours: Array, saved: Array, cost: float) -> float | None:
    """Days until what is saved reaches the cost, straight lines between the lengths; None: never within them.

    `hours` are the lengths, ascending, (duration,), `saved` is what is saved at each, USD (duration,), `cost` USD a
    year.
    """
    best = np.maximum.accumulate(saved)
    if best[-1] < cost or best[-1] <= 0:
        return None
    return float(np.interp(cost, [0.0, *best], [0.0, *hours])) / 24
