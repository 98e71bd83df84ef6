"""The sheet that a person reads first: headline, live table, check against the model, and charts."""

from __future__ import annotations

from xlsxwriter.chart import Chart
from xlsxwriter.format import Format

from briefing.content import CHAIN, Content
from briefing.workbook.cells import BLUE, INK, WIDEST, Book, Sheet
from briefing.workbook.chain import Chain as Formulas
from briefing.workbook.formula import Formula, Term, absolute, all_of, as_text, equal, formula, in_words, when
from model.common.ledger import LABELS, Amount
from model.estimation.amounts import TAX_SHARE

SKY, ORANGE, PURPLE, GREY = "#56B4E9", "#E69F00", "#CC79A7", "#8C8C8C"
LOCAL_ROW, TABLE, BARS = 3, 5, 5  # rows
EMPTY = Formula('""', "")
UNCHANGED, SAME_MONEY = "inputs_unchanged", "money_unchanged"
UNIT_ROW = 10  # of the words of the axes, beside the bars
IN_TITLES = ("duration_days", "spells", "quality_given", "start_hour")  # inputs that title and headline name
CELLS = {"gross": "total_gross", "caught_up": "total_caught_up", "overtime": "total_overtime",
         "net_direct": "total_net_direct", "lagged_receipts": "lagged_receipts", "coping": "coping_cost"}  # fmt: skip


def answer_sheet(chain: Formulas, sheet: Sheet, sectors: Sheet, first: int) -> int:
    """Words and table; `first` is the row of the first sector on its sheet. Returns the row below."""
    content, book = chain.content, chain.book
    result, unit = content.result, chain.unit
    merge = book.workbook.add_format(
        {"text_wrap": True, "font_size": 13, "valign": "top", "font_name": "Calibri", "bold": True}
    )
    sheet.raw.merge_range(1, 0, 1, 5, "", merge)
    sheet.raw.set_row(0, 26)
    sheet.raw.set_row(1, 58)
    rate = chain["money_rate"]
    typed = chain["money_name"] & ", " & as_text(rate, 1, 5) & " per US dollar as typed into this file"
    own = when(equal(rate, result.money.per_million), content.money_text, typed)
    sheet.formula(2, 0, f"{content.stamp}. Amounts in " & own & ".", "note")
    if content.local:
        style = "from_right" if content.local.language.from_right else "local"
        sheet.raw.merge_range(LOCAL_ROW, 0, LOCAL_ROW, 5, "", book.formats[style])
        sheet.raw.set_row(LOCAL_ROW, 26)
    sheet.row(4, ["Amount", "Formulas, " & unit, "Draws: 5%, " & unit, "Draws: median, " & unit,
                  "Draws: 95%, " & unit, "Basis"])  # fmt: skip
    row = _amount_rows(chain, sheet, TABLE)
    sheet.text(row + 1, 0, "Model's net loss when this file was made", "note")
    model = sheet.formula(row + 1, 1, chain.in_money(content.centre / result.money.scale), "amount")
    sheet.text(row + 2, 0, "Formulas over that figure (1 until a change)", "note")
    over = when(equal(model, 0), 1, chain["answer_net_direct"] / model)
    sheet.formula(row + 2, 1, over, "fine", "formulas_over_model")
    sheet.text(
        row + 3,
        0,
        "The draws follow the exchange rate and no other input: run the scenario again for a new range.",
        "note",
    )
    _words_that_follow(chain, sheet, row + 4, merge)
    _grey_when_changed(book, sheet, TABLE, 2, row - 1, 4)
    _grey_when_changed(book, sectors, first, 12, first + len(result.catalogue.sectors) - 1, 14)
    return row + 7


def answer_charts(
    chain: Formulas, sheet: Sheet, row: int, sectors: Sheet, first: int, curve: Sheet, last: int
) -> None:
    """Three charts of cells that have their places by now, and the limits below; `last` is the row of the curve."""
    content, book = chain.content, chain.book
    _waterfall(chain, sheet, row)
    _bearers(content, book, sheet, sectors, first, row)
    _curve(content, book, sheet, curve, last, row + 20)
    sheet.text(row + 40, 0, "Limits", "section")
    for number, text in enumerate(
        (*(item.text for item in content.not_known), *content.limits), start=row + 41
    ):
        sheet.text(number, 0, text)
    sheet.raw.set_portrait()
    sheet.raw.fit_to_pages(1, 1)  # a page's end would cut a chart


def _amount_rows(chain: Formulas, sheet: Sheet, row: int) -> int:
    """The live table with the ranges of the draws beside it; returns the next free row."""
    result = chain.content.result

    def add(
        name: str,
        label: str,
        content: Term | None,
        basis: str,
        style: str = "amount",
        draws: Amount | None = None,
    ) -> None:
        nonlocal row
        sheet.text(row, 0, label, "bold" if name == "net_direct" else "text")
        if content is None:
            sheet.text(row, 1, "not measured")
        else:
            sheet.formula(row, 1, content, style, f"answer_{name}")
        if draws is not None:
            for column, part in ((2, draws.low), (3, draws.median), (4, draws.high)):
                sheet.drawn(row, column, None if part is None else chain.in_money(part / result.money.scale))
        sheet.text(row, 5, basis, "indented")
        row += 1

    for name, label in CHAIN.items():
        if name == "coping" and not chain.kind.copes:
            continue
        amount = result.amount(name)
        content = None if amount.median is None else chain[CELLS[name]]
        style = "total" if name == "net_direct" else "amount"
        add(name, label, content, f"{amount.basis}, {amount.ledger}", style, amount)
    if chain.later:
        later = result.amount("lagged_value_added")
        value = chain["lagged_receipts"] * chain["exports.value_added_share"]
        basis = f"{later.basis}, {later.ledger}"
        add("lagged_value_added", LABELS["lagged_value_added"], value, basis, draws=later)
    net = chain["total_net_direct"]
    add("tax", f"{LABELS['tax']}, part of the direct loss", _tax(chain, net), "net, fiscal")
    if result.economy.workers:
        a_day = chain["gva_musd"] / (chain["workers"] * chain["work.days_per_year"])
        add("work_days", "Work-days lost", net / chain["money_rate"] / a_day, "net, work-days", "count")
    return row


def _tax(chain: Formulas, net: Formula) -> Formula | None:
    """Tax not raised, by the parameter or by the economy's own central taxes; None where neither is known."""
    result = chain.content.result
    if TAX_SHARE in result.used:
        return net * chain[TAX_SHARE]
    tax = result.economy.tax
    return None if tax is None else net * tax.value


def _words_that_follow(chain: Formulas, sheet: Sheet, row: int, headline: Format) -> None:
    """Title, headline and Urdu, which stand on the sheet of notes, until an answer or what happens is changed.

    Where the exchange rate alone is another one, the range of the draws is said in its money.
    """
    content, book, rate = chain.content, chain.book, chain["money_rate"]
    made, same = content.result.money.per_million, []
    for name, cell in book.cells.items():
        if name.startswith("answer_") or name in IN_TITLES:
            before = float(cell.value)
            money = name.startswith("answer_") and name != "answer_work_days"
            then: Term = before / made * rate if money else before
            same.append(absolute(cell - then) <= 1e-9 * absolute(then) + 1e-12)
    sheet.text(row, 0, "Inputs as when this file was made, but for the exchange rate (1 yes, 0 no)", "note")
    unchanged = sheet.formula(row, 1, when(all_of(*same), 1, 0), "level", UNCHANGED)
    sheet.text(row + 1, 0, "Exchange rate as when this file was made (1 yes, 0 no)", "note")
    same_money = sheet.formula(row + 1, 1, when(equal(rate, made), 1, 0), "level", SAME_MONEY)
    now = in_words(chain["answer_net_direct"]) & " " & chain.unit
    net = content.line("net_direct")
    low, median, high = (
        in_words(chain.in_money((part or 0.0) / content.result.money.scale))
        for part in (net.low, net.median, net.high)
    )
    rows = [
        ("title", 0, content.title, Formula("said_title", content.title[:WIDEST]), formula("Inputs changed"),
         book.formats["title"]),
        ("headline", 1, content.headline,
         "At the exchange rate typed: net loss about " & median & " " & chain.unit & " (range " & low & " to " & high
         & ")", "Inputs changed: net loss now " & now & "; the range of the draws does not follow", headline),
    ]  # fmt: skip
    if content.local:
        rows.append(
            ("local", LOCAL_ROW, content.said_locally, EMPTY, EMPTY,  # only the English one follows the inputs
             book.formats["from_right" if content.local.language.from_right else "local"])
        )  # fmt: skip
    for name, at, text, other_money, otherwise, style in rows:
        words = Formula(f"said_{name}", text[:WIDEST])
        said = when(equal(same_money, 1), words, other_money)
        sheet.formula(at, 0, when(equal(unchanged, 1), said, otherwise), style)


def _grey_when_changed(book: Book, sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
    """Figures of the draws, which stand still, recede once the inputs are others."""
    rule = {"type": "formula", "criteria": f"={UNCHANGED}=0", "format": book.formats["stale"]}
    sheet.raw.conditional_format(top, left, bottom, right, rule)


def _waterfall(chain: Formulas, sheet: Sheet, top: int) -> None:
    """From touched to lost: floating bars from the live table."""
    for column, text in ((7, "Bars of the chart"), (8, "From"), (9, "Height")):
        sheet.text(4, column, text, "head")
    gross, caught, overtime, net = (
        chain[f"answer_{name}"] for name in ("gross", "caught_up", "overtime", "net_direct")
    )
    bars: tuple[tuple[str, Term, Formula], ...] = (
        ("Interrupted", 0, gross),
        ("Caught up", gross - caught, caught),
        ("Overtime", gross - caught, overtime),
        (LABELS["net_direct"], 0, net),
    )
    for row, (label, start, height) in enumerate(bars, start=BARS):
        sheet.text(row, 7, label)
        sheet.formula(row, 8, start, "amount")
        sheet.formula(row, 9, height, "amount")
    last = BARS + len(bars) - 1
    for row, words in enumerate((chain.unit, "Net, " & chain.unit), start=UNIT_ROW):
        sheet.formula(row, 7, words, "note")
    names, starts, heights = (f"={sheet.span(BARS, last, column)}" for column in (7, 8, 9))
    chart = chain.book.workbook.add_chart({"type": "column", "subtype": "stacked"})
    chart.add_series({"name": "From", "categories": names, "values": starts, "fill": {"none": True},
                      "border": {"none": True}})  # fmt: skip
    labels = [{"font": {"color": colour, "bold": True}} for colour in ("white", INK, INK, "white")]
    points = [{"fill": {"color": colour}} for colour in (GREY, SKY, ORANGE, BLUE)]
    chart.add_series({"name": "Amount", "categories": names, "values": heights, "points": points,
                      "gap": 60,
                      "data_labels": {"value": True, "num_format": "#,##0.0", "custom": labels}})  # fmt: skip
    _finish(chart, "From touched to lost", f"={sheet.at(UNIT_ROW, 7)}")
    sheet.raw.insert_chart(top, 0, chart, {"x_scale": 1.1, "y_scale": 1.25,
                                           "description": "Waterfall from the gross to the net loss"})  # fmt: skip


def _bearers(content: Content, book: Book, sheet: Sheet, sectors: Sheet, first: int, top: int) -> None:
    last = first + len(content.result.catalogue.sectors) - 1
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series({
        "name": "Direct loss", "categories": f"={sectors.span(first, last, 0)}",
        "values": f"={sectors.span(first, last, 10)}", "fill": {"color": BLUE}, "gap": 40,
    })  # fmt: skip
    _finish(chart, "Who bears it", f"={sheet.at(UNIT_ROW, 7)}", sideways=True)
    sheet.raw.insert_chart(top, 4, chart, {"x_scale": 1.35, "y_scale": 2.6,
                                           "description": "Direct loss by sector"})  # fmt: skip


def _curve(content: Content, book: Book, sheet: Sheet, curve: Sheet, last: int, top: int) -> None:
    chart = book.workbook.add_chart({"type": "scatter", "subtype": "straight"})
    chart.add_series({
        "name": "Every input at its value", "categories": f"={curve.span(3, last, 1)}",
        "values": f"={curve.span(3, last, 4)}", "line": {"color": BLUE, "width": 2.25},
    })  # fmt: skip
    chart.add_series({
        "name": "This duration", "categories": f"={book.places['duration_days']}",
        "values": f"={book.places['answer_net_direct']}",
        "marker": {"type": "circle", "size": 9, "fill": {"color": "#D55E00"}, "border": {"color": "#D55E00"}},
    })  # fmt: skip
    _finish(chart, "Cost against duration", f"={sheet.at(UNIT_ROW + 1, 7)}", legend=True)
    start = content.axis_start
    chart.set_x_axis({"name": "Days of one spell", "log_base": 10, "crossing": start, "min": start, "max": 1000,
                      "major_gridlines": {"visible": True, "line": {"color": "#E3E7EB"}}})  # fmt: skip
    sheet.raw.insert_chart(top, 0, chart, {"x_scale": 1.1, "y_scale": 1.25,
                                           "description": "Direct loss against duration"})  # fmt: skip


def _finish(chart: Chart, title: str, unit: str, *, sideways: bool = False, legend: bool = False) -> None:
    chart.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"position": "bottom"} if legend else {"none": True})
    grid = {"major_gridlines": {"visible": True, "line": {"color": "#E3E7EB"}}}
    if sideways:
        chart.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}, "num_font": {"size": 9}})
        chart.set_x_axis({"name": unit, **grid})
    else:
        chart.set_y_axis({"name": unit, **grid})
