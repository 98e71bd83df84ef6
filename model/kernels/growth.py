"""Export paths: undisturbed, disturbed, and what a target asks for."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def path(start: float, growth: float, years: ArrayLike) -> Array:
    """Undisturbed path: X0 (1 + g)^y.

    Args:
        start: X0, receipts a year at the start, any money.
        growth: g, a year.
        years: y, years since the start, (year,).

    Returns:
        Receipts a year in the unit of `start`, (year,).

    Source: the articles' own arithmetic of compound growth (data/sources.csv: psha_2024_11, press_export_targets).
    """
    return np.asarray(start * np.power(1 + growth, np.asarray(years, dtype=float)))


def disturbed(
    start: float, growth: float, years: ArrayLike, *, initial_loss: float, drag: float, disrupted_years: float,
    half_life_years: float,
) -> Array:  # fmt: skip
    """Path under a disruption: starts at X0 (1 - f) and grows at g - drag while it lasts.

    Afterwards it grows at g and its relative gap to the undisturbed path closes with the half-life. Growth
    below -100% ends at zero.

    Args:
        start: X0, receipts a year at the start, any money.
        growth: g, a year, above -1.
        years: years since the start, (year,).
        initial_loss: f, share lost at once.
        drag: growth lost while the disruption lasts, a year.
        disrupted_years: years that it lasts.
        half_life_years: h, years in which half of the gap closes afterwards, above 0.

    Returns:
        Receipts a year in the unit of `start`, (year,).

    Source: own form; f, drag and h are assumptions (claims.* in data/parameters.csv), since no article gives them.
    """
    time = np.asarray(years, dtype=float)
    during = np.minimum(time, disrupted_years)
    share_left = (1 - initial_loss) * np.power(max(0.0, 1 + growth - drag) / (1 + growth), during)
    after = np.maximum(0.0, time - disrupted_years)
    gap = (1 - share_left) * np.power(0.5, after / half_life_years)
    return np.asarray(path(start, growth, time) * (1 - gap))


def growth_needed(start: float, target: float, years: float) -> float:
    """Yearly growth that takes X0 to a target: (target / X0)^(1 / years) - 1.

    Args:
        start: X0, receipts a year at the start, above 0, any money.
        target: receipts a year in the end, the unit of `start`.
        years: years between the two, above 0.

    Returns:
        Growth a year, a share.

    Raises:
        ZeroDivisionError: `start` or `years` is 0.

    Source: compound growth, as `path`.
    """
    return float((target / start) ** (1 / years) - 1)


def years_to(start: float, target: float, growth: float) -> float | None:
    """Years from X0 to a target at a yearly growth: log(target / X0) / log(1 + g).

    Args:
        start: X0, receipts a year at the start, above 0, any money.
        target: receipts a year to be reached, the unit of `start`.
        growth: g, a year, a share.

    Returns:
        Years; 0 where the target is reached already, None where it never is.

    Raises:
        ZeroDivisionError: `start` is 0, while there is a target and growth towards it.

    Source: compound growth, as `path`.
    """
    if target <= start:
        return 0.0
    return math.log(target / start) / math.log1p(growth) if growth > 0 else None


def years_to_horizon(horizon: float) -> Array:
    """Whole years from the start and, where the horizon ends inside one, the horizon itself.

    Args:
        horizon: years since the start, 0 or more.

    Returns:
        Years since the start, ascending from 0, (year,).

    Raises:
        IndexError: the horizon lies before the start.

    Source: definition.
    """
    whole = np.arange(0, math.floor(horizon) + 1, dtype=float)
    return whole if whole[-1] == horizon else np.append(whole, horizon)


def shortfall(undisturbed: Array, disturbed: Array, years: Array) -> float:
    """What is missing, from year 1: sum_y [path(y) - path_d(y)]; a part of a year at the end counts for its part.

    Args:
        undisturbed: receipts a year without the disruption, any money, (year,), from `path`.
        disturbed: receipts a year with it, the same unit and axis, from `disturbed`.
        years: years since the start, ascending from 0, (year,), from `years_to_horizon`.

    Returns:
        Receipts in all, in the money of the paths.

    Source: definition.
    """
    return float(((undisturbed - disturbed)[1:] * np.diff(years)).sum())
