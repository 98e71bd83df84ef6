"""The world's economies in colours by what a disruption costs them: a frame in, a Plotly figure out.

Outlines are filled shapes on plain axes, so the map needs no geography of Plotly's, which is fetched from a foreign
host, and a picture is made like that of every chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts import palette as p
from charts.outlines import Outline, outlines
from charts.palette import Caption, Form
from charts.words import Format

# From little to much, one hue, after ColorBrewer's Blues; neither end is lost on a white or a near-black page.
STEPS = ("#DCEAF6", "#B5D4E9", "#85BCDC", "#519CCB", "#2B7BBA", "#1460A8", "#084A91")
NOTHING, EDGE_COLOUR = "rgba(140,140,140,0.35)", "rgba(110,120,130,0.75)"
LADDERS = ((1.0,), (1.0, 3.0), (1.0, 2.0, 5.0), (1.0, 1.5, 2.0, 3.0, 5.0, 7.0))  # steps within a power of ten
FEWEST, MOST = 4, len(STEPS) - 1
WIDTH, TOP, BOTTOM = 2.78, 1.33, -1.08  # of the map, in its units; nobody lives further south
ASPECT = 2 * WIDTH / (TOP - BOTTOM)


def classes(values: Sequence[float]) -> list[float]:
    """Bounds between the colours: round numbers that divide `values` into a few classes, ascending, in their unit.

    Equal steps of a logarithm, since losses of economies lie powers of ten apart. Values of zero or less are not
    counted.
    """
    positive = np.array([value for value in values if np.isfinite(value) and value > 0])
    if not len(positive):
        return []
    low, high = np.quantile(positive, (0.01, 0.995))
    powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    for ladder in LADDERS:
        bounds = [step * 10.0**power for power in powers for step in ladder]
        inside = [bound for bound in bounds if low < bound < high]
        if len(inside) >= FEWEST:
            break
    extra = max(0, len(inside) - MOST)
    return inside[extra // 2 : len(inside) - (extra - extra // 2)]


def colour_of(value: float | None, bounds: Sequence[float]) -> str:
    """The colour of `value` between `bounds` (ascending, same unit, see `classes`); grey for none."""
    if value is None or not np.isfinite(value):
        return NOTHING
    if not bounds:
        return STEPS[0]
    at = int(np.searchsorted(bounds, value, side="right"))
    return STEPS[round(at * (len(STEPS) - 1) / len(bounds))]


def world_map(
    frame: pd.DataFrame, outline_file: Path, caption: Caption, form: Form, fmt: Format, title: str
) -> go.Figure:
    """Economies in colours: frame[iso3, value, hover, shown]; `fmt` writes the bounds of the colours.

    What has no value is grey; what is not `shown` is an empty outline. `title` says what the colours mean. On the
    screen each shape has its code in `meta`, for a click.
    """
    rows = {row["iso3"]: row for row in frame.to_dict("records")}
    bounds = classes([row["value"] for row in rows.values() if row["shown"] and row["value"] is not None])
    shapes = [_shape(item, rows.get(item.code), bounds, form) for item in outlines(outline_file)]
    screen = form == "screen"
    foot = 62 if screen else 110
    room = p.margins(caption, form, left=0, right=0, axis=foot, top=4)
    if not screen:
        free_height = p.look_of(form).height - room.top - room.bottom
        side = max(0.0, ((p.look_of(form).width or 0) - free_height * ASPECT) / 2)
        notes = tuple(note | {"xshift": note["xshift"] + room.left - side} for note in room.notes)
        room = p.Margins(side, side, room.top, room.bottom, notes)
    bare = {"visible": False, "showgrid": False}
    made = p.layout(
        caption, form, room=room, height=p.look_of(form).height or 520,
        x=bare | {"range": [-WIDTH, WIDTH], "constrain": "domain"},
        y=bare | {"range": [BOTTOM, TOP], "scaleanchor": "x", "scaleratio": 1, "constrain": "domain"},
        notes=_key_words(bounds, title, fmt, form), shapes=_key_boxes(bounds, form),
    )  # fmt: skip
    return p.drawn(data=shapes, layout=made | {"hovermode": "closest"})


def _shape(item: Outline, row: dict[Any, Any] | None, bounds: Sequence[float], form: Form) -> dict[str, Any]:
    """One economy as a filled line, or as a dot where it is too small."""
    look = p.look_of(form)
    has_row = row is not None
    shown = row is not None and bool(row["shown"])
    value = row["value"] if row is not None else None
    colour = colour_of(value, bounds) if shown or not has_row else "rgba(0,0,0,0)"
    words = str(row["hover"]) if row is not None else "No figures of its own"
    thin = 0.6 if form == "screen" else 1.0
    common = {
        "type": "scatter", "x": item.x, "y": item.y, "text": words, "hoverinfo": "text", "name": item.name,
        "meta": item.code if has_row else "",
    }  # fmt: skip
    if item.is_point:
        size = look.marker * (0.7 if form == "screen" else 0.55)
        marker = {"size": size, "color": colour, "line": {"color": EDGE_COLOUR, "width": thin + 0.4}}
        return common | {"mode": "markers", "marker": marker}
    return common | {
        "mode": "lines", "fill": "toself", "fillcolor": colour, "hoveron": "fills",
        "line": {"color": EDGE_COLOUR, "width": thin},
    }  # fmt: skip


def _spans(bounds: Sequence[float]) -> list[tuple[float, float]]:
    """Left and right end of each class's box in the key, as parts of the map's width."""
    count = len(bounds) + 1
    edges = np.linspace(0.02, 0.02 + min(0.62, 0.13 * count), count + 1)
    return [(float(a), float(b)) for a, b in pairwise(edges)]


def _key_boxes(bounds: Sequence[float], form: Form) -> list[dict[str, Any]]:
    """The boxes of the key under the map, and the grey one of what has no figure."""
    height, down = (14, 34) if form == "screen" else (24, 58)
    boxes = []
    spans = _spans(bounds)
    grey = (spans[-1][1] + 0.05, spans[-1][1] + 0.05 + (spans[0][1] - spans[0][0]) / 2)
    colours = [colour_of(value, bounds) for value in (*bounds, np.inf)] if bounds else [STEPS[0]]
    if bounds:
        colours = [STEPS[round(at * (len(STEPS) - 1) / len(bounds))] for at in range(len(bounds) + 1)]
    for (left, right), colour in zip([*spans, grey], [*colours, NOTHING], strict=True):
        boxes.append(
            {
                "type": "rect", "xref": "paper", "yref": "paper", "x0": left, "x1": right, "ysizemode": "pixel",
                "yanchor": 0, "y0": -down, "y1": -down + height, "fillcolor": colour,
                "line": {"color": EDGE_COLOUR, "width": 0.8},
            }
        )  # fmt: skip
    return boxes


def _key_words(bounds: Sequence[float], title: str, fmt: Format, form: Form) -> list[dict[str, Any]]:
    """What the colours mean: over the boxes the measure, under their edges the bounds."""
    look, screen = p.look_of(form), form == "screen"
    over, under = (-16, -36) if screen else (-28, -62)
    spans = _spans(bounds)
    at = {"xref": "paper", "yref": "paper", "y": 0}
    size = look.small - 1 if screen else look.small
    words = [
        p.chart_note(title, size, look.text, **at, x=spans[0][0], xanchor="left", yanchor="bottom", yshift=over),
        p.chart_note("no figure", size, look.text, **at, x=spans[-1][1] + 0.05, xanchor="left", yanchor="top",
                     yshift=under),
    ]  # fmt: skip
    for number, ((_, right), bound) in enumerate(zip(spans, bounds, strict=False)):
        name = "minor" if number % 2 else "major"  # a narrow page leaves the minor ones away
        place = {"x": right, "xanchor": "center", "yanchor": "top", "yshift": under, "name": name}
        words.append(p.chart_note(fmt(bound), size, look.text, **at, **place))
    return words
