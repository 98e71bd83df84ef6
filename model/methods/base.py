"""What every published method shares: the question, the answer, the refusal, and what it says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from model.catalogue.disruptions import Kind
from model.catalogue.methods import Gdp, MethodConstant, References
from model.common.errors import InputError
from model.common.ranges import Range
from model.scenario.durations import HOURS

MethodBasis = Literal["gross", "net", "unclear"]
REBUILT = "rebuilt from published results"
PUBLISHED = "published formula"
QUOTED = "quoted results only"
# Topics of data/kinds.csv that some method prices.
BLACKOUTS, MOBILE_CUTS, APP_BLOCKS, DEGRADATION = "blackouts", "mobile cuts", "app blocks", "degradation"
ALWAYS = {
    "recovery": "what is recovered later is not taken off as a quantity of its own",
    "uncertainty": "no distribution: one figure, or the two ends that were printed",
}


@dataclass(frozen=True)
class Question:
    """What a method is asked. Money in USD, shares 0 to 1, `hours` of all spells together.

    `gdp`, `digital_share` and the rates are figures that stand in for the country's; `country_gdp` is the
    country's own. `given` names what the reader gave, so that nothing is ignored in silence.
    """

    kind: Kind
    hours: float = HOURS["day"]
    country: str | None = None
    subregion: str = ""
    apps: int | None = None
    share: float = 1.0
    gdp: float | None = None
    country_gdp: Gdp | None = None
    year: int | None = None
    digital_share: float | None = None
    tier: str | None = None
    traffic_lost: float | None = None
    per_hour: float | None = None
    per_day: float | None = None
    variant: str = ""
    given: tuple[str, ...] = ()

    @property
    def days(self) -> float:
        return self.hours / HOURS["day"]


@dataclass(frozen=True)
class Answer:
    """`cost` in USD, three equal parts where the method gives one figure. `inputs` are all figures used."""

    cost: Range[float]
    inputs: Mapping[str, float | int | str | None]
    constants: tuple[MethodConstant, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """The method cannot express the question; `sentence` says why and what it would take."""

    topic: str
    sentence: str


class MethodRefusedError(InputError):
    """A refusal on the command line: the sentence itself."""

    def __init__(self, method: str, refusal: Refused) -> None:
        super().__init__(method, refusal.topic, "cannot be answered", refusal.sentence)
        self.sentence = refusal.sentence

    def __str__(self) -> str:
        return self.sentence


AnswerOrRefused = Answer | Refused
Compute = Callable[[Question, References], AnswerOrRefused]


@dataclass(frozen=True)
class Method:
    """A published method: the `topics` of kinds that it can price, and `cannot`: topic -> why not.

    `source` is an id of data/sources.csv.
    `formula` is in words, with the names of constants in braces. `basis` is our reading, not the publisher's
    word; `variants` names the forms of the method that fit a question. `home` is the ISO3 code of the one
    economy that its figures were made for, where they stand for no other.
    """

    name: str
    title: str
    source: str
    status: str
    formula: str
    inputs: tuple[str, ...]
    topics: tuple[str, ...]
    basis: MethodBasis
    basis_note: str
    compute: Compute
    cannot: Mapping[str, str] = field(default_factory=dict)
    variants: Callable[[Question], tuple[str, ...]] = lambda _: ("",)
    home: str = ""

    def formula_text(self, references: References) -> str:
        """The formula with the constants of the tables, `references`, in it."""
        values = {row.constant: row.value for row in references.of_method(self.name) if not row.country}
        return self.formula.format_map(values)

    def prices(self, kind: Kind) -> bool:
        """Whether it has a figure for a disruption of this `kind`."""
        return kind.topic in self.topics

    def why_not(self, kind: Kind) -> str:
        """Why it has none for this `kind`."""
        return self.cannot.get(kind.topic, f"it has no figure for {kind.phrase}")

    def limits(self) -> dict[str, str]:
        return {**self.cannot, **ALWAYS}

    def answer(self, question: Question, references: References) -> AnswerOrRefused:
        """The method's figure for `question` with the constants of the tables, `references`, or a refusal."""
        if self.status == QUOTED:
            return self.compute(question, references)
        if self.home and question.country not in (None, self.home):  # before any rate that is given
            why = self.cannot["other countries"]
            return self.refuse(
                "other countries",
                f"{why}, not of {question.country}; figures typed without a country are answered",
            )
        if question.kind.topic not in self.topics:
            return self.refuse(question.kind.topic, self.why_not(question.kind))
        if question.share != 1 and "regions" in self.cannot:
            return self.refuse("regions", self.cannot["regions"])
        for name, (value, topic) in _particular(question).items():
            if value is not None and name not in self.inputs:
                return self.refuse(topic, f"its formula has no place for {name.replace('_', ' ')}")
        if question.per_hour is not None or question.per_day is not None:
            return self._at_quoted_rate(question)
        return self.compute(question, references)

    def refuse(self, topic: str, why: str) -> Refused:
        """The refusal of a question on `topic`; `why` says what the method has no figure for."""
        return Refused(topic, f"{self.title} cannot answer this ({topic}): {why}.")

    def _at_quoted_rate(self, question: Question) -> AnswerOrRefused:
        """Rate x length x share of the country: the publisher's own rate, its formula is not run."""
        if question.apps is not None and question.apps > 1:
            return self.refuse(
                "quoted rate",
                "a rate says by itself how many platforms it covers; leave the number of apps out",
            )
        rates: dict[str, float] = {}
        if question.per_hour is not None:
            rates, units = {"per_hour_usd": question.per_hour}, question.hours
        else:
            rates, units = {"per_day_usd": question.per_day or 0.0}, question.days
        cost = sum(rates.values()) * units * question.share
        gdp = {"gdp_usd": question.gdp} if question.gdp is not None else {}
        notes = ("The rate that was given is used; the method's own formula is not run.",)
        used = {**asked(question), **rates, **gdp, "share": question.share}
        return Answer(Range.of(cost), used, (), notes)


def _particular(question: Question) -> dict[str, tuple[float | str | None, str]]:
    """Figures that only some methods have a place for: value (None: nothing is asked by it) and topic."""
    return {
        "traffic_lost": (None if question.traffic_lost == 1 else question.traffic_lost, "degradation"),
        "tier": (question.tier, "tiers"),
        "digital_share": (question.digital_share, "digital share"),
    }


def asked(question: Question) -> dict[str, float | int | str | None]:
    """The part of the `question` that every answer repeats: kind, hours, days and the country's code."""
    inputs: dict[str, float | int | str | None] = {
        "kind": question.kind.key, "hours": question.hours, "days": question.days
    }  # fmt: skip
    return {**inputs, "country": question.country} if question.country else inputs


def gdp_of(question: Question) -> Gdp | None:
    """The GDP to use, USD a year: the one given in `question`, else its country's; None where there is neither."""
    if question.gdp is not None:
        return Gdp(question.gdp, None, "given")
    return question.country_gdp


def gdp_inputs(gdp: Gdp) -> dict[str, float | int | str | None]:
    """What an answer says of the `gdp` that it used: USD a year, the year it is of and where it is from."""
    return {"gdp_usd": gdp.value, "gdp_year": gdp.year, "gdp_source": gdp.source}


def during(yearly: float, hours: float) -> float:
    """The part of an amount a year, `yearly` in any unit, that falls into so many `hours` (8,760 a year)."""
    return yearly * hours / HOURS["year"]


def number_of_apps(question: Question, assumed: MethodConstant) -> tuple[int, MethodConstant | None]:
    """Platforms blocked: as given in the `question`, as many as the kind says, else the number `assumed`.

    That constant comes back too where it was used.
    """
    number = question.kind.platforms if question.apps is None else question.apps
    return (int(assumed.value), assumed) if number is None else (number, None)


NO_GDP = "no GDP is known for it; give a GDP or a country"
