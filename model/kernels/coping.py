"""What firms pay to keep working around a VPN block."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def adoption_years(won_back: ArrayLike, time_constant: ArrayLike, hours: ArrayLike) -> NDArray[np.float64]:
    """Years of full adoption in a block of D hours: a(D) = sigma int_0^D (1 - exp(-t / tau)) dt / 8760.

    Counts only activity that is saved, never activity that is lost.

    Args:
        won_back: sigma, share of the loss that workarounds win back in the end.
        time_constant: tau, hours.
        hours: D, hours.

    Returns:
        Years; arguments broadcast.

    Source: the industry's claim of the cost of full adoption (psha_2024_11 in data/sources.csv), by the time saved.
    """
    decayed = np.multiply(time_constant, 1 - np.exp(-np.divide(hours, time_constant)))
    return np.asarray(np.multiply(won_back, np.subtract(hours, decayed)) / 8760)
