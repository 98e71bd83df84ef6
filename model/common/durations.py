"""The durations that every curve holds and the slider stops at: hours and months are both easy to hit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_HOUR_STOPS = (1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20)
_DAY_STOPS = (
    1, 1.25, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 21, 25, 30, 35, 42, 50, 60, 75, 90, 105, 120,
    135, 150, 165, 180, 200, 225, 250, 275, 300, 330, 365, 400, 450, 500, 550, 600, 650, 700, 730,
)  # fmt: skip
STOPS: tuple[float, ...] = (*map(float, _HOUR_STOPS), *(24.0 * day for day in _DAY_STOPS))


def with_stops(*hours: float) -> NDArray[np.float64]:
    """The stops and the given `hours`, ascending, in hours."""
    return np.array(sorted({*STOPS, *hours}))


HOURS_PER_WEEK = 168
