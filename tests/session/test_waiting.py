"""Work that a reader stops, and tables that a narrow screen must not tear."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from views.parts.blocks import unbroken


def app() -> None:
    """The work that the session asks for, and the names of what was done."""
    from functools import partial

    import streamlit as st

    from views.session import waiting

    done = st.session_state.setdefault("done", [])

    def work(name, tick):  # type: ignore[no-untyped-def]  # runs where this module's names are not known
        done.append(name)

    try:
        for name in st.session_state.get("asked", ()):
            waiting.watched(name, "Computing ...", partial(work, name))
    except waiting.StoppedError:
        waiting.say_stopped()
    waiting.forget_stop()


def started(*asked: str) -> AppTest:
    page = AppTest.from_function(app)
    page.session_state["asked"] = asked
    return page


def test_a_stop_ends_whatever_is_computed_by_then() -> None:
    """The button may have been made for work that another entry has overtaken since."""
    page = started("new")
    page.session_state["stop_clicked"] = True
    page.run()
    assert not page.exception and page.session_state["done"] == []
    assert [button.label for button in page.button] == ["Compute it after all"]
    page.run()
    assert page.session_state["done"] == [], "it stays stopped until it is asked for"
    page.button[0].click().run()
    assert page.session_state["done"] == ["new"]


def test_a_stop_that_comes_too_late_stops_nothing_later() -> None:
    page = started()
    page.session_state["stop_clicked"] = True
    page.run()
    page.session_state["asked"] = ("later",)
    page.run()
    assert page.session_state["done"] == ["later"]


def test_other_work_than_the_stopped_goes_on() -> None:
    page = started("one")
    page.session_state["stop_clicked"] = True
    page.run()
    page.session_state["asked"] = ("other",)
    page.run()
    assert page.session_state["done"] == ["other"]
    page.session_state["asked"] = ("one",)
    page.run()
    assert page.session_state["done"] == ["other"], "what was stopped does not begin again by itself"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$300M ($130M to $720M)", "$300M ($130M~to~$720M)"),
        ("2.7% (1.1% to 6.5%)", "2.7% (1.1%~to~6.5%)"),
        ("$16 million ($8.9-32 million)", "$16~million ($8.9-^32~million)"),
        (
            "about KES 9.6 billion (range KES 5.1-18 billion)",
            "about KES~9.6~billion (range~KES~5.1-^18~billion)",
        ),
        ("−$100M (−$240M to −$42M)", "−^$100M (−^$240M~to~−^$42M)"),
        ("Mobile data cut, 7 days, Pakistan", "Mobile data cut, 7~days, Pakistan"),
        ("A long remark (which is no range of numbers at all, and wraps)", None),
        ("not measured", None),
    ],
)
def test_no_number_is_torn_from_its_unit_or_range(text: str, expected: str | None) -> None:
    assert unbroken(text) == (expected or text).replace("~", "\u00a0").replace("^", "\u2060")
