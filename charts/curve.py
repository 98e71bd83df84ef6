"""Cost against duration, on plain axes from zero: the longer it lasts, the more it costs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts import palette as p
from charts import words as w
from charts.lines import band, line_layout, plain_days
from charts.palette import Caption, Form
from charts.row_layout import NARROW
from charts.words import Format
from model.common.ranges import Range

CHOSEN = "chosen"  # the name of the marks that follow the hand; the explorer draws its own in their place
KEY = f"{p.dot(p.BLUE, '━')} middle estimate {p.dot(p.tint(p.SKY, 0.6))} range"
BAND = 0.42  # opacity of the range: to be seen on white and on near-black
# The durations that an axis can end at, in days, each with its ticks; the chosen one lies in the first half.
WINDOWS: tuple[tuple[float, tuple[tuple[float, str], ...]], ...] = (
    (0.25, ((0, "0"), (2 / 24, "2 hours"), (4 / 24, "4 hours"), (0.25, "6 hours"))),
    (1.0, ((0, "0"), (0.25, "6 hours"), (0.5, "12 hours"), (1.0, "1 day"))),
    (3.0, ((0, "0"), (1.0, "1 day"), (2.0, "2 days"), (3.0, "3 days"))),
    (7.0, ((0, "0"), (1.0, "1 day"), (3.0, "3 days"), (5.0, "5 days"), (7.0, "7 days"))),
    (14.0, ((0, "0"), (3.0, "3 days"), (7.0, "1 week"), (14.0, "2 weeks"))),
    (30.0, ((0, "0"), (7.0, "1 week"), (14.0, "2 weeks"), (21.0, "3 weeks"), (30.0, "30 days"))),
    (90.0, ((0, "0"), (30.0, "30 days"), (60.0, "60 days"), (90.0, "90 days"))),
    (365.0, ((0, "0"), (90.0, "3 months"), (180.0, "6 months"), (365.0, "1 year"))),
    (730.0, ((0, "0"), (180.0, "6 months"), (365.0, "1 year"), (730.0, "2 years"))),
)


def cost_curve(
    frame: pd.DataFrame,
    chosen_days: float,
    unit: str,
    caption: Caption,
    form: Form,
    fmt: Format,
    chosen_label: str | None = None,
) -> go.Figure:
    """Cost against duration with the chosen one, `chosen_days`, marked: frame[days, low, median, high].

    Both axes are plain and begin at zero; the one of durations ends where the chosen one lies in its first half.
    `layout.meta.windows` holds the axes of every such end, (longest duration, update of the layout), for a browser
    that follows the hand.
    """
    look, screen = p.look_of(form), form == "screen"
    columns = (frame[name].to_numpy(dtype=float) for name in ("days", "low", "median", "high"))
    days, low, median, high = columns
    keep = np.isfinite(days + low + median + high)
    days, low, median, high = days[keep], low[keep], median[keep], high[keep]
    if not np.any(high > 0):
        return nothing(caption, form, "No measurable cost at any duration")
    windows = _windows(days, high, fmt)
    at = next((index for index, (most, _) in enumerate(windows) if chosen_days <= most), len(windows) - 1)
    axes = windows[at][1]
    every = [text for _, update in windows for text in update["yaxis.ticktext"]]
    room = p.margins(
        caption, form, left=p.pixels(every, look.small) + (34 if screen else 56), right=26 if screen else 60,
        axis=46 if screen else 84, top=34 if screen else 48,
    )  # fmt: skip
    hovers = [
        f"{plain_days(d)}: {w.with_range(fmt, Range(a, b, c))}"
        for d, a, b, c in zip(days, low, median, high, strict=True)
    ]
    line = {
        "type": "scatter", "mode": "lines", "x": days, "y": median, "name": "median",
        "line": {"color": p.BLUE, "width": look.line}, "hovertemplate": "%{customdata}<extra></extra>",
        "customdata": hovers,
    }  # fmt: skip
    traces = [*band(days, low, high, p.SKY, "range", BAND), line]
    notes = [
        p.chart_note(KEY, look.small, look.text, name="key", xref="paper", x=0, xanchor="left", yref="paper", y=1,
                     yanchor="bottom", yshift=8)
    ]  # fmt: skip
    shapes: list[dict[str, Any]] = []
    if days[days > 0].min() <= chosen_days <= days.max():
        ends = Range(low, median, high).each(lambda part: float(np.interp(chosen_days, days, part)))
        label = f"{chosen_label or plain_days(chosen_days)}: {w.with_range(fmt, ends)}"
        width = (look.width or NARROW) - room.left - room.right - p.pixels(["● "], look.font)
        lines = p.wrap_pixels(label, width, look.font)
        point = p.range_points(
            np.array([chosen_days]), [np.array([end]) for end in ends], p.VERMILLION, look, [p.marked(label)]
        )
        traces.append(point | {"name": CHOSEN})
        shapes.append(
            {"type": "line", "name": CHOSEN, "xref": "x", "x0": chosen_days, "x1": chosen_days, "yref": "y",
             "y0": 0, "y1": ends.median, "line": {"color": p.VERMILLION, "width": look.line / 2, "dash": "dot"},
             "layer": "below"}
        )  # fmt: skip
        # Cost rises with duration, so the upper left corner is free at every choice.
        notes.append(
            p.chart_note(f"{p.dot(p.VERMILLION, '●')} <b>{p.joined(lines)}</b>", look.font, look.text, name=CHOSEN,
                         xref="paper", x=0, xanchor="left", xshift=8, yref="paper", y=1, yanchor="top", yshift=-2)
        )  # fmt: skip
    x = {"title": p.axis_title("How long it lasts", form)} | _axis(axes, "xaxis")
    y = {"title": p.axis_title(w.titled("Cost", unit), form)} | _axis(axes, "yaxis")
    made = line_layout(caption, form, room, x=x, y=y, notes=notes, shapes=shapes)
    if screen:
        made["meta"] |= {"windows": [list(window) for window in windows]}
    return p.drawn(data=traces, layout=made)


def nothing(caption: Caption, form: Form, words: str) -> go.Figure:
    """A chart of lines without any line, which says why."""
    look = p.look_of(form)
    room = p.margins(caption, form, left=20, right=20, axis=40)
    empty = p.chart_note(words, look.font, look.text, xref="paper", x=0.5, yref="paper", y=0.5)
    hidden = {"visible": False, "range": [0, 1]}
    return p.drawn(layout=line_layout(caption, form, room, x=hidden, y=hidden, notes=[empty]))


def _axis(update: dict[str, Any], name: str) -> dict[str, Any]:
    return {key.split(".")[1]: value for key, value in update.items() if key.startswith(name)}


def _windows(days: np.ndarray, high: np.ndarray, fmt: Format) -> list[tuple[float, dict[str, Any]]]:
    """The axes by the longest duration that they are for."""
    windows: list[tuple[float, dict[str, Any]]] = []
    last = float(days.max())
    for end, ticks in WINDOWS:
        if windows and end > last * 1.01:
            break
        top = float(np.interp(min(end, last), days, high)) * 1.16
        if top <= 0:
            continue
        marks = w.ticks(w.linear_ticks(0.0, top, 6), fmt)
        windows.append(
            (
                end / 2,
                {
                    "xaxis.range": [0.0, end * 1.02],
                    "xaxis.tickvals": [at for at, _ in ticks],
                    "xaxis.ticktext": [word for _, word in ticks],
                    "yaxis.range": [0.0, top],
                    **{f"yaxis.{name}": value for name, value in marks.items()},
                },
            )
        )
    return windows
