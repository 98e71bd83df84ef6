"""Charts of dots with their ranges, from cells: the simulations until an input is changed, then the formulas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.chart import Chart

from briefing.workbook.cells import BLUE, GREY, INK, Sheet
from briefing.workbook.chain import Chain
from briefing.workbook.formula import Formula, all_of, equal, in_money, when
from model.common.ranges import Range

GRID = "#E3E7EB"
HEAD = ["What", "Low", "Middle", "High", "Line to the left", "Line to the right", "Low, rounded", "Middle, rounded",
        "High, rounded", "Middle, in words", "In words", "In the chart", "Place", "Place of the words", "Begin of the words"]  # fmt: skip
UNCHANGED, SAME_MONEY = "inputs_unchanged", "money_unchanged"
ABOVE = 0.34  # by how much of a row the words stand above their dot


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

    first: int
    last: int
    words: tuple[Formula, ...]  # of each row, with the range where there is one
    middles: tuple[Formula, ...]  # words of each middle


def dot_rows(chain: Chain, sheet: Sheet, row: int, dots: Sequence[Dot]) -> Drawn:
    """Cells of a chart below a heading at `row`; what was not measured has no row."""
    sheet.row(row, HEAD)
    words, middles = list[Formula](), list[Formula]()
    measured = [dot for dot in dots if dot.amount.median is not None]
    scale = chain.content.result.money.scale
    for place, dot in enumerate(measured):
        at = row + 1 + place
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
        words.append(sheet.formula(at, 10, when(as_made, dot.amount.money(chain.content.unit).text, ranged), "text"))
        sheet.formula(at, 11, Formula(sheet.at(at, 0), dot.label) & ": " & words[-1], "text")
        sheet.number(at, 12, len(measured) - place, "count")
        sheet.number(at, 13, len(measured) - place + ABOVE, "fine")
        sheet.number(at, 14, 0, "count")
    return Drawn(row + 1, row + len(measured), tuple(words), tuple(middles))


def dot_chart(
    chain: Chain, cells: Sheet, drawn: Drawn, dots: Sequence[Dot], *, title: str, axis: str, zero: bool = True
) -> Chart:
    """The chart of those rows; `title` and `axis` are addresses of cells with words, or the words."""
    first, last = drawn.first, drawn.last
    measured = [dot for dot in dots if dot.amount.median is not None]
    span = {column: f"={cells.span(first, last, column)}" for column in (2, 4, 5, 12, 13, 14)}
    chart = chain.book.workbook.add_chart({"type": "scatter"})
    chart.add_series({
        "name": "Middle estimate and range", "categories": span[2], "values": span[12],
        "marker": {"type": "circle", "size": 8, "fill": {"color": BLUE}, "border": {"color": BLUE}},
        "x_error_bars": {"type": "custom", "plus_values": span[5], "minus_values": span[4], "end_style": 0,
                         "line": {"color": BLUE, "width": 2}},
    })  # fmt: skip
    labels = [
        {"value": f"={cells.at(row, 11)}", "font": {"color": INK, "size": 9, "bold": dot.bold}}
        for row, dot in enumerate(measured, start=first)
    ]
    chart.add_series({
        "name": "Words", "categories": span[14], "values": span[13], "marker": {"type": "none"},
        "data_labels": {"value": True, "position": "right", "custom": labels, "font": {"size": 9}},
    })  # fmt: skip
    finish(chart, title)
    chart.set_y_axis({"visible": False, "min": 0.5, "max": len(measured) + 0.9, "major_gridlines": {"visible": False}})
    x = axis_of(axis)
    chart.set_x_axis(x | {"min": 0} if zero else x)
    return chart


def axis_of(name: str) -> dict[str, object]:
    """A quiet axis with its name below."""
    return {"name": name, "name_font": {"size": 8, "bold": False, "color": GREY}, "num_font": {"size": 8},
            "line": {"color": GRID}, "major_gridlines": {"visible": True, "line": {"color": GRID}}}  # fmt: skip


def finish(chart: Chart, title: str) -> None:
    """The finding above, no legend, no frame."""
    chart.set_title({"name": title, "name_font": {"size": 11, "color": INK}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}})
