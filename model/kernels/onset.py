"""How much of the affected activity has begun to lose by a given time."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def begun(hours: ArrayLike, immediate: ArrayLike, scale: ArrayLike, shape: ArrayLike) -> NDArray[np.float64]:
    """Weibull onset with an immediate part: B(t) = b0 + (1 - b0) [1 - exp(-(t / theta)^kappa)].

    `hours` and `scale` in hours; fitted to a survey of UK firms (Beaming). Broadcasts; result in [0, 1].
    """
    result = np.empty(np.broadcast_shapes(*map(np.shape, (hours, immediate, scale, shape))))
    with np.errstate(divide="ignore"):  # log 0 = -inf is right here: nothing has begun
        np.multiply(shape, np.subtract(np.log(hours), np.log(scale)), out=result)
    np.exp(result, out=result)  # in place: this is a tenth of all the work
    np.exp(np.negative(result, out=result), out=result)
    np.multiply(result, np.subtract(immediate, 1), out=result)
    return np.asarray(np.add(result, 1, out=result))
