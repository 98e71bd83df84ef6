"""The sheets of the workbook that stand still: draws, scenarios side by side, sources and notes."""

from __future__ import annotations

import numpy as np

from briefing.content import Content
from briefing.links import link_to
from briefing.workbook.cells import Book
from model.common.numbers import scale_of, scaled_unit

LEVELS = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
MAIN = ("gross", "caught_up", "overtime", "net_direct", "lagged_receipts", "lagged_value_added", "coping", "tax",
        "work_days")  # fmt: skip


def draws_sheet(content: Content, book: Book) -> None:
    """Quantiles of the draws when the file was made: amounts, then every duration."""
    result = content.result
    sheet = book.sheet("Draws", [44, *[14] * 12])
    sheet.text(0, 0, f"Quantiles of {result.scenario.draws} draws when this file was made (values)", "title")
    sheet.text(1, 0, f"{content.event}. {content.stamp}. Money in {scaled_unit(content.unit)}.", "note")
    sheet.row(2, ["Amount", *(f"{level:.0%}" for level in LEVELS), "Mean", "Unit"])
    row = 3
    for name in MAIN:
        if name not in result.draws:
            continue
        amount, values = result.amount(name), result.draws[name]
        scale, unit = (
            (1.0, "work-days")
            if amount.unit == "work_days"
            else (scale_of(content.unit), scaled_unit(content.unit))
        )
        sheet.text(row, 0, amount.label)
        for column, level in enumerate(np.quantile(values, LEVELS), start=1):
            sheet.number(row, column, float(level) / scale, "amount")
        sheet.number(row, len(LEVELS) + 1, float(values.mean()) / scale, "amount")
        sheet.text(row, len(LEVELS) + 2, unit)
        row += 1
    row += 2
    names = {name: curve for name, curve in result.curves.items() if name != "coping" or np.any(curve.high)}
    sheet.text(row, 0, "Against duration: 5%, median and 95%", "section")
    sheet.row(
        row + 1,
        [
            "Days",
            *(f"{name.replace('_', ' ')} {part}" for name in names for part in ("5%", "median", "95%")),
        ],
    )
    first = row + 2
    for number, hours in enumerate(result.durations, start=first):
        sheet.number(number, 0, float(hours) / 24, "fine")
        for index, curve in enumerate(names.values()):
            for offset, part in enumerate((curve.low, curve.median, curve.high)):
                sheet.number(
                    number,
                    1 + 3 * index + offset,
                    float(part[number - first]) / scale_of(content.unit),
                    "amount",
                )


def sources_sheet(content: Content, book: Book) -> None:
    sheet = book.sheet("Sources", [60, 40, 12, 40, 70])
    sheet.row(0, ["Title", "Publisher", "Date", "Licence", "Address"])
    for row, source in enumerate(content.sources, start=1):
        for column, text in enumerate(
            (source.title, source.publisher, source.date, source.licence, source.url)
        ):
            sheet.text(row, column, text, "wrap")
    sheet.raw.freeze_panes(1, 0)


def compared_sheet(content: Content, book: Book) -> None:
    """The scenarios of a comparison as values; nothing where there is none."""
    if not content.compared:
        return
    sheet = book.sheet("Compared", [60, 14, 14, 14, 16, 16, 16, 14, 10, 12, 60])
    sheet.text(
        0, 0, "Scenarios side by side on the same draws: net direct loss when this file was made", "title"
    )
    sheet.text(1, 0, "Differences from the first are taken draw by draw. These values do not follow a changed input.",
               "note")  # fmt: skip
    sheet.row(2, ["Scenario", "5%", "Median", "95%", "More or less than the first: 5%", "median", "95%", "Unit",
                  "Draws", "Seed", "How it differs from the first", ])  # fmt: skip
    for number, row in enumerate(content.compared):
        line, gap = number + 3, row.differs
        sheet.text(line, 0, row.label, "wrap")
        for column, part in enumerate(row.amount, start=1):
            sheet.number(line, column, None if part is None else part / scale_of(row.unit), "amount")
        if number:
            for column, part in enumerate((gap.low, gap.median, gap.high), start=4):
                sheet.number(line, column, None if part is None else part / scale_of(row.unit), "amount")
        sheet.text(line, 7, scaled_unit(row.unit))
        sheet.number(line, 8, row.scenario.draws, "count")
        sheet.number(line, 9, row.scenario.seed, "level")
        sheet.text(line, 10, row.said_changes if number else "the first", "wrap")
    top = len(content.compared) + 4
    if content.link:
        sheet.row(top, ["Scenario", "Address that opens it"])
        for number, row in enumerate(content.compared, start=top + 1):
            sheet.text(number, 0, row.label)
            sheet.text(number, 1, link_to(row.scenario, content.address))
    sheet.text(top + len(content.compared) + 2, 0, "All side by side", "bold")
    sheet.text(top + len(content.compared) + 2, 1, content.where)


def notes_sheet(content: Content, book: Book) -> None:
    """Scenario, what differs from the baseline, method, press sentence, other methods."""
    sheet = book.sheet("Notes", [48, 40, 40, 60])
    row = 0
    header = content.result.scenario.header
    own = content.local.language if content.local else None
    local = [("local", content.said_locally, "from_right" if own.from_right else "local")] if own else []
    for name, text, style in (
        ("title", content.title, "text"),
        ("headline", content.headline, "text"),
        *local,
    ):
        sheet.text(
            row,
            0,
            {"title": "Scenario", "headline": "Headline", "local": f"In {own.name}" if own else ""}[name],
            "bold",
        )
        sheet.text(row, 1, text, style)
        book.workbook.define_name(f"said_{name}", f"={sheet.at(row, 1)}")
        row += 1
    said = [("What happens", content.event), ("Author", header.author),
            ("Reference", header.reference), ("Which value says what", header.why), ("Open it again", content.where),
            ("Versions", content.stamp), *(("What is not known", item.text) for item in content.not_known)]  # fmt: skip
    for label, text in said:
        if text:
            sheet.text(row, 0, label, "bold")
            sheet.text(row, 1, text)
            row += 1
    row += 1
    sheet.row(row, ["Differs from the baseline", "Baseline", "Here"])
    for change in content.changes:
        row += 1
        for column, text in enumerate((change.label, change.before, change.after)):
            sheet.text(row, column, text, "wrap")
    if not content.changes:
        row += 1
        sheet.text(row, 0, "Nothing: this is the baseline.")
    row += 2
    for title, lines in (("Method", content.how), ("Limits", content.limits), ("Back-tests", content.back_test),
                         ("To paste", (content.press,))):  # fmt: skip
        if lines:
            sheet.text(row, 0, title, "section")
            for text in lines:
                row += 1
                sheet.text(row, 0, text)
            row += 2
    sheet.row(row, ["Other published methods", f"Result, {content.unit}", "Basis", "Status, or why not"])
    for method in content.methods:
        row += 1
        sheet.text(row, 0, method.label)
        if method.cost is not None:
            sheet.number(row, 1, method.cost)
        sheet.text(row, 2, method.basis if method.cost is not None else "")
        sheet.text(row, 3, method.refusal or method.status, "wrap")
