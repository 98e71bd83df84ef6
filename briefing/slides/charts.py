"""What the slides draw of rows: dots with their ranges beside a table of their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR

from briefing.common.content import Content
from briefing.slides import measure
from briefing.slides.page import LABEL, READ, Box, Page, Said
from briefing.slides.scatter import PlotAxis, PointWords, Scatter, Series, strokes
from briefing.slides.theme import FAINT, TEXT
from charts import words as w
from model.common.numbers import GDP_SHARE, PERCENT, money, scale_of, scaled_unit
from model.common.ranges import UNDEFINED, Range

KEY = "Dot: middle estimate. Line: range"
HEAD, TICKS = 28.0, 26.0  # points: the head of a table, room for words at ticks
HIGHEST, LEAST_CHART = 76.0, 0.2  # points of a row, share of the width that the dots have at least
NARROW, LEAST_NARROW = 700.0, 0.3  # points of a box, and that share in a narrower one
HEADING = 0.65  # of a row
LONGEST_NAME = 100  # letters; of our own names none is longer
Plot = tuple[float, float, float, float]
WHOLE: Plot = (0.0, 0.0, 1.0, 1.0)
PAD = 10.0  # points between columns


@dataclass(frozen=True)
class ChartRow:
    """One row: its name, its amount and range in words, and where they are drawn; a heading has no amount.

    `ends` are two dots, such as those of an assumption at its low and its high point, instead of one with a range.
    """

    name: str
    middle: str = ""
    range: str = ""
    drawn: Range[float | None] = UNDEFINED
    accent: int = 0  # which of the template's colours
    bold: bool = False
    more: str = ""  # a line below the name
    ends: tuple[float, float] | None = None

    @property
    def heading(self) -> bool:
        """Whether it stands above others and has the whole width."""
        return not self.middle

    @property
    def said(self) -> str:
        """The row in words."""
        numbers = f": {self.middle}" if self.middle else ""
        return f"{self.name}{numbers}{f' ({self.range})' if self.range else ''}{f', {self.more}' if self.more else ''}"


@dataclass(frozen=True)
class Forest:
    """Rows under a head of three words, in one money; `key` says what the dots are, `name` what it shows."""

    name: str
    heads: tuple[str, str, str]
    rows: Sequence[ChartRow]
    unit: str
    log: bool = False
    key: str = KEY
    mark: float | None = None  # a value with a line through all rows

    @property
    def said_key(self) -> str:
        """What is drawn, in words above the chart."""
        return f"{self.key} (log scale)" if self.log else self.key


def row_of(
    name: str, cost: Range[float | None], unit: str, accent: int = 0, *, bold: bool = False, more: str = ""
) -> ChartRow:
    """The amount `cost`, in `unit`, with its range, in words as everywhere.

    Its dot has the template's colour number `accent`, counted from 0.
    """
    words = cost.money(unit)
    ends = words.ends if words.bracket() else ""
    return ChartRow(name, words.median, ends, cost, accent, bold, more)


def forest_over(page: Page, drawn: Forest, said: Sequence[Said]) -> None:
    """Rows from the top of the slide's box, and paragraphs below them."""
    left, top, width, height = page.box
    room = height - int(page.height(said, width) * measure.POINT)
    bottom = forest(page, (left, top, width, room), drawn) if drawn.rows else top
    page.down((left, bottom, width, top + height - bottom), said, body=not drawn.rows)


def stands(box: Box, drawn: Forest) -> bool:
    """Whether all rows stand in a box in letters of 18 points, none of them cut."""
    across, room = box[2] / measure.POINT, box[3] / measure.POINT - TICKS
    for stacked in (False, True):
        widths = _widths(drawn, across, READ, stacked=stacked)
        heads = [Said(text, 16, bold=True) for text in drawn.heads[: len(widths) - 1]]
        head = max(HEAD, measure.height([drawn.said_key], widths[-1] - PAD, LABEL), _high(heads, widths))
        if head + sum(_high(_cells(row, widths, READ), widths) for row in drawn.rows) <= room:
            return True
    return False


def forest(page: Page, box: Box, drawn: Forest) -> int:
    """Table and chart beside each other, row by row; returns where they end.

    Letters are of 18 points; smaller only where a template leaves too little room.
    """
    left, top, width, height = box
    across, weights = width / measure.POINT, [1.0]
    # A reader's name may be longer than any slide: then it is cut, where the box is wide before letters become smaller.
    endless = any(len(row.name) > LONGEST_NAME for row in drawn.rows)
    first = (READ,) if endless and across > NARROW else (READ, 16, LABEL)
    tries = (
        *product((False,), first, (False, True)),
        *product((True,), (READ, 16, LABEL, 12), (False, True)),
    )
    for cut, size, stacked in tries:
        widths = _widths(drawn, across, size, stacked=stacked)
        heads = [Said(text, min(size, 16), bold=True) for text in drawn.heads[: len(widths) - 1]]
        head = max(HEAD, measure.height([drawn.said_key], widths[-1] - PAD, LABEL), _high(heads, widths))
        room = height / measure.POINT - head - TICKS
        step = min(HIGHEST, room / (sum(HEADING if row.heading else 1.0 for row in drawn.rows) or 1.0))
        weights = [step * (HEADING if row.heading else 1.0) for row in drawn.rows]
        rows = [_cells(row, widths, size) for row in drawn.rows]
        if cut:
            rows = [
                [_cut(cells[0], widths[0] - PAD, step), *cells[1:]] if cells[1:] else cells for cells in rows
            ]
        needed = [_high(row, widths) for row in rows]
        if max(needed) <= step:
            break
        if sum(needed) <= room:  # a long name takes room of the rows with short ones
            weights = [high + min(HIGHEST / 4, (room - sum(needed)) / len(needed)) for high in needed]
            break
    high = [int(head * measure.POINT), *(int(weight * measure.POINT) for weight in weights)]
    alt = f"{drawn.name}. " + "; ".join(row.said for row in drawn.rows) + "."
    columns = [int(value * measure.POINT) for value in widths[:-1]]
    page.table((left, top, 0, 0), [heads, *rows], columns, high, alt, right=(1,))
    start = left + sum(columns)
    beside = start + int(PAD * measure.POINT)
    page.write(
        (beside, top, left + width - beside, high[0]), [Said(drawn.said_key, LABEL)], anchor=MSO_ANCHOR.MIDDLE
    )
    frame = start, top + high[0], left + width - start, sum(high[1:]) + int(TICKS * measure.POINT)
    page.chart(
        frame,
        XL_CHART_TYPE.XY_SCATTER,
        _rows(page, drawn, frame, [weight / step for weight in weights]),
        drawn.name,
        f"{alt} {drawn.said_key}.",
    )
    return frame[1] + frame[3]


def _widths(drawn: Forest, across: float, size: float, *, stacked: bool) -> list[float]:
    """Points of the columns: name, amount, range (one for both where they are stacked), chart."""
    rows = [row for row in drawn.rows if not row.heading]
    middle = max([measure.width(row.middle, size, bold=True) for row in rows], default=0.0) + PAD
    ends = max([measure.width(row.range, size) for row in rows], default=0.0) + PAD
    ends = min(ends, max(0.34 * across, middle))
    heads = [measure.width(text, min(size, 16), bold=True) + PAD for text in drawn.heads]
    middle, ends = max(middle, heads[1]), max(ends, heads[2]) if any(row.range for row in rows) else 0.0
    names = [measure.width(text, size, bold=row.bold) + PAD for row in rows for text in (row.name, row.more)]
    widest = max([*names, heads[0]]) + 2
    rest = across * (1 - (LEAST_CHART if across > NARROW else LEAST_NARROW))
    together = [max(middle, ends)] if stacked else [middle, ends] if ends else [middle]
    name = max(min(widest, rest - sum(together)), across * 0.15)
    return [name, *together, across - name - sum(together)]


def _cells(row: ChartRow, widths: Sequence[float], size: float) -> list[Said]:
    if row.heading:
        return [Said(row.name, size, bold=True)]
    name = Said(row.name, size, bold=row.bold, below=row.more)
    if len(widths) == 4:
        return [name, Said(row.middle, size, bold=True), Said(row.range, size)]
    return [name, Said(row.middle, size, bold=True, below=row.range)]


def _high(cells: Sequence[Said], widths: Sequence[float]) -> float:
    """Points that the highest cell of a row takes."""
    return max(
        sum(
            measure.lines(text, wide - PAD * 0.9, cell.size, bold=cell.bold) * cell.size * measure.LINE
            for text in (cell.text, cell.below)
            if text
        )
        for cell, wide in zip(cells, widths if len(cells) > 1 else [sum(widths)], strict=False)
    )


def _cut(cell: Said, room: float, high: float) -> Said:
    """A name that a row holds; all of it stands in the notes."""
    most = int(high / (cell.size * measure.LINE))
    below = measure.lines(cell.below, room, cell.size) if cell.below else 0
    return replace(cell, text=measure.cut(cell.text, room, cell.size, max(1, most - below), bold=cell.bold))


def _rows(page: Page, drawn: Forest, frame: Box, weights: Sequence[float]) -> Scatter:
    """The chart of the rows: a row is one high, the first is on top, and words at ticks stand below the last."""
    unit, total = scale_of(drawn.unit), sum(weights)
    wide, high = frame[2] / measure.POINT, frame[3] / measure.POINT
    below = total * TICKS / max(high - TICKS, 1.0)
    values = [
        value / unit for row in drawn.rows for value in (*row.drawn, *(row.ends or ())) if value is not None
    ]
    axis, ticks = _axis(values, drawn, wide)
    words = tick_texts(ticks, drawn.unit)
    series = [
        Series(
            "Lines (not data)",
            strokes([(value, 0.0, value, total) for value in ticks]),
            FAINT,
            line=0.75,
        ),
        Series(
            "Ticks (words)",
            [(value, 0.0) for value in ticks],
            words=PointWords(words, "b", LABEL),
            rows=words,
        ),
    ]
    if drawn.mark is not None:
        ends = [(drawn.mark / unit, 0.0), (drawn.mark / unit, total)]
        series.append(Series("Reference", ends, TEXT, line=1.25, dashed=True))
    accents = page.look.accents
    at = {
        id(row): total - sum(weights[:number]) - weights[number] / 2 for number, row in enumerate(drawn.rows)
    }
    ranges = [
        (max(low / unit, axis.low), at[id(row)], high / unit, at[id(row)])
        for row in drawn.rows for low, high in [_ends(row)] if high > low
    ]  # fmt: skip
    series.append(Series("Ranges", strokes(ranges), TEXT, line=3.0, rows=_lines(drawn)))
    for accent in sorted({row.accent for row in drawn.rows}):
        rows = [row for row in drawn.rows if row.accent == accent and row.drawn.median is not None]
        places = [(float(row.drawn.median or 0.0) / unit, at[id(row)]) for row in rows]
        if rows:
            names = [row.name for row in rows]
            series.append(
                Series(
                    f"Median, {scaled_unit(drawn.unit)}", places, accents[accent], "circle", 12, rows=names
                )
            )
    paired = [row for row in drawn.rows if row.ends]
    for end, (name, sign) in enumerate((("Assumption low", "diamond"), ("Assumption high", "circle"))):
        places = [(row.ends[end] / unit, at[id(row)]) for row in paired if row.ends]
        if places:
            series.append(Series(name, places, accents[1 - end], sign, 13, rows=[row.name for row in paired]))
    return scatter(page, series, axis, PlotAxis(-below, total))


def scatter(page: Page, series: list[Series], across: PlotAxis, up: PlotAxis, plot: Plot = WHOLE) -> Scatter:
    """A chart of the slide's day and colours; the plot is the whole frame where no words stand beside it."""
    return Scatter(series, across, up, plot, page.content.day, page.look.theme)


def _ends(row: ChartRow) -> tuple[float, float]:
    """From where to where the line of a row runs; the same twice where it has none."""
    if row.ends:
        return min(row.ends), max(row.ends)
    low, _, high = row.drawn
    return (0.0, 0.0) if low is None or high is None else (low, high)


def _lines(drawn: Forest) -> list[str]:
    """What the sheet calls both points of each line, and the empty one between two lines."""
    rows = [row.name for row in drawn.rows if _ends(row)[1] > _ends(row)[0]]
    return [text for name in rows for text in (f"{name}, low end", f"{name}, high end", "")]


def _axis(values: Sequence[float], drawn: Forest, wide: float) -> tuple[PlotAxis, list[float]]:
    """The axis across and its ticks; dots and words at the edges are not cut."""

    def most(ticks: Sequence[float]) -> int:
        texts = tick_texts(ticks, drawn.unit)
        return max(2, int(wide / (max(measure.width(text, LABEL) for text in texts) + 14)))

    if drawn.log:
        positive = [value for value in values if value > 0] or [1.0]
        low, high = min(positive) / 1.6, max(positive) * 1.6
        ticks = w.log_ticks(low, high)
        every = -(-len(ticks) // most(ticks)) if ticks else 1
        return PlotAxis(low, high, log=True), ticks[::every]
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    high = high if high > low else low + 1.0
    ticks = w.linear_ticks(low, high, 5)
    ticks = w.linear_ticks(low, high, min(5, most(ticks)))
    ticks = ticks if len(ticks) > 1 else w.linear_ticks(low, high, 3)
    pad = (high - low) * 0.09
    return PlotAxis(low - pad, max(high, *ticks) + pad), ticks


def range_bar(page: Page, content: Content, box: Box, cost: Range[float | None], words: Range[str]) -> None:
    """One dot with its range on a line from nothing, with both ends in words; `cost` is in the money of the content."""
    unit = scale_of(content.unit)
    low, median, high = ((part or 0.0) / unit for part in cost)
    accent = page.look.accents[0]
    span = high or 1.0
    series = [
        Series("From nothing (not data)", [(0.0, 0.0), (span, 0.0)], FAINT, line=3.0),
        Series("Range", [(low, 0.0), (high, 0.0)], accent, line=8.0, rows=["low end", "high end"]),
        Series("Median", [(median, 0.0)], accent, "circle", 20, rows=["median"]),
        Series("Ends (words)", [(low, 0.0), (high, 0.0)], words=PointWords((words.low, words.high), "b", READ)),
    ]  # fmt: skip
    chart = scatter(page, series, PlotAxis(-span * 0.12, span * 1.12), PlotAxis(-1.0, 0.55))
    page.chart(box, XL_CHART_TYPE.XY_SCATTER, chart, "Direct loss and its range",
               f"Direct loss: {words.median}, range {words.ends}.")  # fmt: skip


def tick_texts(ticks: Sequence[float], unit: str) -> list[str]:
    """Amounts at `ticks` as people write them: `$5M`; of what a share is stands beside the chart.

    Ticks are amounts in `unit` divided by its scale: millions of money, but shares as they are.
    """
    brief = PERCENT if unit == GDP_SHARE else unit
    return [w.tick_text(lambda value: money(value * scale_of(unit), brief), value) for value in ticks]
