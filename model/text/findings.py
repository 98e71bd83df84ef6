"""What a chart or a table shows, as its title on pages and in files: a sentence made from the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from model.common.durations import STOPS
from model.common.numbers import (
    MILLION,
    duration_text,
    growth_percent,
    is_one,
    percent,
    signed,
    significant,
    spoken,
)
from model.common.ranges import Range, from_to
from model.common.text import capital, small
from model.estimation.analysis import TornadoRow
from model.estimation.estimate import Estimate
from model.estimation.words import ends_open, event_text, place_text, tense_of
from model.industry.calendar import YearOfDisruptions
from model.industry.clients import YEARS, VpnBlock
from model.industry.exports import Exports
from model.industry.firm import Firm
from model.industry.firm_year import FirmYear, WorthVerdict
from model.industry.freelancers import Freelance
from model.industry.home_seats import Home
from model.industry.measures import Continuity
from model.industry.talent import Talent
from model.industry.words import plural, target
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
    if probably_nothing(result):
        return sentence.answer(result).rstrip(".")
    event = f"{event_text(result, result.scenario.hours)} {place_text(result)}"
    return f"{event} {tense_of(result).cost} about {_median(result, 'net_direct')}"


def chain(result: Estimate) -> str:
    """`Pakistan: of $27 million of disrupted activity, $16 million is lost, overtime included`."""
    where, be = _where(result), tense_of(result).be
    if not result.amount("gross").high:
        return f"{where}: no activity {be} disrupted"
    if result.amount("gross").range.probably_nothing:
        return f"{where}: probably no activity {be} disrupted"
    disrupted = _median(result, "gross")
    if probably_nothing(result):
        return f"{where}: {disrupted} of activity {be} disrupted, probably none {be} lost"
    lost = _median(result, "net_direct")
    return f"{where}: of {disrupted} of disrupted activity, {lost} {be} lost, overtime included"


def duration(result: Estimate) -> str:
    """`Pakistan: 1 hour costs about $720,000, 1 day $16 million, 7 days $180 million`."""
    hours, curve = [float(value) for value in result.durations], result.curves["net_direct"]
    own = result.scenario.hours
    near = [*[mark for mark in MARKS if mark < own][-1:], own, *[mark for mark in MARKS if mark > own][:1]]
    costs = [(mark, curve.at(hours.index(mark))) for mark in near if mark in hours]
    sure = [(mark, cost.median) for mark, cost in costs if cost.median > 0 and not cost.probably_nothing]
    if not sure:
        perhaps = any(cost.high > 0 for _, cost in costs)
        return f"{_where(result)}: {'probably ' if perhaps else ''}nothing is lost at any of these lengths"
    (first, amount), *longer = sure
    verb = "costs" if is_one(first) else "cost"
    said = f"{_where(result)}: {duration_text(first)} {verb} about {spoken(amount, result.money.unit)}"
    more = (f"{duration_text(mark)} {spoken(value, result.money.unit)}" for mark, value in longer)
    return ", ".join([said, *more])


def bearers(result: Estimate, label: str, median: float | None) -> str:
    """`Pakistan: the largest loss falls on telecommunications, $2.5 million`; `median` in the money of the result."""
    if not median or probably_nothing(result):
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
    said = from_to(*(spoken(end, result.money.unit) for end in (min(values), max(values))))
    return f"{_where(result)}: other estimators would say {said}"


def probably_nothing(result: Estimate) -> bool:
    """Whether most simulations lose nothing."""
    net = result.amount("net_direct")
    return not net.high or net.range.probably_nothing


def span(rows: Sequence[tuple[str, float | None]], unit: str) -> str:
    """`From about $490,000 (1 hour) to $700 million (30 days)`: the least and the most of `rows`.

    Each row is a name and a median in `unit`, None where it has none.
    """
    amounts = sorted((value, name) for name, value in rows if value is not None)
    if len(amounts) < 2 or amounts[0][0] == amounts[-1][0]:
        return f"All of them: about {spoken(amounts[0][0], unit)}" if amounts else "Nothing here has a figure"
    (low, least), (high, most) = amounts[0], amounts[-1]
    return f"From about {spoken(low, unit)} ({least}) to {spoken(high, unit)} ({most})"


def most(rows: Sequence[tuple[str, float | None]], unit: str) -> str:
    """`“VPN block for 180 days” costs the most, about $60 million`: of `rows`, names with medians in `unit`."""
    name, value = max(rows, key=lambda row: row[1] or 0.0)
    return (
        f"“{name}” costs the most, about {spoken(value, unit)}" if value else "None of these costs anything"
    )


def path(exports: Exports) -> str:
    """`Disruptions take about $140 million off Pakistan’s IT exports over 5 years`."""
    horizon = plural(exports.years[-1], "year")
    return f"Disruptions take about {_million(exports.shortfall)} off Pakistan’s IT exports over {horizon}"


def targets(exports: Exports) -> str:
    """`$25bn in 5 years takes growth of 46% a year; the path here grows 18.2%`."""
    furthest = max(exports.targets, key=lambda row: row.goal)
    return (
        f"{target(furthest.goal)} in {plural(exports.years[-1], 'year')} takes growth of "
        f"{percent(furthest.growth_needed)} a year; the path here grows {growth_percent(exports.baseline.growth)}"
    )


def baselines(exports: Exports) -> str:
    """`Growth to start from: 13% a year (Trend FY22 to FY25) to 30% (As claimed)`."""
    low, *_, high = sorted(exports.baselines.values(), key=lambda row: row.growth)
    return (
        f"Growth to start from: {growth_percent(low.growth)} a year ({small(low.label)}) to "
        f"{growth_percent(high.growth)} ({small(high.label)})"
    )


def block(made: VpnBlock) -> str:
    """`A VPN block of 365 days reaches 33% of IT export earnings; lost clients cost $780 million over 5 years`."""
    reached = percent(made.exposed.median)
    if not made.days:
        return f"A day of VPN blocking would reach {reached} of IT export earnings"
    return (
        f"A VPN block of {plural(made.days, 'day')} reaches {reached} of IT export earnings; lost clients cost "
        f"{_million(made.lost)} over {YEARS} years"
    )


def away(made: VpnBlock) -> str:
    """`At the end of the block 4.3% of export earnings are away with clients`."""
    return f"At the end of the block {percent(made.left.median)} of export earnings are away with clients"


def freelancers(made: Freelance) -> str:
    """`Freelancers lose $2.3 million of earnings a year at once, $8.3 million with clients that leave`."""
    return (
        f"Freelancers lose {_million(made.direct)} of earnings a year at once, {_million(made.later)} with clients "
        "that leave"
    )


def people(made: Talent) -> str:
    """`In year 5 the path needs 880,000 professionals; 360,000 are there`."""
    return (
        f"In year {made.years[-1]:g} the path needs {signed(float(made.need.median[-1]))} professionals; "
        f"{signed(float(made.have.median[-1]))} are there"
    )


def goals(made: Talent) -> str:
    """`By year 5 there are enough people for none of the 4 targets`."""
    count, every = sum(row.exist for row in made.goals), len(made.goals)
    return f"By year {made.years[-1]:g} there are enough people for {count or 'none'} of the {every} targets"


def calendar(year: YearOfDisruptions) -> str:
    """`Of such a year “Nationwide blackout, 1 day” costs the most, about $33 million`."""
    lines = [line for line in year.lines if line.cost.median > 0]
    if not lines:
        return "Nothing in such a year costs much"
    top = max(lines, key=lambda line: line.cost.median)
    return f"Of such a year “{top.label}” costs the most, about {spoken(top.cost.median)}"


def years(year: YearOfDisruptions) -> str:
    """`Half of such years cost less than $31 million, one in twenty more than $100 million`."""
    drawn = Range.of(year.drawn_net)
    return f"Half of such years cost less than {spoken(drawn.median)}, one in twenty more than {spoken(drawn.high)}"


def measures(made: Continuity) -> str:
    """`Help desk around the clock avoids about $520,000 a year, at a cost of $470,000`: the best within the budget."""
    if made.best is None:
        return f"No set of measures within {spoken(made.budget)} a year avoids any loss"
    return (
        f"The best measures within {spoken(made.budget)} a year avoid about {spoken(made.best.counted.median)}, at a "
        f"cost of {spoken(made.best.cost.median)}"
    )


def sets(made: Continuity) -> str:
    """`Of 64 sets of measures within $50 million a year the best: “…”`."""
    if made.best is None:
        return measures(made)
    return f"Of {made.subsets} sets of measures within {spoken(made.budget)} a year the best: “{made.best.label}”"


def home(made: Home) -> str:
    """`50% of seats at home spare $120 million in a lockdown, and put $450,000 more at risk in a day of blackout`."""
    return (
        f"{percent(made.at_home)} of seats at home spare {_million(made.spared)} in a lockdown, and put "
        f"{_million(made.exposed)} more at risk in a day of blackout"
    )


def balance(made: Home) -> str:
    """`Seats at home pay for themselves after 5.2 working days of lockdown a year`."""
    if made.break_even_days is None:
        return "Seats at home have no break-even here"
    return f"Seats at home pay for themselves after {significant(made.break_even_days)} working days of lockdown a year"


def firm_year(year: FirmYear) -> str:
    """`5 outages a year of 4 working hours cost this firm about $6,300 of profit a year`."""
    outages = f"{plural(year.outages, 'outage')} a year of {plural(year.hours, 'working hour')}"
    verb = "costs" if year.outages == 1 else "cost"
    lost = f"about {spoken(year.cost.median)} of" if year.cost.high > 0 else "no"
    return f"{outages} {verb} this firm {lost} profit"


def firm_year_range(year: FirmYear) -> str:
    """`One such year in ten costs this firm more than $12,000 of profit`."""
    if year.cost.high <= 0:
        return firm_year(year)
    return f"One such year in ten costs this firm more than {spoken(year.bad)} of profit"


def worth(year: FirmYear) -> str:
    """`Worth its price over such a year: one more fixed line`."""
    good = [small(row.label) for row in year.worth if row.verdict is WorthVerdict.WORTH_IT]
    return (
        f"Worth its price over such a year: {' and '.join(good)}"
        if good
        else "Nothing here is worth its price"
    )


def outage(firm: Firm) -> str:
    """`One outage of 0.5 working days costs this firm about $12,000 of profit`."""
    lost = firm.results["profit"].median
    cost = f"about {spoken(lost)} of profit" if lost > 0 else "no profit"
    return f"One outage of {plural(firm.length, 'working day')} costs this firm {cost}"


def outage_by_length(firm: Firm) -> str:
    """`An outage of 0.25 working days costs about $630 of profit, one of 130 $1.9 million`."""
    first, last = (spoken(float(firm.curves["profit"].median[at])) for at in (0, -1))
    return (
        f"An outage of {plural(float(firm.days[0]), 'working day')} costs about {first} of profit, one of "
        f"{firm.days[-1]:g} days {last}"
    )


def savings(firm: Firm) -> str:
    """`“One more fixed line” returns most: 5 such outages a year save 51 times its cost`."""
    if firm.free:
        return f"“{firm.free.label}” costs nothing and saves profit"
    if not firm.best:
        return "No further line or satellite terminal saves profit in such an outage"
    ratio, row = firm.best
    return f"“{row.label}” returns most: {outages_save(firm)} {significant(ratio)} times its cost"


def outages_save(firm: Firm) -> str:
    """`5 such outages a year save`: as many as the firm counts with."""
    return f"{plural(firm.outages_a_year, 'such outage')} a year {'saves' if firm.outages_a_year == 1 else 'save'}"


def _million(values: Range[float]) -> str:
    """The median of millions of dollars."""
    return spoken(values.median * MILLION)


def _where(result: Estimate) -> str:
    """The country, or the regions within it, to begin a title with."""
    regions, name = result.scenario.regions, capital(result.economy.country.in_sentence)
    return " and ".join(regions) if 0 < len(regions) <= 2 else name


def _median(result: Estimate, name: str) -> str:
    amount = result.amount(name)
    return spoken(amount.median, amount.unit)
