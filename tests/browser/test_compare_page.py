"""Comparing and sharing in a real Chromium: parts, files, the link, back, forward, reload, two tabs, a phone."""

import csv
import io
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.conftest import saved
from model import compare
from model.catalogue import Catalogue
from model.comparison import from_link
from model.formatting import duration_text

WIDE, NARROW = (1440, 900), (390, 844)
QUICK = {"v": "1", "draws": "1024"}
FOUR = QUICK | {"duration": "7d", "show": "scenarios", "s2.duration": "3d", "s2.title": "Three days",
                "s3.kind": "mobile_only", "s4.kind": "vpn_block", "s4.duration": "180d"}  # fmt: skip
IDLE = """() => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning" &&
  !document.querySelector("[data-stale=true]") && document.querySelector("[data-testid=stMain] h3")"""


def rest(page: Page) -> None:
    page.wait_for_timeout(200)
    page.wait_for_function(IDLE, timeout=30_000)
    page.wait_for_timeout(100)
    page.wait_for_function(IDLE, timeout=30_000)


def opened(
    where: Browser | BrowserContext,
    base: str,
    link: dict[str, str],
    size: tuple[int, int] = WIDE,
    path: str = "/compare",
) -> Page:
    page = (
        where.new_page(viewport={"width": size[0], "height": size[1]})
        if isinstance(where, Browser)
        else where.new_page()
    )
    page.goto(f"{base}{path}{'?' + urlencode(link) if link else ''}")
    rest(page)
    return page


def link_of(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def headline(page: Page) -> str:
    return page.locator("[data-testid=stMain] h3").first.inner_text()


def length(page: Page) -> str:
    """The duration in the sidebar; a field is empty for a moment while the page is built."""
    field = page.get_by_role("textbox", name="Duration of one spell")
    expect(field).not_to_have_value("")
    return field.input_value()


def typed_length(page: Page, text: str) -> None:
    field = page.get_by_role("textbox", name="Duration of one spell")
    field.fill(text)
    field.press("Enter")
    rest(page)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_answer_comes_first_and_nothing_sticks_out(
    browser: Browser, dashboard: str, size: tuple[int, int]
) -> None:
    page = opened(browser, dashboard, FOUR, size)
    for name in ("Durations", "Kinds", "Scenarios", "Places", "Break-even"):
        page.get_by_role("radio", name=name, exact=True).or_(
            page.get_by_role("button", name=name, exact=True)
        ).first.click()
        rest(page)
        box = page.locator("[data-testid=stMain] h3").first.bounding_box()
        assert box and box["y"] + box["height"] < size[1], name
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        wide = page.evaluate(
            "() => [...document.querySelectorAll('[data-testid=stMain] :is(svg.main-svg, p, button)')]"
            ".map((one) => [one.textContent.slice(0, 40), one.getBoundingClientRect()])"
            ".filter(([, box]) => box.width && (box.left < -1 || box.right > innerWidth + 1)).map(([name]) => name)"
        )
        assert not wide, (name, wide)
    page.close()


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


def test_two_tabs_do_not_touch_each_other(browser: Browser, dashboard: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    first, second = (opened(context, dashboard, QUICK | {"duration": text}) for text in ("7d", "9d"))
    typed_length(first, "5 days")
    second.reload()
    rest(second)
    assert (length(first), length(second)) == ("5 days", "9 days")
    context.close()


def test_a_dropped_connection_loses_nothing(browser: Browser, dashboard: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = opened(context, dashboard, FOUR)
    said = headline(page)
    context.set_offline(True)
    page.evaluate("() => window.dispatchEvent(new Event('offline'))")
    page.wait_for_timeout(1500)
    context.set_offline(False)
    page.wait_for_timeout(2500)
    rest(page)
    typed_length(page, "8 days")
    assert headline(page) != said and "“Three days”" in headline(page)
    assert link_of(page)["duration"] == "8d" and link_of(page)["s4.kind"] == "vpn_block"
    context.close()


def test_a_duration_is_typed_in_and_the_link_carries_it(
    browser: Browser, dashboard: str, catalogue: Catalogue
) -> None:
    page = opened(browser, dashboard, QUICK)
    field = page.locator(".st-key-c_durations input").first
    field.fill("36 hours")
    field.press("Enter")
    rest(page)
    assert link_of(page)["durations"] == "1h,1d,36h,3d,7d,30d"
    field.fill("soon")
    field.press("Enter")
    rest(page)
    alert = page.locator("[data-testid=stAlert]").inner_text()
    assert "Duration: 'soon' is not a duration; allowed: " in alert
    assert link_of(page)["durations"] == "1h,1d,36h,3d,7d,30d"
    page.close()


def test_pictures_and_numbers_are_the_models(browser: Browser, dashboard: str, catalogue: Catalogue) -> None:
    page = opened(browser, dashboard, QUICK | {"durations": "1d,7d", "threshold": "3e8"})
    scenario, comparison, ignored = from_link(catalogue, link_of(page))
    assert not ignored
    rows = compare.durations(catalogue, scenario, comparison.durations)
    for name in ("compare_durations", "compare_curve", "compare_cost_per_hour"):
        box = page.locator(f".st-key-tools_{name}")
        _, content = saved(page, box.locator("button[data-format=png]"))
        picture = Image.open(io.BytesIO(content)).convert("RGB")
        colours = picture.getcolors(maxcolors=1 << 24) or []
        assert picture.size == (1600, 900)
        assert sum(count for count, colour in colours if colour != (255, 255, 255)) > 20_000, (
            f"{name} is blank"
        )
        _, content = saved(page, box.locator("button[data-format=svg]"))
        root = ET.fromstring(content.decode())
        title = root.find("{http://www.w3.org/2000/svg}title")
        assert title is not None and title.text and title.text in "".join(root.itertext())
    _, content = saved(page, page.locator(".st-key-csv_compare_durations button:visible"))
    lines = list(csv.DictReader(io.StringIO(content.decode())))
    assert [line["label"] for line in lines] == [duration_text(hours) for hours in comparison.durations]
    for line, row in zip(lines, rows, strict=True):
        for end in ("low", "median", "high"):
            assert float(line[f"amount_{end} [M USD]"]) == pytest.approx(
                getattr(row.amount, end) / 1e6, rel=1e-9
            )
            assert float(line[f"ratio_{end} [times the reference]"]) == pytest.approx(
                getattr(row.ratio, end), rel=1e-9
            )
        assert "durations=1d,7d" in line["scenario"] and line["model_version"] and line["sources"]
    assert headline(page).startswith(compare.step_text(step) if (step := compare.step(*rows)) else "nothing")
    page.close()


def test_the_link_is_copied_and_the_file_comes_back(browser: Browser, dashboard: str, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(context, dashboard, FOUR)
    page.locator("[data-testid=stSidebar]").get_by_text("Share and save").click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".link-said")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(urlsplit(copied).query) == parse_qs(urlsplit(page.url).query)
    other = opened(context, dashboard, {})
    other.goto(copied)
    rest(other)
    assert headline(other) == headline(page)
    name, content = saved(page, page.locator(".st-key-share_file button:visible"))
    assert name == "PAK_full_blackout_7d_scenario.toml"
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
    file.write_text("[scenario]\nkind = 'flood'\nhours = 5\n")
    page.locator("input[type=file]").set_input_files(file)
    page.locator("[data-testid=stAlert]").wait_for()
    assert "Kind: 'flood' is not known" in page.locator("[data-testid=stAlert]").inner_text()
    assert link_of(page)["kind"] == "slowdown" and "duration" not in link_of(page)
    context.close()
