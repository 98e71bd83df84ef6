"""The model's equations, each written once: of cells in, of cells out.

A cell's text is what the sheet computes, its value what the file shows before anything is computed. The names are
those of `model.kernels`, where each has its source. Times in hours unless a name says days; shares are decimals.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable
from functools import reduce

from briefing.workbook.formula import Formula, Term, absolute, equal, exp, maximum, minimum, when

HOURS_A_YEAR, HOURS_A_DAY, MONTHS_A_YEAR = 8760, 24, 12


def covered(coverages: Iterable[Formula]) -> Term:
    """Share that several measures cover together: 1 - product of (1 - coverage)."""
    rest = [1 - coverage for coverage in coverages]
    return 1 - reduce(operator.mul, rest) if rest else 0


def shielded(lost: Formula, coverage: Formula, effect: Formula) -> Formula:
    """Connectivity lost under a measure: q (1 - coverage x effect)."""
    return lost * (1 - coverage * effect)


def quickened(tau: Formula, coverage: Formula, time_factor: Formula) -> Formula:
    """Time constant under a measure: tau (1 - coverage (1 - factor))."""
    return tau * (1 - coverage * (1 - time_factor))


def ratio_after_cut(capacity_lost: Formula, utilisation: Formula) -> Formula:
    """r = min(1, (1 - capacity lost) / utilisation)."""
    return minimum(1, (1 - capacity_lost) / utilisation)


def use_lost(ratio: Term, half_ratio: Formula, steepness: Formula) -> Formula:
    """h(r) = 1 / (1 + (r / half)^steepness)."""
    return 1 / (1 + (ratio / half_ratio) ** steepness)


def degraded(full: Formula, ratio: Formula, half_ratio: Formula, steepness: Formula) -> Formula:
    """Connectivity lost in a degradation: q = full (h(r) - h(1)) / (1 - h(1))."""
    undisturbed = use_lost(1, half_ratio, steepness)
    return full * (use_lost(ratio, half_ratio, steepness) - undisturbed) / (1 - undisturbed)


def share_losing(time: Formula, immediate: Formula, scale: Formula, shape: Formula) -> Formula:
    """Share that loses by then: B(t) = b0 + (1 - b0) [1 - exp(-(t / theta)^kappa)]."""
    return 1 - (1 - immediate) * exp(-((time / scale) ** shape))


def share_lost_over_time(losing: Formula, time: Formula, won_back: Formula, tau: Formula) -> Formula:
    """Share lost at severity 1: B(t) [1 - sigma (1 - exp(-t / tau))]."""
    return losing * (1 - won_back * (1 - exp(-time / tau)))


def effective_hours_at_once(hours: Formula, won_back: Formula, tau: Formula) -> Formula:
    """U(D) where nothing is buffered, B = 1: D - sigma [D - tau (1 - exp(-D / tau))]."""
    return hours - won_back * (hours - tau * (1 - exp(-hours / tau)))


def digital_factor(income: Formula, reference: Formula, elasticity: Formula, cap: Formula) -> Formula:
    """k_c = min(cap, (y_c / y_ref)^eta)."""
    return minimum(cap, (income / reference) ** elasticity)


def dependence_in_economy(dependence: Formula, factor: Formula) -> Formula:
    """Share that needs the internet in the economy: odds(delta_sc) = odds(delta_s) k_c M; `factor` is k_c M."""
    raised = dependence * factor
    return raised / (1 - dependence + raised)


def activity_at_stake(value_added: Formula, place: Formula, dependence: Formula) -> Formula:
    """Value added an hour that a total loss of connectivity stops."""
    return value_added * place / HOURS_A_YEAR * dependence


def restart_hours(restart: Formula, hours: Formula, losing: Formula) -> Formula:
    """min(phi, D/2) B(D)."""
    return minimum(restart, hours / 2) * losing


def patient_days(patience: Formula, scale: Formula, spells: Formula, gap_days: Formula) -> Formula:
    """Days that customers wait, `patience` in days x `scale`, at most the gap where there are several spells."""
    days = patience * scale
    return when(spells > 1, minimum(days, gap_days), days)


def days_between(period_days: Formula, hours: Formula) -> Formula:
    """Days that a spell leaves of its period, not negative. MAX would make one number of an array."""
    left = period_days - hours / HOURS_A_DAY
    return (left + absolute(left)) / 2


def lesser(one: Formula, other: Formula) -> Formula:
    """The lesser of two numbers, of which one may be an array: MIN would make one number of it."""
    return (one + other - absolute(one - other)) / 2


def waiting_per_day_lost(days: Formula, hours: Formula, hours_lost: Formula) -> Formula:
    """Days to catch up in for each day lost at severity 1: (24 W + D) / hours lost."""
    return (HOURS_A_DAY * days + hours) / hours_lost


def caught_up(ceiling: Formula, lost: Formula, spare: Formula, waiting: Formula) -> Formula:
    """R = rho min(1, spare [W + (1 - q) D] / (q D)), with q D the hours lost; rho where nothing is lost."""
    return when(equal(lost, 0), ceiling, ceiling * minimum(1, spare * (waiting / lost - 1)))


def exposure_days(spells: Formula, lost: Formula, hours_lost: Formula) -> Formula:
    """E, in effective blackout-days."""
    return spells * lost * hours_lost / HOURS_A_DAY


def share_of_contracts_lost(
    multiplier: Formula, rate: Formula, exposure: Formula, grace_days: Formula
) -> Formula:
    """f = 1 - exp(-multiplier x lambda x max(0, E - grace))."""
    return 1 - exp(-multiplier * rate * maximum(0, exposure - grace_days))


def receipts_missing(
    month: Formula, lag: Formula, half_life: Formula, horizon: Formula, discount: Formula
) -> Formula:
    """Of the receipts of a lost contract, what is missing in a month after: k(m) / (1 + i)^(m / 12).

    `month`, `lag`, `half_life` and `horizon` are months; `discount` is i, a year.
    """
    missing = when(month <= lag, month / lag, 0.5 ** ((month - lag) / half_life))
    return when(month <= horizon, missing * (1 + discount) ** (-month / MONTHS_A_YEAR), 0)


def adoption_years(hours: Formula, won_back: Formula, tau: Formula) -> Formula:
    """Years of full adoption of workarounds: sigma x integral of (1 - exp(-t / tau)) / 8760."""
    return won_back * (hours - tau * (1 - exp(-hours / tau))) / HOURS_A_YEAR
