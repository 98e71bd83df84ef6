"""The tables and lists of the report, as words: the PDF and the page only set them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.common.content import Content, Line
from briefing.common.measures import BASIS
from model.common.ledger import NO_SUM
from model.common.numbers import COUNT, WORK_DAYS
from model.text.answer import answer
from model.text.report import sources_text


@dataclass(frozen=True)
class PrintedTable:
    """A table under its title; `numbers` are the columns that stand at the right, a note stands below."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    note: str = ""


PARTS = ("Low (5%)", "Middle", "High (95%)")


def compared(content: Content) -> PrintedTable:
    """The scenarios of a comparison; no rows without one."""
    rows = tuple((row.label, row.text, row.difference or "the first") for row in content.compared)
    head = ("Scenario", "Direct loss", "Difference from the first")
    return PrintedTable("compared", "Scenarios side by side", head, rows, (1, 2))


def measures(content: Content) -> PrintedTable:
    """What each measure that is on saves; no rows without any."""
    rows = tuple((row.label, row.text, row.cost_text, row.verdict) for row in content.measures)
    head = ("Measure", "Loss saved", "Cost a year", "Worth it for this alone?")
    return PrintedTable("measures", "What each measure saves", head, rows, (1, 2), BASIS)


def amounts(content: Content) -> PrintedTable:
    """Every amount of the result that is no part of another."""
    copes = content.result.catalogue.kinds[content.result.scenario.kind].copes
    rows = tuple(
        # The label says work-days; said again in each cell they would take the room of the names.
        (
            amount.label,
            *amount.range.money(COUNT if amount.unit == WORK_DAYS else amount.unit),
            amount.money,
        )
        for amount in content.result.amounts
        if not amount.id.startswith("net_direct.") and (amount.id != "coping" or copes)
    )
    note = (
        f"Amounts in {content.money_text}. Amounts of different kinds are never added. "
        f"{sources_text(content.result)}."
    )
    return PrintedTable("amounts", "All amounts", ("Amount", *PARTS, "Counted as"), rows, (1, 2, 3), note)


def sectors(content: Content) -> PrintedTable:
    """The direct loss of every industry."""
    return _parts_of("sectors", "Direct loss by industry", "Industry", content.sectors, content.unit)


def classes(content: Content) -> PrintedTable:
    """The direct loss of every type of user: the same loss, parted otherwise."""
    return _parts_of("classes", "Direct loss by type of user", "Type of user", content.classes, content.unit)


def _parts_of(name: str, title: str, what: str, lines: Sequence[Line], unit: str) -> PrintedTable:
    rows = tuple((line.label, *line.range.money(unit)) for line in lines)
    note = f"{NO_SUM}."
    return PrintedTable(name, title, (what, *PARTS), rows, (1, 2, 3), note)


def methods(content: Content) -> PrintedTable:
    """What other published methods say of the same disruption; no rows where none has a figure."""
    rows = tuple((m.label, m.text, m.basis, m.status) for m in content.methods if m.cost is not None)
    note = "They count different things, so they cannot be compared one to one."
    return PrintedTable(
        "methods", "What other estimators say", ("Method", "Result", "Kind", "Status"), rows, (1,), note
    )


def changes(content: Content) -> PrintedTable:
    """What the scenario sets differently from the reference; no rows where it is the reference."""
    rows = tuple((change.label, change.before, change.after) for change in content.changes)
    return PrintedTable("changes", "What differs from the reference", ("What", "Reference", "Here"), rows)


def other_words(content: Content) -> str:
    """The loss by the day, as a share of what the country produces, and in other money, in one line."""
    return " · ".join(f"{figure.value} {figure.label}" for figure in answer(content.result).figures)
