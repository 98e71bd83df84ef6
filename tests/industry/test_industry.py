"""Exports, clients, freelancers and talent: by hand, at their ends, and never added twice."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise

import numpy as np
import pytest
from helpers.tables import Tables

from model.__main__ import main
from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.common.errors import DataError, InputError
from model.common.ranges import Range
from model.estimation.estimate import estimate
from model.evidence import trends
from model.industry import clients, exports, talent
from model.industry.calendar import MINE, calendar_of, year_of
from model.industry.draws import Values, impacts
from model.industry.export_year import export_year
from model.industry.freelancers import freelance, rating_loss
from model.kernels import growth
from model.scenario.scenario import Scenario
from model.text.industry_report import (
    exports_section,
    exports_sections,
    freelancers_section,
    recurring_section,
    talent_of,
    vpn_section,
)

FLAT = trends.Baseline("flat", "No growth", 0.0, "")


def path(
    catalogue: Catalogue, tables: Industry, given: dict[str, Override] | None = None, calendar: str = "own",
    baseline: str = "last_year",
) -> exports.Exports:  # fmt: skip
    values = Values(catalogue, tables, given or {})
    return exports.exports(
        catalogue, values, year_of(catalogue, calendar_of(catalogue, tables, values, calendar)), baseline
    )


def test_claimed_growth_by_hand() -> None:
    # 3 x 1.3 x 1.3 x 1.3 x 1.3 x 1.3 = 11.13879
    assert round(float(growth.path(3, 0.3, 5)), 2) == 11.14
    assert growth.growth_needed(3_000, 15_000, 5) == pytest.approx(5 ** (1 / 5) - 1)
    assert round(growth.growth_needed(3_000, 15_000, 5), 3) == 0.380
    years = growth.years_to(3_000, 15_000, 0.3)
    assert years == pytest.approx(np.log(5) / np.log(1.3)) and round(years or 0, 1) == 6.1


def test_the_page_gives_the_same_as_by_hand(catalogue: Catalogue, industry_tables: Industry) -> None:
    path_now = path(catalogue, industry_tables, {"industry.receipts_musd": 3000.0}, baseline="claimed")
    assert path_now.undisturbed[5] == pytest.approx(3000 * 1.3**5)
    goal = next(row for row in path_now.targets if row.goal == 15_000)
    assert round(goal.growth_needed, 3) == 0.380 and round(goal.years or 0, 1) == 6.1
    assert [row.goal for row in path_now.targets] == [5_000, 10_000, 15_000, 25_000]


def test_no_disruption_leaves_no_gap(catalogue: Catalogue, industry_tables: Industry) -> None:
    nothing: dict[str, Override] = {
        f"calendar.{kind}.per_year": 0.0 for kind in ("cable_cut", "full_blackout")
    }
    path_now = path(catalogue, industry_tables, nothing)
    assert path_now.shortfall == Range(0, 0, 0) and np.all(path_now.disturbed.median == path_now.undisturbed)
    assert path(catalogue, industry_tables, {"industry.disrupted_years": 0.0}).shortfall == Range(0, 0, 0)


def test_more_disruption_costs_more(catalogue: Catalogue, industry_tables: Industry) -> None:
    shortfalls = [
        path(catalogue, industry_tables, {"calendar.full_blackout.per_year": float(n)}).shortfall
        for n in (0, 1, 2, 6)
    ]
    for less, more in pairwise(shortfalls):
        assert all(a <= b for a, b in zip(less, more, strict=True))
    years = [
        path(catalogue, industry_tables, {"industry.disrupted_years": float(n)}).shortfall.median
        for n in (1, 2, 5)
    ]
    assert years == sorted(years)


def test_gap_by_age_by_hand() -> None:
    # No lag, and a half-life so long that nothing comes back: losses spread over the year are missing half of
    # it on average (months 1 to 11 of 12 x 12 pairs = 66 / 144), and the whole of every later year but the
    # pairs that lie before the loss: none.
    gaps = exports.gap_by_age(0.0, 1e12, 3)[:, 0]
    assert gaps[0] == pytest.approx(66 / 144)
    assert gaps[1] == pytest.approx(1) and gaps[2] == pytest.approx(1)
    half = exports.gap_by_age(0.0, 12.0, 4)[:, 0]
    assert half[3] / half[2] == pytest.approx(0.5)  # a year is one half-life


def test_a_year_of_loss_by_hand() -> None:
    undisturbed = np.array([100.0, 100.0, 100.0])
    gaps = np.array([[0.5], [0.25]])
    by_year = exports.disturbed_by_year(
        undisturbed, direct=np.array([0.1]), contracts_lost=np.array([0.2]), gaps=gaps, disrupted_years=1
    )
    assert by_year[:, 0] == pytest.approx([100, 100 * 0.9 * (1 - 0.2 * 0.5), 100 * (1 - 0.2 * 0.25)])


def test_impacts_agree_with_the_estimate(catalogue: Catalogue) -> None:
    scenario = Scenario(kind="vpn_block", hours=480, spells=3, draws=1024)
    (once,) = impacts(catalogue, [scenario])
    whole = estimate(catalogue, scenario)
    assert once.lagged(3.0) == pytest.approx(whole.draws["lagged_receipts"])


def test_clients_by_hand() -> None:
    assert float(clients.exposed_share(0.5, 0.4, 0.8)) == pytest.approx(0.5 * (1 - 0.32))
    shape = {"block_months": 6.0, "leave": 0.2, "leave_months": 6.0, "half_life": 24.0}
    shares_gone = clients.gone([0, 3, 6, 30], **shape)
    assert shares_gone == pytest.approx([0, 0.1, 0.2, 0.1])
    # months gone: 0.1 on average over six months, then 0.2 falling to 0.1 along 0.5^(t / 24) for two years
    summed = clients.months_away([6, 30], **shape)
    assert summed == pytest.approx([0.6, 0.6 + 0.1 * 24 / np.log(2)])
    # gone in three of six months, so three half-way and three whole
    assert float(clients.months_away(6.0, **{**shape, "leave_months": 3.0})) == pytest.approx(0.2 * 4.5)


def test_the_block_has_one_price(catalogue: Catalogue, industry_tables: Industry) -> None:
    """The section of the block and the exports' line lose the same receipts, on whatever path is chosen."""
    given: dict[str, Override] = {
        "industry.vpn_client_share": 0.5, "industry.vpn_registered_share": 0.0, "industry.vpn_leave_share": 0.4,
        "industry.vpn_leave_months": 6.0, "industry.client_return_years": 1.0, "industry.vpn_block_days": 365.0,
        "industry.own_growth": 0.0,
    }  # fmt: skip
    values = Values(catalogue, industry_tables, given)
    lost = {}
    for baseline in ("own", "last_year"):
        exported = path(catalogue, industry_tables, given, baseline=baseline)
        lost[baseline] = clients.block(values, exported.baseline).lost.median
        assert lost[baseline] == pytest.approx(exported.clients_gap.median.sum())
    # Without growth: a fifth of 3,810 away, three quarters of the first year, then half of it back every year.
    tail = 0.5 / np.log(2)
    assert lost["own"] == pytest.approx(3810 * 0.2 * (0.75 + tail * (1 + 0.5 + 0.25 + 0.125)))
    assert lost["last_year"] > lost["own"]
    text = vpn_section(clients.block(values, exported.baseline)).sentences[0]
    assert "over 5 years on the path “Last year (FY24 to FY25)”" in text


def test_a_horizon_of_one_year_is_told_as_one(catalogue: Catalogue, industry_tables: Industry) -> None:
    section = exports_section(path(catalogue, industry_tables, {"industry.horizon_years": 1.0}))
    assert " over 1 year if they otherwise grew " in section.sentences[0]
    assert section.tables[1].units["growth_needed"] == "share per year, over 1 year"


def test_ones_own_growth_names_a_figure_that_the_command_takes(
    catalogue: Catalogue, industry_tables: Industry, capsys: pytest.CaptureFixture[str]
) -> None:
    own = exports.baselines(catalogue, Values(catalogue, industry_tables, {}))["own"]
    assert main(["exports", "--baseline", "own", "--set", f"{own.figure}=0.07"]) == 0
    assert "“Own figure”, 7.00% a year" in capsys.readouterr().out


def test_a_lost_contract_says_what_it_is_counted_at(catalogue: Catalogue, industry_tables: Industry) -> None:
    """Undiscounted and to the end on the path, as present value over the horizon where a year stands alone."""
    mine = Scenario(
        hours=240, assumptions={"churn.lag_months": 0.0, "churn.half_life_months": 12.0, "churn.discount_rate": 0.0,
                                "churn.horizon_months": 1.0},
    )  # fmt: skip
    values = Values(catalogue, industry_tables, {})
    year = year_of(catalogue, calendar_of(catalogue, industry_tables, values, MINE, mine))
    exported = exports.exports(catalogue, values, year, "last_year")
    # At once gone, half back every twelve months: sum of 0.5^(m / 12) over m = 1, 2, ...
    half = 0.5 ** (1 / 12)
    assert exported.contract_months.median == pytest.approx(half / (1 - half), rel=1e-3)
    text = exports_section(exported).sentences[1]
    assert "undiscounted: 17 months for a lost contract" in text
    for section in (
        freelancers_section(freelance(catalogue, values, year), year),
        recurring_section(year, export_year(catalogue, year)),
    ):
        text = " ".join(section.sentences)
        assert (
            "present value over 1 month at 0% a year: 0.94 months of export earnings a lost contract" in text
        )


def test_a_part_is_never_more_than_its_whole(catalogue: Catalogue, industry_tables: Industry) -> None:
    """Inside the receipts freelancers weigh what they earn, in their own section and in the exports' loss."""
    given: dict[str, Override] = {"freelance.earnings_musd": 3810.0, "calendar.full_blackout.per_year": 4.0}
    values = Values(catalogue, industry_tables, given)
    year = year_of(catalogue, calendar_of(catalogue, industry_tables, values, "own"))
    all_of_it = exports.exports(catalogue, values, year, "last_year")
    alone = freelance(catalogue, values, year)
    assert alone.share_of_receipts == Range(1, 1, 1)
    assert [*all_of_it.direct_share] == pytest.approx([end / 3810 for end in alone.direct])
    for problem in ({"freelance.earnings_musd": 3811.0}, {"industry.receipts_musd": 700.0}):
        worse = Values(catalogue, industry_tables, {**given, **problem})
        for price in (
            lambda at=worse: freelance(catalogue, at, year),
            lambda at=worse: exports.exports(catalogue, at, year, "last_year"),
        ):
            with pytest.raises(InputError, match="more than all export earnings"):
                price()
    on_top = Values(
        catalogue, industry_tables, {**given, "freelance.earnings_musd": 9000.0, "freelance.inside": 0.0}
    )
    assert freelance(catalogue, on_top, year).share_of_receipts.median == pytest.approx(9000 / 3810)


def test_what_is_lost_is_never_also_kept_at_a_cost(catalogue: Catalogue, industry_tables: Industry) -> None:
    one: dict[str, Override] = {"industry.vpn_leave_months": 1.0, "industry.vpn_block_days": 730.0}
    few, all_gone = (
        clients.block(Values(catalogue, industry_tables, {**one, "industry.vpn_leave_share": share}), FLAT)
        for share in (0.0, 1.0)
    )
    assert few.lost == Range(0, 0, 0) and few.kept_share == Range(1, 1, 1)
    assert all_gone.kept_cost.median < 0.05 * few.kept_cost.median  # only the first month has anybody to keep
    assert all_gone.lost.median > 0
    none = clients.block(Values(catalogue, industry_tables, {"industry.vpn_block_days": 0.0}), FLAT)
    assert none.lost == Range(0, 0, 0) and none.kept_cost == Range(0, 0, 0)
    assert vpn_section(none).sentences[0].startswith("No day of VPN blocking, so nothing is lost")


def test_full_cost_of_a_year_is_the_claim(catalogue: Catalogue, industry_tables: Industry) -> None:
    given: dict[str, Override] = {
        "industry.vpn_block_days": 365.0, "industry.vpn_registered_share": 0.0, "industry.vpn_leave_share": 0.0,
        "industry.coping_musd_per_year": 125.0, "industry.vpn_client_share": 1.0,
    }  # fmt: skip
    assert [*clients.block(Values(catalogue, industry_tables, given), FLAT).kept_cost] == pytest.approx(
        (125, 125, 125)
    )
    section = vpn_section(clients.block(Values(catalogue, industry_tables, {}), FLAT))
    (line,) = [line for line in section.text if "Claimed cost of a full year" in line]
    assert line.endswith("  $125M ($100M to $150M)  [running cost, per year]"), "as the claims are told"


def test_ratings_are_no_measurement_until_moved(catalogue: Catalogue, industry_tables: Industry) -> None:
    assert float(rating_loss(1200.0, 0.01, 5.0, 6.0)) == pytest.approx(1200 / 2 * 0.05)
    for share, measured in ((0.0, False), (0.05, True)):
        values = Values(catalogue, industry_tables, {"freelance.rating_loss_share": share})
        year = year_of(catalogue, calendar_of(catalogue, industry_tables, values, "own"))
        assert (freelance(catalogue, values, year).ratings is not None) == measured


def test_talent_by_hand() -> None:
    # 100 people, a tenth leaves, 20 join: 110, 119; with an outflow of 5% in the first year: 105, 114.5
    calm = talent.pool(100.0, 2, entering=20.0, trained=0.0, training_years=1, leaving=0.1)
    hit = talent.pool(
        100.0, 2, entering=20.0, trained=0.0, training_years=1, leaving=0.1, outflow=0.05, disrupted_years=1
    )
    assert calm[:, 0] == pytest.approx([100, 110, 119])
    assert hit[:, 0] == pytest.approx([100, 105, 114.5])
    assert float(talent.needed(1.21e6, 1000.0, 0.1, 2)) == pytest.approx(1000)


def test_trained_people_arrive_once(catalogue: Catalogue) -> None:
    people = talent.pool(0.0, 4, entering=0.0, trained=100.0, training_years=2.5, leaving=0.0)
    assert people[:, 0] == pytest.approx([0, 100, 200, 250, 250])


def test_talent_of_the_path(catalogue: Catalogue, industry_tables: Industry) -> None:
    values = Values(
        catalogue, industry_tables, {"talent.professionals": 316_000.0, "talent.productivity_growth": 0.0}
    )
    people = talent_of(values, path(catalogue, industry_tables))
    assert people.per_head.median == pytest.approx(3810e6 / 316_000)
    assert people.need.median[0] == pytest.approx(316_000)
    assert people.fewer.low >= 0
    # $15bn takes 15,000 / 3,810 times the people of today where nobody gets more productive.
    goal = next(row for row in people.goals if row.goal == 15_000)
    assert [*goal.needed] == pytest.approx((316_000 * 15_000 / 3_810,) * 3)
    assert [*goal.further] == pytest.approx((316_000 * (15_000 / 3_810 - 1),) * 3)
    assert [*goal.missing] == pytest.approx(
        [goal.needed.low - there[-1] for there in reversed([*people.have])]
    )


def test_amounts_are_ordered_and_finite(catalogue: Catalogue, industry_tables: Industry) -> None:
    for calendar in ("cables_and_blackouts", "pakistan_fy24_fy26", "own"):
        for section in exports_sections(
            catalogue, industry_tables, Values(catalogue, industry_tables, {}), calendar, "fy22_25"
        ):
            for amount in section.amounts:
                if amount.median is not None:
                    assert (amount.low or 0) <= amount.median <= (amount.high or 0), amount.id
                    assert np.isfinite(amount.median) and (amount.low or 0) >= 0


@pytest.mark.parametrize("end", ["min", "max"])
def test_every_figure_at_its_end(catalogue: Catalogue, industry_tables: Industry, end: str) -> None:
    given: dict[str, Override] = {
        key: float(getattr(row, end)) for key, row in industry_tables.parameters.items()
        if not key.startswith("calendar.") and not key.endswith("_growth")
    }  # fmt: skip
    values = Values(
        catalogue, industry_tables, {**given, "talent.professionals": 10_000.0, "freelance.people": 10_000.0}
    )
    for section in exports_sections(catalogue, industry_tables, values, "own", "claimed"):
        assert all("nan" not in text and "inf" not in text.split() for text in section.sentences), (
            section.sentences
        )


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


def test_the_command_line_gives_the_same_numbers_in_every_form(
    catalogue: Catalogue, industry_tables: Industry, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = ("--baseline", "claimed", "--set", "industry.receipts_musd=3000")
    answer = json.loads(run(capsys, "exports", *chosen, "--format", "json"))
    rows = answer["sections"]["exports"]["tables"]["path"]["rows"]
    assert rows[5]["undisturbed"] == pytest.approx(3000 * 1.3**5)
    given: dict[str, Override] = {"industry.receipts_musd": 3000.0}
    same = path(catalogue, industry_tables, given, "cables_and_blackouts", "claimed")
    assert rows[5]["median"] == float(same.disturbed.median[5])
    table = list(csv.DictReader(io.StringIO(run(capsys, "exports", *chosen, "--format", "csv"))))
    cell = next(r for r in table if (r["table"], r["row"], r["column"]) == ("path", "5", "median"))
    assert float(cell["value"]) == rows[5]["median"] and cell["unit"] == "M USD"
    assert (
        cell["changed"] == "industry.receipts_musd=3000.0" and cell["data_version"] == catalogue.data_version
    )
    assert answer["sections"]["exports"]["sentences"][0] in run(capsys, "exports", *chosen)


def test_bad_values_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, message in (
        (("exports", "--set", "industry.receipts_musd=9e9"), "industry.receipts_musd"),
        (("exports", "--set", "industry.receipt=3"), "industry.receipts_musd"),
        (("exports", "--calendar", "nothing"), "cables_and_blackouts"),
        (("exports", "--baseline", "hope"), "baseline"),
        (("firm", "--kind", "storm"), "kind"),
        (("firm", "--preset", "nobody"), "preset"),
        (("levers", "--budget", "-1"), "measure.budget_musd"),
    ):
        assert main(list(arguments)) == 2
        assert message in capsys.readouterr().err


def test_bad_tables_are_named(tables: Tables) -> None:
    tables.set("data/industry.csv", "freelance.inside", "source", "nobody")
    with pytest.raises(DataError, match=r"freelance\.inside.*source"):
        tables.load().complete()


def test_a_value_out_of_range_is_refused(catalogue: Catalogue, industry_tables: Industry) -> None:
    with pytest.raises(InputError, match="is out of range"):
        Values(catalogue, industry_tables, {"talent.ready_share": 18.3})


def test_every_source_exists_and_assumptions_say_so(catalogue: Catalogue, industry_tables: Industry) -> None:
    for row in industry_tables.parameters.values():
        assert row.evidence and row.help and row.source, row.key
        if row.status == "assumption":
            assert "own_assumption" in row.source, row.key
        assert all(name in catalogue.sources for name in row.source.split(";")), row.key
