"""No figure on the pages Methods, Evidence and As claimed without a link to its source or the word "assumption"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest
from helpers.single_pages import evidence_app, methods_app, pakistan_app
from streamlit.testing.v1 import AppTest

from model.catalogue.load import Catalogue
from model.claims.cards import claim_cards
from views.pages.evidence import controls
from views.parts.captions import REGISTER

TIMEOUT = 120
# Columns that name a row or a source and hold no figure of their own.
NAMES = {"Symbol", "Parameters", "Function", "Key", "Id", "Row", "Figure", "Source", "Address", "Date", "Changes",
         "Fixed by", "Month", "Unit", "Source of the earnings", "Result", "Meaning", "Event"}  # fmt: skip


def strip_app() -> None:
    import streamlit as st

    from model.estimation.estimate import estimate
    from model.scenario.scenario import Scenario
    from views.pages.estimate.method_strip import strip_block
    from views.session import state

    strip_block(estimate(state.catalogue(), Scenario(kind=str(st.session_state["kind"]))))


def test_each_quantity_of_a_sector_says_its_own_evidence(catalogue: Catalogue) -> None:
    """The row of dependence once showed the evidence of what can be recovered."""
    for sector in catalogue.sectors:
        for quantity, evidence in (
            ("dependence", sector.dependence_evidence), ("recapture_ceiling", sector.recapture_evidence),
            ("patience_days", sector.patience_evidence),
        ):  # fmt: skip
            row = catalogue.parameters[f"sector.{sector.key}.{quantity}"]
            assert row.evidence == evidence and ("Hazus" in evidence) <= (quantity == "recapture_ceiling")


def shown(app: Callable[[], None], **state: object) -> AppTest:
    made = AppTest.from_function(app, default_timeout=TIMEOUT)
    for name, value in state.items():
        made.session_state[name] = value
    made.run()
    assert not made.exception
    return made


def unsourced(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Rows with a figure and neither a link nor the word."""
    bare = []
    for row in frame.astype(object).where(frame.notna(), "").to_dict("records"):
        cells = {str(name): str(value) for name, value in row.items()}
        figures = any(re.search(r"\d", text) for name, text in cells.items() if name not in NAMES)
        linked = any(re.match("https?://", text) or text == REGISTER for text in cells.values())
        if figures and not linked and not any("assumption" in text for text in cells.values()):
            bare.append(cells)
    return bare


def cards(block: Any) -> Iterator[str]:
    """The text of every card: a container that begins with a heading or a bold line."""
    children = list(block.children.values())
    texts = [str(child.value) for child in children if child.type in ("markdown", "caption", "subheader")]
    if texts and (
        texts[0].startswith("**") or (children[0].type == "subheader" and children[0].proto.anchor)
    ):
        yield "\n".join(texts)
    for child in children:
        if hasattr(child, "children"):
            yield from cards(child)


def has_source(text: str) -> bool:
    """A link to a source or to its row, the word, or a link to the table of the page that has both in every row."""
    return (
        bool(re.search(rf"\]\((https?://|{re.escape(REGISTER)}\)|#[a-z-]+\))", text)) or "assumption" in text
    )


def lines(block: Any) -> Iterator[tuple[bool, str]]:
    """Every line of text of a page in order, and whether it is a heading."""
    for child in block.children.values():
        if child.type in ("markdown", "caption"):
            yield from ((line.startswith("#"), line) for line in str(child.value).split("\n") if line)
        elif child.type == "subheader":
            yield True, str(child.value)
        elif child.type == "dataframe":
            yield False, "a table, whose rows are checked by themselves: assumption"
        if hasattr(child, "children"):
            yield from lines(child)


def bare_lines(page: Any) -> list[str]:
    """Lines with a figure and no source; a heading sums up what stands right under it, so that needs the source."""
    bare, above = [], ""
    for heading, line in lines(page):
        if heading:
            above = above if above else line if re.search(r"\d", line) else ""
            continue
        if not has_source(line) and (above or re.search(r"\d", line)):
            bare.append(f"{above} {line}".strip())
        above = ""
    return bare


def text_of(page: AppTest) -> str:
    return "\n".join(str(item.value) for kind in (page.markdown, page.caption) for item in kind)


def test_the_check_itself_finds_a_bare_figure() -> None:
    rows = pd.DataFrame(
        {
            "Value": ["12%", "12%", "12%", "none", "12%"],
            "Status": ["read", "read", "assumption", "read", "read"],
            "Address": ["https://a.org/x", None, None, None, REGISTER],
        }
    )
    assert [row["Value"] for row in unsourced(rows)] == ["12%"]
    assert not has_source("**$300M**\n- 9.3% of receipts") and has_source(
        "34 days [Dawn](https://dawn.com/a)"
    )


def test_every_row_of_the_methods_page(catalogue: Catalogue) -> None:
    page = shown(methods_app)
    frames = [item.value for item in page.dataframe]
    assert len(frames) >= 11  # symbols, parameters, eight methods, vintages
    for frame in frames:
        assert not unsourced(frame), unsourced(frame)[:3]
    parameters = next(frame for frame in frames if "Key" in frame.columns)
    assert set(parameters["Key"]) == {*catalogue.parameters, *catalogue.industry.parameters}
    for name in ("Value", "Status", "Source", "Changes", "May be"):
        assert parameters[name].astype(bool).all(), name
    chain = str(page.code[0].value)  # as coded: what is caught up is a running minimum over the durations
    assert "v_s(D) = min over d <= D of (W_s + d) / U(d)" in chain and "Work-days" in chain and "Tax" in chain


@pytest.mark.parametrize("name", [controls.TESTS, controls.RECORD])
def test_every_row_of_the_evidence(name: str) -> None:
    page = shown(evidence_app, evidence={"section": name})
    assert len(page.dataframe) >= 1
    for item in page.dataframe:
        assert not unsourced(item.value), unsourced(item.value)[:3]
    assert not bare_lines(page.main)
    assert_anchors_exist(page)


@pytest.mark.parametrize("event", list(controls.EVENTS))
def test_every_price_of_an_event(event: str) -> None:
    page = shown(evidence_app, evidence={"section": controls.PRICES, "event": event})
    for item in page.dataframe:
        assert not unsourced(item.value), unsourced(item.value)[:3]
    assert not bare_lines(page.main)
    assert_anchors_exist(page)


def assert_anchors_exist(page: AppTest) -> None:
    """A link inside the page leads to a heading of it, with a table or links to sources under it."""
    wanted = set(re.findall(r"\]\(#([a-z-]+)\)", text_of(page)))
    assert wanted and wanted <= {item.proto.anchor for item in page.subheader}
    for anchor in wanted:
        at = next(item.value for item in page.subheader if item.proto.anchor == anchor)
        following = [line for heading, line in after(page.main, str(at)) if not heading]
        assert following[0].startswith("a table") or "](http" in following[0], anchor


def after(block: Any, heading: str) -> list[tuple[bool, str]]:
    all_lines = list(lines(block))
    return all_lines[all_lines.index((True, heading)) + 1 :]


@pytest.mark.parametrize("kind", ["full_blackout", "vpn_block"])
def test_every_figure_of_the_strip(kind: str) -> None:
    page = shown(strip_app, kind=kind)
    assert not bare_lines(page.main)


def test_every_claim_card_on_the_evidence_page(catalogue: Catalogue) -> None:
    page = shown(evidence_app, evidence={"section": controls.CLAIMS, "cards": controls.ALL_CARDS})
    texts = list(cards(page.main))
    assert len(texts) == len(claim_cards(catalogue)) >= 20
    for text in texts:
        assert has_source(text), text
    on_page = text_of(page)
    for card in claim_cards(catalogue):
        assert not card.held_against[0] or card.held_against[1] in on_page, card.id


def test_every_card_and_figure_as_claimed() -> None:
    texts, on_page = [], ""
    for section in ("VPN block", "Exports", "Talent"):
        page = shown(pakistan_app, industry={"section": section})
        texts += [text for text in cards(page.main) if re.search(r"\d", text) and "added" not in text]
        on_page += text_of(page)
    assert len(texts) >= 8
    for text in texts:
        assert has_source(text), text
    assert "dawn.com" in on_page or "brecorder.com" in on_page
