"""One expression for a cell: its text for a spreadsheet, and the value that this text has when the file is made.

Both come from the same operations, so that no equation is written a second time: a program that does not compute
shows right numbers, and one that computes only what a change touches starts from right ones.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np


def _number(work: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """The same, and no number where Excel has none."""

    def tried(left: Any, right: Any) -> Any:
        try:
            return work(left, right)
        except ArithmeticError:
            return math.nan

    return tried


# How tightly a sign binds its operands in a spreadsheet, and what it does to values.
SIGNS: dict[str, tuple[int, Callable[[Any, Any], Any]]] = {
    "=": (1, operator.eq), "<": (1, operator.lt), "<=": (1, operator.le), ">": (1, operator.gt),
    ">=": (1, operator.ge), "<>": (1, operator.ne),
    "&": (2, operator.add),
    "+": (3, operator.add), "-": (3, operator.sub),
    "*": (4, operator.mul), "/": (4, _number(operator.truediv)),
    "^": (5, _number(operator.pow)),
}  # fmt: skip
MINUS, ALONE = 6, 7  # a minus before an operand binds tighter than a power; a name stands alone


@dataclass(eq=False, slots=True)
class Formula:
    """An expression of a spreadsheet; operators and the functions below join several into one.

    `value` is a number, a text, or an array where `text` is a range of cells. What divides by zero has no
    number (as in Excel) and must stand in a branch of `when` that is not taken. A cell that others refer to is a
    formula too: its text is its name or its address.
    """

    text: str
    value: Any
    binds: int = ALONE

    def __add__(self, other: Term) -> Formula:
        return _joined(self, "+", other)

    def __radd__(self, other: Term) -> Formula:
        return _joined(other, "+", self)

    def __sub__(self, other: Term) -> Formula:
        return _joined(self, "-", other)

    def __rsub__(self, other: Term) -> Formula:
        return _joined(other, "-", self)

    def __mul__(self, other: Term) -> Formula:
        return _joined(self, "*", other)

    def __rmul__(self, other: Term) -> Formula:
        return _joined(other, "*", self)

    def __truediv__(self, other: Term) -> Formula:
        return _joined(self, "/", other)

    def __rtruediv__(self, other: Term) -> Formula:
        return _joined(other, "/", self)

    def __pow__(self, other: Term) -> Formula:
        return _joined(self, "^", other)

    def __rpow__(self, other: Term) -> Formula:
        return _joined(other, "^", self)

    def __neg__(self) -> Formula:
        return Formula(f"-{self.operand(MINUS + 1)}", -self.value, MINUS)

    def __lt__(self, other: Term) -> Formula:
        return _joined(self, "<", other)

    def __le__(self, other: Term) -> Formula:
        return _joined(self, "<=", other)

    def __gt__(self, other: Term) -> Formula:
        return _joined(self, ">", other)

    def __ge__(self, other: Term) -> Formula:
        return _joined(self, ">=", other)

    def __and__(self, other: Term) -> Formula:
        return _joined(self, "&", other)

    def __rand__(self, other: Term) -> Formula:
        return _joined(other, "&", self)

    def operand(self, binds: int) -> str:
        """The text, in brackets where it binds less tightly than `binds`, a step of `SIGNS`."""
        return self.text if self.binds >= binds else f"({self.text})"


Term = Formula | float | str


def formula(term: Term) -> Formula:
    """A number or a text as it is written in a formula; a formula stays itself."""
    if isinstance(term, Formula):
        return term
    if isinstance(term, str):
        return Formula('"' + term.replace('"', '""') + '"', term)
    number = float(term)
    text = str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number).upper()
    return Formula(text, number, ALONE if number >= 0 else MINUS)


def _joined(left: Term, sign: str, right: Term) -> Formula:
    binds, work = SIGNS[sign]
    first, second = formula(left), formula(right)
    powers = sign == "^"  # people read a^b^c and -a^b otherwise than a spreadsheet does
    text = (
        f"{first.operand(ALONE if powers else binds)}{sign}{second.operand(ALONE if powers else binds + 1)}"
    )
    return Formula(text, work(first.value, second.value), binds)


def _called(name: str, work: Callable[..., Any], *terms: Term) -> Formula:
    parts = [formula(term) for term in terms]
    return Formula(
        f"{name}({','.join([part.text for part in parts])})", work(*[part.value for part in parts])
    )


def equal(left: Term, right: Term) -> Formula:
    return _joined(left, "=", right)


def differ(left: Term, right: Term) -> Formula:
    return _joined(left, "<>", right)


def when(condition: Formula, then: Term, otherwise: Term) -> Formula:
    return _called("IF", lambda true, first, second: first if true else second, condition, then, otherwise)


def with_range(middle: Formula, low: Formula, high: Formula, word: str = "") -> Formula:
    """Words in cells as `Range.full` has them: `middle (low to high)`, the middle alone where both ends read alike."""
    return when(equal(low, high), middle, middle & f" ({word}" & low & " to " & high & ")")


def all_of(*conditions: Formula) -> Formula:
    return _called("AND", lambda *values: all(values), *conditions)


def any_of(*conditions: Formula) -> Formula:
    return _called("OR", lambda *values: any(values), *conditions)


def is_number(cell: Formula) -> Formula:
    """Whether a cell holds a number, and not a text or nothing."""
    return _called("ISNUMBER", lambda value: isinstance(value, float), cell)


def exp(term: Term) -> Formula:
    return _called("EXP", math.exp, term)


def absolute(term: Term) -> Formula:
    return _called("ABS", abs, term)


def minimum(*terms: Term) -> Formula:
    """The least of all numbers, those of ranges too."""
    return _called("MIN", lambda *values: float(min(map(_least, values))), *terms)


def _least(value: Any) -> Any:
    return value if isinstance(value, float) else np.min(value)


def maximum(*terms: Term) -> Formula:
    """The largest of the numbers."""
    return _called("MAX", max, *terms)


def whole(term: Term) -> Formula:
    """The next whole number below."""
    return _called("INT", np.floor, term)


def remainder(term: Term, divisor: Term) -> Formula:
    return _called("MOD", np.mod, term, divisor)


def total(cells: Formula) -> Formula:
    """The sum of a range."""
    return _called("SUM", _sum, cells)


def _sum(values: Any) -> float:
    return float(np.sum(values))


def sum_of(terms: Iterable[Formula]) -> Formula:
    """Terms joined by plus signs."""
    return reduce(operator.add, terms)


def over_arrays(term: Formula) -> Formula:
    """The sum of a term whose operands are ranges.

    SUMPRODUCT makes every function inside it take arrays. An array formula would too, and LibreOffice leaves
    those as they are when a cell is typed over.
    """
    return _called("SUMPRODUCT", _sum, term)


def counting(most: int, *, valued: bool = True) -> Formula:
    """1, 2, 3 and so on up to `most`, as an array; `valued` False stands in a branch of `when` that is not taken.

    Such a branch needs its text alone, and the values of a long array are the dearest part of a workbook.
    """
    return Formula(f"ROW($A$1:$A${most})", np.arange(1.0, most + 1) if valued else math.nan)


def lookup(term: Term, ascending: Formula, results: Formula) -> Formula:
    """The result beside the last of the ascending numbers that is not above the term."""

    def beside(value: Any, keys: Any, answers: Any) -> Any:
        return answers[np.searchsorted(keys, value, side="right") - 1]

    return _called("LOOKUP", beside, term, ascending, results)


def position(number: Term, cells: Formula) -> Formula:
    """At which place of a range a number stands, from 1."""

    def place_among(value: Any, values: Any, _exact: float) -> float:
        return float(np.flatnonzero(values == value)[0] + 1)

    return _called("MATCH", place_among, number, cells, 0)


def item(cells: Formula, place: Formula) -> Formula:
    """The cell at a place of a range, from 1."""

    def at(values: Any, number: float) -> Any:
        value = values[int(number) - 1]
        return str(value) if isinstance(value, str) else float(value)

    return _called("INDEX", at, cells, place)


def as_given(term: Formula) -> Formula:
    """A number as it was typed, as text."""
    return Formula(f'{term.operand(2)}&""', f"{term.value:.10g}", SIGNS["&"][0])


def fixed(term: Term, decimals: Term) -> Formula:
    """A number as text with so many decimals and separators, in the signs of whoever reads (TEXT would need theirs)."""
    return _called("FIXED", lambda value, places: f"{value:,.{int(places)}f}", term, decimals)


def two_digits(term: Formula) -> Formula:
    """A number to two significant digits, as estimates are rounded everywhere."""
    return _called("ROUND", lambda value, places: round(value, int(places)), term, 1 - _magnitude(term))


def _magnitude(term: Formula) -> Formula:
    return whole(_called("LOG10", math.log10, maximum(absolute(term), SMALLEST)))


def _figures(term: Formula) -> Formula:
    """A number of two significant digits, not negative, as text."""
    return when(equal(term, 0), "0", fixed(term, maximum(0, 1 - _magnitude(term))))


SMALLEST = 1e-12
SIZES = ((1e12, "tn", " trillion"), (1e9, "bn", " billion"), (1e6, "M", " million"))
Cell = Callable[[Formula], Formula]  # what a step becomes: itself, or the cell that it is written into


def in_money(
    rounded: Formula, unit: Formula, *, spoken: bool = False, cell: Cell = lambda step: step
) -> Formula:
    """An amount of two significant digits with its money, as `model.common.numbers` writes it.

    `$33M`, `PKR 9.3bn`; `spoken` as in a sentence: `$33 million`. A unit that begins with a percent sign stands behind.
    Four steps: the size that it is divided by, the number, the word of the size, and all of it.
    """
    sizes = [(scale, long if spoken else short) for scale, short, long in reversed(SIZES)]
    if not spoken:
        sizes.insert(0, (1e4, "k"))
    amount = absolute(rounded)
    size, word = formula(1), formula("")
    for least, _ in sizes:
        size = when(amount >= least, 1e3 if least == 1e4 else least, size)
    is_share = str(unit.value).startswith("%")
    if is_share:
        size = when(_share(unit), 1, size)
    size = cell(size)
    number = cell(_figures(amount / size))
    for least, name in sizes:
        word = when(equal(size, 1e3 if least == 1e4 else least), name, word)
    word = cell(word)
    sign = when(rounded < 0, "−", "")
    money = when(equal(unit, "USD"), sign & "$" & number & word, unit & " " & sign & number & word)
    return cell(when(_share(unit), sign & number & unit, money) if is_share else money)


def _share(unit: Formula) -> Formula:
    return equal(_called("LEFT", lambda text, letters: text[: int(letters)], unit, 1), "%")
