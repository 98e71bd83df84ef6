"""Draws: PERT against SciPy, the stated correlations, quantiles, convergence, one set of draws for all scenarios."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import beta, kstest, qmc

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Distribution, Parameter
from model.common.ranges import Range
from model.estimation import sobol
from model.estimation.estimate import estimate, estimate_many
from model.estimation.sampling import (
    Draws,
    pert_ends,
    resolved,
    unit_pert_quantile,
)
from model.scenario.fields import MAX_DRAWS
from model.scenario.scenario import BASELINE, Scenario


def draws_of(catalogue: Catalogue, size: int = 4096, seed: int = 1) -> Draws:
    return Draws(catalogue, resolved(catalogue, {}), size, seed)


def normal_scores(parameter: Parameter, values: np.ndarray) -> np.ndarray:
    """The normal score of each draw, by SciPy's beta distribution and no code of ours."""
    low, mode, high = parameter.low or 0.0, parameter.mode or 0.0, parameter.high or 0.0
    alpha, gamma = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    return np.asarray(ndtri(np.clip(beta.cdf((values - low) / (high - low), alpha, gamma), 1e-12, 1 - 1e-12)))


@pytest.mark.parametrize("position", [0.0, 0.02, 0.25, 0.5, 0.8, 1.0])
def test_pert_table_against_scipy(position: float) -> None:
    probability = np.concatenate([[1e-6, 1e-4, 1 - 1e-4, 1 - 1e-6], np.linspace(0.001, 0.999, 999)])
    expected = beta.ppf(probability, 1 + 4 * position, 1 + 4 * (1 - position))
    assert unit_pert_quantile(probability, position) == pytest.approx(expected, abs=2e-6)


def test_pert_in_the_units_of_the_parameter() -> None:
    # PERT(2, 4.9, 10) has mean (2 + 4 x 4.9 + 10) / 6 and stays inside its ends
    values = 2 + 8 * unit_pert_quantile((np.arange(100_000) + 0.5) / 100_000, (4.9 - 2) / 8)
    assert values.mean() == pytest.approx((2 + 4 * 4.9 + 10) / 6, rel=1e-5)
    assert values.min() >= 2 and values.max() <= 10
    expected = 2 + 8 * beta.ppf([0.05, 0.5, 0.95], 1 + 4 * 2.9 / 8, 1 + 4 * 5.1 / 8)
    assert pert_ends(Distribution(2.0, 4.9, 10.0, "pert")) == pytest.approx(expected, abs=2e-5)


@pytest.mark.slow
def test_every_parameter_has_the_distribution_that_its_row_says(catalogue: Catalogue) -> None:
    sample = draws_of(catalogue)
    for key, parameter in catalogue.parameters.items():
        default = parameter.default
        if default is None or not default.spread:
            continue
        member = catalogue.sectors[0].key if key == "recapture.share_of_ceiling" else ""
        values = sample.of(key, member)
        assert values.shape == (4096,)
        assert default.low <= values.min() and values.max() <= default.high, key
        assert values.mean() == pytest.approx(
            (default.low + 4 * default.mode + default.high) / 6, rel=0.02
        ), key
        assert kstest(normal_scores(parameter, values), "norm").statistic < 0.03, key


@pytest.mark.slow
@pytest.mark.parametrize("block", range(sobol.SHIPPED_BLOCKS))
def test_the_shipped_points_are_those_of_scipy(block: int) -> None:
    most = 2**sobol.SHIPPED_VECTORS
    scipys = sobol.by_scipy(
        block, most // 2 + 1000, sobol.SHIPPED_SEED
    )  # the last vector is in from the half on
    np.testing.assert_array_equal(scipys[:, :1000], sobol.by_scipy(block, 1000, sobol.SHIPPED_SEED))
    for draws in (1, 256, 1000, 4096, most):
        shipped = sobol.points(block, draws, sobol.SHIPPED_SEED)
        assert shipped.shape == (sobol.BLOCK, draws)
        np.testing.assert_array_equal(shipped[:, : scipys.shape[1]], scipys[:, :draws])
    numbers = (block + 1) * sobol.BLOCK
    points = qmc.Sobol(numbers, rng=np.random.default_rng(sobol.SHIPPED_SEED)).random(2)[:, -sobol.BLOCK :]
    np.testing.assert_array_equal(scipys[:, :2].T, points)
    assert not np.array_equal(scipys[:, :1], sobol.points(block, 1, sobol.SHIPPED_SEED + 1))


def test_the_shipped_points_are_those_of_the_baseline(catalogue: Catalogue) -> None:
    assert BASELINE.seed == sobol.SHIPPED_SEED
    assert MAX_DRAWS <= 2**sobol.SHIPPED_VECTORS
    assert max(catalogue.streams.values()) < sobol.BLOCK * sobol.SHIPPED_BLOCKS


def test_fixed_and_empty_parameters(catalogue: Catalogue) -> None:
    sample = draws_of(catalogue, 256)
    for key, parameter in catalogue.parameters.items():
        if parameter.default is None:
            assert np.isnan(sample.of(key))
        elif not parameter.default.spread:
            assert sample.of(key) == parameter.mode


def test_correlations_inside_a_group_are_reached(catalogue: Catalogue) -> None:
    sample = draws_of(catalogue)
    groups: dict[tuple[str, float], list[str]] = {}
    for key, parameter in catalogue.parameters.items():
        if parameter.correlated and parameter.default and parameter.default.spread:
            groups.setdefault(parameter.correlated, []).append(key)
    assert {("severity", 0.6), ("dependence", 0.75), ("recapture", 0.7)} <= set(groups)
    for (group, correlation), keys in groups.items():
        members = [(key, "") for key in keys]
        if group == "recapture":  # one row, drawn once for each sector
            members = [(keys[0], sector.key) for sector in catalogue.sectors]
        scores = [normal_scores(catalogue.parameters[key], sample.of(key, member)) for key, member in members]
        correlations = np.corrcoef(scores)[np.triu_indices(len(scores), 1)]
        assert correlations.mean() == pytest.approx(correlation, abs=0.01), group
        assert np.abs(correlations - correlation).max() < 0.05, group


def test_the_half_ratio_moves_with_severity(catalogue: Catalogue) -> None:
    keys = ("degradation.half_ratio_scale", "severity.full_blackout.freelance")
    sample = draws_of(catalogue)
    scores = [normal_scores(catalogue.parameters[key], sample.of(key)) for key in keys]
    assert np.corrcoef(scores)[0, 1] == pytest.approx(0.6, abs=0.03)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "most"), [(4096, 0.15), (16_384, 0.03)])
def test_all_other_inputs_are_independent(catalogue: Catalogue, size: int, most: float) -> None:
    """At 4,096 draws a few pairs of Sobol dimensions still move together (0.13 at worst); more draws part them."""
    sample = draws_of(catalogue, size)
    alone = [
        k for k, p in catalogue.parameters.items() if p.default and p.default.spread and not p.correlated
    ]
    one_of_each = [*alone, "severity.full_blackout.small", "sector.finance.dependence"]
    scores = [normal_scores(catalogue.parameters[key], sample.of(key)) for key in one_of_each]
    correlations = np.abs(np.corrcoef(scores)[np.triu_indices(len(scores), 1)])
    assert correlations.mean() < 0.01
    assert np.mean(correlations > 0.05) < 0.01
    assert correlations.max() < most, one_of_each


def test_the_structural_multiplier_is_lognormal_with_median_one(catalogue: Catalogue) -> None:
    values = np.log(draws_of(catalogue).multiplier("structure.gsd")) / np.log(1.5)
    assert np.median(values) == pytest.approx(0, abs=0.01)
    assert kstest(values, "norm").statistic < 0.02


@pytest.mark.parametrize("size", [256, 1000, 4096, 4097])
def test_quantiles_against_numpy(size: int) -> None:
    values = np.random.default_rng(size).lognormal(size=(3, size))
    before = values.copy()
    quantiles = np.stack([*Range.along(values)])
    np.testing.assert_allclose(quantiles, np.quantile(values, [0.05, 0.5, 0.95], axis=-1), rtol=1e-13)
    np.testing.assert_array_equal(values, before)  # a copy is sorted


@pytest.mark.slow
def test_more_draws_converge(catalogue: Catalogue) -> None:
    ids = ("gross", "net_direct")
    seeds = range(1, 7)

    def spread(draws: int) -> float:
        """Relative scatter of the 5, 50 and 95% points over seeds."""
        ends = []
        for seed in seeds:
            (result,) = estimate_many(catalogue, [Scenario(draws=draws, seed=seed)], curves=False)
            ends.append([getattr(result.amount(i), part) for i in ids for part in ("low", "median", "high")])
        table = np.array(ends)
        return float((table.std(axis=0) / table.mean(axis=0)).mean())

    few, many = spread(256), spread(4096)
    assert many < few / 2  # plain draws would give a quarter, a Sobol sequence more
    assert many < 0.02


def test_two_scenarios_share_their_draws(catalogue: Catalogue) -> None:
    base = Scenario(draws=1024)
    plain, halved = estimate_many(catalogue, [base, base.with_changes(place=0.5)])
    np.testing.assert_allclose(halved.draws["net_direct"], 0.5 * plain.draws["net_direct"], rtol=1e-12)
    alone = estimate(catalogue, base)
    np.testing.assert_allclose(alone.draws["net_direct"], plain.draws["net_direct"], rtol=1e-12)


def test_pinning_one_input_moves_no_other_draw(catalogue: Catalogue) -> None:
    free = draws_of(catalogue, 1024)
    pinned = Draws(catalogue, resolved(catalogue, {"onset.shape": 0.8}), 1024, 1)
    assert pinned.of("onset.shape") == 0.8
    for key in ("onset.immediate", "sector.finance.dependence", "churn.rate"):
        np.testing.assert_array_equal(pinned.of(key), free.of(key))


def test_a_replaced_range_is_drawn_from(catalogue: Catalogue) -> None:
    sample = Draws(catalogue, resolved(catalogue, {"churn.rate": (0.1, 0.15, 0.2)}), 1024, 1)
    values = sample.of("churn.rate")
    assert values.min() >= 0.1 and values.max() <= 0.2
    assert values.mean() == pytest.approx(0.15, rel=0.01)


def test_the_same_seed_gives_the_same_draws_and_another_seed_others(catalogue: Catalogue) -> None:
    first, again, other = (draws_of(catalogue, 512, seed).of("churn.rate") for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
