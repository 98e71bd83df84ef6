"""The sheet of checks: what a cell refuses when it is typed can still be pasted, and a sum has no cell of its own."""

from __future__ import annotations

from briefing.workbook.cells import Sheet
from briefing.workbook.chain import Chain
from briefing.workbook.formula import Formula, absolute, all_of, differ, equal, fixed, sum_of, when
from briefing.workbook.live import industries, inputs

FAILED, OUTSIDE_ANY = "checks_failed", "outside_any"
HEAD = ["What must hold", "Result", "What it says"]


def name_checks(chain: Chain) -> None:
    """Names and values of the cells that the answer calls before this sheet is written."""
    for name in (FAILED, OUTSIDE_ANY):
        chain.book.named(name, 0)


def checks_sheet(chain: Chain, sheet: Sheet) -> None:
    """A row for each check; all of them hold when the file is made, unless its scenario breaks one."""
    money = chain.content.result.money
    sheet.text(0, 0, "Checks: what must hold for the answer to mean something", "title")
    note = (
        "A yellow cell refuses what is typed outside its limits. What is pasted is not refused by a spreadsheet, and a "
        "sum of shares can be wrong although each share is right: both are said here and on the sheet Answer."
    )
    sheet.across(1, 0, 2, note, "small")
    sheet.row(2, HEAD)
    sheet.frozen(3, heads=2)
    outside = [chain[inputs.OUTSIDE], chain[industries.OUTSIDE]]
    renamed = all_of(equal(chain[inputs.SAME_MONEY], 1), differ(chain["money_typed"], money.unit))
    unnamed = equal(chain["money_name"], inputs.OWN_MONEY)
    rows: list[tuple[str, Formula, Formula]] = [
        ("Every input of the sheet Inputs is a number inside its limits", outside[0],
         _said(outside[0], "outside: see the column Check there.")),
        ("Every input of the sheet Industries is a number inside its limits", outside[1],
         _said(outside[1], "outside: see the column Check there.")),
        ("Shares of the industries in gross value added make 100%", _off(chain[industries.SHARES_SUM]),
         _made(chain[industries.SHARES_SUM])),
        ("The users of every industry make 100%", chain[industries.MIX_WRONG],
         _said(chain[industries.MIX_WRONG], "of the industries: their users make more or less.")),
    ]  # fmt: skip
    shares = [chain[f"exports.share.{group}"] for group in chain.export_groups]
    if shares:
        exports = sum_of(shares)
        rows.append(
            ("Shares of the export groups in IT export earnings make 100%", _off(exports), _made(exports))
        )
    no_name = (
        f"The rate is another one, its name is still that of this file: amounts are in “{inputs.OWN_MONEY}”."
    )
    no_rate = f"The name is another one, the rate is not: amounts are in {money.unit}."
    rows.append((
        "The exchange rate and the name of its money belong together",
        when(unnamed, 1, when(renamed, 1, 0)),
        when(unnamed, no_name, when(renamed, no_rate, "Yes.")),
    ))  # fmt: skip
    cells = []
    for row, (text, failed, said) in enumerate(rows, start=3):
        sheet.text(row, 0, text, "wrap")
        cells.append(sheet.formula(row, 1, failed, "passed"))
        sheet.formula(row, 2, said, "wrap")
    below = 3 + len(rows) + 1
    sheet.text(below, 0, "Inputs outside their limits", "bold")
    sheet.formula(below, 1, sum_of(outside), "count", OUTSIDE_ANY)
    sheet.text(below + 1, 0, "Checks that fail", "bold")
    sheet.formula(below + 1, 1, sum_of(when(cell > 0, 1, 0) for cell in cells), "count", FAILED)


def _said(count: Formula, words: str) -> Formula:
    return when(equal(count, 0), "Yes.", fixed(count, 0) & " " & words)


def _off(total: Formula) -> Formula:
    return when(absolute(total - 1) > industries.NEAR_ONE, 1, 0)


def _made(total: Formula) -> Formula:
    said = "They make " & fixed(total * 100, 1) & "%: something counts twice, or is left out."
    return when(equal(_off(total), 1), said, "Yes.")
