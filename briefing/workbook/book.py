"""The workbook: inputs to change, one run of the model as live formulas, charts that follow, and the simulations."""

from __future__ import annotations

import io

from briefing.common.content import NAME, Content
from briefing.workbook.cells import BLUE, YELLOW, Book
from briefing.workbook.chain import Chain
from briefing.workbook.live.answer import WIDTHS, answer_sheet, name_answers
from briefing.workbook.live.charts import chart_sheet
from briefing.workbook.live.checks import checks_sheet, name_checks
from briefing.workbook.live.curve import curve_sheet
from briefing.workbook.live.hours import hours_sheet, time_sheet
from briefing.workbook.live.industries import Industries
from briefing.workbook.live.inputs import InputsSheet
from briefing.workbook.live.later import later_sheet
from briefing.workbook.live.sectors import sector_rows, severity_rows
from briefing.workbook.live.words import Words
from briefing.workbook.still.compared import compared_sheet, measures_sheet
from briefing.workbook.still.contents import WIDTHS as OF_CONTENTS
from briefing.workbook.still.contents import contents_sheet
from briefing.workbook.still.notes import notes_sheet, sources_sheet
from briefing.workbook.still.simulations import simulations_sheet


def make(content: Content) -> bytes:
    """The workbook as bytes."""
    target = io.BytesIO()
    least = min((line.range.median for line in content.chain if line.range.median), default=0.0)
    book = Book.in_memory(target, least / content.result.money.scale)
    book.describe(NAME, content.title, content.headline, content.stamp, content.day)
    book.workbook.set_calc_mode("auto")
    chain = Chain.of(content, book)
    catalogue = content.result.catalogue
    profiles, sectors, classes = len(chain.profiles), len(catalogue.sectors), len(catalogue.classes)
    # Sheets stand in the order in which they are added, and are written in the order in which cells are called.
    contents = book.sheet("Contents", OF_CONTENTS)
    answer = book.sheet("Answer", WIDTHS, one_page=True, colour=BLUE)
    given = book.sheet("Inputs", [49, 12, 12, 9, 9, 9, 9, 9, 8, 12, 32, 27], colour=YELLOW)
    by_industry = book.sheet("Industries", [36, 12, *[10.5] * (6 + classes), 8, 9], colour=YELLOW)
    checks = book.sheet("Checks", [66, 12, 56])
    compared_sheet(content, book)
    measures_sheet(content, book)
    simulations_sheet(content, book)
    loss = book.sheet("Loss by industry", [36, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 2, 13, 12, 12])
    later = book.sheet("Later losses", [34, 18, 18, 18, 18])
    curve = book.sheet("Durations", [12] * (7 + 2 * sectors), wide=False)
    grid = book.sheet("Time", [12] * (19 + 4 * profiles), wide=False)
    weeks = (
        hours_sheet(chain, book.sheet("Hours of the week", [14] * (1 + 2 * profiles), wide=False))
        if profiles
        else {}
    )
    behind = book.sheet("Chart data", [46, 12, 12, 12, 12, 12, 33, 48, 7])
    in_words = book.sheet("Words", [60, 24, 20, 12, 12, 24])
    sources_sheet(content.sources, book)
    notes_sheet(content, book)
    inputs, industries = InputsSheet.of(chain), Industries.of(chain)
    loss.text(0, 0, "From connectivity lost to the loss, industry by industry (formulas)", "title")
    row = severity_rows(chain, loss, 2)
    time = time_sheet(chain, grid, weeks)
    first, rows = sector_rows(chain, loss, row + 1, time)
    later_sheet(chain, later, rows)
    stops = curve_sheet(chain, curve, time, rows)
    name_checks(chain)
    name_answers(chain)
    words = Words.on(chain, in_words)
    cells = chart_sheet(chain, behind, words, rows, stops)
    answer_sheet(chain, answer, loss, first, cells, words)
    industries.write(by_industry)
    inputs.write(given)
    checks_sheet(chain, checks)
    contents_sheet(content, book, contents)
    book.close()
    return target.getvalue()
