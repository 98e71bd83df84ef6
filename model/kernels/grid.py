"""The time grid on which a disruption is integrated: one grid serves every class, sector, duration and draw.

The integrals are linear in the samples of the integrand, so a weight matrix (duration x node) is built once and
applied to all draws by a matrix product, or by a running sum where every hour weighs the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from model.common.durations import HOURS_PER_WEEK, STOPS
from model.kernels.effective_hours import hour_weights
from model.kernels.spells import ONCE, Spells

Array = NDArray[np.float64]
NODES, NODE_WEIGHTS = np.polynomial.legendre.leggauss(2)
STEP_RATIO = 1.6  # consecutive grid edges at most this far apart; the integrals are then right to about 1e-5
FIRST_EDGE = 1e-3  # hours; the onset has an infinite slope at 0, so the grid starts fine


@dataclass(frozen=True)
class Grid:
    """Quadrature of one disruption.

    `durations` are the lengths asked for, hours ascending; `stops` has them and the stops of every curve up to the
    longest, since what is caught up after D hours may not exceed what would have been caught up sooner; `rows` are
    the durations among the stops. `edges` (hours) bound the intervals. With a start time `by_profile` holds a
    matrix (duration, node) for each hour-of-week profile. `spells` says how often it happens.
    """

    durations: Array
    stops: Array
    rows: NDArray[np.intp]
    edges: Array
    by_profile: Mapping[str, Array] = field(default_factory=dict)
    spells: Spells = ONCE

    @classmethod
    def over(
        cls,
        durations: Array,
        *,
        start: datetime | None = None,
        profiles: Mapping[str, Array] | None = None,
        spells: Spells = ONCE,
    ) -> Grid:
        """The grid of one disruption, at its durations and at the stops of every curve up to the longest.

        Args:
            durations: lengths D in hours, ascending, (duration,).
            start: local time at which the first spell begins; None where every hour weighs the same.
            profiles: weights by hour of the week from Monday 00:00 local, mean 1, (168,) each, by name; without a start
                they count for nothing.
            spells: how often it happens; the weights are the mean over all spells.

        Returns:
            A grid in hours; with a start and profiles it holds a matrix (duration, node) for each of them.

        Source: Gauss-Legendre quadrature on the edges of `grid_edges`.
        """
        longest = float(durations.max(initial=0.0))
        stops = np.union1d(durations, [stop for stop in STOPS if stop < longest])
        edges = grid_edges(durations, start)
        by_profile: dict[str, Array] = {}
        if start is not None and profiles:
            each = np.stack(list(profiles.values()))
            between = spells.days_between(durations)
            weights = hour_weights(edges, durations, each, start, spells.count, between)
            for name, own in zip(profiles, weights, strict=True):
                by_profile[name] = weights_of(edges, durations, own)
        return cls(durations, stops, np.searchsorted(stops, durations), edges, by_profile, spells)

    @property
    def nodes(self) -> Array:
        """Hours at which an integrand is sampled.

        Returns:
            Hours since the start of a spell, ascending, (node, 1).

        Source: as `nodes_of`.
        """
        return nodes_of(self.edges)[:, None]

    @property
    def waiting_days(self) -> Array:
        """Days that customers can wait at most after each stop.

        Returns:
            Days, (stop or 1, 1); without end where no spell follows.

        Source: as `Spells.waiting_days`.
        """
        return np.atleast_1d(self.spells.waiting_days(self.stops))[:, None]

    def only(self, durations: Array) -> Grid:
        """The grid of some of its durations alone, with no other stops and no hour profiles.

        Args:
            durations: hours, ascending, (duration,), each of them an edge of this grid.

        Returns:
            A grid with the edges of this one.

        Source: definition.
        """
        return replace(
            self, durations=durations, stops=durations, rows=np.arange(len(durations)), by_profile={}
        )

    def at_durations(self, at_stops: Array) -> Array:
        """Of what is known at every stop, the part at the durations that were asked for.

        Args:
            at_stops: any unit, (..., stop, draw).

        Returns:
            The same unit, (..., duration, draw).

        Source: definition.
        """
        return at_stops if len(self.rows) == at_stops.shape[-2] else at_stops[..., self.rows, :]


def grid_edges(durations: Array, start: datetime | None = None) -> Array:
    """Edges of the grid: the durations, the stops of the curves, a fine start and the local hours of the first week.

    The stops are always there, so one duration alone gives the same value as in a curve.

    Args:
        durations: lengths D in hours, (duration,).
        start: local time at which the first spell begins; None where every hour weighs the same.

    Returns:
        Hours since the start of a spell, ascending from 0, (interval + 1,).

    Source: own choice of steps; they keep the integrals right to about 1e-5.
    """
    longest = float(durations.max(initial=0.0))
    edges = {0.0, *(float(value) for value in durations), *(stop for stop in STOPS if stop < longest)}
    edge = FIRST_EDGE
    while edge < longest:
        edges.add(edge)
        edge *= STEP_RATIO
    if start is not None:
        past_hour = start.minute / 60
        marks = np.arange(1, HOURS_PER_WEEK + 1) - past_hour
        edges.update(float(mark) for mark in marks if mark < min(longest, HOURS_PER_WEEK))
        if longest > HOURS_PER_WEEK:
            edges.add(float(HOURS_PER_WEEK))
    merged = np.array(sorted(edges))
    keep = np.concatenate([[True], np.diff(merged) > 1e-9])
    return np.asarray(merged[keep])


def nodes_of(edges: Array) -> Array:
    """Hours at which an integrand is sampled: two points in each interval.

    Args:
        edges: bounds of the intervals, hours ascending, (interval + 1,).

    Returns:
        Hours, ascending, (interval x 2,).

    Source: Gauss-Legendre quadrature.
    """
    middle, half = (edges[1:] + edges[:-1]) / 2, np.diff(edges) / 2
    return np.asarray((middle[:, None] + half[:, None] * NODES).ravel())


def weights_of(edges: Array, durations: Array, hour_weights: Array | None = None) -> Array:
    """Matrix that integrates what is sampled at the nodes from 0 to each of the durations.

    Args:
        edges: bounds of the intervals, hours ascending from 0, (interval + 1,).
        durations: hours, (duration,), each of them an edge.
        hour_weights: mean weight of the hours of the week in each interval, no unit, (duration, interval); None for 1.

    Returns:
        Hours, (duration, node); the nodes are those of `nodes_of`.

    Source: Gauss-Legendre quadrature.
    """
    half = np.diff(edges) / 2
    inside = edges[None, 1:] <= durations[:, None] + 1e-9
    per_interval = inside * half[None, :]
    if hour_weights is not None:
        per_interval = per_interval * hour_weights
    return np.asarray((per_interval[:, :, None] * NODE_WEIGHTS).reshape(len(durations), -1))


def running_integral(edges: Array, hours: Array, values: Array) -> Array:
    """Integral from 0 to each of some hours, every hour of the week alike.

    The same as `weights_of(edges, hours) @ values`, by a running sum: the matrix is a triangle of repeated rows.

    Args:
        edges: bounds of the intervals, hours ascending from 0, (interval + 1,).
        hours: where the integrals end, (duration,), each of them an edge.
        values: the integrand at the nodes of `nodes_of`, any unit, (..., node, draw).

    Returns:
        The unit of `values` times hours, (..., duration, draw).

    Source: Gauss-Legendre quadrature.
    """
    if len(edges) < 2:  # no time at all
        return np.zeros((*values.shape[:-2], len(hours), values.shape[-1]))
    running = values[..., 0::2, :] + values[..., 1::2, :]
    running *= (np.diff(edges) / 2)[:, None]
    for later in range(1, running.shape[-2]):
        np.add(running[..., later - 1, :], running[..., later, :], out=running[..., later, :])
    ends = np.searchsorted(edges, hours - 1e-9) - 1
    reached = running[..., np.maximum(ends, 0), :]
    reached[..., ends < 0, :] = 0.0
    return np.asarray(reached)
