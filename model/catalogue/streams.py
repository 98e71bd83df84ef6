"""The numbers of the Sobol sequence that each uncertain input owns, as the tables write them.

A row keeps its numbers for good: whatever else is added, its draws stay the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from model.common.errors import DataError

PER_SECTOR = "recapture.share_of_ceiling"  # drawn once for each sector
CORRELATION, MULTIPLIER = "correlation:", "|multiplier"


class Owner(Protocol):
    """A row that owns numbers: a parameter or a group of correlated inputs."""

    @property
    def key(self) -> str: ...

    @property
    def streams(self) -> str: ...


class SectorRow(Owner, Protocol):
    """A row of `data/sectors.csv`."""

    @property
    def recapture_stream(self) -> str: ...


def of_sector(sector: str) -> str:
    """The name of the draw of `PER_SECTOR` in one sector."""
    return f"{PER_SECTOR}@{sector}"


def streams_of(
    parameters: Mapping[str, Owner], correlations: Mapping[str, Owner], sectors: Sequence[SectorRow] = ()
) -> dict[str, int]:
    """The number that each draw owns, by name.

    A parameter's own draw has its key as its name, the multiplier of a lognormal one its key with `|multiplier`, the
    factor of a correlated group `correlation:group`, and what is drawn for each sector `key@sector`. Raises
    `DataError` where a number is missing, is none, or is used twice.
    """
    names: list[tuple[str, str, str]] = []  # of the draw, of its row, the number as written
    for key, parameter in parameters.items():
        own, *more = parameter.streams.split() or [""]
        names.append((key, key, own))
        names += [(key + MULTIPLIER, key, number) for number in more]
    names += [
        (CORRELATION + key, f"correlations.csv {key}", row.streams) for key, row in correlations.items()
    ]
    names += [(of_sector(row.key), f"sectors.csv {row.key}", row.recapture_stream) for row in sectors]
    return _checked(names)


def _checked(names: Iterable[tuple[str, str, str]]) -> dict[str, int]:
    rows = list(names)
    numbers = [int(text) for _, _, text in rows if text.isdecimal()]
    free = f"a number that no other row has; the next free one is {max(numbers, default=-1) + 1}"
    owners: dict[int, str] = {}
    streams: dict[str, int] = {}
    for name, row, text in rows:
        where = f"data row {row} column streams"
        if not text.isdecimal():
            raise DataError(where, text, "is not written" if not text else "is no whole number", free)
        number = int(text)
        if number in owners:
            raise DataError(where, number, f"is also a number of {owners[number]}", free)
        owners[number], streams[name] = row, number
    return streams
