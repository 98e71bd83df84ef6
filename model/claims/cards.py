"""Claim cards: who said what, what it implies when it is computed, and where it falls in our distribution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.catalogue.economies import HOME
from model.catalogue.evidence import PublishedClaim
from model.catalogue.load import Catalogue
from model.claims.arithmetic import (
    WORDS,
    amount_text,
    bound,
    ends,
    gdp_of_claim,
    held_against,
    implications,
    receipts_of_claim,
)
from model.claims.claims import GROWTH as CLAIMED_GROWTH
from model.claims.claims import TARGET_HIGH, TARGET_LOW, claims
from model.common.errors import InputError
from model.common.ledger import counts
from model.common.numbers import money, significant
from model.common.ranges import Range
from model.common.text import capital
from model.estimation.estimate import Estimate, estimate_many
from model.estimation.words import event_text
from model.evidence.quantities import direct_receipts, export_sectors, scenario_of
from model.evidence.vintages import of_year

Array = NDArray[np.float64]
FREELANCERS = "freelancers"
LABELS = {
    "gross": "activity disrupted, before recovery",
    "net_direct": "direct loss",
    "it_receipts_gross": "IT export earnings disrupted, before recovery",
    "it_receipts": "IT export earnings lost, during it and later",
    "freelance_receipts_gross": "freelancers’ earnings disrupted, before recovery",
}
# Without catching up the net loss of a sector is its gross loss, on the very same draws.
NOTHING_CAUGHT_UP = {"recapture.share_of_ceiling": 0.0}


@dataclass(frozen=True)
class Placement:
    """Where a claim falls among the draws of one amount; percentiles as shares 0 to 1.

    `bound` is `upper` or `lower` where the claim states one end only; `years` names the economy that is priced.
    """

    amount: str
    scenario: str
    event: str
    own_range: Range[float]
    percentile_low: float
    percentile_high: float
    bound: str
    basis: str
    years: str

    @property
    def sentence(self) -> str:
        words = self.own_range.each(money)
        own_text = f"our range: {words.ends}, median {words.median}"
        where = _percentile(self.percentile_low, self.percentile_high)
        if self.bound:
            lies = "lies at" if _inside(self.percentile_low) else "lies"
            where = f"its {self.bound} end {lies} {where}"
        where = capital(where)
        return f"{where} of {LABELS[self.amount]}, for {self.event}, on {self.years} ({own_text}){self.basis}"


@dataclass(frozen=True)
class ClaimCard:
    """A claim in our words with everything computed from it. `against` are ids of claims that it contradicts.

    `held_against` is title and address of the yearly figure behind its shares, empty where there is none.
    """

    id: str
    title: str
    said: str
    who: str
    when: str
    scope: str
    basis: str
    implications: tuple[str, ...]
    against: tuple[str, ...]
    placements: tuple[Placement, ...]
    not_placed: str
    source: str
    url: str
    status: str
    note: str
    held_against: tuple[str, str] = ("", "")

    @property
    def text(self) -> str:
        """Everything that a search looks at."""
        parts = (
            self.id,
            self.title,
            self.said,
            self.who,
            self.when,
            self.scope,
            self.basis,
            *self.implications,
        )
        return " ".join((*parts, *self.against, self.not_placed, self.source, self.note)).casefold()


@dataclass(frozen=True)
class PricedTwice:
    """A scenario of ours for a claim, as it is and with nothing caught up."""

    net: Estimate
    gross: Estimate


RunKey = tuple[str, float | None, str]  # scenario, length, years of the economy


def claim_cards(catalogue: Catalogue) -> tuple[ClaimCard, ...]:
    """A card for every claim that has our words, then the targets of the articles."""
    claims = catalogue.evidence.claims
    rows = [row for row in claims.values() if row.said]
    runs: dict[RunKey, PricedTwice] = {}
    return (*(_card(catalogue, claims, row, runs) for row in rows), *_targets(catalogue))


def _card(
    catalogue: Catalogue, claims: Mapping[str, PublishedClaim], row: PublishedClaim,
    runs: dict[RunKey, PricedTwice],
) -> ClaimCard:  # fmt: skip
    title, base = amount_text(row), held_against(catalogue, row)
    return ClaimCard(
        id=row.id,
        title=capital(title),
        said=row.said,
        who=row.claimant,
        when=row.date[:7] if row.date_precision == "month" else row.date or "undated",
        scope=WORDS.get(row.scope, row.scope.replace("_", " ")),
        basis=counts(row.basis) + ("" if row.basis == "unclear" else " (our reading)"),
        implications=tuple(implications(catalogue, claims, row)),
        against=row.against,
        placements=tuple(_placements(catalogue, row, runs)),
        not_placed=row.not_placed,
        source=row.source,
        url=row.url,
        status=row.status,
        note=row.note,
        held_against=("", "") if base is None else base.source,
    )


def _placements(
    catalogue: Catalogue, row: PublishedClaim, runs: dict[RunKey, PricedTwice]
) -> list[Placement]:
    span = ends(row)
    if span is None or not row.amounts:
        return []
    then, years = economy_of(catalogue, row)
    key = row.scenario, row.hours, years
    if key not in runs:
        runs[key] = run_of(then, row.scenario, row.hours)
    run = runs[key]
    basis = "; the claim does not say what it counts" if row.basis == "unclear" else ""
    placements = []
    for name in row.amounts.split():
        draws = np.sort(amount_draws(run, name))
        below = [float(np.searchsorted(draws, end) / draws.size) for end in span]
        event = event_text(run.net)
        event = f"{event[0].lower()}{event[1:]}"
        placements.append(
            Placement(
                name, row.scenario, event, Range.of(draws), below[0], below[1], bound(row), basis, years
            )
        )
    return placements


def economy_of(catalogue: Catalogue, row: PublishedClaim) -> tuple[Catalogue, str]:
    """The catalogue with the economy of the claim's own year, by the rule of its shares, and that year in words."""
    gdp, receipts = gdp_of_claim(catalogue, row), receipts_of_claim(catalogue, row)
    if gdp is None:
        return catalogue, f"GDP of {catalogue.figures[HOME]['gdp'].year}"
    year, fiscal = int(gdp.period), 2000 + int(receipts.period[2:])
    then = of_year(catalogue, HOME, (gdp.usd, year), (receipts.usd, fiscal))
    return then, f"GDP of {year} and export earnings of {receipts.period}"


def run_of(catalogue: Catalogue, name: str, hours: float | None = None) -> PricedTwice:
    """A shipped scenario, at another length where `hours` is given."""
    scenario = scenario_of(catalogue, name)
    asked = scenario if hours is None else scenario.lasting(hours)
    gross = asked.with_changes(assumptions={**asked.assumptions, **NOTHING_CAUGHT_UP})
    net, interrupted = estimate_many(catalogue, [asked, gross], curves=False)
    return PricedTwice(net, interrupted)


def amount_draws(run: PricedTwice, name: str) -> Array:
    """Draws of an amount that a claim is set against, in USD (draw,); raises `InputError` for a `name` that is none."""
    if name in ("gross", "net_direct"):
        return np.asarray(run.net.draws[name])
    if name == "it_receipts":
        return np.asarray(direct_receipts(run.net) + run.net.draws["lagged_receipts"])
    if name == "it_receipts_gross":
        return direct_receipts(run.gross)
    if name == "freelance_receipts_gross" and export_sectors(run.net.catalogue, FREELANCERS):
        return direct_receipts(run.gross, FREELANCERS)
    raise InputError("amount", name, "is not known", LABELS)


def _targets(catalogue: Catalogue) -> list[ClaimCard]:
    """The articles' growth and targets, computed where the page of claims computes them."""
    targets = []
    for card in claims(catalogue).cards:
        seed = card.seed
        if seed.id not in (CLAIMED_GROWTH, TARGET_HIGH, TARGET_LOW):
            continue
        targets.append(
            ClaimCard(
                id=seed.id, title=card.title, said=seed.paraphrase, who=seed.speaker or "not named",
                when=seed.date or "undated", scope="export earnings", basis="a target or a rate, not a cost",
                implications=card.implications, against=(), placements=(),
                not_placed="a target or a growth rate is no cost of a disruption, so no estimate is set against it",
                source=f"{seed.article_title.strip('()')} ({seed.publisher or 'publisher not known'})", url=seed.url,
                status=seed.status, note=seed.notes,
            )
        )  # fmt: skip
    return targets


def _percentile(low: float, high: float) -> str:
    """Where a claim lies among our draws, from the shares of draws below its ends."""
    first, last = _place(low), _place(high)
    if first == last:
        return last
    if _inside(low) and _inside(high):
        return f"{first} to {significant(high * 100)}"
    return f"from {first} to {last}"


def _inside(share: float) -> bool:
    """Whether a share of draws is a percentile that the number of draws can tell."""
    return 0.01 <= share <= 0.99


def _place(share: float) -> str:
    if _inside(share):
        return f"percentile {significant(share * 100)}"
    if share <= 0:
        return "below every simulation"
    if share >= 1:
        return "above every simulation"
    return "below percentile 1" if share < 0.5 else "above percentile 99"
