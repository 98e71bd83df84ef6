"""A page as slides: the finding, a slide for what each block finds, and in an appendix what stands behind it.

Rows with ranges are dots, columns over years or lengths are lines, anything else is a table; letters have 18 points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.pages.content import Block, Dot, PageContent
from briefing.pages.words import (
    TRIPLE,
    Readable,
    axis_unit,
    groups_of,
    head_of,
    readable,
    rest_of,
    words_of,
    writer_of,
)  # fmt: skip
from briefing.slides import measure
from briefing.slides.appendix import list_slides
from briefing.slides.charts import Forest, Row, forest_over, stands
from briefing.slides.curve import KEY, Curves, Line, curves
from briefing.slides.deck import finished
from briefing.slides.page import READ, Box, Look, Page, Said, look_of
from charts.words import unit_words
from model.common.ranges import Range
from model.common.text import capital

ROWS, MOST_TABLES = 8, 2  # rows of a slide, slides of a table
PAD, ABOVE, LEAST, LONGEST = (
    10.0,
    8.0,
    60.0,
    300.0,
)  # points: between columns and rows, and of columns of words
MOST_LINES = 4  # of a cell: only a reader's own words are longer
MOST_SOURCES = 18
LONGEST_TITLE, FINDING = 130, 24  # letters of a title, points of a finding below one
APPENDIX = "Appendix: "
MORE = "{count:,} more rows stand in the workbook and the data package."
APART = "In other units, so not drawn:"


def make(content: PageContent, template: bytes | None = None) -> bytes:
    """The deck as bytes, on the reader's template or on ours; raises `InputError` for a bad template."""
    look = look_of(template)
    _finding(look, content)
    for block in sorted(content.blocks, key=lambda item: item.behind):
        title = f"{APPENDIX}{block.title}" if block.behind else block.finding
        if block.dots:
            _dots(look, content, block, title)
        elif block.table.drawn and len(block.table.rows) > 1:
            _lines(look, content, block, title)
        elif block.table.rows:
            _table(look, content, block, title)
    list_slides(look, content, f"{APPENDIX}what to know", content.notes)
    lines, more = [line.text for line in content.sources], len(content.sources) - MOST_SOURCES
    if more > 0:
        lines = [*lines[:MOST_SOURCES], f"and {more} more in the workbook and the data package"]
    list_slides(
        look, content, f"{APPENDIX}sources", lines,
        [f"{line.title}: {line.url}" for line in content.sources if line.url],
    )  # fmt: skip
    return finished(look, f"{content.name}: {content.title}", content.name, content.stamp, content.day)


def _finding(look: Look, content: PageContent) -> None:
    """The finding as the title; below it the same in full, and what else the page says."""
    title = next(
        (text for text in (content.finding, content.title) if 0 < len(text) <= LONGEST_TITLE), content.name
    )
    page = Page(look, content, title)
    said = [] if title == content.title else [Said(content.title, FINDING, bold=True)]
    last = [Said(f"{content.basis}.")]
    if content.link:
        last.append(Said("Open this page in the live dashboard", link=content.link))
    for text in content.sentences:
        if page.height([*said, Said(text), *last], page.box[2]) <= page.box[3] / measure.POINT:
            said.append(Said(text))
    page.write(page.box, [*said, *last], body=True)
    page.notes(content.title, *content.sentences, content.where, content.cite)
    page.finish()


def _dots(look: Look, content: PageContent, block: Block, title: str) -> None:
    """Dots with their ranges: of a ranked list as many as one slide holds, else all; what is in another unit below."""
    unit, factor = axis_unit(block.unit) or ("", 1.0)
    drawn = Forest(block.title, ("", head_of(block.table, "median"), "Range"), (), unit, log=block.log)
    rows = [_row(dot, factor, drawn=bool(unit)) for dot in block.dots]
    apart = [] if block.ranked else _apart(block)
    notes, page = [text for text in block.notes if text], Page(look, content, title)
    parts = _parts(rows, block.dots, page.box, drawn)
    parts = parts[:1] if block.ranked else parts
    both = [*parts[-1], Row(APART, bold=True), *apart]
    if apart and len(both) <= ROWS and stands(page.box, replace(drawn, rows=both)):
        parts[-1], apart = both, []
    said = [text for text in notes[:1] if len(text) <= LONGEST_TITLE]
    if block.ranked and len(block.table.rows) > len(parts[0]):
        said = [MORE.format(count=len(block.table.rows) - len(parts[0]))]
    for number, part in enumerate(parts):
        page = page if not number else Page(look, content, f"{title}, continued")
        below = [Said(text) for text in said] if number == len(parts) - 1 else []
        forest_over(
            page,
            replace(drawn, rows=part),
            below if stands(_less(page, below), replace(drawn, rows=part)) else [],
        )
        page.notes(*(row.said for row in part), *notes)
        page.finish()
    for begin in range(0, len(apart), ROWS):
        page = Page(look, content, f"{title}, continued")
        words = tuple(
            (row.name, f"{row.middle} ({row.range})" if row.range else row.middle) for row in apart[begin:]
        )
        _written(page, Readable(("What", "Amount"), words[:ROWS], frozenset((1,))), 0, [0, 1])
        page.notes(*notes)
        page.finish()


def _less(page: Page, said: Sequence[Said]) -> Box:
    """The slide's box less what paragraphs below take of it."""
    left, top, width, height = page.box
    return left, top, width, height - int(page.height(said, width) * measure.POINT)


def _row(dot: Dot, factor: float, *, drawn: bool) -> Row:
    """A row with its amount and its range apart."""
    low, median, high = (value * factor if drawn else None for value in (dot.low, dot.median, dot.high))
    return Row(dot.label, dot.words.median, dot.ends, low, median, high, more=dot.more)


def _apart(block: Block) -> list[Row]:
    """The rows of a table that are in another unit than those that are drawn."""
    rows, shown = [], {dot.label for dot in block.dots}
    for row in block.table.rows:
        value = row.get("median")
        if str(row.get("label") or "") in shown | {""} or not isinstance(value, int | float):
            continue
        unit = str(row.get("unit") or block.table.units.get("median", ""))
        ends = [row[name] if isinstance(row.get(name), int | float) else value for name in TRIPLE]
        dot = Dot(str(row["label"]), words_of(Range(*map(float, ends)), unit), *map(float, ends))
        rest = rest_of(unit)
        rows.append(Row(dot.label, f"{dot.words.median} {rest}".strip(), dot.ends))
    return rows


def _parts(rows: Sequence[Row], dots: Sequence[Dot], box: Box, drawn: Forest) -> list[list[Row]]:
    """The rows of each slide, as many as stand on it and about as many on each; a heading stays with its rows."""
    groups: list[list[Row]] = []
    headed = any(dot.heading for dot in dots)
    for row, dot in zip(rows, dots, strict=True):
        if dot.heading or not groups or not headed:
            groups.append([Row(dot.heading)] if dot.heading else [])
        groups[-1].append(row)

    def split(most: int) -> list[list[Row]]:
        parts: list[list[Row]] = []
        for group in groups:
            both = [*parts[-1], *group] if parts else []
            if both and len(both) <= most and stands(box, replace(drawn, rows=both)):
                parts[-1] = both
            else:
                parts.append([*group])
        return parts

    parts = split(ROWS)
    return next(even for most in range(1, ROWS + 1) if len(even := split(most)) <= len(parts))


def _lines(look: Look, content: PageContent, block: Block, title: str) -> None:
    """The columns of a table that are lines over its first one."""
    table, rows = block.table, block.table.rows
    across = next(iter(table.columns or rows[0]))
    page = Page(look, content, title)
    lines, unit = [], ""
    for _, names in groups_of(table, list(rows[0])):
        middle = names[len(names) // 2]
        if middle in table.drawn:
            unit = next((table.units[name] for name in names if name in table.units), "")
            low, median, high = ([float(row[name]) for row in rows] for name in (names[0], middle, names[-1]))
            lines.append(Line(head_of(table, middle), Range(low, median, high)))
    below = [Said(KEY)]
    up = capital(f"{unit_words(unit)}")
    named = capital(table.units.get(across, head_of(table, across)))
    curves(
        page, _less(page, below),
        Curves(block.title, head_of(table, across) if named.startswith("Share") else named, up,
               [float(row[across]) for row in rows], lines, writer_of(table.units.get(across, "")), writer_of(unit)),
    )  # fmt: skip
    left, top, width, height = _less(page, below)
    page.down((left, top + height, width, page.box[3] - height), below)
    page.notes(*(text for text in block.notes if text))
    page.finish()


def _table(look: Look, content: PageContent, block: Block, title: str) -> None:
    """The columns of a table that a slide holds, and its first rows on two slides; the other files hold all of it."""
    whole, begin = readable(block.table), 0
    for number in range(MOST_TABLES):
        page = Page(look, content, title + (", continued" if number else ""))
        columns = _fitting(whole, page.box[2] / measure.POINT)
        begin = _written(page, whole, begin, columns)
        more, last = len(whole.rows) - begin, number == MOST_TABLES - 1
        if more > 0 and last:
            left, top, width, height = page.box
            high = int(READ * (measure.LINE + measure.PARAGRAPH) * measure.POINT)
            page.write((left, top + height - high, width, high), [Said(MORE.format(count=more))])
        page.notes(*(text for text in block.notes if text))
        page.finish()
        if more <= 0:
            return


def _fitting(whole: Readable, room: float) -> list[int]:
    """The columns that stand beside each other, the most telling ones first."""
    chosen = [0]
    for column in whole.telling[1:]:
        if sum(_natural(whole, c) for c in {*chosen, column}) <= room:
            chosen = sorted({*chosen, column})
    return chosen


def _natural(whole: Readable, column: int) -> float:
    """Points that a column takes: numbers on one line, words on as few as there is room for."""
    texts = [row[column] for row in whole.rows]
    word = max(
        measure.width(part, READ) for text in [*texts, whole.heads[column]] for part in text.split() or [""]
    )
    if column in whole.right:
        return max(word, *(measure.width(text, READ) for text in texts)) + PAD
    return min(max(word, LEAST, *(measure.width(text, READ) for text in texts)), max(word, LONGEST)) + PAD


def _written(page: Page, whole: Readable, begin: int, columns: Sequence[int]) -> int:
    """The rows from `begin` on that a slide holds; returns the first one that it does not."""
    left, top, width, height = page.box
    room = width / measure.POINT
    wide = [_natural(whole, c) for c in columns]
    wide = [part * min(1.0, room / sum(wide)) for part in wide]
    wide[0] = room - sum(wide[1:])
    right = [n for n, c in enumerate(columns) if c in whole.right]
    heads = [Said(whole.heads[c], 16, bold=True) for c in columns]
    lines, high = [heads], [_line_high(heads, wide)]
    free = height / measure.POINT - high[0] - READ * (measure.LINE + measure.PARAGRAPH)
    end = begin
    for row in whole.rows[begin:]:
        cells = [
            Said(measure.cut(row[c], part - PAD, READ, MOST_LINES), READ)
            for c, part in zip(columns, wide, strict=True)
        ]
        if end > begin and sum(high[1:]) + _line_high(cells, wide) > free:
            break
        lines.append(cells)
        high.append(_line_high(cells, wide))
        end += 1
    text = "; ".join(
        ", ".join(f"{whole.heads[c]} {row[c]}" for c in columns if row[c]) for row in whole.rows[begin:end]
    )
    emu = [[int(value * measure.POINT) for value in values] for values in (wide, high)]
    page.table((left, top, 0, 0), lines, emu[0], emu[1], f"{text}.", right=right)
    return end


def _line_high(cells: Sequence[Said], wide: Sequence[float]) -> float:
    """Points that a row takes."""
    return ABOVE + max(
        measure.lines(cell.text, part - PAD, cell.size, bold=cell.bold) * cell.size * measure.LINE
        for cell, part in zip(cells, wide, strict=True)
    )
