"""Export paths: undisturbed, disturbed, and what a target asks for."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def path(start: float, growth: float, years: ArrayLike) -> Array:
    """Undisturbed path X0 (1 + g)^y; `years` (year,), the unit of `start`."""
    return np.asarray(start * np.power(1 + growth, np.asarray(years, dtype=float)))


def disturbed(
    start: float, growth: float, years: ArrayLike, *, initial_loss: float, drag: float, disrupted_years: float,
    half_life_years: float,
) -> Array:  # fmt: skip
    """Path under a disruption: starts at X0 (1 - f) and grows at g - drag while it lasts.

    Afterwards it grows at g and its relative gap to the undisturbed path closes with the half-life. Growth
    below -100 % ends at zero.
    """
    time = np.asarray(years, dtype=float)
    during = np.minimum(time, disrupted_years)
    kept = (1 - initial_loss) * np.power(max(0.0, 1 + growth - drag) / (1 + growth), during)
    after = np.maximum(0.0, time - disrupted_years)
    gap = (1 - kept) * np.power(0.5, after / half_life_years)
    return np.asarray(path(start, growth, time) * (1 - gap))


def growth_needed(start: float, target: float, years: float) -> float:
    """Yearly growth that takes `start` to `target` in `years`."""
    return float((target / start) ** (1 / years) - 1)


def years_to(start: float, target: float, growth: float) -> float | None:
    """Years from `start` to `target` at a yearly growth; None when it never gets there."""
    if target <= start:
        return 0.0
    return math.log(target / start) / math.log1p(growth) if growth > 0 else None


def years_to_horizon(horizon: float) -> Array:
    """Whole years from the start and, where the horizon ends inside one, the horizon itself (year,)."""
    whole = np.arange(0, math.floor(horizon) + 1, dtype=float)
    return whole if whole[-1] == horizon else np.append(whole, horizon)


def shortfall(undisturbed: Array, disturbed: Array, years: Array) -> float:
    """What is missing, summed from year 1; a part of a year at the end counts for its part."""
    return float(((undisturbed - disturbed)[1:] * np.diff(years)).sum())
