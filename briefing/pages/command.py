"""The files of a page on the command line: `python -m briefing --page world --by share --to DIR`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from briefing.pages import compare, events, industry, world
from briefing.pages.arguments import OWN_ARGUMENTS, of_others
from briefing.pages.content import Frame, PageContent
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, parse_override, written
from model.claims import sentences as claimed
from model.claims.bridge import bridge
from model.claims.claims import claims
from model.cli.parser import named_scenario, only_with, pairs
from model.common.errors import InputError, choices
from model.common.files import bytes_of
from model.compare.league import league
from model.estimation.estimate import estimate
from model.estimation.world import world as priced
from model.evidence import trends
from model.industry.calendar import OWN
from model.industry.clients import block
from model.industry.draws import Values
from model.industry.exports import baselines
from model.industry.firm_outage import FAULT
from model.industry.words import BASELINE, CALENDAR, PRESET
from model.layouts.files import MAX_FILE
from model.lists.priced import price
from model.lists.reading import AUTO, read_list
from model.lists.shipped import shipped_list
from model.scenario.comparison import SECTIONS, Comparison, parse_countries, parse_durations, to_link
from model.scenario.durations import MAX_HOURS
from model.scenario.link import to_query
from model.scenario.scenario import Scenario
from model.text import firm_report, industry_report
from model.text.lists_report import ListReport

SHOWN_BY = {
    "beside": "scenarios",
    "durations": "durations",
    "countries": "places",
}  # the part that each is of
DAYS, YEAR = "industry.vpn_block_days", 365.0


def content_of(catalogue: Catalogue, options: argparse.Namespace, day: date, address: str) -> PageContent:
    """The content of the page that the arguments name; raises `InputError`, also for what another page reads."""
    own = OWN_ARGUMENTS[options.page]
    for name in of_others(own):
        if given := getattr(options, name):
            read = f"is not read by --page {options.page}"
            raise InputError(f"--{name}", given, read, [f"--{option}" for option in own])
    makers = {"compare": _compare, "world": _world, "events": _events, "firm": _firm, "pakistan": _pakistan}
    return makers[options.page](catalogue, options, day, address)


def _compare(catalogue: Catalogue, options: Any, day: date, address: str) -> PageContent:
    scenario = named_scenario(catalogue, options.scenario)
    others = tuple(named_scenario(catalogue, name) for name in options.beside)
    implied = [part for name, part in SHOWN_BY.items() if getattr(options, name)]
    show = options.show or next(iter(implied), SECTIONS[0])
    for name, part in SHOWN_BY.items():
        only_with(options, f"--show {part}", show == part, name)
    beside = Comparison(show=show, others=others)
    given: dict[str, Any] = {}
    if options.durations:
        given["durations"] = parse_durations(options.durations)
    if options.countries:
        given["countries"] = parse_countries(catalogue, options.countries)
    beside = Comparison(**{**vars(beside), **given})
    rows = compare.rows_of(catalogue, scenario, beside)
    return compare.content(rows, show, Frame(day, address, to_link(scenario, beside)))


def _world(catalogue: Catalogue, options: Any, day: date, address: str) -> PageContent:
    scenario = named_scenario(catalogue, options.scenario)
    by = options.by or "usd"
    if scenario.regions:
        allowed = "a share of each country: place"
        raise InputError("--scenario", ", ".join(scenario.regions), "is of one country alone", allowed)
    plain = scenario.with_changes(currency="USD", old_money=None)
    query = to_query(scenario) | ({} if by == "usd" else {"world.measure": by})
    return world.content(league(priced(catalogue, plain), by), Frame(day, address, query))


def _events(catalogue: Catalogue, options: Any, day: date, address: str) -> PageContent:
    listed = shipped_list(catalogue)
    if options.list:
        data = bytes_of("--list", Path(options.list), "a list of events: CSV, XLSX or JSON", MAX_FILE)
        listed = read_list(catalogue, Path(options.list).name, data, AUTO)
    return events.content(
        ListReport(price(catalogue, listed)), Frame(day, address, {}), own=bool(options.list)
    )


def _given(catalogue: Catalogue, options: Any, starts: tuple[str, ...]) -> dict[str, Override]:
    """`--set` as checked figures of the industry; those of another page are refused."""
    rows, values = catalogue.industry.parameters, {}
    for key, text in pairs(options.set).items():
        if key not in rows or not key.startswith(starts):
            names = [name for name in rows if name.startswith(starts)]
            raise InputError("--set", key, f"is no figure of --page {options.page}", choices(names, key))
        values[key] = parse_override(rows[key], text)
    return values


def _firm(catalogue: Catalogue, options: Any, day: date, address: str) -> PageContent:
    tables = catalogue.industry
    chosen = {"preset": options.preset or PRESET, "kind": options.kind or FAULT}
    given = _given(catalogue, options, ("firm.", "measure.home_output"))
    preset = firm_report.pick_preset(tables, chosen["preset"])
    values = Values(catalogue, tables, given, preset.values)
    sections = firm_report.firm_sections(catalogue, tables, values, chosen["preset"], chosen["kind"])
    query = {f"industry.{name}": value for name, value in chosen.items()}
    return industry.firm(catalogue, sections, chosen, given, Frame(day, address, query | _written(given)))


def _pakistan(catalogue: Catalogue, options: Any, day: date, address: str) -> PageContent:
    tables = catalogue.industry
    chosen = {"calendar": options.calendar or CALENDAR, "baseline": options.baseline or BASELINE}
    starts = ("industry.", "freelance.", "talent.", "measure.", "firm.days_per_year")
    given = _given(catalogue, options, (*starts, "calendar.") if chosen["calendar"] == OWN else starts)
    length = given.setdefault(DAYS, YEAR)
    days = float(length[1] if isinstance(length, tuple) else length)
    values = Values(catalogue, tables, given)
    articles = claims(catalogue, {"claims.vpn_block_days": days}, chosen["baseline"])
    base = trends.pick(baselines(catalogue, values), chosen["baseline"])
    result = estimate(catalogue, Scenario(kind="vpn_block", hours=min(days * 24, MAX_HOURS)))
    prices = bridge(days, articles, result, block(values, base).amounts)
    sections = [
        *industry_report.exports_sections(catalogue, tables, values, chosen["calendar"], chosen["baseline"]),
        *firm_report.lever_sections(catalogue, tables, values, chosen["calendar"]),
    ]
    query = {f"industry.{name}": value for name, value in chosen.items()} | _written(given)
    return industry.pakistan(
        catalogue, prices, articles, claimed.block_headline(catalogue, prices, articles), sections, chosen, given,
        Frame(day, address, query),
    )  # fmt: skip


def _written(given: Mapping[str, Override]) -> dict[str, str]:
    return {key: written(value) for key, value in given.items()}
