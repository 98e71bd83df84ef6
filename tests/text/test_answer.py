"""The answer's short figures, by hand."""

from __future__ import annotations

import pytest

from model.catalogue.load import Catalogue
from model.common.numbers import money, percent
from model.estimation.estimate import estimate
from model.scenario.scenario import Scenario
from model.text.answer import answer


def test_by_the_day_of_output_and_in_other_money(catalogue: Catalogue) -> None:
    result = estimate(catalogue, Scenario(country="BGD", hours=72.0, draws=256))
    cost, rate = result.amount("net_direct").median, result.economy.rate
    assert cost is not None and rate is not None
    said = answer(result)
    assert said.cost.median == money(cost) and "$" in said.cost.low and "$" in said.cost.high
    # three days are 3 / 365 of a year
    assert [(item.value, item.label) for item in said.figures] == [
        (money(cost / 3), "a day"),
        (percent(cost / (result.economy.gdp * 3 / 365)), "of what Bangladesh produces in that time"),
        (money(cost * rate.value, "BDT"), "in local money"),
    ]


def test_in_local_money_the_other_is_the_dollar_and_outages_count_each(catalogue: Catalogue) -> None:
    result = estimate(catalogue, Scenario(country="KEN", hours=6.0, spells=2, currency="KES", draws=256))
    cost = result.amount("net_direct").median
    assert cost is not None
    first, _, last = answer(result).figures
    assert (first.value, first.label) == (money(cost / 12, "KES"), "an hour")
    assert (last.value, last.label) == (money(cost / result.money.per_usd), "in US dollars")


@pytest.mark.parametrize("scenario", [Scenario(hours=0.0, draws=256), Scenario(country="YEM", draws=256)])
def test_nothing_and_shares_of_output_have_no_such_figures(catalogue: Catalogue, scenario: Scenario) -> None:
    assert answer(estimate(catalogue, scenario)).figures == ()


def test_one_day_is_told_once_and_a_typed_rate_counts(catalogue: Catalogue) -> None:
    typed = Scenario(draws=256, assumptions={"currency.lcu_per_usd": 300.0})
    result = estimate(catalogue, typed)
    cost = result.amount("net_direct").median
    assert cost is not None
    share, local = answer(result).figures
    assert share.label.startswith("of what") and local.value == money(cost * 300, "PKR")
    assert not [item for item in answer(estimate(catalogue, Scenario(country="USA", draws=256))).figures
                if "money" in item.label]  # fmt: skip
