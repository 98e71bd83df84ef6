"""The answer in a few short figures: the amount with its ends, and what it is by the day, of output, in other money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.common.numbers import GDP_SHARE, money, percent
from model.common.ranges import Range
from model.estimation.amounts import TYPED_RATE
from model.estimation.estimate import Estimate
from model.estimation.sampling import centre
from model.scenario.durations import HOURS
from model.text.sentence import KeyFigure


@dataclass(frozen=True)
class LossInWords:
    """The direct loss at one length: its median and both ends in words, and the figures that make it plain.

    The label of such a figure is read behind its value: `$57M` `a day`.
    """

    cost: Range[str]
    figures: tuple[KeyFigure, ...]


def answer(result: Estimate, index: int | None = None) -> LossInWords:
    """The answer at the chosen length, or at the one at `index` of the result's lengths."""
    at = result.chosen if index is None else index
    cost = result.curves["net_direct"].at(at)
    words = cost.money(result.money.unit)
    plain = () if cost.probably_nothing else tuple(_figures(result, at, cost.median))
    return LossInWords(words, plain)


def _figures(result: Estimate, at: int, cost: float) -> Iterator[KeyFigure]:
    """Cost by the day, the share of what the country produces in that time, and the other money.

    Shares of output are cost / (GDP x hours / 8760); a loss that is a share of GDP itself has none of them.
    """
    unit, hours = result.money.unit, float(result.durations[at]) * result.scenario.spells
    if unit == GDP_SHARE or hours <= 0 or cost <= 0:
        return
    if hours > HOURS["day"]:
        yield KeyFigure("a day", money(cost / hours * HOURS["day"], unit), "")
    elif hours < HOURS["day"]:
        yield KeyFigure("an hour", money(cost / hours, unit), "")
    made = result.economy.gdp * result.money.per_usd * hours / HOURS["year"]
    country = result.economy.country.in_sentence
    yield KeyFigure(f"of what {country} produces in that time", percent(cost / made), "")
    if unit != "USD":
        yield KeyFigure("in US dollars", money(cost / result.money.per_usd, "USD"), "")
    elif (local := local_money(result)) is not None:
        own, rate = local
        yield KeyFigure("in local money", money(cost * rate, own), "")


def local_money(result: Estimate) -> tuple[str, float] | None:
    """The country's own money and how much of it a dollar is; None where it is the dollar or no rate can be used."""
    own, rate = result.economy.country.currency, result.economy.rate
    typed = centre(result.table[TYPED_RATE])
    if own in ("", "USD") or (typed is None and rate is None):
        return None
    return own, typed if typed is not None else float(rate.value) if rate is not None else 1.0
