"""Steps of the browser tests of comparing and sharing: open, wait, read, check a picture."""

import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Literal
from urllib.parse import parse_qs, urlencode, urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from browser.conftest import saved
from views.parts.blocks import JOINER, NO_BREAK

WIDE, NARROW = (1440, 900), (390, 844)
# What an earlier tab has kept in the browser is not for this one; a reload of its own finds what it kept itself.
AFRESH = """() => { try {
  if (!sessionStorage.getItem("begun")) { localStorage.clear(); sessionStorage.setItem("begun", "yes"); }
} catch { /* a page without storage */ } }"""
QUICK = {"v": "2", "draws": "1024"}
FOUR = QUICK | {"duration": "7d", "show": "scenarios", "s2.duration": "3d", "s2.title": "Three days",
                "s3.kind": "mobile_only", "s4.kind": "vpn_block", "s4.duration": "180d"}  # fmt: skip
IDLE = """() => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning" &&
  !document.querySelector("[data-stale=true], [data-testid=stSkeleton]") && document.querySelector(".st-key-footer")"""
QUIET = 250  # milliseconds without work: by then what a click began has shown itself
# Looked at by the page itself at each picture that it draws: no time is lost between a look and the next.
RESTED = f"""(quiet) => {{ const now = performance.now();
  if (!({IDLE})()) window.restedSince = undefined;
  else window.restedSince ??= now;
  return window.restedSince !== undefined && now - window.restedSince >= quiet; }}"""

# Playwright's "offline" leaves an open connection alone: the page keeps its sockets, so that a test can cut them.
# While `deaf` is set what is sent gets lost on its way, as where a cable was pulled and nobody knows of it yet.
SOCKETS = """() => {}; window.sockets = []; const Real = window.WebSocket;
  window.WebSocket = class extends Real {
    constructor(address, names) {
      super(address, window.forgotten ? names.slice(0, 2) : names); // the third is the visit to go on with
      window.sockets.push(this);
    }
    send(...given) { if (window.deaf) window.lost = (window.lost ?? 0) + 1; else super.send(...given); }
  };"""


def new_tab(
    browser: Browser, size: tuple[int, int] = WIDE, scheme: Literal["light", "dark"] = "light"
) -> Page:
    """An empty tab beside those of the other tests; what the browser keeps is empty for it at first."""
    (context,) = browser.contexts[:1]
    context.clear_cookies()
    page = context.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # what moves is drawn again and again
    page.add_init_script(f"({AFRESH})()")
    return page


def rest(page: Page) -> None:
    """Wait until the page has had nothing to do for a while."""
    page.evaluate("() => { window.restedSince = undefined; }")
    page.wait_for_function(RESTED, arg=QUIET, timeout=60_000)


def opened(
    browser: Browser,
    base: str,
    link: dict[str, str],
    size: tuple[int, int] = WIDE,
    path: str = "/compare",
) -> Page:
    page = new_tab(browser, size)
    page.goto(f"{base}{path}{'?' + urlencode(link) if link else ''}")
    rest(page)
    return page


def link_of(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def headline(page: Page) -> str:
    """The first heading, with plain spaces."""
    text = page.locator("[data-testid=stMain] h3").first.inner_text()
    return text.replace(NO_BREAK, " ").replace(JOINER, "")


def length(page: Page) -> str:
    """The length in the row of inputs; a field is empty for a moment while the page is built."""
    field = page.get_by_role("textbox", name="How long")
    expect(field).not_to_have_value("")
    return field.input_value()


def more_options(page: Page) -> None:
    """Open what stands behind More options."""
    page.locator(".st-key-x_more label").click()
    page.wait_for_selector(".st-key-w_spells input", timeout=30_000)


def typed_length(page: Page, text: str) -> None:
    field = page.get_by_role("textbox", name="How long")
    field.fill(text)
    field.press("Enter")
    rest(page)


def full_picture(content: bytes, name: str) -> None:
    """A PNG on white paper, with something on it."""
    picture = Image.open(io.BytesIO(content)).convert("L")
    assert picture.size == (1600, 900) and picture.getpixel((2, 2)) == 255
    assert sum(picture.histogram()[:255]) > 20_000, f"{name} is blank"


def sound_pictures(page: Page, name: str) -> None:
    """The PNG of a chart has its size and something on it; the SVG has a title, which is also written in it."""
    box = page.locator(f".st-key-tools_{name}")
    _, content = saved(page, box.locator("button[data-format=png]"))
    full_picture(content, name)
    _, content = saved(page, box.locator("button[data-format=svg]"))
    root = ET.fromstring(content.decode())
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None and title.text and title.text in "".join(root.itertext())


def both(page: Page) -> tuple[tuple[int, int], tuple[int, int]]:
    """A desk and a phone, first the one that the page is on."""
    return (WIDE, NARROW) if page.viewport_size == {"width": WIDE[0], "height": WIDE[1]} else (NARROW, WIDE)


def sizes(page: Page) -> Iterator[tuple[int, int]]:
    """The page as it is, on a desk or on a phone, then on the other, once its charts have found their width.

    There it stays: who asks again begins with that one.
    """
    first, second = both(page)
    yield first
    resized(page, second)
    yield second


def resized(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    rest(page)


def nothing_sticks_out(page: Page, answer_above: float | None = None) -> None:
    """Nothing lies beside the screen; the answer, where it is asked for, begins in the upper part."""
    size = page.viewport_size
    assert size
    if answer_above is not None:
        box = page.locator("[data-testid=stMain] h3").first.bounding_box()
        assert box and box["y"] < size["height"] * answer_above, size
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], size
    wide = sticking_out(page)
    assert not wide, (size, wide)


def sticking_out(page: Page) -> list[str]:
    """What of the page's charts, words, buttons and tables lies beyond the screen.

    A wide table and the chips of a list scroll in themselves.
    """
    outside: list[str] = page.evaluate(
        "() => [...document.querySelectorAll("
        "'[data-testid=stMain] :is(svg.main-svg, p, button, [data-testid=stTable])')]"
        ".filter((one) => !one.parentElement.closest('[data-testid=stTable], [data-testid=stMultiSelect]'))"
        ".map((one) => [one.textContent.slice(0, 40), one.getBoundingClientRect()])"
        ".filter(([, box]) => box.width && (box.left < -1 || box.right > innerWidth + 1)).map(([name]) => name)"
    )
    return outside


class Overtaken:
    """A page in which a click on a page link overtakes the entry that it takes along; made before it is opened.

    Streamlit sends an entry a moment after its field is left, for the page that is shown. Where the browser is busy
    the click is first. Here it is first each time: the entry waits until the other page has begun to come.
    """

    def __init__(self, page: Page) -> None:
        self.entries = 0
        self._shown, self._armed = "", False
        page.route_web_socket("**/_stcore/stream", self._between)

    def arm(self) -> None:
        """From now on entries wait, until one has been overtaken."""
        self.entries, self._armed = 0, True

    def _between(self, browser: WebSocketRoute) -> None:
        server, waiting = browser.connect_to_server(), list[bytes]()

        def sent(content: str | bytes) -> None:
            assert isinstance(content, bytes)
            message = BackMsg.FromString(content)
            if self._armed and message.rerun_script.page_script_hash == self._shown:
                waiting.append(content)
            else:
                server.send(content)

        def answered(content: str | bytes) -> None:
            assert isinstance(content, bytes)
            message = ForwardMsg.FromString(content)
            if message.HasField("navigation"):
                if self._armed and message.navigation.page_script_hash != self._shown:
                    self._armed, self.entries = False, len(waiting)
                    for entry in waiting:
                        server.send(entry)
                    waiting.clear()
                self._shown = message.navigation.page_script_hash
            browser.send(content)

        browser.on_message(sent)
        server.on_message(answered)
