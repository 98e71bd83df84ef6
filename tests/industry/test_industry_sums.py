"""No double counting: every two amounts of the industry pages are tried, and only a few may be added."""

from __future__ import annotations

from itertools import combinations

import pytest
from helpers.each import each

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.common.ledger import Amount, Refusal, total
from model.estimation.estimate import estimate
from model.industry.draws import Values
from model.scenario.scenario import Scenario
from model.text.firm_report import firm_sections, lever_sections
from model.text.industry_report import exports_sections, refusals

MEASURES = ("whitelisting", "registered_vpn", "second_link", "backup_hub", "help_desk", "work_from_home")
IDS = (
    "exports.shortfall", "exports.direct", "exports.later",
    "clients.lost", "clients.in_block", "clients.kept_cost", "clients.full_cost",
    "freelance.direct", "freelance.later", "freelance.ratings", "freelance.remote",
    "talent.outflow",
    "calendar.net", "calendar.year", "calendar.lagged", "calendar.coping",
    "firm.gross", "firm.caught_up", "firm.lost", "firm.profit", "firm.overtime", "firm.penalties", "firm.later",
    "firm.year",
    "home.lockdown", "home.spared", "home.outage", "home.exposed", "home.cost",
    *(f"measure.{what}.{key}" for what in ("avoided", "later", "cost") for key in MEASURES),
)  # fmt: skip
# Other people on the same footing; two costs of one firm in one outage; two measures that are both paid for.
MAY_BE_ADDED = {
    frozenset(pair)
    for pair in (
        ("freelance.direct", "freelance.remote"),
        ("firm.overtime", "firm.penalties"),
        *(("home.cost", f"measure.cost.{key}") for key in MEASURES if key != "work_from_home"),
        *combinations([f"measure.cost.{key}" for key in MEASURES], 2),
    )
}
REASONS = (
    "already contains", "they overlap, and a part would count twice", "one is ", "their periods differ",
)  # fmt: skip


def amounts(catalogue: Catalogue, inside: float) -> dict[str, Amount]:
    industry = catalogue.industry
    given: dict[str, Override] = {
        "freelance.inside": inside, "freelance.rating_loss_share": 0.05, "freelance.remote_musd": 100.0,
        "calendar.vpn_block.per_year": 1.0,
    }  # fmt: skip
    values = Values(catalogue, industry, given)
    sections = (
        *exports_sections(catalogue, industry, values, "own", "last_year"),
        *firm_sections(catalogue, industry, values, "software_house", "full_blackout"),
        *lever_sections(catalogue, industry, values, "own"),
    )
    return {amount.id: amount for section in sections for amount in section.amounts}


@pytest.fixture(scope="module", params=[1.0, 0.0], ids=["inside", "on top"])
def by_id(request: pytest.FixtureRequest, catalogue: Catalogue) -> dict[str, Amount]:
    return amounts(catalogue, request.param)


def test_every_amount_is_tried(by_id: dict[str, Amount]) -> None:
    assert set(by_id) == set(IDS)
    assert all(amount.median is not None for amount in by_id.values())


@each(("first", "second"), list(combinations(IDS, 2)))
def test_two_amounts(by_id: dict[str, Amount], first: str, second: str) -> None:
    for names in ((first, second), (second, first)):
        summed = total([by_id[name] for name in names])
        if frozenset(names) in MAY_BE_ADDED:
            assert summed == (by_id[first].median or 0) + (by_id[second].median or 0)
        else:
            assert isinstance(summed, Refusal), names
            assert any(reason in summed.sentence for reason in REASONS), summed.sentence


@each(
    ("first", "second", "why"),
    [
        ("exports.shortfall", "exports.direct", "already contains"),
        ("exports.shortfall", "clients.lost", "overlap"),
        ("exports.later", "clients.lost", "overlap"),
        ("exports.shortfall", "calendar.lagged", "overlap"),
        ("exports.later", "calendar.lagged", "overlap"),
        ("exports.shortfall", "firm.lost", "overlap"),
        ("clients.lost", "clients.in_block", "already contains"),
        ("clients.lost", "clients.kept_cost", "one is export earnings, the other running cost"),
        ("clients.full_cost", "clients.kept_cost", "already contains"),
        ("clients.kept_cost", "calendar.coping", "overlap"),
        ("clients.lost", "freelance.later", "overlap"),
        ("calendar.lagged", "freelance.later", "overlap"),
        ("talent.outflow", "exports.shortfall", "overlap"),
        ("talent.outflow", "calendar.lagged", "overlap"),
        ("calendar.net", "calendar.year", "overlap"),
        ("calendar.net", "calendar.lagged", "one is output (value added), the other export earnings"),
        ("calendar.coping", "measure.cost.registered_vpn", "overlap"),
        ("firm.profit", "calendar.net", "overlap"),
        ("firm.year", "firm.profit", "overlap"),
        ("firm.year", "calendar.year", "overlap"),
        ("home.spared", "measure.avoided.work_from_home", "overlap"),
        ("home.cost", "measure.cost.work_from_home", "overlap"),
        ("home.spared", "home.lockdown", "overlap"),
        ("home.exposed", "calendar.net", "overlap"),
        ("home.spared", "home.cost", "one is output (value added), the other running cost"),
    ],
)
def test_the_reason_is_the_right_one(by_id: dict[str, Amount], first: str, second: str, why: str) -> None:
    summed = total([by_id[first], by_id[second]])
    assert isinstance(summed, Refusal) and why in summed.sentence


def test_a_year_is_never_added_to_several(by_id: dict[str, Amount]) -> None:
    """Receipts lost at once, by freelancers in a year and by the industry over five, on top of each other."""
    assert by_id["freelance.direct"].period == "per year" and by_id["exports.direct"].period == "years 1 to 5"
    summed = total([by_id["exports.direct"], by_id["freelance.remote"]])
    assert isinstance(summed, Refusal) and "“years 1 to 5” and “per year”" in summed.sentence


@pytest.mark.parametrize("kind", ["full_blackout", "vpn_block"])
def test_nothing_is_added_to_the_estimate(by_id: dict[str, Amount], catalogue: Catalogue, kind: str) -> None:
    scenario = Scenario(kind=kind, draws=256, assumptions={"indirect.include": 1.0})
    for amount in estimate(catalogue, scenario).amounts:
        for other in by_id.values():
            assert isinstance(total([amount, other]), Refusal), (amount.id, other.id)


def test_freelancers_overlap_with_the_exports_only_where_they_are_inside(catalogue: Catalogue) -> None:
    for inside, reason in ((1.0, "overlap"), (0.0, "periods differ")):
        amounts_there = amounts(catalogue, inside)
        for pair in (("freelance.later", "exports.later"), ("freelance.direct", "exports.direct")):
            refused = total([amounts_there[name] for name in pair])
            assert isinstance(refused, Refusal) and reason in refused.sentence, pair


def test_the_page_tells_the_sums_that_it_does_not_make(catalogue: Catalogue) -> None:
    industry = catalogue.industry
    sections = exports_sections(
        catalogue, industry, Values(catalogue, industry, {}), "cables_and_blackouts", "last_year"
    )
    sentences = refusals(sections)
    assert sum("Earnings lost later through that year" in text for text in sentences) == 1
    assert sum("Cost of working around VPN blocks" in text for text in sentences) == 1
