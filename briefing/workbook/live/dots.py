"""Charts of dots with their ranges, from cells: the simulations until an input is changed, then the formulas."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.chart import Chart

from briefing.workbook.cells import BLUE, GREY, INK, Sheet
from briefing.workbook.chain import Chain
from briefing.workbook.formula import Formula, all_of, equal, item, over_arrays, position, when, with_range
from briefing.workbook.live.words import Words
from model.common.numbers import scale_of, scaled_unit
from model.common.ranges import Range

GRID = "#E3E7EB"
QUIET = {"size": 8, "bold": False, "color": GREY}
KEY = "dot: middle estimate, line: range from 5% to 95%"
HEAD = ["What", "Low", "Middle", "High", "Line below", "Line above", "In words", "In the chart"]
LOW, MIDDLE, HIGH, BELOW, ABOVE, WORDS, TEXT, RANK = range(1, 9)  # columns
UNCHANGED, SAME_MONEY = "inputs_unchanged", "money_unchanged"
HEIGHT, WIDEST = 320, 1300  # pixels of a chart that stands still


@dataclass(frozen=True)
class LiveDot:
    """One row: the range of the simulations in the file's own money, and the cell that follows a changed input."""

    label: str
    amount: Range[float | None]
    live: Formula


@dataclass(frozen=True)
class Drawn:
    """Where the cells of a chart stand."""

    rows: tuple[int, int]
    said: tuple[Formula, ...]  # words of each middle
    columns: Mapping[int, list[Formula]]  # every cell that a chart takes, by column


def dot_rows(chain: Chain, sheet: Sheet, words: Words, row: int, dots: Sequence[LiveDot]) -> Drawn:
    """Cells of a chart below a heading at `row`, of amounts that are measured."""
    sheet.row(row, HEAD)
    said: list[Formula] = []
    scale, unchanged = chain.content.result.money.scale, equal(chain[UNCHANGED], 1)
    columns: dict[int, list[Formula]] = {column: [] for column in (MIDDLE, HIGH, BELOW, ABOVE, TEXT)}
    as_made = all_of(equal(chain[SAME_MONEY], 1), unchanged)
    for at, dot in enumerate(dots, start=row + 1):
        sheet.text(at, 0, dot.label)
        stored = [chain.in_money((part or 0.0) / scale) for part in dot.amount]
        middle = sheet.formula(at, MIDDLE, when(unchanged, stored[1], dot.live), "amount")
        low, high = (sheet.formula(at, column, when(unchanged, own, middle), "amount")
                     for column, own in ((LOW, stored[0]), (HIGH, stored[2])))  # fmt: skip
        ends = words.of(f"{dot.label}: low", low), words.of(f"{dot.label}: high", high)
        said.append(words.of(f"{dot.label}: middle", middle))
        made = dot.amount.money(chain.content.unit)
        sheet.formula(at, WORDS, when(as_made, made.full, with_range(said[-1], *ends)), "text")
        text = Formula(sheet.at(at, 0), dot.label) & ": " & when(as_made, made.median, said[-1])
        cells = (middle, high, sheet.formula(at, BELOW, middle - low, "amount"),
                 sheet.formula(at, ABOVE, high - middle, "amount"), sheet.formula(at, TEXT, text, "text"))  # fmt: skip
        for column, cell in zip(columns, cells, strict=True):
            columns[column].append(cell)
    return Drawn((row + 1, row + len(dots)), tuple(said), columns)


def largest_rows(sheet: Sheet, drawn: Drawn, row: int, most: int) -> tuple[int, int]:
    """The `most` rows of the largest middles again, the largest first, below a heading at `row`; first and last row.

    They are put into their order anew when an input is changed. Of equal ones the upper comes first.
    """
    first, middles = drawn.rows[0], drawn.columns[MIDDLE]
    sheet.text(first - 1, RANK, "Place", "head")
    every = sheet.range(first, MIDDLE, middles)
    ranks: list[Formula] = []
    for number, middle in enumerate(middles):
        rank = over_arrays((every > middle) * 1) + 1
        if number:
            rank = rank + over_arrays(equal(sheet.range(first, MIDDLE, middles[:number]), middle) * 1)
        ranks.append(sheet.formula(first + number, RANK, rank, "count"))
    places = sheet.range(first, RANK, ranks)
    sheet.row(row, ["Place of the row above", *HEAD[1:]])
    most = min(most, len(middles))
    for number in range(1, most + 1):
        place = sheet.formula(row + number, 0, position(number, places), "count")
        for column, cells in drawn.columns.items():
            value = item(sheet.range(first, column, cells), place)
            sheet.formula(row + number, column, value, "text" if column == TEXT else "amount")
    return row + 1, row + most


@dataclass(frozen=True)
class Columns:
    """Where a chart finds its cells: numbers of columns."""

    middle: int
    high: int
    minus: int
    plus: int
    text: int


LIVE, STILL = Columns(MIDDLE, HIGH, BELOW, ABOVE, TEXT), Columns(1, 2, 3, 4, 0)


def dot_chart(
    cells: Sheet,
    rows: tuple[int, int],
    at: Columns,
    *,
    title: str = "",
    axis: str = "",
    key: str = "",
    zero: bool = True,
    log: bool = False,
) -> Chart:
    """The chart of `rows`, the first and the last, on the sheet of cells.

    `zero` lets the axis begin at nothing, `log` makes it logarithmic.
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
    scale = {"log_base": 10} if log else {"min": 0} if zero else {"num_format": "General"}
    chart.set_y_axis({**axis_of(f"{axis} (log scale)" if log else axis), **scale})
    return chart


@dataclass(frozen=True)
class Still:
    """A row of a chart that does not follow anything: its range in its money, and in words."""

    label: str
    amount: Range[float | None]
    text: str


def still_charts(
    sheet: Sheet,
    row: int,
    unit: str,
    *charts: tuple[str, Sequence[Still]],
    log: bool = False,
    small: bool = False,
) -> None:
    """Charts of amounts that stand still, side by side from `row`: a title and rows each; their numbers stand below.

    `small` amounts are not drawn in millions; `log` is of the axis.
    """
    scale, name = (1.0, unit) if small else (scale_of(unit), scaled_unit(unit))
    at = row + math.ceil(HEIGHT / 20) + 2
    room, column = int(min(WIDEST, sheet.pixels())), 0
    width = min(room // len(charts), 250 + 120 * max(len(dots) for _, dots in charts))
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
        made = dot_chart(sheet, (first, at), STILL, title=title, axis=name, key=KEY, zero=zero,
                         log=log)  # fmt: skip
        in_words = "; ".join(f"{dot.label}: {dot.text}" for dot in measured)
        sheet.chart(row, column, made, (width, HEIGHT), f"{title}. {in_words}.")
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
