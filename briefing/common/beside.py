"""The scenarios of a comparison: what each costs, how it differs from the first, and what it rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from model.catalogue.load import Catalogue
from model.catalogue.sources import Source, plain_title
from model.common.numbers import counted, spoken
from model.common.ranges import Chance, Range
from model.compare.differences import aligned, side_by_side
from model.compare.names import names
from model.estimation.estimate import Estimate
from model.scenario.changes import Change, changes
from model.scenario.scenario import Scenario
from model.text import report, sentence

LONGEST_NAME = 60
OWN_ASSUMPTION, ASSUMED = "own_assumption", "Stated assumptions"


@dataclass(frozen=True)
class SourceLine:
    """A source as a reader is told of it; terms of use are for who takes the data, not for who reads a report."""

    title: str
    publisher: str
    date: str
    licence: str
    url: str

    @property
    def text(self) -> str:
        return ", ".join(part for part in (self.title, self.publisher, self.date) if part)


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
    labels = names(catalogue, every)
    rows = side_by_side(catalogue, every, labels)
    first = rows[0].result.scenario
    return tuple(
        Beside(
            label=row.label, unit=row.result.money.unit, amount=row.amount,
            text=row.amount.money(row.result.money.unit).full,
            difference=difference_text(row.difference, row.result.money.unit) if number else "",
            differs=row.difference,
            scenario=row.result.scenario, changes=changes_said(row.result, first) if number else (),
            warnings=tuple(row.result.warnings), sources=sources_of(row.result),
            provenance=report.provenance_of(row.result),
        )
        for number, row in enumerate(rows)
    )  # fmt: skip


def difference_text(value: Range[float | None], unit: str) -> str:
    """What one scenario costs more or less than another, `value` in `unit`: `+$12M (+$8.0M to +$19M)`, `none`."""
    if value.low == value.high == 0:
        return "none"
    words = value.money(unit)
    if isinstance(words, Chance):
        return words.full
    signs = ("+" if number and number > 0 else "" for number in value)
    return Range(*(sign + text for sign, text in zip(signs, words, strict=True))).full


def costliest(rows: Sequence[Beside]) -> str:
    """`Of three scenarios “…” costs the most: about $57 million, $41 million more than “…”`; empty without others."""
    if not rows:
        return ""
    first = rows[0]
    top = max(rows, key=lambda row: row.amount.median or 0.0)
    if not top.amount.median:
        return f"None of the {counted(len(rows))} scenarios costs much"
    said = f"Of {counted(len(rows))} scenarios “{top.name}” costs the most: "
    said += f"about {spoken(top.amount.median, top.unit)}"
    if top is first or not top.differs.median:
        return said
    if (top.differs.low or 0.0) < 0:
        return f"{said}; that it costs more than “{first.name}” is not certain"
    return f"{said}, {spoken(top.differs.median, top.unit)} more than “{first.name}”"


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
    return source_lines(catalogue, cited)


def source_lines(catalogue: Catalogue, cited: Iterable[str]) -> tuple[SourceLine, ...]:
    """The sources that some texts name by their ids, each once."""
    names = dict.fromkeys(
        name for text in cited for name in re.split(r"[;\s]+", text) if name in catalogue.sources
    )
    return tuple(dict.fromkeys(_line(catalogue.sources[name]) for name in names))


def _line(source: Source) -> SourceLine:
    """What is ours goes by our name: no reader knows whose own judgement it is, and who the project is."""
    is_own = source.publisher == report.OURSELVES
    title = ASSUMED if source.id == OWN_ASSUMPTION else plain_title(source.title)
    publisher = sentence.NAME if is_own else source.publisher
    return SourceLine(title, publisher, source.date, source.licence, source.url)
