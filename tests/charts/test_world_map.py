"""The map: every economy has its place on it, outlines are whole, colours say what the key says."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.outlines import Outline, equal_earth, outlines
from charts.palette import Caption, Form
from charts.world_map import BOTTOM, NOTHING, STEPS, TOP, WIDTH, classes, colour_of, world_map
from model.catalogue.load import ROOT, Catalogue

FILE = ROOT / "data/world_map.json"
CAPTION = Caption("What it costs", "Medians", "basis", "source", "stamp", "A map in words.")
ROWS = pd.DataFrame(
    [("USA", 5e9, "<b>United States</b>", True), ("KEN", 2e6, "Kenya", True), ("SGP", 1e8, "Singapore", True),
     ("CUB", None, "Cuba: no figure", True), ("FRA", 4e8, "France", False)],
    columns=["iso3", "value", "hover", "shown"], dtype=object,
)  # fmt: skip


def by_code() -> dict[str, Outline]:
    return {item.code: item for item in outlines(FILE) if item.code}


def drawn(form: Form) -> go.Figure:
    return world_map(ROWS, FILE, CAPTION, form, lambda value: f"${value:,.0f}", "US dollars")


def test_every_economy_has_its_place_on_the_map(catalogue: Catalogue) -> None:
    assert by_code().keys() == catalogue.countries.keys()
    assert all(item.name == catalogue.countries[code].name for code, item in by_code().items())
    for code, item in by_code().items():
        inside = np.isfinite(item.x)
        assert np.all(np.abs(item.x[inside]) < WIDTH), code
        assert np.all((item.y[inside] < TOP) & (item.y[inside] > BOTTOM)), code


def test_no_line_runs_across_the_map() -> None:
    """What crosses the 180th meridian goes on beyond it: no two neighbours of a ring lie far apart."""
    for item in outlines(FILE):
        if not item.is_point:
            assert np.nanmax(np.hypot(np.diff(item.x), np.diff(item.y))) < 0.15, item.name


def test_the_projection_by_hand() -> None:
    # At the equator x = 2 sqrt(3) / 3 lon / 1.340264 and y = 0; at the pole sin(theta) = sqrt(3) / 2, theta = pi / 3.
    assert [float(value) for value in equal_earth(180.0, 0.0)] == pytest.approx(
        [2 * np.sqrt(3) / 3 * np.pi / 1.340264, 0.0]
    )
    third = np.pi / 3
    top = 1.340264 * third - 0.081106 * third**3 + 0.000893 * third**7 + 0.003796 * third**9
    assert float(equal_earth(0.0, 90.0)[1]) == pytest.approx(top)
    assert float(equal_earth(-70.0, 40.0)[0]) == -float(equal_earth(70.0, 40.0)[0])


def test_bounds_are_round_numbers_that_divide_the_values() -> None:
    assert classes([3e4, 2e5, 3e6, 4e7, 5e8, 6e9]) == [1e5, 1e6, 1e7, 1e8, 1e9]
    few = classes([0.011, 0.02, 0.03, 0.06])
    assert few == pytest.approx([0.015, 0.02, 0.03, 0.05])
    assert classes([]) == [] and classes([0.0, -1.0]) == [] and classes([7.0]) == []
    assert len(classes(list(np.logspace(-3, 12, 200)))) <= len(STEPS) - 1


def test_colours_follow_the_bounds() -> None:
    bounds = [1.0, 10.0]
    assert [colour_of(value, bounds) for value in (0.5, 5.0, 50.0)] == [STEPS[0], STEPS[3], STEPS[-1]]
    assert colour_of(1.0, bounds) == STEPS[3], "a bound belongs to what is above it"
    assert colour_of(None, bounds) == NOTHING and colour_of(float("nan"), bounds) == NOTHING


@pytest.mark.parametrize("form", ["screen", "picture"])
def test_the_map_is_drawn_without_any_geography_of_plotly(form: Form) -> None:
    figure = drawn(form)
    go.Figure(figure.to_dict())  # every part is one that Plotly knows
    assert {trace.type for trace in figure.data} == {"scatter"} and "geo" not in json.loads(figure.to_json())[
        "layout"
    ]
    by_meta = {trace.meta: trace for trace in figure.data if trace.meta}
    assert by_meta.keys() == set(ROWS["iso3"])
    assert by_meta["USA"].fillcolor == STEPS[-1] and by_meta["KEN"].fillcolor == STEPS[0]
    assert by_meta["CUB"].fillcolor == NOTHING and by_meta["FRA"].fillcolor == "rgba(0,0,0,0)"
    assert by_meta["SGP"].mode == "markers" and by_meta["USA"].text == "<b>United States</b>"
    words = " ".join(str(note.text) for note in figure.layout.annotations)
    assert "US dollars" in words and "no figure" in words and "$10,000,000" in words
    boxes = [shape.fillcolor for shape in figure.layout.shapes]
    assert boxes[-1] == NOTHING and boxes[0] == STEPS[0] and boxes[-2] == STEPS[-1]
