"""Figures that a cost may be held against: the price of something, a claim, a week of exports."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from model.catalogue import Catalogue
from model.errors import CellError, DataError
from model.estimate import Estimate
from model.inputs import MILLION
from model.tables import Row, Status, read_table


class Threshold(Row):
    """A published figure to pass: its own number, or the value of an article's statement."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    musd: float | None = Field(default=None, gt=0)
    seed: str = ""
    status: Status
    source: str
    source_date: str = ""
    evidence: str

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        if (self.musd is None) == (not self.seed):
            raise CellError("musd", self.musd, "a figure or a seed, one of the two")
        return self


@dataclass(frozen=True)
class Suggestion:
    """A figure worth comparing a cost with, in the result's money, and where it is from."""

    key: str
    label: str
    value: float
    basis: str


def load_thresholds(catalogue: Catalogue) -> tuple[Threshold, ...]:
    """The published figures in the order of their table; raises `DataError`."""
    path = catalogue.root / "data" / "thresholds.csv"
    rows = _read(path, path.stat().st_mtime_ns if path.exists() else 0)
    for row in rows:
        where = f"data/thresholds.csv row {row.key} column"
        if row.source not in catalogue.sources:
            raise DataError(
                f"{where} source", row.source, "is not in sources.csv", "an id of data/sources.csv"
            )
        if row.seed and (row.seed not in catalogue.seeds or catalogue.seeds[row.seed].value is None):
            raise DataError(f"{where} seed", row.seed, "is no statement with a value", "an id of seeds/")
    return rows


@lru_cache(maxsize=4)
def _read(path: Path, stamp: int) -> tuple[Threshold, ...]:
    return read_table(path, Threshold, unique=("key",))


def suggestions(result: Estimate) -> list[Suggestion]:
    """The published figures, and a week of the country's IT export receipts where these are measured."""
    rate, catalogue, found = result.money.per_usd, result.catalogue, []
    for row in load_thresholds(catalogue):
        source, named = catalogue.sources[row.source], row.source
        millions = row.musd
        if row.seed:
            millions, named = catalogue.seeds[row.seed].value, row.seed
        if millions is not None:
            basis = (
                f"{row.evidence}; {source.publisher}, {row.source_date or 'undated'} [{named}, {row.status}]"
            )
            found.append(Suggestion(row.key, row.label, millions * MILLION * rate, basis))
    if result.economy.receipts_measured and result.economy.receipts > 0:
        week = result.economy.receipts * 7 / 365
        label = f"A week of IT exports of {result.economy.country.name}"
        found.append(Suggestion("week", label, week * rate, "IT export receipts of a year x 7 / 365"))
    return found
