"""The data package: every chart's numbers, the scenario, the full result, what the columns mean, how to repeat it."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from briefing.content import NAME, Content
from briefing.links import link_to
from briefing.package import dictionary
from briefing.package.tables import ChartTable, tables_of
from model.common.numbers import scaled_unit
from model.scenario.file import to_toml
from model.text import report, writer


def make(content: Content) -> bytes:
    """The package as bytes; the same scenario on the same day gives the same bytes."""
    tables = tables_of(content)
    files = {
        "README.md": _readme(content, tables),
        "scenario.toml": to_toml(content.result.scenario),
        **{
            f"scenario_{number}.toml": to_toml(row.scenario)
            for number, row in enumerate(content.compared[1:], start=2)
        },
        "result.json": report.result_of(content.result).in_form("json"),
        "result.csv": report.result_of(content.result).in_form("csv"),
        "press.txt": "\n\n".join(text for text in (content.press, content.said_locally) if text) + "\n",
        "sources.csv": _sources(content),
        **{f"charts/{table.name}.csv": table.csv(content) for table in tables},
    }
    files["data_dictionary.csv"] = _dictionary(content, files)
    target = io.BytesIO()
    day = datetime.fromisoformat(content.day)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            entry = zipfile.ZipInfo(f"{content.stem}/{name}", (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, writer.file_bytes(name, text))
    return target.getvalue()


def _dictionary(content: Content, files: dict[str, str]) -> str:
    """Every column and key of this package, then the columns of the project's own tables."""
    names = [*dictionary.COLUMNS, "source", "status", "used_by"]
    own = {**files, "data_dictionary.csv": ",".join(names)}
    rows: list[dict[str, Any]] = [dict(row) for row in dictionary.rows_of(own)]
    for item in content.result.catalogue.columns:
        row = {name: getattr(item, name) for name in names}
        rows.append({**row, "table": f"project: {item.table}"})
    return writer.table(rows, columns=names).csv()


def _sources(content: Content) -> str:
    columns = ("title", "publisher", "date", "licence", "url")
    rows = ({name: getattr(item, name) for name in columns} for item in content.sources)
    return writer.table(rows, columns=columns).csv()


def _readme(content: Content, tables: tuple[ChartTable, ...]) -> str:
    result = content.result
    parts = [
        f"# {one_line(content.title)}", one_line(content.headline),
        *(item.text for item in content.not_known), *([content.said_locally] if content.local else []),
        "## What is here",
        "\n".join([
            "- `scenario.toml`: the scenario; `result.json` and `result.csv`: every amount in full precision",
            *(f"- `scenario_{number}.toml`: {one_line(row.label)}, set beside it"
              for number, row in enumerate(content.compared[1:], start=2)),
            "- `data_dictionary.csv`: what the columns mean; `sources.csv`: where the figures come from",
            "- `press.txt`: a paragraph to paste",
            *(f"- `charts/{table.name}.csv`: {table.title.lower()}, money in {scaled_unit(content.unit)}"
              for table in tables),
        ]),
        "## Repeat it",
        f"With model {result.model_version} and data {result.data_version}, unpack this package in the project's "
        "folder. There the first command prints `result.json`, and the second makes all files again:",
        f"```\npython -m model estimate --scenario {content.stem}/scenario.toml --format json\n{content.command}\n```",
        content.where, *_links(content),
        "## Limits", "\n".join(f"- {one_line(text)}" for text in content.limits),
        "## Cite",
        f"{NAME}, {content.stamp}. Scenario: {one_line(content.title)}.",
        "## Licence",
        "Code and this package's own numbers: MIT. The figures behind them stay under their publishers' terms, which "
        "`sources.csv` names.",
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _links(content: Content) -> list[str]:
    """Each scenario beside the first: how it differs, and its own address where there is one."""
    each = [
        f"- {one_line(row.label)} (from the first: {one_line(row.said_changes)}; on the same draws, seed and money)"
        + (f": {link_to(row.scenario, content.address)}" if content.link else "")
        for row in content.compared[1:]
    ]
    return ["\n".join(each)] if each else []


def one_line(text: str) -> str:
    """A reader's text on one line, so that it cannot begin a heading or a list of its own."""
    return " ".join(text.split())
