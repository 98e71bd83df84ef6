"""What is typed into the fields of the page: read as meant, or told with both readings; nothing changes in silence."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest
from helpers.estimate_page import headline_of, link_of, plain, scenario_of, sound, warnings_of, without_charts
from streamlit.testing.v1 import AppTest

from views.parts.density import HEIGHT, WIDTH, density_picture


def pick(page: AppTest, name: str) -> AppTest:
    """Type a name into the list of countries and press Enter; AppTest itself takes only what is on the list."""
    box = page.selectbox(key="w_country")
    box.options = [*box.options, name]
    return box.set_value(name).run()


def test_a_typed_country_is_the_one_that_it_names() -> None:
    page = without_charts()
    for name, iso3 in (
        ("UK", "GBR"),
        ("Cote", "CIV"),
        ("TUR", "TUR"),
        ("Turkey", "TUR"),
        ("Viet Nam", "VNM"),
        ("Indo", "IDN"),
    ):
        pick(page, name)
        assert scenario_of(page).country == iso3 and not page.error, name
        assert page.selectbox(key="w_country").value == iso3
    for name, said in (
        ("xyz", "'xyz' is not known"),
        ("Congo", "DR Congo (COD) or Republic"),
        ("Nige", "is not known"),
    ):
        pick(page, name)
        assert scenario_of(page).country == "IDN" and said in plain(page.error[0].value)
    sound(pick(page, "پاکستان"))
    assert scenario_of(page).country == "PAK" and not page.error


def test_a_number_with_two_readings_is_told_and_the_last_stays() -> None:
    page = without_charts(spells="3")
    for text, days in (("1,5", 1.5), ("1 278,5", 1278.5), ("278,5", 278.5)):
        page.text_input(key="w_gap").set_value(text).run()
        assert scenario_of(page).gap_days == days and not page.error
    for key, text, said in (
        ("w_gap", "1,500", "1500 or 1.5"), ("w_gap", "many", "is not a duration"), ("w_gap", "5000", "is out of range"),
        ("w_spells", "1,5", "is not a whole number"), ("w_place", "1", "1% or 100%"), ("w_place", "101",
        "is out of range"),
    ):  # fmt: skip
        page.text_input(key=key).set_value(text).run()
        assert said in plain(page.error[0].value), text
    now = scenario_of(page)
    assert (now.gap_days, now.spells, now.place) == (278.5, 3, None)
    assert page.text_input(key="w_gap").value == "278.5" and page.text_input(key="w_place").value == "100%"


def test_both_ends_are_used_as_soon_as_they_are_there() -> None:
    page = without_charts()
    page.text_input(key="w_begins").set_value("5 Jan 2026").run()
    assert scenario_of(page).hours == 24
    page.text_input(key="w_ends").set_value("30 Feb 2026").run()
    assert "is no day of the calendar" in plain(page.error[0].value) and scenario_of(page).hours == 24
    page.text_input(key="w_ends").set_value("7 January 2026").run()
    assert scenario_of(page).hours == 72 and not page.error
    assert any("both days count, 3 days" in item.value for item in page.caption)
    assert page.text_input(key="w_begins").value == page.text_input(key="w_ends").value == ""
    page.text_input(key="w_ends").set_value("5 Jan 2026 07:00").run()
    page.text_input(key="w_begins").set_value("5 Jan 2026 02:00").run()
    assert (
        "A 5-hour nationwide internet blackout from 02:00 on Monday 5 January 2026 would cost"
        in headline_of(page)
    )
    assert link_of(page)["start"] == "2026-01-05T02:00"


@pytest.mark.parametrize("text", ["2026-02-30", "10 January 2026", "05/01/2026 10:00"])
def test_a_start_that_is_none_changes_nothing(text: str) -> None:
    page = without_charts(start="2026-01-05T10:00")
    page.text_input(key="w_start").set_value(text).run()
    assert page.error and scenario_of(page).start == "2026-01-05T10:00"


def test_a_link_from_a_mail_opens_without_a_word() -> None:
    page = without_charts(
        **{"amp;country": "KEN", "utm_source": "x", "Duration": "3%20days", "fbclid": "y", "region": ""}
    )
    assert scenario_of(page).country == "KEN" and scenario_of(page).hours == 72
    assert not [text for text in warnings_of(page) if "utm" in text or "fbclid" in text or "amp" in text]
    assert link_of(page)["country"] == "KEN" and "utm_source" not in link_of(page)


# The small picture of a range, by hand: its peak, what is fixed, and what it says to who cannot see.


def drawn(now: tuple[float, float, float], shipped: tuple[float, float, float]) -> str:
    picture = density_picture("Trade <b>", now, shipped)
    address = re.search(r"base64,([^\"]+)", picture)
    assert address and "&lt;b&gt;" in picture
    return b64decode(address[1]).decode()


def peak(drawing: str) -> float:
    """How far to the right the highest point of the last curve is, as a share of the width."""
    (*_, points) = re.findall(r'points="([^"]+)"', drawing)
    places = [tuple(map(float, point.split(","))) for point in points.split()]
    return min(places, key=lambda place: place[1])[0] / WIDTH


@pytest.mark.parametrize("likely", [0.0, 0.25, 0.5, 1.0])
def test_the_peak_stands_at_the_likeliest_value(likely: float) -> None:
    # x^(4m) (1 - x)^(4 - 4m) is largest where 4m / x = (4 - 4m) / (1 - x), at x = m
    triple = (10.0, 10.0 + likely * 4, 14.0)
    drawing = drawn(triple, triple)
    assert peak(drawing) == pytest.approx(likely, abs=0.02) and drawing.count("<polygon") == 1


def test_a_range_of_ones_own_stands_before_the_default_on_one_scale() -> None:
    drawing = drawn((2.0, 3.0, 4.0), (0.0, 1.0, 4.0))
    assert drawing.count("<polygon") == 2 and peak(drawing) == pytest.approx(3 / 4, abs=0.02)


def test_a_fixed_value_is_a_line() -> None:
    drawing = drawn((1.0, 1.0, 1.0), (0.0, 1.0, 4.0))
    assert f'x1="{WIDTH / 4:.1f}" y1="2"' in drawing and drawing.count("<polygon") == 1
    assert f'height="{HEIGHT}' not in drawing  # it is as wide as its place
