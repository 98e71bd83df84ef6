"""Claim cards: who said what, what it implies when it is computed, and where it falls in our distribution."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model import growth
from model.catalogue import Catalogue
from model.claims import CLAIM_YEAR, TARGET_HIGH, TARGET_LOW, claims
from model.claims import GROWTH as CLAIMED_GROWTH
from model.errors import InputError
from model.estimate import Estimate, estimate_many
from model.evidence_rows import PublishedClaim, evidence
from model.formatting import duration_text, money, percent, significant
from model.operators import direct_receipts, export_sectors, scenario_of
from model.uncertainty import quantiles

Array = NDArray[np.float64]
FREELANCERS = "freelancers"
HOURS_A_YEAR, DAYS_A_YEAR = 8760, 365
LABELS = {
    "gross": "activity interrupted (gross)",
    "net_direct": "net direct loss",
    "it_receipts": "IT export receipts not earned, during and later",
    "freelance_receipts": "freelancers' receipts not earned during the disruption",
}
IT_SCOPES = ("it_industry", "freelancers")
WORDS = {
    "it_industry": "IT industry", "economy": "whole economy", "telecom": "telecom sector", "tax": "tax",
    "freelancers": "freelancers", "food_delivery": "food delivery", "ride_hailing": "ride-hailing",
    "consumers": "customers", "unstated": "scope not stated",
}  # fmt: skip


@dataclass(frozen=True)
class Placement:
    """Where a claim falls among the draws of one amount; percentiles as shares 0 to 1."""

    amount: str
    scenario: str
    event: str
    low: float
    median: float
    high: float
    percentile_low: float
    percentile_high: float
    basis: str

    @property
    def sentence(self) -> str:
        ours = f"ours: {money(self.low)} to {money(self.high)}, median {money(self.median)}"
        where = _percentile(self.percentile_low, self.percentile_high)
        return f"{where} of {LABELS[self.amount]}, {self.event} ({ours}){self.basis}"


@dataclass(frozen=True)
class ClaimCard:
    """A claim in our words with everything computed from it. `against` are ids of claims that it contradicts."""

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


def claim_cards(catalogue: Catalogue) -> tuple[ClaimCard, ...]:
    """A card for every claim that has our words, then the targets of the articles."""
    known = evidence(catalogue).claims
    told = [row for row in known.values() if row.said]
    runs: dict[tuple[str, float | None], Estimate] = {}
    return (*(_card(catalogue, known, row, runs) for row in told), *_targets(catalogue))


def amount_text(row: PublishedClaim) -> str:
    """The claim in its own currency and period: `up to $300M`, `PKR 820M per day`."""
    unit = row.currency or "no currency named"
    low, high = row.low, row.high
    if low is None and high is None:
        return "no figure"
    if low is None or high is None:
        text = f"{'up to' if low is None else 'more than'} {money(high if low is None else low, unit, 3)}"
    elif low == high:
        text = money(low, unit, 3)
    else:
        text = f"{money(low, unit, 3)} to {money(high, unit, 3)}"
    text = text.replace(".00", "").replace(".0M", "M").replace(".0bn", "bn")
    if row.period == "event" and row.window_days:
        return f"{text} in {row.window_days:g} day{'' if row.window_days == 1 else 's'}"
    return text + {
        "event": " for the event",
        "unstated": ", no period stated",
        "year_total": " in the year",
    }.get(row.period, " " + row.period.replace("_", " "))


def ends(row: PublishedClaim) -> tuple[float, float] | None:
    """The claim in US dollars; a bound stands for itself."""
    low, high = row.usd_low, row.usd_high
    if low is None and high is None:
        return None
    return (low if low is not None else high or 0.0, high if high is not None else low or 0.0)


def implications(catalogue: Catalogue, known: Mapping[str, PublishedClaim], row: PublishedClaim) -> list[str]:
    """What follows from the figure by arithmetic."""
    found: list[str] = []
    span = ends(row)
    if span is None:
        return ["No currency is given, so nothing can be computed"]
    if row.currency != "USD":
        rate = f"{row.fx:g} {row.currency} per USD" if row.fx else "the rate of its year"
        found.append(f"{_span(span)} at {rate}, the average of the year of the claim")
    per_hour = _per_hour(row, span)
    if per_hour is not None and row.period != "per_hour":
        found.append(f"{_span(per_hour)} an hour, the day counted with 24 hours")
    if row.scope in IT_SCOPES:
        receipts = growth.receipts_by_year(catalogue)[CLAIM_YEAR] * 1e6
        year = f"{CLAIM_YEAR} IT export receipts ({money(receipts, digits=4)})"
        found.append(
            f"{_both(percent, span, 1 / receipts)} of {year}, or "
            f"{_both(significant, span, DAYS_A_YEAR / receipts)} days of them"
        )
        if per_hour is not None:
            found.append(
                f"{_both(significant, per_hour, HOURS_A_YEAR / receipts)} times what those receipts "
                "earn in a clock hour"
            )
    elif row.scope == "economy" and per_hour is not None:
        gdp = catalogue.figures["PAK"]["gdp"]
        found.append(
            f"{_both(percent, per_hour, HOURS_A_YEAR / gdp.value)} of GDP in the same time (GDP of "
            f"{gdp.year})"
        )
    for name in row.against:
        found += _against(row, span, known[name])
    return found


def _against(row: PublishedClaim, span: tuple[float, float], other: PublishedClaim) -> list[str]:
    """How a claim stands to one that contradicts it: by the hour where their lengths differ."""
    theirs = ends(other)
    if theirs is None or theirs[1] <= 0 or span[1] <= 0:
        return []
    mine, rival = _per_hour(row, span), _per_hour(other, theirs)
    named = f"{other.claimant}: {amount_text(other)} [{other.id}]"
    if mine and rival and (row.period, row.window_days) != (other.period, other.window_days):
        return [f"By the hour {_times(mine, rival)} {named}"]
    told = _times(span, theirs)
    return [f"{told[0].upper()}{told[1:]} {named}"]


def _card(
    catalogue: Catalogue, known: Mapping[str, PublishedClaim], row: PublishedClaim,
    runs: dict[tuple[str, float | None], Estimate],
) -> ClaimCard:  # fmt: skip
    return ClaimCard(
        id=row.id,
        title=amount_text(row)[0].upper() + amount_text(row)[1:],
        said=row.said,
        who=row.claimant,
        when=row.date[:7] if row.date_precision == "month" else row.date or "undated",
        scope=WORDS.get(row.scope, row.scope.replace("_", " ")),
        basis="basis not stated" if row.basis == "unclear" else f"{row.basis} (our reading)",
        implications=tuple(implications(catalogue, known, row)),
        against=row.against,
        placements=tuple(_placements(catalogue, row, runs)),
        not_placed=row.not_placed,
        source=row.source,
        url=row.url,
        status=row.status,
        note=row.note,
    )


def _placements(
    catalogue: Catalogue, row: PublishedClaim, runs: dict[tuple[str, float | None], Estimate]
) -> list[Placement]:
    span = ends(row)
    if span is None or not row.amounts:
        return []
    key = row.scenario, row.hours
    if key not in runs:
        scenario = scenario_of(catalogue, row.scenario)
        asked = scenario if row.hours is None else scenario.but(hours=row.hours)
        runs[key] = estimate_many(catalogue, [asked], curves=False)[0]
    result = runs[key]
    basis = "; the claim does not state its basis" if row.basis == "unclear" else ""
    found = []
    for name in row.amounts.split():
        draws = np.sort(amount_draws(result, name))
        low, median, high = (float(value) for value in quantiles(draws))
        below = [float(np.searchsorted(draws, end) / draws.size) for end in span]
        title = result.scenario.header.title
        event = f"“{title}” at {duration_text(result.scenario.hours)}"
        found.append(Placement(name, row.scenario, event, low, median, high, below[0], below[1], basis))
    return found


def amount_draws(result: Estimate, name: str) -> Array:
    """Draws of an amount that a claim is set against, in USD."""
    if name in ("gross", "net_direct"):
        return np.asarray(result.draws[name])
    if name == "it_receipts":
        return np.asarray(direct_receipts(result) + result.draws["lagged_receipts"])
    if name == "freelance_receipts" and export_sectors(result.catalogue, FREELANCERS):
        return direct_receipts(result, FREELANCERS)
    raise InputError("amount", name, "is not known", ", ".join(LABELS))


def _targets(catalogue: Catalogue) -> list[ClaimCard]:
    """The articles' growth and targets, computed where the page of claims computes them."""
    found = []
    for card in claims(catalogue).cards:
        seed = card.seed
        if seed.id not in (CLAIMED_GROWTH, TARGET_HIGH, TARGET_LOW):
            continue
        found.append(
            ClaimCard(
                id=seed.id, title=card.title, said=seed.paraphrase, who=seed.speaker or "not named",
                when=seed.date or "undated", scope="export receipts", basis="a target or a rate, not a cost",
                implications=card.implications, against=(), placements=(),
                not_placed="a target is no cost of a disruption: the model has no amount to set beside it",
                source=f"{seed.article_title.strip('()')} ({seed.publisher or 'publisher not known'})", url=seed.url,
                status=seed.status, note=seed.notes,
            )
        )  # fmt: skip
    return found


def _per_hour(row: PublishedClaim, span: tuple[float, float]) -> tuple[float, float] | None:
    hours = {"per_hour": 1.0, "per_day": 24.0, "per_year": float(HOURS_A_YEAR)}.get(row.period)
    if hours is None and row.period == "event" and row.window_days:
        hours = row.window_days * 24
    return None if hours is None else (span[0] / hours, span[1] / hours)


def _span(span: tuple[float, float]) -> str:
    low, high = money(span[0], digits=3), money(span[1], digits=3)
    return low if low == high else f"{low} to {high}"


def _both(write: Callable[[float], str], span: tuple[float, float], factor: float) -> str:
    low, high = write(span[0] * factor), write(span[1] * factor)
    return low if low == high else f"{low} to {high}"


def _times(span: tuple[float, float], other: tuple[float, float]) -> str:
    """How the upper ends compare."""
    ratio = span[1] / other[1]
    if ratio >= 1:
        return "as large as the figure of" if ratio < 1.05 else f"{significant(ratio)} times the figure of"
    return (
        "as large as the figure of"
        if ratio > 0.95
        else f"{significant(1 / ratio)} times less than the figure of"
    )


def _percentile(low: float, high: float) -> str:
    def name(share: float) -> str:
        if share <= 0:
            return "below every draw"
        if share >= 1:
            return "above every draw"
        if share < 0.01 or share > 0.99:
            return "below percentile 1" if share < 0.5 else "above percentile 99"
        return f"percentile {significant(share * 100)}"

    first, last = name(low), name(high)
    text = last if first == last else f"{first} to {last.removeprefix('percentile ')}"
    return f"{text[0].upper()}{text[1:]}"
