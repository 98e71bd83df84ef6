"""Fast changes on the page of the estimate: whatever a hurried hand does, chart, marker and headline agree after it."""

import random
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, TimeoutError

from browser.agreement import PATIENCE, agrees, marker
from browser.conftest import grip
from browser.steps import more_options, new_tab
from model.catalogue.load import Catalogue

SEED, ROUNDS = 29, 2
HURRY = 1_500  # milliseconds to wait for a control that a change before may have taken away
START = {"v": "2", "draws": "256"}
COUNTRIES = ("Pakistan", "Kenya", "Germany", "Uganda", "Yemen", "Brazil")
LENGTHS = ("1 hour", "7 hours", "36 hours", "4 days", "3 weeks", "5 months", "2 years", "soon")


@pytest.fixture
def page(browser: Browser, dashboard: str) -> Iterator[Page]:
    made = new_tab(browser)
    made.goto(f"{dashboard}/?{'&'.join(f'{key}={value}' for key, value in START.items())}")
    made.wait_for_selector(".explorer[data-redraws]", timeout=PATIENCE * 1000)
    more_options(made)
    yield made
    made.close()


def field(page: Page, key: str, text: str) -> None:
    box = page.locator(f".st-key-{key} input").first
    box.fill(text, timeout=HURRY)
    box.press("Enter", timeout=HURRY)


def option(page: Page, key: str, name: str) -> None:
    page.locator(f".st-key-{key} input").first.fill(name, timeout=HURRY)
    page.get_by_role("option", name=name, exact=True).first.click(timeout=HURRY)


def chip(page: Page, key: str, dice: random.Random) -> None:
    chips = page.locator(f".st-key-{key} [role=radio], .st-key-{key} [data-testid=stRadioOption]")
    chips.nth(dice.randrange(2)).click(timeout=HURRY)


def region(page: Page, dice: random.Random) -> None:
    box = page.locator(".st-key-w_regions input").first
    if dice.random() < 0.5:
        box.press("Backspace", timeout=HURRY)
    else:
        option(page, "w_regions", dice.choice(["Punjab", "Sindh", "Balochistan"]))


def place(page: Page, dice: random.Random) -> None:
    field(page, "w_place", dice.choice(["40%", "12,5%", "100%", "0.9"]))


def keys(page: Page, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 6)):
        key = dice.choice(["ArrowLeft", "ArrowRight", "ArrowRight", "PageUp", "PageDown", "Home", "End"])
        page.locator(".explorer-slider").press(key, timeout=HURRY)


def drag(page: Page, dice: random.Random) -> None:
    last = int(page.locator(".explorer-slider").get_attribute("max", timeout=HURRY) or 0)
    page.locator(".explorer-slider").scroll_into_view_if_needed(timeout=HURRY)
    page.mouse.move(*grip(page))
    page.mouse.down()
    for _ in range(dice.randint(1, 4)):
        page.mouse.move(*grip(page, dice.randint(1, last)))
    page.mouse.up()


def changes(page: Page, dice: random.Random, kinds: list[str]) -> list[Callable[[], None]]:
    """One change of each control, in any order."""
    steps: list[Callable[[], None]] = [
        lambda: keys(page, dice),
        lambda: drag(page, dice),
        lambda: chip(page, "w_bearers", dice),
        lambda: chip(page, "w_currency", dice),
        lambda: option(page, "w_kind", dice.choice(kinds)),
        lambda: option(page, "w_country", dice.choice(COUNTRIES)),
        lambda: field(page, "w_spells", str(dice.randint(1, 5))),
        lambda: field(page, "w_duration", dice.choice(LENGTHS)),
        # A country without regions has no field for them, and one with a chosen region no share of it.
        lambda: place(page, dice),
        lambda: region(page, dice),
    ]
    return dice.sample(steps, len(steps))


@pytest.mark.slow
def test_a_walk_of_fast_changes_leaves_a_true_page(page: Page, catalogue: Catalogue) -> None:
    dice, kinds = random.Random(SEED), [kind.label for kind in catalogue.kinds.values()]
    done = asked = 0
    for _ in range(ROUNDS):
        for act in changes(page, dice, kinds):  # without waiting for the answer to the one before
            asked += 1
            try:
                act()
                done += 1
            except TimeoutError:
                page.keyboard.press(
                    "Escape"
                )  # a change before took the control away: so it can be for a hand
        agrees(page, catalogue)
    assert done >= asked * 2 // 3, done
    page.locator(".explorer-slider").press("ArrowLeft")
    agrees(page, catalogue)
    assert marker(page)["shown"], "there was no marker to look at"
