"""A length of time as a reader types it, and as a link and a file name carry it."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np

from model.common.errors import InputError
from model.common.numbers import duration_text
from model.reading.numbers import SIGNS, both, readings
from model.reading.texts import visible

HOURS = {
    "minute": 1 / 60,
    "hour": 1.0,
    "day": 24.0,
    "week": 168.0,
    "month": 730.0,
    "year": 8760.0,
}  # a month is a twelfth of a year
LONGEST = 12  # signs of a number that an error writes once more
MAX_HOURS = 2 * HOURS["year"]
SECOND, FORTNIGHT = HOURS["minute"] / 60, 2 * HOURS["week"]
UNITS = {
    SECOND: "s sec secs second seconds", HOURS["minute"]: "min mins minute minutes",
    HOURS["hour"]: "h hr hrs hour hours", HOURS["day"]: "d day days", HOURS["week"]: "w wk wks week weeks",
    FORTNIGHT: "fortnight fortnights", HOURS["month"]: "mo mos mth mths mon month months",
    HOURS["year"]: "y yr yrs year years",
}  # fmt: skip
LengthUnit = Literal["hours", "days"]  # what a number without a unit is, where a field says so
HOURS_OF: dict[LengthUnit, float] = {"hours": HOURS["hour"], "days": HOURS["day"]}
UNIT = {word: hours for hours, words in UNITS.items() for word in words.split()}
ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
WORDS = {word: float(at) for at, word in enumerate(f"{ONES} eighteen nineteen".split(), start=1)}
TY = "twen thir for fif six seven eigh nine"
TENS = {f"{word}ty": 10.0 * at for at, word in enumerate(TY.split(), start=2)}
COUNTS = WORDS | TENS | {"a": 1.0, "an": 1.0, "half": 0.5, "couple": 2.0, "dozen": 12.0, "quarter": 0.25}
COUNTS |= {"three quarters": 0.75, "three-quarters": 0.75}
COUNTS |= {
    f"{tens}{mark}{one}": TENS[tens] + WORDS[one]
    for tens in TENS
    for one in ONES.split()[:9]
    for mark in "- "
}
FRACTIONS = {"¼": "1/4", "½": "1/2", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8"}
# Words that change nothing of a length, before it and in it.
BEFORE = re.compile(
    r"^(?:(?:about|around|approximately|approx\.?|circa|ca\.?|c\.|roughly|some|for|lasting|lasted|exactly|duration:?)"
    r"\s+|[~≈]\s*)+"
)
IDLE = re.compile(r"\b(?:full|whole|consecutive|straight|of|long)\b")
DIGITS = r"\d+(?:[.,' ]\d+)*|[.,]\d+"
PART = re.compile(
    rf"\s*(?:(?:(?P<number>\d+)\s+(?:and\s+)?)?(?P<top>\d+)/(?P<under>[1-9]\d*)|(?P<digits>{DIGITS})"
    rf"|(?:an?\s+)?(?P<word>{'|'.join(sorted(COUNTS, key=len, reverse=True))})\b)"
    rf"(?P<half>\s+and\s+a\s+half)?[\s-]*(?:an?\s+)?(?P<unit>[a-z]+)?\.?(?P<halved>\s+and\s+a\s+half)?"
)
JOINT = re.compile(r"\s*(?:,|&|and\b)?")
CLOCK = re.compile(r"^(\d+):([0-5]\d)(?::([0-5]\d))?(?:\s*(?:h|hrs?|hours?))?$")
ISO = re.compile(
    r"^p(?=[\dt])(?:(?P<years>[\d.,]+)y)?(?:(?P<months>[\d.,]+)m)?(?:(?P<weeks>[\d.,]+)w)?(?:(?P<days>[\d.,]+)d)?"
    r"(?:t(?=\d)(?:(?P<hours>[\d.,]+)h)?(?:(?P<minutes>[\d.,]+)m)?(?:(?P<seconds>[\d.,]+)s)?)?$"
)
BETWEEN = re.compile(r"\s*(?:-|\bto\b|\bor\b|\buntil\b)\s*")
ALLOWED = (
    f"such as 90 minutes, 36 hours, 1 day 12 hours, 2 weeks or 6 months, up to {duration_text(MAX_HOURS)}"
)


def hours_of(text: str, most: float = MAX_HOURS) -> float:
    """`36 hrs`, `1 day 12 hours`, `two weeks`, `P1DT2H`, `36:00`, `1,5 days` as hours, at most `most`.

    Raises `InputError` for what is no length, for what can be read in two ways (`1,500 hours`, `5m`), and for a range
    (`2 to 3 days`): both lengths are then shown.
    """
    low, high = duration_range(text, most)
    if low != high:
        raise InputError(
            "duration", text, "is a range", f"one length: {duration_text(low)} or {duration_text(high)}"
        )
    return low


def duration_range(text: str, most: float = MAX_HOURS) -> tuple[float, float]:
    """The shortest and the longest that `24-48h` or `2 to 3 days` stands for, in hours; equal for one length.

    Raises `InputError`, also for more than `most` hours.
    """
    plain = _plain(text)
    ends = _ends(plain, text)
    if ends is None:
        raise InputError("duration", text, *_why_not(plain))
    low, high = ends
    if low > high:
        raise InputError("duration", text, "is a range from the longer to the shorter", ALLOWED)
    if not high <= most:  # not a number either
        raise InputError("duration", text, f"is more than {duration_text(most)}", ALLOWED)
    return low, high


def without_unit(text: str, unit: LengthUnit) -> str:
    """`3` of `3 days` where days are counted; the text itself where it is anything but a number of that unit."""
    match = re.fullmatch(rf"({DIGITS})\s*(?:working\s+)?([a-z]+)", _plain(text))
    return match[1] if match and UNIT.get(match[2]) == HOURS_OF[unit] else text


def _plain(text: str) -> str:
    for sign, written in FRACTIONS.items():
        text = text.replace(sign, f" {written} ")
    plain = visible(text.translate(SIGNS)).casefold().rstrip(".;!").strip()
    return " ".join(IDLE.sub(" ", BEFORE.sub("", plain)).split())


def _why_not(plain: str) -> tuple[str, str]:
    """What is wrong with a text that is no length, and what to type."""
    if re.fullmatch(rf"(?:{DIGITS})\s*m", plain):
        number = plain.rstrip("m").strip()
        return "could be read in two ways", f"{number} minutes or {number} months"
    if re.fullmatch(DIGITS, plain):
        given = plain if len(plain) <= LONGEST else "36"
        return "has no unit", f"{given} hours or {given} days, for example"
    if re.match(r"[<>≤≥]|(?:at least|at most|more than|less than|over|under|up to|nearly|almost)\b", plain):
        return "is a bound, not a length", ALLOWED
    return "is not a duration", ALLOWED


def _ends(plain: str, text: str) -> tuple[float, float] | None:
    """Low and high of a length or a range; None where it is neither."""
    if (one := _length(plain, text)) is not None:
        return one, one
    if pair := re.fullmatch(r"an? (\w+) or two", plain):  # a day or two
        hours = UNIT.get(pair[1])
        return None if hours is None else (hours, 2 * hours)
    plain = re.sub(r"^(?:between|from)\b\s*(.*?)\band\b", r"\1 to ", plain)
    for mark in BETWEEN.finditer(plain):
        first, second = plain[: mark.start()], plain[mark.end() :]
        low, high = _length(first, text), _length(second, text)
        if low is None and high is not None and (unit := re.search(r"[a-z]+$", second)):
            low = _length(f"{first} {unit[0]}", text)  # the unit of 24-48 h stands once
        if low is not None and high is not None:
            return low, high
    return None


def _length(plain: str, text: str) -> float | None:
    """Hours of one length, None where it is none; raises `InputError` for a number with two readings."""
    if clock := CLOCK.match(plain):
        return float(clock[1]) + float(clock[2]) / 60 + float(clock[3] or 0) * SECOND
    if iso := ISO.match(plain):
        parts = {name.removesuffix("s"): number for name, number in iso.groupdict().items() if number}
        return sum(_one(number, text) * (HOURS | {"second": SECOND})[name] for name, number in parts.items())
    total, at, before = 0.0, 0, float("inf")
    while at < len(plain):
        joint = JOINT.match(plain, at) if at else None
        part = PART.match(plain, joint.end() if joint else at)
        if part is None:
            return None
        unit, count = _unit(part["unit"], before), _count(part, text)
        if unit is None or unit >= before:  # each smaller than the one before, none twice
            return None
        total, at, before = total + count * unit, part.end(), unit
    return total if at else None


def _unit(word: str | None, before: float) -> float | None:
    """Hours of a unit; `m`, and no word at all, are minutes behind hours: `1h30`, `2h 5m`."""
    if word in (None, "m"):
        return HOURS["minute"] if before == HOURS["hour"] else None
    return UNIT.get(word)


def _count(match: re.Match[str], text: str) -> float:
    """How many units a part of a length says."""
    if match["word"]:
        count = COUNTS[match["word"]]
    elif match["digits"]:
        count = _one(match["digits"], text)
    else:
        count = float(match["number"] or 0) + float(match["top"]) / float(match["under"])
    return count + 0.5 * bool(match["half"] or match["halved"])


def _one(number: str, text: str) -> float:
    """The number of a length; raises `InputError` where it has two readings or none."""
    values = readings(number)
    if len(values) == 2:
        clear = f"a number without a comma, such as {both(values)}"
        raise InputError("duration", text, "could be read in two ways", clear)
    if not values:
        raise InputError("duration", text, "is not a duration", ALLOWED)
    return values[0]


def duration_code(hours: float) -> str:
    """`hours` as a link and a file name carry them: `36h`, `7d`; reads back to the same value."""
    days = hours / HOURS["day"]
    if hours and days == int(days):
        return f"{days:.0f}d"
    return f"{np.format_float_positional(hours, trim='-')}h"  # never 1e-05
