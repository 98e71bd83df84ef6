"""The workbook: inputs on one sheet, the central estimate as live formulas, charts that follow, and the draws."""

from __future__ import annotations

import io
from datetime import datetime

from briefing.content import NAME, Content
from briefing.workbook.live.answer import answer_charts, answer_sheet
from briefing.workbook.cells import Book
from briefing.workbook.chain import Chain
from briefing.workbook.live.curve import curve_sheet
from briefing.workbook.live.hours import hours_sheet, time_sheet
from briefing.workbook.live.inputs import InputsSheet
from briefing.workbook.live.later import later_sheet
from briefing.workbook.live.sectors import sector_rows, severity_rows
from briefing.workbook.sheets import compared_sheet, draws_sheet, notes_sheet, sources_sheet


def make(content: Content) -> bytes:
    """The workbook as bytes."""
    target = io.BytesIO()
    book = Book.in_memory(target)
    properties = {"title": content.title[:200], "subject": content.headline[:250], "author": NAME,
                  "comments": content.stamp, "created": datetime.fromisoformat(content.day)}  # fmt: skip
    book.workbook.set_properties(properties)
    book.workbook.set_calc_mode("auto")
    chain = Chain.of(content, book)
    profiles, sectors = len(chain.profiles), len(content.result.catalogue.sectors)
    # Sheets stand in the order in which they are added, and are written in the order in which cells are called.
    answer = book.sheet("Answer", [44, 18, 17, 20, 17, 26, 4, 20, 14, 14])
    given = book.sheet("Inputs", [72, 14, 16, 11, 11, 11, 13, 12, 12, 12, 12, 12, 12, 12])
    by_sector = book.sheet("Sectors", [40, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 4, 14, 14, 14])
    grid = book.sheet("Time", [12] * (19 + 4 * profiles))
    weeks = hours_sheet(chain, book.sheet("Hours", [14] * (1 + 2 * profiles))) if profiles else {}
    later = book.sheet("Later", [34, 18, 18, 18, 18, 18, 18])
    curve = book.sheet("Curve", [12] * (7 + 2 * sectors))
    inputs = InputsSheet.of(chain)
    by_sector.text(0, 0, "From severity to net loss, sector by sector (formulas)", "title")
    row = severity_rows(chain, by_sector, 2)
    time = time_sheet(chain, grid, weeks)
    first, rows = sector_rows(chain, by_sector, row + 1, time)
    later_sheet(chain, later, rows)
    last = curve_sheet(chain, curve, time, rows)
    draws_sheet(content, book)
    compared_sheet(content, book)
    sources_sheet(content, book)
    notes_sheet(content, book)
    below = answer_sheet(chain, answer, by_sector, first)
    inputs.write(given)
    answer_charts(chain, answer, below, by_sector, first, curve, last)
    book.close()
    return target.getvalue()
