"""Claim cards: computed and not repaired, contradictions linked, placed only on the same scope and basis."""

from __future__ import annotations

import re

import numpy as np
import pytest
from helpers.tables import Tables

from model.catalogue.load import Catalogue
from model.claims.arithmetic import amount_text, claim_year, ends
from model.claims.cards import (
    ClaimCard,
    amount_draws,
    claim_cards,
    economy_of,
    run_of,
)
from model.common.errors import DataError
from model.evidence.quantities import direct_receipts, scenario_of
from model.methods import methods

WANTED = {
    "claim_001": "Up to $300 million", "claim_002": "$300 million to $500 million in 14 days",
    "claim_005": "$100 million to $150 million per year",
    "claim_007": "$1 billion per year", "claim_009": "More than $1 million per hour",
    "claim_026": "PKR 300 million in 6 days",
    "seed000_12": "A target of $15bn",
}  # fmt: skip


@pytest.fixture(scope="module")
def cards() -> dict[str, ClaimCard]:
    from model.catalogue.load import load

    return {card.id: card for card in claim_cards(load())}


def test_all_claims_are_kept_and_many_have_cards(catalogue: Catalogue, cards: dict[str, ClaimCard]) -> None:
    assert len(catalogue.evidence.claims) == 72
    assert len(cards) >= 20
    for name, title in WANTED.items():
        assert cards[name].title.startswith(title), cards[name].title


def test_every_card_says_who_and_where_it_stands(cards: dict[str, ClaimCard]) -> None:
    for card in cards.values():
        assert card.said and card.who and card.when and card.source and card.status
        assert bool(card.placements) != bool(card.not_placed), card.id
        assert card.url or card.id.startswith("seed"), card.id


def test_three_hundred_million_by_hand(cards: dict[str, ClaimCard]) -> None:
    """300 / 3223 = 9.3% of the receipts of FY24, 34 days of them; Rs 300M at 278.581 is 280 times less."""
    text = " ".join(cards["claim_001"].implications)
    assert "9.3% of FY24 IT export earnings" in text and "34 days" in text
    assert "280 times" in text and "claim_026" in cards["claim_001"].against
    assert "60 times" in text  # 300 over 5
    assert cards["claim_001"].not_placed.startswith("no period")


def test_an_hour_by_hand(cards: dict[str, ClaimCard]) -> None:
    """$1M an hour over 3223 / 8760 = $0.368M an hour of receipts is 2.7 times."""
    assert any(
        "2.7 times what those exports earn in a clock hour" in t for t in cards["claim_009"].implications
    )


def test_lengths_that_differ_are_compared_by_the_hour(cards: dict[str, ClaimCard]) -> None:
    """$2.21M an hour against $4.64M a day is 11 times, not half."""
    text = next(t for t in cards["claim_011"].implications if "claim_012" in t)
    assert "by the hour: this one is 11 times as large" in text


def test_a_rate_is_never_compared_with_a_sum(catalogue: Catalogue, cards: dict[str, ClaimCard]) -> None:
    """Only figures of one length, or two with lengths, or two sums are compared with each other."""
    by_id = catalogue.evidence.claims
    kinds = set()
    for claim in by_id.values():
        for name in claim.against if claim.said else ():
            other = by_id[name]
            (text,) = (t for t in cards[claim.id].implications if t.startswith(f"Against {name} "))
            rates = [row.period.startswith("per_") for row in (claim, other)]
            lengths = [rate or bool(row.window_days) for rate, row in zip(rates, (claim, other), strict=True)]
            same = (claim.period, claim.window_days) == (other.period, other.window_days)
            if same:
                kinds.add("same")
                assert "by the hour" not in text and "whatever" not in text and "not compared" not in text
            elif all(lengths):
                kinds.add("rates")
                assert "by the hour" in text
            elif any(rates):
                kinds.add("refused")
                assert "not compared" in text and "times" not in text
            else:
                kinds.add("sums")
                assert "as sums whatever their lengths" in text
            if claim.scope != other.scope and "not compared" not in text:
                assert "not like for like" in text
    assert kinds == {"same", "rates", "refused", "sums"}


def test_a_claim_is_held_against_its_own_year(catalogue: Catalogue, cards: dict[str, ClaimCard]) -> None:
    """12 / 2596 of the receipts of FY23; 2.21 x 8760 / 371.747 bn in 2024; 52 / 3 x 365 / 336.686 bn in 2023."""
    assert any(
        "0.46% of FY23 IT export earnings ($2.596 billion)" in t for t in cards["claim_032"].implications
    )
    assert any("5.2% of GDP in the same time (GDP of 2024" in t for t in cards["claim_011"].implications)
    assert any("1.9% of GDP in the same time (GDP of 2023" in t for t in cards["claim_044"].implications)
    assert any("0.022% of a year’s GDP (GDP of 2016" in t for t in cards["claim_056"].implications)
    by_id = catalogue.evidence.claims
    for card in cards.values():
        if card.id in by_id and (year := claim_year(by_id[card.id])):
            text = " ".join(t for t in card.implications if "Against" not in t)
            assert all(int(year_text) == year for year_text in re.findall(r"GDP of (\d{4})", text)), card.id
            assert all(2000 + int(year_text) == year for year_text in re.findall(r"FY(\d\d) IT", text)), (
                card.id
            )
        assert bool(card.held_against[1]) == any(
            " of GDP" in t or "IT export" in t or "GDP of" in t
            for t in card.implications
            if "Against" not in t
        ), card.id
    assert "the claim is undated" in " ".join(cards["claim_010"].implications)


def test_gross_is_placed_on_gross_at_the_length_that_is_claimed(
    catalogue: Catalogue, cards: dict[str, ClaimCard]
) -> None:
    by_id = catalogue.evidence.claims
    placed = [claim for claim in by_id.values() if claim.amounts]
    assert len(placed) >= 15
    gross = {"gross", "it_receipts_gross", "freelance_receipts_gross"}
    for claim in placed:
        names = set(claim.amounts.split())
        if claim.basis == "gross":
            assert names <= gross, claim.id
        else:
            assert claim.basis == "unclear" and names & gross and names - gross, claim.id
        length = {"per_hour": 1.0, "per_day": 24.0, "per_year": 8760.0}.get(
            claim.period, (claim.window_days or 0) * 24
        )
        hours = claim.hours or scenario_of(catalogue, claim.scenario).hours
        if length:
            assert hours == pytest.approx(length), claim.id
    for name in ("claim_015", "claim_032", "claim_033", "claim_034"):
        assert all("disrupted, before recovery" in item.sentence for item in cards[name].placements)


def test_receipts_interrupted_by_hand(catalogue: Catalogue) -> None:
    """Without catching up net is gross, draw by draw; the receipts are that loss over the value-added share."""
    run = run_of(catalogue, "blackout_one_day")
    sectors = sum(run.gross.draws[f"net_direct.{item.key}"] for item in catalogue.sectors)
    assert sectors == pytest.approx(run.net.draws["gross"], rel=1e-9)
    it = [item for item in catalogue.sectors if item.export_group]
    lost = sum(run.gross.draws[f"net_direct.{item.key}"] for item in it)
    share = catalogue.parameters["exports.value_added_share"].default
    assert share is not None
    assert amount_draws(run, "it_receipts_gross") == pytest.approx(lost / share.mode, rel=1e-6)
    assert np.all(amount_draws(run, "it_receipts_gross") >= direct_receipts(run.net))
    assert np.all(amount_draws(run, "freelance_receipts_gross") < amount_draws(run, "it_receipts_gross"))


def test_two_days_later(cards: dict[str, ClaimCard]) -> None:
    assert cards["claim_005"].against == ("claim_007",) and "claim_005" in cards["claim_007"].against
    assert any("6.7 times" in text for text in cards["claim_007"].implications)  # 1000 / 150
    assert "scaled from this very claim" in cards["claim_005"].not_placed


def test_targets_are_computed_and_no_cost(cards: dict[str, ClaimCard]) -> None:
    assert any("38.0%" in text for text in cards["seed000_12"].implications)
    assert "no cost of a disruption" in cards["seed000_12"].not_placed


def test_contradictions_name_claims_that_exist(catalogue: Catalogue) -> None:
    by_id = catalogue.evidence.claims
    for claim in by_id.values():
        assert claim.id not in claim.against
        assert all(name in by_id for name in claim.against)


def test_percentiles_are_shares_of_draws(catalogue: Catalogue, cards: dict[str, ClaimCard]) -> None:
    placed = [card for card in cards.values() if card.placements]
    assert len(placed) >= 10
    for card in placed:
        for item in card.placements:
            assert 0 <= item.percentile_low <= item.percentile_high <= 1
            assert (
                item.own_range.low <= item.own_range.median <= item.own_range.high
                and item.event in item.sentence
            )
    item = cards["claim_011"].placements[0]
    then, years = economy_of(catalogue, catalogue.evidence.claims["claim_011"])
    run = run_of(then, "blackout_one_hour")
    expected = float((amount_draws(run, "gross") < 2_210_000).mean())
    assert item.percentile_low == pytest.approx(expected, abs=1e-3) and item.years == years


def test_a_claim_is_placed_on_the_economy_of_its_own_year(
    catalogue: Catalogue, cards: dict[str, ClaimCard]
) -> None:
    """What is interrupted falls with GDP (336.686 bn in 2023, 407.3 bn in 2025), and somewhat more, as use does."""
    claim = catalogue.evidence.claims["claim_044"]
    then, years = economy_of(catalogue, claim)
    assert years == "GDP of 2023 and export earnings of FY23"
    assert then.figures["PAK"]["gdp"].value == 336_686_348_609
    assert then.figures["PAK"]["it_export_receipts"].value == 2_596e6
    newest = catalogue.figures["PAK"]["gdp"]
    assert newest.year > 2023
    own, now = (run_of(where, claim.scenario, claim.hours) for where in (then, catalogue))
    ratio = np.median(amount_draws(own, "gross")) / np.median(amount_draws(now, "gross"))
    smaller = 336_686_348_609 / newest.value
    most = catalogue.parameters["digital.elasticity"].high  # of use on income a head
    assert most is not None and smaller ** (1 + most) < ratio < smaller
    for name in ("claim_044", "claim_011", "claim_047"):
        year = claim_year(catalogue.evidence.claims[name])
        assert all(f", on GDP of {year} and export earnings of FY{(year or 0) % 100}" in item.sentence
                   for item in cards[name].placements)  # fmt: skip


def test_contradictions_stand_at_both_ends(
    catalogue: Catalogue, cards: dict[str, ClaimCard], tables: Tables
) -> None:
    """The table need name a contradiction at one end only, and each leads to a card that exists."""
    for card in cards.values():
        for name in card.against:
            assert card.id in cards[name].against, (card.id, name)
            assert any(name in text for text in card.implications), (card.id, name)
    declared = {row[0]: row for row in tables.read("data/claims_published.csv")}
    column = tables.header("data/claims_published.csv").index("contradicts")
    assert "claim_040" in declared["claim_049"][column] and "claim_049" not in declared["claim_040"][column]
    assert "claim_049" in cards["claim_040"].against


def test_one_statement_has_one_basis_in_all_tables(catalogue: Catalogue, cards: dict[str, ClaimCard]) -> None:
    """The price, the claim and the method of one statement read it alike; the strip calls touched unclear."""
    by_id, tested = catalogue.evidence.claims, 0
    for row in catalogue.methods.estimates:
        if row.claim:
            claim, tested = by_id[row.claim], tested + 1
            assert row.basis == claim.basis, (row.id, claim.id)
            addresses = {row.url, *row.other_urls.split(";")}
            assert addresses & {claim.url, *claim.other_urls.split(";")} - {""}, (row.id, claim.id)
        if row.method in methods():
            basis = {"touched": "unclear"}.get(row.basis, row.basis)
            assert basis == methods()[row.method].basis, (row.id, row.method)
    assert tested >= 30
    for name in ("claim_012", "claim_013", "claim_014", "claim_015", "claim_016"):  # parts of one sum
        assert by_id[name].basis == methods()["pide2023"].basis == "gross"
    for name in ("claim_009", "claim_031"):  # neither says what it counts
        assert cards[name].basis == "not said what it counts"


@pytest.mark.parametrize(("column", "value"), [("claim", "claim_999"), ("basis", "gross")])
def test_a_price_that_reads_its_claim_otherwise_is_refused(tables: Tables, column: str, value: str) -> None:
    tables.set("data/estimates_published.csv", "est_017", column, value)
    with pytest.raises(DataError, match=rf"\(est_017\) column {column}"):
        tables.load().complete()


def test_a_sum_over_several_shutdowns_says_so(catalogue: Catalogue, cards: dict[str, ClaimCard]) -> None:
    assert cards["claim_056"].title == "$69 million for 6 shutdowns together"
    assert {claim.id for claim in catalogue.evidence.claims.values() if claim.events} == {"claim_056"}


def test_a_claim_without_currency_or_period_is_not_computed(catalogue: Catalogue) -> None:
    by_id = catalogue.evidence.claims
    assert ends(by_id["claim_071"]) is None and amount_text(by_id["claim_071"]).startswith(
        "no currency named"
    )


def test_revenue_tax_and_coping_are_never_placed(catalogue: Catalogue) -> None:
    for claim in catalogue.evidence.claims.values():
        if claim.scope in ("telecom", "tax") or claim.basis in ("coping", "transfer"):
            assert not claim.amounts, claim.id


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("amounts", "profit", "profit"),
        ("not_placed", "", "not_placed"),
        ("contradicts", "claim_999", "claim_999"),
        ("usd_high", "-1", "usd_high"),
    ],
)
def test_a_bad_claim_names_row_and_column(tables: Tables, column: str, value: str, message: str) -> None:
    tables.set("data/claims_published.csv", "claim_001", column, value)
    with pytest.raises(DataError, match=message):
        tables.load().complete()
