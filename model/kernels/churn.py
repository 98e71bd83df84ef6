"""Later losses: export contracts that end because of the disruption."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def exposure_days(lost: ArrayLike, effective_days: ArrayLike) -> Array:
    """Exposure of export clients: E = q n U(D) / 24; spells add up, since one client's patience is one patience.

    Args:
        lost: q, share of connectivity that the export group loses at first.
        effective_days: n U(D) / 24, days lost in all spells at severity 1, every hour of the week alike.

    Returns:
        Effective blackout-days; arguments broadcast over (..., duration, draw).

    Source: definition.
    """
    return np.asarray(np.multiply(lost, effective_days))


def share_of_contracts_lost(
    exposure: ArrayLike, grace: ArrayLike, rate: ArrayLike, multiplier: ArrayLike
) -> Array:
    """Share of a group's contracts lost in the end: f = 1 - exp(-multiplier x lambda x max(0, E - grace)).

    Args:
        exposure: E, effective blackout-days.
        grace: exposure that clients put up with, days.
        rate: lambda, contracts lost per day of exposure beyond the grace.
        multiplier: how readily the group's clients leave, against call centres'.

    Returns:
        Share in [0, 1]; arguments broadcast.

    Source: constant hazard; rates bracketed by Egypt 2011 and Ukraine 2022 (data/parameters.csv, churn.*).
    """
    staying = share_of_contracts_staying(exposure, grace, np.multiply(rate, multiplier))
    return np.asarray(np.subtract(1.0, staying))


def share_of_contracts_staying(exposure: ArrayLike, grace: ArrayLike, rate: ArrayLike) -> Array:
    """Share of contracts that stay: 1 - f = exp(-lambda x max(0, E - grace)) to the power of the group's multiplier.

    Groups of the same exposure share the exponential.

    Args:
        exposure: E, effective blackout-days.
        grace: exposure that clients put up with, days.
        rate: lambda, contracts lost per day of exposure beyond the grace (with or without the multiplier).

    Returns:
        Share in [0, 1] before the power; arguments broadcast.

    Source: as `share_of_contracts_lost`.
    """
    beyond = np.maximum(0.0, np.subtract(exposure, grace))
    return np.asarray(np.exp(np.multiply(np.negative(rate), beyond)))


def discounted_months(
    lag_months: ArrayLike, half_life_months: ArrayLike, horizon_months: ArrayLike, discount_rate: ArrayLike
) -> Array:
    """Months of receipts lost in all per contract share lost: sum over m of k(m) / (1 + i)^(m / 12).

    k(m) = m / lag up to the lag, then 0.5^((m - lag) / half-life).

    Args:
        lag_months: months until the loss shows in full, 0 for at once.
        half_life_months: months in which half of the lost business comes back after that.
        horizon_months: months that are counted.
        discount_rate: i, a year.

    Returns:
        Months; arguments broadcast, the result has their shape.

    Source: hysteresis of exports after Roberts and Tybout (roberts_tybout in data/sources.csv); the numbers are
    assumptions (churn.* in data/parameters.csv).
    """
    arguments = (lag_months, half_life_months, horizon_months, discount_rate)
    lag, half_life, horizon, rate = (np.asarray(item, dtype=float)[None, ...] for item in arguments)
    shape = np.broadcast_shapes(lag.shape, half_life.shape, horizon.shape, rate.shape)
    month = np.arange(1, int(np.max(horizon)) + 1, dtype=float).reshape(-1, *([1] * (len(shape) - 1)))
    with np.errstate(divide="ignore", invalid="ignore"):
        rising = np.divide(month, lag)
    shape_of_loss = np.where(month <= lag, rising, np.exp2(-np.maximum(0.0, month - lag) / half_life))
    inside = month <= horizon
    return np.asarray((inside * shape_of_loss * np.power(1 + rate, -month / 12)).sum(axis=0))
