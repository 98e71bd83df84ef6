"""Hours of activity lost: what has begun to lose, less what workarounds win back, by the hour of the week.

    A0(D) = int_0^D w(t) B(t) dt        A1(D) = int_0^D w(t) B(t) exp(-t / tau) dt
    J_c(D) = q_c U(D)                   U(D) = (1 - sigma) A0(D) + sigma A1(D)

The two integrals serve every user class, sector and duration.
"""

from __future__ import annotations

from datetime import datetime

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.common.durations import HOURS_PER_WEEK

Array = NDArray[np.float64]


def share_lost_over_time(losing: ArrayLike, decay: ArrayLike, won_back: ArrayLike) -> Array:
    """Activity lost at time t where all connectivity is lost at first: B(t) [1 - sigma (1 - exp(-t / tau))].

    Times q_c it is q_c(t) B(t) of class c; integrated over the hours it gives U(D).

    Args:
        losing: B(t), share of the affected activity that has begun to lose, at each node.
        decay: exp(-t / tau), the part of the workarounds that has not yet come.
        won_back: sigma, share of the loss that workarounds win back in the end.

    Returns:
        Share of activity; arguments broadcast over (..., node, draw).

    Source: exponential approach, an assumption; sigma and tau by kind in data/parameters.csv (adaptation.*).
    """
    share = np.empty(np.broadcast_shapes(*map(np.shape, (losing, decay, won_back))))
    np.multiply(won_back, decay, out=share)
    np.add(share, np.subtract(1, won_back), out=share)
    return np.asarray(np.multiply(share, losing, out=share))


def restart_hours(restart: ArrayLike, hours: ArrayLike, losing: ArrayLike) -> Array:
    """Hours until work runs as before, once service is back: min(phi, D/2) B(D).

    Args:
        restart: phi, hours; 0 where nothing has to start again.
        hours: D, length of the disruption in hours.
        losing: B(D), share of the affected activity that was losing when service came back.

    Returns:
        Hours lost on top of the disruption at severity 1; arguments broadcast over (..., duration, draw).

    Source: assumption (restart.hours in data/parameters.csv).
    """
    return np.asarray(np.minimum(restart, np.divide(hours, 2)) * losing)


def hour_weights(
    edges: Array, durations: Array, profiles: Array, start: datetime, spells: int, gap_days: ArrayLike
) -> Array:
    """Weight w(t) of the hour of the week, its mean in each interval of the grid and over the spells.

    Weights hold for the first 168 h of a spell and are 1 after; spell k begins k (D + gap) after the first.

    Args:
        edges: bounds of the intervals, hours since the start of a spell, (interval + 1,).
        durations: lengths D in hours, (duration,); a longer spell moves the next one.
        profiles: weights by hour of the week from Monday 00:00 local, mean 1, (..., 168).
        start: local time at which the first spell begins.
        spells: number of spells.
        gap_days: days between the end of a spell and the start of the next, one number or (duration,).

    Returns:
        Weights with mean 1 over a week, (..., duration, interval).

    Source: profiles assumed (data/countries/hour_profiles_assumption.csv).
    """
    before = np.concatenate([np.zeros((*profiles.shape[:-1], 1)), np.cumsum(profiles, axis=-1)], axis=-1)
    begin = start.weekday() * 24 + start.hour + start.minute / 60
    period = (durations + np.multiply(gap_days, 24))[:, None]  # hours from start to start
    total = np.zeros((*profiles.shape[:-1], len(durations), len(edges)))
    for spell in range(spells):  # a spell at a time: all at once would need hundreds of megabytes
        at = begin + spell * period + edges
        weeks, inside = np.divmod(at, HOURS_PER_WEEK)
        hour = np.minimum(inside.astype(np.intp), HOURS_PER_WEEK - 1)
        total += weeks * HOURS_PER_WEEK + before[..., hour] + profiles[..., hour] * (inside - hour)
    mean = np.diff(total, axis=-1) / np.diff(edges) / spells
    return np.asarray(np.where(edges[1:] <= HOURS_PER_WEEK + 1e-9, mean, 1.0))
