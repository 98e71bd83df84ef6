"""The record: official export receipts, the disruptions in them, and what the series could show at all."""

from __future__ import annotations

import math
from calendar import month_name
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue
from model.catalogue.receipts import FiscalYear, MonthlyReceipts
from model.common.errors import InputError
from model.common.numbers import growth_percent, percent, spoken, whole_number
from model.evidence import trends
from model.evidence.trends import Baseline

Array = NDArray[np.float64]
BAND, WIDE_BAND = (
    1.645,
    1.96,
)  # standard deviations either side that hold 90 and 95% of a normal distribution
PERIOD = ("2024-08", "2024-12")
FEWEST_MONTHS = 4  # two are used up by the straight line
MONTHS_BEFORE = 3  # months whose growth stands for the trend that was known


@dataclass(frozen=True)
class Noise:
    """Standard deviations of one month, as shares: `level` about the trend, `forecast` of growth carried on."""

    level: float
    forecast: float
    months: int


class GapVerdict(StrEnum):
    """What follows from a gap, as people read it."""

    NOT_DETECTABLE = "not detectable"
    BELOW = "a gap beyond the noise"
    ABOVE = "export earnings above the expected by more than the noise"


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
    def verdict(self) -> GapVerdict:
        """What follows: a loss inside the noise is neither there nor refuted."""
        if abs(self.gap) < self.limit:
            return GapVerdict.NOT_DETECTABLE
        return GapVerdict.BELOW if self.gap > 0 else GapVerdict.ABOVE

    @property
    def sentence(self) -> str:
        """The gap with its baseline, its limit and what follows."""
        size, limit = spoken(abs(self.gap) * 1e6, digits=3), spoken(self.limit * 1e6, digits=3)
        rate = growth_percent(self.baseline.growth)
        side = f"{size} below" if self.gap > 0 else f"{size} above"
        start = f"On “{self.baseline.label}” ({rate} a year) export earnings were {side} the expected"
        if self.verdict is GapVerdict.NOT_DETECTABLE:
            shown = f"{start}; the series shows nothing smaller than {limit}"
            return f"{shown}: {self.verdict}, neither a hit nor a miss."
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
    sources: tuple[tuple[str, str], ...] = ()  # titles with addresses, that of the value used first


def span_text(first: str, last: str) -> str:
    """Months in words: `August to December 2024`, `May 2024`."""
    (year, month), (end_year, end_month) = (map(int, text.split("-")) for text in (first, last))
    end = f"{month_name[end_month]} {end_year}"
    if first == last:
        return end
    return f"{month_name[month]}{'' if year == end_year else f' {year}'} to {end}"


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
    """Mean growth on the year of the three months before `month`: what could be known then.

    Raises `InputError` where fewer than three are known.
    """
    rates = growth_on_year(months)
    earlier = [rate for at, rate in rates.items() if at < month][-MONTHS_BEFORE:]
    if len(earlier) < MONTHS_BEFORE:
        raise InputError(
            "month", month, "has no growth before it", "a month with three yearly changes before it"
        )
    return float(np.mean(earlier))


def noise(months: Sequence[MonthlyReceipts]) -> Noise:
    """Noise of the series itself, from the months given; season and revisions are part of it.

    `level` is the standard deviation of log receipts about their own straight line; `forecast` that of yearly
    growth less the mean growth of the three months before it.
    """
    return Noise(level_noise(months), forecast_noise(months), len(months))


def level_noise(months: Sequence[MonthlyReceipts]) -> float:
    """Standard deviation of log receipts about their own straight line; raises `InputError` for too few months."""
    if len(months) < FEWEST_MONTHS:
        raise InputError(
            "months", f"{len(months)} months", "are too few for a line", f"{FEWEST_MONTHS} or more"
        )
    values = np.log([row.value_musd for row in months])
    time = np.arange(len(values))
    rest = values - np.polyval(np.polyfit(time, values, 1), time)
    return math.sqrt(float((rest**2).sum()) / (len(rest) - 2))


def forecast_errors(months: Sequence[MonthlyReceipts]) -> Array:
    """Yearly growth of each month less the mean growth of the three months before it, in logs (month,)."""
    rates = np.log1p(list(growth_on_year(months).values()))
    return np.array(
        [rates[i] - rates[i - MONTHS_BEFORE : i].mean() for i in range(MONTHS_BEFORE, len(rates))]
    )


def forecast_noise(months: Sequence[MonthlyReceipts]) -> float:
    """Standard deviation of the forecast errors, in logs; raises `InputError` for fewer than two."""
    missed = forecast_errors(months)
    if len(missed) < 2:
        raise InputError("months", f"{len(months)} months", "hold too few forecast errors", "two or more")
    return float(np.std(missed, ddof=1))


def between(months: Sequence[MonthlyReceipts], first: str, last: str) -> list[MonthlyReceipts]:
    """The months from `first` to `last`; raises `InputError` where one is missing."""
    rows = [row for row in months if first <= row.month <= last]
    span = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1
    if len(rows) != span or not rows:
        allowed = f"{months[0].month} to {months[-1].month}, in order"
        raise InputError("months", f"{first} to {last}", "are not all in the record", allowed)
    return rows


def limits(
    months: Sequence[MonthlyReceipts], chosen: Sequence[MonthlyReceipts], rate: float
) -> tuple[float, float]:
    """Smallest gap outside 90% of the noise, M USD: with the baseline known, and with it measured a year before.

    Months are taken as independent: 1.645 x level x sqrt(sum of squares). `rate` is the growth of the baseline on the
    year, a share.
    """
    level = level_noise(months)
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
    """The gap of the chosen months under each baseline: receipts of a year before x (1 + growth), less receipts.

    `claimed` and `own` are growth a year as shares, for the baselines of these names.
    """
    chosen = between(months, first, last)
    before = between(months, year_before(first), year_before(last))
    past, observed = sum(r.value_musd for r in before), sum(r.value_musd for r in chosen)
    rows = []
    for item in trends.baselines(catalogue, claimed, own).values():
        limit_known, limit = limits(months, chosen, item.growth)
        rows.append(Gap(item, past * (1 + item.growth), observed, limit_known, limit))
    return tuple(rows)


def conflicts(catalogue: Catalogue, months: Sequence[MonthlyReceipts]) -> tuple[Conflict, ...]:
    """Every month and full year of which two values are printed."""
    twice_printed = [
        Conflict(
            row.month,
            row.value_musd,
            *row.ends,
            row.revision or "two values printed",
            ((row.source, row.url), *((_host(url), url) for url in row.other_urls.split(";") if url)),
        )
        for row in months
        if row.ends is not None
    ]
    for name, rows in official_years(catalogue).items():
        used = next(row for row in rows if row.preferred == "yes")
        ends = [row.value_musd for row in rows]
        if max(ends) > min(ends):
            why = ", ".join(
                f"{whole_number(row.value_musd)} ({row.revision.replace('_', ' ')})" for row in rows
            )
            cited = dict.fromkeys([used.cited, *(row.cited for row in rows)])
            twice_printed.append(Conflict(name, used.value_musd, min(ends), max(ends), why, tuple(cited)))
    return tuple(twice_printed)


def _host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")


def official_years(catalogue: Catalogue) -> Mapping[str, list[FiscalYear]]:
    """Full-year receipts of the State Bank and the statistics bureau by fiscal year, revisions included."""
    by_year: dict[str, list[FiscalYear]] = {}
    for row in catalogue.fiscal_years:
        if row.months_covered == 12 and row.basis == "sbp_pbs":
            by_year.setdefault(row.fiscal_year, []).append(row)
    return by_year


def noise_sentence(months: Sequence[MonthlyReceipts]) -> str:
    """How the noise of the series is measured."""
    return (
        f"Noise is the series’ own: {percent(level_noise(months))} of a month, the standard deviation of log export "
        f"earnings about their straight line over {len(months)} months. Months are taken as independent, an assumption."
    )


def limits_sentence(items: Sequence[Gap]) -> str:
    """What each detection limit counts, and why reckonings differ: the gap is the same, the definition is not."""
    first = items[0]
    limit_used, limit_known = first.limit, first.limit_known

    def amount(limit: float) -> str:
        return spoken(limit * 1e6, digits=3)

    return (
        f"A detection limit depends on its definition. The one used here, {amount(limit_used)} on "
        f"“{first.baseline.label}”, is {BAND:g} times the noise of these months and of the same months a year before, "
        f"on which the expected earnings rest: 90% of what noise does. Were they known without noise it would be "
        f"{amount(limit_known)}. At 95% ({WIDE_BAND:g} times the noise) the two are "
        f"{amount(limit_used * WIDE_BAND / BAND)} and {amount(limit_known * WIDE_BAND / BAND)}."
    )
