"""The first entry after an interruption: the server began anew, or forgot a visit that was away for long.

The browser keeps its page then, and sends what is entered next to a session that knows nothing of its widgets: no
callback hears it. The address tells that session the scenario. What a widget says beside it was entered.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from views.session import streamlit_private
from views.words import SENT, SHOWN, WAITING, note

WHOLE, ENTERED = "a_run_was_whole", "entries_to_be_heard"
LOST_ENTRY = "The connection was interrupted and your last entry was lost; please set it again."
LOST_CLICK = "The connection was interrupted and your last click was lost; please click once more."


def begin() -> None:
    """First of all in a run: hear what the run before could not, or see whether the browser knows more than we do."""
    session = st.session_state
    for forgotten in (SENT, WAITING):
        session.pop(forgotten, None)
    for hear in session.pop(ENTERED, []):
        hear()
    if WHOLE not in session and (sent := streamlit_private.unread_widgets()):
        session[SENT], session[WAITING] = sent, {}


def take() -> None:
    """Go on with what was entered in the widgets that the page has drawn by now, as their callbacks would."""
    session = st.session_state
    drawn = [key for key in session.get(WAITING, {}) if key in session]
    last_values = session.get(SHOWN, {})
    entries = [session[WAITING][key] for key in drawn if session[key] != last_values.get(key, "")]
    if entries and any(session.get(SENT, {}).values()):
        note(LOST_CLICK)  # a click is there in one run alone, and this one ends here
    _hear(entries)


def take_click(key: str, act: Callable[[], None]) -> None:
    """As `take`, for a part of the page whose answer is there in one run alone."""
    if st.session_state.get(SENT, {}).get(key):
        _hear([act])


def _hear(entries: list[Callable[[], None]]) -> None:
    if entries:
        st.session_state[WHOLE], st.session_state[ENTERED] = True, entries
        st.rerun()


def end() -> None:
    """Last of all in a run: what was entered counts, or its loss is said."""
    take()
    session = st.session_state
    session[WHOLE], sent = True, session.pop(SENT, {})
    strange = [key for key in streamlit_private.unread_widgets() if key in session.get(SHOWN, {})]
    if any(sent.values()):
        note(LOST_CLICK)
    elif sent and strange:
        note(LOST_ENTRY)
    else:
        return
    st.rerun()
