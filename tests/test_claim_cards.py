"""Claim cards: computed and not repaired, contradictions linked, placed only on the same scope and basis."""

from __future__ import annotations

import pytest
from conftest import Tables

from model.catalogue import Catalogue
from model.claim_cards import ClaimCard, amount_draws, amount_text, claim_cards, ends
from model.errors import DataError
from model.estimate import estimate
from model.evidence_rows import evidence
from model.operators import scenario_of

WANTED = {
    "claim_001": "Up to $300M", "claim_002": "$300M to $500M in 14 days", "claim_005": "$100M to $150M per year",
    "claim_007": "$1bn per year", "claim_009": "More than $1M per hour", "claim_026": "PKR 300M in 6 days",
    "seed000_12": "A target of $15bn",
}  # fmt: skip


@pytest.fixture(scope="module")
def cards() -> dict[str, ClaimCard]:
    from model.catalogue import load

    return {card.id: card for card in claim_cards(load())}


def test_all_claims_are_kept_and_many_have_cards(catalogue: Catalogue, cards: dict[str, ClaimCard]) -> None:
    assert len(evidence(catalogue).claims) == 72
    assert len(cards) >= 20
    for name, title in WANTED.items():
        assert cards[name].title.startswith(title), cards[name].title


def test_every_card_says_who_and_where_it_stands(cards: dict[str, ClaimCard]) -> None:
    for card in cards.values():
        assert card.said and card.who and card.when and card.source and card.status
        assert bool(card.placements) != bool(card.not_placed), card.id
        assert card.url or card.id.startswith("seed"), card.id


def test_three_hundred_million_by_hand(cards: dict[str, ClaimCard]) -> None:
    """300 / 3223 = 9.3 % of the receipts of FY24, 34 days of them; Rs 300M at 278.581 is 280 times less."""
    text = " ".join(cards["claim_001"].implications)
    assert "9.3 % of FY24 IT export receipts" in text and "34 days" in text
    assert "280 times" in text and "claim_026" in cards["claim_001"].against
    assert "60 times" in text  # 300 over 5
    assert cards["claim_001"].not_placed.startswith("no period")


def test_an_hour_by_hand(cards: dict[str, ClaimCard]) -> None:
    """$1M an hour over 3223 / 8760 = $0.368M an hour of receipts is 2.7 times."""
    assert any(
        "2.7 times what those receipts earn in a clock hour" in t for t in cards["claim_009"].implications
    )


def test_lengths_that_differ_are_compared_by_the_hour(cards: dict[str, ClaimCard]) -> None:
    """$2.21M an hour against $4.64M a day is 11 times, not half."""
    text = next(t for t in cards["claim_011"].implications if "claim_012" in t)
    assert text.startswith("By the hour 11 times")


def test_two_days_later(cards: dict[str, ClaimCard]) -> None:
    assert cards["claim_005"].against == ("claim_007",) and "claim_005" in cards["claim_007"].against
    assert any("6.7 times" in text for text in cards["claim_007"].implications)  # 1000 / 150
    assert "scaled from this very claim" in cards["claim_005"].not_placed


def test_targets_are_computed_and_no_cost(cards: dict[str, ClaimCard]) -> None:
    assert any("38.0 %" in text for text in cards["seed000_12"].implications)
    assert "no cost of a disruption" in cards["seed000_12"].not_placed


def test_contradictions_name_claims_that_exist(catalogue: Catalogue) -> None:
    known = evidence(catalogue).claims
    for claim in known.values():
        assert claim.id not in claim.against
        assert all(name in known for name in claim.against)


def test_percentiles_are_shares_of_draws(catalogue: Catalogue, cards: dict[str, ClaimCard]) -> None:
    placed = [card for card in cards.values() if card.placements]
    assert len(placed) >= 10
    for card in placed:
        for item in card.placements:
            assert 0 <= item.percentile_low <= item.percentile_high <= 1
            assert item.low <= item.median <= item.high and item.event in item.sentence
    item = cards["claim_011"].placements[0]
    result = estimate(catalogue, scenario_of(catalogue, "blackout_one_hour"))
    expected = float((amount_draws(result, "gross") < 2_210_000).mean())
    assert item.percentile_low == pytest.approx(expected, abs=1e-3)


def test_a_claim_without_currency_or_period_is_not_computed(catalogue: Catalogue) -> None:
    known = evidence(catalogue).claims
    assert ends(known["claim_071"]) is None and amount_text(known["claim_071"]).startswith(
        "no currency named"
    )


def test_revenue_tax_and_coping_are_never_placed(catalogue: Catalogue) -> None:
    for claim in evidence(catalogue).claims.values():
        if claim.scope in ("telecom", "tax") or claim.basis in ("coping", "transfer"):
            assert not claim.amounts, claim.id


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("amounts", "profit", "profit"),
        ("not_placed", "", "not_placed"),
        ("contradicts", "claim_999", "claim_999"),
        ("usd_high", "-1", "usd_high"),
    ],
)
def test_a_bad_claim_names_row_and_column(tables: Tables, column: str, value: str, told: str) -> None:
    tables.set("data/claims_published.csv", "claim_001", column, value)
    with pytest.raises(DataError, match=told):
        evidence(tables.load())
