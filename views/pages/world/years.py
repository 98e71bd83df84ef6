"""A year of recorded shutdowns in every economy: folded away until somebody asks."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from model.catalogue.economies import Country
from model.rates.record import shipped_record
from model.scenario.link import link_text
from views.pages.world.controls import CLOSED, MEASURE, OPEN, STORE, YEAR
from views.parts.recorded_years import years_block, years_of
from views.session import state
from views.words import shown, when_heard


def years_section(fits: Callable[[Country], bool]) -> None:
    """The years of the economies that the filters leave, computed when the section is opened."""
    open_now = STORE.get(YEAR) == OPEN
    key = shown("x_world_year", open_now)
    fold = st.expander(
        "A year of recorded shutdowns", expanded=open_now, key=key,
        on_change=when_heard(key, lambda: STORE.put(YEAR, OPEN if st.session_state[key] else CLOSED)),
    )  # fmt: skip
    if not fold.open:
        return
    catalogue = state.catalogue()
    record = shipped_record(catalogue)
    with fold:
        st.caption(
            "How often shutdowns, blocks and slowing were recorded in each country, and what a year of them costs "
            "there on average. The kind and the length above do not enter; the measure and the filters do."
        )
        years = years_of("shipped", catalogue, record)
        if years is None:
            return
        rows = [year for year in years if fits(year.economy.country)]
        if not rows:
            st.info("None of these economies has figures.", icon=":material/search_off:")
            return
        link = link_text(state.STORE.to_link() | STORE.to_link())
        years_block("world_years", catalogue, record, rows, str(STORE.get(MEASURE)), link)
