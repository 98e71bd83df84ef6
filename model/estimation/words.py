"""What happens and where, in words."""

from __future__ import annotations

from datetime import datetime

from model.common.numbers import duration_text, exact_percent
from model.common.text import capital
from model.estimation.estimate import Estimate
from model.estimation.sampling import centre
from model.reading.dates import day_text
from model.scenario.durations import HOURS
from model.scenario.scenario import BASELINE, Scenario


def place_text(result: Estimate) -> str:
    """Where it happens: `across Pakistan`, `in Balochistan`, `in 10% of Kenya`."""
    scenario, name = result.scenario, result.economy.country.in_sentence
    if scenario.regions:
        regions = list(scenario.regions)
        return "in " + (regions[0] if len(regions) == 1 else ", ".join(regions[:-1]) + " and " + regions[-1])
    if scenario.place is not None:
        return f"in {exact_percent(scenario.place)} of {name}" if scenario.place else f"in no part of {name}"
    return f"across {name}"


def quality_of(result: Estimate) -> float | None:
    """Quality left by a slowdown or capacity lost in a cable cut: what was given, else the parameter's value."""
    name = result.catalogue.kinds[result.scenario.kind].quality_input
    if not name:
        return None
    given: float | None = getattr(result.scenario, name)
    return centre(result.table[f"degradation.default_{name}"]) if given is None else given


def kind_text(result: Estimate) -> str:
    """One spell of it, with the quality that is left or the capacity that is lost, given or shipped."""
    return f"{result.catalogue.kinds[result.scenario.kind].phrase}{_quality(result)}"


def _quality(result: Estimate) -> str:
    share = quality_of(result)
    if share is None:
        return ""
    if result.catalogue.kinds[result.scenario.kind].quality_input == "ratio":
        return f" to {exact_percent(share)} of normal quality"
    return f" that takes {exact_percent(share)} of international capacity"


def what_text(result: Estimate, *, short: bool = False) -> str:
    """The disruption without its length: `a full blackout`, `4 spells of slowdown to 65% of normal quality`.

    The short form leaves the quality out.
    """
    kind, spells = result.catalogue.kinds[result.scenario.kind], result.scenario.spells
    phrase = f"{spells} spells of {kind.bare_phrase}" if spells > 1 else kind.phrase
    return phrase if short else f"{phrase}{_quality(result)}"


def event_text(result: Estimate, hours: float) -> str:
    """What happens, how often, how long and from when: `A full blackout of 1 day`, `4 spells of …`."""
    scenario, text, start = result.scenario, what_text(result), start_text(result.scenario)
    if scenario.spells > 1:
        first = f" the first{start}," if start else ""
        return f"{text}, {duration_text(hours)} each,{_every(scenario, hours)}{first}"
    link = "for" if result.catalogue.kinds[scenario.kind].quality_input else "of"
    return f"{capital(text)} {link} {duration_text(hours)}{' so far' if scenario.ongoing else ''}{start}"


def start_text(scenario: Scenario) -> str:
    """When it begins, where that is set: ` from 02:00 on Monday 5 January 2026`. Hour and weekday move the number."""
    if scenario.start is None:
        return ""
    moment = datetime.fromisoformat(scenario.start)
    return f" from {moment:%H:%M} on {moment:%A} {day_text(moment.date())}"


def _every(scenario: Scenario, hours: float) -> str:
    """How often spells of that length begin: ` one a day,`, or how far apart they are where that is not the usual."""
    period = scenario.period_days
    if period is None and scenario.gap_days != BASELINE.gap_days:
        return (
            f" {duration_text(scenario.gap_days * HOURS['day'])} apart,"
            if scenario.gap_days
            else " back to back,"
        )
    if period is None or hours > period * HOURS["day"]:
        return ""
    return " one a day," if period == 1 else f" one every {duration_text(period * HOURS['day'])},"
