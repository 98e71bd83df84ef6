"""Two integrals that serve every user class, sector and duration, on one time grid.

    A0(D) = int_0^D w(t) B(t) dt        A1(D) = int_0^D w(t) B(t) exp(-t / tau) dt

Both are linear in the samples of the integrand, so a weight matrix (duration x node) is built once and
applied to all draws by a matrix product.
"""

from __future__ import annotations

from datetime import datetime

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.common.durations import HOURS_PER_WEEK, STOPS

Array = NDArray[np.float64]
NODES, NODE_WEIGHTS = np.polynomial.legendre.leggauss(2)
STEP_RATIO = 1.6  # consecutive grid edges at most this far apart; the integrals are then right to about 1e-5
FIRST_EDGE = 1e-3  # hours; the onset has an infinite slope at 0, so the grid starts fine


def grid_edges(durations: Array, start: datetime | None = None) -> Array:
    """Edges in hours, ascending from 0: durations, stops of the curves, a fine start, local hours of the first week.

    The stops are always there, so one duration alone gives the same value as in a curve.
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
    """Quadrature nodes (two Gauss-Legendre points per interval), shape (intervals x 2,)."""
    middle, half = (edges[1:] + edges[:-1]) / 2, np.diff(edges) / 2
    return np.asarray((middle[:, None] + half[:, None] * NODES).ravel())


def weights_of(edges: Array, durations: Array, hour_weights: Array | None = None) -> Array:
    """Matrix (duration, node) that integrates from 0 to each duration.

    `hour_weights` (duration, interval) is the mean hour-of-week weight in each interval; None stands for 1.
    """
    half = np.diff(edges) / 2
    inside = edges[None, 1:] <= durations[:, None] + 1e-9
    per_interval = inside * half[None, :]
    if hour_weights is not None:
        per_interval = per_interval * hour_weights
    return np.asarray((per_interval[:, :, None] * NODE_WEIGHTS).reshape(len(durations), -1))


def running_integral(edges: Array, hours: Array, values: Array) -> Array:
    """Integral of `values` (..., node, draw) from 0 to each of `hours`, which are edges: (..., duration, draw).

    The same as `weights_of(edges, hours) @ values`, by a running sum: the matrix is a triangle of repeated rows.
    """
    if len(edges) < 2:  # no time at all
        return np.zeros((*values.shape[:-2], len(hours), values.shape[-1]))
    running = values[..., 0::2, :] + values[..., 1::2, :]
    running *= (np.diff(edges) / 2)[:, None]
    for later in range(1, running.shape[-2]):
        np.add(running[..., later - 1, :], running[..., later, :], out=running[..., later, :])
    ends = np.searchsorted(edges, hours - 1e-9) - 1
    found = running[..., np.maximum(ends, 0), :]
    found[..., ends < 0, :] = 0.0
    return np.asarray(found)


def hour_weights(
    edges: Array, durations: Array, profiles: Array, start: datetime, spells: int, gap_days: float
) -> Array:
    """Mean weight of each grid interval, shape (..., duration, interval), averaged over the spells.

    `profiles` (..., 168) from Monday 00:00 local. Weights hold for the first 168 h of a spell and are 1 after;
    spell k begins k (D + gap) after the first.
    """
    before = np.concatenate([np.zeros((*profiles.shape[:-1], 1)), np.cumsum(profiles, axis=-1)], axis=-1)
    begin = start.weekday() * 24 + start.hour + start.minute / 60
    total = np.zeros((*profiles.shape[:-1], len(durations), len(edges)))
    for spell in range(spells):  # a spell at a time: all at once would need hundreds of megabytes
        at = begin + spell * (durations[:, None] + gap_days * 24) + edges
        weeks, inside = np.divmod(at, HOURS_PER_WEEK)
        hour = np.minimum(inside.astype(np.intp), HOURS_PER_WEEK - 1)
        total += weeks * HOURS_PER_WEEK + before[..., hour] + profiles[..., hour] * (inside - hour)
    mean = np.diff(total, axis=-1) / np.diff(edges) / spells
    return np.asarray(np.where(edges[1:] <= HOURS_PER_WEEK + 1e-9, mean, 1.0))


def eroded(begun: ArrayLike, decay: ArrayLike, won_back: ArrayLike) -> Array:
    """Integrand at severity 1: B(t) [1 - sigma (1 - exp(-t / tau))]; arguments broadcast over (node, draw).

    Its weighted integral is (1 - sigma) A0 + sigma A1; times q_c it gives the effective hours J_c.
    """
    kept = np.empty(np.broadcast_shapes(*map(np.shape, (begun, decay, won_back))))
    np.multiply(won_back, decay, out=kept)
    np.add(kept, np.subtract(1, won_back), out=kept)
    return np.asarray(np.multiply(kept, begun, out=kept))
