"""What moves an outcome besides the disruption: unrest of its event, the noise of its series, and how far it reached.

Each has draws of its own with a fixed seed: those of unrest belong to the event and are shared by its rows, those of
noise and reach to the row.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.catalogue.evidence import Operator
from model.kernels.own_draws import own_draws

Array = NDArray[np.float64]
UNREST_SD = (0.0, 0.10, 0.25)  # by grade: none, protest, curfew or war; assumptions


def unrest_of(event: str, grade: int, size: int) -> Array:
    """u >= 0, half-normal with the spread of the `grade`: share of activity that unrest takes at its height, (draw,).

    The grade is 0 for none, 1 for protest, 2 for curfew or war; `size` is the number of draws.
    """
    return np.asarray(np.abs(own_draws("unrest", event).standard_normal(size)) * UNREST_SD[grade])


def noise_of(row: str, size: int) -> Array:
    """Standard normal draws of the series behind a row, (draw,); `size` is their number."""
    return own_draws("noise", row).standard_normal(size)


def reach_of(row: Operator, size: int) -> Array:
    """Part of the lines or of the country that is reached, `size` draws, (draw,): even between its ends.

    One value where the ends are the same, and 1 where none is given.
    """
    if row.share_low is None:
        return np.ones(1)
    high = row.share_low if row.share_high is None else row.share_high
    if high == row.share_low:
        return np.array([high])
    return own_draws("reach", row.observation).uniform(row.share_low, high, size)


def measured(row: Operator, loss: Array, trend: float, unrest: Array, noise: Array) -> Array:
    """What the series would show, (draw,): the change against its baseline, or the share observed.

    Args:
        row: what is compared, and the share of the period under unrest.
        loss: share lost to the disruption, or the share observed, (draw,).
        trend: change of the series without a disruption.
        unrest: u, share of activity that unrest takes, (draw,); zeros leave it out.
        noise: spread of the series x a standard normal draw, (draw,); zeros leave it out.

    Returns:
        (1 + trend) (1 - min(1, loss + weight u)) exp(noise) - 1, or loss + noise within [0, 1].

    Source: own form; spread of unrest and noise are assumptions.
    """
    if row.compares == "observed":
        return np.clip(loss + noise, 0.0, 1.0)
    left = 1 - np.minimum(1.0, loss + row.unrest * unrest)
    return np.asarray((1 + trend) * left * np.exp(noise) - 1)
