"""Numbers as people write them: each has its reading, and what has two is refused with both."""

from __future__ import annotations

import pytest
from helpers.each import each

from model.catalogue.parameters import read_override
from model.common.errors import InputError
from model.reading.numbers import amount_of, readings, share_of
from model.scenario.readers import number, share, whole

INDIAN, THIN, NO_BREAK = "1,00,000", "1\u2009234", "1\u00a0278,5"


@each(
    ("text", "value"),
    [
        ("278,5", 278.5), (NO_BREAK, 1278.5), ("1'278.5", 1278.5), ("1\u2019278", 1278.0), (THIN, 1234.0),
        (INDIAN, 1e5),
        ("1,00,000.50", 100000.5), ("1,234,567", 1234567.0), ("1.234.567", 1234567.0), ("1.234,5", 1234.5),
        ("1,234.5", 1234.5), ("12,34", 12.34), ("0,125", 0.125), ("0.500", 0.5), (",5", 0.5), (".5", 0.5),
        ("1234,567", 1234.567), ("1.125", 1.125), ("-3,5", -3.5), ("\u22123.5", -3.5), ("+4", 4.0), ("1e-05", 1e-5),
        ("1.5E3", 1500.0), ("\u0663\u066b\u0665", 3.5), ("\u0967\u0968", 12.0), ("\uff11\uff12", 12.0), (" 7 ", 7.0),
        ("1 000 000", 1e6), ("10.5", 10.5), ("12 34 567", 1234567.0), ("1\u066c234\u066b5", 1234.5),
    ],
)  # fmt: skip
def test_a_number_has_its_one_reading(text: str, value: float) -> None:
    assert readings(text) == (value,)
    assert number("x", text, -1e9, 1e9, "of it") == value


@each(
    "text",
    [
        "",
        "-",
        ".",
        "1,2,3",
        "1,,5",
        "1 2",
        "1.2.3",
        "12,34,5",
        "--5",
        "1,23,456,7",
        "five",
        "0x10",
        "1_000",
        "1.5 3",
        "1,500 3 1",
        "5 %",
        "$5",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert readings(text) == ()
    with pytest.raises(InputError, match="is not a number"):
        number("x", text, -1e9, 1e9, "of it")


@each(
    ("text", "ways"),
    [
        ("1,500", "1500 or 1.5"),
        ("12,345", "12345 or 12.345"),
        ("1.500", "1500 or 1.5"),
        ("-2,000", "-2000 or -2"),
    ],
)
def test_two_readings_are_both_shown(text: str, ways: str) -> None:
    with pytest.raises(InputError, match="could be read in two ways") as caught:
        number("days", text, -1e9, 1e9, "days")
    assert ways in caught.value.allowed


def test_a_number_of_things_has_no_decimals() -> None:
    assert whole("draws", "4,096", 256, 65536) == 4096 and whole("draws", "4.096,0", 256, 65536) == 4096
    with pytest.raises(InputError, match="is not a whole number"):
        whole("spells", "1,5", 1, 365)
    for text in ("nan", "inf", "-Infinity"):
        with pytest.raises(InputError, match="is not a finite number"):
            number("x", text, 0, 1, "of it")


@each(
    ("text", "value"),
    [("15%", 0.15), ("15 %", 0.15), ("15,5 %", 0.155), ("0.15", 0.15), ("0,155", 0.155), ("100 %", 1.0), ("1", 1.0),
     ("15 percent", 0.15), ("0.1%", 0.001), ("15\u066a", 0.15), ("7\u00a0%", 0.07)],
)  # fmt: skip
def test_a_share_is_a_decimal_or_a_percentage(text: str, value: float) -> None:
    assert share("place", text) == value


def test_a_share_is_refused_where_it_is_none() -> None:
    for text in ("15", "101 %", "-1 %", "1.5"):
        with pytest.raises(
            InputError, match="is out of range; allowed: 0 to 1 share, or a percentage such as 15%"
        ):
            share("place", text)
    assert share_of("place", "15", "", "either") == 0.15  # the field shows percent
    with pytest.raises(InputError, match="could be read in two ways; allowed: 1% or 100%"):
        share_of("place", "1", "", "either")


@each(
    ("text", "value"),
    [("$16 million", 16e6), ("16m", 16e6), ("1.5bn", 1.5e9), ("1,5 bn", 1.5e9), ("USD 16m", 16e6),
     ("US$ 2 million", 2e6),
     ("$1,234,567", 1234567.0), ("16000000", 16e6), ("$ 3.2 trillion", 3.2e12), ("500k", 5e5),
     ("2 million dollars", 2e6),
     ("$16M", 16e6)],
)  # fmt: skip
def test_an_amount_has_words_and_signs_of_money(text: str, value: float) -> None:
    assert amount_of("figure", text, "an amount", "USD") == pytest.approx(value, rel=1e-15)


def test_an_amount_in_another_money_or_of_another_size_is_refused() -> None:
    assert (
        amount_of("figure", "Rs 2 crore", "an amount", "PKR")
        == 2e7
        == amount_of("figure", "200 lakh", "", "PKR")
    )
    for text in ("\u20ac5m", "EUR 5m", "Rs 2 crore", "5m GBP"):
        with pytest.raises(InputError, match=r"is in (EUR|PKR|GBP); allowed: an amount in USD"):
            amount_of("figure", text, "an amount", "USD")
    assert (
        amount_of("figure", "1.1e11", "", "USD") == 1.1e11
    )  # as programs write it: the e is no word of money
    assert amount_of("cost", "$16 million", "", "USD", 1e6) == 16 == amount_of("cost", "16", "", "USD", 1e6)
    with pytest.raises(InputError, match=r"two ways; allowed: 16 million, or 1\.6e-05"):
        amount_of("cost", "$16", "", "USD", 1e6)
    for text in ("about 5", "5 apples m", "$", "m", "5 m bn"):
        with pytest.raises(InputError, match="is not an amount"):
            amount_of("figure", text, "an amount", "USD")


def test_an_assumption_is_read_as_any_number() -> None:
    assert read_override("churn.rate", "0,1:0,3:0.5") == (0.1, 0.3, 0.5) == read_override("x", "0.1~0.3~0.5")
    assert read_override("x", "10%:30 %:50%", share=True) == (0.1, 0.3, 0.5)
    with pytest.raises(InputError, match="two ways"):
        read_override("x", "1,500")
