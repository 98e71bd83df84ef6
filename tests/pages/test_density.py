"""The small picture of a range, by hand: where its peak stands, what is fixed, and what it says to who cannot see."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest

from views.parts.density import HEIGHT, WIDTH, density_picture


def drawn(now: tuple[float, float, float], shipped: tuple[float, float, float]) -> str:
    picture = density_picture("Trade <b>", now, shipped)
    address = re.search(r"base64,([^\"]+)", picture)
    assert address and "&lt;b&gt;" in picture
    return b64decode(address[1]).decode()


def peak(drawing: str) -> float:
    """How far to the right the highest point of the last curve is, as a share of the width."""
    (*_, points) = re.findall(r'points="([^"]+)"', drawing)
    places = [tuple(map(float, point.split(","))) for point in points.split()]
    return min(places, key=lambda place: place[1])[0] / WIDTH


@pytest.mark.parametrize("likely", [0.0, 0.25, 0.5, 1.0])
def test_the_peak_stands_at_the_likeliest_value(likely: float) -> None:
    # x^(4m) (1 - x)^(4 - 4m) is largest where 4m / x = (4 - 4m) / (1 - x), at x = m
    triple = (10.0, 10.0 + likely * 4, 14.0)
    drawing = drawn(triple, triple)
    assert peak(drawing) == pytest.approx(likely, abs=0.02) and drawing.count("<polygon") == 1


def test_a_range_of_ones_own_stands_before_the_default_on_one_scale() -> None:
    drawing = drawn((2.0, 3.0, 4.0), (0.0, 1.0, 4.0))
    assert drawing.count("<polygon") == 2 and peak(drawing) == pytest.approx(3 / 4, abs=0.02)


def test_a_fixed_value_is_a_line() -> None:
    drawing = drawn((1.0, 1.0, 1.0), (0.0, 1.0, 4.0))
    assert f'x1="{WIDTH / 4:.1f}" y1="2"' in drawing and drawing.count("<polygon") == 1
    assert f'height="{HEIGHT}' not in drawing  # it is as wide as its place
