"""A year made of events: which kind, how long, how much of the economy; its cost draw by draw. Pure arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
MIDPOINTS = 64  # of a distribution that is averaged over


@dataclass(frozen=True)
class Lot:
    """What one event may be, and what it then costs; axis (draw,) last.

    `chances` (option, draw) sum to 1; an option is a kind, `curve` (option,) its row of `curves`, hitting the whole
    country or, where `whole` is false, a part. `curves` (kind, duration, draw) are costs in the whole country at
    `hours` (duration,), evenly spaced on the log scale. log(hours) is normal with `middle` and `within` (draw,).
    A part is `part` (draw,) of the economy times a lognormal of mean 1 and spread `part_spread`, at most `part_most`;
    or one of `parts`.
    """

    chances: Array
    curve: NDArray[np.intp]
    whole: NDArray[np.bool_]
    curves: Array
    hours: Array
    middle: Array
    within: Array
    part: Array
    part_spread: float
    part_most: float = 1.0
    parts: Array | None = None


def cost_at(
    curves: Array, grid: Array, hours: Array, curve: NDArray[np.intp] | int, draw: NDArray[np.intp]
) -> Array:
    """Cost of events of these lengths: straight lines between the grid's, through zero before the first.

    Args:
        curves: (kind, duration, draw).
        grid: hours, evenly spaced on the log scale, (duration,).
        hours: lengths, held to the last of the grid.
        curve: row of `curves` for each length.
        draw: draw for each length.
    """
    low, first, second = _neighbours(grid, hours)
    return np.asarray(curves[curve, low, draw] * first + curves[curve, low + 1, draw] * second)


def _neighbours(grid: Array, hours: Array) -> tuple[NDArray[np.intp], Array, Array]:
    """The grid's length below each of these, and the weights of that and of the next in its cost.

    `grid` and `hours` as in `cost_at`.
    """
    length = np.minimum(hours, grid[-1])
    step = np.log(grid[-1] / grid[0]) / (len(grid) - 1)
    with np.errstate(divide="ignore"):
        below = np.floor(np.log(length / grid[0]) / step)
    low = np.clip(below, 0, len(grid) - 2).astype(np.intp)
    second = (length - grid[low]) / (grid[low + 1] - grid[low])
    early = length < grid[0]
    return low, np.where(early, length / grid[0], 1 - second), np.where(early, 0.0, second)


def normal_midpoints() -> Array:
    """Values of a standard normal that stand for equal parts of it."""
    from scipy.special import ndtri

    return np.asarray(ndtri((np.arange(MIDPOINTS) + 0.5) / MIDPOINTS))


def mean_part(lot: Lot) -> Array:
    """Share of the economy that an event inside the country hits on average, (draw,)."""
    if lot.parts is not None:
        return np.full(lot.chances.shape[1], lot.parts.mean())
    moved = np.exp(lot.part_spread * normal_midpoints() - lot.part_spread**2 / 2)
    return np.asarray(np.minimum(lot.part_most, lot.part[:, None] * moved).mean(axis=1))


def mean_costs(lot: Lot) -> Array:
    """Mean cost of one event of each option, over lengths and parts; (option, draw)."""
    draws = lot.chances.shape[1]
    hours = np.exp(lot.middle[:, None] + lot.within[:, None] * normal_midpoints())
    low, first, second = _neighbours(lot.hours, hours)
    cell = (
        low * draws + np.arange(draws)[:, None]
    )  # costs are linear in the curves: one set of weights for all kinds
    size = len(lot.hours) * draws
    weights = np.bincount(cell.ravel(), first.ravel(), size)
    weights += np.bincount(cell.ravel() + draws, second.ravel(), size)
    kinds = np.einsum("khd,hd->kd", lot.curves, weights.reshape(-1, draws) / hours.shape[1])
    part = mean_part(lot)
    return np.asarray(kinds[lot.curve] * np.where(lot.whole[:, None], 1.0, part))


def expected(rate: Array, lot: Lot) -> Array:
    """Expected cost of a year by option, (option, draw): rate x chance x mean cost (Wald's equation).

    `rate` is events a year, (draw,).
    """
    return np.asarray(rate * lot.chances * mean_costs(lot))


def simulated(own: Callable[[str], np.random.Generator], counts: NDArray[np.int64], lot: Lot) -> Array:
    """Cost of simulated years, (draw, year), in the unit of the lot's curves; `own` gives each input its generator.

    `counts` are the events of each of these years, (draw, year).
    """
    draws, years = counts.shape
    number = counts.ravel()
    place = np.repeat(np.arange(number.size), number)
    draw = place // years
    size = len(place)
    reached = np.cumsum(lot.chances, axis=0)
    option = (own("option").random(size) * reached[-1, draw] > reached[:-1, draw]).sum(axis=0)
    hours = np.exp(lot.middle[draw] + lot.within[draw] * own("length").standard_normal(size))
    if lot.parts is None:
        moved = np.exp(lot.part_spread * own("part").standard_normal(size) - lot.part_spread**2 / 2)
        part = np.minimum(lot.part_most, lot.part[draw] * moved)
    else:
        part = own("part").choice(lot.parts, size)
    cost = cost_at(lot.curves, lot.hours, hours, lot.curve[option], draw) * np.where(
        lot.whole[option], 1.0, part
    )
    return np.asarray(np.bincount(place, cost, minlength=number.size).reshape(draws, years))


def exceeded(costs: ArrayLike, chances: ArrayLike) -> Array:
    """The cost that a year passes with each of the `chances` (0 to 1), in the unit of `costs`.

    These are the costs of simulated years, any shape; the result has the shape of the chances.
    """
    return np.asarray(np.quantile(np.asarray(costs), 1 - np.asarray(chances, dtype=float)))
