"""The sheet of the curve: the net loss against duration, every input at its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.workbook import equations
from briefing.workbook.cells import Sheet
from briefing.workbook.chain import Chain
from briefing.workbook.formula import Formula, maximum, minimum, sum_of
from briefing.workbook.live.hours import Time, losing_at
from briefing.workbook.live.sectors import SectorRow, patient_days
from model.common.durations import STOPS

SHORTEST = 1 / 60  # hours


@dataclass(frozen=True)
class CurveRow:
    """The loss at a duration."""

    hours: float
    loss: Formula


def stops_of(chain: Chain, time: Time) -> list[float]:
    """Hours of the curve's rows: the stops of the slider, and edges of the grid below where the duration is there."""
    hours = chain.content.result.scenario.hours
    return [*(edge for edge in time.by_edge if 0 < hours < STOPS[0] and SHORTEST <= edge < STOPS[0]), *STOPS]


def curve_sheet(chain: Chain, sheet: Sheet, time: Time, rows: Sequence[SectorRow]) -> list[CurveRow]:
    """Net loss of the central path at every stop of the slider, without the hour of the start."""
    sectors = chain.content.result.catalogue.sectors
    title = "Direct loss against duration, every input at the value of the sheets Inputs and Industries"
    sheet.text(0, 0, title, "title")
    note = "At an average hour of the week: a start time changes the answer, not this curve."
    sheet.text(1, 0, note, "note")
    sheet.row(
        2, ["Hours", "Days", "Hours lost", "Restart", "Direct loss, " & chain.unit, "Hours lost at once"]
    )
    for index, sector in enumerate(sectors):
        sheet.text(2, 7 + 2 * index, f"{sector.label}: wait", "head")
        sheet.text(2, 8 + 2 * index, f"{sector.label}: loss", "head")
    most = [chain[f"s_{sector.key}_ceiling"] * chain[f"s_{sector.key}_share"] for sector in sectors]
    paid = 1 - chain["overtime_rate"]  # of what is caught up, what overtime does not take back
    shortest: dict[int, Formula] = {}  # wait so far, by sector
    made: list[CurveRow] = []
    for row, stop in enumerate(stops_of(chain, time), start=3):
        hours = sheet.number(row, 0, stop)
        sheet.number(row, 1, stop / 24, "fine")
        lost = {
            buffered: sheet.formula(row, column, time.hours_by(stop, hours, buffered), "fine")
            for column, buffered in ((2, True), (5, False))
        }
        restart = equations.restart_hours(chain["restart.hours"], hours, losing_at(chain, hours))
        restart = sheet.formula(row, 3, restart, "fine")
        lasting = {True: lost[True] + restart, False: lost[False]}
        nets = []
        for index, (sector, own) in enumerate(zip(sectors, rows, strict=True)):
            days = patient_days(chain, sector.key, hours)
            wait = equations.waiting_per_day_lost(days, hours, lost[sector.buffered])
            if index in shortest:
                wait = minimum(shortest[index], wait)
            wait = sheet.formula(row, 7 + 2 * index, wait, "fine")
            if stop >= STOPS[0]:  # the model looks back to its stops alone
                shortest[index] = wait
            share = equations.caught_up(most[index], own.lost, chain["recapture.spare_capacity"], wait)
            net = own.stake * lasting[sector.buffered] * (1 - maximum(0, share) * paid)
            nets.append(sheet.formula(row, 8 + 2 * index, net, "fine"))
        loss = sheet.formula(row, 4, sum_of(nets) * chain["spells"] * chain["money_rate"], "amount")
        made.append(CurveRow(stop, loss))
    sheet.frozen(3, 2, heads=2)
    return made
