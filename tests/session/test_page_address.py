"""The address bar under AppTest: what a link may say, a late address, a click that overtakes an entry."""

from __future__ import annotations

import pytest
import streamlit
from helpers.compare_page import (
    TIMEOUT,
    beside,
    link_of,
    opened,
    page_alone,
    plain,
    scenario_of,
    sound,
)
from streamlit.proto.ClientState_pb2 import ContextInfo
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from model.scenario.scenario import BASELINE
from views.session import address, streamlit_private


class _Run:
    """What a run of Streamlit says of itself, with real pages."""

    def __init__(self, page: str, url: str, *, stepped: bool = False) -> None:
        self.pages_manager = PagesManager("dashboard.py")
        paths = ("", "compare", "industry")
        self.pages_manager.set_pages_and_resolve(
            {path or "first": {"page_script_hash": path or "first", "script_path": "", "url_pathname": path}
             for path in paths}
        )  # fmt: skip
        self.page_script_hash = page
        self.context_info = ContextInfo(url=url)
        self.is_history_navigation = stepped
        self.pages_manager.set_script_intent(page, "")

    def goes_on(self, monkeypatch: pytest.MonkeyPatch) -> str:
        """The page that the run shows in the end."""
        monkeypatch.setattr(streamlit_private, "get_script_run_ctx", lambda: self)
        followed = address.follow_click()
        shown_page = self.pages_manager.intended_page_script_hash
        assert shown_page is not None and followed == (shown_page != self.page_script_hash)
        return shown_page


def test_a_name_said_twice_leaves_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened()
    page.query_params["duration"] = ["3d", "7d"]
    page.run()
    assert any("more than once" in plain(item.value) for item in page.warning)
    assert page.query_params["duration"] in ("7d", ["7d"])
    page.run()
    assert not page.warning, "it is said once"


def test_a_kept_scenario_of_which_nothing_can_be_used_is_left_out() -> None:
    page = opened(**{"s2.duration": "3x", "s3.duration": "3d"})
    said = [plain(item.value) for item in page.warning]
    assert len(said) == 1 and said[0].startswith("Kept scenario 1, left out: ignored duration: '3x'"), said
    assert [other.hours for other in beside(page).others] == [72.0]


def test_a_late_address_undoes_nothing() -> None:
    page = opened()
    late = dict(page.query_params)
    page.text_input(key="w_duration").set_value("9 days").run()
    page.query_params.clear()
    for key, value in late.items():  # the browser has not heard of nine days yet when the next click comes
        page.query_params[key] = value
    sound(page.text_input(key="w_spells").set_value("3").run())
    assert (scenario_of(page).hours, scenario_of(page).spells) == (216.0, 3)
    page.query_params.clear()
    sound(page.segmented_control(key="c_show").set_value("kinds").run())
    assert scenario_of(page).hours == 216.0 and link_of(page)["duration"] == "9d"


def test_a_step_back_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened()
    before = dict(page.query_params)
    page.text_input(key="w_duration").set_value("9 days").run()
    page.query_params.clear()
    for key, value in before.items():
        page.query_params[key] = value
    monkeypatch.setattr(streamlit_private, "stepped", lambda: True)
    sound(page.run())
    assert scenario_of(page).hours == BASELINE.hours


def test_a_bad_link_says_what_was_ignored() -> None:
    page = AppTest.from_function(page_alone, default_timeout=TIMEOUT)
    bad = {
        "durations": "1h,soon",
        "countries": "Atlantis",
        "show": "x",
        "threshold": "many",
        "from": "nobody",
        "s2.kind": "flood",
    }
    for key, value in bad.items():
        page.query_params[key] = value
    sound(page.run())
    said = [plain(item.value) for item in page.warning]
    assert len(said) == len(bad) and all("gnored" in text and "allowed: " in text for text in said)


def test_a_link_of_many_bad_parts_says_twenty_and_how_many_more() -> None:
    page = opened(**{f"x{number}": "1" for number in range(39)})
    said = [plain(item.value) for item in page.warning]
    assert len(said) == 21 and said[-1] == "And 19 more parts of the link were ignored."
    assert len(opened(**{f"x{number}": "1" for number in range(11)}).warning) == 11, "eleven need no summary"


def test_a_key_that_a_link_says_twice_is_named() -> None:
    page = AppTest.from_function(page_alone, default_timeout=TIMEOUT)
    page.query_params["draws"] = "256"
    page.query_params["kind"] = ["slowdown", "vpn_block"]
    page.run()
    assert scenario_of(page).kind == "vpn_block"
    assert [plain(item.value) for item in page.warning] == [
        "The link says 'kind' more than once; the last one counts."
    ]


def test_an_entry_whose_page_was_left_is_said_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from views import words

    session: dict[str, object] = {"here": 1}
    monkeypatch.setattr(streamlit, "session_state", session)
    heard: list[str] = []
    words.when_heard("here", lambda: heard.append("here"))()
    words.when_heard("gone", lambda: heard.append("gone"))()
    assert heard == ["here"] and session[words.IGNORED] == [words.LOST]


def test_a_widget_that_comes_back_with_what_it_showed_sets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ratio, place and start hang on other fields; Streamlit calls every widget of a page that was left changed."""
    from views import words

    session: dict[str, object] = {}
    monkeypatch.setattr(streamlit, "session_state", session)
    heard: list[object] = []
    act = words.when_heard(words.shown("kind", "slowdown"), lambda: heard.append(session["kind"]))
    act()
    assert not heard
    for value in ("vpn_block", "vpn_block", "slowdown"):  # back again, before anything is drawn anew
        session["kind"] = value
        act()
    assert heard == ["vpn_block", "slowdown"]


def test_an_entry_of_the_page_before_does_not_take_a_click_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamlit, "session_state", {})
    first, compare = "https://host/base/", "https://host/base/compare"
    assert _Run("the script", first).goes_on(monkeypatch) == "the script", "the first run names no page"
    assert _Run("first", first).goes_on(monkeypatch) == "first"
    assert _Run("compare", first).goes_on(monkeypatch) == "compare"
    assert _Run("first", first).goes_on(monkeypatch) == "compare", "an entry, overtaken by the click"
    assert _Run("first", first).goes_on(monkeypatch) == "first", "a second click is meant as it comes"
    assert _Run("compare", first).goes_on(monkeypatch) == "compare"
    assert _Run("first", compare).goes_on(monkeypatch) == "first", "a click on the page before"
    assert _Run("compare", first).goes_on(monkeypatch) == "compare"
    assert _Run("first", first, stepped=True).goes_on(monkeypatch) == "first", "a step back"
    assert _Run("industry", "https://elsewhere/page.html").goes_on(monkeypatch) == "industry"
    assert _Run("first", "https://elsewhere/page.html").goes_on(monkeypatch) == "first", (
        "framed: nothing is known"
    )


@pytest.mark.parametrize("name", ["context_info", "page_script_hash", "pages_manager"])
def test_a_streamlit_that_says_less_keeps_its_page(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(streamlit, "session_state", {})
    run = _Run("compare", "https://host/base/")
    delattr(run, name)
    monkeypatch.setattr(streamlit_private, "get_script_run_ctx", lambda: run)
    assert not address.follow_click()
    for nothing in (None, object()):
        monkeypatch.setattr(streamlit_private, "get_script_run_ctx", lambda nothing=nothing: nothing)
        assert not address.follow_click()
