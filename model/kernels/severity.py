"""How much useful connectivity is lost at first, and how workarounds win part of it back.

Symbols as in the method page: q share of useful connectivity lost, sigma share of the loss that workarounds
win back, tau their time constant, r service ratio. All arguments are arrays that broadcast; the last axis
is the draw.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def adapted(lost: ArrayLike, won_back: ArrayLike, time_constant: ArrayLike, hours: ArrayLike) -> Array:
    """Connectivity lost after `hours`: q(t) = q [1 - sigma (1 - exp(-t / tau))]. Shares; tau and t in hours."""
    decay = np.exp(-np.divide(hours, time_constant))
    return np.asarray(np.multiply(lost, 1 - np.multiply(won_back, 1 - decay)))


def use_lost(ratio: ArrayLike, half_ratio: ArrayLike, steepness: ArrayLike) -> Array:
    """Share of use lost at a service ratio, log-logistic: h(r) = 1 / (1 + (r / half)^steepness)."""
    return np.asarray(1 / (1 + np.power(np.divide(ratio, half_ratio), steepness)))


def degraded(full: ArrayLike, ratio: ArrayLike, half_ratio: ArrayLike, steepness: ArrayLike) -> Array:
    """Connectivity lost in a degradation, zero at r = 1 and the blackout's `full` at r = 0.

    q = full (h(r) - h(1)) / (1 - h(1)).
    """
    undisturbed = use_lost(1.0, half_ratio, steepness)
    return np.asarray(
        np.multiply(full, (use_lost(ratio, half_ratio, steepness) - undisturbed) / (1 - undisturbed))
    )


def ratio_after_cut(capacity_lost: ArrayLike, utilisation: ArrayLike) -> Array:
    """Service ratio left by a cable cut: r = min(1, (1 - capacity lost) / utilisation before)."""
    return np.asarray(np.minimum(1.0, np.divide(1 - np.asarray(capacity_lost, dtype=float), utilisation)))


def shielded(lost: ArrayLike, coverage: ArrayLike, effect: ArrayLike) -> Array:
    """Connectivity lost under a continuity measure: q (1 - coverage x effect); several act by product."""
    return np.asarray(np.multiply(lost, 1 - np.multiply(coverage, effect)))
