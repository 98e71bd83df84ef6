"""Everything that a document says, in one frozen object: each format only sets it out.

Numbers come from the estimate and nowhere else; text is plain and every format escapes it in its own way.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from briefing.common import method_text, press
from briefing.common.beside import Beside, SourceLine, changes_said, compared, sources_of
from briefing.common.links import live_link, shown_query, where
from briefing.common.measures import PricedMeasure, measures
from briefing.common.names import stem_of
from briefing.common.open_values import NotKnown, not_known
from briefing.common.turns import AT_ONCE
from model.common.citation import project
from model.common.ledger import COUNTS, LABELS, Amount
from model.common.numbers import money, trimmed
from model.common.program import command
from model.common.ranges import Range, from_to
from model.estimation.analysis import TornadoRow
from model.estimation.estimate import Estimate
from model.estimation.flows import Flows, flows
from model.estimation.sampling import OneAtATime
from model.estimation.words import event_text
from model.language.language import Language, language_of, languages_of
from model.methods.strip import applicable
from model.scenario.changes import Change
from model.scenario.scenario import Scenario
from model.text import findings, sentence
from model.text.sentence import KeyFigure

CHAIN = {
    "gross": LABELS["gross"], "caught_up": LABELS["caught_up"], "overtime": "Overtime",
    "net_direct": LABELS["net_direct"], "lagged_receipts": LABELS["lagged_receipts"], "coping": LABELS["coping"],
}  # fmt: skip
BESIDE = ("lagged_receipts", "coping")
DRIVERS = 6
NAME = project().name


@dataclass(frozen=True)
class Line:
    """One amount of a chart: 5%, median and 95% in the result's money; None is not measured."""

    id: str
    label: str
    range: Range[float | None]
    basis: str
    text: str  # `$33M (14 to 77)`, as rounded everywhere


@dataclass(frozen=True)
class Driver:
    """One input of the tornado, in the result's money."""

    label: str
    at_low: float
    at_high: float
    input_low: float
    input_high: float
    unit: str
    text: str

    @property
    def inputs(self) -> str:
        return f"{from_to(trimmed(self.input_low), trimmed(self.input_high))} {self.unit}".strip()


@dataclass(frozen=True)
class MethodLine:
    """What another published method prints, in the result's money, or why it cannot."""

    label: str
    cost: float | None
    text: str
    basis: str
    status: str
    refusal: str


@dataclass(frozen=True)
class Content:
    """A finished briefing without a format."""

    result: Estimate
    central: Flows  # every input at its median: what the workbook's formulas compute
    day: str
    title: str
    event: str
    headline: str
    not_known: tuple[NotKnown, ...]  # of an event
    local: (
        sentence.Texts | None
    )  # in the language of the country, or the one asked for; None where that is English
    press: str
    figures: tuple[KeyFigure, ...]
    chain: tuple[Line, ...]
    sectors: tuple[Line, ...]
    classes: tuple[Line, ...]
    drivers: tuple[Driver, ...]
    tornado: tuple[TornadoRow, ...]
    methods: tuple[MethodLine, ...]
    compared: tuple[Beside, ...]
    measures: tuple[PricedMeasure, ...]  # that are on, the last all together
    back_test: tuple[str, ...]
    limits: tuple[str, ...]
    how: tuple[str, ...]
    changes: tuple[Change, ...]
    sources: tuple[SourceLine, ...]
    money_text: str
    stamp: str
    address: str  # of a dashboard that readers can open; empty where there is none
    link: str  # to what the file shows: the scenario, or the comparison; empty without an address
    where: str  # the link, or in its place the scenario's parameters and how to get a link, to be printed
    command: str
    stem: str

    @property
    def said_locally(self) -> str:
        """The headline in the language of the country with the mark of an unread translation; empty in English."""
        return "" if self.local is None else f"{self.local.headline} ({self.local.note})"

    @property
    def versions(self) -> str:
        """Of model and data, for the foot of a slide."""
        return f"model {self.result.model_version} · data {self.result.data_version}"

    @property
    def bearers_finding(self) -> str:
        """Which industry loses the most, as the title of its chart."""
        return findings.bearers(self.result, self.sectors[0].label, self.sectors[0].range.median)

    @property
    def unit(self) -> str:
        return self.result.money.unit

    @property
    def centre(self) -> float:
        """Direct loss with every input at its median, in the result's money."""
        return float(self.central.net[0, 0, 0]) * self.result.money.per_usd

    @property
    def axis_start(self) -> float:
        """Days at which a log axis begins that holds every curve and this duration: a power of ten."""
        days = self.result.scenario.hours / 24
        return float(min(0.01, 10.0 ** np.floor(np.log10(days)))) if days > 0 else 0.01

    def line(self, identifier: str) -> Line:
        return next(item for item in self.chain if item.id == identifier)

    def money(self, value: float | None) -> str:
        """`value`, in the money of the estimate, in words; None is `not measured`."""
        return money(value, self.unit)


def content_of(
    result: Estimate,
    *,
    day: date,
    address: str = "",
    others: Sequence[Scenario] = (),
    language: str = "",
) -> Content:
    """The briefing of a result; `others` are scenarios to set beside it, in the same money, seed and draws.

    The headline stands in it once more in `language`, by default the first that is offered for the country.
    """
    with AT_ONCE:
        return _content(result, day, address, others, local_of(result, language))


def local_of(result: Estimate, language: str = "") -> Language:
    """The language of a briefing beside English: the one asked for, else the first that is offered for the country."""
    iso3 = result.scenario.country
    return language_of(language, iso3) if language else languages_of(iso3)[0]


def _content(
    result: Estimate, day: date, address: str, others: Sequence[Scenario], local: Language
) -> Content:
    scenario, catalogue = result.scenario, result.catalogue
    beside = compared(result, others)
    drawn = [row.scenario for row in beside[1:]]
    link, stem = live_link(result, drawn, address), stem_of(scenario, day, others)
    event = f"{event_text(result)}, {result.economy.country.name}"
    kinds = {sector.key: f"net_direct.{sector.key}" for sector in catalogue.sectors}
    classes = {item.key: f"net_direct.class.{item.key}" for item in catalogue.classes}
    stamp = f"{day.isoformat()} · {sentence.stamp(result)}"
    chain = {
        name: label
        for name, label in CHAIN.items()
        if name != "coping" or catalogue.kinds[scenario.kind].copes
    }
    return Content(
        result=result,
        central=central_path(result),
        day=day.isoformat(),
        title=scenario.header.title or event,
        event=event,
        headline=sentence.headline(result),
        not_known=not_known(result),
        local=None if local.english else sentence.texts_of(result, local, day, link),
        press=press.paragraph(result, day, link, beside),
        figures=tuple(sentence.key_figures(result)),
        chain=tuple(_line(result.amount(name), label) for name, label in chain.items()),
        sectors=_ordered(
            _line(result.amount(name), item.label)
            for item, name in zip(catalogue.sectors, kinds.values(), strict=True)
        ),
        classes=_ordered(
            _line(result.amount(name), item.label)
            for item, name in zip(catalogue.classes, classes.values(), strict=True)
        ),
        drivers=_drivers(result),
        tornado=result.tornado,
        methods=_methods(result),
        compared=beside,
        measures=measures(result),
        back_test=method_text.back_test(catalogue),
        limits=(*method_text.LIMITS, *result.warnings, *_warnings_beside(result, beside)),
        how=method_text.HOW,
        changes=changes_said(result),
        sources=tuple(dict.fromkeys([*sources_of(result), *(line for row in beside for line in row.sources)])),
        money_text=sentence.money_text(result),
        stamp=stamp,
        address=address,
        link=link,
        where=where(link, shown_query(result, drawn)),
        command=_command(stem, day, address, len(others)),
        stem=stem,
    )  # fmt: skip


def central_path(result: Estimate) -> Flows:
    """One model run with every input at its median, USD: what the tornado turns around."""
    sample = OneAtATime(result.catalogue, result.table, ())
    hours = np.array([result.scenario.hours])
    return flows(result.catalogue, [result.scenario], [result.economy], [sample], hours)


def _warnings_beside(result: Estimate, beside: Sequence[Beside]) -> tuple[str, ...]:
    """What to know about the other scenarios' inputs, where the first does not say the same."""
    return tuple(
        f"{row.name}: {text}" for row in beside[1:] for text in row.warnings if text not in result.warnings
    )


def _command(stem: str, day: date, address: str, others: int) -> str:
    """What makes these files again, where the data package was unpacked in the project's folder."""
    parts = [f"{command('briefing')} --to again", f"--scenario {stem}/scenario.toml"]
    parts += [f"--beside {stem}/scenario_{number}.toml" for number in range(2, others + 2)]
    parts.append(f"--date {day.isoformat()}")
    if address:
        parts.append(f"--address {shlex.quote(address)}")
    return " ".join(parts)


def _line(amount: Amount, label: str) -> Line:
    return Line(amount.id, label, amount.range, amount.kind, amount.range.money(amount.unit).full)


def _ordered(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: -(line.range.median or 0.0)))


def _drivers(result: Estimate) -> tuple[Driver, ...]:
    """The widest bars: single inputs, and correlated groups in place of their members."""
    rows = findings.widest(result)[:DRIVERS]
    drivers = []
    for row in rows:
        scale, unit = (
            (100, "percentile") if row.unit == "quantile" else (1, "" if row.unit == "1" else row.unit)
        )
        ends = sorted((row.at_low, row.at_high))
        drivers.append(
            Driver(
                row.label,
                row.at_low,
                row.at_high,
                row.input_low * scale,
                row.input_high * scale,
                unit,
                from_to(*(money(end, result.money.unit) for end in ends)),
            )
        )
    return tuple(drivers)


def _methods(result: Estimate) -> tuple[MethodLine, ...]:
    rows, rate = [], result.money.per_usd
    for row in applicable(result.catalogue, result.scenario, result.economy):
        answer = row.answer
        cost, text = None, ""
        if answer is not None:
            cost = answer.cost.median * rate
            words = answer.cost.each(lambda value: money(value * rate, result.money.unit, 3))
            text = from_to(words.low, words.high)
        rows.append(
            MethodLine(row.label, cost, text, COUNTS[row.method.basis], row.method.status, row.refusal)
        )
    return tuple(rows)
