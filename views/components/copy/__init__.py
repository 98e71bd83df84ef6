"""A button that copies a text."""

import streamlit as st

from views.components import part

_mount = st.components.v2.component(
    "copy_text",
    html=part("copy", "index.html"),
    css=part("copy", "style.css"),
    js=part("copy", "index.js"),
)


def copy_button(text: str, label: str, key: str, name: str = "") -> None:
    """A button `label` that copies `text`; `name` is what a screen reader calls it; `key` is unique on the page."""
    _mount(key=key, data={"text": text, "label": label, "name": name or label}, width="content")
