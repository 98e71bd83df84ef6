"""Single values as people type them: numbers within limits, shares, local times, kinds, yes or no, plain text."""

from __future__ import annotations

import math
import re

from model.catalogue.load import Catalogue
from model.common.errors import InputError, choices
from model.reading.dates import moment_of
from model.reading.numbers import Bare, amount_of, one_number, readings, share_of
from model.reading.texts import can_be_shown, one_line, plain_words
from model.scenario.durations import ALLOWED, HOURS_OF, LengthUnit, hours_of

HAS_UNIT = re.compile(r"[^\W\d_]|:")  # a clock has its unit: 36:00 is hours and minutes


def number(name: str, value: object, low: float, high: float, unit: str) -> float:
    """`value`, a number or the text of one, as a finite float within [`low`, `high`] `unit`; raises `InputError`.

    A text may have a decimal comma and any mark between thousands; one with two readings is refused with both.
    """
    allowed = unit if math.isinf(low) else f"{low:g} to {high:g} {unit}".rstrip()
    return within(name, value, _float(name, value, allowed), low, high, allowed)


def share(name: str, value: object, of: str = "share", bare: Bare = "share") -> float:
    """`value` as a share from 0 to 1; a text may be a percentage: `15%`, `15,5%`. Raises `InputError`.

    `bare` says what a text without a percent sign is, see `share_of`.
    """
    allowed = f"0 to 1 {of}, or a percentage such as 15%"
    result = share_of(name, value, allowed, bare) if isinstance(value, str) else _float(name, value, allowed)
    return within(name, value, result, 0, 1, allowed)


def length(name: str, value: object, most: float, counted: LengthUnit) -> float:
    """`value` as a length of at most `most` hours or days, whatever is `counted`; raises `InputError`.

    A number is so many of them, a text with a unit is that length: where days are counted, `36 hours` is 1.5.
    """
    unit = f"{counted}, or a length such as 36 hours or 2 weeks"
    if not isinstance(value, str) or readings(value) or not HAS_UNIT.search(value):
        return number(name, value, 0, most, unit)
    each = HOURS_OF[counted]
    try:
        return hours_of(value, most * each) / each
    except InputError as problem:
        allowed = f"0 to {most:g} {unit}" if problem.allowed == ALLOWED else problem.allowed
        raise InputError(name, value, problem.problem, allowed) from None


def amount(name: str, value: str, most: float, money: str, unit: str) -> float:
    """An amount of `money` as people write it (`$16 million`, `1.5bn`), from 0 to `most`; raises `InputError`."""
    allowed = f"0 to {most:g} {unit}, such as 1.5bn"
    return within(name, value, amount_of(name, value, allowed, money), 0, most, allowed)


def whole(name: str, value: object, low: int, high: int) -> int:
    """`value` as a whole number within [`low`, `high`], a count or a year; raises `InputError`."""
    allowed = f"a whole number from {low} to {high}"
    result = _float(name, value, allowed, whole=True)
    if result != int(result):
        raise InputError(name, value, "is not a whole number", allowed)
    return int(within(name, value, result, low, high, allowed))


def within(name: str, value: object, result: float, low: float, high: float, allowed: str) -> float:
    """`result`, which `value` was read as, when it lies within [`low`, `high`] of its unit; raises `InputError`."""
    if not low <= result <= high:
        raise InputError(name, value, "is out of range", allowed)
    return result + 0.0  # -0.0 becomes 0.0


def _float(name: str, value: object, allowed: str, *, whole: bool = False) -> float:
    """A finite float; raises `InputError`."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise InputError(name, value, "is not a number", allowed)
    return (
        one_number(name, value, allowed, whole=whole)
        if isinstance(value, str)
        else finite(name, value, allowed)
    )


def finite(name: str, value: float, allowed: str) -> float:
    """`value` of a file, any unit, which may have any number of digits, as a finite float; raises `InputError`."""
    try:
        result = float(value)
    except OverflowError:
        result = math.inf
    if not math.isfinite(result):
        raise InputError(name, value, "is not a finite number", allowed)
    return result


def local_time(text: str) -> str:
    """A local start time as `YYYY-MM-DDTHH:MM`; a day alone begins at midnight. Raises `InputError`."""
    if not isinstance(text, str):
        raise InputError("start", text, "is not a date and time", "a local time such as 2026-01-05T10:00")
    return moment_of("start", text).begins.isoformat(timespec="minutes")


def kind_of(catalogue: Catalogue, name: str, text: str) -> str:
    """The kind of disruption that `text` names: its key, its label or a word of `data/kinds.csv`; `InputError`."""
    if text in catalogue.kinds:
        return text
    wanted = plain_words(text.replace("_", " "))
    for row in catalogue.kinds.values():
        words = (
            row.key.replace("_", " "),
            row.label,
            row.phrase,
            row.bare_phrase,
            row.noun,
            row.nationwide,
            *row.aliases.split(";"),
        )
        if wanted and wanted in map(plain_words, words):
            return row.key
    raise InputError(name, text, "is not known", choices(catalogue.kinds, text, most=10))


def names_of(text: str) -> tuple[str, ...]:
    """Names that commas separate, in their order, without blanks around them; none where there are none."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def yes_no(name: str, text: str) -> bool:
    """`yes` or `no` in any case, or `true` and `false`; raises `InputError` under `name`."""
    word = plain_words(text)
    if word not in ("yes", "no", "true", "false"):
        raise InputError(name, text, "is not an answer", "yes or no")
    return word in ("yes", "true")


def plain_text(name: str, value: object, most: int) -> str:
    """`value` as one line of at most `most` characters that can be shown; raises `InputError` under `name`.

    Joiners, marks of direction and blanks of every width belong to text; control characters do not.
    """
    if not isinstance(value, str):
        raise InputError(name, value, "is not text", "text")
    if len(value) > most:
        raise InputError(name, value, "is too long", f"at most {most} characters")
    if not can_be_shown(value):
        raise InputError(name, value, "holds control characters", "plain text")
    return one_line(value)
