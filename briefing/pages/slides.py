"""A page as slides: the finding, a slide for what each block finds, and in an appendix what stands behind it.

Rows with ranges are dots, columns over years or lengths are lines, anything else is a table; letters have 18 points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.pages.content import Block, Lines, PageContent
from briefing.pages.words import TRIPLE, axis_unit, readable, rest_of, words_of, writer_of
from briefing.slides import grid, measure
from briefing.slides.appendix import list_slides
from briefing.slides.charts import ChartRow, Forest, forest_over, stands
from briefing.slides.curve import KEY, RangedLine, SlideCurves, curves
from briefing.slides.deck import finished
from briefing.slides.grid import SlideGrid
from briefing.slides.page import READ, Box, Page, Said, SlideLook
from briefing.slides.template import own
from charts.words import unit_words
from model.common.ranges import UNDEFINED, Range
from model.common.text import capital

ROWS, MOST_TABLES = 8, 2  # rows of a slide with dots, slides of a table
MOST_BEHIND = 50  # rows: a longer list behind a finding is for the other files
MOST_SOURCES, LONGEST_TITLE = 18, 130  # sources that are named, letters of a title
APPENDIX = "Appendix: "
MORE = "{count:,} more rows stand in the workbook and the data package."
APART = "In other units, so not drawn:"


def make(content: PageContent, template: bytes | None = None) -> bytes:
    """The deck as bytes, on the reader's template or on ours; raises `InputError` for a bad template."""
    look = own.look(template)
    blocks = [
        block for block in content.in_order if not (block.behind and len(block.table.rows) > MOST_BEHIND)
    ]
    if not _finding(look, content, blocks[0] if blocks else None):
        blocks = blocks[1:]
    for block in blocks:
        title = f"{APPENDIX}{block.title}" if block.behind else block.finding
        if block.dots:
            _dots(look, content, block, title)
        elif (curve := block.lines) is not None:
            _lines(look, content, block, curve, title)
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


def _finding(look: SlideLook, content: PageContent, first: Block | None) -> bool:
    """The finding as the title, and what the page says; with the rows of a first block that ranks what it is made of.

    Returns whether that block is still to be shown.
    """
    short = (text for text in (content.finding, content.title) if 0 < len(text) <= LONGEST_TITLE)
    title = next(short, content.name)
    page = Page(look, content, title)
    said = [] if title == content.title else [Said(content.title)]
    last = [Said(content.full_basis)]
    alone = first is None or not first.ranked or not first.dots
    if content.link:
        last.append(Said("Open this page in the live dashboard", link=content.link))
    if first is not None and not alone and first.finding != title:
        last.append(Said(f"{first.finding}:"))
    for text in content.sentences:
        if page.height([*said, Said(text), *last], page.box[2]) <= page.box[3] / measure.POINT:
            said.append(Said(text))
    page.notes(content.title, *content.sentences, content.where, content.cite)
    if first is None or alone:
        page.write(page.box, [*said, *last], body=True)
    else:
        page.box = page.down(page.box, [*said, *last], body=True)
        _rows_on(page, first, *_ranked(page, first))
    page.finish()
    return alone


def _forest(block: Block) -> Forest:
    """The block's rows with their ranges."""
    unit, factor = axis_unit(block.unit) or ("", 1.0)
    rows: list[ChartRow] = []
    for dot in block.dots:
        drawn = dot.range.times(factor) if unit else UNDEFINED
        rows += [ChartRow(dot.heading)] if dot.heading else []
        rows.append(ChartRow(dot.label, dot.words.median, dot.ends, drawn, more=dot.more))
    return Forest(block.title, ("", block.head, "Range"), rows, unit, log=block.log)


def _ranked(page: Page, block: Block) -> tuple[list[ChartRow], list[str]]:
    """The first rows of a ranked list, and how many follow them."""
    rows = list(_forest(block).rows)
    for count in range(min(ROWS, len(rows)), 0, -1):
        more = len(block.table.rows) - count
        said = [MORE.format(count=more)] if more > 0 else []
        if stands(_less(page, said), replace(_forest(block), rows=rows[:count])):
            break
    return rows[:count], said


def _rows_on(page: Page, block: Block, rows: Sequence[ChartRow], said: Sequence[str]) -> None:
    """Rows with their dots on a slide, paragraphs below them, all of it in the notes."""
    drawn = replace(_forest(block), rows=rows)
    forest_over(page, drawn, [Said(text) for text in said] if stands(_less(page, said), drawn) else [])
    page.notes(*(row.said for row in rows), *(text for text in block.notes if text))


def _dots(look: SlideLook, content: PageContent, block: Block, title: str) -> None:
    """Dots with their ranges: of a ranked list as many as one slide holds, else all; what is in another unit below."""
    page = Page(look, content, title)
    if block.ranked:
        _rows_on(page, block, *_ranked(page, block))
        page.finish()
        return
    drawn, apart = _forest(block), _apart(block)
    parts = _parts(drawn, page.box)
    both = [*parts[-1], ChartRow(APART, bold=True), *apart]
    if apart and len(both) <= ROWS and stands(page.box, replace(drawn, rows=both)):
        parts[-1], apart = both, []
    said = [text for text in block.notes[:1] if 0 < len(text) <= LONGEST_TITLE]
    for number, part in enumerate(parts):
        page = Page(look, content, f"{title}, continued") if number else page
        _rows_on(page, block, part, said if number == len(parts) - 1 else [])
        page.finish()
    if apart:
        page = Page(look, content, f"{title}, continued")
        words = tuple((row.name, f"{row.middle} ({row.range})" if row.range else row.middle) for row in apart)
        _grids(look, content, page, SlideGrid(("What", "Amount"), words, frozenset((1,))), block, title)


def _less(page: Page, said: Sequence[str]) -> Box:
    """The slide's box less what paragraphs below take of it."""
    left, top, width, height = page.box
    return left, top, width, height - int(page.height([Said(text) for text in said], width) * measure.POINT)


def _apart(block: Block) -> list[ChartRow]:
    """The rows of a table that are in another unit than those that are drawn."""
    rows, shown = [], {dot.label for dot in block.dots}
    for row in block.table.rows:
        value, label = row.get("median"), str(row.get("label") or "")
        if label in shown | {""} or not isinstance(value, int | float):
            continue
        unit = str(row.get("unit") or block.table.units.get("median", ""))
        ends = Range(
            *(float(row[name] if isinstance(row.get(name), int | float) else value) for name in TRIPLE)
        )
        words = words_of(ends, unit)
        rows.append(
            ChartRow(label, f"{words.median} {rest_of(unit)}".strip(), words.ends if words.bracket() else "")
        )
    return rows


def _parts(drawn: Forest, box: Box) -> list[list[ChartRow]]:
    """The rows of each slide, as many as stand on it and about as many on each; a heading stays with its rows."""
    groups: list[list[ChartRow]] = []
    headed = any(row.heading for row in drawn.rows)
    for row in drawn.rows:
        if row.heading or not groups or not headed:
            groups.append([])
        groups[-1].append(row)

    def split(most: int) -> list[list[ChartRow]]:
        parts: list[list[ChartRow]] = []
        for group in groups:
            both = [*parts[-1], *group] if parts else []
            if both and len(both) <= most and stands(box, replace(drawn, rows=both)):
                parts[-1] = both
            else:
                parts.append([*group])
        return parts

    least = split(ROWS)
    return next(even for most in range(1, ROWS + 1) if len(even := split(most)) <= len(least))


def _lines(look: SlideLook, content: PageContent, block: Block, lines: Lines, title: str) -> None:
    """The columns of a table that are lines over its first one."""
    page = Page(look, content, title)
    drawn = SlideCurves(
        block.title, lines.across_title, capital(unit_words(lines.unit)), lines.across,
        [RangedLine(name, ends) for name, ends in lines.lines], writer_of(lines.across_unit), writer_of(lines.unit),
    )  # fmt: skip
    left, top, width, height = _less(page, [KEY])
    curves(page, (left, top, width, height), drawn)
    page.down((left, top + height, width, page.box[3] - height), [Said(KEY)])
    page.notes(*(text for text in block.notes if text))
    page.finish()


def _table(look: SlideLook, content: PageContent, block: Block, title: str) -> None:
    """The columns of a table that a slide holds, and its rows, on two slides at most."""
    whole, page = readable(block.table), Page(look, content, title)
    order = list(range(len(whole.heads))) if block.behind else whole.telling
    shown = grid.fitting(SlideGrid(whole.heads, whole.rows, whole.right), order, page.box[2] / measure.POINT)
    _grids(look, content, page, shown, block, title)


def _grids(
    look: SlideLook, content: PageContent, page: Page, shown: SlideGrid, block: Block, title: str
) -> None:
    """A table on this slide and the next ones, and how many rows follow."""
    below = READ * (measure.LINE + measure.PARAGRAPH)
    parts = grid.parts(page, shown)
    if len(parts) > MOST_TABLES:
        parts = grid.parts(page, shown, below)[:MOST_TABLES]
    more = len(shown.rows) - sum(len(part.rows) for part in parts)
    for number, part in enumerate(parts):
        page = Page(look, content, f"{title}, continued") if number else page
        end = grid.write(page, part)
        if more > 0 and number == len(parts) - 1:
            left, top, width, height = page.box
            page.down((left, end, width, top + height - end), [Said(MORE.format(count=more))])
        page.notes(*(text for text in block.notes if text))
        page.finish()
