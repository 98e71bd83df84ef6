"""The commands `method` and `methods`: what another published method prints for a disruption."""

from __future__ import annotations

import argparse
import math
from typing import Any

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.catalogue.methods import Gdp, References
from model.cli.parser import add_output
from model.common.errors import InputError, choices
from model.common.ledger import counts
from model.common.numbers import as_given, money, percent
from model.estimation.economy import money_old
from model.methods import methods
from model.methods.base import APP_BLOCKS, Answer, Method, MethodRefusedError, Question, Refused
from model.scenario.durations import HOURS
from model.scenario.places import find_country
from model.scenario.readers import amount, kind_of, length, share, whole
from model.scenario.scenario import Scenario
from model.text.writer import Result, table

MAX_DAYS = 36_500  # several years of many cuts are published as one sum
MAX_USD = 1e16
SAME = 5e-3  # relative: days and hours printed beside each other are rounded
TIERS = ("low", "medium", "high")
NUMBERS: dict[str, tuple[float, str]] = {
    "gdp": (MAX_USD, "USD a year"), "digital_share": (1, "share of GDP"), "share": (1, "share of the country"),
    "traffic_lost": (1, "share of traffic"), "per_hour": (MAX_USD, "USD"), "per_day": (MAX_USD, "USD"),
}  # fmt: skip
# Which of an answer's inputs shows that a given figure was used.
SEEN_AS = {
    "gdp": "gdp_usd", "digital_share": "digital_share", "apps": "apps", "tier": "tier",
    "traffic_lost": "traffic_lost", "per_hour": "per_hour_usd", "per_day": "per_day_usd",
}  # fmt: skip


def add(commands: Any) -> None:
    """Hook both commands into the command line."""
    parser = commands.add_parser("method", help="what another published method prints")
    parser.add_argument("name", metavar="NAME", help="see: methods")
    parser.add_argument("--gdp", help="GDP in USD a year, such as 300bn, in place of the country's")
    parser.add_argument("--country", help=f"ISO3 code or name ({HOME} where no figure stands in for it)")
    parser.add_argument("--year", help="year of the country's GDP (default: the newest)")
    parser.add_argument("--days", help="days in all, or a length such as '36 hours' (default 1)")
    parser.add_argument("--hours", help="hours in all, or a length such as '3 days'")
    parser.add_argument("--kind", help="see: list kinds (default full_blackout; with --apps a block of apps)")
    parser.add_argument("--apps", help="number of platforms blocked")
    parser.add_argument("--share", help="affected share of the country (default 1)")
    parser.add_argument("--digital-share", help="share of GDP that the method counts, such as 0.049")
    parser.add_argument("--tier", help="connectivity: low, medium or high")
    parser.add_argument("--traffic-lost", help="share of traffic lost, 0 to 1")
    parser.add_argument("--per-hour", help="a quoted rate in USD, in place of the formula")
    parser.add_argument("--per-day", help="a quoted rate in USD, in place of the formula")
    add_output(parser, run_method)
    listing = commands.add_parser("methods", help="the other published methods and what they cannot express")
    add_output(listing, run_methods)


def question_from(catalogue: Catalogue, references: References, given: dict[str, str]) -> Question:
    """The question in the figures given; raises `InputError` for the first that cannot be used."""
    figures = {
        name: share(name, given[name], unit) if top == 1 else amount(name, given[name], top, "USD", unit)
        for name, (top, unit) in NUMBERS.items()
        if name in given
    }
    if "per_hour" in figures and "per_day" in figures:
        raise InputError("per_day", given["per_day"], "is given beside --per-hour", "one of the two")
    apps = whole("apps", given["apps"], 1, 10_000) if "apps" in given else None
    tier = given["tier"].strip().lower() if "tier" in given else None
    if tier is not None and tier not in TIERS:
        raise InputError("tier", given["tier"], "is not known", TIERS)
    blocks = {key: kind for key, kind in catalogue.kinds.items() if kind.topic == APP_BLOCKS}
    fits = [key for key, kind in blocks.items() if (kind.platforms == 1) == (apps == 1)]
    kind = kind_of(catalogue, "kind", given.get("kind") or (Scenario().kind if apps is None else fits[0]))
    if apps is not None and apps > 1 and kind not in blocks:
        raise InputError(
            "apps", apps, f"cannot be given for {kind}", f"only with {', '.join(sorted(blocks))}"
        )
    stands_in = {"gdp", "per_hour", "per_day"} & set(figures)
    iso3 = given.get("country") or (None if stands_in else HOME)
    country = find_country(catalogue, iso3) if iso3 else None
    year = whole("year", given["year"], 1960, 2100) if "year" in given else None
    if year is not None and country is None:
        raise InputError("year", year, "is given without a country", "--country beside --year")
    own = None
    if country is not None and not stands_in:
        own = _gdp(catalogue, references, country.iso3, year)
    return Question(
        kind=catalogue.kinds[kind], hours=_hours(given), country=country.iso3 if country else None,
        subregion=country.subregion if country else "", apps=apps, share=figures.get("share", 1.0),
        gdp=figures.get("gdp"), country_gdp=own, year=year, digital_share=figures.get("digital_share"),
        tier=tier, traffic_lost=figures.get("traffic_lost"), per_hour=figures.get("per_hour"),
        per_day=figures.get("per_day"), given=tuple(given),
    )  # fmt: skip


def _hours(given: dict[str, str]) -> float:
    most = MAX_DAYS * HOURS["day"]
    days = length("days", given.get("days", "1"), MAX_DAYS, "days")
    if "hours" not in given:
        return days * HOURS["day"]
    hours = length("hours", given["hours"], most, "hours")
    if "days" in given and not math.isclose(hours, days * HOURS["day"], rel_tol=SAME):
        raise InputError(
            "hours",
            given["hours"],
            f"is not as long as --days {given['days']}",
            "--days or --hours, or both for one length",
        )
    return hours


def _gdp(catalogue: Catalogue, references: References, iso3: str, year: int | None) -> Gdp:
    """The country's GDP of that year, by default the one of the estimate; raises `InputError`."""
    figure = catalogue.figures[iso3]["gdp"]
    if year is None and money_old(catalogue, iso3):
        raise InputError(
            "country", iso3, f"has a GDP of {figure.year}, which gives no amount in money of today",
            "--gdp beside it, or --year for a year of the past",
        )  # fmt: skip
    if year is None or year == figure.year:
        return Gdp(figure.value, figure.year, figure.source)
    gdp_figure = references.gdp(iso3, year)
    if gdp_figure is None:
        years = sorted(found_year for code, found_year in references.gdp_by_year if code == iso3)
        allowed = f"{years[0]} to {years[-1]}" if years else "no year"
        raise InputError("year", year, f"has no GDP of {iso3}", allowed)
    return gdp_figure


def run_method(catalogue: Catalogue, options: argparse.Namespace) -> str:
    """What the method prints; raises `InputError`, and `MethodRefusedError` where the method cannot answer."""
    every = methods()
    if options.name not in every:
        raise InputError("method", options.name, "is not known", choices(every, options.name, most=12))
    method, references = every[options.name], catalogue.methods
    names = (*NUMBERS, "apps", "tier", "kind", "country", "year", "days", "hours")
    given = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    question = question_from(catalogue, references, given)
    outcome = method.answer(question, references)
    if isinstance(outcome, Refused):
        raise MethodRefusedError(method.name, outcome)
    data = answer_dict(catalogue, references, method, question, outcome)
    result = Result(lambda: _lines(method, data, outcome), lambda: data, lambda: table([_flat(data)]))
    return result.in_form(options.format)


def _flat(data: dict[str, Any]) -> dict[str, Any]:
    """An answer in one row."""
    flat = {**data, **{f"input_{name}": value for name, value in data["inputs"].items()}}
    del flat["inputs"]
    flat |= {name: " ".join(flat[name]) for name in ("notes", "not_used")}
    return flat | _joined(data)


def _joined(data: dict[str, Any]) -> dict[str, str]:
    """Constants and limits of a method, each in one cell."""
    return {
        "constants": " ".join(row["id"] for row in data["constants"]),
        "cannot": "; ".join(f"{topic}: {why}" for topic, why in data["cannot"].items()),
    }


def not_used(question: Question, answer: Answer) -> list[str]:
    """Figures that were given and that the answer does not rest on."""
    unused = [
        name for name, seen in SEEN_AS.items() if name in question.given and answer.inputs.get(seen) is None
    ]
    years = {answer.inputs.get("gdp_year"), *(row.gdp_year for row in answer.constants)}
    if question.year is not None and question.year not in years:  # the year of a constant chooses it, too
        unused.append("year")
    return unused


def answer_dict(
    catalogue: Catalogue, references: References, method: Method, question: Question, answer: Answer
) -> dict[str, Any]:
    """The answer as plain data, with everything that it rests on."""
    gdp = answer.inputs.get("gdp_usd")
    share = None
    if isinstance(gdp, float) and gdp > 0 and question.hours > 0:
        share = answer.cost.median * HOURS["year"] / (question.hours * gdp)
    source = catalogue.sources[method.source]
    return {
        "method": method.name,
        "title": method.title,
        "cost_usd": answer.cost.median,
        "low": answer.cost.low,
        "high": answer.cost.high,
        "daily_gdp_share": share,
        "basis": method.basis,
        "basis_note": method.basis_note,
        "status": method.status,
        "formula": method.formula_text(references),
        "inputs": dict(answer.inputs),
        "not_used": not_used(question, answer),
        "constants": [
            {name: getattr(row, name) for name in ("id", "constant", "country", "value", "unit", "status", "source")}
            for row in answer.constants
        ],
        "notes": list(answer.notes),
        "cannot": method.limits(),
        "source": f"{source.title} ({source.publisher})",
        "url": source.url,
    }  # fmt: skip


def _lines(method: Method, data: dict[str, Any], answer: Answer) -> list[str]:
    figure = answer.cost.each(money).full
    share = data["daily_gdp_share"]
    lines = [
        f"{method.title} ({method.status}): {figure}, {counts(method.basis)}"
        + ("." if share is None else f", {percent(share)} of daily GDP a day."),
        f"What it counts: {method.basis_note} (our reading).",
        f"Formula: {data['formula']}.",
    ]
    for name, value in answer.inputs.items():
        lines.append(f"  {name:<18} {_figure(value)}")
    for row in answer.constants:
        value = _figure(int(row.value) if row.unit == "year" else row.value)
        source = row.source or "from memory"
        lines.append(f"  {row.constant:<18} {value} {row.unit} [{row.id}, {row.status}, {source}]")
    lines += [f"Note: {note}" for note in answer.notes]
    if data["not_used"]:
        lines.append(f"Given and not used: {', '.join(data['not_used'])}.")
    lines += [f"Cannot express {topic}: {why}." for topic, why in data["cannot"].items()]
    return [*lines, f"Source: {data['source']}, {data['url']}"]


def _figure(value: float | int | str | None) -> str:
    """A figure as it was given, or that it was not."""
    if value is None:
        return "not stated"
    if isinstance(value, str | int):
        return str(value)  # a year or a count
    return as_given(value)


def method_rows(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Every method with what it is, needs and cannot do."""
    references = catalogue.methods
    rows = []
    for method in methods().values():
        source = catalogue.sources[method.source]
        rows.append(
            {
                "name": method.name, "title": method.title, "status": method.status, "basis": method.basis,
                "basis_note": method.basis_note, "formula": method.formula_text(references),
                "inputs": list(method.inputs),
                "kinds": [key for key, kind in catalogue.kinds.items() if method.prices(kind)],
                "cannot": method.limits(),
                "source": f"{source.title} ({source.publisher})", "url": source.url,
                "constants": [row.model_dump() for row in references.of_method(method.name)],
            }
        )  # fmt: skip
    return rows


def run_methods(catalogue: Catalogue, options: argparse.Namespace) -> str:
    rows = method_rows(catalogue)
    result = Result(lambda: _listed(rows), lambda: rows, lambda: table(_flat_method(row) for row in rows))
    return result.in_form(options.format)


def _flat_method(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "inputs": " ".join(row["inputs"]), "kinds": " ".join(row["kinds"]), **_joined(row)}


def _listed(rows: list[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for row in rows:
        lines += [
            *([""] if lines else []),
            f"{row['name']}: {row['title']} [{row['status']}; {counts(row['basis'])}]",
            f"  formula: {row['formula']}",
            f"  prices:  {', '.join(row['kinds']) or 'only what it printed itself'}",
            *(f"  cannot express {topic}: {why}" for topic, why in row["cannot"].items()),
            f"  source:  {row['source']}, {row['url']}",
        ]
    return lines
