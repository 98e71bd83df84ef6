"""What happens and where, in words, and whether it happened: of documented events in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from model.common.numbers import counted, exact_percent
from model.common.text import capital
from model.estimation.estimate import Estimate
from model.estimation.sampling import centre
from model.language import messages as m
from model.language.language import ENGLISH, Language
from model.language.messages import When
from model.reading.dates import day_text
from model.scenario.durations import HOURS
from model.scenario.events import documented
from model.scenario.scenario import BASELINE, Scenario


def place_text(result: Estimate) -> str:
    """Where `result` happens: `across Pakistan`, `in Balochistan`, `in 10% of Kenya`."""
    scenario, name = result.scenario, result.economy.country.in_sentence
    if scenario.regions:
        regions = list(scenario.regions)
        return "in " + (regions[0] if len(regions) == 1 else ", ".join(regions[:-1]) + " and " + regions[-1])
    if scenario.place is not None:
        return f"in {exact_percent(scenario.place)} of {name}" if scenario.place else f"in no part of {name}"
    return f"across {name}"


def quality_of(result: Estimate) -> float | None:
    """Quality left by a slowdown or capacity lost in a cable cut, a share: what was given, else the parameter's value.

    None where the kind of `result` has neither.
    """
    name = result.catalogue.kinds[result.scenario.kind].quality_input
    if not name:
        return None
    given: float | None = getattr(result.scenario, name)
    return centre(result.table[f"degradation.default_{name}"]) if given is None else given


def kind_text(result: Estimate) -> str:
    """One spell of what `result` is about, with the quality that is left or the capacity lost, given or shipped."""
    return f"{result.catalogue.kinds[result.scenario.kind].phrase}{_quality(result)}"


def _quality(result: Estimate) -> str:
    share = quality_of(result)
    if share is None:
        return ""
    if result.catalogue.kinds[result.scenario.kind].quality_input == "ratio":
        return f" to {exact_percent(share)} of normal quality"
    return f" with {exact_percent(share)} of international capacity lost"


def what_text(result: Estimate, *, short: bool = False) -> str:
    """The disruption of `result` without its length: `a full blackout`, `4 slowdowns to 65% of normal quality`.

    The `short` form leaves the quality out.
    """
    kind, outages = result.catalogue.kinds[result.scenario.kind], result.scenario.spells
    phrase = f"{outages} {kind.nouns}" if outages > 1 else kind.phrase
    return phrase if short else f"{phrase}{_quality(result)}"


def event_text(result: Estimate, hours: float | None = None, language: Language = ENGLISH) -> str:
    """What happens, how long, where, how often and from when: `A 3-day nationwide internet blackout`.

    Args:
        result: the estimate whose disruption is told.
        hours: length of one outage; None for the scenario's own.
        language: that of the words.
    """
    scenario, say = result.scenario, language.say
    hours = scenario.hours if hours is None else hours
    kind = result.catalogue.kinds[scenario.kind]
    whole = not scenario.regions and scenario.place is None
    quality = quality_of(result)
    slots = {
        "quality": ""
        if quality is None
        else say(m.QUALITY[kind.quality_input], share=language.share(quality)),
        "place": _place(result, language),
        "type": say(m.kind_message(kind.nationwide if whole else kind.noun)),
        "start": _start(scenario, language, m.START if scenario.spells == 1 else m.FIRST_START),
        "lasting": language.lasting(hours),
    }
    if scenario.spells > 1:
        return say(
            m.EVENTS, **slots, types=kind.nationwide_plural if whole else kind.nouns,
            count=capital(counted(scenario.spells)) if language.english else language.number(f"{scenario.spells}"),
            rhythm=_rhythm(scenario, hours, language),
        )  # fmt: skip
    if scenario.ongoing:
        return say(m.EVENT_SO_FAR, **slots)
    return say(m.EVENT, **slots, length=language.length(hours))


def ends_open(result: Estimate) -> bool:
    """Whether the words of the event of `result` end in a clause behind a comma, which English closes with another."""
    scenario = result.scenario
    return scenario.spells > 1 and bool(scenario.start or _rhythm(scenario, scenario.hours, ENGLISH))


def _place(result: Estimate, language: Language) -> str:
    """The part of the country that is hit; the type says it where that is all of it."""
    scenario = result.scenario
    if scenario.regions:
        names = [language.say(m.place_message(name)) for name in scenario.regions]
        return language.say(m.IN_REGIONS, regions=language.listed(names))
    if scenario.place is None:
        return ""
    if not scenario.place:
        return language.say(m.NOWHERE)
    return language.say(m.IN_SHARE, share=language.share(scenario.place))


def _start(scenario: Scenario, language: Language, message: m.Message) -> str:
    if scenario.start is None:
        return ""
    moment = datetime.fromisoformat(scenario.start)
    day = f"{moment:%A} {day_text(moment.date())}" if language.english else language.weekday_and_day(moment)
    return language.say(message, time=language.time(moment), date=day)


def start_text(scenario: Scenario) -> str:
    """When `scenario` begins, where that is set: ` from 02:00 on Monday 5 January 2026`.

    Hour and weekday move the number.
    """
    return _start(scenario, ENGLISH, m.START)


def _rhythm(scenario: Scenario, hours: float, language: Language) -> str:
    """How often outages of that length begin: `, one a day`, or how far apart they are where that is not the usual."""
    period = scenario.period_days
    if period is None and scenario.gap_days != BASELINE.gap_days:
        apart = scenario.gap_days * HOURS["day"]
        return (
            language.say(m.APART, lasting=language.lasting(apart)) if apart else language.say(m.BACK_TO_BACK)
        )
    if period is None or hours > period * HOURS["day"]:
        return ""
    if period == 1:
        return language.say(m.ONE_A_DAY)
    return language.say(m.ONE_EVERY, lasting=language.lasting(period * HOURS["day"]))


@dataclass(frozen=True)
class Tense:
    """The verbs of a sentence about a disruption: `it would cost`, `activity is interrupted`."""

    cost: str
    be: str
    when: When


ASSUMED = Tense("would cost", "is", "would")
HAPPENED = Tense("cost", "was", "did")
OTHERWISE = Tense(
    "would have cost", "would have been", "would have"
)  # the event, had it lasted as long as it did not


def tense_of(result: Estimate, index: int | None = None) -> Tense:
    """The tense of `result` at its own duration, or at the one at `index` of its durations.

    A documented event happened at every length that its sources leave open, and at no other.
    """
    scenario = result.scenario
    event = documented(result.catalogue, scenario)
    if event is None:
        return ASSUMED
    if index is None or index == result.chosen:
        return HAPPENED
    other = scenario.with_changes(hours=float(result.durations[index]))
    return OTHERWISE if event.header_of(other) is None else HAPPENED
