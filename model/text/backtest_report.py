"""The back-tests as text, JSON and CSV: the table that the page shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from model.evidence.other_methods import MethodOutcome
from model.evidence.outcomes import FIELDS, as_rows, change_text
from model.evidence.scores import Backtest
from model.text import writer
from model.text.writer import Result


def result_of(result: Backtest, methods: Sequence[MethodOutcome] | None = None) -> Result:
    """The back-tests, ready to be written; shares as decimals. Other methods stand beside them where they are given.

    A table has rows of one sort: with other methods those of them alone.
    """
    others = [item.as_row() for item in methods or ()]
    return Result(
        lambda: [*_lines(result), *([] if methods is None else _lines_of_methods(methods))],
        lambda: _data(result) | ({} if methods is None else {"methods": others}),
        lambda: (
            writer.table(as_rows(result.outcomes), provenance_of_tests(result), FIELDS)
            if methods is None
            else writer.table(others, provenance_of_tests(result), METHOD_FIELDS)
        ),
    )


METHOD_FIELDS = (
    "method", "id", "event", "observed", "side", "predicted_low", "predicted", "predicted_high", "inside", "error",
    "sentence",
)  # fmt: skip


def provenance_of_tests(result: Backtest) -> dict[str, str]:
    """What every row of a file repeats: the parameter set and the versions."""
    return writer.provenance(
        result.data_version, {"parameter_set": result.parameter_set, "operators": result.operators}
    )


def _data(result: Backtest) -> dict[str, Any]:
    return {
        **provenance_of_tests(result),
        "summary": {**result.summary, "sentences": list(result.sentences)},
        "declared": result.declared,
        "events": [item.as_row() for item in result.events],
        "rows": as_rows(result.outcomes),
    }


def _lines(result: Backtest) -> list[str]:
    lines = [*result.sentences, result.declared, f"Parameter set {result.parameter_set}.", ""]
    lines += [f"{item.event}: {item.sentence}" for item in result.events]
    lines.append("")
    for item in result.outcomes:
        numbers = ""
        if item.predicted is not None and item.observed is not None:
            word = "bound" if item.ceiling else "observed"
            numbers = f": {item.predicted.each(change_text).ends}, {word} {change_text(item.observed)}"
        sample = f" ({item.sample})" if item.sample else ""
        lines.append(f"{item.observation.id}  {item.verdict_text}{sample}{numbers}")
        lines.append(f"  {item.observation.outcome} ({item.observation.event}, {item.observation.source})")
        lines.append(f"  {item.sentence}")
    return lines


def _lines_of_methods(methods: Sequence[MethodOutcome]) -> list[str]:
    """How many answers of other methods there are, then each, and where none can answer."""
    answers = [item for item in methods if item.inside]
    inside = sum(item.inside == "yes" for item in answers)
    rows, answered = len({item.observation for item in methods}), len({item.observation for item in answers})
    first = (
        f"Other published methods: {len(answers)} answers on {answered} of {rows} rows, {inside} of them inside; where "
        "they cannot answer, it is neither a hit nor a miss."
    )
    said: dict[tuple[str, str], list[str]] = {}  # the same words once, with every row that they are of
    for item in methods:
        said.setdefault((item.method, item.sentence), []).append(item.observation)
    return ["", first, *(f"{', '.join(ids)}  {method}: {text}" for (method, text), ids in said.items())]
