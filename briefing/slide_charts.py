"""Native, editable charts: their numbers open in the office program that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from lxml import etree
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
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu, Pt

from briefing.content import BESIDE, MILLION, Content
from model.report import plain

INK, BLUE, VERMILLION, SKY, ORANGE, PURPLE, GREEN, GREY = (
    RGBColor.from_string(code)
    for code in ("1F2933", "0072B2", "D55E00", "56B4E9", "E69F00", "CC79A7", "009E73", "8C8C8C")
)
LIGHT = RGBColor.from_string("D5DBE1")
TOP_BEARERS, LONGEST_LABEL = 8, 80
SHORT = {"gross": "Gross", "caught_up": "Caught up", "overtime": "Overtime", "net_direct": "Net loss",
         "lagged_receipts": "Exports later", "coping": "Workaround"}  # fmt: skip
Box = tuple[int, int, int, int]


def chain(slide: Slide, content: Content, box: Box) -> Chart:
    """Floating columns from gross to net; what stands beside it has columns of its own and is never added."""
    lines = {line.id: line for line in content.chain if line.median is not None}
    medians = {name: (line.median or 0.0) / MILLION for name, line in lines.items()}
    left = medians["gross"] - medians["caught_up"]
    starts = {"caught_up": left, "overtime": left}
    data = CategoryChartData(number_format="#,##0.00")
    data.categories = [SHORT[name] for name in lines]
    data.add_series("From (not drawn)", [max(0.0, starts.get(name, 0.0)) for name in lines])
    data.add_series(f"Median, M {content.unit}", [medians[name] for name in lines])
    room = max(medians.values()) * 0.08 or 1.0
    data.add_series("Room for words (not drawn)", [room] * len(lines))
    chart = _placed(slide, XL_CHART_TYPE.COLUMN_STACKED, data, box, "From gross to net loss, in columns")
    colours = {"gross": GREY, "caught_up": SKY, "overtime": ORANGE, "net_direct": BLUE, "lagged_receipts": PURPLE,
               "coping": GREEN}  # fmt: skip
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    _hidden(plot.series[0])
    _hidden(plot.series[2])
    for index, (name, line) in enumerate(lines.items()):
        point = plot.series[1].points[index]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = colours[name]
        sign = {"caught_up": "− ", "overtime": "+ "}.get(name, "")
        words = plot.series[2].points[index]
        _label(
            words, sign + content.money(line.median), XL_LABEL_POSITION.INSIDE_BASE, bold=name not in BESIDE
        )
    _value_axis(chart, f"M {content.unit}")
    return chart


def duration(slide: Slide, content: Content, box: Box) -> Chart:
    """Net loss against days on a log axis: the median, both ends of the range, and the chosen duration."""
    curve, days = content.result.curves["net_direct"], content.result.durations / 24
    data = XyChartData(number_format="#,##0.00")
    for name, part in (("95 % point", curve.high), ("Median", curve.median), ("5 % point", curve.low)):
        series = data.add_series(name)
        for day, value in zip(days, part, strict=True):
            if day > 0 and value > 0:
                series.add_data_point(float(day), float(value) / MILLION)
    chosen = data.add_series("This scenario")
    net = content.line("net_direct")
    chosen.add_data_point(max(content.result.scenario.hours / 24, 1 / 24), (net.median or 0.0) / MILLION)
    chart = _placed(
        slide, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, data, box, "Net direct loss against duration"
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
    _log(axis, 0.01, 1000)
    _axis_title(axis, "Days of one spell (each line is ten times the one before)")
    axis.tick_labels.font.size = Pt(14)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "General", False
    _grid(axis)
    _value_axis(chart, f"Net direct loss, M {content.unit} (log scale)")
    drawn = np.concatenate([part[part > 0] for part in (curve.low, curve.high)]) / MILLION
    if drawn.size:
        _log(
            chart.value_axis, 10.0 ** np.floor(np.log10(drawn.min())), 10.0 ** np.ceil(np.log10(drawn.max()))
        )
        chart.value_axis.tick_labels.number_format = "General"
    return chart


def bearers(slide: Slide, content: Content, box: Box, most: int = TOP_BEARERS) -> Chart:
    """The largest sectors and the sum of the others' medians."""
    shown, rest = content.sectors[:most], content.sectors[most:]
    rows = [(line.label, line.median or 0.0, line.text) for line in shown]
    if rest:
        others = sum(line.median or 0.0 for line in rest)
        rows.append((f"Other ({len(rest)}), sum of medians", others, content.money(others)))
    return _bars(slide, content.unit, box, rows, "Net direct loss by sector", [BLUE] * len(shown) + [GREY])


def methods(slide: Slide, content: Content, box: Box) -> Chart | None:
    """Every method that has a figure, beside ours, on a log axis; None where none has."""
    found = [(f"{row.label} ({row.basis})", row.cost, row.text) for row in content.methods if row.cost]
    net, gross = content.line("net_direct"), content.line("gross")
    if not found or not net.median or not gross.median:
        return None
    ours = [("Ours, net", net.median, net.text), ("Ours, gross", gross.median, gross.text)]
    rows = sorted([*ours, *((a, b, c) for a, b, c in found if b)], key=lambda row: -row[1])
    colours = [BLUE if row in ours else GREY for row in rows]
    chart = _bars(slide, content.unit, box, rows, "Results of other methods", colours)
    values = [value / MILLION for _, value, _ in rows]
    low = 10.0 ** np.floor(np.log10(min(values) * 0.7))
    _log(chart.value_axis, low, 10.0 ** np.log10(max(values) * (max(values) / low) ** 0.45))
    return chart


def compared(slide: Slide, content: Content, box: Box) -> Chart:
    """Scenarios side by side on the same draws; the reader's is coloured."""
    rows = [(row.label[:LONGEST_LABEL], row.median or 0.0, row.text) for row in content.compared]
    colours = [BLUE, *[GREY] * (len(rows) - 1)]
    return _bars(slide, content.compared[0].unit, box, rows, "Scenarios side by side", colours)


def drivers(slide: Slide, content: Content, box: Box, most: int | None = None) -> Chart:
    """Each input at its ends, the widest first: floating bars around the central path."""
    centre = content.centre / MILLION
    rows = list(reversed(content.drivers[:most]))
    data = CategoryChartData(number_format="#,##0.00")
    data.categories = [label_of(f"{row.label}: {row.inputs}") for row in rows]
    ends = [(min(row.at_low, row.at_high) / MILLION, max(row.at_low, row.at_high) / MILLION) for row in rows]
    data.add_series("From (not drawn)", [low for low, _ in ends])
    data.add_series(f"Below the centre, M {content.unit}", [centre - low for low, _ in ends])
    data.add_series(f"Above the centre, M {content.unit}", [high - centre for _, high in ends])
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
    _value_axis(chart, f"Net direct loss, M {content.unit}; light: input low, dark: input high")
    chart.category_axis.tick_labels.font.size = Pt(14)
    return chart


def label_of(text: str) -> str:
    """A label that a spreadsheet behind the chart will not run as a formula."""
    return str(plain(text))


def _bars(
    slide: Slide, unit: str, box: Box, rows: Sequence[tuple[str, float, str]], alt: str,
    colours: Sequence[RGBColor],
) -> Chart:  # fmt: skip
    """Sideways bars, the first row on top, each with its rounded words."""
    data = CategoryChartData(number_format="#,##0.00")
    data.categories = [label_of(label) for label, _, _ in reversed(rows)]
    data.add_series(f"Median, M {unit}", [value / MILLION for _, value, _ in reversed(rows)])
    chart = _placed(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, box, alt)
    plot = chart.plots[0]
    plot.gap_width = 40
    for index, ((_, _, text), colour) in enumerate(zip(reversed(rows), reversed(colours), strict=True)):
        point = plot.series[0].points[index]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = colour
        _label(point, text, XL_LABEL_POSITION.OUTSIDE_END)
    most = max((value for _, value, _ in rows), default=0.0) / MILLION
    chart.value_axis.minimum_scale = 0
    if most > 0:
        chart.value_axis.maximum_scale = most * 1.45  # room for the words at the longest bar
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.visible = False
    chart.category_axis.tick_labels.font.size = Pt(14)
    return chart


def _placed(slide: Slide, kind: Any, data: Any, box: Box, alt: str) -> Chart:
    frame = slide.shapes.add_chart(kind, *(Emu(value) for value in box), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
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
    """A log axis; python-pptx has no word for it, so the element is written where the format wants it."""
    scaling = axis._element.find(qn("c:scaling"))
    base = etree.SubElement(scaling, qn("c:logBase"))
    base.set("val", "10")
    scaling.insert(0, base)
    axis.minimum_scale, axis.maximum_scale = low, high
