"""How much of a sector's activity needs the internet, in an economy as digital as it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def digital_factor(income: ArrayLike, reference: ArrayLike, elasticity: ArrayLike, cap: ArrayLike) -> Array:
    """Odds of needing the internet against the reference economy: k_c = min(cap, (y_c / y_ref)^eta).

    Args:
        income: y_c, GDP a head without mining and utilities, USD a year.
        reference: y_ref, the same of the economy to which the sectors' dependences refer, USD a year.
        elasticity: eta, log slope of the use of the internet on income; no unit.
        cap: highest factor, no unit.

    Returns:
        Factor on the odds; 1 in the reference economy. Arguments broadcast.

    Source: own fit of published shares and measured uses on income, 193 economies (digital.elasticity in
    data/parameters.csv).
    """
    return np.asarray(np.minimum(cap, np.power(np.divide(income, reference), elasticity)))


def dependence_in_economy(dependence: ArrayLike, factor: ArrayLike, doubt: ArrayLike) -> Array:
    """Share of a sector's activity that needs the internet: odds(delta_sc) = odds(delta_s) k_c M.

    On the odds scale no factor takes a share above 1, so that no sector loses more than it makes.

    Args:
        dependence: delta_s, share in the reference economy.
        factor: k_c, from `digital_factor`; 1 for sectors that are digital by nature.
        doubt: M, what the equations leave out; lognormal with median 1, one draw for all sectors.

    Returns:
        delta_sc, share in [0, 1]. Arguments broadcast.

    Source: dependence by sector from the evidence named in data/sectors.csv; M is an assumption (structure.gsd).
    """
    raised = np.multiply(np.multiply(dependence, factor), doubt)
    return np.asarray(raised / (np.subtract(1, dependence) + raised))


def activity_at_stake(value_added: ArrayLike, dependence: ArrayLike) -> Array:
    """Activity that stops where all connectivity is lost: place_s VA_s / 8760 delta_sc.

    Args:
        value_added: value added inside the affected place, USD an hour (VA_s / 8760); 1 for a share of activity.
        dependence: delta_sc, share of the sector's activity that needs the internet in its economy.

    Returns:
        The unit of `value_added`; arguments broadcast.

    Source: definition.
    """
    return np.asarray(np.multiply(value_added, dependence))
