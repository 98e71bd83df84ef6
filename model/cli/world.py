"""The command `world`: one disruption in every economy, by any measure, with totals."""

from __future__ import annotations

import argparse
from typing import Any

from model.catalogue.load import Catalogue
from model.cli.estimate import add_fields, scenario_from
from model.cli.parser import add_output
from model.common.errors import InputError
from model.scenario.fields import FIELDS

OF_ONE_COUNTRY = ("country", "regions", "currency", "old_money")
MEASURES = ("share", "usd", "per_head", "per_day")


def add(commands: Any) -> None:
    """Hook the command into the command line."""
    parser = commands.add_parser("world", help="what a disruption costs in every economy, with totals")
    add_fields(parser, [name for name in FIELDS if name not in OF_ONE_COUNTRY])
    parser.add_argument(
        "--by", choices=MEASURES, default=MEASURES[0], help="the measure that gives the order"
    )
    add_output(parser, run)


def run(catalogue: Catalogue, options: argparse.Namespace) -> str:
    """The text of the command; raises `InputError`, also for a scenario of regions, which only one country has."""
    scenario = scenario_from(catalogue, options)
    if scenario.regions:
        raise InputError(
            "region", scenario.regions[0], "is of one country alone", "a share of each country: --place"
        )
    from model.compare.league import league  # a second to load, and a list should not wait for it
    from model.estimation.world import world
    from model.text.world_report import result_of

    return result_of(league(world(catalogue, scenario), options.by)).in_form(options.format)
