"""The sheets of the workbook that a person reads: the answer with its charts, draws, sources and notes."""

from __future__ import annotations

import numpy as np
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format

from briefing.content import CHAIN, Content, link_to
from briefing.workbook.cells import (
    BLUE,
    INK,
    WIDEST,
    Book,
    Sheet,
)
from model.common.durations import STOPS
from model.common.numbers import MILLION
from model.estimation.inputs import COPING_KIND
from model.estimation.sampling import OneAtATime

SKY, ORANGE, PURPLE, GREY = "#56B4E9", "#E69F00", "#CC79A7", "#8C8C8C"
LEVELS = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
URDU_ROW = 3
UNCHANGED = "inputs_unchanged"
SAID = ("duration_days", "spells", "quality_given", "start_hour")  # inputs that title and headline name
MAIN = ("gross", "caught_up", "overtime", "net_direct", "lagged_receipts", "lagged_value_added", "coping", "tax",
        "work_days")  # fmt: skip


def answer_sheet(
    content: Content, book: Book, sheet: Sheet, sectors: Sheet, first: int, curve: Sheet
) -> None:
    """Headline, live table, check against the model, and charts."""
    result, unit = content.result, f"M {content.unit}"
    scale = result.money.per_usd / MILLION
    merge = book.workbook.add_format(
        {"text_wrap": True, "font_size": 13, "valign": "top", "font_name": "Calibri", "bold": True}
    )
    sheet.raw.merge_range(1, 0, 1, 5, "", merge)
    sheet.raw.set_row(0, 26)
    sheet.raw.set_row(1, 58)
    sheet.text(2, 0, f"{content.stamp}. Amounts in {content.money_text}.", "note")
    sheet.raw.merge_range(URDU_ROW, 0, URDU_ROW, 5, "", book.formats["urdu"])
    sheet.raw.set_row(URDU_ROW, 26)
    sheet.row(4, ["Amount", f"Formulas, {unit}", f"Draws: 5 %, {unit}", f"Draws: median, {unit}",
                  f"Draws: 95 %, {unit}", "Basis"])  # fmt: skip
    flow = content.central
    formulas = {
        "gross": ("total_gross", flow.gross), "caught_up": ("total_caught_up", flow.caught_up),
        "overtime": ("total_overtime", flow.overtime), "net_direct": ("total_net_direct", flow.net),
        "lagged_receipts": ("lagged_receipts", flow.lagged), "coping": ("coping_cost", flow.coping),
    }  # fmt: skip
    labels = {
        name: label
        for name, label in CHAIN.items()
        if name != "coping" or result.scenario.kind == COPING_KIND
    }
    row = 5
    for name, label in labels.items():
        amount, (formula, cube) = result.amount(name), formulas[name]
        sheet.text(row, 0, label, "bold" if name == "net_direct" else "text")
        if amount.median is None:
            sheet.text(row, 1, "not measured")
        else:
            sheet.formula(row, 1, formula, cube.item() * scale, "total" if name == "net_direct" else "amount",
                          f"answer_{name}")  # fmt: skip
        for column, part in ((2, amount.low), (3, amount.median), (4, amount.high)):
            sheet.number(row, column, None if part is None else part / MILLION, "amount")
        sheet.text(row, 5, f"{amount.basis}, {amount.ledger}", "indented")
        row += 1
    if result.amount("lagged_receipts").median is not None:
        share = _central(content, "exports.value_added_share")
        sheet.text(row, 0, "Exports lost later, as value added")
        sheet.formula(row, 1, "lagged_receipts*p_exports_value_added_share",
                      float(flow.lagged[0, 0, 0]) * scale * share, "amount", "answer_lagged_value_added")  # fmt: skip
        later = result.amount("lagged_value_added")
        for column, end in ((2, later.low), (3, later.median), (4, later.high)):
            sheet.number(row, column, None if end is None else end / MILLION, "amount")
        sheet.text(row, 5, f"{later.basis}, {later.ledger}", "indented")
        row += 1
    tax = content.centre / MILLION * _central(content, "fiscal.tax_share")
    sheet.text(row, 0, "Tax not raised, a transfer")
    sheet.formula(row, 1, "total_net_direct*p_fiscal_tax_share", tax, "amount", "answer_tax")
    sheet.text(row, 5, "net, fiscal", "indented")
    row += 1
    if result.economy.workers:
        days = _central(content, "work.days_per_year")
        value = float(flow.net[0, 0, 0]) / (result.economy.gva / (result.economy.workers * days))
        sheet.text(row, 0, "Work-days lost")
        sheet.formula(row, 1, "total_net_direct/money_rate/(gva_musd/(workers*p_work_days_per_year))", value, "count",
                      "answer_work_days")  # fmt: skip
        sheet.text(row, 5, "net, work-days", "indented")
        row += 1
    sheet.text(row + 1, 0, "Model's net loss when this file was made", "note")
    sheet.number(row + 1, 1, content.centre / MILLION, "amount")
    sheet.text(row + 2, 0, "Formulas over that figure (1 until a change)", "note")
    sheet.formula(
        row + 2, 1, f"IF(B{row + 2}=0,1,answer_net_direct/B{row + 2})", 1.0, "fine", "formulas_over_model"
    )
    sheet.text(
        row + 3, 0, "The draws do not follow a changed input: run the scenario again for a new range.", "note"
    )
    last = row - 1
    _words_that_follow(content, book, sheet, row + 4, merge)
    _grey_when_changed(book, sheet, 5, 2, last, 4)
    _grey_when_changed(book, sectors, first, 11, first + len(result.catalogue.sectors) - 1, 13)
    _waterfall(content, book, sheet, row + 6)
    _bearers(content, book, sheet, sectors, first, row + 6)
    _curve(content, book, sheet, curve, row + 26)
    sheet.text(row + 46, 0, "Limits", "section")
    for number, text in enumerate(content.limits, start=row + 47):
        sheet.text(number, 0, text)
    sheet.raw.set_portrait()
    sheet.raw.fit_to_pages(1, 1)  # a page's end would cut a chart


def _words_that_follow(content: Content, book: Book, sheet: Sheet, row: int, headline: Format) -> None:
    """Title, headline and Urdu, which stand on the sheet of notes, until an answer or what happens is changed."""
    same = [
        f"ABS({name}-{value!r})<={1e-9 * abs(value) + 1e-12!r}"
        for name, value in book.values.items()
        if name.startswith("answer_") or name in SAID
    ]
    sheet.text(row, 0, "Inputs as when this file was made (1 yes, 0 no)", "note")
    sheet.formula(row, 1, f"IF(AND({','.join(same)}),1,0)", 1.0, "level", UNCHANGED)
    now = f'TEXT(answer_net_direct,"#,##0.0##")&" M {content.unit}'
    changed = f'"Inputs changed: net loss now "&{now}; the range of the draws does not follow"'
    urdu = f'"مفروضے بدل دیے گئے ہیں۔ مستقل نقصان اب "&{now}؛ 90 فیصد حد اس کے ساتھ نہیں بدلتی۔"'
    for at, name, text, other, style in (
        (0, "title", content.title, '"Inputs changed"', book.formats["title"]),
        (1, "headline", content.headline, changed, headline),
        (URDU_ROW, "urdu", content.urdu, urdu, book.formats["urdu"]),
    ):  # fmt: skip
        sheet.shown(at, 0, f"IF({UNCHANGED}=1,said_{name},{other})", text[:WIDEST], style)


def _grey_when_changed(book: Book, sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
    """Figures of the draws, which stand still, recede once the inputs are others."""
    rule = {"type": "formula", "criteria": f"={UNCHANGED}=0", "format": book.formats["stale"]}
    sheet.raw.conditional_format(top, left, bottom, right, rule)


def _central(content: Content, key: str) -> float:
    return float(np.ravel(OneAtATime(content.result.catalogue, content.result.table, ()).of(key))[0])


def _waterfall(content: Content, book: Book, sheet: Sheet, top: int) -> None:
    """From touched to lost: floating bars from the live table."""
    flow, scale = content.central, content.result.money.per_usd / MILLION
    gross, caught, overtime, net = (
        cube.item() * scale for cube in (flow.gross, flow.caught_up, flow.overtime, flow.net)
    )
    for column, text in ((7, "Bars of the chart"), (8, "From"), (9, "Height")):
        sheet.text(4, column, text, "head")
    bars = (
        ("Interrupted", "0", 0.0, "answer_gross", gross),
        ("Caught up", "answer_gross-answer_caught_up", gross - caught, "answer_caught_up", caught),
        ("Overtime", "answer_gross-answer_caught_up", gross - caught, "answer_overtime", overtime),
        ("Lost for good", "0", 0.0, "answer_net_direct", net),
    )
    for row, (label, start, start_value, height, value) in enumerate(bars, start=5):
        sheet.text(row, 7, label)
        sheet.formula(row, 8, start, start_value, "amount")
        sheet.formula(row, 9, height, value, "amount")
    chart = book.workbook.add_chart({"type": "column", "subtype": "stacked"})
    names = "='Answer'!$H$6:$H$9"
    chart.add_series({"name": "From", "categories": names, "values": "='Answer'!$I$6:$I$9", "fill": {"none": True},
                      "border": {"none": True}})  # fmt: skip
    labels = [{"font": {"color": colour, "bold": True}} for colour in ("white", INK, INK, "white")]
    points = [{"fill": {"color": colour}} for colour in (GREY, SKY, ORANGE, BLUE)]
    chart.add_series({"name": "Amount", "categories": names, "values": "='Answer'!$J$6:$J$9", "points": points,
                      "gap": 60,
                      "data_labels": {"value": True, "num_format": "#,##0.0", "custom": labels}})  # fmt: skip
    _finish(chart, "From touched to lost", f"M {content.unit}")
    sheet.raw.insert_chart(top, 0, chart, {"x_scale": 1.1, "y_scale": 1.25,
                                           "description": "Waterfall from the gross to the net loss"})  # fmt: skip


def _bearers(content: Content, book: Book, sheet: Sheet, sectors: Sheet, first: int, top: int) -> None:
    last = first + len(content.result.catalogue.sectors) - 1
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series({
        "name": "Net direct loss", "categories": f"={sectors.span(first, last, 0)}",
        "values": f"={sectors.span(first, last, 9)}", "fill": {"color": BLUE}, "gap": 40,
    })  # fmt: skip
    _finish(chart, "Who bears it", f"M {content.unit}", sideways=True)
    sheet.raw.insert_chart(top, 4, chart, {"x_scale": 1.35, "y_scale": 2.6,
                                           "description": "Net direct loss by sector"})  # fmt: skip


def _curve(content: Content, book: Book, sheet: Sheet, curve: Sheet, top: int) -> None:
    end = 3 + len(STOPS) - 1
    chart = book.workbook.add_chart({"type": "scatter", "subtype": "straight"})
    chart.add_series({
        "name": "Every input at its value", "categories": f"={curve.span(3, end, 1)}",
        "values": f"={curve.span(3, end, 4)}", "line": {"color": BLUE, "width": 2.25},
    })  # fmt: skip
    chart.add_series({
        "name": "This duration", "categories": f"={book.names['duration_days']}",
        "values": f"={book.names['answer_net_direct']}",
        "marker": {"type": "circle", "size": 9, "fill": {"color": "#D55E00"}, "border": {"color": "#D55E00"}},
    })  # fmt: skip
    _finish(chart, "Cost against duration", f"Net, M {content.unit}", legend=True)
    chart.set_x_axis({"name": "Days of one spell", "log_base": 10, "crossing": 0.01, "min": 0.01, "max": 1000,
                      "major_gridlines": {"visible": True, "line": {"color": "#E3E7EB"}}})  # fmt: skip
    sheet.raw.insert_chart(top, 0, chart, {"x_scale": 1.1, "y_scale": 1.25,
                                           "description": "Net direct loss against duration"})  # fmt: skip


def _finish(chart: Chart, title: str, unit: str, *, sideways: bool = False, legend: bool = False) -> None:
    chart.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"position": "bottom"} if legend else {"none": True})
    grid = {"major_gridlines": {"visible": True, "line": {"color": "#E3E7EB"}}}
    if sideways:
        chart.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}, "num_font": {"size": 9}})
        chart.set_x_axis({"name": unit, **grid})
    else:
        chart.set_y_axis({"name": unit, **grid})


def draws_sheet(content: Content, book: Book) -> None:
    """Quantiles of the draws when the file was made: amounts, then every duration."""
    result = content.result
    sheet = book.sheet("Draws", [44, *[14] * 12])
    sheet.text(0, 0, f"Quantiles of {result.scenario.draws} draws when this file was made (values)", "title")
    sheet.text(1, 0, f"{content.event}. {content.stamp}. Money in M {content.unit}.", "note")
    sheet.row(2, ["Amount", *(f"{level:.0%}".replace("%", " %") for level in LEVELS), "Mean", "Unit"])
    row = 3
    for name in MAIN:
        if name not in result.draws:
            continue
        amount, values = result.amount(name), result.draws[name]
        scale, unit = (1.0, "work-days") if amount.unit == "work_days" else (MILLION, f"M {content.unit}")
        sheet.text(row, 0, amount.label)
        for column, level in enumerate(np.quantile(values, LEVELS), start=1):
            sheet.number(row, column, float(level) / scale, "amount")
        sheet.number(row, len(LEVELS) + 1, float(values.mean()) / scale, "amount")
        sheet.text(row, len(LEVELS) + 2, unit)
        row += 1
    row += 2
    names = {name: curve for name, curve in result.curves.items() if name != "coping" or np.any(curve.high)}
    sheet.text(row, 0, "Against duration: 5 %, median and 95 %", "section")
    sheet.row(
        row + 1,
        [
            "Days",
            *(f"{name.replace('_', ' ')} {part}" for name in names for part in ("5 %", "median", "95 %")),
        ],
    )
    first = row + 2
    for number, hours in enumerate(result.durations, start=first):
        sheet.number(number, 0, float(hours) / 24, "fine")
        for index, curve in enumerate(names.values()):
            for offset, part in enumerate((curve.low, curve.median, curve.high)):
                sheet.number(number, 1 + 3 * index + offset, float(part[number - first]) / MILLION, "amount")


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
    sheet.row(2, ["Scenario", "5 %", "Median", "95 %", "More or less than the first: 5 %", "median", "95 %", "Unit",
                  "Draws", "Seed", "How it differs from the first", ])  # fmt: skip
    for number, row in enumerate(content.compared):
        line, gap = number + 3, row.differs
        sheet.text(line, 0, row.label, "wrap")
        for column, part in enumerate((row.low, row.median, row.high), start=1):
            sheet.number(line, column, None if part is None else part / MILLION, "amount")
        if number:
            for column, part in enumerate((gap.low, gap.median, gap.high), start=4):
                sheet.number(line, column, None if part is None else part / MILLION, "amount")
        sheet.text(line, 7, f"M {row.unit}")
        sheet.number(line, 8, row.scenario.draws, "count")
        sheet.number(line, 9, row.scenario.seed, "level")
        sheet.text(line, 10, row.said_changes if number else "the first", "wrap")
    top = len(content.compared) + 4
    sheet.row(top, ["Scenario", "Address that opens it"])
    for number, row in enumerate(content.compared, start=top + 1):
        sheet.text(number, 0, row.label)
        sheet.text(number, 1, link_to(row.scenario, content.address))
    sheet.text(top + len(content.compared) + 2, 0, "All side by side", "bold")
    sheet.text(top + len(content.compared) + 2, 1, content.comparison_link)


def notes_sheet(content: Content, book: Book) -> None:
    """Scenario, what differs from the baseline, method, press sentence, other methods."""
    sheet = book.sheet("Notes", [48, 40, 40, 60])
    row = 0
    header = content.result.scenario.header
    for name, text, style in (("title", content.title, "text"), ("headline", content.headline, "text"),
                              ("urdu", content.urdu, "urdu")):  # fmt: skip
        sheet.text(row, 0, {"title": "Scenario", "headline": "Headline", "urdu": "In Urdu"}[name], "bold")
        sheet.text(row, 1, text, style)
        book.workbook.define_name(f"said_{name}", f"={sheet.at(row, 1)}")
        row += 1
    said = [("What happens", content.event), ("Author", header.author),
            ("Reference", header.reference), ("Which value says what", header.why), ("Live scenario", content.link),
            ("Versions", content.stamp)]  # fmt: skip
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
