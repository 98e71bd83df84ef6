"""What continuity measures are worth in a year of disruptions, and the best mix under a budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.catalogue import Catalogue
from model.economy import economy
from model.estimate import estimate_many, export_split
from model.flows import flows
from model.industry_draws import SEED, Values, ends, impacts, main_draws
from model.industry_rows import Calendar, Disruption, Industry
from model.ledger import Amount
from model.scenario import Header, Scenario, checked
from model.uncertainty import Draws, dimensions, resolved

Array = NDArray[np.float64]
Ends = tuple[float, float, float]
MILLION = 1e6
FEW, MANY = 512, 256  # draws for a short calendar, and for one with many disruptions
LONG_CALENDAR = 6
SEARCHES_KEPT = 8
HOME = "work_from_home"
HOME_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
OFFICE_GROUPS = ("software", "call_centres")


@dataclass(frozen=True)
class Worth:
    """One measure or mix in a year of the calendar; USD a year."""

    keys: tuple[str, ...]
    label: str
    avoided: Ends  # direct loss avoided; below zero: the measure exposes
    later: Ends  # value added of later losses avoided
    cost: Ends
    ratio: Ends | None
    mean_avoided: float
    mean_cost: float
    break_even_days: float | None
    note: str = ""


@dataclass(frozen=True)
class Continuity:
    """The section of continuity."""

    calendar: Calendar
    loss: Ends  # without measures
    measures: tuple[Worth, ...]
    best: Worth | None
    budget: float
    subsets: int
    typical: str  # the disruption on which break-even durations stand
    later_counted: bool
    sets: tuple[tuple[str, float, float], ...]  # every set tried: label, mean cost, mean avoided

    @property
    def amounts(self) -> tuple[Amount, ...]:
        found = [
            Amount(f"measure.avoided.{'+'.join(row.keys)}", f"Loss avoided: {row.label}", "output", "net", "a year",
                   "USD", (), row.avoided[1], row.avoided[0], row.avoided[2], row.mean_avoided,
                   (*(f"measure.avoided.{'+'.join(other.keys)}" for other in self.measures if other is not row),
                    "calendar.net", "calendar.year"))
            for row in self.measures
        ]  # fmt: skip
        found += [
            Amount(f"measure.cost.{'+'.join(row.keys)}", f"Cost: {row.label}", "operating cost", "coping", "a year",
                   "USD", (), row.cost[1], row.cost[0], row.cost[2], row.mean_cost)
            for row in self.measures
        ]  # fmt: skip
        return tuple(found)


def subsets(keys: Sequence[str]) -> list[tuple[str, ...]]:
    """Every set of measures, the empty one first."""
    return list(chain.from_iterable(combinations(keys, size) for size in range(len(keys) + 1)))


def best_mix(sets: Sequence[tuple[float, float]], budget: float) -> int:
    """Index of the set (cost, avoided) within the budget that avoids most, the cheaper one of equals."""
    affordable = [index for index, (cost, _) in enumerate(sets) if cost <= budget + 1e-9]
    return max(affordable, key=lambda index: (sets[index][1], -sets[index][0]))


def lockdown_loss(flow: ArrayLike, days: ArrayLike, at_home: ArrayLike, output: ArrayLike) -> Array:
    """Loss of a lockdown with lines working: flow x days x (1 - at home x output); the unit of `flow`."""
    return np.asarray(np.multiply(flow, days) * (1 - np.multiply(at_home, output)))


def cost_of(values: Values, key: str, size: int) -> Array:
    """Yearly cost of a measure: coverage x units x cost of a unit, USD (draw,)."""
    cost = (
        values.of(f"measure.{key}.coverage")
        * values.of(f"measure.{key}.units")
        * values.of(f"measure.{key}.unit_usd")
    )
    return np.broadcast_to(cost, (max(np.size(cost), size),))[:size] if np.size(cost) == 1 else cost[:size]


def continuity(catalogue: Catalogue, industry: Industry, values: Values, calendar: Calendar) -> Continuity:
    """Every measure alone, and the best set within the budget, in a year of the calendar."""
    size = FEW if len(calendar.disruptions) <= LONG_CALENDAR else MANY
    coverage = {key: values.central(f"measure.{key}.coverage") for key in industry.measures}
    used = [key for key, share in coverage.items() if share > 0]
    search = _search(catalogue, calendar, coverage, size)
    base = search.losses(())
    later_counted = values.on("measure.count_later")
    budget = values.central("measure.budget_musd") * MILLION
    costs = {key: cost_of(values, key, size) for key in used}

    def worth(keys: tuple[str, ...], label: str, note: str = "", breaks: float | None = None) -> Worth:
        net, later = search.losses(keys)
        direct, late = base[0] - net, base[1] - later
        counted = direct + late if later_counted else direct
        cost = np.sum([costs[key] for key in keys], axis=0) if keys else np.zeros(size)
        paid = cost > 0
        return Worth(
            keys, label, ends(direct), ends(late), ends(cost),
            ends(counted / cost) if keys and bool(np.all(paid)) else None, float(counted.mean()),
            float(cost.mean()), breaks, note,
        )  # fmt: skip

    typical = _typical(calendar, search)
    breaks = search.break_even(typical, {key: float(costs[key].mean()) for key in used})
    rows = tuple(
        worth(
            (key,), industry.measures[key].label, _note(catalogue, industry, calendar, key), breaks.get(key)
        )
        for key in used
    )
    helpful = [row.keys[0] for row in rows if row.mean_avoided > 0]
    search.ahead = tuple(helpful)
    tried = [(keys, worth(keys, _named(industry, keys))) for keys in subsets(helpful)]
    pick = best_mix([(item.mean_cost, item.mean_avoided) for _, item in tried], budget)
    chosen = tried[pick][1] if tried[pick][0] else None
    return Continuity(
        calendar=calendar, loss=ends(base[0]), measures=rows, best=chosen, budget=budget, subsets=len(tried),
        typical=typical.label if typical else "", later_counted=later_counted,
        sets=tuple((item.label, item.mean_cost, item.mean_avoided) for _, item in tried),
    )  # fmt: skip


def _named(industry: Industry, keys: Sequence[str]) -> str:
    return " + ".join(industry.measures[key].label for key in keys) or "None"


def _note(catalogue: Catalogue, industry: Industry, calendar: Calendar, key: str) -> str:
    lever = catalogue.levers[key]
    idle = [
        item.label for item in calendar.disruptions
        if not lever.acts_in(item.scenario.kind, item.scenario.ordered(catalogue))
    ]  # fmt: skip
    if len(idle) == len(calendar.disruptions):
        return "no effect on any disruption of this calendar"
    return f"no effect on {len(idle)} of {len(calendar.disruptions)} disruptions" if idle else ""


class _Search:
    """Yearly losses under sets of measures, each scenario computed once; batches of a disruption share a call."""

    def __init__(
        self, catalogue: Catalogue, calendar: Calendar, coverage: Mapping[str, float], size: int
    ) -> None:
        self.catalogue, self.calendar, self.coverage, self.size = catalogue, calendar, coverage, size
        self.index = dimensions(catalogue)
        self.curves: tuple[Array, dict[str, Array]] | None = None
        self.ahead: tuple[str, ...] = ()  # measures whose sets will be asked for next
        self.known: dict[tuple[int, tuple[str, ...]], tuple[Array, Array]] = {}

    def losses(self, keys: tuple[str, ...]) -> tuple[Array, Array]:
        """Direct loss and value added lost later in a year with these measures, USD (draw,)."""
        net, later = np.zeros(self.size), np.zeros(self.size)
        for index, item in enumerate(self.calendar.disruptions):
            one = self._of(index, item, keys)
            net, later = net + one[0] * item.per_year, later + one[1] * item.per_year
        return net, later

    def _of(self, index: int, item: Disruption, keys: tuple[str, ...]) -> tuple[Array, Array]:
        active = self._active(item, keys)
        if (index, active) not in self.known:
            ahead = (
                subsets(self._active(item, self.ahead)) if self.ahead else [(key,) for key in self.coverage]
            )
            wanted = [(), active, *(self._active(item, part) for part in ahead)]
            wanted = [part for part in dict.fromkeys(wanted) if (index, part) not in self.known]
            scenarios = [with_measures(item.scenario, self.coverage, part, self.size) for part in wanted]
            for part, found in zip(wanted, self._run(scenarios), strict=True):
                self.known[index, part] = found
        return self.known[index, active]

    def _run(self, scenarios: list[Scenario]) -> list[tuple[Array, Array]]:
        """The kernels alone: hundreds of sets need no labelled amounts."""
        catalogue = self.catalogue
        ready = [checked(catalogue, scenario) for scenario in scenarios]
        tables = [resolved(catalogue, scenario.assumptions) for scenario in ready]
        samples = [Draws(catalogue, table, self.index, self.size, SEED) for table in tables]
        place = economy(catalogue, ready[0].country, export_split(catalogue, tables[0]))
        found = flows(catalogue, ready, [place] * len(ready), samples, np.array([ready[0].hours]))
        late = found.lagged * samples[0].of("exports.value_added_share") * place.receipts_measured
        return [(found.net[i, 0], late[i, 0]) for i in range(len(ready))]

    def _active(self, item: Disruption, keys: Sequence[str]) -> tuple[str, ...]:
        ordered = item.scenario.ordered(self.catalogue)
        return tuple(key for key in keys if self.catalogue.levers[key].acts_in(item.scenario.kind, ordered))

    def break_even(self, typical: Disruption | None, costs: Mapping[str, float]) -> dict[str, float]:
        """Length in days at which one such disruption a year pays a measure's cost, on mean values."""
        if typical is None or not costs:
            return {}
        if self.curves is None:
            sets = [(), *((key,) for key in costs)]
            variants = [with_measures(typical.scenario, self.coverage, part, MANY) for part in sets]
            base, *others = estimate_many(self.catalogue, variants)
            without = base.curves["net_direct"].mean
            avoided = [without - other.curves["net_direct"].mean for other in others]
            self.curves = base.durations, dict(zip(costs, map(np.maximum.accumulate, avoided), strict=True))
        hours, saved = self.curves
        found = {}
        for key, cost in costs.items():
            if saved[key][-1] >= cost and saved[key][-1] > 0:
                found[key] = float(np.interp(cost, [0.0, *saved[key]], [0.0, *hours])) / 24
        return found


_SEARCHES: dict[tuple[object, ...], _Search] = {}


def _search(catalogue: Catalogue, calendar: Calendar, coverage: Mapping[str, float], size: int) -> _Search:
    """A search started before for the same calendar and coverages: costs and budgets change no loss."""
    key = (id(catalogue), calendar, tuple(coverage.items()), size)
    found = _SEARCHES.get(key)
    if found is None:
        found = _Search(catalogue, calendar, coverage, size)
        while len(_SEARCHES) >= SEARCHES_KEPT:
            _SEARCHES.pop(next(iter(_SEARCHES)), None)
        _SEARCHES[key] = found
    return found


def with_measures(
    scenario: Scenario, coverage: Mapping[str, float], keys: Sequence[str], draws: int
) -> Scenario:
    """The disruption once, with these measures at their coverage and no other."""
    off = {f"lever.{key}.coverage": 0.0 for key in coverage}
    on = {f"lever.{key}.coverage": coverage[key] for key in keys}
    given = {**scenario.assumptions, **off, **on}
    return scenario.but(assumptions=given, draws=draws, seed=SEED, spells=1, currency="USD", header=Header())


def _typical(calendar: Calendar, search: _Search) -> Disruption | None:
    """The disruption that costs most in a year."""
    if not calendar.disruptions:
        return None
    costs = [
        float(search.known[index, ()][0].mean()) * item.per_year
        for index, item in enumerate(calendar.disruptions)
    ]
    return calendar.disruptions[int(np.argmax(costs))]


@dataclass(frozen=True)
class Home:
    """Seats at home: value added of a working day of export offices that is interrupted, M USD.

    A day of lockdown against a day of blackout; nothing is taken off for what is caught up later, on either side.
    """

    shares: Array
    lockdown_day: tuple[Array, Array, Array]  # 5 %, median, 95 %
    outage_day: tuple[Array, Array, Array]
    at_home: float
    days: float
    lockdown: Ends  # of the whole lockdown at the chosen share
    lockdown_none: Ends  # nobody at home
    outage: Ends  # a blackout day at the chosen share
    outage_none: Ends


def work_from_home(catalogue: Catalogue, values: Values) -> Home:
    """Both sides of seats at home: loss of a lockdown day falls with the share, loss of a blackout day rises."""
    output, days = values.of("measure.home_output"), values.central("measure.lockdown_days")
    chosen = values.central("measure.at_home_share")
    shares = np.array(sorted({*HOME_SHARES, chosen}))
    cases = impacts(
        catalogue,
        [Scenario(assumptions={f"lever.{HOME}.coverage": float(share)} if share else {}) for share in shares],
    )
    place = cases[0].estimate.economy
    sample = main_draws(catalogue, {})
    day: dict[str, float] = {}
    for sector, value in zip(catalogue.sectors, place.value_added, strict=True):
        if sector.export_group in OFFICE_GROUPS:
            day[sector.key] = value / values.central("firm.days_per_year") / MILLION
    groups = {sector.key: sector.export_group for sector in catalogue.sectors if sector.key in day}
    closed = [ends(lockdown_loss(sum(day.values()), 1.0, share, output)) for share in shares]
    dark = [
        ends(
            np.sum(
                [
                    flow * sample.of(f"sector.{key}.dependence") * case.days[groups[key]]
                    for key, flow in day.items()
                ],
                axis=0,
            )
        )
        for case in cases
    ]
    at = int(np.searchsorted(shares, chosen))

    def columns(rows: list[Ends]) -> tuple[Array, Array, Array]:
        return tuple(np.array(part) for part in zip(*rows, strict=True))  # type: ignore[return-value]

    low, middle, high = (value * days for value in closed[at])
    return Home(
        shares=shares, lockdown_day=columns(closed), outage_day=columns(dark), at_home=chosen, days=days,
        lockdown=(low, middle, high), lockdown_none=tuple(value * days for value in closed[0]),  # type: ignore[arg-type]
        outage=dark[at], outage_none=dark[0],
    )  # fmt: skip
