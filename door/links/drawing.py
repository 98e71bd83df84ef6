"""Drawings in SVG for a light page: a range, and cost against duration. Their colours are the style sheet's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

import pandas as pd

from briefing.pages.content import Dot
from briefing.report.typeset import Axis, curve_points
from charts.curve import cost_curve
from charts.palette import Caption
from model.common.numbers import duration_text, money, scale_of, scaled_unit
from model.common.ranges import Range
from model.estimation.estimate import Estimate

WIDTH = 600.0  # of a range
LEFT, TOP, RIGHT, BOTTOM, HEIGHT = 70.0, 12.0, 16.0, 44.0, 330.0  # of the curve, in the units of its box
CURVE_WIDTH = 520.0


def places(rows: Sequence[Dot], *, log: bool) -> list[Range[float]]:
    """Low, middle and high of each row as shares of the room: from nothing or, on a log axis, from a little below."""
    least = min((row.range.low for row in rows if row.range.low > 0), default=1.0) / 1.5
    top = max((row.range.high for row in rows), default=1.0) * 1.08

    def at(value: float) -> float:
        if not log:
            return max(value, 0.0) / (top or 1.0)
        return max(0.0, math.log(max(value, least) / least) / math.log(top / least)) if top > least else 0.0

    return [row.range.each(at) for row in rows]


def range_mark(place: Range[float], alt: str, thick: float = 12.0, width: float = WIDTH) -> str:
    """The range of one amount as a bar with a dot for its middle; `alt` says it in words.

    `place` is 0 at the left end and 1 at the right. The drawing is `width` wide and its bar `thick` high, both in units
    of the drawing.
    """
    low, middle, high = (width * share for share in place)
    height, half = 2.4 * thick, 1.2 * thick
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(alt)}">'
        f'<line class="grid" x1="0" y1="{half:g}" x2="{width:g}" y2="{half:g}"/>'
        f'<line class="range" stroke-width="{thick:g}" x1="{low:.1f}" y1="{half:g}" x2="{high:.1f}" y2="{half:g}"/>'
        f'<circle class="middle" cx="{middle:.1f}" cy="{half:g}" r="{0.75 * thick:g}"/></svg>'
    )


def curve(result: Estimate, alt: str) -> str:
    """Cost against how long it lasts, as the page draws it; '' where nothing is lost at any length."""
    unit, scale = result.money.unit, scale_of(result.money.unit)
    parts = result.curves["net_direct"].parts
    frame = pd.DataFrame(
        {"days": result.durations / 24, **{name: part / scale for name, part in parts.items()}}
    )
    figure = cost_curve(
        frame, result.scenario.hours / 24, scaled_unit(unit), Caption("", "", "", "", "", ""), "screen",
        lambda value: money(value * scale, unit), chosen_label=duration_text(result.scenario.hours),
    )  # fmt: skip
    layout = figure.to_dict()["layout"]
    if not layout["xaxis"].get("tickvals"):
        return ""
    x = Axis(layout["xaxis"])
    points = curve_points(result, x, layout["yaxis"], scale)
    wide, high = CURVE_WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def across(share: float) -> float:
        return LEFT + wide * share

    def down(share: float) -> float:
        return TOP + high * (1 - share)

    def path(pairs: Sequence[Sequence[float]]) -> str:
        return " ".join(f"{across(one):.1f},{down(other):.1f}" for one, other in pairs)

    lines = [f'<svg viewBox="0 0 {CURVE_WIDTH:g} {HEIGHT:g}" role="img" aria-label="{escape(alt)}">']
    for tick in points["y"]:
        y = down(tick["at"])
        lines.append(
            f'<line class="grid" x1="{LEFT:g}" y1="{y:.1f}" x2="{LEFT + wide:g}" y2="{y:.1f}"/><text x="{LEFT - 8:g}" '
            f'y="{y + 4:.1f}" text-anchor="end">{escape(tick["label"])}</text>'
        )
    for tick in x.ticks:
        lines.append(
            f'<text x="{across(tick["at"]):.1f}" y="{TOP + high + 18:g}" text-anchor="middle">'
            f"{escape(tick['label'])}</text>"
        )
    lines.append(
        f'<text x="{LEFT + wide / 2:g}" y="{HEIGHT - 6:g}" text-anchor="middle">How long it lasts</text>'
    )
    lines.append(f'<polygon class="band" points="{path(points["band"])}"/>')
    lines.append(f'<polyline class="line" points="{path(points["median"])}"/>')
    if points["chosen"] is not None and points["chosen"][0] <= 1:
        at = points["chosen"]
        lines.append(f'<circle class="chosen" cx="{across(at[0]):.1f}" cy="{down(at[1]):.1f}" r="7"/>')
    return "".join([*lines, "</svg>"])
