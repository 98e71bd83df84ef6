"""What the page of all economies says: headline, hover words, alternative text."""

from __future__ import annotations

from collections.abc import Sequence

from model.common.numbers import duration_text, percent
from model.common.text import capital
from model.compare.league import MEASURES, GroupTotal, InEconomy, League
from model.scenario.scenario import Scenario

OF_MEASURE = {
    "usd": "lose the most", "share": "lose the largest share of its GDP", "per_head": "lose the most per head",
    "per_day": "lose the most a day",
}  # fmt: skip
WRITTEN = {"usd": "in US dollars", "share": "as a share of GDP", "per_head": "per head", "per_day": "per day"}
PER = {"usd": "", "share": " of the GDP of that time", "per_head": " per head", "per_day": " a day"}
NO_FIGURE = "no figure"
NO_MEASURE = ("no_dollars", "no_population")  # remarks that say why a measure is not defined


def headline(league: League, rows: Sequence[InEconomy]) -> str:
    """Who loses the most of `rows`, those of `league` that are shown, and what all economies lose."""
    text = capital(event(league))
    top = next((row for row in rows if row.values[league.by] is not None), None)
    value = top.values[league.by] if top else None
    if top is None or value is None:
        return f"{text}: no economy here has this figure."
    if not value.median:
        return f"{text} would cost no economy anything."
    measure = MEASURES[league.by]
    name = top.economy.country.in_sentence
    amount = f"{measure.spoken(value).full}{PER[league.by]}"
    among = "" if len(rows) == len(league.rows) else f"of the {len(rows)} shown, " if len(rows) > 1 else ""
    loses = f"{OF_MEASURE[league.by]}," if len(rows) > 1 else "lose"
    return f"{text}: {among}{name} would {loses} {amount}. {total_sentence(league)}"


def total_sentence(league: League) -> str:
    """The world's total in `league`, USD, and how many economies it is of."""
    whole = league.totals[0]
    if whole.cost is None:
        return ""
    return f"In all {whole.count} economies with a figure together it is {whole.cost.spoken().full}."


def largest(league: League, rows: Sequence[InEconomy]) -> str:
    """`A full blackout of 1 day: the United States would lose the most, about $5.1 billion`; short, for a title.

    `rows` are those of `league` that are shown, in its order.
    """
    measure, text = MEASURES[league.by], capital(event(league))
    with_loss = [
        (row, value) for row in rows if (value := row.values[league.by]) is not None and value.median > 0
    ]
    if not with_loss:
        return f"{text} would cost nothing here"
    top, value = with_loss[0]
    loses = f"{OF_MEASURE[league.by]}," if len(rows) > 1 else "lose"
    name = top.economy.country.in_sentence
    return f"{text}: {name} would {loses} {measure.spoken(value).roughly}{PER[league.by]}"


def together(league: League) -> str:
    """The total of `league` for a title: `Together 202 economies would lose about $15 billion`."""
    whole = league.totals[0]
    if whole.cost is None:
        return "No total: none of these economies has a figure in dollars"
    return f"Together {whole.count} economies would lose {whole.cost.spoken().roughly}"


def left_out_text(total: GroupTotal) -> str:
    """Who is not in `total`: `without 12 (no usable figures), 5 (GDP too old for dollars)`."""
    parts = ", ".join(f"{count} ({reason})" for reason, count in total.left_out)
    return f"without {parts}" if parts else ""


def left_out_sentence(total: GroupTotal) -> str:
    """Who is not in `total`, as a sentence; nothing where all are in it."""
    return f"The totals are {left_out_text(total)}." if total.left_out else ""


def event(league: League) -> str:
    """What happens everywhere in `league`: `a full blackout of 1 day`, `a slowdown for 6 hours, 5 times`."""
    scenario = league.world.scenario
    kind = league.world.catalogue.kinds[scenario.kind]
    text = f"{kind.phrase} {'for' if kind.quality_input else 'of'} {duration_text(scenario.hours)}"
    if scenario.spells > 1:
        text += f", {scenario.spells} times"
    return text + (f", in {percent(scenario.place)} of each country" if scenario.place is not None else "")


def hover(row: InEconomy, by: str) -> str:
    """The words at the economy of `row` on the map, the measure `by` (a key of `MEASURES`) first; HTML."""
    country, lines = row.economy.country, []
    for key in (by, *(key for key in MEASURES if key != by)):
        value = row.values[key]
        if value is not None:
            lines.append(f"{MEASURES[key].label}: {MEASURES[key].spoken(value).full}")
    place = (
        f"Place by {MEASURES[by].label}: {row.places_text}" if row.places else f"{NO_FIGURE}: {reason(row)}"
    )
    return "<br>".join([f"<b>{country.name}</b>", *lines, place])


def reason(row: InEconomy) -> str:
    """Why the economy of `row` has no figure in a measure."""
    return next((row.remarks[key] for key in NO_MEASURE if key in row.remarks), "not defined")


def alt(league: League, rows: Sequence[InEconomy], without: int) -> str:
    """The map in words: `rows` are those of `league` that it shows, `without` the number of grey ones beside them."""
    measure, with_figure = MEASURES[league.by], [row for row in rows if row.values[league.by] is not None]
    ends = [*with_figure[:3], *with_figure[-1:]] if len(with_figure) > 3 else with_figure
    named = "; ".join(
        f"{row.economy.country.name} {measure.spoken(value).full}"
        for row in ends if (value := row.values[league.by]) is not None
    )  # fmt: skip
    grey = without + len(rows) - len(with_figure)
    return (
        f"Map of {len(rows) + without} economies in colours by direct loss, {measure.label}, from the highest to "
        f"the lowest: {named}. {grey} are grey: {NO_FIGURE}."
    )


def notes(scenario: Scenario) -> list[str]:
    """What of the reader's `scenario` does not hold here."""
    texts = []
    if scenario.regions:
        texts.append(
            f"Regions ({', '.join(scenario.regions)}) are of one country: here it is the whole of each."
        )
    if scenario.currency != "USD":
        texts.append(f"Amounts are in US dollars here, not in {scenario.currency}.")
    return texts
