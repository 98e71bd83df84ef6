"""The articles' figures under sliders: quoted in our words, computed, never repaired."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, read_override
from model.catalogue.sources import Seed
from model.common.errors import InputError, choices
from model.common.ledger import (
    NOT_STATED,
    Amount,
    Ledger,
    Refusal,
    refusal,
)
from model.common.numbers import percent, significant, trimmed
from model.common.ranges import Range, from_to
from model.evidence import trends
from model.kernels import growth

Array = NDArray[np.float64]
OPEX, FIREWALL, SHORT_TERM = "seed000_19", "seed001_05", "seed000_03"
EXPORTS, GROWTH, HORIZON = "seed000_11", "seed000_10", "seed000_13"
TARGET_HIGH, TARGET_LOW = "seed000_12", "seed001_07"
GRADUATES, TRAINEES = "seed001_15", "seed001_19"
UNDISTURBED, DISTURBED = "As claimed, undisturbed", "Disturbed"
OTHER_VPN_CLAIM = "claim_007"  # $1bn in the first year
# Amounts that rest on an assumption beside what the articles state.
ASSUMED = ("claims.firewall_days", "claims.vpn_receipts", "claims.shortfall")
CLAIM_YEAR = "FY24"  # the fiscal year in which the statements were made


@dataclass(frozen=True)
class Card:
    """A published figure, who said it, and what it implies when it is computed."""

    seed: Seed
    title: str
    implications: tuple[str, ...]


@dataclass(frozen=True)
class Claims:
    """The claims view. Money in M USD; paths (year,) over `years`."""

    values: dict[str, Range[float]]  # as their sources give them: three equal parts where that is one number
    baseline: trends.Baseline
    baselines: dict[str, trends.Baseline]
    years: Array
    undisturbed: Array
    disturbed: Array
    shortfall: float
    opex_by_day: tuple[Array, Array, Array, Array]  # days, low, central, high in M USD
    amounts: tuple[Amount, ...]
    refusals: tuple[Refusal, ...]
    cards: tuple[Card, ...]


def movable_seeds(catalogue: Catalogue) -> dict[str, Seed]:
    """The seed figures that a reader can move."""
    return {
        key: seed for key, seed in catalogue.seeds.items() if seed.min is not None and seed.max is not None
    }


def settings(catalogue: Catalogue) -> list[str]:
    """The parameters of the claims view that no article gives."""
    return [key for key, parameter in catalogue.parameters.items() if parameter.group == "claims"]


def claims(
    catalogue: Catalogue, overrides: Mapping[str, Override] | None = None, baseline: str = "claimed"
) -> Claims:
    """The articles' figures with the reader's values in place; raises `InputError` naming seed and range."""
    values = _values(catalogue, dict(overrides or {}))
    options = trends.baselines(catalogue, values[GROWTH].median / 100, values["claims.own_growth"].median)
    base = trends.pick(options, baseline)
    start = values[EXPORTS].median
    years = growth.years_to_horizon(values[HORIZON].median)
    undisturbed = growth.path(start, base.growth, years)
    disturbed = growth.disturbed(
        start, base.growth, years,
        initial_loss=values["claims.initial_loss"].median, drag=values["claims.growth_drag"].median,
        disrupted_years=values["claims.disrupted_years"].median,
        half_life_years=values["claims.recovery_half_life_years"].median,
    )  # fmt: skip
    shortfall = growth.shortfall(undisturbed, disturbed, years)
    amounts = _amounts(catalogue, values, base, shortfall)
    days = np.arange(0, 731, dtype=float)
    spread = values[OPEX]
    return Claims(
        values=values,
        baseline=base,
        baselines=options,
        years=years,
        undisturbed=undisturbed,
        disturbed=disturbed,
        shortfall=shortfall,
        opex_by_day=(days, days / 365 * spread.low, days / 365 * spread.median, days / 365 * spread.high),
        amounts=amounts,
        refusals=_refusals(amounts),
        cards=_cards(catalogue, values),
    )


def opex(yearly: float, days: float) -> float:
    """Added operating cost of `days` of VPN blocking: a T / 365, the unit of `yearly`."""
    return yearly * days / 365


def firewall(cost: float, days: float, period_days: float) -> float:
    """The firewall figure spread over a period: F min(1, T / period), the unit of `cost`.

    `days` is T, of the disruption, and `period_days` the days that the figure is spread over.
    """
    return cost * min(1.0, days / period_days)


def shipped_values(catalogue: Catalogue) -> dict[str, Range[float]]:
    """The figures of the view as they are shipped, before a reader moves one."""
    return _values(catalogue, {})


def _values(catalogue: Catalogue, overrides: dict[str, Override]) -> dict[str, Range[float]]:
    movable = movable_seeds(catalogue)
    values: dict[str, Range[float]] = {}
    for key, seed in movable.items():
        central = seed.default if seed.default is not None else seed.value
        if central is None:
            raise InputError(f"seeds {key}", "", "has no default for its slider", "a value or a default")
        low = seed.low if seed.low is not None else central
        high = seed.high if seed.high is not None else central
        values[key] = Range(min(low, central), central, max(high, central))
    for key in settings(catalogue):
        default = catalogue.parameters[key].default
        if default is not None:
            values[key] = Range(default.low, default.mode, default.high)
    for key, given in overrides.items():
        checked_figure(catalogue, key, given)
        values[key] = Range(*(given if isinstance(given, tuple) else (given, given, given)))
    return values


def checked_figure(catalogue: Catalogue, key: str, given: Override) -> Override:
    """A reader's value of a figure as given; raises `InputError` naming the figure and what is allowed."""
    movable, assumed = movable_seeds(catalogue), settings(catalogue)
    if key in movable:
        _check_seed(movable[key], given if isinstance(given, tuple) else (given, given, given))
    elif key in assumed:
        catalogue.parameters[key].check(given)
    else:
        raise InputError("set", key, "is not a figure of the claims view", choices([*movable, *assumed], key))
    return given


def read_figure(catalogue: Catalogue, key: str, text: str, name: str = "") -> Override:
    """A figure as a reader types it, checked; `name` is what it is called where it was typed. Raises `InputError`."""
    row = catalogue.parameters.get(key)
    share = row is not None and row.may_be_percent
    return checked_figure(catalogue, key, read_override(name or key, text, share=share))


def _check_seed(seed: Seed, triple: tuple[float, float, float]) -> None:
    low, high = seed.min or 0.0, seed.max or 0.0
    allowed = f"{low:g} to {high:g} {seed.unit}"
    for value in triple:
        if not math.isfinite(value):
            raise InputError(seed.id, value, "is not a finite number", allowed)
        if not low <= value <= high:
            raise InputError(seed.id, value, "is out of range", allowed)
    if not triple[0] <= triple[1] <= triple[2]:
        raise InputError(seed.id, ":".join(f"{v:g}" for v in triple), "is not in order", "low:mode:high")


def _amounts(
    catalogue: Catalogue, values: dict[str, Range[float]], base: trends.Baseline, shortfall: float
) -> tuple[Amount, ...]:
    days = values["claims.vpn_block_days"].median
    period = values["claims.firewall_period_days"].median

    def amount(
        name: str,
        label: str,
        ledger: Ledger,
        value: Range[float],
        period: str,
        contains: tuple[str, ...] = (),
        *,
        event: bool = False,
    ) -> Amount:
        usd = value.each(lambda part: part * 1e6)
        return Amount(name, label, ledger, "claim", period, "USD", contains, usd, usd.median, event=event)

    cost = values[OPEX]
    wall = values[FIREWALL]
    vpn_share = values["claims.vpn_client_share"]
    spent = cost.each(lambda part: opex(part, days))
    counted = min(days, period)
    shared = wall.each(lambda part: part * firewall(1.0, days, period))
    horizon = f"{values[HORIZON].median:g} years"
    at_stake = values[EXPORTS].each(lambda part: part * vpn_share.median)
    return (
        amount("claims.opex_year", "Added operating cost, full year", "operating cost", cost, "per year"),
        amount("claims.opex", f"Added operating cost of {days:g} days of VPN blocking", "operating cost", spent,
               f"{days:g} days", event=True),
        amount("claims.firewall", "Cost of the firewall to the economy", "claim", wall, NOT_STATED,
               ("claims.firewall_days",)),
        amount("claims.firewall_days", f"Firewall figure over {counted:g} of {period:g} days (period assumed)", "claim",
               shared, f"{counted:g} days", event=True),
        amount("claims.short_term", "Near-term loss of the IT sector", "claim", values[SHORT_TERM], NOT_STATED),
        amount("claims.vpn_receipts", "Export earnings from clients that require VPN access (share assumed)",
               "receipts", at_stake, "per year"),
        amount("claims.shortfall", f"Shortfall against “{base.label}” over {horizon}", "receipts",
               Range(shortfall, shortfall, shortfall), horizon, event=True),
    )  # fmt: skip


def _refusals(amounts: tuple[Amount, ...]) -> tuple[Refusal, ...]:
    """What the totaller says to the sums that a reader is tempted to make."""
    by_id = {amount.id: amount for amount in amounts}
    tempting = (
        ("claims.opex_year", "claims.firewall"),
        ("claims.firewall", "claims.short_term"),
        ("claims.opex", "claims.shortfall"),
        ("claims.vpn_receipts", "claims.shortfall"),
    )
    reasons = (refusal(by_id[first], by_id[second]) for first, second in tempting)
    return tuple(reason for reason in reasons if reason is not None)


def _cards(catalogue: Catalogue, values: dict[str, Range[float]]) -> tuple[Card, ...]:
    """Implications computed from the figures as they stand on the sliders."""
    receipts = trends.receipts_by_year(catalogue)[CLAIM_YEAR]
    start, rate, years = values[EXPORTS].median, values[GROWTH].median / 100, values[HORIZON].median
    reached = float(growth.path(start, rate, years))
    seeds = catalogue.seeds

    def of_receipts(value: Range[float]) -> str:
        ends = value.low, value.high
        shares = from_to(*(percent(end / receipts, 3) for end in ends))
        days = from_to(*(significant(end / receipts * 365, 3) for end in ends))
        return f"{shares} of {CLAIM_YEAR} IT export earnings (${significant(receipts, 4)}M), or {days} days of them"

    def target(key: str) -> tuple[str, ...]:
        goal = values[key].median
        slow = growth.years_to(start, goal, rate)
        needed = growth.growth_needed(start, goal, years)
        reach = "is never reached" if slow is None else f"takes {significant(slow, 2)} years"
        return (
            f"From {_billions(start)} it needs {percent(needed, 3)} a year to get there in {years:g} years",
            f"At {percent(rate, 3)} a year it {reach}",
        )

    gap = values[TARGET_HIGH].median - reached
    side = "short of" if gap > 0 else "beyond"
    return (
        Card(seeds[GROWTH], f"{_billions(start)} growing {percent(rate, 3)} a year", (
            f"{_billions(reached)} after {years:g} years, {_billions(abs(gap))} {side} the "
            f"{_billions(values[TARGET_HIGH].median)} target; that gap is never a cost of disruption",
            f"Official export earnings grew {percent(_official_trend(catalogue), 3)} a year over the last five years",
        )),
        Card(seeds[TARGET_HIGH], f"A target of {_billions(values[TARGET_HIGH].median)}", target(TARGET_HIGH)),
        Card(seeds[TARGET_LOW], f"A target of {_billions(values[TARGET_LOW].median)}", target(TARGET_LOW)),
        Card(seeds[OPEX], f"${_span(values[OPEX])}M a year if VPNs are blocked", (
            of_receipts(values[OPEX]),
            "An operating cost, not lost output: it pays for activity that is saved",
            _said_later(catalogue, values[OPEX]),
        )),
        Card(seeds[FIREWALL], f"${_span(values[FIREWALL])}M for the firewall", (
            of_receipts(values[FIREWALL]),
            "No period and no method are given, so it cannot be compared with a yearly figure",
        )),
        Card(seeds[SHORT_TERM], f"Tens of millions (${_span(values[SHORT_TERM])}M here)", (
            of_receipts(values[SHORT_TERM]), "Freelancers and remote workers are left out of it",
        )),
        Card(seeds[TRAINEES], f"{significant(values[TRAINEES].median, 3)} people to be trained", _trained(values)),
    )  # fmt: skip


def _said_later(catalogue: Catalogue, yearly: Range[float]) -> str:
    """The same speaker's other figure for the same thing, two days later."""
    other = catalogue.evidence.claims[OTHER_VPN_CLAIM]
    amount = (other.usd_high or 0.0) / 1e6
    text = f"On {other.date} the same speaker put a VPN ban at {_billions(amount)} in its first year"
    if not yearly.low or not yearly.high:
        return text
    times = from_to(*(significant(amount / end, 2) for end in (yearly.high, yearly.low)))
    return f"{text}, {times} times as much"


def _trained(values: dict[str, Range[float]]) -> tuple[str, ...]:
    graduates = values[GRADUATES].median
    if graduates == 0:
        return ("No graduates to compare with",)
    share = percent(values[TRAINEES].median / graduates, 3)
    return (f"{share} of the graduates of one year ({significant(graduates, 3)})",)


def _official_trend(catalogue: Catalogue) -> float:
    return trends.baselines(catalogue, 0.0, 0.0)["five_year"].growth


def _billions(musd: float) -> str:
    """Published arithmetic (M USD) to three significant figures, at least in whole tenths: `$11.1bn`, `$3bn`."""
    return f"${trimmed(musd / 1000)}bn"


def _span(value: Range[float]) -> str:
    if value.low < value.high:
        return f"{value.low:g}-{value.high:g}"
    return f"{value.median:g}"
