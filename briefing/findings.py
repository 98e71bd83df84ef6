"""What each picture of a document shows, as its title: a sentence with the numbers, for slides and report."""

from __future__ import annotations

from briefing.content import Content
from model.common.durations import STOPS
from model.common.numbers import counted, duration_text, spoken
from model.common.ranges import Chance, Range
from model.common.text import capital, small
from model.estimation.words import ends_open, event_text, tense_of
from model.text import sentence

HOUR, DAY, WEEK, MONTH, YEAR = 1.0, 24.0, 168.0, 720.0, 8760.0  # hours
MARKS = (HOUR, DAY, WEEK, MONTH, YEAR)  # lengths that people know, all of them stops of a curve
assert set(MARKS) <= set(STOPS)


def answer(content: Content) -> str:
    """`A 1-day nationwide internet blackout would cost Pakistan about $16 million`; without the range."""
    result = content.result
    if _probably_nothing(content):
        return sentence.answer(result).rstrip(".")
    event = event_text(result) + ("," if ends_open(result) else "")
    verb, where = tense_of(result).cost, result.economy.country.in_sentence
    return f"{event} {verb} {where} about {_spoken(content, content.line('net_direct').median)}"


def chain(content: Content) -> str:
    """`Pakistan: of $27 million of disrupted activity, $16 million is not recovered`."""
    gross, net = content.line("gross"), content.line("net_direct")
    where, be = _country(content), tense_of(content.result).be
    if not gross.high:
        return f"{where}: no activity {be} disrupted"
    if _probably_nothing(content):
        return (
            f"{where}: {_spoken(content, gross.median)} of activity {be} disrupted, probably none {be} lost"
        )
    disrupted, lost = _spoken(content, gross.median), _spoken(content, net.median)
    return f"{where}: of {disrupted} of disrupted activity, {lost} {be} not recovered"


def duration(content: Content) -> str:
    """`Pakistan: 1 hour costs about $720,000, 1 day $16 million, 7 days $180 million`."""
    result = content.result
    hours, curve = [float(value) for value in result.durations], result.curves["net_direct"].median
    own = result.scenario.hours
    near = [*[mark for mark in MARKS if mark < own][-1:], own, *[mark for mark in MARKS if mark > own][:1]]
    costs = [(mark, float(curve[hours.index(mark)])) for mark in near if mark in hours]
    (first, cost), *longer = [pair for pair in costs if pair[1] > 0] or [(own, 0.0)]
    if not cost:
        return f"{_country(content)}: nothing is lost at any of these lengths"
    length = duration_text(first)
    verb = "costs" if length.startswith("1 ") else "cost"
    said = f"{_country(content)}: {length} {verb} about {_spoken(content, cost)}"
    return ", ".join([said, *(f"{duration_text(mark)} {_spoken(content, value)}" for mark, value in longer)])


def bearers(content: Content) -> str:
    """`Pakistan: the largest loss falls on telecommunications, $2.5 million`."""
    first = next(iter(content.sectors), None)
    if first is None or not first.median:
        return f"{_country(content)}: no industry loses much"
    return f"{_country(content)}: the largest loss falls on {small(first.label)}, {_spoken(content, first.median)}"


def drivers(content: Content) -> str:
    """`What moves the answer most: “…”, from $10 million to $26 million`."""
    if not content.drivers:
        return f"{_country(content)}: nothing is uncertain here"
    first = content.drivers[0]
    low, high = sorted((first.at_low, first.at_high))
    ends = f"from {_spoken(content, low)} to {_spoken(content, high)}"
    return f"What moves the answer most: “{first.label}”, {ends}"


def methods(content: Content) -> str:
    """`Other estimators would say $4.3 million to $350 million`."""
    costs = [row.cost for row in content.methods if row.cost]
    if not costs:
        return "No other estimator has a figure for this"
    low, high = _spoken(content, min(costs)), _spoken(content, max(costs))
    return f"Other estimators would say {low if low == high else f'{low} to {high}'}"


def comparison(content: Content) -> str:
    """`Of three scenarios “…” costs the most: about $57 million, $41 million more than “…”`; empty without others."""
    if not content.compared:
        return ""
    first = content.compared[0]
    top = max(content.compared, key=lambda row: row.amount.median or 0.0)
    if not top.amount.median:
        return f"None of the {counted(len(content.compared))} scenarios costs much"
    said = f"Of {counted(len(content.compared))} scenarios “{top.name}” costs the most: "
    said += f"about {spoken(top.amount.median, top.unit)}"
    more = top.differs.median
    return f"{said}, {spoken(more, top.unit)} more than “{first.name}”" if top is not first and more else said


def _country(content: Content) -> str:
    """The country, or the regions within it, to begin a title with."""
    regions, name = content.result.scenario.regions, content.result.economy.country.in_sentence
    return " and ".join(regions) if 0 < len(regions) <= 2 else capital(name)


def _spoken(content: Content, value: float | None) -> str:
    return spoken(value, content.unit)


def _probably_nothing(content: Content) -> bool:
    net = content.line("net_direct")
    return not net.high or isinstance(Range(net.low, net.median, net.high).spoken(content.unit), Chance)
