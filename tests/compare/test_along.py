"""Scenarios along every duration: by hand on the draws of single estimates, where they meet, what is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from helpers.compared import QUICK, points
from helpers.strategies import scenarios
from hypothesis import given, settings

from model.catalogue.load import Catalogue, load
from model.common.durations import STOPS
from model.common.errors import InputError
from model.common.ranges import Range
from model.compare import curves as module
from model.compare import differences, sentences
from model.compare.curves import Along, along
from model.estimation.estimate import estimate, estimate_many
from model.scenario.scenario import Scenario

KINDS = (
    QUICK,
    QUICK.with_changes(kind="mobile_only", hours=72.0),
    QUICK.with_changes(kind="vpn_block", hours=2520.0),
)
NAMES = ["blackout", "mobile", "vpn"]
NOTHING = Range(*(np.zeros(0),) * 3)
SAME = 1e-9


def test_differences_and_ratios_are_draw_by_draw_at_every_duration(catalogue: Catalogue) -> None:
    rows = along(catalogue, KINDS, NAMES, reference=1)
    assert [row.label for row in rows] == NAMES
    hours = list(rows[0].durations)
    assert hours == list(STOPS), "each scenario's own duration is a stop already"
    for at in (1.0, 24.0, 168.0, 2520.0):
        here = hours.index(at)
        draws = [
            each.draws["net_direct"]
            for each in estimate_many(catalogue, [s.with_changes(hours=at) for s in KINDS])
        ]
        for row, own in zip(rows, draws, strict=True):
            assert [*row.cost.at(here)] == pytest.approx(points(own), rel=SAME)
            assert [*row.difference.at(here)] == pytest.approx(points(own - draws[1]), rel=SAME, abs=1e-6)
            assert [*row.ratio.at(here)] == pytest.approx(points(own / draws[1]), rel=SAME)
    apart = rows[0].cost.high - rows[1].cost.high
    assert not np.allclose(rows[0].difference.high, apart, rtol=0.01), (
        "a difference of ranges is another thing"
    )


def test_at_its_own_duration_each_row_says_what_the_bars_say(catalogue: Catalogue) -> None:
    rows = along(catalogue, KINDS, NAMES, reference=0)
    for row, scenario in zip(rows, KINDS, strict=True):
        at = scenario.hours
        beside = differences.side_by_side(
            catalogue, [KINDS[0].with_changes(hours=at), scenario], ["base", "own"]
        )[1]
        for band, value in (
            (row.cost, beside.amount), (row.difference, beside.difference), (row.ratio, beside.ratio),
        ):  # fmt: skip
            ends = value.low, value.median, value.high
            assert [*band.at(row.own)] == pytest.approx(ends, rel=SAME, abs=1e-6)


@pytest.mark.slow
@settings(max_examples=10)
@given(scenarios(), scenarios())
def test_the_cost_is_that_of_the_estimate(one: Scenario, other: Scenario) -> None:
    """Beside another scenario too, whose own duration is one more point of the grid."""
    catalogue, other = load(), other.with_changes(seed=one.seed, draws=one.draws, currency=one.currency)
    row = along(catalogue, [one, other], ["one", "other"])[0]
    result = estimate(catalogue, one)
    curve, shared = result.curves["net_direct"], np.isin(row.durations, result.durations)
    # The integrals are right to about 1e-5: of all that is interrupted, of which a small part may be lost for good.
    near = 3e-5 * result.curves["gross"].high + 0.01
    for compared, alone in (
        (row.cost.low, curve.low),
        (row.cost.median, curve.median),
        (row.cost.high, curve.high),
    ):
        np.testing.assert_array_less(np.abs(compared[shared] - alone), near)
    assert not np.any(row.difference.high) and not np.any(row.difference.low)
    assert set(np.unique(row.ratio.median[np.isfinite(row.ratio.median)])) <= {1.0}


def test_where_a_draw_costs_nothing_in_both_it_says_nothing(catalogue: Catalogue) -> None:
    cut = QUICK.with_changes(kind="cable_cut", capacity_lost=0.3)  # many networks carry that without a loss
    rows = along(
        catalogue, [cut, cut.with_changes(kind="full_blackout", capacity_lost=None)], ["cut", "blackout"]
    )
    free = estimate(catalogue, cut).draws["net_direct"] == 0
    assert 0 < free.mean() < 1
    assert np.all(np.isnan(rows[1].ratio.median)), "a blackout costs something where a cut costs nothing"
    assert np.all(rows[1].difference.low > 0)
    rows = along(catalogue, [cut, cut.with_changes(spells=2)], ["once", "twice"])
    here = rows[0].own
    assert [*rows[1].ratio.at(here)] == pytest.approx((2, 2, 2), rel=0.2), "the free draws are left out"
    none = QUICK.with_changes(place=0.0)
    rows = along(catalogue, [none, none], ["none", "none too"])
    for row in rows:
        assert np.all(np.isnan(row.ratio.median)) and not np.any(row.cost.high), (
            "nothing has no ratio to nothing"
        )


def test_a_share_of_the_country_is_that_share(catalogue: Catalogue) -> None:
    whole, tenth = along(catalogue, [QUICK, QUICK.with_changes(place=0.1)], ["whole", "tenth"])
    np.testing.assert_allclose(tenth.cost.median, whole.cost.median / 10, rtol=1e-12)
    np.testing.assert_allclose(tenth.ratio.median, 0.1, rtol=1e-12)
    sindh = along(catalogue, [QUICK, QUICK.with_changes(regions=("Sindh",))], ["whole", "Sindh"])[1]
    there = estimate(catalogue, QUICK.with_changes(regions=("Sindh",))).curves["net_direct"]
    np.testing.assert_allclose(sindh.cost.median, there.median, rtol=SAME)


def test_money_is_one_for_all(catalogue: Catalogue) -> None:
    rupees = [scenario.with_changes(currency="PKR") for scenario in KINDS]
    rate = catalogue.figures["PAK"]["fx"].value
    for in_rupees, dollars in zip(
        along(catalogue, rupees, NAMES), along(catalogue, KINDS, NAMES), strict=True
    ):
        assert (in_rupees.unit, dollars.unit) == ("PKR", "USD")
        np.testing.assert_allclose(in_rupees.difference.high, dollars.difference.high * rate, rtol=1e-9)
    iran = QUICK.with_changes(country="IRN", currency="IRR")  # no usable official rate
    typed = iran.with_changes(assumptions={"currency.lcu_per_usd": 1_000_000.0})
    assert [row.unit for row in along(catalogue, [iran, typed], ["official", "typed"])] == ["USD", "USD"]
    assert [row.unit for row in along(catalogue, [typed, typed], ["one", "two"])] == ["IRR", "IRR"]


def test_many_draws_go_through_in_parts_with_the_same_result(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[float] = []
    together = along(catalogue, KINDS, NAMES, reference=2, tick=heard.append)
    assert heard == sorted(heard) and heard[-1] == 1
    monkeypatch.setattr(module, "DRAWS_AT_ONCE", 1024)
    parts: list[float] = []
    apart = along(catalogue, KINDS, NAMES, reference=2, tick=parts.append)
    assert parts == sorted(parts) and parts[-1] == 1 and len(parts) >= 3
    for one, other in zip(together, apart, strict=True):
        for first, second in (
            (one.cost, other.cost),
            (one.difference, other.difference),
            (one.ratio, other.ratio),
        ):
            np.testing.assert_array_equal(first.median, second.median)
            np.testing.assert_array_equal(first.high, second.high)


def test_what_cannot_be_compared_says_so(catalogue: Catalogue) -> None:
    with pytest.raises(InputError, match="one currency"):
        along(catalogue, [QUICK, QUICK.with_changes(currency="PKR")], ["a", "b"])
    with pytest.raises(InputError, match="one seed"):
        along(catalogue, [QUICK, QUICK.with_changes(seed=2)], ["a", "b"])


@pytest.mark.parametrize(
    ("ratios", "expected"),
    [
        ([0.5, 0.5, 2.0, 2.0], [20.0]),  # half way between 10 and 40 on log axes
        ([0.5, 1.0, 2.0, 0.5], [10.0, 80.0]),  # exactly at a stop, and half way to the last
        ([2.0, 3.0, np.nan, 4.0], []),
        ([1.0, 1.0, 1.0, 1.0], []),
        ([0.0, 0.5, 2.0, np.inf], [20.0]),
    ],
)
def test_where_two_scenarios_meet(ratios: list[float], expected: list[float]) -> None:
    hours = np.array([2.5, 10.0, 40.0, 160.0])
    row = Along("mine", QUICK, "USD", hours, NOTHING, NOTHING, Range(*(np.array(ratios),) * 3))
    assert row.meets == pytest.approx(expected)


def test_a_late_crossing_is_where_estimates_agree(catalogue: Catalogue) -> None:
    slow = QUICK.with_changes(assumptions={"onset.immediate": 0.0, "onset.scale_hours": 72.0})
    fast = QUICK.with_changes(assumptions={"onset.immediate": 1.0}, place=0.7)
    rows = along(catalogue, [slow, fast], ["slow", "fast"])
    (hours,) = rows[1].meets
    one, two = estimate_many(catalogue, [replace(slow, hours=hours), replace(fast, hours=hours)])
    assert np.median(two.draws["net_direct"] / one.draws["net_direct"]) == pytest.approx(1, rel=0.01)


def band(*values: float) -> Range[np.ndarray]:
    """One range for every duration, or a low, a median and a high."""
    ends = values if len(values) == 3 else (values[0],) * 3
    return Range(*(np.full(3, end) for end in ends))


@pytest.mark.parametrize(
    ("ratio", "said", "never"),
    [
        (band(1.0), "costs the same as", "certain"),
        (band(0.2, 0.4, 0.7), "less at every length.", "certain"),
        (band(1.2, 1.4, 1.7), "more at every length.", "certain"),
        (
            band(0.32, 0.81, 3.4),
            "less at every length in the middle estimate, but which costs more is not certain",
            "more at",
        ),
        (Range(np.array([0.1, 0.2, 0.3]), np.array([0.5, 2.0, 2.0]), np.array([0.6, 3.0, 3.0])),
         "less up to about 5 hours, more from there on in the middle estimate", "every length."),
        (band(np.nan), "has no ratio to", "every"),
    ],
)  # fmt: skip
def test_a_sentence_says_no_more_than_the_draws(ratio: Range[np.ndarray], said: str, never: str) -> None:
    hours = np.array([2.5, 10.0, 40.0])
    text = sentences.along_text(Along("mine", QUICK, "USD", hours, NOTHING, NOTHING, ratio), "base")
    assert said in text and never not in text
    assert text.startswith("At the same length, “mine” "), (
        "a name may tell a length; the sentence is of every length"
    )
