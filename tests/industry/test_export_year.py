"""A year of disruptions as exporters meet it: one grace a year, places, assumptions, and who is counted where."""

from __future__ import annotations

import numpy as np
import pytest

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.common.errors import InputError
from model.common.ranges import Range
from model.estimation.estimate import estimate
from model.evidence.trends import Baseline
from model.industry import clients, exports, talent
from model.industry.calendar import (
    MINE,
    YearOfDisruptions,
    calendar_of,
    year_of,
)
from model.industry.draws import (
    DRAWS,
    Values,
    shared_assumptions,
)
from model.industry.export_year import FREELANCERS, export_year
from model.industry.freelancers import freelance
from model.scenario.calendars import Disruption
from model.scenario.scenario import Scenario
from model.text.industry_report import (
    exports_section,
    talent_of,
    talent_section,
    vpn_section,
)

BLACKOUTS: dict[str, Override] = {"calendar.cable_cut.per_year": 0.0, "calendar.full_blackout.per_year": 4.0}
NOTHING: dict[str, Override] = {**BLACKOUTS, "calendar.full_blackout.per_year": 0.0}


def of(
    catalogue: Catalogue, tables: Industry, given: dict[str, Override] | None = None, mine: Scenario | None = None,
    calendar: str = "own",
) -> tuple[Values, YearOfDisruptions]:  # fmt: skip
    values = Values(catalogue, tables, given or {})
    return values, year_of(
        catalogue, calendar_of(catalogue, tables, values, MINE if mine else calendar, mine)
    )


def test_a_freelancer_has_one_patience_a_year(catalogue: Catalogue, industry_tables: Industry) -> None:
    """Later losses are those of the estimate for as many spells, were all receipts those of freelancers."""
    values, year = of(catalogue, industry_tables, {**BLACKOUTS, "freelance.earnings_musd": 1000.0})
    shares: dict[str, Override] = {
        "exports.share.software": 0.0, "exports.share.call_centres": 0.0, "exports.share.freelancers": 1.0,
        "exports.receipts_musd": 1000.0,
    }  # fmt: skip
    spells = estimate(catalogue, Scenario(spells=4, draws=DRAWS, assumptions=shares))
    expected = Range.of(spells.draws["lagged_receipts"] / 1e6)
    assert [*freelance(catalogue, values, year).later] == pytest.approx([*expected])
    assert expected.median > 4 * Range.of(year.impacts[0].contracts_lost(FREELANCERS, 1.0)).median


def test_days_and_losses_shrink_with_the_place(catalogue: Catalogue, industry_tables: Industry) -> None:
    whole, part, region, nobody = (
        export_year(catalogue, of(catalogue, industry_tables, None, Scenario(hours=96, **where))[1])
        for where in ({}, {"place": 0.25}, {"regions": ("Balochistan",)}, {"place": 0.0})
    )
    for name in whole.days:
        assert part.days[name] == pytest.approx(0.25 * whole.days[name])
        assert part.contracts[name] == pytest.approx(0.25 * whole.contracts[name])
        share = catalogue.regions["Balochistan"].it_firm_share
        assert region.days[name] == pytest.approx(share * whole.days[name])
        assert region.direct[name] == pytest.approx(share * whole.direct[name])
        assert not nobody.days[name].any() and not nobody.contracts[name].any()


def test_freelancers_on_top_are_no_part_of_the_exports_loss(
    catalogue: Catalogue, industry_tables: Industry
) -> None:
    by_share = {}
    for inside in (1.0, 0.0):
        values, year = of(catalogue, industry_tables, {**BLACKOUTS, "freelance.inside": inside})
        by_share[inside] = exports.exports(catalogue, values, year, "last_year")
        hit = export_year(catalogue, year)
    assert hit.groups(freelancers=False) == ("software", "call_centres")
    of_freelancers = values.of("freelance.earnings_musd") / 3810
    offices = (0.77 * hit.direct["software"] + 0.08 * hit.direct["call_centres"]) / 0.85
    assert [*by_share[0.0].direct_share] == pytest.approx([*Range.of(offices)])
    assert [*by_share[1.0].direct_share] == pytest.approx(
        [*Range.of((1 - of_freelancers) * offices + of_freelancers * hit.direct[FREELANCERS])]
    )
    left = (0.77 * hit.contracts["software"] + 0.08 * hit.contracts["call_centres"]) / 0.85
    assert [*by_share[0.0].contracts_lost] == pytest.approx([*Range.of(left)])
    assert by_share[0.0].shortfall.median < by_share[1.0].shortfall.median
    texts = {inside: " ".join(exports_section(item).sentences) for inside, item in by_share.items()}
    assert (
        "counted inside these export earnings" in texts[1.0]
        and "counted on top of these export earnings" in texts[0.0]
    )


def test_contracts_of_the_path_are_those_of_the_calendar(
    catalogue: Catalogue, industry_tables: Industry
) -> None:
    """Share of contracts times the months at stake are the calendar's later receipts, in every calendar."""
    for calendar in ("cables_and_blackouts", "pakistan_fy24_fy26"):
        _, year = of(catalogue, industry_tables, calendar=calendar)
        hit = export_year(catalogue, year)
        receipts = year.impacts[0].estimate.economy.receipts
        later = receipts / 12 * hit.months * hit.mean(hit.contracts, hit.groups(freelancers=True))
        assert later == pytest.approx(year.lagged)


def test_assumptions_of_my_scenario_are_honoured(catalogue: Catalogue, industry_tables: Industry) -> None:
    later = []
    for half_life in (3.0, 36.0):
        mine = Scenario(hours=240, assumptions={"churn.half_life_months": half_life, "churn.lag_months": 1.0})
        values, year = of(catalogue, industry_tables, None, mine)
        assert np.all(export_year(catalogue, year).half_life == half_life)
        later.append(exports.exports(catalogue, values, year, "last_year").later.median)
    # 36 months or 3: without discount the tail alone is 12 times as long
    assert later[1] > 2 * later[0] > 0


def test_only_shared_assumptions_act_on_the_year() -> None:
    both: dict[str, Override] = {"churn.lag_months": 2.0}
    one = Disruption("one", "one", Scenario(assumptions={**both, "churn.rate": 0.1}), 1.0)
    two = Disruption("two", "two", Scenario(assumptions={**both, "churn.rate": 0.2}), 1.0)
    assert shared_assumptions([one, two]) == both
    assert shared_assumptions([one]) == {**both, "churn.rate": 0.1} and shared_assumptions([]) == {}


def test_kept_cost_goes_with_the_share_that_needs_a_vpn(
    catalogue: Catalogue, industry_tables: Industry
) -> None:
    given: dict[str, Override] = {
        "industry.vpn_block_days": 73.0, "industry.vpn_registered_share": 0.5, "industry.vpn_registered_effect": 0.8,
        "industry.vpn_leave_share": 0.0, "industry.coping_musd_per_year": 100.0,
    }  # fmt: skip
    flat = Baseline("flat", "No growth", 0.0, "")
    for share in (0.0, 0.25, 1.0):
        block = clients.block(
            Values(catalogue, industry_tables, {**given, "industry.vpn_client_share": share}), flat
        )
        # a fifth of a year, three fifths of it not spared
        assert [*block.kept_cost] == pytest.approx((100 * share * 0.6 / 5,) * 3)
    assert "60% of export earnings" in vpn_section(block).sentences[0]
    assert (
        "100% of the work that it reaches is kept, at a cost of $12 million"
        in vpn_section(block).sentences[1]
    )


def test_clients_away_by_year_by_hand(catalogue: Catalogue, industry_tables: Industry) -> None:
    given: dict[str, Override] = {
        "industry.vpn_block_days": 365.0, "industry.vpn_client_share": 0.5, "industry.vpn_registered_share": 0.0,
        "industry.vpn_leave_share": 0.4, "industry.vpn_leave_months": 6.0, "industry.client_return_years": 1.0,
    }  # fmt: skip
    values, year = of(catalogue, industry_tables, given)
    away = clients.away_by_year(values, 3)[:, 0]
    # a fifth of receipts: gone in half a year, away for the other half, then half of it a year later
    back = 0.5 / np.log(2)  # mean of 0.5^t over a year
    assert away == pytest.approx([0, 0.2 * 0.75, 0.2 * back, 0.2 * back / 2], rel=1e-3)
    path = exports.exports(catalogue, values, year, "last_year")
    assert path.clients.median[:4] == pytest.approx(path.undisturbed[:4] * (1 - away), rel=1e-9)
    rows = exports_section(path).tables[0].rows
    assert rows[1]["clients"] == path.clients.median[1]


def test_nobody_leaves_where_nothing_happens(catalogue: Catalogue, industry_tables: Industry) -> None:
    assert float(talent.outflow_of_year(0.1, 3.0, 1.5)) == pytest.approx(1 - 0.9**2)
    assert float(talent.outflow_of_year(0.1, 0.0, 1.5)) == 0
    outflows = []
    for given in (NOTHING, {}, BLACKOUTS):
        values, year = of(catalogue, industry_tables, given)
        people = talent_of(values, exports.exports(catalogue, values, year, "last_year"))
        outflows.append(people.outflow.median)
        if given is NOTHING:
            assert people.fewer == Range(0, 0, 0) and people.outflow_musd == Range(0, 0, 0)
    assert outflows[0] == 0 < outflows[1] < outflows[2]


def test_people_for_each_target(catalogue: Catalogue, industry_tables: Industry) -> None:
    given: dict[str, Override] = {"talent.professionals": 400_000.0, "talent.productivity_growth": 0.08}
    values, year = of(catalogue, industry_tables, {**given, "industry.own_target_musd": 4000.0})
    path = exports.exports(catalogue, values, year, "last_year")
    people = talent_of(values, path)
    assert [row.goal for row in people.goals] == [4_000, 5_000, 10_000, 15_000, 25_000]
    near, far = people.goals[0], people.goals[-1]
    # 4,000 / 3,810 of the people, each worth 1.08^5 times as much
    assert [*near.needed] == pytest.approx((400_000 * 4_000 / 3_810 / 1.08**5,) * 3)
    assert near.exist and near.enough > 0.9 and near.missing.median < 0
    assert not far.exist and far.enough == 0 and far.missing.low > 0
    section = talent_section(people, path)
    assert (
        "$4bn yes (enough in " in section.sentences[1]
        and "$25bn no (enough in 0% of simulations)" in section.sentences[1]
    )
    assert [row["enough"] for row in section.tables[1].rows] == [row.enough for row in people.goals]


def test_a_target_of_ones_own(catalogue: Catalogue, industry_tables: Industry) -> None:
    values, year = of(catalogue, industry_tables, {"industry.own_target_musd": 7_620.0})
    targets = exports.exports(catalogue, values, year, "claimed").targets
    own = next(row for row in targets if row.goal == 7_620)
    assert own.growth_needed == pytest.approx(2 ** (1 / 5) - 1)  # twice 3,810 in five years
    assert own.years == pytest.approx(np.log(2) / np.log(1.3))
    assert exports.goals_of(Values(catalogue, industry_tables, {})) == (5_000, 10_000, 15_000, 25_000)
    twice = Values(catalogue, industry_tables, {"industry.own_target_musd": 10_000.0})
    assert exports.goals_of(twice) == (5_000, 10_000, 15_000, 25_000)


def test_no_measure_covers_more_than_it_can(catalogue: Catalogue, industry_tables: Industry) -> None:
    for key, measure in industry_tables.measures.items():
        assert industry_tables.parameters[f"measure.{key}.coverage"].max == measure.coverage_max
    assert industry_tables.measures["backup_hub"].coverage_max < 0.2
    with pytest.raises(InputError, match=r"measure\.backup_hub\.coverage.*is out of range"):
        Values(catalogue, industry_tables, {"measure.backup_hub.coverage": 0.2})
