"""Where the words of a chart of rows stand."""

from charts.palette import Caption, wrap
from charts.ranges import RangeRow, ranges
from charts.words import with_range
from model.common.numbers import money
from model.common.ranges import Range

CAPTION = Caption("What is lost", "Range of nine in ten", "output", "NetToll", "today", "Dots with ranges.")


def test_a_value_without_room_stands_over_its_range_and_above_what_is_below_the_name() -> None:
    row = RangeRow("Lost", "PKR 7.6bn (PKR 4.1bn to PKR 15bn)", Range(4.1, 7.6, 15.0), sub="output")
    notes = [note.text for note in ranges([row], CAPTION, "screen", title="PKR").layout.annotations]
    assert "PKR 7.6bn<br>(PKR 4.1bn to PKR 15bn)" in notes
    assert any(text.startswith("Lost<br><br>") and "output" in text for text in notes)


def test_a_value_reads_as_the_sentence_beside_the_chart() -> None:
    """The second digit of a low end that hangs on few draws is noise; what is probably nothing is no amount."""
    for shown in (Range(1_600.0, 130_000.0, 870_000.0), Range(0.0, 5.6, 9e4), Range(9e6, 17e6, 32e6)):
        assert with_range(money, shown) == shown.money().full
    assert with_range(money, Range(1_600.0, 130_000.0, 870_000.0)) == "$130k ($2,000 to $870k)"


def test_no_line_tears_a_number_from_its_unit() -> None:
    assert wrap("Full blackout, 1 day, Pakistan", 16) == ["Full blackout,", "1 day, Pakistan"]
