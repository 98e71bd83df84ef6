"""What follows from a published claim by arithmetic: dollars, rates, shares of its own year, contradictions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from model.catalogue.economies import HOME
from model.catalogue.evidence import PublishedClaim
from model.catalogue.load import Catalogue
from model.claims.claims import CLAIM_YEAR
from model.common.ledger import COUNTS, counts
from model.common.numbers import as_given, percent, significant, spoken
from model.common.ranges import from_to
from model.common.text import capital

LowAndHigh = tuple[float, float]
HOURS_A_YEAR, DAYS_A_YEAR = 8760, 365
SAME = 0.05  # two figures this near to each other are called the same
IT_SCOPES = ("it_industry", "freelancers")
WORDS = {
    "it_industry": "IT industry", "economy": "whole economy", "telecom": "telecom sector", "tax": "tax",
    "freelancers": "freelancers", "food_delivery": "food delivery", "ride_hailing": "ride-hailing",
    "consumers": "customers", "unstated": "scope not stated",
}  # fmt: skip
KINDS = {
    "any": "any outage", "mixed": "several kinds", "unrest": "unrest", "mobile_only": "mobile data cut",
    "vpn_block": "VPN block",
}  # fmt: skip


@dataclass(frozen=True)
class ClaimYearFigure:
    """A figure of one year that a claim is compared with: USD, its name, title and address of its source.

    `period` is the year as people name it: `2023`, `FY23`.
    """

    usd: float
    label: str
    source: tuple[str, str]
    period: str


def claim_year(row: PublishedClaim) -> int | None:
    return int(row.date[:4]) if row.date else None


def receipts_of_claim(catalogue: Catalogue, row: PublishedClaim) -> ClaimYearFigure:
    """IT export receipts of the fiscal year that ends in the calendar year of the claim, or the last before.

    A claim without a date is compared with the year of the articles.
    """
    wanted = claim_year(row) or _calendar(CLAIM_YEAR)
    years = [item for item in catalogue.fiscal_years if item.preferred == "yes"]
    fitting = [item for item in years if _calendar(item.fiscal_year) <= wanted] or years[:1]
    latest = max(fitting, key=lambda item: _calendar(item.fiscal_year))
    usd = latest.value_musd * 1e6
    undated = "" if row.date else "; the claim is undated"
    label = f"{latest.fiscal_year} IT export earnings ({spoken(usd, digits=4)}{undated})"
    return ClaimYearFigure(
        usd, label, (f"{latest.source_title} ({latest.publisher})", latest.url), latest.fiscal_year
    )


def gdp_of_claim(catalogue: Catalogue, row: PublishedClaim) -> ClaimYearFigure | None:
    """GDP of the calendar year of the claim, or of the last year before that is known; undated: the newest."""
    latest = catalogue.methods.gdp_at_latest(HOME, claim_year(row) or 9999)
    if latest is None:
        return None
    source = catalogue.sources[latest.source]
    undated = "" if row.date else ", the newest as the claim is undated"
    label = f"GDP of {latest.year}{undated}: {spoken(latest.value, digits=4)}"
    return ClaimYearFigure(
        latest.value, label, (f"{source.title} ({source.publisher})", source.url), str(latest.year)
    )


def _calendar(fiscal_year: str) -> int:
    """Calendar year in which a fiscal year ends: `FY24` is 2024."""
    return 2000 + int(fiscal_year[2:])


def held_against(catalogue: Catalogue, row: PublishedClaim) -> ClaimYearFigure | None:
    """The yearly figure that fits the scope of a claim, if one does."""
    if ends(row) is None:
        return None
    if row.scope in IT_SCOPES:
        return receipts_of_claim(catalogue, row)
    return gdp_of_claim(catalogue, row) if row.scope == "economy" else None


def bound(row: PublishedClaim) -> str:
    """`upper` for a claim of "up to", `lower` for one of "more than", else empty."""
    if row.low is None and row.high is None:
        return ""
    return "upper" if row.low is None else "lower" if row.high is None else ""


def amount_text(row: PublishedClaim) -> str:
    """The claim in its own currency and period: `up to $300M`, `PKR 820M per day`."""
    unit = row.currency or "no currency named"
    low, high = row.low, row.high
    if low is None and high is None:
        return "no figure"
    if low is None or high is None:
        text = f"{'up to' if low is None else 'more than'} {spoken(high if low is None else low, unit, 3)}"
    else:
        text = from_to(spoken(low, unit, 3), spoken(high, unit, 3))
    text = re.sub(r"(\.\d*[1-9])0+(?=\D|$)|\.0+(?=\D|$)", r"\1", text)  # published digits, no empty decimals
    if row.events:
        return f"{text} for {row.events} shutdowns together"
    if row.period == "event" and row.window_days:
        return f"{text} in {row.window_days:g} day{'' if row.window_days == 1 else 's'}"
    return text + {
        "event": " for the event",
        "unstated": ", no period stated",
        "year_total": " in the year",
    }.get(row.period, " " + row.period.replace("_", " "))


def ends(row: PublishedClaim) -> LowAndHigh | None:
    """The claim in US dollars; a bound stands for itself."""
    low, high = row.usd_low, row.usd_high
    if low is None and high is None:
        return None
    return (low if low is not None else high or 0.0, high if high is not None else low or 0.0)


def per_hour(row: PublishedClaim, span: LowAndHigh) -> LowAndHigh | None:
    """The claim as a rate, its own length counted with 24 hours a day; None where no length is stated."""
    hours = {"per_hour": 1.0, "per_day": 24.0, "per_year": float(HOURS_A_YEAR)}.get(row.period)
    if hours is None and row.period == "event" and row.window_days:
        hours = row.window_days * 24
    return None if hours is None else (span[0] / hours, span[1] / hours)


def implications(
    catalogue: Catalogue, claims: Mapping[str, PublishedClaim], row: PublishedClaim
) -> list[str]:
    """What follows from the figure by arithmetic, then how it stands to the claims that it contradicts."""
    span = ends(row)
    if span is None:
        return ["No currency is given, so nothing can be computed"]
    texts: list[str] = []
    most = {"upper": "up to ", "lower": "more than ", "": ""}[bound(row)]
    if row.currency != "USD":
        rate = f"{as_given(row.fx)} {row.currency} per USD" if row.fx else "the rate of its year"
        texts.append(f"{most}{_span(span)} at {rate}, the average rate of its year")
    hourly = per_hour(row, span)
    if hourly is not None and row.period != "per_hour":
        length = {"per_day": "the day", "per_year": "the year"}.get(row.period, "each day")
        hours = f"{HOURS_A_YEAR:,}" if row.period == "per_year" else "24"
        texts.append(f"{most}{_span(hourly)} an hour, {length} counted with {hours} hours")
    base = held_against(catalogue, row)
    if base is not None and row.scope in IT_SCOPES:
        texts.append(
            f"{most}{_both(percent, span, 1 / base.usd)} of {base.label}, or "
            f"{_both(significant, span, DAYS_A_YEAR / base.usd)} days of them"
        )
        if hourly is not None and row.period != "per_year":
            when = "a clock hour" if row.period == "per_hour" else "the same time"
            times = _both(significant, hourly, HOURS_A_YEAR / base.usd)
            texts.append(f"{most}{times} times what those exports earn in {when}")
    elif base is not None and hourly is not None:
        share = _both(percent, hourly, HOURS_A_YEAR / base.usd)
        texts.append(f"{most}{share} of GDP in the same time ({base.label} over {HOURS_A_YEAR:,} hours)")
    elif base is not None:
        texts.append(f"{most}{_both(percent, span, 1 / base.usd)} of a year’s GDP ({base.label})")
    texts += [text for name in row.against for text in _against(row, span, claims[name])]
    return [capital(text) for text in texts]


def _against(row: PublishedClaim, span: LowAndHigh, other: PublishedClaim) -> list[str]:
    """How a claim stands to one that contradicts it: like with like, or with the conversion, or not at all."""
    theirs = ends(other)
    if theirs is None or theirs[1] <= 0 or span[1] <= 0:
        return []
    named = f"against {other.id} ({other.claimant}: {amount_text(other)})"
    mine, rival = per_hour(row, span), per_hour(other, theirs)
    if (row.period, row.window_days) == (other.period, other.window_days):
        unstated = ", neither with a length" if row.period == "unstated" else ""
        text = f"{named}{unstated}: {_times(span, theirs)}"
    elif mine and rival:
        text = f"{named}, by the hour: {_times(mine, rival)}"
    elif row.period.startswith("per_") or other.period.startswith("per_"):
        return [f"{named}: not compared, since one is a rate and the other a sum without a length"]
    else:
        text = f"{named}, as sums whatever their lengths: {_times(span, theirs)}"
    if span[0] != span[1] or theirs[0] != theirs[1]:
        text += ", upper ends compared"
    return [text + _unlike(row, other)]


def _unlike(row: PublishedClaim, other: PublishedClaim) -> str:
    """What else differs between two claims that are compared with each other."""
    pairs = (
        (_scope(row), _scope(other)),
        (_kind(row), _kind(other)),
        (_basis(row), _basis(other)),
    )
    differences = [f"{mine} here, {theirs} there" for mine, theirs in pairs if mine != theirs]
    return f"; not like for like: {'; '.join(differences)}" if differences else ""


def _scope(row: PublishedClaim) -> str:
    return WORDS.get(row.scope, row.scope.replace("_", " "))


def _kind(row: PublishedClaim) -> str:
    return KINDS.get(row.kind, row.kind.replace("_", " "))


def _basis(row: PublishedClaim) -> str:
    return counts(row.basis) if row.basis == "unclear" else COUNTS.get(row.basis, row.basis)


def _times(span: LowAndHigh, other: LowAndHigh) -> str:
    """How the upper ends compare, the larger over the smaller."""
    ratio = span[1] / other[1]
    if abs(ratio - 1) <= SAME:
        return "about the same"
    if ratio > 1:
        return f"this one is {significant(ratio)} times as large"
    return f"that one is {significant(1 / ratio)} times as large"


def _span(span: LowAndHigh) -> str:
    return from_to(*(spoken(end, digits=3) for end in span))


def _both(write: Callable[[float], str], span: LowAndHigh, factor: float) -> str:
    return from_to(*(write(end * factor) for end in span))
