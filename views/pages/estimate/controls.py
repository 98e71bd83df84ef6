"""The row of inputs above the pages of a scenario: what, where, how long, and what stands behind More options.

Each field shows a part of the scenario and hands back a change.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.common.numbers import duration_text
from model.reading.dates import goes_on, moment_of
from model.scenario.durations import hours_of
from model.scenario.fields import BEGINS, ENDS, ENDS_OF, FIELDS, with_ends
from model.scenario.scenario import Scenario
from views.pages.estimate import more
from views.pages.estimate.fields import number
from views.parts import sharing
from views.parts.country import country_box
from views.session import state
from views.words import escaped, refuse, say_refused_at, shown, when_heard

STYLE = Path(__file__).with_name("inputs.css")
ENDS_TYPED, ENDS_NOTE = (
    "ends_typed",
    "ends_note",
)  # until both are there; how they were read, and for which length
WHOLE = "Whole country"
MORE = "x_more"


def inputs(*, everywhere: bool = False) -> None:
    """What a reader can set, the common things in one row; `everywhere` leaves the place out.

    Drawn by all pages of a scenario, not by one: what is half typed outlives a change of page.
    """
    catalogue, scenario = state.catalogue(), state.scenario()
    st.html(STYLE)
    with st.container(key="inputs", gap=None):
        with st.container(key="in_what", gap=None):
            kind_field("w_kind")
        if not everywhere:
            _where(catalogue, scenario)
        with st.container(key="in_length", gap=None):
            length_field("w_duration")
        _ends(scenario)
    with st.container(key="inputs_tools", horizontal=True, vertical_alignment="center", gap="small"):
        opened = st.toggle("More options", key=MORE)
        sharing.your_changes()
        st.button("Reset", on_click=state.reset, key="w_reset", help=escaped(f"To {sharing.start_text()}."))
        sharing.save_and_share()
    if opened:
        more.options(catalogue, scenario)


def kind_field(key: str) -> None:
    """What happens, as a field with this key."""
    catalogue, scenario = state.catalogue(), state.scenario()
    kinds, kind = list(catalogue.kinds), shown(key, scenario.kind)

    def chosen() -> None:
        new = st.session_state[kind]
        back = {name: FIELDS[name].default for name in FIELDS["kind"].goes_with}
        state.change("kind", kind=new, **back)

    st.selectbox(
        FIELDS["kind"].title, kinds, kinds.index(scenario.kind), key=kind, on_change=when_heard(kind, chosen),
        format_func=lambda name: catalogue.kinds[name].label,
    )  # fmt: skip


def length_field(key: str) -> None:
    """How long one spell lasts, as a field with this key."""
    length = shown(key, text := duration_text(state.scenario().hours))

    def typed() -> None:
        state.put("duration", lambda: state.scenario().with_changes(hours=hours_of(st.session_state[length])))

    st.text_input(
        FIELDS["hours"].title, text, key=length, on_change=when_heard(length, typed),
    )  # fmt: skip
    say_refused_at(length, state.STORE.problems.get("duration", ""))


def _where(catalogue: Catalogue, scenario: Scenario) -> None:
    with st.container(key="in_where", gap=None):
        country_box(catalogue, FIELDS["country"].title, scenario.country, state.move, "w_country")
    with st.container(key="in_part", gap=None):
        if scenario.country == HOME:
            _regions(catalogue, scenario)
        else:
            number(FIELDS["place"], scenario, "w_place", shipped=1.0)


def _regions(catalogue: Catalogue, scenario: Scenario) -> None:
    regions = shown("w_regions", list(scenario.regions))

    def regions_chosen() -> None:
        chosen = tuple(name for name in catalogue.regions if name in st.session_state[regions])
        everywhere = len(chosen) == len(catalogue.regions)
        state.change("region", regions=() if everywhere else chosen, place=None)

    st.multiselect(
        FIELDS["regions"].title, list(catalogue.regions), list(scenario.regions), key=regions,
        on_change=when_heard(regions, regions_chosen), placeholder=WHOLE,
    )  # fmt: skip


def _ends(scenario: Scenario) -> None:
    """Both ends in place of a length: used as soon as both are typed, and then shown as the length that they are."""
    typed: dict[str, str] = st.session_state.setdefault(ENDS_TYPED, {})
    for end in ENDS_OF:
        with st.container(key=f"in_{end.key}", gap=None):
            key = shown(f"w_{end.key}", text := typed.get(end.key, ""))
            st.text_input(
                end.control, text, key=key, max_chars=60, placeholder=end.example,
                on_change=when_heard(key, partial(_end_typed, end.key, key)),
            )  # fmt: skip
            say_refused_at(key)
    hours, note = st.session_state.get(ENDS_NOTE, (None, ""))
    if note and hours == scenario.hours:
        with st.container(key="in_note", gap=None):
            st.caption(escaped(note))


def _end_typed(name: str, key: str) -> None:
    typed = {**st.session_state.get(ENDS_TYPED, {}), name: str(st.session_state[key]).strip()}
    st.session_state[ENDS_TYPED] = typed
    begins, ends = (typed.get(end.key, "") for end in ENDS_OF)
    try:
        if begins and ends:
            changes, note = with_ends(begins, ends, (BEGINS.label, ENDS.label), sized=False)
            st.session_state[ENDS_TYPED] = {}
            st.session_state[ENDS_NOTE] = (changes["hours"], note)
            state.change("duration", **changes)
        elif begins:
            moment_of(BEGINS.label, begins)
        elif ends and not goes_on(ends):
            moment_of(ENDS.label, ends)
    except InputError as problem:
        refuse(str(problem), key)
