"""The part that follows the hand: headline, key figures and chart move with the slider, no server needed."""

from collections.abc import Callable, Sequence
from typing import NotRequired, TypedDict

import plotly.graph_objects as go
import streamlit as st

from views.components import part, plotly_path, script


class ExplorerFigure(TypedDict):
    """One key figure; its label is read behind the value."""

    label: str
    value: str


class ExplorerAnswer(TypedDict):
    """The amount in large letters, and the words at both ends of its range."""

    value: str
    low: str
    high: str


class ExplorerStop(TypedDict):
    """Everything to show at one duration: words ready to read, and the marker's place in the chart's unit."""

    hours: float
    label: str
    sentence: str
    figures: Sequence[ExplorerFigure]
    low: float
    median: float
    high: float
    mark: NotRequired[str]  # the words at the chart's marker; the label where absent
    answer: NotRequired[ExplorerAnswer]
    footing: NotRequired[str]  # the end of the sentence that is said more quietly


class ExplorerTick(TypedDict):
    """A word under the slider; minor ones leave where the page is narrow."""

    index: int
    label: str
    minor: NotRequired[bool]


class ExplorerData(TypedDict):
    """What the browser needs to follow the hand over all durations."""

    stops: Sequence[ExplorerStop]
    selected: int
    ticks: Sequence[ExplorerTick]
    label: str
    chart_alt: NotRequired[str]


# Plotly puts its styles into the page, out of reach of a shadow root: the ones here are prefixed instead.
_mount = st.components.v2.component(
    "duration_explorer",
    html=part("explorer", "index.html"),
    css=part("explorer", "style.css"),
    js=script("explorer"),
    isolate_styles=False,
)


def _check(data: ExplorerData) -> None:
    count = len(data["stops"])
    if not count:
        raise ValueError("explorer: stops is empty; at least one duration is needed")
    if not 0 <= data["selected"] < count:
        raise ValueError(f"explorer: selected is {data['selected']}; allowed: 0 to {count - 1}")


def explorer(
    data: ExplorerData, figure: go.Figure | str, key: str, on_stop: Callable[[int], None] | None = None
) -> int | None:
    """Show the explorer; returns the stop on which the hand let go, in the one run that follows, else None.

    `figure` is the screen form of the duration chart (or its JSON). `on_stop` is called with the index before
    the page runs, the place to write the duration into the session so that the whole page agrees in one run.
    """
    _check(data)
    count = len(data["stops"])

    def chosen() -> int | None:
        index = (st.session_state.get(key) or {}).get("stop")
        return index if isinstance(index, int) and 0 <= index < count else None

    def let_go() -> None:
        index = chosen()
        if on_stop is not None and index is not None:
            on_stop(index)

    content = {
        **data,
        "plotly": plotly_path(),
        "figure": figure if isinstance(figure, str) else str(figure.to_json()),
    }
    # After a lost connection the browser says so: every field is heard again, and no entry of that time is lost.
    result = _mount(key=key, data=content, on_stop_change=let_go, on_reconnected_change=lambda: None)
    index = result.get("stop")
    return index if isinstance(index, int) and 0 <= index < count else None
