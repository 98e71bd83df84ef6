"""Two buttons that make a chart's picture in the reader's browser: the server needs no Chrome."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import plotly.graph_objects as go
import streamlit as st

from views.components import part, plotly_path, script

Figure: TypeAlias = go.Figure | Mapping[str, Any] | str

# Not isolated: its style sheet also gives the words of the page's charts the page's ink.
_mount = st.components.v2.component(
    "picture_buttons",
    html=part("pictures", "index.html"),
    css=part("pictures", "style.css"),
    js=script("pictures"),
    isolate_styles=False,
)


def _as_json(figure: Figure) -> str:
    if isinstance(figure, str):
        return figure
    made = figure if isinstance(figure, go.Figure) else go.Figure(figure)
    return str(made.to_json())


@st.fragment
def picture_buttons(figure: Figure | Callable[[], Figure], filename: str, key: str, title: str = "") -> None:
    """Buttons "PNG" and "SVG" for a figure in its picture form.

    Give a callable and the figure is built only when a button is pressed, in a rerun of this fragment alone.
    `title` names the buttons for screen readers; `filename` has no ending; `key` is unique on the page.
    """
    flag = f"{key}:wanted"

    def asked() -> None:
        st.session_state[flag] = (st.session_state.get(key) or {}).get("wanted")

    ticket = st.session_state.pop(flag, None)
    lazy = callable(figure)
    made: Figure | None = None
    if not callable(figure):
        made = figure
    elif ticket is not None:
        made = figure()
    data = {
        "plotly": plotly_path(),
        "filename": filename,
        "title": title or filename,
        "lazy": lazy,
        "ticket": ticket,
        "figure": None if made is None else _as_json(made),
    }
    _mount(key=key, data=data, on_wanted_change=asked)
