"""The page of the estimate in a real Chromium: first look, hand, link, files, narrow and dark screens."""

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from browser import steps
from browser.conftest import grip, saved
from browser.steps import QUICK, link_of, new_tab
from model.catalogue.load import Catalogue
from model.estimation.estimate import Estimate, estimate
from model.estimation.words import event_text
from model.scenario.link import from_query
from model.text import sentence
from model.text.answer import answer

CHARTS = ("curve", "chain", "bearers", "drivers")
LINK = {"v": "2", "country": "KEN", "kind": "mobile_only", "duration": "3d", "spells": "2", "draws": "1024"}


def rest(page: Page) -> None:
    """Wait until the script has run, the charts are drawn and the hand's last word has been heard."""
    steps.rest(page)
    for drawn in (".stPlotlyChart .main-svg", ".explorer[data-redraws]"):
        page.wait_for_selector(drawn, timeout=30_000)


def address_of(base: str, link: dict[str, str], path: str = "/") -> str:
    return f"{base}{path}?{'&'.join(f'{key}={value}' for key, value in link.items())}"


def opened(browser: Browser, address: str) -> Page:
    page = new_tab(browser)
    page.goto(address)
    page.wait_for_selector(".explorer[data-redraws]", timeout=60_000)
    rest(page)
    return page


@pytest.fixture(scope="module")
def shared(browser: Browser, dashboard: str) -> Iterator[Page]:
    """One page for those who begin with a day; the console stays free of errors."""
    page, problems = new_tab(browser), list[str]()

    def heard(message: ConsoleMessage) -> None:
        # A page without the internet cannot fetch the icon of its tab; that is not ours to mend.
        if message.type == "error" and not message.location["url"].startswith("https://"):
            problems.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address_of(dashboard, QUICK))
    rest(page)
    yield page
    page.close()
    assert not problems


@pytest.fixture
def page(shared: Page) -> Page:
    if link_of(shared) != QUICK or "1-day" not in headline(shared):
        steps.typed_length(shared, "1 day")
        expect(shared.locator(".explorer-sentence")).to_contain_text("1-day", timeout=30_000)
        rest(shared)
    assert link_of(shared) == QUICK  # nothing else is left of the test before
    return shared


def folds(page: Page) -> None:
    """Open what is only drawn for who asks for it."""
    for title in ("How it adds up", "Which assumptions matter most"):
        page.get_by_text(title, exact=True).click()
        rest(page)


def headline(page: Page) -> str:
    return page.locator(".explorer-sentence").inner_text()


def result_of(page: Page, catalogue: Catalogue) -> Estimate:
    """What the model says to the link in the address bar."""
    scenario, ignored = from_query(catalogue, link_of(page))
    assert not ignored
    return estimate(catalogue, scenario)


# Before the answer there is little to read.
MOST_WORDS = 120
WORDS = """() => {
  const walk = document.createTreeWalker(document.querySelector("[data-testid=stApp]"), NodeFilter.SHOW_TEXT);
  const words = [];
  while (walk.nextNode()) {
    const piece = walk.currentNode, box = document.createRange();
    const around = piece.parentElement;
    if (around.closest("style, script, [aria-hidden=true]") || !around.checkVisibility()) continue;
    box.selectNodeContents(piece);
    const { top, bottom, width } = box.getBoundingClientRect();
    const inView = width && bottom > 0 && top < innerHeight;
    if (inView) words.push(...piece.data.split(/\\s+/).filter((word) => /\\p{L}/u.test(word)));
  }
  return words;
}"""


def test_the_answer_comes_before_any_reading(
    browser: Browser, dashboard: str, catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    page = opened(browser, dashboard)
    fields = (".st-key-w_kind input", ".st-key-w_country input", ".st-key-w_duration input")
    answered = (".explorer-sentence", ".explorer-amount", ".explorer-bar", ".explorer-figures")
    for size in steps.sizes(page):
        tops = []
        for part in (
            *fields,
            *answered,
            ".explorer-copy",
            ".explorer-share",
            ".st-key-picture_answer button",
        ):
            box = page.locator(part).first.bounding_box()
            assert box and box["y"] >= 0 and box["y"] + box["height"] <= size[1], (size, part)
            tops.append(box["y"])
        assert max(tops[: len(fields)]) < tops[len(fields)], f"{size}: the inputs stand above the answer"
        words = page.evaluate(WORDS)
        with capsys.disabled():
            print(f"\nfirst screen of Estimate, {size[0]} px: {len(words)} words")
        assert 40 < len(words) <= MOST_WORDS, words
    result = result_of(page, catalogue)
    assert headline(page) == sentence.headline(result)
    assert page.locator(".explorer-amount").inner_text() == answer(result).cost.median
    page.close()


WATCH = """() => {
  const root = document.querySelector(".explorer");
  const text = (name) => root.querySelector(`.explorer-${name}`).textContent;
  window.seen = [];
  new MutationObserver(() => seen.push([performance.now(), root.dataset.stop, text("sentence"), text("figures"),
    root.querySelector(".explorer-dot").style.transform, text("mark")]))
    .observe(root, { attributes: true, attributeFilter: ["data-updates"] });
}"""


def test_the_answer_follows_the_hand(
    page: Page, catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    page.evaluate(WATCH)
    page.mouse.move(*grip(page))
    page.mouse.down()
    zero, reach = grip(page, 0), grip(page, 1)[0] - grip(page, 0)[0]
    for stop in [*range(13, 60), *range(58, 20, -1)]:
        page.mouse.move(zero[0] + stop * reach, zero[1])
    seen = page.evaluate("seen")
    assert "duration" not in link_of(page), "the page was run again before the hand let go"
    page.mouse.up()
    page.wait_for_url("**duration=*", timeout=30_000)
    seconds = (seen[-1][0] - seen[0][0]) / 1000
    rate = (len(seen) - 1) / seconds
    with capsys.disabled():
        print(f"\nestimate page: {len(seen)} updates in {seconds:.2f} s of dragging, {rate:.0f} a second")
    assert rate >= 15
    for part in range(1, 6):  # stop, sentence, figures, marker and its words each moved with the hand
        assert len({entry[part] for entry in seen}) > 25
    rest(page)
    result = result_of(page, catalogue)
    assert result.scenario.hours > 24
    assert headline(page) == sentence.headline(result)
    words = answer(result)
    assert page.locator(".explorer-amount").inner_text() == words.cost.median
    assert page.locator(".explorer-figures dd").all_inner_texts() == [item.value for item in words.figures]


def test_the_keyboard_moves_the_duration_and_the_answer_is_copied_with_its_link(
    page: Page, catalogue: Catalogue
) -> None:
    page.locator(".explorer-slider").focus()
    start = int(page.locator(".explorer").get_attribute("data-stop") or 0)
    for count in (1, 2, 3):
        page.keyboard.press("ArrowRight")
        expect(page.locator(".explorer")).to_have_attribute("data-stop", str(start + count))
    page.wait_for_url("**duration=2d*", timeout=30_000)  # the slider tells its place a moment after it rests
    rest(page)
    assert headline(page) == sentence.headline(result_of(page, catalogue))
    assert page.evaluate("document.activeElement.className") == "explorer-slider"
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy text").click()
    expect(page.locator(".explorer-said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{headline(page)}\n{page.url}"
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.locator(".explorer-said")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url and "duration=2d" in page.url
    name, content = saved(page, page.locator(".st-key-picture_answer button[data-format=png]"))
    assert "_answer" in name and Image.open(io.BytesIO(content)).size == (1600, 900)
    _, content = saved(page, page.locator(".st-key-picture_answer button[data-format=svg]"))
    assert f">{page.locator('.explorer-amount').inner_text()}<" in content.decode()


def test_a_link_opens_its_scenario_and_gives_its_pictures_and_numbers(
    browser: Browser, dashboard: str, catalogue: Catalogue
) -> None:
    page = opened(browser, address_of(dashboard, LINK))
    result = estimate(catalogue, from_query(catalogue, LINK)[0])
    expected = sentence.headline(result)
    assert headline(page) == expected and link_of(page) == LINK
    folds(page)
    event = event_text(result, result.scenario.hours)
    captions = [
        text for text in page.locator("[data-testid=stCaptionContainer]").all_inner_texts() if event in text
    ]
    assert len(captions) >= len(CHARTS) - 1, "the other charts are not at the duration of the slider"
    for name in CHARTS:
        box = page.locator(f".st-key-tools_{name}")
        expect(box.get_by_role("button", name="PNG")).to_be_visible()
        filename, content = saved(page, box.locator("button[data-format=png]"))
        assert filename.startswith("KEN_mobile_only_2x3d_") and filename.endswith(".png")
        steps.full_picture(content, name)
        filename, content = saved(page, box.locator("button[data-format=svg]"))
        words = _words(content)
        for expected in ("model ", "data ", "Source", "Kenya", "obile data cut"):
            assert expected in words, (name, expected)
        _, content = saved(page, page.locator(f".st-key-csv_{name} button:visible"))
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert all(row["model_version"] == result.model_version for row in rows)
        assert all(row["data_version"] == result.data_version for row in rows)
        assert all("KEN" in str(row) and "mobile_only" in str(row) and row["sources"] for row in rows)
        _same_numbers(name, rows, result)
    page.close()


def _words(svg: bytes) -> str:
    root = ET.fromstring(svg.decode())
    space = "{http://www.w3.org/2000/svg}"
    title = root.find(f"{space}title")
    assert title is not None and title.text
    text = " ".join("".join(part.itertext()) for part in root.iter(f"{space}text"))
    plain = "".join(text.split())
    assert "".join(title.text.split()) in plain, "the picture does not show its title"
    return text


def _same_numbers(name: str, rows: list[dict[str, str]], result: Estimate) -> None:
    """The file's figures are the model's, in full precision and in the unit that the column names."""
    unit = f"[M {result.money.unit}]"
    if name == "drivers":
        by_key = {row.key: row for row in result.tornado}
        for line in rows:
            assert float(line[f"at_low {unit}"]) == pytest.approx(by_key[line["key"]].at_low / 1e6, rel=1e-9)
            assert float(line[f"at_high {unit}"]) == pytest.approx(
                by_key[line["key"]].at_high / 1e6, rel=1e-9
            )
        assert len(rows) == len(result.tornado)
        return
    curve = result.curves["net_direct"]
    for index, line in enumerate(rows):
        for end in ("low", "median", "high"):
            if name == "curve":
                expected = float(getattr(curve, end)[index])
                assert float(line["days [days]"]) == pytest.approx(float(result.durations[index]) / 24)
            else:
                expected = float(getattr(result.amount(line["id"]), end))
            assert float(line[f"{end} {unit}"]) == pytest.approx(expected / 1e6, rel=1e-9, abs=1e-12)


def test_what_is_refused_moves_nothing_and_a_step_is_answered(page: Page, catalogue: Catalogue) -> None:
    before = page.locator(".explorer-slider").bounding_box()
    field = page.get_by_role("textbox", name="How long")
    field.fill("soon")
    field.press("Enter")
    page.locator("[data-testid=stAlert]").wait_for()
    rest(page)
    assert page.locator(".explorer-slider").bounding_box() == before
    page.get_by_role("button", name="Close").click()
    rest(page)
    assert not page.locator("[data-testid=stAlert]").count()
    assert page.locator(".explorer-slider").bounding_box() == before
    # A length between the stops, once typed, leaves the slider: from there each step is at its place at once.
    steps.typed_length(page, "37 days")
    slider = page.locator(".explorer-slider")
    for days in (42, 50):
        slider.press("ArrowRight")
        page.wait_for_url(f"**duration={days}d*", timeout=30_000)
        rest(page)
        assert slider.get_attribute("aria-valuetext") == f"{days} days", "the step is answered by the page"
        assert headline(page) == sentence.headline(result_of(page, catalogue))
    page.get_by_text("By type of user").click()
    rest(page)


def test_a_strangers_link_cannot_write_on_the_page_and_enter_takes_the_country_that_was_typed(
    browser: Browser, dashboard: str
) -> None:
    """Streamlit's list would take the first hit, Ukraine for UK; its first page has no path of its own."""
    bad = {"country": "![x](//example.org/a.png)", "kind": "[x](//example.org)", "place": "$a$", "start": ":red[x]",
           "currency": "`x`", "region": "**x**"}  # fmt: skip
    link = {"v": "2", "amp;duration": "3d", "utm_source": "x", "draws": "256"}
    page = opened(browser, address_of(dashboard, link | bad, "/estimate"))
    alerts = page.locator("[data-testid=stAlert]")
    assert alerts.count() == len(bad)
    alert_text = " ".join(alerts.all_inner_texts())
    for value in bad.values():
        assert value in alert_text
    assert page.locator("[data-testid=stAlert] :is(img, a, code, strong, .katex)").count() == 0
    for typed, iso3, name in (("UK", "GBR", "United Kingdom"), ("TUR", "TUR", "Türkiye")):
        field = page.locator(".st-key-w_country input").first
        field.fill(typed)
        field.press("Enter")
        expect(field).to_have_value(name, timeout=30_000)
        rest(page)
        assert link_of(page) == {"v": "2", "country": iso3, "duration": "3d", "draws": "256"}
    page.close()
