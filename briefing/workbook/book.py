"""The workbook: inputs on one sheet, the central estimate as live formulas, charts that follow, and the draws."""

from __future__ import annotations

import io
from datetime import datetime

import numpy as np

from briefing.content import NAME, Content
from briefing.workbook.cells import Book, Sheet, cell_name
from briefing.workbook.chain import (
    Chain,
    later_sheet,
    one,
    severity_rows,
)
from briefing.workbook.hours import (
    NEVER,
    Time,
    curve_sheet,
    hours_sheet,
    time_sheet,
)
from briefing.workbook.inputs import inputs_sheet
from briefing.workbook.sheets import (
    answer_sheet,
    compared_sheet,
    draws_sheet,
    notes_sheet,
    sources_sheet,
)
from model.common.numbers import MILLION


def make(content: Content) -> bytes:
    """The workbook as bytes."""
    target = io.BytesIO()
    book = Book.in_memory(target)
    properties = {"title": content.title[:200], "subject": content.headline[:250], "author": NAME,
                  "comments": content.stamp, "created": datetime.fromisoformat(content.day)}  # fmt: skip
    book.workbook.set_properties(properties)
    book.workbook.set_calc_mode("auto")
    chain = Chain.of(content)
    answer = book.sheet("Answer", [44, 18, 17, 20, 17, 26, 4, 20, 14, 14])
    rows = inputs_sheet(chain, book)
    sectors = book.sheet("Sectors", [40, 14, 14, 14, 14, 14, 14, 14, 14, 14, 4, 14, 14, 14])
    time = time_sheet(chain, book)
    first = _sectors(chain, sectors, rows, time)
    hours_sheet(chain, book)
    count = len(content.result.catalogue.sectors)
    later_sheet(chain, book, {index: sectors.at(first + index, 1) for index in range(count)}, time.hours_lost)
    curve = curve_sheet(chain, book, time, sectors, first)
    draws_sheet(content, book)
    compared_sheet(content, book)
    sources_sheet(content, book)
    notes_sheet(content, book)
    answer_sheet(content, book, answer, sectors, first, curve)
    book.workbook.close()
    return target.getvalue()


def _sectors(chain: Chain, sheet: Sheet, cells: dict[int, dict[str, str]], time: Time) -> int:
    """Severity and the chain for each sector; returns the row of the first sector."""
    content = chain.content
    result, scenario = content.result, content.result.scenario
    sheet.text(0, 0, "From severity to net loss, sector by sector (formulas)", "title")
    row = severity_rows(chain, sheet, 2)
    for name, label, formula, value in (
        ("hours", "Duration of one spell, hours", "24*duration_days", scenario.hours),
        ("won_back", "Share of the loss that workarounds win back", cell_name(f"adaptation.{scenario.kind}.share"),
         chain.value(f"adaptation.{scenario.kind}.share")),
        ("restart", "Restart time, hours", "MIN(p_restart_hours,hours/2)",
         min(chain.value("restart.hours"), scenario.hours / 2)),
        ("overtime_rate", "Overtime per unit caught up", "p_recapture_overtime_premium*p_recapture_labour_share",
         chain.value("recapture.overtime_premium") * chain.value("recapture.labour_share")),
    ):  # fmt: skip
        sheet.text(row, 0, label)
        sheet.formula(row, 1, formula, value, "fine", name)
        row += 1
    row += 1
    unit = f"M {content.unit}"
    sheet.row(row, ["Sector", "Connectivity lost", "At stake, M USD an hour", "Effective hours", f"Gross, {unit}",
                    "Wait per day lost", "Share caught up", f"Caught up, {unit}", f"Overtime, {unit}", f"Net, {unit}",
                    "", "Draws: net 5 %", "median", "95 %"])  # fmt: skip
    first = row + 1
    values = _sector_values(chain, time)
    for index, sector in enumerate(result.catalogue.sectors):
        row, own = first + index, cells[index]
        line, shown = row + 1, values[index]
        sheet.text(row, 0, sector.label)
        mixed = "+".join(f"{own[f'mix_{item.key}']}*mixed_{item.key}" for item in result.catalogue.classes)
        sheet.formula(row, 1, mixed, shown["lost"], "fine")
        stake = f"{own['value_added']}*{own['place']}/8760*{own['dependence']}*structure_multiplier*B{line}"
        sheet.formula(row, 2, stake, shown["stake"], "fine")
        lasting = f"hours_lost_{sector.hour_profile}" if chain.profiles else "hours_lost"
        sheet.formula(row, 3, f"{lasting}+restart", shown["time"], "fine")
        sheet.formula(row, 4, f"C{line}*D{line}*spells*money_rate", shown["gross"], "amount")
        sheet.formula(row, 5, time.least_wait(own["patience"]), shown["wait"], "fine")
        share = f"{own['ceiling']}*{own['share']}"
        caught = f"IF(B{line}=0,{share},{share}*MIN(1,p_recapture_spare_capacity*(F{line}/B{line}-1)))"
        sheet.formula(row, 6, caught, shown["share"], "fine")
        sheet.formula(row, 7, f"MAX(0,E{line}*G{line})", shown["caught"], "amount")
        sheet.formula(row, 8, f"H{line}*overtime_rate", shown["overtime"], "amount")
        sheet.formula(row, 9, f"E{line}-H{line}+I{line}", shown["net"], "amount")
        amount = result.amount(f"net_direct.{sector.key}")
        for column, part in ((11, amount.low), (12, amount.median), (13, amount.high)):
            sheet.number(row, column, None if part is None else part / MILLION, "amount")
    total = first + len(result.catalogue.sectors)
    sheet.text(total, 0, "All sectors", "bold")
    flow = content.central
    scale = result.money.per_usd / MILLION
    for column, name, cube in ((4, "gross", flow.gross), (7, "caught_up", flow.caught_up),
                               (8, "overtime", flow.overtime), (9, "net_direct", flow.net)):  # fmt: skip
        letter = chr(ord("A") + column)
        formula = f"SUM({letter}{first + 1}:{letter}{total})"
        sheet.formula(total, column, formula, cube.item() * scale, "total", f"total_{name}")
    return first


def _sector_values(chain: Chain, time: Time) -> list[dict[str, float]]:
    """What the formulas of each sector give at hand-over, for readers that do not compute."""
    result, inputs = chain.content.result, chain.inputs
    scenario, rate = result.scenario, result.money.per_usd / MILLION
    stops, lost = np.minimum(time.edges[time.stops], scenario.hours), time.so_far[time.stops]
    restart = min(chain.value("restart.hours"), scenario.hours / 2)
    spare, extra = one(inputs.spare), one(inputs.overtime_rate)
    rows = []
    for index, sector in enumerate(result.catalogue.sectors):
        own = chain.connectivity(index)
        stake = one(inputs.at_stake(index)) * own
        lasting = time.by_profile.get(sector.hour_profile, time.hours_lost) + restart
        patience, top = one(inputs.patience[index]), one(inputs.ceiling[index])
        wait = float(np.min((24 * patience + stops) / lost)) if lost[-1] > 0 else (24 * patience + 1) * NEVER
        share = top if own == 0 else top * min(1.0, spare * (wait / own - 1))
        gross = stake * lasting * scenario.spells * rate
        caught = max(0.0, gross * share)
        rows.append({
            "lost": own, "stake": stake / MILLION, "time": lasting, "gross": gross, "wait": wait, "share": share,
            "caught": caught, "overtime": caught * extra, "net": gross - caught * (1 - extra),
        })  # fmt: skip
    return rows
