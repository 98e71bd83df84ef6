"""The sheets of sources and of notes."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.common.beside import SourceLine
from briefing.common.content import Content
from briefing.workbook.cells import Book, Sheet

END = 4  # last column of the notes


def sources_sheet(sources: Iterable[SourceLine], book: Book, of: str = "scenario") -> None:
    """Title, publisher, date, licence and address of every source, with a filter."""
    sheet = book.sheet("Sources", [62, 32, 12, 34, 62])
    sheet.text(0, 0, "Sources", "title")
    sheet.text(1, 0, f"Where the numbers of this {of} come from.", "note")
    sheet.row(2, ["Title", "Publisher", "Date", "Licence", "Address"])
    row = 2
    for row, source in enumerate(sources, start=3):
        for column, text in enumerate((source.title, source.publisher, source.date, source.licence)):
            sheet.text(row, column, text, "wrap")
        sheet.link(row, 4, source.url)
    sheet.frozen(3, 1, heads=2)
    sheet.raw.autofilter(2, 0, row, 4)


def notes_sheet(content: Content, book: Book) -> None:
    """Scenario, what differs from the reference, method, limits, text to paste, other estimators."""
    sheet = book.sheet("Notes", [34, 30, 26, 26, 20])
    sheet.text(0, 0, "Notes: the scenario, the method and its limits", "title")
    row = 2
    own = content.local.language if content.local else None
    style = "from_right" if own is not None and own.from_right else "local"
    local = [("local", f"In {own.name}", content.said_locally, style)] if own else []
    for name, label, text, look in (("title", "Scenario", content.title, "wrap"),
                                    ("headline", "Headline", content.headline, "wrap"), *local):  # fmt: skip
        sheet.text(row, 0, label, "strong")
        sheet.across(row, 1, END, text, look)
        book.workbook.define_name(f"said_{name}", f"={sheet.at(row, 1)}")
        row += 1
    header = content.result.scenario.header
    said = [("What happens", content.event), ("Author", header.author), ("Reference", header.reference),
            ("Which value says what", header.why), ("Open it again", content.where),
            ("Versions", content.stamp),
            *(("What is not known", item.text) for item in content.not_known)]  # fmt: skip
    for label, text in said:
        if text:
            sheet.text(row, 0, label, "strong")
            sheet.across(row, 1, END, text)
            row += 1
    row = _changes(content, sheet, row + 1)
    for title, lines in (("Method", content.how), ("Limits", content.limits), ("Text for an article", (content.press,)),
                         ("Tests against the past", content.back_test)):  # fmt: skip
        if lines:
            sheet.text(row, 0, title, "section")
            for text in lines:
                row += 1
                sheet.across(row, 0, END, text)
            row += 2
    sheet.row(
        row,
        ["Other estimators", f"Result, {content.unit}", "In words", "What it counts", "Status, or why not"],
    )
    for method in content.methods:
        row += 1
        sheet.text(row, 0, method.label, "wrap")
        if method.cost is not None:
            sheet.number(row, 1, method.cost, "count")
        sheet.text(row, 2, method.text if method.cost is not None else "", "wrap")
        sheet.text(row, 3, method.basis if method.cost is not None else "", "wrap")
        sheet.text(row, 4, method.refusal or method.status, "wrap")


def _changes(content: Content, sheet: Sheet, row: int) -> int:
    """What the scenario sets differently from the reference; the next free row."""
    sheet.row(row, ["Differs from the default", "", "Default", "Here"])
    for change in content.changes:
        row += 1
        sheet.across(row, 0, 1, change.label)
        sheet.text(row, 2, change.before, "wrap")
        sheet.text(row, 3, change.after, "wrap")
    if not content.changes:
        row += 1
        sheet.across(row, 0, END, "Nothing: this is the reference.")
    return row + 2
