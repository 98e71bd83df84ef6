"""The command `economies`: one disruption in every economy, sorted by its share of GDP."""

from __future__ import annotations

import argparse
from typing import Any

from model.catalogue.load import Catalogue
from model.cli.parser import add_output
from model.scenario.fields import FIELDS
from model.scenario.scenario import BASELINE, checked

CHOSEN = ("kind", "hours", "draws")


def add(commands: Any) -> None:
    """Hook the command into the command line."""
    parser = commands.add_parser(
        "economies", help="one disruption in every economy, sorted by its share of GDP"
    )
    for name in CHOSEN:
        flags = FIELDS[name].flags
        group = parser if len(flags) < 2 else parser.add_mutually_exclusive_group()
        for flag in flags:
            group.add_argument(flag.name, help=flag.help)
    add_output(parser, run)


def run(catalogue: Catalogue, options: argparse.Namespace) -> str:
    given = {
        name: flag.read(text)
        for name in CHOSEN
        for flag in FIELDS[name].flags
        if (text := getattr(options, flag.destination)) is not None
    }
    from model.compare.economies import (
        in_every_economy,  # a second to load, and a list should not wait for it
    )
    from model.text.economies_report import result_of

    scenario = checked(catalogue, BASELINE.with_changes(**given))
    return result_of(catalogue, scenario, in_every_economy(catalogue, scenario)).in_form(options.format)
