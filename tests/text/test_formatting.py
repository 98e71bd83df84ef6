"""Numbers as people read them: never in powers of ten, no empty decimals, the same words in both languages."""

from __future__ import annotations

import math

import pytest
from helpers.each import each

from model.catalogue.load import Catalogue
from model.common.numbers import (
    GDP_SHARE,
    as_given,
    duration_parts,
    duration_text,
    figure_text,
    money,
    spoken,
    trimmed,
    whole_number,
)
from model.common.ranges import Range
from model.estimation.estimate import estimate
from model.language.language import language_of
from model.scenario.scenario import Scenario
from model.text import sentence


@each(
    ("value", "digits", "text"),
    [(30.0, 3, "30"), (21.5, 3, "21.5"), (123_456.0, 3, "123,000"), (1e-5, 3, "0.00001"), (0.0, 3, "0"),
     (-3.25, 2, "-3.2"), (100.0, 2, "100"), (999.96, 4, "1,000"), (0.05, 3, "0.05")],
)  # fmt: skip
def test_a_rounded_number_has_no_empty_decimals(value: float, digits: int, text: str) -> None:
    assert trimmed(value, digits) == text


@each(
    ("value", "text"),
    [(280.3566, "280.357"), (15_236.9, "15,236.9"), (1_234_567.0, "1,234,567"), (788.64, "788.64"), (0.0, "0"),
     (42_000.0, "42,000"), (0.1 + 0.2, "0.3")],
)  # fmt: skip
def test_a_given_figure_keeps_every_digit_before_its_point(value: float, text: str) -> None:
    assert as_given(value) == text


def test_people_are_whole() -> None:
    assert [whole_number(value) for value in (82.4, 12_345.6, 0.0)] == ["82", "12,346", "0"]


@each(
    ("hours", "parts", "text"),
    [(0.0, ("0", "hour"), "0 hours"), (1.0, ("1", "hour"), "1 hour"), (36.0, ("36", "hour"), "36 hours"),
     (24.0, ("1", "day"), "1 day"), (24.0000001, ("1", "day"), "1 day"), (23.99999999, ("1", "day"), "1 day"),
     (47.9999999, ("2", "day"), "2 days"), (0.99999999, ("1", "hour"), "1 hour"),
     (1 / 3, ("20", "minute"), "20 minutes"),
     (0.5, ("30", "minute"), "30 minutes"), (100.0, ("4.17", "day"), "4.17 days")],
)  # fmt: skip
def test_a_duration_is_a_number_and_its_unit(hours: float, parts: tuple[str, str], text: str) -> None:
    assert duration_parts(hours) == parts and duration_text(hours) == text


@pytest.mark.parametrize("share", [0.4, 0.333, 0.051])
def test_the_urdu_headline_rounds_as_the_english_one_does(share: float, catalogue: Catalogue) -> None:
    slow = estimate(catalogue, Scenario(draws=256, kind="slowdown", ratio=share, place=share))
    number = sentence.headline(slow).partition("%")[0].rpartition(" ")[2]
    urdu = sentence.headline(slow, language=language_of("ur"))
    assert (
        sentence.headline(slow).count(f" {number}%") == 2 and urdu.count(f" {number.replace('.', '.')}%") == 2
    ), urdu


@each(
    ("value", "unit", "text"),
    [
        (59.5e6, "USD", "$59.5M"), (300e6, "USD", "$300M"), (50e6, "USD", "$50M"), (1.5e9, "USD", "$1.5bn"),
        (73_068_493.0, "USD", "$73.1M"), (5e5, "USD", "$500k"), (2e9, "PKR", "PKR 2bn"), (0.0, "USD", "$0"),
    ],
)  # fmt: skip
def test_a_figure_keeps_three_digits_and_no_empty_decimals(value: float, unit: str, text: str) -> None:
    assert figure_text(value, unit) == text


@each(
    ("low", "median", "high", "unit", "text"),
    [
        (8.9e6, 16e6, 32e6, "USD", "$16 million ($8.9-32 million)"),
        (0.95e6, 1.1e6, 1.2e6, "USD", "$1.1 million ($0.95-1.2 million)"),
        (410e6, 930e6, 2.1e9, "USD", "$930 million ($410 million to $2.1 billion)"),
        (8_900.0, 16_000.0, 33_000.0, "USD", "$16,000 ($8,900-33,000)"),
        (75e6, 170e6, 390e6, "PKR", "PKR 170 million (PKR 75-390 million)"),
        (-5e6, 1e6, 9e6, "USD", "$1.0 million (−$5.0 million to $9.0 million)"),
        (0.93, 1.73, 3.23, GDP_SHARE, "1.7% of a day's GDP (0.93-3.2%)"),
        (32.99e6, 33e6, 33.01e6, "USD", "$33 million"),
        (-4e6, -4e6, -4e6, "USD", "−$4.0 million"),
        (1e5, 1e6, math.inf, "USD", "$1.0 million ($100,000 to not measured)"),
        (0.0, 0.0, 14e6, "USD", "probably none; 1 chance in 20 above $14 million"),
    ],
)  # fmt: skip
def test_an_amount_in_a_sentence_has_its_word_and_one_unit_for_both_ends(
    low: float, median: float, high: float, unit: str, text: str
) -> None:
    words = Range(low, median, high).spoken(unit)
    assert words.full == text
    chance = text.startswith("probably none")
    assert words.about == (text.replace("none; ", "nothing (") + ")" if chance else f"about {text}")
    assert words.bracket("range ").startswith(" (1 chance" if chance else " (range " if "(" in text else "")


@pytest.mark.parametrize("value", [0.0, 950.0, 9_999.0, 33_400.0, 999_600.0, 16.4e6, 1.25e9, 7.1e12])
def test_a_sentence_and_a_table_round_alike(value: float) -> None:
    words = {" trillion": "tn", " billion": "bn", " million": "M"}
    said, short = spoken(value), money(value)
    for word, letter in words.items():
        said = said.replace(word, letter)
    assert said == short.replace("k", ",000")
