"""The duration curve with several durations marked and a figure to pass: built on the curve of every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from views import chart_words as w
from views import palette as p
from views.chart_lines import curve, log_ticks
from views.chart_rows import Row, bar_chart
from views.chart_words import Format
from views.palette import Caption, Form

NOWHERE = -1.0  # a duration that the curve does not mark itself


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
    ours = p.look(form)
    figure = curve(frame, NOWHERE, unit, caption, form, fmt)
    if figure.layout.yaxis.type != "log":
        return figure  # nothing measurable, and the chart says so
    usable = marks[(marks["days"] > 0) & (marks["median"] > 0)]
    if len(usable):
        figure.add_trace(_points(usable, ours, fmt))
        for index, row in enumerate(usable.to_dict("records")):
            figure.add_annotation(**_label(row, index, ours))
    if level is not None and level[1] > 0:
        _level(figure, level, ends, ours, form, fmt)
    return figure


def _points(marks: pd.DataFrame, ours: p.Look, fmt: Format) -> dict[str, Any]:
    middle = marks["median"].to_numpy(dtype=float)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "compared",
        "x": marks["days"].to_numpy(dtype=float),
        "y": middle,
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": marks["high"].to_numpy(dtype=float) - middle,
            "arrayminus": middle - marks["low"].to_numpy(dtype=float),
            "color": p.VERMILLION,
            "thickness": ours.line * 0.8,
            "width": ours.marker * 0.5,
        },
        "marker": {"color": p.VERMILLION, "size": ours.marker, "line": {"color": "#FFFFFF", "width": 1.5}},
        "customdata": [
            f"{row['label']}: {w.with_range(fmt, row['low'], row['median'], row['high'])}"
            for row in marks.to_dict("records")
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _label(row: dict[Any, Any], index: int, ours: p.Look) -> dict[str, Any]:
    """The name of a point, by turns below and above its range, so that neighbours stay apart.

    The curve rises, so right below and left above are free; at the left edge only the right is.
    """
    if index == 0:
        end, place = "median", {"xanchor": "left", "yanchor": "top", "xshift": ours.marker * 0.6}
    elif index % 2:
        end, place = "high", {"xanchor": "right", "yanchor": "bottom", "xshift": ours.marker * 0.6}
    else:
        end, place = "low", {"xanchor": "left", "yanchor": "top", "xshift": -ours.marker * 0.6}
    value = row[end] if row[end] > 0 else row["median"]
    where = {"x": float(np.log10(row["days"])), "y": float(np.log10(value)), "xref": "x", "yref": "y"}
    return p.note(str(row["label"]), ours.small, ours.text, **where, **place)


def _level(
    figure: go.Figure,
    level: tuple[str, float],
    ends: Sequence[tuple[str, float]],
    ours: p.Look,
    form: Form,
    fmt: Format,
) -> None:
    """The figure as a dashed line; the axis grows where it lies outside."""
    name, value = level
    low, high = figure.layout.yaxis.range
    at = float(np.log10(value))
    if not low < at < high - 0.1:
        low, high = min(low, at - 0.15), max(high, at + 0.3)
        ticks = log_ticks(10**low, 10**high)
        figure.layout.yaxis.update(
            range=[low, high], tickvals=ticks, ticktext=[w.plain(tick) for tick in ticks]
        )
    dash = {"color": p.BASELINE, "width": ours.line * 0.7, "dash": "dash"}
    figure.add_shape(type="line", xref="paper", x0=0, x1=1, yref="y", y0=value, y1=value, line=dash)
    figure.add_annotation(
        **p.note(
            f"{name} {fmt(value)}", ours.small, ours.text, xref="paper", x=0, xanchor="left", xshift=6, yref="y", y=at,
            yanchor="bottom", yshift=2,
        )
    )  # fmt: skip
    if not ends:
        return
    dot = {"color": p.VERMILLION, "width": ours.line * 0.7, "dash": "dot"}
    for _, days in ends:
        figure.add_shape(type="line", xref="x", x0=days, x1=days, yref="y", y0=10.0**low, y1=value, line=dot)
    # All names stand on the side with more room: none is crossed by the line of another.
    last, first = ends[-1][1], ends[0][1]
    right = np.log10(last) < np.mean(figure.layout.xaxis.range) + 0.5
    words = "<br>".join(label for label, _ in ends)
    place = {
        "xanchor": "left" if right else "right",
        "xshift": 5 if right else -5,
        "yanchor": "bottom",
        "yshift": 6,
    }
    where = {"xref": "x", "x": float(np.log10(last if right else first)), "yref": "paper", "y": 0}
    figure.add_annotation(**p.note(words, ours.small, ours.text, **where, **place))


def differences(
    frame: pd.DataFrame, reference: str, unit: str, caption: Caption, form: Form, fmt: Format
) -> go.Figure:
    """More or less than a reference: frame[label, low, value, high], fmt with its sign; bars from the reference."""
    rows = []
    for row in frame.to_dict("records"):
        low, middle, high = (w.number(row[name]) for name in ("low", "value", "high"))
        told = w.known(low, middle, high)
        rows.append(
            Row(
                label=str(row["label"]),
                value=f"{fmt(middle)} ({fmt(low)} to {fmt(high)})" if told else "not measured",
                bars=((0.0, middle, p.BLUE),) if told else (),
                whisker=(low, middle, high) if told and high > low else None,
            )
        )
    return bar_chart(rows, caption, form, title=f"Difference, {unit}", centre=(0.0, f"┊ {reference}"))
