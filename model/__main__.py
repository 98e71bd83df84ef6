"""The command line: the same answers as the screen. `python -m model --help` lists the commands."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from model import MODEL_VERSION
from model.catalogue.load import Catalogue, load, shipped_file
from model.catalogue.parameters import Override, parse_override, read_override
from model.common.errors import InputError, choices
from model.scenario.events import load_events
from model.scenario.file import read_file
from model.scenario.readers import number
from model.scenario.scenario import BASELINE, Scenario

# Commands that stand in modules of their own, read only when one of them (or the help) is asked for: an estimate
# should not wait for the back-tests.
ELSEWHERE = {
    ("method", "methods"): ("model.cli.methods", "add_method_commands"),
    ("exports", "firm", "levers"): ("model.cli.industry", "add_industry_commands"),
    ("backtest",): ("model.cli.backtest", "add_backtest_command"),
}
HERE = ("estimate", "claims", "list")


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, with exit code 2; takes no argument twice, save those that collect."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.register("action", None, Once)

    def error(self, message: str) -> NoReturn:
        raise UsageError("command line", message, "cannot be used", f"see {self.prog} --help")


class Once(argparse.Action):
    """Keeps an argument's value and refuses a second one, which would silently replace the first."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: str | None = None) -> None:
        if getattr(namespace, self.dest) is not self.default:
            raise UsageError(
                "command line", f"argument {option_string}: given twice", "", f"see {parser.prog} --help"
            )
        setattr(namespace, self.dest, values)


class UsageError(InputError):
    """A command line that does not parse; the parser's own words already name the argument."""

    def __str__(self) -> str:
        return f"{self.field}: {' '.join(str(self.value).split())}; {self.allowed}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked, 2 after one clear line on standard error."""
    try:
        given = list(sys.argv[1:] if arguments is None else arguments)
        options = _parser(given[0] if given else "").parse_args(given)
        text = options.run(load(), options)
        if options.out is not None:
            _write(Path(options.out), text)
        else:
            sys.stdout.write(text)
            sys.stdout.flush()
    except InputError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of the pipe has seen enough
        sys.stderr.close()
    return 0


def _parser(command: str) -> Parser:
    """The parser for a command line that begins with `command`, which may be any word."""
    parser = Parser(
        prog="python -m model", description="What an internet disruption costs, as a range with a basis."
    )
    parser.add_argument("--version", action="version", version=MODEL_VERSION)
    commands = parser.add_subparsers(
        required=True,
        metavar="estimate | claims | exports | firm | levers | method | methods | backtest | list",
        parser_class=Parser,
    )
    _add_estimate(commands)
    claims = commands.add_parser("claims", help="the articles' figures and what they imply")
    claims.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="a seed id or claims.* key"
    )
    claims.add_argument("--baseline", default="claimed", help="growth of the undisturbed path")
    _add_output(claims)
    claims.set_defaults(run=run_claims)
    for names, (module, function) in ELSEWHERE.items():
        if command in names or command not in HERE:
            getattr(import_module(module), function)(commands, _add_output)
    listing = commands.add_parser("list", help="what can be chosen")
    listing.add_argument("what", choices=tuple(LISTS))
    _add_output(listing)
    listing.set_defaults(run=run_list)
    return parser


def _add_estimate(commands: Any) -> None:
    parser = commands.add_parser("estimate", help="what a disruption costs")
    parser.add_argument("--country", help="ISO3 code or name (default PAK)")
    parser.add_argument("--kind", help="see: list kinds")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--days", help="days of one spell")
    length.add_argument("--hours", help="hours of one spell")
    parser.add_argument("--spells", help="number of spells (default 1)")
    parser.add_argument("--gap-days", help="days between spells (default 7)")
    parser.add_argument("--ratio", help="service quality of a slowdown, now over before")
    parser.add_argument("--capacity-lost", help="share of international capacity lost in a cable cut")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--region", action="append", help="region of Pakistan; repeat or separate by commas")
    where.add_argument("--place", help="affected share of the country")
    parser.add_argument("--start", help="local start time, such as 2026-01-05T10:00")
    parser.add_argument("--not-ordered", action="store_true", help="no authority ordered it")
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="k=v pins, k=low:mode:high replaces"
    )
    parser.add_argument(
        "--scenario", help="a scenario file (TOML) to start from, or the name of a shipped one"
    )
    parser.add_argument("--draws", help="number of draws (default 4096)")
    parser.add_argument("--seed", help="seed of the draws (default 1)")
    parser.add_argument("--currency", help="USD or the country's own")
    _add_output(parser)
    parser.set_defaults(run=run_estimate)


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    parser.add_argument("--out", help="write to this file instead of the screen")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise InputError(
            "--out", str(path), problem.strerror or "cannot be written", "a file that can be written"
        ) from None


def pairs(items: Sequence[str]) -> dict[str, str]:
    """`key=value` arguments; raises `InputError` for anything else and for a key given twice."""
    found: dict[str, str] = {}
    for item in items:
        key, sign, value = item.partition("=")
        if not sign or not key.strip():
            raise InputError("--set", item, "is not key=value", "key=number or key=low:mode:high")
        if key.strip() in found:
            raise InputError("--set", key.strip(), "is given twice", "each key once")
        found[key.strip()] = value.strip()
    return found


def scenario_from(catalogue: Catalogue, options: argparse.Namespace) -> Scenario:
    """The scenario of the command line: a file's, with the other arguments on top."""
    scenario = BASELINE
    if options.scenario is not None:
        scenario = read_file(catalogue, shipped_file(catalogue, options.scenario) or Path(options.scenario))
    changes: dict[str, Any] = {}
    for name in ("country", "kind", "start", "currency"):
        if getattr(options, name) is not None:
            changes[name] = getattr(options, name)
    for name in ("spells", "gap_days", "ratio", "capacity_lost", "place", "draws", "seed"):
        text = getattr(options, name)
        if text is not None:
            changes[name] = text  # checked, and turned into a number, with the whole scenario
    if options.days is not None:
        changes["hours"] = 24 * number("days", options.days, 0, 730, "days (two years)")
    if options.hours is not None:
        changes["hours"] = number("hours", options.hours, 0, 17520, "hours (two years)")
    if options.region is not None:
        names = [part.strip() for item in options.region for part in item.split(",")]
        changes |= {"regions": tuple(name for name in names if name), "place": None}
        if not changes["regions"]:
            raise InputError(
                "region", options.region[0], "names no region", choices(catalogue.regions, most=10)
            )
    if options.place is not None:
        changes["regions"] = ()
    if options.not_ordered:
        changes["ordered_by_authority"] = False
    assumptions: dict[str, Override] = dict(scenario.assumptions)
    for key, text in pairs(options.set).items():
        if key not in catalogue.parameters:
            raise InputError(
                "--set",
                key,
                "is not a parameter",
                f"{choices(catalogue.parameters, key)}; see: list parameters",
            )
        assumptions[key] = parse_override(catalogue.parameters[key], text)
    return scenario.with_changes(**changes, assumptions=assumptions)


def run_estimate(catalogue: Catalogue, options: argparse.Namespace) -> str:
    scenario = scenario_from(catalogue, options)  # what cannot be used is answered before the slow imports
    from model.estimation.estimate import estimate
    from model.text import report

    result = estimate(catalogue, scenario)
    return {"json": report.to_json, "csv": report.to_csv, "text": report.to_text}[options.format](result)


def run_claims(catalogue: Catalogue, options: argparse.Namespace) -> str:
    from model.claims.claims import claims
    from model.text import claims_report

    overrides = {key: read_override(key, text) for key, text in pairs(options.set).items()}
    return claims_report.render(catalogue, claims(catalogue, overrides, options.baseline), options.format)


def run_list(catalogue: Catalogue, options: argparse.Namespace) -> str:
    rows = LISTS[options.what](catalogue)
    if options.format == "json":
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    header = list(rows[0])
    if options.format == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()
    widths = {
        name: max(len(str(row[name])) for row in [*rows, dict(zip(header, header, strict=True))])
        for name in header
    }
    named = [dict(zip(header, header, strict=True)), *rows]
    lines = [
        "  ".join(f"{row[name]!s:<{min(widths[name], 60)}}" for name in header).rstrip() for row in named
    ]
    return "\n".join(lines) + "\n"


def _scenario_rows(catalogue: Catalogue) -> list[dict[str, Any]]:
    rows = []
    for path in sorted((catalogue.root / "data" / "scenarios").glob("*.toml")):
        rows.append(_named_row(path.stem, "starting point", read_file(catalogue, path)))
    return rows + [_named_row(event.id, "event", event.scenario) for event in load_events(catalogue)]


def _named_row(name: str, sort: str, scenario: Scenario) -> dict[str, Any]:
    header = scenario.header
    return {"name": name, "sort": sort, "title": header.title, "reference": header.reference}


def _parameter_rows(catalogue: Catalogue) -> list[dict[str, Any]]:
    names = (
        "key",
        "label",
        "unit",
        "low",
        "mode",
        "high",
        "min",
        "max",
        "distribution",
        "group",
        "status",
        "source",
    )
    return [
        {name: "" if getattr(item, name) is None else getattr(item, name) for name in names}
        for item in catalogue.parameters.values()
    ]


def _seed_rows(catalogue: Catalogue) -> list[dict[str, Any]]:
    names = ("id", "subject", "value", "low", "high", "unit", "role", "carried_by", "status")
    return [
        {name: "" if getattr(seed, name) is None else getattr(seed, name) for name in names}
        for seed in catalogue.seeds.values()
    ]


LISTS: dict[str, Any] = {
    "countries": lambda c: [
        {"iso3": r.iso3, "name": r.name, "income_group": r.income_group, "currency": r.currency,
         "available": r.available, "reason": r.reason}
        for r in c.countries.values()
    ],
    "kinds": lambda c: [{"key": r.key, "label": r.label, "family": r.family, "help": r.help} for r in c.kinds.values()],
    "sectors": lambda c: [
        {"key": r.key, "label": r.label, "dependence": r.dependence_mode, "recapture_ceiling": r.recapture_ceiling,
         "patience_days": r.patience_days, "user_mix": r.user_mix, "status": r.status}
        for r in c.sectors
    ],
    "parameters": _parameter_rows,
    "seeds": _seed_rows,
    "scenarios": _scenario_rows,
}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
