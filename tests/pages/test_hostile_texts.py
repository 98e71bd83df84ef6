"""A reader's words are drawn letter by letter on every page and in every chart: no link, no markup, no icon."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from helpers.hostile import BLOCKS, HOSTILE, WORD, drawn_of, drawn_of_figure, drawn_of_markdown
from helpers.single_pages import events_app, opened_whole
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from charts.amounts import dots, tornado
from charts.lines import paths
from charts.marked_curve import marked_curve
from charts.palette import Caption, Form
from charts.ranges import RangeRow, ranges
from charts.series import Scale, several
from model.common.ranges import Range
from views.words import escaped, linked

TITLED = {
    "title": HOSTILE, "duration": "3d", "s2.country": "KEN", "s2.title": f"{HOSTILE} 2", "s3.duration": "9d",
    "s3.title": f"{HOSTILE} 3", "from.country": "IND", "from.title": HOSTILE,
}  # fmt: skip
PIECES = (*HOSTILE.split(" "), *BLOCKS, " ", "\n", "\\", "\t", "evil")


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_escaped_text_is_drawn_as_it_is(text: str) -> None:
    for shown in (escaped(text), f"Begun from: {escaped(text)}; changed since.", f"- {escaped(text)}"):
        assert not list(drawn_of_markdown(shown)), shown
        assert "<strong>" not in MarkdownIt().render(shown)  # a page sets words of a reader in bold itself


def test_the_check_itself_sees_what_would_be_drawn() -> None:
    marked = [piece for piece in HOSTILE.split("</b> ")[1].split(" ")[:-2] if piece != "**evil**"]
    for piece in (*HOSTILE.split(" ")[:3], "<b>evil</b>", *marked, BLOCKS[-2]):
        assert list(drawn_of_markdown(f"x\n\n{piece}")), piece
    assert list(drawn_of_figure({"text": "<a href='x'>evil</a>"})) and not list(
        drawn_of_figure({"text": "evil"})
    )
    assert linked("as https://a.example/evil says") == "as [a.example](<https://a.example/evil>) says"


@pytest.mark.parametrize(
    ("here", "link"),
    [("estimate", {}), ("compare", {"show": "scenarios"}), ("compare", {"show": "durations"}), ("world", {}),
     ("export", {})],
)  # fmt: skip
def test_titles_of_scenarios_are_drawn_as_they_are(
    here: str, link: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    count, drawn = drawn_of(opened_whole(monkeypatch, here, **TITLED, **link))
    assert count >= 5 and not drawn, drawn


def uploaded(name: str, rows: Sequence[Sequence[str]]) -> AppTest:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    page = AppTest.from_function(events_app, default_timeout=90).run()
    return page.file_uploader[0].upload(name, out.getvalue().encode(), "text/csv").run()


def test_what_a_list_says_is_drawn_as_it_is() -> None:
    head = ["place", "kind", "start", "duration", "region", "title", "source"]
    good = ["Kenya", "full_blackout", "2025-02-01", "1 day", "", HOSTILE, HOSTILE]
    bad = [[*good[:at], HOSTILE, *good[at + 1 :]] for at in range(5)]
    page = uploaded(f"evil {HOSTILE[:60].replace('/', '')}.csv", [head, good, *bad])
    _, drawn = drawn_of(page)
    assert not page.exception and not drawn, drawn
    titles = page.dataframe[0].value["Event"]  # a cell of a data frame is plain
    assert any(WORD in str(title) for title in titles)
    for row in range(len(bad) + 1):
        page = AppTest.from_function(one_row, default_timeout=90)
        page.session_state["rows"], page.session_state["row"] = [head, good, *bad], row
        count, drawn = drawn_of(page.run())
        assert not page.exception and count >= 2 and not drawn, drawn
    for rows in ([[HOSTILE, "b"], ["1", "2"]], [["place", "kind", HOSTILE], ["KEN", "full_blackout", "1"]]):
        count, drawn = drawn_of(uploaded("a.csv", rows))
        assert count and not drawn, drawn


def one_row() -> None:
    """All that the page says of one row of a list; AppTest cannot click on it."""
    import csv
    import io

    import streamlit as st

    from model.lists.priced import price
    from model.lists.reading import read_list
    from model.text.lists_report import ListReport
    from views.pages.events.page import _full
    from views.session import state

    out = io.StringIO()
    csv.writer(out).writerows(st.session_state["rows"])
    listed = read_list(state.catalogue(), "own.csv", out.getvalue().encode())
    _full(ListReport(price(state.catalogue(), listed, draws=256)), st.session_state["row"])


@pytest.mark.parametrize("form", ["screen", "picture", "square"])
def test_charts_draw_words_as_they_are(form: Form) -> None:
    def money(value: float) -> str:
        return f"${value:.1f}M"

    caption = Caption(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    days = np.array([1.0, 7.0, 30.0])
    curve = pd.DataFrame({"days": days, "low": days, "median": 2 * days, "high": 3 * days})
    lines = pd.concat([curve.assign(series=name, own=days == 7) for name in (HOSTILE, "plain")])
    amounts = pd.DataFrame(
        {
            "label": [HOSTILE],
            "value": [2.0],
            "low": [1.0],
            "high": [3.0],
            "between": [HOSTILE],
            "text": [HOSTILE],
        }
    )
    moved = pd.DataFrame(
        {
            "label": [HOSTILE],
            "at_low": [1.0],
            "at_high": [3.0],
            "input_low": [0.1],
            "input_high": [0.2],
            "unit": [HOSTILE],
        }
    )
    marks = curve[curve["days"] == 7].assign(label=HOSTILE)
    series = pd.DataFrame({"x": days, "series": HOSTILE, "value": days})
    row = RangeRow(HOSTILE, HOSTILE, Range(1.0, 2.0, 3.0), sub=HOSTILE, heading=HOSTILE, between=HOSTILE)
    figures = (
        several(lines, "plain", Scale("Cost", money, (2.0, HOSTILE)), caption, form),
        dots(amounts, "M USD", caption, form, money),
        tornado(moved, 2.0, "M USD", caption, form, money),
        paths(series, "M USD", caption, form, money, targets=[(HOSTILE, 2.0)]),
        marked_curve(curve, marks, "M USD", caption, form, money, (HOSTILE, 20.0), [(HOSTILE, 10.0)]),
        ranges([row], caption, form, title="Cost", fmt=money),
    )
    for figure in figures:
        text = figure.to_json()
        assert WORD in text
        assert not list(drawn_of_figure(json.loads(text)))
