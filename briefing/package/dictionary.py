"""What every column of the data package's tables, and every key of its JSON file, means."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from model.estimation.estimate import Estimate
from model.scenario.fields import FIELDS, HEADER

COLUMNS = ("table", "column", "unit", "description", "source")
Meaning = tuple[str, str]  # unit, description
TEXT, DATE, COUNT = "text", "date", "count"
UNIT_OF_ROW = "as the row's unit says"
RESULT_MONEY = "the money that currency.unit names"
PARAMETER = "model parameter"  # in place of a table, for what the estimate was computed with
NUMBERED = re.compile(r"_\d+(?=\.)")  # of the second scenario and those after it

# On every row of a table: how the numbers came about; and what stands in several tables.
EVERYWHERE: dict[str, Meaning] = {
    "scenario": (
        TEXT,
        "What differs from the page as it opens, as values of a link; `baseline` where nothing does",
    ),
    "country": (TEXT, "Name of the economy"),
    "model_version": (TEXT, "Version of the model"),
    "data_version": (TEXT, "Version of the tables behind it"),
    **{name: (FIELDS[name].unit, FIELDS[name].meaning) for name in ("seed", "draws")},
    "currency": (TEXT, "Money of the amounts, with rate and year where it is not US dollars"),
    "sources": (TEXT, "Where GDP, sector shares and export earnings come from, with years"),
    "warnings": (TEXT, "What to know about this scenario's inputs"),
    "standing": (
        TEXT,
        "How many of the inputs are assumptions or the reader's, and what the ends of every range are",
    ),
    "date": (DATE, "Day on which the file was made"),
    "id": (TEXT, "Short name of the amount, the same in every file"),
    "label": (TEXT, "The same in words"),
    "basis": (
        TEXT,
        "Type of cost: gross (before recovery), net (not recovered), lagged (lost later), coping (workarounds) …; "
        "different types are never added",
    ),
    "unit": (TEXT, "Unit of the numbers of the row: a money (ISO 4217), a share of GDP, work-days …"),
    "low": (UNIT_OF_ROW, "5% point of the simulations; empty where it is not measured"),
    "median": (UNIT_OF_ROW, "Median of the simulations; empty where it is not measured"),
    "high": (UNIT_OF_ROW, "95% point of the simulations; empty where it is not measured"),
    "days": ("days", "Length of one outage"),
}
TABLES: dict[str, dict[str, Meaning]] = {
    "result.csv": {
        "table": (TEXT, "What the row is: an amount, a point of the curve of the direct loss, an assumption"),
        "id": (TEXT, "Short name of the amount, or key of the assumption"),
        "ledger": (
            TEXT,
            "Type of money: output, receipts (export earnings), operating cost, fiscal; different ones are never added",
        ),
        "period": (TEXT, "Time that the amount covers"),
        "unit": (TEXT, "Unit of median, low, high and mean"),
        "contains": (TEXT, "Ids of the amounts that this one already holds"),
        "median": (UNIT_OF_ROW, "Median of the simulations; of an assumption the most likely value"),
        "low": (UNIT_OF_ROW, "5% point of the simulations; of an assumption the low end of its range"),
        "high": (UNIT_OF_ROW, "95% point of the simulations; of an assumption the high end of its range"),
        "mean": (UNIT_OF_ROW, "Mean of the simulations; empty for an assumption"),
        "days": ("days", "Length of one outage, for a point of the curve"),
        "status": (TEXT, "Of an assumption: measured, derived, assumption …, or reader where the value was typed"),
        "distribution": (TEXT, "Of an assumption: how it is drawn, or that it has no value"),
        "source": (TEXT, "Of an assumption: where it comes from, as ids of the project's list of sources"),
    },
    "sources.csv": {
        "title": (TEXT, "Title of the page or data set"),
        "publisher": (TEXT, "Who published it"),
        "date": (TEXT, "Date or year that it carries"),
        "licence": (TEXT, "Terms of use"),
        "url": (TEXT, "Address, empty where none is known"),
    },
    "data_dictionary.csv": {
        "table": (TEXT, f"File of this package, or `{PARAMETER}`"),
        "column": (TEXT, "Column of the table, path of the key in the JSON file, or key of the parameter"),
        "unit": (TEXT, "Unit of its values"),
        "description": (TEXT, "What it means"),
        "source": (TEXT, "Of a parameter: where it comes from, as ids of the project's list of sources"),
    },
    "charts/assumptions.csv": {
        "id": (TEXT, "Input that moves alone, or a group of inputs that move together"),
        "input_low": ("as input_unit says", "5% point of the input"),
        "input_high": ("as input_unit says", "95% point of the input"),
        "input_unit": (TEXT, "Unit of the input; `quantile` for a group"),
        "loss_at_low": (UNIT_OF_ROW, "Direct loss with the input at its 5% point, all others at their median"),
        "loss_at_high": (UNIT_OF_ROW, "Direct loss with the input at its 95% point, all others at their median"),
        "loss_at_medians": (UNIT_OF_ROW, "Direct loss with every input at its median"),
    },
    "charts/other-estimators.csv": {
        "method": (TEXT, "Published method, by author and year"),
        "result": (UNIT_OF_ROW, "What it says for this disruption; empty where it has no figure"),
        "status": (TEXT, "Whether the method is rebuilt, published or quoted"),
        "refusal": (TEXT, "Why it has no figure"),
    },
    "charts/measures.csv": {
        "id": (TEXT, "Key of the measure, or all of them together"),
        **{name: (UNIT_OF_ROW, f"Loss that it avoids: {point} of the simulations; below zero where it adds to the loss")
           for name, point in (("low", "5% point"), ("median", "median"), ("high", "95% point"))},
        "cost_per_year": (UNIT_OF_ROW, "Its cost a year; empty where none is known"),
        **{f"benefit_over_cost_{name}": ("x", f"Loss avoided over a year's cost: {point} of the simulations")
           for name, point in (("low", "5% point"), ("median", "median"), ("high", "95% point"))},
        "break_even_days": ("days", "Length from which it avoids more than a year's cost; empty if never"),
    },
    "charts/scenarios.csv": {
        "name": (TEXT, "Name of the scenario; the first is the one of this package"),
        **{f"difference_{name}": (UNIT_OF_ROW, f"What it costs more than the first: {point} of the differences, "
                                  "taken simulation by simulation; empty for the first itself")
           for name, point in (("low", "5% point"), ("median", "median"), ("high", "95% point"))},
    },
}  # fmt: skip
ENDS = {
    "low": "5% point of the simulations",
    "median": "median of the simulations",
    "high": "95% point of the simulations",
}
JSON: dict[str, Meaning] = {
    **{f"scenario.{name}": (row.unit, row.meaning) for name, row in FIELDS.items()},
    "scenario.set": ("as the parameter's unit", "Typed parameters, by key: a value, or low, mode, high"),
    **{f"scenario.header.{name}": (row.unit, row.meaning) for name, row in HEADER.items()},
    "headline": (TEXT, "The answer in a sentence, with what must be heard with it"),
    "guards": (TEXT, "What must be heard with the answer; here nothing but the headline"),
    "guards[].key": (TEXT, "What must be heard with the answer, by name"),
    "guards[].sentence": (TEXT, "The same as a sentence"),
    "standing.sentence": (TEXT, "How many of the inputs are assumptions"),
    "standing.inputs": ("count", "Parameters that enter the estimate"),
    "standing.assumptions": ("count", "Those whose status is assumption"),
    "standing.reader": ("count", "Those that the reader gave"),
    "standing.ranges": (TEXT, "What the two ends of every range are"),
    "model_version": EVERYWHERE["model_version"],
    "data_version": EVERYWHERE["data_version"],
    "currency.unit": ("ISO 4217 code", "Money of the amounts; a share of GDP where that is too old for money"),
    "currency.per_usd": ("units a US dollar", "Rate that the amounts were turned with"),
    "currency.note": (TEXT, "Which rate that is; empty for US dollars"),
    "inputs.gdp_usd": ("USD a year", "Gross domestic product"),
    "inputs.gdp_year": ("year", "Its year"),
    "inputs.gva_usd": ("USD a year", "Gross value added"),
    "inputs.it_export_receipts_usd": ("USD a year", "IT export earnings"),
    "inputs.it_export_receipts_measured": ("true or false", "Whether anyone measured them"),
    "warnings[]": EVERYWHERE["warnings"],
    **{f"amounts[].{name}": TABLES["result.csv"].get(name, EVERYWHERE.get(name, (TEXT, "")))
       for name in ("id", "label", "ledger", "basis", "period", "unit", "contains", "mean")},
    **{f"amounts[].{name}": (UNIT_OF_ROW, f"{point}, null where it is not measured")
       for name, point in ENDS.items()},
    "amounts[].mean": (UNIT_OF_ROW, "Mean of the simulations"),
    "curve.days": ("days", "Lengths of one outage"),
    **{f"curve.{name}": (RESULT_MONEY, f"Direct loss at each length: {point}")
       for name, point in ENDS.items()},
    "assumptions[].key": (TEXT, "Key of the parameter"),
    "assumptions[].label": EVERYWHERE["label"],
    "assumptions[].unit": (TEXT, "Unit of low, mode and high"),
    "assumptions[].low": (UNIT_OF_ROW, "Low end of the range, null without a value"),
    "assumptions[].mode": (UNIT_OF_ROW, "Most likely value, null without a value"),
    "assumptions[].high": (UNIT_OF_ROW, "High end of the range, null without a value"),
    **{f"assumptions[].{name}": TABLES["result.csv"][name] for name in ("distribution", "status", "source")},
    "levers": (TEXT, "Continuity measures; none is in use in this scenario"),
    "levers[].lever": (TEXT, "Key of a continuity measure that covers anything, or all of them together"),
    "levers[].label": EVERYWHERE["label"],
    "levers[].unit": (TEXT, "Money of the loss avoided and the cost"),
    **{f"levers[].avoided.{name}": (UNIT_OF_ROW, f"Loss avoided: {point}")
       for name, point in ENDS.items()},
    "levers[].cost_per_year": (UNIT_OF_ROW, "Its cost a year, null where none is known"),
    "levers[].ratio": ("x", "Loss avoided over a year's cost, null without a cost"),
    **{f"levers[].ratio.{name}": ("x", f"Loss avoided over a year's cost: {point}")
       for name, point in ENDS.items()},
    "levers[].break_even_days": ("days", "Length from which it avoids more than a year's cost, null if never"),
}  # fmt: skip


def rows_of(files: Mapping[str, str]) -> list[dict[str, str]]:
    """A row for each column of each table and for each key of the JSON files among these files."""
    rows = []
    for name, text in files.items():
        if name.endswith(".csv"):
            rows += [_row(name, column, meaning_of(name, column)) for column in header_of(text)]
        elif name.endswith(".json"):
            paths = dict.fromkeys(keys_of(json.loads(text)))
            rows += [_row(name, path, JSON.get(path, ("", ""))) for path in paths]
    return rows


def parameters_of(result: Estimate) -> list[dict[str, str]]:
    """A row for each parameter that entered an estimate."""
    rows = []
    for key, row in result.catalogue.parameters.items():
        if key in result.used:
            source = "typed by the reader" if key in result.scenario.assumptions else row.source
            rows.append(_row(PARAMETER, key, (row.unit, row.label)) | {"source": source})
    return rows


def header_of(text: str) -> list[str]:
    """The columns of a table as CSV."""
    return next(csv.reader(io.StringIO(text)))


def _row(table: str, column: str, meaning: Meaning) -> dict[str, str]:
    return dict(zip(COLUMNS, (table, column, *meaning, ""), strict=True))


def meaning_of(table: str, column: str) -> Meaning:
    """Unit and description of a column; the results of all scenarios of a comparison share theirs."""
    own = TABLES.get(NUMBERED.sub("", table), {})
    return own.get(column) or EVERYWHERE.get(column) or ("", "")


def keys_of(value: Any, path: str = "") -> Iterator[str]:
    """Paths of the keys that hold something: `amounts[].low`; what a reader typed stays under its one key."""
    if isinstance(value, dict) and path != "scenario.set":
        for key, inner in value.items():
            yield from keys_of(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for item in value:
            yield from keys_of(item, f"{path}[]")
    else:
        yield f"{path}[]" if path == "warnings" else re.sub(r"^\.", "", path)
