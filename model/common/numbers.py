"""The one place where numbers are rounded for people, in the style of the English press.

A percent sign stands at its number: 90%. An amount of money has the word of its size in a sentence ($16 million,
$1.2 billion, $33,000) and a letter where space is short, in tables and charts ($16M, $1.2bn, $33k).
"""

from __future__ import annotations

import math
from decimal import Decimal
from functools import lru_cache

PERCENT = "%"
WORK_DAYS, COUNT = "work_days", "count"  # the second is a number whose unit stands elsewhere
GDP_SHARE = f"{PERCENT} of a day's GDP"  # the unit of amounts where the GDP is too old for money
SIZES = ((1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e3, "k"))
SPOKEN = {"tn": "trillion", "bn": "billion", "M": "million"}  # thousands are written out


def significant(value: float, digits: int = 2) -> str:
    """`value` to so many significant `digits`, never in powers of ten, with thousands separators."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "not a number"
    rounded = Decimal(
        f"{Decimal(repr(float(value))):.{digits - 1}e}"
    )  # as the decimals that people read, half to even
    return f"{rounded:,f}"


def trimmed(value: float, digits: int = 3) -> str:
    """`value` (any unit) to so many significant `digits` without empty decimals: 30.0 is `30`, 21.50 is `21.5`."""
    return _bare(significant(value, digits))


def _bare(text: str) -> str:
    """A number without empty decimals."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_given(value: float) -> str:
    """`value` (any unit) as its source or a reader gave it: six digits, or all that stand before the point."""
    return trimmed(value, max(6, len(f"{abs(value):.0f}")))


def whole_number(value: float) -> str:
    """`value` to the unit, with thousands separators: people, or millions of dollars in a table."""
    return f"{value:,.0f}"


# A page says a thousand amounts more than once: a text saved is 3 microseconds, as much as our own cache costs.
@lru_cache(maxsize=4096)
def scaled(value: float, digits: int = 2) -> tuple[str, str]:
    """`value` (any unit) to so many significant `digits`, and the word of its size: 33_400_000 is ("33", "M")."""
    size = abs(float(f"{value:.{digits - 1}e}"))
    for scale, word in SIZES:
        if size >= scale and not (word == "k" and size < 10_000):
            return significant(value / scale, digits), word
    return significant(value, digits), ""


@lru_cache(maxsize=4096)
def money(value: float | None, unit: str = "USD", digits: int = 2) -> str:
    """`value`, an amount in `unit`, for a table or a chart: `$33M`, `PKR 9.3bn`, `1.7% of a day's GDP`.

    It has so many significant `digits`; None is `not measured`.
    """
    return _amount(value, unit, digits, spoken=False)


@lru_cache(maxsize=4096)
def spoken(value: float | None, unit: str = "USD", digits: int = 2) -> str:
    """`value`, an amount in `unit`, in a sentence: `$33 million`, `PKR 9.3 billion`, `$33,000`.

    It has so many significant `digits`, and None is `not measured`, as in `money`.
    """
    return _amount(value, unit, digits, spoken=True)


def _amount(value: float | None, unit: str, digits: int, *, spoken: bool) -> str:
    if value is None or not math.isfinite(value):
        return "not measured"
    size = abs(value)
    text, word = scaled(size, digits)
    if unit in (GDP_SHARE, PERCENT):
        return f"{'−' if value < 0 else ''}{significant(size, digits)}{unit}"
    if unit in (WORK_DAYS, COUNT) or spoken:
        text, word = _written(size, digits)
    sign = "−" if value < 0 and text.strip("0.,") else ""
    if unit in (WORK_DAYS, COUNT):
        return f"{sign}{text}{word}{' work-days' if unit == WORK_DAYS else ''}"
    return f"{sign}${text}{word}" if unit == "USD" else f"{unit} {sign}{text}{word}"


def _written(size: float, digits: int) -> tuple[str, str]:
    """The rounded number and the word of its size, with the space before it; thousands in full."""
    text, word = scaled(size, digits)
    return (text, f" {SPOKEN[word]}") if word in SPOKEN else (significant(size, digits), "")


def spoken_ends(low: float, median: float, high: float, unit: str, digits: tuple[int, int]) -> str:
    """The ends `low` and `high` of a range in a sentence: `$75-390 million`, `0.93-3.2%`, `$950,000 to $1.2 million`.

    All amounts are in `unit`; `digits` are the significant digits of the low and of the high end. One unit for both
    where the `median` has it too and the low end is at least a tenth of it.
    """
    brief = PERCENT if unit == GDP_SHARE else unit  # of what it is a share stands once, with the median
    first, last = spoken(low, brief, digits[0]), spoken(high, brief, digits[1])
    if first == last:
        return first
    if min(low, high) < 0 or not math.isfinite(high) or unit in (WORK_DAYS, COUNT):
        return f"{first} to {last}"
    if unit in (GDP_SHARE, PERCENT):
        return f"{significant(low, digits[0])}-{significant(high, digits[1])}{PERCENT}"
    scale = scale_for_both(low, median, high, digits[1])
    if scale is None:
        return f"{first} to {last}"
    begins = significant(low / scale[1], digits[0])
    return f"{'$' if unit == 'USD' else f'{unit} '}{begins}-{last.removeprefix('$' if unit == 'USD' else f'{unit} ')}"


def scale_for_both(low: float, median: float, high: float, digits: int = 2) -> tuple[str, float] | None:
    """The letter and the size by which `low` and `high` are said: ("M", 1e6), ("", 1); None where they differ.

    One for both where the low end is nothing or of the same size, or where the `median` is and the low end is at least
    a tenth of it. All three are of one unit; of the high end so many significant `digits` are said, else two.
    """
    sizes = {"": 1.0} | {letter: size for size, letter in SIZES if letter in SPOKEN}

    def letter_of(value: float, to: int) -> str:
        letter = scaled(value, to)[1]
        return letter if letter in SPOKEN else ""

    letter = letter_of(high, digits)
    if low == 0 or letter_of(low, 2) == letter:
        return letter, sizes[letter]
    if low >= sizes[letter] / 10 and letter_of(median, 2) == letter:
        return letter, sizes[letter]
    return None


def figure_text(value: float, unit: str = "USD") -> str:
    """`value` in `unit`, published or typed, to three digits without empty decimals: `$59.5M`, `$300M`, `$1.5bn`."""
    if unit == GDP_SHARE:
        return f"{trimmed(value)}{unit}"
    number, word = scaled(value, 3)
    return f"${_bare(number)}{word}" if unit == "USD" else f"{unit} {_bare(number)}{word}"


def spoken_figure(value: float, unit: str = "USD") -> str:
    """`value` as in `figure_text`, in a sentence: `$59.5 million`, `$300 million`, `$1.5 billion`, `$33,000`."""
    if unit == GDP_SHARE:
        return figure_text(value, unit)
    number, word = _written(value, 3)
    return f"${_bare(number)}{word}" if unit == "USD" else f"{unit} {_bare(number)}{word}"


def scale_of(unit: str) -> float:
    """By what charts and tables divide an amount of `unit`: a million, but one for shares."""
    return 1.0 if unit in (GDP_SHARE, PERCENT) else MILLION


def scaled_unit(unit: str) -> str:
    """The unit of what was divided so: `M USD`."""
    return unit if unit in (GDP_SHARE, PERCENT) else f"M {unit}"


def signed(value: float) -> str:
    """`value` to two significant digits with the minus sign of print: `−12`."""
    return ("−" if value < 0 else "") + significant(abs(value))


def percent(share: float, digits: int = 2) -> str:
    """A `share` of 1 as a percentage with so many significant `digits`: 0.0931 is `9.3%`."""
    return f"{significant(share * 100, digits)}{PERCENT}"


def exact_percent(share: float) -> str:
    """A `share` of 1 that was chosen, to three digits without empty decimals: 0.155 is `15.5%`, 0.1 is `10%`."""
    return f"{trimmed(share * 100)}{PERCENT}"


def growth_percent(rate: float) -> str:
    """A `rate` of growth (0.215 is 21.5%) to three digits, with the minus sign of print: `21.5%`, `30%`, `−0.9%`."""
    return f"{'−' if rate < 0 else ''}{trimmed(abs(rate) * 100)}{PERCENT}"


def with_unit(number: str, unit: str) -> str:
    """A number and its unit: `5 days`, and without a space `5%`."""
    return f"{number}{'' if unit.startswith(PERCENT) else ' '}{unit}".rstrip()


def counted(number: int) -> str:
    """A `number` of things, if small as the press writes it: `three`, `12`."""
    words = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[number] if 0 < number < len(words) else f"{number:,}"


def ordinal(number: int) -> str:
    """The place `number` in an order, counted from 1: `1st`, `2nd`, `3rd`, `11th`, `112th`."""
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number:,}{'th' if number % 100 in (11, 12, 13) else ends.get(number % 10, 'th')}"


def duration_parts(hours: float) -> tuple[str, str]:
    """`hours` as a number and its unit: 36 is ("36", "hour"), 168 is ("7", "day"), a third of an hour 20 minutes.

    Hours up to two broken days, beyond a year to the day; minutes below an hour and where the hours have no end.
    What reads as 24 hours is a day, whatever digits follow.
    """
    minutes, shown = round(hours * 60), float(f"{hours:g}")
    whole = math.isclose(hours * 60, minutes, rel_tol=1e-12)
    if 0 < shown < 24 and minutes and whole and (shown < 1 or shown != hours):
        return f"{minutes}", "minute"
    if shown < 24 or (shown < 48 and shown % 24 != 0):
        return f"{hours:g}", "hour"
    return f"{round(shown / 24, 2 if shown < 8760 else 0):g}", "day"


def duration_text(hours: float) -> str:
    """`hours` in words: `1 hour`, `36 hours`, `7 days`, `318 days`; `15 minutes`."""
    number, unit = duration_parts(hours)
    return f"{number} {unit}" + ("" if number == "1" else "s")


def is_one(hours: float) -> bool:
    """Whether a duration of `hours` reads as one hour, day or minute: then it costs, and more of them cost."""
    return duration_parts(hours)[0] == "1"


MILLION = 1e6
