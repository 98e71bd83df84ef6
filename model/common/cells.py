"""What a cell of a table may hold: numbers with limits, real dates, codes, addresses, yes or no, free text.

Each type carries in its `description` what is allowed, in the words in which a reader is answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from model.common.errors import CellError

Unit = Literal[
    "share", "ratio", "x", "1", "hours", "days", "months", "years", "per day", "per year", "USD", "M USD",
    "M USD per year", "persons", "persons per year", "LCU per USD", "year", "count", "text", "days per year",
    "PKR per month", "pct", "pct per year",
]  # fmt: skip
Status = Literal["read", "derived", "assumption", "claim"]
YesNo = Literal["yes", "no"]
DatePrecision = Literal["", "day", "month", "year", "approx"]

# The least and the most that a number of a unit can be in any table; outside, a unit or a decimal point is wrong.
LIMITS: dict[str, tuple[float, float]] = {
    "share": (-1, 2), "ratio": (0, 10), "x": (0, 20), "1": (0, 20), "hours": (0, 1000), "days": (0, 3660),
    "months": (0, 240), "years": (0, 60), "per day": (0, 1), "per year": (-1, 2), "USD": (0, 1e6), "M USD": (0, 1e6),
    "M USD per year": (0, 2e4), "persons": (0, 1e8), "persons per year": (0, 1e7), "LCU per USD": (1e-6, 1e9),
    "year": (1950, 2100), "count": (0, 1000), "days per year": (1, 366), "PKR per month": (0, 1e8), "pct": (-100, 100),
    "pct per year": (-100, 200),
}  # fmt: skip


def limited(low: float, high: float, words: str) -> Any:
    """A field from `low` to `high`; `words` say what it is, such as "a share"."""
    return Field(ge=low, le=high, description=f"{words} from {low:,.15g} to {high:,.15g}")


def above(low: float, high: float, words: str) -> Any:
    """A field above `low` and up to `high`."""
    return Field(gt=low, le=high, description=f"{words} above {low:,.15g} and up to {high:,.15g}")


def _real_date(text: str) -> str:
    """The text when it is a day, a month or a year that the calendar has; raises `ValueError`."""
    year, month, day = [*(int(part) for part in text.split("-")), 1, 1][:3]
    if not 1900 <= date(year, month, day).year <= 2100:
        raise ValueError("a year from 1900 to 2100")
    return text


def _dated(pattern: str, words: str) -> Any:
    return Field(pattern=pattern, description=f"{words} of the calendar, from 1900 to 2100")


Share = Annotated[float, Field(ge=0, le=1, description="a share from 0 to 1, not a percentage")]
Year = Annotated[int, limited(1950, 2100, "a year")]
Day = Annotated[str, _dated(r"^\d{4}-\d{2}-\d{2}$", "a day such as 2024-08-15"), AfterValidator(_real_date)]
Month = Annotated[str, _dated(r"^\d{4}-\d{2}$", "a month such as 2024-08"), AfterValidator(_real_date)]
# As exact as the source is: 2024, 2024-08 or 2024-08-15.
Dated = Annotated[
    str,
    _dated(r"^\d{4}(-\d{2}(-\d{2})?)?$", "a day, month or year such as 2024-08-15, 2024-08 or 2024"),
    AfterValidator(_real_date),
]
Iso3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="a code of three capital letters such as PAK")]
Currency = Annotated[
    str, Field(pattern=r"^[A-Z]{3}$", description="a currency of three capital letters such as PKR")
]
# A word by which other tables, files and links name the row.
Key = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$",
        max_length=80,
        description="a name of letters, digits and _ . - without spaces",
    ),
]
Word = Annotated[
    str,
    Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=80, description="a word of small letters, digits and _"),
]
# Names of other rows with a semicolon between, checked against their table when all tables are read.
Keys = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9_.*/-]+(;[A-Za-z0-9_.*/-]+)*$",
        description="names with a semicolon between and no spaces",
    ),
]
Url = Annotated[
    str,
    Field(pattern=r"^https?://[^\s;]+\.\S+$", description="an address that begins with http:// or https://"),
]
Urls = Annotated[
    str,
    Field(
        pattern=r"^https?://[^\s;]+\.\S+$",
        description="addresses that begin with http:// or https://, with semicolons between",
    ),
]
Musd = Annotated[float, above(0, 1e6, "an amount in M USD")]
# What a person reads: any words on one line.
Text = Annotated[str, Field(max_length=2000, description="words on one line, at most 2,000 characters")]


def check_order(numbers: Mapping[str, float | None], names: Sequence[str]) -> None:
    """Raise `CellError` where `numbers` of these columns do not rise, in the order of `names`.

    All are of one unit; columns without a number are left out.
    """
    given = [(name, number) for name in names if (number := numbers.get(name)) is not None]
    for (lower, least), (higher, number) in pairwise(given):
        if number < least:
            raise CellError(higher, number, f"{least:g} ({lower}) or more")


def check_apart(numbers: Mapping[str, float | None], names: Sequence[str], most: float) -> None:
    """Raise `CellError` where one of `numbers` is over `most` times another.

    All are of one unit, by column; only those above 0 count.
    """
    given = [(number, name) for name in names if (number := numbers.get(name) or 0.0) > 0]
    if not given:
        return
    (least, smallest), (greatest, largest) = min(given), max(given)
    if greatest > most * least:
        allowed = f"up to {most * least:g}, {most:g} times {smallest}"
        raise CellError(largest, greatest, allowed)
