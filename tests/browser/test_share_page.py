"""Sharing in a real Chromium: the link, files, back, forward, reload, two tabs, a dropped connection."""

import re
import tomllib
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from helpers.hostile import HOSTILE
from playwright.sync_api import Browser, Page, Route, WebSocket, expect

from browser.conftest import saved
from browser.steps import (
    FOUR,
    QUICK,
    SOCKETS,
    Overtaken,
    headline,
    length,
    link_of,
    more_options,
    new_tab,
    opened,
    rest,
    typed_length,
)
from model.common.text import JOINER, NO_BREAK


def settled(page: Page) -> None:
    """At rest, without an error page."""
    rest(page)
    assert not page.locator("[data-testid=stException]").count(), page.locator(
        "[data-testid=stMain]"
    ).inner_text()


def test_back_forward_reload_and_pages_lose_nothing(browser: Browser, dashboard: str) -> None:
    page = opened(browser, dashboard, QUICK, path="/")
    typed_length(page, "7 days")
    page.get_by_role("link", name="Compare").click()
    rest(page)
    assert length(page) == "7 days" and link_of(page)["duration"] == "7d"
    typed_length(page, "9 days")
    page.reload()
    rest(page)
    assert length(page) == "9 days"
    seen = [(urlsplit(page.url).path, length(page))]
    for _ in range(4):
        page.go_back()
        rest(page)
        seen.append((urlsplit(page.url).path, length(page)))
        if seen[-1] == ("/", "1 day"):
            break
    assert seen[-1] == ("/", "1 day"), seen
    assert {text for _, text in seen} == {"9 days", "7 days", "1 day"}, (
        "a step back shows something never set"
    )
    for _ in range(len(seen) - 1):
        page.go_forward()
        rest(page)
    assert (urlsplit(page.url).path, length(page)) == ("/compare", "9 days")
    assert link_of(page)["duration"] == "9d"
    page.close()


def test_what_is_typed_and_not_confirmed_survives_a_click_on_another_page(
    browser: Browser, dashboard: str
) -> None:
    page = opened(browser, dashboard, QUICK | {"show": "breakeven"})
    page.get_by_role("textbox", name="How long").fill("9 days")
    page.get_by_role("link", name="My firm").click()  # a page without the inputs of the scenario
    settled(page)
    page.get_by_role("link", name="Compare").click()
    settled(page)
    assert length(page) == "9 days" and link_of(page)["duration"] == "9d"
    page.locator(".st-key-c_threshold input").fill(
        "123"
    )  # an entry of one page is taken, or its loss is said
    page.get_by_role("link", name="Estimate").click()
    settled(page)
    said = page.locator("[data-testid=stMain]").inner_text()
    assert link_of(page).get("threshold") == "123000000.0" or "was not taken" in said, said[:200]
    page.get_by_role("textbox", name="How long").fill("8 days")
    page.get_by_role("link", name="Compare").click()
    settled(page)
    assert length(page) == "8 days" and link_of(page)["duration"] == "8d"
    page.close()


# Where a page begins, and of each entry that is overtaken: its field, what is typed, the link that is clicked, and
# what the address says then.
@pytest.mark.parametrize(
    ("path", "before", "entries"),
    [("/", {"kind": "slowdown", "ratio": "0.3", "place": "0.5"},
      [("w_duration", "soon", "Compare", {}), ("w_duration", "9 days", "My firm", {"duration": "9d"})]),
     ("/compare", {"show": "breakeven"},
      [("c_threshold", "123", "Export", {"threshold": "123000000.0", "export.what": "compare"})])],
)  # fmt: skip
def test_a_click_that_overtakes_an_entry_counts_and_so_does_the_entry(
    browser: Browser,
    dashboard: str,
    path: str,
    before: dict[str, str],
    entries: list[tuple[str, str, str, dict[str, str]]],
) -> None:
    page = new_tab(browser)
    overtaken = Overtaken(page)
    before = QUICK | before
    page.goto(f"{dashboard}{path}?{urlencode(before)}")
    settled(page)
    for key, typed, link, said in entries:
        if link == "Export":
            more_options(page)
            page.get_by_text("Continuity measures").click()
            settled(page)
        overtaken.arm()
        field = page.locator(f".st-key-{key} input").first
        field.fill(typed)
        target = page.get_by_role("link", name=link, exact=True)
        address = urlsplit(target.get_attribute("href") or "").path
        target.click()
        settled(page)
        settled(page)
        assert overtaken.entries, "nothing was overtaken"
        assert urlsplit(page.url).path == address and link_of(page) == before | said
        if link == "Export":
            levers = page.locator(".st-key-x_levers input[type=range]")
            expect(levers.first).to_be_visible()  # what was open is not folded up
        seen: list[dict[str, str]] = []
        while urlsplit(page.url).path == address and len(seen) < 3:
            page.go_back()
            settled(page)
            seen.append(link_of(page))
        # Before the entry was taken, or after it; Export says at once which page it exports.
        arrived = before | {name: value for name, value in said.items() if name == "export.what"}
        assert urlsplit(page.url).path == path, seen
        assert all(query in (before, arrived, before | said) for query in seen), seen
        if path == "/":
            expect(page.locator(".explorer-sentence")).to_contain_text("Pakistan")
    page.close()


def test_a_dropped_connection_loses_nothing_and_a_double_click_removes_one_scenario(
    browser: Browser, dashboard: str
) -> None:
    page = new_tab(browser)
    page.add_init_script(SOCKETS)
    sockets: list[WebSocket] = []
    page.on("websocket", lambda socket: sockets.append(socket))
    page.goto(f"{dashboard}/compare?{urlencode(FOUR)}")
    rest(page)
    said, link = headline(page), link_of(page)
    (first,) = sockets
    assert not first.is_closed()
    page.context.set_offline(True)
    page.evaluate("() => window.sockets.forEach((socket) => socket.close())")
    page.wait_for_timeout(1500)
    assert first.is_closed(), "the connection was not cut"
    field = page.get_by_role("textbox", name="How long")
    expect(field).to_be_disabled()  # nothing can be typed that nobody would hear
    assert (length(page), headline(page)) == ("7 days", said)
    page.context.set_offline(False)
    page.wait_for_function(
        "() => window.sockets.some((one) => one.readyState === WebSocket.OPEN)", timeout=60_000
    )
    assert not sockets[-1].is_closed() and sockets[-1] is not first
    expect(field).to_be_enabled(timeout=60_000)
    rest(page)
    assert (length(page), headline(page), link_of(page)) == ("7 days", said, link)
    typed_length(page, "8 days")
    assert headline(page) != said and "“Three days”" in headline(page)
    assert link_of(page) == link | {"duration": "8d"}
    page.get_by_role("button", name="Remove").first.dblclick()
    settled(page)
    kinds = [key for key in link_of(page) if key.endswith(".kind")]
    assert kinds == ["s2.kind", "s3.kind"] and "s4.kind" not in link_of(page)
    page.close()


def test_a_slow_browser_hands_back_no_plain_defaults(browser: Browser, dashboard: str) -> None:
    """The fields are built late, after a second run: they must show, and hand back, what the reader set."""
    late = ("TextInput", "Slider", "Selectbox", "NumberInput", "Multiselect")
    link = FOUR | {
        "kind": "cable_cut",
        "spells": "3",
        "gap_days": "9.0",
        "place": "0.5",
        "capacity_lost": "0.7",
    }
    page = new_tab(browser)
    routes: list[Route] = []
    page.route(re.compile(rf"/({'|'.join(late)})\."), lambda route: routes.append(route))
    page.goto(f"{dashboard}/compare?{urlencode(link)}", wait_until="commit")
    page.get_by_role("button", name="Save and share").click(timeout=60_000)
    page.get_by_role("button", name="Copy link").wait_for(timeout=60_000)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    assert len(routes) >= 3 and not page.get_by_role("textbox", name="How long").count()
    for route in routes:
        route.continue_()
    page.unroute_all()
    assert length(page) == "7 days"
    more_options(page)  # the next click hands everything back
    rest(page)
    assert link_of(page) == link
    page.close()


def test_the_link_is_copied_the_file_comes_back_and_two_tabs_do_not_touch_each_other(
    browser: Browser, dashboard: str, tmp_path: Path
) -> None:
    page = opened(browser, dashboard, FOUR)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Save and share").click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".link-said")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(urlsplit(copied).query) == parse_qs(urlsplit(page.url).query)
    other = new_tab(browser)
    other.goto(copied)
    rest(other)
    said = headline(page)
    assert headline(other) == said
    name, content = saved(page, page.locator(".st-key-share_file button:visible"))
    assert name.startswith("PAK_full_blackout_7d_") and name.endswith("_scenario.toml")
    assert tomllib.loads(content.decode())["scenario"] == {"hours": 168.0, "draws": 1024}
    file = tmp_path / "mine.toml"
    file.write_text("[scenario]\nkind = 'slowdown'\nratio = 0.4\ndraws = 1024\n")
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_function(
        "() => location.search.includes('kind=slowdown') && location.search.includes('s2.title')",
        timeout=30_000,
    )
    rest(page)
    assert link_of(page)["ratio"] == "0.4" and link_of(page)["s2.title"] == "Three days"
    typed_length(page, "9 days")
    more_options(other)  # its next run
    rest(other)
    assert (length(page), length(other), headline(other)) == ("9 days", "7 days", said)
    other.close()
    page.get_by_role("button", name="Reset", exact=True).click()
    page.wait_for_function("() => !location.search.includes('duration=9d')", timeout=30_000)
    rest(page)
    assert link_of(page)["kind"] == "slowdown" and link_of(page)["from"] == "this"
    page.get_by_role("button", name="Save and share").click()
    file.write_text("[scenario]\nkind = 'flood'\nhours = 5\n")
    page.locator("input[type=file]").set_input_files(file)
    alert = page.locator("[data-testid=stAlert]").filter(has_text="is not known")
    alert.wait_for()
    assert "Kind: 'flood' is not known" in alert.inner_text()
    assert link_of(page)["kind"] == "slowdown" and "duration" not in link_of(page)
    page.close()


HOSTILE_LINK = QUICK | {
    "title": HOSTILE, "duration": "3d", "show": "scenarios", "s2.country": "KEN", "s2.title": f"{HOSTILE} 2",
}  # fmt: skip
# What a title would have become: links, pictures, bold words, code, formulas, icons, colours, struck words.
DRAWN = (
    "a[href^='https://evil']", "a[href^='http://www.evil']", "a[href^='mailto:']", "svg a", "img[src*='evil']",
    "code:has-text('evil')", ".katex", "del:has-text('evil')", "[data-testid=stIconMaterial]:has-text('evil')",
    "em:has-text('evil')", "[data-testid=stMain] span[style*='color']:text-is('evil')",
)  # fmt: skip


def test_no_title_is_drawn_as_anything_but_words(browser: Browser, dashboard: str) -> None:
    assert len(urlencode(HOSTILE_LINK)) < 4_000
    page = opened(browser, dashboard, HOSTILE_LINK)
    for path in ("/compare", "/"):
        if path == "/":
            page.get_by_role("link", name="Estimate", exact=True).click()
            settled(page)
            assert link_of(page)["title"] == HOSTILE
        page.wait_for_selector("[data-testid=stMain] h3")
        page.wait_for_selector(".js-plotly-plot text" if path == "/compare" else ".explorer[data-redraws]")
        for selector in DRAWN:
            drawn = page.locator(selector)
            assert drawn.count() == 0, (path, selector, drawn.first.evaluate("item => item.outerHTML"))
        text = re.sub(rf"[{JOINER}{NO_BREAK}\s]+", "", page.locator("body").inner_text())
        assert "https://evil.example/awww.evil.exampleme@evil.example<ahref=" in text
        if path == "/compare":
            words = re.sub(r"\s", "", "".join(page.locator(".js-plotly-plot text").all_text_contents()))
            for piece in ("<ahref='https://evil.example'>evil</a><b>evil</b>", "&lt;b&gt;evil&lt;/b&gt;evil"):
                assert piece in words, words
    page.close()
