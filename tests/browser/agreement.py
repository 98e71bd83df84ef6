"""Whether the page of the estimate is true: address, fields, headline, slider, marker and curve say the same."""

import time
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

from browser.steps import link_of
from charts.curve import WINDOWS
from model.catalogue.load import Catalogue
from model.common.numbers import duration_text
from model.estimation.estimate import estimate
from model.scenario.link import from_query
from model.text import sentence

PATIENCE = 90  # seconds until a busy machine is at rest
NEAR = 2  # pixels between the marker and the curve
REST = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  return app?.dataset.testScriptState === "notRunning" && !document.querySelector("[data-stale=true]");
}"""
# The marker and the median line as the browser draws them, in pixels of the screen: no word of the page's own code.
DRAWN = """() => {
  const box = document.querySelector(".explorer-dot").getBoundingClientRect();
  const overlay = getComputedStyle(document.querySelector(".explorer-overlay"));
  const seen = { shown: box.width > 0 && overlay.visibility !== "hidden" };
  const line = [...document.querySelectorAll(".explorer-plot .scatterlayer .js-line")]
    .find((path) => parseFloat(getComputedStyle(path).strokeWidth) > 0);
  if (!line) return seen;
  const matrix = line.getScreenCTM(), length = line.getTotalLength();
  const at = (part) => line.getPointAtLength(part * length).matrixTransform(matrix);
  const x = box.x + box.width / 2;
  let [low, high] = [0, 1];
  for (let i = 0; i < 40; i += 1) {
    const middle = (low + high) / 2;
    if (at(middle).x < x) low = middle; else high = middle;
  }
  const ticks = [...document.querySelectorAll(".explorer-plot .xtick text")]
    .map((tick) => [tick.textContent, tick.getBoundingClientRect()])
    .map(([word, side]) => [word, side.x + side.width / 2]);
  return { ...seen, x, y: box.y + box.height / 2, on: at(low).y, first: ticks[0], last: ticks.at(-1) };
}"""


DAYS = {word: days for _, ticks in WINDOWS for days, word in ticks}


def marker(page: Page) -> dict[str, Any]:
    """Where the explorer's marker and its curve are: `x`, `y`; `on`, the curve at that `x`; `first` and `last` tick.

    `shown` is false where there is no marker; without a curve the others are missing.
    """
    seen: dict[str, Any] = page.evaluate(DRAWN)
    return seen


def off_its_duration(seen: dict[str, Any], days: float) -> float:
    """Pixels between the marker and its duration on the axis that is drawn."""
    (first, left), (last, right) = seen["first"], seen["last"]
    at = left + (days - DAYS[first]) / (DAYS[last] - DAYS[first]) * (right - left)
    return float(abs(seen["x"] - at))


def faults(page: Page, catalogue: Catalogue) -> Iterator[str]:
    """Where address, fields, headline, slider, marker and curve do not say the same."""
    scenario, ignored = from_query(catalogue, link_of(page))
    result = estimate(catalogue, scenario)
    on_page = page.locator(".explorer-sentence").inner_text()
    if ignored or on_page != sentence.headline(result):
        yield f"headline {on_page!r} for {link_of(page)}, the model says {sentence.headline(result)!r}"
    fields = {"w_duration": duration_text(scenario.hours), "w_spells": str(scenario.spells)}
    for key, wanted in fields.items():
        if (shown := page.locator(f".st-key-{key} input").first.input_value()) != wanted:
            yield f"{key} shows {shown!r}, the address says {wanted!r}"
    if page.locator(".explorer-message").is_visible():
        yield page.locator(".explorer-message").inner_text()
    if (stop := page.locator(".explorer").get_attribute("data-stop")) != str(result.chosen):
        yield f"slider at {stop} of {result.chosen}"
    curve = result.curves["net_direct"]
    seen = marker(page)
    if seen["shown"] != bool(curve.median[result.chosen] > 0) or (seen["shown"] and "on" not in seen):
        yield f"marker: {seen}"
    elif seen["shown"]:
        if off_its_duration(seen, scenario.hours / 24) > NEAR:
            yield f"marker beside its duration: {seen}"
        if abs(seen["y"] - seen["on"]) > NEAR:
            yield f"marker off the curve: {seen}"


def agrees(page: Page, catalogue: Catalogue) -> None:
    """Once the page is at rest it is true."""
    until = time.monotonic() + PATIENCE
    while True:
        page.wait_for_function(REST, timeout=PATIENCE * 1000)
        differences = list(faults(page, catalogue))
        if not differences and page.evaluate(REST):
            return
        assert time.monotonic() < until, differences
        page.wait_for_timeout(200)
