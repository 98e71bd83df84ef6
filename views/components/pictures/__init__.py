"""Buttons that make a chart's picture in the reader's browser, to save or to copy: the server needs no Chrome."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, get_args

import plotly.graph_objects as go
import streamlit as st

from charts.palette import Form
from views.components import part, plotly_path, script

PlotlyFigure: TypeAlias = go.Figure | Mapping[str, Any] | str

# Not isolated: its style sheet also gives the words of the page's charts the page's ink.
_mount = st.components.v2.component(
    "picture_buttons",
    html=part("pictures", "index.html"),
    css=part("pictures", "style.css"),
    js=script("pictures"),
    isolate_styles=False,
)


def _as_json(figure: PlotlyFigure) -> str:
    if isinstance(figure, str):
        return figure
    made = figure if isinstance(figure, go.Figure) else go.Figure(figure)
    return str(made.to_json())


def _shape(ticket: object) -> Form:
    """The shape that a ticket asks for: it comes from a browser, so anything may stand in it."""
    shape = str(ticket).partition("-")[0]
    return next((form for form in get_args(Form) if form == shape and form != "screen"), "picture")


@st.fragment
def picture_buttons(
    figure: PlotlyFigure | Callable[[Form], PlotlyFigure],
    filename: str,
    key: str,
    title: str = "",
    names: Mapping[str, str] | None = None,
) -> None:
    """Buttons to save a figure as PNG or SVG and to copy it.

    Give a callable and the figure is built only when a button is pressed, in the shape that the reader chose
    ("picture" or "square"), in a rerun of this fragment alone. `title` names the buttons for screen readers;
    `filename` has no ending; `key` is unique on the page. `names` says what a screen reader calls the elements
    of each selector: Streamlit's own buttons of one label would all be called the same.
    """
    flag = f"{key}:wanted"

    def asked() -> None:
        st.session_state[flag] = (st.session_state.get(key) or {}).get("wanted")

    ticket = st.session_state.pop(flag, None)
    lazy = callable(figure)
    made: PlotlyFigure | None = None
    if not callable(figure):
        made = figure
    elif ticket is not None:
        made = figure(_shape(ticket))
    data = {
        "plotly": plotly_path(),
        "filename": filename,
        "title": title or filename,
        "names": dict(names or {}),
        "lazy": lazy,
        "ticket": ticket,
        "figure": None if made is None else _as_json(made),
    }
    _mount(key=key, data=data, on_wanted_change=asked)
