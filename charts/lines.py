"""Charts of lines: paths over years or days, and what every chart of lines shares."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts import palette as p
from charts import words as w
from charts.palette import Caption, Form
from charts.words import Format
from model.common.numbers import trimmed

HEIGHT = 340


def line_layout(
    caption: Caption,
    form: Form,
    room: p.Margins,
    *,
    x: dict[str, Any],
    y: dict[str, Any],
    notes: Sequence[dict[str, Any]],
    shapes: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """The layout of a chart of lines, all of one height on the screen."""
    return p.layout(
        caption, form, room=room, height=HEIGHT, x={"showgrid": False} | x, y=y, notes=notes, shapes=shapes
    )


def plot_height(room: p.Margins, form: Form) -> float:
    """Pixels between the margins."""
    return (p.look_of(form).height or HEIGHT) - room.top - room.bottom


def end_labels(
    labels: Sequence[list[str]], fractions: Sequence[float], plot: float, form: Form, colours: Sequence[str]
) -> list[dict[str, Any]]:
    """Labels right of the plot at the heights `fractions` (0 = bottom, 1 = top), pushed apart where they overlap.

    `plot` is how high the plot is, in pixels.
    """
    look = p.look_of(form)
    line = look.font * 1.3
    wanted = [(1 - fraction) * plot for fraction in fractions]
    placed = p.spaced(wanted, [len(lines) * line for lines in labels], -6, plot + 6)
    return [
        p.chart_note(
            f"{p.dot(colour)} {p.joined(lines)}",
            look.font,
            look.text,
            xref="paper",
            x=1,
            xanchor="left",
            xshift=6 if form == "screen" else 14,
            yref="paper",
            y=1,
            yanchor="middle",
            yshift=-centre,
        )
        for lines, centre, colour in zip(labels, placed, colours, strict=True)
    ]


def band(
    x: np.ndarray, low: np.ndarray, high: np.ndarray, colour: str, name: str, opacity: float = 0.28
) -> list[dict[str, Any]]:
    """A range as two edges without a line and the space between them.

    `x`, `low` and `high` are in the units of the axes, all (point,); `opacity` of the space is 0 to 1.
    """
    edge = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "line": {"width": 0, "color": colour},
        "hoverinfo": "skip",
    }
    return [
        edge | {"y": low, "name": f"{name}, low"},
        edge | {"y": high, "name": f"{name}, high", "fill": "tonexty", "fillcolor": p.tint(colour, opacity)},
    ]


def plain_days(days: float) -> str:
    """A duration of so many `days` in words, for hover texts only."""
    for size, word in ((365.0, "year"), (30.0, "month"), (7.0, "week"), (1.0, "day"), (1 / 24, "hour")):
        if days >= size * 0.999:
            number = trimmed(days / size, 2)
            return f"{number} {word}" + ("" if number == "1" else "s")
    return f"{trimmed(days * 1440, 2)} minutes"


def _by_series(frame: pd.DataFrame) -> dict[str, dict[str, np.ndarray]]:
    """x, value, low and high of each series in the order of x, not a number where there is none."""
    nothing = np.full(len(frame), np.nan)
    columns = {
        name: frame[name].to_numpy(dtype=float) if name in frame else nothing
        for name in ("x", "value", "low", "high")
    }
    series = frame["series"].astype(str).to_numpy()
    by_name = {}
    for name in dict.fromkeys(series):
        rows = np.flatnonzero(series == name)
        rows = rows[np.argsort(columns["x"][rows], kind="stable")]
        by_name[str(name)] = {key: values[rows] for key, values in columns.items()}
    return by_name


def paths(
    frame: pd.DataFrame,
    unit: str,
    caption: Caption,
    form: Form,
    fmt: Format,
    x_title: str = "Year",
    targets: Sequence[tuple[str, float]] = (),
    baseline: str | None = None,
    amount: str = "Amount",
) -> go.Figure:
    """Lines with their names at the right end: frame[x, series, value] and, where known, low and high.

    `baseline` names the series drawn in grey; `targets` are dashed level lines, a name and an amount in `unit` each.
    Raises `ValueError` for more series than there are colours that stay apart.
    """
    look, screen = p.look_of(form), form == "screen"
    parts = _by_series(frame)
    names = list(parts)
    others = [name for name in names if name != baseline]
    if len(others) > len(p.HUES):
        raise ValueError(
            f"paths has {len(others)} series; at most {len(p.HUES)} stay apart for colour-blind readers"
        )
    style = {name: (p.HUES[i], p.DASHES[i]) for i, name in enumerate(others)} | (
        {baseline: (p.BASELINE, "solid")} if baseline else {}
    )
    traces: list[dict[str, Any]] = []
    tops = [value for _, value in targets]
    for name, part in parts.items():
        colour, dash = style[name]
        x, value = part["x"], part["value"]
        tops.append(float(np.nanmax(value)))
        if not np.isnan([*part["low"], *part["high"]]).any():
            traces += band(x, part["low"], part["high"], colour, name)
            tops.append(float(part["high"].max()))
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "x": x,
                "y": value,
                "line": {"color": colour, "width": look.line, "dash": dash},
                "customdata": [p.marked(f"{name}: {fmt(v)}") for v in value],
                "hovertemplate": "%{x:~g}<br>%{customdata}<extra></extra>",
            }
        )
    ceiling = max([*tops, 0.0]) * 1.08 or 1.0
    floor = min(0.0, float(np.nanmin(frame["value"])) * 1.08)
    labels = [
        p.wrap(
            f"{name} {fmt(float(parts[name]['value'][-1]))}",
            13 if screen else 22 if form == "picture" else 16,
        )
        for name in names
    ]
    ends = [(float(parts[name]["value"][-1]) - floor) / (ceiling - floor) for name in names]
    wide = max((p.pixels(lines, look.font) for lines in labels), default=0) + look.font * 2
    ticks = w.ticks(w.linear_ticks(floor, ceiling, 6), fmt)
    left = p.pixels(ticks["ticktext"], look.small) + (34 if screen else 56)
    room = p.margins(caption, form, left=left, right=wide, axis=46 if screen else 84)
    plot = plot_height(room, form)
    notes = end_labels(labels, ends, plot, form, [style[name][0] for name in names])
    tall = look.small * 1.3
    # A target's name stands on its own line at the left, where paths start low.
    wanted = [(1 - (level - floor) / (ceiling - floor)) * plot - tall / 2 for _, level in targets]
    for (name, level), centre in zip(
        targets, p.spaced(wanted, [tall] * len(wanted), -tall, plot), strict=True
    ):
        notes.append(
            p.chart_note(
                p.marked(f"{name} {fmt(level)}"),
                look.small,
                look.text,
                xref="paper",
                x=0,
                xanchor="left",
                xshift=6,
                yref="paper",
                y=1,
                yanchor="middle",
                yshift=-centre,
            )
        )
    shapes = [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "yref": "y",
            "y0": level,
            "y1": level,
            "line": {"color": p.BASELINE, "width": look.line / 2, "dash": "dash"},
        }
        for _, level in targets
    ]
    x_all = frame["x"].to_numpy(dtype=float)
    x_axis: dict[str, Any] = {"range": [x_all.min(), x_all.max()], "title": p.axis_title(x_title, form)}
    if np.all(x_all == x_all.round()):  # years and days: no tick between two whole ones, none twice
        x_axis |= {
            "tick0": x_all.min(),
            "dtick": max(1, int(np.ceil(np.ptp(x_all) / (5 if screen else 10)))),
            "tickformat": "d",
        }
    else:
        x_axis |= {"nticks": 6 if screen else 12, "tickformat": "~g"}
    y_axis = {
        "range": [floor, ceiling],
        "title": p.axis_title(w.titled(amount, unit), form),
    } | ticks
    return p.drawn(
        data=traces, layout=line_layout(caption, form, room, x=x_axis, y=y_axis, notes=notes, shapes=shapes)
    )
