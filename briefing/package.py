"""The data package: every chart's numbers, the scenario, the full result, what the columns mean, how to repeat it."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime

from briefing.content import NAME, Content
from briefing.tables import ChartTable, tables_of
from model import report
from model.codecs import to_toml

RESULT_COLUMNS = (
    ("amount, id, label", "text", "what the row is about"),
    (
        "low, median, high",
        "in the column's name",
        "5 %, 50 % and 95 % point of the draws; empty: not measured",
    ),
    ("ledger, basis", "text", "kind of money and kind of cost; amounts of different kinds are never added"),
    ("days", "days", "length of one spell"),
    ("input_low, input_high", "input_unit", "5 % and 95 % point of the input that moves alone"),
    (
        "net_at_low, net_at_high, net_at_medians",
        "in the column's name",
        "net direct loss with that input there",
    ),
    (
        "scenario … warnings",
        "text",
        "scenario as link values, versions, seed, draws, money, sources: on every row",
    ),
)


def make(content: Content) -> bytes:
    """The package as bytes; the same scenario on the same day gives the same bytes."""
    tables = tables_of(content)
    files = {
        "README.md": _readme(content, tables),
        "scenario.toml": to_toml(content.result.scenario),
        "result.json": report.to_json(content.result),
        "result.csv": report.to_csv(content.result),
        "press.txt": f"{content.press}\n\n{content.urdu}\n",
        "data_dictionary.csv": _dictionary(content),
        "sources.csv": _sources(content),
        **{f"charts/{table.name}.csv": table.csv(content) for table in tables},
    }
    target = io.BytesIO()
    day = datetime.fromisoformat(content.day)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            entry = zipfile.ZipInfo(f"{content.stem}/{name}", (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, text.encode("utf-8"))
    return target.getvalue()


def _dictionary(content: Content) -> str:
    """Columns of this package, then those of the project's own tables."""
    rows = [
        {"table": "this package", "column": name, "unit": unit, "description": text}
        for name, unit, text in RESULT_COLUMNS
    ]
    names = ("table", "column", "unit", "description", "source", "status", "used_by")
    rows += [{name: getattr(item, name) for name in names} for item in content.result.catalogue.columns]
    return report.csv_text(list(names), [dict(row) for row in rows])


def _sources(content: Content) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("title", "publisher", "date", "licence", "url"))
    for item in content.sources:
        writer.writerow(
            [report.plain(part) for part in (item.title, item.publisher, item.date, item.licence, item.url)]
        )
    return out.getvalue()


def _readme(content: Content, tables: tuple[ChartTable, ...]) -> str:
    result = content.result
    parts = [
        f"# {one_line(content.title)}", one_line(content.headline), content.urdu, "## What is here",
        "\n".join([
            "- `scenario.toml`: the scenario; `result.json` and `result.csv`: every amount in full precision",
            "- `data_dictionary.csv`: what the columns mean; `sources.csv`: where the figures come from",
            "- `press.txt`: a paragraph to paste",
            *(f"- `charts/{table.name}.csv`: {table.title.lower()}, money in M {content.unit}" for table in tables),
        ]),
        "## Repeat it",
        f"With model {result.model_version} and data {result.data_version}, in the project's folder:",
        "```\npython -m model estimate --scenario scenario.toml --format json\n" + content.command + "\n```",
        f"Live scenario: {content.link}",
        "## Limits", "\n".join(f"- {one_line(text)}" for text in content.limits),
        "## Cite",
        f"{NAME}, {content.stamp}. Scenario: {one_line(content.title)}.",
        "## Licence",
        "Code and this package's own numbers: MIT. The figures behind them stay under their publishers' terms, which "
        "`sources.csv` names.",
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def one_line(text: str) -> str:
    """A reader's text on one line, so that it cannot begin a heading or a list of its own."""
    return " ".join(text.split())
