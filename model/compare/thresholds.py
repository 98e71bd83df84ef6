"""Figures that a cost may be compared with: the price of something, a claim, a week of exports."""

from __future__ import annotations

from dataclasses import dataclass

from model.common.numbers import GDP_SHARE, MILLION, scale_of
from model.estimation.estimate import Estimate
from model.reading.numbers import amount_of
from model.scenario.comparison import MOST_THRESHOLD
from model.scenario.readers import number

ALLOWED = "millions such as 300 or 59.5, or 300M, 1.5bn"


@dataclass(frozen=True)
class Suggestion:
    """A figure worth comparing a cost with, in the result's money, and where it is from."""

    key: str
    label: str
    value: float
    basis: str


def figure_of(text: str, unit: str) -> float:
    """A figure that a reader types, in the money `unit`: the `text` `300`, `300M` or `$0.3bn` is 300 million.

    Raises `InputError` for anything else, other money and what can be read in two ways (`1,500`, `$300`) among them.
    """
    money, scale = ("", 1.0) if unit == GDP_SHARE else (unit, scale_of(unit))
    value = amount_of("figure to pass", text, ALLOWED, money, scale) * scale
    return number("figure to pass", value, 0, MOST_THRESHOLD, f"in {unit}")


def suggestions(result: Estimate) -> list[Suggestion]:
    """The published figures in the money of `result`, and a week of its country's IT export receipts where measured."""
    rate, catalogue, rows = result.money.per_usd, result.catalogue, []
    for row in catalogue.thresholds:
        source, named = catalogue.sources[row.source], row.source
        millions = row.musd
        if row.seed:
            millions, named = catalogue.seeds[row.seed].value, row.seed
        if millions is not None:
            basis = (
                f"{row.evidence}; {source.publisher}, {row.source_date or 'undated'} [{named}, {row.status}]"
            )
            rows.append(Suggestion(row.key, row.label, millions * MILLION * rate, basis))
    if result.economy.receipts_measured and result.economy.receipts > 0:
        week = result.economy.receipts * 7 / 365
        label = f"A week of IT exports of {result.economy.country.name}"
        rows.append(Suggestion("week", label, week * rate, "IT export earnings of a year x 7 / 365"))
    return rows
