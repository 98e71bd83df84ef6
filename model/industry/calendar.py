"""A calendar of disruptions: the expected cost of a year, and how far years differ by luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.common.cache import Cache, cached
from model.common.errors import InputError
from model.common.ledger import Amount
from model.common.numbers import spoken, trimmed
from model.common.ranges import Range
from model.estimation.economy import money_old
from model.industry.draws import (
    DRAWS,
    Exposure,
    Impact,
    Values,
    impacts_of,
)
from model.industry.words import LATER_RECEIPTS
from model.kernels import churn
from model.kernels.own_draws import own_draws
from model.scenario.calendars import MAX_PER_YEAR, Calendar, Disruption, pick_calendar
from model.scenario.fields import FIELDS, Header
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
OWN, MINE = "own", "scenario"


def own_calendar(catalogue: Catalogue, values: Values) -> Calendar:
    """The calendar under the reader's own numbers; kinds that never happen are left out."""
    entries = []
    for kind in catalogue.industry.calendar_kinds:
        often, days = values.central(f"calendar.{kind}.per_year"), values.central(f"calendar.{kind}.days")
        _within_a_year(f"calendar.{kind}.days", often, days)
        if often > 0 and days > 0:
            label = f"{catalogue.kinds[kind].label}, {days:g} day" + ("" if days == 1 else "s")
            entries.append(Disruption(kind, label, Scenario(kind=kind, hours=24 * days), often))
    return Calendar(OWN, "Own calendar", Header(why="Numbers and lengths as set."), tuple(entries))


def _within_a_year(field: str, often: float, days: float) -> None:
    """A year holds no more days of one disruption than it has; raises `InputError`."""
    if often * days > MAX_PER_YEAR:
        raise InputError(
            field, days, f"days, {often:g} times a year, make {often * days:g} days",
            f"at most {trimmed(MAX_PER_YEAR / often, 4)} days at that number, {MAX_PER_YEAR:g} days a year in all",
        )  # fmt: skip


def _has_money(catalogue: Catalogue, mine: Scenario) -> None:
    """Raise `InputError` where an economy's GDP is too old for amounts in money and the reader did not ask for them."""
    if money_old(catalogue, mine.country) and not mine.old_money:
        raise InputError(
            "calendar", catalogue.countries[mine.country].name, "has a GDP that is too old for amounts in money",
            f"another calendar, or “{FIELDS['old_money'].label}” in money on the Estimate page",
        )  # fmt: skip


def calendar_of(
    catalogue: Catalogue, industry: Industry, values: Values, key: str, mine: Scenario | None = None
) -> Calendar:
    """A shipped calendar, the reader's own numbers, or the reader's scenario once a year; `InputError`."""
    if key == OWN:
        return own_calendar(catalogue, values)
    if key == MINE and mine is not None:
        _within_a_year("length of the scenario", mine.spells, mine.hours / 24)
        _has_money(catalogue, mine)
        label = f"{catalogue.kinds[mine.kind].label}, as on the Estimate page"
        entry = Disruption(mine.kind, label, mine.with_changes(spells=1, header=Header()), float(mine.spells))
        return Calendar(
            MINE, "The scenario of the Estimate page, once a year", Header(), (entry,), goes_on=True
        )
    return pick_calendar(catalogue, key)


def counts(per_year: Mapping[str, float], draws: int = DRAWS) -> Array:
    """How often disruptions happen in each drawn year: Poisson, shape (disruption, draw), not to be changed.

    `per_year` has the rate of each, times a year, by its key, which owns its draws: no disruption moves the numbers of
    another. `draws` is how many years are drawn.
    """
    return _counts(tuple((key, float(rate)) for key, rate in per_year.items()), draws)


@cached()  # a fifth of a step of this page, and most steps leave the numbers a year alone
def _counts(per_year: tuple[tuple[str, float], ...], draws: int) -> Array:
    from scipy.stats import poisson  # slow to import; only this page needs it

    times = np.zeros((len(per_year), draws))
    for row, (key, rate) in zip(times, per_year, strict=True):
        row[:] = poisson.ppf(own_draws("calendar", key).random(draws), rate)
    times.flags.writeable = False
    return times


def contracts_lost_of_year(
    impacts: Sequence[Exposure], times: ArrayLike, group: str
) -> list[tuple[Exposure, Array]]:
    """By place: its first disruption, and the share of a group's contracts that end in a year, (draw,).

    Exposures add up before the grace, as those of spells do, where disruptions hit the same place: one client's
    patience is one patience. `times` (disruption, draw or 1) is how often each happens.
    """
    often = np.asarray(times, dtype=float).reshape(len(impacts), -1)
    by_place = []
    for place in dict.fromkeys(_place(item) for item in impacts):
        here = [index for index, item in enumerate(impacts) if _place(item) == place]
        first = impacts[here[0]]
        exposure = np.sum([often[index] * impacts[index].days[group] for index in here], axis=0)
        lost = churn.share_of_contracts_lost(exposure, first.grace, first.rate, first.multipliers[group])
        by_place.append((first, lost))
    return by_place


def lagged_of_year(impacts: Sequence[Exposure], times: ArrayLike) -> Array:
    """Receipts lost later through all disruptions of a year together, each so many `times`; USD (draw,).

    `impacts` and `times` as in `contracts_lost_of_year`.
    """
    groups = dict.fromkeys(group for item in impacts for group in item.stakes)
    return np.asarray(
        sum(
            first.stakes[group] * lost
            for group in groups
            for first, lost in contracts_lost_of_year(impacts, times, group)
        )
    )


def _place(impact: Exposure) -> tuple[object, ...]:
    scenario = impact.scenario
    return scenario.country, scenario.regions, scenario.place


@dataclass(frozen=True)
class DisruptionCost:
    """One disruption of the calendar: expected direct cost a year, USD."""

    label: str
    per_year: float
    days: float
    cost: Range[float]
    mean: float


@dataclass(frozen=True)
class YearOfDisruptions:
    """A year under a calendar, USD: expected cost, its range over parameters, and over years."""

    calendar: Calendar
    impacts: tuple[Impact, ...]
    lines: tuple[DisruptionCost, ...]
    net: Array  # with the expected number of disruptions, (draw,)
    lagged: Array
    coping: Array
    drawn_net: Array  # with drawn numbers of disruptions
    drawn_lagged: Array
    luck: Array  # drawn numbers, every disruption at its mean cost
    totals: Array  # disruptions in the drawn years

    @property
    def expected(self) -> float:
        """Mean direct loss over years: numbers as expected times mean loss, without the noise of drawn numbers."""
        return float(self.net.mean())

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The year's amounts; direct and later losses stand on different ledgers."""
        return (
            Amount("calendar.net", "Direct loss of a year, numbers as expected", "output", "net", "per year", "USD",
                   tuple(f"calendar.net.{i}" for i in range(len(self.lines))), Range.of(self.net), self.expected,
                   ("calendar.year",)),
            Amount("calendar.year", "Direct loss of a simulated year, numbers drawn", "output", "net", "per year",
                   "USD", (), Range.of(self.drawn_net), float(self.drawn_net.mean())),
            Amount("calendar.lagged", "Earnings lost later through that year, present value", "receipts", "lagged",
                   "per year, in the months after", "USD", (), Range.of(self.lagged),
                   float(self.lagged.mean()), LATER_RECEIPTS),
            Amount("calendar.coping", "Cost of working around VPN blocks", "operating cost", "coping",
                   "per year", "USD", (), Range.of(self.coping), float(self.coping.mean()),
                   ("measure.cost.",)),
        )  # fmt: skip


_YEARS: Cache[YearOfDisruptions] = Cache()


def year_of(catalogue: Catalogue, calendar: Calendar) -> YearOfDisruptions:
    """Price a calendar; nothing in it gives zeros. It depends on nothing else, so readers may share it."""
    return _YEARS.get((catalogue, calendar), lambda: _year_of(catalogue, calendar))


def _year_of(catalogue: Catalogue, calendar: Calendar) -> YearOfDisruptions:
    impacts = impacts_of(catalogue, calendar.disruptions)
    often = [item.per_year for item in calendar.disruptions]
    zero = np.zeros(DRAWS)
    drawn = counts({item.key: item.per_year for item in calendar.disruptions})
    net = [item.net for item in impacts]
    lines = []
    for disruption, impact in zip(calendar.disruptions, impacts, strict=True):
        lines.append(
            DisruptionCost(
                label=disruption.label,
                per_year=disruption.per_year,
                days=disruption.scenario.hours / 24,
                cost=Range.of(impact.net * disruption.per_year),
                mean=float(impact.net.mean() * disruption.per_year),
            )
        )
    means = np.array([item.net.mean() for item in impacts]).reshape(-1, 1)
    rates = np.array(often).reshape(-1, 1)
    return YearOfDisruptions(
        calendar=calendar,
        impacts=tuple(impacts),
        lines=tuple(sorted(lines, key=lambda line: -line.mean)),
        net=sum((item * n for item, n in zip(net, often, strict=True)), zero),
        lagged=lagged_of_year(impacts, rates) if impacts else zero,
        coping=sum((item.coping * n for item, n in zip(impacts, often, strict=True)), zero),
        drawn_net=sum((item * n for item, n in zip(net, drawn, strict=True)), zero),
        drawn_lagged=lagged_of_year(impacts, drawn) if impacts else zero,
        luck=np.sum(means * drawn, axis=0) if impacts else zero,
        totals=drawn.sum(axis=0),
    )


def amounts_note(year: YearOfDisruptions, present_value: str) -> str:
    """What the range of a year is made of, as a sentence; `present_value` says what a lost contract is counted at."""
    luck, total = Range.of(year.luck), Range.of(year.totals)
    return (
        f"By luck alone, every disruption at its mean loss, nine years in ten lie between {spoken(luck.low)} and "
        f"{spoken(luck.high)} ({total.each(trimmed).ends} disruptions). Later losses of export "
        f"earnings are counted separately: {Range.of(year.drawn_lagged).spoken().full} for a simulated year "
        f"({present_value})."
    )
