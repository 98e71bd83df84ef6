"""Later losses: export contracts that end because of the disruption."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def share_of_contracts_lost(
    exposure: ArrayLike, grace: ArrayLike, rate: ArrayLike, multiplier: ArrayLike
) -> Array:
    """f = 1 - exp(-multiplier x rate x max(0, E - grace)); exposure and grace in effective blackout-days."""
    kept = share_of_contracts_kept(exposure, grace, np.multiply(rate, multiplier))
    return np.asarray(np.subtract(1.0, kept))


def share_of_contracts_kept(exposure: ArrayLike, grace: ArrayLike, rate: ArrayLike) -> Array:
    """exp(-rate x max(0, E - grace)); to the power of a group's multiplier it is what that group keeps."""
    beyond = np.maximum(0.0, np.subtract(exposure, grace))
    return np.asarray(np.exp(np.multiply(np.negative(rate), beyond)))


def discounted_months(
    lag_months: ArrayLike, half_life_months: ArrayLike, horizon_months: ArrayLike, discount_rate: ArrayLike
) -> Array:
    """Months of receipts lost in all per contract share lost: sum over m of k(m) / (1 + i)^(m / 12).

    k(m) = m / lag up to the lag, then 0.5^((m - lag) / half-life). Arguments broadcast; result the same shape.
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
