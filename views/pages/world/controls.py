"""What a reader sets on the page of all economies beside the disruption: the measure, and which economies."""

from __future__ import annotations

import streamlit as st

from model.compare.league import MEASURES
from views.parts.choices import choice_field, search_field
from views.session import state
from views.session.store import MOST_TEXT, PageField, Store, by_name, one_of, words
from views.words import shown, when_heard

MEASURE, REGION, INCOME, SEARCH, YEAR = "measure", "region", "income", "search", "year"
OPEN, CLOSED = "open", "closed"  # the section of a year
BRIEF = {"usd": "Dollars", "share": "% of GDP", "per_head": "Per head", "per_day": "Per day"}
EVERY_REGION, EVERY_GROUP = "All regions", "All income groups"


def _fields() -> dict[str, PageField]:
    return {
        MEASURE: one_of("world.measure", "usd", {key: key for key in MEASURES}),
        REGION: one_of("world.region", EVERY_REGION, by_name([EVERY_REGION, *_names("region")])),
        INCOME: one_of("world.income", EVERY_GROUP, by_name([EVERY_GROUP, *_names("income_group")])),
        SEARCH: words("world.search"),
        YEAR: one_of("world.year", CLOSED, {name: name for name in (OPEN, CLOSED)}, stays=True),
    }


STORE = Store("world", _fields)


def controls() -> None:
    """The measure, then which economies."""
    first, second, third, last = st.columns((3, 2, 2, 2), vertical_alignment="bottom")
    with first:
        choice_field(STORE, MEASURE, "Measure", "w_world_measure", MEASURES, names=BRIEF)
    with second:
        _filter("Region", REGION)
    with third:
        _filter("Income group", INCOME)
    with last:
        search_field(STORE, SEARCH, "w_world_search", "A country: Kenya, KEN …", MOST_TEXT)


def _filter(label: str, field: str) -> None:
    key, now = shown(f"w_world_{field}", chosen := str(STORE.get(field))), chosen
    names = [STORE.fields[field].default, *_names("region" if field == REGION else "income_group")]
    st.selectbox(
        label, names, names.index(now), key=key,
        on_change=when_heard(key, lambda: STORE.put(field, st.session_state[key])),
    )  # fmt: skip


def _names(column: str) -> list[str]:
    """The regions or the income groups of the tables, the poorest group first."""
    order = {"Low income": 0, "Lower middle income": 1, "Upper middle income": 2, "High income": 3}
    names = {getattr(row, column) for row in state.catalogue().countries.values()} - {""}
    return sorted(names, key=lambda name: (order.get(name, 0), name))
