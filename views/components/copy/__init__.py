"""Buttons in one line that each copy a text."""

from collections.abc import Mapping

import streamlit as st

from views.components import copying, part

_mount = st.components.v2.component(
    "copy_texts",
    html=part("copy", "index.html"),
    css=part("copy", "style.css"),
    js=copying("copy"),
)


def copy_texts(label: str, texts: Mapping[str, str], key: str, *, shown: bool = True) -> None:
    """A group of buttons, each named by its word; `{address}` in a text becomes the address of the page.

    Only the browser knows that address behind a proxy. `key` is unique on the page. The label is for a screen reader
    alone where it is not `shown`.
    """
    texts_of_buttons = [[name, text] for name, text in texts.items()]
    _mount(
        key=key, data={"label": label, "shown": shown, "texts": texts_of_buttons},
        width="stretch" if shown else "content",
    )  # fmt: skip
