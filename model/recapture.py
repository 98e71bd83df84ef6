"""What is caught up later: spare capacity, while customers wait and while service is partly there."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def share_caught_up(
    ceiling: ArrayLike, spare: ArrayLike, patience_days: ArrayLike, days: ArrayLike, days_lost: ArrayLike
) -> Array:
    """Share of the gross loss that is made up.

    R = rho min{1, spare [W + (1 - qbar) d] / (qbar d)} with qbar d = `days_lost` effective days lost at w = 1;
    R = rho where nothing is lost. After the recapture factors of FEMA Hazus; `days_lost` <= `days`.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        relief = np.multiply(spare, np.divide(np.add(patience_days, days), days_lost) - 1)
    return np.asarray(np.multiply(ceiling, np.fmin(1.0, relief)))  # fmin: 0 x inf counts as no limit


def net_of(gross: ArrayLike, caught_up_share: ArrayLike, overtime: ArrayLike, labour_share: ArrayLike) -> Array:
    """Net loss: gross less what is caught up, plus the overtime that catching up costs. Unit of `gross`."""
    kept = 1 - np.multiply(caught_up_share, 1 - np.multiply(overtime, labour_share))
    return np.asarray(np.multiply(gross, kept))
