"""The sentences of the comparison: rows in, text out; tested without a screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from model.catalogue.economies import HOME
from model.common.numbers import (
    duration_parts,
    duration_text,
    exact_percent,
    money,
    percent,
    significant,
    spoken,
    spoken_figure,
    trimmed,
)
from model.common.ranges import Range
from model.common.text import capital
from model.compare.breakeven import Crossing
from model.compare.compare_durations import lengths_of, line_text, main_step, reads_as_one
from model.compare.curves import Along
from model.compare.differences import (
    Compared,
    ratio_of,
    spread,
    times_text,
)
from model.estimation.estimate import Estimate
from model.estimation.words import kind_text, place_text, start_text, what_text
from model.estimation.world import OF_ONE_COUNTRY
from model.scenario.durations import HOURS, MAX_HOURS
from model.scenario.scenario import Scenario

LIKE_WITH_LIKE = (
    "Differences compare like with like (same simulations). Ranges run from the 5th to the 95th percentile of the "
    "simulations."
)
MONTHS_FROM = 90 * HOURS["day"]  # longer ones are told in months
MOST_NAMED = 3  # regions that a headline names one by one
LONGEST_BETWEEN = 48  # characters under a value that fit beside nothing on a phone
LONGEST = 225  # characters that fit into three lines of a desk's screen


def where_text(result: Estimate, most: int = MOST_NAMED) -> str:
    """The place of `result` for a headline: more regions than `most` are counted, not named."""
    count = len(result.scenario.regions)
    return (
        place_text(result) if count <= most else f"in {count} regions of {result.economy.country.in_sentence}"
    )


def span_text(scenario: Scenario) -> str:
    """How long `scenario` lasts in all: `1 day`, `4 outages of 1 day`."""
    length = duration_text(scenario.hours)
    return f"{scenario.spells} outages of {length}" if scenario.spells > 1 else length


def spread_text(value: Range[float | None], unit: str) -> str:
    """`value`, money in `unit`, in a table: `$33M ($21M to $50M)`; a range that crosses zero keeps its signs."""
    return value.money(unit).full


def said_text(value: Range[float | None], unit: str) -> str:
    """`value`, money in `unit`, in a sentence: `$33 million ($21-50 million)`."""
    return value.spoken(unit).full


def ranged_text(value: Range[float | None], unit: str) -> str:
    """`value`, money in `unit`, as a headline says it: `$33 million (range $21-50 million)`."""
    words = value.spoken(unit)
    return f"{words.median}{words.bracket('range ')}"


def signed_text(value: Range[float | None], unit: str, write: Callable[..., str] = spoken) -> str:
    """`value`, a difference in `unit`: `+$12 million (+$8 million to +$19 million)`; `write` makes the words."""
    if (numbers := value.measured) is None:
        return "not measured"
    if numbers.low == numbers.high == 0:
        return "none"
    return numbers.each(lambda number: signed(number, unit, write)).full


def signed(value: float, unit: str, write: Callable[..., str] = money) -> str:
    """`value`, money in `unit`, with its sign; `write` makes the words, which are short by default, as on a chart."""
    return f"+{write(value, unit)}" if value > 0 else write(value, unit)


def share_text(value: Range[float | None], per: float = 1.0) -> str:
    """`value`, a share, times `per`, in percent with its range."""
    return share_range(value, per).full


def share_range(value: Range[float | None], per: float = 1.0) -> Range[str]:
    """`value`, a share, times `per`, in percent: low, median and high."""
    return value.each(lambda number: "not known" if number is None else percent(number * per))


def durations_headline(rows: Sequence[Compared]) -> str:
    """`rows` told: `A full blackout across Pakistan: 7 days cost 9.1 times as much as 1 day (range 7.8 to 11), ...`."""
    first = rows[0].result
    start = start_text(first.scenario)
    full = _durations_text(rows, f"{capital(what_text(first))} {where_text(first)}{start}")
    if len(full) <= LONGEST:
        return full
    # Quality and names of regions stand in the captions below.
    return _durations_text(rows, f"{capital(what_text(first, short=True))} {where_text(first, 1)}{start}")


def _durations_text(rows: Sequence[Compared], event: str) -> str:
    first, last = rows[0], rows[-1]
    scenario, unit = first.result.scenario, first.result.money.unit
    main = main_step(rows)
    if main is None:
        costs, each = ("cost", " each") if scenario.spells > 1 else ("costs", "")
        text = f"{event} {costs} {ranged_text(first.amount, unit)} in {first.label}{each}"
        if len(rows) == 1:
            return f"{text}; add another length to compare."
        return f"{text} and {ranged_text(last.amount, unit)} in {last.label}{each}."
    before, after, verb = lengths_of(main)
    times = times_text(main.ratio, f"as much as {before}", "range ", of="")
    start = f"{event}: {after} {verb} {times}"
    if main.bend == "straight":
        return f"{start}, about in proportion."
    if not main.sure:
        return f"{start}, about in proportion: {line_text(main)} lies inside the range."
    return f"{start}, not {line_text(main)}{f', {main.why}' if main.why else ''}."


def event_of(rows: Sequence[Compared]) -> str:
    """The disruption of `rows` and its place, to begin a title with: `A full blackout across Pakistan`."""
    first = rows[0].result
    return f"{capital(what_text(first))} {where_text(first)}"


def durations_title(rows: Sequence[Compared]) -> str:
    """`rows` of durations in one line: `A full blackout across Pakistan: 7 days cost 9.1 times as much as 1 day`."""
    event, last = event_of(rows), rows[-1]
    usable = [row for row in rows if row.amount.median and row.ratio.median]
    if len(usable) < 2:
        amount = said_text(last.amount, last.result.money.unit)
        return f"{event}: {last.label} {'costs' if reads_as_one(last) else 'cost'} {amount}"
    shortest, longest = usable[0], usable[-1]
    verb = "costs" if reads_as_one(longest) else "cost"
    middle = longest.ratio.each(lambda _: longest.ratio.median)
    ratio = times_text(middle, f"as much as {shortest.label}", of="")
    return f"{event}: {longest.label} {verb} {ratio}"


def between(rows: Sequence[Compared], base: int | None, unit: str) -> list[str]:
    """Under each of `rows`, money in `unit`: how much more it costs than the row at `base`, else the row before."""
    if len(rows) == 1:
        return [""]
    texts = []
    for index, row in enumerate(rows):
        if base is None:
            change, other = row.more_than_before, rows[index - 1].label if index else ""
        else:
            change, other = (None, "") if index == base else (row.difference, rows[base].label)
        text = "" if change is None else signed_text(change, unit, money)
        texts.append(text if not text or len(text) + len(other) > LONGEST_BETWEEN else f"{text} from {other}")
    return texts


def economy_of(result: Estimate) -> str:
    """Whose economy a share in `result` is of: `Balochistan’s own economy`, `Kenya’s economy`."""
    scenario = result.scenario
    if scenario.regions:
        named = " and ".join(scenario.regions) if len(scenario.regions) <= MOST_NAMED else "these regions"
        return f"{named}’s own economy" if len(scenario.regions) == 1 else f"the economy of {named}"
    if scenario.place is not None:
        return f"the economy of the affected {exact_percent(scenario.place)} of {result.economy.country.in_sentence}"
    return f"{result.economy.country.in_sentence}’s economy"


def no_step_text(rows: Sequence[Compared]) -> str:
    """Why no step from one of `rows` of durations to the next is told."""
    if len(rows) == 1:
        return "One duration alone has nothing to be compared with."
    return "None of these durations has a shorter one that costs something."


def kinds_title(ranked: Sequence[Compared]) -> str:
    """`ranked` kinds, dearest first, in a line: `In 7 days across Pakistan, a full blackout costs the most: $140M`."""
    top = ranked[0]
    where = f"{span_text(top.result.scenario)} {where_text(top.result)}"
    if not top.amount.median:
        return f"No type of disruption costs anything in {where}"
    return f"In {where}, {kind_text(top.result)} costs the most: {top.amount.spoken(top.result.money.unit).median}"


def kinds_headline(rows: Sequence[Compared], mine: int) -> str:
    """Which kind of `rows` costs the most at this duration, and how the reader's, the row at `mine`, stands to it.

    Needs the draws: what stands next to the dearest is told by ratios draw by draw.
    """
    ranked = _ranked(rows)
    top, own = ranked[0], rows[mine]
    scenario, unit = own.result.scenario, own.result.money.unit
    where = f"{span_text(scenario)} {where_text(own.result)}{start_text(scenario)}"
    if not top.amount.median:
        return f"None of the {len(rows)} types of disruption costs anything in {where}."
    second = ranked[1]
    share = spread(ratio_of(second.result.draws["net_direct"], top.result.draws["net_direct"]))
    certain = share.high is not None and share.high <= 1
    most = "costs the most" if certain else "probably costs the most"
    amount = f"{ranged_text(top.amount, unit)}{' in all' if scenario.spells > 1 else ''}"
    if own is top:
        rest = f"with {_of_that(share)}" if second.amount.median and share.median is not None else (
            f"with {said_text(second.amount, unit)}")  # fmt: skip
        return (
            f"Of {len(rows)} types of disruption, {kind_text(top.result)} {most} in {where}, {amount}; next is "
            f"{kind_text(second.result)} {rest}."
        )
    mine_text = kind_text(own.result)
    beside = times_text(top.ratio, mine_text) if top.ratio.median else (
        f"against {said_text(own.amount, unit)} of {mine_text}")  # fmt: skip
    return f"In {where} {kind_text(top.result)} {most}, {amount}, {beside}."


def _of_that(share: Range[float | None]) -> str:
    """`37% of that (29% to 45%)`."""
    words = share_range(share)
    return f"{words.median} of that{words.bracket()}"


def _ranked(rows: Sequence[Compared]) -> list[Compared]:
    return sorted(rows, key=lambda row: -(row.amount.median or 0.0))


def scenarios_headline(rows: Sequence[Compared], mine: int, base: int) -> str:
    """The reader's scenario, at `mine` in `rows`, against the comparison's baseline, at `base`, draw by draw."""
    own, other = (f"“{rows[index].label}”" for index in (mine, base))
    change, unit = rows[mine].difference.measured, rows[mine].result.money.unit
    if change is None:
        return f"{own} and {other} cannot be compared: not measured."
    if change.low == change.high == 0:
        return f"{own} costs the same as {other} in every simulation."
    if change.low < 0 < change.high:
        return f"Which costs more is not certain: {own} less {other} is {signed_text(change, unit)}."
    ends = sorted((abs(change.low), abs(change.high)))
    size = Range(ends[0], abs(change.median), ends[1])
    ratio = (
        f", {times_text(rows[mine].ratio, 'as much', of='')}" if rows[mine].ratio.median is not None else ""
    )
    side = "more" if change.low >= 0 else "less"
    return f"{own} costs {said_text(size, unit)} {side} than {other}{ratio}."


def along_text(row: Along, base: str) -> str:
    """The scenario of `row` against `base`, the baseline's name, at both ends, and where one overtakes the other."""
    measured = np.flatnonzero(np.isfinite(row.ratio.median) & (row.durations > 0))
    own, other = (
        f"“{row.label}”",
        f"“{base}”",
    )  # their names may tell a length; this is of the same length for both
    if not measured.size:
        return f"At the same length, {own} has no ratio to {other}, which costs nothing in some simulations."
    low, middle, high = (part[measured] for part in (row.ratio.low, row.ratio.median, row.ratio.high))
    if np.all(low == 1) and np.all(high == 1):
        return f"At the same length, {own} costs the same as {other}."
    first, last = (row.ratio.at(int(at)) for at in (measured[0], measured[-1]))
    when_first, when_last = (duration_text(float(row.durations[at])) for at in (measured[0], measured[-1]))
    text = (
        f"At the same length, {own} costs {times_text(first, f'as much as {other}', of='')} after {when_first} and "
        f"{times_text(last)} after {when_last}"
    )
    if np.all(high < 1) or np.all(low > 1):
        return f"{text}: {'less' if high[0] < 1 else 'more'} at every length."
    apart = middle[middle != 1]
    before, after = ("less", "more") if apart.size and apart[0] < 1 else ("more", "less")
    when = [length_text(hours) for hours in row.meets]
    if not when:
        stands = f"{before} at every length" if apart.size else "as much at every length"
    elif len(when) == 1:
        stands = f"{before} up to about {when[0]}, {after} from there on"
    else:
        stands = f"{before} at first, and the other way round from about {', again from '.join(when)}"
    return f"{text}: {stands} in the middle estimate, but which costs more is not certain at some lengths."


def places_title(rows: Sequence[Compared], *, regions: bool) -> str:
    """The finding of `rows` in one line, with the disruption; with `regions` the first row is the whole country."""
    places = rows[1:] if regions else rows
    top = _ranked(places)[0]
    event = f"{capital(what_text(top.result, short=True))} of {duration_text(top.result.scenario.hours)}"
    if not top.amount.median:
        return f"{event}: none of these places would lose anything"
    where = f"Of {len(places)} {'regions' if regions else 'countries'}, " if len(places) > 1 else ""
    return (
        f"{event}. {where}{top.label} would lose the most: {top.amount.spoken(top.result.money.unit).median}"
    )


def places_headline(rows: Sequence[Compared], *, regions: bool) -> str:
    """Where of `rows` it costs the most, and where a head pays the most; `regions` as in `places_title`."""
    places = rows[1:] if regions else rows
    top = _ranked(places)[0]
    if not top.amount.median:
        return "None of these places would lose anything."
    text = f"{top.label} would lose the most, {said_text(top.amount, top.result.money.unit)}"
    if regions and rows[0].amount.median:
        text += f", {share_text(top.ratio)} of the whole country's loss"
    peopled = [row for row in places if row.per_head.median is not None]
    if peopled:
        dearest = max(peopled, key=lambda row: row.per_head.median or 0.0)
        amount = said_text(dearest.per_head, dearest.result.money.unit)
        text += f"; per person it is {'also ' if dearest is top else ''}{dearest.label} with {amount}"
    return text + "."


def length_text(hours: float | None, first: float = 0.0) -> str:
    """A computed length, `hours`, to two digits: `31 hours`, `8.4 days`; one that is not above `first` is under it."""
    if hours is None:
        return f"more than {duration_text(MAX_HOURS)}"
    if hours <= first:
        return f"under {duration_text(first)}"
    if hours < 48:
        text = trimmed(hours, 2)
        return f"{text} hour" + ("" if text == "1" else "s")
    if hours < MONTHS_FROM:
        return f"{significant(hours / 24)} days"
    return f"{significant(hours / HOURS['month'])} months"


def crossing_texts(crossing: Crossing) -> Range[str]:
    """The soonest, the median and the latest length of `crossing`."""
    return crossing.hours.each(lambda hours: length_text(hours, crossing.first))


def crossing_range(crossing: Crossing) -> str:
    """The three lengths of `crossing` in a few words, for a caption."""
    lengths = crossing_texts(crossing)
    if lengths.low == lengths.high:
        return f"{capital(lengths.high)} in nine simulations of ten"
    return f"Median {lengths.median}, range {lengths.ends}"


def rising_text(scenario: Scenario) -> str:
    """Which end of the range of `scenario` passes a figure first."""
    if scenario.spells > 1 and scenario.start is not None and scenario.period_days is None:
        return (
            "Each outage begins a gap after the one before, so longer outages can move the next into quieter hours and "
            "cost less: what counts is when each curve reaches the amount for the first time."
        )
    return (
        "The longer it lasts, the more it costs in every simulation: the high end reaches the amount first."
    )


def crossing_headline(result: Estimate, figure: float, crossing: Crossing) -> str:
    """How long until the cost of `result` passes `figure`, in its money; `crossing` is what was found."""
    several = result.scenario.spells > 1
    spells, reaches, does = (" an outage", "reach", "do") if several else ("", "reaches", "does")
    start = f"{capital(what_text(result))} {place_text(result)}{start_text(result.scenario)}"
    cost, most = spoken_figure(figure, result.money.unit), f"within {duration_text(MAX_HOURS)}{spells}"
    hours, lengths = crossing.hours, crossing_texts(crossing)
    if not np.any(result.curves["net_direct"].high):
        return f"{start} costs nothing at any length, so it never reaches {cost}."
    if not figure:
        return f"Any cost reaches {cost}: type an amount to hold the loss against."
    if hours.low is None:
        return f"{start} {does} not reach {cost} {most} in at least 95% of the simulations."
    if hours.high is not None and hours.high <= crossing.first:
        return f"{start} {reaches} {cost} within the first {_first_text(crossing.first)}{spells}."
    if hours.median is None:
        after = "in" if hours.low <= crossing.first else "after"
        return (
            f"{start} {reaches} {cost} {most} in fewer than half of the simulations; in 5% "
            f"of them {after} {lengths.low}."
        )
    after = "in" if hours.median <= crossing.first else "after"
    return f"{start} {reaches} {cost} {after} {lengths.median}{spells} (range {lengths.ends})."


def _first_text(hours: float) -> str:
    """A length after "the first": `hour`, `6 hours`."""
    number, unit = duration_parts(hours)
    return unit if number == "1" else duration_text(hours)


def notes(rows: Sequence[Compared]) -> list[str]:
    """What the model warns of in `rows`, each once."""
    return list(dict.fromkeys(text for row in rows for text in row.result.warnings))


def money_differs(scenarios: Sequence[Scenario]) -> str:
    """Why a comparison of `scenarios` is in dollars although one of them is not, or nothing."""
    if len({(item.currency, item.country) for item in scenarios}) > 1 and any(
        item.currency != "USD" for item in scenarios
    ):
        return "Compared in US dollars, since the scenarios are in different money."
    return ""


def place_notes(scenario: Scenario, *, regions: bool) -> list[str]:
    """What of the place of `scenario` does not hold where countries or `regions` are compared: nothing goes unsaid."""
    texts = []
    if regions and scenario.country != HOME:
        texts.append("Regions are known for Pakistan only, so they are shown whatever country you chose.")
    if scenario.regions:
        named = ", ".join(scenario.regions)
        texts.append(
            f"All regions are shown, whatever region you chose ({named})."
            if regions
            else f"Each country is taken whole, whatever region you chose ({named})."
        )
    if regions and scenario.place is not None:
        share = exact_percent(scenario.place)
        texts.append(f"Each region is taken whole, whatever share of the country you chose ({share}).")
    typed = [key for key in OF_ONE_COUNTRY if key in scenario.assumptions]
    if typed and (not regions or scenario.country != HOME):
        texts.append("Export earnings or an exchange rate typed for one country hold for that country alone.")
    if not regions and scenario.currency != "USD":
        texts.append("Compared in US dollars, since each country has its own money.")
    return texts


def draws_note(scenarios: Sequence[Scenario], labels: Sequence[str]) -> str:
    """Which of the kept `scenarios`, by its name in `labels`, had other draws or seed than the first, or nothing."""
    first = scenarios[0]
    apart = [
        f"“{label}” was kept with {item.draws:,} simulations and seed {item.seed}"
        for label, item in zip(labels, scenarios, strict=True)
        if (item.draws, item.seed) != (first.draws, first.seed)
    ]
    if not apart:
        return ""
    return (
        f"All are computed on the same simulations, those of your present scenario ({first.draws:,}, seed "
        f"{first.seed}); {'; '.join(apart)}."
    )
