"""What is caught up later: spare capacity, while customers wait and while service is partly there."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def waited(patience_days: ArrayLike, inverse: ArrayLike, elapsed: ArrayLike) -> Array:
    """Time in which customers still wait, per effective day lost at severity 1: (W + d) / U, in days per day.

    `inverse` is 1 / U and `elapsed` d / U, which all sectors share.
    """
    with np.errstate(invalid="ignore"):
        return np.asarray(np.add(np.multiply(patience_days, inverse), elapsed))


def never_rising(waited: Array) -> Array:
    """Lowest `waited` up to each duration, (..., duration, draw), durations ascending.

    The formula alone would catch up a larger share of a longer disruption once adaptation outruns the mean
    loss, and the net loss could fall with duration. A longer disruption is never caught up to a larger share.
    """
    lowest = np.array(waited)
    for longer in range(1, lowest.shape[-2]):  # row by row is ten times faster than ufunc.accumulate here
        np.fmin(lowest[..., longer - 1, :], lowest[..., longer, :], out=lowest[..., longer, :])
    return lowest


def share_caught_up(ceiling: ArrayLike, spare: ArrayLike, lost: ArrayLike, waited: ArrayLike) -> Array:
    """Share of the gross loss that is made up, after the recapture factors of FEMA Hazus.

    R = rho min{1, spare [W + (1 - qbar) d] / (qbar d)}, with qbar d = q U and `waited` = (W + d) / U this is
    rho min{1, spare (waited / q - 1)}; R = rho where nothing is lost. `lost` is the sector's q. A weight on the
    result may be folded into `ceiling`, which saves a pass over large arrays.
    """
    return np.asarray(relieved(ceiling, spare, lost, waited) - np.multiply(ceiling, spare))


def relieved(
    ceiling: ArrayLike, spare: ArrayLike, lost: ArrayLike, waited: ArrayLike, out: Array | None = None
) -> Array:
    """The share caught up and rho spare more: rho min{spare waited / q, 1 + spare}, into `out` where it is given.

    A sum over sectors takes off rho spare once, which saves a pass over a large array for each of them.
    """
    if out is None:
        out = np.empty(np.broadcast_shapes(*map(np.shape, (ceiling, spare, lost, waited))))
    with np.errstate(divide="ignore", invalid="ignore"):
        np.multiply(waited, np.divide(np.multiply(ceiling, spare), lost), out=out)
    # fmin: 0 x inf counts as no limit
    return np.asarray(np.fmin(out, np.multiply(ceiling, np.add(spare, 1)), out=out))
