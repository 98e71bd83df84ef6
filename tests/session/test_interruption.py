"""The first entry after the server began anew, under AppTest: it counts, or its loss is said."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.estimate_page import (
    QUICK,
    TIMEOUT,
    link_of,
    plain,
    scenario_of,
    sound,
    warnings_of,
    without_charts,
)
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

from model.catalogue.load import ROOT
from views.session import interruption

LINK = {"duration": "3d", "spells": "2", "country": "KEN"}


def anew(page: AppTest, *clicks: str) -> AppTest:
    """A new session under the page that a browser still shows, with what was entered and clicked there."""
    sent = page._tree.get_widget_states()
    for name in clicks:
        item = next(one for one in sent.widgets if one.id.endswith(f"-{name}"))
        item.trigger_value = True
    return started(dict(page.query_params), sent)


def started(link: dict[str, Any], sent: WidgetStates) -> AppTest:
    made = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=TIMEOUT)
    for key, value in link.items():
        made.query_params[key] = value
    made._run(sent)
    assert not made.exception
    return made


@pytest.mark.parametrize(
    ("kind", "key", "value", "field", "then"),
    [
        ("text_input", "w_duration", "9 days", "hours", 216.0),
        ("text_input", "w_spells", "4", "spells", 4),
        ("selectbox", "w_country", "UGA", "country", "UGA"),
        ("selectbox", "w_kind", "vpn_block", "kind", "vpn_block"),
        ("text_input", "w_place", "40%", "place", 0.4),
    ],
)
def test_an_entry_counts(kind: str, key: str, value: object, field: str, then: object) -> None:
    page = without_charts(**LINK)
    before = scenario_of(page)
    getattr(page, kind)(key=key).set_value(value)
    after = anew(page)
    sound(after)
    assert getattr(scenario_of(after), field) == then and not warnings_of(after)
    assert scenario_of(after).with_changes(**{field: getattr(before, field)}) == before
    again = without_charts(**link_of(after))
    assert scenario_of(again) == scenario_of(after)
    assert getattr(after, kind)(key=key).value == getattr(again, kind)(key=key).value


def test_what_cannot_be_used_is_said() -> None:
    page = without_charts(**LINK)
    page.text_input(key="w_duration").set_value("soon")
    after = anew(page)
    assert scenario_of(after).hours == 72.0
    assert any("is not a duration" in plain(item.value) for item in after.error)


def test_where_nothing_was_entered_nothing_changes() -> None:
    page = without_charts(**LINK)
    after = anew(page)
    assert scenario_of(after) == scenario_of(page) and not warnings_of(after)


@pytest.mark.parametrize(
    ("kind", "key", "value", "then"),
    [
        ("segmented_control", "c_show", "kinds", {"show": "kinds"}),
        ("text_input", "c_add_duration", "36 hours", {"durations": "1h,1d,36h,3d,7d,30d"}),
        ("multiselect", "c_durations", ["1 day", "3 days"], {"durations": "1d,3d"}),
    ],
)
def test_a_part_of_a_comparison_counts(kind: str, key: str, value: object, then: dict[str, str]) -> None:
    page = compared(**LINK)
    before = link_of(page)
    getattr(page, kind)(key=key).set_value(value)
    sent = page._tree.get_widget_states()
    after = AppTest.from_function(alone, default_timeout=TIMEOUT)
    for name, text in page.query_params.items():
        after.query_params[name] = text
    after._run(sent)
    assert not after.exception and not after.error and not after.warning
    assert link_of(after) == before | then
    if key == "c_add_duration":
        assert not after.text_input(key=key).value, "taken: ready for the next"


def alone() -> None:
    """The page of the comparison as the way in shows it."""
    from views.pages.compare import page
    from views.pages.estimate import controls
    from views.session import address, interruption, state

    interruption.begin()
    address.read_link("")
    controls.inputs()
    interruption.take()
    state.say_problems()
    page.page()
    address.write_link(())
    interruption.end()


def compared(**link: str) -> AppTest:
    made = AppTest.from_function(alone, default_timeout=TIMEOUT)
    for key, value in (QUICK | link).items():
        made.query_params[key] = value
    made.run()
    assert not made.exception
    return made


def test_the_next_entry_is_heard_as_always() -> None:
    page = without_charts(**LINK)
    page.text_input(key="w_duration").set_value("9 days")
    after = anew(page)
    after.text_input(key="w_spells").set_value("3").run()
    assert (scenario_of(after).hours, scenario_of(after).spells) == (216.0, 3)


def test_a_click_that_nobody_heard_is_said_once() -> None:
    after = anew(without_charts(**LINK), "w_reset")
    assert scenario_of(after).hours == 72.0
    assert warnings_of(after) == [interruption.LOST_CLICK]
    assert not warnings_of(after.run())


def test_an_entry_that_no_widget_takes_is_said() -> None:
    sent = WidgetStates(widgets=[WidgetState(id="$$ID-0-w_duration", string_value="9 days")])
    after = started(QUICK | LINK, sent)
    assert warnings_of(after) == [interruption.LOST_ENTRY] and scenario_of(after).hours == 72.0
