"""The numbers of the Sobol sequence that each uncertain input owns, as the tables write them.

A row keeps its numbers for good: whatever else is added, its draws stay the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from model.catalogue.economies import Sector
from model.catalogue.parameters import Parameter
from model.common.errors import DataError
from model.common.tables import cell

PER_SECTOR = "recapture.share_of_ceiling"  # drawn once for each sector
CORRELATION, MULTIPLIER = "correlation:", "|multiplier"


class Draw(NamedTuple):
    """A draw by name, the table and the first cell of the row that owns its number, and the number as written."""

    name: str
    path: Path
    row: str
    number: str


def of_sector(sector: str) -> str:
    """The name of the draw of `PER_SECTOR` in one sector."""
    return f"{PER_SECTOR}@{sector}"


def draws_of(parameter: Parameter, path: Path, row: str = "") -> list[Draw]:
    """The draws of a parameter: its own, named by its key, and the multiplier of a lognormal one.

    `row` is the first cell of the row of the table `path` that declares it, where that is not its key.
    """
    own, *more = parameter.streams.split() or [""]
    row = row or parameter.key
    multipliers = [Draw(parameter.key + MULTIPLIER, path, row, number) for number in more]
    return [Draw(parameter.key, path, row, own), *multipliers]


def draws_of_sector(sector: Sector, path: Path) -> list[Draw]:
    """The draws of a sector: of its three parameters, and of the recapture that it reaches."""
    declared = [draw for parameter in sector.parameters() for draw in draws_of(parameter, path, sector.key)]
    return [*declared, Draw(of_sector(sector.key), path, sector.key, sector.recapture_stream)]


def streams_of(draws: Iterable[Draw]) -> dict[str, int]:
    """The number of each draw by its name; raises `DataError` where one is missing, is none, or is used twice."""
    rows = list(draws)
    numbers = [int(draw.number) for draw in rows if draw.number.isdecimal()]
    free = f"a number that no other row has; the next free one is {max(numbers, default=-1) + 1}"
    owners: dict[int, str] = {}
    streams: dict[str, int] = {}
    for name, path, row, text in rows:
        if not text.isdecimal():
            problem = "is no whole number" if text else "is not written"
            raise DataError(cell(path, row, "streams"), text, problem, free)
        number = int(text)
        if number in owners:
            raise DataError(cell(path, row, "streams"), number, f"is also a number of {owners[number]}", free)
        owners[number], streams[name] = row, number
    return streams
