"""What was changed and when, from which years the figures are, and what the model leaves out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import streamlit as st

from model.catalogue.load import Catalogue
from views.pages.sources import tables as tables
from views.parts.captions import REGISTER, linked_sources
from views.session import state
from views.words import escaped

NOT_COVERED = (
    "Lives, health, safety, rights and trust: no amount here stands for them",
    "Long-run growth, investment and reputation beyond the lost export contracts",
    "Voice calls and text messages: a cut of mobile service is counted by its data alone",
    "Power cuts, and several types of disruption at once: each is estimated alone and none are added",
    "Knock-on losses in other firms, unless you turn them on",
    "Single firms, households and districts: shares of regions place a sector, nothing finer",
    "Prices, exchange rates and policy that change because of the disruption",
)
LINKED = {"Address": st.column_config.LinkColumn(display_text=r"^https?://(?:www\.)?([^/]+)")}


def page() -> None:
    """Read from the tables and the changelog."""
    catalogue = state.catalogue()
    _limits(catalogue)
    _changes(catalogue)
    _vintages(catalogue)


def vintages(catalogue: Catalogue) -> pd.DataFrame:
    """Per figure of the economies: how many, from which years, from where."""
    rows = []
    fields = dict.fromkeys(name for figures_of in catalogue.figures.values() for name in figures_of)
    for field in fields:
        figures = [figures_of[field] for figures_of in catalogue.figures.values() if field in figures_of]
        years = Counter(figure.year for figure in figures)
        sources = dict.fromkeys(name for figure in figures for name in figure.source.split(";"))
        named_sources = [catalogue.sources[name] for name in sources if name in catalogue.sources]
        rows.append(
            {
                "Figure": tables.spelt(field),
                "Economies": len(figures),
                "Newest year": str(max(years)),
                "Oldest year": str(min(years)),
                "Most often": str(years.most_common(1)[0][0]),
                "Sources": "; ".join(source.title for source in named_sources),
                "Address": next((source.url for source in named_sources if source.url), REGISTER),
                "Status": ", ".join(dict.fromkeys(figure.status for figure in figures)),
            }
        )
    return pd.DataFrame(rows)


def _vintages(catalogue: Catalogue) -> None:
    st.subheader("How old the data are")
    st.markdown(
        escaped(
            f"Data {catalogue.data_version} of {catalogue.data_date}; figures older than three years "
            "are said on the page."
        )
    )
    st.dataframe(
        vintages(catalogue),
        hide_index=True,
        placeholder="–",
        width="stretch",
        key="methods_vintages",
        column_config=LINKED,
    )
    used = [
        (f"{item.title} ({item.date or 'undated'})", item.url)
        for item in catalogue.sources.values()
        if item.url
    ]
    with st.expander(f"{len(used)} sources with an address", key="methods_sources"):
        st.markdown("\n".join(f"- {linked_sources([item])}" for item in used))


def changelog(catalogue: Catalogue) -> str:
    """The changelog beside the tables, without its title; empty where it is not shipped."""
    path = Path(catalogue.root) / "CHANGELOG.md"
    return path.read_text(encoding="utf-8").partition("\n")[2] if path.is_file() else ""


def changes_by_key(catalogue: Catalogue) -> tuple[str, dict[str, str]]:
    """What is said of the first values, and the changes of each parameter that had any, by key."""
    first, texts = "", dict[str, list[str]]()
    for row in catalogue.changed_constants:
        when = f"{row.date}, data {row.data_version}"
        if row.is_first:
            first = f"{when}: {row.after}"
            continue
        for key in row.parameters:
            texts.setdefault(key, []).append(f"{when}: {row.before} to {row.after} ({row.reason})")
    return first, {key: "; ".join([*lines, first]) for key, lines in texts.items()}


def _changes(catalogue: Catalogue) -> None:
    st.subheader("What changed")
    text = changelog(catalogue)
    if not text:
        st.info("The list of changes does not come with these tables.", icon=":material/info:")
        return
    with st.expander("Versions, and changed figures with the reason", key="methods_changelog"):
        st.markdown(text.replace("$", "\\$").replace("\n#", "\n###"))


def _limits(catalogue: Catalogue) -> None:
    st.subheader("What is not covered")
    missing = sum(country.available == "no" for country in catalogue.countries.values())
    lines = [
        *NOT_COVERED,
        f"{missing} economies without usable figures; they are listed with the reason under Data and sources",
    ]
    st.markdown("\n".join(f"- {escaped(line)}" for line in lines))
