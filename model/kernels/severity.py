"""How much useful connectivity a disruption takes at first, by user class and by sector.

All arguments are arrays that broadcast; the last axis is the draw.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def use_lost(ratio: ArrayLike, half_ratio: ArrayLike, steepness: ArrayLike) -> Array:
    """Share of use lost at a service ratio, log-logistic: h(r) = 1 / (1 + (r / half)^steepness).

    Args:
        ratio: r, service quality now over quality before.
        half_ratio: ratio at which half of the use is gone.
        steepness: how sharply use falls around it, no unit.

    Returns:
        Share in [0, 1].

    Source: form and half ratios assumed (degradation.* in data/parameters.csv); steepness after Ford (2018).
    """
    return np.asarray(1 / (1 + np.power(np.divide(ratio, half_ratio), steepness)))


def degraded(full: ArrayLike, ratio: ArrayLike, half_ratio: ArrayLike, steepness: ArrayLike) -> Array:
    """Connectivity lost in a degradation: q = full (h(r) - h(1)) / (1 - h(1)).

    Zero at r = 1, and a blackout's `full` at r = 0.

    Args:
        full: share of connectivity that the class loses in a full blackout.
        ratio: r, service quality now over quality before, 0 to 1.
        half_ratio: ratio at which half of the use is gone.
        steepness: how sharply use falls around it, no unit.

    Returns:
        Share of connectivity lost.

    Source: own form; undisturbed quality costs exactly nothing.
    """
    undisturbed = use_lost(1.0, half_ratio, steepness)
    return np.asarray(
        np.multiply(full, (use_lost(ratio, half_ratio, steepness) - undisturbed) / (1 - undisturbed))
    )


def ratio_after_cut(capacity_lost: ArrayLike, utilisation: ArrayLike) -> Array:
    """Service ratio left by a cable cut: r = min(1, (1 - capacity lost) / utilisation before).

    Args:
        capacity_lost: share of international capacity that is cut.
        utilisation: share of the capacity in use before the cut, above 0.

    Returns:
        Ratio of quality, 0 to 1.

    Source: capacity over demand; the shares from the reports named at degradation.* in data/parameters.csv.
    """
    return np.asarray(np.minimum(1.0, np.divide(1 - np.asarray(capacity_lost, dtype=float), utilisation)))


def shielded(lost: ArrayLike, coverage: ArrayLike, effect: ArrayLike) -> Array:
    """Connectivity lost under a continuity measure: q_c <- q_c (1 - coverage x effect); several act by product.

    Args:
        lost: q_c, share of connectivity lost without the measure.
        coverage: share of the users whom the measure covers.
        effect: share of their loss that it prevents.

    Returns:
        Share of connectivity lost.

    Source: effects by measure in data/parameters.csv (lever.*).
    """
    return np.asarray(np.multiply(lost, 1 - np.multiply(coverage, effect)))


def mix_after_moves(
    mix: Mapping[str, ArrayLike], moved: ArrayLike, office: str, home: str
) -> dict[str, Array]:
    """User classes of a sector after seats move from exporters' offices to homes: m_office <- m_office (1 - moved).

    What leaves the class `office` is added to the class `home`.

    Args:
        mix: m_sc, share of each user class in the sector.
        moved: share of the offices' seats that move.
        office: name of the class whose seats move.
        home: name of the class to which they go.

    Returns:
        Shares by class; they keep their sum.

    Source: work from home moves a seat from one line to another (seed004 in data/sources.csv).
    """
    shares = {name: np.asarray(share, dtype=float) for name, share in mix.items()}
    if office in shares and np.any(np.greater(moved, 0)):
        at_home = np.asarray(shares[office] * moved)
        shares[office] = np.asarray(shares[office] - at_home)
        shares[home] = np.asarray(shares.get(home, 0.0) + at_home)
    return shares


def lost_by_class(mix: Mapping[str, ArrayLike], lost: Mapping[str, ArrayLike]) -> dict[str, Array]:
    """What each user class adds to the connectivity that a sector loses: m_sc q_c.

    Args:
        mix: m_sc, share of each user class in the sector.
        lost: q_c, share of connectivity that each class loses.

    Returns:
        Share of the sector's connectivity, by class.

    Raises:
        KeyError: `lost` lacks a class of the mix.

    Source: definition; mixes in data/sectors.csv are assumptions.
    """
    return {name: np.asarray(np.multiply(share, lost[name])) for name, share in mix.items()}


def lost_by_sector(mix: Mapping[str, ArrayLike], lost: Mapping[str, ArrayLike]) -> Array:
    """Connectivity that a sector loses at first: q_s = sum over classes of m_sc q_c.

    Args:
        mix: m_sc, share of each user class in the sector.
        lost: q_c, share of connectivity that each class loses.

    Returns:
        Share of connectivity.

    Raises:
        KeyError: `lost` lacks a class of the mix.

    Source: definition; mixes in data/sectors.csv are assumptions.
    """
    return np.asarray(sum(lost_by_class(mix, lost).values()))
