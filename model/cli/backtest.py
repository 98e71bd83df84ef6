"""The command `backtest`: every measured outcome beside what the model says, the table that the page shows."""

from __future__ import annotations

import argparse
import json
from typing import Any

from model.catalogue.load import Catalogue
from model.cli.parser import add_output
from model.evidence.backtest import (
    FIELDS,
    Backtest,
    as_rows,
    backtest,
    change_text,
    provenance,
)
from model.text.report import csv_text


def add(commands: Any) -> None:
    """Hook the command into the command line."""
    parser = commands.add_parser("backtest", help="measured outcomes beside what the model says, misses kept")
    add_output(parser, run)


def run(catalogue: Catalogue, options: argparse.Namespace) -> str:
    result = backtest(catalogue)
    if options.format == "json":
        return json.dumps(as_dict(result), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    return to_csv(result) if options.format == "csv" else _text(result)


def as_dict(result: Backtest) -> dict[str, Any]:
    """The result as plain data; shares as decimals."""
    return {
        **provenance(result),
        "summary": {**result.summary, "sentences": list(result.sentences)},
        "rows": as_rows(result.outcomes),
    }


def to_csv(result: Backtest) -> str:
    """One row per outcome, provenance on every row: the file of the page, to the byte."""
    common = provenance(result)
    return csv_text([*FIELDS, *common], [{**row, **common} for row in as_rows(result.outcomes)])


def _text(result: Backtest) -> str:
    lines = [*result.sentences, f"Parameter set {result.parameter_set}.", ""]
    for item in result.outcomes:
        numbers = ""
        if item.low is not None and item.high is not None and item.observed is not None:
            numbers = f": {change_text(item.low)} to {change_text(item.high)}, observed {change_text(item.observed)}"
        sample = f" ({item.sample})" if item.sample else ""
        lines.append(f"{item.observation.id}  {item.verdict}{sample}{numbers}")
        lines.append(f"  {item.observation.outcome} ({item.observation.event}, {item.observation.source})")
        lines.append(f"  {item.sentence}")
    return "\n".join(lines) + "\n"
