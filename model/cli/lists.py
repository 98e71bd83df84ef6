"""The command `list`: what can be chosen."""

from __future__ import annotations

import argparse
import csv
import io
import json
from typing import Any

from model.catalogue.load import Catalogue
from model.cli.parser import add_output
from model.scenario.events import load_events
from model.scenario.file import read_file
from model.scenario.scenario import Scenario


def add(commands: Any) -> None:
    """Hook the command into the command line."""
    parser = commands.add_parser("list", help="what can be chosen")
    parser.add_argument("what", choices=tuple(LISTS))
    add_output(parser, run)


def run(catalogue: Catalogue, options: argparse.Namespace) -> str:
    rows = LISTS[options.what](catalogue)
    if options.format == "json":
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    header = list(rows[0])
    if options.format == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()
    widths = {
        name: max(len(str(row[name])) for row in [*rows, dict(zip(header, header, strict=True))])
        for name in header
    }
    named = [dict(zip(header, header, strict=True)), *rows]
    lines = [
        "  ".join(f"{row[name]!s:<{min(widths[name], 60)}}" for name in header).rstrip() for row in named
    ]
    return "\n".join(lines) + "\n"


def _scenario_rows(catalogue: Catalogue) -> list[dict[str, Any]]:
    rows = []
    for path in sorted((catalogue.root / "data" / "scenarios").glob("*.toml")):
        rows.append(_named_row(path.stem, "starting point", read_file(catalogue, path)))
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
