"""The headline in words, for one duration or for every stop of the slider."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from model.common.ledger import LABELS
from model.common.numbers import percent
from model.common.ranges import Chance, Range
from model.estimation.estimate import Estimate
from model.estimation.guards import guards
from model.estimation.standing import standing
from model.estimation.words import ends_open, event_text, tense_of
from model.language import messages as m
from model.language.language import ENGLISH, Language
from model.scenario.scenario import BASELINE, Scenario

NAME = "NetToll"
MOST_WORDS = 40  # of a text for an article: what fits under a picture


@dataclass(frozen=True)
class KeyFigure:
    """One figure at the top of the page: what it is, its median, and its range and basis."""

    label: str
    value: str
    detail: str


def headline(result: Estimate, index: int | None = None, language: Language = ENGLISH) -> str:
    """The answer, what must be heard with it, and its basis, for the chosen duration or the one at `index`."""
    return f"{answer(result, index, language)} {footing(result, index, language)}"


def answer(
    result: Estimate, index: int | None = None, language: Language = ENGLISH, *, timed: bool = True
) -> str:
    """The sentence that can be printed: what it costs whom, with the range, and where `timed` the hour of its start.

    `index` is a place on the axis of durations, counted from 0; None for the chosen one.
    """
    at = result.chosen if index is None else index
    when = tense_of(result, at).when
    named = result if timed else replace(result, scenario=result.scenario.with_changes(start=None))
    event = event_text(named, float(result.durations[at]), language)
    if language.english and ends_open(named):
        event += ","
    country = result.economy.country
    slots = {
        "event": event,
        "country": country.in_sentence if language.english else language.country(country.iso3, country.name),
    }
    cost = result.curves["net_direct"].at(at)
    if cost.high == 0:
        return language.say(m.NOTHING[when], **slots)
    return _with_cost(cost, result.money.unit, language, (m.COST[when], m.PROBABLY_NOTHING[when]), slots)


def _with_cost(
    cost: Range[float],
    unit: str,
    language: Language,
    pair: tuple[m.Message, m.Message],
    slots: dict[str, str],
) -> str:
    """The first message with an amount and its range; the second where it is probably nothing."""
    digits = cost.digits(unit)
    if isinstance(cost.spoken(unit), Chance):
        return language.say(pair[1], **slots, high=language.amount(cost.high, unit, digits.high))
    ends = language.ends(cost.low, cost.median, cost.high, unit, (digits.low, digits.high))
    return language.say(pair[0], **slots, cost=language.amount(cost.median, unit), range=ends)


@dataclass(frozen=True)
class Texts:
    """What can be pasted, in one language: a headline, a text of 40 words, a line for a picture, one to share."""

    language: Language
    headline: str
    press: str
    picture: str
    share: str
    note: str  # empty in English

    @property
    def parts(self) -> dict[str, str]:
        """The texts by name."""
        return {"headline": self.headline, "press": self.press, "picture": self.picture, "share": self.share}


def texts_of(result: Estimate, language: Language, day: date, link: str) -> Texts:
    """The texts of a result in one language; `link` opens it again."""
    said, net, unit = (
        headline(result, language=language),
        result.curves["net_direct"].at(result.chosen),
        result.money.unit,
    )
    country = result.economy.country
    own = country.name if language.english else language.country(country.iso3, country.name)
    slots = {"event": event_text(result, None, language), "country": own}
    picture = (
        _with_cost(net, unit, language, (m.PICTURE, m.PICTURE_PROBABLY_NOTHING), slots)
        if net.high
        else language.say(m.PICTURE_NOTHING, **slots)
    )
    return Texts(
        language, said, _press(result, language, day, link), picture,
        language.say(m.SHARE, headline=said, name=NAME, link=link).rstrip(": "),
        "" if language.english else language.say(m.UNREAD),
    )  # fmt: skip


def _press(result: Estimate, language: Language, day: date, link: str) -> str:
    """The text for an article: `MOST_WORDS` at most, save where what must be heard with the answer needs more.

    What is left out first is the cost of a day, then the hour of the start, then that it is an estimate.
    """
    net, unit = result.curves["net_direct"].at(result.chosen), result.money.unit
    days = result.scenario.hours * result.scenario.spells / 24
    each = days > 1 and net.median and not isinstance(net.spoken(unit), Chance)
    per_day = [language.say(m.PER_DAY, cost=language.amount(net.median / days, unit))] if each else []
    heard, basis = [guard.sentence for guard in guards(result, None, language)], [language.say(m.BASIS)]
    source = [language.say(m.SOURCE, name=NAME, date=language.day(day))]
    end = source + ([language.isolated(link)] if link else [])
    whole, brief = [answer(result, language=language)], [answer(result, language=language, timed=False)]
    rows = (whole + heard + basis + per_day, whole + heard + basis, brief + heard + basis, brief + heard)
    texts = [" ".join(row + end) for row in rows]
    return next((text for text in texts if len(text.split()) <= MOST_WORDS), texts[-1])


def footing(result: Estimate, index: int | None = None, language: Language = ENGLISH) -> str:
    """What stands behind the answer, more quietly: what must be heard with it, and that it is an estimate.

    `index` as in `answer`.
    """
    said = [guard.sentence for guard in guards(result, index, language)]
    return " ".join([*said, language.say(m.BASIS)])


def assumptions_text(result: Estimate) -> str:
    """How many of the inputs are assumptions: `151 of the 166 inputs of this estimate are assumptions`."""
    on = standing(result)
    typed = f", {len(on.reader)} are the reader's own" if on.reader else ""
    verb = "is an assumption" if len(on.assumptions) == 1 else "are assumptions"
    return f"{len(on.assumptions)} of the {on.inputs} inputs of this estimate {verb}{typed}"


def range_text() -> str:
    """What the two ends of every range are."""
    return "Ranges run from the 5th to the 95th percentile under the stated assumptions"


def key_figures(result: Estimate, index: int | None = None) -> list[KeyFigure]:
    """The figures beside the headline, each with its range and its basis; `index` as in `answer`."""
    at = result.chosen if index is None else index
    unit = result.money.unit

    def figure(name: str, note: str) -> KeyFigure:
        if name not in result.curves:
            return KeyFigure(LABELS[name], "not measured", note)
        cost = result.curves[name].at(at).money(unit)
        return KeyFigure(LABELS[name], cost.median, f"{cost.ends} · {note}" if cost.bracket() else note)

    rows = [
        figure("net_direct", "output not recovered"),
        figure("gross", "before recovery"),
        figure("lagged_receipts", "not included in the direct loss"),
    ]
    if result.catalogue.kinds[result.scenario.kind].copes:
        rows.append(figure("coping", "not included in the direct loss"))
    else:
        curve = result.curves["net_direct"]
        days = float(result.durations[at]) / 24 * result.scenario.spells
        gdp = result.economy.gdp * result.money.per_usd / 365 * days
        share = curve.at(at).each(lambda cost: percent(cost / gdp) if gdp > 0 else percent(0.0))
        rows.append(KeyFigure("Share of what the country produces in that time", share.median, share.ends))
    return rows


def work_days_text(result: Estimate) -> str:
    """Work-days lost with their range, or why there are none."""
    amount = result.amount("work_days")
    if amount.median is None:
        return "work-days: not measured (the number of workers is not known)"
    words = amount.range.money("work_days")
    return f"{words.median} lost ({words.ends})"


def money_text(result: Estimate) -> str:
    """The money of a result, with the rate behind a local currency."""
    return f"{result.money.unit} ({result.money.note})" if result.money.note else "US dollars"


def stamp(result: Estimate) -> str:
    """Versions and simulations, for pictures and files."""
    return f"model {result.model_version} · data {result.data_version} · {simulations(result.scenario)}"


def simulations(scenario: Scenario) -> str:
    """How many there are: `4,096 simulations`; the seed where it is not the usual one."""
    seed = "" if scenario.seed == BASELINE.seed else f", seed {scenario.seed}"
    return f"{scenario.draws:,} simulations{seed}"
