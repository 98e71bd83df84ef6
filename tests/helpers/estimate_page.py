"""The page of the estimate under AppTest: opening it by a link, and what is on it."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from streamlit.testing.v1 import AppTest

from model.catalogue.load import ROOT, Catalogue
from model.estimation.estimate import estimate
from model.scenario.comparison import from_link
from model.scenario.scenario import BASELINE, Scenario
from model.text import sentence
from views.session import state

TIMEOUT = 60
QUICK = {"v": "2", "draws": "256"}
FOLDED = ("x_levers", "x_advanced")
MORE = ("x_more", "x_chain", "x_drivers", "x_result")  # all that the page shows to who asks for more


def opened(unfold: bool = False, /, **link: str) -> AppTest:
    """The page as somebody sees it who opens this link and all that stands behind More; `unfold` opens all in it."""
    return _opened((*MORE, *FOLDED) if unfold else MORE, link)


def without_charts(unfold: bool = False, /, **link: str) -> AppTest:
    """The page with all that stands behind More but its charts, each of which takes as long as all the rest."""
    return _opened(("x_more", *FOLDED) if unfold else ("x_more",), link)


def untouched(**link: str) -> AppTest:
    """The page as somebody first sees it who opens this link, with everything closed."""
    return _opened((), link)


def _opened(folds: tuple[str, ...], link: dict[str, str]) -> AppTest:
    page = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=TIMEOUT)
    for key, value in (QUICK | link).items():
        page.query_params[key] = value
    for key in folds:
        page.session_state[key] = True
    return page.run()


def link_of(page: AppTest) -> dict[str, str]:
    """What the address bar says."""
    return {key: value if isinstance(value, str) else value[0] for key, value in page.query_params.items()}


def scenario_of(page: AppTest) -> Scenario:
    """The reader's scenario."""
    scenario = page.session_state[state.STORE.name].get(state.NOW, BASELINE)
    assert isinstance(scenario, Scenario)
    return scenario


def start_of(page: AppTest) -> Scenario:
    """Where the reader began."""
    start = page.session_state[state.STORE.name].get(state.START, BASELINE)
    assert isinstance(start, Scenario)
    return start


def explorer_of(page: AppTest) -> dict[str, Any]:
    """What the page hands to the part that follows the hand."""
    explorer = next(part.proto for part in page.get("bidi_component") if part.proto.id.endswith("-explorer"))
    data: dict[str, Any] = json.loads(explorer.json)
    return data


def headline_of(page: AppTest) -> str:
    """The headline."""
    data = explorer_of(page)
    return str(data["stops"][data["selected"]]["sentence"])


def tables_shown(page: AppTest) -> list[Any]:
    return [part.value for part in page.dataframe]


def plain(text: str) -> str:
    """What a reader sees of a text in which every sign of Markdown is escaped."""
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", text)


def warnings_of(page: AppTest) -> list[str]:
    return [plain(item.value) for item in page.warning]


def sound(page: AppTest) -> None:
    """No exception; charts with words for those who cannot see them; ordered figures; no text taken for a formula."""
    assert not page.exception, page.exception
    charts = page.get("plotly_chart")
    words = [chart.proto.alt for chart in charts] + [explorer_of(page)["chart_alt"]]
    assert all(len(text) > 40 and not re.search(r"\bnan\b", text) for text in words), words
    for chart in charts:
        json.loads(chart.proto.spec)
    for stop in explorer_of(page)["stops"]:
        assert 0 <= stop["low"] <= stop["median"] <= stop["high"] < math.inf, stop
    boxes = (page.markdown, page.caption, page.info, page.warning, page.error, page.subheader)
    for text in (str(item.value) for kind in boxes for item in kind):
        assert text.count("$") == text.count("\\$"), text


def agrees(page: AppTest, catalogue: Catalogue) -> None:
    """The headline is the model's; the link alone gives the same scenario again."""
    now = scenario_of(page)
    assert headline_of(page) == sentence.headline(estimate(catalogue, now))
    again, _, ignored = from_link(catalogue, link_of(page))
    assert (again.with_changes(header=now.header), ignored) == (
        now,
        [],
    )  # a link names a starting point, it does not cite it
