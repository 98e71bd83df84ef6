"""How much of a sector's activity needs the internet."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def activity_at_stake(
    value_added: ArrayLike, dependence: ArrayLike, multiplier: ArrayLike
) -> NDArray[np.float64]:
    """Activity that stops where all connectivity is lost: place_s VA_s / 8760 delta_s M.

    Args:
        value_added: value added inside the affected place, USD an hour (VA_s / 8760); 1 for a share of activity.
        dependence: delta_s, share of the sector's activity that needs the internet.
        multiplier: M, what the equations leave out; lognormal with median 1, one draw for all sectors.

    Returns:
        The unit of `value_added`; arguments broadcast.

    Source: dependence by sector from OECD (2011) and the surveys named in data/sectors.csv; M is an assumption
    (structure.gsd).
    """
    return np.asarray(np.multiply(np.multiply(value_added, dependence), multiplier))
