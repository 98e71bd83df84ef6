"""The page of comparisons under AppTest: opening it by a link, and what is on it."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from helpers.estimate_page import link_of as link_of
from helpers.estimate_page import plain as plain
from helpers.estimate_page import scenario_of as scenario_of
from helpers.estimate_page import start_of as start_of
from model.scenario.comparison import NOTHING, Comparison, from_link
from views.parts.blocks import JOINER, NO_BREAK
from views.session import state

TIMEOUT = 60
QUICK = {"v": "2", "draws": "256"}
EVENT = "VPN crackdown, November 2024"


def page_alone() -> None:
    """The page alone, with the link of the whole dashboard (AppTest cannot open a page of a navigation)."""
    from views.pages.compare import page as compare
    from views.pages.estimate import controls
    from views.session import address, state

    address.read_link("compare")
    controls.inputs()
    state.say_problems()
    compare.page()
    address.write_link()


def opened(**link: str) -> AppTest:
    """The page as somebody sees it who opens this link."""
    return _run(link, ("x_more",))


def unfolded(**link: str) -> AppTest:
    """The same with what the reader changed and the ways to share it open."""
    return _run(link, ("x_more", "x_changed", "x_share"))


def _run(link: dict[str, str], folds: tuple[str, ...]) -> AppTest:
    page = AppTest.from_function(page_alone, default_timeout=TIMEOUT)
    for key, value in (QUICK | link).items():
        page.query_params[key] = value
    for key in folds:
        page.session_state[key] = True
    return sound(page.run())


def sound(page: AppTest) -> AppTest:
    """No exception, no text taken for a formula, and the link says what the page shows."""
    assert not page.exception, page.exception
    boxes = (page.markdown, page.caption, page.info, page.warning, page.error, page.subheader)
    for text in (str(item.value) for kind in boxes for item in kind):
        assert text.count("$") == text.count("\\$"), text
    assert all(len(chart.proto.alt) > 40 for chart in page.get("plotly_chart"))
    scenario, comparison, ignored = from_link(state.catalogue(), link_of(page))
    now = scenario_of(page)
    assert (scenario.with_changes(header=now.header), ignored) == (now, [])
    assert comparison.durations == beside(page).durations and comparison.others == beside(page).others
    return page


def beside(page: AppTest) -> Comparison:
    """What stands beside the reader's scenario."""
    comparison = page.session_state[state.STORE.name].get(state.BESIDE, NOTHING)
    assert isinstance(comparison, Comparison)
    return comparison


def button(page: AppTest, start: str) -> Button:
    """The button whose key begins like this (the rest names what it stands beside)."""
    return next(item for item in page.button if str(item.key).startswith(start))


def headline_of(page: AppTest) -> str:
    """The headline, the first text of the page, with plain spaces."""
    text = next(item.value for item in page.main.markdown if item.value.startswith("### "))
    return plain(text).replace(NO_BREAK, " ").replace(JOINER, "")


def tool_of(page: AppTest) -> str:
    """What the small tool under the lengths answers, inside its fold, with plain spaces."""
    text = next(item.value for item in page.main.markdown if item.value.startswith("**"))
    return plain(text).replace(NO_BREAK, " ").replace(JOINER, "")
