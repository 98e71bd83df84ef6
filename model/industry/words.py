"""The way ranges are told on the industry pages, and names that its parts share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from model.common.numbers import MILLION, as_given, percent, signed
from model.common.ranges import UNDEFINED, Range

# Amounts that share receipts lost later, and those of one firm, which is a part of the industry.
LATER_RECEIPTS = (
    "exports.shortfall", "exports.later", "clients.lost", "clients.in_block", "calendar.lagged", "talent.outflow",
    "lagged_receipts",
)  # fmt: skip
FIRM_RECEIPTS = ("firm.gross", "firm.caught_up", "firm.lost", "firm.later")
CLIENTS_LINE = "VPN block, clients lost"
BASELINE, CALENDAR, PRESET, KIND = "last_year", "cables_and_blackouts", "software_house", "full_blackout"


def usd(values: Range[float]) -> str:
    """`values` in USD for a sentence: `$34 million ($29-45 million)`."""
    return values.spoken().full


def musd(values: Range[float]) -> str:
    """The same for `values` in M USD."""
    return values.times(MILLION).spoken().full


def share(values: Range[float]) -> str:
    """`values` from 0 to 1 in percent: `33% (19% to 49%)`."""
    return values.each(percent).full


def rounded_count(values: Range[float]) -> str:
    """`values` that count people and other things, to two digits: `11,000 (3,100 to 22,000)`."""
    return values.each(signed).full


def ends_row(
    label: str, values: Range[float | None] | Range[float] | None, unit: str, **more: Any
) -> dict[str, Any]:
    """A row of a table: its label, the parts of `values` in the `unit`, empty without them, and what `more` it says."""
    return {"label": label, **(values or UNDEFINED).parts, "unit": unit, **more}


def columns(name: str, values: Range[float] | None) -> dict[str, float | None]:
    """Low, median and high of `values`, any unit, as three columns of a table, empty without them."""
    measured: Range[float | None] = values or UNDEFINED
    return measured.columns(name)


def plural(number: float, word: str) -> str:
    """A `number` with its word: `1 year`, `5 years`, `2.5 days`."""
    return f"{number:g} {word}{'' if number == 1 else 's'}"


def span(years: float) -> str:
    """The period of an amount that runs over a path of so many `years`: `year 1`, `years 1 to 5`."""
    return "year 1" if years <= 1 else f"years 1 to {years:g}"


def target(goal_musd: float) -> str:
    """A level of receipts, `goal_musd` in M USD, as it was set, unrounded: `$15bn`, `$7.62bn`."""
    return f"${as_given(goal_musd / 1000)}bn"


def curve_rows(**columns: Iterable[float]) -> tuple[dict[str, float], ...]:
    """Named `columns` of equal length, each in its own unit, as the rows of a table."""
    return tuple(
        {name: float(value) for name, value in zip(columns, values, strict=True)}
        for values in zip(*columns.values(), strict=True)
    )


def units_of(rows: Sequence[Mapping[str, Any]], unit: str, *other: str) -> dict[str, str]:
    """One unit for every column of a table but the `other` ones, in the order of the columns."""
    return {name: unit for name in rows[0] if name not in other}
