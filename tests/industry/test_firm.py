"""One firm: by hand, and what a second line saves."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from model.__main__ import main
from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.common.ledger import Refusal, total
from model.common.ranges import Range
from model.industry.draws import Values
from model.industry.firm import DAYS, Firm, cash_days, firm, kinds, pays_after
from model.industry.firm_outage import FAULT, LOCKDOWN, missed_months, revenue_a_day, seats_covered
from model.text.firm_report import firm_section


def of(
    catalogue: Catalogue, tables: Industry, kind: str = "full_blackout", preset: str = "software_house",
    given: dict[str, Override] | None = None,
) -> Firm:  # fmt: skip
    """The preset with these figures of `firm.*` in place."""
    chosen = tables.presets[preset]
    moved = {f"firm.{key}": value for key, value in (given or {}).items()}
    return firm(catalogue, tables, Values(catalogue, tables, moved, chosen.values), chosen.sector, kind)


def test_the_articles_firm_by_hand(catalogue: Catalogue, industry_tables: Industry) -> None:
    # 200 x 20,000 / 260 = 15,385: about 15,400 a working day; half of it exports, then 80%
    assert revenue_a_day(200, 20_000, 260) == pytest.approx(200 * 20_000 / 260)
    result = of(catalogue, industry_tables)
    assert round(result.revenue_day, -2) == 15_400
    assert result.export_day == pytest.approx(0.5 * result.revenue_day)
    assert result.export_day_goal / result.export_day - 1 == pytest.approx(0.60)
    assert round(result.idle_day, -2) == 11_700  # 76% of revenue goes on
    assert round(result.penalty_month, -2) == 16_700  # a tenth of a month of exports


def test_everything_out_loses_the_whole_day(catalogue: Catalogue, industry_tables: Industry) -> None:
    """A lockdown with nobody at home stops the day outright: no adaptation, no onset, no dependence below 1."""
    result = of(catalogue, industry_tables, LOCKDOWN, given={"home_share": 0.0})
    assert [*result.results["gross"]] == pytest.approx((result.revenue_day,) * 3)
    assert (
        of(catalogue, industry_tables, LOCKDOWN, given={"home_share": 1.0}).results["gross"].median
        < 0.25 * result.revenue_day
    )


def test_home_seats_shield_in_a_lockdown_and_near_faults_and_expose_in_a_blackout(
    catalogue: Catalogue, industry_tables: Industry
) -> None:
    for kind, shield in ((LOCKDOWN, True), (FAULT, True), ("full_blackout", False), ("mobile_only", False)):
        none, all_home = (
            of(catalogue, industry_tables, kind, given={"home_share": share}).results["gross"].median
            for share in (0.0, 1.0)
        )
        assert (all_home < none) == shield, kind


def test_gross_is_delayed_plus_lost(catalogue: Catalogue, industry_tables: Industry) -> None:
    for preset in industry_tables.presets:
        result = of(catalogue, industry_tables, preset=preset)
        for name in ("gross", "caught_up", "lost", "profit", "overtime", "penalties", "later"):
            low, median, high = result.curves[name]
            assert np.all(low <= median) and np.all(median <= high) and np.all(low >= 0), name
        assert np.all(np.diff(result.curves["gross"].median) > 0)
        assert np.all(np.diff(result.curves["profit"].median) >= 0)


def test_no_length_costs_nothing(catalogue: Catalogue, industry_tables: Industry) -> None:
    result = of(catalogue, industry_tables, given={"outage_days": 0.0})
    assert result.length == 0
    assert all(values == Range(0, 0, 0) for values in result.results.values())
    assert result.cash == Range(None, None, None)


def test_penalties_by_hand(catalogue: Catalogue, industry_tables: Industry) -> None:
    # two draws over three months, 4 hours allowed: 520, 3 and 0 hours down miss one; 520, 5 and 4.5 miss all three
    down = np.array([[520.0, 520.0], [3.0, 5.0], [0.0, 4.5]])
    assert missed_months(down, 4.0).tolist() == [1, 3] and missed_months(down, 600.0).tolist() == [0, 0]
    given: dict[str, Override] = {
        "penalty_contract_share": 1.0,
        "penalty_rate": 0.1,
        "penalty_tolerance_hours": 0.0,
    }
    result = of(catalogue, industry_tables, given=given)
    assert [*result.results["penalties"]] == pytest.approx((4e6 * 0.5 / 12 * 0.1,) * 3)
    assert of(catalogue, industry_tables, given={**given, "force_majeure": 1.0}).results[
        "penalties"
    ] == Range(0, 0, 0)
    assert (
        of(catalogue, industry_tables, "social_media_block").results["penalties"].low == 0
    )  # within the tolerance


def test_penalties_begin_after_the_allowance_and_stop_at_a_credit_a_month(
    catalogue: Catalogue, industry_tables: Industry
) -> None:
    """A month is 260 / 12 = 21.7 working days of 24 hours: 520 hours, of which a blackout can take no more."""
    month = 4e6 * 0.5 / 12 * 0.1  # exports of a month x a tenth
    due: dict[str, Override] = {"penalty_contract_share": 1.0, "penalty_rate": 0.1, "home_share": 0.0}

    def penalties(days: float, allowed: float) -> Range[float]:
        given = {**due, "penalty_tolerance_hours": allowed, "outage_days": days}
        return of(catalogue, industry_tables, given=given).results["penalties"]

    assert penalties(1.0, 24.0) == Range(0, 0, 0)  # a day cannot take more than 24 hours
    for days, months in (
        (21.0, 1),
        (22.0, 2),
        (43.0, 2),
        (44.0, 3),
    ):  # with nothing allowed, every month begun
        assert [*penalties(days, 0.0)] == pytest.approx((months * month,) * 3), days
    # 22 days reach 8 hours into the second month: with 8 hours allowed it is no missed month
    assert penalties(22.0, 8.0).high == pytest.approx(month)
    for allowed in (0.0, 4.0, 200.0):  # 130 days are six months, and no month costs more than one credit
        assert penalties(130.0, allowed).high <= 6 * month * (1 + 1e-12)


def test_working_days_a_year_reach_every_daily_figure(
    catalogue: Catalogue, industry_tables: Industry
) -> None:
    result = of(catalogue, industry_tables, given={"days_per_year": 365.0})
    assert result.revenue_day == pytest.approx(4e6 / 365) and result.idle_day == pytest.approx(
        0.76 * 4e6 / 365
    )


def test_a_satellite_serves_the_office_and_nobody_at_home(
    catalogue: Catalogue, industry_tables: Industry
) -> None:
    # two terminals of 50 seats cover 100 of 160 office seats; nobody sits in an office without seats
    assert seats_covered(2, 50, 160) == 100 / 160
    assert seats_covered(9, 50, 160) == 1 and seats_covered(9, 50, 0) == 0
    none, dishes = (
        of(catalogue, industry_tables, given={"home_share": 1.0, "satellite_terminals": number}).results
        for number in (0.0, 10.0)
    )
    assert none == dishes
    # all office seats on a satellite that spares everything: only those at home (a fifth) still lose
    whole: dict[str, Override] = {"satellite_terminals": 10.0, "satellite_effect": 1.0}
    at_home, all_home = (
        of(catalogue, industry_tables, given={**whole, "home_share": share}).results["gross"].median
        for share in (0.2, 1.0)
    )
    assert at_home == pytest.approx(0.2 * all_home)


def test_what_pays_after_how_long_by_hand() -> None:
    # saved 10 after one day and 40 after four: 25 is reached half-way, at 2.5 days; 5 after half a day
    days, saved = np.array([1.0, 4.0]), np.array([10.0, 40.0])
    assert pays_after(days, saved, 25.0) == pytest.approx(2.5) and pays_after(
        days, saved, 5.0
    ) == pytest.approx(0.5)
    assert pays_after(days, saved, 41.0) is None


def test_what_is_on_offer_is_for_the_office_and_says_what_its_cost_rests_on(
    catalogue: Catalogue, industry_tables: Industry
) -> None:
    # 200 people, a fifth at home: 160 seats need four terminals of 50
    rows = {row.key: row for row in of(catalogue, industry_tables).savings}
    assert list(rows) == ["second_line", "terminal", "satellite"]  # a line cannot help here, so no “both”
    assert [row.key for row in of(catalogue, industry_tables, "mobile_only").savings][-1] == "both"
    assert "(4 terminals)" in rows["satellite"].label
    assert [*rows["satellite"].cost] == pytest.approx(tuple(4 * end for end in rows["terminal"].cost))
    bases = {"second_line": "published prices", "terminal": "unconfirmed estimate"}
    assert {key: rows[key].cost_basis for key in bases} == bases
    moved = {
        row.key: row for row in of(catalogue, industry_tables, given={"line_usd_per_year": 500.0}).savings
    }
    assert [moved[key].cost_basis for key in ("second_line", "terminal")] == [
        "cost as set",
        "unconfirmed estimate",
    ]
    alone = of(catalogue, industry_tables, preset="freelancer").savings
    assert [row.key for row in alone] == ["second_line", "terminal"]
    assert alone[1].cost_basis == "assumed cost"  # the preset's price; the reader set nothing
    own = of(
        catalogue, industry_tables, preset="freelancer", given={"satellite_usd_per_year": 1500.0}
    ).savings
    assert own[1].cost_basis == "cost as set"


def test_a_terminal_costs_what_the_named_estimate_says(industry_tables: Industry) -> None:
    # Rs 87,500 a month, a kit of Rs 220,000 over three years, 278.58 rupees a dollar; 110 to 750 pounds a month
    row = industry_tables.parameters["firm.satellite_usd_per_year"]
    assert row.mode == pytest.approx((87_500 * 12 + 220_000 / 3) / 278.58, abs=5)
    assert (row.low, row.high) == pytest.approx((110 * 12 * 1.27, 750 * 12 * 1.27), abs=5)
    assert "satellite_estimate" in row.source and "unconfirmed" in row.evidence
    seat = industry_tables.measures["second_link"]  # a fiftieth of it, to ten dollars
    assert seat.unit_usd_mode == pytest.approx((row.mode or 0) / row_seats(industry_tables), abs=5)


def row_seats(tables: Industry) -> float:
    return tables.parameters["firm.satellite_seats"].mode or 0.0


def test_what_costs_nothing_and_helps_is_not_called_useless(
    catalogue: Catalogue, industry_tables: Industry
) -> None:
    free: dict[str, Override] = {"line_usd_per_year": 0.0, "satellite_usd_per_year": 0.0}
    text = firm_section(of(catalogue, industry_tables, given=free), None).sentences[-2]
    assert text.startswith("“Satellite for the whole office (4 terminals)” costs nothing and saves $")
    useless = firm_section(of(catalogue, industry_tables, given={**free, "home_share": 1.0}), None).sentences[
        -2
    ]
    assert useless.startswith("No further line")


def test_what_a_line_returns_is_told_by_the_outages_of_a_year(
    catalogue: Catalogue, industry_tables: Industry
) -> None:
    """Beside the saving of one outage, a ratio of a year alone would be divided in vain."""
    for number, outages in ((5.0, "5 such outages"), (1.0, "1 such outage")):
        made = firm_section(of(catalogue, industry_tables, FAULT, given={"outages_per_year": number}), None)
        (finding,) = [item.finding for item in made.tables if item.id == "savings"]
        line = rf"“One more fixed line” returns most: {outages} a year saves? \d+ times its cost"
        assert re.fullmatch(line, finding), finding
        assert re.search(
            rf"; {outages} a year saves? \d+ times that cost.* \(the middle of the simulations",
            made.sentences[-2],
        )


def test_the_firm_is_told_without_false_words(catalogue: Catalogue, industry_tables: Industry) -> None:
    for goal, ending in ((0.2, "60% less exposed."), (0.8, "60% more exposed."), (0.5, "as exposed as now.")):
        result = of(catalogue, industry_tables, given={"export_goal_share": goal})
        assert firm_section(result, None).sentences[1].endswith(ending)
    none = firm_section(of(catalogue, industry_tables, given={"outage_days": 0.0}), None).sentences[0]
    assert none == "Full blackout, 0 working days: no revenue is interrupted."


def test_every_protection_has_a_line_in_the_text(
    catalogue: Catalogue, industry_tables: Industry, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["firm", "--kind", "mobile_only"]) == 0
    plain = capsys.readouterr().out
    for row in of(catalogue, industry_tables, "mobile_only").savings:
        line = next(text for text in plain.splitlines() if text.startswith(f"  {row.label}: "))
        assert "saved in a year over cost" in line and "one outage a year pays from" in line


def test_cash_by_hand() -> None:
    # 100,000 in hand, 1,000 a day, all of it missing, a tenth of costs stops, margin 10%: burn 800 a day
    assert float(cash_days(100_000.0, 1_000.0, 1.0, 0.1, 0.1)) == pytest.approx(100_000 / 800)
    # a credit of 200 a day on top: burn 1,000
    assert float(cash_days(100_000.0, 1_000.0, 1.0, 0.1, 0.1, 200.0)) == pytest.approx(100)
    assert np.isinf(cash_days(100_000.0, 1_000.0, 0.05, 0.1, 0.1))  # still earns its costs


def test_penalties_shorten_the_days_of_cash(catalogue: Catalogue, industry_tables: Industry) -> None:
    """A credit a month is spread over the 260 / 12 working days of each month that the outage reaches into."""
    fixed: dict[str, Override] = {
        "penalty_contract_share": 1.0,
        "penalty_rate": 0.1,
        "penalty_tolerance_hours": 0.0,
    }
    for days in (1.0, 22.0):  # one month and two: the same credit a day
        given: dict[str, Override] = {**fixed, "outage_days": days, "home_share": 0.0}
        waived = of(catalogue, industry_tables, given={**given, "force_majeure": 1.0})
        due = of(catalogue, industry_tables, given=given)
        cash = 2 / 12 * 4e6 * 0.88
        credit = 4e6 * 0.5 / 12 * 0.1 / (260 / 12)
        for without, with_it in zip(waived.cash, due.cash, strict=True):
            assert without is not None and with_it is not None
            # An end is read between two draws, and days are one over dollars: exact but for that.
            assert cash / with_it == pytest.approx(cash / without + credit, rel=1e-5), days


def test_a_second_fixed_line_does_not_help_against_what_is_upstream(
    catalogue: Catalogue, industry_tables: Industry
) -> None:
    for kind, helps in ((FAULT, True), ("mobile_only", True), ("cable_cut", False), ("full_blackout", False)):
        line = of(
            catalogue, industry_tables, kind, given={"penalty_tolerance_hours": 0.0, "outage_days": 5.0}
        ).savings[0]
        assert (line.avoided.median > 0) == helps, kind
        if not helps:
            assert line.outages_to_pay is None and line.break_even_days is None


def test_satellites_pay_where_saving_meets_cost(catalogue: Catalogue, industry_tables: Industry) -> None:
    given: dict[str, Override] = {
        "satellite_usd_per_year": 1_000.0, "satellite_seats": 500.0, "penalty_contract_share": 0.0,
        "outage_days": 5.0, "outages_per_year": 4.0,
    }  # fmt: skip
    result = of(catalogue, industry_tables, given=given)
    dish = next(row for row in result.savings if row.key == "terminal")  # its 500 seats are the office
    assert (
        dish.cost == Range(1_000, 1_000, 1_000) and dish.ratio is not None and dish.outages_to_pay is not None
    )
    assert dish.ratio.median == pytest.approx(dish.avoided.median * 4 / 1_000)
    assert dish.break_even_days is not None and 0 < dish.break_even_days < 5
    dear = of(catalogue, industry_tables, given={**given, "satellite_usd_per_year": 90_000.0})
    later = next(row for row in dear.savings if row.key == "terminal").break_even_days
    assert later is None or later > dish.break_even_days
    assert (
        of(catalogue, industry_tables, given={**given, "satellite_terminals": 1.0}).results["gross"].median
        < result.results["gross"].median
    )


def test_parts_of_the_firm_are_not_added(catalogue: Catalogue, industry_tables: Industry) -> None:
    by_id = {amount.id: amount for amount in of(catalogue, industry_tables).amounts}
    for first, second in (
        ("gross", "lost"),
        ("gross", "caught_up"),
        ("profit", "penalties"),
        ("profit", "lost"),
    ):
        refused = total([by_id[f"firm.{first}"], by_id[f"firm.{second}"]])
        assert isinstance(refused, Refusal) and "already contains" in refused.sentence


def test_every_kind_and_preset_gives_figures(catalogue: Catalogue, industry_tables: Industry) -> None:
    for preset in industry_tables.presets:
        for kind in kinds(catalogue):
            result = of(catalogue, industry_tables, kind, preset)
            assert np.isfinite([*result.results["profit"]]).all() and len(result.days) >= len(DAYS)


@pytest.mark.parametrize("end", ["min", "max"])
def test_every_figure_of_the_firm_at_its_end(
    catalogue: Catalogue, industry_tables: Industry, end: str
) -> None:
    given: dict[str, Override] = {
        key: float(getattr(row, end)) for key, row in industry_tables.parameters.items() if key.startswith("firm.")
    }  # fmt: skip
    result = firm(
        catalogue,
        industry_tables,
        Values(catalogue, industry_tables, given),
        "software_exports",
        "full_blackout",
    )
    assert all(np.isfinite([*values]).all() for values in result.results.values())


def test_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["firm", "--days", "1", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    rows = {row["label"]: row for row in answer["sections"]["firm"]["tables"]["outage"]["rows"]}
    assert round(rows["Revenue of a working day"]["median"], -2) == 15_400
    assert rows["Exports as planned"]["median"] / rows["Of it exports"]["median"] == pytest.approx(1.6)
    assert main(["firm", "--set", "firm.people=400"]) == 0
    assert "$30,800 a working day" in capsys.readouterr().out
