"""Every figure, parameter, column and source of the project with its status and where it is used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.common.text import file_safe
from model.scenario.places import find_country
from model.text.writer import csv_bytes
from views.pages.sources import economy as economy
from views.pages.sources import tables as tables
from views.pages.sources.tables import Entry
from views.parts.choices import search_field
from views.parts.country import country_box, usable
from views.session import state
from views.session.store import MOST_TEXT, PageField, Store, by_name, some_of, words
from views.words import escaped, shown, when_heard

SEARCH, TABLES, STATUSES, COUNTRY = "search", "tables", "statuses", "country"
HOST = r"^https?://(?:www\.)?([^/]+)"
TABLE_HEIGHT = 420


def _fields() -> dict[str, PageField]:
    catalogue = state.catalogue()
    rows = tables.entries(catalogue)
    return {
        SEARCH: words("sources.search"),
        TABLES: some_of("sources.tables", (), by_name(dict.fromkeys(row.table for row in rows))),
        STATUSES: some_of(
            "sources.status", (), by_name(dict.fromkeys(s for row in rows for s in row.statuses))
        ),
        COUNTRY: PageField(HOME, "sources.country", lambda text: find_country(catalogue, text).iso3),
    }


STORE = Store("sources", _fields)


def page() -> None:
    """Show what is known about every number; everything comes from the catalogue."""
    catalogue = state.catalogue()
    st.markdown(f"### {escaped(tables.parameters_sentence(catalogue))}")
    st.markdown(escaped(tables.rest_sentence(catalogue)))
    _register(catalogue)
    _economy(catalogue)
    _unavailable(catalogue)


def _register(catalogue: Catalogue) -> None:
    """Search, filters, the rows that fit, one of them in full, and the file of what is shown."""
    rows = tables.entries(catalogue)
    hint = "Words that a row must hold: vpn growth, World Bank, churn …"
    search_field(STORE, SEARCH, "w_sources_search", hint, MOST_TEXT)
    left, right = st.columns(2)
    with left:
        _filter("Table", TABLES, dict.fromkeys(row.table for row in rows), "All tables")
    with right:
        _filter(
            "Status",
            STATUSES,
            dict.fromkeys(status for row in rows for status in row.statuses),
            "Every status",
        )
    fitting = tables.rows_holding(rows, str(STORE.get(SEARCH)), STORE.get(TABLES), STORE.get(STATUSES))
    st.caption(f"{len(fitting)} of {len(rows)} rows. Tap a row to read all of it.")
    if not fitting:
        st.info(
            "No row holds these words. Use fewer words, or take a filter away.", icon=":material/search_off:"
        )
        return
    event = st.dataframe(
        tables.as_table(fitting), hide_index=True, placeholder="–",
        width="stretch", height=min(TABLE_HEIGHT, 38 + 35 * len(fitting)),
        key="sources_rows", on_select="rerun", selection_mode="single-row",
        column_config={
            "What": st.column_config.TextColumn(width=240), "Value": st.column_config.TextColumn(width=150),
            "Address": st.column_config.LinkColumn(display_text=HOST, width="small"),
            "Used in": st.column_config.TextColumn(width="medium"),
            "Source": st.column_config.TextColumn(width="medium"),
        },
    )  # fmt: skip
    picked = [index for index in event.selection.rows if index < len(fitting)]
    if picked:
        _full(catalogue, fitting[picked[0]])
    _download("These rows (CSV)", tables.register_csv(catalogue, fitting), "sources", "csv_sources")


def _filter(label: str, field: str, options: Iterable[str], everything: str) -> None:
    key, names = shown(f"w_sources_{field}", chosen := list(STORE.get(field))), list(options)

    def heard() -> None:
        STORE.put(field, tuple(name for name in names if name in st.session_state[key]))

    st.multiselect(label, names, chosen, key=key, on_change=when_heard(key, heard), placeholder=everything)


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
    names, iso3 = usable(catalogue), str(STORE.get(COUNTRY))
    country_box(catalogue, "Economy", iso3, partial(STORE.put, COUNTRY), "w_sources_country")
    for text in economy.warnings(catalogue, iso3):
        st.info(escaped(text), icon=":material/info:")
    rows = economy.rows_of(catalogue, iso3)
    frame = pd.DataFrame([row.shown() for row in rows])
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="–",
        width="stretch",
        height=min(TABLE_HEIGHT, 38 + 35 * len(frame)),
        key="sources_economy",
    )
    _download(
        f"Figures of {names[iso3]} (CSV)",
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
    st.dataframe(frame, hide_index=True, placeholder="–", width="stretch", key="sources_unavailable")


def _download(label: str, text: str, what: str, key: str) -> None:
    name = file_safe(f"{what}_{date.today().isoformat()}")
    st.download_button(label, csv_bytes(text), f"{name}.csv", "text/csv", key=key, on_click="ignore")
