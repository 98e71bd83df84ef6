"""The data package: scenario, full result and every chart's numbers, what the columns mean, how to repeat it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

from briefing.common.content import NAME, Content
from briefing.common.links import link_to
from briefing.common.texts import file_text
from briefing.package import descriptor, dictionary
from briefing.package.tables import PackagedTable, tables_of
from model.common.citation import FILE as CITATION
from model.common.program import FOLDER, command
from model.common.text import small
from model.estimation.estimate import estimate
from model.scenario.file import to_toml
from model.text import report, writer

LICENCE = CITATION.with_name("LICENSE")
TERMS = (
    "Code and this package's own numbers: MIT. The figures behind them stay under their publishers' terms, which "
    "`sources.csv` names."
)


def make(content: Content) -> bytes:
    """The package as bytes; the same scenario on the same day gives the same bytes."""
    tables = tables_of(content)
    files = {
        "README.md": _readme(content, tables),
        **_results(content),
        "press.txt": file_text(content),
        "sources.csv": _sources(content),
        **{f"charts/{table.name}.csv": table.csv(content) for table in tables},
        "LICENSE": LICENCE.read_text(encoding="utf-8"),
        "CITATION.cff": CITATION.read_text(encoding="utf-8"),
    }
    files["data_dictionary.csv"] = _dictionary(content, files)
    extras = {**report.provenance_of(content.result), "date": content.day, "headline": content.headline}
    files[descriptor.NAME] = descriptor.descriptor(
        content.stem,
        one_line(content.title),
        content.headline,
        files,
        dictionary.meaning_of,
        content.sources,
        extras,
    )
    return packed(content.stem, content.day, files)


def packed(folder: str, day: str, files: Mapping[str, str]) -> bytes:
    """Texts by path in one ZIP file, inside a folder; nothing in it but the day says when it was made."""
    target, when = io.BytesIO(), datetime.fromisoformat(day)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}", (when.year, when.month, when.day, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, writer.file_bytes(name, text))
    return target.getvalue()


def _results(content: Content) -> dict[str, str]:
    """Scenario and result of the first scenario, and of each that stands beside it."""
    result, catalogue = content.result, content.result.catalogue
    every = {"": result} | {
        f"_{number}": estimate(catalogue, row.scenario)
        for number, row in enumerate(content.compared[1:], start=2)
    }
    files = {}
    for mark, item in every.items():
        written = report.result_of(item)
        files[f"scenario{mark}.toml"] = to_toml(item.scenario)
        files |= {f"result{mark}.{form}": written.in_form(form) for form in ("json", "csv")}
    return files


def _dictionary(content: Content, files: dict[str, str]) -> str:
    """Every column and key of this package, then the parameters behind the estimate."""
    own = {**files, "data_dictionary.csv": ",".join(dictionary.COLUMNS)}
    rows = [*dictionary.rows_of(own), *dictionary.parameters_of(content.result)]
    return writer.table(rows, columns=dictionary.COLUMNS).csv()


def _sources(content: Content) -> str:
    columns = ("title", "publisher", "date", "licence", "url")
    rows = ({name: getattr(item, name) for name in columns} for item in content.sources)
    return writer.table(rows, columns=columns).csv()


def _readme(content: Content, tables: tuple[PackagedTable, ...]) -> str:
    result = content.result
    parts = [
        f"# {one_line(content.title)}", one_line(content.headline),
        *(item.text for item in content.not_known), *([content.said_locally] if content.local else []),
        "## What is here",
        "\n".join([
            "- `scenario.toml`: the scenario; `result.json` and `result.csv`: every amount in full precision",
            *(f"- `scenario_{number}.toml`, `result_{number}.json` and `result_{number}.csv`: the same of "
              f"{one_line(row.label)}, set beside it" for number, row in enumerate(content.compared[1:], start=2)),
            *(f"- `charts/{table.name}.csv`: {small(table.title)}" for table in tables),
            "- `press.txt`: texts to paste; `sources.csv`: where the figures come from",
            "- `data_dictionary.csv`: what the columns mean; `datapackage.json`: the same for programs",
            "- `LICENSE`, `CITATION.cff`: how it may be used, and how to cite it",
        ]),
        "## Repeat it",
        f"With model {result.model_version} and data {result.data_version}, unpack this package{FOLDER}. "
        "There the first command prints `result.json`, and the second makes all files again:",
        f"```\n{command()} estimate --scenario {content.stem}/scenario.toml --format json\n{content.command}\n```",
        content.where, *_links(content),
        "## Limits", "\n".join(f"- {one_line(text)}" for text in content.limits),
        "## Cite",
        f"{NAME}, {content.stamp}. Scenario: {one_line(content.title)}.",
        "## Licence",
        TERMS,
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _links(content: Content) -> list[str]:
    """Each scenario beside the first: how it differs, and its own address where there is one."""
    each = [
        f"- {one_line(row.label)} (from the first: {one_line(row.said_changes)}; on the same simulations and money)"
        + (f": {address}" if (address := link_to(row.scenario, content.address)) else "")
        for row in content.compared[1:]
    ]
    return ["\n".join(each)] if each else []


def one_line(text: str) -> str:
    """A reader's text on one line, so that it cannot begin a heading or a list of its own."""
    return " ".join(text.split())
