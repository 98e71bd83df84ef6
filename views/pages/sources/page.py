"""Every figure, parameter, column and source of the project with its status and where it is used."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import streamlit as st

from model.catalogue.load import Catalogue
from model.scenario.places import HOME
from views.pages.sources import economy as economy
from views.pages.sources import tables as tables
from views.pages.sources.tables import Entry
from views.session import state
from views.words import escaped

SEARCH, TABLES, STATUSES, COUNTRY = "sources_search", "sources_tables", "sources_statuses", "sources_country"
HOST = r"^https?://(?:www\.)?([^/]+)"
TABLE_HEIGHT = 420


def page() -> None:
    """Show what is known about every number; everything comes from the catalogue."""
    catalogue = state.catalogue()
    st.markdown(f"### {escaped(tables.parameters_sentence(catalogue))}")
    st.markdown(escaped(tables.rest_sentence(catalogue)))
    _register(catalogue)
    _economy(catalogue)
    _unavailable(catalogue)


def _kept(key: str, start: object, widget: str) -> str:
    """Let a widget show what the reader chose before, also after another page; returns the widget's key."""
    st.session_state[widget] = st.session_state.setdefault(key, start)
    return widget


def _keep(key: str, widget: str) -> None:
    st.session_state[key] = st.session_state[widget]


def _register(catalogue: Catalogue) -> None:
    """Search, filters, the rows that fit, one of them in full, and the file of what is shown."""
    rows = tables.entries(catalogue)
    search = _kept(SEARCH, "", "w_sources_search")
    st.text_input(
        "Search", key=search, on_change=_keep, args=(SEARCH, search),
        placeholder="Words that a row must hold: vpn growth, World Bank, churn …",
    )  # fmt: skip
    left, right = st.columns(2)
    names = list(dict.fromkeys(row.table for row in rows))
    chosen = _kept(TABLES, [], "w_sources_tables")
    left.multiselect(
        "Table", names, key=chosen, on_change=_keep, args=(TABLES, chosen), placeholder="All tables"
    )
    known = list(dict.fromkeys(status for row in rows for status in row.statuses))
    status = _kept(STATUSES, [], "w_sources_statuses")
    right.multiselect(
        "Status", known, key=status, on_change=_keep, args=(STATUSES, status), placeholder="Every status"
    )
    found = tables.matching(
        rows, st.session_state[SEARCH], st.session_state[TABLES], st.session_state[STATUSES]
    )
    st.caption(f"{len(found)} of {len(rows)} rows. Tap a row to read all of it.")
    if not found:
        st.info(
            "No row holds these words. Use fewer words, or take a filter away.", icon=":material/search_off:"
        )
        return
    event = st.dataframe(
        tables.shown(found), hide_index=True, width="stretch", height=min(TABLE_HEIGHT, 38 + 35 * len(found)),
        key="sources_rows", on_select="rerun", selection_mode="single-row",
        column_config={
            "What": st.column_config.TextColumn(width=240), "Value": st.column_config.TextColumn(width=150),
            "Address": st.column_config.LinkColumn(display_text=HOST, width="small"),
            "Used in": st.column_config.TextColumn(width="medium"),
            "Source": st.column_config.TextColumn(width="medium"),
        },
    )  # fmt: skip
    picked = [index for index in event.selection.rows if index < len(found)]
    if picked:
        _full(catalogue, found[picked[0]])
    _download("These rows (CSV)", tables.register_csv(catalogue, found), "sources", "csv_sources")


def _full(catalogue: Catalogue, row: Entry) -> None:
    """One row with everything that the tables say about it."""
    with st.container(border=True):
        st.markdown(f"**{escaped(row.label)}**")
        st.caption(escaped(f"{row.table} · {row.key} · {row.status or 'no status'}"))
        lines = [(name, text) for name, text in row.details if text]
        st.markdown("\n".join(f"- {escaped(name)}: {escaped(text)}" for name, text in lines))
        for source in tables.sources_of(catalogue, row):
            title = escaped(
                f"{source.title} ({source.publisher or 'publisher not known'}, {source.date or 'undated'})"
            )
            st.markdown(f"- Source: [{title}]({source.url})" if source.url else f"- Source: {title}")
        if row.url and not row.source_ids:
            st.markdown(f"- Address: <{row.url}>")


def _economy(catalogue: Catalogue) -> None:
    """The figures of one economy with unit, year, source and status, and what is stale or missing."""
    st.subheader("Figures of one economy")
    usable = {row.iso3: row.name for row in catalogue.countries.values() if row.available == "yes"}
    ordered = sorted(usable, key=lambda iso3: (iso3 != HOME, usable[iso3]))
    key = _kept(COUNTRY, HOME, "w_sources_country")
    st.selectbox(
        "Economy", ordered, key=key, on_change=_keep, args=(COUNTRY, key), format_func=usable.__getitem__
    )
    iso3 = str(st.session_state[COUNTRY])
    for text in economy.warnings(catalogue, iso3):
        st.info(escaped(text), icon=":material/info:")
    rows = economy.rows_of(catalogue, iso3)
    frame = pd.DataFrame([row.shown() for row in rows])
    st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        height=min(TABLE_HEIGHT, 38 + 35 * len(frame)),
        key="sources_economy",
    )
    _download(
        f"Figures of {usable[iso3]} (CSV)",
        economy.csv_of(catalogue, rows),
        f"economy_{iso3}",
        "csv_economy",
    )


def _unavailable(catalogue: Catalogue) -> None:
    """Economies that cannot be estimated, each with its reason."""
    missing = [row for row in catalogue.countries.values() if row.available == "no"]
    st.subheader(f"{len(missing)} economies without an estimate")
    frame = pd.DataFrame(
        {"Economy": [row.name for row in missing], "Reason": [row.reason for row in missing]}
    )
    st.dataframe(frame, hide_index=True, width="stretch", key="sources_unavailable")


def _download(label: str, text: str, what: str, key: str) -> None:
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", f"{what}_{date.today().isoformat()}")
    st.download_button(label, text, f"{name}.csv", "text/csv", key=key, on_click="ignore")
