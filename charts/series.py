"""Several lines with their ranges against duration, on log axes: one chart for amounts, and one for ratios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts import palette as p
from charts import words as w
from charts.curve import nothing
from charts.lines import band, end_labels, line_layout, plain_days, plot_height
from charts.marked_curve import DURATIONS, LOG
from charts.palette import Caption, Form
from charts.words import Format
from model.common.ranges import Range

MOST_LINES = 3  # of a name beside its line; all of it stands in the table
SMALLEST_PART = 1e-7  # of the largest value: what lies under it leaves the plot


@dataclass(frozen=True)
class Scale:
    """The upright axis: its title, how a value is written, and for ratios the level of the baseline itself."""

    title: str
    fmt: Format
    level: tuple[float, str] | None = None


def several(frame: pd.DataFrame, baseline: str, scale: Scale, caption: Caption, form: Form) -> go.Figure:
    """Lines named at their right ends: frame[days, series, low, median, high, own].

    `baseline` is grey and lies under all others; `own` marks each line at its own duration, with its range. A log
    axis has no zero: what costs nothing is left out, and a range down to zero runs to the lower edge.
    """
    look, screen = p.look_of(form), form == "screen"
    shown = frame[(frame["days"] > 0) & (frame["median"] > 0) & np.isfinite(frame["high"])]
    if not len(shown):
        return _nothing(scale, caption, form)
    colours = _colours([str(name) for name in dict.fromkeys(frame["series"])], baseline)
    names = sorted(dict.fromkeys(shown["series"].astype(str)), key=lambda name: name != baseline)
    low, high = _span(shown, scale)
    ticks = w.ticks(w.log_ticks(10**low, 10**high), scale.fmt)
    labels = {name: _short(name, 14 if screen else 22 if form == "picture" else 16) for name in names}
    wide = max(p.pixels(lines, look.font) for lines in labels.values()) + look.font * 2
    left = p.pixels(ticks["ticktext"], look.small) + (34 if screen else 56)
    room = p.margins(caption, form, left=left, right=wide, axis=46 if screen else 84)
    bands, lines, points, ends = [], [], [], []
    for name in names:
        part = shown[shown["series"] == name].sort_values("days")
        colour, dash = colours[name]
        days, lower, middle, upper = (
            part[column].to_numpy(dtype=float) for column in ("days", "low", "median", "high")
        )
        bands += band(days, np.maximum(lower, 10.0 ** (low - 1)), upper, colour, name, 0.16)
        hovers = [
            p.marked(f"{name}, {plain_days(day)}: {w.with_range(scale.fmt, Range(*values))}")
            for day, *values in zip(days, lower, middle, upper, strict=True)
        ]
        lines.append(_line(days, middle, name, colour, dash, look, hovers))
        points += _own(part, colour, look, hovers)
        ends.append((np.log10(middle[-1]) - low) / (high - low))
    notes = end_labels(
        [labels[name] for name in names],
        ends,
        plot_height(room, form),
        form,
        [colours[name][0] for name in names],
    )
    shapes: list[dict[str, Any]] = []
    if scale.level is not None:
        shapes, more = _level(scale.level, look)
        notes += more
    x, y = _axes(shown["days"].to_numpy(dtype=float), (low, high), ticks, scale, form)
    return p.drawn(
        data=[*bands, *lines, *points],
        layout=line_layout(caption, form, room, x=x, y=y, notes=notes, shapes=shapes),
    )


def _nothing(scale: Scale, caption: Caption, form: Form) -> go.Figure:
    words = (
        "No measurable cost at any length"
        if scale.level is None
        else "No ratio: in some simulations the reference costs nothing"
    )
    return nothing(caption, form, words)


def _colours(names: list[str], baseline: str) -> dict[str, tuple[str, str]]:
    """Colour and dash of each line; the baseline is grey and solid."""
    others = [name for name in names if name != baseline]
    return {name: (p.HUES[i], p.DASHES[i]) for i, name in enumerate(others)} | {
        baseline: (p.BASELINE, "solid")
    }


def _span(shown: pd.DataFrame, scale: Scale) -> tuple[float, float]:
    """The ends of the upright axis, as powers of ten."""
    top = float(shown["high"].max())
    values = shown[["low", "median"]].to_numpy(dtype=float)
    bottom = max(float(values[values > 0].min()), top * SMALLEST_PART)
    if scale.level is not None:
        top, bottom = max(top, scale.level[0]), min(bottom, scale.level[0])
    pad = max(0.06, 0.06 * float(np.log10(top / bottom)))
    return float(np.log10(bottom)) - pad, float(np.log10(top)) + pad


def _short(name: str, characters: int) -> list[str]:
    """A name in a few lines; the mark at its end says that there is more of it."""
    lines = p.wrap(name, characters)
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][: characters - 2].rstrip()} …"]


def _line(
    days: np.ndarray, middle: np.ndarray, name: str, colour: str, dash: str, look: p.Look, hovers: list[str]
) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines", "name": name, "x": days, "y": middle,
        "line": {"color": colour, "width": look.line, "dash": dash},
        "customdata": hovers, "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip


def _own(part: pd.DataFrame, colour: str, look: p.Look, hovers: list[str]) -> list[dict[str, Any]]:
    """The point of a line at its own duration, with its range."""
    at = np.flatnonzero(part["own"].to_numpy())[:1]
    if not at.size:
        return []
    row = part.iloc[at]
    days, *ends = (row[name].to_numpy(dtype=float) for name in ("days", "low", "median", "high"))
    name = f"{row['series'].iloc[0]}, its own length"
    return [p.range_points(days, ends, colour, look, [hovers[int(at[0])]]) | {"name": name}]


def _level(level: tuple[float, str], look: p.Look) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The baseline itself as a level line with its name."""
    value, words = level
    line = {"color": p.BASELINE, "width": look.line * 0.7, "dash": "dash"}
    place = {
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "xshift": 6,
        "yref": "y",
        "y": float(np.log10(value)),
    }
    return (
        [
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "yref": "y",
                "y0": value,
                "y1": value,
                "line": line,
            }
        ],
        [p.chart_note(p.marked(words), look.small, look.text, yanchor="bottom", yshift=2, **place)],
    )


def _axes(
    days: np.ndarray,
    span: tuple[float, float],
    ticks: dict[str, Any],
    scale: Scale,
    form: Form,
) -> tuple[dict[str, Any], dict[str, Any]]:
    every = (
        DURATIONS if form == "picture" else DURATIONS[::2] + DURATIONS[-1:]
    )  # beside names a phone has no more room
    marks = [(at, word) for at, word in every if days.min() * 0.99 <= at <= days.max() * 1.01]
    x = {
        "type": "log", "range": [np.log10(days.min()) - 0.04, np.log10(days.max()) + 0.04],
        "title": p.axis_title(f"How long it lasts ({LOG})", form), "tickvals": [at for at, _ in marks],
        "ticktext": [word for _, word in marks], "tickangle": 0,
    }  # fmt: skip
    y = {
        "type": "log", "range": list(span), "title": p.axis_title(f"{scale.title} ({LOG})", form), **ticks,
    }  # fmt: skip
    return x, y
