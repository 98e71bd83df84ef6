"""What the benchmarks of pages share: our page and a control page in one browser, stepped in turn, and their times.

A control page shows what was made beforehand for every step, so that only the model's work is missing in it. Both are
driven in turn in one Chromium, so that a busy machine is busy for both.
"""

from __future__ import annotations

import logging
import os
import pickle
import shutil
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any, TypeVar

import streamlit as st

ROOT = Path(__file__).resolve().parents[2]
PREPARED = "PREPARED_PAGES"  # the environment variable that names the control page's file
STEPS = 25
QUIET = 350  # ms without a change to a chart or a run of the script: the step is over
WATCH = """
window.step = { sent: 0, painted: 0, waiting: false };
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (...all) {
  if (window.step.waiting) { window.step.sent = performance.now(); window.step.waiting = false; }
  return send.apply(this, all);
};
addEventListener("DOMContentLoaded", () => new MutationObserver((changes) => {
  const chart = ({ target }) => (target.closest ?? target.parentElement?.closest)
    ?.call(target.closest ? target : target.parentElement, ".stPlotlyChart, .explorer");
  if (changes.some(chart)) requestAnimationFrame(() => setTimeout(() => { window.step.painted = performance.now(); }));
}).observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true }));
"""
OVER = f"""() => {{
  const app = document.querySelector("[data-testid=stApp]");
  const {{ sent, painted }} = window.step;
  return sent && painted > sent && app.dataset.testScriptState === "notRunning" &&
    performance.now() - Math.max(sent, painted) > {QUIET};
}}"""
Times = tuple[float, float]  # ms from the hand, and from the message to the server, to the last painted chart


class Driven(ABC):
    """One of the two pages in the browser."""

    def __init__(self, browser: Any, address: str) -> None:
        self.page = browser.new_page(viewport={"width": 1440, "height": 900})
        self.page.add_init_script(WATCH)
        self.address = address

    @abstractmethod
    def begin(self, kind: str) -> None:
        """The page at its start, the control of this kind of step ready under the keyboard."""

    @abstractmethod
    def press(self, kind: str) -> None:
        """The hand: one step of that control."""

    def choose(self, field: str, words: str) -> None:
        """Type a choice into a field that offers several."""
        self.page.locator(f".st-key-{field} input").click()
        self.page.keyboard.type(words)
        self.page.wait_for_timeout(300)
        self.page.keyboard.press("Enter")

    def step(self, kind: str) -> Times:
        """One step, until every chart is painted."""
        page = self.page
        page.bring_to_front()
        page.evaluate(
            "() => { step.waiting = true; step.sent = 0; step.painted = 0; step.hand = performance.now(); }"
        )
        self.press(kind)
        page.wait_for_function(OVER, timeout=60_000)
        hand, sent, painted = page.evaluate("() => [step.hand, step.sent, step.painted]")
        return painted - hand, painted - sent


AnyDriven = TypeVar("AnyDriven", bound=Driven)


@st.cache_resource(show_spinner=False)
def prepared_pages() -> dict[Any, SimpleNamespace]:
    """On a control page: what was made beforehand, by the key of its step."""
    pages: dict[Any, SimpleNamespace] = pickle.loads(Path(os.environ[PREPARED]).read_bytes())
    return pages


def silence() -> None:
    """Streamlit warns that there is no session while the control is prepared."""
    logging.disable(logging.WARNING)


@contextmanager
def both(
    driven: type[AnyDriven], pages: Mapping[Any, SimpleNamespace], module: str, path: str = ""
) -> Iterator[tuple[AnyDriven, AnyDriven]]:
    """Our page at `path` and the `control_page` of a benchmark, which looks up `pages`, until the end."""
    sys.path.insert(0, str(ROOT / "tests"))
    from browser.conftest import FLAGS, chromium, served
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        os.environ[PREPARED] = str(folder / "pages.pickle")
        (folder / "pages.pickle").write_bytes(pickle.dumps(dict(pages)))
        shutil.copytree(ROOT / "static", folder / "static")
        (folder / "control.py").write_text(
            f"import sys\n\nsys.path.insert(0, {str(ROOT / 'bench')!r})\n"
            f"from {module} import control_page\n\ncontrol_page()\n"
        )
        addresses = [
            stack.enter_context(served(None, folder / "ours.log")) + path,
            stack.enter_context(served(folder / "control.py", folder / "control.log")),
        ]
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        own, control = (driven(browser, address) for address in addresses)
        print(f"{load_average()} on {os.cpu_count()} cores; {STEPS} steps of each kind, in turn")
        yield own, control
        print(load_average())
        browser.close()


def load_average() -> str:
    return f"load average {os.getloadavg()[0]:.2f}"


def timed(own: Driven, control: Driven, kind: str, rounds: int = 1) -> Iterator[tuple[Times, Times]]:
    """Pairs of one step of ours and one of the control."""
    for _ in range(rounds):
        for driven in (own, control):
            driven.begin(kind)
        for number in range(STEPS):
            order = (own, control) if number % 2 else (control, own)
            times = {id(driven): driven.step(kind) for driven in order}
            yield times[id(own)], times[id(control)]


def at(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def line(name: str, values: Sequence[float]) -> str:
    return f"{name:<34} p50 {median(values):7.0f} ms   p95 {at(values, 0.95):7.0f} ms"


def report(kind: str, pairs: Sequence[tuple[Times, Times]], model: Sequence[float]) -> None:
    """Print the times of a kind of step, their ratios, and those of the model alone where they are known."""
    print(f"\n{kind} step")
    for place, what in enumerate(("from the hand", "from the message to the server")):
        own, control = [pair[0][place] for pair in pairs], [pair[1][place] for pair in pairs]
        print(line(f"  ours, {what}"[:34], own))
        print(line(f"  control, {what}"[:34], control))
        ratio = at(own, 0.95) / at(control, 0.95)
        print(f"    ratio of p95 {ratio:.2f}, of p50 {median(own) / median(control):.2f}")
        if model:
            spare = (median(own) - median(model)) / median(control)
            print(f"    ratio of p50 without the model's own time {spare:.2f}")
    if model:
        print(line("  the model alone, in a process", model))
