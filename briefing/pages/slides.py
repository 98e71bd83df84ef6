"""A page as slides: the finding, then a slide for each block with its dots and ranges, or with the top of its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.pages.content import Block, Dot, PageContent
from briefing.pages.words import MONEY, SCALES, SHARE, readable
from briefing.slides import measure, template_own
from briefing.slides.appendix import list_slides
from briefing.slides.charts import Forest, Row, forest_over
from briefing.slides.deck import finished
from briefing.slides.page import Look, Page, Said
from model.common.numbers import PERCENT

ROWS, CELLS, MOST_SLIDES = 8, 5, 3  # rows of a slide, columns of a table, slides of a block
ROW_HIGH, HEAD_HIGH, BELOW = 44.0, 44.0, 48.0  # points
MOST_SOURCES = 18
LONGEST_TITLE, FINDING = 130, 24  # letters of a title, points of a finding below one
CURVE = 40  # rows from which a table is a curve: no slide shows it
KEPT = ("economies", "events")  # long lists whose first rows say something
MORE = "The whole table stands in the workbook and the data package."


def make(content: PageContent, template: bytes | None = None) -> bytes:
    """The deck as bytes, on the reader's template or on ours; raises `InputError` for a bad template."""
    look = template_own.look(template)
    _finding(look, content)
    for block in content.blocks:
        if block.dots and _scale(block.unit) is not None:
            _dots(look, content, block)
        elif not block.dots and (len(block.table.rows) < CURVE or block.table.id in KEPT):
            _table(look, content, block)
    list_slides(look, content, "What to know", content.notes)
    lines, more = [line.text for line in content.sources], len(content.sources) - MOST_SOURCES
    if more > 0:
        lines = [*lines[:MOST_SOURCES], f"and {more} more in the workbook and the data package"]
    list_slides(
        look, content, "Sources", lines,
        [f"{line.title}: {line.url}" for line in content.sources if line.url],
    )  # fmt: skip
    return finished(look, f"{content.name}: {content.title}", content.name, content.stamp, content.day)


def _finding(look: Look, content: PageContent) -> None:
    """The finding as the title, or under the name of the page where it is too long for one."""
    long = len(content.title) > LONGEST_TITLE
    page = Page(look, content, content.name if long else content.title)
    said = [Said(content.title, FINDING, bold=True)] if long else []
    for text in content.sentences:
        if page.height([*said, Said(text)], page.box[2]) > page.box[3] / measure.POINT * 0.8:
            break
        said.append(Said(text))
    said.append(Said(f"{content.basis}."))
    if content.link:
        said.append(Said("Open this page in the live dashboard", link=content.link))
    page.write(page.box, said, body=True)
    page.notes(content.title, *content.sentences, content.where, content.cite)
    page.finish()


def _scale(unit: str) -> tuple[str, float] | None:
    """The unit that the slides know, and what a number is multiplied by; None for what is neither money nor a share."""
    if SHARE.match(unit):
        return PERCENT, 100.0
    match = MONEY.match(unit)
    return None if match is None else (match[2], SCALES.get(match[1], 1.0))


def _dots(look: Look, content: PageContent, block: Block) -> None:
    scale = _scale(block.unit)
    assert scale is not None
    unit, factor = scale
    parts = _parts(block.dots)
    for number, dots in enumerate(parts):
        page = Page(look, content, block.title + (", continued" if number else ""))
        rows = [row for dot in dots for row in _rows(dot, factor)]
        drawn = Forest(block.title, ("", "Amount", "Range"), rows, unit, log=block.log)
        notes = [text for text in block.notes if text] if number == len(parts) - 1 else []
        short = [Said(notes[0])] if notes and len(notes[0]) < LONGEST_TITLE else []
        if number == len(parts) - 1 and len(block.table.rows) > sum(map(len, parts)):
            short = [Said(MORE)]  # rows in another unit, or too many of them
        forest_over(page, drawn, short)
        page.notes(*(row.said for row in rows), *notes)
        page.finish()


def _parts(dots: Sequence[Dot]) -> list[list[Dot]]:
    """The rows of each slide; what stands under one heading stays together."""
    groups: list[list[Dot]] = []
    for dot in dots:
        if dot.heading or not groups or not any(item.heading for item in dots):
            groups.append([])
        groups[-1].append(dot)
    parts: list[list[Dot]] = [[]]
    for group in groups:
        size = len(parts[-1]) + sum(bool(dot.heading) for dot in parts[-1])
        if parts[-1] and size + len(group) + bool(group[0].heading) > ROWS:
            parts.append([])
        parts[-1] += group
    return parts[:MOST_SLIDES]


def _rows(dot: Dot, factor: float) -> list[Row]:
    """A row with its amount and its range apart, under its heading where it has one."""
    low, median, high = (value * factor for value in (dot.low, dot.median, dot.high))
    row = Row(dot.label, dot.words.median, dot.ends, low, median, high, more=dot.more)
    return [Row(dot.heading), row] if dot.heading else [row]


def _table(look: Look, content: PageContent, block: Block) -> None:
    """The first rows and columns of a table; the other files hold all of it."""
    whole = readable(block.table)
    if not whole.rows:
        return
    page = Page(look, content, block.title)
    left, top, width, height = page.box
    columns = whole.columns(CELLS)
    rows = whole.rows[: max(1, min(ROWS, int((height / measure.POINT - HEAD_HIGH - BELOW) / ROW_HIGH)))]
    words = [[whole.heads[c], *(row[c] for row in rows)] for c in columns]
    shares = [min(max(max(map(len, texts)), 4), 34) for texts in words]
    least = [max(len(word) for text in texts for word in text.split() or [""]) + 2 for texts in words]
    shares = [max(pair) for pair in zip(shares, least, strict=True)]
    widths = [int(width * share / sum(shares)) for share in shares]
    size = 14 if len(columns) > 3 else 16
    lines = [[Said(whole.heads[c], size, bold=True) for c in columns]]
    lines += [
        [_fits(Said(row[c], size), wide) for c, wide in zip(columns, widths, strict=True)] for row in rows
    ]
    high = [int(HEAD_HIGH * measure.POINT), *([int(ROW_HIGH * measure.POINT)] * len(rows))]
    right = [n for n, c in enumerate(columns) if c in whole.right]
    page.table((left, top, 0, 0), lines, widths, high, _said(whole.heads, rows, columns), right=right)
    if len(rows) < len(whole.rows) or len(columns) < len(whole.heads):
        below = top + sum(high) + int(8 * measure.POINT)
        page.write((left, below, width, top + height - below), [Said(MORE)])
    page.notes(*(text for text in block.notes if text))
    page.finish()


def _fits(said: Said, width: int) -> Said:
    """The words of a cell that its row holds: two lines."""
    return replace(said, text=measure.cut(said.text, width / measure.POINT - 8, said.size, 2))


def _said(heads: Sequence[str], rows: Sequence[Sequence[str]], columns: Sequence[int]) -> str:
    return "; ".join(", ".join(f"{heads[c]} {row[c]}" for c in columns if row[c]) for row in rows) + "."
