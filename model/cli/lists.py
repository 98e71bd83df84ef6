"""The command `list`: what can be chosen."""

from __future__ import annotations

import argparse
from typing import Any

from model.catalogue.load import Catalogue
from model.cli.parser import add_output
from model.scenario.events import load_events, load_starting_points
from model.scenario.scenario import Scenario
from model.text.writer import Result, table


def add(commands: Any) -> None:
    """Hook the command into the command line."""
    parser = commands.add_parser("list", help="what can be chosen")
    parser.add_argument("what", choices=tuple(LISTS))
    add_output(parser, run)


def run(catalogue: Catalogue, options: argparse.Namespace) -> str:
    rows = LISTS[options.what](catalogue)
    return Result(lambda: _lines(rows), lambda: rows, lambda: table(rows)).in_form(options.format)


def _lines(rows: list[dict[str, Any]]) -> list[str]:
    """The rows as columns of text."""
    named = [{name: name for name in rows[0]}, *rows]
    widths = {name: min(60, max(len(str(row[name])) for row in named)) for name in rows[0]}
    return ["  ".join(f"{row[name]!s:<{widths[name]}}" for name in rows[0]).rstrip() for row in named]


def _scenario_rows(catalogue: Catalogue) -> list[dict[str, Any]]:
    points = load_starting_points(catalogue).items()
    rows = [_named_row(name, "example", scenario) for name, scenario in points]
    return rows + [_named_row(event.id, "event", event.scenario) for event in load_events(catalogue)]


def _named_row(name: str, sort: str, scenario: Scenario) -> dict[str, Any]:
    header = scenario.header
    return {"name": name, "sort": sort, "title": header.title, "reference": header.reference}


def _parameter_rows(catalogue: Catalogue) -> list[dict[str, Any]]:
    names = (
        "key",
        "label",
        "unit",
        "low",
        "mode",
        "high",
        "min",
        "max",
        "distribution",
        "group",
        "status",
        "source",
    )
    return [
        {name: "" if getattr(item, name) is None else getattr(item, name) for name in names}
        for item in catalogue.parameters.values()
    ]


def _seed_rows(catalogue: Catalogue) -> list[dict[str, Any]]:
    names = ("id", "subject", "value", "low", "high", "unit", "role", "carried_by", "status")
    return [
        {name: "" if getattr(seed, name) is None else getattr(seed, name) for name in names}
        for seed in catalogue.seeds.values()
    ]


LISTS: dict[str, Any] = {
    "countries": lambda c: [
        {"iso3": r.iso3, "name": r.name, "income_group": r.income_group, "currency": r.currency,
         "available": r.available, "reason": r.reason}
        for r in c.countries.values()
    ],
    "kinds": lambda c: [{"key": r.key, "label": r.label, "family": r.family, "help": r.help} for r in c.kinds.values()],
    "sectors": lambda c: [
        {"key": r.key, "label": r.label, "dependence": r.dependence_mode, "recapture_ceiling": r.recapture_ceiling,
         "patience_days": r.patience_days, "user_mix": r.user_mix, "status": r.status}
        for r in c.sectors
    ],
    "parameters": _parameter_rows,
    "seeds": _seed_rows,
    "scenarios": _scenario_rows,
}  # fmt: skip
