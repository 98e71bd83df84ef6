"""A native scatter chart: dots with their ranges, lines and words. The office program opens its numbers as a sheet.

All charts of the slides are of this kind, also those of rows: it alone can set a dot and both ends of its range
anywhere, on a log axis too. Axes are drawn as series, because only so can a tick say "1 week" or "$10M".
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from briefing.slides.theme import TEXT, Theme
from model.text.writer import harmless

Point = tuple[float, float | None]  # across and up; without the second a line is broken
Side = Literal["l", "r", "t", "b", "ctr"]
FRAME = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" ' \
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ' \
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'  # fmt: skip
EMU_A_POINT = 12_700
AXIS = 14.0  # points of the title of an axis
NO_WRAP = 'wrap="none"'  # words stay on one line
SHEET = "Numbers"


@dataclass(frozen=True)
class PointWords:
    """Words at the points of a series, one for each; an empty one is left out."""

    texts: Sequence[str]
    side: Side
    size: float  # points
    bold: bool = False


@dataclass(frozen=True)
class Series:
    """Points with what is drawn at them; colours are names of the theme, widths and sizes points."""

    name: str
    points: Sequence[Point]
    colour: str = TEXT
    marker: str = ""  # none, or the format's name of a sign: circle, diamond
    size: int = 11
    line: float = 0.0
    dashed: bool = False
    words: PointWords | None = None
    rows: Sequence[str] = field(default=())  # the names of the points in the sheet


@dataclass(frozen=True)
class PlotAxis:
    """One direction of the plot; a title is words beside it."""

    low: float
    high: float
    log: bool = False
    title: str = ""


@dataclass(frozen=True)
class Scatter:
    """The chart as python-pptx takes it: the part and the sheet behind it, the same bytes for the same content."""

    series: Sequence[Series]
    across: PlotAxis
    up: PlotAxis
    plot: tuple[float, float, float, float]  # left, top, width and height of the plot as shares of the frame
    day: str
    theme: Theme
    language: str = "en-GB"

    def __post_init__(self) -> None:
        """LibreOffice loses the numbers before a longer series: the first repeats its last point, which nobody sees."""
        first, longest = self.series[0], max(len(item.points) for item in self.series)
        points = [*first.points, *[first.points[-1]] * (longest - len(first.points))]
        object.__setattr__(self, "series", (replace(first, points=points), *self.series[1:]))

    def xml_bytes(self, _kind: Any) -> bytes:
        """The chart's part."""
        left, top, width, height = self.plot
        series = "".join(self._series(number, item) for number, item in enumerate(self.series))
        layout = "".join(
            f'<c:{name} val="{value:.5f}"/>'
            for name, value in (("x", left), ("y", top), ("w", width), ("h", height))
        )
        text = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {FRAME}><c:date1904 val="0"/>'
            f'<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout><c:manualLayout>'
            '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
            f"{layout}</c:manualLayout></c:layout>"
            f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{series}<c:axId val="111"/>'
            f'<c:axId val="222"/></c:scatterChart>{self._axis(self.across, "b", 111, 222)}'
            f"{self._axis(self.up, 'l', 222, 111)}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea>"
            '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln>'
            '</c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1400">'
            f"{self.theme.fill(TEXT)}</a:defRPr></a:pPr>"
            f'<a:endParaRPr lang="{self.language}"/></a:p></c:txPr></c:chartSpace>'
        )  # fmt: skip
        return text.encode("utf-8")

    @property
    def xlsx_blob(self) -> bytes:
        """The sheet: for each series its names and places in columns of their own."""
        target = io.BytesIO()
        book = Workbook(target, {"in_memory": True})
        book.set_properties({"created": datetime.fromisoformat(self.day)})
        sheet = book.add_worksheet(SHEET)
        for number, item in enumerate(self.series):
            first = COLUMNS * number
            for column, head in enumerate((item.name, "across", "up")):
                sheet.write_string(0, first + column, str(harmless(head)))
            for row, (x, y) in enumerate(item.points, start=1):
                if row <= len(item.rows):
                    sheet.write_string(row, first, str(harmless(item.rows[row - 1])))
                sheet.write_number(row, first + 1, x)
                if y is not None:
                    sheet.write_number(row, first + 2, y)
        book.close()
        return target.getvalue()

    def _series(self, number: int, item: Series) -> str:
        column = COLUMNS * number
        parts = [
            f'<c:idx val="{number}"/><c:order val="{number}"/>',
            f'<c:tx><c:strRef><c:f>{_cells(column, 0, 0)}</c:f><c:strCache><c:ptCount val="1"/>',
            f'<c:pt idx="0"><c:v>{_safe(item.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>',
            f"<c:spPr>{self._line(item.colour, item.line, dashed=item.dashed)}</c:spPr>",
            self._marker(item),
            "" if item.words is None else self._labels(item.words),
        ]
        for place, name in enumerate(("xVal", "yVal")):
            values = [point[place] for point in item.points]
            parts.append(f"<c:{name}>{_numbers(values, column + 1 + place)}</c:{name}>")
        return f'<c:ser>{"".join(parts)}<c:smooth val="0"/></c:ser>'

    def _labels(self, words: PointWords) -> str:
        shown = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
        off = "".join(f'<c:{name} val="0"/>' for name in shown)
        on = off.replace('<c:showVal val="0"/>', '<c:showVal val="1"/>')
        labels = "".join(
            f'<c:dLbl><c:idx val="{at}"/>{self._rich(text, words.size, NO_WRAP, bold=words.bold)}'
            f'<c:dLblPos val="{words.side}"/>{on}</c:dLbl>'
            for at, text in enumerate(words.texts) if text
        )  # fmt: skip
        return f"<c:dLbls>{labels}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{off}</c:dLbls>"

    def _rich(self, text: str, size: float, body: str, *, bold: bool = False) -> str:
        """Words in a chart; `body` says how they are turned or wrapped."""
        letters = f'sz="{size * 100:.0f}" b="{int(bold)}"'
        return (
            f"<c:tx><c:rich><a:bodyPr {body}/><a:lstStyle/><a:p><a:pPr><a:defRPr {letters}/></a:pPr><a:r>"
            f'<a:rPr lang="{self.language}" {letters}>{self.theme.fill(TEXT)}</a:rPr><a:t>{_safe(text)}</a:t></a:r>'
            "</a:p></c:rich></c:tx>"
        )

    def _line(self, colour: str, width: float, *, dashed: bool = False) -> str:
        if not width:
            return "<a:ln><a:noFill/></a:ln>"
        dash = '<a:prstDash val="sysDash"/>' if dashed else ""
        return (
            f'<a:ln w="{width * EMU_A_POINT:.0f}" cap="rnd">{self.theme.fill(colour)}{dash}<a:round/></a:ln>'
        )

    def _marker(self, item: Series) -> str:
        if not item.marker:
            return '<c:marker><c:symbol val="none"/></c:marker>'
        return (
            f'<c:marker><c:symbol val="{item.marker}"/><c:size val="{item.size}"/><c:spPr>'
            f"{self.theme.fill(item.colour)}{self._line(item.colour, 0.75)}</c:spPr></c:marker>"
        )

    def _axis(self, axis: PlotAxis, side: str, own: int, other: int) -> str:
        log = '<c:logBase val="10"/>' if axis.log else ""
        title = ""
        if axis.title:
            turned = 'rot="-5400000" vert="horz"' if side == "l" else ""
            title = f'<c:title>{self._rich(axis.title, AXIS, turned)}<c:overlay val="0"/></c:title>'
        return (
            f'<c:valAx><c:axId val="{own}"/><c:scaling>{log}<c:orientation val="minMax"/><c:max val="{axis.high!r}"/>'
            f'<c:min val="{axis.low!r}"/></c:scaling><c:delete val="0"/><c:axPos val="{side}"/>{title}'
            '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
            '<c:minorTickMark val="none"/><c:tickLblPos val="none"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
            f'<c:crossAx val="{other}"/><c:crosses val="min"/><c:crossBetween val="midCat"/></c:valAx>'
        )  # fmt: skip


COLUMNS = 3  # of a series in the sheet


def strokes(lines: Sequence[tuple[float, float, float, float]]) -> list[Point]:
    """The points of one series that draws many `lines`: from x and y to x and y, in the units of the axes."""
    points: list[Point] = []
    for x0, y0, x1, y1 in lines:
        points += [(x0, y0), (x1, y1), (x1, None)]
    return points[:-1]


def _cells(column: int, first: int, last: int) -> str:
    name = xl_col_to_name(column, col_abs=True)
    return f"{SHEET}!{name}${first + 1}" + ("" if first == last else f":{name}${last + 1}")


def _numbers(values: Sequence[float | None], column: int) -> str:
    points = "".join(
        f'<c:pt idx="{at}"><c:v>{float(value)!r}</c:v></c:pt>'
        for at, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:numRef><c:f>{_cells(column, 1, len(values))}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
    )


def _safe(text: str) -> str:
    return escape("".join(letter for letter in text if letter >= " "))
