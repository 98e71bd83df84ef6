"""What happens and where, in words."""

from __future__ import annotations

from model.common.numbers import duration_text, percent
from model.estimation.estimate import Estimate
from model.estimation.sampling import centre
from model.scenario.durations import HOURS
from model.scenario.scenario import Scenario


def place_text(result: Estimate) -> str:
    """Where it happens: `across Pakistan`, `in Balochistan`, `in 10 % of Kenya`."""
    scenario, name = result.scenario, result.economy.country.in_sentence
    if scenario.regions:
        regions = list(scenario.regions)
        return "in " + (regions[0] if len(regions) == 1 else ", ".join(regions[:-1]) + " and " + regions[-1])
    if scenario.place is not None:
        return f"in {percent(scenario.place)} of {name}" if scenario.place else f"in no part of {name}"
    return f"across {name}"


def event_text(result: Estimate, hours: float) -> str:
    """What happens: `A full blackout of 1 day`, `Four spells of …`."""
    scenario = result.scenario
    phrase = result.catalogue.kinds[scenario.kind].phrase
    quality = result.catalogue.kinds[scenario.kind].quality_input
    if quality:
        given = getattr(scenario, quality)
        value = centre(result.table[f"degradation.default_{quality}"]) if given is None else given
        words = "to {} of normal quality" if quality == "ratio" else "that takes {} of international capacity"
        phrase += " " + words.format(percent(value or 0.0))
    if scenario.spells > 1:
        bare = phrase.removeprefix("a ")
        return f"{scenario.spells} spells of {bare}, {duration_text(hours)} each,{_every(scenario, hours)}"
    return f"{phrase[0].upper()}{phrase[1:]} {'for' if quality else 'of'} {duration_text(hours)}"


def _every(scenario: Scenario, hours: float) -> str:
    """How often spells of that length begin, where that is what was chosen: ` one a day,`."""
    period = scenario.period_days
    if period is None or hours > period * HOURS["day"]:
        return ""
    return " one a day," if period == 1 else f" one every {duration_text(period * HOURS['day'])},"
