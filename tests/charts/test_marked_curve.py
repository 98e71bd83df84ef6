"""Words on the curves of the comparison: none lies on another, none is taken for granted."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from charts import palette
from charts.marked_curve import marked_curve
from charts.palette import Caption, Form

CAPTION = Caption("Title", "Range", "Basis", "Source", "Stamp", "Words")
DAYS = np.geomspace(1 / 24, 730, 60)
CURVE = pd.DataFrame({"days": DAYS, "low": 14 * DAYS, "median": 33 * DAYS, "high": 77 * DAYS})
PLOT = {"screen": 215.0, "picture": 1200.0}  # width in pixels, on a phone and in a slide
FORMS = pytest.mark.parametrize("form", ["screen", "picture"])


def marked(hours: list[float], form: Form, **more: Any) -> go.Figure:
    days = np.array(hours) / 24
    marks = pd.DataFrame({"days": days, "low": 14 * days, "median": 33 * days, "high": 77 * days})
    names = [f"{hour:g} hours" if hour < 24 else f"{hour / 24:g} days" for hour in hours]
    return marked_curve(CURVE, marks.assign(label=names), "M USD", CAPTION, form, "{:.3g}".format, **more)


def boxes(figure: go.Figure, form: Form) -> list[tuple[str, float, float, float, float]]:
    """Each name of a point with its box in pixels: left, right, lower and upper edge."""
    look = palette.look_of(form)
    x, y = figure.layout.xaxis.range, figure.layout.yaxis.range
    height = 250.0 if form == "screen" else 480.0
    placed = []
    for note in figure.layout.annotations:
        if note.xref != "x":
            continue
        wide, tall = palette.pixels([note.text], look.small), look.small * 1.2
        at = (note.x - x[0]) / (x[1] - x[0]) * PLOT[form] + (note.xshift or 0)
        up = (note.y - y[0]) / (y[1] - y[0]) * height
        left = at - wide if note.xanchor == "right" else at
        bottom = up if note.yanchor == "bottom" else up - tall
        placed.append((note.text, left, left + wide, bottom, bottom + tall))
    return placed


@FORMS
@pytest.mark.parametrize(
    "hours",
    [
        [1, 24, 72, 168, 720],
        [1, 2, 3, 4, 5, 6, 12, 24, 48, 96, 7200, 17520],
        [600, 612, 624, 636],
        [17000, 17200, 17520],
        [1, 1.5],
    ],
)
def test_names_of_points_never_lie_on_each_other(form: Form, hours: list[float]) -> None:
    placed = boxes(marked(hours, form), form)
    assert placed, "at least the first is named"
    for one, other in itertools.combinations(placed, 2):
        apart = one[2] < other[1] or other[2] < one[1] or one[4] < other[3] or other[4] < one[3]
        assert apart, (one, other)
    assert all(left >= -10 for _, left, *_ in placed), "nothing stands on the axis"


@FORMS
def test_the_usual_durations_are_all_named(form: Form) -> None:
    assert [name for name, *_ in boxes(marked([1, 24, 72, 168, 720], form), form)] == [
        "1 hours", "1 days", "3 days", "7 days", "30 days",
    ]  # fmt: skip


@FORMS
@pytest.mark.parametrize("figure", [0.01, 0.5, 30.0, 1e3, 5e4, 1e9])
def test_a_figure_and_its_lengths_stand_where_the_curve_is_not(form: Form, figure: float) -> None:
    ends = [("5%: 3 days", 3.0), ("median: 7 days", 7.0), ("95%: 15 days", 15.0)]
    drawn = marked([], form, level=("", figure), ends=ends)
    low, high = drawn.layout.yaxis.range
    level, lengths = [note for note in drawn.layout.annotations if note.text and note.xref == "paper"][-2:]
    assert level.text == f"{figure:.3g}" and lengths.text.count("┊") == 3
    up = (np.log10(figure) - low) / (high - low)
    assert (level.x, level.xanchor) == ((0, "left") if up > 0.5 else (1, "right"))
    assert (lengths.x, lengths.xanchor, lengths.yanchor) == (0, "left", "top")
    assert (lengths.yref == "y") == (up > 0.6), "under the figure where that is high"
    dotted = [shape for shape in drawn.layout.shapes if shape.line.dash == "dot"]
    assert [shape.x0 for shape in dotted] == [3.0, 7.0, 15.0]
