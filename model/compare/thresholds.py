"""Figures that a cost may be held against: the price of something, a claim, a week of exports."""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.common.errors import InputError
from model.common.numbers import MILLION, scale_of
from model.estimation.estimate import Estimate
from model.scenario.comparison import MOST_THRESHOLD
from model.scenario.readers import number

SIZES = {"k": 1e3, "m": MILLION, "million": MILLION, "bn": 1e9, "billion": 1e9, "tn": 1e12, "trillion": 1e12}
FIGURE = re.compile(
    r"(?P<money>[$]|[A-Z]{3})?\s*(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)\s*"
    r"(?P<size>k|m|bn|tn|million|billion|trillion)?",
    re.IGNORECASE,
)
ALLOWED = "millions such as 300 or 59.5, or 300M, 1.5bn, 1,500"


@dataclass(frozen=True)
class Suggestion:
    """A figure worth comparing a cost with, in the result's money, and where it is from."""

    key: str
    label: str
    value: float
    basis: str


def figure_of(text: str, unit: str) -> float:
    """A figure that a reader types in the money `unit`: `300` and `300M` are 300 million, `1,500` is 1,500 million.

    Raises `InputError` for anything else, other money and a comma that could be a decimal one among them.
    """
    match = FIGURE.fullmatch(text.strip())
    if match is None:
        raise InputError("figure to pass", text, "is not a figure", ALLOWED)
    named = "USD" if match["money"] == "$" else match["money"].upper() if match["money"] else unit
    if named != unit:
        raise InputError("figure to pass", text, f"is in other money than the scenario, {unit}", ALLOWED)
    size = SIZES[match["size"].lower()] if match["size"] else scale_of(unit)
    value = float(match["number"].replace(",", "")) * size
    return number("figure to pass", value, 0, MOST_THRESHOLD, f"in {unit}")


def suggestions(result: Estimate) -> list[Suggestion]:
    """The published figures, and a week of the country's IT export receipts where these are measured."""
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
        rows.append(Suggestion("week", label, week * rate, "IT export receipts of a year x 7 / 365"))
    return rows
