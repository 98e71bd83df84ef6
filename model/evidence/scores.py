"""What all rows of the back-tests say together: by event, since rows of one event share their errors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.common.numbers import percent
from model.evidence.outcomes import UNCOUNTED, Outcome, Verdict

FEWEST_EVENTS = 10  # below it a share of hits is not called a rate


@dataclass(frozen=True)
class EventScore:
    """The counted rows of one event; CRPS and the naive error are means over those that have one."""

    event: str
    label: str  # country and month, or year
    unrest: int
    rows: int
    inside: int
    inside_alone: int
    in_sample: int
    crps: float | None
    crps_alone: float | None
    naive_error: float | None

    @property
    def sentence(self) -> str:
        """Hits and misses of the event in words."""
        seen = (
            ", all in-sample"
            if self.in_sample == self.rows
            else f", {self.in_sample} in-sample"
            if self.in_sample
            else ""
        )
        rows = f"{self.rows} row{'' if self.rows == 1 else 's'}"
        return f"{self.inside} of {rows} inside, {self.inside_alone} without unrest and noise{seen}"

    def as_row(self) -> dict[str, Any]:
        """The score as one row of a table."""
        return {
            "event": self.event, "label": self.label, "unrest": self.unrest, "rows": self.rows,
            "inside": self.inside, "inside_alone": self.inside_alone, "in_sample": self.in_sample,
            "crps": self.crps, "crps_alone": self.crps_alone, "naive_error": self.naive_error,
        }  # fmt: skip


def by_event(items: Sequence[Outcome]) -> tuple[EventScore, ...]:
    """The score of each event with counted rows, in the order of the rows."""
    events = dict.fromkeys(item.observation.event for item in items if item.counted)
    return tuple(
        _score([item for item in items if item.counted and item.observation.event == event])
        for event in events
    )


def _score(rows: Sequence[Outcome]) -> EventScore:
    first = rows[0]
    return EventScore(
        event=first.observation.event, label=first.event_label, unrest=first.unrest, rows=len(rows),
        inside=sum(item.inside == "yes" for item in rows),
        inside_alone=sum(item.inside_alone == "yes" for item in rows),
        in_sample=sum(item.sample == "in-sample" for item in rows),
        crps=_mean(item.crps for item in rows), crps_alone=_mean(item.crps_alone for item in rows),
        naive_error=_mean(item.naive_error for item in rows),
    )  # fmt: skip


def _mean(values: Iterable[float | None]) -> float | None:
    """The mean of the values that are known; None where none is."""
    numbers = [value for value in values if value is not None]
    return float(np.mean(numbers)) if numbers else None


@dataclass(frozen=True)
class Backtest:
    """All rows, the frozen parameter set, and the operators with the day of their declaration."""

    outcomes: tuple[Outcome, ...]
    parameter_set: str
    operators: str  # SHA-256
    declared: str
    data_version: str
    data_date: str

    def with_verdict(self, *names: Verdict) -> list[Outcome]:
        return [item for item in self.outcomes if item.verdict in names]

    @property
    def counted(self) -> list[Outcome]:
        return [item for item in self.outcomes if item.counted]

    @property
    def outside_uncounted(self) -> list[Outcome]:
        """Rows that are not counted and lie outside their range all the same: kept, each with its sentence."""
        return [item for item in self.outcomes if item.inside == "no" and not item.counted]

    @property
    def events(self) -> tuple[EventScore, ...]:
        return by_event(self.outcomes)

    @property
    def fresh(self) -> list[Outcome]:
        """The counted rows that had no hand in a parameter."""
        return [item for item in self.counted if item.sample == "out-of-sample"]

    @property
    def summary(self) -> dict[str, Any]:
        """Counts by row and by event, and mean CRPS over events beside the naive forecast's.

        `coverage` is the mean over events of the share of their rows that lie inside, of rows that no parameter was
        set with; None below ten such events.
        """
        rows, events, fresh = self.counted, self.events, by_event(self.fresh)
        paired = by_event([item for item in rows if item.naive_error is not None and item.crps is not None])
        return {
            "rows": len(self.outcomes),
            "predictable_rows": len(rows),
            "predictable_events": len(events),
            "inside": sum(item.inside for item in events),
            "inside_alone": sum(item.inside_alone for item in events),
            "bounds": sum(item.ceiling for item in rows),
            "bounds_inside": sum(item.ceiling and item.inside == "yes" for item in rows),
            "in_sample": sum(item.in_sample for item in events),
            "out_of_sample_rows": len(self.fresh),
            "out_of_sample_events": len(fresh),
            "out_of_sample_inside": sum(item.inside for item in fresh),
            "out_of_sample_inside_alone": sum(item.inside_alone for item in fresh),
            "outside_uncounted": len(self.outside_uncounted),
            "coverage": _mean(item.inside / item.rows for item in fresh) if len(fresh) >= FEWEST_EVENTS else None,
            "mean_crps": _mean(item.crps for item in events),
            "mean_crps_alone": _mean(item.crps_alone for item in events),
            "mean_crps_naive": _mean(item.naive_error for item in paired),
            "paired_rows": sum(item.rows for item in paired),
            "paired_in_sample": sum(item.in_sample for item in paired),
            "mean_crps_paired": _mean(item.crps for item in paired),
            **{verdict.name.lower(): len(self.with_verdict(verdict)) for verdict in UNCOUNTED},
        }  # fmt: skip

    @property
    def sentences(self) -> tuple[str, ...]:
        """The summary as sentences."""
        summary = self.summary
        first = (
            f"Of {summary['rows']} measured outcomes the model can be tested on {summary['predictable_rows']}, from "
            f"{_events(summary['predictable_events'])}; in {summary['too_small_to_see']} the disruption is too small "
            f"to see in its series, {summary['used_to_fit'] + summary['used_to_set_a_range']} were used to make the "
            f"model, and {summary['not_predictable']} are not predictable by it."
        )
        second = (
            f"Inside the range: {summary['inside']} of {summary['predictable_rows']} rows with unrest and noise "
            f"counted, {summary['inside_alone']} without. Of the {summary['bounds']} bounds among them, easier to keep "
            f"than values, {summary['bounds_inside']} are kept. {summary['in_sample']} of these rows were in view when "
            "a parameter was set (in-sample), so a hit on them confirms little."
        )
        texts = [first, second, self._fresh_sentence]
        if summary["mean_crps_paired"] is not None and summary["mean_crps_naive"] is not None:
            better = (
                "lower and so better"
                if summary["mean_crps_paired"] < summary["mean_crps_naive"]
                else "not better"
            )
            texts.append(
                "CRPS, the mean distance to what was observed as a share of the usual value: "
                f"{percent(summary['mean_crps'])} over all events, {percent(summary['mean_crps_alone'])} without "
                "unrest and noise. Beside the forecast that nothing happens, where that can be scored too: "
                f"{percent(summary['mean_crps_paired'])} against its {percent(summary['mean_crps_naive'])}, {better}; "
                f"{summary['paired_in_sample']} of these {summary['paired_rows']} rows are in-sample."
            )
        return tuple(texts)

    @property
    def short(self) -> str:
        """The same in one plain sentence, with what weakens it."""
        summary = self.summary
        return (
            f"Checked: {summary['inside']} of {summary['predictable_rows']} measured outcomes lie inside the range, "
            f"but {summary['in_sample']} of them were in view when the model was made; of the "
            f"{summary['out_of_sample_rows']} that were not, {summary['out_of_sample_inside']}."
        )

    @property
    def _fresh_sentence(self) -> str:
        """Hits among the rows that no parameter was set with, and whether that may be called a rate."""
        summary = self.summary
        if not summary["out_of_sample_rows"]:
            return "No counted row is out-of-sample."
        start = (
            f"Out-of-sample: {summary['out_of_sample_inside']} of {summary['out_of_sample_rows']} rows from "
            f"{_events(summary['out_of_sample_events'])} inside, "
            f"{summary['out_of_sample_inside_alone']} without unrest and noise"
        )
        if summary["coverage"] is None:
            return (
                f"{start}. Rows of one event share their errors, and below {FEWEST_EVENTS} events this is a count, "
                "not a rate."
            )
        return f"{start}; by event {percent(summary['coverage'])}."


def _events(number: int) -> str:
    return f"{number} event{'' if number == 1 else 's'}"
