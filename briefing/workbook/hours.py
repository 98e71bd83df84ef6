"""Effective hours as formulas: the time grid, the hours of the week, and the curve against duration.

The same quadrature as the model's (two Gauss points an interval, edges cut off at the duration), so that the
sheet equals the model's central path and follows when an input changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefing.workbook.cells import Book, Sheet
from briefing.workbook.chain import Chain, one
from model.common.durations import STOPS
from model.common.numbers import MILLION
from model.kernels import grid
from model.scenario.fields import MAX_SPELLS

Array = NDArray[np.float64]
ROOT3 = repr(float(grid.NODES[1]))
WEEK = 168
TOP = 3  # row of the first edge
NEVER = 1e99  # a wait that is none of the shortest
FEW_SPELLS = 12  # up to here a shorter sum does: the long one is slow in LibreOffice


@dataclass(frozen=True)
class Time:
    """The sheet of the grid, and what its last cells say: effective hours, for every hour alike and by profile."""

    sheet: Sheet
    edges: Array
    by_edge: Array  # effective hours by each edge, if the disruption lasts as long
    so_far: Array  # the same, cut off at the duration
    by_profile: dict[str, float]

    @property
    def hours_lost(self) -> float:
        return float(self.so_far[-1])

    def least_wait(self, patience: str) -> str:
        """Formula of the shortest wait per day lost at any stop up to the duration.

        SUMPRODUCT makes it take arrays: LibreOffice leaves array formulas as they are when a cell is typed over.
        """
        last = TOP + len(self.edges) - 1
        each, ends = (self.sheet.span(TOP + 1, last, column) for column in (13, 14))
        return f"SUMPRODUCT(MIN(24*{wait_days(patience)}*{each}+{ends}))"

    @property
    def stops(self) -> NDArray[np.intp]:
        """Which edges are stops of the slider."""
        return np.flatnonzero(np.isin(self.edges, STOPS))


def time_sheet(chain: Chain, book: Book) -> Time:
    """The grid: the duration cuts it off (columns B to H) and, for the curve, nothing does (J to M)."""
    sheet = book.sheet("Time", [12] * (16 + 2 * len(chain.profiles)))
    title = "Effective hours lost at severity 1: onset x what workarounds leave, integrated over time."
    note = "Two Gauss points an interval; the duration cuts the grid off, so it follows when the duration changes."
    sheet.text(0, 0, title, "bold")
    sheet.text(1, 0, note, "note")
    head = ["Edge, hours", "Cut at duration", "Half width", "Loss, first point", "Loss, second point",
            "Hours lost here", "Hours lost so far", "Stop", "", "Half width", "Loss, first point",
            "Loss, second point", "Hours lost by the edge", "One over hours lost, at stops",
            "Hours over hours lost, at stops"]  # fmt: skip
    sheet.row(2, head)
    edges, hours = chain.edges, chain.content.result.scenario.hours
    cut = np.minimum(edges, hours)
    half, first, second, here = _interval_values(chain, cut)
    whole_half, whole_first, whole_second, whole_here = _interval_values(chain, edges)
    so_far, by_edge = (np.concatenate([[0.0], np.cumsum(part)]) for part in (here, whole_here))
    for column in (0, 1, 6, 12):
        sheet.number(TOP, column, 0.0, "fine")
    for index, edge in enumerate(edges[1:]):
        row, line, before = index + TOP + 1, index + TOP + 2, index + TOP + 1
        sheet.number(row, 0, float(edge), "fine")
        sheet.formula(row, 1, f"MIN(A{line},hours)", float(cut[index + 1]), "fine")
        sheet.formula(row, 2, f"(B{line}-B{before})/2", half[index], "fine")
        for column, sign, values in ((3, "-", first), (4, "+", second)):
            at = f"((B{line}+B{before})/2{sign}C{line}*{ROOT3})"
            sheet.formula(row, column, _loss(at), values[index], "fine")
        sheet.formula(row, 5, f"C{line}*(D{line}+E{line})", here[index], "fine")
        sheet.formula(row, 6, f"G{before}+F{line}", so_far[index + 1], "fine")
        sheet.number(row, 7, float(edge in STOPS), "fine")
        sheet.number(row, 9, whole_half[index], "fine")
        for column, sign, values in ((10, "-", whole_first), (11, "+", whole_second)):
            at = f"((A{line}+A{before})/2{sign}J{line}*{ROOT3})"
            sheet.formula(row, column, _loss(at), values[index], "fine")
        sheet.formula(row, 12, f"M{before}+J{line}*(K{line}+L{line})", by_edge[index + 1], "fine")
        for column, top, part in ((13, "1", 1.0), (14, f"B{line}", float(cut[index + 1]))):
            if edge in STOPS:
                value = part / so_far[index + 1] if so_far[index + 1] > 0 else NEVER
                sheet.formula(row, column, f"IF(G{line}>0,{top}/G{line},1E+99)", value, "fine")
            else:
                sheet.number(row, column, NEVER, "note")
    last = TOP + len(edges) - 1
    sheet.raw.freeze_panes(TOP, 0)
    sheet.text(0, 13, "Hours lost in all", "bold")
    sheet.formula(0, 14, f"G{last + 1}", so_far[-1], "fine", "hours_lost")
    found = {
        profile: _profile_columns(chain, sheet, number, cut, here)
        for number, profile in enumerate(chain.profiles)
    }
    return Time(sheet, edges, by_edge, so_far, found)


def _interval_values(chain: Chain, edges: Array) -> tuple[Array, Array, Array, Array]:
    """Half width, loss at both points, and hours lost of each interval."""
    middle, half = (edges[1:] + edges[:-1]) / 2, np.diff(edges) / 2
    offset = half * grid.NODES[1]
    first, second = chain.integrand(middle - offset), chain.integrand(middle + offset)
    return half, first, second, half * (first + second)


def _loss(hours: str) -> str:
    """Share lost at a time: B(t) [1 - sigma (1 - exp(-t / tau))]."""
    begun = f"(1-(1-p_onset_immediate)*EXP(-(({hours}/p_onset_scale_hours)^p_onset_shape)))"
    return f"{begun}*(1-won_back*(1-EXP(-{hours}/tau_hours)))"


def _profile_columns(chain: Chain, sheet: Sheet, number: int, cut: Array, here: Array) -> float:
    """Hour-of-week weights of one profile: sum over the spells at each edge, and the weighted hours.

    The list of spells is as long as any scenario may have, so a typed number of spells never outruns it.
    """
    scenario, profile = chain.content.result.scenario, chain.profiles[number]
    column = 15 + 2 * number
    week, weights, sums = (
        f"'Hours'!${letter}$3:${letter}${WEEK + 2}"
        for letter in ("A", chr(ord("B") + 2 * number), chr(ord("C") + 2 * number))
    )
    sheet.text(2, column, f"Weight so far, {profile}", "head")
    sheet.text(2, column + 1, f"Hours lost, {profile}", "head")
    table = chain.content.result.catalogue.profiles[profile]
    so_far = _summed_weights(chain, table, cut)
    inside_week = chain.edges <= WEEK + 1e-9  # later hours weigh 1, whatever the week
    parts = np.array(here)
    for index in range(len(cut)):
        row, line = TOP + index, TOP + index + 1
        if inside_week[index]:
            few, every = (_over_spells(most, line, week, weights, sums) for most in (FEW_SPELLS, MAX_SPELLS))
            formula = f"IF(spells<={FEW_SPELLS},{few},{every})"
            if index:  # where the duration has cut the grid off nothing is added
                formula = f"IF(C{line}=0,{sheet.at(row - 1, column).split('!')[1]},{formula})"
            sheet.formula(row, column, formula, so_far[index], "fine")
        if index == 0:
            continue
        mean = "1"
        if inside_week[index]:
            mine, earlier = (sheet.at(r, column).split("!")[1] for r in (row, row - 1))
            mean = f"IF(C{line}>0,({mine}-{earlier})/(2*C{line})/spells,1)"
            width = cut[index] - cut[index - 1]
            if width > 0:
                parts[index - 1] *= (so_far[index] - so_far[index - 1]) / width / scenario.spells
        sheet.formula(row, column + 1, f"F{line}*{mean}", parts[index - 1], "fine")
    last = TOP + len(cut) - 1
    total = sheet.span(TOP + 1, last, column + 1).split("!")[1]
    sheet.text(0, column, "Hours lost in all", "bold")
    sheet.formula(0, column + 1, f"SUM({total})", parts.sum(), "fine", f"hours_lost_{profile}")
    return float(parts.sum())


def _over_spells(most: int, line: int, week: str, weights: str, sums: str) -> str:
    """Running weight at the edge of a line, summed over the spells, at most `most` of them."""
    spells = f"(ROW($A$1:$A${most})-1)"
    at = f"(start_hour+{spells}*(hours+24*gap_days)+B{line})"
    inside = f"MOD({at},{WEEK})"
    return (
        f"SUMPRODUCT(({spells}<spells)*(INT({at}/{WEEK})*{WEEK}+LOOKUP({inside},{week},{sums})"
        f"+({inside}-INT({inside}))*LOOKUP({inside},{week},{weights})))"
    )


def _summed_weights(chain: Chain, profile: Array, cut: Array) -> Array:
    """Running weight of the week at each edge, summed over the spells."""
    scenario = chain.content.result.scenario
    before = np.concatenate([[0.0], np.cumsum(profile)])
    total = np.zeros(len(cut))
    for spell in range(scenario.spells):
        weeks, inside = np.divmod(
            chain.start_hour + spell * (scenario.hours + 24 * scenario.gap_days) + cut, WEEK
        )
        total += weeks * WEEK + np.interp(inside, np.arange(WEEK + 1), before)
    return total


def hours_sheet(chain: Chain, book: Book) -> None:
    """Hour-of-week weights, from Monday 00:00, and their running sums, for scenarios with a start time."""
    if not chain.profiles:
        return
    sheet = book.sheet("Hours", [14] * (1 + 2 * len(chain.profiles)))
    sheet.text(0, 0, "Weight of each hour of the week (mean 1), and its running sum before the hour.", "bold")
    sheet.text(1, 0, "Hour from Monday 00:00", "head")
    for hour in range(WEEK):
        sheet.number(hour + 2, 0, hour, "number")
    for number, profile in enumerate(chain.profiles):
        weights = chain.content.result.catalogue.profiles[profile]
        before = np.concatenate([[0.0], np.cumsum(weights)])
        sheet.text(1, 1 + 2 * number, profile, "head")
        sheet.text(1, 2 + 2 * number, f"{profile}, sum before", "head")
        for hour in range(WEEK):
            sheet.number(hour + 2, 1 + 2 * number, float(weights[hour]), "fine")
            sheet.number(hour + 2, 2 + 2 * number, float(before[hour]), "fine")


def wait_days(patience: str) -> str:
    """Days that customers wait, at most the gap where there are several spells."""
    return f"IF(spells>1,MIN({patience}*p_recapture_patience_scale,gap_days),{patience}*p_recapture_patience_scale)"


def curve_sheet(chain: Chain, book: Book, time: Time, sectors: Sheet, first: int) -> Sheet:
    """Net loss of the central path at every stop of the slider, without the hour of the start."""
    result = chain.content.result
    sheet = book.sheet("Curve", [12] * (6 + 2 * len(result.catalogue.sectors)))
    title = "Net direct loss against duration, every input at the value of the sheet Inputs"
    sheet.text(0, 0, title, "bold")
    note = "At an average hour of the week: a start time changes the answer, not this curve."
    sheet.text(1, 0, note, "note")
    sheet.row(2, ["Hours", "Days", "Hours lost", "Restart", f"Net, M {chain.content.unit}"])
    for index, sector in enumerate(result.catalogue.sectors):
        sheet.text(2, 6 + 2 * index, f"{sector.label}: wait", "head")
        sheet.text(2, 7 + 2 * index, f"{sector.label}: net", "head")
    stops, places = np.array(STOPS), time.stops
    lost, restart = time.by_edge[places], np.minimum(chain.value("restart.hours"), stops / 2)
    waits, nets = _curve_values(chain, stops, lost, restart)
    total = nets.sum(axis=0) * result.scenario.spells * result.money.per_usd
    for number, stop in enumerate(STOPS):
        row, line = number + 3, number + 4
        sheet.number(row, 0, stop)
        sheet.number(row, 1, stop / 24, "fine")
        sheet.formula(row, 2, time.sheet.at(int(places[number]) + TOP, 12), lost[number], "fine")
        sheet.formula(row, 3, f"MIN(p_restart_hours,A{line}/2)", restart[number], "fine")
        parts = []
        for index, sector in enumerate(result.catalogue.sectors):
            column = 6 + 2 * index
            own_lost, stake = (sectors.at(first + index, part) for part in (1, 2))
            name = f"s_{sector.key}"
            wait = f"(24*{wait_days(f'{name}_patience')}+A{line})/C{line}"
            before = sheet.at(row - 1, column).split("!")[1]
            formula = f"MIN({before},{wait})" if number else wait
            sheet.formula(row, column, formula, waits[index, number], "fine")
            own = sheet.at(row, column).split("!")[1]
            relief = f"IF({own_lost}=0,1,MIN(1,p_recapture_spare_capacity*({own}/{own_lost}-1)))"
            share = f"{name}_ceiling*{name}_share*{relief}"
            net = f"{stake}*(C{line}+D{line})*(1-MAX(0,{share})*(1-overtime_rate))"
            sheet.formula(row, column + 1, net, nets[index, number], "fine")
            parts.append(sheet.at(row, column + 1).split("!")[1])
        sheet.formula(row, 4, f"({'+'.join(parts)})*spells*money_rate", total[number], "amount")
    sheet.raw.freeze_panes(3, 1)
    return sheet


def _curve_values(chain: Chain, stops: Array, lost: Array, restart: Array) -> tuple[Array, Array]:
    """Longest wait per day lost and net loss in M USD, (sector, stop)."""
    inputs = chain.inputs
    spare, extra = one(inputs.spare), one(inputs.overtime_rate)
    shape = len(inputs.patience), len(stops)
    waits, nets = np.empty(shape), np.empty(shape)
    for index in range(shape[0]):
        own = chain.connectivity(index)
        patience, top = one(inputs.patience[index]), one(inputs.ceiling[index])
        waits[index] = np.minimum.accumulate((24 * patience + stops) / lost)
        relief = 1.0 if own == 0 else np.minimum(1.0, spare * (waits[index] / own - 1))
        stake = one(inputs.at_stake(index)) * own / MILLION
        nets[index] = stake * (lost + restart) * (1 - np.maximum(0.0, top * relief) * (1 - extra))
    return waits, nets
