"""Durations, kinds, places and scenarios side by side, always on the same draws.

A difference or a ratio has its own range, computed draw by draw; it is never the difference of two ranges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from model.amounts import TYPED_RATE
from model.catalogue import Catalogue
from model.economy import HOME
from model.errors import InputError
from model.estimate import Estimate, Tick, estimate_many
from model.formatting import duration_text, percent, significant
from model.inputs import EXPORT_RECEIPTS
from model.scenario import Scenario
from model.uncertainty import centre, quantiles

Array = NDArray[np.float64]
MOST_SCENARIOS = 4
MOST_DURATIONS = 12
MOST_PLACES = 12
LINEAR_BAND = 0.05  # a ratio this near to the ratio of the durations is called a straight line
DRAWS_AT_ONCE = 65_536  # scenarios x draws in one call; more would only need more memory
KEPT = ("net_direct", "gross")  # what is compared and what explains it; all other draws are let go
RESTART = "restart.hours"
# The gross loss had the scenario no start time, and no restart after it either: computed where a bend needs them.
ANY_HOUR, NO_RESTART = "gross_at_any_hour", "gross_without_restart"
DAY, WEEK = 24.0, 168.0
OF_ONE_COUNTRY = (
    EXPORT_RECEIPTS,
    TYPED_RATE,
)  # amounts that a reader types for one country mean nothing elsewhere


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
    times_before: Range | None = None  # this over the row before, where the rows are steps


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
    tick: Tick | None = None,
) -> list[Compared]:
    """Every scenario at its own duration, all on the same draws, each beside the one at `reference`.

    `tick` hears the share that is done. Raises `InputError` when a scenario cannot be used, or when currencies,
    seeds or draws differ.
    """
    if len({scenario.currency for scenario in scenarios}) > 1:
        raise InputError("currency", "different", "cannot be compared", "one currency for all")
    results = _estimated(catalogue, scenarios, amount, tick)
    if len({result.money.unit for result in results}) > 1:  # one country had no usable rate
        results = _estimated(catalogue, [s.but(currency="USD") for s in scenarios], amount, tick)
    return _beside(results, labels, amount, reference)


def _beside(
    results: Sequence[Estimate], labels: Sequence[str], amount: str, reference: int
) -> list[Compared]:
    base = results[reference].draws.get(amount)
    return [_compared(label, result, amount, base) for label, result in zip(labels, results, strict=True)]


def _estimated(
    catalogue: Catalogue, scenarios: Sequence[Scenario], amount: str, tick: Tick | None
) -> list[Estimate]:
    """Scenarios of one duration share a call: a call prices every one of its scenarios at all its durations."""
    if len({(scenario.draws, scenario.seed) for scenario in scenarios}) > 1:
        raise InputError("draws, seed", "different", "cannot be compared", "one seed and one number of draws")
    found: dict[int, Estimate] = {}
    for hours in dict.fromkeys(scenario.hours for scenario in scenarios):
        group = [index for index, scenario in enumerate(scenarios) if scenario.hours == hours]
        size = max(1, DRAWS_AT_ONCE // scenarios[group[0]].draws)
        for first in range(0, len(group), size):
            part = group[first : first + size]
            inside = _within(tick, len(found), len(part), len(scenarios))
            results = estimate_many(
                catalogue, [scenarios[index] for index in part], curves=False, tick=inside
            )
            for index, result in zip(part, results, strict=True):
                kept = {name: result.draws[name] for name in {*KEPT, amount} if name in result.draws}
                found[index] = replace(result, draws=kept)
            if tick:
                tick(len(found) / len(scenarios))
    return [found[index] for index in range(len(scenarios))]


def _within(tick: Tick | None, before: int, now: int, every: int) -> Tick | None:
    """Progress inside one call, as progress of the whole."""
    return tick and (lambda done: tick((before + done * now) / every))


def without_draws(rows: Sequence[Compared]) -> list[Compared]:
    """The same rows without the draws behind them: what a page may keep."""
    return [replace(row, result=row.result.without_draws) for row in rows]


def aligned(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """The scenarios with draws and seed of the first, in US dollars where their money differs."""
    first = scenarios[0]
    same = len({(item.currency, item.country) for item in scenarios}) == 1
    money = first.currency if same else "USD"
    return [item.but(draws=first.draws, seed=first.seed, currency=money) for item in scenarios]


def _compared(label: str, result: Estimate, amount: str, base: Array | None) -> Compared:
    values = result.draws.get(amount)
    hours = result.scenario.hours * result.scenario.spells
    difference = ratio = None
    if values is not None and base is not None:
        difference, ratio = values - base, ratio_of(values, base)
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


def ratio_of(values: Array, base: Array) -> Array | None:
    """Values over base, draw by draw; a draw in which both are nothing says nothing and is left out."""
    both = (values != 0) | (base != 0)
    with np.errstate(divide="ignore"):
        return np.asarray(values[both] / base[both]) if np.any(both) else None


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


def durations(
    catalogue: Catalogue, scenario: Scenario, hours: Sequence[float], tick: Tick | None = None
) -> list[Compared]:
    """The same disruption at several durations, ascending; the shortest that costs something is the reference."""
    ordered = sorted(set(hours))
    count, asked = len(ordered), [scenario.but(hours=value) for value in ordered]
    if scenario.start is not None and count > 1:  # what the clock does is known beside the same without one
        asked += [item.but(start=None) for item in asked]
    results = _estimated(catalogue, asked, "net_direct", tick)
    for result, at_any_hour in zip(results, results[count:], strict=False):
        result.draws[ANY_HOUR] = at_any_hour.draws["gross"]
    amounts = [spread(result.draws["net_direct"]) for result in results[:count]]
    rows = _beside(results[:count], duration_labels(ordered), "net_direct", first_that_costs(amounts))
    ratios = (
        spread(ratio_of(after.result.draws["net_direct"], before.result.draws["net_direct"]))
        for before, after in pairwise(rows)
    )
    rows[1:] = [replace(row, times_before=ratio) for row, ratio in zip(rows[1:], ratios, strict=True)]
    if any(item.cause == "interrupted" and item.bend == "less" for item in _told(rows)):
        calm = scenario.but(start=None, assumptions={**scenario.assumptions, RESTART: 0.0})
        still = tick and (lambda _: tick(1.0))  # nearly done, and still to be stopped
        bare = _estimated(catalogue, [calm.but(hours=value) for value in ordered], "net_direct", still)
        for row, other in zip(rows, bare, strict=True):
            row.result.draws[NO_RESTART] = other.draws["gross"]
    return rows


def _told(rows: Sequence[Compared]) -> list[Step]:
    """Every step that sentences and headline tell."""
    found = [step(before, after) for before, after in pairwise(rows)]
    return [item for item in [*found, main_step(rows)] if item is not None]


def main_step(rows: Sequence[Compared]) -> Step | None:
    """The step that a headline tells: a week against a day where both are there, else the ends."""
    by_hours = {row.result.scenario.hours: row for row in rows}
    if DAY in by_hours and WEEK in by_hours:
        return step(by_hours[DAY], by_hours[WEEK])
    usable = [row for row in rows if row.amount.median]
    return step(usable[0], usable[-1]) if len(usable) > 1 else None


def first_that_costs(amounts: Sequence[Range]) -> int:
    """The first amount that is not nothing: what is nothing can be no reference. The first where all are nothing."""
    return next((at for at, amount in enumerate(amounts) if amount.high), 0)


def duration_labels(hours: Sequence[float]) -> list[str]:
    """Each duration in words; to the last digit where two would read alike."""
    texts = [duration_text(value) for value in hours]
    return [
        text if texts.count(text) == 1 else f"{np.format_float_positional(value, trim='-')} hours"
        for text, value in zip(texts, hours, strict=True)
    ]


def kinds(catalogue: Catalogue, scenario: Scenario, tick: Tick | None = None) -> list[Compared]:
    """Every kind of disruption at the scenario's duration and place; its own kind is the reference."""
    variants = [
        scenario.but(kind=key, ratio=scenario.ratio if key == scenario.kind else None,
                     capacity_lost=scenario.capacity_lost if key == scenario.kind else None,
                     ordered_by_authority=scenario.ordered_by_authority if key == scenario.kind else None)
        for key in catalogue.kinds
    ]  # fmt: skip
    own = list(catalogue.kinds).index(scenario.kind)
    rows = side_by_side(catalogue, variants, list(catalogue.kinds), reference=own, tick=tick)
    return [replace(row, label=kind_label(row.result)) for row in rows]


def kind_label(result: Estimate) -> str:
    """The kind with its quality, given or shipped: `Full blackout`, `Slowdown to 65 %`, `Cable cut of 43 %`."""
    kind, share = result.catalogue.kinds[result.scenario.kind], quality_of(result)
    if share is None:
        return kind.label
    return f"{kind.label} {'to' if kind.quality_input == 'ratio' else 'of'} {percent(share)}"


def quality_of(result: Estimate) -> float | None:
    """Quality left by a slowdown or capacity lost in a cable cut: what was given, else the parameter's value."""
    name = result.catalogue.kinds[result.scenario.kind].quality_input
    if not name:
        return None
    given: float | None = getattr(result.scenario, name)
    return centre(result.table[f"degradation.default_{name}"]) if given is None else given


def regions(catalogue: Catalogue, scenario: Scenario, tick: Tick | None = None) -> list[Compared]:
    """The same disruption in each region of Pakistan alone; the first row, the reference, is the whole country."""
    whole = moved(scenario, HOME).but(place=None)
    variants = [whole, *(whole.but(regions=(name,)) for name in catalogue.regions)]
    return side_by_side(catalogue, variants, ["Whole country", *catalogue.regions], tick=tick)


def countries(
    catalogue: Catalogue, scenario: Scenario, codes: Sequence[str], tick: Tick | None = None
) -> list[Compared]:
    """The same disruption in several countries (a share of the country stays one), in US dollars.

    The scenario's own country is the reference where it is among them, else the first.
    """
    variants = [moved(scenario, code).but(currency="USD") for code in codes]
    own = codes.index(scenario.country) if scenario.country in codes else 0
    names = [catalogue.countries[code].name for code in codes]
    return side_by_side(catalogue, variants, names, reference=own, tick=tick)


def moved(scenario: Scenario, country: str) -> Scenario:
    """The same disruption in another country, without what the reader typed for the first alone."""
    if country == scenario.country:
        return scenario.but(regions=())
    kept = {key: value for key, value in scenario.assumptions.items() if key not in OF_ONE_COUNTRY}
    return scenario.but(country=country, regions=(), currency="USD", assumptions=kept)


Bend = Literal["more", "less", "straight"]
Cause = Literal["clock", "interrupted", "lost"]
# What makes an hour of the longer one dearer, and what makes it cheaper.
REASONS: dict[Cause, tuple[str, str]] = {
    "clock": ("the hours that follow are busier", "the hours that follow are quieter"),
    "interrupted": ("not everything stops in the first hours", "workarounds win time back"),
    "lost": ("firms cannot catch up and customers stop waiting", "more of it is caught up later"),
}
NO_LONGER = "the restart afterwards takes no longer"  # the other way in which less is interrupted in an hour
CLOCK_OF_SPELLS = ("their hours are busier", "their hours are quieter")
PART = 0.5  # another cause that moves at least this part as much is not passed over: "in part because"


@dataclass(frozen=True)
class Step:
    """From one duration to a longer one: how many times as long, how many times as dear, and why.

    `sure` where the whole range lies on one side of the straight line; only then there is a reason, such as
    `because workarounds win time back`.
    """

    before: str
    after: str
    times: float
    ratio: Range  # draw by draw
    bend: Bend
    sure: bool
    cause: Cause | None
    why: str
    spells: int = 1


def step(before: Compared, after: Compared) -> Step | None:
    """The step between two durations of one scenario; None where the shorter one costs nothing.

    Needs the draws. The reason is the cause that moves the cost of an hour most in the direction of the bend.
    """
    short, long = before.result.scenario.hours, after.result.scenario.hours
    if not short or not before.amount.median:
        return None
    ratio = spread(ratio_of(after.result.draws["net_direct"], before.result.draws["net_direct"]))
    if ratio.low is None or ratio.median is None or ratio.high is None:
        return None
    times, spells = long / short, after.result.scenario.spells
    bend: Bend = "straight"
    if abs(ratio.median / times - 1) > LINEAR_BAND:
        bend = "more" if ratio.median > times else "less"
    # As people read them: an end of the range that is written like the line holds it.
    sure = bend != "straight" and not _read(ratio.low) <= _read(times) <= _read(ratio.high)
    found = causes(before, after) if sure else {}
    cause = _largest(found, bend)
    why = "" if cause is None else _reason(before, after, found, cause, bend)
    return Step(before.label, after.label, times, ratio, bend, sure, cause, why, spells)


def causes(before: Compared, after: Compared) -> dict[Cause, float]:
    """By how much each cause moves the cost of an hour from one duration to the next: medians over the draws.

    In each draw, cost per hour = interrupted per hour x share of it lost for good. With a start time the first is
    what it would be at any hour x what the clock adds to that. Needs the draws.
    """
    at_any_hour = ANY_HOUR if ANY_HOUR in after.result.draws else "gross"
    grown = _grown(before, after, {*KEPT, at_any_hour})
    if not grown:
        return {}
    times = after.result.scenario.hours / before.result.scenario.hours
    found: dict[Cause, float] = {
        "interrupted": float(np.median(grown[at_any_hour] / times)),
        "lost": float(np.median(grown["net_direct"] / grown["gross"])),
    }
    if at_any_hour == ANY_HOUR:
        found["clock"] = float(np.median(grown["gross"] / grown[at_any_hour]))
    return found


def _grown(before: Compared, after: Compared, names: set[str]) -> dict[str, Array]:
    """How many times as large each amount is, in the draws that cost something: others have no cost of an hour."""
    short, long = before.result.draws, after.result.draws
    some = np.all([draws[name] > 0 for draws in (short, long) for name in names], axis=0)
    return {name: long[name][some] / short[name][some] for name in names} if np.any(some) else {}


def _moves(factor: float, bend: Bend) -> float:
    """How far a factor moves in the direction of the bend."""
    return float(np.log(factor)) * (1 if bend == "more" else -1)


def _largest(found: dict[Cause, float], bend: Bend) -> Cause | None:
    """The cause that moves most in the direction of the bend; None where none does."""
    cause = max(found, key=lambda name: _moves(found[name], bend), default=None)
    return cause if cause is not None and _moves(found[cause], bend) > 0 else None


def _reason(before: Compared, after: Compared, found: dict[Cause, float], cause: Cause, bend: Bend) -> str:
    """`because workarounds win time back`; `in part because` where another moves at least half as much."""
    move = _moves(found[cause], bend)
    others = [_moves(factor, bend) for name, factor in found.items() if name != cause]
    reasons = CLOCK_OF_SPELLS if cause == "clock" and after.result.scenario.spells > 1 else REASONS[cause]
    text = reasons[0 if bend == "more" else 1]
    if cause == "interrupted" and bend == "less" and NO_RESTART in after.result.draws:
        at_any_hour = ANY_HOUR if ANY_HOUR in after.result.draws else "gross"
        grown = _grown(before, after, {at_any_hour, NO_RESTART})
        restart = _moves(float(np.median(grown[at_any_hour] / grown[NO_RESTART])), bend)
        times = after.result.scenario.hours / before.result.scenario.hours
        won_back = _moves(float(np.median(grown[NO_RESTART] / times)), bend)
        text = NO_LONGER if restart > won_back else text
        move, other = max(restart, won_back), min(restart, won_back)
        others.append(other)
    return f"{'in part ' if max(others) >= PART * move else ''}because {text}"


def _read(value: float) -> float:
    """A ratio as people read it."""
    return float(significant(value, 2).replace(",", ""))


def shape_in_words(rows: Sequence[Compared]) -> list[str]:
    """Where cost stops being a straight line in time, said for each step to the next longer duration."""
    found = (step(before, after) for before, after in pairwise(rows))
    return [step_in_words(item) for item in found if item is not None]


def step_in_words(item: Step) -> str:
    """`7 days cost 2.7 times 3 days (2.4 to 3.0): more than ..., because ...`; no reason where it is not sure."""
    start, line = step_text(item), f"the {line_text(item)} of a straight line"
    if item.bend == "straight":
        return f"{start}: about a straight line."
    if not item.sure:
        return f"{start}: rather {item.bend} than {line}, but that still lies inside the range."
    return f"{start}: {item.bend} than {line}{f', {item.why}' if item.why else ''}."


def line_text(item: Step) -> str:
    """How many times as long: `7 times`."""
    return f"{significant(item.times, 2).removesuffix('.0')} times"


def lengths_of(item: Step) -> tuple[str, str, str]:
    """Both lengths in words and the verb of the longer: spells are always several."""
    if item.spells > 1:
        return f"spells of {item.before}", f"spells of {item.after}", "cost"
    return item.before, item.after, "costs" if item.after.startswith("1 ") else "cost"


def step_text(item: Step) -> str:
    """`7 days cost 9.2 times 1 day (7.8 to 11)`."""
    before, after, verb = lengths_of(item)
    return f"{after[0].upper()}{after[1:]} {verb} {times_text(item.ratio, before)}"


def times_text(ratio: Range, reference: str = "") -> str:
    """A ratio with its range: `9.2 times 1 day (7.8 to 11)`; no range where it would say nothing more."""
    if ratio.low is None or ratio.median is None or ratio.high is None:
        return "not defined"
    low, middle, high = (significant(value, 2) for value in (ratio.low, ratio.median, ratio.high))
    ends = f" ({low} to {high})" if low != high else ""
    return f"{middle} times{' ' + reference if reference else ''}{ends}"
