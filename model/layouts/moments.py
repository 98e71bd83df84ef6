"""Days and times as lists write them, and how long it lasted between two of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.common.numbers import duration_text
from model.layouts.record import Moment, Opening, UnpricedError, between, exactly, plain, quoted
from model.scenario.durations import HOURS, MAX_HOURS, hours_of

DAY = HOURS["day"]
LEAST_HOURS = 1.0  # of a disruption of which only the day is known
NUMBERS = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T]+(.*))?$")
WORDY = (
    "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%d %B %Y %H:%M", "%d %b %Y %H:%M", "%B %d %Y %H:%M",
    "%b %d %Y %H:%M", "%B %d %Y %I:%M %p", "%b %d %Y %I:%M %p", "%d %B %Y %I:%M %p", "%d %b %Y %I:%M %p",
)  # fmt: skip
ONGOING = {"ongoing", "on-going", "present", "now", "still ongoing", "to date", "to present"}
UNKNOWN = {"", "unknown", "n/a", "na", "tbd", "none", "-", "?", "not known", "unclear", "null"}


def month_first(cells: Iterable[str]) -> bool | None:
    """Whether dates such as 3/25/2024 of a list have the month first; None where no cell tells."""
    orders = {
        int(match[2]) > 12
        for cell in cells
        if (match := NUMBERS.match(cell)) and (int(match[1]) > 12) != (int(match[2]) > 12)
    }
    return orders.pop() if len(orders) == 1 else None


def moment(field: str, text: str, months_first: bool | None = None) -> Moment:
    """A day or a time; `months_first` says how 3/4/2024 is meant. Raises `InputError`."""
    clean = re.sub(r"\s*\(?(?:UTC|GMT)\)?$", "", text.strip(), flags=re.IGNORECASE)
    if match := NUMBERS.match(clean):
        one, two, year, clock = int(match[1]), int(match[2]), match[3], match[4] or ""
        if months_first is None and one <= 12 and two <= 12 and one != two:
            raise InputError(
                field, text, "could be read in two ways", "a date such as 2024-02-08, or a month in letters"
            )
        month, day = (one, two) if two > 12 or (months_first and one <= 12) else (two, one)
        clean = f"{year}-{month:02d}-{day:02d}" + (f" {clock}" if clock else "")
    try:
        at = datetime.fromisoformat(clean)
        has_clock = len(clean) > 10
    except ValueError:
        at, has_clock = _in_words(field, text, clean)
    if at.tzinfo is not None:
        at = at.astimezone(UTC).replace(tzinfo=None)
    if not 2000 <= at.year <= 2100:
        raise InputError(field, text, "is out of range", "a day from 2000 to 2100")
    if has_clock and at.hour == at.minute == at.second == 0 and re.search(r"00:00(:00)?$", clean):
        has_clock = False  # a spreadsheet's day
    return Moment(at.replace(second=0, microsecond=0), has_clock)


def _in_words(field: str, text: str, clean: str) -> tuple[datetime, bool]:
    words = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", " ".join(clean.replace(",", " ").split()))
    for form in WORDY:
        try:
            return datetime.strptime(words, form), "%M" in form
        except ValueError:
            continue
    raise InputError(field, text, "is not a day", "a date such as 2024-02-08 or 8 February 2024")


def stamp(field: str, value: object) -> Moment:
    """Seconds since 1970 as a time of Greenwich; raises `InputError`."""
    try:
        seconds = float(plain(value))
        return Moment(
            datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None, second=0, microsecond=0), True
        )
    except (ValueError, OverflowError, OSError):
        raise InputError(field, plain(value), "is not a time", "seconds since 1970") from None


def typed_hours(text: str, unit_days: bool = False) -> float | None:
    """A length in words or as a number of days; None where it cannot be read as one."""
    try:
        return float(text.replace(",", ".")) * DAY if unit_days else hours_of(text)
    except ValueError:  # an InputError is one
        try:
            return hours_of(text)
        except InputError:
            return None


def day_count(catalogue: Catalogue, days: float, why: str) -> Opening:
    """A length that a list gives as a number of days, of which one may count in part only."""
    most = days * DAY
    least = max(LEAST_HOURS, most - DAY)
    return limited(between(catalogue, "dates", min(least, most), (least + most) / 2, most, why))


def length(catalogue: Catalogue, first: Moment, last: Moment) -> Opening:
    """Hours from one moment to another, open by a day for each that has no clock but for the first of two such.

    Raises `UnpricedError`: it ends before it begins, or lasts longer than the model goes.
    """
    hours = (last.at - first.at) / timedelta(hours=1)
    if first.clock and last.clock:
        if hours <= 0:
            raise UnpricedError(
                "It ends before it begins." if hours < 0 else "It ends in the minute in which it begins."
            )
        return limited(exactly("hours", hours))
    days_between = (last.at.date() - first.at.date()).days
    if days_between < 0:
        raise UnpricedError("It ends before it begins.")
    if not first.clock and not last.clock:
        least, most = days_between * DAY, (days_between + 1) * DAY
    elif first.clock:
        least, most = hours, hours + DAY
    else:
        least, most = hours - DAY, hours
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


def is_ongoing(text: str) -> bool:
    return text.strip().casefold() in ONGOING


def is_unknown(text: str) -> bool:
    return text.strip().casefold() in UNKNOWN


def not_a_length(text: str) -> UnpricedError:
    return UnpricedError(f"Its length, {quoted(text)}, is no length of time.")
