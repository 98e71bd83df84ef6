"""What the browser has to be helped with on every page: translation, wide tables, lists under a finger."""

import streamlit as st

from views.components import part

_mount = st.components.v2.component("page_guard", html="<i hidden></i>", js=part("guard", "index.js"))


def guard() -> None:
    """Once a run, before what may change."""
    _mount(key="page_guard")
