"""What a reader chooses on the page Export: of which page the files are made."""

from __future__ import annotations

import streamlit as st

from briefing.pages import PAGES
from views.session import address
from views.session.store import Store, one_of
from views.words import shown, when_heard

WHAT, ESTIMATE = "what", "estimate"
LABELS = {ESTIMATE: "This estimate", **PAGES}
OF_PATH = {"": ESTIMATE, **{path: path for path in PAGES}}  # by the page's own path
STORE = Store(
    "export", lambda: {WHAT: one_of("export.what", ESTIMATE, {key: key for key in LABELS}, stays=True)}
)


def arrive() -> None:
    """Begin with the page that the reader comes from; before the address is written, which then says it at once."""
    before = address.came_from()
    if before in OF_PATH:
        STORE.put(WHAT, OF_PATH[before])


def choose() -> str:
    """Of which page: the one that the reader comes from, until another is chosen."""
    key = shown("w_export_what", now := str(STORE.get(WHAT)))

    def picked() -> None:
        STORE.put(WHAT, st.session_state[key] or now)

    st.pills(
        "What to export", list(LABELS), default=now, key=key, on_change=when_heard(key, picked),
        format_func=LABELS.__getitem__, required=True,
    )  # fmt: skip
    return str(STORE.get(WHAT))
