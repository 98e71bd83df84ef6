"""A documented disruption on the page: what is not known, its costs, and that every size of it stays the event."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import streamlit as st
from helpers.estimate_page import (
    agrees,
    explorer_of,
    headline_of,
    link_of,
    opened,
    plain,
    scenario_of,
    sound,
    start_of,
    without_charts,
)
from streamlit.testing.v1 import AppTest

from briefing.common import press
from model.catalogue.load import Catalogue
from model.estimation.estimate import estimate
from model.scenario.file import from_toml, to_toml
from model.scenario.link import to_query
from model.scenario.open_values import size_words
from model.scenario.scenario import BASELINE
from model.text import sentence
from views.pages.estimate import event_ranges
from views.pages.estimate.more import OWN, option_text
from views.session import state, waiting
from views.words import linked

SLOWDOWN = "Nationwide slowdown, summer 2024"
DAY = date(2026, 3, 1)
KECH = "Kech district without mobile data from 2017"
ALGERIA = "Algeria: exam cuts, June 2023"
POINT = "VPN block for 180 days"
ALL = {"draws": "4096"}
LOW = f"{SLOWDOWN}: 14 days (low, an assumption)"


def event_page(title: str) -> AppTest:
    return reopened(to_query(state.events()[title].scenario))


def reopened(link: dict[str, str]) -> AppTest:
    """The page of a link with all of an event's draws."""
    return without_charts(**link | ALL)


def whole(title: str) -> AppTest:
    """The page of an event with its charts."""
    return opened(**to_query(state.events()[title].scenario) | ALL)


def captions(page: AppTest) -> list[str]:
    return [plain(item.value) for item in page.caption]


def facts(page: AppTest) -> str:
    """What is told of the starting point, without the captions of the charts."""
    return "\n".join(text for text in captions(page) if "amounts in" not in text)


def table_of(page: AppTest) -> str:
    (table,) = [plain(item.value) for item in page.markdown if item.value.startswith("| Not known")]
    return table


def lengths(page: AppTest) -> dict[str, str]:
    """The buttons of the lengths by key: what they say."""
    return {str(item.key): item.label for item in page.button if re.fullmatch(r"event_[a-z]+", str(item.key))}


@pytest.mark.parametrize("title", [SLOWDOWN, KECH, ALGERIA])
def test_the_loss_stands_at_low_best_and_high(title: str, catalogue: Catalogue) -> None:
    page = whole(title)
    sound(page)
    event = state.events()[title]
    assert event.ranges
    table = table_of(page)
    for item in event.ranges:
        assert any("assumption" in text and item.why[:40] in text for text in captions(page)), item.field
        for value in (item.low, item.best, item.high):
            net = estimate(catalogue, event.at(item.field, value)).amount("net_direct")
            cost = net.range.money()
            assert f"{size_words(item, value)}: **{cost.median}** ({cost.ends})" in table
    (line,) = [text for text in captions(page) if text.startswith(f"**{title}.**")]
    assert "assumption" in line and line.count("$") == 2 * len(event.ranges)


def test_an_event_is_told_in_the_past_tense(catalogue: Catalogue) -> None:
    page = whole(SLOWDOWN)
    said = headline_of(page)
    assert re.search(r" cost \w+ about \$", said) and "would" not in said
    result = estimate(catalogue, scenario_of(page))
    assert said == sentence.headline(result) and press.paragraph(result, DAY, "").startswith(said)
    (line,) = [text for text in captions(page) if text.startswith(f"**{SLOWDOWN}.**")]
    assert "(it cost about $" in line
    (alt,) = [chart.proto.alt for chart in page.get("plotly_chart") if "of activity" in chart.proto.alt]
    assert "of activity was disrupted" in alt
    (duration,) = [item for item in state.events()[SLOWDOWN].ranges if item.field == "hours"]
    sentences = {stop["hours"]: stop["sentence"] for stop in explorer_of(page)["stops"]}
    for hours, words in sentences.items():
        happened = duration.low <= hours <= duration.high
        assert (" cost Pakistan about " in words or " cost Pakistan nothing" in words) and (
            "would have cost" in words
        ) != happened
    assert len({"would have" in words for words in sentences.values()}) == 2


def test_a_form_of_an_event_happened_and_a_changed_one_did_not() -> None:
    page = event_page(ALGERIA)
    assert " cost Algeria about $" in headline_of(page) and "would" not in headline_of(page)
    page.selectbox(key="w_kind").set_value("mobile_only").run()
    assert "would cost Algeria about $" in headline_of(page)
    low = state.events()[SLOWDOWN].at("hours", state.events()[SLOWDOWN].ranges[0].low)
    assert "would" not in headline_of(reopened(to_query(low)))
    assert "would cost Pakistan about $" in headline_of(without_charts())


def test_no_table_without_an_event_or_where_all_is_known() -> None:
    for page in (
        without_charts(),
        event_page("X blocked for 445 days, 2024-2025"),
        event_page("Sri Lanka: social media blocked, April 2022"),
    ):
        tables = [item.value for item in page.markdown if item.value.startswith("| Not known")]
        event = state.events().get(scenario_of(page).header.title)
        assert bool(tables) == bool(event and event.ranges)


def test_an_end_keeps_the_source_and_says_which_end_it_is() -> None:
    page = event_page(SLOWDOWN)
    event = state.events()[SLOWDOWN]
    sound(page.button(key="event_low").click().run() and page)
    now = scenario_of(page)
    assert (now.hours, now.header.title) == (336.0, LOW)
    assert (now.header.reference, now.header.author) == (
        event.scenario.header.reference,
        event.scenario.header.author,
    )
    assert (
        now.header.why.startswith(event.scenario.header.why)
        and "14 days instead of 48 days" in now.header.why
    )
    assert "Source: [" in facts(page) and "Begun from" not in facts(page)
    assert page.selectbox(key="w_starting_point").value == SLOWDOWN
    assert link_of(page)["title"] == LOW and link_of(page)["from"] == event.id
    assert any(text.startswith(f"**{LOW}.**") for text in captions(page))
    assert from_toml(state.catalogue(), to_toml(now).encode()) == now
    page.button(key="w_reset").click().run()
    assert scenario_of(page) == event.scenario


def test_an_end_survives_a_reload_with_its_source() -> None:
    page = event_page(SLOWDOWN)
    page.button(key="event_low").click().run()
    page.button(key="event_ratio_high").click().run()
    now, said = scenario_of(page), link_of(page)
    assert now.header.title == f"{LOW}, quality left 92% (high, an assumption)"
    again = reopened(said)
    sound(again)
    assert scenario_of(again) == now and link_of(again) == said and not again.warning
    assert start_of(again) == state.events()[SLOWDOWN].scenario
    bare = reopened({key: text for key, text in said.items() if key != "from"})
    assert scenario_of(bare) == now, "the title alone leads back to the event"
    untitled = reopened({key: text for key, text in said.items() if key != "title"})
    assert scenario_of(untitled) == now, "and so does where it began"
    again.button(key="event_best").click().run()
    again.button(key="event_ratio_best").click().run()
    assert scenario_of(again) == state.events()[SLOWDOWN].scenario


def test_a_value_inside_the_range_is_the_event_and_one_outside_is_not() -> None:
    page = event_page(SLOWDOWN)
    page.text_input(key="w_duration").set_value("20 days").run()
    assert scenario_of(page).header.title == f"{SLOWDOWN}: 20 days (between low and high, an assumption)"
    assert "Source: [" in facts(page)
    page.radio(key="w_currency").set_value("PKR").run()
    sound(page)
    assert scenario_of(page).header.title.startswith(SLOWDOWN) and "PKR" in table_of(page)
    page.text_input(key="w_duration").set_value("90 days").run()
    sound(page)
    assert scenario_of(page).header.title == scenario_of(page).header.reference == ""
    assert f"Begun from: {SLOWDOWN}; changed since." in facts(page) and "Source: [" not in facts(page)
    page.text_input(key="w_duration").set_value("14 days").run()
    assert scenario_of(page).header.title == LOW, "back inside"


def test_the_title_of_an_end_does_not_name_other_values() -> None:
    page = without_charts(title=LOW, kind="slowdown", ratio="0.65", duration="90d", draws="4096")
    assert any("is the title of other values" in plain(item.value) for item in page.warning)
    assert scenario_of(page).header.title == ""
    assert start_of(page) == state.events()[SLOWDOWN].scenario


def test_the_readers_own_title_keeps_the_source_at_an_end() -> None:
    page = event_page(SLOWDOWN)
    page.session_state["x_share"] = True
    page.run()
    page.text_input(key="share_title").set_value("Slide 4").run()
    page.button(key="event_high").click().run()
    event, now = state.events()[SLOWDOWN], scenario_of(page)
    assert (now.header.title, now.header.reference) == ("Slide 4", event.scenario.header.reference)
    assert scenario_of(reopened(link_of(page))) == now
    page.text_input(key="share_title").set_value("").run()
    assert scenario_of(page).header.title == f"{SLOWDOWN}: 78 days (high, an assumption)"


def test_a_bound_has_two_buttons_and_no_broken_days() -> None:
    page = event_page("Azad Kashmir blackout, September 2025")
    assert lengths(page) == {"event_best": "At least 145.5 hours", "event_high": "High: 168 hours"}
    assert "Length: at least 145.5 hours, at most 168 hours (an assumption)." in facts(page)
    assert "6.06" not in facts(page)
    page = event_page("Gwadar mobile cut, December 2022")
    assert lengths(page) == {"event_low": "Low: 8 days", "event_best": "At most 9 days"}


def test_a_cut_longer_than_the_model_runs_has_one_length() -> None:
    page = event_page(KECH)
    assert scenario_of(page).hours == 17520 and not lengths(page)
    assert "Length:" not in facts(page) and "are a lower bound" in facts(page)


def test_long_work_on_what_is_not_known_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[float, str]] = []
    real = st.progress

    def progress(share: float, text: str) -> Any:
        shown.append((share, text))
        return real(share, text)

    monkeypatch.setattr(st, "progress", progress)
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    event_ranges.COSTS.clear()
    page = event_page(SLOWDOWN)
    sound(page)
    (first, *_) = [share for share, text in shown if "what is not known" in text]
    assert 0.0 <= first < 1.0 and "Stop" not in [item.label for item in page.button]
    shown.clear()
    sound(page.run())
    assert not shown, "kept"


def test_what_is_not_known_can_be_stopped_and_the_answer_stays() -> None:
    page = event_page(SLOWDOWN)
    event_ranges.COSTS.clear()
    page.session_state[waiting.CLICKED] = True  # a click on Stop, once the headline is there
    sound(page.run())
    said = [text for text in captions(page) if "Stopped: this was not computed." in text]
    assert said == [f"**{SLOWDOWN}.** What is not known of it: Stopped: this was not computed."]
    assert "$" in headline_of(page) and scenario_of(page) == state.events()[SLOWDOWN].scenario
    assert not [item for item in page.markdown if item.value.startswith("| Not known")]
    page.run()
    assert any("Stopped" in text for text in captions(page)), "it stays stopped until it is asked for"
    sound(page.button(key="w_go_on").click().run())
    assert not any("Stopped" in text for text in captions(page)) and table_of(page)


def test_spells_move_together_with_their_hours() -> None:
    page = event_page(ALGERIA)
    page.button(key="event_spells_low").click().run()
    sound(page)
    now = scenario_of(page)
    assert (now.spells, now.hours) == (4, 12.5)
    assert now.header.title == f"{ALGERIA}: 4 outages of 12.5 hours (low, an assumption)"


# The example scenarios and the list.
SOURCED = {
    "Balochistan mobile cut": "burakbaloch.pk",
    "Cable cut for 120 days": "phoneworld.com.pk",
    "Four-day mobile cut": "telenor.com",
    "Slowdown to 0.65 for 120 days": "dawn.com",
    "VPN block for 180 days": "pkrevenue.com",
    "X blocked for 318 days": "dtnext.in",
}


def test_every_starting_point_opens_with_its_source_and_comes_back(catalogue: Catalogue) -> None:
    page = opened()
    points = state.starting_points()
    assert len(points) >= 8
    assert {
        title for title, point in points.items() if point.header.reference != "assumption"
    } == SOURCED.keys()
    for number, (title, point) in enumerate(points.items()):
        page.selectbox(key="w_starting_point").set_value(title).run()
        assert not page.exception and not page.error and not page.warning
        assert scenario_of(page) == point
        said = facts(page)
        assert ("Source: [" if title in SOURCED else "Source: assumption") in said, title
        assert SOURCED.get(title, "assumption") in said
        if number % 4 == 0:  # the shape of the page is the same for all
            sound(page)
            agrees(page, catalogue)
    page.selectbox(key="w_starting_point").set_value(POINT).run()
    page.text_input(key="w_duration").set_value("10 days").run()
    assert scenario_of(page).hours == 240 and "title" not in link_of(page)  # no longer what the title names
    assert page.selectbox(key="w_starting_point").value == OWN
    page.button(key="w_reset").click().run()
    assert scenario_of(page) == points[POINT]


def test_a_link_to_a_starting_point_begins_there(catalogue: Catalogue) -> None:
    point = state.starting_points()[POINT]
    page = opened(**to_query(point) | {"draws": str(point.draws)})
    assert scenario_of(page) == point and page.selectbox(key="w_starting_point").value == POINT
    page.selectbox(key="w_kind").set_value("slowdown").run()
    page.button(key="w_reset").click().run()
    assert scenario_of(page) == point


def test_an_example_says_what_the_event_has_instead() -> None:
    points = state.starting_points()
    for title, figure in (
        ("Slowdown to 0.65 for 120 days", "48 days"), ("Four-day mobile cut", "74 hours"),
        ("X blocked for 318 days", "17 February"), ("VPN block for 180 days", "30 days"),
    ):  # fmt: skip
        assert figure in points[title].header.why


def test_the_list_begins_with_what_tells_its_lines_apart() -> None:
    page = without_charts()
    options = list(page.selectbox(key="w_starting_point").options)
    points, events = state.starting_points(), state.events()
    assert len(options) == len(set(options)) == 1 + len(points) + len(events)
    baseline = next(title for title, point in points.items() if state.same_values(point, BASELINE))
    assert options[:2] == [OWN, baseline]
    dated = options[1 + len(points) :]
    assert all(re.match(r"20\d\d-\d\d · [A-ZÄ-Ü]", text) for text in dated)
    assert [text[:7] for text in dated] == sorted((text[:7] for text in dated), reverse=True)
    assert len({text[:24] for text in options}) == len(options), "the first letters are enough"
    assert option_text(SLOWDOWN, events[SLOWDOWN]) == "2024-07 · Nationwide slowdown"
    may = "May 2023: mobile data off nationwide"
    assert option_text(may, events[may]) == "2023-05 · Mobile data off nationwide"


def test_an_address_in_a_note_is_a_link() -> None:
    assert linked("1 * 2 (https://www.a-b.org/x_y).") == r"1 \* 2 ([a-b.org](<https://www.a-b.org/x_y>))."
    assert linked("no address: $1") == r"no address: \$1"
