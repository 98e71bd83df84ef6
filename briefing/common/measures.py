"""What each measure that is on saves in this disruption: amounts and words for every file."""

from __future__ import annotations

from dataclasses import dataclass

from model.common.numbers import counted, money
from model.common.ranges import Chance, Range
from model.common.text import capital, small
from model.estimation.analysis import LeverResult
from model.estimation.estimate import Estimate

TOGETHER = "all"  # the key of the row of all measures together
NO_COST = "cost not known"
BASIS = (
    "Saved: the loss without measures less the loss with this one alone, simulation by simulation. "
    "What single measures save does not add up to what all save together."
)


@dataclass(frozen=True)
class PricedMeasure:
    """One measure, or all together; amounts in the money of the result. A negative `saved` adds to the loss."""

    key: str
    label: str
    saved: Range[float]
    text: str  # `$33M ($9.9M to $103M)`
    cost: float | None  # of a year, None where no cost is known
    cost_text: str
    verdict: str  # worth it, not worth it, uncertain; or what else is to be said

    @property
    def together(self) -> bool:
        return self.key == TOGETHER


def measures(result: Estimate) -> tuple[PricedMeasure, ...]:
    """Each measure that acts in this disruption, and last all together where there are several; empty without any."""
    rows = result.levers
    single = [row for row in rows if row.key != TOGETHER]
    return tuple(_measure(row, result.money.unit) for row in (rows if len(single) > 1 else single))


def finding(result: Estimate) -> str:
    """`Six measures together save about $33 million ($9.9-103 million).`; empty without measures."""
    rows = measures(result)
    if not rows:
        return ""
    number, whole = sum(not row.together for row in rows), rows[-1]
    single = number == 1
    who = f"One measure, {small(whole.label)}," if single else f"{capital(counted(number))} measures together"
    said = f"{who} {_effect(whole.saved, result.money.unit, 's' if single else '')}."
    worse = [row.label for row in rows if not row.together and row.saved.median < 0]
    if single or not worse:
        return said
    alone = (
        f"{capital(small(worse[0]))} adds"
        if len(worse) == 1
        else f"{capital(counted(len(worse)))} of them add"
    )
    return f"{said} {alone} to the loss."


def _effect(saved: Range[float], unit: str, ending: str) -> str:
    """What measures do, after their name; `ending` is that of the verb."""
    words = saved.spoken(unit)
    if saved.low == saved.high == 0:
        return f"save{ending} nothing here"
    if isinstance(words, Chance):
        return f"probably save{ending} nothing here"
    if saved.median >= 0:
        return f"save{ending} {words.about}"
    added = Range(-saved.high, -saved.median, -saved.low).spoken(unit)
    return f"add{ending} {added.about} to the loss"


def _measure(row: LeverResult, unit: str) -> PricedMeasure:
    cost = NO_COST if row.cost_per_year is None else money(row.cost_per_year, unit)
    text = row.avoided.money(unit).full
    return PricedMeasure(row.key, row.label, row.avoided, text, row.cost_per_year, cost, _verdict(row))


def _verdict(row: LeverResult) -> str:
    """Whether what it saves in this disruption alone is more than a year of it costs."""
    if row.avoided.median < 0:
        return "adds to the loss"
    if row.avoided.high == 0:
        return "saves nothing here"
    if row.ratio is None:
        return "costs nothing" if row.cost_per_year == 0 else "not known"
    return "worth it" if row.ratio.low >= 1 else "not worth it" if row.ratio.high < 1 else "uncertain"
