"""The one range: low, median and high of a quantity, and the one way to print it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from model.common.numbers import GDP_SHARE, PERCENT, money, spoken, spoken_ends

Array = NDArray[np.float64]
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
LOW, HIGH = 0.05, 0.95  # probabilities of the two ends
FAR = 0.05  # a low end below this share of the median hangs on few draws and is noise in its second digit
NEAR_NOTHING = 0.02  # of the high end: a median below it, where some draws are zero, is told by its chance
NOT_MEASURED, PROBABLY_NONE = "not measured", "probably none"


def from_to(low: object, high: object) -> str:
    """`low to high`, and one of them where both read alike: the ends of a `Range`, and of what has no middle."""
    return f"{low}" if f"{low}" == f"{high}" else f"{low} to {high}"


@dataclass(frozen=True, slots=True)
class Range(Generic[T_co]):
    """5th percentile, median and 95th percentile of one quantity under the stated assumptions.

    Numbers, arrays along one axis, or the words for both.

    A part is None where it is not measured or not defined. What its source gives as one number has three equal parts.
    """

    low: T_co
    median: T_co
    high: T_co

    def __iter__(self) -> Iterator[T_co]:
        yield from (self.low, self.median, self.high)

    @property
    def parts(self) -> dict[str, T_co]:
        """The three by name, as columns of a table or fields of a file."""
        return {"low": self.low, "median": self.median, "high": self.high}

    def columns(self, name: str) -> dict[str, T_co]:
        """The three as the columns `name_low`, `name` and `name_high` of a table."""
        return {f"{name}_low": self.low, name: self.median, f"{name}_high": self.high}

    @staticmethod
    def of(draws: Array | float) -> Range[float]:
        """The range of one quantity over its `draws`, shape (draw,), any unit; a fixed value is all three."""
        low, median, high = Range.along(np.atleast_1d(draws))
        return Range(float(low), float(median), float(high))

    @staticmethod
    def along(draws: Array) -> Range[Array]:
        """The range over the last axis of `draws`, (..., draw), any unit: linear between order statistics.

        It sorts a copy.
        """
        ordered = np.sort(draws, axis=-1)
        last = ordered.shape[-1] - 1

        def at(probability: float) -> Array:
            position = probability * last
            below = int(position)
            above = min(below + 1, last)
            part = position - below
            return np.asarray(ordered[..., below] * (1 - part) + ordered[..., above] * part)

        return Range(at(LOW), at(0.5), at(HIGH))

    def each(self, change: Callable[[T_co], T]) -> Range[T]:
        """The range whose parts are `change` of these: in another unit, at one index, in words."""
        return Range(change(self.low), change(self.median), change(self.high))

    def at(self: Range[Array], index: int) -> Range[float]:
        """The range at the place `index`, counted from 0, of the one axis that its arrays have."""
        return self.each(lambda part: float(part[index]))

    def times(self: Range[float | None], factor: float) -> Range[float | None]:
        """The range of `factor` times the quantity; what is not measured stays so."""
        return self.each(lambda part: None if part is None else part * factor)

    @property
    def measured(self: Range[float | None]) -> Range[float] | None:
        """Itself where all three parts are measured."""
        low, median, high = self
        return None if low is None or median is None or high is None else Range(low, median, high)

    def money(self: Range[float | None], unit: str = "USD") -> Range[str]:
        """As amounts of `unit` to two digits.

        An end that would read like the median gets one more digit, a low end far below it one less. What is probably
        nothing, because many draws are zero, is told by its chance and its upper end.
        """
        if (numbers := self.measured) is None:
            return Range(NOT_MEASURED, NOT_MEASURED, NOT_MEASURED)
        low, median, high = numbers
        digits = self.digits(unit)
        brief = PERCENT if unit == GDP_SHARE else unit  # of what it is a share stands once, with the median

        def end(value: float, digits: int) -> str:
            return money(value, brief, digits)

        if self.probably_nothing:
            return Chance(money(low, unit), PROBABLY_NONE, money(high, unit))
        return Range(end(low, digits.low), money(median, unit), end(high, digits.high))

    def spoken(self: Range[float | None], unit: str = "USD") -> Range[str]:
        """The same for a sentence, rounded alike, with one unit for both ends where it reads well.

        `.full` is `$16 million ($8.9-32 million)`.
        """
        if (numbers := self.measured) is None:
            return self.money(unit)
        low, median, high = numbers
        digits = self.digits(unit)
        if self.probably_nothing:
            return Chance(spoken(low, unit), PROBABLY_NONE, spoken(high, unit))
        ends = spoken_ends(low, median, high, unit, (digits.low, digits.high))
        words = (spoken(low, unit, digits.low), spoken(median, unit), spoken(high, unit, digits.high))
        return Spoken(*words, between=ends)

    @property
    def probably_nothing(self: Range[float | None]) -> bool:
        """Whether it is told by its chance: many draws are zero, and the middle is next to it."""
        low, median, high = self
        return low == 0 and median is not None and high is not None and median < NEAR_NOTHING * high

    @property
    def far(self: Range[float | None]) -> bool:
        """Whether the low end is so far below the median that its second digit is noise."""
        return self.low is not None and 0 < self.low < FAR * (self.median or 0.0)

    @property
    def steady(self: Range[float]) -> Range[float]:
        """The same without a digit that is noise, for who writes all parts to two digits."""
        return replace(self, low=float(f"{self.low:.0e}")) if self.far else self

    def digits(self: Range[float | None], unit: str = "USD") -> Range[int]:
        """To how many digits each part of an amount is rounded."""
        median = self.median or 0.0
        middle = money(median, unit)

        def of(value: float) -> int:
            wanted = 1 if self.far and value == self.low else 2
            return 3 if value != median and money(value, unit, wanted) == middle else wanted

        return Range(of(self.low or 0.0), 2, of(self.high or 0.0))

    @property
    def ends(self) -> str:
        """`low to high`, and one of them where both read alike."""
        return from_to(self.low, self.high)

    def bracket(self, word: str = "") -> str:
        """` (low to high)`, as it stands behind the median, after a `word`; nothing where both ends read alike."""
        return "" if f"{self.low}" == f"{self.high}" else f" ({word}{self.ends})"

    @property
    def full(self) -> str:
        """`median (low to high)`, and the median alone where both ends read alike."""
        return f"{self.median}{self.bracket()}"

    @property
    def roughly(self) -> str:
        """`about median`, for a sentence."""
        return f"about {self.median}"

    @property
    def about(self) -> str:
        """`about median (low to high)`, for a sentence."""
        return f"{self.roughly}{self.bracket()}"


@dataclass(frozen=True, slots=True)
class Chance(Range[str]):
    """The words for what is probably nothing: `probably none; 1 chance in 20 above $14M`."""

    @property
    def ends(self) -> str:
        """The chance of more than the upper end."""
        return f"1 chance in {1 / (1 - HIGH):.0f} above {self.high}"

    def bracket(self, word: str = "") -> str:
        """The chance, which is no range: the `word` for one is left out."""
        return f" ({self.ends})"

    @property
    def roughly(self) -> str:
        """What costs that, in a sentence."""
        return "probably nothing"

    @property
    def full(self) -> str:
        """Both, as they stand in a sentence."""
        return f"{self.median}; {self.ends}"


@dataclass(frozen=True, slots=True)
class Spoken(Range[str]):
    """The words of a range in a sentence; `between` says both ends: `$75-390 million`."""

    between: str

    @property
    def ends(self) -> str:
        """Both ends, with one unit where it reads well."""
        return self.between


UNDEFINED: Range[None] = Range(None, None, None)
