"""From a time of Greenwich to the hour on the clocks of a country, where all its clocks agree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from model.reading.names import code_of_two


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, tuple[str, ...]]:
    """The names of the time zones of each country by its code of three letters."""
    long = code_of_two()
    zones: dict[str, list[str]] = {}
    for zone, territory in get_global("zone_territories").items():
        if territory in long:
            zones.setdefault(long[territory], []).append(zone)
    return MappingProxyType({code: tuple(names) for code, names in zones.items()})


def local(iso3: str, at: datetime) -> datetime | None:
    """What the clocks of a country show at a time of Greenwich; None where they differ or are not known."""
    shown: set[datetime] = set()
    for name in _zones().get(iso3, ()):
        try:
            shown.add(at.replace(tzinfo=UTC).astimezone(ZoneInfo(name)).replace(tzinfo=None))
        except (ZoneInfoNotFoundError, OverflowError):
            return None
    return shown.pop() if len(shown) == 1 else None
