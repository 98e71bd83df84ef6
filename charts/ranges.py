"""Charts of dots with ranges, one row each: prices on a log axis, predicted bands beside what was observed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from charts import palette as p
from charts.lines import log_ticks
from charts.palette import Caption, Form
from charts.words import Format

WIDE_SCREEN = 44  # characters of a label and the value beside it
LABELS_WIDE = 560  # pixels of the labels of a picture
SMALLEST = 11.0  # pixels of the words of a picture with many rows


@dataclass(frozen=True)
class Dot:
    """A further mark in a row, such as what was observed or claimed."""

    x: float
    colour: str
    sign: str
    words: str = ""


@dataclass(frozen=True)
class RangeRow:
    """One line: a range with its middle in `colour`, further marks, words and the value as text."""

    label: str
    value: str
    low: float
    middle: float
    high: float
    colour: str = p.BLUE
    sign: str = "circle"
    sub: str = ""
    heading: str = ""
    dots: tuple[Dot, ...] = ()
    faint: bool = False


def ranges(
    rows: Sequence[RangeRow],
    caption: Caption,
    form: Form,
    *,
    title: str,
    log: bool = False,
    key: str = "",
    percent: bool = False,
    fmt: Format | None = None,
    zero: bool = True,
) -> go.Figure:
    """Rows from top to bottom on one axis. A log axis has no zero: such ends run to its lower edge.

    `fmt` writes the ticks of a log axis; with it small shares keep two digits. Without `zero` no line
    stands at it.
    """
    ours, screen = p.look(form), form == "screen"
    extra = (24 if screen else 36) if key else 0
    if screen:
        room = p.margins(caption, form, left=4, right=12, axis=48, top=8 + extra)
        lines = [p.wrap(row.label, WIDE_SCREEN - max(0, len(row.value) - 8)) for row in rows]
        subs = [p.wrap(row.sub, 50) if row.sub else [] for row in rows]
        heights = [17.0 * len(a) + 15 * len(b) + 26 for a, b in zip(lines, subs, strict=True)]
        size = float(ours.font)
    else:
        room = p.margins(caption, form, left=LABELS_WIDE, right=250, axis=80, top=12 + extra)
        free = p.PICTURE_HEIGHT - room.top - room.bottom
        headed = sum(bool(row.heading) for row in rows)
        each = min(64.0, free / max(1.0, len(rows) + 0.9 * headed))
        heights = [each] * len(rows)
        size = float(np.clip(each * 0.78, SMALLEST, 19))
        lines = [[_short(row.label, int(LABELS_WIDE / (0.5 * size)))] for row in rows]
        subs = [[] for _ in rows]
    head = 30.0 if screen else (heights[0] * 0.9 if rows else 0.0)
    tops, at = [], 0.0
    for row, height in zip(rows, heights, strict=True):
        at += head if row.heading else 0.0
        tops.append(at)
        at += height
    plot = max(at, 80.0)
    middles = [
        top + (height - 13 if screen else height / 2) for top, height in zip(tops, heights, strict=True)
    ]
    low, high = _span(rows, log)
    notes = _words(rows, lines, subs, tops, middles, size, form, room)
    if key:
        shift = {"xshift": 0} if screen else {"xshift": p.EDGE - room.left}
        notes.append(
            p.chart_note(
                key,
                ours.small,
                ours.text,
                xref="paper",
                x=0,
                xanchor="left",
                yref="paper",
                y=1,
                yanchor="bottom",
                yshift=6,
                **shift,
            )
        )
    axis: dict[str, Any] = {"title": p.axis_title(title, form), "range": [low, high]}
    if log:
        ticks = log_ticks(10**low, 10**high)
        axis |= {
            "type": "log",
            "tickvals": ticks,
            "ticktext": [fmt(tick) if fmt else f"{tick:,.10g}" for tick in ticks],
        }
    else:
        axis |= {"nticks": 6 if screen else 9, "tickformat": (".2~p" if fmt else ".0%") if percent else ",~g"}
    shapes = []
    values = [value for row in rows for value in (row.low, *(dot.x for dot in row.dots))]
    if (
        zero and not log and any(value < 0 for value in values)
    ):  # else the line of zero would only strike the labels
        shapes.append(
            {
                "type": "line",
                "xref": "x",
                "x0": 0,
                "x1": 0,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "layer": "below",
                "line": {"color": p.BASELINE, "width": 1},
            }
        )
    made = p.layout(
        caption,
        form,
        room=room,
        height=plot + room.top + room.bottom,
        x=axis,
        y={"range": [plot, 0], "visible": False},
        notes=notes,
        shapes=shapes,
    )
    return p.drawn(data=_traces(rows, middles, 10**low if log else None, form), layout=made)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _span(rows: Sequence[RangeRow], log: bool) -> tuple[float, float]:
    """Ends of the axis, as powers of ten on a log axis."""
    values = [v for row in rows for v in (row.low, row.middle, row.high, *(dot.x for dot in row.dots))]
    finite = [v for v in values if np.isfinite(v) and (v > 0 or not log)]
    if not finite:
        return (0.0, 1.0)
    if log:
        top = float(np.log10(max(finite)))
        bottom = max(float(np.log10(min(finite))), top - 7)
        return bottom - 0.15, top + 0.15
    low, high = min(*finite, 0.0), max(*finite, 0.0)
    edge = 0.04 * ((high - low) or 1.0)
    return low - edge, high + edge


def _words(
    rows: Sequence[RangeRow],
    lines: Sequence[list[str]],
    subs: Sequence[list[str]],
    tops: Sequence[float],
    middles: Sequence[float],
    size: float,
    form: Form,
    room: p.Margins,
) -> list[dict[str, Any]]:
    """Label, basis and value of every row, above its line on the screen and beside it in a picture."""
    ours, screen = p.look(form), form == "screen"
    texts = []
    left = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "y"}
    shift = 0 if screen else p.EDGE - room.left
    for row, label, sub, top, middle in zip(rows, lines, subs, tops, middles, strict=True):
        small = f'<span style="font-size:{ours.small - 1}px">'
        words = "<br>".join([*label, *(f"{small}<i>{line}</i></span>" for line in sub)])
        where = {"y": top, "yanchor": "top"} if screen else {"y": middle, "yanchor": "middle"}
        if row.heading:
            texts.append(
                p.chart_note(
                    f"<b>{row.heading}</b>",
                    round(size),
                    ours.text,
                    **left,
                    xshift=shift,
                    y=top,
                    yanchor="bottom",
                )
            )
        texts.append(p.chart_note(words, round(size), ours.text, **left, xshift=shift, **where))
        end = {"xanchor": "right"} if screen else {"xanchor": "left", "xshift": 14}
        texts.append(
            p.chart_note(row.value, round(size), ours.text, xref="paper", x=1, yref="y", **end, **where)
        )
    return texts


def _traces(
    rows: Sequence[RangeRow], middles: Sequence[float], floor: float | None, form: Form
) -> list[dict[str, Any]]:
    """A line for each range, a dot for its middle, and the further marks."""
    ours = p.look(form)
    few = len(rows) <= 14 or form == "screen"
    wide, mark = (ours.line * 1.6, ours.marker) if few else (ours.line, ours.marker * 0.7)
    traces: list[dict[str, Any]] = []
    for row, y in zip(rows, middles, strict=True):
        finite = [v for v in (row.low, row.middle, row.high) if np.isfinite(v)]
        if not finite:
            continue
        start = min(finite) if floor is None else max(min(finite), floor / 10)
        hover = f"{row.label}<br>{row.value}<extra></extra>"
        if max(finite) > start:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": np.array([start, max(finite)]),
                    "y": np.array([y, y]),
                    "line": {"color": p.tint(row.colour, 0.45 if row.faint else 0.75), "width": wide},
                    "hovertemplate": hover,
                }
            )
        if np.isfinite(row.middle) and (floor is None or row.middle > 0):
            traces.append(_mark(row.middle, y, row.colour, row.sign, mark, hover, row.faint))
        traces += [
            _mark(dot.x, y, dot.colour, dot.sign, mark * 1.1, f"{dot.words}<extra></extra>", False)
            for dot in row.dots
        ]
    return traces


def _mark(x: float, y: float, colour: str, sign: str, size: float, hover: str, faint: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.array([x]),
        "y": np.array([y]),
        "hovertemplate": hover,
        "marker": {
            "color": p.tint(colour, 0.6) if faint else colour,
            "symbol": sign,
            "size": size,
            "line": {"color": "#FFFFFF", "width": 1},
        },
    }
