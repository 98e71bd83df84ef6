"""What the pocket edition offers: lengths and numbers of outages that are computed, so that none is guessed between."""

from __future__ import annotations

from model.common.durations import STOPS
from model.scenario.durations import HOURS

_MINUTES = (15, 30)
_DAYS = (*range(1, 32), *range(35, 92, 7), *range(40, 211, 10), 45, 240, 270)
_MONTHS = (1, 2, 3, 6, 9, 18)
LENGTHS: tuple[float, ...] = tuple(
    sorted(
        {
            *(minutes / 60 for minutes in _MINUTES), *map(float, range(1, 25)), *(24.0 * day for day in _DAYS),
            *(HOURS["month"] * month for month in _MONTHS), *STOPS,
        }
    )
)  # fmt: skip
COUNTS: tuple[int, ...] = (
    *range(1, 32), 35, 36, 40, 45, 50, 52, 60, 70, 75, 80, 90, 100, 120, 150, 180, 200, 250, 300, 365,
)  # fmt: skip
