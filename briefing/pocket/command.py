"""The command `python -m briefing pocket`: the pocket edition as a folder that is a website."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from briefing import Made
from briefing.pocket.make import NAME, page
from model.catalogue.load import Catalogue
from model.cli.parser import Parser, program
from model.common.errors import InputError
from model.common.program import command


def parser() -> Parser:
    """The arguments of the command."""
    arguments = program(
        f"{command('briefing')} pocket",
        "One HTML file that says what a disruption costs, without a server or a connection.",
    )
    arguments.add_argument(
        "--to", metavar="DIR", required=True, help="folder to write index.html into; made when missing"
    )
    arguments.add_argument("--overwrite", action="store_true", help="replace an index.html that is there")
    arguments.add_argument("--date", help="date of the edition, YYYY-MM-DD (default: today)")
    return arguments


def made(catalogue: Catalogue, options: argparse.Namespace, day: date) -> Made:
    """The file. What would be refused in the end is refused before a minute of computing; raises `InputError`."""
    if (Path(options.to) / NAME).exists() and not options.overwrite:
        raise InputError("--to", NAME, "is there already", "another folder, or --overwrite")

    def tell(kind: str) -> None:
        print(f"computing: {catalogue.kinds[kind].label}", file=sys.stderr)

    return Made(NAME, "text/html", page(catalogue, day, tick=tell).encode())
