"""A server that begins anew and a connection that breaks: what is entered then counts, or its loss is said."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.agreement import PATIENCE, agrees
from browser.conftest import ROOT, Server
from browser.steps import SOCKETS, link_of, more_options, new_tab
from model.catalogue.load import Catalogue

LINK = {"v": "2", "country": "KEN", "duration": "3d", "spells": "2", "draws": "256"}
BACK = "[data-testid=stApp][data-test-connection-state=CONNECTED]"
AWAY = "[data-testid=stApp]:not([data-test-connection-state=CONNECTED])"


def duration(page: Page) -> None:
    _typed(page, "w_duration", "9 days")


def spells(page: Page) -> None:
    _typed(page, "w_spells", "4")


def country(page: Page) -> None:
    page.locator(".st-key-w_country input").first.fill("Uganda", timeout=PATIENCE * 1000)
    page.get_by_role("option", name="Uganda", exact=True).click()


def explorer(page: Page) -> None:
    page.locator(".explorer-slider").press("ArrowRight")
    expect(page.locator(".explorer")).to_have_attribute("data-stop", "18")


def _typed(page: Page, key: str, text: str) -> None:
    field = page.locator(f".st-key-{key} input").first
    field.fill(text, timeout=PATIENCE * 1000)
    field.press("Enter")


ENTRIES: dict[Callable[[Page], None], dict[str, str]] = {
    duration: {"duration": "9d"}, spells: {"spells": "4"}, country: {"country": "UGA"}, explorer: {"duration": "84h"},
}  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, so that no other test's visit ends with it."""
    made = Server(ROOT / "dashboard.py", tmp_path_factory.mktemp("server") / "log.txt")
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture
def page(browser: Browser, server: Server, catalogue: Catalogue) -> Iterator[Page]:
    if not server.alive:  # a test before failed while it was down
        server.start()
    made = new_tab(browser)
    made.add_init_script(SOCKETS)
    made.goto(f"{server.url}/?{urlencode(LINK)}")
    made.wait_for_selector(".explorer[data-redraws]", timeout=PATIENCE * 1000)
    more_options(made)
    agrees(made, catalogue)
    yield made
    made.context.set_offline(False)
    made.close()


def begun_anew(page: Page, server: Server) -> None:
    server.kill()
    page.wait_for_selector(AWAY, timeout=PATIENCE * 1000)
    server.start()


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


@pytest.mark.parametrize("entry", [country, explorer])
def test_the_first_entry_after_a_restart(
    page: Page, server: Server, catalogue: Catalogue, entry: Callable[[Page], None]
) -> None:
    begun_anew(page, server)
    page.wait_for_selector(BACK, timeout=PATIENCE * 1000)
    entry(page)
    counts_or_is_said(page, catalogue, ENTRIES[entry])
    assert link_of(page) == LINK | ENTRIES[entry], "it was lost, though nothing else was entered"


def test_the_slider_moved_while_the_server_is_away(page: Page, server: Server, catalogue: Catalogue) -> None:
    server.kill()
    page.wait_for_selector(AWAY, timeout=PATIENCE * 1000)
    explorer(page)
    server.start()
    counts_or_is_said(page, catalogue, ENTRIES[explorer])
    assert link_of(page) == LINK | ENTRIES[explorer]


def test_two_entries_at_once_after_a_restart(page: Page, server: Server, catalogue: Catalogue) -> None:
    server.kill()
    page.wait_for_selector(AWAY, timeout=PATIENCE * 1000)
    explorer(page)
    server.start()
    spells(page)
    counts_or_is_said(page, catalogue, ENTRIES[explorer], ENTRIES[spells])


def test_the_slider_moved_without_a_connection(page: Page, catalogue: Catalogue) -> None:
    cut(page)
    explorer(page)
    page.context.set_offline(False)
    counts_or_is_said(page, catalogue, ENTRIES[explorer])
    assert link_of(page) == LINK | ENTRIES[explorer]


@pytest.mark.parametrize("entry", [duration, explorer])
def test_an_entry_that_got_lost_on_its_way(
    page: Page, catalogue: Catalogue, entry: Callable[[Page], None]
) -> None:
    page.evaluate("() => { window.deaf = true; }")
    entry(page)
    page.wait_for_function("() => window.lost", timeout=PATIENCE * 1000)
    cut(page)
    page.evaluate("() => { window.deaf = false; }")
    page.context.set_offline(False)
    counts_or_is_said(page, catalogue, ENTRIES[entry])
    assert link_of(page) == LINK | ENTRIES[entry]
