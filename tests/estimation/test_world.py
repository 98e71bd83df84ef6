"""The world in one product: every economy as an estimate of it alone gives it, the places, the totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from model.catalogue.load import Catalogue, load
from model.common.durations import with_stops
from model.common.errors import InputError
from model.common.numbers import ordinal
from model.compare.league import MEASURES, NO_DOLLARS, NO_FIGURES, League, league
from model.estimation.amounts import Money
from model.estimation.estimate import Estimate, estimate_many, in_money
from model.estimation.inputs import EXPORT_RECEIPTS
from model.estimation.world import World, every_economy, world
from model.scenario.scenario import Scenario

SAME = 1e-12
DAY = Scenario(draws=256)
SOME = (
    "PAK",
    "USA",
    "IRL",
    "TCD",
    "CUB",
    "ABW",
)  # home, rich, IT held, poor and without a coast, old money, small


@cache
def everywhere() -> World:
    return world(load(), DAY)


def dollars(result: Estimate) -> Estimate:
    return in_money(result, Money("USD", 1.0, ""))


def singly(catalogue: Catalogue, scenario: Scenario, codes: Sequence[str]) -> list[Estimate]:
    asked = [scenario.with_changes(country=code) for code in codes]
    return [dollars(result) for result in estimate_many(catalogue, asked, curves=False)]


def test_every_kind_at_every_duration_is_the_estimate_alone(catalogue: Catalogue) -> None:
    cases = [Scenario(kind=kind, hours=72, draws=256) for kind in catalogue.kinds]
    cases += [
        Scenario(hours=6, spells=20, period_days=1, start="2026-01-05T08:00", draws=256),
        Scenario(kind="slowdown", ratio=0.5, place=0.2, draws=256),
        Scenario(
            draws=256, assumptions={"lever.whitelisting.coverage": 0.6, "lever.work_from_home.coverage": 0.4}
        ),
    ]
    for scenario in cases:
        together = world(catalogue, scenario, with_stops(scenario.hours), codes=SOME)
        alone = estimate_many(catalogue, [scenario.with_changes(country=code) for code in SOME])
        for index, result in enumerate(map(dollars, alone)):
            curve = result.curves["net_direct"]
            for of_all, of_one in zip(together.net, curve, strict=True):
                np.testing.assert_allclose(of_all[index], of_one, rtol=SAME, atol=1e-9)
            np.testing.assert_allclose(
                together.draws[index], result.draws["net_direct"], rtol=SAME, atol=1e-9
            )


def test_every_economy_is_the_estimate_alone(catalogue: Catalogue) -> None:
    codes = every_economy(catalogue)
    assert len(codes) >= 205 and [one.country.iso3 for one in everywhere().economies] == codes
    for index, result in enumerate(singly(catalogue, DAY, codes)):
        np.testing.assert_allclose(everywhere().draws[index], result.draws["net_direct"], rtol=SAME)


def test_amounts_typed_for_one_country_hold_there_alone(catalogue: Catalogue) -> None:
    typed = DAY.with_changes(assumptions={EXPORT_RECEIPTS: 9000.0}, currency="PKR", regions=("Sindh",))
    moved, plain = (world(catalogue, one, codes=("IND", "PAK")) for one in (typed, DAY))
    own = singly(catalogue, DAY.with_changes(assumptions=typed.assumptions), ["PAK"])[0]
    np.testing.assert_allclose(moved.draws[0], plain.draws[0], rtol=SAME)
    np.testing.assert_allclose(moved.draws[1], own.draws["net_direct"], rtol=SAME)
    assert not np.allclose(moved.draws[1], plain.draws[1], rtol=1e-6)


def test_the_estimate_of_a_row_says_what_the_estimate_alone_says(catalogue: Catalogue) -> None:
    """The same parameters enter it, and the same warnings stand: Pakistan's tax share is not the others'."""
    asked = DAY.with_changes(gap_days=3.0, assumptions={"fiscal.tax_share": 0.2, "churn.rate": 0.01})
    for scenario in (DAY, asked):
        rows = world(catalogue, scenario, codes=SOME).estimates
        for code, row in zip(SOME, rows, strict=True):
            single = estimate_many(catalogue, [scenario.with_changes(country=code)], curves=False)[0]
            assert (row.used, row.warnings, row.money) == (single.used, single.warnings, single.money)
            assert row.scenario == single.scenario and row.draws.keys() < single.draws.keys()


def test_what_cannot_be_asked_is_said(catalogue: Catalogue) -> None:
    with pytest.raises(InputError, match="ratio"):
        world(catalogue, DAY.with_changes(ratio=0.5))
    with pytest.raises(InputError, match="has no usable figures"):
        world(catalogue, DAY, codes=("PRK",))
    with pytest.raises(InputError, match="no measure"):
        league(everywhere(), "size")


def test_nothing_lost_is_nothing_everywhere(catalogue: Catalogue) -> None:
    nothing = league(world(catalogue, DAY.with_changes(hours=0.0), codes=SOME))
    assert not nothing.world.draws.any()
    assert {row.places for row in nothing.rows} == {(1, 1), None}, "who costs nothing shares a place"
    assert nothing.totals[0].cost is not None and nothing.totals[0].per_day is None


def by_hand(draws: list[list[float]]) -> League:
    """Four economies with losses written here, two draws each in which the range takes both ends."""
    some = world(load(), DAY, codes=("USA", "IND", "KEN", "CUB"))
    values = np.array(draws, dtype=float)
    ends = [np.quantile(values, p, axis=-1)[:, None] for p in (0.05, 0.5, 0.95)]
    return league(replace(some, draws=values, net=type(some.net)(*ends)))


def test_places_are_as_close_as_the_draws_allow() -> None:
    # In half of the draws India loses more than the United States; Kenya is always last. Cuba has no dollars.
    rows = {
        row.economy.country.iso3: row
        for row in by_hand([[9, 5] * 20, [8, 6] * 20, [1, 1] * 20, [7, 7] * 20]).rows
    }
    assert rows["USA"].places == (1, 2) and rows["IND"].places == (1, 2) and rows["KEN"].places == (3, 3)
    assert rows["USA"].places_text == "between 1st and 2nd" and rows["KEN"].places_text == "3rd"
    assert rows["CUB"].places is None and rows["CUB"].values["usd"] is None and rows["CUB"].values["share"]
    assert [row.economy.country.iso3 for row in by_hand([[9], [8], [1], [7]]).rows] == [
        "USA",
        "IND",
        "KEN",
        "CUB",
    ]


def test_totals_are_sums_of_the_same_draws() -> None:
    totals = {
        total.name: total for total in by_hand([[9, 1] * 20, [1, 9] * 20, [2, 2] * 20, [7, 7] * 20]).totals
    }
    cost = totals["World"].cost
    assert cost is not None and [*cost] == [12, 12, 12], "one is high where the other is low"
    assert totals["World"].count == 3 and (NO_DOLLARS, 1) in totals["World"].left_out
    assert dict(totals["World"].left_out)[NO_FIGURES] == sum(
        row.available == "no" for row in load().countries.values()
    )
    assert totals["Africa"].cost == totals["Africa"].per_day and totals["Africa"].cost.median == 2  # type: ignore[union-attr]
    kenya = load().figures["KEN"]
    assert totals["Africa"].share is not None and totals["Africa"].per_head is not None
    assert totals["Africa"].share.median == pytest.approx(2 / (kenya["gdp"].value / 365))
    assert totals["Africa"].per_head.median == pytest.approx(2 / kenya["population"].value)


def test_measures_are_one_loss_in_other_words() -> None:
    by_head = league(everywhere(), "per_head")
    heads = [row.values["per_head"].median for row in by_head.rows if row.values["per_head"]]
    assert heads == sorted(heads, reverse=True) and len(heads) > 195
    for row in by_head.rows:
        place, cost = row.economy, row.values["usd"]
        if cost is None:
            assert place.money_old and row.values["share"] is not None and row.places is None
            continue
        share = row.values["share"]
        assert share is not None and share.high == pytest.approx(cost.high / place.gdp * 365)
        assert (row.values["per_head"] is None) == (place.population is None)
        assert all(MEASURES[key].words(value).full for key, value in row.values.items() if value)


def test_ordinals() -> None:
    assert [*map(ordinal, (1, 2, 3, 4, 11, 12, 13, 21, 101, 111, 122))] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "101st", "111th", "122nd",
    ]  # fmt: skip
