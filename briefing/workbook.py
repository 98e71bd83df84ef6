"""The workbook: inputs on one sheet, the central estimate as live formulas, charts that follow, and the draws."""

from __future__ import annotations

import io
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from briefing.cells import Book, Sheet, cell_name
from briefing.content import MILLION, NAME, Content
from briefing.workbook_chain import (
    Chain,
    coping_scale,
    hours_sheet,
    later_sheet,
    places,
    receipts,
    severity_rows,
    time_sheet,
    used_keys,
)
from briefing.workbook_sheets import answer_sheet, draws_sheet, notes_sheet, sources_sheet
from model.durations import STOPS
from model.inputs import COPING_KIND

Array = NDArray[np.float64]
NEVER = "1E+99"


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
    rows = _inputs_sheet(chain, book)
    sector_sheet, first = _sectors_sheet(chain, book, rows)
    time = time_sheet(chain, book)
    hours_sheet(chain, book)
    count = len(content.result.catalogue.sectors)
    later_sheet(chain, book, {index: sector_sheet.at(first + index, 1) for index in range(count)})
    curve = _curve_sheet(chain, book, time, sector_sheet, first)
    draws_sheet(content, book)
    sources_sheet(content, book)
    notes_sheet(content, book)
    answer_sheet(content, book, answer, sector_sheet, first, curve)
    book.workbook.close()
    return target.getvalue()


def _inputs_sheet(chain: Chain, book: Book) -> dict[int, dict[str, str]]:
    """Everything to change; returns the addresses of each sector's cells."""
    content = chain.content
    result, scenario = content.result, content.result.scenario
    catalogue = result.catalogue
    sheet = book.sheet("Inputs", [72, 14, 16, 11, 11, 11, 13, 12, 12, 12, 12, 12, 44])
    sheet.text(0, 0, "Inputs: change a yellow cell and everything follows", "title")
    sheet.text(1, 0, f"{content.event}. Each input stands at its median. {content.stamp}.", "note")
    sheet.row(2, ["Input", "Value", "Unit", "Low", "Most likely", "High", "Status", "Key"])
    row = 3
    sheet.text(row, 0, "What happens", "section")
    event: list[tuple[str, str, float, str]] = [
        ("duration_days", "Duration of one spell", scenario.hours / 24, "days, 0 to 730"),
        ("spells", "Number of spells", scenario.spells, "count"),
        ("gap_days", "Days between spells", scenario.gap_days, "days"),
    ]
    quality = catalogue.kinds[scenario.kind].quality_input
    if quality:
        given = scenario.ratio if quality == "ratio" else scenario.capacity_lost
        default = chain.value(f"degradation.default_{quality}")
        label = "Service quality left" if quality == "ratio" else "International capacity lost"
        event.append(("quality_given", label, default if given is None else given, "share, 0 to 1"))
    if scenario.start:
        begin = datetime.fromisoformat(scenario.start)
        event.append(("start_hour", f"Start {scenario.start}, hours from Monday 00:00 (whole hours more or less)",
                      begin.weekday() * 24 + begin.hour + begin.minute / 60, "hours"))  # fmt: skip
    place = places(chain)[1]
    event += [
        ("export_place", "Share of IT exporters inside the place", place, "share"),
        ("export_receipts", "IT export receipts a year", receipts(chain), "M USD"),
        ("money_rate", "One US dollar in the money of this file", result.money.per_usd, result.money.unit),
        ("gva_musd", "Gross value added a year, whole country", result.economy.gva / MILLION, "M USD"),
        ("structure_multiplier", "Structural multiplier", 1.0, "x"),
    ]
    if result.economy.workers:
        event.append(("workers", "Workers", result.economy.workers, "persons"))
    if scenario.kind == COPING_KIND:
        event.append(("coping_scale", "Adoption cost here over Pakistan's", coping_scale(chain), "x"))
    for name, label, value, unit in event:
        row += 1
        sheet.text(row, 0, label)
        sheet.given(row, 1, value, name)
        sheet.text(row, 2, unit, "indented")
        sheet.text(row, 7, name, "note")
        if name == "duration_days":
            rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 730,
                    "error_title": "Duration", "error_message": "0 to 730 days"}  # fmt: skip
            sheet.raw.data_validation(row, 1, row, 1, rule)
    row += 1
    group = ""
    keys = used_keys(chain)
    order = list(dict.fromkeys(catalogue.parameters[key].group for key in keys))
    for key in sorted(keys, key=lambda name: order.index(catalogue.parameters[name].group)):
        parameter = catalogue.parameters[key]
        if parameter.group != group:
            group = parameter.group
            row += 1
            sheet.text(row, 0, catalogue.groups[group].label, "section")
        row += 1
        sheet.text(row, 0, parameter.label)
        sheet.given(row, 1, chain.value(key), cell_name(key))
        sheet.text(row, 2, "" if parameter.unit == "1" else parameter.unit, "indented")
        spread = result.table[key]
        for column, name in ((3, "low"), (4, "mode"), (5, "high")):
            if spread is not None:
                sheet.number(row, column, getattr(spread, name), "level")
        sheet.text(row, 6, "yours" if key in scenario.assumptions else parameter.status, "indented")
        sheet.text(row, 7, key, "note")
    sheet.raw.freeze_panes(3, 1)
    return _sector_inputs(chain, sheet, row + 2)


def _sector_inputs(chain: Chain, sheet: Sheet, top: int) -> dict[int, dict[str, str]]:
    """A row of yellow cells for each sector."""
    result = chain.content.result
    classes = result.catalogue.classes
    sheet.text(top, 0, "Sectors", "section")
    sheet.row(top + 1, ["Sector", "Value added, M USD a year", "Share inside the place", "Dependence", "Most caught up",
                        "Share of that", "Customers wait, days", *(item.label for item in classes)])  # fmt: skip
    inside = places(chain)[0]
    found: dict[int, dict[str, str]] = {}
    for index, sector in enumerate(result.catalogue.sectors):
        row = top + 2 + index
        sheet.text(row, 0, sector.label)
        values = {
            "value_added": float(result.economy.value_added[index]) / MILLION, "place": float(inside[index]),
            "dependence": chain.value(f"sector.{sector.key}.dependence"),
            "ceiling": chain.value(f"sector.{sector.key}.recapture_ceiling"),
            "share": chain.value("recapture.share_of_ceiling", sector.key),
            "patience": chain.value(f"sector.{sector.key}.patience_days"),
            **{f"mix_{item.key}": sector.mix.get(item.key, 0.0) for item in classes},
        }  # fmt: skip
        found[index] = {
            name: sheet.given(row, column, value, f"s_{sector.key}_{name}")
            for column, (name, value) in enumerate(values.items(), start=1)
        }
    return found


def _sectors_sheet(chain: Chain, book: Book, cells: dict[int, dict[str, str]]) -> tuple[Sheet, int]:
    """Severity and the chain for each sector; returns the sheet and the row of the first sector."""
    content = chain.content
    result, scenario = content.result, content.result.scenario
    sheet = book.sheet("Sectors", [40, 14, 14, 14, 14, 14, 14, 14, 14, 14, 4, 14, 14, 14])
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
    values = _sector_values(chain)
    for index, sector in enumerate(result.catalogue.sectors):
        row, own = first + index, cells[index]
        line, shown = row + 1, values[index]
        sheet.text(row, 0, sector.label)
        mixed = "+".join(f"{own[f'mix_{item.key}']}*mixed_{item.key}" for item in result.catalogue.classes)
        sheet.formula(row, 1, mixed, shown["lost"], "fine")
        stake = f"{own['value_added']}*{own['place']}/8760*{own['dependence']}*structure_multiplier*B{line}"
        sheet.formula(row, 2, stake, shown["stake"], "fine")
        time = f"hours_lost_{sector.hour_profile}" if chain.profiles else "hours_lost"
        sheet.formula(row, 3, f"{time}+restart", shown["time"], "fine")
        sheet.formula(row, 4, f"C{line}*D{line}*spells*money_rate", shown["gross"], "amount")
        wait = _wait(own["patience"])
        last = len(chain.edges) + 2
        stops, ends, lost = (f"'Time'!${column}$5:${column}${last + 1}" for column in "HBG")
        least = f"MIN(IF({stops}=1,IF({lost}>0,(24*{wait}+{ends})/{lost},{NEVER}),{NEVER}))"
        sheet.array(row, 5, least, shown["wait"])
        share = f"{own['ceiling']}*{own['share']}"
        caught = f"IF(B{line}=0,{share},{share}*MIN(1,p_recapture_spare_capacity*(F{line}/B{line}-1)))"
        sheet.formula(row, 6, caught, shown["share"], "fine")
        sheet.formula(row, 7, f"MAX(0,E{line}*G{line})", shown["gross"] * shown["share"], "amount")
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
        sheet.formula(total, column, formula, float(cube[0, 0, 0]) * scale, "total", f"total_{name}")
    return sheet, first


def _wait(patience: str) -> str:
    """Days that customers wait, at most the gap where there are several spells."""
    return f"IF(spells>1,MIN({patience}*p_recapture_patience_scale,gap_days),{patience}*p_recapture_patience_scale)"


def _sector_values(chain: Chain) -> list[dict[str, float]]:
    """What the formulas of each sector give at hand-over, for readers that do not compute."""
    result, inputs = chain.content.result, chain.inputs
    scenario, rate = result.scenario, result.money.per_usd / MILLION
    stops = np.array([*(stop for stop in STOPS if stop < scenario.hours), scenario.hours])
    lost = chain.hours_lost(stops)
    restart = min(chain.value("restart.hours"), scenario.hours / 2)
    spare = float(np.ravel(inputs.spare)[0])
    extra = float(np.ravel(inputs.overtime_rate)[0])
    rows = []
    for index, sector in enumerate(result.catalogue.sectors):
        own = chain.connectivity(index)
        stake = float(np.ravel(inputs.scale[index])[0]) * own
        time = (chain.weighted(sector.hour_profile) if chain.profiles else float(lost[-1])) + restart
        patience, top = (float(np.ravel(item[index])[0]) for item in (inputs.patience, inputs.ceiling))
        with np.errstate(divide="ignore", invalid="ignore"):
            wait = float(np.min((24 * patience + stops) / lost)) if lost[-1] > 0 else float(NEVER)
        share = top if own == 0 else top * min(1.0, spare * (wait / own - 1))
        gross = stake * time * scenario.spells * rate
        caught = max(0.0, gross * share)
        rows.append({
            "lost": own, "stake": stake / MILLION, "time": time, "gross": gross, "wait": wait, "share": share,
            "overtime": caught * extra, "net": gross - caught * (1 - extra),
        })  # fmt: skip
    return rows


def _curve_sheet(chain: Chain, book: Book, time: Sheet, sectors: Sheet, first: int) -> Sheet:
    """Net loss of the central path at every stop of the slider, without the hour of the start."""
    content = chain.content
    result = content.result
    count = len(result.catalogue.sectors)
    sheet = book.sheet("Curve", [12] * (6 + 2 * count))
    sheet.text(0, 0, "Net direct loss against duration, every input at the value of the sheet Inputs", "bold")
    sheet.text(
        1, 0, "At an average hour of the week: a start time changes the answer, not this curve.", "note"
    )
    sheet.row(2, ["Hours", "Days", "Hours lost", "Restart", f"Net, M {content.unit}"])
    edges = list(chain.edges)
    values = _curve_values(chain)
    for number, stop in enumerate(STOPS):
        row, line = number + 3, number + 4
        sheet.number(row, 0, stop)
        sheet.number(row, 1, stop / 24, "fine")
        edge = int(np.argmin(np.abs(np.array(edges) - stop)))
        sheet.formula(row, 2, time.at(edge + 3, 12), float(values[0][number]), "fine")
        sheet.formula(row, 3, f"MIN(p_restart_hours,A{line}/2)", 0, "fine")
        parts = []
        for index, sector in enumerate(result.catalogue.sectors):
            column = 6 + 2 * index
            lost, stake = (sectors.at(first + index, part) for part in (1, 2))
            name = f"s_{sector.key}"
            wait = f"(24*{_wait(f'{name}_patience')}+A{line})/C{line}"
            before = sheet.at(row - 1, column).split("!")[1]
            sheet.formula(row, column, f"MIN({before},{wait})" if number else wait, 0, "fine")
            own = sheet.at(row, column).split("!")[1]
            share = f"{name}_ceiling*{name}_share*IF({lost}=0,1,MIN(1,p_recapture_spare_capacity*({own}/{lost}-1)))"
            net = f"{stake}*(C{line}+D{line})*(1-MAX(0,{share})*(1-overtime_rate))"
            sheet.formula(row, column + 1, net, 0, "fine")
            parts.append(sheet.at(row, column + 1).split("!")[1])
            if not number:
                sheet.text(2, column, f"{sector.label}: wait", "head")
                sheet.text(2, column + 1, f"{sector.label}: net", "head")
        sheet.formula(row, 4, f"({'+'.join(parts)})*spells*money_rate", float(values[1][number]), "amount")
    sheet.raw.freeze_panes(3, 1)
    return sheet


def _curve_values(chain: Chain) -> tuple[Array, Array]:
    """Hours lost and net loss at every stop, for readers that do not compute."""
    result, inputs = chain.content.result, chain.inputs
    stops = np.array(STOPS)
    lost = chain.hours_lost(stops)
    restart = np.minimum(chain.value("restart.hours"), stops / 2)
    spare, extra = float(np.ravel(inputs.spare)[0]), float(np.ravel(inputs.overtime_rate)[0])
    total = np.zeros(len(stops))
    for index in range(len(result.catalogue.sectors)):
        own = chain.connectivity(index)
        patience, top = (float(np.ravel(item[index])[0]) for item in (inputs.patience, inputs.ceiling))
        wait = np.minimum.accumulate((24 * patience + stops) / lost)
        relief = np.ones(len(stops)) if own == 0 else np.minimum(1.0, spare * (wait / own - 1))
        stake = float(np.ravel(inputs.scale[index])[0]) * own
        total += stake * (lost + restart) * (1 - top * relief * (1 - extra))
    return lost, total * result.scenario.spells * result.money.per_usd / MILLION
