"""Values as readers type them: numbers within limits, whole numbers, local times, yes or no."""

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


def yes_no(text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise InputError("ordered", text, "is not an answer", "yes or no")
    return text.lower() == "yes"
