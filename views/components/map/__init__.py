"""A map whose economies can be clicked; drawn by the plotly.js that the app serves itself."""

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from views.components import part, plotly_path, script

_mount = st.components.v2.component(
    "clickable_map",
    html=part("map", "index.html"),
    css=part("map", "style.css"),
    js=script("map"),
    isolate_styles=False,
)


def clickable_map(
    figure: go.Figure, key: str, *, alt: str, aspect: float, on_pick: Callable[[str], None]
) -> None:
    """Show a map as wide as the page.

    Args:
        figure: the screen form of the map; `meta` of a trace is what a click on it picks, empty for nothing.
        key: unique on the page.
        alt: the map in words.
        aspect: width of the plot over its height.
        on_pick: called with what was picked, before the page runs.
    """

    def picked() -> None:
        choice = (st.session_state.get(key) or {}).get("picked")
        if isinstance(choice, str) and choice:
            on_pick(choice)

    data = {"plotly": plotly_path(), "figure": str(figure.to_json()), "alt": alt, "aspect": aspect}
    _mount(key=key, data=data, on_picked_change=picked)
