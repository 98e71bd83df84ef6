"""Questions to what is priced: which inputs carry the band, and what continuity measures are worth."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model.common.numbers import MILLION
from model.common.ranges import Range
from model.estimation.case import Case
from model.estimation.flows import flows
from model.estimation.inputs import active_levers
from model.estimation.sampling import (
    Draws,
    OneAtATime,
    centre,
    resolved,
    tornado_bars,
)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LeverResult:
    """What one continuity measure (or all together) is worth in this disruption."""

    key: str
    label: str
    avoided: Range[float]  # a negative amount is a measure that exposes
    cost_per_year: float | None
    ratio: Range[float] | None
    break_even_days: float | None


@dataclass(frozen=True)
class TornadoRow:
    """Direct loss when one input stands at its 5% and 95% point and all others at their median."""

    key: str
    label: str
    unit: str
    input_low: float
    input_high: float
    at_low: float
    at_high: float
    centre: float

    @property
    def swing(self) -> float:
        return abs(self.at_high - self.at_low)

    def times(self, share: float) -> TornadoRow:
        """The same row where only `share` of the country (0 to 1) is hit: losses are proportional to it."""
        return replace(
            self, at_low=self.at_low * share, at_high=self.at_high * share, centre=self.centre * share
        )


def tornado(result: Case) -> tuple[TornadoRow, ...]:
    """Which inputs carry the range: one model run in which every column moves one input.

    Args:
        result: the case; its table holds the distributions, its chosen duration the hours.

    Returns:
        A row for each bar of `sampling.tornado_bars`, the widest swing first; amounts in the money of the result.

    Source: one factor at a time, each at its 5% and 95% point with all others at their medians (no interactions).
    """
    catalogue, scenario = result.catalogue, result.scenario
    bars = tornado_bars(catalogue, result.table)
    sample = OneAtATime(catalogue, result.table, bars)
    flow = flows(catalogue, [scenario], [result.economy], [sample], np.array([scenario.hours]))
    net = flow.net[0, 0] * result.money.per_usd
    rows = [
        TornadoRow(
            bar.key,
            bar.label,
            bar.unit,
            bar.low,
            bar.high,
            float(net[2 * i + 1]),
            float(net[2 * i + 2]),
            float(net[0]),
        )
        for i, bar in enumerate(bars)
    ]
    return tuple(sorted(rows, key=lambda row: -row.swing))


def levers(result: Case) -> tuple[LeverResult, ...]:
    """Loss avoided by each measure alone and by all together, draw by draw against none.

    Args:
        result: the case whose measures with a coverage above 0 are compared, over its durations (hours).

    Returns:
        A row for each measure that acts on this kind, and the last for all of them; empty where none does. The loss
        avoided is of the chosen duration, in the money of the result, and so is the cost of a year; the ratio has no
        unit, the break-even is in days.

    Source: definition; costs and effects of measures are `lever.*` in data/parameters.csv.
    """
    catalogue, scenario = result.catalogue, result.scenario
    sample = Draws(catalogue, result.table, scenario.draws, scenario.seed)
    active = [
        key for acts_on in ("severity", "adaptation_time", "seats")
        for key in active_levers(catalogue, scenario, sample, acts_on)
    ]  # fmt: skip
    if not active:
        return ()
    off = {f"lever.{key}.coverage": 0.0 for key in active}
    variants = [scenario.with_changes(assumptions={**scenario.assumptions, **off})]
    for key in active:
        others = {name: value for name, value in off.items() if name != f"lever.{key}.coverage"}
        variants.append(scenario.with_changes(assumptions={**scenario.assumptions, **others}))
    variants.append(scenario)
    tables = [resolved(catalogue, variant.assumptions) for variant in variants]
    samples = [Draws(catalogue, table, scenario.draws, scenario.seed) for table in tables]
    flow = flows(catalogue, variants, [result.economy] * len(variants), samples, result.durations)
    net = flow.net * result.money.per_usd
    results = []
    for position, key in enumerate([*active, "all"], start=1):
        avoided = net[0] - net[position]
        own = [key] if key != "all" else active
        costs = [centre(result.table[f"lever.{name}.cost_musd_per_year"]) for name in own]
        cost = (
            None
            if any(c is None for c in costs)
            else sum(c or 0.0 for c in costs) * MILLION * result.money.per_usd
        )
        saved = Range.of(avoided[result.chosen])
        label = "All measures together" if key == "all" else catalogue.levers[key].label
        results.append(
            LeverResult(
                key, label, saved, cost, _over(saved, cost),
                _break_even(result.durations, np.median(avoided, axis=-1), cost),
            )
        )  # fmt: skip
    return tuple(results)


def _over(saved: Range[float], cost: float | None) -> Range[float] | None:
    return saved.each(lambda part: part / cost) if cost else None


def _break_even(durations: Array, avoided: Array, cost: float | None) -> float | None:
    """Days after which the median loss avoided reaches a year's cost; None when it never does or is unknown."""
    if cost is None or not np.any(avoided >= cost):
        return None
    return float(np.interp(cost, np.maximum.accumulate(avoided), durations)) / 24
