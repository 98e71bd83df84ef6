"""The sheet that a person reads first: the sentence, the checks, the amounts in words and numbers, and charts."""

from __future__ import annotations

from briefing.common.content import CHAIN
from briefing.slides import measure
from briefing.workbook.cells import WIDEST, Sheet
from briefing.workbook.chain import Chain as Formulas
from briefing.workbook.formula import (
    Formula,
    Term,
    absolute,
    all_of,
    as_given,
    equal,
    fixed,
    formula,
    when,
    with_range,
)
from briefing.workbook.live.charts import ChartCells, charts_of
from briefing.workbook.live.checks import FAILED, OUTSIDE_ANY
from briefing.workbook.live.dots import SAME_MONEY, UNCHANGED
from briefing.workbook.live.words import Words
from model.common.ledger import LABELS, Amount
from model.estimation.amounts import TAX_SHARE

TITLE, HEADLINE, CHECKED, LOCAL, STAMP, BOTH = range(6)  # rows
HEAD, TABLE, END = 7, 8, 6  # rows of the table; its last column
RANGES, LIVE, ABOUT = 2, 5, 6  # columns: simulations, every input at its median, what it is
EMPTY = Formula('""', "")
IN_TITLES = ("duration_days", "spells", "quality_given", "start_hour")  # inputs that title and headline name
LONGEST_HEAD = 100  # letters of the usual width
CHARTS = 935  # pixels
WIDTHS = (30, 27, 11, 11, 11, 16, 25)
CELLS = {"gross": "total_gross", "caught_up": "total_caught_up", "overtime": "total_overtime",
         "net_direct": "total_net_direct", "lagged_receipts": "lagged_receipts", "coping": "coping_cost"}  # fmt: skip
ABOUT_AMOUNT = {
    "gross": "before recovery", "caught_up": "work made up afterwards", "overtime": "what making it up costs",
    "net_direct": "output not recovered", "lagged_receipts": "not included in the direct loss",
    "lagged_value_added": "part of the lost orders", "coping": "not included in the direct loss",
    "tax": "already part of the loss", "work_days": "of all workers",
}  # fmt: skip


def name_answers(chain: Formulas) -> None:
    """Names and values of the answers, which the charts call before this sheet is written."""
    chain.book.named(UNCHANGED, 1)
    for name, content, _, _ in _amounts(chain):
        if content is not None:
            chain.book.named(f"answer_{name}", formula(content).value)


def answer_sheet(
    chain: Formulas, sheet: Sheet, sectors: Sheet, first: int, cells: ChartCells, words: Words
) -> None:
    """Words, table and charts; `first` is the row of the first industry on its sheet."""
    content, book = chain.content, chain.book
    result, unit = content.result, chain.unit
    sheet.row(HEAD, ["Amount", "Simulations, in words", "Simulations: 5%, " & unit, "median, " & unit,
                     "95%, " & unit, "Every input at its median, " & unit, "What it is"])  # fmt: skip
    row = _amount_rows(chain, sheet, words)
    _grey_when_changed(sheet, TABLE, 1, row - 1, RANGES + 2)
    _grey_when_changed(sectors, first, 12, first + len(result.catalogue.sectors) - 1, 14)
    _words_that_follow(chain, sheet, words)
    rate = chain["money_rate"]
    typed = chain["money_name"] & ", " & as_given(rate) & " per US dollar as typed into this file"
    own = when(equal(chain[SAME_MONEY], 1), content.money_text, typed)
    sheet.across(STAMP, 0, END, f"{content.stamp}. Amounts in " & own & ".", "small")
    sheet.across(BOTH, 0, END, _two_figures(chain), "wrap")
    sheet.across(BOTH + 1, 0, END, "\n".join(item.plain for item in content.not_known) or " ", "wrap")
    model = chain.in_money(content.centre / result.money.scale)
    for text, term, style, name in (
        ("Model's loss with every input at its median, when this file was made", model, "amount", "model_net_direct"),
        ("Formulas over that figure (1 until a change)",
         when(equal(model, 0), 1, chain["answer_net_direct"] / model), "fine", "formulas_over_model"),
        ("Inputs as when this file was made, but for the exchange rate (1 yes, 0 no)", _unchanged(chain), "level",
         UNCHANGED),
    ):  # fmt: skip
        row += 1
        sheet.across(row, 0, LIVE - 1, text, "small")
        sheet.formula(row, LIVE, term, style, name)
    charts_of(chain, sheet, row + 2, cells, CHARTS)
    sheet.reaches(0, END)
    book.heading = shortened(content.title).replace("&", "&&")


def shortened(title: str) -> str:
    """A title that fits the head of a page."""
    return measure.cut(title, LONGEST_HEAD * measure.USUAL, 1.0)


def _two_figures(chain: Formulas) -> str:
    """Why two figures stand beside each other, with both."""
    content = chain.content
    cost = content.line("net_direct").range
    both = (
        f" Here: {content.money(content.centre)} against {content.money(cost.median)}." if cost.high else ""
    )
    return (
        f"Two figures for one thing. “Simulations” is the answer: the middle and the range of {_count(chain)} runs in "
        "which every input varies inside its range. “Every input at its median” is one single run; it is what the "
        "formulas of this file compute, and what moves when you change a yellow cell. It is another figure than the "
        f"median of the simulations, because the loss does not grow in proportion to its inputs.{both} A sum of "
        "medians is not the median of the sum, so the middle column does not add up exactly."
    )


def _count(chain: Formulas) -> str:
    return f"{chain.content.result.scenario.draws:,}"


def _amounts(chain: Formulas) -> list[tuple[str, Term | None, str, str]]:
    """Each amount: its id, its formula (None where it is not measured), its label and the style of its cell."""
    result = chain.content.result
    rows: list[tuple[str, Term | None, str, str]] = []
    for name, label in CHAIN.items():
        if name == "coping" and not chain.kind.copes:
            continue
        content = None if result.amount(name).median is None else chain[CELLS[name]]
        rows.append((name, content, label, "total" if name == "net_direct" else "amount"))
    if chain.later:
        value = chain["lagged_receipts"] * chain["exports.value_added_share"]
        rows.append(("lagged_value_added", value, LABELS["lagged_value_added"], "amount"))
    net = chain["total_net_direct"]
    rows.append(("tax", _tax(chain, net), LABELS["tax"], "amount"))
    if result.economy.workers:
        a_day = chain["gva_musd"] / (chain["workers"] * chain["work.days_per_year"])
        rows.append(("work_days", net / chain["money_rate"] / a_day, LABELS["work_days"], "count"))
    return rows


def _amount_rows(chain: Formulas, sheet: Sheet, words: Words) -> int:
    """The live table with the ranges of the simulations before it; returns the next free row."""
    result = chain.content.result
    ids = {amount.id for amount in result.amounts}
    row = TABLE - 1
    for row, (name, content, label, style) in enumerate(_amounts(chain), start=TABLE):
        sheet.text(row, 0, label, "strong" if name == "net_direct" else "wrap")
        if content is None:
            sheet.text(row, LIVE, "not measured", "wrap")
        else:
            sheet.formula(row, LIVE, content, style, f"answer_{name}")
        if name in ids:
            _drawn(chain, sheet, row, result.amount(name), words)
        sheet.text(row, ABOUT, ABOUT_AMOUNT[name], "indented")
    return row + 1


def _drawn(chain: Formulas, sheet: Sheet, row: int, amount: Amount, words: Words) -> None:
    """The simulations of an amount, in words as everywhere and as numbers."""
    days = amount.unit == "work_days"
    text = amount.range.money(amount.unit).full
    parts: list[Formula] = []
    for column, part in enumerate(amount.range, start=RANGES):
        if part is None:
            sheet.text(row, column, "not measured", "wrap")
        elif days:
            sheet.number(row, column, part, "count")
        else:
            content = chain.in_money(part / chain.content.result.money.scale)
            parts.append(sheet.formula(row, column, content, "amount"))
    whole: Formula = formula(text)
    if parts:
        low, middle, high = (words.of(f"{amount.label}: {name}", part)
                             for name, part in zip(("5%", "median", "95%"), parts, strict=True))  # fmt: skip
        whole = when(equal(chain[SAME_MONEY], 1), text, with_range(middle, low, high))
    sheet.formula(row, 1, whole, "strong" if amount.id == "net_direct" else "wrap")
    sheet.grow(row, 1, 1, text if days else f"{text} (another money)", "wrap")


def _tax(chain: Formulas, net: Formula) -> Formula | None:
    """Tax not raised, by the parameter or by the economy's own central taxes; None where neither is known."""
    result = chain.content.result
    if TAX_SHARE in result.used:
        return net * chain[TAX_SHARE]
    tax = result.economy.tax
    return None if tax is None else net * tax.value


def _unchanged(chain: Formulas) -> Formula:
    """1 while every answer and what the title names are those of the file as it was made, whatever the money."""
    made, rate, same = chain.content.result.money.per_million, chain["money_rate"], []
    for name, cell in chain.book.cells.items():
        if name.startswith("answer_") or name in IN_TITLES:
            before = float(cell.value)
            money = name.startswith("answer_") and name != "answer_work_days"
            then: Term = before / made * rate if money else before
            same.append(absolute(cell - then) <= 1e-9 * absolute(then) + 1e-12)
    return when(all_of(*same), 1, 0)


def _words_that_follow(chain: Formulas, sheet: Sheet, words: Words) -> None:
    """Title, headline and the local one, which stand on the sheet of notes, until an answer or what happens is changed.

    Where the exchange rate alone is another one, the range of the simulations is said in its money.
    """
    content, scale = chain.content, chain.content.result.money.scale
    unchanged, same_money = equal(chain[UNCHANGED], 1), equal(chain[SAME_MONEY], 1)
    net = content.line("net_direct")

    def said(name: str, amount: Formula) -> Formula:
        return words.of(f"In the headline: {name}", amount, spoken=True)

    low, median, high = (said(name, chain.in_money((part or 0.0) / scale))
                         for name, part in zip(("5%", "median", "95%"), net.range, strict=True))  # fmt: skip
    ranged = with_range(median, low, high, "range ")
    other_money = "At the exchange rate typed: a direct loss of about " & ranged
    now = said("every input at its value", chain["answer_net_direct"])
    no_range = ", every input at its value; the range of the simulations does not follow"
    changed = "Inputs changed: direct loss now about " & now & no_range
    nothing = formula("No answer: an input lies outside its limits (sheet Checks)")
    style = "from_right" if content.local and content.local.language.from_right else "local"
    for name, at, text, then, otherwise, own in (
        ("title", TITLE, content.title, None, formula("Inputs changed"), "headtitle"),
        ("headline", HEADLINE, content.headline, other_money, changed, "headline"),
        *([("local", LOCAL, content.said_locally, EMPTY, EMPTY, style)] if content.local else []),
    ):  # fmt: skip
        as_made = Formula(f"said_{name}", text[:WIDEST])
        shown = as_made if then is None else when(same_money, as_made, then)
        whole = when(unchanged, shown, otherwise)
        if name == "headline":
            whole = when(chain[OUTSIDE_ANY] > 0, nothing, whole)
        sheet.across(at, 0, END, whole, own, f"shown_{name}")
    good = "Checks passed: every input lies inside its limits, and shares make 100%."
    bad = fixed(chain[FAILED], 0) & " of the checks fail: see the sheet Checks."
    sheet.across(CHECKED, 0, END, when(equal(chain[FAILED], 0), good, bad), "alarm", "shown_checks")
    sheet.raw.conditional_format(CHECKED, 0, CHECKED, END, {
        "type": "formula", "criteria": f"={FAILED}>0", "format": chain.book.formats["red"]})  # fmt: skip


def _grey_when_changed(sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
    """Figures of the simulations, which stand still, recede once the inputs are others."""
    rule = {"type": "formula", "criteria": f"={UNCHANGED}=0", "format": sheet.book.formats["stale"]}
    sheet.raw.conditional_format(top, left, bottom, right, rule)
