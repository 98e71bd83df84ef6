"""Small things that every page does with words and widgets."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.common.text import JOINER, capital

# Where Markdown would begin a link by itself: in https://, www. and somebody@some.where (not in P@SHA).
IN_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=[\w.+-])(?=@[\w-]+\.[\w-])", re.IGNORECASE)
BREAKS = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]\s*")
BEGINS = re.compile(
    r"^(\s*(?:\d{1,9}(?=[.)](?:\s|$)))?)([-+=.)])"
)  # of a line: what Markdown takes for a list or a rule


def escaped(text: str) -> str:
    """Text in which Streamlit must not see markdown: two dollar signs would be set as a formula.

    A backslash does not keep it from drawing `:material/home:` or an address; a sign without width in them does.
    It stays one line, and begins no list and no code.
    """
    return BEGINS.sub(r"\1\\\2", _inert(re.sub(r"^(?:\t|\s{2,})", " ", text)))


def _inert(text: str) -> str:
    """The same inside a line."""
    text = BREAKS.sub(" ", text)
    inert = re.sub(r":(?=[\w/+-]+:)", f":{JOINER}", IN_ADDRESS.sub(JOINER, text))
    return re.sub(r"([\\`*_\[\]{}~$<>#|!]|:(?=\u2060?[\w/+-]*[:\[]))", r"\\\1", inert)


ADDRESS = re.compile(r"https?://[^\s,;()]+")


def linked(text: str) -> str:
    """Text as `escaped` gives it, with each address in it as a link that reads as its site."""
    parts, at = [], 0
    for match in ADDRESS.finditer(text):
        address = match[0].rstrip(".")
        site = address.split("/")[2].removeprefix("www.")
        parts += [_inert(text[at : match.start()]), f"[{_inert(site)}](<{address}>)"]
        at = match.start() + len(address)
    return BEGINS.sub(r"\1\\\2", "".join([*parts, _inert(text[at:])]))


def shown(key: str, value: object) -> str:
    """Let the widget with this key show `value`; returns the key. Give the widget `value` as its default too.

    A value that it shows already is left alone: putting it again would undo a key press that is on its way. So
    only the first run sends it, and a slow browser that builds the widget from a later run's message would show
    the plain default and hand that back as the reader's choice.
    """
    from_browser = key in st.session_state.get(
        SENT, {}
    )  # it may be an entry, see views/session/interruption.py
    if not from_browser and (key not in st.session_state or st.session_state[key] != value):
        st.session_state[key] = value
    st.session_state.setdefault(SHOWN, {})[key] = value
    return key


SHOWN = "values_shown_or_heard"  # by widget
SENT = "widgets_of_the_browser"  # while a new session hears of a page that the browser shows already
WAITING = "callbacks_of_entries"  # by widget, in such a run
IGNORED = "ignored"  # sentences for the top of the next page
REFUSED = "refused"  # the same, of what was typed and cannot be used
REFUSED_AT = "refused_at"  # by the key of the field
LOST = "The last entry came together with a change of page and was not taken; please set it again."


def note(text: str) -> None:
    """Say this once, above the page."""
    st.session_state[IGNORED] = [*st.session_state.get(IGNORED, []), text]


def refuse(text: str, key: str = "") -> None:
    """Say once, above the page and under the field with this key, what was typed and cannot be used."""
    st.session_state[REFUSED] = [*st.session_state.get(REFUSED, []), text]
    st.session_state[REFUSED_AT] = {**st.session_state.get(REFUSED_AT, {}), key: text}


def say_refused_at(key: str, text: str = "", place: DeltaGenerator | None = None) -> None:
    """Under a field: why what was typed there is not used (`text`, or what was refused): all that a phone shows."""
    text = st.session_state.get(REFUSED_AT, {}).pop(key, text)
    if text:
        (place or st).markdown(f":small[:red[{escaped(capital(text))}]]")


def when_heard(key: str, act: Callable[[], None]) -> Callable[[], None]:
    """The callback of a widget that was given to `shown`: acts when it says something new.

    A page that is left can take a widget along before it is read. Then nothing can be known of the entry: the next
    page says so, and what was set before stays. Or its widgets come back with the entry, and Streamlit calls each
    of them changed: one that says what it showed must not set that, nor what hangs on it.
    """

    def heard() -> None:
        if key not in st.session_state:
            note(LOST)
            return
        last_values, value = st.session_state.setdefault(SHOWN, {}), st.session_state[key]
        if key not in last_values or last_values[key] != value:
            act()
            last_values[key] = st.session_state.get(
                key
            )  # a field that the act emptied can say the same once more

    if WAITING in st.session_state:
        st.session_state[WAITING][key] = heard
    return heard
