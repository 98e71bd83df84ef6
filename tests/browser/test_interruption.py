"""A server that begins anew and a connection that breaks: what is entered then counts, or its loss is said."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.agreement import PATIENCE, agrees
from browser.conftest import Server
from browser.steps import SOCKETS, link_of, more_options, new_tab
from model.catalogue.load import Catalogue

LINK = {"v": "2", "country": "KEN", "duration": "3d", "spells": "2", "draws": "256"}
BACK = "[data-testid=stApp][data-test-connection-state=CONNECTED]"
AWAY = "[data-testid=stApp]:not([data-test-connection-state=CONNECTED])"


def duration(page: Page) -> None:
    _typed(page, "w_duration", "9 days")


def spells(page: Page) -> None:
    _typed(page, "w_spells", "4")


def place(page: Page) -> None:
    _typed(page, "w_place", "40%")


def explorer(page: Page) -> None:
    stop = int(page.locator(".explorer").get_attribute("data-stop") or 0)
    page.locator(".explorer-slider").press("ArrowRight")
    expect(page.locator(".explorer")).to_have_attribute("data-stop", str(stop + 1))


def _typed(page: Page, key: str, text: str) -> None:
    field = page.locator(f".st-key-{key} input").first
    field.fill(text, timeout=PATIENCE * 1000)
    field.press("Enter")


@pytest.fixture
def server(dashboard_server: Server) -> Iterator[Server]:
    """No test after this one finds it down."""
    yield dashboard_server
    if not dashboard_server.alive:
        dashboard_server.start()


@pytest.fixture
def page(browser: Browser, server: Server, catalogue: Catalogue) -> Iterator[Page]:
    made = new_tab(browser)
    made.add_init_script(SOCKETS)
    made.goto(f"{server.url}/?{urlencode(LINK)}")
    made.wait_for_selector(".explorer[data-redraws]", timeout=PATIENCE * 1000)
    more_options(made)
    agrees(made, catalogue)
    yield made
    made.context.set_offline(False)
    made.close()


def cut(page: Page) -> None:
    page.context.set_offline(True)
    page.evaluate("() => window.sockets.forEach((socket) => socket.close())")
    page.wait_for_selector(AWAY, timeout=PATIENCE * 1000)


def counts_or_is_said(page: Page, catalogue: Catalogue, *wanted: dict[str, str]) -> None:
    """Everything agrees, and of each entry the address tells or a sentence says that it was lost."""
    page.wait_for_selector(BACK, timeout=PATIENCE * 1000)
    page.wait_for_function(
        "(all) => all.every((one) => [...new URLSearchParams(one)].every(([key, text]) =>"
        " new URLSearchParams(location.search).get(key) === text)) || /was lost/.test(document.body.innerText)",
        arg=[urlencode(one) for one in wanted],
        timeout=PATIENCE * 1000,
    )
    agrees(page, catalogue)


def test_what_is_entered_while_nobody_hears_counts(page: Page, server: Server, catalogue: Catalogue) -> None:
    """Without a connection, lost on its way, unknown to a server that has forgotten the visit, around a restart."""
    link = LINK | {"duration": "84h"}
    cut(page)
    explorer(page)
    page.context.set_offline(False)
    counts_or_is_said(page, catalogue, {"duration": "84h"})
    assert link_of(page) == link
    for entry, said in ((duration, {"duration": "9d"}), (explorer, {"duration": "10d"})):
        page.evaluate("() => { window.deaf = true; window.lost = 0; }")
        entry(page)
        page.wait_for_function("() => window.lost", timeout=PATIENCE * 1000)
        cut(page)
        page.evaluate("() => { window.deaf = false; }")
        page.context.set_offline(False)
        counts_or_is_said(page, catalogue, said)
        link |= said
        assert link_of(page) == link, "an entry got lost on its way"
    # As after a restart: who was away for long is nobody whom the server knows.
    page.evaluate("() => { window.forgotten = true; }")
    for entry, said in ((explorer, {"duration": "12d"}), (place, {"place": "0.4"})):
        cut(page)
        page.context.set_offline(False)
        page.wait_for_selector(BACK, timeout=PATIENCE * 1000)
        entry(page)
        counts_or_is_said(page, catalogue, said)
        link |= said
        assert link_of(page) == link, "it was lost, though nothing else was entered"
    cut(page)
    explorer(page)
    page.context.set_offline(False)
    counts_or_is_said(page, catalogue, {"duration": "14d"})
    assert link_of(page) == link | {"duration": "14d"}
    page.evaluate("() => { window.forgotten = false; }")
    server.kill()
    page.wait_for_selector(AWAY, timeout=PATIENCE * 1000)
    explorer(page)
    server.start()
    spells(page)  # two at once
    counts_or_is_said(page, catalogue, {"duration": "16d"}, {"spells": "4"})
