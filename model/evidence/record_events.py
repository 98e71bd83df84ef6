"""The disruptions of the record: from when to when each ran, and how the months with one stand in the series."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.catalogue.evidence import RecordedDisruption
from model.catalogue.receipts import MonthlyReceipts
from model.common.numbers import percent
from model.evidence.record import (
    BAND,
    MONTHS_BEFORE,
    forecast_noise,
    growth_on_year,
)


@dataclass(frozen=True)
class Marked:
    """The disruptions of a month: nationwide ones that began in it, those that ran on, and those of places."""

    began: tuple[RecordedDisruption, ...]
    ran_on: tuple[RecordedDisruption, ...]
    local: tuple[RecordedDisruption, ...]

    @property
    def nationwide(self) -> bool:
        return bool(self.began or self.ran_on)


def marked_months(
    months: Sequence[MonthlyReceipts], items: Sequence[RecordedDisruption]
) -> dict[str, Marked]:
    """Every month of the record in which a disruption ran, by the days of the disruptions."""
    marked: dict[str, Marked] = {}
    for row in months:
        here = [item for item in items if item.runs_in(row.month)]
        whole = [item for item in here if item.nationwide == "yes"]
        if here:
            marked[row.month] = Marked(
                tuple(item for item in whole if item.begins_in(row.month)),
                tuple(item for item in whole if not item.begins_in(row.month)),
                tuple(item for item in here if item.nationwide == "no"),
            )
    return marked


def dip_sentences(months: Sequence[MonthlyReceipts], marks: Mapping[str, Marked]) -> tuple[str, str]:
    """How months with and without a nationwide disruption stand in the series: computed, whatever it says."""
    rates, usual = growth_on_year(months), forecast_noise(months)
    ran = {month for month in rates if month in marks and marks[month].nationwide}
    began = {month for month in ran if marks[month].began}
    first = (
        f"Of the {len(rates)} months with a figure a year before, a nationwide disruption began in {len(began)}: "
        f"{_fell(rates, began)}. One ran, whenever it had begun, in {len(ran)}: {_fell(rates, ran)}. "
        f"None ran in the other {len(rates) - len(ran)}: {_fell(rates, set(rates) - ran)}."
    )
    before = {month: [rate for at, rate in rates.items() if at < month][-MONTHS_BEFORE:] for month in rates}
    tested = [month for month in rates if len(before[month]) == MONTHS_BEFORE]
    low = [month for month in tested if rates[month] < float(np.mean(before[month])) - BAND * usual]
    hit = [month for month in tested if month in ran]
    second = (
        f"Against the growth of the three months before, which {len(tested)} of them have, "
        f"{_short(low, ran)} fell short by more than the noise among the {len(hit)} with one running, "
        f"and {_short(low, set(rates) - ran)} among the other {len(tested) - len(hit)}; chance alone makes one in "
        "twenty do so, and the series does not say why."
    )
    return first, second


def _fell(rates: Mapping[str, float], chosen: Collection[str]) -> str:
    """Which of the chosen months earned less than a year before."""
    lower = [f"{month} (−{percent(-rates[month])})" for month in sorted(chosen) if rates[month] < 0]
    if not lower:
        return "none of them fell below it"
    return f"{len(lower)} fell below it, {', '.join(lower)}"


def _short(low: Sequence[str], chosen: Collection[str]) -> str:
    low_months = [month for month in low if month in chosen]
    return f"{len(low_months)} ({', '.join(low_months)})" if low_months else "none"
