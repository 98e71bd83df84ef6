"""What a saved picture says, read back from its file: of which country it is, and in which money."""

import xml.etree.ElementTree as ET

from playwright.sync_api import Browser, Page, expect

from browser.conftest import saved
from browser.steps import WIDE, headline, opened, rest

KENYA = {"v": "2", "country": "KEN", "duration": "3d", "draws": "256"}
BUTTON = "[data-testid=stMain] .pictures button[data-format=svg]"


def picture(page: Page, place: str = "") -> tuple[str, str]:
    """The name of the first picture, here or in a part of the page, and every word that is drawn in it."""
    button = page.locator(f"{place} button[data-format=svg]" if place else BUTTON).first
    expect(button).to_be_visible(timeout=60_000)
    name, content = saved(page, button)
    space = "{http://www.w3.org/2000/svg}"
    text = ET.fromstring(content.decode()).iter(f"{space}text")
    return name, "\n".join("".join(part.itertext()) for part in text)


def test_pages_of_one_country_name_it_in_headline_picture_and_file(browser: Browser, dashboard: str) -> None:
    page = opened(browser, dashboard, KENYA, WIDE, "/firm")
    for other in ("Pakistan IT", ""):
        assert "Pakistan" in headline(page) and "Kenya" not in headline(page)
        expect(page.get_by_role("button", name="Estimate for Kenya")).to_be_visible()
        name, words = picture(page)
        assert name.startswith("PAK_") and "Pakistan: " in words and "Kenya" not in words
        if other:
            page.get_by_role("link", name=other).first.click()
            expect(page.locator("h1")).to_have_text(other)
            rest(page)
    page.get_by_role("button", name="Estimate for Kenya").click()
    page.locator(".explorer-sentence").wait_for(timeout=60_000)
    expect(page.locator(".explorer-sentence")).to_contain_text("cost Kenya", timeout=60_000)
    page.close()


def test_other_methods_are_drawn_in_the_money_of_the_result(browser: Browser, dashboard: str) -> None:
    page = opened(browser, dashboard, {"v": "2", "currency": "PKR", "draws": "256"}, path="/")
    strip = page.locator(".st-key-tools_strip")
    strip.scroll_into_view_if_needed(timeout=60_000)
    rest(page)
    _, words = picture(page, ".st-key-tools_strip")
    assert "For the whole disruption, PKR" in words and "PKR 1" in words and "$" not in words
    page.close()
