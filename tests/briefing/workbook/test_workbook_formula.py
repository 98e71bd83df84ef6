"""A cell's text and its value say the same: by hand, and with the text computed by Python instead."""

from __future__ import annotations

import io
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.workbook import formula as f
from briefing.workbook.cells import Book
from briefing.workbook.formula import Formula
from model.common import numbers
from model.common.numbers import GDP_SHARE

A, B, C = Formula("a", 2.0), Formula("b", 3.0), Formula("c", 4.0)
BY_HAND = {
    "a+b*c": (A + B * C, 14),
    "(a+b)*c": ((A + B) * C, 20),
    "a-(b-c)": (A - (B - C), 3),
    "a-b-c": (A - B - C, -5),
    "a/(b*c)": (A / (B * C), 2 / 12),
    "a/b/c": (A / B / C, 2 / 12),
    "(a^b)^c": ((A**B) ** C, 4096),
    "(1+a)^(-b/12)": ((1 + A) ** (-B / 12), 3**-0.25),
    "1-(1-a)*EXP(-((b/c)^a))": (1 - (1 - A) * f.exp(-((B / C) ** A)), 1 + math.exp(-9 / 16)),
    "MIN(1,a)*MAX(b,0.25)": (f.minimum(1, A) * f.maximum(B, 0.25), 3),
    "IF(b>a,c,0)": (f.when(B > A, C, 0), 4),
    "IF(AND(a=2,b<=3),1E-09,a/0)": (f.when(f.all_of(f.equal(A, 2), B <= 3), 1e-9, A / 0), 1e-9),
    "IF(OR(a<2,b=4),1,0)": (f.when(f.any_of(A < 2, f.equal(B, 4)), 1, 0), 0),
    "INT(b/a)+MOD(c,b)+ABS(a-c)": (f.whole(B / A) + f.remainder(C, B) + f.absolute(A - C), 4),
    'FIXED(a*1000.25,1)&" ""M"""': (f.fixed(A * 1000.25, 1) & ' "M"', '2,000.5 "M"'),
    '"M "&(a&"")&" per "': ("M " & f.as_given(A) & " per ", "M 2 per "),
    "IF(a<>b,ISNUMBER(a)*(c>=b),0)": (f.when(f.differ(A, B), f.is_number(A) * (C >= B), 0), 1),
}


@pytest.mark.parametrize("text", BY_HAND)
def test_text_and_value_by_hand(text: str) -> None:
    cell, value = BY_HAND[text]
    assert cell.text == text
    assert cell.value == value if isinstance(value, str) else cell.value == pytest.approx(value, rel=1e-15)


# Three digits, but no tie between two of two digits: a spreadsheet rounds those up, and people to the even one.
DIGITS = st.integers(100, 999).filter(lambda digits: digits % 10 != 5)


@settings(max_examples=200)
@given(st.builds(lambda digits, power: digits * 10.0**power, DIGITS, st.integers(-4, 12)) | st.just(0.0),
       st.sampled_from(["USD", "PKR", GDP_SHARE]))  # fmt: skip
def test_amounts_in_words_are_those_of_the_one_formatter(value: float, unit: str) -> None:
    rounded = f.two_digits(f.formula(value))
    money = Formula("money_name", unit)
    assert f.in_money(rounded, money).value == numbers.money(value, unit)
    assert f.in_money(rounded, money, spoken=True).value == numbers.spoken(value, unit)
    if value:
        assert f.in_money(-rounded, money).value == numbers.money(-value, unit)


def test_ranges_are_arrays() -> None:
    hours = Formula("A1:A3", np.array([0.0, 10.0, 20.0]))
    each = Formula("B1:B3", np.array([5.0, 6.0, 7.0]))
    assert f.total(each).value == 18 and f.total(each).text == "SUM(B1:B3)"
    least = f.over_arrays(f.minimum(2 * each - hours))
    assert (least.text, least.value) == ("SUMPRODUCT(MIN(2*B1:B3-A1:A3))", -6)
    count = f.over_arrays((f.counting(4) - 1 < A) * f.lookup(10 * f.counting(4) - 9, hours, each))
    assert count.text == "SUMPRODUCT((ROW($A$1:$A$4)-1<a)*LOOKUP(10*ROW($A$1:$A$4)-9,A1:A3,B1:B3))"
    assert count.value == 5 + 6  # at 1 and 11; the later two are not counted


SIGNS = {"+": lambda x, y: x + y, "-": lambda x, y: x - y, "*": lambda x, y: x * y, "/": lambda x, y: x / y}
NUMBERS = st.builds(lambda number: f.formula(number), st.floats(0.1, 9).map(lambda number: round(number, 2)))
TREES = st.recursive(
    NUMBERS,
    lambda part: st.builds(lambda x, sign, y: SIGNS[sign](x, y), part, st.sampled_from(sorted(SIGNS)), part),
    max_leaves=12,
)


@settings(max_examples=50)
@given(TREES)
def test_brackets_stand_where_they_are_needed(tree: Formula) -> None:
    """Python reads these four signs as a spreadsheet does."""
    try:
        value = eval(tree.text, {"__builtins__": {}})
    except ZeroDivisionError:
        value = math.nan
    assert tree.value == pytest.approx(value, rel=1e-12, nan_ok=True)


def test_a_book_refuses_what_a_reader_would_see_as_a_fault() -> None:
    book = Book.in_memory(io.BytesIO())
    sheet = book.sheet("One", [10])
    with pytest.raises(ValueError, match="has no number: a/0"):
        sheet.formula(0, 0, A / 0)
    with pytest.raises(KeyError):
        book["nobody"]
    sheet.formula(1, 0, 1, name="twice")
    with pytest.raises(ValueError, match="are called twice"):
        sheet.formula(2, 0, 2, name="twice")
    book.named("nowhere", 1.0)
    with pytest.raises(ValueError, match="no sheet has the cells nowhere"):
        book.close()


def test_addresses_are_short_on_their_own_sheet() -> None:
    book = Book.in_memory(io.BytesIO())
    one, two = book.sheet("One", [10]), book.sheet("Two", [10])
    cell = one.number(0, 0, 7.0)
    assert cell.text == "'One'!$A$1"
    assert one.formula(1, 0, cell * 2).value == 14
    rows = {sheet.title: sheet.raw.table for sheet in (one, two)}
    two.formula(0, 0, cell * 2)
    assert (rows["One"][1][0].formula, rows["Two"][0][0].formula) == ("A1*2", "'One'!$A$1*2")
