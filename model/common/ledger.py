"""Amounts that know what they are, and a totaller that refuses to add what must not be added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from model.common.ranges import Range

Ledger = Literal["output", "receipts", "operating cost", "fiscal", "claim"]
Basis = Literal["gross", "net", "lagged", "coping", "indirect", "claim"]
NOT_STATED = "not stated"
# What people read of the amounts of an estimate, on every page, in every file and on the command line.
LABELS = {
    "gross": "Activity disrupted", "net_direct": "Direct loss", "caught_up": "Recovered later",
    "overtime": "Overtime paid to recover it", "lagged_receipts": "Lost export orders, later",
    "lagged_value_added": "Value added in the lost export orders", "coping": "Workaround costs",
    "work_days": "Work-days lost", "tax": "Tax revenue lost", "indirect": "Knock-on loss in other firms",
}  # fmt: skip
# The same for what an amount counts and for its type of money; files for machines keep the ids.
COUNTS = {
    "gross": "activity disrupted", "net": "direct loss", "lagged": "lost later", "coping": "workaround cost",
    "indirect": "knock-on loss", "claim": "a published claim", "touched": "all that needs the internet",
    "transfer": "tax", "unclear": "not said", "all": "all value added",
}  # fmt: skip
MONEY = {
    "output": "output (value added)", "receipts": "export earnings", "operating cost": "running cost",
    "fiscal": "tax (moves between firms and the state)", "claim": "a published claim",
}  # fmt: skip
# Before the amounts that become the loss, in this order: less what is recovered, plus what that costs.
SIGNS = {"caught_up": "\u2212 ", "overtime": "+ "}
NO_SUM = "Middle estimates do not add up exactly"
ADDABLE = {"net", "indirect"}  # the only two bases that make a sum: a loss and its knock-on


def counts(basis: str) -> str:
    """What an amount counts, behind a name: `counts: direct loss`, `not said what it counts`."""
    return f"{COUNTS[basis]} what it counts" if basis == "unclear" else f"counts: {COUNTS[basis]}"


@dataclass(frozen=True)
class Amount:
    """One amount with the ledger, basis and period that it stands on.

    `contains` names the ids of amounts that are parts of it; `overlaps` those that share some of it without
    being a part; one that ends in a dot stands for all ids that begin so. A value of None means not measured.
    The period of one `event` may be added to that of another; of rates and
    stretches of years only the same may be added.
    """

    id: str
    label: str
    ledger: Ledger
    basis: Basis
    period: str
    unit: str
    contains: tuple[str, ...]
    range: Range[float | None]
    mean: float | None
    overlaps: tuple[str, ...] = ()
    part: str = ""  # the sector or class of users whose part of a whole it is
    event: bool = False

    @property
    def low(self) -> float | None:
        """The 5% point."""
        return self.range.low

    @property
    def median(self) -> float | None:
        """The median."""
        return self.range.median

    @property
    def high(self) -> float | None:
        """The 95% point."""
        return self.range.high

    @property
    def money(self) -> str:
        """Its type of money in words."""
        return MONEY[self.ledger]

    @property
    def kind(self) -> str:
        """What it counts and its type of money, in words."""
        return f"{COUNTS[self.basis]}, {self.money}"

    def times(self, share: float) -> Amount:
        """The same amount times `share` (no unit): the part of it that arises, 0 to 1, or a rate into other money."""
        mean = None if self.mean is None else self.mean * share
        return replace(self, range=self.range.times(share), mean=mean)


@dataclass(frozen=True)
class Refusal:
    """Why two amounts were not added, as a sentence for the reader."""

    first: Amount
    second: Amount
    sentence: str


def refusal(first: Amount, second: Amount) -> Refusal | None:
    """The reason why two amounts must not be added, or None where they may be."""
    for whole, part in ((first, second), (second, first)):
        if part.id == whole.id:
            return _refuse(first, second, "they are the same amount")
        if part.id in whole.contains:
            return _refuse(first, second, f"“{whole.label}” already contains “{part.label}”")
    if _shared(first, second) or _shared(second, first):
        return _refuse(first, second, "they overlap, and a part would count twice")
    if first.ledger != second.ledger:
        return _refuse(
            first,
            second,
            f"one is {MONEY[first.ledger]}, the other {MONEY[second.ledger]}",
        )
    if (first.basis == "claim") != (second.basis == "claim"):
        return _refuse(first, second, "one is our estimate, the other a published claim")
    if first.basis != second.basis and {first.basis, second.basis} != ADDABLE:
        return _refuse(first, second, f"one is {COUNTS[first.basis]}, the other {COUNTS[second.basis]}")
    if first.unit != second.unit:
        return _refuse(first, second, f"one is in {first.unit}, the other in {second.unit}")
    periods = {first.period, second.period}
    if periods == {NOT_STATED}:
        return _refuse(first, second, "neither states its period")
    if len(periods) > 1 and not (first.event and second.event):
        return _refuse(first, second, f"their periods differ: “{first.period}” and “{second.period}”")
    return None


def total(amounts: Sequence[Amount]) -> float | Refusal:
    """Sum of the medians, or the first refusal among the pairs. Raises ValueError for an empty sequence."""
    if not amounts:
        raise ValueError("nothing to add")
    for index, first in enumerate(amounts):
        for second in amounts[index + 1 :]:
            reason = refusal(first, second)
            if reason is not None:
                return reason
    missing = [amount for amount in amounts if amount.median is None]
    if missing:
        return _refuse(amounts[0], missing[0], f"“{missing[0].label}” is not measured")
    return float(sum(amount.median for amount in amounts if amount.median is not None))


def _shared(one: Amount, other: Amount) -> bool:
    return any(
        other.id == name or (name.endswith(".") and other.id.startswith(name)) for name in one.overlaps
    )


def _refuse(first: Amount, second: Amount, because: str) -> Refusal:
    return Refusal(first, second, f"“{first.label}” and “{second.label}” are not added: {because}.")
