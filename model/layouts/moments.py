"""Days and times as lists write them, and how long it lasted between two of them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.common.numbers import duration_text
from model.layouts.record import Opening, UnpricedError, between, exactly, plain, quoted
from model.reading.dates import Moment, moment_of
from model.reading.numbers import readings
from model.scenario.durations import HOURS, MAX_HOURS, duration_range

DAY = HOURS["day"]
LEAST_HOURS = 1.0  # of a disruption of which only the day is known
NUMBERS = re.compile(r"^(\d{1,2})([/-])(\d{1,2})\2(\d{4})\b(.*)$")
SECONDS = re.compile(r"(?<=\d\d:\d\d):\d\d(?:\.\d+)?")
MIDNIGHT = re.compile(r"[ T]00:00:00(?:\.0+)?$")  # a day, as programs write it
GREENWICH = re.compile(r"\s*\(?(?:UTC|GMT)\)?$", re.IGNORECASE)
UNKNOWN = frozenset(("", "unknown", "n/a", "na", "tbd", "none", "-", "?", "not known", "unclear", "null"))


def month_first(cells: Iterable[str]) -> bool | None:
    """Whether dates such as 3/25/2024 of a list have the month first; None where no cell tells, or they differ."""
    orders = set()
    for match in filter(None, map(NUMBERS.match, cells)):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        fits = {True: _is_day(year, first, second), False: _is_day(year, second, first)}
        if fits[True] != fits[False]:  # a day that is none, such as 30 February, tells nothing
            orders.add(fits[True])
    return orders.pop() if len(orders) == 1 else None


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def moment(field: str, text: str, months_first: bool | None = None) -> Moment:
    """A day or a local time; `months_first` says how 3/4/2024 is meant in this list. Raises `InputError`."""
    clean = SECONDS.sub("", MIDNIGHT.sub("", text.strip()))
    match = NUMBERS.match(clean)
    if match and months_first is not None and int(match[1]) <= 12 and int(match[3]) <= 12:
        month, day = (match[1], match[3]) if months_first else (match[3], match[1])
        clean = f"{match[4]}-{month}-{day}{match[5]}"
    return moment_of(field, clean)


def greenwich(field: str, text: str, months_first: bool | None = None) -> Moment:
    """A time of Greenwich, `2024-03-05T10:00:00Z` or in words; raises `InputError`."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return moment(field, GREENWICH.sub("", text.strip()), months_first)
    if at.tzinfo is None:
        return moment(field, text, months_first)
    return at_minute(at.astimezone(UTC))


def at_minute(at: datetime) -> Moment:
    return Moment(at.date(), at.time().replace(second=0, microsecond=0))


def stamp(field: str, value: object) -> Moment:
    """Seconds since 1970 as a time of Greenwich; raises `InputError`."""
    try:
        return at_minute(datetime.fromtimestamp(float(plain(value)), UTC))
    except (ValueError, OverflowError, OSError):
        raise InputError(field, plain(value), "is not a time", "seconds since 1970") from None


def days_typed(text: str) -> float | None:
    """A length that a list gives as a number of days, or as words, in hours; None where it is neither."""
    values = readings(text)
    if len(values) == 1:
        return values[0] * DAY
    try:
        low, high = duration_range(text)
    except InputError:
        return None
    return (low + high) / 2


def typed(catalogue: Catalogue, text: str) -> Opening:
    """A length in words, open where two are given; raises `UnpricedError`."""
    try:
        low, high = duration_range(text)
    except InputError as problem:
        raise UnpricedError(
            f"Its length, {quoted(text)}, {problem.problem} (allowed: {problem.allowed})."
        ) from None
    return limited(between(catalogue, "typed_length", low, (low + high) / 2, high))


def day_count(catalogue: Catalogue, hours: float) -> Opening:
    """A length in `hours` that a list gives as a number of days, of which one may count in part only."""
    least = min(max(LEAST_HOURS, hours - DAY), hours)
    return limited(between(catalogue, "dates", least, (least + hours) / 2, hours))


def length(catalogue: Catalogue, first: Moment, last: Moment) -> Opening:
    """Hours from one moment to another, open by a day where one or both have no clock.

    Raises `UnpricedError`: it ends before it begins, or lasts longer than the model goes.
    """
    hours = (last.begins - first.begins) / timedelta(hours=1)
    if first.clock and last.clock:
        if hours <= 0:
            before = "before it begins" if hours < 0 else "in the minute in which it begins"
            raise UnpricedError(f"It ends {before}.")
        return limited(exactly("hours", hours))
    if last.day < first.day:
        raise UnpricedError("It ends before it begins.")
    if last.clock:  # it began at some time of its first day
        least, most = hours - DAY, hours
    else:
        least, most = hours, hours + DAY
    if most <= 0:
        raise UnpricedError("It has no length.")
    least = min(max(LEAST_HOURS, least), most)
    return limited(between(catalogue, "dates", least, (least + most) / 2, most))


def limited(hours: Opening) -> Opening:
    """The length within the limit of the model; raises `UnpricedError` where it is longer at its best value."""
    if hours.best > MAX_HOURS:
        raise UnpricedError(
            f"It lasts {duration_text(hours.best)}, longer than the {duration_text(MAX_HOURS)} at which the model ends."
        )
    if hours.best <= 0:
        raise UnpricedError("It has no length.")
    return hours._replace(high=min(hours.high, MAX_HOURS))


def is_unknown(text: str) -> bool:
    return text.strip().casefold() in UNKNOWN
