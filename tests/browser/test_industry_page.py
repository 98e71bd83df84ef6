"""The industry page in a real Chromium: every section, one slider in each, and the file against the command line."""

import csv
import io
import re
import shlex

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import saved
from browser.steps import IDLE, NARROW, WIDE, new_tab, sizes, sticking_out
from model.__main__ import main

# A slider of each section, and whether the first sentence holds its effect (else the charts' table does).
SLIDERS = {
    "Exports": "industry.receipts_musd", "VPN block": "industry.vpn_block_days",
    "Freelancers": "freelance.earnings_musd", "Talent": "talent.graduates", "One firm": "firm.people",
    "Continuity": "measure.whitelisting.coverage", "Recurring": "calendar.cable_cut.days",
}  # fmt: skip


def rest(page: Page) -> None:
    page.wait_for_timeout(250)
    page.wait_for_function(IDLE, timeout=60_000)
    page.wait_for_timeout(150)
    page.wait_for_function(IDLE, timeout=60_000)


def opened(browser: Browser, base: str, size: tuple[int, int] = WIDE) -> Page:
    page = new_tab(browser, size)
    page.goto(f"{base}/industry")
    rest(page)
    return page


def section(page: Page, name: str) -> None:
    page.locator(".st-key-w_industry_section").get_by_text(name, exact=True).click()
    rest(page)


def sentences(page: Page) -> str:
    return "\n".join(page.locator("[data-testid=stMain] [data-testid=stMarkdown]").all_inner_texts())


def stepped(page: Page, key: str, presses: int = 10) -> None:
    """Move a slider by the keyboard, one end of it where it has two; type the number where it has a field."""
    box = page.locator(f"[class*='st-key-i_{key.replace('.', '-')}']").first
    if not box.locator("input[type=range]").count():
        field = box.locator("input").first
        field.fill(f"{float(field.input_value()) + presses:g}")
        field.press("Enter")
        rest(page)
        return
    grip = page.locator(f"[class*='st-key-i_{key.replace('.', '-')}'] input[type=range]").last
    grip.focus()
    for _ in range(presses):
        grip.press("ArrowRight")
    rest(page)


def to_the_end(page: Page, key: str) -> None:
    """Move a slider, or the upper end of one that has two, as far as it goes."""
    grip = page.locator(f"[class*='st-key-i_{key.replace('.', '-')}'] input[type=range]").last
    grip.focus()
    grip.press("End")
    rest(page)


def own_calendar(page: Page) -> None:
    page.locator(".st-key-w_industry_calendar input").click()
    page.keyboard.type("Own calendar")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    rest(page)


def test_a_slider_of_every_section_moves_its_sentences(browser: Browser, dashboard: str) -> None:
    page = opened(browser, dashboard)
    for name, key in SLIDERS.items():
        section(page, name)
        if name == "Recurring":
            own_calendar(page)
        before = sentences(page)
        (stepped if name == "Recurring" else to_the_end)(page, key)  # cuts of a year are too many for a year
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
        assert sentences(page) != before, name
        assert page.locator("[data-testid=stMain] .stPlotlyChart .main-svg").count() > 0, name
    page.close()


def test_the_file_is_what_the_command_line_prints(
    browser: Browser, dashboard: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = opened(browser, dashboard)
    for name, key in (("One firm", "firm.people"), ("Continuity", "measure.budget_musd")):
        section(page, name)
        stepped(page, key, 3)
        file, content = saved(page, page.locator(".st-key-csv_industry_section button:visible"))
        assert file.endswith(".csv")
        page.get_by_text("The same on the command line").click()
        rest(page)
        command = shlex.split(page.locator("[data-testid=stCode] code").inner_text())
        assert f"{key}=" in " ".join(command)
        assert main(command[3:]) == 0
        assert capsys.readouterr().out == content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert {row["section"] for row in rows} >= {"firm" if name == "One firm" else "continuity"}
        if name == "One firm":  # what is said on the screen is the file's number: 203 x 20,000 / 260
            day = next(row for row in rows if row["label"] == "Revenue of a working day")
            assert float(day["value"]) == pytest.approx(203 * 20_000 / 260)
            assert "Revenue is $15.6k a working day" in sentences(page)
        page.get_by_text("The same on the command line").click()
        rest(page)
    page.close()


def test_the_answer_comes_first_and_nothing_sticks_out(browser: Browser, dashboard: str) -> None:
    page = opened(browser, dashboard, NARROW)
    for name in SLIDERS:
        section(page, name)
        for size in sizes(page):
            box = page.locator("[data-testid=stMain] h3").first.bounding_box()
            assert box and box["y"] < size[1] / 2, (name, size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0], (name, size)
            wide = sticking_out(page)
            assert not wide, (name, size, wide)
    page.close()


def here(page: Page) -> Page:
    """The page once its section and its answer have come, however busy the machine is."""
    page.locator(".st-key-w_industry_section").wait_for(timeout=120_000)
    page.locator("[data-testid=stMain] h3").first.wait_for(timeout=120_000)
    rest(page)
    return page


def staff(page: Page, people: int) -> None:
    """Wait until address and answer are those of a firm with so many people: revenue is 20,000 USD a head."""
    page.wait_for_url(re.compile(rf"firm\.people={people}\.0"), timeout=120_000, wait_until="commit")
    day = f"${people * 20_000 / 260 / 1000:.1f}k a working day"
    expect(page.locator("[data-testid=stMain]")).to_contain_text(day, timeout=120_000)
    rest(page)


def test_a_reload_a_step_back_and_a_fresh_browser_show_the_same(browser: Browser, dashboard: str) -> None:
    page = here(opened(browser, dashboard))
    section(page, "One firm")
    page.wait_for_url(re.compile(r"industry\.section=firm"), timeout=120_000, wait_until="commit")
    page.locator("[class*='st-key-i_firm-people']").first.wait_for(timeout=120_000)
    stepped(page, "firm.people", 10)
    staff(page, 210)
    link, moved = page.url, sentences(page)
    page.reload()
    staff(here(page), 210)
    assert (page.url, sentences(page)) == (link, moved)
    fresh = new_tab(browser)
    fresh.goto(link)
    staff(here(fresh), 210)
    assert sentences(fresh) == moved
    fresh.get_by_role("link", name="Estimate").first.click()
    fresh.locator(".st-key-w_kind").wait_for(timeout=120_000)
    fresh.get_by_role("link", name="My firm").first.click()
    staff(here(fresh), 210)
    assert sentences(fresh) == moved, "another page loses nothing"
    fresh.close()
    stepped(page, "firm.people", 1)  # each press is an entry of its own in the browser's history
    staff(page, 211)
    page.go_back()
    staff(page, 210)
    assert (page.url, sentences(page)) == (link, moved)
    page.go_forward()
    staff(page, 211)
    page.close()
