"""What a chart of an estimate shows, as its title on pages and in files: a sentence made from the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from model.common.durations import STOPS
from model.common.numbers import duration_text, spoken
from model.common.ranges import Chance
from model.common.text import capital, small
from model.estimation.analysis import TornadoRow
from model.estimation.estimate import Estimate
from model.estimation.words import ends_open, event_text, place_text, tense_of
from model.text import sentence

HOUR, DAY, WEEK, MONTH, YEAR = 1.0, 24.0, 168.0, 720.0, 8760.0  # hours
MARKS = (HOUR, DAY, WEEK, MONTH, YEAR)  # lengths that people know, all of them stops of a curve
assert set(MARKS) <= set(STOPS)


def answer(result: Estimate) -> str:
    """`A 1-day nationwide internet blackout would cost Pakistan about $16 million`; without the range."""
    if probably_nothing(result):
        return sentence.answer(result).rstrip(".")
    event = event_text(result) + ("," if ends_open(result) else "")
    verb, where = tense_of(result).cost, result.economy.country.in_sentence
    return f"{event} {verb} {where} about {_median(result, 'net_direct')}"


def cost(result: Estimate) -> str:
    """`A full blackout of 3 days across Bangladesh would cost about $170 million`."""
    event = f"{event_text(result, result.scenario.hours)} {place_text(result)}"
    return f"{event} {tense_of(result).cost} about {_median(result, 'net_direct')}"


def chain(result: Estimate) -> str:
    """`Pakistan: of $27 million of disrupted activity, $16 million is lost, overtime included`."""
    where, be = _where(result), tense_of(result).be
    if not result.amount("gross").high:
        return f"{where}: no activity {be} disrupted"
    disrupted = _median(result, "gross")
    if probably_nothing(result):
        return f"{where}: {disrupted} of activity {be} disrupted, probably none {be} lost"
    lost = _median(result, "net_direct")
    return f"{where}: of {disrupted} of disrupted activity, {lost} {be} lost, overtime included"


def duration(result: Estimate) -> str:
    """`Pakistan: 1 hour costs about $720,000, 1 day $16 million, 7 days $180 million`."""
    hours, curve = [float(value) for value in result.durations], result.curves["net_direct"].median
    own = result.scenario.hours
    near = [*[mark for mark in MARKS if mark < own][-1:], own, *[mark for mark in MARKS if mark > own][:1]]
    costs = [(mark, float(curve[hours.index(mark)])) for mark in near if mark in hours]
    (first, amount), *longer = [pair for pair in costs if pair[1] > 0] or [(own, 0.0)]
    if not amount:
        return f"{_where(result)}: nothing is lost at any of these lengths"
    length = duration_text(first)
    verb = "costs" if length.startswith("1 ") else "cost"
    said = f"{_where(result)}: {length} {verb} about {spoken(amount, result.money.unit)}"
    more = (f"{duration_text(mark)} {spoken(value, result.money.unit)}" for mark, value in longer)
    return ", ".join([said, *more])


def bearers(result: Estimate, label: str, median: float | None) -> str:
    """`Pakistan: the largest loss falls on telecommunications, $2.5 million`; the loss in the money of the result."""
    if not median:
        return f"{_where(result)}: nobody loses much"
    return f"{_where(result)}: the largest loss falls on {small(label)}, {spoken(median, result.money.unit)}"


def widest(result: Estimate) -> list[TornadoRow]:
    """The bars that move the answer, widest first: single inputs, and groups in place of what moves together."""
    parameters = result.catalogue.parameters
    return [
        row for row in result.tornado
        if row.swing > 0
        and (row.key not in parameters or not parameters[row.key].correlated or "share_of_ceiling" in row.key)
    ]  # fmt: skip


def drivers(result: Estimate) -> str:
    """`What moves the answer most: “…”, from $10 million to $26 million`."""
    rows = widest(result)
    if not rows:
        return f"{_where(result)}: nothing is uncertain here"
    low, high = (spoken(end, result.money.unit) for end in sorted((rows[0].at_low, rows[0].at_high)))
    return f"What moves the answer most: “{rows[0].label}”, from {low} to {high}"


def others(result: Estimate, values: Sequence[float]) -> str:
    """`Pakistan: other estimators would say $4.3 million to $350 million`; `values` in the money of the result."""
    if not values:
        return f"{_where(result)}: no other estimator has a figure for this"
    low, high = spoken(min(values), result.money.unit), spoken(max(values), result.money.unit)
    return f"{_where(result)}: other estimators would say {low if low == high else f'{low} to {high}'}"


def probably_nothing(result: Estimate) -> bool:
    """Whether most simulations lose nothing."""
    net = result.amount("net_direct")
    return not net.high or isinstance(net.range.spoken(net.unit), Chance)


def _where(result: Estimate) -> str:
    """The country, or the regions within it, to begin a title with."""
    regions, name = result.scenario.regions, capital(result.economy.country.in_sentence)
    return " and ".join(regions) if 0 < len(regions) <= 2 else name


def _median(result: Estimate, name: str) -> str:
    amount = result.amount(name)
    return spoken(amount.median, amount.unit)
