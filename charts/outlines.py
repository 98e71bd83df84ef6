"""The outlines of the world's economies, ready to be drawn on plain axes: no map service, no request to any host.

Read from a TopoJSON file (its specification: https://github.com/topojson/topojson-specification) and projected by
Equal Earth, which keeps areas in proportion (Šavrič, Patterson and Jenny 2018).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.common.cache import cached

Array = NDArray[np.float64]
EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)
CROSSING = 10.0  # degrees: what lies further west belongs to the east of the map, such as Chukotka
STRAIGHT = 5.0  # degrees: a longer side is cut into shorter ones, so that it bends as the projection does


@dataclass(frozen=True)
class Outline:
    """One economy on the map: `x` and `y` in map units, its rings parted by nan; one point for a small one.

    `code` is ISO3, empty for what has no figures of its own.
    """

    code: str
    name: str
    x: Array
    y: Array

    @property
    def is_point(self) -> bool:
        """Whether it is too small for an outline."""
        return len(self.x) == 1

    @property
    def extent(self) -> float:
        """Width times height, map units squared: what is small is drawn last."""
        return float(np.ptp(self.x[np.isfinite(self.x)]) * np.ptp(self.y[np.isfinite(self.y)]))


def equal_earth(longitude: ArrayLike, latitude: ArrayLike) -> tuple[Array, Array]:
    """Equal Earth projection of `longitude` and `latitude`: degrees to map units, x in about ±2.71, y in about ±1.32.

    Shapes broadcast.

    Source: Šavrič, Patterson and Jenny, The Equal Earth map projection, IJGIS 2018.
    """
    a1, a2, a3, a4 = EQUAL_EARTH
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(latitude)))
    square = theta**2
    sixth = square**3
    slope = a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)
    x = 2 * np.sqrt(3) / 3 * np.radians(longitude) * np.cos(theta) / slope
    y = theta * (a1 + a2 * square + sixth * (a3 + a4 * square))
    return np.asarray(x), np.asarray(y)


@cached(2)
def outlines(path: Path) -> tuple[Outline, ...]:
    """Every economy of the file, the widest first; cached. Raises OSError or ValueError for a file that is no map."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [_absolute(arc, topology["transform"]) for arc in topology["arcs"]]
    every = [item for layer in topology["objects"].values() for item in layer["geometries"]]
    made = [_outline(item, arcs) for item in every]
    return tuple(sorted(made, key=lambda item: -item.extent))


def _absolute(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> Array:
    """Points of an arc in degrees, from steps on the file's grid."""
    return np.asarray(
        np.cumsum(np.array(arc, float), axis=0) * transform["scale"] + np.array(transform["translate"])
    )


def _outline(item: dict[str, Any], arcs: Sequence[Array]) -> Outline:
    if item["type"] == "Point":
        x, y = equal_earth(*(np.array([value]) for value in item["coordinates"]))
        return Outline(item["id"], item["properties"]["name"], x, y)
    polygons = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
    parts: list[tuple[Array, Array]] = []
    for ring in (ring for polygon in polygons for ring in polygon):
        degrees = np.concatenate([*_stretches(ring, arcs)])
        parts += [equal_earth(*_bent(degrees).T), (np.array([np.nan]), np.array([np.nan]))]
    x, y = (np.concatenate(values) for values in zip(*parts[:-1], strict=True))
    return Outline(item["id"], item["properties"]["name"], x, y)


def _stretches(ring: Sequence[int], arcs: Sequence[Array]) -> Iterator[Array]:
    """The arcs of a ring in order; a negative number is an arc backwards, and each begins where the last ended."""
    for number, index in enumerate(ring):
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        yield points[1:] if number else points


def _bent(degrees: Array) -> Array:
    """The ring with its long sides cut into short ones; one that crosses the 180th meridian goes on beyond it."""
    degrees = degrees.copy()
    degrees[:, 0] = np.unwrap(degrees[:, 0], period=360)
    if degrees[:, 0].mean() < -180 + CROSSING:
        degrees[:, 0] += 360
    pieces = [degrees[:1]]
    for start, end in pairwise(degrees):
        count = max(1, int(np.ceil(np.abs(end - start).max() / STRAIGHT)))
        pieces.append(start + (end - start) * (np.arange(1, count + 1) / count)[:, None])
    return np.concatenate(pieces)
