"""Export paths: undisturbed, disturbed, and what a target asks for."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.catalogue import Catalogue
from model.errors import InputError, choices

Array = NDArray[np.float64]
CLAIMED_GROWTH = "seed000_10"
OFFICIAL_TARGET = "mac_237"  # $10bn by FY29


def path(start: float, growth: float, years: ArrayLike) -> Array:
    """Undisturbed path X0 (1 + g)^y; `years` (year,), the unit of `start`."""
    return np.asarray(start * np.power(1 + growth, np.asarray(years, dtype=float)))


def disturbed(
    start: float, growth: float, years: ArrayLike, *, initial_loss: float, drag: float, disrupted_years: float,
    half_life_years: float,
) -> Array:  # fmt: skip
    """Path under a disruption: starts at X0 (1 - f) and grows at g - drag while it lasts.

    Afterwards it grows at g and its relative gap to the undisturbed path closes with the half-life. Growth
    below -100 % ends at zero.
    """
    time = np.asarray(years, dtype=float)
    during = np.minimum(time, disrupted_years)
    kept = (1 - initial_loss) * np.power(max(0.0, 1 + growth - drag) / (1 + growth), during)
    after = np.maximum(0.0, time - disrupted_years)
    gap = (1 - kept) * np.power(0.5, after / half_life_years)
    return np.asarray(path(start, growth, time) * (1 - gap))


def growth_needed(start: float, target: float, years: float) -> float:
    """Yearly growth that takes `start` to `target` in `years`."""
    return float((target / start) ** (1 / years) - 1)


def years_to(start: float, target: float, growth: float) -> float | None:
    """Years from `start` to `target` at a yearly growth; None when it never gets there."""
    if target <= start:
        return 0.0
    return math.log(target / start) / math.log1p(growth) if growth > 0 else None


@dataclass(frozen=True)
class Baseline:
    """A named growth rate of the undisturbed path."""

    key: str
    label: str
    growth: float
    basis: str


def receipts_by_year(catalogue: Catalogue) -> dict[str, float]:
    """The preferred full-year receipts, M USD by fiscal year."""
    return {row.fiscal_year: row.value_musd for row in catalogue.fiscal_years if row.preferred == "yes"}


def baselines(catalogue: Catalogue, claimed: float, own: float) -> dict[str, Baseline]:
    """The growth rates that a reader can pick from; trends are computed from the yearly receipts."""
    series = receipts_by_year(catalogue)
    names = list(series)
    last = names[-1]

    def trend(first: str) -> float:
        span = int(last[2:]) - int(first[2:])
        return growth_needed(series[first], series[last], span)

    before = f"FY{int(last[2:]) - 1}"
    five = f"FY{int(last[2:]) - 5}"
    target = next(row for row in catalogue.targets if row.id == OFFICIAL_TARGET)
    reach = growth_needed(series[last], target.value_musd, (target.target_year or 0) - 2000 - int(last[2:]))
    rows = (
        Baseline("claimed", "As claimed", claimed, "claim (seed000_10)"),
        Baseline("last_year", f"Last year ({before} to {last})", trend(before), "derived from receipts"),
        Baseline("five_year", f"Five-year trend ({five} to {last})", trend(five), "derived from receipts"),
        Baseline("fy22_25", f"Trend FY22 to {last}", trend("FY22"), "derived from receipts"),
        Baseline("official_target", f"Official target ({target.label})", reach, "derived from the target"),
        Baseline("own", "Own figure", own, "assumption (claims.own_growth)"),
    )
    return {row.key: row for row in rows}


def pick(options: dict[str, Baseline], key: str) -> Baseline:
    """The baseline of that name; raises `InputError`."""
    if key not in options:
        raise InputError("baseline", key, "is not known", choices(options, key, most=10))
    return options[key]
