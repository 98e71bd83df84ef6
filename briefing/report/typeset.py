"""What the report's template sets out: words as they will stand, places of marks as shares of their room."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import numpy as np

from briefing.common.content import NAME, Content, Line
from briefing.report import tables
from briefing.report.figures import RANGE, TOP_BEARERS, Chart, charts_of
from briefing.report.qr import qr_code
from briefing.report.tables import PrintedTable
from charts import palette as p
from charts.amounts import APART, CHAIN, PARTS
from model.common.ledger import SIGNS
from model.common.numbers import scale_of
from model.common.ranges import Range
from model.common.text import from_right, unbroken
from model.estimation.estimate import Estimate
from model.language.language import ENGLISH

AXIS_LETTERS = {
    "compared": 30,
    "measures": 20,
}  # that fit under the marks; 40 in a chart without further columns
MOST_SOURCES, MOST_CHANGES, MOST_LIMITS, LONGEST = 14, 12, 12, 160
LONG_WORD = re.compile(r"[^\s\u200b]{26,}")
PIECE = re.compile(r".{12}(?=.)")
NO_BREAK = re.compile(
    r"[^\s\u200b/?&=-]{60,}"
)  # in an address: signs among which Typst finds no place to break
NOT_WORDS = ("link", "qr", "alt")  # an address, a picture, and what is heard in place of one
Data = dict[str, Any]


def data_of(content: Content) -> Data:
    """Everything that the template needs, as plain data."""
    local = content.local.language if content.local else ENGLISH
    link, charts = content.link, charts_of(content)
    return {
        "name": NAME, "title": content.title, "heading": content.title, "heading_note": "",
        "heading_from_right": from_right(content.title), "event": content.event,
        "headline": unbroken(content.headline),
        "other": tables.other_words(content), "local": content.said_locally, "local_language": local.code,
        "local_from_right": local.from_right, "stamp": content.stamp,
        "not_known": [unbroken(item.plain) for item in content.not_known],
        "link": link, "shown": cut(link or content.where, LONGEST), "qr": qr_code(link),
        "link_says": "Open the comparison" if content.compared else "Open this estimate",
        "figures": [vars(figure) for figure in content.figures], "range": f"{RANGE}.",
        "charts": {name: _chart(content, chart) for name, chart in charts.items()},
        "differs": [
            f"{row.name}: {cut(row.said_changes, LONGEST)}"
            for row in content.compared[1:]
        ],
        "amounts": _table(tables.amounts(content)), "methods": _methods(content),
        "changes": shortened(
            [
                f"{c.label}: {cut(c.before, LONGEST)} becomes {cut(c.after, LONGEST)}"
                for c in content.changes
            ],
            MOST_CHANGES,
        ),
        "how": list(content.how),
        "limits": shortened(
            [cut(text, 2 * LONGEST) for text in (*content.back_test, *content.limits)], MOST_LIMITS
        ),
        "sources": shortened([source.text for source in content.sources], MOST_SOURCES),
        "cite": f"Cite as: {NAME}, {content.stamp}. Code: MIT licence; data: each under its publisher's terms. "
        f"Repeat it with: {content.command}",
    }  # fmt: skip


def cut(text: str, most: int) -> str:
    """The text, or its beginning with a mark where it is longer than `most` letters.

    It ends after a word where there is one.
    """
    if len(text) <= most:
        return text
    short = text[: most - 1]
    return (short.rsplit(None, 1)[0] if " " in short[most // 2 :] else short).rstrip(",;:") + "…"


def breakable(text: str, *, copied: bool = True) -> str:
    """The same with places to break inside long words, which would run off the page.

    Not in addresses that somebody may copy, as far as Typst breaks those by itself.
    """

    def broken(word: re.Match[str]) -> str:
        return NO_BREAK.sub(pieces, word[0]) if copied and "://" in word[0] else pieces(word)

    def pieces(word: re.Match[str]) -> str:
        return PIECE.sub("\\g<0>\u200b", word[0])

    return LONG_WORD.sub(broken, text)


def all_breakable(data: Any, unless: Collection[str] = ()) -> Any:
    """The data of a template with every word of it breakable, whoever wrote it, but for the keys `unless`."""
    if isinstance(data, dict):
        left = {*NOT_WORDS, *unless}
        made = {key: value if key in left else all_breakable(value) for key, value in data.items()}
        return made | ({"heading": breakable(data["heading"], copied=False)} if data.get("heading") else {})
    if isinstance(data, list | tuple):
        return [all_breakable(value) for value in data]
    return breakable(data) if isinstance(data, str) else data


def shortened(texts: list[str], most: int) -> list[str]:
    """The first `most` texts, and how many more the workbook and the data package name."""
    more = len(texts) - most
    return texts if more <= 0 else [*texts[:most], f"and {more} more in the workbook and the data package"]


def _table(table: PrintedTable) -> Data:
    return {"title": table.title, "head": list(table.head), "rows": [list(row) for row in table.rows],
            "note": table.note}  # fmt: skip


def _chart(content: Content, chart: Chart) -> Data:
    """A chart with the axes of its figure, so that both forms of the report agree."""
    layout = chart.build("screen").to_dict()["layout"]
    x = Axis(layout["xaxis"])
    made: Data = {
        "title": unbroken(chart.title),
        "alt": chart.caption.alt,
        "note": chart.note,
        "axis": thinned(x.ticks, AXIS_LETTERS.get(chart.name, 40)),
    }
    if chart.name == "curve":
        return made | curve_points(content.result, x, layout["yaxis"], _scale(content))
    rows: list[Data] = {"compared": _compared, "measures": _measures, "chain": _chain, "bearers": _bearers,
                        "drivers": _drivers}[chart.name](content, x)  # fmt: skip
    heads = {"compared": tables.compared, "measures": tables.measures}
    if chart.name in heads:
        made["head"] = list(heads[chart.name](content).head)
    return made | {"rows": rows}


class Axis:
    """An axis of a figure: where a value stands, as a share of its room."""

    def __init__(self, axis: Data) -> None:
        self.low, self.high = (float(end) for end in axis["range"])  # powers of ten on a log axis
        self.log = axis.get("type") == "log"
        words = zip(axis.get("tickvals", ()), axis.get("ticktext", ()), strict=True)
        self.ticks = [{"at": at, "label": text} for value, text in words if 0 <= (at := self.at(value)) <= 1]

    def at(self, value: float) -> float:
        """Where `value`, in the unit of the axis, stands: 0 at its lower end, 1 at its upper."""
        if self.log:  # what has no logarithm stands at the lower edge
            value = max(self.low, float(np.log10(value))) if value > 0 else self.low
        return (float(value) - self.low) / ((self.high - self.low) or 1.0)

    def mark(self, amount: Range[float | None], scale: float) -> Data:
        """Dot and range of a row; without a dot where nothing is measured.

        `amount` is in its money; divided by `scale` (such as a million) it is in the unit of the axis.
        """
        ends = [None if value is None else self.at(value / scale) for value in amount]
        return {
            name: end for name, end in zip(("low", "middle", "high"), ends, strict=True) if end is not None
        }


def thinned(ticks: list[Data], room: int) -> list[Data]:
    """Every second or third tick where the words of all would run into each other, beginning with the first.

    `room` is how many letters stand along the axis.
    """
    letters = max((len(tick["label"]) for tick in ticks), default=0) + 2
    return ticks[:: -(-letters * len(ticks) // room) or 1]


def _scale(content: Content, unit: str = "") -> float:
    return scale_of(unit or content.unit)


def _compared(content: Content, x: Axis) -> list[Data]:
    rows = tables.compared(content).rows
    return [
        {"words": [item.name, row[1], row[2]], "colour": p.BLUE if number else p.BASELINE,
         **x.mark(item.amount, _scale(content, item.unit))}
        for number, (row, item) in enumerate(zip(rows, content.compared, strict=True))
    ]  # fmt: skip


def _measures(content: Content, x: Axis) -> list[Data]:
    rows = tables.measures(content).rows
    return [
        {"words": list(row), "colour": p.BASELINE if item.together else p.BLUE, "centre": x.at(0.0),
         **x.mark(item.saved, _scale(content))}
        for row, item in zip(rows, content.measures, strict=True)
    ]  # fmt: skip


def _chain(content: Content, x: Axis) -> list[Data]:
    lines = {line.id: line for line in content.chain}
    apart = [key for key in lines if key not in CHAIN]
    rows = []
    for key in [*(key for key in CHAIN if key in lines), *apart]:
        row = _line(content, lines[key], x, PARTS.get(key, p.SKY))
        row["words"][0] = SIGNS.get(key, "") + lines[key].label
        rows.append(row | {"heading": APART if apart and key == apart[0] else ""})
    return rows


def _line(content: Content, line: Line, x: Axis, colour: str = p.BLUE) -> Data:
    mark = x.mark(line.range, _scale(content))
    return {"words": [line.label, line.text], "colour": colour, **mark}


def _bearers(content: Content, x: Axis) -> list[Data]:
    return [_line(content, line, x) for line in content.sectors[:TOP_BEARERS]]


def _drivers(content: Content, x: Axis) -> list[Data]:
    scale, rows = _scale(content), []
    for row in content.drivers:
        ends = x.at(row.at_low / scale), x.at(row.at_high / scale)
        rows.append({
            "words": [f"{row.label} ({row.inputs})", row.text], "colour": p.BASELINE,
            "low": min(ends), "high": max(ends), "centre": x.at(content.centre / scale),
            "ends": [{"at": at, "colour": colour} for at, colour in zip(ends, (p.SKY, p.VERMILLION), strict=True)],
        })  # fmt: skip
    return rows


def curve_points(result: Estimate, x: Axis, layout: Data, scale: float) -> Data:
    """Points of the range and the middle line, up to the end of the axis, and the dot of the result's own length.

    `layout` is the vertical axis of the figure, `scale` what its amounts are divided by.
    """
    if not layout.get("tickvals"):
        return {"y": [], "band": [], "median": [], "chosen": None}
    y = Axis(layout)
    curve, days = result.curves["net_direct"], result.durations / 24
    last = min(float(days.max()), x.high)
    shown = np.unique(np.append(days[days < last], last))

    def path(values: Any) -> list[list[float]]:
        heights = np.interp(shown, days, values) / scale
        return [[x.at(day), y.at(height)] for day, height in zip(shown, heights, strict=True)]

    net, own = result.amount("net_direct").median, result.scenario.hours / 24
    return {
        "y": y.ticks, "band": [*path(curve.high), *reversed(path(curve.low))], "median": path(curve.median),
        "chosen": None if net is None else [x.at(own), y.at(net / scale)],
    }  # fmt: skip


def _methods(content: Content) -> list[str]:
    figures = [f"{m.label}: {m.text} ({m.basis})" for m in content.methods if m.cost is not None]
    without = [m.label for m in content.methods if m.cost is None]
    return [
        *figures,
        *([f"{'no' if figures else 'No'} figure for this from {', '.join(without)}"] if without else []),
    ]
