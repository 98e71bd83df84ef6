"""Charts of dots with their ranges, from cells: the simulations until an input is changed, then the formulas."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.chart import Chart

from briefing.workbook.cells import BLUE, GREY, INK, Sheet
from briefing.workbook.chain import Chain
from briefing.workbook.formula import Formula, all_of, equal, in_money, when
from model.common.numbers import scale_of, scaled_unit
from model.common.ranges import Range

GRID = "#E3E7EB"
QUIET = {"size": 8, "bold": False, "color": GREY}
KEY = "dot: middle estimate, line: range from 5% to 95%"
HEAD = ["What", "Low", "Middle", "High", "Line below", "Line above", "Low, rounded", "Middle, rounded",
        "High, rounded", "Middle, in words", "In words", "In the chart"]  # fmt: skip
UNCHANGED, SAME_MONEY = "inputs_unchanged", "money_unchanged"
HEIGHT, WIDEST = 320, 1100  # pixels of a chart that stands still


@dataclass(frozen=True)
class Dot:
    """One row: the range of the simulations in the file's own money, and the cell that follows a changed input."""

    label: str
    amount: Range[float | None]
    live: Formula | None = None
    bold: bool = False


@dataclass(frozen=True)
class Drawn:
    """Where the cells of a chart stand."""

    rows: tuple[int, int]
    bold: tuple[bool, ...]
    words: tuple[Formula, ...]  # of each row, with the range where there is one
    middles: tuple[Formula, ...]  # words of each middle


def dot_rows(chain: Chain, sheet: Sheet, row: int, dots: Sequence[Dot]) -> Drawn:
    """Cells of a chart below a heading at `row`; what was not measured has no row."""
    sheet.row(row, HEAD)
    words, middles = list[Formula](), list[Formula]()
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
        rounded = [sheet.formula(at, column, chain.whole(part), "count")
                   for column, part in ((6, low), (7, middle), (8, high))]  # fmt: skip
        ends = [in_money(part, chain["money_name"]) for part in (rounded[0], rounded[2])]
        said = sheet.formula(at, 9, in_money(rounded[1], chain["money_name"]), "text")
        middles.append(said)
        ranged: Formula = said & " (" & ends[0] & " to " & ends[1] & ")"
        as_made = equal(chain[SAME_MONEY], 1)
        if dot.live is not None:
            ranged = when(equal(chain[UNCHANGED], 1), ranged, said)
            as_made = all_of(as_made, equal(chain[UNCHANGED], 1))
        made = dot.amount.money(chain.content.unit)
        words.append(sheet.formula(at, 10, when(as_made, made.text, ranged), "text"))
        brief = when(as_made, made.median, said)
        sheet.formula(at, 11, Formula(sheet.at(at, 0), dot.label) & ": " & brief, "text")
    return Drawn((row + 1, row + len(measured)), tuple(dot.bold for dot in measured), tuple(words), tuple(middles))


@dataclass(frozen=True)
class Columns:
    """Where a chart finds its cells: numbers of columns."""

    middle: int
    high: int
    minus: int
    plus: int
    text: int


LIVE, STILL = Columns(2, 3, 4, 5, 11), Columns(1, 2, 3, 4, 0)


def dot_chart(
    cells: Sheet, rows: tuple[int, int], at: Columns, bold: Sequence[bool], *, title: str, axis: str, key: str, zero: bool = True
) -> Chart:
    """The chart of those rows; `title`, `axis` and `key` (what dot and line are) are addresses of cells with words, or the words.

    `zero` lets the axis begin at nothing.
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
    chart.set_x_axis({"name": key, "name_font": QUIET, "num_font": {"size": 8, "color": INK}, "line": {"color": GREY},
                      "label_position": "low", "major_tick_mark": "none"})  # fmt: skip
    chart.set_y_axis({**axis_of(axis), **({"min": 0} if zero else {})})
    return chart


@dataclass(frozen=True)
class Still:
    """A row of a chart that does not follow anything: its range in its money, and in words."""

    label: str
    amount: Range[float | None]
    text: str


def still_chart(sheet: Sheet, row: int, dots: Sequence[Still], unit: str, title: str) -> int:
    """A chart of amounts that stand still, with its numbers below it; returns the next free row."""
    measured = [dot for dot in dots if dot.amount.median is not None]
    scale = scale_of(unit)
    first = row + math.ceil(HEIGHT / 20) + 2
    sheet.row(first - 1, ["Numbers of the chart", "Middle", "High", "Line below", "Line above"])
    numbers = [[(part or 0.0) / scale for part in dot.amount] for dot in measured]
    for number, (dot, (low, middle, high)) in enumerate(zip(measured, numbers, strict=True)):
        at = first + number
        sheet.text(at, 0, f"{dot.label}: {dot.text}", "wrap")
        for column, value in enumerate((middle, high, middle - low, high - middle), start=1):
            sheet.number(at, column, value, "amount")
    last = first + len(measured) - 1
    if measured:
        bold = [False] * len(measured)
        made = dot_chart(sheet, (first, last), STILL, bold, title=title, axis=scaled_unit(unit), key=KEY, zero=all(low >= 0 for low, _, _ in numbers))
        sheet.chart(row, 0, made, (min(WIDEST, 260 + 130 * len(measured)), HEIGHT), title)
    return last + 2


def axis_of(name: str) -> dict[str, object]:
    """A quiet axis with its name below."""
    return {"name": name, "name_font": QUIET, "num_font": {"size": 8}, "num_format": "[>=1000]#,##0;General",
            "line": {"color": GRID}, "major_gridlines": {"visible": True, "line": {"color": GRID}}}  # fmt: skip


def finish(chart: Chart, title: str) -> None:
    """The finding above, no legend, no frame."""
    chart.set_title({"name": title, "name_font": {"size": 11, "color": INK}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}})
