"""The charts of a page's file: its rows with ranges, drawn as on the pages."""

from __future__ import annotations

import plotly.graph_objects as go

from briefing.pages.content import Block, PageContent
from briefing.report.figures import RANGE, Chart
from charts.palette import Caption, Form
from charts.ranges import RangeRow, ranges
from charts.words import unit_words


def chart_of(content: PageContent, block: Block) -> Chart:
    """The chart of a block that has rows to draw."""
    named = "; ".join(f"{row.label} {row.text}" for row in block.dots)
    caption = Caption(
        block.title,
        RANGE,
        content.basis,
        sources_text(content),
        content.stamp,
        f"Dots with ranges: {named}.",
    )
    rows = [
        RangeRow(
            dot.label,
            dot.text,
            dot.low,
            dot.median,
            dot.high,
            heading=dot.heading,
            between=dot.more,
        )
        for dot in block.dots
    ]

    def build(form: Form) -> go.Figure:
        return ranges(rows, caption, form, title=unit_words(block.unit), log=block.log, fmt=block.write)

    return Chart(block.table.id, block.title, block.title, caption, "", build)


def sources_text(content: PageContent) -> str:
    """Who published what a page rests on, as a caption names it."""
    named = dict.fromkeys(line.publisher or line.title for line in content.sources)
    return "; ".join([*named][:6]) + "; parameters: stated assumptions"
