"""Charts of dots with their ranges, from cells: the simulations until an input is changed, then the formulas."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.chart import Chart

from briefing.workbook.cells import BLUE, GREY, INK, Sheet
from briefing.workbook.chain import Chain
from briefing.workbook.formula import Formula, all_of, equal, when
from briefing.workbook.live.words import Words
from model.common.numbers import scale_of, scaled_unit
from model.common.ranges import Range

GRID = "#E3E7EB"
QUIET = {"size": 8, "bold": False, "color": GREY}
KEY = "dot: middle estimate, line: range from 5% to 95%"
HEAD = ["What", "Low", "Middle", "High", "Line below", "Line above", "In words", "In the chart"]
UNCHANGED, SAME_MONEY = "inputs_unchanged", "money_unchanged"
HEIGHT, WIDEST = 320, 1300  # pixels of a chart that stands still


@dataclass(frozen=True)
class Dot:
    """One row: the range of the simulations in the file's own money, and the cell that follows a changed input."""

    label: str
    amount: Range[float | None]
    live: Formula | None = None


@dataclass(frozen=True)
class Drawn:
    """Where the cells of a chart stand."""

    rows: tuple[int, int]
    middles: tuple[Formula, ...]  # words of each middle


def dot_rows(chain: Chain, sheet: Sheet, words: Words, row: int, dots: Sequence[Dot]) -> Drawn:
    """Cells of a chart below a heading at `row`; what was not measured has no row."""
    sheet.row(row, HEAD)
    middles: list[Formula] = []
    measured = [dot for dot in dots if dot.amount.median is not None]
    scale = chain.content.result.money.scale
    for at, dot in enumerate(measured, start=row + 1):
        sheet.text(at, 0, dot.label)
        parts: list[Formula] = []
        stored = [chain.in_money((part or 0.0) / scale) for part in dot.amount]
        middle = stored[1] if dot.live is None else when(equal(chain[UNCHANGED], 1), stored[1], dot.live)
        middle = sheet.formula(at, 2, middle, "amount")
        for column, own in ((1, stored[0]), (3, stored[2])):
            end = own if dot.live is None else when(equal(chain[UNCHANGED], 1), own, middle)
            parts.append(sheet.formula(at, column, end, "amount"))
        low, high = parts
        sheet.formula(at, 4, middle - low, "amount")
        sheet.formula(at, 5, high - middle, "amount")
        ends = [words.of(f"{dot.label}: {name}", part) for name, part in (("low", low), ("high", high))]
        said = words.of(f"{dot.label}: middle", middle)
        middles.append(said)
        ranged: Formula = said & " (" & ends[0] & " to " & ends[1] & ")"
        as_made = equal(chain[SAME_MONEY], 1)
        if dot.live is not None:
            ranged = when(equal(chain[UNCHANGED], 1), ranged, said)
            as_made = all_of(as_made, equal(chain[UNCHANGED], 1))
        made = dot.amount.money(chain.content.unit)
        sheet.formula(at, 6, when(as_made, made.text, ranged), "text")
        brief = when(as_made, made.median, said)
        sheet.formula(at, 7, Formula(sheet.at(at, 0), dot.label) & ": " & brief, "text")
    return Drawn((row + 1, row + len(measured)), tuple(middles))


@dataclass(frozen=True)
class Columns:
    """Where a chart finds its cells: numbers of columns."""

    middle: int
    high: int
    minus: int
    plus: int
    text: int


LIVE, STILL = Columns(2, 3, 4, 5, 7), Columns(1, 2, 3, 4, 0)


def dot_chart(
    cells: Sheet,
    rows: tuple[int, int],
    at: Columns,
    *,
    title: str = "",
    axis: str = "",
    key: str = "",
    zero: bool = True,
) -> Chart:
    """The chart of those rows; `zero` lets the axis begin at nothing.

    `title`, `axis` and `key`, which says what dot and line are, stand in it only where they never change.
    """
    first, last = rows

    def span(column: int) -> str:
        return f"={cells.span(first, last, column)}"

    chart = cells.book.workbook.add_chart({"type": "line"})
    # A program scales an axis by points, not by lines at their sides.
    chart.add_series({"name": "High", "categories": span(at.text), "values": span(at.high), "line": {"none": True},
                      "marker": {"type": "none"}})  # fmt: skip
    chart.add_series({
        "name": "Middle estimate and range", "categories": span(at.text), "values": span(at.middle),
        "line": {"none": True},
        "marker": {"type": "circle", "size": 9, "fill": {"color": BLUE}, "border": {"color": BLUE}},
        "y_error_bars": {"type": "custom", "plus_values": span(at.plus), "minus_values": span(at.minus), "end_style": 0,
                         "line": {"color": BLUE, "width": 2}},
    })  # fmt: skip
    finish(chart, title)
    named = {"name": key, "name_font": QUIET} if key else {}
    chart.set_x_axis({**named, "num_font": {"size": 8, "color": INK}, "line": {"color": GREY}, "label_position": "low",
                      "major_tick_mark": "none"})  # fmt: skip
    chart.set_y_axis({**axis_of(axis), **({"min": 0} if zero else {"num_format": "General"})})
    return chart


@dataclass(frozen=True)
class Still:
    """A row of a chart that does not follow anything: its range in its money, and in words."""

    label: str
    amount: Range[float | None]
    text: str


def still_charts(sheet: Sheet, row: int, unit: str, *charts: tuple[str, Sequence[Still]]) -> None:
    """Charts of amounts that stand still, side by side: a title and rows each; their numbers stand below."""
    scale, at = scale_of(unit), row + math.ceil(HEIGHT / 20) + 2
    width, column = min(WIDEST // len(charts), 250 + 120 * max(len(dots) for _, dots in charts)), 0
    for title, dots in charts:
        measured = [dot for dot in dots if dot.amount.median is not None]
        if not measured:
            continue
        numbers = [[(part or 0.0) / scale for part in dot.amount] for dot in measured]
        sheet.row(at, [f"Numbers of the chart “{title}”", "Middle", "High", "Line below", "Line above"])
        first = at + 1
        for at, (dot, (low, middle, high)) in enumerate(zip(measured, numbers, strict=True), start=first):
            sheet.text(at, 0, f"{dot.label}: {dot.text}", "wrap")
            for place, value in enumerate((middle, high, middle - low, high - middle), start=1):
                sheet.number(at, place, value, "amount")
        zero = all(low >= 0 for low, _, _ in numbers)
        made = dot_chart(sheet, (first, at), STILL, title=title, axis=scaled_unit(unit), key=KEY, zero=zero)
        told = "; ".join(f"{dot.label}: {dot.text}" for dot in measured)
        sheet.chart(row, column, made, (width, HEIGHT), f"{title}. {told}.")
        column, at = sheet.column_at(width), at + 2


def axis_of(name: str = "") -> dict[str, object]:
    """A quiet axis with its name, if it has one."""
    return {**({"name": name, "name_font": QUIET} if name else {}), "num_font": {"size": 8},
            "num_format": "[>=1000]#,##0;General", "line": {"color": GRID},
            "major_gridlines": {"visible": True, "line": {"color": GRID}}}  # fmt: skip


def finish(chart: Chart, title: str = "") -> None:
    """The finding above, if there is one; no legend, no frame."""
    own = {"name": title, "name_font": {"size": 11, "color": INK}, "overlay": False}
    chart.set_title(own if title else {"none": True})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}})
