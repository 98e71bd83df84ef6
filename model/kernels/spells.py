"""How often a disruption comes, and when the next one begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
HOURS_A_DAY = 24


@dataclass(frozen=True)
class Spells:
    """Equal spells, one after the other.

    `gap_days` lie between the end of one and the start of the next. With `period_days` they begin that far apart, such
    as every day at the same hour; a spell that outlasts the period is followed by the next at once.
    """

    count: int = 1
    gap_days: float = 0.0
    period_days: float | None = None

    def days_between(self, hours: ArrayLike) -> Array:
        """Days from the end of a spell to the start of the next.

        Args:
            hours: length D of a spell, hours; any shape.

        Returns:
            Days, the shape of `hours` where the spells have a period, else one number: the gap.

        Source: definition.
        """
        if self.period_days is None:
            return np.asarray(self.gap_days)
        return np.asarray(np.maximum(0.0, np.subtract(self.period_days, np.divide(hours, HOURS_A_DAY))))

    def waiting_days(self, hours: ArrayLike) -> Array:
        """Longest that customers can wait: the days between two spells, without end after a single one.

        Args:
            hours: length D of a spell, hours; any shape.

        Returns:
            Days, the shape as in `days_between`.

        Source: definition.
        """
        return np.asarray(np.inf) if self.count == 1 else self.days_between(hours)


ONCE = Spells()
