"""How often, of which kind, how long: by hand and against the textbook's distributions."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from model.common.errors import InputError
from model.rates import lengths, pooling, shares
from model.rates.lengths import Lengths, Middles
from model.rates.pooling import Pool
from model.rates.record import nationwide

pytestmark = pytest.mark.core


def test_a_size_without_end_is_poisson() -> None:
    counts = np.array([[0.0, 3.0, 1.0]])
    chance = pooling.log_chance(counts, np.array([0.5, 2.0]), 1e9)[0] - np.log(3 * 2)  # 0! 3! 1!
    by_hand = [stats.poisson(rate).logpmf([0, 3, 1]).sum() for rate in (0.5, 2.0)]
    assert chance == pytest.approx(by_hand, abs=1e-5)


def test_counts_are_negative_binomial() -> None:
    counts = np.array([[4.0, 0.0]])
    chance = pooling.log_chance(counts, np.array([3.0]), 2.0)[0, 0] - np.log(24)
    assert chance == pytest.approx(stats.nbinom(2.0, 2 / (2 + 3)).logpmf([4, 0]).sum())
    drawn = pooling.drawn_counts(np.random.default_rng(1), np.full(400, 3.0), np.full(400, 2.0), 500)
    assert drawn.mean() == pytest.approx(3.0, rel=0.02)
    assert drawn.var() == pytest.approx(3 + 3**2 / 2, rel=0.03)


def test_chance_of_a_year_without_events() -> None:
    assert pooling.chance_of_none(2.0, 1.0) == pytest.approx(1 / 3)  # (1 + 2)^-1
    assert pooling.chance_of_none(2.0, 4.0) == pytest.approx(1.5**-4)
    assert pooling.chance_of_none(2.0, 1e9) == pytest.approx(np.exp(-2), rel=1e-6)


def test_two_countries_are_pulled_to_their_pool() -> None:
    """Ten years each, none and forty events; the pool has a median of 1 a year and events are all but Poisson.

    The mean rate after y events in T years is int(mu L) / int(L), L = mu^y exp(-T mu) x lognormal density of mu.
    """
    pool, sizes = Pool(1.0, 1.0, 200.0, 0.01), pooling.SIZES
    rates, _ = pooling.rate_grid()
    assert sizes[-1] == pytest.approx(200)
    for total in (0, 40):
        counts = np.full(10, total / 10)

        def density(mu: float, total: int = total) -> float:
            poisson = total * np.log(mu * (1 + mu / 200) ** -1) - 10 * 200 * np.log1p(mu / 200)
            return float(np.exp(poisson) * stats.lognorm.pdf(mu, 1.0))

        below, above = (
            integrate.quad(density, 0, 20)[0],
            integrate.quad(lambda mu: mu * density(mu), 0, 20)[0],
        )
        mean = float((pooling.posterior(counts, pool).weights @ rates).sum())
        assert mean == pytest.approx(above / below, rel=0.01)
        assert min(total / 10, 1.0) < mean < max(total / 10, 1.0)  # between its own record and the pool


def test_a_fit_finds_the_pool_that_drew_the_counts() -> None:
    rng = np.random.default_rng(3)
    rates = 0.5 * np.exp(1.5 * rng.standard_normal(200))
    counts = pooling.drawn_counts(rng, rates, np.full(200, 2.0), 10)
    active = counts[counts.any(axis=1)]
    pool = pooling.fit(active, len(counts) - len(active))
    assert np.log(pool.rate / 0.5) == pytest.approx(0, abs=0.25)
    assert pool.between == pytest.approx(1.5, abs=0.25)
    assert np.log(pool.size / 2) == pytest.approx(0, abs=0.4)
    assert pooling.fit(counts).rate == pytest.approx(
        pool.rate, rel=0.01
    )  # silent countries are rows of zeros
    with pytest.raises(InputError, match="two countries or more"):
        pooling.fit(np.array([[1.0, 2.0]]))
    with pytest.raises(InputError, match="cannot be pooled"):
        pooling.fit(np.zeros((3, 2)))


def test_drawn_rates_are_those_of_the_posterior() -> None:
    posterior = pooling.posterior([4, 6, 5], Pool(1.0, 1.0, 2.0, 0.5))
    rates, sizes = posterior.drawn((np.arange(4000) + 0.5) / 4000)
    grid, _ = pooling.rate_grid()
    assert rates.mean() == pytest.approx(float((posterior.weights @ grid).sum()), rel=0.01)
    none = pooling.chance_of_none(rates, sizes).mean()
    assert none == pytest.approx(posterior.none, abs=2e-3)
    assert np.all(np.diff(rates) > -0.1 * rates[1:])  # a higher probability is a higher rate, to a cell


def test_shares_by_hand() -> None:
    # Beta-binomial of 3 and 1 with parameters 2 and 5, over the 4 orders of the draws
    chance = shares.log_chance(np.array([[3.0, 1.0]]), np.array([2.0, 5.0]))[0]
    assert np.exp(chance) * 4 == pytest.approx(stats.betabinom(4, 2, 5).pmf(3))
    drawn = shares.drawn(
        [np.random.default_rng(seed) for seed in (2, 3)], [7.0, 1.0], np.array([1.0, 1.0]), 20_000
    )
    assert drawn.mean(axis=0) == pytest.approx([0.8, 0.2], abs=0.01)  # (7 + 1) / (8 + 2)
    assert drawn.sum(axis=1) == pytest.approx(1)
    rng = np.random.default_rng(5)
    chances = rng.beta(2.0, 6.0, 400)
    first = rng.binomial(30, chances)
    assert shares.fit(np.stack([first, 30 - first], axis=1)) == pytest.approx([2.0, 6.0], rel=0.25)
    assert shares.fit(np.zeros((2, 3))).tolist() == [0.5] * 3


def test_nationwide_events_are_blocks_first() -> None:
    # 12 of 81 nationwide: 11 blocks and the one throttling, so no cut
    assert nationwide((69, 11, 1), 12, (False, True, True)).tolist() == [[0, 69], [11, 0], [1, 0]]
    assert nationwide((69, 11, 1), 15, (False, True, True)).tolist() == [[3, 66], [11, 0], [1, 0]]


def test_lengths_by_hand() -> None:
    # a day is 8 hours on average, two days 24, nine days 8 x 24
    assert lengths.hours_of_days([1, 1.5, 2, 9]) == pytest.approx([8, 12, 24, 192])
    # 2.5% of events longer than a year around a middle of a day: (log 8760 - log 24) / 1.96
    assert lengths.total_spread(np.log(24), 0.025) == pytest.approx(np.log(365) / 1.959964, rel=1e-6)
    world = Lengths(middle=3.0, between=1.0, within=2.0)
    middles = Middles({"AAA": 5.0}, {"AAA": 4}, 1.0)
    # variance of its mean 2^2 / 4 = 1, as large as that between countries: half-way, with variance 1/2
    places = np.array(
        [0.1586552539, 0.5, 0.8413447461]
    )  # one standard deviation below, at and above the middle
    drawn = lengths.drawn_middles(places, "AAA", middles, world)
    assert drawn == pytest.approx(4 + np.sqrt(0.5) * np.array([-1, 0, 1]))
    assert lengths.drawn_middles(np.array([0.5]), "BBB", middles, world) == pytest.approx([3.0])


def test_spread_of_countries_is_found() -> None:
    rng = np.random.default_rng(4)
    centres = 3.0 + 0.9 * rng.standard_normal(300)
    events = {f"{index}": list(centre + 1.6 * rng.standard_normal(6)) for index, centre in enumerate(centres)}
    fitted, middles = lengths.fit_lengths(events, Lengths(0, 0, 0))
    assert (fitted.middle, fitted.between, fitted.within) == pytest.approx((3.0, 0.9, 1.6), abs=0.15)
    assert middles.numbers["0"] == 6
    single, _ = lengths.fit_lengths({"AAA": [2.0]}, Lengths(1.0, 0.7, 1.4))
    assert (single.middle, single.between, single.within) == (2.0, 0.7, 1.4)
