"""Each kernel against arithmetic written here, derived from the equations and not from the code."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from math import exp

import numpy as np
import pytest
from helpers.by_hand import EXACT, QUADRATURE
from scipy.integrate import quad

from model.common.durations import with_stops
from model.kernels import (
    churn,
    coping,
    onset,
    recapture,
    severity,
)
from model.kernels.effective_hours import hour_weights, share_lost_over_time
from model.kernels.grid import Grid, grid_edges, nodes_of, running_integral, weights_of
from model.kernels.spells import Spells

approx = pytest.approx
MONDAY = datetime(2026, 1, 5)


# Severity and degradation


def test_adaptation_wins_back_part_of_the_loss() -> None:
    # sigma = 0.25, tau = 48 h, all of it losing at once; t = 24 h: 1 - 0.25 (1 - e^-0.5); half losing: half of that
    assert share_lost_over_time(1.0, exp(-24 / 48), 0.25) == approx(1 - 0.25 * (1 - exp(-0.5)), rel=EXACT)
    assert share_lost_over_time(0.5, exp(-24 / 48), 0.25) == approx(
        0.5 * (1 - 0.25 * (1 - exp(-0.5))), rel=EXACT
    )
    assert share_lost_over_time(1.0, 1.0, 0.25) == approx(1.0, rel=EXACT)  # nothing won back yet
    assert share_lost_over_time(1.0, 0.0, 0.25) == approx(0.75, rel=EXACT)  # in the end


def test_half_the_use_is_lost_at_the_half_ratio() -> None:
    assert severity.use_lost(0.3, 0.3, 2.5) == approx(0.5, rel=EXACT)
    assert severity.use_lost(0.6, 0.3, 2.0) == approx(1 / (1 + 4), rel=EXACT)  # (0.6 / 0.3)^2 = 4


def test_degradation_between_undisturbed_and_blackout() -> None:
    # half = 0.25, steepness 2: h(1) = 1 / (1 + 16), h(0.5) = 1 / (1 + 4)
    expected = 0.9 * (1 / 5 - 1 / 17) / (1 - 1 / 17)
    assert severity.degraded(0.9, 0.5, 0.25, 2.0) == approx(expected, rel=EXACT)
    assert severity.degraded(0.9, 1.0, 0.25, 2.0) == 0.0  # undisturbed quality costs exactly nothing
    assert severity.degraded(0.9, 0.0, 0.25, 2.0) == approx(0.9, rel=EXACT)


def test_ratio_after_a_cable_cut() -> None:
    assert severity.ratio_after_cut(0.43, 0.76) == approx(0.57 / 0.76, rel=EXACT)
    assert severity.ratio_after_cut(0.1, 0.7) == 1.0  # what is left still carries the load
    assert severity.ratio_after_cut(1.0, 0.7) == 0.0


def test_levers_act_by_product() -> None:
    once = severity.shielded(0.8, 0.5, 0.6)
    assert once == approx(0.8 * (1 - 0.3), rel=EXACT)
    assert severity.shielded(once, 0.25, 0.4) == approx(0.8 * 0.7 * 0.9, rel=EXACT)


# Onset and effective hours


def test_a_running_integral_is_the_matrix_product() -> None:
    # int_0^D t dt = D^2 / 2; two Gauss points are exact for a straight line; nothing in no time, alone or beside others
    for hours in ([0.0], [0.0, 3.0], [1.0, 36.0, 720.0]):
        edges = grid_edges(np.array(hours))
        integral = running_integral(edges, np.array(hours), nodes_of(edges)[:, None])
        assert integral.ravel() == approx([d * d / 2 for d in hours], rel=EXACT)
        matrix = weights_of(edges, np.array(hours)) @ nodes_of(edges)[:, None]
        assert integral.ravel() == approx(matrix.ravel(), rel=EXACT)


def test_onset() -> None:
    # b0 = 0.2, theta = 4 h, kappa = 0.5, t = 1 h: (1/4)^0.5 = 0.5
    assert onset.share_losing(1.0, 0.2, 4.0, 0.5) == approx(0.2 + 0.8 * (1 - exp(-0.5)), rel=EXACT)
    assert onset.share_losing(0.0, 0.2, 4.0, 0.5) == approx(0.2, rel=EXACT)
    assert onset.share_losing(4.0, 0.2, 4.0, 0.5) == approx(0.2 + 0.8 * (1 - exp(-1)), rel=EXACT)


def loss_at(t: float, b0: float, theta: float, kappa: float, sigma: float, tau: float) -> float:
    """Integrand of the effective hours at severity 1, with plain arithmetic."""
    losing = b0 + (1 - b0) * (1 - exp(-((t / theta) ** kappa)))
    return losing * (1 - sigma * (1 - exp(-t / tau)))


def on_grid(
    durations: list[float], b0: float, theta: float, kappa: float, sigma: float, tau: float
) -> np.ndarray:
    hours = with_stops(*durations)
    edges = grid_edges(hours)
    nodes = nodes_of(edges)
    integrand = share_lost_over_time(
        onset.share_losing(nodes, b0, theta, kappa), np.exp(-nodes / tau), np.array(sigma)
    )
    integral = weights_of(edges, hours) @ integrand
    return np.asarray(integral[np.searchsorted(hours, durations)])


@pytest.mark.parametrize("kappa", [0.6, 0.75, 1.0])
@pytest.mark.parametrize(("b0", "theta"), [(0.1, 2.0), (0.18, 4.9), (0.3, 10.0)])
@pytest.mark.parametrize(("sigma", "tau"), [(0.05, 24.0), (0.5, 12.0), (0.85, 1080.0)])
def test_effective_hours_against_adaptive_quadrature(
    b0: float, theta: float, kappa: float, sigma: float, tau: float
) -> None:
    durations = [0.5, 1.0, 24.0, 167.0, 2880.0, 17520.0]
    hours_lost = on_grid(durations, b0, theta, kappa, sigma, tau)
    marks = [0.0, 1e-6, 1e-3, 0.1, *durations]
    total = 0.0
    for begin, end in pairwise(marks):
        part = quad(
            loss_at, begin, end, args=(b0, theta, kappa, sigma, tau), epsabs=1e-12, epsrel=1e-11, limit=400
        )
        total += part[0]
        if end in durations:
            assert hours_lost[durations.index(end)] == approx(total, rel=QUADRATURE)


def test_effective_hours_in_closed_form() -> None:
    # kappa = 1, no adaptation: int_0^D [1 - (1 - b0) e^(-t/theta)] dt = D - (1 - b0) theta (1 - e^(-D/theta))
    hours_lost = on_grid([6.0, 48.0], 0.2, 5.0, 1.0, 0.0, 24.0)
    assert hours_lost[0] == approx(6 - 0.8 * 5 * (1 - exp(-6 / 5)), rel=QUADRATURE)
    assert hours_lost[1] == approx(48 - 0.8 * 5 * (1 - exp(-48 / 5)), rel=QUADRATURE)


def test_no_hours_in_no_time() -> None:
    assert on_grid([0.0, 1.0], 0.2, 5.0, 1.0, 0.0, 24.0)[0] == 0.0


# Hour weights: an office that works Monday 09:00 to 17:00 and nothing else has weight 168 / 8 = 21 then

OFFICE = np.zeros(168)
OFFICE[9:17] = 21.0


def weighted(durations: list[float], start: datetime, spells: int = 1, gap_days: float = 7.0) -> np.ndarray:
    """Integral of the hour weight alone (nothing begins late, nothing adapts)."""
    hours = np.array(durations)
    edges = grid_edges(hours, start)
    weights = weights_of(edges, hours, hour_weights(edges, hours, OFFICE, start, spells, gap_days))
    return np.asarray(weights @ np.ones(2 * (len(edges) - 1)))


def test_hour_weights_from_half_past_ten() -> None:
    # from 10:30 the office works 6.5 more hours; 3 h later it is still at work; a whole week holds 8 working hours
    weights = weighted([3.0, 6.5, 12.0, 168.0], MONDAY.replace(hour=10, minute=30))
    assert weights == approx([3 * 21, 6.5 * 21, 6.5 * 21, 8 * 21], rel=1e-9)


def test_hour_weights_are_one_after_a_week() -> None:
    weights = weighted([168.0, 200.0, 1000.0], MONDAY.replace(hour=10, minute=30))
    assert weights == approx([168, 200, 1000], rel=1e-9)


def test_hour_weights_of_several_spells() -> None:
    # 2 h from 08:00 on Monday, then again after a gap of 7 days less 2 h, so every spell begins on Monday 08:00
    weights = weighted([2.0], MONDAY.replace(hour=8), spells=3, gap_days=7 - 2 / 24)
    assert weights == approx([21.0], rel=1e-9)
    # a gap of 7 days: spells begin at 08:00, 10:00 and 12:00 and lose 1, 2 and 2 working hours
    weights = weighted([2.0], MONDAY.replace(hour=8), spells=3, gap_days=7.0)
    assert weights == approx([21 * (1 + 2 + 2) / 3], rel=1e-9)


WEEKDAYS = np.zeros(168)
WEEKDAYS[[24 * day + hour for day in range(5) for hour in range(9, 17)]] = 168 / 40


def test_the_hours_that_five_daily_cuts_from_eight_in_the_morning_meet() -> None:
    # Monday to Friday an office works from 09:00 to 17:00, 40 hours of weight 4.2. Of a cut of 6 h from 08:00 it meets
    # 5 working hours a day, of one of 10 h all 8. Cuts of 30 h follow each other at once: 150 h from Monday 08:00 to
    # Sunday 14:00 meet all 40 working hours, 8 in a cut.
    hours = np.array([6.0, 10.0, 30.0])
    grid = Grid.over(
        hours, start=MONDAY.replace(hour=8), profiles={"office": WEEKDAYS}, spells=Spells(5, period_days=1.0)
    )
    met = grid.by_profile["office"] @ np.ones(len(grid.nodes))
    assert met == approx([5 * 4.2, 8 * 4.2, 8 * 4.2], rel=1e-9)
    # With 18 h between the end of a cut and the next, longer ones drift: of 10 h they begin at 08:00, 12:00, 16:00,
    # 20:00 and 00:00 (of Saturday), and meet 8, 5, 1, 0 and 0 hours.
    drifting = Grid.over(
        hours, start=MONDAY.replace(hour=8), profiles={"office": WEEKDAYS}, spells=Spells(5, gap_days=0.75)
    )
    met = drifting.by_profile["office"] @ np.ones(len(drifting.nodes))
    assert met[:2] == approx([5 * 4.2, (8 + 5 + 1) / 5 * 4.2], rel=1e-9)


def test_days_between_two_spells() -> None:
    assert Spells(5, gap_days=3.0).days_between([6.0, 48.0]) == approx(3.0)
    assert Spells(5, period_days=1.0).days_between([6.0, 24.0, 48.0]) == approx([0.75, 0.0, 0.0])
    assert Spells(1, period_days=1.0).waiting_days(6.0) == np.inf  # nothing follows that would end the wait


def test_the_night_costs_an_office_nothing() -> None:
    assert weighted([3.0], MONDAY.replace(hour=2)) == approx([0.0], abs=1e-12)


def test_hour_weights_with_onset_against_quadrature() -> None:
    start = MONDAY.replace(hour=7, minute=30)  # the office opens 1.5 h into the cut and closes after 9.5 h
    hours = with_stops(12.0)
    edges = grid_edges(hours, start)
    nodes = nodes_of(edges)
    integrand = share_lost_over_time(
        onset.share_losing(nodes, 0.18, 4.9, 0.75), np.exp(-nodes / 72), np.array(0.3)
    )
    lost = weights_of(edges, hours, hour_weights(edges, hours, OFFICE, start, 1, 7.0)) @ integrand
    expected = 21 * quad(loss_at, 1.5, 9.5, args=(0.18, 4.9, 0.75, 0.3, 72.0), epsrel=1e-11)[0]
    assert lost[np.searchsorted(hours, 12.0)] == approx(expected, rel=QUADRATURE)


# Recapture and net


def caught_up(
    rho: float, spare: float, q: float, patience: float, days: float, effective_days: float
) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        waiting = recapture.waiting_per_day_lost(
            patience, np.divide(1.0, effective_days), np.divide(days, effective_days)
        )
    return float(recapture.caught_up_and_spare(rho, spare, q, waiting)) - rho * spare


def test_recapture_limited_by_spare_capacity() -> None:
    # q = 0.8, W = 2 d, D = 10 d, 9 effective days at severity 1: qbar = 0.8 x 9 / 10 = 0.72
    # R = 0.6 x 0.15 x (2 + 0.28 x 10) / (0.72 x 10) = 0.6 x 0.15 x 4.8 / 7.2 = 0.06
    assert caught_up(0.6, 0.15, 0.8, 2, 10, 9) == approx(0.06, rel=EXACT)


def test_recapture_limited_by_its_ceiling() -> None:
    # 0.15 x (30 + 0.72 x 1) / (0.28 x 1) is above 1
    assert caught_up(0.6, 0.15, 0.4, 30, 1, 0.7) == approx(0.6, rel=EXACT)


def test_recapture_at_its_corners() -> None:
    assert caught_up(0.6, 0.0, 0.8, 2, 10, 9) == 0.0  # no spare capacity
    assert caught_up(0.6, 0.15, 0.0, 2, 10, 9) == 0.6  # nothing lost
    assert caught_up(0.6, 0.0, 0.0, 2, 10, 9) == 0.6  # nothing lost and no spare: R = rho where qbar = 0
    assert caught_up(0.6, 0.15, 0.8, 2, 0, 0) == 0.6  # no time
    assert caught_up(0.6, 0.0, 0.8, 2, 0, 0) == 0.6
    assert caught_up(0.6, 0.15, 0.8, 0, 0, 0) == 0.6


def test_a_longer_disruption_is_never_caught_up_to_a_larger_share() -> None:
    # W = 2 d; 1, 1.5 and 1.75 effective days in 1, 4 and 10 days: (2 + d) / U is 3, 4 and 6.86, so 3 holds throughout
    effective_days = np.array([[1.0], [1.5], [1.75]])
    waiting = recapture.waiting_per_day_lost(
        2.0, 1 / effective_days, np.array([[1.0], [4.0], [10.0]]) / effective_days
    )
    assert waiting.ravel() == approx([3, 4, 12 / 1.75], rel=EXACT)
    assert recapture.never_rising(waiting).ravel() == approx([3, 3, 3], rel=EXACT)


# Churn and coping


def test_share_of_contracts_lost() -> None:
    assert churn.share_of_contracts_lost(5.0, 2.0, 0.01, 2.0) == approx(1 - exp(-2 * 0.01 * 3), rel=EXACT)
    assert churn.share_of_contracts_lost(2.0, 3.0, 0.01, 2.0) == 0.0  # within the grace


def test_months_lost_before_and_after_the_lag() -> None:
    # lag 2, half-life 12, horizon 4, no discount: 1/2 + 2/2 + 0.5^(1/12) + 0.5^(2/12)
    expected = 0.5 + 1 + 0.5 ** (1 / 12) + 0.5 ** (2 / 12)
    assert churn.discounted_months(2.0, 12.0, 4.0, 0.0) == approx(expected, rel=EXACT)


def test_months_lost_without_a_lag() -> None:
    # from the first month on only decay, each month discounted at 10% a year
    expected = sum(0.5 ** (m / 6) / 1.1 ** (m / 12) for m in (1, 2, 3))
    assert churn.discounted_months(0.0, 6.0, 3.0, 0.1) == approx(expected, rel=EXACT)


def test_months_lost_up_to_each_horizon() -> None:
    months = churn.discounted_months(
        np.array(0.0), np.array(1e12), np.array([1.0, 12.0, 24.0]), np.array(0.0)
    )
    assert months == approx([1, 12, 24], rel=1e-9)  # no lag, no decay, no discount: one month a month


def test_coping_counts_only_what_is_saved() -> None:
    # sigma = 0.5, tau = 240 h, D = 480 h: 0.5 x [480 - 240 (1 - e^-2)] / 8760 years
    expected = 0.5 * (480 - 240 * (1 - exp(-2))) / 8760
    assert coping.adoption_years(0.5, 240.0, 480.0) == approx(expected, rel=EXACT)
    assert coping.adoption_years(0.5, 240.0, 0.0) == 0.0
