"""The navigation of a phone: a bar at the foot of the screen that is always there. A wider screen has it on top."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import Page

MAIN = 5  # pages beside each other; the others stand behind More


def draw(pages: Sequence[Page], here: Page) -> None:
    """Before the page, so that it is there while the page is computed; the style sheet hides it on a wide screen."""
    rest = pages[MAIN:]
    with st.container(key="phone_nav", horizontal=True, gap=None):
        for page in pages[:MAIN]:
            st.page_link(page, icon=page.icon)
        with st.container(key="phone_more_here" if here in rest else "phone_more", gap=None):
            # A name of its own on each page, so that it is closed again where its link led.
            more = st.popover("More", icon=":material/menu:", key=f"phone_others_{here.url_path}")
    with more:
        for page in rest:
            st.page_link(page, icon=page.icon)
