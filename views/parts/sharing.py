"""Save and share: the link, the scenario as a file, and what the reader changed, in the line under the inputs."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import streamlit as st

from briefing.common.names import joined, stem_of
from model.scenario.changes import (
    BESIDE,
    Change,
    changes,
    comparison_changes,
)
from model.scenario.comparison import MOST_SCENARIOS, NOTHING
from model.scenario.fields import Header
from model.scenario.file import MAX_FILE, to_toml
from model.scenario.scenario import BASELINE, Scenario
from views.components.link import copy_link
from views.session import state
from views.words import escaped, note, shown, when_heard

MOST_KEPT = MOST_SCENARIOS - 1  # the reader's own is one of those that are compared
_FULL = f"{MOST_KEPT} scenarios are kept already; remove one first."
UPLOADS = "uploads"  # counts: a new key empties the widget after use
LONG_LINK = 2000  # some programs cut longer ones


def your_changes() -> None:
    """How many values differ from where the reader began, and a list of them, each with a way back."""
    rows = [
        *changes(state.catalogue(), state.scenario(), state.starting_point()),
        *comparison_changes(state.catalogue(), state.comparison(), state.scenario().currency),
    ]
    with st.container(key=f"changes_{'some' if rows else 'none'}", horizontal=True, width="content"):
        # One label for ever: with the count in it the list would close at every change.
        section = st.popover("Your changes", key="x_changed", on_change="rerun")
        st.markdown(f":{'blue' if rows else 'gray'}-badge[{len(rows)}]", width="content")
    if not section.open:
        return
    with section:
        st.caption(escaped(f"Compared with: {start_text()}"))
        if not rows:
            st.markdown("Nothing was changed.")
        for row in rows:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(
                    f"{escaped(row.label)}: **{escaped(row.after)}** :gray[(was {escaped(row.before)})]",
                    width="stretch",
                )
                _undo(row)
        st.button(
            "Reset everything", key="share_reset_all", on_click=state.reset_all,
            help="As the page first opens: one day of a full blackout, nothing kept to compare.",
        )  # fmt: skip


def _undo(row: Change) -> None:
    beside = row.field in BESIDE
    st.button(
        "", icon=":material/undo:", key=f"share_back_{row.field}", help=f"Reset: {row.label}", type="tertiary",
        on_click=state.compare if beside else state.take_back,
        args=(row.field, lambda: {row.field: getattr(NOTHING, row.field)}) if beside else (row.field,),
    )  # fmt: skip


def start_text() -> str:
    """Where the reader began, in a few words."""
    point = state.starting_point()
    if point == BASELINE:
        return "the page as it first opens"
    return point.header.title or "an opened or loaded scenario without a title"


def save_and_share() -> None:
    """The link, the title, the scenario as a file and back, and the way to compare it."""
    section = st.popover("Save and share", key="x_share", on_change="rerun")
    if not section.open:
        return
    with section:
        query = state.STORE.to_link()
        copy_link(query, key="share_link")
        if len(urlencode(query)) > LONG_LINK:
            st.caption("This link is long; some programs cut long links. A scenario file is safer.")
        keep_button("share")
        scenario = state.scenario()
        key = shown("share_title", scenario.header.title)
        st.text_input(
            "Title, in the link and the file", scenario.header.title, key=key, max_chars=200, placeholder="Optional",
            on_change=when_heard(key, lambda: state.rename(st.session_state[key] or "")),
        )  # fmt: skip
        st.download_button(
            "Scenario file (TOML)", lambda: to_toml(scenario), scenario_file_name(scenario), "application/toml",
            key="share_file", on_click="ignore", width="stretch",
            help="Opens here again, and on the command line with --scenario.",
        )  # fmt: skip
        _upload()


def keep_button(where: str) -> None:
    """Store the present scenario beside the next ones.

    Never switched off: a button that is takes the keyboard's place on the page with it. It says why it does nothing.
    """
    others = state.comparison().others
    there = any(state.same_values(state.scenario(), other) for other in others)
    st.button(
        "Keep this scenario to compare", key=f"{where}_keep", on_click=keep, width="stretch",
        icon=":material/add:",
        help="Kept already." if there else _FULL if len(others) >= MOST_KEPT else
        "Then change the scenario: the page Compare shows both.",
    )  # fmt: skip


def keep() -> None:
    """Store the reader's scenario; only its title goes with it, as in a link."""
    now = state.scenario()
    others = state.comparison().others
    if any(state.same_values(now, other) for other in others):
        return  # a second click of the same intent
    if len(others) >= MOST_KEPT:
        note(_FULL)
        return
    state.keep_header(now)
    titled = now.with_changes(header=Header(title=now.header.title))
    state.compare("scenarios", lambda: {"others": (*others, titled)})


def scenario_file_name(scenario: Scenario) -> str:
    """What tells it apart from every other scenario; safe on every system."""
    return f"{joined(stem_of(scenario, date.today()), 'scenario')}.toml"


def _upload() -> None:
    count = st.session_state.setdefault(UPLOADS, 0)
    key = f"share_upload_{count}"

    def given() -> None:
        file = st.session_state[key]
        if file is None:
            return
        # One byte more than is allowed is enough to refuse it; the rest is not read.
        state.take_file(file.read(MAX_FILE + 1))
        st.session_state[UPLOADS] = count + 1

    st.file_uploader(
        f"Open a scenario file (up to {MAX_FILE // 1024} kB)", type=["toml"], key=key, on_change=given,
        max_upload_size=1,
        help="All of it is used or nothing: an error names the field, the value and what is allowed.",
    )  # fmt: skip
