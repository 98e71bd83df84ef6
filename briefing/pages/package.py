"""A page as a data package: every table as CSV, all of it as JSON, and what the columns mean."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.package import descriptor, dictionary
from briefing.package.dictionary import TEXT, Meaning
from briefing.package.files import LICENCE, TERMS, one_line, packed
from briefing.pages.content import PageContent
from briefing.pages.words import head_of
from model.common.citation import FILE as CITATION
from model.text import writer
from model.text.writer import Table

NUMBER = "as the unit of the row says"
ENDS = {"_low": ": 5% point of the simulations", "_high": ": 95% point of the simulations"}


def make(content: PageContent) -> bytes:
    """The package as bytes; the same content gives the same."""
    tables = {f"tables/{block.table.id}.csv": block.table for block in content.blocks}
    meanings = {(path, name): meaning for path, table in tables.items() for name, meaning in _meanings(table)}
    files = {
        "README.md": _readme(content),
        "result.json": writer.json_text(content.data),
        **{path: _csv(table) for path, table in tables.items()},
        "sources.csv": writer.table([vars(line) for line in content.sources],
                                    columns=("title", "publisher", "date", "licence", "url")).csv(),
        "LICENSE": LICENCE.read_text(encoding="utf-8"),
        "CITATION.cff": CITATION.read_text(encoding="utf-8"),
    }  # fmt: skip

    def meaning(path: str, column: str) -> Meaning:
        return meanings.get((path, column)) or dictionary.meaning_of(path, column)

    rows = [
        dict(zip(dictionary.COLUMNS, (path, name, *meaning(path, name), ""), strict=True))
        for path, text in files.items() if path.endswith(".csv") for name in dictionary.header_of(text)
    ]  # fmt: skip
    own = "data_dictionary.csv"
    rows += [
        dict(zip(dictionary.COLUMNS, (own, name, *meaning(own, name), ""), strict=True))
        for name in dictionary.COLUMNS
    ]
    files[own] = writer.table(rows, columns=dictionary.COLUMNS).csv()
    extras = {**content.provenance, "date": content.day, "headline": content.title, "page": content.page}
    files[descriptor.NAME] = descriptor.descriptor(
        content.stem, f"{content.name}: {one_line(content.title)}", content.basis, files, meaning, content.sources,
        extras,
    )  # fmt: skip
    return packed(content.stem, content.day, files)


def _csv(table: Table) -> str:
    columns = _columns(table)
    return writer.table(
        [{name: row.get(name) for name in columns} for row in table.rows], columns=columns
    ).csv()


def _columns(table: Table) -> tuple[str, ...]:
    return table.columns or tuple(dict.fromkeys(name for row in table.rows for name in row))


def _meanings(table: Table) -> Iterator[tuple[str, Meaning]]:
    """Each column with its unit, that of the row where the column has none, and its name in words."""
    for name in _columns(table):
        values = [row[name] for row in table.rows if row.get(name) is not None]
        numbers = bool(values) and all(isinstance(v, int | float) and not isinstance(v, bool) for v in values)
        end = next((end for end in ENDS if name.endswith(end)), "")
        stem = name.removesuffix(end)
        described = dictionary.EVERYWHERE.get(name, ("", ""))[1]
        words = table.heads.get(name) or described or head_of(table, stem) + ENDS.get(end, "")
        yield name, (table.units.get(name, NUMBER) if numbers else TEXT, words)


def _readme(content: PageContent) -> str:
    lines = [f"- `tables/{block.table.id}.csv`: {one_line(block.title)}" for block in content.blocks]
    parts = [
        f"# {content.name}", one_line(content.title), *map(one_line, content.sentences), content.full_basis,
        "## What is here",
        "\n".join([*lines, "- `result.json`: all of it in full precision",
                   "- `data_dictionary.csv`: what the columns mean; `datapackage.json`: the same for programs",
                   "- `sources.csv`: where the figures come from; `LICENSE`, `CITATION.cff`: use and citation"]),
        "## To know", "\n".join(f"- {one_line(text)}" for text in content.notes) or "-",
        content.where, "## Cite", content.cite,
        "## Licence",
        TERMS,
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"
