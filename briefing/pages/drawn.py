"""The charts of a page's file: its rows with ranges and its lines, drawn as on the pages."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from briefing.pages.content import Block, Lines, PageContent
from briefing.pages.words import axis_unit, writer_of
from briefing.report.figures import RANGE, Chart
from charts.lines import paths
from charts.palette import Caption, Form
from charts.ranges import RangeRow, ranges
from charts.words import unit_words


def chart_of(content: PageContent, block: Block) -> Chart:
    """The chart of a block that is drawn."""
    lines = block.lines
    in_words = _lines_in_words(lines) if lines else "; ".join(f"{row.label} {row.text}" for row in block.dots)
    caption = Caption(
        block.finding, RANGE, content.basis, sources_text(content), content.stamp,
        f"{'Lines' if lines else 'Dots with ranges'}: {in_words}.",
    )  # fmt: skip

    def build(form: Form) -> go.Figure:
        return _lines(lines, caption, form) if lines else _ranges(block, caption, form)

    return Chart(block.table.id, block.title, block.finding, caption, "", build)


def _ranges(block: Block, caption: Caption, form: Form) -> go.Figure:
    rows = [
        RangeRow(dot.label, dot.text, dot.range, heading=dot.heading,
                 between=dot.more)
        for dot in block.dots
    ]  # fmt: skip
    return ranges(rows, caption, form, title=unit_words(block.unit), log=block.log, fmt=block.write)


def _lines(lines: Lines, caption: Caption, form: Form) -> go.Figure:
    share = axis_unit(lines.across_unit) is not None
    factor, title = (100.0, f"{lines.across_title}, %") if share else (1.0, lines.across_title)
    frame = pd.DataFrame(
        [
            (x * factor, name, middle, low, high)
            for name, ends in lines.lines
            for x, low, middle, high in zip(lines.across, *ends, strict=True)
        ],
        columns=["x", "series", "value", "low", "high"],
    )
    return paths(frame, lines.unit, caption, form, writer_of(lines.unit), x_title=title, amount="")


def _lines_in_words(lines: Lines) -> str:
    """Each line in words: what it is at both ends."""
    write, over = writer_of(lines.unit), writer_of(lines.across_unit)
    first, last = (over(lines.across[at]) for at in (0, -1))
    return f"{lines.across_title}, {first} to {last}: " + "; ".join(
        f"{name} {write(ends.median[0])} to {write(ends.median[-1])}" for name, ends in lines.lines
    )


def sources_text(content: PageContent) -> str:
    """Who published what a page rests on, as a caption names it."""
    named = dict.fromkeys(line.publisher or line.title for line in content.sources)
    return "; ".join([*named][:6]) + "; parameters: stated assumptions"
