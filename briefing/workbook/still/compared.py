"""The sheets of scenarios side by side, and of what measures save."""

from __future__ import annotations

from briefing.common.content import Content
from briefing.common.links import link_to
from briefing.common.measures import BASIS, finding
from briefing.workbook.cells import Book, Sheet
from briefing.workbook.live.dots import Still, still_charts
from model.common.numbers import scale_of, scaled_unit


def compared_sheet(content: Content, book: Book) -> None:
    """The scenarios of a comparison as values; nothing where there is none."""
    if not content.compared:
        return
    sheet = book.sheet("Compared", [45, 11, 11, 11, 13, 11, 11, 9, 12, 7, 44, 12])
    sheet.text(0, 0, "Scenarios side by side: direct loss when this file was made", "title")
    note = (
        "Differences compare like with like: they are taken simulation by simulation, on the same simulations. "
        "These values do not follow a changed input."
    )
    sheet.across(1, 0, 11, note, "small")
    sheet.row(2, ["Scenario", "5%", "Median", "95%", "More or less than the first: 5%", "median", "95%", "Unit",
                  "Simulations", "Seed", "How it differs from the first", "Dashboard"])  # fmt: skip
    sheet.frozen(3, 1, heads=2)
    for number, row in enumerate(content.compared):
        line, scale = number + 3, scale_of(row.unit)
        sheet.text(line, 0, row.label, "wrap")
        for column, part in enumerate(row.amount, start=1):
            sheet.number(line, column, None if part is None else part / scale, "amount")
        if number:
            for column, part in enumerate(row.differs, start=4):
                _gap(sheet, line, column, None if part is None else part / scale)
        sheet.text(line, 7, scaled_unit(row.unit), "wrap")
        sheet.number(line, 8, row.scenario.draws, "count")
        sheet.number(line, 9, row.scenario.seed, "count")
        sheet.text(line, 10, row.said_changes if number else "the first", "wrap")
        if address := link_to(row.scenario, content.address):
            sheet.link(line, 11, address, "open")
    top = len(content.compared) + 4
    sheet.link(
        top, 0, content.link, "Open the comparison in the dashboard" if content.link else content.where
    )
    first = content.compared[0]
    amounts = [Still(row.label, row.amount, row.text) for row in content.compared]
    gaps = [Still(row.label, row.differs, row.difference) for row in content.compared[1:]]
    still_charts(
        sheet, top + 2, first.unit, ("Direct loss of each scenario", amounts),
        ("More or less than the first", gaps),
    )  # fmt: skip


def measures_sheet(content: Content, book: Book) -> None:
    """What each measure that is on saves as values; nothing where none is."""
    if not content.measures:
        return
    sheet = book.sheet("Measures", [46, 26, 11, 11, 11, 15, 18, 20, 14])
    unit, scale = content.unit, scale_of(content.unit)
    sheet.text(0, 0, "What each continuity measure saves in this disruption", "title")
    sheet.across(
        1, 0, 8, f"{finding(content.result)} {BASIS} These values do not follow a changed input.", "wrap"
    )
    sheet.row(2, ["Measure", "Saved, in words", "Saved: 5%", "median", "95%", "Cost of a year", "Cost, in words",
                  "Worth it in this disruption alone?", "Unit"])  # fmt: skip
    sheet.frozen(3, 1, heads=2)
    for line, row in enumerate(content.measures, start=3):
        style = "strong" if row.together else "wrap"
        sheet.text(line, 0, row.label, style)
        sheet.text(line, 1, row.text, style)
        for column, part in enumerate(row.saved, start=2):
            _gap(sheet, line, column, part / scale)
        if row.cost is not None:
            sheet.number(line, 5, row.cost / scale, "amount")
        sheet.text(line, 6, row.cost_text, "wrap")
        sheet.text(line, 7, row.verdict, "wrap")
        sheet.text(line, 8, scaled_unit(unit), "wrap")
    top = len(content.measures) + 4
    note = (
        "“Worth it”: what it saves in this one disruption is more than a year of it costs, in at least 95% of the "
        "simulations."
    )
    sheet.across(top, 0, 8, note, "small")
    rows = [Still(row.label, row.saved, row.text) for row in content.measures]
    still_charts(sheet, top + 2, unit, ("What each measure saves", rows))


def _gap(sheet: Sheet, row: int, column: int, value: float | None) -> None:
    """A difference with its sign, and decimals where they say something."""
    sheet.number(row, column, value, "gap" if value is not None and abs(value) < 100 else "gaps")
