"""The command `estimate`: what a disruption costs. Its arguments are the fields of a scenario."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from typing import Any

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, parse_override
from model.cli.parser import add_output, add_set, named_scenario, only_with, pairs
from model.common.errors import InputError, choices
from model.language.language import available, language_of
from model.scenario.fields import BEGINS, ENDS, ENDS_OF, FIELDS, Flag, exclusive, with_ends
from model.scenario.scenario import Scenario, checked


def add(commands: Any) -> None:
    """Hook the command into the command line."""
    parser = commands.add_parser("estimate", help="what a disruption costs")
    add_fields(parser, FIELDS)
    parser.add_argument(
        "--language", help=f"the text to paste in this language first, one of {', '.join(available())}"
    )
    add_output(parser, run)


def add_fields(parser: argparse.ArgumentParser, names: Iterable[str]) -> None:
    """An argument for each of these fields of a scenario, for its parameters, and for the file where it begins."""
    groups: dict[str, Any] = {}
    for name in names:
        row, rivals = FIELDS[name], exclusive(name)
        group = next((groups[other] for other in rivals if other in groups), None)
        if group is None:
            alone = len(row.flags) < 2 and not rivals
            group = parser if alone else parser.add_mutually_exclusive_group()
        groups[name] = group
        for flag in row.flags:
            group.add_argument(flag.name, help=flag.help, **_action(flag))
    for end in ENDS_OF:
        parser.add_argument(end.flag.name, help=end.flag.help, dest=end.key)
    add_set(parser, "k=v pins, k=low:mode:high replaces")
    parser.add_argument("--scenario", help="a scenario file (TOML) to start from, or the name of an example")


def _action(flag: Flag) -> dict[str, Any]:
    if flag.constant is not None:
        return {"action": "store_const", "const": flag.constant}
    return {"action": "append"} if flag.repeated else {}


def scenario_from(catalogue: Catalogue, options: argparse.Namespace) -> Scenario:
    """The scenario of the command line: a file's, with the other arguments on top; raises `InputError`."""
    scenario = named_scenario(catalogue, options.scenario)
    changes: dict[str, Any] = {}
    for name, row in FIELDS.items():
        for flag in row.flags:
            given = getattr(options, flag.destination, None)
            if given is None:
                continue
            changes |= {other: FIELDS[other].default for other in exclusive(name)}
            changes[name] = given if flag.constant is not None else flag.read(given)
            if changes[name] == ():
                raise InputError(
                    row.key, given[0], f"names no {row.key}", choices(catalogue.regions, most=10)
                )
    begins, ends = (getattr(options, end.key) for end in ENDS_OF)
    if begins is not None or ends is not None:
        if "start" in changes:
            raise InputError("--start", options.start, "cannot be given beside --from", "one of them")
        names = (BEGINS.flag.name, ENDS.flag.name)
        span, note = with_ends(begins or "", ends or "", names, sized="hours" in changes)
        changes |= span
        if note:
            print(note, file=sys.stderr)
    assumptions: dict[str, Override] = dict(scenario.assumptions)
    for key, text in pairs(options.set).items():
        if key not in catalogue.parameters:
            allowed = f"{choices(catalogue.parameters, key)}; see: list parameters"
            raise InputError("--set", key, "is not a parameter", allowed)
        assumptions[key] = parse_override(catalogue.parameters[key], text)
    return scenario.with_changes(**changes, assumptions=assumptions)


def run(catalogue: Catalogue, options: argparse.Namespace) -> str:
    only_with(options, "--format text or json", options.format != "csv", "language")
    scenario = scenario_from(catalogue, options)  # what cannot be used is answered before the slow imports
    scenario = checked(catalogue, scenario)
    language = language_of(options.language, scenario.country) if options.language else None
    from model.estimation.estimate import estimate
    from model.text import report, sentence

    result = estimate(catalogue, scenario)
    texts = None if language is None else sentence.texts_of(result, language, date.today(), "")
    return report.result_of(result, texts).in_form(options.format)
