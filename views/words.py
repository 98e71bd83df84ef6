"""Small things that every page does with words and widgets."""

from __future__ import annotations

import re

import streamlit as st


def escaped(text: str) -> str:
    """Text in which Streamlit must not see markdown: two dollar signs would be set as a formula."""
    return re.sub(r"([\\`*_\[\]{}~$<>#|!]|:(?=[\w/+-]*[:\[]))", r"\\\1", text)


def shown(key: str, value: object) -> str:
    """Let the widget with this key show `value`; returns the key. Give the widget `value` as its default too.

    A value that it shows already is left alone: putting it again would undo a key press that is on its way. So
    only the first run sends it, and a slow browser that builds the widget from a later run's message would show
    the plain default and hand that back as the reader's choice.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key
