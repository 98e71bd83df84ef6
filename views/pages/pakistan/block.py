"""What does a VPN block cost? As claimed and as estimated, in one table; the sliders; what the block is made of."""

from __future__ import annotations

import streamlit as st

from model.claims import sentences as words
from model.claims.claims import FIREWALL, OPEX, SHORT_TERM
from model.common.numbers import significant
from model.text.writer import Section
from views.pages.claims import controls as articles
from views.pages.claims import parts as claimed
from views.pages.pakistan import bridge
from views.pages.pakistan import controls as controls
from views.parts.captions import linked_sources
from views.parts.sections import Common, dot_block, ends_frame, find, lines, usd_m
from views.words import escaped

ARITHMETIC = "The claims come from newspaper articles. We only do the arithmetic."
SETTINGS = ("claims.firewall_period_days", "claims.vpn_client_share")


def fields(common: Common) -> None:
    """The length of the block, and growth: what a lost client would have bought."""
    left, right = st.columns([1, 2], gap="medium", vertical_alignment="bottom")
    with left:
        controls.length_field()
    with right:
        controls.growth_field(controls.claimed(common.catalogue).baselines)


def _of_estimate() -> None:
    """Whether the block is the scenario of the page Estimate, else a way to make it so."""
    if controls.carried():
        st.caption("This block is your scenario on the page Estimate: its length is the same on both pages.")
    elif controls.estimable():
        st.button(
            "Open this block on Estimate", key="w_block_estimate", on_click=controls.to_estimate,
            icon=":material/query_stats:", help="Makes it your scenario: all of Pakistan, of this length.",
        )  # fmt: skip


def headline(common: Common) -> str:
    """What the model says, and what the industry says where the model does not look so far."""
    made, result = bridge.of_page(common.catalogue), controls.claimed(common.catalogue)
    return words.block_headline(common.catalogue, made, result)


def show(common: Common, sections: list[Section]) -> None:
    catalogue = common.catalogue
    result = controls.claimed(catalogue)
    made = bridge.of_page(catalogue)
    if bridge.estimated(made):
        st.markdown(f"**{escaped(words.headline(catalogue, result))}**")
    st.caption(f"{ARITHMETIC} The estimates come from stated assumptions.")
    bridge.table(made)
    _of_estimate()
    left, right = st.columns([3, 2], gap="large")
    with left:
        bridge.chart(catalogue, made)
    with right:
        bridge.never_added(made)
        st.subheader("The articles' figures")
        articles.sliders(catalogue, articles.costs(catalogue))
        st.caption(f"Sources: {linked_sources(claimed.bases(catalogue))}.")
    claimed.cards(catalogue, result, (OPEX, FIREWALL, SHORT_TERM))
    more = st.expander(
        "Show more: assumptions, clients, cost by length", key="x_block_more", on_change="rerun"
    )
    if more.open:
        with more:
            _more(common, sections)
    adding = st.expander("Try to add the articles' amounts", key="x_block_add", on_change="rerun")
    if adding.open:
        with adding:
            claimed.adding(result)
            claimed.amounts_chart(catalogue, result)


def _more(common: Common, sections: list[Section]) -> None:
    """The assumptions behind both columns, and the charts of clients and of workaround costs."""
    (section,) = sections
    catalogue, industry = common.catalogue, common.catalogue.industry
    for text in section.sentences:
        st.markdown(escaped(text))
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Given by no article: assumptions")
        articles.sliders(catalogue, SETTINGS)
        keys = controls.group(
            industry, "industry.vpn", "industry.client", "industry.coping", "industry.office"
        )
        controls.sliders(industry, [key for key in keys if key != controls.DAYS])
    with right:
        claimed.opex_chart(catalogue, controls.claimed(catalogue))
    left, right = st.columns(2, gap="large")
    rows, away = find(section, "block"), find(section, "away")
    with left:
        lines(
            common, section, away, "away", "Export earnings away with clients that left",
            f"Line chart over five years. {section.sentences[0]}", "month", "Months from the start of the block",
            (("Away", "median", "low", "high"),), "% of earnings", lambda value: f"{significant(value)}%", scale=100,
            amount="Earnings away",
        )  # fmt: skip
    with right:
        dot_block(
            common, section, rows, "block", "Lost business and workaround costs, counted separately", "M USD", usd_m,
            ends_frame(rows, ("M USD",))  # the claim of a full year stands in the table above,
        )  # fmt: skip
