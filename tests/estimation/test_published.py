"""The illustration of the method page, made by an independent prototype, and other economies.

Agreement shows that the equations were read the same way; it is no evidence that they are true.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from helpers.by_hand import ends
from helpers.each import each

from model.catalogue.load import load
from model.estimation.estimate import Estimate, estimate_many
from model.scenario.scenario import Scenario

MILLION = 1e6
ILLUSTRATION = ["gross", "net_direct", "lagged_receipts"]
# kind, hours, then 5 / 50 / 95 % of gross, net direct and lagged receipts in M USD (120,000 plain draws)
ROWS: tuple[tuple[str, float, tuple[tuple[float, float, float], ...]], ...] = (
    ("full_blackout", 1, ((0.90, 2.18, 5.0), (0.52, 1.26, 3.0), (0, 0, 0))),
    ("full_blackout", 24, ((24, 56, 129), (14, 33, 77), (0, 0.03, 14))),
    ("full_blackout", 7 * 24, ((175, 412, 940), (127, 305, 714), (13, 79, 209))),
    ("full_blackout", 30 * 24, ((718, 1690, 3870), (648, 1540, 3540), (61, 356, 854))),
    ("mobile_only", 4 * 24, ((31, 77, 185), (20, 48, 116), (0, 1.3, 14))),
    ("single_platform_block", 318 * 24, ((23, 85, 271), (14, 50, 163), (0.2, 14, 69))),
    ("vpn_block", 180 * 24, ((42, 138, 402), (23, 76, 229), (21, 143, 463))),
    ("slowdown", 120 * 24, ((17, 132, 608), (10, 76, 356), (0.4, 43, 263))),
)
CASES = [
    (kind, hours, name, expected)
    for kind, hours, cells in ROWS
    for name, expected in zip(ILLUSTRATION, cells, strict=True)
]


@lru_cache(maxsize=32)
def result_of(kind: str, hours: float, draws: int) -> Estimate:
    return alone(Scenario(kind=kind, hours=hours, draws=draws))


def alone(scenario: Scenario) -> Estimate:
    """The result at the scenario's own length, without the curves over others."""
    return estimate_many(load(), [scenario], curves=False)[0]


def agrees(found: float, printed: float, relative: float, *, end: bool) -> bool:
    """Within the stated share; medians below 1 M within 0.05 M, ends of 0 at most 0.01 M."""
    if end and printed == 0:
        return found <= 0.01
    if not end and printed < 1:
        return abs(found - printed) <= 0.05
    return abs(found - printed) <= relative * printed


def compare(result: Estimate, name: str, expected: tuple[float, float, float]) -> None:
    amount = result.amount(name)
    low, median, high = (float(value or 0) / MILLION for value in (amount.low, amount.median, amount.high))
    assert agrees(median, expected[1], 0.10, end=False), f"median {median:.4g} against {expected[1]}"
    assert agrees(low, expected[0], 0.15, end=True), f"5 % {low:.4g} against {expected[0]}"
    assert agrees(high, expected[2], 0.15, end=True), f"95 % {high:.4g} against {expected[2]}"


# In these two, 4.2 % of the draws lose no contract at all, so the 5 % point lies just above zero and is mostly noise:
# over six seeds 4,096 draws place it between 0.15 and 0.25 M (single platform) and 0.22 and 0.37 M (slowdown);
# 393,000 draws place it at 0.193 and 0.348 M. It is printed with one digit, as 0.2 and 0.4.
NOISY = (("single_platform_block", "lagged_receipts"), ("slowdown", "lagged_receipts"))


@pytest.mark.slow
@each(("kind", "hours", "name", "expected"), CASES)
def test_illustration(kind: str, hours: float, name: str, expected: tuple[float, float, float]) -> None:
    """With more draws than the default, so that what differs is the reading and not the noise."""
    if (kind, name) not in NOISY:
        compare(result_of(kind, hours, 16_384), name, expected)
        return
    many = [Scenario(kind=kind, hours=hours, draws=65_536, seed=seed) for seed in range(1, 5)]
    draws = np.concatenate([alone(scenario).draws[name] for scenario in many])
    low, median, high = np.quantile(draws, [0.05, 0.5, 0.95]) / MILLION
    assert agrees(low, expected[0], 0.15, end=True), f"5 % {low:.4g} against {expected[0]}"
    assert agrees(median, expected[1], 0.10, end=False), f"median {median:.4g} against {expected[1]}"
    assert agrees(high, expected[2], 0.15, end=True), f"95 % {high:.4g} against {expected[2]}"


@each(("kind", "hours", "name", "expected"), CASES)
def test_illustration_at_the_default_number_of_draws(
    kind: str, hours: float, name: str, expected: tuple[float, float, float]
) -> None:
    if (kind, name) in NOISY:
        low = (result_of(kind, hours, 4_096).amount(name).low or 0) / MILLION
        assert expected[0] / 2 <= low <= expected[0] * 2  # all that these two ends can be held to here
        expected = (low, *expected[1:])
    compare(result_of(kind, hours, 4_096), name, expected)


def test_half_of_the_draws_of_one_day_lose_no_contract() -> None:
    lagged = result_of("full_blackout", 24.0, 16_384).draws["lagged_receipts"]
    assert np.mean(lagged == 0) == pytest.approx(0.49, abs=0.02)


def test_the_illustration_stands_on_these_inputs() -> None:
    economy = result_of("full_blackout", 24.0, 4_096).economy
    assert economy.gdp == pytest.approx(407.3e9, rel=1e-3)
    assert economy.gva / economy.gdp == pytest.approx(0.941, rel=1e-3)
    assert economy.receipts == pytest.approx(3_810e6)


@pytest.mark.parametrize("iso3", ["EGY", "IND", "DEU", "KEN", "IRN"])
def test_other_economies_get_finite_ordered_ranges(iso3: str) -> None:
    catalogue = load()
    kinds = tuple(catalogue.kinds)
    assert len(kinds) == 7
    for kind, result in zip(
        kinds,
        estimate_many(catalogue, [Scenario(country=iso3, kind=kind) for kind in kinds], curves=False),
        strict=True,
    ):
        for amount in result.amounts:
            values = (amount.low, amount.median, amount.high, amount.mean)
            if amount.id.startswith("lagged") and not result.economy.receipts_measured:
                assert values == (None,) * 4
                assert "not measured" in amount.label
                continue
            assert all(value is not None and np.isfinite(value) for value in values), (kind, amount.id)
            low, median, high = ends(amount)
            assert 0 <= low <= median <= high, (kind, amount.id)
        low, median, high = ends(result.amount("net_direct"))
        assert 0 < low < median < high, kind
        assert high < result.economy.gdp, kind


def test_iran_says_what_is_not_measured_and_the_others_do_not() -> None:
    catalogue = load()
    measured = {
        iso3: "it_export_receipts" in catalogue.figures[iso3] for iso3 in ("EGY", "IND", "DEU", "KEN", "IRN")
    }
    for iso3, known in measured.items():
        result = alone(Scenario(country=iso3, draws=256))
        said = any("lagged amounts are not measured" in sentence for sentence in result.warnings)
        assert said is not known, iso3


@pytest.mark.slow
def test_at_least_205_economies_can_be_run() -> None:
    catalogue = load()
    usable = [country.iso3 for country in catalogue.countries.values() if country.available == "yes"]
    assert len(usable) >= 205
    for iso3 in usable:
        low, median, high = ends(alone(Scenario(country=iso3, draws=256)).amount("net_direct"))
        assert 0 < low <= median <= high < np.inf, iso3
