"""The command `backtest`: every measured outcome beside what the model says, the table that the page shows."""

from __future__ import annotations

import argparse
from typing import Any

from model.catalogue.load import Catalogue
from model.cli.parser import add_output
from model.evidence.backtest import backtest
from model.text.backtest_report import result_of


def add(commands: Any) -> None:
    """Hook the command into the command line."""
    parser = commands.add_parser("backtest", help="measured outcomes beside what the model says, misses kept")
    add_output(parser, run)


def run(catalogue: Catalogue, options: argparse.Namespace) -> str:
    return result_of(backtest(catalogue)).in_form(options.format)
