"""What each measure saves: the loss without any less the loss with it alone, on the same draws."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from briefing.common.measures import finding, measures
from model.catalogue.load import Catalogue
from model.common.numbers import money, spoken
from model.estimation.estimate import Estimate, estimate
from model.scenario.scenario import Scenario

SECOND, HOME = "lever.second_link.coverage", "lever.work_from_home.coverage"
COST = "lever.second_link.cost_musd_per_year"


def result_with(catalogue: Catalogue, assumptions: dict[str, Any], **more: Any) -> Estimate:
    return estimate(catalogue, Scenario(draws=256, hours=72.0, assumptions=assumptions, **more))


def test_what_a_measure_saves_is_a_difference_on_the_same_draws(catalogue: Catalogue) -> None:
    both = result_with(catalogue, {SECOND: 0.5, HOME: 0.5, COST: 2.0})
    rows = {row.key: row for row in measures(both)}
    assert list(rows) == ["second_link", "work_from_home", "all"] and rows["all"].together
    without = result_with(catalogue, {}).draws["net_direct"]
    for key, part in (("second_link", {SECOND: 0.5}), ("work_from_home", {HOME: 0.5})):
        saved = np.quantile(without - result_with(catalogue, part).draws["net_direct"], (0.05, 0.5, 0.95))
        assert tuple(rows[key].saved) == pytest.approx(tuple(saved))
        assert rows[key].text.startswith(money(float(saved[1])))
    assert rows["second_link"].cost == 2e6 and rows["second_link"].cost_text == "$2.0M"
    assert rows["second_link"].verdict == "worth it" and rows["work_from_home"].verdict == "adds to the loss"
    whole = np.median(without - both.draws["net_direct"])
    said = finding(both)
    assert said.startswith(f"Two measures together save about {spoken(float(whole))} (")
    assert said.endswith(". Work from home adds to the loss.")


def test_verdicts_compare_with_the_cost_of_a_year(catalogue: Catalogue) -> None:
    (saved,) = measures(result_with(catalogue, {SECOND: 0.5, COST: 0.0}))
    assert saved.verdict == "costs nothing"
    low, high = saved.saved.low / 1e6, saved.saved.high / 1e6
    for cost, verdict in (
        (low * 0.99, "worth it"),
        ((low + high) / 2, "uncertain"),
        (high * 1.01, "not worth it"),
    ):
        (row,) = measures(result_with(catalogue, {SECOND: 0.5, COST: cost}))
        assert row.verdict == verdict


def test_one_measure_is_named_and_none_says_nothing(catalogue: Catalogue) -> None:
    worse = result_with(catalogue, {HOME: 0.5})
    size = spoken(-measures(worse)[0].saved.median)
    assert finding(worse).startswith(f"One measure, work from home, adds about {size} (")
    assert finding(worse).endswith(" to the loss.")
    none = result_with(catalogue, {})
    assert finding(none) == "" and measures(none) == ()
