"""Pages that are about Pakistan alone: they say so, and what there is for another country."""

from __future__ import annotations

import streamlit as st

from model.catalogue.economies import HOME
from views.session import state
from views.words import escaped

TO_ESTIMATE, TO_EXPORT = "estimate_asked_for", "export_asked_for"


def home_name() -> str:
    """The name of the country that these pages are about."""
    return state.catalogue().countries[HOME].name


def say_home(what: str) -> None:
    """Where the reader's scenario is of another country: what the page is about, and the way to the chosen one.

    `what` is the subject of the page: "These figures of the IT industry are".
    """
    iso3 = state.scenario().country
    if iso3 == HOME:
        return
    name = state.catalogue().countries[iso3].name
    st.info(
        escaped(f"{what} about {home_name()}, not about {name}. Your scenario for {name} is left as it is."),
        icon=":material/public:",
    )
    st.button(
        escaped(f"Estimate for {name}"),
        key="w_home_estimate",
        icon=":material/query_stats:",
        on_click=show_estimate,
    )


def show_estimate() -> None:
    """Let the next run show the page Estimate."""
    st.session_state[TO_ESTIMATE] = True


def export_button() -> None:
    """The way to the files of the page that shows it, with all that was set on it."""
    st.button(
        "Export", key="w_to_export", icon=":material/download:", on_click=_show_export,
        help="Slides, workbook, report and data of this page.",
    )  # fmt: skip


def _show_export() -> None:
    st.session_state[TO_EXPORT] = True
