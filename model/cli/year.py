"""The command `year`: what a year of recorded events costs in a country, and how far such rates held."""

from __future__ import annotations

import argparse
import re
from typing import Any

from model.catalogue.load import Catalogue
from model.cli.events import LIST, add_reading, listed
from model.cli.parser import add_output, only_with
from model.cli.world import MEASURES
from model.common.errors import InputError
from model.rates.check import LAST_FITTED


def add(commands: Any) -> None:
    """Hook the command into the command line."""
    parser = commands.add_parser(
        "year", help="what a year of recorded events costs in a country, a bad year, the chance of none"
    )
    parser.add_argument("--country", help="ISO3 code or name")
    parser.add_argument("--every", action="store_true", help="instead: a table of every country")
    parser.add_argument(
        "--by",
        choices=MEASURES,
        help=f"with --every: the measure that gives the order (default {MEASURES[0]})",
    )
    parser.add_argument(
        "--events", metavar="FILE", help=f"your own record instead of the counts of this project: {LIST}"
    )
    add_reading(parser)
    parser.add_argument(
        "--check", action="store_true",
        help="instead: do rates fitted to the first years cover the counts of the later ones?",
    )  # fmt: skip
    parser.add_argument("--fitted-to", help=f"last year that the check fits (default {LAST_FITTED})")
    add_output(parser, run)


def run(catalogue: Catalogue, options: argparse.Namespace) -> str:
    """The text of the command; raises `InputError` where options do not fit together or the country is missing."""
    from model.rates import check  # the estimate takes a second to load, and the help should not wait for it
    from model.rates.everywhere import years_everywhere
    from model.rates.record import shipped_record
    from model.rates.year import cost_of_year
    from model.text import world_year_report
    from model.text.year_report import result_of, result_of_checks

    only_with(options, "--events", options.events is not None, "layout", "until")
    only_with(options, "--every", options.every, "by")
    only_with(options, "--check", options.check, "fitted-to")
    record = shipped_record(catalogue)
    if options.events is not None:
        from model.lists.counted import counted

        record = counted(catalogue, listed(catalogue, options.events, options))
    last = last_fitted(options.fitted_to)
    asked = {"--country": options.country is not None, "--every": options.every, "--check": options.check}
    if sum(asked.values()) > 1:
        given = " and ".join(name for name, is_there in asked.items() if is_there)
        raise InputError("command line", given, "cannot be used together", "one of them")
    if options.check:
        checks = (
            check.check_shipped(catalogue, record, last)
            if record.shipped
            else (check.check_record(record, last),)
        )
        return result_of_checks(catalogue, checks).in_form(options.format)
    if options.every:
        years = years_everywhere(catalogue, record)
        by = options.by or MEASURES[0]
        return world_year_report.result_of(catalogue, record, years, by).in_form(options.format)
    if options.country is None:
        raise InputError("--country", "", "is missing", "an ISO3 code or name, --every, or --check")
    checks = (check.check_record(record),) if record.shipped else ()
    return result_of(catalogue, cost_of_year(catalogue, options.country, record), checks).in_form(
        options.format
    )


def last_fitted(text: str | None) -> int:
    """The year that the command line names; raises `InputError`."""
    if text is None:
        return LAST_FITTED
    if not re.fullmatch(r"[0-9]{4}", text.strip()):
        raise InputError("--fitted-to", text, "is no year", f"a year such as {LAST_FITTED}")
    return int(text)
