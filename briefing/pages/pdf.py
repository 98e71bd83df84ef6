"""A page as PDF: its finding, then dots with ranges and a table for each block; readable by a screen reader."""

from __future__ import annotations

from typing import Any

from briefing.content import NAME
from briefing.pages.content import Block, PageContent
from briefing.pages.drawn import chart_of
from briefing.pages.words import readable
from briefing.report.pdf import typeset
from briefing.report.qr import qr_code
from briefing.report.typeset import Axis, breakable, cut, shortened, thinned
from charts import palette as p

TEMPLATE, SIZE = "page.typ", ("9.6",)
CELLS, ROWS, LONGEST, MOST_SOURCES, TICKS = 8, 40, 160, 30, 70
LOG = "The scale is logarithmic."
CURVE = 100  # rows from which a table is a curve: the workbook has it


def make(content: PageContent) -> bytes:
    """The document as bytes; the same content gives the same."""
    data = {
        "name": NAME, "title": f"{content.name}: {content.title}", "heading": content.name, "event": content.name,
        "headline": breakable(content.title), "sentences": list(map(breakable, content.sentences)),
        "basis": f"{content.basis}.", "blocks": [_block(content, block) for block in content.blocks],
        "notes": list(map(breakable, content.notes)), "stamp": content.stamp,
        "sources": shortened([breakable(line.text) for line in content.sources], MOST_SOURCES),
        "link": content.link, "shown": breakable(cut(content.link or content.where, LONGEST)),
        "qr": qr_code(content.link), "cite": f"Cite as: {content.cite}",
    }  # fmt: skip
    return typeset(data, content.day, TEMPLATE, SIZE)


def _block(content: PageContent, block: Block) -> dict[str, Any]:
    """A block: its rows with the axis of their figure, and the part of its table that a page holds."""
    made: dict[str, Any] = {"title": block.title, "rows": [], "axis": [], "alt": "", "note": ""}
    if block.dots:
        chart = chart_of(content, block)
        x = Axis(chart.build("screen").to_dict()["layout"]["xaxis"])
        made |= {"alt": chart.caption.alt, "axis": thinned(x.ticks, TICKS), "note": LOG if block.log else ""}
        made["rows"] = [
            {"words": [breakable(dot.label), breakable(dot.text)], "colour": p.BLUE, "heading": dot.heading,
             **{name: x.at(value) for name, value in
                (("low", dot.low), ("middle", dot.median), ("high", dot.high))}}
            for dot in block.dots
        ]  # fmt: skip
    whole = readable(block.table)
    shown = whole.columns(CELLS)
    curve = len(whole.rows) > CURVE and not {"label", "name", "title"} & set(block.table.rows[0])
    rows = () if curve else whole.rows[:ROWS]
    more = len(whole.rows) - len(rows)
    notes = (
        [f"{more:,} more rows, and all columns, stand in the workbook and the data package."] if more else []
    )
    return made | {
        "heads": [breakable(whole.heads[c]) for c in shown],
        "right": [n for n, c in enumerate(shown) if c in whole.right],
        "table": [[breakable(row[c]) for c in shown] for row in rows],
        "notes": notes + [breakable(text) for text in block.notes if text],
    }  # fmt: skip
