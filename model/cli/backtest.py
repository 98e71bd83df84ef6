"""The command `backtest`: every measured outcome beside what the model says, the table that the page shows."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from model.catalogue.evidence import Evidence
from model.catalogue.load import Catalogue
from model.cli.parser import add_output
from model.common.errors import InputError
from model.evidence.backtest import backtest, read_outside
from model.evidence.other_methods import score_methods
from model.text.backtest_report import result_of


def add(commands: Any) -> None:
    """Hook the command into the command line."""
    parser = commands.add_parser("backtest", help="measured outcomes beside what the model says, misses kept")
    parser.add_argument(
        "--observations", metavar="FILE", help="your own outcomes, in the layout of data/observations.csv"
    )
    parser.add_argument(
        "--operators", metavar="FILE", help="what the model says to each, in the layout of data/operators.csv"
    )
    parser.add_argument(
        "--unrest",
        metavar="FILE",
        help="grades in the layout of data/unrest.csv (default: those of this project, by event)",
    )
    parser.add_argument(
        "--methods",
        action="store_true",
        help="the other published methods on the same rows too; as CSV, theirs alone",
    )
    add_output(parser, run)


def run(catalogue: Catalogue, options: argparse.Namespace) -> str:
    evidence = evidence_from(catalogue, options)
    methods = score_methods(catalogue, evidence) if options.methods else None
    return result_of(backtest(catalogue, evidence), methods).in_form(options.format)


def evidence_from(catalogue: Catalogue, options: argparse.Namespace) -> Evidence | None:
    """The tables that the command line names, None for those of the project; raises `InputError` or `DataError`."""
    files = {name: getattr(options, name) for name in ("observations", "operators", "unrest")}
    if not any(files.values()):
        return None
    for name, other in (("observations", "operators"), ("operators", "observations")):
        if files[name] is None:
            given = other if files[other] else "unrest"
            raise InputError(
                f"--{given}", files[given], f"needs --{name} too", f"--{given} FILE --{name} FILE"
            )
    unrest = None if files["unrest"] is None else Path(files["unrest"])
    return read_outside(catalogue, Path(files["observations"]), Path(files["operators"]), unrest)
