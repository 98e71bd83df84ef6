"""A page as a workbook: what is in it, then one table a sheet in full precision, then notes and sources."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from briefing.pages.content import PageContent
from model.common.text import file_safe
from model.common.workbook import Sheet, write_workbook
from model.text.writer import Table

LONGEST = 31  # letters of a sheet's name
WIDE = 60  # letters from which a column of text is wide


def make(content: PageContent) -> bytes:
    """The workbook as bytes; the same content gives the same."""
    tables = {
        f"{number} {block.table.id}"[:LONGEST]: block for number, block in enumerate(content.blocks, start=1)
    }
    lines: list[Mapping[str, Any]] = [
        {"sheet": "", "what": content.title},
        {"sheet": "", "what": content.where},
        *(
            {"sheet": name, "what": block.title, "rows": len(block.table.rows)}
            for name, block in tables.items()
        ),
        {"sheet": "Notes", "what": "What it says in sentences, what to know, sources, versions"},
    ]
    sheets = [
        Sheet("Contents", ("sheet", "what", "rows"), lines, ("what",)),
        *(_sheet(name, block.table) for name, block in tables.items()),
        Sheet("Notes", ("kind", "text"), list(_notes(content)), ("text",)),
    ]
    target = io.BytesIO()
    write_workbook(
        target, sheets, f"{content.name}: {content.title}"[:250], datetime.fromisoformat(content.day)
    )
    return target.getvalue()


def _sheet(name: str, table: Table) -> Sheet:
    """A table whose heads carry the units of their columns; the unit of a row has a column of its own."""
    columns = table.columns or tuple(dict.fromkeys(key for row in table.rows for key in row))
    heads = {key: f"{key} [{table.units[key]}]" if key in table.units else key for key in columns}
    rows = [{heads[key]: row.get(key) for key in columns} for row in table.rows]
    wide = [head for head in heads.values() if any(len(str(row[head] or "")) > WIDE for row in rows)]
    return Sheet(file_safe(name.replace("_", "-")).replace("-", " "), tuple(heads.values()), rows, wide)


def _notes(content: PageContent) -> Iterator[Mapping[str, Any]]:
    yield {"kind": "Finding", "text": content.title}
    yield from ({"kind": "Finding", "text": text} for text in content.sentences)
    yield {"kind": "Basis", "text": content.basis}
    for block in content.blocks:
        yield from ({"kind": block.title, "text": text} for text in block.notes if text)
    yield from ({"kind": "To know", "text": text} for text in content.notes)
    yield {"kind": "Open it again", "text": content.where}
    yield {"kind": "Cite as", "text": content.cite}
    yield from ({"kind": name, "text": text} for name, text in content.provenance.items() if text)
    yield from ({"kind": "Source", "text": f"{line.text} {line.url}".strip()} for line in content.sources)
