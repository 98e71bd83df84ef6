"""Whether the page of the estimate is true: address, fields, headline, slider, marker and curve say the same."""

import time
from collections.abc import Iterator
from math import log

from playwright.sync_api import Page

from browser.steps import link_of
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
  return { ...seen, x, y: box.y + box.height / 2, on: at(low).y, first: at(0).x, last: at(1).x };
}"""


def marker(page: Page) -> dict[str, float]:
    """Where the explorer's marker and its curve are: `x`, `y`; `on`, the curve at that `x`; its `first` and `last`.

    `shown` is 0 where there is no marker; without a curve the other three are missing.
    """
    seen: dict[str, float] = page.evaluate(DRAWN)
    return seen


def faults(page: Page, catalogue: Catalogue) -> Iterator[str]:
    """Where address, fields, headline, slider, marker and curve do not say the same."""
    scenario, ignored = from_query(catalogue, link_of(page))
    result = estimate(catalogue, scenario)
    told = page.locator(".explorer-sentence").inner_text()
    if ignored or told != sentence.headline(result):
        yield f"headline {told!r} for {link_of(page)}, the model says {sentence.headline(result)!r}"
    fields = {"w_duration": duration_text(scenario.hours), "w_spells": str(scenario.spells)}
    for key, wanted in fields.items():
        if (shown := page.locator(f".st-key-{key} input").first.input_value()) != wanted:
            yield f"{key} shows {shown!r}, the address says {wanted!r}"
    if page.locator(".explorer-message").is_visible():
        yield page.locator(".explorer-message").inner_text()
    if (stop := page.locator(".explorer").get_attribute("data-stop")) != str(result.chosen):
        yield f"slider at {stop} of {result.chosen}"
    curve, hours = result.curves["net_direct"], result.durations
    seen = marker(page)
    if seen["shown"] != bool(curve.median[result.chosen] > 0) or (seen["shown"] and "on" not in seen):
        yield f"marker: {seen}"
    elif seen["shown"]:
        drawn = hours[(hours > 0) & (curve.median > 0)]
        along = log(scenario.hours / drawn.min()) / log(drawn.max() / drawn.min())
        if abs(seen["x"] - (seen["first"] + along * (seen["last"] - seen["first"]))) > NEAR:
            yield f"marker beside its duration: {seen}, {along}"
        if abs(seen["y"] - seen["on"]) > NEAR:
            yield f"marker off the curve: {seen}"


def agrees(page: Page, catalogue: Catalogue) -> None:
    """Once the page is at rest it is true."""
    until = time.monotonic() + PATIENCE
    while True:
        page.wait_for_function(REST, timeout=PATIENCE * 1000)
        found = list(faults(page, catalogue))
        if not found and page.evaluate(REST):
            return
        assert time.monotonic() < until, found
        page.wait_for_timeout(200)
