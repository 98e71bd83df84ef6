"""The arguments of the command line that say of which page the files are, and what is set on it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from briefing.pages import PAGES
from model.cli.parser import add_set
from model.cli.world import MEASURES
from model.industry.firm_outage import FAULT
from model.industry.words import BASELINE, CALENDAR, PRESET
from model.scenario.comparison import SECTIONS

OWN_ARGUMENTS = {  # of each page, beside those of every page
    "compare": ("scenario", "show", "durations", "countries", "beside"), "world": ("scenario", "by"),
    "events": ("list",), "firm": ("preset", "kind", "set"), "pakistan": ("calendar", "baseline", "set"),
}  # fmt: skip


OF_ESTIMATE = ("scenario", "beside")  # what of them an estimate reads too


def of_others(names: Iterable[str]) -> list[str]:
    """The arguments that a page alone reads, but for these."""
    return sorted({name for own in OWN_ARGUMENTS.values() for name in own} - set(names))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Hook them into a parser; `briefing.pages.command` reads them."""
    parser.add_argument(
        "--page", choices=tuple(PAGES), help="the files of a page instead of those of an estimate"
    )
    parser.add_argument("--show", choices=SECTIONS[:4], help="part of the page compare (default: durations)")
    parser.add_argument("--durations", help="lengths to compare, such as 6h,1d,3d")
    parser.add_argument("--countries", help="countries to compare, such as IND,KEN")
    parser.add_argument(
        "--by", choices=MEASURES, help="measure that gives the order of the world (default usd)"
    )
    parser.add_argument(
        "--list", metavar="FILE", help="your own list of events (default: the documented ones)"
    )
    parser.add_argument("--preset", help=f"firm to start from (default {PRESET})")
    parser.add_argument("--kind", help=f"what hits the firm (default {FAULT})")
    parser.add_argument(
        "--calendar", help=f"disruptions of a year (default {CALENDAR}); own: calendar.* values"
    )
    parser.add_argument("--baseline", help=f"growth of undisturbed exports (default {BASELINE})")
    add_set(parser, "a figure of the firm or of the industry")
