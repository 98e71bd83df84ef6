"""How much there is to read before the answer: the words on the first screen, printed and held down."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from browser.steps import NARROW, WIDE, new_tab, rest

MOST = 120
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


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_first_screen_is_soon_read(
    browser: Browser, dashboard: str, size: tuple[int, int], capsys: pytest.CaptureFixture[str]
) -> None:
    page = new_tab(browser, size)
    page.goto(dashboard)
    rest(page)
    page.wait_for_selector(".explorer-amount:not(:empty)")
    words = page.evaluate(WORDS)
    with capsys.disabled():
        print(f"\nfirst screen of Estimate, {size[0]} px: {len(words)} words")
    assert 40 < len(words) <= MOST, words
    page.close()
