"""The command `year`: what a year of recorded events costs in a country, and how far such rates held."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from model.catalogue.load import Catalogue
from model.cli.parser import add_output
from model.common.errors import InputError
from model.rates.check import LAST_FITTED


def add(commands: Any) -> None:
    """Hook the command into the command line."""
    parser = commands.add_parser(
        "year", help="what a year of recorded events costs in a country, a bad year, the chance of none"
    )
    parser.add_argument("--country", help="ISO3 code or name")
    parser.add_argument(
        "--events", metavar="FILE",
        help="your own list: CSV with iso3, kind, year, hours, share (of the economy; both may be empty)",
    )  # fmt: skip
    parser.add_argument(
        "--check", action="store_true",
        help="instead: do rates fitted to the first years cover the counts of the later ones?",
    )  # fmt: skip
    parser.add_argument("--fitted-to", help=f"last year that the check fits (default {LAST_FITTED})")
    add_output(parser, run)


def run(catalogue: Catalogue, options: argparse.Namespace) -> str:
    from model.rates import check  # the estimate takes a second to load, and the help should not wait for it
    from model.rates.record import read_events, shipped_record
    from model.rates.year import cost_of_year
    from model.text.year_report import result_of, result_of_checks

    record = (
        shipped_record(catalogue) if options.events is None else read_events(catalogue, Path(options.events))
    )
    last = last_fitted(options.fitted_to)
    if options.check:
        if options.country is not None:
            raise InputError("--country", options.country, "has no use with --check", "one of the two")
        checks = (
            check.check_shipped(catalogue, record, last)
            if record.shipped
            else (check.check_record(record, last),)
        )
        return result_of_checks(catalogue, checks).in_form(options.format)
    if options.fitted_to is not None:
        raise InputError("--fitted-to", options.fitted_to, "has no use without --check", "with --check")
    if options.country is None:
        raise InputError("--country", "", "is missing", "an ISO3 code or name, or --check")
    checks = (check.check_record(record),) if record.shipped else ()
    return result_of(catalogue, cost_of_year(catalogue, options.country, record), checks).in_form(
        options.format
    )


def last_fitted(text: str | None) -> int:
    """The year that the command line names; raises `InputError`."""
    if text is None:
        return LAST_FITTED
    if not text.strip().isdigit():
        raise InputError("--fitted-to", text, "is no year", f"a year such as {LAST_FITTED}")
    return int(text)
