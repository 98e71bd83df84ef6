"""The page Export offers the files of every page, first those of the page that the reader comes from."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.estimate_page import plain
from streamlit.testing.v1 import AppTest

from briefing.pages import PAGE_FORMATS, PAGES
from views.pages.files.controls import LABELS, OF_PATH

TIMEOUT = 120


def script() -> None:
    from views.pages.files import controls, page
    from views.pages.world import controls as world_controls
    from views.session import address, state

    address.read_link("export", (world_controls.STORE, controls.STORE))
    controls.arrive()
    state.say_problems()
    page.page()
    address.write_link((world_controls.STORE, controls.STORE))


def opened(**link: str) -> AppTest:
    page = AppTest.from_function(script, default_timeout=TIMEOUT)
    for key, value in ({"v": "2", "draws": "256"} | link).items():
        page.query_params[key] = value
    return page.run()


def downloads(page: AppTest) -> list[str]:
    return [str(item.proto.label) for item in page.get("download_button")]


@pytest.mark.parametrize("what", PAGES)
def test_each_page_has_its_finding_its_texts_and_its_files(what: str) -> None:
    page = opened(**{"export.what": what})
    assert not page.exception
    (heading,) = (plain(item.value) for item in page.markdown if item.value.startswith("### "))
    assert plain(page.code[0].value).startswith(heading.removeprefix("### "))
    assert [label for label in downloads(page) if "QR" not in label] == [
        label for label in downloads(page) if any(f"({key.upper()})" in label for key in PAGE_FORMATS)
    ]
    assert len(downloads(page)) >= len(PAGE_FORMATS)
    assert any("No QR code" in item.value for item in page.caption)


def test_the_page_of_all_economies_can_be_embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETTOLL_ADDRESS", "https://nettoll.example")
    page = opened(**{"export.what": "world", "kind": "vpn_block"})
    frame = next(item.value for item in page.code if item.value.startswith("<iframe"))
    assert "embed?figure=world&amp;v=2&amp;kind=vpn_block&amp;draws=256" in frame and "export." not in frame
    # The frame shows every economy, whatever the page's own filters leave: so do the words beside it.
    few = opened(**{"export.what": "world", "kind": "vpn_block", "world.search": "Kenya"})
    assert next(item.value for item in few.code if item.value.startswith("<iframe")) == frame
    assert any("Kenya" in item.value for item in few.code)


def test_it_begins_with_the_page_that_the_reader_comes_from() -> None:
    page = AppTest.from_function(script, default_timeout=TIMEOUT)
    page.session_state["page_seen"] = "world"
    page.run()
    chosen: Any = page.button_group(key="w_export_what")
    assert not page.exception and chosen.value == "world"
    assert "world" in (page.query_params["export.what"], *page.query_params["export.what"])
    assert set(OF_PATH.values()) == set(LABELS)


def test_a_comparison_of_one_scenario_says_what_is_missing() -> None:
    page = opened(show="scenarios", **{"export.what": "compare"})
    assert not page.exception and any("a second one, kept to compare" in item.value for item in page.info)
    assert not downloads(page)
