"""The link to what the page shows, with a button that copies it."""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from views.components import copying, part

_mount = st.components.v2.component(
    "copy_link",
    html=part("link", "index.html"),
    css=part("link", "style.css"),
    js=copying("link"),
)


def copy_link(query: Mapping[str, str], key: str, page: str | None = None) -> None:
    """The address of this page, or of the one at a path, with these link parameters; `key` is unique on the page."""
    _mount(key=key, data={"query": urlencode(query), "page": page})
