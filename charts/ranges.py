"""The chart of rows: a dot with its range each, its name and its value in words. No bars anywhere.

On the screen and in a square picture the name stands above its line, in a wide picture left of it; the value
stands at the right end. A log axis is called one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from charts import palette as p
from charts import row_layout as rooms
from charts import words as w
from charts.palette import Caption, Form
from charts.row_layout import RangeRow as RangeRow
from charts.row_layout import RowMark as RowMark
from charts.words import Format

LOG = " (log scale)"
NO_FLOOR = 7  # powers of ten that a log axis shows at most
HOVER = "%{customdata}<extra></extra>"
# Nothing is drawn by it; without a trace of its own Plotly shows no second scale.
BEARER = {"type": "scatter", "x": [None], "y": [None], "xaxis": "x2", "hoverinfo": "skip"}


def ranges(
    rows: Sequence[RangeRow],
    caption: Caption,
    form: Form,
    *,
    title: str,
    fmt: Format | None = None,
    log: bool = False,
    key: str = "",
    percent: bool = False,
    zero: bool = True,
    centre: float | None = None,
) -> go.Figure:
    """Rows from top to bottom on one axis.

    Args:
        rows: what stands in the chart, in its order.
        caption: what a picture says of itself.
        form: the screen, or the shape of a picture.
        title: what the axis shows, with its unit where the ticks do not carry it.
        fmt: writes the ticks; without it they are plain numbers.
        log: a log axis has no zero: ends at or below it run to its lower edge.
        percent: without `fmt`, ticks are whole percents.
        key: what colours and signs mean, above the rows.
        zero: the axis reaches zero, with a grey mark there in each row where it crosses it.
        centre: a reference, as a grey mark in each row.
    """
    look = p.look_of(form)
    at = rooms.laid_out(rows, caption, form, key)
    low, high = _span(rows, log, zero or centre is None, centre)
    axis: dict[str, Any] = {"title": p.axis_title(title + (LOG if log else ""), form), "range": [low, high]}
    if log:
        ticks = w.log_ticks(10**low, 10**high)
        axis |= {"type": "log"} | w.ticks(ticks, fmt or (lambda value: f"{value:,.10g}"))
    elif fmt:
        axis |= w.ticks(w.linear_ticks(low, high, 8 if form == "picture" else 6), fmt)
    else:
        axis |= {"nticks": 9 if form == "picture" else 6, "tickformat": ".0%" if percent else ",~g"}
    # A mark in each row: one line from top to bottom would run through the words.
    marks = [(0.0, 1.0)] if zero and not log and low < 0 < high else []
    marks += [] if centre is None else [(centre, look.line)]
    reach = look.marker * 0.9
    shapes = [
        {"type": "line", "x0": x, "x1": x, "y0": y - reach, "y1": y + reach, "layer": "below",
         "line": {"color": p.BASELINE, "width": width}}
        for x, width in marks
        for y in at.middles
    ]  # fmt: skip
    made = p.layout(
        caption, form, room=at.room, height=at.plot + at.room.top + at.room.bottom, x=axis,
        y={"range": [at.plot, 0], "visible": False}, notes=rooms.words(rows, at, form, key), shapes=shapes,
    )  # fmt: skip
    traces = _traces(rows, at.middles, 10**low if log else None, form)
    if at.tall:
        above = {"side": "top", "overlaying": "x", "matches": "x", "showgrid": False, "title": None}
        made["xaxis2"] = made["xaxis"] | above
        traces.append(BEARER)
    return p.drawn(data=traces, layout=made)


def _span(rows: Sequence[RangeRow], log: bool, zero: bool, centre: float | None) -> tuple[float, float]:
    """Ends of the axis, as powers of ten on a log axis."""
    values = [v for row in rows for v in (*row.range, *(dot.x for dot in row.dots))]
    values += [] if centre is None else [centre]
    finite = [v for v in values if np.isfinite(v) and (v > 0 or not log)]
    if not finite:
        return (0.0, 1.0)
    if log:
        top = float(np.log10(max(finite)))
        bottom = max(float(np.log10(min(finite))), top - NO_FLOOR)
        return bottom - 0.15, top + 0.15
    low, high = (min(*finite, 0.0), max(*finite, 0.0)) if zero else (min(finite), max(finite))
    edge = 0.04 * ((high - low) or abs(high) or 1.0)
    return low - (edge if low < 0 or not zero else 0.0), high + edge


def _traces(
    rows: Sequence[RangeRow], middles: Sequence[float], floor: float | None, form: Form
) -> list[dict[str, Any]]:
    """Ranges with their dots, one trace for each look: a browser draws few traces much faster than many."""
    groups: dict[tuple[str, str, bool], list[tuple[float, float, float, float, str]]] = {}
    for row, y in zip(rows, middles, strict=True):
        for dot in row.dots:
            groups.setdefault((dot.colour, dot.sign, False), []).append(
                (dot.x, y, 0.0, 0.0, p.marked(dot.words))
            )
        ends = [v for v in row.range if np.isfinite(v)]
        if not ends:
            continue
        low = min(ends) if floor is None else max(min(ends), floor / 10)
        high, sign, x = max(ends), row.sign, row.range.median
        if not np.isfinite(x) or (floor is not None and x <= 0):
            if high <= low:
                continue
            sign, x = "", high  # the range alone
        hover = p.joined([row.label, row.value])
        groups.setdefault((row.colour, sign, row.faint), []).append((x, y, x - low, high - x, hover))
    look = p.look_of(form)
    few = len(rows) <= 14 or form == "screen"
    wide, size = (look.line * 1.6, look.marker) if few else (look.line, look.marker * 0.7)
    drawn = sorted(groups.items(), key=lambda group: group[0][1] != "")  # ranges alone lie under all dots
    return [_trace(points, *mark, wide, size) for mark, points in drawn]


def _trace(
    points: Sequence[tuple[float, float, float, float, str]],
    colour: str,
    sign: str,
    faint: bool,
    wide: float,
    size: float,
) -> dict[str, Any]:
    x, y, minus, plus = (np.array([point[part] for point in points]) for part in range(4))
    marker = {
        "color": p.tint(colour, 0.6) if faint else colour, "symbol": sign or "circle", "size": size if sign else 0,
        "opacity": 1, "line": {"color": "#FFFFFF", "width": 1},
    }  # fmt: skip
    made: dict[str, Any] = {
        "type": "scatter", "mode": "markers", "x": x, "y": y, "marker": marker,
        "customdata": [point[4] for point in points], "hovertemplate": HOVER, "cliponaxis": False,
    }  # fmt: skip
    if np.any(minus > 0) or np.any(plus > 0):
        made["error_x"] = {
            "type": "data", "symmetric": False, "array": np.maximum(plus, 0.0),
            "arrayminus": np.maximum(minus, 0.0), "thickness": wide, "width": 0,
            "color": p.tint(colour, 0.5 if faint else 0.92),
        }  # fmt: skip
    return made
