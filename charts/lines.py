"""Charts of lines: cost against duration on log axes, and paths over years or days."""

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
DURATIONS = ((1 / 24, "1 h"), (0.25, "6 h"), (1.0, "1 d"), (7.0, "1 wk"), (30.0, "1 mo"), (365.0, "1 yr"))
CHOSEN = "chosen"  # the name of the marks that follow the hand; the explorer draws its own in their place


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
    return (HEIGHT if form == "screen" else p.PICTURE_HEIGHT) - room.top - room.bottom


def end_labels(
    labels: Sequence[list[str]], fractions: Sequence[float], plot: float, form: Form, colours: Sequence[str]
) -> list[dict[str, Any]]:
    """Labels right of the plot at these heights (0 = bottom, 1 = top), pushed apart where they overlap."""
    ours = p.look(form)
    line = ours.font * 1.3
    wanted = [(1 - fraction) * plot for fraction in fractions]
    placed = p.spaced(wanted, [len(lines) * line for lines in labels], -6, plot + 6)
    return [
        p.chart_note(
            f"{p.dot(colour)} " + "<br>".join(lines),
            ours.font,
            ours.text,
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
    """A range as two edges without a line and the space between them."""
    edge = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "line": {"width": 0, "color": colour},
        "hoverinfo": "skip",
    }
    return [
        edge | {"y": low, "name": f"{name}, 5%"},
        edge | {"y": high, "name": f"{name}, 95%", "fill": "tonexty", "fillcolor": p.tint(colour, opacity)},
    ]


def log_ticks(low: float, high: float) -> list[float]:
    """Decades between the two, with 2 and 5 between them where there are few."""
    first, last = int(np.floor(np.log10(low))), int(np.ceil(np.log10(high)))
    steps = (1, 2, 5) if last - first <= 2 else (1,)
    every = max(1, round((last - first) / 6))
    return [
        step * 10.0**power
        for power in range(first, last + 1, every)
        for step in steps
        if low <= step * 10.0**power <= high
    ]


def cost_curve(
    frame: pd.DataFrame,
    chosen_days: float,
    unit: str,
    caption: Caption,
    form: Form,
    fmt: Format,
    chosen_label: str | None = None,
) -> go.Figure:
    """Cost against duration on two log axes, the chosen duration marked: frame[days, low, median, high].

    A log axis has no zero: durations without a cost are left out; a band down to zero runs to the lower edge.
    """
    ours, screen = p.look(form), form == "screen"
    days, low, median, high = (
        frame[name].to_numpy(dtype=float) for name in ("days", "low", "median", "high")
    )
    keep = (days > 0) & (high > 0) & np.isfinite(low + median + high)
    days, low, median, high = days[keep], low[keep], median[keep], high[keep]
    if not days.size:
        room = p.margins(caption, form, left=20, right=20, axis=40)
        empty = p.chart_note(
            "No measurable cost at any duration",
            ours.font,
            ours.text,
            xref="paper",
            x=0.5,
            yref="paper",
            y=0.5,
        )
        hidden = {"visible": False, "range": [0, 1]}
        return p.drawn(layout=line_layout(caption, form, room, x=hidden, y=hidden, notes=[empty]))
    top = float(high.max())
    bottom = max(
        min(float(part[part > 0].min()) for part in (low, median, high) if np.any(part > 0)), top * 1e-6
    )
    y_low, y_high = np.log10(bottom) - 0.06, np.log10(top) + (0.32 if screen else 0.22)
    ticks = log_ticks(10**y_low, 10**y_high)
    words = [w.axis_text(tick) for tick in ticks]
    room = p.margins(
        caption,
        form,
        left=p.pixels(words, ours.small) + (34 if screen else 56),
        right=64 if screen else 150,
        axis=46 if screen else 84,
    )
    floor = 10.0 ** (y_low - 1)  # below the visible edge: a band down to zero leaves the plot
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": days,
        "y": np.where(median > 0, median, np.nan),
        "name": "median",
        "line": {"color": p.BLUE, "width": ours.line},
        "hovertemplate": "%{customdata}<extra></extra>",
        "customdata": [
            f"{plain_days(d)}: {w.with_range(fmt, a, b, c)}"
            for d, a, b, c in zip(days, low, median, high, strict=True)
        ],
    }
    traces = [*band(days, np.maximum(low, floor), high, p.BLUE, "range"), line]
    span = y_high - y_low
    ends = [("95%", high[-1]), ("median", median[-1]), ("5%", low[-1])]
    shown = [
        (word, float(np.clip((np.log10(max(value, floor)) - y_low) / span, 0, 1))) for word, value in ends
    ]
    notes = end_labels(
        [[word] for word, _ in shown],
        [at for _, at in shown],
        plot_height(room, form),
        form,
        [p.tint(p.BLUE, 0.55), p.BLUE, p.tint(p.BLUE, 0.55)],
    )
    shapes: list[dict[str, Any]] = []
    if days.min() <= chosen_days <= days.max():
        at = [
            float(np.exp(np.interp(np.log(chosen_days), np.log(days), np.log(np.maximum(part, floor)))))
            for part in (low, median, high)
        ]
        reached = [0.0 if part <= floor * 1.01 else part for part in at]
        label = f"{chosen_label or plain_days(chosen_days)}: {w.with_range(fmt, *reached)}"
        if at[1] > floor:
            days_here, ends_here = np.array([chosen_days]), [np.array([end]) for end in at]
            traces.append(
                p.range_points(days_here, ends_here, p.VERMILLION, ours, [label]) | {"name": CHOSEN}
            )
        shapes.append(
            {
                "type": "line",
                "name": CHOSEN,
                "xref": "x",
                "x0": chosen_days,
                "x1": chosen_days,
                "yref": "paper",
                "y0": 0,
                "y1": float(np.clip((np.log10(max(at[1], floor)) - y_low) / span, 0, 1)),
                "line": {"color": p.VERMILLION, "width": ours.line / 2, "dash": "dot"},
                "layer": "below",
            }
        )
        # Cost rises with duration, so the upper left corner is free at every choice.
        notes.append(
            p.chart_note(
                f"{p.dot(p.VERMILLION, '●')} <b>{label}</b>",
                ours.font,
                ours.text,
                name=CHOSEN,
                xref="paper",
                x=0,
                xanchor="left",
                xshift=8,
                yref="paper",
                y=1,
                yanchor="top",
                yshift=-2,
            )
        )
    marks = [(at, word) for at, word in DURATIONS if days.min() * 0.99 <= at <= days.max() * 1.01]
    x = {
        "type": "log",
        "range": [np.log10(days.min()) - 0.04, np.log10(days.max()) + 0.04],
        "title": p.axis_title("Duration", form),
        "tickvals": [at for at, _ in marks],
        "ticktext": [word for _, word in marks],
    }
    y = {
        "type": "log",
        "range": [y_low, y_high],
        "tickvals": ticks,
        "ticktext": words,
        "title": p.axis_title(f"Cost, {unit}", form),
    }
    return p.drawn(data=traces, layout=line_layout(caption, form, room, x=x, y=y, notes=notes, shapes=shapes))


def plain_days(days: float) -> str:
    """A duration in words, for hover texts only."""
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

    `baseline` names the series drawn in grey; `targets` are dashed level lines with a name.
    """
    ours, screen = p.look(form), form == "screen"
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
                "line": {"color": colour, "width": ours.line, "dash": dash},
                "customdata": [f"{name}: {fmt(v)}" for v in value],
                "hovertemplate": "%{x:~g}<br>%{customdata}<extra></extra>",
            }
        )
    ceiling = max([*tops, 0.0]) * 1.08 or 1.0
    floor = min(0.0, float(np.nanmin(frame["value"])) * 1.08)
    labels = [
        p.wrap(f"{name} {fmt(float(parts[name]['value'][-1]))}", 13 if screen else 22) for name in names
    ]
    ends = [(float(parts[name]["value"][-1]) - floor) / (ceiling - floor) for name in names]
    wide = max((p.pixels(lines, ours.font) for lines in labels), default=0) + ours.font * 2
    left = p.pixels([w.axis_text(ceiling)], ours.small) + (38 if screen else 60)
    room = p.margins(caption, form, left=left, right=wide, axis=46 if screen else 84)
    plot = plot_height(room, form)
    notes = end_labels(labels, ends, plot, form, [style[name][0] for name in names])
    tall = ours.small * 1.3
    # A target's name stands on its own line at the left, where paths start low.
    wanted = [(1 - (level - floor) / (ceiling - floor)) * plot - tall / 2 for _, level in targets]
    for (name, level), centre in zip(
        targets, p.spaced(wanted, [tall] * len(wanted), -tall, plot), strict=True
    ):
        notes.append(
            p.chart_note(
                f"{name} {fmt(level)}",
                ours.small,
                ours.text,
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
            "line": {"color": p.BASELINE, "width": ours.line / 2, "dash": "dash"},
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
        "title": p.axis_title(f"{amount}, {unit}", form),
        "nticks": 6,
        "tickformat": ",~g",
    }
    return p.drawn(
        data=traces, layout=line_layout(caption, form, room, x=x_axis, y=y_axis, notes=notes, shapes=shapes)
    )
