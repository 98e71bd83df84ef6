"""How long until the net direct loss of a disruption passes a figure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.common.durations import STOPS
from model.common.program.progress import Tick, part_of_progress
from model.common.ranges import Range
from model.compare.curves import cost_at
from model.estimation.estimate import Estimate

Array = NDArray[np.float64]
POINTS, ROUNDS = 8, 2  # between two stops, and how often: the length is then right to a thousandth


@dataclass(frozen=True)
class Crossing:
    """Hours until the cost passes a figure: soonest, in the dearest 5% of draws, in half of them, in all but 5%.

    None: not in two years. `first` is the shortest duration that was computed: what is passed by then may have
    been passed at any time before.
    """

    hours: Range[float | None]
    first: float


def crossing(result: Estimate, figure: float, tick: Tick | None = None) -> Crossing:
    """How long until the net direct loss passes a figure.

    Cost rises with duration in every draw, so the draws that have passed the figure by D are those above it at
    D: the 95% curve meets it soonest, the 5% curve latest. (Spells with a start time can be an exception; there
    it is the first time that each curve meets it.) Between two stops of the curves, where a start time can make
    the cost rise by night and day, it is computed anew at more durations, then between two of these; the rest is
    log-log. The scenario's own duration does not enter.

    Args:
        result: an estimate with its curves.
        figure: in the result's money, 0 or more.
        tick: hears the share that is done; what it raises ends the work.
    """
    stops = np.isin(result.durations, STOPS)
    hours, curve = result.durations[stops], result.curves["net_direct"]
    ends = [part[stops] for part in (curve.high, curve.median, curve.low)]
    for turn in range(ROUNDS):
        firsts = {_first(part, figure) for part in ends}
        finer = [_between(hours[at - 1], hours[at]) for at in firsts if at]
        if finer:
            more = np.unique(np.concatenate(finer))
            heard = part_of_progress(tick, turn, 1, ROUNDS)
            band = cost_at(result.catalogue, result.scenario, result.money, more, heard)
            order = np.argsort(np.concatenate([hours, more]), kind="stable")
            ends = [
                np.concatenate([end, new])[order]
                for end, new in zip(ends, (band.high, band.median, band.low), strict=True)
            ]
            hours = np.concatenate([hours, more])[order]
    return Crossing(Range(*(_meets(hours, part, figure) for part in ends)), STOPS[0])


def _first(cost: Array, figure: float) -> int | None:
    """Where the cost is first at the figure."""
    above = np.flatnonzero(cost >= figure)
    return int(above[0]) if above.size else None


def _between(low: float, high: float) -> Array:
    """Durations inside a step of the curve."""
    points = np.geomspace(low, high, POINTS + 2) if low > 0 else np.linspace(low, high, POINTS + 2)
    return np.asarray(points[1:-1])


def _meets(hours: Array, cost: Array, figure: float) -> float | None:
    first = _first(cost, figure)
    if first is None:
        return None
    if first == 0 or cost[first - 1] <= 0 or hours[first - 1] <= 0:
        return float(hours[first])
    step = slice(first - 1, first + 1)
    return float(np.exp(np.interp(np.log(figure), np.log(cost[step]), np.log(hours[step]))))
