"""How long the first headline and each step take, against the same page with no model behind it.

Prints figures and judges none of them. The control page is the same dashboard with the same controls, navigation
and foot; the figures, tables and buttons of its answer were made beforehand for every scenario that is stepped
through. Both are driven in turn in one Chromium, so that a busy machine is busy for both. Quote the ratios: the
times belong to the machine.
"""

from __future__ import annotations

import argparse
import runpy
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from statistics import median
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import streamlit as st
from visits.driven import ROOT, STEPS, Driven, both, prepared_pages, report, silence, timed

from model.catalogue.load import load
from model.common.durations import STOPS
from model.estimation.estimate import estimate
from model.scenario.link import to_query
from model.scenario.scenario import BASELINE, Scenario
from views.components.explorer import explorer
from views.pages.estimate import page as estimate_page
from views.parts import blocks
from views.session import state

GROUP, PARAMETER = "How losses begin", "onset.scale_hours"
FIELD = f"p_{PARAMETER}_low".replace(".", "-")  # of the low end: a range has three fields
OPENINGS = 5  # of the first headline
KINDS = ("duration", "place", "spells", "parameter")


def prepared(scenario: Scenario) -> SimpleNamespace:
    """Run our page once for a scenario and keep what it hands to the screen."""
    result, made = estimate(load(), scenario), SimpleNamespace(charts=[])

    def keep_explorer(data: Any, figure: Any, **_: Any) -> None:
        made.explorer, made.curve = dict(data), str(figure.to_json())

    def keep_tools(name: str, caption: Any, table: Any, picture: Any, filename: str) -> None:
        made.curve_tools = (name, caption, table, picture("picture"), filename)

    def keep_chart(name: str, caption: Any, table: Any, build: Callable[[Any], Any], filename: str) -> None:
        made.charts.append((name, caption, table, build("screen"), filename))

    with ExitStack() as stack:
        for target, name, instead in (
            (state, "current_estimate", lambda: result),
            (estimate_page, "explorer", keep_explorer), (blocks, "tools", keep_tools),
            (blocks, "chart_block", keep_chart),
        ):  # fmt: skip
            stack.enter_context(patch.object(target, name, instead))
        estimate_page.page()
    return made


def key_of(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    return tuple(to_query(scenario).items())


def control_page() -> None:
    """The dashboard, with charts and tools that are looked up instead of computed."""
    with patch.object(estimate_page, "page", looked_up):
        runpy.run_path(str(ROOT / "dashboard.py"), run_name="__main__")


def looked_up() -> None:
    """What our page shows, made beforehand."""
    page = prepared_pages()[key_of(state.scenario())]
    stops = page.explorer["stops"]
    explorer(
        page.explorer, page.curve, key="explorer",
        on_stop=lambda index: state.change("duration", hours=stops[index]["hours"]),
    )  # fmt: skip
    name, caption, table, picture, filename = page.curve_tools
    blocks.tools(name, caption, table, lambda _: picture, filename)
    for first in range(0, len(page.charts), 2):
        for column, chart in zip(st.columns(2, gap="large"), page.charts[first : first + 2], strict=False):
            with column:
                _chart(*chart)
    st.subheader("Basis")
    st.markdown("- A line of words\n" * 6)
    with st.container(horizontal=True):
        st.download_button("All results (CSV)", "nothing", "a.csv", key="csv_all", on_click="ignore")
        st.download_button("All results (JSON)", "nothing", "a.json", key="json_all", on_click="ignore")


def _chart(name: str, caption: Any, table: Any, figure: Any, filename: str) -> None:
    if name == "bearers":
        ways = ["By industry", "By type of user"]
        st.segmented_control("Who loses", ways, default=ways[0], required=True, key="w_bearers")
    blocks.chart_block(name, caption, table, lambda _: figure, filename)


def scenarios() -> dict[str, list[Scenario]]:
    """What each kind of step goes through, the baseline first."""
    start = STOPS.index(BASELINE.hours)
    default = load().parameters[PARAMETER].default
    assert default is not None
    moved = [(low, default.mode, default.high) for low in low_ends()]
    return {
        "duration": [BASELINE.with_changes(hours=STOPS[start + step]) for step in range(1, STEPS + 1)],
        "place": [BASELINE.with_changes(place=round(1 - step / 100, 2)) for step in range(1, STEPS + 1)],
        "spells": [BASELINE.with_changes(spells=1 + step) for step in range(1, STEPS + 1)],
        "parameter": [BASELINE.with_changes(assumptions={PARAMETER: triple}) for triple in moved],
    }


def low_ends() -> list[float]:
    """The low ends that are typed, all below the likely value: a field refuses what is out of order."""
    default = load().parameters[PARAMETER].default
    assert default is not None and default.spread
    width = (default.mode - default.low) / (STEPS + 1)
    return [round(default.low + step * width, 4) for step in range(1, STEPS + 1)]


class Explored(Driven):
    """The Estimate page, or its control."""

    def begin(self, kind: str) -> None:
        page = self.page
        page.goto(self.address)
        page.wait_for_selector(".explorer[data-redraws]", timeout=120_000)
        page.wait_for_selector(".stPlotlyChart .main-svg", timeout=60_000)
        self.steps = 0
        if kind != "duration":
            page.locator(".st-key-x_more label").click()
            page.wait_for_selector(".st-key-w_spells input", timeout=30_000)
        if kind == "parameter":
            page.get_by_text("Change assumptions").click()
            page.wait_for_selector(".st-key-w_group", timeout=30_000)
            self.choose("w_group", GROUP)
            page.wait_for_selector(f".st-key-{FIELD} input", timeout=30_000)
        page.wait_for_timeout(1500)

    def first_headline(self) -> float:
        """Milliseconds from the address to the first sentence of the answer, in a page that knows nothing yet."""
        page = self.page
        page.bring_to_front()
        page.goto("about:blank")
        start = time.perf_counter()
        page.goto(self.address, wait_until="commit")
        page.wait_for_function(
            "() => document.querySelector('.explorer-sentence')?.textContent.trim()", timeout=120_000
        )
        return 1000 * (time.perf_counter() - start)

    def press(self, kind: str) -> None:
        page, step = self.page, self.steps
        self.steps += 1
        if kind == "duration":
            page.locator(".explorer-slider").press("ArrowRight")
            return
        words, field = {
            "place": (f"{99 - step}%", "w_place"), "spells": (f"{2 + step}", "w_spells"),
            "parameter": (str(low_ends()[step]), FIELD),
        }[kind]  # fmt: skip
        page.locator(f".st-key-{field} input").fill(words)
        page.keyboard.press("Enter")

    def drag(self) -> float:
        """Updates a second while the duration is dragged to and fro."""
        from browser.conftest import grip

        page = self.page
        page.bring_to_front()
        page.mouse.move(*grip(page))
        page.mouse.down()
        zero, reach = grip(page, 0), grip(page, 1)[0] - grip(page, 0)[0]
        count, start = self._updates(), time.perf_counter()
        for stop in [*range(13, 60), *range(58, 0, -1), *range(2, 40)]:
            page.mouse.move(zero[0] + stop * reach, zero[1])
        rate = (self._updates() - count) / (time.perf_counter() - start)
        page.mouse.up()
        return rate

    def _updates(self) -> int:
        return int(self.page.locator(".explorer").get_attribute("data-updates"))


def model_times(steps: Sequence[Scenario]) -> list[float]:
    """Milliseconds of the model alone for each step: what the page shows without a fold that is open."""
    catalogue, times = load(), []
    estimate(catalogue, BASELINE)
    for scenario in steps:
        start = time.perf_counter()
        estimate(catalogue, scenario)
        times.append(1000 * (time.perf_counter() - start))
    return times


def main(rounds: int, kinds: Sequence[str]) -> None:
    silence()
    wanted = {kind: steps for kind, steps in scenarios().items() if kind in kinds}
    print(f"preparing {sum(map(len, wanted.values())) + 1} control pages", flush=True)
    everything = [BASELINE, *(one for steps in wanted.values() for one in steps)]
    model = {kind: model_times(steps) for kind, steps in wanted.items()}
    pages = {key_of(one): prepared(one) for one in everything}
    with both(Explored, pages, "bench_page") as (own, control):
        firsts = [(own.first_headline(), control.first_headline()) for _ in range(OPENINGS)]
        mine, theirs = (median([pair[at] for pair in firsts]) for at in (0, 1))
        print(f"\nfirst headline: ours {mine:.0f} ms, control {theirs:.0f} ms, ratio {mine / theirs:.2f}")
        for kind in wanted:
            report(kind, list(timed(own, control, kind, rounds)), model[kind])
        for driven, title in ((own, "ours"), (control, "control")):
            driven.begin("duration")
            print(f"\ndragging the duration, {title}: {driven.drag():.0f} updates a second")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--rounds", type=int, default=1, help="how often the 25 steps of each kind are repeated"
    )
    parser.add_argument(
        "--kinds", nargs="+", default=KINDS, choices=KINDS, help="kinds of steps (default: all)"
    )
    options = parser.parse_args()
    main(options.rounds, options.kinds)
