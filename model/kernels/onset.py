"""How much of the affected activity has begun to lose by a given time."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def share_losing(
    hours: ArrayLike, immediate: ArrayLike, scale: ArrayLike, shape: ArrayLike
) -> NDArray[np.float64]:
    """Weibull onset with an immediate part: B(t) = b0 + (1 - b0) [1 - exp(-(t / theta)^kappa)].

    Args:
        hours: t, hours since the disruption began.
        immediate: b0, share of the affected activity that loses at once.
        scale: theta, hours over which the rest begins to lose.
        shape: kappa, no unit; below 1 most of it begins early, with a long tail.

    Returns:
        Share in [0, 1]; arguments broadcast, usually (node, 1) against (..., 1, draw).

    Source: fitted to a survey of UK firms (Beaming 2016; beaming_uk in data/sources.csv).
    """
    result = np.empty(np.broadcast_shapes(*map(np.shape, (hours, immediate, scale, shape))))
    with np.errstate(divide="ignore"):  # log 0 = -inf is right here: nothing is losing yet
        np.multiply(shape, np.subtract(np.log(hours), np.log(scale)), out=result)
    np.exp(result, out=result)  # in place: this is a tenth of all the work
    np.exp(np.negative(result, out=result), out=result)
    np.multiply(result, np.subtract(immediate, 1), out=result)
    return np.asarray(np.add(result, 1, out=result))
