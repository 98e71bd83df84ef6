"""The picture buttons and the explorer on a page of their own, in a real Chromium."""

import io
import itertools
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from browser.agreement import marker, off_its_duration
from browser.conftest import ROOT, grip, saved, served
from browser.steps import SOCKETS, new_tab

SCHEMES: tuple[Literal["light", "dark"], ...] = ("dark", "light", "dark")
TITLE = "Cost of a full blackout by duration"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo page served as the project serves its own: same settings, same static files."""
    folder = tmp_path_factory.mktemp("app")
    shutil.copy(ROOT / "tests/browser/apps/components_app.py", folder)
    shutil.copytree(ROOT / "static", folder / "static")
    with served(folder / "components_app.py", folder / "log.txt") as url:
        yield url


def _open(browser: Browser, url: str, scheme: Literal["light", "dark"] = "light") -> Page:
    page = new_tab(browser, (1280, 1400), scheme)
    page.add_init_script(SOCKETS)
    page.goto(url)
    page.wait_for_selector(".explorer[data-redraws]", timeout=30_000)
    page.wait_for_selector(".pictures button[aria-label]", timeout=30_000)
    return page


def _idle(page: Page, stop: int) -> None:
    expect(page.get_by_text(f"Page at stop {stop},")).to_be_visible(timeout=10_000)
    page.wait_for_timeout(300)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    made = _open(browser, address)
    yield made
    made.close()


@pytest.fixture(scope="module")
def opened_dark(browser: Browser, address: str) -> Iterator[Page]:
    made = _open(browser, address, "dark")
    yield made
    made.close()


@pytest.fixture
def pictures(opened_dark: Page) -> Page:
    """One page for many tests: its pictures are wide again, its slider, size and colours may be any."""
    _shape(opened_dark, "picture")
    return opened_dark


def _shape(page: Page, shape: str) -> None:
    page.get_by_role("combobox", name=f"Shape of the picture: {TITLE}").select_option(shape)


def _download(page: Page, name: str) -> tuple[str, bytes]:
    return saved(page, page.get_by_role("button", name=name, exact=True))


@pytest.mark.parametrize(
    ("title", "filename"),
    [(TITLE, "cost-by-duration"), ("The same, sent at once", "cost-by-duration-direct")],
)
def test_png_is_a_full_picture(pictures: Page, title: str, filename: str) -> None:
    name, content = _download(pictures, f"Download PNG: {title}")
    assert name == f"{filename}.png"
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    assert picture.size == (1600, 900)
    assert picture.getpixel((2, 2)) == (255, 255, 255)
    colours = picture.getcolors(maxcolors=1 << 24) or []
    inked = sum(count for count, colour in colours if colour != (255, 255, 255))
    assert inked > 20_000, "the picture is (nearly) blank"
    assert (0, 114, 178) in {colour for _, colour in colours}, "the median line is missing"


def test_svg_has_real_text_and_a_title(pictures: Page) -> None:
    name, content = _download(pictures, f"Download SVG: {TITLE}")
    assert name == "cost-by-duration.svg"
    root = ET.fromstring(content.decode())
    space = "{http://www.w3.org/2000/svg}"
    title, words = root.find(f"{space}title"), root.find(f"{space}desc")
    assert title is not None and title.text == TITLE
    assert words is not None and words.text and words.text.startswith("Line chart")
    assert (root.get("width"), root.get("height")) == ("1600", "900")
    text = " ".join("".join(part.itertext()) for part in root.iter(f"{space}text"))
    for expected in (
        "Cost of a full blackout",
        "middle estimate",
        "Source: Invented figures",
        "model 0",
        "Cost, US dollars",
        "NetToll",
    ):
        assert expected in text


def test_a_square_picture_has_its_size_and_its_name(pictures: Page) -> None:
    _shape(pictures, "square")
    name, content = _download(pictures, f"Download PNG: {TITLE}")
    assert name == "cost-by-duration_square.png" and Image.open(io.BytesIO(content)).size == (1080, 1080)


def test_a_picture_is_copied(pictures: Page) -> None:
    pictures.context.grant_permissions(["clipboard-read", "clipboard-write"])
    pictures.get_by_role("button", name=f"Copy picture: {TITLE}", exact=True).click()
    expect(pictures.get_by_text("Picture copied")).to_be_visible(timeout=10_000)
    kinds = pictures.evaluate("async () => (await navigator.clipboard.read()).flatMap((item) => item.types)")
    assert kinds == ["image/png"]


def test_second_picture_after_the_first(pictures: Page) -> None:
    for ending in ("PNG", "SVG", "PNG"):
        name, content = _download(pictures, f"Download {ending}: {TITLE}")
        assert name.endswith(ending.lower()) and len(content) > 5000
        own = pictures.get_by_role("group", name=f"Picture: {TITLE}", exact=True)
        expect(own.get_by_text(f"{ending} saved")).to_be_visible()


def test_a_missing_library_is_said_in_words_and_one_that_comes_later_is_used(
    browser: Browser, address: str
) -> None:
    page = new_tab(browser)
    page.route("**/app/static/**", lambda route: route.abort())
    page.goto(address)
    said = page.locator(".explorer-message")
    expect(said).to_contain_text("its library did not load", timeout=30_000)
    expect(page.get_by_text("The chart could not be drawn")).to_be_visible()
    expect(page.locator(".explorer-overlay")).to_be_hidden()  # no marker without a curve
    page.get_by_role("button", name=f"Download PNG: {TITLE}", exact=True).click(timeout=30_000)
    expect(page.get_by_text("The drawing library could not be loaded")).to_be_visible(timeout=10_000)
    page.locator(".explorer-slider").press("ArrowRight")
    expect(page.locator(".explorer")).to_have_attribute("data-stop", "20")  # the words still follow
    page.unroute_all()
    page.locator(".explorer-slider").press("ArrowRight")
    expect(said).to_be_hidden(timeout=30_000)
    _marked(page, 21)
    page.close()


def _marked(page: Page, stop: int) -> None:
    """The marker is at a stop and on the curve that the browser shows."""
    expect(page.locator(".explorer")).to_have_attribute("data-stop", str(stop), timeout=30_000)
    expect(page.locator(".explorer-dot")).to_be_visible(timeout=30_000)
    seen = marker(page)
    assert abs(seen["y"] - seen["on"]) <= 2, seen
    hours = 17520 ** (stop / 59)  # the stops of the page, from an hour to two years
    assert off_its_duration(seen, hours / 24) <= 2, seen


def _doubled(page: Page) -> None:
    page.get_by_text("Twice the cost").click()


# From now on the next `failing` drawings fail, and each waits while it is `held`. `most` counts those at the same time.
# The explorer's own library, not the one that Streamlit brings for its charts.
SPOILT = """async (failing) => {
  const Plotly = await window.__pagePlotly, real = Plotly.react;
  Object.assign(window, { failing, now: 0, most: 0, drawn: 0 });
  Plotly.react = async (...given) => {
    window.most = Math.max(window.most, window.now += 1);
    try {
      await window.held;
      if (window.failing-- > 0) throw new Error("a fault of the test");
      window.drawn += 1;
      return await real(...given);
    } finally {
      window.now -= 1;
    }
  };
}"""


HOLD = """() => {
  Object.assign(window, { most: 0, drawn: 0, held: new Promise((done) => { window.release = done; }) });
}"""


def test_a_drawing_that_fails_is_drawn_anew_or_says_why_and_of_many_the_newest_is_shown(page: Page) -> None:
    page.evaluate(SPOILT, 1)
    _doubled(page)
    page.wait_for_function("() => window.drawn === 1", timeout=30_000)
    said = page.locator(".explorer-message")
    expect(said).to_be_hidden()
    _marked(page, 19)
    _doubled(page)
    page.wait_for_function("() => window.drawn === 2", timeout=30_000)
    _marked(page, 19)
    page.evaluate("() => { window.failing = 1000; }")
    _doubled(page)
    expect(said).to_have_text(
        "The chart could not be drawn: a fault of the test. The figures above still follow the slider.",
        timeout=30_000,
    )
    expect(page.locator(".explorer-overlay")).to_be_hidden()
    assert not page.locator(".explorer-plot .js-line").count(), "a curve of other figures stands there"
    page.evaluate("() => { window.failing = 0; }")
    _doubled(page)
    expect(said).to_be_hidden()
    _marked(page, 19)
    page.evaluate(HOLD)
    sentence = page.locator(".explorer-sentence")
    for _ in range(4):  # while the first drawing is under way others come; in the end all is as before
        before = sentence.inner_text()
        _doubled(page)
        expect(sentence).not_to_have_text(before)
    page.evaluate("() => window.release()")
    page.wait_for_function("() => window.now === 0 && window.drawn >= 2", timeout=30_000)
    assert page.evaluate("[most, drawn]") == [1, 2], (
        "one at a time, and of those that came meanwhile the last"
    )
    _marked(page, 19)
    expect(said).to_be_hidden()


def test_words_of_charts_stand_out_also_after_a_change_of_theme(pictures: Page) -> None:
    pictures.wait_for_selector(".stPlotlyChart .infolayer text", timeout=30_000)
    for scheme in SCHEMES:
        pictures.emulate_media(color_scheme=scheme)
        pictures.wait_for_timeout(1500)
        for chart in (".stPlotlyChart", ".explorer-plot"):
            fills = pictures.eval_on_selector_all(
                f"{chart} :is(.infolayer, .cartesianlayer) text",
                "all => all.map((one) => getComputedStyle(one).fill)",
            )
            assert fills
            for fill in fills:
                levels = [int(number) for number in re.findall(r"\d+", fill)[:3]]
                assert max(levels) < 90 if scheme == "light" else min(levels) > 200, (chart, fill)


def test_focus_and_chart_survive_the_answer_and_the_page_can_move_them(page: Page) -> None:
    page.evaluate("document.querySelector('.explorer-slider').isSame = true")
    page.locator(".explorer-slider").focus()
    redraws = page.locator(".explorer").get_attribute("data-redraws")
    for expected in (20, 21, 22):
        page.keyboard.press("ArrowRight")
        expect(page.locator(".explorer")).to_have_attribute("data-stop", str(expected))
    _idle(page, 22)
    focused = page.evaluate("document.activeElement.className + document.activeElement.isSame")
    assert focused == "explorer-slidertrue"
    assert page.locator(".explorer").get_attribute("data-redraws") == redraws, (
        "the whole chart was drawn again"
    )
    assert page.locator(".explorer-slider").get_attribute("aria-valuetext") == "38 hours"
    # The page can move the slider and change the figures.
    page.get_by_role("button", name="Start at one week").click()
    _idle(page, 31)
    expect(page.locator(".explorer")).to_have_attribute("data-stop", "31")
    before = page.locator(".explorer-sentence").inner_text()
    page.get_by_text("Twice the cost").click()
    expect(page.locator(".explorer-sentence")).not_to_have_text(before)
    expect(page.locator(".explorer")).to_have_attribute("data-stop", "31")
    assert int(page.locator(".explorer").get_attribute("data-redraws") or 0) >= 2
    # A move that nobody heard gives way to the page.
    page.evaluate("() => { window.deaf = true; }")
    page.locator(".explorer-slider").press("ArrowRight")
    page.wait_for_function("() => window.lost", timeout=30_000)
    expect(page.locator(".explorer")).to_have_attribute("data-stop", "32")
    page.evaluate("() => { window.deaf = false; }")
    page.get_by_role("button", name="Start at one week").click()  # its run gives the explorer nothing new
    _marked(page, 31)


def test_new_data_while_dragging_leave_the_hand_alone(browser: Browser, address: str) -> None:
    page = _open(browser, f"{address}/?slow=0.6")
    _idle(page, 19)
    x, y = grip(page)
    reach = 0.3 * (grip(page, 59)[0] - grip(page, 0)[0])
    page.locator(".explorer-slider").press("ArrowRight")
    page.wait_for_timeout(250)  # the answer to this is still being computed
    page.mouse.move(x, y)
    page.mouse.down()
    places = []
    for step in range(20):
        page.mouse.move(x + reach * (step + 1) / 20, y)
        page.wait_for_timeout(80)
        places.append(int(page.locator(".explorer").get_attribute("data-stop") or 0))
    page.mouse.up()
    assert places == sorted(places), f"the slider jumped back under the hand: {places}"
    _idle(page, places[-1])
    assert page.locator(".explorer").get_attribute("data-stop") == str(places[-1])
    page.close()


def test_nothing_is_cut_at_any_width(pictures: Page) -> None:
    for width in (390, 1440):
        pictures.set_viewport_size({"width": width, "height": 1400})
        pictures.wait_for_timeout(500)
        nothing_is_cut(pictures, width)


def nothing_is_cut(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for stop in ("Home", "End"):
        page.locator(".explorer-slider").press(stop)
        page.wait_for_timeout(100)
        box, chart = (
            page.locator(".explorer-mark").bounding_box(),
            page.locator(".explorer-chart").bounding_box(),
        )
        assert box and chart and box["x"] >= chart["x"]
        assert box["x"] + box["width"] <= chart["x"] + chart["width"]
    boxes = [tick.bounding_box() for tick in page.locator(".explorer-ticks span:visible").all()]
    edges = [(box["x"], box["x"] + box["width"]) for box in boxes if box]
    assert all(right <= left for (_, right), (left, _) in itertools.pairwise(edges)), "slider words overlap"
