"""Durations, kinds, places and scenarios side by side, always on the same draws.

A difference or a ratio has its own range, computed draw by draw; it is never the difference of two ranges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from model.catalogue import Catalogue
from model.codecs import as_dict
from model.errors import InputError
from model.estimate import Estimate, estimate_many
from model.formatting import duration_text, significant
from model.parameters import Override
from model.scenario import BASELINE, Scenario
from model.uncertainty import quantiles

Array = NDArray[np.float64]
MOST_SCENARIOS = 4
MOST_DURATIONS = 12
MOST_PLACES = 12
LINEAR_BAND = 0.05  # a ratio this near to the ratio of the durations is called a straight line
SHOWN_IN_CHANGES = (
    "country", "kind", "hours", "spells", "gap_days", "ratio", "capacity_lost", "regions", "place", "start",
    "ordered_by_authority", "currency", "draws", "seed",
)  # fmt: skip


@dataclass(frozen=True)
class Range:
    """5 %, median and 95 % of a quantity over the draws; None where it is not measured or not defined."""

    low: float | None
    median: float | None
    high: float | None


@dataclass(frozen=True)
class Compared:
    """One of several results beside a reference: its amount, and what it is more or less, draw by draw."""

    label: str
    result: Estimate
    amount: Range
    difference: Range  # this less the reference, in the result's money
    ratio: Range  # this over the reference
    per_hour: Range
    per_head: Range  # per person in the place, where the population is known
    share_of_gdp: Range  # of the GDP that the whole country makes in the time of the disruption


def spread(values: Array | None) -> Range:
    """The range of draws; draws that are not finite (a ratio to nothing) leave it undefined."""
    if values is None or not np.all(np.isfinite(values)):
        return Range(None, None, None)
    low, median, high = quantiles(values)
    return Range(float(low), float(median), float(high))


def side_by_side(
    catalogue: Catalogue,
    scenarios: Sequence[Scenario],
    labels: Sequence[str],
    *,
    amount: str = "net_direct",
    reference: int = 0,
) -> list[Compared]:
    """Every scenario's own duration in one vectorised call, each beside the one at `reference`.

    Raises `InputError` when a scenario cannot be used, or when currencies, seeds or draws differ.
    """
    if len({scenario.currency for scenario in scenarios}) > 1:
        raise InputError("currency", "different", "cannot be compared", "one currency for all")
    results = estimate_many(catalogue, scenarios, curves=False)
    if len({result.money.unit for result in results}) > 1:  # one country had no usable rate
        results = estimate_many(catalogue, [s.but(currency="USD") for s in scenarios], curves=False)
    base = results[reference].draws.get(amount)
    return [_compared(label, result, amount, base) for label, result in zip(labels, results, strict=True)]


def _compared(label: str, result: Estimate, amount: str, base: Array | None) -> Compared:
    values = result.draws.get(amount)
    hours = result.scenario.hours * result.scenario.spells
    difference = ratio = None
    if values is not None and base is not None:
        difference = values - base
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.asarray(values / base)
    return Compared(
        label=label,
        result=result,
        amount=spread(values),
        difference=spread(difference),
        ratio=spread(ratio),
        per_hour=spread(None if values is None or hours == 0 else values / hours),
        per_head=spread(_per_head(result, values)),
        share_of_gdp=spread(_of_gdp(result, values, hours)),
    )


def _per_head(result: Estimate, values: Array | None) -> Array | None:
    """Loss per inhabitant of the affected place."""
    people = result.economy.population
    if values is None or people is None:
        return None
    scenario = result.scenario
    if scenario.regions:
        people = sum(result.catalogue.regions[name].population for name in scenario.regions)
    elif scenario.place is not None:
        people *= scenario.place
    return values / people if people else None


def _of_gdp(result: Estimate, values: Array | None, hours: float) -> Array | None:
    gdp = result.economy.gdp / 8760 * hours * result.money.per_usd
    return None if values is None or gdp == 0 else values / gdp


def durations(catalogue: Catalogue, scenario: Scenario, hours: Sequence[float]) -> list[Compared]:
    """The same disruption at several durations, ascending; the shortest is the reference."""
    ordered = sorted(set(hours))
    return side_by_side(
        catalogue,
        [scenario.but(hours=value) for value in ordered],
        [duration_text(value) for value in ordered],
    )


def kinds(catalogue: Catalogue, scenario: Scenario) -> list[Compared]:
    """Every kind of disruption at the scenario's duration and place; its own kind is the reference."""
    variants = [
        scenario.but(kind=key, ratio=scenario.ratio if key == scenario.kind else None,
                     capacity_lost=scenario.capacity_lost if key == scenario.kind else None,
                     ordered_by_authority=scenario.ordered_by_authority if key == scenario.kind else None)
        for key in catalogue.kinds
    ]  # fmt: skip
    labels = [kind.label for kind in catalogue.kinds.values()]
    return side_by_side(catalogue, variants, labels, reference=list(catalogue.kinds).index(scenario.kind))


def regions(catalogue: Catalogue, scenario: Scenario) -> list[Compared]:
    """The same disruption in each region of Pakistan alone; the first row is the whole country."""
    whole = scenario.but(country="PAK", regions=(), place=None)
    variants = [whole, *(whole.but(regions=(name,)) for name in catalogue.regions)]
    return side_by_side(catalogue, variants, ["Whole country", *catalogue.regions])


def countries(catalogue: Catalogue, scenario: Scenario, codes: Sequence[str]) -> list[Compared]:
    """The same disruption in each of several whole countries, in US dollars."""
    variants = [scenario.but(country=code, regions=(), currency="USD") for code in codes]
    return side_by_side(catalogue, variants, [catalogue.countries[code].name for code in codes])


def shape_in_words(rows: Sequence[Compared]) -> list[str]:
    """Where cost stops being a straight line in time, said for each step to the next longer duration."""
    sentences = []
    for before, after in pairwise(rows):
        short, long = before.result.scenario.hours, after.result.scenario.hours
        start, end = before.amount.median, after.amount.median
        if not short or not start or end is None:
            continue
        times, cost = long / short, end / start
        if cost > times * (1 + LINEAR_BAND):
            why = _why_more(long)
            tail = f"more than the {significant(times, 2)} times of a straight line, because {why}"
        elif cost < times * (1 - LINEAR_BAND):
            tail = f"less than the {significant(times, 2)} times of a straight line, because workarounds win time back"
        else:
            tail = "about a straight line"
        sentences.append(f"{after.label} cost {significant(cost, 2)} times {before.label}: {tail}.")
    return sentences


def _why_more(hours: float) -> str:
    if hours <= 24:
        return "what stops at first is only part of what stops in the end"
    return "firms cannot catch up and customers stop waiting"


@dataclass(frozen=True)
class Change:
    """One thing that a scenario sets differently from another."""

    field: str
    label: str
    before: str
    after: str


def changes(catalogue: Catalogue, scenario: Scenario, base: Scenario = BASELINE) -> list[Change]:
    """What `scenario` sets differently from `base`, fields first, then assumptions."""
    mine, theirs = as_dict(scenario), as_dict(base)
    rows = [
        Change(name, name.replace("_", " "), _said(name, theirs[name]), _said(name, mine[name]))
        for name in SHOWN_IN_CHANGES
        if mine[name] != theirs[name]
    ]
    for key in dict.fromkeys([*base.assumptions, *scenario.assumptions]):
        old, new = base.assumptions.get(key), scenario.assumptions.get(key)
        if old != new:
            parameter = catalogue.parameters[key]
            shipped = parameter.default
            default: Override | None = None if shipped is None else (shipped.low, shipped.mode, shipped.high)
            rows.append(
                Change(
                    key, parameter.label, _range(default if old is None else old),
                    _range(default if new is None else new),
                )
            )  # fmt: skip
    return rows


def _said(name: str, value: object) -> str:
    if value is None or value == []:
        return {"regions": "whole country", "place": "whole country"}.get(name, "as usual")
    if name == "hours" and isinstance(value, float | int):
        return duration_text(float(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (
        ", ".join(map(str, value))
        if isinstance(value, list)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )


def _range(value: Override | None) -> str:
    if value is None:
        return "not given"
    if isinstance(value, tuple):
        return (
            f"{value[0]:g}"
            if value[0] == value[2]
            else f"{value[0]:g} to {value[2]:g}, most likely {value[1]:g}"
        )
    return f"exactly {value:g}"


@dataclass(frozen=True)
class Crossing:
    """Hours until the cost passes a figure: in the dearest 5 % of draws, in half of them, in all but 5 %."""

    soonest: float | None
    median: float | None
    latest: float | None


def crossing(result: Estimate, figure: float, amount: str = "net_direct") -> Crossing:
    """How long until an amount passes `figure` (in the result's money).

    Cost rises with duration in every draw, so the draws that have passed the figure by D are those above it at
    D: the 95 % curve meets it soonest, the 5 % curve latest. Log-log between the stops. None: not in two years.
    """
    curve = result.curves[amount]
    return Crossing(
        *(_meets(result.durations, part, figure) for part in (curve.high, curve.median, curve.low))
    )


def _meets(hours: Array, cost: Array, figure: float) -> float | None:
    above = np.flatnonzero(cost >= figure)
    if not above.size:
        return None
    first = int(above[0])
    if first == 0 or cost[first - 1] <= 0 or hours[first - 1] <= 0:
        return float(hours[first])
    return float(
        np.exp(
            np.interp(
                np.log(figure), np.log(cost[first - 1 : first + 1]), np.log(hours[first - 1 : first + 1])
            )
        )
    )
