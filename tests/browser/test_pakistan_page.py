"""Pakistan IT and My firm in a real Chromium: every section, one figure in each, files, former links."""

import csv
import io
import re
import shlex

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import saved
from browser.steps import WIDE, new_tab, nothing_sticks_out, rest, sizes
from model.__main__ import main

# The tab and the question that lead to each section.
QUESTIONS = {
    "VPN block": ("What does a VPN block cost?", ""), "Exports": ("Exports and growth", ""),
    "Recurring": ("People, measures and outages", "What do outages cost in a year?"),
    "Freelancers": ("People, measures and outages", "What do freelancers lose?"),
    "Talent": ("People, measures and outages", "Are there enough people?"),
    "Continuity": ("People, measures and outages", "Which measures pay?"),
}  # fmt: skip


def opened(browser: Browser, base: str, size: tuple[int, int] = WIDE, path: str = "pakistan") -> Page:
    page = new_tab(browser, size)
    page.goto(f"{base}/{path}")
    rest(page)
    return page


def section(page: Page, name: str) -> None:
    tab, question = QUESTIONS[name]
    page.locator(".st-key-w_industry_section").get_by_text(tab, exact=True).click()
    rest(page)
    if question:
        page.locator(".st-key-w_industry_question").get_by_text(question, exact=True).click()
        rest(page)


def sentences(page: Page) -> str:
    return "\n".join(page.locator("[data-testid=stMain] [data-testid=stMarkdown]").all_inner_texts())


def stepped(page: Page, key: str, more: int) -> None:
    """Type a number that is larger by so much."""
    field = page.locator(f"[class*='st-key-i_{key.replace('.', '-')}'] input").first
    expect(field).not_to_have_value("", timeout=30_000)  # it is empty for a moment while the page is built
    field.fill(f"{float(field.input_value()) + more:g}")
    field.press("Enter")
    rest(page)


def to_the_end(page: Page, key: str) -> None:
    """Move a slider, or the upper end of one that has two, as far as it goes."""
    grip = page.locator(f"[class*='st-key-i_{key.replace('.', '-')}'] input[type=range]").last
    grip.focus()
    grip.press("End")
    rest(page)


def test_every_section_answers_first_and_stays_on_the_screen_and_a_measure_follows_its_slider(
    browser: Browser, dashboard: str
) -> None:
    page = opened(browser, dashboard)
    for name in QUESTIONS:
        section(page, name)
        for _ in sizes(page):
            nothing_sticks_out(page, 0.5)
        assert page.locator("[data-testid=stMain] .stPlotlyChart .main-svg").count() > 0, name
    before = sentences(page)
    to_the_end(page, "measure.whitelisting.coverage")
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    assert sentences(page) != before
    assert page.locator("[data-testid=stMain] .stPlotlyChart .main-svg").count() > 0
    page.close()


def here(page: Page) -> Page:
    """The page once its question and its answer have come, however busy the machine is."""
    page.locator(".st-key-firm_sentence").wait_for(timeout=120_000)
    page.locator("[data-testid=stMain] h3").first.wait_for(timeout=120_000)
    rest(page)
    return page


def outages(page: Page, number: int) -> None:
    """Wait until address and answer are those of so many outages a year."""
    page.wait_for_url(
        re.compile(rf"firm\.outages_per_year={number}\.0"), timeout=120_000, wait_until="commit"
    )
    expect(page.locator("[data-testid=stMain]")).to_contain_text(
        f"{number} outages a year of 4", timeout=120_000
    )
    rest(page)


def test_my_firm_outlives_another_page_and_a_step_back_and_its_file_is_what_the_command_line_prints(
    browser: Browser, dashboard: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = here(opened(browser, dashboard, path="firm"))
    stepped(page, "firm.outages_per_year", 7)
    outages(page, 12)
    moved = sentences(page)
    page.get_by_role("link", name="Estimate").first.click()
    page.locator(".st-key-w_kind").wait_for(timeout=120_000)
    page.get_by_role("link", name="My firm").first.click()
    outages(here(page), 12)
    assert sentences(page) == moved, "another page loses nothing"
    link = page.url
    stepped(page, "firm.outages_per_year", 1)  # each entry is one of the browser's history
    outages(page, 13)
    page.go_back()
    outages(page, 12)
    assert (page.url, sentences(page)) == (link, moved)
    page.go_forward()
    outages(page, 13)
    for _ in sizes(page):
        nothing_sticks_out(page, 0.6)
    stepped(page, "firm.people", 3)
    file, content = saved(page, page.locator(".st-key-csv_industry_section button:visible"))
    assert file.endswith(".csv")
    page.get_by_text("The same on the command line").click()
    rest(page)
    command = shlex.split(page.locator("[data-testid=stCode] code").inner_text())
    assert "firm.people=" in " ".join(command)
    assert main(command[3:]) == 0
    assert capsys.readouterr().out == content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert {row["section"] for row in rows} >= {"firm"}
    # The file holds one outage too, which was not open: 203 x 20,000 / 260.
    day = next(row for row in rows if row["label"] == "Revenue of a working day")
    assert float(day["value"]) == pytest.approx(203 * 20_000 / 260)
    page.close()
