"""A small picture of how likely each value of a range is taken to be."""

from __future__ import annotations

from base64 import b64encode
from html import escape

import numpy as np

Triple = tuple[float, float, float]
WIDTH, HEIGHT, POINTS = 240, 40, 48
COLOURS = ("#8C8C8C", "#0072B2")  # of the default and of the reader's own


def density_picture(label: str, now: Triple, shipped: Triple) -> str:
    """An image of the PERT density of low, likely and high; the default stays behind it in grey where it differs."""
    first, last = min(now[0], shipped[0]), max(now[2], shipped[2])
    span = last - first or 1.0
    drawn = [(shipped, COLOURS[0])] if now != shipped else []
    curves = "".join(_curve(triple, first, span, colour) for triple, colour in [*drawn, (now, COLOURS[1])])
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">'
        f'<line x1="0" y1="{HEIGHT - 1}" x2="{WIDTH}" y2="{HEIGHT - 1}" stroke="{COLOURS[0]}"/>{curves}</svg>'
    )
    address = f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
    style = f"display:block;width:100%;max-width:{WIDTH}px;height:{HEIGHT}px"
    where = f"{100 * (now[1] - first) / span:.0f}% of the way from its low to its high end"
    words = escape(f"{label}: the likeliest value is {where}", quote=True)
    return f'<img src="{address}" alt="{words}" style="{style}">'


def _curve(triple: Triple, first: float, span: float, colour: str) -> str:
    """One density, scaled to the height of the picture; a fixed value is a line.

    Between 0 and 1 with the likeliest value at m it is x^(4m) (1 - x)^(4 - 4m) (PERT, weight 4).
    """
    low, likely, high = triple
    if low == high:
        at = WIDTH * (low - first) / span
        return (
            f'<line x1="{at:.1f}" y1="2" x2="{at:.1f}" y2="{HEIGHT - 1}" stroke="{colour}" stroke-width="3"/>'
        )
    x, m = np.linspace(0, 1, POINTS), (likely - low) / (high - low)
    height = x ** (4 * m) * (1 - x) ** (4 - 4 * m)
    across = WIDTH * (low + x * (high - low) - first) / span
    down = HEIGHT - 1 - (HEIGHT - 4) * height / height.max()
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(across, down, strict=True))
    ends = f"{across[0]:.1f},{HEIGHT - 1} {points} {across[-1]:.1f},{HEIGHT - 1}"
    return (
        f'<polygon points="{ends}" fill="{colour}" fill-opacity=".25" stroke="{colour}" stroke-width="1.5"/>'
    )
