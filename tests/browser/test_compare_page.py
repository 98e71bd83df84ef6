"""Comparing in a real Chromium, on a desk and on a phone: every part, its files against the model, a stop."""

import csv
import io
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import saved
from browser.steps import (
    FOUR,
    NARROW,
    QUICK,
    headline,
    link_of,
    new_tab,
    nothing_sticks_out,
    opened,
    rest,
    sizes,
    sound_pictures,
    typed_length,
)
from model.catalogue.load import Catalogue
from model.compare import breakeven, compare_durations, differences, sentences
from model.compare.curves import along
from model.estimation.estimate import estimate
from model.scenario.comparison import from_link


def part(page: Page, name: str) -> None:
    """Open a part of the comparison."""
    radio = page.get_by_role("radio", name=name, exact=True)
    radio.or_(page.get_by_role("button", name=name, exact=True)).first.click()
    rest(page)


def unfolded(page: Page, name: str) -> None:
    """Open a fold of the comparison."""
    page.locator("[data-testid=stMain] summary").filter(has_text=name).click()
    rest(page)


def test_the_answer_comes_first_differences_are_draw_by_draw_and_the_curves_of_scenarios_are_the_models(
    browser: Browser, dashboard: str, catalogue: Catalogue
) -> None:
    # Other than the first at every length: else nobody would see which of them is the reference.
    page = opened(browser, dashboard, FOUR | {"s2.kind": "slowdown"})
    _fits(page)
    scenario, comparison, _ = from_link(catalogue, link_of(page))
    ready = differences.aligned([scenario, *comparison.others])
    rows = differences.side_by_side(catalogue, ready, list("abcd"), reference=1)
    _, content = saved(page, page.locator(".st-key-csv_compare_scenarios button:visible"))
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [line["label"] for line in lines[:2]] == ["Three days", "Full blackout, 7 days, Pakistan"]
    for line, row in zip(lines, [rows[1], rows[0], *rows[2:]], strict=True):
        for end in ("low", "median", "high"):
            in_file = float(line[f"difference_{end} [M USD]"])
            assert in_file == pytest.approx(getattr(row.difference, end) / 1e6, rel=1e-9)
    unfolded(page, "At every length")
    _, content = saved(page, page.locator(".st-key-csv_compare_along_ratio button:visible"))
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    curves = along(catalogue, ready, list("abcd"), reference=1)
    assert len(lines) == sum(len(curve.durations) for curve in curves)
    points = iter(lines)
    for curve in curves:
        for at, hours in enumerate(curve.durations):
            line = next(points)
            assert float(line["hours [hours of one outage]"]) == hours
            for band, name, unit, scale in (
                (curve.cost, "amount", "M USD", 1e6), (curve.difference, "difference", "M USD", 1e6),
                (curve.ratio, "ratio", "times the reference", 1),
            ):  # fmt: skip
                ends_in_file = [float(line[f"{name}_{end} [{unit}]"]) for end in ("low", "median", "high")]
                assert ends_in_file == pytest.approx(
                    [end / scale for end in band.at(at)], rel=1e-9, abs=1e-12
                )
    for name in ("compare_scenarios", "compare_along", "compare_along_ratio"):
        sound_pictures(page, name)
    for name in ("Types", "Countries"):
        part(page, name)
        _fits(page)
    page.close()


def _fits(page: Page) -> None:
    """On a desk and on a phone nothing sticks out, and the answer is in view."""
    for size in sizes(page):
        nothing_sticks_out(page)
        box = page.locator("[data-testid=stMain] h3").first.bounding_box()
        assert box and box["y"] + box["height"] < size[1], size


def test_a_length_is_typed_in_the_link_carries_it_and_the_keyboard_stays_on_a_button_that_was_pressed(
    browser: Browser, dashboard: str
) -> None:
    page = opened(browser, dashboard, QUICK)
    field = page.get_by_role("textbox", name="Add lengths")
    field.fill("36 hours")
    page.locator("[data-testid=stMain] h3").first.click()  # elsewhere, without Enter
    rest(page)
    assert link_of(page)["durations"] == "1h,1d,36h,3d,7d,30d"
    expect(field).to_have_value("")
    for key in ("c_durations_reset", "w_reset"):
        button = page.locator(f".st-key-{key} button:visible")
        button.focus()
        page.keyboard.press("Enter")
        rest(page)
        assert button.evaluate("one => document.activeElement === one"), key
    _fits(page)
    page.close()


def test_on_a_phone_a_figure_is_typed_and_scenarios_are_kept_compared_and_removed(
    browser: Browser, dashboard: str, catalogue: Catalogue
) -> None:
    page = opened(browser, dashboard, QUICK, NARROW)
    unfolded(page, "How long until it costs")
    assert link_of(page)["show"] == "breakeven"
    page.get_by_role("button", name="A sea cable").click()
    rest(page)
    assert link_of(page)["threshold"] == "59500000.0"
    field = page.locator(".st-key-c_threshold input")
    field.fill("50")
    field.press("Enter")
    rest(page)
    scenario, comparison, _ = from_link(catalogue, link_of(page))
    said = " ".join(page.locator("strong", has_text="reaches").inner_text().split())
    assert comparison.threshold == 50e6 and "reaches $50 million after" in said
    result = estimate(catalogue, scenario)
    crossing = breakeven.crossing(result, 50e6)
    _, content = saved(page, page.locator(".st-key-csv_compare_breakeven button:visible"))
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [float(line["days [days]"]) * 24 for line in lines] == pytest.approx(list(result.durations))
    for name in ("low", "median", "high"):
        curve = getattr(result.curves["net_direct"], name) / 1e6
        assert [float(line[f"{name} [M USD]"]) for line in lines] == pytest.approx(list(curve), rel=1e-9)
    hour_texts = lines[0]["passed after hours (5%, median, 95%)"].split(", ")
    hours = [hour or 0.0 for hour in crossing.hours]
    assert [float(text) for text in hour_texts] == pytest.approx(hours)
    sound_pictures(page, "compare_breakeven")
    part(page, "My scenarios")
    page.get_by_role("button", name="Keep this scenario to compare").click()
    rest(page)
    typed_length(page, "7 days")  # in the page itself, without a drawer
    assert "costs $" in headline(page) and "more than “Full blackout, 1 day, Pakistan”" in headline(page)
    assert link_of(page)["duration"] == "7d" and link_of(page)["s2.draws"] == "1024"
    page.get_by_role("button", name="Remove").click()
    rest(page)
    assert not [key for key in link_of(page) if key.startswith("s2")]
    page.close()


def test_long_work_shows_how_far_it_is_and_can_be_stopped(browser: Browser, dashboard: str) -> None:
    page = new_tab(browser, NARROW)
    link = {"v": "2", "draws": "65536", "seed": "390", "show": "kinds", "spells": "12"}
    page.goto(f"{dashboard}/compare?{urlencode(link)}")
    main = page.locator("[data-testid=stMain]")
    stop = main.get_by_role("button", name="Stop")
    stop.wait_for(timeout=60_000)
    page.wait_for_function("() => /comparison … [1-9]\\d* ?%/.test(document.body.innerText)", timeout=60_000)
    assert link_of(page) == link, "the address is true while the work goes on"
    stop.click()
    main.get_by_text("Stopped: this was not computed.").wait_for(timeout=60_000)
    rest(page)
    expect(stop).to_have_count(0)
    assert link_of(page) == link and "Compute it after all" in main.inner_text()
    part(page, "My scenarios")  # another part is not stopped with it
    expect(main.get_by_text("Stopped")).to_have_count(0)
    assert link_of(page) == link | {"show": "scenarios"}
    page.close()


def test_the_longest_headline_takes_three_lines_and_pictures_numbers_and_copies_are_the_models(
    browser: Browser, dashboard: str, catalogue: Catalogue
) -> None:
    common = QUICK | {"spells": "14", "region": "Punjab,Sindh,Khyber Pakhtunkhwa", "durations": "6h,1d,3d"}

    def compared(kind: str) -> list[differences.Compared]:
        scenario, comparison, ignored = from_link(catalogue, common | {"kind": kind})
        assert not ignored
        return compare_durations.durations(catalogue, scenario, comparison.durations)

    rows_of = {kind: compared(kind) for kind in catalogue.kinds}
    longest = max(rows_of, key=lambda kind: len(sentences.durations_headline(rows_of[kind])))
    rows = rows_of[longest]
    page = opened(browser, dashboard, common | {"kind": longest})
    assert headline(page) == sentences.durations_headline(rows)
    lines = page.locator("[data-testid=stMain] h3").first.evaluate(
        "one => { const [high, over, under] = ['lineHeight', 'paddingTop', 'paddingBottom']"
        ".map((name) => parseFloat(getComputedStyle(one)[name]));"
        " return Math.round((one.clientHeight - over - under) / high) }"
    )
    assert 1 <= lines <= 3, headline(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    main = page.locator("[data-testid=stMain]")
    main.get_by_role("button", name="Copy sentence").click()
    expect(main.get_by_text("Copied").first).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == headline(page)
    main.get_by_role("button", name="Copy table").click()
    expect(main.get_by_text("Copied").nth(1)).to_be_visible()
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert [line.split("\t")[0] for line in lines] == ["Length", "6 hours", "1 day", "3 days"]
    for fold in ("Cost per hour", "Whole curve"):
        unfolded(page, fold)
    page.wait_for_timeout(1200)
    names = page.eval_on_selector_all(
        "[data-testid=stMain] :is(.stDownloadButton button, .pictures button)",
        "all => all.filter((one) => one.checkVisibility({ visibilityProperty: true }))"
        ".map((one) => one.getAttribute('aria-label') ?? one.textContent)",
    )
    assert len(names) > 9 and len(set(names)) == len(names), names
    for name in ("compare_durations", "compare_curve", "compare_cost_per_hour"):
        sound_pictures(page, name)
    _, content = saved(page, page.locator(".st-key-csv_compare_durations button:visible"))
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [line["label"] for line in lines] == ["6 hours", "1 day", "3 days"]
    for line, row in zip(lines, rows, strict=True):
        for end in ("low", "median", "high"):
            assert float(line[f"amount_{end} [M USD]"]) == pytest.approx(
                getattr(row.amount, end) / 1e6, rel=1e-9
            )
            assert float(line[f"ratio_{end} [times the reference]"]) == pytest.approx(
                getattr(row.ratio, end), rel=1e-9
            )
        assert "durations=6h,1d,3d" in line["scenario"] and line["model_version"] and line["sources"]
    page.close()
