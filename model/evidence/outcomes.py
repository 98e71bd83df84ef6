"""One row of the back-tests: what was predicted, what was observed, and what follows, in numbers and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from model.catalogue.evidence import Observation, Operator
from model.common.numbers import percent, trimmed
from model.common.ranges import UNDEFINED, Range, from_to


class Verdict(StrEnum):
    """What follows from a row, as people read it."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    TOO_SMALL_TO_SEE = "too small to see"
    USED_TO_FIT = "used to fit"
    USED_TO_SET_A_RANGE = "used to set a range"
    NOT_PREDICTABLE = "not predictable"


PREDICTABLE = (Verdict.INSIDE, Verdict.OUTSIDE)
UNCOUNTED = tuple(verdict for verdict in Verdict if verdict not in PREDICTABLE)
SMALLEST = 0.001  # a smaller change is said as "under 0.1%"


@dataclass(frozen=True)
class Marker:
    """A claim or modelled figure in the unit of the row; never a truth."""

    claim: str
    low: float
    high: float


@dataclass(frozen=True)
class Outcome:
    """One row. Numbers are shares: a change relative to the baseline, or the share observed.

    `predicted` is the range with unrest and noise, `alone` that of the model alone.
    """

    observation: Observation
    operator: Operator
    verdict: Verdict
    observed: float | None
    predicted: Range[float] | None = None
    alone: Range[float] | None = None
    effect: float | None = None  # median of what the disruption alone changes
    naive: float | None = None
    crps: float | None = None
    crps_alone: float | None = None
    naive_error: float | None = None
    noise: float | None = None  # standard deviation of the series
    limit: float | None = None
    unrest: int = 0  # grade of the event
    markers: tuple[Marker, ...] = ()
    event_title: str = ""
    event_label: str = ""  # country and month, or year
    inputs: str = ""

    @property
    def counted(self) -> bool:
        return self.verdict in PREDICTABLE

    @property
    def ceiling(self) -> bool:
        return self.operator.side == "ceiling"

    @property
    def verdict_text(self) -> str:
        """The verdict in words; a bound is kept or broken."""
        if self.ceiling and self.counted:
            return "bound kept" if self.inside == "yes" else "bound broken"
        return self.verdict

    @property
    def sample(self) -> str:
        """Whether a parameter was set with the row in view; empty where nothing is predicted."""
        if self.verdict is Verdict.NOT_PREDICTABLE:
            return ""
        return "in-sample" if self.observation.in_sample else "out-of-sample"

    @property
    def inside(self) -> str:
        """`yes` or `no` for every row with a range and an observed value, counted or not; else empty."""
        return self._holds(self.predicted)

    @property
    def inside_alone(self) -> str:
        """The same for the range of the model alone, without unrest and noise."""
        return self._holds(self.alone)

    def _holds(self, band: Range[float] | None) -> str:
        if band is None or self.observed is None:
            return ""
        return "yes" if within(self.operator, self.observed, band) else "no"

    @property
    def outside_text(self) -> str:
        """By how much the observed value lies outside its range; empty where it does not."""
        if self.inside != "no" or self.observed is None or self.predicted is None:
            return ""
        base = " of the usual value" if self.operator.compares == "change" else ""
        if self.ceiling:
            end = self.predicted.low if self.operator.compares == "change" else self.predicted.high
            return f" The range reaches {percent(abs(end - self.observed))}{base} beyond the bound."
        lower = self.observed < self.predicted.low
        gap = percent(abs(self.observed - (self.predicted.low if lower else self.predicted.high)))
        side = "below" if lower else "above"
        return f" Outside the range: the observed value lies {gap}{base} {side} it."

    @property
    def sentence(self) -> str:
        """What the row says, in words."""
        if self.verdict is Verdict.NOT_PREDICTABLE:
            return f"Not predictable by this model: {self.operator.reason}."
        if self.predicted is None or self.observed is None:
            return self.operator.reason
        band = self.predicted.each(change_text)
        start = f"Predicted {band.ends} with {band.median} in the middle{self._alone_text}; "
        start += f"{'bound' if self.ceiling else 'observed'} {change_text(self.observed)}"
        if self.verdict is Verdict.TOO_SMALL_TO_SEE:
            return (
                f"{start}. The disruption itself is put at {change_text(self.effect or 0)}, and the series shows "
                f"nothing smaller than {percent(self.limit or 0)}: too small to see, neither a hit nor a miss."
                + self.outside_text
            )
        if self.verdict in (Verdict.USED_TO_FIT, Verdict.USED_TO_SET_A_RANGE):
            return f"{start}. The row was {self.verdict}, so it tests nothing.{self.outside_text}"
        if self.verdict is Verdict.INSIDE:
            return f"{start}: {'within the bound' if self.ceiling else 'inside'}."
        why = (
            f" Named as a confounder: {self.observation.confounders}." if self.observation.confounders else ""
        )
        return f"{start}: a miss.{self.outside_text}{why}"

    @property
    def _alone_text(self) -> str:
        if self.alone is None or self.predicted is None:
            return ""
        if (self.alone.low, self.alone.high) == (self.predicted.low, self.predicted.high):
            return ""
        return f" (without unrest and noise {self.alone.each(change_text).ends})"


def within(row: Operator, observed: float, band: Range[float]) -> bool:
    """Whether `observed` lies in `band`, both in the unit of the row.

    Where the row is an upper bound of the loss: whether all of the band keeps it.
    """
    if row.side == "ceiling":
        return band.low >= observed if row.compares == "change" else band.high <= observed
    return band.low <= observed <= band.high


def change_text(value: float) -> str:
    """A change or share for people, `value` as a part of 1: `−45%`."""
    if 0 < abs(value) < SMALLEST:
        return f"{'a fall under' if value < 0 else 'under'} {percent(SMALLEST, 1)}"
    text = percent(abs(value))
    return f"−{text}" if value < 0 and text != "0%" else text


def _columns(name: str, band: Range[float] | None) -> dict[str, float | None]:
    return {f"{name}_{end}": value for end, value in (band or UNDEFINED).parts.items()}


FIELDS = (
    "id", "event", "where", "outcome", "grade", "operator", "verdict", "inside", "inside_alone", "sample", "unit",
    "side", "predicted_low", "predicted_median", "predicted_high", "alone_low", "alone_median", "alone_high",
    "observed", "effect", "naive", "crps", "crps_alone", "naive_error", "unrest", "noise", "noise_reason",
    "detection_limit", "markers", "sentence", "declared", "known_then", "evidence_for", "confounders", "status",
    "source", "url",
)  # fmt: skip


def as_rows(items: Sequence[Outcome]) -> list[dict[str, Any]]:
    """The table of outcomes: one for the screen, the file and the command line."""
    return [
        {
            "id": item.observation.id, "event": item.observation.event,
            "where": item.observation.where, "outcome": item.observation.outcome, "grade": item.observation.grade,
            "operator": item.operator.operator, "verdict": str(item.verdict), "inside": item.inside,
            "inside_alone": item.inside_alone, "sample": item.sample,
            "unit": "change against the usual value" if item.operator.compares == "change" else item.observation.unit,
            "side": item.operator.side,
            **_columns("predicted", item.predicted), **_columns("alone", item.alone),
            "observed": item.observed, "effect": item.effect, "naive": item.naive, "crps": item.crps,
            "crps_alone": item.crps_alone, "naive_error": item.naive_error, "unrest": item.unrest,
            "noise": item.noise, "noise_reason": item.operator.noise_reason, "detection_limit": item.limit,
            "markers": "; ".join(f"{m.claim}: {from_to(trimmed(m.low, 4), trimmed(m.high, 4))}" for m in item.markers),
            "sentence": item.sentence, "declared": item.operator.reason, "known_then": item.inputs,
            "evidence_for": " ".join(item.observation.parameters_set), "confounders": item.observation.confounders,
            "status": item.observation.status, "source": item.observation.source, "url": item.observation.url,
        }
        for item in items
    ]  # fmt: skip
