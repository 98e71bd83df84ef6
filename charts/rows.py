"""Charts of horizontal bars: words, bar, whisker for its range and value, laid out in pixels so that none collide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from charts import palette as p
from charts.palette import Caption, Form


@dataclass(frozen=True)
class BarRow:
    """One line of a chart of horizontal bars: bars as (start, end, colour), and its whisker for its range."""

    label: str
    value: str
    bars: tuple[tuple[float, float, str], ...]
    whisker: tuple[float, float, float] | None = None  # low, median, high
    sub: str = ""
    hatched: bool = False
    heading: str = ""  # words above the row; they also set it apart from the rows before


def _whiskers(
    low: np.ndarray, middle: np.ndarray, high: np.ndarray, y: np.ndarray, wide: float
) -> list[dict[str, Any]]:
    """Ranges as error bars: a light halo below a dark core."""
    error = {"type": "data", "symmetric": False, "array": high - middle, "arrayminus": middle - low}
    shared = {
        "type": "scatter",
        "mode": "markers",
        "x": middle,
        "y": y,
        "hoverinfo": "skip",
        "marker": {"opacity": 0, "size": 1},
    }
    return [
        shared
        | {
            "name": "range halo",
            "error_x": error | {"color": p.HALO, "thickness": wide + 2.5, "width": wide * 3 + 1},
        },
        shared
        | {"name": "range", "error_x": error | {"color": p.CORE, "thickness": wide, "width": wide * 3}},
    ]


def _pitches(
    rows: Sequence[BarRow], labels: list[list[str]], form: Form, free: float
) -> tuple[list[float], list[float]]:
    """Top and height of each row in pixels: as the text needs on the screen, spread evenly in a picture."""
    if form == "screen":
        heights = [
            17.0 * len(lines) + (15 * len(_sub(row, 46)) if row.sub else 0) + 30
            for row, lines in zip(rows, labels, strict=True)
        ]
        heading = 34.0
    else:
        heading = 62.0
        each = min(116.0, (free - heading * sum(bool(row.heading) for row in rows)) / max(len(rows), 1))
        heights = [each] * len(rows)
    tops, at = [], 0.0
    for row, height in zip(rows, heights, strict=True):
        at += heading if row.heading else 0
        tops.append(at)
        at += height
    return tops, heights


def _hatching(bars: Sequence[tuple[float, float, str, float, BarRow]], screen: bool) -> dict[str, Any]:
    """White hatching over the bars that stand apart; nothing where there is none."""
    if not any(row.hatched for *_, row in bars):
        return {}
    return {
        "pattern": {
            "shape": ["/" if row.hatched else "" for *_, row in bars],
            "bgcolor": [colour for _, _, colour, _, _ in bars],
            "fgcolor": ["#FFFFFF"] * len(bars),
            "fgopacity": 0.9,
            "size": 8 if screen else 14,
        }
    }


def _sub(row: BarRow, characters: int) -> list[str]:
    return p.wrap(row.sub, characters) if row.sub else []


def bar_chart(
    rows: Sequence[BarRow],
    caption: Caption,
    form: Form,
    *,
    title: str,
    zero: bool = True,
    centre: tuple[float, str] | None = None,
    key: str = "",
) -> go.Figure:
    """Horizontal bars, the words above each on the screen, to fit a phone, and beside it in a picture."""
    ours, screen = p.look(form), form == "screen"
    wide = 25 if screen else 40
    size = ours.font
    labels = [p.wrap(row.label, wide) for row in rows]
    extra = (24 if screen else 40) if centre or key else 0
    if screen:
        room = p.margins(caption, form, left=4, right=10, axis=48, top=8 + extra)
        tops, heights = _pitches(rows, labels, form, 0)
        plot = tops[-1] + heights[-1] if rows else 120.0
    else:
        text = [
            p.pixels([*lines, *_sub(row, wide + 6)], ours.font)
            for row, lines in zip(rows, labels, strict=True)
        ]
        values = p.pixels([row.value for row in rows], ours.font)
        room = p.margins(
            caption, form, left=max(text, default=0) + 20, right=values + 24, axis=86, top=12 + extra
        )
        plot = p.PICTURE_HEIGHT - room.top - room.bottom
        tops, heights = _pitches(rows, labels, form, plot)
        spare = (plot - tops[-1] - heights[-1]) / 2 if rows else 0.0
        tops = [top + spare for top in tops]
        # Many rows: smaller words rather than words over words.
        tall = max(
            (
                1.3 * (len(a) * ours.font + len(_sub(r, 46)) * ours.small)
                for r, a in zip(rows, labels, strict=True)
            ),
            default=0,
        )
        size = ours.font if tall <= min(heights, default=tall) else ours.small
    thick = 14.0 if screen else max(14.0, min(0.46 * min(heights, default=40), 46))

    notes: list[dict[str, Any]] = []
    middles: list[float] = []
    start_side = {"xref": "paper", "x": 0, "xanchor": "left"}
    end_side = {"xref": "paper", "x": 1, "yref": "y"}
    for row, lines, top, height in zip(rows, labels, tops, heights, strict=True):
        small = f'<span style="font-size:{ours.small - (1 if screen else 0)}px">'
        words = "<br>".join(
            [*lines, *(f"{small}<i>{sub}</i></span>" for sub in _sub(row, 46 if screen else wide + 6))]
        )
        if row.heading:
            where = {"xshift": 0} if screen else {"xshift": p.EDGE - room.left}
            notes.append(
                p.chart_note(
                    f"<b>{row.heading}</b>",
                    ours.font,
                    ours.text,
                    **start_side,
                    **where,
                    yref="y",
                    y=top,
                    yanchor="bottom",
                    yshift=2,
                )
            )
        if screen:
            middles.append(top + height - 19)
            notes.append(p.chart_note(words, size, ours.text, **start_side, yref="y", y=top, yanchor="top"))
            notes.append(
                p.chart_note(
                    row.value, ours.font, ours.text, **end_side, xanchor="right", y=top, yanchor="top"
                )
            )
        else:
            middles.append(top + height / 2)
            notes.append(
                p.chart_note(
                    words,
                    size,
                    ours.text,
                    xref="paper",
                    x=0,
                    xanchor="left",
                    xshift=p.EDGE - room.left,
                    yref="y",
                    y=middles[-1],
                    yanchor="middle",
                )
            )
            notes.append(
                p.chart_note(
                    row.value,
                    ours.font,
                    ours.text,
                    **end_side,
                    xanchor="left",
                    xshift=16,
                    y=middles[-1],
                    yanchor="middle",
                )
            )

    bars = [
        (min(a, b), abs(b - a), colour, y, row)
        for row, y in zip(rows, middles, strict=True)
        for a, b, colour in row.bars
    ]
    ends = [v for base, length, *_ in bars for v in (base, base + length)]
    ends += [v for row in rows if row.whisker for v in row.whisker]
    ends += [centre[0]] if centre else []
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    low, high = (min(low, 0.0), max(high, 0.0)) if zero else (low, high)
    span = (high - low) or max(abs(high), 1.0)
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": title,
            "width": thick,
            "base": np.array([bar[0] for bar in bars]),
            "x": np.array([bar[1] for bar in bars]),
            "y": np.array([bar[3] for bar in bars]),
            "marker": {
                "color": [bar[2] for bar in bars],
                "line": {"width": 0},
                **_hatching(bars, screen),
            },
            "customdata": [[bar[4].label, bar[4].value] for bar in bars],
            "hovertemplate": "%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
        }
    ]
    ranged = [(row.whisker, y) for row, y in zip(rows, middles, strict=True) if row.whisker]
    if ranged:
        cut = np.array([whisker for whisker, _ in ranged])
        traces += _whiskers(
            cut[:, 0], cut[:, 1], cut[:, 2], np.array([y for _, y in ranged]), 1.8 if screen else 3
        )
    shapes: list[dict[str, Any]] = []
    stroke = {"color": p.CORE if form == "picture" else p.BASELINE, "width": ours.line * 0.8}
    if centre:  # a mark at each bar: one line from top to bottom would run through the words
        reach = thick / 2 + 5
        shapes += [
            {
                "type": "line",
                "x0": centre[0],
                "x1": centre[0],
                "y0": y - reach,
                "y1": y + reach,
                "line": stroke,
            }
            for y in middles
        ]
    if key or centre:
        words = " &nbsp; ".join(part for part in (key, centre[1] if centre else "") if part)
        where = {"xshift": 0} if screen else {"xshift": p.EDGE - room.left}
        notes.append(
            p.chart_note(
                words,
                ours.small,
                ours.text,
                **start_side,
                **where,
                yref="paper",
                y=1,
                yanchor="bottom",
                yshift=6,
            )
        )
    elif zero and low < 0:
        shapes.append(
            {
                "type": "line",
                "xref": "x",
                "x0": 0,
                "x1": 0,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": {"color": p.BASELINE, "width": 1},
            }
        )
    x = {
        "range": [low - (0 if zero and low == 0 else 0.03 * span), high + 0.03 * span],
        "nticks": 5 if screen else 8,
        "title": p.axis_title(title, form),
        "tickformat": ",~g" if span < 1e6 else ",.3~s",
    }
    y_axis = {"range": [plot, 0], "visible": False}
    made = p.layout(
        caption,
        form,
        room=room,
        height=plot + room.top + room.bottom,
        x=x,
        y=y_axis,
        notes=notes,
        shapes=shapes,
    )
    return p.drawn(data=traces, layout=made)
