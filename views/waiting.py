"""Long work on a page: how far it is, and a button that stops it without losing what the reader set."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from model.estimate import Tick

T = TypeVar("T")
STOPPED = "stopped_work"


class StoppedError(Exception):
    """The reader stopped this work: the page says so and offers to go on."""


def watched(key: Hashable, text: str, build: Callable[[Tick], T]) -> T:
    """What `build` gives, with its progress and a Stop button; raises `StoppedError` where the reader pressed it.

    A click ends the run at the next report of progress. The work named `key` then rests until it is asked for;
    any other work begins as usual.
    """
    if st.session_state.get(STOPPED) == key:
        raise StoppedError
    st.session_state.pop(STOPPED, None)
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, text)
        st.button(
            "Stop", key=f"w_stop_{hash(key)}", icon=":material/stop_circle:", on_click=_stop, args=(key,)
        )

    def tick(done: float) -> None:
        bar.progress(min(done, 1.0), f"{text} {done:.0%}")

    found = build(tick)
    place.empty()
    return found


def _stop(key: Hashable) -> None:
    st.session_state[STOPPED] = key


def _go_on() -> None:
    st.session_state.pop(STOPPED, None)


def say_stopped() -> str:
    """The way on after a stop; returns the headline that says it."""
    st.markdown("Everything that you set is still there. Fewer draws, lengths or places take less time.")
    st.button("Compute it after all", key="w_go_on", icon=":material/play_circle:", on_click=_go_on)
    return "Stopped: this was not computed."
