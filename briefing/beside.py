"""The scenarios of a comparison: what each costs, how it differs from the first, and what it rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from model.catalogue.load import Catalogue
from model.common.numbers import duration_text, exact_percent
from model.common.ranges import Range
from model.compare.differences import aligned, side_by_side
from model.estimation.estimate import Estimate
from model.scenario.changes import Change, changes
from model.scenario.scenario import Scenario
from model.text import report

LONGEST_NAME = 60


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
class Beside:
    """One scenario of a comparison, in its own unit: dollars where the scenarios' money differs."""

    label: str
    unit: str
    amount: Range[float | None]
    text: str
    difference: str  # from the first, draw by draw; empty for the first itself
    differs: Range[float | None]  # the same as numbers
    scenario: Scenario  # as drawn: with the draws, seed and money of the comparison
    changes: tuple[Change, ...]  # from the first
    warnings: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    provenance: Mapping[str, str]

    @property
    def name(self) -> str:
        """The label, short enough to stand before a sentence."""
        return self.label if len(self.label) <= LONGEST_NAME else self.label[: LONGEST_NAME - 1] + "…"

    @property
    def said_changes(self) -> str:
        """How it differs from the first, in one line."""
        return "; ".join(f"{c.label}: {c.after}" for c in self.changes) or "the same"


def compared(result: Estimate, others: Sequence[Scenario]) -> tuple[Beside, ...]:
    """The result's scenario and the others, on the same draws; empty without others."""
    if not others:
        return ()
    catalogue, every = result.catalogue, aligned([result.scenario, *others])
    labels = [item.header.title or _label(item) for item in every]

    def said(part: Range[float | None], unit: str) -> str:
        words = part.money(unit)
        return words.median if part.median is None else words.full

    rows = side_by_side(catalogue, every, labels)
    first = rows[0].result.scenario
    return tuple(
        Beside(
            label=row.label, unit=row.result.money.unit, amount=row.amount,
            text=said(row.amount, row.result.money.unit),
            difference=said(row.difference, row.result.money.unit) if number else "", differs=row.difference,
            scenario=row.result.scenario, changes=changes_said(row.result, first) if number else (),
            warnings=tuple(row.result.warnings), sources=sources_of(row.result),
            provenance=report.provenance_of(row.result),
        )
        for number, row in enumerate(rows)
    )  # fmt: skip


def _label(scenario: Scenario) -> str:
    """A name for a scenario without one: place, kind and length."""
    where = ", ".join(scenario.regions) or scenario.country
    if scenario.place is not None:
        where = f"{exact_percent(scenario.place)} of {where}"
    times = f"{scenario.spells} x " if scenario.spells > 1 else ""
    return f"{where} {scenario.kind.replace('_', ' ')} {times}{duration_text(scenario.hours)}"


def changes_said(result: Estimate, base: Scenario | None = None) -> tuple[Change, ...]:
    """What a result's scenario sets differently from `base` (else the baseline), each label said once.

    Money asked for and not had is left out: the warnings say why.
    """
    catalogue, scenario = result.catalogue, result.scenario
    rows = changes(catalogue, scenario) if base is None else changes(catalogue, scenario, base)
    return tuple(
        _with_own_label(catalogue, change)
        for change in rows
        if change.field != "currency" or result.money.unit == scenario.currency
    )


def _with_own_label(catalogue: Catalogue, change: Change) -> Change:
    """Parameters of different kinds or sectors share a label: then their group stands behind it."""
    parameter = catalogue.parameters.get(change.field)
    if parameter is None or Counter(p.label for p in catalogue.parameters.values())[parameter.label] == 1:
        return change
    return replace(change, label=f"{change.label}, {catalogue.groups[parameter.group].label.lower()}")


def sources_of(result: Estimate) -> tuple[SourceLine, ...]:
    """The sources of the economy's figures and of every parameter that this kind of disruption can use."""
    catalogue, kind = result.catalogue, result.catalogue.kinds[result.scenario.kind]
    cited = [figure.source for figure in result.economy.figures.values()]
    cited += [catalogue.shares[result.economy.country.iso3].source, kind.source]
    if result.scenario.regions:
        cited += [catalogue.regions[name].source for name in result.scenario.regions]
    own = {kind.key, kind.severity_rows}
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
