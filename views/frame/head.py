"""The top of every page: the name and what it is for, one heading of the first rank, the browser's title, the style."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path

import streamlit as st

from briefing.common.titles import ICON, browser_title
from model.common.cache import cached
from model.common.citation import project
from views.components.guard import guard

STYLE = Path(__file__).with_name("style.css")


def set_up() -> None:
    """First of all in a run. The icon is a file of ours: a name of an icon would be fetched from another host."""
    st.set_page_config(page_title=project().name, page_icon=ICON, layout="wide")


def draw(page: str, about: str, *, first: bool = False) -> None:
    """The line on top. `page` is its name in the navigation, `about` what it shows now.

    The page's name is the one heading of the first rank and what it is about the second, so that who hears the page
    knows at once where they are; the findings below are of the third.
    """
    own = project()
    st.set_page_config(page_title=browser_title(page, about, first=first))
    second = f"<h2>{escape(about)}</h2>" if about else ""
    st.html(STYLE)
    with st.container(key="head", gap=None):
        st.html(
            f'<div class="head"><p><img src="{_icon()}" alt=""><strong translate="no">{escape(own.name)}</strong> '
            f"<span>{escape(own.purpose)}</span></p><div><h1>{escape(page)}</h1>{second}</div></div>"
        )
        guard()


@cached(1)
def _icon() -> str:
    return f"data:image/svg+xml;base64,{b64encode(ICON.read_bytes()).decode()}"
