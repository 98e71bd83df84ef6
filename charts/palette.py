"""Colours, sizes and page furniture that every chart shares. Knows Plotly's vocabulary, not Streamlit's."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import numpy as np
import plotly.graph_objects as go

from model.common.citation import project
from model.common.text import JOINER, NO_BREAK, unbroken

Form = Literal["screen", "picture", "square"]

# Okabe and Ito's colours, which stay apart for the common colour blindnesses; never more than these six.
BLUE, VERMILLION, GREEN = "#0072B2", "#D55E00", "#009E73"
ORANGE, PURPLE, SKY = "#E69F00", "#CC79A7", "#56B4E9"
HUES = (BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY)
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
BASELINE = "#8C8C8C"  # readable on white and on near-black; on every chart: a reference, or not ours
GRID = "rgba(128,128,128,0.28)"
INK = "#1F2933"
PICTURE_FONT = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"
BRAND, BRAND_HEIGHT = "brand", 34  # the note with our name, and its room
BOLD = 1.16  # how much wider bold letters are
MOST_SOURCES = 5  # lines of a picture
CHARACTER = 0.56  # mean width of a character in ems, on the wide side so that nothing is cut


@dataclass(frozen=True)
class Caption:
    """What a chart says about itself; a picture carries all of it, the screen prints it around the chart."""

    title: str
    range_text: str
    basis: str
    source: str
    stamp: str
    alt: str


@dataclass(frozen=True)
class Look:
    """Sizes of one form, in pixels. `text` None lets the words follow the page, `width` None the page's width."""

    form: Form
    font: int
    small: int
    line: float
    marker: int
    text: str | None
    width: int | None = None
    height: int = 0
    edge: int = 0  # free border
    title: int = 0


SCREEN = Look("screen", font=13, small=12, line=2.5, marker=11, text=None)
PICTURE = Look(
    "picture", font=24, small=20, line=5, marker=20, text=INK, width=1600, height=900, edge=64, title=38
)
SQUARE = Look(
    "square", font=26, small=20, line=5, marker=22, text=INK, width=1080, height=1080, edge=48, title=38
)
LOOKS = {look.form: look for look in (SCREEN, PICTURE, SQUARE)}


def look_of(form: Form) -> Look:
    """The sizes of a form; anything else is a mistake of the caller and raises `ValueError`."""
    if form not in LOOKS:
        raise ValueError(f"form is {form!r}; allowed: {', '.join(LOOKS)}")
    return LOOKS[form]


def tint(colour: str, opacity: float) -> str:
    """`#RRGGBB` as a see-through colour; `opacity` is 0 to 1."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def dot(colour: str, sign: str = "■") -> str:
    """A coloured sign before a label whose words keep the ink of the page."""
    return f'<span style="color:{colour}">{sign}</span>'


def marked(text: str) -> str:
    """Words for Plotly, which takes what stands in angle brackets for a mark: whoever wrote them, they stay words."""
    return escape(text, quote=False)


def joined(lines: Sequence[str]) -> str:
    """Lines of plain words under each other."""
    return "<br>".join(map(marked, lines))


def wrap(text: str, characters: int) -> list[str]:
    """Lines of at most `characters`; no number is torn from its unit, and an over-long word is broken, not cut off."""
    lines = textwrap.wrap(unbroken(text.replace(" %", f"{NO_BREAK}%")), max(characters, 4)) or [""]
    return [line.replace(NO_BREAK, " ").replace(JOINER, "") for line in lines]


def wrap_pixels(text: str, width: float, size: float) -> list[str]:
    """Lines that fit `width` pixels at a font of `size` pixels."""
    return wrap(text, int(width / (CHARACTER * size)))


def pixels(lines: Sequence[str], size: float) -> float:
    """Width in pixels of the longest line in letters of `size` pixels, estimated: no font can be measured here."""
    return max((len(line) for line in lines), default=0) * CHARACTER * size


def spaced(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Centres as near as possible to `wanted`, one a label, labels of these `heights` not overlapping.

    All are pixels downwards, as are the ends `top` and `bottom` of the room.
    """
    placed = [0.0] * len(wanted)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    edge = top
    for i in order:
        placed[i] = max(wanted[i], edge + heights[i] / 2)
        edge = placed[i] + heights[i] / 2
    edge = bottom
    for i in reversed(order):
        placed[i] = min(placed[i], edge - heights[i] / 2)
        edge = placed[i] - heights[i] / 2
    return placed


def _font(size: int, colour: str | None) -> dict[str, Any]:
    return {"size": size} | ({"color": colour} if colour else {})


def chart_note(text: str, size: int, colour: str | None = None, **place: Any) -> dict[str, Any]:
    """A text on the chart in letters of `size` pixels, without an arrow, of words that are `marked`.

    `place` is Plotly's x, y, xref, yref, anchors and shifts.
    """
    return {"text": text, "showarrow": False, "align": "left", "font": _font(size, colour)} | place


@dataclass(frozen=True)
class Margins:
    """Space around the plot, in pixels, and the notes that stand in it."""

    left: float
    right: float
    top: float
    bottom: float
    notes: tuple[dict[str, Any], ...] = ()


def _sources(text: str, width: float) -> list[str]:
    """The source line; where it is very long the picture leaves the rest to the file, and says so."""
    lines = wrap_pixels(f"Source: {text}", width, 20) if text else []
    if len(lines) <= MOST_SOURCES:
        return lines
    return [*lines[: MOST_SOURCES - 1], "… and more: all are in the file of this chart (CSV)"]


def margins(
    caption: Caption, form: Form, *, left: float, right: float, axis: float, top: float = 12
) -> Margins:
    """Room for the axis and, in a picture, for title, range and basis, source line, stamp and our name.

    All in pixels: `left`, `right` and `top` are what the chart itself needs there, `axis` what it needs below.
    """
    look = look_of(form)
    if look.width is None:
        return Margins(left, right, top, axis)
    left, right = left + look.edge, right + look.edge
    width = look.width - 2 * look.edge
    title = wrap_pixels(caption.title, width, look.title * BOLD)
    subtitle = [
        line for text in (caption.range_text, caption.basis) for line in wrap_pixels(text, width, 25) if line
    ]
    source = _sources(caption.source, width)
    stamp = wrap_pixels(caption.stamp, width, 20)
    head = 34 + len(title) * (look.title + 10)
    above = head + len(subtitle) * 33 + 22 + top
    foot = 26 * (len(source) + len(stamp))
    below = axis + foot + 34 + BRAND_HEIGHT
    at_left = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "xshift": look.edge - left}
    over = at_left | {"y": 1, "yanchor": "top"}
    under = at_left | {"y": 0, "yanchor": "bottom"}
    bold = "<br>".join(f"<b>{marked(line)}</b>" for line in title)
    notes = (
        chart_note(bold, look.title, INK, name="title", **over, yshift=above - 30),
        chart_note(joined(subtitle), 25, "#44505C", name="subtitle", **over, yshift=above - head),
        chart_note(
            joined([*source, *stamp]), 20, "#5A6672", name="source", **under,
            yshift=BRAND_HEIGHT + 20 - below,
        ),
        # The browser puts the address of the page behind it: behind a proxy it alone knows that.
        chart_note(f"<b>{project().name}</b>", 22, INK, name=BRAND, **under, yshift=18 - below),
    )  # fmt: skip
    return Margins(left, right, above, below, notes)


def layout(
    caption: Caption,
    form: Form,
    *,
    room: Margins,
    height: float,
    x: dict[str, Any],
    y: dict[str, Any],
    notes: Sequence[dict[str, Any]] = (),
    shapes: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """The layout common to all charts, `height` pixels high on the screen and at least as high in a picture.

    Text keeps the page's colour on the screen, its own in a picture.
    """
    look = look_of(form)
    axis = {
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": GRID,
        "linecolor": BASELINE,
        "ticks": "outside",
        "tickcolor": BASELINE,
        "ticklen": 5,
        "tickfont": _font(look.small, look.text),
        "automargin": False,
    }
    made: dict[str, Any] = {
        "height": round(height),
        "margin": {
            "l": round(room.left),
            "r": round(room.right),
            "t": round(room.top),
            "b": round(room.bottom),
            "autoexpand": False,
            "pad": 0,
        },
        "template": {},  # none: Plotly would add one that is most of a small chart
        "showlegend": False,
        "dragmode": False,
        "barmode": "overlay",
        "xaxis": axis | x,
        "yaxis": axis | y,
        "annotations": [*room.notes, *notes],
        "shapes": list(shapes),
        "font": _font(look.font, look.text),
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {"align": "left"},
        "meta": {"title": caption.title, "alt": caption.alt, "form": form},
    }
    if look.width is not None:
        made |= {
            "width": look.width,
            "height": max(look.height, round(height)),  # very many rows: a longer picture, not words on words
            "paper_bgcolor": "#FFFFFF",
            "plot_bgcolor": "#FFFFFF",
            "font": {"size": look.font, "color": INK, "family": PICTURE_FONT},
        }
    return made


def range_points(
    x: np.ndarray, ends: Sequence[np.ndarray], colour: str, look: Look, hovers: Sequence[str]
) -> dict[str, Any]:
    """Points at `x` with their ranges as upright whiskers, and the words of each; `ends` are low, middle and high.

    All are (point,), in the units of the axes.
    """
    low, middle, high = ends
    return {
        "type": "scatter", "mode": "markers", "x": x, "y": middle,
        "error_y": {
            "type": "data", "symmetric": False, "array": high - middle, "arrayminus": middle - low, "color": colour,
            "thickness": look.line * 0.8, "width": look.marker * 0.5,
        },
        "marker": {"color": colour, "size": look.marker, "line": {"color": "#FFFFFF", "width": 1.5}},
        "customdata": list(hovers), "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip


def axis_title(text: str, form: Form, standoff: int = 8) -> dict[str, Any]:
    """An axis title in the form's small size, `standoff` pixels from the words of the ticks; units belong here."""
    return {"text": text, "font": _font(look_of(form).small, look_of(form).text), "standoff": standoff}


def drawn(data: Sequence[Any] = (), layout: Any = None) -> go.Figure:
    """A figure from plain parts, unchecked: Plotly's own checks take ten times as long as all the rest.

    The tests check every builder's figure in full instead.
    """
    return go.Figure(data=list(data), layout=layout, _validate=False)
