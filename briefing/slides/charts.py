"""Native, editable charts: their numbers open in the office program that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.slide import Slide
from pptx.util import Emu, Pt

from briefing.content import BESIDE, Content, Line
from briefing.slides import pptx_private
from model.common.numbers import GDP_SHARE, scale_of, scaled, scaled_unit
from model.text.writer import harmless

INK, BLUE, VERMILLION, SKY, ORANGE, PURPLE, GREEN, GREY = (
    RGBColor.from_string(code)
    for code in ("1F2933", "0072B2", "D55E00", "56B4E9", "E69F00", "CC79A7", "009E73", "8C8C8C")
)
LIGHT = RGBColor.from_string("D5DBE1")
PALE = RGBColor.from_string("DCE9F3")
TOP_BEARERS, LONGEST_LABEL = 8, 80
LETTER = int(Pt(8.5))  # width of a letter of a label
PLOT = 0.8  # of the width of a chart: the rest is its axis
SHORT = {"gross": "Gross", "caught_up": "Caught up", "overtime": "Overtime", "net_direct": "Net loss",
         "lagged_receipts": "Exports later", "coping": "Workaround"}  # fmt: skip
Box = tuple[int, int, int, int]
Bar = tuple[str, float | None, float, float | None]  # label, 5%, median, 95%


def chain(slide: Slide, content: Content, box: Box) -> Chart:
    """Floating columns from gross to net; what stands beside it has columns of its own and is never added."""
    lines = {line.id: line for line in content.chain if line.median is not None}
    medians = {name: (line.median or 0.0) / scale_of(content.unit) for name, line in lines.items()}
    left = medians["gross"] - medians["caught_up"]
    starts = {"caught_up": left, "overtime": left}
    data = CategoryChartData(number_format="#,##0.00")
    data.categories = [SHORT[name] for name in lines]
    data.add_series("From (not drawn)", [max(0.0, starts.get(name, 0.0)) for name in lines])
    data.add_series(f"Median, {scaled_unit(content.unit)}", [medians[name] for name in lines])
    room = max(medians.values()) * 0.08 or 1.0
    data.add_series("Room for words (not drawn)", [room] * len(lines))
    chart = _placed(slide, XL_CHART_TYPE.COLUMN_STACKED, data, box, "From gross to net loss, in columns")
    colours = {"gross": GREY, "caught_up": SKY, "overtime": ORANGE, "net_direct": BLUE, "lagged_receipts": PURPLE,
               "coping": GREEN}  # fmt: skip
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    _hidden(plot.series[0])
    _hidden(plot.series[2])
    signs = {"caught_up": "−", "overtime": "+"}
    labels = {
        name: f"{signs.get(name, '')} {content.money(line.median)}".strip() for name, line in lines.items()
    }
    tight = PLOT * box[2] / len(lines) < max(len(text) for text in labels.values()) * LETTER
    if tight:
        labels = {name: signs.get(name, "") + _short_money(content, line) for name, line in lines.items()}
    for index, name in enumerate(lines):
        point = plot.series[1].points[index]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = colours[name]
        words = plot.series[2].points[index]
        _label(words, labels[name], XL_LABEL_POSITION.INSIDE_BASE, bold=name not in BESIDE)
    _value_axis(chart, scaled_unit(content.unit))
    chart.value_axis.visible = not tight
    return chart


def _short_money(content: Content, line: Line) -> str:
    """A median without the money's letters: the table beside the chart names them."""
    return content.money(line.median) if content.unit == "USD" else "".join(scaled(line.median or 0.0))


def duration(slide: Slide, content: Content, box: Box) -> Chart:
    """Net loss against days on a log axis: the median, both ends of the range, and the chosen duration."""
    curve, days = content.result.curves["net_direct"], content.result.durations / 24
    data = XyChartData(number_format="#,##0.00")
    for name, part in (("95% point", curve.high), ("Median", curve.median), ("5% point", curve.low)):
        series = data.add_series(name)
        for day, value in zip(days, part, strict=True):
            if day > 0 and value > 0:
                series.add_data_point(float(day), float(value) / scale_of(content.unit))
    chosen = data.add_series("This scenario")
    net = content.line("net_direct")
    here = content.result.scenario.hours / 24
    if here > 0 and net.median:  # a log axis has no zero
        chosen.add_data_point(here, net.median / scale_of(content.unit))
    chart = _placed(
        slide, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, data, box, "Direct loss against duration"
    )
    for series, colour, width in zip(
        chart.plots[0].series, (SKY, BLUE, SKY, VERMILLION), (2, 3, 2, 1), strict=True
    ):
        series.format.line.color.rgb = colour
        series.format.line.width = Pt(width)
        series.smooth = False
    point = chart.plots[0].series[3]
    point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, 12
    point.marker.format.fill.solid()
    point.marker.format.fill.fore_color.rgb = VERMILLION
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.legend.font.size = Pt(14)
    axis = chart.category_axis
    _log(axis, content.axis_start, 1000)
    _axis_title(axis, "Days of one spell (each line is ten times the one before)")
    axis.tick_labels.font.size = Pt(14)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "General", False
    _grid(axis)
    _value_axis(chart, f"Direct loss, {scaled_unit(content.unit)} (log scale)")
    drawn = np.concatenate([part[part > 0] for part in (curve.low, curve.high)]) / scale_of(content.unit)
    if drawn.size:
        _log(
            chart.value_axis, 10.0 ** np.floor(np.log10(drawn.min())), 10.0 ** np.ceil(np.log10(drawn.max()))
        )
        chart.value_axis.tick_labels.number_format = "General"
    return chart


def bearers(slide: Slide, content: Content, box: Box, most: int = TOP_BEARERS) -> Chart:
    """The largest sectors and the sum of the others' medians."""
    shown, rest = content.sectors[:most], content.sectors[most:]
    rows: list[Bar] = [(line.label, line.low, line.median or 0.0, line.high) for line in shown]
    if rest:
        others = sum(line.median or 0.0 for line in rest)
        rows.append((f"Other ({len(rest)}), sum of medians", None, others, None))
    return _bars(slide, content.unit, box, rows, "Direct loss by sector", [BLUE] * len(shown) + [GREY])


def methods(slide: Slide, content: Content, box: Box) -> Chart | None:
    """Every method that has a figure, beside ours, on a log axis; None where none has."""
    theirs: list[Bar] = [
        (f"{row.label} ({row.basis})", None, row.cost, None) for row in content.methods if row.cost
    ]
    net, gross = content.line("net_direct"), content.line("gross")
    if not theirs or not net.median or not gross.median:
        return None
    ours: list[Bar] = [
        (name, line.low or None, line.median or 0.0, line.high)
        for name, line in (("Ours, net", net), ("Ours, gross", gross))
    ]
    rows = sorted([*ours, *theirs], key=lambda row: -row[2])
    colours = [BLUE if row in ours else GREY for row in rows]
    chart = _bars(slide, content.unit, box, rows, "Results of other methods", colours)
    values = [value / scale_of(content.unit) for _, *ends in rows for value in ends if value]
    low = 10.0 ** np.floor(np.log10(min(values) * 0.7))
    _log(chart.value_axis, low, 10.0 ** np.log10(max(values) * (max(values) / low) ** 0.2))
    return chart


def compared(slide: Slide, content: Content, box: Box) -> Chart:
    """Scenarios side by side on the same draws; the reader's is coloured."""
    rows: list[Bar] = [
        (row.label[:LONGEST_LABEL], row.amount.low, row.amount.median or 0.0, row.amount.high)
        for row in content.compared
    ]
    colours = [BLUE, *[GREY] * (len(rows) - 1)]
    return _bars(slide, content.compared[0].unit, box, rows, "Scenarios side by side", colours)


def drivers(slide: Slide, content: Content, box: Box, most: int | None = None) -> Chart:
    """Each input at its ends, the widest first: floating bars around the central path."""
    centre = content.centre / scale_of(content.unit)
    rows = list(reversed(content.drivers[:most]))
    data = CategoryChartData(number_format="#,##0.00")
    data.categories = [harmless_label(f"{row.label}: {row.inputs}") for row in rows]
    ends = [
        (
            min(row.at_low, row.at_high) / scale_of(content.unit),
            max(row.at_low, row.at_high) / scale_of(content.unit),
        )
        for row in rows
    ]
    data.add_series("From (not drawn)", [low for low, _ in ends])
    data.add_series(f"Below the centre, {scaled_unit(content.unit)}", [centre - low for low, _ in ends])
    data.add_series(f"Above the centre, {scaled_unit(content.unit)}", [high - centre for _, high in ends])
    chart = _placed(slide, XL_CHART_TYPE.BAR_STACKED, data, box, "Inputs that carry the range")
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 50, 100
    _hidden(plot.series[0])
    for index, row in enumerate(rows):
        rising = row.at_high >= row.at_low
        for series, colour in zip(
            list(plot.series)[1:], (SKY, VERMILLION) if rising else (VERMILLION, SKY), strict=True
        ):
            point = series.points[index]
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = colour
    _value_axis(chart, f"Direct loss, {scaled_unit(content.unit)}; light: input low, dark: input high")
    chart.category_axis.tick_labels.font.size = Pt(14)
    return chart


def harmless_label(text: str) -> str:
    """A label that a spreadsheet behind the chart will not run as a formula."""
    return str(harmless(text))


def _bars(
    slide: Slide, unit: str, box: Box, rows: Sequence[Bar], alt: str, colours: Sequence[RGBColor]
) -> Chart:
    """Sideways bars, the first row on top: a pale one to the 95% point, the median, an outline to the 5% point.

    Labels are the medians of the data and follow a change of them.
    """
    data = CategoryChartData(number_format="#,##0.00")
    turned = list(reversed(rows))
    data.categories = [harmless_label(label) for label, _, _, _ in turned]
    data.add_series(f"95% point, {scaled_unit(unit)}", [_scaled(high, unit) for _, _, _, high in turned])
    data.add_series(f"Median, {scaled_unit(unit)}", [_scaled(median, unit) for _, _, median, _ in turned])
    data.add_series(f"5% point, {scaled_unit(unit)}", [_scaled(low, unit) for _, low, _, _ in turned])
    chart = _placed(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, box, alt)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 40, 100
    high, median, low = plot.series
    high.format.fill.solid()
    high.format.fill.fore_color.rgb = PALE
    low.format.fill.background()
    low.format.line.color.rgb, low.format.line.width = INK, Pt(1)
    median.format.fill.solid()
    median.format.fill.fore_color.rgb = BLUE
    for index, colour in enumerate(reversed(colours)):
        point = median.points[index]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = colour
    most = max((max(row[2], row[3] or 0.0) for row in rows), default=0.0) / scale_of(unit)
    labels = median.data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
    least = min((row[2] for row in rows if row[2]), default=0.0) / scale_of(unit)
    labels.number_format, labels.number_format_is_linked = number_format(unit, least, most), False
    labels.font.size, labels.font.bold, labels.font.color.rgb = Pt(14), True, INK
    chart.value_axis.minimum_scale = 0
    if most > 0:
        chart.value_axis.maximum_scale = most * 1.15  # room for the words at the longest bar
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.visible = False
    chart.category_axis.tick_labels.font.size = Pt(14)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.legend.font.size = Pt(14)
    return chart


def _scaled(value: float | None, unit: str) -> float | None:
    return None if value is None else value / scale_of(unit)


def number_format(unit: str, least: float, most: float) -> str:
    """A spreadsheet's format for millions of a money: about two digits from `least` to `most`, none becomes 0."""
    if unit == GDP_SHARE:
        return '0.0#"%"' if least >= 0.1 else '0.0000"%"'
    before = '"$"' if unit == "USD" else f'"{unit} "'
    small = (
        f'{before}#,##0"M"'
        if least >= 10
        else f'{before}#,##0.0"M"'
        if least >= 0.1
        else f'{before}0.0000"M"'
    )
    if most >= 1e6:
        return f'[>=1000000]{before}#,##0.0,,"tn";[>=1000]{before}#,##0,"bn";{small}'
    if most >= 1e3:
        return f'[>=10000]{before}#,##0,"bn";[>=1000]{before}0.0,"bn";{small}'
    end = "0.00" if least >= 0.01 else "0.000000"
    return f'[>=10]{before}#,##0"M";[>=1]{before}0.0"M";{before}{end}"M"'


def _placed(slide: Slide, kind: Any, data: Any, box: Box, alt: str) -> Chart:
    frame = slide.shapes.add_chart(kind, *(Emu(value) for value in box), data)
    pptx_private.describe(frame, alt)
    frame.name = alt
    chart: Chart = frame.chart
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.color.rgb = Pt(14), INK
    return chart


def _hidden(series: Any) -> None:
    series.format.fill.background()
    series.format.line.fill.background()


def _label(point: Any, text: str, position: Any, *, bold: bool = False) -> None:
    label = point.data_label
    frame = label.text_frame
    frame.text, frame.word_wrap = text, False
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(14), bold
    run.font.color.rgb = INK
    label.position = position


def _value_axis(chart: Chart, title: str) -> None:
    axis = chart.value_axis
    _axis_title(axis, title)
    axis.tick_labels.font.size = Pt(14)
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "#,##0.##", False
    _grid(axis)
    axis.format.line.fill.background()


def _grid(axis: Any) -> None:
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = LIGHT


def _axis_title(axis: Any, text: str) -> None:
    axis.has_title = True
    axis.axis_title.text_frame.text = text
    run = axis.axis_title.text_frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(14), False


def _log(axis: Any, low: float, high: float) -> None:
    pptx_private.log_axis(axis)
    axis.minimum_scale, axis.maximum_scale = low, high
