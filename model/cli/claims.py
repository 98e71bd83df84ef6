"""The command `claims`: the articles' figures and what they imply."""

from __future__ import annotations

import argparse
from typing import Any

from model.catalogue.load import Catalogue
from model.claims.claims import claims, read_figure
from model.cli.parser import add_output, add_set, pairs
from model.text import claims_report


def add(commands: Any) -> None:
    """Hook the command into the command line."""
    parser = commands.add_parser("claims", help="the articles' figures and what they imply")
    add_set(parser, "a seed id or claims.* key")
    parser.add_argument("--baseline", default="claimed", help="growth of the undisturbed path")
    add_output(parser, run)


def run(catalogue: Catalogue, options: argparse.Namespace) -> str:
    overrides = {key: read_figure(catalogue, key, text) for key, text in pairs(options.set).items()}
    return claims_report.result_of(catalogue, claims(catalogue, overrides, options.baseline)).in_form(
        options.format
    )
