"""The answer alone, as a picture for a news page: the finding, the amount in large letters, and its range."""

from __future__ import annotations

import plotly.graph_objects as go

from charts import palette as p
from charts.palette import Caption, Form
from model.common.ranges import Range

LARGE, WORDS = 150, 40  # of the amount, where it fits, and of the ends of its range, in pixels
AT, NUMBER = 0.26, 0.72  # heights of the bar and of the amount, as shares of the plot


def answer_card(cost: Range[float], words: Range[str], caption: Caption, form: Form = "picture") -> go.Figure:
    """The amount over a bar from nothing to the high end of its range.

    Args:
        cost: low, median and high, in any unit.
        words: the same as people read them.
        caption: the finding as its title, and what stands around a picture.
        form: the shape of the picture.
    """
    room = p.margins(caption, form, left=0, right=0, axis=0)
    axis = {"visible": False, "fixedrange": True}
    whole = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    traces = [
        whole | {"x": [0, cost.high], "y": [AT, AT], "line": {"color": p.GRID, "width": 4}},
        whole | {"x": [cost.low, cost.high], "y": [AT, AT], "line": {"color": p.VERMILLION, "width": 14}},
        {
            "type": "scatter", "mode": "markers", "x": [cost.median], "y": [AT], "hoverinfo": "skip",
            "marker": {"color": p.VERMILLION, "size": 44, "line": {"color": "#FFFFFF", "width": 3}},
        },
    ]  # fmt: skip
    wide = (p.look_of(form).width or 0) - room.left - room.right
    large = min(LARGE, int(LARGE * wide / (p.pixels([words.median], LARGE) * p.BOLD)))
    amount = p.chart_note(
        f"<b>{words.median}</b>", large, p.INK, xref="paper", yref="paper", x=0, y=NUMBER, xanchor="left",
        yanchor="middle",
    )  # fmt: skip
    low_right = cost.low > cost.high / 2
    below = {"yref": "y", "y": AT, "yanchor": "top", "yshift": -34}
    ends = [
        p.chart_note(words.low, WORDS, p.INK, x=cost.low, xanchor="right" if low_right else "left", **below),
        p.chart_note(words.high, WORDS, p.INK, x=cost.high, xanchor="right", **below),
    ]
    layout = p.layout(
        caption, form, room=room, height=900, x=axis | {"range": [0, (cost.high or 1) * 1.02]},
        y=axis | {"range": [0, 1]}, notes=[amount, *(ends if cost.low < cost.high else [])],
    )  # fmt: skip
    return p.drawn(traces if cost.high > 0 else [], layout)
