"""The commands `exports`, `firm` and `levers`: the sections of the industry page on the command line."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from typing import Any

from model import MODEL_VERSION
from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, parse_override, written
from model.cli.parser import add_output, add_set, pairs
from model.common.errors import InputError, choices
from model.common.numbers import money_range
from model.industry.calendar import OWN
from model.industry.draws import Values
from model.industry.firm import LOCKDOWN
from model.industry.words import (
    BASELINE,
    CALENDAR,
    KIND,
    PRESET,
    Section,
)
from model.text.firm_report import firm_sections, lever_sections
from model.text.industry_report import exports_sections, refusals
from model.text.report import amount_row, csv_text

HOME_OUTPUT = "measure.home_output"
# What each command reads, by how keys begin.
READS: dict[str, tuple[str, ...]] = {
    "exports": ("industry.", "freelance.", "talent.", "calendar."),
    "firm": ("firm.", HOME_OUTPUT),
    "levers": ("measure.", "calendar.", "firm.days_per_year"),  # seats at home turn years into working days
}
FIELDS = ("section", "table", "row", "label", "column", "unit", "value", "note")


def add(commands: Any) -> None:
    """Hook the three commands into the command line."""
    exports = commands.add_parser(
        "exports", help="exports, targets, VPN block, freelancers, talent, recurring cost"
    )
    exports.add_argument(
        "--baseline", default=BASELINE, help="growth of the undisturbed path (default last_year)"
    )
    firm = commands.add_parser("firm", help="what an outage costs one firm, and what a second line saves")
    firm.add_argument("--preset", default=PRESET, help="firm to start from (default software_house)")
    firm.add_argument(
        "--kind", default=KIND, help="kind of disruption, line_fault or lockdown (default full_blackout)"
    )
    firm.add_argument("--days", help="length of one outage in working days")
    levers = commands.add_parser(
        "levers", help="what continuity measures are worth, and the best mix under a budget"
    )
    levers.add_argument("--budget", help="M USD a year")
    for parser in (exports, levers):
        parser.add_argument(
            "--calendar", default=CALENDAR, help="disruptions of a year; own: calendar.* values"
        )
    for parser, run in ((exports, run_exports), (firm, run_firm), (levers, run_levers)):
        add_set(parser, "a key of data/industry.csv or measures.csv")
        add_output(parser, run)


def run_exports(catalogue: Catalogue, options: argparse.Namespace) -> str:
    industry = catalogue.industry
    chosen = {"calendar": options.calendar, "baseline": options.baseline}
    values = Values(catalogue, industry, overrides(industry, options.set, "exports", chosen))
    sections = exports_sections(catalogue, industry, values, options.calendar, options.baseline)
    return render(catalogue, sections, chosen, values.given, options.format)


def run_firm(catalogue: Catalogue, options: argparse.Namespace) -> str:
    industry = catalogue.industry
    chosen = {"preset": options.preset, "kind": options.kind}
    days = [] if options.days is None else [f"firm.outage_days={options.days}"]
    given = overrides(industry, [*options.set, *days], "firm", chosen)
    preset = industry.presets.get(options.preset)
    values = Values(catalogue, industry, given, preset.values if preset else None)
    sections = firm_sections(catalogue, industry, values, options.preset, options.kind)
    return render(catalogue, sections, chosen, given, options.format)


def run_levers(catalogue: Catalogue, options: argparse.Namespace) -> str:
    industry = catalogue.industry
    chosen = {"calendar": options.calendar}
    budget = [] if options.budget is None else [f"measure.budget_musd={options.budget}"]
    values = Values(catalogue, industry, overrides(industry, [*options.set, *budget], "levers", chosen))
    sections = lever_sections(catalogue, industry, values, options.calendar)
    return render(catalogue, sections, chosen, values.given, options.format)


def why_unread(key: str, command: str, chosen: Mapping[str, str]) -> tuple[str, str] | None:
    """Why a command would ignore a figure, and what to do instead; None where it reads it."""
    if key.startswith("calendar.") and "calendar." in READS[command]:
        if chosen.get("calendar") == OWN:
            return None
        return f"has no effect under the calendar {chosen.get('calendar')}", "with --calendar own"
    if key == HOME_OUTPUT and command == "firm":
        if chosen.get("kind") == LOCKDOWN:
            return None
        return f"has no effect on {chosen.get('kind')}", f"with --kind {LOCKDOWN}"
    if key.startswith(READS[command]):
        return None
    others = [name for name, reads in READS.items() if key.startswith(reads)]
    return f"is not read by {command}", f"with the command {' or '.join(others)}"


def read_by(command: str, chosen: Mapping[str, str], given: Mapping[str, Override]) -> dict[str, Override]:
    """Those of the moved figures that the command reads under these choices."""
    return {key: value for key, value in given.items() if why_unread(key, command, chosen) is None}


def overrides(
    industry: Industry, items: Sequence[str], command: str, chosen: Mapping[str, str]
) -> dict[str, Override]:
    """`key=value` arguments as checked values that the command reads; raises `InputError`."""
    values: dict[str, Override] = {}
    for key, text in pairs(items).items():
        if key not in industry.parameters:
            raise InputError(
                "--set", key, "is not a figure of the industry", choices(industry.parameters, key)
            )
        unread = why_unread(key, command, chosen)
        if unread is not None:
            raise InputError("--set", key, *unread)
        values[key] = parse_override(industry.parameters[key], text)
    return values


def provenance(
    catalogue: Catalogue, chosen: Mapping[str, str], given: Mapping[str, Override]
) -> dict[str, str]:
    """What every exported row repeats: choices, moved figures and versions."""
    moved = "&".join(f"{key}={written(value)}" for key, value in given.items())
    return {
        **chosen, "changed": moved or "nothing", "model_version": MODEL_VERSION,
        "data_version": catalogue.data_version,
        "sources": "data/industry.csv and data/measures.csv name the source of every figure; most are assumptions",
    }  # fmt: skip


def cells(section: Section) -> list[dict[str, Any]]:
    """A section as one number a row, with its unit."""
    rows: list[dict[str, Any]] = []
    for table in section.tables:
        for index, row in enumerate(table.rows):
            for column, value in row.items():
                if isinstance(value, int | float) or (value is None and column != "note"):
                    unit = row.get("unit") or table.units.get(column, "")
                    label = row.get("label") or row.get("set") or ""
                    note = "; ".join(row[name] for name in ("cost_basis", "note") if row.get(name))
                    rows.append(
                        {"section": section.name, "table": table.id, "row": index, "label": label, "column": column,
                         "unit": unit, "value": value, "note": note}
                    )  # fmt: skip
    for amount in section.amounts:
        for column in ("low", "median", "high"):
            rows.append(
                {"section": section.name, "table": "amounts", "row": amount.id, "label": amount.label,
                 "column": column, "unit": amount.unit, "value": getattr(amount, column),
                 "note": f"{amount.ledger}, {amount.basis}, {amount.period}"}
            )  # fmt: skip
    return rows


def render(
    catalogue: Catalogue, sections: Sequence[Section], chosen: Mapping[str, str], given: Mapping[str, Override],
    form: str,
) -> str:  # fmt: skip
    """The sections in one of the forms `text`, `json`, `csv`."""
    common = provenance(catalogue, chosen, given)
    if form == "csv":
        rows = [{**row, **common} for section in sections for row in cells(section)]
        return csv_text([*FIELDS, *common], rows)
    if form == "json":
        content = {
            **common,
            "sections": {
                section.name: {
                    "sentences": list(section.sentences),
                    "basis": section.basis,
                    "tables": {
                        table.id: {
                            "title": table.title,
                            "units": dict(table.units),
                            "rows": [dict(r) for r in table.rows],
                        }
                        for table in section.tables
                    },
                    "amounts": [amount_row(amount) for amount in section.amounts],
                }
                for section in sections
            },
            "refusals": refusals(sections),
        }
        return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    lines: list[str] = []
    for section in sections:
        lines += [section.name.capitalize(), *(f"  {text}" for text in (*section.sentences, *section.lines))]
        for amount in section.amounts:
            low, median, high = money_range(amount.low, amount.median, amount.high, amount.unit)
            spread = "" if amount.median is None else f"  ({low} to {high})"
            lines.append(f"  {amount.label:<66} {median:>12}{spread}  [{amount.ledger}, {amount.period}]")
        lines += [f"  Basis: {section.basis}.", ""]
    lines += [f"Not added: {text}" for text in refusals(sections)]
    lines.append(
        f"Assumptions unless a source is named; model {MODEL_VERSION}, data {catalogue.data_version}."
    )
    return "\n".join(lines) + "\n"
