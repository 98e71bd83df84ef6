"""Fields of a page's own store, whose values stand in the link: one of a few, yes or no, and words to search for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from views.session.store import Store
from views.words import shown, when_heard


def choice_field(
    store: Store, field: str, label: str, key: str, options: Iterable[str], *,
    names: Mapping[str, str] | None = None, hidden: bool = False,
) -> None:  # fmt: skip
    """Draw the choices beside each other; one of them is always chosen, the first where that of the store is not here.

    `names` are what the reader sees of each, where that is not the option itself. A `hidden` label is for those who
    hear the page.
    """
    offered = list(options)
    now = str(store.get(field))
    now = now if now in offered else offered[0]
    shown(key, now)
    st.segmented_control(
        label, offered, default=now, key=key, required=True,
        format_func=lambda option: names[option] if names else option,
        on_change=when_heard(key, lambda: store.put(field, st.session_state[key])),
        label_visibility="collapsed" if hidden else "visible",
    )  # fmt: skip


def switch_field(store: Store, field: str, label: str, key: str, help_text: str) -> None:
    """Draw a switch for yes or no, with its help."""
    now = bool(store.get(field))
    shown(key, now)
    st.toggle(
        label, now, key=key, help=help_text,
        on_change=when_heard(key, lambda: store.put(field, st.session_state[key])),
    )  # fmt: skip


def search_field(store: Store, field: str, key: str, placeholder: str, most: int) -> None:
    """Draw a field for words to search for, at most `most` letters."""
    now = str(store.get(field))
    shown(key, now)
    st.text_input(
        "Search", now, key=key, max_chars=most, placeholder=placeholder,
        on_change=when_heard(key, lambda: store.put(field, st.session_state[key])),
    )  # fmt: skip
