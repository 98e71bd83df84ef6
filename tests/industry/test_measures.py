"""Continuity measures: sets by hand, overlaps, and both sides of work from home."""

from __future__ import annotations

import csv
import io
import json
from itertools import combinations

import numpy as np
import pytest

from model.__main__ import main
from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.common.ledger import Refusal, total
from model.common.ranges import Range
from model.estimation.estimate import estimate
from model.industry.calendar import MINE, calendar_of, year_of
from model.industry.draws import Values
from model.industry.home_seats import lockdown_loss, work_from_home
from model.industry.measure_sets import Disrupted
from model.industry.measures import (
    Continuity,
    best_mix,
    continuity,
    cost_of,
    subsets,
)
from model.scenario.scenario import Scenario
from model.text.firm_report import continuity_section, home_section


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


def test_cost_by_hand(catalogue: Catalogue, industry_tables: Industry) -> None:
    given: dict[str, Override] = {
        "measure.whitelisting.coverage": 0.5, "measure.whitelisting.units": 316_000.0,
        "measure.whitelisting.unit_usd": 20.0,
    }  # fmt: skip
    assert cost_of(Values(catalogue, industry_tables, given), "whitelisting", 512) == pytest.approx(
        0.5 * 316_000 * 20
    )


def test_a_measure_avoids_what_the_estimate_says(catalogue: Catalogue, industry_tables: Industry) -> None:
    given: dict[str, Override] = {f"calendar.{kind}.per_year": 0.0 for kind in ("cable_cut",)}
    given |= {"calendar.full_blackout.per_year": 1.0, "measure.whitelisting.coverage": 0.4}
    result = of(catalogue, industry_tables, given)
    nets = [
        estimate(catalogue, Scenario(draws=512, assumptions={"lever.whitelisting.coverage": share})).draws[
            "net_direct"
        ]
        for share in (0.0, 0.4)
    ]
    row = next(item for item in result.measures if item.keys == ("whitelisting",))
    assert row.avoided.median == pytest.approx(np.median(nets[0] - nets[1]), rel=0.01)


def test_best_mix_respects_the_budget_and_beats_every_other_set(
    catalogue: Catalogue, industry_tables: Industry
) -> None:
    for budget in (0.1, 1.0, 5.0, 200.0):
        result = of(catalogue, industry_tables, {"measure.budget_musd": budget})
        affordable = [avoided for _, cost, avoided in result.sets if cost <= budget * 1e6]
        assert result.best is None or (
            result.best.mean_cost <= budget * 1e6 and result.best.mean_counted == max(affordable)
        )
        if budget == 0.1:
            assert result.best is None


def test_best_mix_is_that_of_brute_force(catalogue: Catalogue, industry_tables: Industry) -> None:
    """Every set of three measures priced by the estimate itself, one by one, against the page's search."""
    keys = ("whitelisting", "second_link", "work_from_home")
    cover: dict[str, Override] = {
        f"measure.{key}.coverage": (0.4 if key in keys else 0.0) for key in industry_tables.measures
    }
    prices: dict[str, Override] = {"measure.whitelisting.unit_usd": 10.0, "measure.second_link.unit_usd": 5.0}

    def loss(chosen: tuple[str, ...]) -> float:
        """Three cable faults of four days and two blackouts of a day."""
        levers: dict[str, Override] = {f"lever.{key}.coverage": 0.4 for key in chosen}
        cases = ((3, "cable_cut", 96.0), (2, "full_blackout", 24.0))
        losses = [
            often * estimate(catalogue, Scenario(kind=kind, hours=hours, draws=512, assumptions=levers))
            .draws["net_direct"].mean()
            for often, kind, hours in cases
        ]  # fmt: skip
        return float(sum(losses))

    given = {**cover, **prices}
    values = Values(catalogue, industry_tables, given)
    cost = {key: float(cost_of(values, key, 512).mean()) for key in keys}
    priced = {
        chosen: (sum(cost[key] for key in chosen), loss(()) - loss(chosen))
        for size in range(4)
        for chosen in combinations(keys, size)
    }
    seen = set()
    for budget in (0.5, 2.0, 3.0, 8.0):
        best = max(
            (chosen for chosen, (paid, _) in priced.items() if paid <= budget * 1e6),
            key=lambda one: priced[one][1],
        )
        mix = of(catalogue, industry_tables, {**given, "measure.budget_musd": budget}).best
        assert (mix.keys if mix else ()) == best, budget
        if mix:
            assert mix.mean_counted == pytest.approx(priced[best][1])
        seen.add(best)
    assert len(seen) >= 3  # the budgets do pick different sets


def test_sets_avoid_less_than_the_sum_of_their_parts(catalogue: Catalogue, industry_tables: Industry) -> None:
    result = of(catalogue, industry_tables, {"measure.budget_musd": 5000.0})
    assert result.best is not None
    alone = {row.keys[0]: row.mean_counted for row in result.measures}
    assert result.best.mean_counted <= sum(alone[key] for key in result.best.keys)
    assert result.best.mean_counted >= max(alone.values())
    first, second = [amount for amount in result.amounts if amount.id.startswith("measure.avoided")][:2]
    refused = total([first, second])
    assert isinstance(refused, Refusal) and "overlap" in refused.sentence


def test_measures_that_cannot_act_avoid_nothing(catalogue: Catalogue, industry_tables: Industry) -> None:
    result = of(catalogue, industry_tables, {"calendar.full_blackout.per_year": 0.0})
    for row in result.measures:
        if row.keys[0] in ("whitelisting", "registered_vpn"):
            assert row.avoided == Range(0, 0, 0) and row.note.startswith("no effect")
            assert row.break_even_days is None


def test_break_even_grows_with_cost(catalogue: Catalogue, industry_tables: Industry) -> None:
    lengths = []
    for price in (100_000.0, 400_000.0, 1_500_000.0):
        result = of(catalogue, industry_tables, {"measure.help_desk.unit_usd": price})
        row = next(item for item in result.measures if item.keys == ("help_desk",))
        assert row.ratio is not None and row.break_even_days is not None
        lengths.append(row.break_even_days)
    assert lengths == sorted(lengths) and lengths[0] < lengths[-1]


def test_a_calendar_of_nothing(catalogue: Catalogue, industry_tables: Industry) -> None:
    nothing: dict[str, Override] = {
        f"calendar.{kind}.per_year": 0.0 for kind in ("cable_cut", "full_blackout")
    }
    result = of(catalogue, industry_tables, nothing)
    assert result.loss == Range(0, 0, 0) and result.best is None
    assert all(row.avoided == Range(0, 0, 0) for row in result.measures)


def test_work_from_home_has_two_sides(catalogue: Catalogue, industry_tables: Industry) -> None:
    # 10 a day, 30 days, half the seats at home at 80%: 10 x 30 x (1 - 0.4)
    assert float(lockdown_loss(10.0, 30.0, 0.5, 0.8)) == pytest.approx(180)
    home = work_from_home(catalogue, industry_tables, Values(catalogue, industry_tables, {}))
    assert np.all(np.diff(home.lockdown_day.median) < 0)  # a shield
    assert np.all(np.diff(home.outage_day.median) > 0)  # an exposure
    assert home.lockdown.median < home.lockdown_none.median and home.outage.median > home.outage_none.median
    row = next(item for item in of(catalogue, industry_tables).measures if item.keys == ("work_from_home",))
    assert row.avoided.median < 0 and row.ratio is not None and row.ratio.median < 0


def test_later_losses_count_only_when_asked(catalogue: Catalogue, industry_tables: Industry) -> None:
    plain, later = (of(catalogue, industry_tables, {"measure.count_later": flag}) for flag in (0.0, 1.0))
    for one, two in zip(plain.measures, later.measures, strict=True):
        assert one.avoided == two.avoided
        if one.keys == ("whitelisting",):
            assert two.mean_counted > one.mean_counted


def test_later_losses_have_one_grace_a_year(catalogue: Catalogue, industry_tables: Industry) -> None:
    """Four blackouts a year lose what four spells lose, with a measure and without: exposures add up first."""
    given: dict[str, Override] = {"calendar.cable_cut.per_year": 0.0, "calendar.full_blackout.per_year": 4.0}
    result = of(catalogue, industry_tables, {**given, "measure.whitelisting.coverage": 0.4})
    later = [
        estimate(
            catalogue, Scenario(spells=4, draws=512, assumptions={"lever.whitelisting.coverage": share})
        ).draws["lagged_value_added"]
        for share in (0.0, 0.4)
    ]
    whole = estimate(catalogue, Scenario(spells=4, draws=1024)).draws["lagged_value_added"]
    assert [*result.later] == pytest.approx([*Range.of(whole)])
    row = next(item for item in result.measures if item.keys == ("whitelisting",))
    assert [*row.later] == pytest.approx([*Range.of(later[0] - later[1])])
    assert row.mean_later == pytest.approx((later[0] - later[1]).mean())


def test_the_loss_of_a_year_is_one_figure(catalogue: Catalogue, industry_tables: Industry) -> None:
    """What the recurring disruptions cost is what the measures start from, in every calendar and with measures."""
    for calendar in ("cables_and_blackouts", "pakistan_fy24_fy26"):
        values = Values(catalogue, industry_tables, {})
        year = year_of(catalogue, calendar_of(catalogue, industry_tables, values, calendar))
        assert of(catalogue, industry_tables, calendar=calendar).loss == Range.of(year.net)
    values = Values(catalogue, industry_tables, {})
    bare, protected = (
        continuity(
            catalogue, industry_tables, values, calendar_of(catalogue, industry_tables, values, MINE, mine)
        ).loss
        for mine in (Scenario(), Scenario(assumptions={"lever.whitelisting.coverage": 0.5}))
    )
    assert bare == protected  # “without measures” holds none of the reader's either


def test_every_measure_has_a_line_in_the_text(
    catalogue: Catalogue, industry_tables: Industry, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["levers", "--calendar", "own"]) == 0
    plain = capsys.readouterr().out.splitlines()
    for row in of(catalogue, industry_tables).measures:
        line = next(text for text in plain if text.startswith(f"  {row.label}: "))
        assert f"({row.cost_basis}); benefit over cost " in line
        acts = "pays after " in line or "not paid back within two years" in line
        assert acts == bool(row.break_even_of), line


def test_direct_and_later_are_never_one_unnamed_figure(
    catalogue: Catalogue, industry_tables: Industry
) -> None:
    plain, both = (of(catalogue, industry_tables, {"measure.count_later": flag}) for flag in (0.0, 1.0))
    for row in plain.measures:
        assert row.counted == row.avoided and row.mean_counted == row.mean_direct
    for one, two in zip(plain.measures, both.measures, strict=True):
        assert two.mean_counted == pytest.approx(two.mean_direct + two.mean_later)
        if one.break_even_days and two.break_even_days:
            assert two.break_even_days <= one.break_even_days
    by_id = {amount.id: amount for amount in both.amounts}
    for row in both.measures:
        direct, late = by_id[f"measure.avoided.{row.keys[0]}"], by_id[f"measure.later.{row.keys[0]}"]
        assert (direct.mean, late.mean) == (row.mean_direct, row.mean_later)
        refused = total([direct, late])
        assert isinstance(refused, Refusal) and "one is direct loss, the other lost later" in refused.sentence
    assert "of direct loss a year" in continuity_section(plain).sentences[0]
    assert "direct losses only" in continuity_section(plain).sentences[1]
    first, second = continuity_section(both).sentences
    assert ", direct $" in first and " and later $" in first
    assert "direct losses and later losses of value added" in second and "later ones of $" in second
    units = continuity_section(both).tables[0].units
    assert units["avoided"].endswith("direct") and units["later"].endswith("lost later")
    assert units["counted"].endswith("direct losses and later losses of value added")


def test_break_even_stands_on_the_costliest_disruption_that_a_measure_acts_on(
    catalogue: Catalogue, industry_tables: Industry
) -> None:
    given: dict[str, Override] = {
        "calendar.vpn_block.per_year": 1.0, "calendar.vpn_block.days": 30.0, "calendar.cable_cut.per_year": 40.0,
        "measure.registered_vpn.unit_usd": 1.0,
    }  # fmt: skip
    rows = {row.keys[0]: row for row in of(catalogue, industry_tables, given).measures}
    assert rows["second_link"].break_even_of.startswith("Cable cut")
    assert rows["registered_vpn"].break_even_of.startswith("VPN block")
    assert rows["registered_vpn"].break_even_days is not None


def test_seats_at_home_by_hand(catalogue: Catalogue, industry_tables: Industry) -> None:
    """A lockdown saves flow x days x share x output; the cost of the seats over that of a day is the break-even."""
    given: dict[str, Override] = {
        "measure.home_output": 0.8, "measure.at_home_share": 0.5, "measure.lockdown_days": 30.0,
        "measure.work_from_home.units": 300_000.0, "measure.work_from_home.unit_usd": 100.0,
    }  # fmt: skip
    home = work_from_home(catalogue, industry_tables, Values(catalogue, industry_tables, given))
    flow = home.lockdown_none.median / 30
    assert [*home.spared] == pytest.approx((flow * 30 * 0.5 * 0.8,) * 3)
    assert [*home.cost] == pytest.approx(
        (0.5 * 300_000 * 100 / 1e6,) * 3
    ) and home.cost_basis == "cost as set"
    assert home.break_even_days == pytest.approx(15 / (flow * 0.5 * 0.8))
    assert home.ratio is not None and [*home.ratio] == pytest.approx((flow * 30 * 0.5 * 0.8 / 15,) * 3)
    medians = {amount.id: amount.median for amount in home.amounts}
    assert (
        medians["home.spared"] == pytest.approx(flow * 30 * 0.5 * 0.8 * 1e6) and medians["home.cost"] == 15e6
    )
    assert "30% of exporter seats as at home when an outage" in home_section(home).sentences[-1]
    assert "times their cost in this one" in home_section(home).sentences[2]
    assert home.exposed.median > 0 and home.blackouts_undone is not None
    nobody = work_from_home(
        catalogue, industry_tables, Values(catalogue, industry_tables, {"measure.at_home_share": 0.0})
    )
    assert (
        nobody.spared == Range(0, 0, 0) and nobody.break_even_days is None and nobody.blackouts_undone is None
    )


def test_assumed_costs_are_called_assumed_everywhere(
    catalogue: Catalogue, industry_tables: Industry, capsys: pytest.CaptureFixture[str]
) -> None:
    result = of(catalogue, industry_tables)
    assert {row.cost_basis for row in result.measures} == {"assumed cost"}
    assert result.best is not None and "(assumed cost)" in continuity_section(result).sentences[0]
    assert main(["levers"]) == 0
    text = capsys.readouterr().out
    assert "(assumed cost)" in text and "Assumed cost: Whitelisted lines" in text
    assert main(["levers", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    costs = [row for row in rows if row["table"] == "measures" and row["column"] == "cost"]
    assert len(costs) == len(result.measures) + 1
    assert all(row["note"].startswith("assumed cost") for row in costs)
    moved = of(catalogue, industry_tables, {"measure.whitelisting.unit_usd": 12.0})
    assert {row.keys[0]: row.cost_basis for row in moved.measures}["whitelisting"] == "cost as set"


def test_costs_say_what_they_rest_on(industry_tables: Industry) -> None:
    for row in industry_tables.measures.values():
        assert row.status == "assumption" and "own" in row.evidence, row.key
    assert industry_tables.measures["backup_hub"].coverage == pytest.approx(83_000 / 2_320_000, abs=5e-4)


def test_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["levers", "--budget", "5", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)["sections"]["continuity"]
    assert answer["tables"]["measures"]["rows"][0]["label"] == "Whitelisted lines"
    assert len(answer["tables"]["sets"]["rows"]) >= 8
    assert main(["levers"]) == 0
    assert "a shield in a lockdown, an exposure" in capsys.readouterr().out


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(hours=30.0, start="2026-01-05T22:00"),
        Scenario(kind="vpn_block", hours=240.0),
        Scenario(kind="cable_cut", hours=96.0, place=0.4, assumptions={"restart.hours": 5.0}),
    ],
    ids=lambda scenario: scenario.kind,
)
def test_sets_are_priced_as_the_estimate_prices_them(catalogue: Catalogue, scenario: Scenario) -> None:
    """Each measure alone and all of them, draw by draw: direct loss and later receipts."""
    priced = Disrupted(catalogue, scenario, np.array([12.0, scenario.hours]), 256)
    whole = tuple((key, 0.3) for key in catalogue.levers)
    sets = [(), *((item,) for item in whole), whole]
    covers = [tuple(item for item in cover if item[0] in priced.acting([item[0]])) for cover in sets]
    net, days = priced.losses(covers)
    later = priced.lagged(days)
    for row, cover in enumerate(sets):
        levers: dict[str, Override] = {f"lever.{key}.coverage": share for key, share in cover}
        given = scenario.with_changes(draws=256, assumptions={**scenario.assumptions, **levers})
        draws = estimate(catalogue, given).draws
        assert net[row, 1] == pytest.approx(draws["net_direct"], rel=1e-9), cover
        assert later[row, 1] == pytest.approx(draws["lagged_value_added"], rel=1e-9, abs=1e-3), cover
    half = estimate(catalogue, scenario.with_changes(hours=12.0, draws=256)).draws["net_direct"]
    assert net[0, 0] == pytest.approx(half, rel=1e-9)
    assert len({float(one.mean()) for one in net[:, 1]}) > 3  # the measures do act
