"""The back-tests as text, JSON and CSV: the table that the page shows."""

from __future__ import annotations

from typing import Any

from model.evidence.outcomes import FIELDS, as_rows, change_text
from model.evidence.scores import Backtest
from model.text import writer
from model.text.writer import Result


def result_of(result: Backtest) -> Result:
    """The back-tests, ready to be written; shares as decimals."""
    return Result(
        lambda: _lines(result),
        lambda: _data(result),
        lambda: writer.table(as_rows(result.outcomes), provenance(result), FIELDS),
    )


def provenance(result: Backtest) -> dict[str, str]:
    """What every row of a file repeats: the parameter set and the versions."""
    return writer.provenance(
        result.data_version, {"parameter_set": result.parameter_set, "operators": result.operators}
    )


def _data(result: Backtest) -> dict[str, Any]:
    return {
        **provenance(result),
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
        if item.low is not None and item.high is not None and item.observed is not None:
            numbers = f": {change_text(item.low)} to {change_text(item.high)}, observed {change_text(item.observed)}"
        sample = f" ({item.sample})" if item.sample else ""
        lines.append(f"{item.observation.id}  {item.verdict}{sample}{numbers}")
        lines.append(f"  {item.observation.outcome} ({item.observation.event}, {item.observation.source})")
        lines.append(f"  {item.sentence}")
    return lines
