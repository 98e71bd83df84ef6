"""Continuity measures: sets by hand, overlaps, and both sides of work from home."""

from __future__ import annotations

import json

import numpy as np
import pytest

from model.__main__ import main
from model.calendar import calendar_of
from model.catalogue import Catalogue
from model.estimate import estimate
from model.industry_draws import Values
from model.industry_rows import Industry, load_industry
from model.ledger import Refusal, total
from model.measures import Continuity, best_mix, continuity, cost_of, lockdown_loss, subsets, work_from_home
from model.parameters import Override
from model.scenario import Scenario


@pytest.fixture(scope="module")
def tables_of(catalogue: Catalogue) -> Industry:
    return load_industry(catalogue)


def of(
    catalogue: Catalogue, tables: Industry, given: dict[str, Override] | None = None, calendar: str = "own"
) -> Continuity:
    values = Values(catalogue, tables, given or {})
    return continuity(catalogue, tables, values, calendar_of(catalogue, tables, values, calendar))


def test_sets_by_hand() -> None:
    assert subsets(["a", "b"]) == [(), ("a",), ("b",), ("a", "b")]
    assert len(subsets("abcdef")) == 64
    # cost and benefit: within 10 the pair (4 + 5) avoids most; within 4 one of them; nothing within 0
    sets = [(0.0, 0.0), (4.0, 7.0), (5.0, 8.0), (9.0, 12.0)]
    assert [best_mix(sets, budget) for budget in (10, 5, 4, 0)] == [3, 2, 1, 0]
    assert best_mix([(0, 0), (5, 8), (3, 8)], 10) == 2  # the cheaper of equals


def test_cost_by_hand(catalogue: Catalogue, tables_of: Industry) -> None:
    given: dict[str, Override] = {
        "measure.whitelisting.coverage": 0.5, "measure.whitelisting.units": 316_000.0,
        "measure.whitelisting.unit_usd": 20.0,
    }  # fmt: skip
    assert cost_of(Values(catalogue, tables_of, given), "whitelisting", 512) == pytest.approx(
        0.5 * 316_000 * 20
    )


def test_a_measure_avoids_what_the_estimate_says(catalogue: Catalogue, tables_of: Industry) -> None:
    given: dict[str, Override] = {f"calendar.{kind}.per_year": 0.0 for kind in ("cable_cut",)}
    given |= {"calendar.full_blackout.per_year": 1.0, "measure.whitelisting.coverage": 0.4}
    found = of(catalogue, tables_of, given)
    nets = [
        estimate(catalogue, Scenario(draws=512, assumptions={"lever.whitelisting.coverage": share})).draws[
            "net_direct"
        ]
        for share in (0.0, 0.4)
    ]
    row = next(item for item in found.measures if item.keys == ("whitelisting",))
    assert row.avoided[1] == pytest.approx(np.median(nets[0] - nets[1]), rel=0.01)


def test_best_mix_respects_the_budget_and_beats_every_other_set(
    catalogue: Catalogue, tables_of: Industry
) -> None:
    for budget in (0.1, 1.0, 5.0, 200.0):
        found = of(catalogue, tables_of, {"measure.budget_musd": budget})
        affordable = [avoided for _, cost, avoided in found.sets if cost <= budget * 1e6]
        assert found.best is None or (
            found.best.mean_cost <= budget * 1e6 and found.best.mean_avoided == max(affordable)
        )
        if budget == 0.1:
            assert found.best is None


def test_sets_avoid_less_than_the_sum_of_their_parts(catalogue: Catalogue, tables_of: Industry) -> None:
    found = of(catalogue, tables_of, {"measure.budget_musd": 5000.0})
    assert found.best is not None
    alone = {row.keys[0]: row.mean_avoided for row in found.measures}
    assert found.best.mean_avoided <= sum(alone[key] for key in found.best.keys)
    assert found.best.mean_avoided >= max(alone.values())
    first, second = [amount for amount in found.amounts if amount.id.startswith("measure.avoided")][:2]
    refused = total([first, second])
    assert isinstance(refused, Refusal) and "overlap" in refused.sentence


def test_measures_that_cannot_act_avoid_nothing(catalogue: Catalogue, tables_of: Industry) -> None:
    found = of(catalogue, tables_of, {"calendar.full_blackout.per_year": 0.0})
    for row in found.measures:
        if row.keys[0] in ("whitelisting", "registered_vpn"):
            assert row.avoided == (0, 0, 0) and row.note.startswith("no effect")
            assert row.break_even_days is None


def test_break_even_grows_with_cost(catalogue: Catalogue, tables_of: Industry) -> None:
    lengths = []
    for price in (100_000.0, 400_000.0, 1_500_000.0):
        found = of(catalogue, tables_of, {"measure.help_desk.unit_usd": price})
        row = next(item for item in found.measures if item.keys == ("help_desk",))
        assert row.ratio is not None and row.break_even_days is not None
        lengths.append(row.break_even_days)
    assert lengths == sorted(lengths) and lengths[0] < lengths[-1]


def test_a_calendar_of_nothing(catalogue: Catalogue, tables_of: Industry) -> None:
    nothing: dict[str, Override] = {
        f"calendar.{kind}.per_year": 0.0 for kind in ("cable_cut", "full_blackout")
    }
    found = of(catalogue, tables_of, nothing)
    assert found.loss == (0, 0, 0) and found.best is None
    assert all(row.avoided == (0, 0, 0) for row in found.measures)


def test_work_from_home_has_two_sides(catalogue: Catalogue, tables_of: Industry) -> None:
    # 10 a day, 30 days, half the seats at home at 80 %: 10 x 30 x (1 - 0.4)
    assert float(lockdown_loss(10.0, 30.0, 0.5, 0.8)) == pytest.approx(180)
    found = work_from_home(catalogue, Values(catalogue, tables_of, {}))
    assert np.all(np.diff(found.lockdown_day[1]) < 0)  # a shield
    assert np.all(np.diff(found.outage_day[1]) > 0)  # an exposure
    assert found.lockdown[1] < found.lockdown_none[1] and found.outage[1] > found.outage_none[1]
    row = next(item for item in of(catalogue, tables_of).measures if item.keys == ("work_from_home",))
    assert row.avoided[1] < 0 and row.ratio is not None and row.ratio[1] < 0


def test_later_losses_count_only_when_asked(catalogue: Catalogue, tables_of: Industry) -> None:
    plain, later = (of(catalogue, tables_of, {"measure.count_later": flag}) for flag in (0.0, 1.0))
    for one, two in zip(plain.measures, later.measures, strict=True):
        assert one.avoided == two.avoided
        if one.keys == ("whitelisting",):
            assert two.mean_avoided > one.mean_avoided


def test_costs_say_what_they_rest_on(tables_of: Industry) -> None:
    for row in tables_of.measures.values():
        assert row.status == "assumption" and "own" in row.evidence, row.key
    assert tables_of.measures["backup_hub"].coverage == pytest.approx(83_000 / 2_320_000, abs=5e-4)


def test_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["levers", "--budget", "5", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["sections"]["continuity"]
    assert found["tables"]["measures"]["rows"][0]["label"] == "Whitelisted lines"
    assert len(found["tables"]["sets"]["rows"]) >= 8
    assert main(["levers"]) == 0
    assert "a shield in a lockdown, an exposure" in capsys.readouterr().out
