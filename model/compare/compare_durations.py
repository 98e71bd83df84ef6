"""The same disruption at several durations: where its cost stops being a straight line in time, and why.

Every difference, ratio and reason is computed draw by draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue
from model.common.numbers import duration_text, is_one, significant, trimmed
from model.common.program.progress import Tick, part_of_progress
from model.common.ranges import Range
from model.common.text import capital
from model.compare.differences import (
    DRAWS_KEPT,
    Compared,
    beside,
    estimated,
    first_that_costs,
    ratio_of,
    spread,
    times_text,
)
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
LINEAR_BAND = 0.05  # a ratio this near to the ratio of the durations is called a straight line
RESTART = "restart.hours"
# The gross loss had the scenario no start time, and no restart after it either: computed where a bend needs them.
ANY_HOUR, NO_RESTART = "gross_at_any_hour", "gross_without_restart"
DAY, WEEK = 24.0, 168.0
Bend = Literal["more", "less", "straight"]
Cause = Literal["clock", "interrupted", "lost"]
# What makes an hour of the longer one dearer, and what makes it cheaper.
REASONS: dict[Cause, tuple[str, str]] = {
    "clock": ("the hours that follow are busier", "the hours that follow are quieter"),
    "interrupted": ("not everything stops in the first hours", "people find workarounds"),
    "lost": (
        "after a while work can no longer be recovered and customers leave",
        "more of it is recovered later",
    ),
}
RESTART_LAGS = "the restart afterwards grows by less"  # the other way in which less is interrupted in an hour
CLOCK_OF_SPELLS = ("their hours are busier", "their hours are quieter")
PART = 0.5  # another cause that moves at least this part as much is not passed over: "in part because"


def durations(
    catalogue: Catalogue, scenario: Scenario, hours: Sequence[float], tick: Tick | None = None
) -> list[Compared]:
    """The same disruption at several durations, ascending; the shortest that costs something is the reference.

    Args:
        catalogue: the tables.
        scenario: what is disrupted; its own length does not enter.
        hours: lengths of one spell, in any order.
        tick: hears the share that is done; what it raises ends the work.

    Raises:
        InputError: the scenario or one of the lengths cannot be used.
    """
    ordered = sorted(set(hours))
    count, asked = len(ordered), [scenario.lasting(value) for value in ordered]
    if scenario.start is not None and count > 1:  # what the clock does is known beside the same without one
        asked += [item.with_changes(start=None) for item in asked]
    every = len(asked) + count  # the last of them only where a reason needs them
    results = estimated(catalogue, asked, "net_direct", part_of_progress(tick, 0, len(asked), every))
    for result, at_any_hour in zip(results, results[count:], strict=False):
        result.draws[ANY_HOUR] = at_any_hour.draws["gross"]
    amounts = [spread(result.draws["net_direct"]) for result in results[:count]]
    rows = beside(results[:count], duration_labels(ordered), "net_direct", first_that_costs(amounts))
    ratios = (
        spread(ratio_of(after.result.draws["net_direct"], before.result.draws["net_direct"]))
        for before, after in pairwise(rows)
    )
    more = (
        spread(after.result.draws["net_direct"] - before.result.draws["net_direct"])
        for before, after in pairwise(rows)
    )
    rows[1:] = [
        replace(row, times_before=ratio, more_than_before=difference)
        for row, ratio, difference in zip(rows[1:], ratios, more, strict=True)
    ]
    if any(item.cause == "interrupted" and item.bend == "less" for item in _all_steps(rows)):
        calm = scenario.with_changes(start=None, assumptions={**scenario.assumptions, RESTART: 0.0})
        rest = part_of_progress(tick, len(asked), count, every)
        bare = estimated(catalogue, [calm.lasting(value) for value in ordered], "net_direct", rest)
        for row, other in zip(rows, bare, strict=True):
            row.result.draws[NO_RESTART] = other.draws["gross"]
    if tick:
        tick(1.0)
    return rows


def _all_steps(rows: Sequence[Compared]) -> list[Step]:
    """Every step that sentences and headline tell."""
    steps = [step(before, after) for before, after in pairwise(rows)]
    return [item for item in [*steps, main_step(rows)] if item is not None]


def main_step(rows: Sequence[Compared]) -> Step | None:
    """The step that a headline tells: a week against a day where `rows` have both, else their ends; needs the draws."""
    by_hours = {row.result.scenario.hours: row for row in rows}
    if DAY in by_hours and WEEK in by_hours:
        return step(by_hours[DAY], by_hours[WEEK])
    usable = [row for row in rows if row.amount.median]
    return step(usable[0], usable[-1]) if len(usable) > 1 else None


def duration_labels(hours: Sequence[float]) -> list[str]:
    """Each of `hours` in words; to the last digit where two would read alike."""
    texts = [duration_text(value) for value in hours]
    return [
        text if texts.count(text) == 1 else f"{np.format_float_positional(value, trim='-')} hours"
        for text, value in zip(texts, hours, strict=True)
    ]


@dataclass(frozen=True)
class Step:
    """From one duration to a longer one: how many times as long, how many times as dear, and why.

    `sure` where the whole range lies on one side of the straight line; only then there is a reason, such as
    `because people find workarounds`.
    """

    before: str
    after: str
    times: float
    ratio: Range[float | None]  # draw by draw
    bend: Bend
    sure: bool
    cause: Cause | None
    why: str
    spells: int = 1
    one: bool = False  # the longer one is one hour, day or minute


def step(before: Compared, after: Compared) -> Step | None:
    """The step from `before` to `after`, a longer duration of one scenario; None where the shorter one costs nothing.

    Needs the draws. The reason is the cause that moves the cost of an hour most in the direction of the bend.
    """
    short, long = before.result.scenario.hours, after.result.scenario.hours
    if not short or not before.amount.median:
        return None
    ratio = spread(ratio_of(after.result.draws["net_direct"], before.result.draws["net_direct"])).measured
    if ratio is None:
        return None
    times, spells = long / short, after.result.scenario.spells
    bend: Bend = "straight"
    if abs(ratio.median / times - 1) > LINEAR_BAND:
        bend = "more" if ratio.median > times else "less"
    # As people read them: an end of the range that is written like the line holds it.
    sure = bend != "straight" and not _read(ratio.low) <= _read(times) <= _read(ratio.high)
    weights = causes(before, after) if sure else {}
    cause = _largest(weights, bend)
    why = "" if cause is None else _reason(before, after, weights, cause, bend)
    return Step(before.label, after.label, times, ratio, bend, sure, cause, why, spells, reads_as_one(after))


def reads_as_one(row: Compared) -> bool:
    """Whether the length of `row`, a row of lengths, reads as one hour, day or minute."""
    hours = row.result.scenario.hours
    return is_one(hours) and row.label == duration_text(hours)


def causes(before: Compared, after: Compared) -> dict[Cause, float]:
    """By how much each cause moves the cost of an hour from `before` to `after`: factors, medians over the draws.

    In each draw, cost per hour = interrupted per hour x share of it lost for good. With a start time the first is
    what it would be at any hour x what the clock adds to that. Needs the draws.
    """
    at_any_hour = ANY_HOUR if ANY_HOUR in after.result.draws else "gross"
    grown = _grown(before, after, {*DRAWS_KEPT, at_any_hour})
    if not grown:
        return {}
    times = after.result.scenario.hours / before.result.scenario.hours
    weights: dict[Cause, float] = {
        "interrupted": float(np.median(grown[at_any_hour] / times)),
        "lost": float(np.median(grown["net_direct"] / grown["gross"])),
    }
    if at_any_hour == ANY_HOUR:
        weights["clock"] = float(np.median(grown["gross"] / grown[at_any_hour]))
    return weights


def _grown(before: Compared, after: Compared, names: set[str]) -> dict[str, Array]:
    """How many times as large each amount is, in the draws that cost something: others have no cost of an hour."""
    short, long = before.result.draws, after.result.draws
    some = np.all([draws[name] > 0 for draws in (short, long) for name in names], axis=0)
    return {name: long[name][some] / short[name][some] for name in names} if np.any(some) else {}


def _moves(factor: float, bend: Bend) -> float:
    """How far a factor moves in the direction of the bend."""
    return float(np.log(factor)) * (1 if bend == "more" else -1)


def _largest(weights: dict[Cause, float], bend: Bend) -> Cause | None:
    """The cause that moves most in the direction of the bend; None where none does."""
    cause = max(weights, key=lambda name: _moves(weights[name], bend), default=None)
    return cause if cause is not None and _moves(weights[cause], bend) > 0 else None


def _reason(before: Compared, after: Compared, weights: dict[Cause, float], cause: Cause, bend: Bend) -> str:
    """`because people find workarounds`; `in part because` where another moves at least half as much."""
    move = _moves(weights[cause], bend)
    others = [_moves(factor, bend) for name, factor in weights.items() if name != cause]
    reasons = CLOCK_OF_SPELLS if cause == "clock" and after.result.scenario.spells > 1 else REASONS[cause]
    text = reasons[0 if bend == "more" else 1]
    if cause == "interrupted" and bend == "less" and NO_RESTART in after.result.draws:
        at_any_hour = ANY_HOUR if ANY_HOUR in after.result.draws else "gross"
        grown = _grown(before, after, {at_any_hour, NO_RESTART})
        restart = _moves(float(np.median(grown[at_any_hour] / grown[NO_RESTART])), bend)
        times = after.result.scenario.hours / before.result.scenario.hours
        won_back = _moves(float(np.median(grown[NO_RESTART] / times)), bend)
        text = RESTART_LAGS if restart > won_back else text
        move, other = max(restart, won_back), min(restart, won_back)
        others.append(other)
    return f"{'in part ' if max(others) >= PART * move else ''}because {text}"


def _read(value: float) -> float:
    """A ratio as people read it."""
    return float(significant(value, 2).replace(",", ""))


def shape_in_words(rows: Sequence[Compared]) -> list[str]:
    """Where cost stops being a straight line in time, said for each step from one of `rows` to the next.

    Needs the draws.
    """
    steps = (step(before, after) for before, after in pairwise(rows))
    return [step_in_words(item) for item in steps if item is not None]


def step_in_words(item: Step) -> str:
    """All of `item`: `7 days cost 9.2 times 1 day (7.8 to 11): more than in proportion (7 times), because ...`."""
    start = step_text(item)
    if item.bend == "straight":
        return f"{start}: about in proportion."
    if not item.sure:
        return f"{start}: about in proportion ({line_text(item)} lies inside the range)."
    return (
        f"{start}: {item.bend} than in proportion ({line_text(item)}){f', {item.why}' if item.why else ''}."
    )


def line_text(item: Step) -> str:
    """How many times as long `item` goes: `7 times`."""
    return f"{trimmed(item.times, 2)} times"


def lengths_of(item: Step) -> tuple[str, str, str]:
    """Both lengths of `item` in words and the verb of the longer: spells are always several."""
    if item.spells > 1:
        return f"outages of {item.before}", f"outages of {item.after}", "cost"
    return item.before, item.after, "costs" if item.one else "cost"


def step_text(item: Step) -> str:
    """How dear `item` is: `7 days cost 9.2 times 1 day (7.8 to 11)`."""
    before, after, verb = lengths_of(item)
    return f"{capital(after)} {verb} {times_text(item.ratio, before)}"
