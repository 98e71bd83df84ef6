"""What stands around every page, in a real browser: accessibility, titles, no other host, former addresses."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.steps import (
    NARROW,
    WIDE,
    both,
    link_of,
    new_tab,
    nothing_sticks_out,
    resized,
    rest,
    sizes,
    typed_length,
)
from views.pages.how.controls import CHANGES, EVIDENCE, METHODS, SOURCES

# A former link that says something of every page; what is nobody's is dropped.
SENT = {
    "v": "2", "draws": "1024", "country": "KEN", "duration": "3d", "industry.baseline": "claimed",
    "firm.outages_per_year": "12.0", "claimed.vpn_block_days": "73.0", "sources.search": "churn",
    "evidence.section": "record",
}  # fmt: skip
FORMER = urlencode(SENT | {"industry.section": "firm", "utm_source": "x"})
# Every page by its name: its path, what the browser calls it, and what it shows of that link.
PAGES = [
    ("Estimate", "", "3-day full blackout, Kenya - NetToll", "Kenya about $"),
    ("Compare", "compare", "Compare: 3-day full blackout, Kenya - NetToll", "Kenya"),
    ("World", "world", "World: 3-day full blackout - NetToll", "full blackout"),
    ("Export", "export", "Export: 3-day full blackout, Kenya - NetToll", "Kenya"),
    ("My firm", "firm", "My firm: ", "12 outages a year of 4 working hours (full blackout)"),
    ("Pakistan IT", "pakistan", "Pakistan IT: ", "$25M ($20M to $30M)"),
]  # fmt: skip
HOW = "w_how_section"  # the row of sections of the last page
SECTIONS = ((SOURCES, "churn"), (METHODS, ""), (CHANGES, ""), (EVIDENCE, ""))
MOST_BYTES = 3_000_000  # of a first visit
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
CHECK = """(only) => axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}},
  ...(only && {runOnly: only})})
  .then(({violations}) => violations.flatMap(({id, nodes}) => nodes.map((node) =>
    `${id}: ${node.html.slice(0, 120)} ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ""}`)))"""
LOOKS = ["color-contrast", "target-size", "scrollable-region-focusable"]  # hang on the size and the theme
# The same as a translating browser does: each piece of text makes way for two elements around a text of its own.
TRANSLATE = """() => {
  const walk = document.createTreeWalker(document.querySelector("[data-testid=stApp]"), NodeFilter.SHOW_TEXT);
  const pieces = [];
  while (walk.nextNode()) {
    const piece = walk.currentNode;
    if (piece.data.trim() && !piece.parentElement.closest("[translate=no], style, script, svg")) pieces.push(piece);
  }
  for (const piece of pieces) {
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    inner.textContent = piece.data;
    outer.append(inner);
    piece.replaceWith(outer);
  }
  return pieces.length;
}"""


@pytest.fixture(scope="module")
def shared(browser: Browser, dashboard: str) -> Iterator[Page]:
    """A page opened by the former link; nobody has asked another host for anything, or a thing that is not allowed."""
    page, hosts, said = new_tab(browser), set[str](), list[str]()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{dashboard}/industry?{FORMER}")
    rest(page)
    assert urlsplit(page.url).path == "/firm", "where the page is now that was sent"
    page.add_style_tag(content="* { transition: none !important; animation: none !important; }")
    page.evaluate(AXE.read_text(encoding="utf-8"))  # a tag for it would be refused by the page's policy
    yield page
    page.close()
    assert hosts <= {urlsplit(dashboard).netloc, ""}, "a request went to another host"
    assert not [text for text in said if "Content Security Policy" in text], said


def at(page: Page, name: str, title: str) -> Page:
    """On a desk, at the page of this name, with all that the former link said."""
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    page.get_by_role("link", name=name, exact=True).click()
    page.mouse.move(0, 0)
    expect(page.locator("h1")).to_have_text(name)
    rest(page)
    assert page.title().startswith(title) and SENT.items() <= link_of(page).items()
    expect(page.locator("h1")).to_have_count(1)
    return page


@pytest.mark.parametrize(("name", "path", "title", "shown"), PAGES[1:])
def test_a_page_can_be_used_by_everybody(shared: Page, name: str, path: str, title: str, shown: str) -> None:
    page = at(shared, name, title)
    assert urlsplit(page.url).path == f"/{path}"
    expect(page.locator("[data-testid=stMain]")).to_contain_text(shown)
    for_everybody(page)


def test_every_section_of_how_it_works_can_be_used_by_everybody(shared: Page) -> None:
    page = at(shared, "How it works", "How it works: ")
    for name, shown in SECTIONS:
        page.locator(f".st-key-{HOW}").get_by_text(name, exact=True).click()
        page.mouse.move(0, 0)
        rest(page)
        assert page.title() == f"How it works: {name} - NetToll"
        expect(page.locator("[data-testid=stMain]")).to_contain_text(shown)
        for_everybody(page)


def for_everybody(page: Page) -> None:
    """On a desk in the light and on a phone in the dark nothing is in anybody's way, and nothing sticks out."""
    for rules, size in zip((None, LOOKS), both(page), strict=True):
        page.emulate_media(color_scheme="light" if size == WIDE else "dark")
        resized(page, size)
        ground = page.locator("[data-testid=stApp]").evaluate("one => getComputedStyle(one).backgroundColor")
        assert ground == ("rgb(255, 255, 255)" if size == WIDE else "rgb(20, 24, 29)"), size
        problems: list[str] = page.evaluate(CHECK, rules)
        assert not problems, f"{size}\n" + "\n".join(sorted(problems))
        nothing_sticks_out(page)


def test_a_translated_page_stays_whole_and_shows_what_is_new(browser: Browser, dashboard: str) -> None:
    page, errors = new_tab(browser), list[str]()
    page.on(
        "console", lambda message: errors.append(message.text) if "NotFoundError" in message.text else None
    )
    page.goto(f"{dashboard}/how-it-works?evidence.section=claims")
    rest(page)
    assert page.evaluate(TRANSLATE) > 20
    search = page.get_by_role("textbox", name="Search the claims")
    search.fill("telecom")
    search.press("Enter")
    rest(page)
    main = page.locator("[data-testid=stMain]")
    expect(main).to_contain_text("Telecom")
    assert not errors, errors[0]
    page.get_by_role("link", name="Export", exact=True).click()
    expect(page.locator("h1")).to_have_text("Export")
    rest(page)
    page.evaluate(TRANSLATE)
    typed_length(page, "9 days")
    expect(main).to_contain_text("A 9-day nationwide internet blackout would cost")
    expect(main).not_to_contain_text("A 1-day nationwide internet blackout would cost")
    assert not errors and not page.locator("[data-testid=stException]").count()
    page.close()


def test_a_citation_is_copied_the_tools_of_a_table_lie_over_nothing_else_and_the_keyboard_is_seen(
    browser: Browser, dashboard: str
) -> None:
    page = new_tab(browser, NARROW)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=dashboard)
    page.goto(f"{dashboard}/how-it-works?how.section=changes")
    rest(page)
    for name, start in (
        ("Copy citation", "NetToll contributors ("),
        ("BibTeX", "@misc{"),
        ("RIS", "TY  - COMP"),
    ):
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_function(
            "(start) => navigator.clipboard.readText().then((t) => t.startsWith(start))", arg=start
        )
        assert page.url in page.evaluate("navigator.clipboard.readText()")
    for section in ("Data and sources", "The method"):  # tables of their own height and of a given one
        page.locator(f".st-key-{HOW}").get_by_text(section, exact=True).click()
        rest(page)
        table = page.locator("[data-testid=stElementContainer]:has(.stDataFrame)").first
        table.scroll_into_view_if_needed()
        table.hover()
        rest(page)  # until the tools have moved into their place
        boxes = (
            "(own) => [own, ...own.querySelectorAll('canvas, [data-testid=stElementToolbar]')].map((part) => "
        )
        boxes += "(({ top, bottom }) => [top, bottom])(part.getBoundingClientRect()))"
        (top, bottom), *parts = table.evaluate(boxes)
        assert len(parts) >= 2 and min(high for high, _ in parts) >= top, "a control lies over what is above"
        assert max(low for _, low in parts) <= bottom + 1, "it lies over what follows"
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    link = page.get_by_role("link", name="Compare")
    expect(link).to_be_visible()
    style = "(link) => { const s = getComputedStyle(link); return s.outlineStyle === 'solid' ? s.outlineWidth : '' }"
    assert link.evaluate(style) == ""
    page.keyboard.press("Tab")  # from now on the browser shows where the keyboard is
    link.focus()
    assert link.evaluate(style) == "2px"
    page.close()


def test_a_phone_is_there_at_once_and_has_its_navigation_at_the_foot_of_the_screen(
    browser: Browser, dashboard: str
) -> None:
    """A new phone, which has nothing of it yet, and where things move, as in no tab of the other tests.

    How much it loads: files as they came, messages packed to a third.
    """
    phone = browser.new_context(
        viewport={"width": NARROW[0], "height": NARROW[1]}, has_touch=True, is_mobile=True
    )
    page = phone.new_page()
    wire = phone.new_cdp_session(page)
    files, messages, shakes = list[float](), list[int](), list[str]()
    wire.on("Network.loadingFinished", lambda e: files.append(e["encodedDataLength"]))
    wire.on("Network.webSocketHandshakeResponseReceived", lambda e: shakes.append(str(e["response"])))
    wire.on(
        "Network.webSocketFrameReceived",
        lambda e: messages.append(len(b64decode(e["response"]["payloadData"]))),
    )
    wire.send("Network.enable")
    page.goto(f"{dashboard}/?v=2&country=KEN&duration=3d&draws=1024")
    rest(page)
    wire.detach()
    assert page.evaluate("matchMedia('(prefers-reduced-motion: no-preference)').matches")
    assert len(files) > 80, "the browser had some of it already"
    assert shakes and "permessage-deflate" in shakes[0]
    moved = sum(files) + sum(messages) / 2
    assert moved < MOST_BYTES, f"{moved:,.0f} bytes"
    bar = page.locator(".st-key-phone_nav")
    links = {"Estimate": "/", "Compare": "/compare", "World": "/world", "Events": "/events"}
    for name in ("World", "Events"):
        assert bar.get_by_role("link", name=name).evaluate("one => new URL(one.href).pathname") == links[name]
    for name in ("Estimate", "Compare"):
        if name == "Compare":
            tapped(page, bar, name)
        assert urlsplit(page.url).path == links[name]
        assert {"country": "KEN", "duration": "3d"}.items() <= dict(
            parse_qsl(urlsplit(page.url).query)
        ).items()
        here = bar.locator("[aria-current=page]")
        expect(here).to_have_count(1)
        expect(here).to_contain_text(name)
    lists_open(page)
    for part in bar.locator("a, button").all():
        box = part.bounding_box()
        assert box and min(box["width"], box["height"]) >= 44 and box["y"] + box["height"] <= NARROW[1]
    bar.get_by_role("button", name="More").tap()
    more = page.locator("[data-testid=stPopoverBody]")
    expect(more.get_by_role("link", name="Pakistan IT")).to_have_attribute("href", re.compile(r"\bpakistan$"))
    tapped(page, more, "My firm")
    expect(more).to_have_count(0)
    tapped(page, bar, "Events")  # with a row of five choices
    nothing_sticks_out(page)
    assert (
        page.locator("[data-testid=stSidebar]:visible, [data-testid=stExpandSidebarButton]:visible").count()
        == 0
    )
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    expect(bar).to_be_hidden()
    phone.close()


def tapped(page: Page, bar: Locator, name: str) -> None:
    """The page behind a link of the bar is there."""
    bar.get_by_role("link", name=name).tap()
    expect(page.locator("h1")).to_have_text(name)
    rest(page)


def lists_open(page: Page) -> None:
    """A tap on the words of a list opens it."""
    lists = page.locator("[data-testid=stMain] input[role=combobox]")
    expect(lists.first).to_be_visible(timeout=30_000)
    for place in range(lists.count()):
        lists.nth(place).tap()
        expect(lists.nth(place)).to_have_attribute("aria-expanded", "true")
        page.wait_for_timeout(300)  # until it has come whole: it does not hear a key before
        page.keyboard.press("Escape")
        expect(lists.nth(place)).to_have_attribute("aria-expanded", "false")
        page.wait_for_timeout(300)  # until what was open has gone: a tap beside it would only close it


def test_the_first_page_is_for_everybody_keeps_what_was_changed_in_view_and_can_be_printed(
    shared: Page,
) -> None:
    (name, _, title, shown) = PAGES[0]
    page = at(shared, name, title)
    assert urlsplit(page.url).path == "/"
    expect(page.locator(".explorer-sentence")).to_contain_text(f"would cost {shown}")
    for_everybody(page)
    blues = page.locator(".explorer-plot :is(tspan, .js-line)").evaluate_all(
        "all => all.map(getComputedStyle).map((one) => one.stroke === 'none' ? one.fill : one.stroke)"
    )
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    *lines, key, _ = blues
    assert {*lines, key} == {"rgb(86, 180, 233)" if dark else "rgb(0, 114, 178)"}, (
        "a key has its line's colour"
    )
    assert not page.evaluate(CHECK), "a phone's own navigation is the same on every page"
    changes = page.locator(".st-key-x_changed button:visible")
    for size in sizes(page):
        least, most = (0, 200) if size == WIDE else (650, NARROW[1] - 52)
        page.locator(".st-key-footer").scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        box = changes.bounding_box()
        assert box and least < box["y"] and box["y"] + box["height"] <= most, (
            f"{size}: above the page that is read, or between it and a phone's navigation"
        )
        changes.click()
        expect(page.locator("[data-testid=stPopoverBody]")).to_contain_text("Kenya")
        page.keyboard.press("Escape")
        expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    page.emulate_media(media="print", color_scheme="dark")
    main = page.locator("[data-testid=stMain]")
    expect(main.locator(".explorer-sentence")).to_be_visible()
    used = "button:visible, input:visible, select:visible, summary:visible, .st-key-phone_nav:visible"
    expect(page.locator(used)).to_have_count(0)
    expect(page.locator("[data-testid=stHeader]")).to_be_hidden()
    ground = page.locator("[data-testid=stApp]").evaluate("one => getComputedStyle(one).backgroundColor")
    assert ground == "rgb(255, 255, 255)", "white paper, whatever the theme"
    heading = main.locator("h3").first
    assert heading.evaluate("one => getComputedStyle(one).breakAfter") == "avoid", (
        "a heading stays with its chart"
    )
