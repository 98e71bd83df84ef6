"""How well the model does, what it computes, what it rests on and what was changed: one section at a time."""

from __future__ import annotations

import streamlit as st

from views.pages.evidence import page as evidence
from views.pages.how.controls import CHANGES, EVIDENCE, METHODS, SECTION, SECTIONS, SOURCES, STORE
from views.pages.methods import changes
from views.pages.methods import page as methods
from views.pages.sources import page as sources
from views.words import shown, when_heard

DRAWN = {EVIDENCE: evidence.page, METHODS: methods.page, SOURCES: sources.page, CHANGES: changes.page}


def page() -> None:
    """The index, and the section that is open; what the others show is not computed."""
    section = str(STORE.get(SECTION))
    key = shown("w_how_section", section)
    st.segmented_control(
        "Section of this page",
        list(SECTIONS.values()),
        default=section,
        key=key,
        on_change=when_heard(key, lambda: STORE.put(SECTION, st.session_state[key] or section)),
        label_visibility="collapsed",
    )
    DRAWN[section]()
