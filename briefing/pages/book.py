"""A page as a workbook: how to use it, then one table a sheet in full precision, then sources and notes.

Set out as the workbook of a scenario, by the same code; nothing in it is a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from briefing.common.content import NAME
from briefing.pages.content import Block, PageContent
from briefing.pages.words import (
    IN_WORDS,
    SHARE,
    UNIT,
    SheetColumn,
    amount_words,
    axis_unit,
    spreadsheet_columns,
    unit_words,
)
from briefing.workbook.cells import Book, Sheet, width_of
from briefing.workbook.live.dots import Still, still_charts
from briefing.workbook.still.contents import END, heading, open_again, said_rows, sheet_rows
from briefing.workbook.still.contents import WIDTHS as OF_CONTENTS
from briefing.workbook.still.notes import sources_sheet
from model.common.text import capital
from model.text.writer import Table

HEADS = 2  # the row of the heads
FIRST, NUMBER, LONG = 24.0, 11.0, 44.0  # characters across the first column, any other, and words at most
DRAWN = 8  # rows of a chart
SMALL_MONEY = 100_000.0  # up to which amounts are not drawn in millions
SMALL = 0.01  # a share of which one digit behind the point is too little
KEY = "Low and high are the 5th and the 95th percentile of the simulations; of a claim they are its own two ends."
HOW = (
    ("What it is", "The tables of the page “{page}” as they were when this file was made. There is no formula in it: "
     "no cell follows another."),
    ("Numbers", "They are in full precision and may be calculated with. The column “In words” has them as every "
     "NetToll file prints them. M: millions. Percentages are numbers from 0 to 1, shown with a percent sign."),
    ("Ranges", f"{KEY} The middle is the median."),
    ("Sort and filter", "Every table has arrows in its heads; the sheets are not protected."),
)  # fmt: skip
NOTES = "Notes"


def make(content: PageContent) -> bytes:
    """The workbook as bytes; the same content gives the same."""
    target = io.BytesIO()
    book = Book.in_memory(target)
    book.protected, book.heading = False, content.name
    book.describe(NAME, f"{content.name}: {content.title}", content.title, content.stamp, content.day)
    contents = book.sheet("Contents", OF_CONTENTS)
    about = {
        "Sources": ("Where the numbers come from", ""),
        NOTES: ("What the page says in sentences, what to know, versions, how to cite", ""),
    }
    for block in content.blocks:
        name = capital(block.table.id.replace("_", " "))
        count = len(block.table.rows)
        about[name] = block.title, f"{count:,} row{'s' if count != 1 else ''}"
        _table_sheet(book.sheet(name, _widths(block)), block)
    sources_sheet(content.sources, book, "page")
    _notes_sheet(content, book)
    heading(contents, content.name, content.title, " ".join(content.sentences), content.stamp)
    how = [(label, text.format(page=content.name)) for label, text in HOW]
    row = said_rows(contents, 5, "How to use this file", how)
    open_again(contents, sheet_rows(contents, row, "How long", about, book) + 1, content.link, content.where)
    book.close()
    return target.getvalue()


def _table_sheet(sheet: Sheet, block: Block) -> None:
    """A table under its finding, with its chart below where it has one."""
    table, columns = block.table, spreadsheet_columns(block.table)
    last = max(len(columns) - 1, 0)
    sheet.across(0, 0, last, block.title, "headtitle")
    said = [f"{table.finding}."] if table.finding else []
    notes = [*said, *(text for text in block.notes if text), *([KEY] if _has_ranges(columns) else [])]
    sheet.across(1, 0, last, " ".join(notes), "small")
    for at, column in enumerate(columns):
        sheet.text(HEADS, at, column.head, "head_right" if _is_number(column, table) else "head")
    for number, row in enumerate(table.rows, start=HEADS + 1):
        for at, column in enumerate(columns):
            _write(sheet, number, at, column, row, block)
    sheet.frozen(HEADS + 1, 1, heads=HEADS)
    below = HEADS + len(table.rows)
    sheet.raw.autofilter(HEADS, 0, below, last)
    unit = axis_unit(block.unit)
    if block.dots and unit is not None:
        name, factor = unit
        dots = [Still(dot.label, dot.range.times(factor), dot.text) for dot in block.dots[:DRAWN]]
        small = max(dot.range.high for dot in block.dots) * factor < SMALL_MONEY
        still_charts(sheet, below + 2, name, (block.title, dots), log=block.log, small=small)


def _write(sheet: Sheet, row: int, column: int, of: SheetColumn, cells: Any, block: Block) -> None:
    """A cell: numbers as numbers, with the digits that their unit asks for."""
    value = cells.get(of.name)
    if of.name == IN_WORDS:
        value = amount_words(cells, block.table)
    elif of.name == UNIT:
        value = unit_words(str(value or ""))
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.text(row, column, "yes" if value else "no", "indented")
    elif isinstance(value, int | float):
        sheet.number(
            row, column, value, _style(value, str(cells.get("unit") or "") if of.of_row else of.unit)
        )
    else:
        sheet.text(row, column, str(value), "indented" if column else "wrap")


def _is_number(column: SheetColumn, table: Table) -> bool:
    return any(isinstance(row.get(column.name), int | float) for row in table.rows)


def _style(value: float, unit: str) -> str:
    if SHARE.match(unit):
        return "share" if value == 0 or abs(value) >= SMALL else "small_share"
    return "year" if isinstance(value, int) and not unit else "level"


def _has_ranges(columns: Sequence[SheetColumn]) -> bool:
    return any(column.head == "middle" for column in columns)


def _widths(block: Block) -> list[float]:
    """Characters across each column: of numbers what they need, of words at most what a line of a page holds."""
    widths: list[float] = []
    for column in spreadsheet_columns(block.table):
        if column.name == IN_WORDS:
            texts = [amount_words(row, block.table) for row in block.table.rows]
        else:
            values = [row.get(column.name) for row in block.table.rows]
            texts = [f"{v:,.0f}" if isinstance(v, int | float) else str(v or "") for v in values]
        longest = max((width_of(text) for text in texts), default=0)
        word = max(map(width_of, column.head.split()), default=0)
        least = FIRST if not widths else NUMBER
        widths.append(max(least, word + 3.0, min(longest + 3.0, LONG)))
    return widths


def _notes_sheet(content: PageContent, book: Book) -> None:
    """What the page says in sentences, what to know, versions, and how to cite it."""
    sheet = book.sheet(NOTES, OF_CONTENTS)
    sheet.text(0, 0, f"Notes on {content.name}", "title")
    row = 2
    for title, lines in _notes(content):
        sheet.text(row, 0, title, "section")
        for text in lines:
            row += 1
            sheet.across(row, 0, END, text)
        row += 2
    pairs = [(name.replace("_", " "), text) for name, text in content.provenance.items() if text]
    said_rows(sheet, row, "Made from", pairs)


def _notes(content: PageContent) -> Iterator[tuple[str, list[str]]]:
    yield "Finding", [content.title, *content.sentences]
    yield "Basis", [content.full_basis]
    for block in content.blocks:
        notes = [text for text in block.notes if text]
        if notes:
            yield block.title, notes
    if content.notes:
        yield "To know", list(content.notes)
    yield "Open it again", [content.where]
    yield "Cite as", [content.cite]
