"""Shares that differ between countries: of kinds among events, of nationwide ones among a kind; pooled in part.

The shares of a country come from one Dirichlet distribution whose parameters are fitted over all countries by
maximum likelihood (Dirichlet-multinomial); a country with many events keeps its own shares.
Source: Minka, Estimating a Dirichlet distribution (2000), section 3.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.rates.pooling import search_from

Array = NDArray[np.float64]
BOUND = 6.0  # of the logarithm of each parameter


def log_chance(counts: ArrayLike, parameters: ArrayLike) -> Array:
    """Logarithm of the chance of the `counts`, (..., country), without what the parameters do not move.

    `counts` are events by part, (..., country, part); `parameters` those of the Dirichlet, above 0, (part,).
    """
    from scipy.special import gammaln

    number, alpha = np.asarray(counts, dtype=float), np.asarray(parameters, dtype=float)
    return np.asarray(
        gammaln(alpha.sum()) - gammaln(number.sum(axis=-1) + alpha.sum())
        + (gammaln(number + alpha) - gammaln(alpha)).sum(axis=-1)
    )  # fmt: skip


def fit(counts: ArrayLike) -> Array:
    """Parameters (part,) under which the `counts` (country, part) are most likely; 1/2 each where there are none."""
    from scipy.optimize import minimize

    number = np.atleast_2d(np.asarray(counts, dtype=float))
    number = number[number.sum(axis=1) > 0]
    parts = number.shape[1]
    if not len(number) or parts < 2:
        return np.full(parts, 0.5)
    mean = (number.sum(axis=0) + 0.5) / (number.sum() + 0.5 * parts)

    def misfit(place: Array) -> float:
        return (
            float("inf") if np.any(np.abs(place) > BOUND) else -float(log_chance(number, np.exp(place)).sum())
        )

    start = np.clip(np.log(mean * parts), -BOUND, BOUND)
    optimum = minimize(misfit, start, method="Nelder-Mead", options=search_from(start))
    return np.asarray(np.exp(optimum.x))


def drawn(
    generators: Sequence[np.random.Generator], counts: ArrayLike, parameters: Array, draws: int
) -> Array:
    """Shares of one country, (draw, part), as so many `draws` of a Dirichlet, from a generator for each part.

    `counts` are its events by part, (part,); `parameters` those of all countries, from `fit`, (part,).
    """
    shapes = np.asarray(counts, dtype=float) + parameters
    weights = np.stack(
        [own.gamma(shape, size=draws) for own, shape in zip(generators, shapes, strict=True)], axis=1
    )
    total = weights.sum(axis=1, keepdims=True)
    return np.asarray(
        np.divide(weights, total, out=np.full_like(weights, 1 / len(parameters)), where=total > 0)
    )
