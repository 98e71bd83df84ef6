"""A check of printed daily losses: share x yearly GDP / 365, so that a slip of days or of units is seen."""

from __future__ import annotations

from dataclasses import dataclass

from model.common.numbers import significant, spoken
from model.methods.base import during
from model.scenario.durations import HOURS
from model.scenario.readers import number

WHOLE = 0.01  # how near to a whole number a factor must be to be called one


@dataclass(frozen=True)
class DailyShareCheck:
    """USD a day: what share and GDP give and what was printed; `ok` within the tolerance."""

    expected: float
    printed: float
    ok: bool
    sentence: str

    @property
    def factor(self) -> float:
        return self.printed / self.expected


def daily_share_check(gdp: float, share: float, printed: float, tolerance: float = 0.01) -> DailyShareCheck:
    """Whether a loss a day that somebody printed is share x GDP / 365.

    Args:
        gdp: USD a year.
        share: of GDP that is lost, above 0 to 1.
        printed: USD a day.
        tolerance: how far the printed loss may be off, as a share of what was expected.

    Raises:
        InputError: a figure is no number or out of range.
    """
    yearly = number("gdp", gdp, 1, 1e16, "USD a year")
    part = number("share", share, 1e-9, 1, "share of GDP")
    shown = number("printed", printed, 0, 1e16, "USD a day")
    expected = during(yearly * part, HOURS["day"])
    factor = shown / expected
    ok = abs(factor - 1) <= tolerance
    if ok:
        return DailyShareCheck(expected, shown, ok, f"{spoken(shown, digits=3)} a day agrees.")
    days = round(factor)
    why = f": {days} days' worth" if days > 1 and abs(factor / days - 1) <= WHOLE else ""
    sentence = (
        f"{significant(part * 100, 3)}% of {spoken(yearly, digits=3)} is {spoken(expected, digits=3)} a day; "
        f"{spoken(shown, digits=3)} was printed, {significant(factor, 2)} times as much{why}."
    )
    return DailyShareCheck(expected, shown, ok, sentence)
