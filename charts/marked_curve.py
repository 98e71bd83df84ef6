"""The whole duration curve, an hour to two years on log axes, with durations marked and a figure to pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts import palette as p
from charts import words as w
from charts.curve import nothing
from charts.lines import band, line_layout, plain_days
from charts.palette import Caption, Form
from charts.words import Format
from model.common.ranges import Range

DURATIONS = ((1 / 24, "1 h"), (0.25, "6 h"), (1.0, "1 d"), (7.0, "1 wk"), (30.0, "1 mo"), (365.0, "1 yr"))
LOG = "log scale"
SMALLEST = {
    "screen": (215.0, 250.0),
    "picture": (1200.0, 400.0),
    "square": (780.0, 480.0),
}  # pixels of a plot, on a phone and in a slide
GAP, EDGE = 6, 4  # pixels between two names, and between the axis and the first


def marked_curve(
    frame: pd.DataFrame,
    marks: pd.DataFrame,
    unit: str,
    caption: Caption,
    form: Form,
    fmt: Format,
    level: tuple[str, float] | None = None,
    ends: Sequence[tuple[str, float]] = (),
) -> go.Figure:
    """The curve with points: frame[days, low, median, high], marks[days, label, low, median, high].

    `level` is a named figure, a dashed line; `ends` are named durations in days, dotted lines down from it.
    """
    look = p.look_of(form)
    usable_frame = frame[(frame["days"] > 0) & (frame["high"] > 0)]
    if not len(usable_frame):
        return nothing(caption, form, "No measurable cost at any duration")
    figure = _log_curve(usable_frame, unit, caption, form, fmt)
    usable = marks[(marks["days"] > 0) & (marks["median"] > 0)]
    if len(usable):
        figure.add_trace(_points(usable, look, fmt))
        for label in _labels(usable, figure, look):
            figure.add_annotation(**label)
    if level is not None and level[1] > 0:
        _level(figure, level, ends, look, form, fmt)
    return figure


def _log_curve(frame: pd.DataFrame, unit: str, caption: Caption, form: Form, fmt: Format) -> go.Figure:
    """The curve itself. A log axis has no zero: a band down to zero runs to the lower edge."""
    look, screen = p.look_of(form), form == "screen"
    days, low, median, high = (
        frame[name].to_numpy(dtype=float) for name in ("days", "low", "median", "high")
    )
    positive = np.concatenate([part[part > 0] for part in (low, median, high)])
    bottom = max(float(positive.min()), float(high.max()) * 1e-6)
    span = [float(np.log10(bottom)) - 0.06, float(np.log10(high.max())) + (0.32 if screen else 0.22)]
    floor = 10.0 ** (span[0] - 1)
    ticks = w.ticks(w.log_ticks(10 ** span[0], 10 ** span[1]), fmt)
    room = p.margins(
        caption, form, left=p.pixels(ticks["ticktext"], look.small) + (34 if screen else 56),
        right=26 if screen else 60, axis=46 if screen else 84,
    )  # fmt: skip
    hovers = [
        f"{plain_days(d)}: {w.with_range(fmt, Range(a, b, c))}"
        for d, a, b, c in zip(days, low, median, high, strict=True)
    ]
    line = {
        "type": "scatter", "mode": "lines", "x": days, "y": np.where(median > 0, median, np.nan), "name": "median",
        "line": {"color": p.BLUE, "width": look.line}, "hovertemplate": "%{customdata}<extra></extra>",
        "customdata": hovers,
    }  # fmt: skip
    marks = [(at, word) for at, word in DURATIONS if days.min() * 0.99 <= at <= days.max() * 1.01]
    x = {
        "type": "log", "range": [np.log10(days.min()) - 0.04, np.log10(days.max()) + 0.04],
        "title": p.axis_title(f"How long it lasts ({LOG})", form), "tickvals": [at for at, _ in marks],
        "ticktext": [word for _, word in marks],
    }  # fmt: skip
    title = f"{w.titled('Cost', unit)} ({LOG})"
    y = {"type": "log", "range": span, "title": p.axis_title(title, form)} | ticks
    traces = [*band(days, np.maximum(low, floor), high, p.BLUE, "range"), line]
    return p.drawn(data=traces, layout=line_layout(caption, form, room, x=x, y=y, notes=[]))


def _points(marks: pd.DataFrame, look: p.Look, fmt: Format) -> dict[str, Any]:
    days, *ends = (marks[name].to_numpy(dtype=float) for name in ("days", "low", "median", "high"))
    texts = [
        p.marked(f"{row['label']}: {w.with_range(fmt, Range(row['low'], row['median'], row['high']))}")
        for row in marks.to_dict("records")
    ]
    return p.range_points(days, ends, p.VERMILLION, look, texts) | {"name": "compared"}


def _labels(marks: pd.DataFrame, figure: go.Figure, look: p.Look) -> list[dict[str, Any]]:
    """The names of the points, each above or below its range, where there is room; bars and table name them all.

    The curve rises, so left above and right below are free; at the left edge only right above.
    """
    axis, upright = figure.layout.xaxis.range, figure.layout.yaxis.range
    plot = SMALLEST[look.form]
    across, up = (
        (axis[1] - axis[0]) / plot[0],
        (upright[1] - upright[0]) / plot[1],
    )  # powers of ten in a pixel
    labels: list[dict[str, Any]] = []
    taken: list[tuple[float, float, float, float]] = []
    for index, row in enumerate(marks.sort_values("days").to_dict("records")):
        at, name = float(np.log10(row["days"])), str(row["label"])
        wide, tall = p.pixels([name], look.small) * across, (look.small + GAP) * up
        sides = ("high", "low") if index % 2 or at + wide > axis[1] else ("low", "high")
        for side in sides if index else ("high",):
            left = side == "high" and index > 0
            shift = _shift(left, look) if index else EDGE
            begin = at + shift * across - (wide if left else 0)
            value = float(np.log10(row[side] if row[side] > 0 else row["median"]))
            bottom = value if side == "high" else value - tall
            box = (begin, begin + wide + GAP * across, bottom, bottom + tall)
            outside = box[1] > axis[1] + wide / 2 or bottom < upright[0]
            if outside or any(_touch(box, other) for other in taken):
                continue
            taken.append(box)
            labels.append(_label(row, name, side, left, shift, look))
            break
    return labels


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _shift(left: bool, look: p.Look) -> float:
    """Pixels by which a name reaches over its point."""
    return look.marker * (0.6 if left else -0.6)


def _label(
    row: dict[Any, Any], name: str, side: str, left: bool, shift: float, look: p.Look
) -> dict[str, Any]:
    value = row[side] if row[side] > 0 else row["median"]
    where = {"x": float(np.log10(row["days"])), "y": float(np.log10(value)), "xref": "x", "yref": "y"}
    place = {
        "xanchor": "right" if left else "left",
        "xshift": shift,
        "yanchor": "bottom" if side == "high" else "top",
    }
    return p.chart_note(p.marked(name), look.small, look.text, **where, **place)


def _level(
    figure: go.Figure,
    level: tuple[str, float],
    ends: Sequence[tuple[str, float]],
    look: p.Look,
    form: Form,
    fmt: Format,
) -> None:
    """The figure as a dashed line; the axis grows where it lies outside."""
    name, value = level
    low, high = figure.layout.yaxis.range
    at = float(np.log10(value))
    if not low < at < high - 0.1:
        low, high = min(low, at - 0.15), max(high, at + 0.3)
        figure.layout.yaxis.update(range=[low, high], **w.ticks(w.log_ticks(10**low, 10**high), fmt))
    dash = {"color": p.BASELINE, "width": look.line * 0.7, "dash": "dash"}
    figure.add_shape(type="line", xref="paper", x0=0, x1=1, yref="y", y0=value, y1=value, line=dash)
    # The curve runs from the lower left to the upper right: a low figure is named at the right, a high one at the left.
    up = (at - low) / (high - low)
    where = {"xref": "paper", "yref": "y", "y": at, "yanchor": "bottom", "yshift": 2}
    where |= (
        {"x": 0, "xanchor": "left", "xshift": 6} if up > 0.5 else {"x": 1, "xanchor": "right", "xshift": -6}
    )
    figure.add_annotation(
        **p.chart_note(p.marked(f"{name} {fmt(value)}".strip()), look.small, look.text, **where)
    )
    if not ends:
        return
    dot = {"color": p.VERMILLION, "width": look.line * 0.7, "dash": "dot"}
    for _, days in ends:
        figure.add_shape(type="line", xref="x", x0=days, x1=days, yref="y", y0=10.0**low, y1=value, line=dot)
    # The lengths stand in the upper left corner, which the curve never reaches; under the figure where that is high.
    words = "<br>".join(f"{p.dot(p.VERMILLION, '┊')} {p.marked(label)}" for label, _ in ends)
    under = {"yref": "y", "y": at, "yshift": -4} if up > 0.6 else {"yref": "paper", "y": 1, "yshift": 0}
    corner = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": 6, "yanchor": "top"}
    figure.add_annotation(**p.chart_note(words, look.small, look.text, **corner, **under))
