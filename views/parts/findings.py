"""What a chart of an estimate shows, as its title: the finding with its country, made from the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from model.common.numbers import spoken
from model.common.text import capital, small
from model.estimation.estimate import Estimate
from model.estimation.words import event_text, place_text, tense_of


def _country(result: Estimate) -> str:
    """The country, or the place within it, to begin a title with."""
    scenario, name = result.scenario, capital(result.economy.country.in_sentence)
    return " and ".join(scenario.regions) if 0 < len(scenario.regions) <= 2 else name


def cost(result: Estimate) -> str:
    """`A full blackout of 3 days across Bangladesh would cost about $170M`."""
    net = result.amount("net_direct")
    event = f"{event_text(result, result.scenario.hours)} {place_text(result)}"
    return f"{event} {tense_of(result).cost} about {spoken(net.median, net.unit)}"


def chain(result: Estimate) -> str:
    """`Bangladesh: how $260M of disrupted activity becomes a loss of $170M`."""
    gross, net = result.amount("gross"), result.amount("net_direct")
    disrupted, lost = spoken(gross.median, gross.unit), spoken(net.median, net.unit)
    return f"{_country(result)}: how {disrupted} of disrupted activity becomes a loss of {lost}"


def bearers(result: Estimate, label: str, amount: str) -> str:
    """`Bangladesh: the largest loss falls on wholesale and retail trade, $56 million`."""
    return f"{_country(result)}: the largest loss falls on {small(label)}, {amount}"


def drivers(result: Estimate, labels: Sequence[str]) -> str:
    """`Bangladesh: the assumption that matters most is …`."""
    if not labels:
        return f"{_country(result)}: nothing is uncertain here"
    return f"{_country(result)}: the assumption that matters most is “{labels[0]}”"


def others(result: Estimate, values: Sequence[float]) -> str:
    """`Bangladesh: other estimators would say $8.9M to $500M`; `values` in the money of the result, without ours."""
    if not values:
        return f"{_country(result)}: no other estimator has a figure for this"
    low, high = spoken(min(values), result.money.unit), spoken(max(values), result.money.unit)
    said = low if low == high else f"{low} to {high}"
    return f"{_country(result)}: other estimators would say {said}"
