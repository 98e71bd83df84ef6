"""How often events happen in each country: counts that vary more than by luck alone, countries pooled in part.

In a country events happen mu times a year on average, and the number of one year is negative binomial with mean mu and
size k (Poisson around a rate that a gamma draw moves): its variance is mu + mu^2 / k, and k without end is Poisson.
The mu of all countries come from one lognormal distribution, their k from another. What these are is fitted over all
countries by maximum likelihood (empirical Bayes): a country with a long record keeps its own rate and its own
restlessness; one without any event gets a low rate, not zero. A gamma distribution of mu has too light a tail for the
shipped counts (its logarithm of the likelihood is 19 lower, and 12 on 2016-2022 alone) and draws India's 90 events a
year down to 58.

Source: Gelman and others, Bayesian Data Analysis (2013), sections 2.6, 5.3 and 17.2 (pooled and overdispersed counts).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.common.errors import InputError

Array = NDArray[np.float64]
LEAST, MOST, STEP = 1e-5, 1e4, 0.08  # rates of the grid, events a year, and the step of its logarithm
SIZES: Array = np.exp(np.linspace(np.log(0.1), np.log(200.0), 16))
SIZES.flags.writeable = False
START = (1.0, 0.0, 0.0)  # logarithms of between, size and spread at which the search begins
BOUND = 9.0  # of the logarithms that are searched for: beyond, the likelihood is flat
LEAST_COUNTRIES = 2


@dataclass(frozen=True)
class Pool:
    """How countries differ: lognormals of their rates and of their sizes, by median and spread of the logarithm."""

    rate: float  # events a year
    between: float
    size: float
    spread: float


def log_chance(counts: ArrayLike, rates: ArrayLike, size: float) -> Array:
    """Logarithm of the chance of these yearly counts, without the terms -log(y!) that no parameter moves.

    Args:
        counts: whole numbers, shape (country, year).
        rates: events a year, shape (rate,).
        size: of the negative binomial.

    Returns:
        Shape (country, rate).
    """
    from scipy.special import gammaln  # slow to import

    number, mean = np.asarray(counts, dtype=float), np.asarray(rates, dtype=float)
    years = number.shape[1]
    own = gammaln(number + size).sum(axis=1) - years * gammaln(size)
    total = number.sum(axis=1)
    return np.asarray(
        own[:, None] - years * size * np.log1p(mean / size) + total[:, None] * np.log(mean / (size + mean))
    )


def chance_of_none(rate: ArrayLike, size: ArrayLike) -> Array:
    """Chance of a year without events: (1 + rate / size)^-size.

    `rate` is the mean, events a year, and `size` k of the negative binomial, no unit; they broadcast.
    """
    return np.asarray((1 + np.divide(rate, size)) ** -np.asarray(size, dtype=float))


def rate_grid() -> tuple[Array, Array]:
    """Rates from almost none to more than any, evenly on the log scale, and the edges of their cells."""
    count = int(np.ceil(np.log(MOST / LEAST) / STEP))
    edges = LEAST * np.exp(STEP * np.arange(count + 1))
    return np.sqrt(edges[:-1] * edges[1:]), edges


def prior_rates(pool: Pool) -> Array:
    """Probability of each cell of the grid of rates, the outer ones with all beyond them; shape (rate,)."""
    from scipy.special import ndtr

    _, edges = rate_grid()
    reached = ndtr(np.log(edges[1:-1] / pool.rate) / pool.between)
    return np.diff(reached, prepend=0.0, append=1.0)


def prior_sizes(pool: Pool) -> Array:
    """Probability of each of `SIZES`; shape (size,)."""
    apart = 0.5 * (np.log(SIZES / pool.size) / pool.spread) ** 2
    weights = np.exp(apart.min() - apart)
    return np.asarray(weights / weights.sum())


def fit(counts: ArrayLike, silent: int = 0) -> Pool:
    """The pool under which the counts are most likely.

    Args:
        counts: events by country and year, shape (country, year).
        silent: further countries, without any event in any of the years.

    Raises:
        InputError: fewer than two countries, or no event at all: nothing can be pooled.
    """
    from scipy.optimize import minimize

    number = np.atleast_2d(np.asarray(counts, dtype=float))
    countries = len(number) + silent
    if number.sum() <= 0 or countries < LEAST_COUNTRIES:
        raise InputError("events", int(number.sum()), "cannot be pooled", "events of two countries or more")
    patterns, times = np.unique(
        np.vstack([number, np.zeros((min(silent, 1), number.shape[1]))]), axis=0, return_counts=True
    )
    weights = times + np.where(patterns.any(axis=1), 0, max(silent - 1, 0))
    chances = _over_sizes(patterns)
    best = chances.max(axis=(0, 2))
    likely = np.exp(chances - best[None, :, None])  # (size, country, rate)

    def misfit(place: Array) -> float:
        if np.any(np.abs(place) > BOUND):
            return float("inf")
        pool = Pool(*np.exp(place))
        with np.errstate(under="ignore", divide="ignore"):
            chance = prior_sizes(pool) @ (likely @ prior_rates(pool))
            return -float(weights @ np.log(chance))

    start = np.array([np.log(0.1 * number.sum() / number.shape[1] / countries), *START])
    optimum = minimize(misfit, start, method="Nelder-Mead", options=search_from(start))
    return Pool(*(float(value) for value in np.exp(optimum.x)))


def search_from(start: Array) -> Any:
    """Settings of a search whose first steps are as wide in each direction, also where it begins at zero.

    `start` is where it begins, (parameter,), in their unit.
    """
    corners = start + 0.5 * np.vstack([np.zeros(len(start)), np.eye(len(start))])
    return {"initial_simplex": corners, "xatol": 1e-3, "fatol": 1e-5, "maxiter": 2000}


def _over_sizes(counts: Array) -> Array:
    """`log_chance` for each of `SIZES`, (size, country, rate)."""
    rates, _ = rate_grid()
    return np.stack([log_chance(counts, rates, size) for size in SIZES])


@dataclass(frozen=True)
class Posterior:
    """What is known of one country after its counts: probability of each size and rate, (size, rate)."""

    weights: Array

    @property
    def none(self) -> float:
        """Chance of a year without events."""
        rates, _ = rate_grid()
        return float(np.sum(self.weights * chance_of_none(rates, SIZES[:, None])))

    def drawn(self, uniform: Array) -> tuple[Array, Array]:
        """Rates (events a year) and sizes at the probabilities `uniform`, (draw,), in [0, 1).

        Rates lie within their cell by what is left of it.
        """
        _, edges = rate_grid()
        flat = self.weights.T.ravel()  # by rate first: neighbours in probability are neighbours in rate
        reached = np.concatenate([[0.0], np.cumsum(flat)])
        place = uniform * reached[-1]
        cell = np.clip(np.searchsorted(reached, place, side="right") - 1, 0, len(flat) - 1)
        rate, size = np.divmod(cell, len(SIZES))
        part = np.divide(place - reached[cell], flat[cell], out=np.full(len(cell), 0.5), where=flat[cell] > 0)
        return np.asarray(edges[rate] * (edges[rate + 1] / edges[rate]) ** part), SIZES[size]


def posterior(counts: Sequence[float] | Array, pool: Pool) -> Posterior:
    """What is known of the country with these yearly `counts` of events, (year,)."""
    with np.errstate(under="ignore", divide="ignore"):
        chance = _over_sizes(np.asarray(counts, dtype=float).reshape(1, -1))[:, 0]
        chance = chance + np.log(prior_rates(pool)) + np.log(prior_sizes(pool))[:, None]
        weights = np.exp(chance - chance.max())
    return Posterior(np.asarray(weights / weights.sum()))


def drawn_counts(rng: np.random.Generator, rates: Array, sizes: Array, years: int) -> NDArray[np.int64]:
    """Events of simulated years, negative binomial: Poisson around a rate that a gamma draw moves; (draw, year).

    `rates` are events a year, (draw,), `sizes` k of the negative binomial, (draw,), and `years` how many are simulated.
    """
    moved = rng.gamma(np.broadcast_to(sizes[:, None], (len(rates), years))) / sizes[:, None]
    return np.asarray(rng.poisson(rates[:, None] * moved))
