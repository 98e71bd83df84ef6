"""The sheet of the simulations as they were when the file was made."""

from __future__ import annotations

import numpy as np

from briefing.common.content import Content
from briefing.workbook.cells import Book
from model.common.ledger import LABELS
from model.common.numbers import scale_of, scaled_unit

LEVELS = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
MAIN = ("gross", "caught_up", "overtime", "net_direct", "lagged_receipts", "lagged_value_added", "coping", "tax",
        "work_days")  # fmt: skip


def simulations_sheet(content: Content, book: Book) -> None:
    """Percentiles of the simulations when the file was made: amounts, then every duration."""
    result = content.result
    sheet = book.sheet("Simulations", [34, *[13] * 12])
    end = len(LEVELS) + 2
    title = f"Percentiles of {result.scenario.draws:,} simulations when this file was made"
    sheet.text(0, 0, title, "title")
    note = f"{content.event}. {content.stamp}. Money in {scaled_unit(content.unit)}."
    sheet.across(1, 0, end, f"{note} These values do not follow a changed input.", "small")
    sheet.row(2, ["Amount", *(f"{level:.0%}" for level in LEVELS), "Mean", "Unit"])
    row = 3
    for name in MAIN:
        if name not in result.draws:
            continue
        amount, values = result.amount(name), result.draws[name]
        days = amount.unit == "work_days"
        scale, unit = (1.0, "work-days") if days else (scale_of(content.unit), scaled_unit(content.unit))
        style = "count" if days else "amount"
        sheet.text(row, 0, amount.label, "wrap")
        for column, level in enumerate(np.quantile(values, LEVELS), start=1):
            sheet.number(row, column, float(level) / scale, style)
        sheet.number(row, len(LEVELS) + 1, float(values.mean()) / scale, style)
        sheet.text(row, len(LEVELS) + 2, unit)
        row += 1
    row += 2
    curves = {name: curve for name, curve in result.curves.items() if name != "coping" or np.any(curve.high)}
    sheet.text(row, 0, f"By how long one outage lasts, {scaled_unit(content.unit)}", "section")
    heads = (f"{LABELS[name]}: {part}" for name in curves for part in ("5%", "median", "95%"))
    sheet.row(row + 1, ["Days", *heads])
    first = row + 2
    for number, hours in enumerate(result.durations, start=first):
        sheet.number(number, 0, float(hours) / 24, "fine")
        for index, curve in enumerate(curves.values()):
            for offset, part in enumerate(curve):
                value = float(part[number - first]) / scale_of(content.unit)
                sheet.number(number, 1 + 3 * index + offset, value, "amount")
    sheet.frozen(3, 1, heads=2)
