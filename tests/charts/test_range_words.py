"""The words of a range on a chart: whole on a phone, and what it is a share of said once."""

import math
from functools import partial

import numpy as np
import pandas as pd
from helpers.each import each

from charts import words as w
from charts.curve import cost_curve
from charts.palette import Caption
from model.common.numbers import GDP_SHARE, money, scale_of
from model.common.ranges import Range

CAPTION = Caption(
    "What is lost", "Range of nine in ten", "output", "NetToll", "today", "A line with its range."
)
DAYS = np.array([0.0, 0.25, 1.0, 7.0])


def _written(unit: str, value: float) -> str:
    return money(value * scale_of(unit), unit)


@each(
    ("parts", "unit", "text"),
    [
        ((1.4, 2.6, 5.1), GDP_SHARE, "2.6% of a day's GDP (1.4% to 5.1%)"),
        ((0.0, 0.0, 5.1), GDP_SHARE, "probably none; 1 chance in 20 above 5.1% of a day's GDP"),
        ((33.0, 33.1, 33.2), "USD", "$33M"),
        ((5.0, 5.0, 5.0), "USD", "$5.0M"),
        ((-5.0, 2.0, 9.0), "USD", "$2.0M (−$5.0M to $9.0M)"),
        ((1.0, 2.0, math.inf), "USD", "$2.0M"),
        ((math.nan, 2.0, math.nan), "USD", "$2.0M"),
        ((1.0, math.nan, 2.0), "USD", "not measured"),
    ],
)
def test_a_range_on_a_chart(parts: tuple[float, float, float], unit: str, text: str) -> None:
    assert w.with_range(partial(_written, unit), Range(*parts)) == text


def test_the_range_of_the_chosen_length_stands_below_its_middle_where_a_phone_has_no_room() -> None:
    frame = pd.DataFrame({"days": DAYS, "low": 16e3 * DAYS, "median": 30e3 * DAYS, "high": 59e3 * DAYS})
    for unit, below in (("USD", False), ("PKR", True)):
        written = partial(_written, unit)
        made = cost_curve(frame, 1.0, f"M {unit}", CAPTION, "screen", written)
        (label,) = (note.text for note in made.layout.annotations if note.name == "chosen")
        assert ("<br>(" in label) is below and "30bn" in label and "16bn to" in label


def test_ticks_leave_what_they_are_a_share_of_to_the_axis() -> None:
    assert w.tick_text(lambda value: money(value, GDP_SHARE), 5.0) == "5%"
