"""The illustration of the method page, made by an independent prototype, and other economies.

Agreement shows that the equations were read the same way; it is no evidence that they are true.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import pytest
from helpers.by_hand import ends
from helpers.each import each

from model.catalogue.load import load
from model.compare.league import league
from model.estimation.estimate import Estimate, estimate_many
from model.estimation.world import world
from model.scenario.scenario import Scenario

MILLION = 1e6
ILLUSTRATION = ["gross", "net_direct", "lagged_receipts"]
# kind, hours, then 5 / 50 / 95% of gross, net direct and lagged receipts in M USD (120,000 plain draws)
ROWS: tuple[tuple[str, float, tuple[tuple[float, float, float], ...]], ...] = (
    ("full_blackout", 1, ((0.43, 0.77, 1.44), (0.28, 0.49, 0.90), (0, 0, 0))),
    ("full_blackout", 24, ((14.5, 26.9, 52), (9.0, 16.5, 32), (0, 0.03, 14))),
    ("full_blackout", 7 * 24, ((102, 193, 378), (73, 140, 281), (13, 79, 210))),
    ("full_blackout", 30 * 24, ((418, 791, 1560), (370, 705, 1400), (60, 353, 855))),
    ("mobile_only", 4 * 24, ((20, 41, 84), (14, 27, 54), (0, 1.3, 14))),
    ("single_platform_block", 318 * 24, ((18, 54, 142), (12, 34, 89), (0.2, 14, 69))),
    ("vpn_block", 180 * 24, ((40, 104, 233), (23, 60, 139), (21, 143, 463))),
    ("slowdown", 120 * 24, ((9.9, 69, 281), (5.8, 41, 167), (0.3, 43, 263))),
)
# One day of full blackout: net share of that day's GDP in per cent, 5 / 50 / 95%.
ECONOMIES: dict[str, tuple[float, float, float]] = {
    "UGA": (0.73, 1.43, 2.80), "ETH": (0.49, 1.00, 2.06), "YEM": (0.94, 1.73, 3.23), "KEN": (1.29, 2.37, 4.32),
    "IND": (1.77, 2.97, 4.95), "BGD": (1.15, 2.18, 4.12), "IRN": (1.65, 2.88, 5.06), "PAK": (0.81, 1.48, 2.85),
    "ESP": (2.65, 4.77, 8.39), "GBR": (2.66, 4.98, 8.97), "USA": (3.25, 6.08, 10.88), "IRL": (4.50, 7.59, 12.36),
}  # fmt: skip
MEDIANS, ENDS = 0.05, 0.10  # relative, of money
SMALL = 0.05  # M USD, for what is below 1 M
POINTS_OF_MEDIANS, POINTS_OF_ENDS = 0.15, 0.4  # of a day's GDP
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


def agrees(value: float, printed: float, relative: float) -> bool:
    """Within the stated share; what is printed below 1 M, and without its third digit, within 0.05 M."""
    return abs(value - printed) <= (SMALL if printed < 1 else relative * printed)


def compare(values: Iterable[float], expected: tuple[float, float, float]) -> None:
    """Low, median and high in M USD against what the prototype printed."""
    for value, printed, relative in zip(values, expected, (ENDS, MEDIANS, ENDS), strict=True):
        assert agrees(value, printed, relative), f"{value:.4g} against {printed}"


def millions(result: Estimate, name: str) -> list[float]:
    """Low, median and high of an amount."""
    return [float(value or 0) / MILLION for value in result.amount(name).range]


# In these two, 4.2% of the draws lose no contract at all, so the 5% point lies just above zero and is mostly noise:
# six seeds of 4,096 draws place it between 0.15 and 0.25 M (single platform) and 0.22 and 0.37 M (slowdown).
NOISY = (("single_platform_block", "lagged_receipts"), ("slowdown", "lagged_receipts"))
NOISE = 0.1  # M USD


@pytest.mark.slow
@each(("kind", "hours", "name", "expected"), CASES)
def test_illustration(kind: str, hours: float, name: str, expected: tuple[float, float, float]) -> None:
    """With more draws than the default, so that what differs is the reading and not the noise."""
    compare(millions(result_of(kind, hours, 16_384), name), expected)


@each(("kind", "hours", "name", "expected"), CASES)
def test_illustration_at_the_default_number_of_draws(
    kind: str, hours: float, name: str, expected: tuple[float, float, float]
) -> None:
    low, median, high = millions(result_of(kind, hours, 4_096), name)
    if (kind, name) in NOISY:
        assert abs(low - expected[0]) <= NOISE
        low = expected[0]
    compare((low, median, high), expected)


@pytest.mark.parametrize("iso3", ECONOMIES)
def test_a_day_in_another_economy(iso3: str) -> None:
    result = alone(Scenario(country=iso3, draws=16_384))
    a_day = result.economy.gdp / 365 * result.money.per_usd
    percents = [100 * float(value or 0) / a_day for value in result.amount("net_direct").range]
    slack = (POINTS_OF_ENDS, POINTS_OF_MEDIANS, POINTS_OF_ENDS)
    for value, printed, points in zip(percents, ECONOMIES[iso3], slack, strict=True):
        assert abs(value - printed) <= points, f"{value:.3g} against {printed}"


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
            values = (*amount.range, amount.mean)
            later = amount.id.startswith("lagged") and not result.economy.receipts_measured
            if later or (amount.id == "tax" and result.economy.tax is None):
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
    for iso3, has_receipts in measured.items():
        result = alone(Scenario(country=iso3, draws=256))
        said = any("export orders lost later are not measured" in sentence for sentence in result.warnings)
        assert said is not has_receipts, iso3


@pytest.mark.slow
def test_at_least_205_economies_can_be_run() -> None:
    catalogue = load()
    usable = [country.iso3 for country in catalogue.countries.values() if country.available == "yes"]
    assert len(usable) >= 205
    for iso3 in usable:
        low, median, high = ends(alone(Scenario(country=iso3, draws=256)).amount("net_direct"))
        assert 0 < low <= median <= high < np.inf, iso3


@pytest.mark.slow
def test_the_readmes_checks_hold_in_every_economy() -> None:
    """A day's blackout lies between what the published shares of a day's GDP give, and the kinds keep their order."""
    catalogue = load()
    share: dict[str, dict[str, float]] = {kind: {} for kind in catalogue.kinds}
    for kind, of_kind in share.items():
        for row in league(world(catalogue, Scenario(kind=kind, draws=256))).rows:
            value = row.values["share"]
            assert value is not None
            of_kind[row.economy.country.iso3] = value.median
    lowest, highest = 0.004, 0.12  # Deloitte 2016, low tier; Brookings 2016
    smaller = ("single_platform_block", "vpn_block", "slowdown", "cable_cut")
    odd = [
        iso3
        for iso3, blackout in share["full_blackout"].items()
        if not lowest < blackout < highest
        or not blackout > share["mobile_only"][iso3] > share["social_media_block"][iso3]
        or max(share[kind][iso3] for kind in smaller) > share["social_media_block"][iso3]
    ]
    assert len(share["full_blackout"]) > 200
    assert not odd
