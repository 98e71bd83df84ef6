"""The commands `exports`, `firm` and `levers`: the sections of the industry page on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, parse_override
from model.cli.parser import add_output, add_set, pairs
from model.common.errors import InputError, choices
from model.common.numbers import MILLION
from model.industry.calendar import OWN
from model.industry.draws import Values
from model.industry.firm_outage import LOCKDOWN
from model.industry.words import (
    BASELINE,
    CALENDAR,
    KIND,
    PRESET,
)
from model.reading.numbers import amount_of
from model.scenario.durations import LengthUnit, without_unit
from model.scenario.readers import kind_of
from model.text.firm_report import firm_sections, lever_sections
from model.text.industry_report import exports_sections, result_of

HOME_OUTPUT = "measure.home_output"
# What each command reads, by how keys begin.
READS: dict[str, tuple[str, ...]] = {
    "exports": ("industry.", "freelance.", "talent.", "calendar."),
    "firm": ("firm.", HOME_OUTPUT),
    "levers": ("measure.", "calendar.", "firm.days_per_year"),  # seats at home turn years into working days
}


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
    firm.add_argument("--days", help="length of one outage in working days, such as 3")
    firm.add_argument("--outages", help="outages a year (default 5)")
    firm.add_argument(
        "--hours", help="working hours that each outage of the year hits, such as 2.5 (default 4)"
    )
    levers = commands.add_parser(
        "levers", help="what continuity measures are worth, and the best mix under a budget"
    )
    levers.add_argument("--budget", help="M USD a year, or an amount such as '$3 million'")
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
    return result_of(catalogue, sections, chosen, values.given).in_form(options.format)


def run_firm(catalogue: Catalogue, options: argparse.Namespace) -> str:
    industry = catalogue.industry
    kind = options.kind
    with suppress(
        InputError
    ):  # what hits a firm alone is no kind of the model; `firm` lists all that it knows
        kind = kind_of(catalogue, "kind", kind)
    chosen = {"preset": options.preset, "kind": kind}
    named = {
        "firm.outage_days": _working(options.days, "days"), "firm.outages_per_year": options.outages,
        "firm.outage_hours": _working(options.hours, "hours"),
    }  # fmt: skip
    typed = [f"{key}={text}" for key, text in named.items() if text is not None]
    given = overrides(industry, [*options.set, *typed], "firm", chosen)
    preset = industry.presets.get(options.preset)
    values = Values(catalogue, industry, given, preset.values if preset else None)
    sections = firm_sections(catalogue, industry, values, options.preset, kind)
    return result_of(catalogue, sections, chosen, given).in_form(options.format)


def _working(text: str | None, counted: LengthUnit) -> str | None:
    """A length in working days or hours: `3 days` is 3, but what 36 hours of work are, no unit says."""
    return None if text is None else without_unit(text, counted)


def run_levers(catalogue: Catalogue, options: argparse.Namespace) -> str:
    industry = catalogue.industry
    chosen = {"calendar": options.calendar}
    budget = []
    if options.budget is not None:
        musd = amount_of("--budget", options.budget, "millions such as 3 or 59.5, or $3M", "USD", MILLION)
        budget = [f"measure.budget_musd={musd!r}"]
    values = Values(catalogue, industry, overrides(industry, [*options.set, *budget], "levers", chosen))
    sections = lever_sections(catalogue, industry, values, options.calendar)
    return result_of(catalogue, sections, chosen, values.given).in_form(options.format)


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
