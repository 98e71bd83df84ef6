"""Everything that a document says, in one frozen object: each format only sets it out.

Numbers come from the estimate and nowhere else; text is plain and every format escapes it in its own way.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

import numpy as np
from numpy.typing import NDArray

from briefing import method_text, press
from model import report, sentence
from model.analysis import TornadoRow
from model.changes import Change, changes
from model.codecs import duration_code, to_query
from model.compare import Range, aligned, side_by_side
from model.comparison import NOTHING, to_link
from model.estimate import Estimate
from model.flows import Flows, flows
from model.formatting import duration_text, money, money_range
from model.ledger import Amount
from model.methods.strip import applicable
from model.scenario import Header, Scenario
from model.sentence import KeyFigure
from model.uncertainty import OneAtATime

Array = NDArray[np.float64]
ADDRESS = "http://localhost:8501"  # where `./dev run` opens the dashboard
MILLION = 1e6
CHAIN = {
    "gross": "Interrupted (gross)", "caught_up": "Caught up later", "overtime": "Overtime",
    "net_direct": "Lost for good (net)", "lagged_receipts": "Exports lost later", "coping": "Working around it",
}  # fmt: skip
BESIDE = ("lagged_receipts", "coping")
DRIVERS = 6
NAME = "Internet-disruption impact estimator"


@dataclass(frozen=True)
class Line:
    """One amount of a chart: 5 %, median and 95 % in the result's money; None is not measured."""

    id: str
    label: str
    low: float | None
    median: float | None
    high: float | None
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
        return f"{self.input_low:.3g} to {self.input_high:.3g} {self.unit}".strip()


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
class Beside:
    """One scenario of a comparison, in its own unit: dollars where the scenarios' money differs."""

    label: str
    unit: str
    low: float | None
    median: float | None
    high: float | None
    text: str
    difference: str  # from the first, draw by draw; empty for the first itself
    scenario: Scenario
    provenance: Mapping[str, str]


@dataclass(frozen=True)
class SourceLine:
    title: str
    publisher: str
    date: str
    licence: str
    url: str

    @property
    def text(self) -> str:
        parts = (self.title, self.publisher, self.date, self.licence)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Content:
    """A finished briefing without a format."""

    result: Estimate
    central: Flows  # every input at its median: what the workbook's formulas compute
    day: str
    title: str
    event: str
    headline: str
    urdu: str
    press: str
    figures: tuple[KeyFigure, ...]
    chain: tuple[Line, ...]
    sectors: tuple[Line, ...]
    classes: tuple[Line, ...]
    drivers: tuple[Driver, ...]
    tornado: tuple[TornadoRow, ...]
    methods: tuple[MethodLine, ...]
    compared: tuple[Beside, ...]
    back_test: tuple[str, ...]
    limits: tuple[str, ...]
    how: tuple[str, ...]
    changes: tuple[Change, ...]
    sources: tuple[SourceLine, ...]
    money_text: str
    stamp: str
    address: str
    link: str
    comparison_link: str  # empty without a comparison
    command: str
    stem: str

    @property
    def unit(self) -> str:
        return self.result.money.unit

    @property
    def centre(self) -> float:
        """Net direct loss with every input at its median, in the result's money."""
        return float(self.central.net[0, 0, 0]) * self.result.money.per_usd

    def line(self, identifier: str) -> Line:
        return next(item for item in self.chain if item.id == identifier)

    def money(self, value: float | None) -> str:
        return money(value, self.unit)


def content_of(
    result: Estimate, *, day: date, address: str = ADDRESS, others: Sequence[Scenario] = ()
) -> Content:
    """The briefing of a result; `others` are scenarios to set beside it, in the same money, seed and draws."""
    scenario, catalogue = result.scenario, result.catalogue
    link = link_to(scenario, address)
    event = f"{sentence.event_text(result, scenario.hours)} {sentence.place_text(result)}"
    kinds = {sector.key: f"net_direct.{sector.key}" for sector in catalogue.sectors}
    classes = {item.key: f"net_direct.class.{item.key}" for item in catalogue.classes}
    stamp = f"{day.isoformat()} · {sentence.stamp(result)}"
    chain = {name: label for name, label in CHAIN.items() if name != "coping" or scenario.kind == "vpn_block"}
    return Content(
        result=result,
        central=central_path(result),
        day=day.isoformat(),
        title=scenario.header.title or event,
        event=event,
        headline=sentence.headline(result),
        urdu=press.urdu_headline(result),
        press=press.paragraph(result, day, link),
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
        compared=_compared(result, others),
        back_test=method_text.back_test(catalogue),
        limits=(*method_text.LIMITS, *result.warnings),
        how=method_text.HOW,
        changes=tuple(changes(catalogue, scenario)),
        sources=_sources(result),
        money_text=sentence.money_text(result),
        stamp=stamp,
        address=address,
        link=link,
        comparison_link=comparison_link(scenario, others, address) if others else "",
        command=_command(scenario, day, address, len(others)),
        stem=stem_of(scenario, day),
    )  # fmt: skip


def central_path(result: Estimate) -> Flows:
    """One model run with every input at its median, USD: what the tornado turns around."""
    sample = OneAtATime(result.catalogue, result.table, ())
    hours = np.array([result.scenario.hours])
    return flows(result.catalogue, [result.scenario], [result.economy], [sample], hours)


def link_to(scenario: Scenario, address: str) -> str:
    """The live scenario; without its title, which names it and changes no number."""
    query = to_query(scenario.but(header=Header()))
    return f"{address.rstrip('/')}/{'?' + urlencode(query) if query else ''}"


def comparison_link(scenario: Scenario, others: Sequence[Scenario], address: str) -> str:
    """The scenarios side by side, where the dashboard compares them."""
    beside = replace(NOTHING, others=tuple(item.but(header=Header()) for item in others), show="scenarios")
    query = to_link(scenario.but(header=Header()), beside)
    return f"{address.rstrip('/')}/compare?{urlencode(query)}"


def stem_of(scenario: Scenario, day: date) -> str:
    """Country, kind, duration and date, safe on every system."""
    length = duration_code(scenario.hours).replace(".", "p")
    if scenario.spells > 1:
        length = f"{scenario.spells}x{length}"
    name = "_".join((scenario.country, scenario.kind, length, day.isoformat()))
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name)


def _command(scenario: Scenario, day: date, address: str, others: int) -> str:
    """What makes these files again, where the data package was unpacked in the project's folder."""
    folder = stem_of(scenario, day)
    parts = ["python -m briefing --to again", f"--scenario {folder}/scenario.toml"]
    parts += [f"--beside {folder}/scenario_{number}.toml" for number in range(2, others + 2)]
    parts.append(f"--date {day.isoformat()}")
    if address != ADDRESS:
        parts.append(f"--address {shlex.quote(address)}")
    return " ".join(parts)


def _line(amount: Amount, label: str) -> Line:
    low, median, high = money_range(amount.low, amount.median, amount.high, amount.unit)
    text = median if amount.median is None or amount.high == 0 else f"{median} ({low} to {high})"
    return Line(
        amount.id, label, amount.low, amount.median, amount.high, f"{amount.basis}, {amount.ledger}", text
    )


def _ordered(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: -(line.median or 0.0)))


def _drivers(result: Estimate) -> tuple[Driver, ...]:
    """The widest bars: single inputs, and correlated groups in place of their members."""
    parameters = result.catalogue.parameters
    rows = [
        row for row in result.tornado
        if row.swing > 0
        and (row.key not in parameters or not parameters[row.key].correlated or "share_of_ceiling" in row.key)
    ][:DRIVERS]  # fmt: skip
    found = []
    for row in rows:
        scale, unit = (
            (100, "percentile") if row.unit == "quantile" else (1, "" if row.unit == "1" else row.unit)
        )
        ends = sorted((row.at_low, row.at_high))
        low, high = (money(end, result.money.unit) for end in ends)
        found.append(
            Driver(
                row.label,
                row.at_low,
                row.at_high,
                row.input_low * scale,
                row.input_high * scale,
                unit,
                f"{low} to {high}",
            )
        )
    return tuple(found)


def _methods(result: Estimate) -> tuple[MethodLine, ...]:
    found = []
    for row in applicable(result.catalogue, result.scenario, result.economy):
        answer, rate = row.answer, result.money.per_usd
        cost = None if answer is None else answer.cost * rate
        text = ""
        if answer is not None:
            low, median, high = (
                money(v * rate, result.money.unit, 3) for v in (answer.low, answer.cost, answer.high)
            )
            text = median if low == high else f"{low} to {high}"
        found.append(MethodLine(row.label, cost, text, row.method.basis, row.method.status, row.refusal))
    return tuple(found)


def _compared(result: Estimate, others: Sequence[Scenario]) -> tuple[Beside, ...]:
    if not others:
        return ()
    every = aligned([result.scenario, *others])
    labels = [
        item.header.title or f"{item.country} {item.kind.replace('_', ' ')} {duration_text(item.hours)}"
        for item in every
    ]

    def said(part: Range, unit: str) -> str:
        low, median, high = money_range(part.low, part.median, part.high, unit)
        return median if part.median is None else f"{median} ({low} to {high})"

    rows = side_by_side(result.catalogue, every, labels)
    return tuple(
        Beside(row.label, (unit := row.result.money.unit), row.amount.low, row.amount.median, row.amount.high,
               said(row.amount, unit), said(row.difference, unit) if number else "", given,
               report.provenance(row.result))
        for number, (row, given) in enumerate(zip(rows, (result.scenario, *others), strict=True))
    )  # fmt: skip


def _sources(result: Estimate) -> tuple[SourceLine, ...]:
    """The sources of the economy's figures and of every parameter that this kind of disruption can use."""
    catalogue, kind = result.catalogue, result.catalogue.kinds[result.scenario.kind]
    cited = [figure.source for figure in result.economy.figures.values()]
    cited += [catalogue.shares[result.economy.country.iso3].source, kind.source]
    if result.scenario.regions:
        cited += [catalogue.regions[name].source for name in result.scenario.regions]
    own = {kind.key, "full_blackout" if kind.severity_from == "degradation" else kind.key}
    for key, parameter in catalogue.parameters.items():
        family, _, rest = key.partition(".")
        if family == "claims" or (family in ("severity", "adaptation") and rest.partition(".")[0] not in own):
            continue
        cited.append(parameter.source)
    names = dict.fromkeys(
        name for text in cited for name in re.split(r"[;\s]+", text) if name in catalogue.sources
    )
    rows = [catalogue.sources[name] for name in names]
    return tuple(SourceLine(r.title, r.publisher, r.date, r.licence, r.url) for r in rows)
