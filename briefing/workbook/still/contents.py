"""The first sheet: what this file is, how to use it, what stands where, and what cannot be changed here.

After the guidance of the UK Government Analysis Function for statistics in spreadsheets: a title in A1, a table of
contents with links, notes in plain words, and nothing that colour alone would say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.common.content import NAME, Content
from briefing.workbook.cells import Book, Sheet
from model.estimation.words import place_text
from model.text.sentence import money_text

END = 2  # last column
WIDTHS = (24, 68, 42)
FOLLOWS, STILL = "follows the yellow cells", "stands still: as when this file was made"
ABOUT = {
    "Answer": ("The answer in words and numbers, and three charts", FOLLOWS),
    "Inputs": ("What happens, the money, the economy and every assumption", "yellow cells may be changed"),
    "Industries": ("What each industry makes, how much it needs the internet, who its users are",
                   "yellow cells may be changed"),
    "Checks": ("Whether every input lies inside its limits and shares make 100%", FOLLOWS),
    "Compared": ("The scenarios side by side, with differences from the first", STILL),
    "Measures": ("What each continuity measure saves, what it costs, whether it is worth it", STILL),
    "Simulations": ("Percentiles of every amount, and the loss at every duration", STILL),
    "Loss by industry": ("Step by step from connectivity lost to the loss", FOLLOWS),
    "Later losses": ("Lost export orders and workaround costs", FOLLOWS),
    "Durations": ("The loss at every duration", FOLLOWS),
    "Time": ("How losses begin and workarounds spread, hour by hour", FOLLOWS),
    "Hours of the week": ("How busy each hour of the week is", STILL),
    "Chart data": ("The numbers behind the charts", FOLLOWS),
    "Words": ("Amounts rounded to two digits and put into words", FOLLOWS),
    "Sources": ("Where the numbers come from", STILL),
    "Notes": ("The scenario, the method, its limits, tests against the past, other estimators", STILL),
}  # fmt: skip
HOW = (
    ("Change an input", "Type over a yellow cell with a border, on the sheets Inputs and Industries. Everything that "
     "depends on it is computed again. Shares are decimals: 20% is 0.2."),
    ("Limits", "A yellow cell refuses a number outside its limits and says which they are. The sheet Checks, and a "
     "line on the sheet Answer, say when something does not hold: a pasted number, or shares that do not make 100%."),
    ("Two columns, two figures", "“Simulations” is the answer of the model: the middle and the range of many runs. "
     "“Every input at its median” is one run, which the formulas compute. The two differ, because the loss does not "
     "grow in proportion to its inputs. Charts show the simulations until an input is changed, then the formulas."),
    ("Ranges", "They run from the 5th to the 95th percentile of the simulations. They follow the exchange rate and "
     "no other input: for the range of other inputs make another file."),
    ("Another money", "On the sheet Inputs type what one US dollar is in that money and, below it, its name. The rate "
     "without the name makes amounts of “own money”."),
    ("Protection", "Sheets are protected without a password, so that no formula is typed over. To change one: Review, "
     "Unprotect Sheet (Excel), or Tools, Protect Sheet (LibreOffice)."),
    ("Names in formulas", "Cells have names, such as answer_net_direct (the direct loss) or p_onset_shape: the column "
     "Key of the sheet Inputs has them. They are those of the model's other files."),
    ("Words", "“not measured”: no figure exists. M: millions. “share”: from 0 to 1. Percentages in words have two "
     "digits, as every estimate."),
)  # fmt: skip


def contents_sheet(content: Content, book: Book, sheet: Sheet) -> None:
    """The first sheet; it lists the sheets that the book has by then."""
    result, scenario = content.result, content.result.scenario
    heading(sheet, "what an internet disruption costs", content.title, content.headline, content.stamp)
    row = said_rows(sheet, 5, "How to use this file", HOW)
    row = sheet_rows(sheet, row, "Whether it changes", ABOUT, book) + 1
    kind = result.catalogue.kinds[scenario.kind]
    start = f"{scenario.start} (another hour may be typed, another profile of the week not)" if scenario.start else (
        "none: an average hour of the week")  # fmt: skip
    fixed = (
        ("Country", result.economy.country.name), ("Place", place_text(result)), ("Type of disruption", kind.label),
        ("Start", start), ("Money", f"{money_text(result)} (another rate may be typed)"),
        ("Simulations", f"{scenario.draws:,}"),
    )  # fmt: skip
    row = said_rows(sheet, row, "Fixed in this file: for another one make another file", fixed)
    open_again(sheet, row, content.link, content.where)


def heading(sheet: Sheet, about: str, title: str, said: str, stamp: str) -> None:
    """What the file is about, its title, the finding and the versions, from the first row on."""
    sheet.text(0, 0, f"{NAME} workbook: {about}", "title")
    sheet.across(1, 0, END, title, "headline")
    sheet.across(2, 0, END, said)
    sheet.across(3, 0, END, f"{stamp}. A model estimate, no measurement.", "small")


def sheet_rows(sheet: Sheet, row: int, head: str, about: Mapping[str, tuple[str, str]], book: Book) -> int:
    """Every other sheet of the book from `row` down, with what it holds and a word under `head`; the next free row."""
    sheet.text(row, 0, "Sheets of this file", "section")
    sheet.row(row + 1, ["Sheet", "What it holds", head])
    row += 2
    for other in book.sheets:
        if other is not sheet:
            sheet.link(row, 0, f"internal:'{other.title}'!A1", other.title)
            for column, text in enumerate(about[other.title], start=1):
                sheet.text(row, column, text, "wrap")
            row += 1
    return row


def open_again(sheet: Sheet, row: int, link: str, where: str) -> None:
    """How to find again what the file shows, at `row` and the one below."""
    sheet.text(row, 0, "Open it again", "strong")
    if link:
        sheet.link(row, 1, link, "Open in the dashboard")
    sheet.across(row + 1, 1, END, where)


def said_rows(sheet: Sheet, row: int, title: str, rows: Sequence[tuple[str, str]]) -> int:
    """Rows of a name and a text below a heading at `row`; the next free row but one."""
    sheet.text(row, 0, title, "section")
    for number, (label, text) in enumerate(rows, start=row + 1):
        sheet.text(number, 0, label, "strong")
        sheet.across(number, 1, END, text)
    return row + len(rows) + 2
