"""Effective hours as formulas: the time grid, and the hours of the week.

The same quadrature as the model's (two Gauss points an interval, edges cut off at the duration) where losses
are buffered, and the integral in closed form where they begin at once, so that the sheet equals the model's central
path and follows when an input changes.
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
class Waits:
    """What the wait per hour lost is made of, at the stops up to the duration, as arrays."""

    one_over_lost: Formula
    hours_over_lost: Formula


@dataclass(frozen=True)
class Time:
    """What other sheets call of the sheet of the grid."""

    chain: Chain
    by_edge: Mapping[
        float, Formula
    ]  # effective hours with a buffer by each edge, if the disruption lasts as long
    waits: tuple[Waits, Waits]  # of sectors without a buffer, and with one
    cut: Formula  # the edges up to the duration, hours, as an array

    def hours_lost(self, profile: str, buffered: bool) -> Formula:
        """Effective hours up to the duration, weighted by the hours of the week where there is a start time."""
        return self.chain[name_of_hours(profile if self.chain.profiles else "", buffered)]

    def hours_by(self, stop: float, hours: Formula, buffered: bool) -> Formula:
        """Effective hours by `stop`, hours that stand in the cell `hours`, every hour of the week alike."""
        return self.by_edge[stop] if buffered else at_once(self.chain, hours)

    def least_wait(self, days: Formula, buffered: bool) -> Formula:
        """The shortest wait per hour lost at any stop up to the duration."""
        waits = self.waits[buffered]
        return over_arrays(minimum(24 * days * waits.one_over_lost + waits.hours_over_lost))


def name_of_hours(profile: str, buffered: bool) -> str:
    """The name of the cell of effective hours; no profile where every hour weighs the same."""
    return "_".join(["hours_lost", *([profile] if profile else []), *([] if buffered else ["at_once"])])


def at_once(chain: Chain, hours: Formula) -> Formula:
    """Effective hours without a buffer."""
    return equations.effective_hours_at_once(hours, chain["won_back"], chain["tau_hours"])


@dataclass(frozen=True)
class Week:
    """Each hour of the week: when it begins, a profile's weight of it, and the sum of weights before it."""

    hours: Formula
    weights: Formula
    before: Formula


def lost_at(chain: Chain, time: Formula) -> Formula:
    """Share lost at a time at severity 1."""
    return equations.share_lost_over_time(losing_at(chain, time), time, chain["won_back"], chain["tau_hours"])


def losing_at(chain: Chain, time: Formula) -> Formula:
    """Share that has begun to lose by a time, where losses are buffered."""
    return equations.share_losing(time, chain["onset.immediate"], chain["onset_scale"], chain["onset.shape"])


def both_points(chain: Chain, edge: Formula, before: Formula, half: Formula) -> tuple[Formula, Formula]:
    """Share lost at the two points of an interval."""
    middle = (edge + before) / 2
    return lost_at(chain, middle - half * POINT), lost_at(chain, middle + half * POINT)


def time_sheet(chain: Chain, sheet: Sheet, weeks: Mapping[str, Week]) -> Time:
    """The grid: the duration cuts it off (columns B to H) and, for the curve, nothing does (J to M).

    Columns N and O are for waits; P to R are the same where losses begin at once.
    """
    title = "Effective hours lost where all connectivity is lost: losses begun x what is not worked around, summed."
    note = "Two Gauss points an interval; the duration cuts the grid off, so it follows when the duration changes."
    sheet.text(0, 0, title, "title")
    sheet.text(1, 0, note, "note")
    head = ["Edge, hours", "Cut at duration", "Half width", "Loss, first point", "Loss, second point",
            "Hours lost here", "Hours lost so far", "Stop", "", "Half width", "Loss, first point",
            "Loss, second point", "Hours lost by the edge", "One over hours lost, at stops",
            "Hours over hours lost, at stops", "At once: hours lost so far", "At once: one over hours lost",
            "At once: hours over hours lost"]  # fmt: skip
    sheet.row(2, head)
    edges = grid.grid_edges(np.array([MAX_HOURS]), chain.start)
    edge, begin, so_far, by_edge, soon = (
        sheet.number(TOP, column, 0.0, "fine") for column in (0, 1, 6, 12, 15)
    )
    cut, rows = begin, list[Interval]()
    every: dict[float, Formula] = {}
    at_stops: dict[int, list[Formula]] = {13: [], 14: [], 16: [], 17: []}  # by column
    cuts: list[Formula] = []
    for row, hours in enumerate(edges[1:], start=TOP + 1):
        edge_before, cut_before = edge, cut
        edge = sheet.number(row, 0, hours, "fine")
        cut = sheet.formula(row, 1, minimum(edge, chain["hours"]), "fine")
        cuts.append(cut)
        half = sheet.formula(row, 2, (cut - cut_before) / 2, "fine")
        points = zip((3, 4), both_points(chain, cut, cut_before, half), strict=True)
        first, second = (sheet.formula(row, column, point, "fine") for column, point in points)
        here = sheet.formula(row, 5, half * (first + second), "fine")
        so_far = sheet.formula(row, 6, so_far + here, "fine")
        soon_before, soon = soon, sheet.formula(row, 15, at_once(chain, cut), "fine")
        # Hours after the first week weigh 1, whatever the week.
        spells = AcrossSpells.at(chain, cut) if weeks and hours <= WEEK + 1e-9 else None
        rows.append(Interval(row, half, (soon - soon_before, here), spells))
        sheet.number(row, 7, float(hours in STOPS), "fine")
        half = sheet.number(row, 9, (edge.value - edge_before.value) / 2, "fine")
        points = zip((10, 11), both_points(chain, edge, edge_before, half), strict=True)
        first, second = (sheet.formula(row, column, point, "fine") for column, point in points)
        by_edge = every[float(hours)] = sheet.formula(row, 12, by_edge + half * (first + second), "fine")
        parts: tuple[tuple[Term, Formula], ...] = ((1, so_far), (cut, so_far), (1, soon), (cut, soon))
        for (column, cells), (top, lost) in zip(at_stops.items(), parts, strict=True):
            if hours in STOPS:
                cells.append(sheet.formula(row, column, when(lost > 0, top / lost, NEVER), "fine"))
            else:
                cells.append(sheet.number(row, column, NEVER, "note"))
    sheet.frozen(TOP, 1, heads=TOP - 1)
    for column, cell, buffered in ((13, so_far, True), (16, soon, False)):
        sheet.text(0, column, "Hours lost in all", "bold")
        sheet.formula(0, column + 1, cell, "fine", name_of_hours("", buffered))
    if weeks:
        start = AcrossSpells.at(chain, begin)
        for number, (profile, week) in enumerate(weeks.items()):
            _profile_columns(chain, sheet, 19 + 4 * number, profile, week, start, rows)
    arrays = {column: sheet.range(TOP + 1, column, cells) for column, cells in at_stops.items()}
    waits = Waits(arrays[16], arrays[17]), Waits(arrays[13], arrays[14])
    return Time(chain, every, waits, sheet.range(TOP + 1, 1, cuts))


@dataclass(frozen=True)
class Interval:
    """An interval of the grid: its row, and cells of what the duration leaves of it."""

    row: int
    half: Formula
    here: tuple[Formula, Formula]  # hours lost in it without a buffer, and with one
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
        few = float(chain["spells"].value) <= FEW_SPELLS
        return cls(
            chain,
            Moments.of(chain, FEW_SPELLS, hours, valued=few),
            Moments.of(chain, MAX_SPELLS, hours, valued=not few),
        )

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
    def of(cls, chain: Chain, most: int, hours: Formula, *, valued: bool) -> Moments:
        """The moments `hours` into each spell, of which there are at most `most`."""
        before = counting(most, valued=valued) - 1  # spells before this one
        at = chain["start_hour"] + before * (chain["hours"] + 24 * chain.days_between(chain["hours"])) + hours
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

    The list of spells is as long as any scenario may have, so a typed number of spells never outruns it. Hours lost
    stand there for sectors with a buffer, without one, or both, as they follow the profile.
    """
    sheet.text(2, column, f"Weight so far, {profile}", "head")
    sheet.text(2, column + 1, f"Mean weight, {profile}", "head")
    so_far = sheet.formula(TOP, column, start.weight(week), "fine")
    means: list[Term] = []
    for item in rows:
        if item.spells is None:
            means.append(1)
            continue
        before = so_far
        # Where the duration has cut the grid off nothing is added.
        weight = when(equal(item.half, 0), before, item.spells.weight(week))
        so_far = sheet.formula(item.row, column, weight, "fine")
        mean = when(item.half > 0, (so_far - before) / (2 * item.half) / chain["spells"], 1)
        means.append(sheet.formula(item.row, column + 1, mean, "fine"))
    sectors = chain.content.result.catalogue.sectors
    for buffered in sorted({sector.buffered for sector in sectors if sector.hour_profile == profile}):
        place = column + 2 + buffered
        begins = "with a buffer" if buffered else "at once"
        sheet.text(2, place, f"Hours lost {begins}, {profile}", "head")
        lost = [
            sheet.formula(item.row, place, item.here[buffered] * mean, "fine")
            for item, mean in zip(rows, means, strict=True)
        ]
        all_lost = total(sheet.range(TOP + 1, place, lost))
        sheet.formula(0, place, all_lost, "fine", name_of_hours(profile, buffered))
    sheet.text(0, column, "Hours lost in all", "bold")


def hours_sheet(chain: Chain, sheet: Sheet) -> dict[str, Week]:
    """Hour-of-week weights, from Monday 00:00, and their running sums; by profile."""
    sheet.text(
        0, 0, "Weight of each hour of the week (mean 1), and its running sum before the hour.", "title"
    )
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
