"""What the tests of comparisons share: scenarios, and ranges by hand."""

from __future__ import annotations

import numpy as np

from model.common.ranges import Range
from model.compare.differences import Compared
from model.scenario.scenario import Scenario

QUICK = Scenario(draws=1024)
WEEK = QUICK.with_changes(hours=168.0)
SAME = 1e-12


def points(values: np.ndarray) -> list[float]:
    """5%, median and 95% of draws."""
    return [float(point) for point in np.quantile(values, [0.05, 0.5, 0.95])]


def ends(value: Range[float | None]) -> list[float]:
    """A range that is measured."""
    assert value.measured is not None
    return [*value.measured]


def by_hand(rows: list[Compared], name: str) -> np.ndarray:
    """The longer of two results over the shorter, draw by draw."""
    short, long = (row.result.draws[name] for row in rows)
    return np.asarray(long / short)
