"""What the page of claims says in words: pure functions of the claims, tested as text."""

from __future__ import annotations

import re
from collections.abc import Callable

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.catalogue.sources import Seed
from model.claims.bridge import CLAIMED, ECONOMY, ORDERS, WORKAROUNDS, Bridge, BridgeRow
from model.claims.claims import CLAIM_YEAR, OPEX, Claims
from model.common.ledger import Amount, Refusal, total
from model.common.numbers import (
    as_given,
    duration_text,
    growth_percent,
    money,
    percent,
    significant,
    spoken,
    whole_number,
)
from model.common.ranges import Range, from_to
from model.evidence import trends

UNITS = {"pct per year": "% a year", "pct": "%", "per year": "a year", "persons per year": "persons a year"}
FIRM_SIZE, FIRM_NOW, FIRM_GOAL = "seed001_25", "seed001_28", "seed001_29"
YEAR = 365  # days for which the cost is claimed
LEAST = 0.005  # M USD; a smaller shortfall is rounding

NONE, NO_MIDDLE = "no figure", "tens of millions"
OUR_MIDDLE = "where a claim has two ends, its middle is computed"


def shipped(seed: Seed) -> tuple[float, float, float]:
    """Low, central and high as published; all three equal where the article gives one number."""
    central = next(
        value for value in (seed.default, seed.value, seed.low, seed.high, 0.0) if value is not None
    )
    low = central if seed.low is None else min(seed.low, central)
    high = central if seed.high is None else max(seed.high, central)
    return low, central, high


def as_published(seed: Seed) -> str:
    """The figure as published, with unit and period: `100 to 150 M USD per year`."""
    low, _, high = shipped(seed)
    ends = from_to(as_given(low), as_given(high))
    period = f" {seed.period}" if seed.unit == "M USD" and seed.period.startswith("per ") else ""
    unit = UNITS.get(seed.unit, seed.unit)
    return f"{ends}{'' if unit.startswith('%') else ' '}{unit}{period}"


def said(seed: Seed) -> str:
    """Who said it, where and when."""
    return (
        f"{seed.speaker or 'not named'}; {seed.publisher or 'publisher not known'}, {seed.date or 'undated'}"
    )


def usd(value: float | None) -> str:
    """Published money, `value` in USD, to three digits without empty decimals: `$125M`, `$1.5bn`."""
    return re.sub(r"(?<=\d)(\.0+|(\.\d*[1-9])0+)(?=\D*$)", r"\2", money(value, "USD", 3))


def _said_usd(value: float | None) -> str:
    """The same in a sentence: `$125 million`, `$1.5 billion`."""
    return re.sub(r"(?<=\d)(\.0+|(\.\d*[1-9])0+)(?=\D*$)", r"\2", spoken(value, "USD", 3))


def rate(share: float) -> str:
    """A growth rate, `share` a year, as `30%` or `21.5%`, with a minus sign where it falls."""
    return growth_percent(share)


def count(number: float, word: str) -> str:
    """A `number` with its word: `1 day`, `365 days`."""
    return f"{number:g} {word}" + ("" if number == 1 else "s")


def amount_with_ends(amount: Amount, what: str = "", write: Callable[[float | None], str] = _said_usd) -> str:
    """An amount with its range where it has one: `$125 million ($100 million to $150 million)`.

    `write` says each part of it, in USD; with `usd` the text is short.
    """
    words = amount.range.each(write)
    return f"{words.median}{what}{words.bracket()}"


def claimed_text(row: BridgeRow) -> str:
    """`$125M ($100M to $150M)`, or that the articles give none; what it leaves open in words."""
    if row.claimed is None:
        return NONE
    text = amount_text(row.claimed)
    if row.key == ECONOMY:
        text += " for the firewall"
    return text if row.stated else f"{text}; no period stated"


def amount_text(claimed: Amount) -> str:
    """`$125M ($100M to $150M)`; where no middle was said, that in words: `tens of millions (here $20M to $90M)`."""
    words = claimed_words(claimed)
    return (
        f"{NO_MIDDLE} (here {words.ends})"
        if words.median == NO_MIDDLE
        else amount_with_ends(claimed, write=usd)
    )


def short_claim(row: BridgeRow) -> str:
    """The claim as it fits beside a dot: of tens of millions there is no middle."""
    if row.claimed is None:
        return ""
    words = claimed_words(row.claimed)
    return words.ends if words.median == NO_MIDDLE else amount_with_ends(row.claimed, write=usd)


def claimed_words(claimed: Amount) -> Range[str]:
    """Low, middle and high of a claim: of tens of millions the ends are ours, and no middle was said."""
    words = claimed.range.each(usd)
    open_middle = claimed.id == CLAIMED[ORDERS] and claimed.low != claimed.high
    return Range(words.low, NO_MIDDLE, words.high) if open_middle else words


def bridge_finding(made: Bridge) -> str:
    """`Working around a VPN block of 1 day costs $274,000 to $411,000 as claimed, $56,000 as estimated`."""
    row = made.row(WORKAROUNDS)
    if row.claimed is None or row.estimated is None:
        return f"A VPN block of {duration_text(made.days * 24)}: what it costs, as claimed and as estimated"
    low, _, high = row.claimed.range.each(_said_usd)
    return (
        f"Working around a VPN block of {duration_text(made.days * 24)} costs {from_to(low, high)} as claimed, "
        f"{spoken(row.estimated.median)} as estimated"
    )


def claims_finding(result: Claims) -> str:
    """`The articles' amounts run from tens of millions of dollars to $1.5 billion, for different things: ...`."""
    named = [amount for amount in result.amounts if amount.unit == "USD" and amount.median]
    if not named:
        return "Nothing of what the articles name costs anything here"
    least, most = (pick(named, key=lambda amount: amount.median or 0.0) for pick in (min, max))
    low, high = least.range.each(_said_usd).low, most.range.each(_said_usd).high
    if claimed_words(least).median == NO_MIDDLE:
        low = f"{NO_MIDDLE} of dollars"
    return f"The articles' amounts run from {low} to {high}, for different things: never added"


def block_headline(catalogue: Catalogue, made: Bridge, result: Claims) -> str:
    """What the model says of a block, and what the industry says where the model does not look so far."""
    estimated = made.row(ECONOMY).estimated
    if estimated is None or not made.days:
        return headline(catalogue, result)
    cost, home = estimated.range.spoken(), catalogue.countries[HOME].in_sentence
    return (
        f"A VPN block of {duration_text(made.days * 24)} would cost {home} {cost.roughly} in lost "
        f"output{cost.bracket('range ')}, by our estimate."
    )


def headline(catalogue: Catalogue, result: Claims) -> str:
    """One sentence: what blocking VPNs for the chosen days adds to costs, on whose figure."""
    home = catalogue.countries[HOME].name
    days, seed = result.values["claims.vpn_block_days"].median, catalogue.seeds[OPEX]
    if days == 0:
        return f"Without a day of VPN blocking, no operating cost is added in {home}."
    amount = amount_of(result, "claims.opex")
    receipts = trends.receipts_by_year(catalogue)[CLAIM_YEAR] * 1e6
    yearly = result.values[OPEX]
    whose = f"{'as claimed' if days == YEAR else 'in proportion to the year claimed'} by {seed.speaker}"
    if (yearly.low, yearly.median, yearly.high) != shipped(seed):
        whose = f"on your figure in place of {as_published(seed)} by {seed.speaker}"
    return (
        f"Blocking VPNs in {home} for {count(days, 'day')} would add {amount_with_ends(amount, ' of operating cost')}, "
        f"{whose}; that is {percent((amount.median or 0) / receipts)} of {CLAIM_YEAR} IT export earnings."
    )


def baseline_text(result: Claims) -> str:
    """The baseline as it stands in titles: `“As claimed”, 30% a year`."""
    return f"“{result.baseline.label}”, {rate(result.baseline.growth)} a year"


def path_sentence(result: Claims) -> str:
    """What the export path loses, never without its baseline."""
    years = count(float(result.years[-1]), "year")
    reached = _said_usd(float(result.undisturbed[-1]) * 1e6)
    start = f"With growth {baseline_text(result)}, exports reach {reached} after {years}"
    if not has_loss(result):
        return f"{start}; no loss of exports is set, because no article gives one."
    return (
        f"{start}; the disruption set here takes {_said_usd(result.shortfall * 1e6)} off them in that time."
    )


def has_loss(result: Claims) -> bool:
    """Whether the sliders set any loss of exports."""
    return result.shortfall >= LEAST


def amount_of(result: Claims, name: str) -> Amount:
    return next(amount for amount in result.amounts if amount.id == name)


def other_refusals(result: Claims, names: list[str]) -> list[str]:
    """Sums that a reader is tempted to make, without the one that is on show."""
    others = [item for item in result.refusals if {item.first.id, item.second.id} != set(names)]
    return [item.sentence for item in others]


def sum_sentence(result: Claims, names: list[str]) -> str:
    """The total of the chosen amounts, or the reason why there is none."""
    chosen = [amount_of(result, name) for name in names]
    if len(chosen) < 2:
        return "Choose two or more amounts."
    added = total(chosen)
    if isinstance(added, Refusal):
        return added.sentence
    return f"Together {_said_usd(added)}, {chosen[0].money}, {chosen[0].period}."


def firm_implications(result: Claims) -> tuple[str, ...]:
    """What the shares of revenue of the firm in the interview imply for it."""
    now, goal = result.values[FIRM_NOW].median / 100, result.values[FIRM_GOAL].median / 100
    people = result.values[FIRM_SIZE].median
    today, every, then = (whole_number(people * share) for share in (now, 1, goal))
    work = f"{today} of {every} people depend on clients abroad now, {then} then"
    more = f"{significant(goal / now, 3)} times the exports of today" if now > 0 else "exports from nothing"
    return (
        f"On unchanged revenue, {percent(goal)} from exports means {more}",
        f"If work follows revenue, {work}",
    )
