"""How long an event lasts: lengths are lognormal, around a middle of the country, countries pooled in part.

log(hours) of an event is normal with standard deviation s around the middle of its country; the middles are normal
with standard deviation t around that of the world (DerSimonian and Laird's model of random effects, by maximum
likelihood). From single lengths s is measured; from medians it follows from the share of very long events.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
DAY, YEAR = 24.0, 8760.0
OF_MEDIAN = np.pi / 2  # variance of a median over that of a mean, normal values
SAME_DAY = 1 / 3  # of a day lies between two moments of it on average
LEAST_SPREAD = 0.5


def hours_of_days(days: ArrayLike) -> Array:
    """Hours of an event that a record gives in `days`, any shape, its first and its last day both counted.

    d days are between d - 2 and d days long, d - 1 on average; two moments of one day are 8 hours apart on average.
    """
    given = np.asarray(days, dtype=float)
    return np.asarray(DAY * np.where(given < 1 + SAME_DAY, SAME_DAY, given - 1))


@dataclass(frozen=True)
class Middles:
    """Middle lengths by country: log(hours), the number of events behind it, and its variance for each of s^2."""

    values: Mapping[str, float]
    numbers: Mapping[str, int]
    factor: float  # of s^2 / number: 1 for means, pi/2 for medians


@dataclass(frozen=True)
class Lengths:
    """The world's middle (log hours), the spread of countries around it and of events around their country."""

    middle: float
    between: float
    within: float


def total_spread(middle: float, long_share: ArrayLike) -> Array:
    """Standard deviation of log(hours) over all events, the shape of `long_share`.

    `middle` is the world's, log(hours); `long_share` of the events (0 to 1) last longer than a year.
    """
    from scipy.special import ndtri  # slow to import

    return np.asarray((np.log(YEAR) - middle) / ndtri(1 - np.asarray(long_share, dtype=float)))


def spread_between(middles: Middles, within: float) -> tuple[float, float]:
    """Middle of the world and spread of countries around it, by maximum likelihood, when events spread by `within`."""
    from scipy.optimize import minimize_scalar

    values = np.array(list(middles.values.values()))
    noise = (
        middles.factor * within**2 / np.array([middles.numbers[name] for name in middles.values], dtype=float)
    )

    def centre(spread: float) -> float:
        weights = 1 / (noise + spread**2)
        return float(weights @ values / weights.sum())

    def misfit(spread: float) -> float:
        variance = noise + spread**2
        return float(np.sum(np.log(variance) + (values - centre(spread)) ** 2 / variance))

    if len(values) < 2:
        return (float(values[0]) if len(values) else float(np.log(DAY))), 0.0
    spread = float(minimize_scalar(misfit, bounds=(0.0, 5.0), method="bounded").x)
    return centre(spread), spread


def fit_medians(middles: Middles, long_share: float) -> Lengths:
    """Lengths from medians by country: within = root of (total^2 - between^2), found in a few rounds.

    `long_share` of all events (0 to 1) last longer than a year.
    """
    within = 1.5
    for _ in range(20):
        middle, between = spread_between(middles, within)
        total = float(total_spread(middle, long_share))
        within = max(LEAST_SPREAD, float(np.sqrt(max(0.0, total**2 - between**2))))
    return Lengths(middle, between, within)


def fit_lengths(by_country: Mapping[str, Sequence[float]], otherwise: Lengths) -> tuple[Lengths, Middles]:
    """Lengths from single events; the spread is `otherwise`'s where no country has two.

    `by_country` has log(hours) of each event.
    """
    middles = Middles(
        {name: float(np.mean(values)) for name, values in by_country.items()},
        {name: len(values) for name, values in by_country.items()}, 1.0,
    )  # fmt: skip
    if not by_country:
        return otherwise, middles
    free = sum(len(values) - 1 for values in by_country.values())
    squares = sum(
        float(np.sum((np.asarray(values) - np.mean(values)) ** 2)) for values in by_country.values()
    )
    within = max(LEAST_SPREAD, float(np.sqrt(squares / free))) if free else otherwise.within
    middle, between = spread_between(middles, within)
    return Lengths(middle, between if len(by_country) > 1 else otherwise.between, within), middles


def drawn_middles(uniform: Array, iso3: str, middles: Middles, lengths: Lengths) -> Array:
    """Middle lengths of a country, log(hours) (draw,): its own record weighed against the world's.

    `uniform` are the probabilities at which they are drawn, (draw,), inside (0, 1).
    """
    from scipy.special import ndtri

    prior = lengths.between**2
    if iso3 not in middles.values or prior <= 0:
        centre, variance = lengths.middle, prior
    else:
        noise = middles.factor * lengths.within**2 / middles.numbers[iso3]
        weight = prior / (prior + noise)
        centre = weight * middles.values[iso3] + (1 - weight) * lengths.middle
        variance = weight * noise
    return np.asarray(centre + np.sqrt(variance) * ndtri(uniform))
