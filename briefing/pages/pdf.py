"""A page as PDF: its finding, then dots with ranges and a table for each block; readable by a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefing.common.content import NAME
from briefing.pages.content import Block, Lines, PageContent
from briefing.pages.drawn import chart_of
from briefing.pages.words import Readable, readable, writer_of
from briefing.report.pdf import typeset
from briefing.report.qr import qr_code
from briefing.report.typeset import Axis, breakable, cut, shortened, thinned
from charts import palette as p
from charts import words as w
from charts.words import unit_words
from model.common.text import capital

TEMPLATE, SIZES = "page.typ", ("9.6", "9.2")
CELLS, ROWS, LONGEST, MOST_SOURCES, TICKS = 8, 40, 160, 30, 70
APART = 0.12  # of the height of a curve, between the names of its lines
KEY = "Line: middle estimate. Coloured: range."
LOG = "The scale is logarithmic."
MOST_POINTS = 40  # rows of a curve whose numbers are read beside it
AMOUNTS = 2  # columns of a table that has nothing but its amounts
HEAD_LINES, SHORT = 3, 14  # of a head of a column, and letters of a column that is as wide as it needs
LONG_WORDS, LONGEST_CELL = (
    24,
    32,
)  # letters of words from which columns share the width, and of a line of a cell


def make(content: PageContent) -> bytes:
    """The document as bytes; the same content gives the same."""
    data = {
        "name": NAME, "title": f"{content.name}: {content.title}", "heading": content.name, "event": content.name,
        "headline": breakable(content.title), "sentences": list(map(breakable, content.sentences)),
        "basis": content.full_basis, "blocks": [_block(content, block) for block in content.in_order],
        "notes": list(map(breakable, content.notes)), "stamp": content.stamp,
        "sources": shortened([breakable(line.text) for line in content.sources], MOST_SOURCES),
        "link": content.link, "shown": breakable(cut(content.link or content.where, LONGEST)),
        "qr": qr_code(content.link), "cite": f"Cite as: {content.cite}",
    }  # fmt: skip
    return typeset(data, content.day, TEMPLATE, SIZES)


def _block(content: PageContent, block: Block) -> dict[str, Any]:
    """A block: its rows with the axis of their figure, and the part of its table that a page holds."""
    made: dict[str, Any] = {
        "title": breakable(block.finding),
        "rows": [],
        "axis": [],
        "alt": "",
        "note": "",
        "lines": [],
    }
    lines = block.lines
    if lines is not None:
        made |= _lines(lines) | {"alt": chart_of(content, block).caption.alt, "note": KEY}
    elif block.dots:
        chart = chart_of(content, block)
        x = Axis(chart.build("screen").to_dict()["layout"]["xaxis"])
        made |= {"alt": chart.caption.alt, "axis": thinned(x.ticks, TICKS), "note": LOG if block.log else ""}
        made["rows"] = [
            {"words": [breakable(dot.label), breakable(dot.text)], "colour": p.BLUE, "heading": dot.heading,
             **{name: x.at(value) for name, value in
                (("low", dot.range.low), ("middle", dot.range.median), ("high", dot.range.high))}}
            for dot in block.dots
        ]  # fmt: skip
    whole = readable(block.table)
    shown = whole.columns(CELLS)
    rows = () if lines is not None and len(whole.rows) > MOST_POINTS else whole.rows[:ROWS]
    more = len(whole.rows) - len(rows)
    if len(whole.heads) == AMOUNTS:  # those that are drawn stand there in words
        drawn = {dot.label for dot in block.dots}
        rows = tuple(row for row in rows if row[0] not in drawn)
    notes = (
        [f"{more:,} more rows, and all columns, stand in the workbook and the data package."] if more else []
    )
    return made | {
        "heads": [breakable(whole.heads[c]) for c in shown],
        "wide": _shares(whole, shown),
        "right": [n for n, c in enumerate(shown) if c in whole.right],
        "table": [[breakable(row[c]) for c in shown] for row in rows],
        "notes": notes + [breakable(text) for text in block.notes if text],
    }  # fmt: skip


def _shares(whole: Readable, shown: Sequence[int]) -> list[float]:
    """How much of the width each column of long words takes, 0 for the others; nothing where all are short."""
    longest = [max((len(row[c]) for row in whole.rows), default=1) for c in shown]
    if not any(size > LONG_WORDS and c not in whole.right for c, size in zip(shown, longest, strict=True)):
        return []
    words = [
        max(
            [
                len(whole.heads[c]) / HEAD_LINES,
                *(len(word) for text in _column(whole, c) for word in text.split()),
            ]
        )
        for c in shown
    ]
    return [
        0 if max(size, word) <= SHORT else max(word, min(size, LONGEST_CELL))
        for size, word in zip(longest, words, strict=True)
    ]


def _column(whole: Readable, column: int) -> list[str]:
    return [whole.heads[column], *(row[column] for row in whole.rows)]


def _lines(lines: Lines) -> dict[str, Any]:
    """Lines with their ranges and ticks as shares of the room; names stand at their ends, apart from each other."""
    every = [value for _, ends in lines.lines for part in ends for value in part]
    low, high = min(0.0, *every), max(0.0, *every) or 1.0
    first, last = min(lines.across), max(lines.across)
    write, over = writer_of(lines.unit), writer_of(lines.across_unit)

    def at(value: float, begin: float, end: float) -> float:
        return (value - begin) / ((end - begin) or 1.0)

    def points(part: Sequence[float]) -> list[list[float]]:
        return [[at(x, first, last), at(y, low, high)] for x, y in zip(lines.across, part, strict=True)]

    names = p.spaced(
        [1 - at(ends.median[-1], low, high) for _, ends in lines.lines], [APART] * len(lines.lines), 0, 1
    )
    drawn = [
        {"name": name, "at": place, "colour": colour, "median": points(ends.median),
         "band": [*points(ends.high), *reversed(points(ends.low))]}
        for (name, ends), place, colour in zip(lines.lines, names, p.HUES, strict=False)
    ]  # fmt: skip
    return {
        "lines": drawn, "across": f"{lines.across_title}", "up": capital(unit_words(lines.unit)),
        "axis": [{"at": at(x, first, last), "label": w.tick_text(over, x)} for x in w.linear_ticks(first, last, 7)],
        "y": [{"at": at(y, low, high), "label": w.tick_text(write, y)} for y in w.linear_ticks(low, high, 5)],
    }  # fmt: skip
