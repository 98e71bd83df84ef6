"""Whether a sentence tells what a disruption cost or what one would cost: of documented events in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from model.estimation.estimate import Estimate
from model.language.messages import When
from model.scenario.events import documented


@dataclass(frozen=True)
class Tense:
    """The verbs of a sentence about a disruption: `it would cost`, `activity is interrupted`."""

    cost: str
    be: str
    when: When


ASSUMED = Tense("would cost", "is", "would")
HAPPENED = Tense("cost", "was", "did")
OTHERWISE = Tense(
    "would have cost", "would have been", "would have"
)  # the event, had it lasted as long as it did not


def tense_of(result: Estimate, index: int | None = None) -> Tense:
    """The tense of a result at its own duration, or at the one at `index` of its durations.

    A documented event happened at every length that its sources leave open, and at no other.
    """
    scenario = result.scenario
    event = documented(result.catalogue, scenario)
    if event is None:
        return ASSUMED
    if index is None or index == result.chosen:
        return HAPPENED
    other = scenario.with_changes(hours=float(result.durations[index]))
    return OTHERWISE if event.header_of(other) is None else HAPPENED
