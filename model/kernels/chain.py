"""The loss chain, once: from connectivity lost to activity interrupted, caught up, lost, and clients that leave.

    odds(delta_sc) = odds(delta_s) k_c M,   k_c = min(cap, (y_c / y_ref)^eta); 1 for sectors digital by nature
    G_s(D) = VA_s place_s / 8760 delta_sc q_s (U(D) + phi B(D))
    q_s = sum_c m_sc q_c,   q_c <- q_c product over levers of (1 - coverage x effect)
    U(D) = (1 - sigma) A0(D) + sigma A1(D),   J_c(D) = q_c U(D)
    A0(D) = integral to D of w(t) B(t),   A1(D) = integral to D of w(t) B(t) exp(-t/tau)
    B(t) is 1, and phi 0, for sectors without a buffer; phi: restart time, at most D/2
    R_s(D) = rho_s min{1, spare [v_s(D) / q_s - 1]}
    v_s(D) = min over d <= D of (W_s + d) / U(d): a running minimum, d and U(d) in days, every hour of the week alike,
    so that a longer disruption is never caught up to a larger share
    (at d = D this is rho_s min{1, spare [W_s + (1 - qbar_s) D] / (qbar_s D)} with qbar_s = q_s U(D) / D)
    Net_s(D) = G_s [(1 - R_s) + overtime x labour share x R_s]
    Lagged_g = place X_g/12 f_g sum_m k(m) / (1 + i)^(m/12),   f_g = 1 - exp(-lambda_g max(0, E - grace))
    Coping = place x full-adoption cost x a(D),   a(D) = sigma integral to D of (1 - exp(-t/tau)) / 8760
    n spells: the sum of n equal ones; customers wait at most the days between two spells. These are given, and then
    longer spells move the next one, perhaps into quieter hours; or what is given is the period from start to start, of
    which a longer spell leaves less.

Time is in hours where no other unit is named, money in US dollars.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.kernels.churn import share_of_contracts_staying
from model.kernels.dependence import activity_at_stake
from model.kernels.effective_hours import restart_hours
from model.kernels.grid import Grid, running_integral
from model.kernels.onset import share_losing
from model.kernels.recapture import caught_up_and_spare, never_rising, waiting_per_day_lost

# Arrays in, arrays out. Axes are (..., duration, draw) with any leading axes, such as scenarios or sets of measures;
# an axis along which nothing differs has length 1. The chain knows no catalogue, no scenario and no sector by name:
# what differs between sectors stands in their `Activity`, and how their loss runs in time in the `Course` that it
# names. (The docstring above is for the readers of the method's page.)
Array = NDArray[np.float64]
FLAT = "flat"  # the hour profile of sectors for which every hour weighs the same


def losing_on(grid: Grid, onset: Sequence[ArrayLike] | None) -> Array:
    """B(t) at the nodes of the grid: the share of the affected activity that has begun to lose.

    Args:
        grid: the time grid, whose nodes are t, hours since the disruption began.
        onset: its immediate share, its scale in hours and its shape (no unit), each (..., 1, draw) or (draw,); None for
            what has no buffer: then B is 1.

    Returns:
        Share in [0, 1], (..., node, draw).

    Source: as `onset.share_losing`.
    """
    return np.ones_like(grid.nodes) if onset is None else share_losing(grid.nodes, *onset)


def losing_at(grid: Grid, onset: Sequence[ArrayLike]) -> Array:
    """B(D) at the durations of the grid: the share of the affected activity that loses when service comes back.

    Args:
        grid: the time grid, whose durations are D in hours.
        onset: as in `losing_on`; not None.

    Returns:
        Share in [0, 1], (..., duration, draw).

    Source: as `onset.share_losing`.
    """
    return share_losing(grid.durations[:, None], *onset)


def restart_on(grid: Grid, restart: ArrayLike, onset: Sequence[ArrayLike]) -> Array:
    """Hours until work runs as before after each duration: min(phi, D/2) B(D).

    Args:
        grid: the time grid, whose durations are D in hours.
        restart: phi in hours, (..., 1, draw) or (draw,).
        onset: as in `losing_on`; not None.

    Returns:
        Hours lost on top of the disruption where all connectivity is lost, (..., duration, draw).

    Source: as `effective_hours.restart_hours`.
    """
    return restart_hours(restart, grid.durations[:, None], losing_at(grid, onset))


def decay_on(grid: Grid, time_constant: ArrayLike) -> Array:
    """exp(-t / tau) at the nodes of the grid: the part of the workarounds that has not yet come.

    Args:
        grid: the time grid, whose nodes are t, hours since the disruption began.
        time_constant: tau in hours, above 0, (..., 1, draw) or (draw,).

    Returns:
        Share in [0, 1], (..., node, draw).

    Source: as `effective_hours.share_lost_over_time`.
    """
    decay = np.asarray(grid.nodes / np.negative(time_constant))
    return np.exp(decay, out=decay)


def effective_hours_on(grid: Grid, lost: Array) -> Array:
    """U(D) at every stop of the grid, every hour of the week alike.

    Args:
        grid: the time grid, whose stops are D in hours.
        lost: share of activity lost at its nodes, (..., node, draw), from `effective_hours.share_lost_over_time`.

    Returns:
        Hours, (..., stop, draw), read-only.

    Source: definition; the integral is that of `grid.running_integral`.
    """
    hours = running_integral(grid.edges, grid.stops, lost)
    hours.flags.writeable = False
    return hours


@dataclass(frozen=True)
class Course:
    """How a loss of all connectivity runs in time, for the sectors that share it.

    `effective` is U at the stops of the grid with every hour alike, hours (..., stop, draw): what recapture counts.
    `counted` is what gross losses count, by hour profile: U with the weights of the hours, and the restart; hours
    (..., duration, draw).
    """

    grid: Grid
    effective: Array
    counted: Mapping[str, Array]

    @classmethod
    def on(cls, grid: Grid, lost: Array | None, effective: Array, restart: Array | None = None) -> Course:
        """The course on a grid.

        Args:
            grid: the time grid.
            lost: share of activity at its nodes, (..., node, draw), from `share_lost_over_time`; None will do where the
                grid has no hour profiles.
            effective: U at its stops, hours (..., stop, draw), from `effective_hours_on`.
            restart: hours until work runs as before, (..., duration, draw), from `restart_on`; None where nothing has
                to start again.

        Returns:
            A course in hours, its arrays as said above.

        Source: A0, A1 and U(D) + phi B(D) of the chain.
        """
        again = np.zeros(1) if restart is None else restart
        if grid.by_profile and lost is not None:
            counted = {name: weights @ lost + again for name, weights in grid.by_profile.items()}
        else:
            counted = {FLAT: grid.at_durations(effective) + again}
        return cls(grid, effective, counted)

    def _hours(self, profile: str) -> Array:
        """Hours that gross losses count under the hour profile named `profile`, (..., duration, draw)."""
        return self.counted[profile if profile in self.counted else FLAT]

    def _waiting(self, patience: ArrayLike) -> Array:
        """Days that customers wait per effective day lost, (..., duration, draw); `patience` W_s in days.

        They wait at most until the next spell begins.
        """
        days = np.minimum(patience, self.grid.waiting_days)
        return self.grid.at_durations(never_rising(waiting_per_day_lost(days, *self._per_day_lost)))

    @cached_property
    def _per_day_lost(self) -> tuple[Array, Array]:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(24 / self.effective), np.asarray(self.grid.stops[:, None] / self.effective)


@dataclass(frozen=True)
class Activity:
    """What one sector, or one firm, has at stake; every array (..., 1, draw).

    `value_added` USD an hour (a firm: its revenue), `dependence` delta_sc as a share, `lost` the share q_s of
    connectivity lost at first, `ceiling` rho_s as a share, `patience` W_s in days; `course` its time course, `profile`
    its hour profile.
    """

    value_added: Array | float
    dependence: Array | float
    lost: Array
    ceiling: Array | float
    patience: Array
    course: Course
    profile: str = FLAT


@dataclass(frozen=True)
class Losses:
    """Losses of one spell, USD, read-only: (..., duration, draw), and net by activity at the durations chosen."""

    gross: Array
    caught_up: Array
    net_by_activity: Array  # (activity, ..., chosen duration, draw); no rows where none was chosen


@dataclass
class _Sum:
    """What the activities that count the same hours add up to: USD an hour."""

    hours: Array
    rate: Array | float
    caught_up: Array  # rate x (R + rho spare)
    spare: Array | float  # rate x rho spare


def losses(
    activities: Iterable[Activity], *, spare: Array, overtime_rate: Array, shape: tuple[int, ...],
    chosen: slice | None = None,
) -> Losses:  # fmt: skip
    """Gross loss and what of it is caught up, over all activities, in one spell: G_s and R_s G_s of the chain.

    Args:
        activities: what is at stake, read once and in order.
        spare: spare capacity for catching up, share, (..., 1, draw).
        overtime_rate: overtime x labour share, share of what is caught up, (..., 1, draw).
        shape: axes of the result, (..., duration, draw); the durations are those of the activities' grid.
        chosen: durations at which each activity's net loss is given; None for none.

    Returns:
        Losses in USD. Not negative.

    Source: the chain above; its parts say where they come from (`recapture.caught_up_and_spare`, `Course`).
    """
    sums: dict[int, _Sum] = {}
    waits: dict[tuple[int, int], tuple[Array, Array]] = {}  # with the patience, so that its id stays its own
    net: list[Array] = []
    each, not_overtime = np.empty(shape), 1 - overtime_rate
    for activity in activities:
        course, lost = activity.course, activity.lost
        rate = activity_at_stake(activity.value_added, activity.dependence) * lost
        key = id(course), id(activity.patience)
        if key not in waits:
            waits[key] = activity.patience, course._waiting(activity.patience)
        ceiling = activity.ceiling * rate
        caught_up_and_spare(ceiling, spare, lost, waits[key][1], each)
        unused = ceiling * spare
        hours = course._hours(activity.profile)
        part = sums.get(id(hours))
        if part is None:
            part = sums[id(hours)] = _Sum(hours, np.zeros(1), np.zeros(shape), np.zeros(1))
        part.caught_up += each
        part.spare = part.spare + unused
        part.rate = part.rate + rate
        if chosen is not None:
            own_share = each[..., chosen, :] - unused
            net.append(hours[..., chosen, :] * (rate - own_share * not_overtime))
    gross, caught = np.zeros(shape), np.zeros(shape)
    for part in sums.values():
        gross += part.rate * part.hours
        # Rounding can leave -1e-17 where nothing is caught up.
        caught += np.maximum(np.subtract(part.caught_up, part.spare, out=each), 0.0, out=each) * part.hours
    by_activity = np.stack(net) if net else np.zeros((0, *shape[:-2], 0, shape[-1]))
    for result in (gross, caught, by_activity):
        result.flags.writeable = False
    return Losses(gross, caught, by_activity)


def net_loss(gross: Array, caught_up: Array, overtime: Array, out: Array | None = None) -> Array:
    """Direct loss: gross less what is caught up, plus the overtime for it.

    Args:
        gross: activity interrupted, USD, (..., duration, draw).
        caught_up: what of it is made up later, USD, the same shape.
        overtime: wages paid on top for that, USD, the same shape.
        out: takes the result and may be `gross`; None makes an array.

    Returns:
        USD, (..., duration, draw).

    Source: definition; overtime premium and labour share are parameters.
    """
    net = np.subtract(gross, caught_up, out=out)
    return np.add(net, overtime, out=net)


def by_class(net: ArrayLike, parts: Mapping[str, Array]) -> dict[str, Array]:
    """A sector's net loss divided among its user classes by their part of the connectivity lost.

    Args:
        net: net loss of the sector, USD, (..., duration, draw).
        parts: share of connectivity lost through each class, by class, from `severity.lost_by_class`; broadcasts.

    Returns:
        USD by class, (..., duration, draw), summing to `net`; all zero where nothing is lost.

    Source: proportional division, an assumption.
    """
    whole = np.asarray(sum(parts.values()))
    return {
        name: net * np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)
        for name, part in parts.items()
    }


def lost_later(
    groups: Iterable[tuple[Array, Array, Array]], grace: ArrayLike, rate: ArrayLike, out: Array
) -> Array:
    """Receipts lost later because clients leave: the sum over export groups of stake x f_g.

    Args:
        groups: for each group its exposure E in effective blackout-days, (..., duration, draw), never falling with
            duration; how readily its clients leave against call centres' (no unit), and the receipts lost in all per
            contract share lost, USD; these two (..., 1, draw).
        grace: exposure that clients put up with, days, (..., 1, draw).
        rate: lambda, contracts lost per day of exposure beyond the grace, (..., 1, draw).
        out: zeros (..., duration, draw), to which the losses are added.

    Returns:
        `out`, USD.

    Source: as `churn.share_of_contracts_lost`.
    """
    staying: dict[int, tuple[Array, int, Array]] = {}  # groups of the same exposure share the exponential
    for exposure, multiplier, stake in groups:
        if id(exposure) not in staying:
            # Exponentials are the dearest part of all; durations that nobody's clients mind need none.
            beyond = np.any(np.greater(exposure, grace), axis=-1)
            felt = int(np.argmax(beyond.reshape(-1, beyond.shape[-1]).any(axis=0)))  # 0 where none does
            staying[id(exposure)] = (
                exposure, felt, share_of_contracts_staying(exposure[..., felt:, :], grace, rate)
            )  # fmt: skip
        _, felt, share = staying[id(exposure)]
        readiness = multiplier.item() if multiplier.size == 1 else multiplier
        out[..., felt:, :] += stake * (1 - share**readiness)
    return out
