"""The address bar: it holds what a reader set on every page, and a link, a step back or a click is followed.

Every store has names of its own there; what no page owns is the scenario's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import streamlit as st

from model.common.errors import quoted_value
from model.reading.links import mended
from model.scenario.comparison import is_link_name
from model.scenario.former import note_on
from model.scenario.link import FORMER_VERSION, LINK_VERSION
from views.session import state, streamlit_private
from views.session.store import Store
from views.words import IGNORED, note

QUERY_SEEN, PAGE_SEEN, PASSED = "query_seen", "page_seen", "links_of_bare_addresses"
WRITTEN, MOST_WRITTEN, MOST_NOTES = "queries_written", 50, 20
ASKED, CAME_FROM = "page_asked_for", "page_before_this_one"


def read_link(page: str, stores: Sequence[Store] = ()) -> None:
    """Take over the address bar when it says something new: a link, or a step back or forward.

    The bare address of a page that was only passed (a change of page has no query) keeps the scenario. A browser
    that has not yet heard of the newest address sends an older one of ours along with a click: that says nothing.
    """
    query = {key: value for key, value in st.query_params.items() if not key.startswith("embed")}
    session = st.session_state
    if query not in (
        session.get(QUERY_SEEN),
        *session.get(WRITTEN, []),
    ):  # what we wrote ourselves needs no mending
        query = mended(query, lambda name: _is_ours(name, stores))
    passed: dict[str, dict[str, str]] = session.setdefault(PASSED, {})
    moved, seen = session.get(PAGE_SEEN) not in (None, page), session.get(QUERY_SEEN)
    if moved:
        session[CAME_FROM] = None if query else session[PAGE_SEEN]
    session[PAGE_SEEN] = page
    if not query and seen is None:
        return
    if not query and moved:
        passed[page] = seen or {}
        return
    late = not query or query in session.get(WRITTEN, [])
    # An entry sent after a click on a page has the query of the page before.
    if seen is not None and late and not streamlit_private.stepped():
        return
    if not query and page:
        query = passed.get(page, seen or {})
    elif not query:
        query = passed.get(page, {})
    if query != seen:
        _follow(query, seen, stores)
        for key in query:
            if len(st.query_params.get_all(key)) > 1:
                note(f"The link says {quoted_value(key)} more than once; the last one counts.")


def came_from() -> str | None:
    """The page before this one, once; None where a link or the first visit led here."""
    page: str | None = st.session_state.pop(CAME_FROM, None)
    return page


def _is_ours(name: str, stores: Sequence[Store]) -> bool:
    return is_link_name(state.catalogue(), name) or any(name in store.linked for store in stores)


def follow_click() -> bool:
    """Go on to the page whose link was clicked, where this run is of the page before; returns whether it was.

    A field sends its value a moment after it is left, for the page that the browser shows. The click that leaves
    it can be first; then Streamlit stops the page that was clicked and goes back. The value counts, not its page.
    Where Streamlit does not say enough of a run, the page stays that it chose.
    """
    run, session = streamlit_private.this_run(), st.session_state
    if run is None:
        return False
    page, paths = run.page, run.paths
    asked, shown = session.get(ASKED), urlsplit(run.address).path.rpartition("/")[2]
    # A click on a link is sent from another page than the one it names; an entry names the page on which it stands.
    if asked in (None, page) or asked not in paths or paths.get(page) != shown or streamlit_private.stepped():
        session[ASKED] = page
        return False
    session[ASKED] = None  # once only: a second click is meant as it comes
    run.go_on(asked)
    return True


def _follow(query: Mapping[str, str], seen: Mapping[str, str] | None, stores: Sequence[Store]) -> None:
    """Take over a link, and leave alone what it says as the address did before."""
    every = (state.STORE, *stores)
    after, before = _of_stores(query, every), _of_stores(seen or {}, every)
    ignored: list[str] = []
    for store in every:
        if after[store.name] != before[store.name]:
            ignored += store.from_link(after[store.name])
    if not after[state.STORE.name] and query.get("v") == FORMER_VERSION:  # of another page alone
        ignored.insert(0, note_on(state.catalogue(), None, "link"))
    if len(ignored) > MOST_NOTES + 1:
        ignored[MOST_NOTES:] = [f"And {len(ignored) - MOST_NOTES:,} more parts of the link were ignored."]
    st.session_state[IGNORED] = ignored


def _of_stores(query: Mapping[str, str], stores: Sequence[Store]) -> dict[str, dict[str, str]]:
    """What a link says to each store, by its name; the version alone is a change of nothing."""
    parts: dict[str, dict[str, str]] = {store.name: {} for store in stores}
    for name, text in query.items():
        owner = next(store for store in reversed(stores) if store.owns(name))
        parts[owner.name][name] = text
    return {
        name: {} if part in ({"v": LINK_VERSION}, {"v": FORMER_VERSION}) else part
        for name, part in parts.items()
    }


def write_link(stores: Sequence[Store] = (), *, anew: bool = False) -> None:
    """Keep the address bar in step with what the reader set; `anew` where the bar may say less than it sent."""
    query: dict[str, str] = {}
    for store in (state.STORE, *stores):
        query |= store.to_link()
    if query and "v" not in query:
        query = {"v": LINK_VERSION, **query}
    twice = any(len(st.query_params.get_all(key)) > 1 for key in st.query_params)
    if anew or twice or dict(st.query_params) != query:
        st.query_params.from_dict(query)
    st.session_state[QUERY_SEEN] = query
    written = [item for item in st.session_state.get(WRITTEN, []) if item != query]
    st.session_state[WRITTEN] = [*written, query][-MOST_WRITTEN:]
    if not query:  # from now on this page's bare address means the baseline
        st.session_state[PASSED][st.session_state[PAGE_SEEN]] = {}
