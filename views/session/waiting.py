"""Long work on a page: how far it is, and a button that stops it without losing what the reader set."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import BoundedSemaphore
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.common import limits
from model.common.program.progress import Tick
from views.session import turns

T = TypeVar("T")
STOPPED, MOST_STOPPED = "stopped_work", 50
CLICKED = (
    "stop_clicked"  # it means whatever is being computed by then, not the work that the button was made for
)
PATIENCE = 0.7  # seconds of work before a bar is worth a look
OFTEN = 0.05  # seconds from one report of progress to the next, at least
ADMITTED = BoundedSemaphore(limits.AT_ONCE)  # long computations of all visitors
EACH = 0.2  # seconds until one that waits looks whether it was stopped
RESERVED = "place_of_progress"
STYLE = Path(__file__).with_name("afloat.css")


class StoppedError(Exception):
    """The reader stopped this work: the page says so and offers to go on."""


def reserve() -> None:
    """Keep a place for the bar, once a run and before the page: then it takes the place of nothing on the page.

    The last result stays where it is until the next one is there.
    """
    st.session_state[RESERVED] = st.empty()


def afloat(key: str, place: DeltaGenerator | None = None) -> DeltaGenerator:
    """A container over the foot of the screen; what stands on the page is not moved by it."""
    made = (place or st).container(key=f"afloat_{key}")
    made.html(STYLE)
    return made


def watched(key: Hashable, text: str, build: Callable[[Tick], T]) -> T:
    """What `build` gives; raises `StoppedError` where the reader stopped it.

    Work that lasts shows its progress and a Stop button. Seconds decide, no guess from the scenario: draws, spells,
    a start time and the machine all weigh. A click ends the run at the next report of progress. The work named
    `key` then rests until it is asked for; any other work begins as usual. It lets shorter
    work of others go first.
    """
    stopped: list[Hashable] = st.session_state.setdefault(STOPPED, [])
    if st.session_state.pop(CLICKED, False) and key not in stopped:
        st.session_state[STOPPED] = stopped = [*stopped, key][-MOST_STOPPED:]
    if key in stopped:
        raise StoppedError
    start = time.monotonic()
    place: DeltaGenerator | None = None  # made when it is needed: short work leaves the page as it stands
    bar: DeltaGenerator | None = None
    reported = start

    def tick(done: float) -> None:
        nonlocal place, bar, reported
        now, share, label = time.monotonic(), min(done, 1.0), f"{text} {done:.0%}"
        if bar is not None and now - reported >= OFTEN:
            bar.progress(share, label)
            reported = now
        elif bar is None and done < 1 and now - start >= PATIENCE:
            place = st.session_state.get(RESERVED) or st.empty()
            with afloat(f"progress_{hash(key)}", place):
                bar = st.progress(share, label)
                st.button(
                    "Stop",
                    key=f"w_stop_{hash(key)}",
                    icon=":material/stop_circle:",
                    on_click=_stop,
                )

    # While many others compute: more at once would need more memory than there is.
    if not ADMITTED.acquire(blocking=False):
        turns.RUNS.pass_on()
        while not ADMITTED.acquire(timeout=EACH):
            tick(0.0)

    def in_turn(done: float) -> None:
        turns.RUNS.again()
        tick(done)

    try:
        result = build(in_turn)
    finally:
        ADMITTED.release()
    if place is not None:
        place.empty()
    return result


def _stop() -> None:
    st.session_state[CLICKED] = True


def forget_stop() -> None:
    """At the end of a run: a Stop that found nothing left to compute is done with."""
    st.session_state.pop(CLICKED, None)


def _go_on() -> None:
    st.session_state.pop(STOPPED, None)


def say_stopped() -> str:
    """The way on after a stop; returns the headline that says it."""
    st.markdown(
        "Everything that you set is still there. Fewer simulations, lengths, places or rows take less time."
    )
    st.button("Compute it after all", key="w_go_on", icon=":material/play_circle:", on_click=_go_on)
    return "Stopped: this was not computed."
