"""Effective hours as formulas: the time grid, and the hours of the week.

The same quadrature as the model's (two Gauss points an interval, edges cut off at the duration), so that the
sheet equals the model's central path and follows when an input changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from briefing.workbook import equations
from briefing.workbook.cells import Sheet
from briefing.workbook.chain import Chain
from briefing.workbook.formula import (
    Formula,
    Term,
    counting,
    equal,
    lookup,
    minimum,
    over_arrays,
    remainder,
    total,
    when,
    whole,
)
from model.common.durations import STOPS
from model.kernels import grid
from model.scenario.durations import MAX_HOURS
from model.scenario.fields import MAX_SPELLS

POINT = float(grid.NODES[1])  # of the quadrature, in half widths from the middle
WEEK = 168
TOP = 3  # row of the first edge
NEVER = 1e99  # a wait that is none of the shortest
FEW_SPELLS = 12  # up to here a shorter sum does: the long one is slow in LibreOffice


@dataclass(frozen=True)
class Time:
    """What other sheets call of the sheet of the grid."""

    chain: Chain
    by_edge: Mapping[float, Formula]  # effective hours by each edge, if the disruption lasts as long
    one_over_lost: Formula  # at the stops up to the duration, as an array
    hours_over_lost: Formula

    def hours_lost(self, profile: str) -> Formula:
        """Effective hours up to the duration, weighted by the hours of the week where there is a start time."""
        return self.chain[f"hours_lost_{profile}" if self.chain.profiles else "hours_lost"]

    def least_wait(self, days: Formula) -> Formula:
        """The shortest wait per hour lost at any stop up to the duration."""
        return over_arrays(minimum(24 * days * self.one_over_lost + self.hours_over_lost))


@dataclass(frozen=True)
class Week:
    """Each hour of the week: when it begins, a profile's weight of it, and the sum of weights before it."""

    hours: Formula
    weights: Formula
    before: Formula


def lost_at(chain: Chain, time: Formula) -> Formula:
    """Share lost at a time at severity 1."""
    losing = equations.share_losing(
        time, chain["onset.immediate"], chain["onset.scale_hours"], chain["onset.shape"]
    )
    return equations.share_lost_over_time(losing, time, chain["won_back"], chain["tau_hours"])


def both_points(chain: Chain, edge: Formula, before: Formula, half: Formula) -> tuple[Formula, Formula]:
    """Share lost at the two points of an interval."""
    middle = (edge + before) / 2
    return lost_at(chain, middle - half * POINT), lost_at(chain, middle + half * POINT)


def time_sheet(chain: Chain, sheet: Sheet, weeks: Mapping[str, Week]) -> Time:
    """The grid: the duration cuts it off (columns B to H) and, for the curve, nothing does (J to M)."""
    title = "Effective hours lost at severity 1: onset x what workarounds leave, integrated over time."
    note = "Two Gauss points an interval; the duration cuts the grid off, so it follows when the duration changes."
    sheet.text(0, 0, title, "bold")
    sheet.text(1, 0, note, "note")
    head = ["Edge, hours", "Cut at duration", "Half width", "Loss, first point", "Loss, second point",
            "Hours lost here", "Hours lost so far", "Stop", "", "Half width", "Loss, first point",
            "Loss, second point", "Hours lost by the edge", "One over hours lost, at stops",
            "Hours over hours lost, at stops"]  # fmt: skip
    sheet.row(2, head)
    edges = grid.grid_edges(np.array([MAX_HOURS]), chain.start)
    edge, begin, so_far, by_edge = (sheet.number(TOP, column, 0.0, "fine") for column in (0, 1, 6, 12))
    cut, rows = begin, list[Interval]()
    every: dict[float, Formula] = {}
    one_over: list[Formula] = []
    hours_over: list[Formula] = []
    for row, hours in enumerate(edges[1:], start=TOP + 1):
        edge_before, cut_before = edge, cut
        edge = sheet.number(row, 0, hours, "fine")
        cut = sheet.formula(row, 1, minimum(edge, chain["hours"]), "fine")
        half = sheet.formula(row, 2, (cut - cut_before) / 2, "fine")
        points = zip((3, 4), both_points(chain, cut, cut_before, half), strict=True)
        first, second = (sheet.formula(row, column, point, "fine") for column, point in points)
        here = sheet.formula(row, 5, half * (first + second), "fine")
        so_far = sheet.formula(row, 6, so_far + here, "fine")
        # Hours after the first week weigh 1, whatever the week.
        spells = AcrossSpells.at(chain, cut) if weeks and hours <= WEEK + 1e-9 else None
        rows.append(Interval(row, half, here, spells))
        sheet.number(row, 7, float(hours in STOPS), "fine")
        half = sheet.number(row, 9, (edge.value - edge_before.value) / 2, "fine")
        points = zip((10, 11), both_points(chain, edge, edge_before, half), strict=True)
        first, second = (sheet.formula(row, column, point, "fine") for column, point in points)
        by_edge = every[float(hours)] = sheet.formula(row, 12, by_edge + half * (first + second), "fine")
        for column, top, cells in ((13, 1, one_over), (14, cut, hours_over)):
            if hours in STOPS:
                ratio = when(so_far > 0, top / so_far, NEVER)
                cells.append(sheet.formula(row, column, ratio, "fine"))
            else:
                cells.append(sheet.number(row, column, NEVER, "note"))
    sheet.raw.freeze_panes(TOP, 0)
    sheet.text(0, 13, "Hours lost in all", "bold")
    sheet.formula(0, 14, so_far, "fine", "hours_lost")
    if weeks:
        start = AcrossSpells.at(chain, begin)
        for number, (profile, week) in enumerate(weeks.items()):
            _profile_columns(chain, sheet, 15 + 2 * number, profile, week, start, rows)
    waits = (sheet.range(TOP + 1, column, cells) for column, cells in ((13, one_over), (14, hours_over)))
    return Time(chain, every, *waits)


@dataclass(frozen=True)
class Interval:
    """An interval of the grid: its row, and cells of what the duration leaves of it."""

    row: int
    half: Formula
    here: Formula
    spells: AcrossSpells | None  # its end in every spell, where the hours of the week count


@dataclass(frozen=True)
class AcrossSpells:
    """One moment of every spell, as arrays: of as few spells as most scenarios have, and of as many as any may."""

    chain: Chain
    few: Moments
    every: Moments

    @classmethod
    def at(cls, chain: Chain, hours: Formula) -> AcrossSpells:
        """The moment some hours into each spell."""
        return cls(chain, Moments.of(chain, FEW_SPELLS, hours), Moments.of(chain, MAX_SPELLS, hours))

    def weight(self, week: Week) -> Formula:
        """Running weight of the week by then, summed over the spells."""
        return when(self.chain["spells"] <= FEW_SPELLS, self.few.weight(week), self.every.weight(week))


@dataclass(frozen=True)
class Moments:
    """The moments of at most so many spells."""

    happens: Formula  # whether there are so many spells
    weeks: Formula  # hours of the whole weeks since the Monday of the start
    hour: Formula  # hours into the week
    part: Formula  # of the hour that is running

    @classmethod
    def of(cls, chain: Chain, most: int, hours: Formula) -> Moments:
        before = counting(most) - 1  # spells before this one
        at = chain["start_hour"] + before * (chain["hours"] + 24 * chain["gap_days"]) + hours
        hour = remainder(at, WEEK)
        return cls(before < chain["spells"], whole(at / WEEK) * WEEK, hour, hour - whole(hour))

    def weight(self, week: Week) -> Formula:
        """The week's running weight at each moment, summed."""
        before = lookup(self.hour, week.hours, week.before)
        running = lookup(self.hour, week.hours, week.weights)
        return over_arrays(self.happens * (self.weeks + before + self.part * running))


def _profile_columns(
    chain: Chain,
    sheet: Sheet,
    column: int,
    profile: str,
    week: Week,
    start: AcrossSpells,
    rows: Sequence[Interval],
) -> None:
    """Hour-of-week weights of one profile: sum over the spells at each edge, and the weighted hours.

    The list of spells is as long as any scenario may have, so a typed number of spells never outruns it.
    """
    sheet.text(2, column, f"Weight so far, {profile}", "head")
    sheet.text(2, column + 1, f"Hours lost, {profile}", "head")
    so_far = sheet.formula(TOP, column, start.weight(week), "fine")
    lost = []
    for item in rows:
        mean: Term = 1
        if item.spells is not None:
            before = so_far
            # Where the duration has cut the grid off nothing is added.
            weight = when(equal(item.half, 0), before, item.spells.weight(week))
            so_far = sheet.formula(item.row, column, weight, "fine")
            mean = when(item.half > 0, (so_far - before) / (2 * item.half) / chain["spells"], 1)
        lost.append(sheet.formula(item.row, column + 1, item.here * mean, "fine"))
    sheet.text(0, column, "Hours lost in all", "bold")
    all_lost = total(sheet.range(TOP + 1, column + 1, lost))
    sheet.formula(0, column + 1, all_lost, "fine", f"hours_lost_{profile}")


def hours_sheet(chain: Chain, sheet: Sheet) -> dict[str, Week]:
    """Hour-of-week weights, from Monday 00:00, and their running sums; by profile."""
    sheet.text(0, 0, "Weight of each hour of the week (mean 1), and its running sum before the hour.", "bold")
    sheet.text(1, 0, "Hour from Monday 00:00", "head")

    def column(place: int, values: Iterable[float], style: str) -> Formula:
        cells = [sheet.number(row, place, value, style) for row, value in enumerate(values, start=2)]
        return sheet.range(2, place, cells)

    hours = column(0, range(WEEK), "number")
    weeks = {}
    for number, profile in enumerate(chain.profiles):
        weights = chain.content.result.catalogue.profiles[profile]
        sheet.text(1, 1 + 2 * number, profile, "head")
        sheet.text(1, 2 + 2 * number, f"{profile}, sum before", "head")
        before = np.concatenate([[0.0], np.cumsum(weights)])[:WEEK]
        weeks[profile] = Week(
            hours, column(1 + 2 * number, weights, "fine"), column(2 + 2 * number, before, "fine")
        )
    return weeks
