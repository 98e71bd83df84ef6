"""The record: official export receipts, the disruptions in them, and what the series could show at all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model import growth
from model.catalogue import Catalogue
from model.errors import InputError
from model.evidence_rows import MonthlyReceipts
from model.formatting import money, percent
from model.growth import Baseline
from model.rows import FiscalYear

Array = NDArray[np.float64]
BAND = 1.645  # standard deviations that hold 90 % of a normal distribution
PERIOD = ("2024-08", "2024-12")
MONTHS_BEFORE = 3  # months whose growth stands for the trend that was known


@dataclass(frozen=True)
class Noise:
    """Standard deviations of one month, as shares: `level` about the trend, `forecast` of growth carried on."""

    level: float
    forecast: float
    months: int


@dataclass(frozen=True)
class Gap:
    """What a baseline would have earned in the period, less what was earned. M USD; negative: more was earned."""

    baseline: Baseline
    expected: float
    observed: float
    limit_known: float
    limit: float

    @property
    def gap(self) -> float:
        return self.expected - self.observed

    @property
    def verdict(self) -> str:
        """What follows: a loss inside the noise is neither there nor refuted."""
        if abs(self.gap) < self.limit:
            return "not detectable"
        return (
            "a gap beyond the noise" if self.gap > 0 else "receipts above the baseline by more than the noise"
        )

    @property
    def sentence(self) -> str:
        """The gap with its baseline, its limit and what follows."""
        size, limit = money(abs(self.gap) * 1e6, digits=3), money(self.limit * 1e6, digits=3)
        rate = f"{'−' if self.baseline.growth < 0 else ''}{percent(abs(self.baseline.growth), 3)}"
        side = f"{size} below" if self.gap > 0 else f"{size} above"
        start = f"On “{self.baseline.label}” ({rate} a year) receipts were {side} the baseline"
        if self.verdict == "not detectable":
            return f"{start}; the series shows nothing smaller than {limit}: not detectable, neither a hit nor a miss."
        if self.gap > 0:
            return (
                f"{start}, more than the {limit} that noise explains; what caused it the series does not say."
            )
        return f"{start}, more than the {limit} that noise explains: no loss is visible, and this growth was too low."


@dataclass(frozen=True)
class Conflict:
    """Two printed values of one month or year, M USD."""

    period: str
    used: float
    low: float
    high: float
    why: str


def growth_on_year(months: Sequence[MonthlyReceipts]) -> dict[str, float]:
    """Change against the same month a year before, where both are known."""
    values = {row.month: row.value_musd for row in months}
    return {
        month: value / values[year_before(month)] - 1
        for month, value in values.items()
        if year_before(month) in values
    }


def year_before(month: str) -> str:
    return f"{int(month[:4]) - 1}{month[4:]}"


def known_growth(months: Sequence[MonthlyReceipts], month: str) -> float:
    """Mean growth on the year of the three months before `month`: what could be known then."""
    rates = growth_on_year(months)
    earlier = [rate for at, rate in rates.items() if at < month][-MONTHS_BEFORE:]
    if len(earlier) < MONTHS_BEFORE:
        raise InputError(
            "month", month, "has no growth before it", "a month with three yearly changes before it"
        )
    return float(np.mean(earlier))


def noise(months: Sequence[MonthlyReceipts]) -> Noise:
    """Noise of the series itself, from all its months.

    `level` is the standard deviation of log receipts about their own straight line; `forecast` that of yearly
    growth less the mean growth of the three months before it. Season and revisions are part of both.
    """
    values = np.log([row.value_musd for row in months])
    time = np.arange(len(values))
    rest = values - np.polyval(np.polyfit(time, values, 1), time)
    rates = np.log1p(list(growth_on_year(months).values()))
    missed = [
        rates[i] - rates[i - MONTHS_BEFORE : i].mean() for i in range(MONTHS_BEFORE, len(rates))
    ]  # fmt: skip
    level = math.sqrt(float((rest**2).sum()) / (len(rest) - 2))
    return Noise(level, float(np.std(missed, ddof=1)), len(values))


def between(months: Sequence[MonthlyReceipts], first: str, last: str) -> list[MonthlyReceipts]:
    """The months from `first` to `last`; raises `InputError` where one is missing."""
    found = [row for row in months if first <= row.month <= last]
    span = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1
    if len(found) != span or not found:
        known = f"{months[0].month} to {months[-1].month}, in order"
        raise InputError("months", f"{first} to {last}", "are not all in the record", known)
    return found


def limits(
    months: Sequence[MonthlyReceipts], chosen: Sequence[MonthlyReceipts], rate: float
) -> tuple[float, float]:
    """Smallest gap outside 90 % of the noise, M USD: with the baseline known, and with it measured a year before.

    Months are taken as independent: 1.645 x level x sqrt(sum of squares).
    """
    level = noise(months).level
    own = math.sqrt(sum(row.value_musd**2 for row in chosen))
    values = {row.month: row.value_musd for row in months}
    before = (1 + rate) * math.sqrt(sum(values[year_before(row.month)] ** 2 for row in chosen))
    return BAND * level * own, BAND * level * math.hypot(own, before)


def gaps(
    catalogue: Catalogue,
    months: Sequence[MonthlyReceipts],
    first: str,
    last: str,
    *,
    claimed: float,
    own: float,
) -> tuple[Gap, ...]:
    """The gap of the chosen months under each baseline: receipts of a year before x (1 + growth), less receipts."""
    chosen = between(months, first, last)
    before = between(months, year_before(first), year_before(last))
    past, observed = sum(r.value_musd for r in before), sum(r.value_musd for r in chosen)
    found = []
    for item in growth.baselines(catalogue, claimed, own).values():
        known, limit = limits(months, chosen, item.growth)
        found.append(Gap(item, past * (1 + item.growth), observed, known, limit))
    return tuple(found)


def conflicts(catalogue: Catalogue, months: Sequence[MonthlyReceipts]) -> tuple[Conflict, ...]:
    """Every month and full year of which two values are printed."""
    found = [
        Conflict(row.month, row.value_musd, *row.ends, row.revision or "two values printed")
        for row in months
        if row.ends is not None
    ]
    for name, rows in official_years(catalogue).items():
        used = next(row for row in rows if row.preferred == "yes")
        ends = [row.value_musd for row in rows]
        if max(ends) > min(ends):
            why = ", ".join(f"{row.value_musd:,.0f} ({row.revision.replace('_', ' ')})" for row in rows)
            found.append(Conflict(name, used.value_musd, min(ends), max(ends), why))
    return tuple(found)


def official_years(catalogue: Catalogue) -> Mapping[str, list[FiscalYear]]:
    """Full-year receipts of the State Bank and the statistics bureau by fiscal year, revisions included."""
    found: dict[str, list[FiscalYear]] = {}
    for row in catalogue.fiscal_years:
        if row.months_covered == 12 and row.basis == "sbp_pbs":
            found.setdefault(row.fiscal_year, []).append(row)
    return found


def marked_months(months: Sequence[MonthlyReceipts]) -> list[MonthlyReceipts]:
    return [row for row in months if row.marked]


def dip_sentence(months: Sequence[MonthlyReceipts]) -> str:
    """How the months with disruptions stand against the noise: computed, whatever it says."""
    rates, level = growth_on_year(months), noise(months)
    hit = [row for row in marked_months(months) if row.month in rates]
    fell = [row.month for row in hit if rates[row.month] < 0]
    low = [
        row.month for row in hit
        if (n := [r for at, r in rates.items() if at < row.month][-MONTHS_BEFORE:]) and len(n) == MONTHS_BEFORE
        and rates[row.month] < float(np.mean(n)) - BAND * level.forecast
    ]  # fmt: skip
    first = f"{len(hit)} months with a marked disruption have a month of the year before to be held against; "
    second = "none of them fell" if not fell else f"{', '.join(fell)} fell"
    tested = len([row for row in hit if len([at for at in rates if at < row.month]) >= MONTHS_BEFORE])
    third = f"and of the {tested} with three months of growth before them "
    third += (
        "none grew less than those by more than the noise"
        if not low
        else f"{len(low)} ({', '.join(low)}) grew less than those by more than the noise; "
        "chance alone makes one in twenty"
    )
    return f"{first}{second}, {third}."


def noise_sentence(months: Sequence[MonthlyReceipts]) -> str:
    """How the detection limit is made."""
    found = noise(months)
    return (
        f"Noise is the series’ own: {percent(found.level)} of a month, the standard deviation of log "
        "receipts about "
        f"their straight line over {found.months} months. The detection limit is {BAND:g} times the "
        "noise of the sum "
        "of the chosen months and of the same months a year before, on which every baseline stands; "
        "months are taken as "
        "independent, an assumption."
    )


def known_sentence(items: Sequence[Gap]) -> str:
    """The smaller limit that would hold if the baseline were known without noise."""
    return (
        "Were the baseline known without noise, the limit would be "
        f"{money(items[0].limit_known * 1e6, digits=3)} "
        "for these months."
    )
