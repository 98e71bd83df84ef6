"""Days and local times as people write them, and the length between two of them.

`05/01/2026` is a day of January to some readers and of May to others: refused with both. Nothing is guessed; a
library that reads dates takes one of the two in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from model.common.cache import cached
from model.common.errors import InputError
from model.reading.texts import plain_words, visible

FIRST_YEAR, LAST_YEAR = 2000, 2100
LANGUAGES = ("en", "fr", "es", "de", "pt", "it", "nl", "id", "tr", "ru", "ar", "ur", "fa", "hi")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
A_DAY = "a day such as 5 January 2026 or 2026-01-05"
ALLOWED = f"{A_DAY}, with or without a time such as 14:30"
GOING_ON = frozenset(
    ("ongoing", "still ongoing", "on going", "going on", "still going on", "it goes on", "goes on", "now", "until now",
     "till now", "to date", "present", "to present", "continuing", "continues", "in progress", "not over", "no end yet")
)  # fmt: skip
MIDNIGHT = time.max  # the end of a day, which no time of the clock is
CLOCK = re.compile(
    r"(?:(?:^|(?<=[\s,t]))(?:at\s+)?(?P<hour>\d{1,2})(?:[:h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.0+)?)?)?\s*"
    r"(?P<half>[ap]\.?m\b\.?)|(?:^|(?<=[\s,t]))(?:at\s+)?(?P<hours>[01]?\d|2[0-4])(?:h(?![a-z])|[:h])"
    r"(?P<minutes>[0-5]\d)?(?::(?P<seconds>[0-5]\d)(?:\.0+)?)?(?:\s*(?:h|hrs|hours|uhr)\b)?"
    r"|(?:^|(?<=[\s,]))(?:at\s+)?(?P<word>noon|midday|midnight)\b)"
)
ZONE = re.compile(
    r"[:h]\d\d(?::\d\d)?(?:\.\d+)?\s*(?:z\b|[+-]\d{2}(?::?\d{2})?)"
    r"|\b(?:utc|gmt|pkt|[ecmp][sd]t|ist|cet|cest|bst|eat|wat|sast|msk)\b"
)
ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|º|ª|o)\b")


@dataclass(frozen=True)
class Moment:
    """A day, and the local time where one was given."""

    day: date
    clock: time | None = None

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.day, self.clock or time())

    @property
    def ends(self) -> datetime:
        """Its end: the time, or the end of the day where there is none."""
        if self.clock is None:
            return datetime.combine(self.day, time()) + timedelta(days=1)
        return datetime.combine(self.day, self.clock)

    @property
    def words(self) -> str:
        """`5 January 2026` or `5 January 2026, 14:30`."""
        day = day_text(self.day)
        return day if self.clock is None else f"{day}, {self.clock:%H:%M}"


@dataclass(frozen=True)
class Span:
    """How long something lasted, from two moments: hours, the local start where it is known, and what to say of it."""

    hours: float
    start: str | None
    ongoing: bool
    note: str


def day_text(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def goes_on(text: str) -> bool:
    """Whether an end says that there is none yet. `unknown` does not."""
    return plain_words(text) in GOING_ON


def moment_of(field: str, text: str) -> Moment:
    """The day, and the time where there is one, that a text says; raises `InputError`.

    Days as `2026-01-05`, `5 Jan 2026`, `January 5th, 2026`, `Monday, 5 January 2026`, `5.1.2026`, `20260105`; times as
    `14:30`, `2:30 pm`, `14h30`, `noon`. Names of months in the languages of `LANGUAGES`.
    """
    plain = visible(text).casefold()
    if ZONE.search(plain):
        raise InputError(field, text, "has a time zone", f"{ALLOWED}, in local time (without a zone)")
    clock, plain = _clock(field, text, re.sub(r"(?<=\d)t(?=\d)", " t", plain))
    day = _day(field, text, plain)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InputError(field, text, "is out of range", f"years {FIRST_YEAR} to {LAST_YEAR}")
    if clock == MIDNIGHT:
        return Moment(day + timedelta(days=1), time())
    return Moment(day, clock)


def day_of(field: str, text: str) -> date:
    """A day without a time, as `moment_of` reads it; raises `InputError`."""
    try:
        moment = moment_of(field, text)
    except InputError as problem:
        raise InputError(field, text, problem.problem, problem.allowed.replace(ALLOWED, A_DAY)) from None
    if moment.clock is not None:
        raise InputError(field, text, "has a time", A_DAY)
    return moment.day


def _clock(field: str, text: str, plain: str) -> tuple[time | None, str]:
    """The time in a text, None where there is none and `MIDNIGHT` for the end of the day; and the text without it."""
    hits = list(CLOCK.finditer(plain))
    if not hits:
        return None, plain
    if len(hits) > 1:
        raise InputError(field, text, "has more than one time", ALLOWED)
    hit = hits[0]
    rest = f"{plain[: hit.start()].removesuffix('t')} {plain[hit.end() :]}"
    if hit["word"]:
        if hit["word"] != "midnight":
            return time(12), rest
        raise InputError(
            field, text, "could be read in two ways", "00:00 for the first minute of the day, or 24:00"
        )
    hour, minute = int(hit["hour"] or hit["hours"]), int(hit["minute"] or hit["minutes"] or 0)
    if int(hit["second"] or hit["seconds"] or 0):
        raise InputError(field, text, "is finer than a minute", ALLOWED)
    if hit["half"]:
        if not 1 <= hour <= 12:
            raise InputError(field, text, "has no such time", ALLOWED)
        hour = hour % 12 + (12 if hit["half"][0] == "p" else 0)
    if hour == 24:
        if minute:
            raise InputError(field, text, "has no such time", ALLOWED)
        return MIDNIGHT, rest
    return time(hour, minute), rest


def _day(field: str, text: str, plain: str) -> date:
    words = re.sub(r"[(),]|\bof\b|\bon\b|\bthe\b|\bde\b|\bdel\b|\ble\b", " ", f" {plain} ").split()
    said = [word.rstrip(".") for word in words]
    weekday = next((at for at, day in enumerate(WEEKDAYS) for word in said if _short(word, day)), None)
    rest = [word for word in said if not any(_short(word, day) for day in WEEKDAYS)]
    year, month, number = _parts(field, text, " ".join(rest))
    try:
        day = date(year, month, number)
    except ValueError:
        raise InputError(field, text, "is no day of the calendar", ALLOWED) from None
    if weekday is not None and day.weekday() != weekday:
        real = WEEKDAYS[day.weekday()].capitalize()
        raise InputError(field, text, "does not fit together", f"{day_text(day)} is a {real}")
    return day


def _short(word: str, full: str) -> bool:
    """Whether a word is a weekday, or the beginning of one in three letters or more: mon, tues, thurs."""
    return len(word) >= 3 and full.startswith(word) and word.isascii()


def _parts(field: str, text: str, plain: str) -> tuple[int, int, int]:
    """Year, month and day; raises `InputError`."""
    if match := re.fullmatch(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})|(\d{4})(\d\d)(\d\d)", plain):
        year, month, number = match.group(1, 3, 4) if match[1] else match.group(5, 6, 7)
        return int(year), int(month), int(number)
    if match := re.fullmatch(r"(\d{1,2})([-/. ])\s?(\d{1,2})\2\s?(\d{4})", plain):
        first, mark, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
        if (
            mark == "." or first > 12 or first == second
        ):  # with dots the day is first wherever they are in use
            return year, second, first
        if second > 12:
            return year, first, second
        if not first or not second:
            raise InputError(field, text, "is no day of the calendar", ALLOWED)
        ways = [day_text(date(year, month, day)) for day, month in ((first, second), (second, first))]
        raise InputError(
            field, text, "could be read in two ways", f"{ways[0]} or {ways[1]}, with the month in letters"
        )
    plain = re.sub(r"^(\D+[-/.])(\d{1,2})[-/.](?=\d{4}$)", r"\1\2 ", plain)  # Jan-5-2026
    words = ORDINAL.sub("", re.sub(r"(?<=\d)[-/.](?=[^\W\d])|(?<=[^\W\d])[-/.](?=\d)", " ", plain)).split()
    numbers = [word for word in words if word.isdigit()]
    letters = " ".join(word for word in words if not word.isdigit())
    month = month_of(letters) if letters else None
    if month is None:
        if re.fullmatch(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}", plain):
            raise InputError(field, text, "has a year of two digits", ALLOWED)
        raise InputError(field, text, "is not a date", ALLOWED)
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) != 1 or len(numbers) > 2:
        raise InputError(field, text, "has no year of four digits", ALLOWED)
    if len(days) != 1:
        raise InputError(field, text, "has no day of the month", ALLOWED)
    return int(years[0]), month, int(days[0])


def month_of(word: str) -> int | None:
    """The number of a month by its name or abbreviation in the languages read; None where it is none of them."""
    plain = plain_words(word)
    return _months(LANGUAGES[:1]).get(plain) or _months(LANGUAGES).get(plain)


@cached(2)
def _months(languages: tuple[str, ...]) -> dict[str, int]:
    """Months by name; what is one month in one language and another in another is left out."""
    from babel.dates import get_month_names

    numbers: dict[str, set[int]] = {"sept": {9}}
    for language in languages:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    numbers.setdefault(plain_words(name), set()).add(number)
    return {name: months.pop() for name, months in numbers.items() if len(months) == 1 and not name.isdigit()}


def span_of(begins: str, ends: str, now: datetime, names: tuple[str, str] = ("from", "to")) -> Span:
    """The length from `begins` to `ends`, as people write both; raises `InputError` under `names`.

    Both days count where there is no time. Where `ends` says that it goes on, the length runs until `now` and is a
    lower bound.
    """
    first = moment_of(names[0], begins)
    ongoing = goes_on(ends)
    if ongoing:
        minute = now.replace(second=0, microsecond=0, tzinfo=None)
        last = Moment(minute.date(), minute.time())
    else:
        last = moment_of(names[1], ends)
    hours = (last.ends - first.begins) / timedelta(hours=1)
    if hours < 0 or (last.day < first.day):
        problem = "lies in the future" if ongoing else "is before the start"
        name, value = (names[0], begins) if ongoing else (names[1], ends)
        wanted = f"a day up to {last.words}" if ongoing else f"{first.words} or later"
        raise InputError(name, value, problem, wanted)
    start = None if first.clock is None else first.begins.isoformat(timespec="minutes")
    if ongoing:
        note = f"It goes on: counted from {first.words} until now ({last.words}), so this is a lower bound."
    elif first.clock is None and last.clock is None:
        days = round(hours / 24)
        counted = "the day counts as a whole" if days == 1 else f"both days count, {days} days"
        note = f"{first.words}: {counted}." if days == 1 else f"{first.words} to {last.words}: {counted}."
    elif first.clock is None or last.clock is None:
        note = f"{first.words} to {last.words}: the day without a time counts as a whole."
    else:
        note = ""
    return Span(hours, start, ongoing, note)
