"""What a reader chooses on the page Export: of which page the files are made, and how texts and frame are shown."""

from __future__ import annotations

import streamlit as st

from briefing.pages import PAGES
from model.language.language import available
from views.session import address
from views.session.store import PageField, Store, one_of, yes_or_no
from views.words import shown, when_heard

WHAT, ESTIMATE = "what", "estimate"
LANGUAGE, FIGURE, FROZEN = "language", "figure", "frozen"
FIGURES = ("number", "curve")  # that a frame may show of an estimate
LABELS = {ESTIMATE: "This estimate", **PAGES}
OF_PATH = {"": ESTIMATE, **{path: path for path in PAGES}}  # by the page's own path


def _fields() -> dict[str, PageField]:
    return {
        WHAT: one_of("export.what", ESTIMATE, {key: key for key in LABELS}, stays=True),
        LANGUAGE: one_of("export.language", "en", {code: code for code in available()}),
        FIGURE: one_of("export.figure", FIGURES[0], {key: key for key in FIGURES}),
        FROZEN: yes_or_no("export.frozen"),
    }


STORE = Store("export", _fields)


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
