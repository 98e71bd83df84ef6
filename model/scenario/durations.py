"""A length of time as a reader types it, and as a link and a file name carry it."""

from __future__ import annotations

import re

import numpy as np

from model.common.errors import InputError
from model.common.numbers import duration_text

HOURS = {
    "minute": 1 / 60,
    "hour": 1.0,
    "day": 24.0,
    "week": 168.0,
    "month": 730.0,
    "year": 8760.0,
}  # a month is a twelfth of a year
MAX_HOURS = 2 * HOURS["year"]
DURATION = re.compile(
    r"^\s*(\d+(?:[.,]\d+)?|[.,]\d+)\s*"
    r"(mins?|minutes?|h|hours?|d|days?|w|weeks?|mo|months?|y|years?)\s*$",
    re.IGNORECASE,
)
THOUSANDS = re.compile(r"^[1-9]\d{0,2},\d{3}$")  # 1,500 is 1500 to some readers and 1.5 to others


def hours_of(text: str) -> float:
    """`36 hours`, `90 minutes`, `1,5 days`, `3d`, `2 weeks`, `6 months` as hours; raises `InputError`."""
    most = duration_text(MAX_HOURS)
    allowed = f"a number and minutes, hours, days, weeks, months or years, up to {most}"
    match = DURATION.match(text)
    if match is None:
        raise InputError("duration", text, "is not a duration", allowed)
    digits, letters = match.group(1), match.group(2).lower()
    if THOUSANDS.match(digits):
        whole, tenths = digits.replace(",", ""), digits.replace(",", ".").rstrip("0").rstrip(".")
        clear = f"a number without a comma, such as {whole} or {tenths}"
        raise InputError("duration", text, "could be read in two ways", clear)
    start = letters[:2] if letters.startswith("m") else letters[0]
    hours = float(digits.replace(",", ".")) * HOURS[next(name for name in HOURS if name.startswith(start))]
    if hours > MAX_HOURS:
        raise InputError("duration", text, f"is more than {most}", allowed)
    return hours


def duration_code(hours: float) -> str:
    """Hours as a link and a file name carry them: `36h`, `7d`; reads back to the same value."""
    days = hours / HOURS["day"]
    if hours and days == int(days):
        return f"{days:.0f}d"
    return f"{np.format_float_positional(hours, trim='-')}h"  # never 1e-05
