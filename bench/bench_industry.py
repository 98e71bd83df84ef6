"""How long a slider's step takes on each section of the page Pakistan IT, against the same charts with no model.

Prints figures and judges none of them, as `bench_page.py` does for the Estimate page: the control page shows the very
sentences, figures, tables and sliders of our page, made beforehand for every step, and both are driven in turn.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import streamlit as st
from visits.driven import STEPS, Driven, both, prepared_pages, report, silence, timed

from model.catalogue.load import load
from model.catalogue.parameters import Override
from model.industry.calendar import OWN
from model.scenario.scenario import BASELINE
from views.pages.pakistan import controls as controls
from views.pages.pakistan import page as page_of
from views.parts import blocks
from views.parts.sections import Common

WORDS = ("dataframe", "table", "markdown", "caption", "subheader", "metric", "info")
SLIDERS = {
    "Exports": "industry.disrupted_years", "VPN block": "industry.vpn_leave_months",
    "Freelancers": "freelance.remote_musd", "Talent": "talent.trainees",
    "Continuity": "measure.whitelisting.coverage", "Recurring": "calendar.cable_cut.days",
}  # fmt: skip
OWN_CALENDAR = ("Recurring",)  # sections whose slider belongs to the reader's own calendar
Moved = dict[str, Override]


def moves(section: str) -> list[Moved]:
    """What the reader has moved after each press of the arrow key, the shipped figures first."""
    row = load().industry.parameters[SLIDERS[section]]
    assert row.default is not None
    ends: list[Moved] = [
        {row.key: round(row.default.mode + step * row.step, 9)} for step in range(1, STEPS + 1)
    ]
    return [{}, *ends]


def key_of(section: str, moved: Moved) -> tuple[object, ...]:
    return section, *sorted(moved.items(), key=lambda item: item[0])


def chosen_in(section: str) -> Callable[[str], str]:
    start = {**controls.START, **({"calendar": OWN} if section in OWN_CALENDAR else {})}
    return lambda name: start[name]


def prepared(section: str, moved: Moved) -> SimpleNamespace:
    """Run the section once and keep what it hands to the screen."""
    catalogue, made = load(), SimpleNamespace(charts=[], words=[])
    industry = catalogue.industry

    def keep_chart(name: str, caption: Any, table: Any, build: Callable[[Any], Any], filename: str) -> None:
        made.charts.append((name, caption, table, build("screen"), filename))

    def keep_words(name: str, *said: Any, **how: Any) -> None:
        made.words.append((name, said, how))

    with ExitStack() as stack:
        for target, name, instead in (
            (controls, "values", lambda: moved), (controls, "choice", chosen_in(section)),
            (page_of, "_mine", lambda: BASELINE), (blocks, "chart_block", keep_chart),
            *((st, name, partial(keep_words, name)) for name in WORDS),
        ):  # fmt: skip
            stack.enter_context(patch.object(target, name, instead))
        start = time.perf_counter()
        made.sections = page_of._sections(section, catalogue, industry)
        made.model = 1000 * (time.perf_counter() - start)
        page_of.SECTIONS[section].show(Common(catalogue, moved, dict(controls.START)), made.sections)
    return made


def control_page() -> None:
    """Our page with its sections and charts looked up instead of computed."""
    st.set_page_config(page_title="Control", layout="wide")
    section = str(controls.STORE.get(controls.SECTION))
    pages = prepared_pages()
    made = pages.get(key_of(section, dict(controls.values()))) or pages[key_of(section, {})]
    page_of._computed = lambda *_: made.sections
    page_of.SECTIONS = {
        name: replace(part, show=lambda *_: _charts(made)) for name, part in page_of.SECTIONS.items()
    }
    page_of.page()


def _charts(made: SimpleNamespace) -> None:
    for first in range(0, len(made.charts), 2):
        for column, chart in zip(st.columns(2, gap="large"), made.charts[first : first + 2], strict=False):
            name, caption, table, figure, filename = chart
            with column:
                blocks.chart_block(name, caption, table, partial(_same, figure), filename)
    for name, said, how in made.words:
        getattr(st, name)(*said, **how)


def _same(figure: Any, _: Any) -> Any:
    return figure


class Sectioned(Driven):
    """The page, or its control; a kind of step is a section's slider."""

    def begin(self, kind: str) -> None:
        page = self.page
        word = next(word for word, name in controls.SECTIONS.items() if name == kind and word != "firm")
        page.goto(f"{self.address}?industry.section={word}")
        page.wait_for_selector(".stPlotlyChart .main-svg", timeout=120_000)
        page.wait_for_timeout(2500)
        if kind == "VPN block":
            page.get_by_text("Show more: assumptions").click()
            page.wait_for_timeout(1500)
        if kind in OWN_CALENDAR:
            self.choose("w_industry_calendar", "Own calendar")
        page.wait_for_selector(self._slider(kind), timeout=60_000)
        page.wait_for_selector(".stPlotlyChart .main-svg", timeout=60_000)
        page.wait_for_timeout(1500)

    def press(self, kind: str) -> None:
        self.page.locator(self._slider(kind)).first.press("ArrowRight")

    def _slider(self, section: str) -> str:
        return f"[class*='st-key-i_{SLIDERS[section].replace('.', '-')}'] input[type=range]"


def main(sections: list[str]) -> None:
    silence()
    print(f"preparing {len(sections) * (STEPS + 1)} control pages", flush=True)
    steps: dict[str, list[Moved]] = {name: moves(name) if name in sections else [{}] for name in SLIDERS}
    pages = {key_of(name, moved): prepared(name, moved) for name in SLIDERS for moved in steps[name]}
    with both(Sectioned, pages, "bench_industry", "/pakistan") as (own, control):
        for section in sections:
            model = [pages[key_of(section, moved)].model for moved in moves(section)[1:]]
            report(section, list(timed(own, control, section)), model)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--section", action="append", choices=list(SLIDERS), help="only this section (repeatable)"
    )
    main(parser.parse_args().section or list(SLIDERS))
