"""Values as readers type them: numbers within limits, whole numbers, local times, names, yes or no, plain text."""

from __future__ import annotations

import math
from datetime import datetime

from model.common.errors import InputError


def number(name: str, value: object, low: float, high: float, unit: str) -> float:
    """`value` as a finite float within [low, high]; raises `InputError`."""
    allowed = unit if math.isinf(low) else f"{low:g} to {high:g} {unit}"
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise InputError(name, value, "is not a number", allowed)
    try:
        result = float(value)
    except (ValueError, OverflowError):
        raise InputError(name, value, "is not a number", allowed) from None
    if not math.isfinite(result):
        raise InputError(name, value, "is not a finite number", allowed)
    if not low <= result <= high:
        raise InputError(name, value, "is out of range", allowed)
    return result + 0.0  # -0.0 becomes 0.0


def whole(name: str, value: object, low: int, high: int) -> int:
    """`value` as a whole number within [low, high]; raises `InputError`."""
    allowed = f"a whole number from {low} to {high}"
    result = number(name, value, float("-inf"), float("inf"), allowed)
    if result != int(result):
        raise InputError(name, value, "is not a whole number", allowed)
    if not low <= result <= high:
        raise InputError(name, value, "is out of range", allowed)
    return int(result)


def local_time(text: str) -> str:
    """A local start time as `YYYY-MM-DDTHH:MM`; raises `InputError`."""
    allowed = "a local time such as 2026-01-05T10:00, years 2000 to 2100"
    try:
        moment = datetime.fromisoformat(text.strip())
    except (ValueError, AttributeError):
        raise InputError("start", text, "is not a date and time", allowed) from None
    if moment.tzinfo is not None:
        raise InputError("start", text, "has a time zone", f"{allowed} (without a zone)")
    if not 2000 <= moment.year <= 2100:
        raise InputError("start", text, "is out of range", allowed)
    if moment.second or moment.microsecond:
        raise InputError("start", text, "is finer than a minute", allowed)
    return moment.isoformat(timespec="minutes")


def names_of(text: str) -> tuple[str, ...]:
    """Names that commas separate, in their order, without blanks around them; none where there are none."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def yes_no(text: str) -> bool:
    """`yes` or `no` in any case; raises `InputError`."""
    if text.lower() not in ("yes", "no"):
        raise InputError("ordered", text, "is not an answer", "yes or no")
    return text.lower() == "yes"


def plain_text(name: str, value: object, most: int) -> str:
    """`value` as text of at most `most` characters that can be shown; raises `InputError` under `name`."""
    if not isinstance(value, str):
        raise InputError(name, value, "is not text", "text")
    if len(value) > most:
        raise InputError(name, value, "is too long", f"at most {most} characters")
    if any(not (sign.isprintable() or sign in "\n\t") for sign in value):
        raise InputError(name, value, "holds control characters", "plain text")
    return value
