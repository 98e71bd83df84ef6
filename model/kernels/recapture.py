"""What is caught up later: spare capacity, while customers wait and while service is partly there."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def waiting_per_day_lost(patience_days: ArrayLike, per_day_lost: ArrayLike, elapsed: ArrayLike) -> Array:
    """Days in which customers still wait, for each effective day lost at severity 1: v(D) = (W + D) / U(D).

    Args:
        patience_days: W, days that customers wait after the disruption; at most the days to the next spell.
        per_day_lost: 1 / U(D), U in effective days; infinite where nothing is lost.
        elapsed: D / U(D), both in days. All sectors share these two.

    Returns:
        Days per day lost; arguments broadcast over (..., duration, draw).

    Source: recapture factors of FEMA Hazus (hazus_6_17 in data/sources.csv), with patience as an assumption.
    """
    with np.errstate(invalid="ignore"):
        return np.asarray(np.add(np.multiply(patience_days, per_day_lost), elapsed))


def never_rising(waiting: Array) -> Array:
    """Lowest waiting up to each duration: v_s(D) = min over d <= D of (W_s + d) / U(d).

    The formula alone would catch up a larger share of a longer disruption once adaptation outruns the mean
    loss, and the net loss could fall with duration. A longer disruption is never caught up to a larger share.

    Args:
        waiting: days per effective day lost, (..., duration, draw), durations ascending.

    Returns:
        The same shape and unit.

    Source: own rule, which keeps the net loss from falling with duration.
    """
    lowest = np.array(waiting)
    for longer in range(1, lowest.shape[-2]):  # row by row is ten times faster than ufunc.accumulate here
        np.fmin(lowest[..., longer - 1, :], lowest[..., longer, :], out=lowest[..., longer, :])
    return lowest


def caught_up_and_spare(
    ceiling: ArrayLike, spare: ArrayLike, lost: ArrayLike, waiting: ArrayLike, out: Array | None = None
) -> Array:
    """Share caught up, and rho spare more: R + rho spare = rho min{spare v / q, 1 + spare}.

    So R = rho min{1, spare [W + (1 - qbar) D] / (qbar D)} with qbar D = q U, and R = rho where nothing is lost. A sum
    over sectors takes off rho spare once, which saves a pass over a large array for each of them; a weight on the
    result may be folded into `ceiling` for the same reason.

    Args:
        ceiling: rho, share of the interrupted activity that can be caught up at most (times a weight).
        spare: spare capacity, share.
        lost: q, share of connectivity that the sector loses at first.
        waiting: v, days in which customers still wait per effective day lost at severity 1.
        out: array of the broadcast shape that takes the result; None makes one.

    Returns:
        The unit of `ceiling`, (..., duration, draw).

    Source: recapture factors of FEMA Hazus (hazus_6_17 in data/sources.csv); spare capacity from Beaming 2016, 2018.
    """
    if out is None:
        out = np.empty(np.broadcast_shapes(*map(np.shape, (ceiling, spare, lost, waiting))))
    with np.errstate(divide="ignore", invalid="ignore"):
        np.multiply(waiting, np.divide(np.multiply(ceiling, spare), lost), out=out)
    # fmin: 0 x inf counts as no limit
    return np.asarray(np.fmin(out, np.multiply(ceiling, np.add(spare, 1)), out=out))
