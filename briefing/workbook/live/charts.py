"""The sheet behind the charts of the answer, and these charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.chart import Chart

from briefing.common.content import BESIDE, Line
from briefing.workbook.cells import BLUE, Sheet
from briefing.workbook.chain import Chain
from briefing.workbook.formula import Formula, equal, maximum, minimum, when
from briefing.workbook.live.curve import CurveRow
from briefing.workbook.live.dots import (
    KEY,
    LIVE,
    UNCHANGED,
    Drawn,
    LiveDot,
    axis_of,
    dot_chart,
    dot_rows,
    finish,
    largest_rows,
)
from briefing.workbook.live.sectors import SectorRow
from briefing.workbook.live.words import Words
from model.common.durations import STOPS
from model.common.ledger import NO_SUM, SIGNS
from model.common.ranges import Range
from model.common.text import small

VERMILLION = "#D55E00"
CELLS = {"gross": "answer_gross", "caught_up": "answer_caught_up", "overtime": "answer_overtime",
         "net_direct": "answer_net_direct", "lagged_receipts": "answer_lagged_receipts",
         "coping": "answer_coping"}  # fmt: skip
MOST = 8  # industries in a chart; all stand in the table
LEAST_DAYS = 1 / 1440  # a log axis takes no zero
CHAIN, BEARERS = 3, 14  # rows


@dataclass(frozen=True)
class ChartCells:
    """The rows of the three charts."""

    sheet: Sheet
    chain: Drawn
    bearers: tuple[int, int]  # first and last row of the largest
    curve: tuple[int, int]
    log: bool


def chart_sheet(
    chain: Chain, sheet: Sheet, words: Words, sectors: Sequence[SectorRow], curve: Sequence[CurveRow]
) -> ChartCells:
    """The numbers of the charts: the simulations until an input is changed, then the formulas."""
    content = chain.content
    sheet.text(0, 0, "What the charts show", "title")
    note = "The simulations until an input is changed; then the formulas, without a range, as ranges do not follow."
    sheet.text(1, 0, note, "note")
    steps = [
        LiveDot(f"{'Counted separately: ' if line.id in BESIDE else SIGNS.get(line.id, '')}{line.label}",
            line.range, chain[CELLS[line.id]])
        for line in content.chain if line.range.median is not None
    ]  # fmt: skip
    drawn = dot_rows(chain, sheet, words, CHAIN, steps)
    nets = {
        sector.key: row.net for sector, row in zip(content.result.catalogue.sectors, sectors, strict=True)
    }
    bearers = [
        LiveDot(line.label, line.range, nets[line.id.removeprefix("net_direct.")])
        for line in content.sectors
    ]  # fmt: skip
    by_sector = dot_rows(chain, sheet, words, BEARERS, bearers)
    shown = largest_rows(sheet, by_sector, by_sector.rows[1] + 2, MOST)
    last, log = _curve_rows(chain, sheet, curve, shown[1] + 3)
    return ChartCells(sheet, drawn, shown, last, log)


def _curve_rows(
    chain: Chain, sheet: Sheet, curve: Sequence[CurveRow], row: int
) -> tuple[tuple[int, int], bool]:
    """The three lines of the loss against duration, below a heading at `row`.

    Returns their first and last row, and whether all of it can stand on log axes.
    """
    result = chain.content.result
    costs, scale, made = result.curves["net_direct"], result.money.scale, equal(chain[UNCHANGED], 1)
    index = {float(hours): number for number, hours in enumerate(result.durations)}
    stored = [
        costs.at(index[row.hours]).each(lambda part: part / scale) for row in curve if row.hours in STOPS
    ]
    chosen = result.amount("net_direct").range.each(lambda part: (part or 0.0) / scale)
    short = 0 < result.scenario.hours < STOPS[0]
    least = min(row.low for row in [*stored, *([chosen] if short else [])])
    log = least > 0 and result.scenario.hours > 0
    floor = chain.in_money(least / 1000) if log else None
    sheet.row(row, ["Days", "Low", "Middle", "High"])
    first = row + 1

    def three(parts: Range[float], live: Formula) -> None:
        for column, part in enumerate(parts, start=1):
            shown = when(made, chain.in_money(part), live)
            sheet.formula(row, column, shown if floor is None else maximum(floor, shown), "amount")

    stops = [item for item in curve if item.hours in STOPS]
    if short:  # the line begins at the dot
        row += 1
        days = chain["duration_days"]
        sheet.formula(row, 0, maximum(LEAST_DAYS, minimum(days, STOPS[0] / 24)), "fine")
        three(chosen, when(days < STOPS[0] / 24, chain["answer_net_direct"], stops[0].loss))
    for item, parts in zip(stops, stored, strict=True):
        row += 1
        sheet.number(row, 0, item.hours / 24, "fine")
        three(parts, item.loss)
    end = row
    row += 2
    sheet.text(row - 1, 0, "This outage")
    sheet.formula(
        row, 0, maximum(LEAST_DAYS, chain["duration_days"]) if log else chain["duration_days"], "fine"
    )
    three(chosen, chain["answer_net_direct"])
    for column, content in ((4, (1, 2)), (5, (2, 3))):
        low, high = (Formula(sheet.at(row, at), float(_value(sheet, row, at))) for at in content)
        sheet.formula(row, column, high - low, "amount")
    return (first, end), log


def _value(sheet: Sheet, row: int, column: int) -> float:
    return float(sheet.raw.table[row][column].value)


def charts_of(chain: Chain, target: Sheet, row: int, cells: ChartCells, width: int) -> None:
    """The three charts on a sheet from `row` down, over `width` pixels: two side by side, the wide one below.

    What stands above them are cells: LibreOffice lets no title inside a chart follow a cell.
    """
    sheet, half, end = cells.sheet, width // 2 - 4, len(target.widths) - 1
    made, unit = equal(chain[UNCHANGED], 1), chain.unit
    first, last = cells.chain.said[0], cells.chain.said[3]
    dots = when(made, KEY, "your inputs, without a range")
    scale = " (log scale)" if cells.log else ""
    lines = when(made, "thick line: middle estimate, thin lines: 5% and 95%", "your inputs, without a range")
    rest = len(chain.content.sectors) - MOST
    below = row + 2 + 17

    def headed(top: int, left: int, right: int, title: Formula | str, key: Formula) -> None:
        target.across(top, left, right, title, "strong")
        target.across(top + 1, left, right, key, "small")

    headed(row, 0, RIGHT - 1, "From " & first & " of disrupted activity to a loss of " & last,
           unit & "; " & dots & when(made, f"; {small(NO_SUM)}", ""))  # fmt: skip
    one = dot_chart(sheet, cells.chain.rows, LIVE)
    content = chain.content
    target.chart(row + 2, 0, one, (half, 320), _in_words("How the loss comes about", content.chain))
    headed(
        row,
        RIGHT,
        end,
        "The longer it lasts, the more it costs",
        f"Direct loss{scale}, " & unit & "; " & lines,
    )
    curve = _curve(chain, cells)
    target.chart(row + 2, RIGHT, curve, (half, 320), _in_words("The longer it lasts, the more it costs", (
        content.line("net_direct"),)))  # fmt: skip
    headed(below, 0, end, "Who loses: by industry",
           unit & "; " & dots & (f"; {rest} smaller ones: sheet Loss by industry" if rest > 0 else ""))  # fmt: skip
    two = dot_chart(sheet, cells.bearers, LIVE)
    target.chart(below + 2, 0, two, (width, 360), _in_words("Who loses, by industry", content.sectors[:MOST]))


def _in_words(what: str, lines: Sequence[Line]) -> str:
    """A chart in words, for who does not see it."""
    said = "; ".join(f"{line.label}: {line.text}" for line in lines)
    return f"{what}, when this file was made. {said}."


RIGHT = 3  # column at which the right chart begins


def _curve(chain: Chain, cells: ChartCells) -> Chart:
    sheet, (first, last) = cells.sheet, cells.curve
    chart = chain.book.workbook.add_chart({"type": "scatter", "subtype": "straight"})
    days = f"={sheet.span(first, last, 0)}"
    for name, column, width in (("95%", 3, 1.0), ("Middle", 2, 2.25), ("5%", 1, 1.0)):
        chart.add_series({"name": name, "categories": days, "values": f"={sheet.span(first, last, column)}",
                          "line": {"color": BLUE, "width": width}, "marker": {"type": "none"}})  # fmt: skip
    spot = last + 2
    chart.add_series({
        "name": "This outage", "categories": f"={sheet.at(spot, 0)}", "values": f"={sheet.at(spot, 2)}",
        "marker": {"type": "circle", "size": 9, "fill": {"color": VERMILLION}, "border": {"color": VERMILLION}},
        "y_error_bars": {"type": "custom", "plus_values": f"={sheet.at(spot, 5)}",
                         "minus_values": f"={sheet.at(spot, 4)}", "end_style": 0,
                         "line": {"color": VERMILLION, "width": 2}},
    })  # fmt: skip
    finish(chart)
    start = chain.content.axis_start
    log = {"log_base": 10} if cells.log else {}
    ends = {"min": start, "max": 1000, "crossing": start} if cells.log else {"min": 0}
    average = ", at an average hour of the week" if chain.profiles else ""
    days = f"Days that one outage lasts{' (log scale)' if cells.log else ''}{average}"
    chart.set_x_axis({**axis_of(days), **log, **ends})
    chart.set_y_axis({**axis_of(), **log, "crossing": "min"})
    return chart
