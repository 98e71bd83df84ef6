"""The map in a real browser: drawn without any foreign host, and a click opens an estimate."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser

from browser.conftest import saved
from browser.steps import QUICK, link_of, new_tab, rest, sound_pictures
from charts.outlines import equal_earth
from charts.world_map import BOTTOM, TOP, WIDTH

BRAZIL = (-52.0, -10.0)  # degrees east and north


def test_the_map_needs_no_foreign_host_and_a_click_opens_the_estimate(
    browser: Browser, dashboard: str
) -> None:
    page = new_tab(browser)
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(f"{dashboard}/world?v=2&duration=3d&draws={QUICK['draws']}")
    rest(page)
    page.wait_for_selector(".map .js-fill")
    assert page.locator(".map .js-fill").count() > 170, "outlines"
    assert page.locator(".map .scatterlayer .point").count() > 40, "dots of the small ones"
    sound_pictures(page, "world_map")
    name, content = saved(page, page.locator(".st-key-csv_world_map button").first)
    assert name.startswith("world_full_blackout_3d_usd_map") and content.count(b"\n") > 215
    plot = page.locator(".map .nsewdrag")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box
    x, y = (float(value) for value in equal_earth(*BRAZIL))
    at = (
        box["x"] + (x + WIDTH) / (2 * WIDTH) * box["width"],
        box["y"] + (TOP - y) / (TOP - BOTTOM) * box["height"],
    )
    page.mouse.move(*at)
    page.wait_for_selector(".map .hovertext")
    assert "Brazil" in (page.locator(".map .hoverlayer").text_content() or "")
    page.mouse.click(*at)
    page.wait_for_url("**country=BRA*")
    rest(page)
    assert link_of(page)["country"] == "BRA" and link_of(page)["duration"] == "3d"
    assert urlsplit(page.url).path in ("/", "/estimate")
    assert hosts - {""} == {urlsplit(dashboard).netloc}, "what has no host is of the page itself"
    page.close()
