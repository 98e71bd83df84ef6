"""The way in: `streamlit run dashboard.py`. Page set-up and navigation, and what the server answers beside the page.

The server imports this file once and serves `app`; Streamlit runs it as a script at every step of every reader.
"""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from briefing.common import titles
from door import front
from door.links.finding import OF_SCENARIO
from views.frame import footer, head, moved, phone
from views.pages.claims import controls as claims_controls
from views.pages.compare import page as compare
from views.pages.estimate import controls
from views.pages.estimate import page as estimate
from views.pages.events import controls as events_controls
from views.pages.events import page as events
from views.pages.evidence import controls as evidence_controls
from views.pages.files import controls as export_controls
from views.pages.files import page as export
from views.pages.firm import controls as firm_controls
from views.pages.firm import page as my_firm
from views.pages.how import controls as how_controls
from views.pages.how import page as how
from views.pages.pakistan import controls as pakistan_controls
from views.pages.pakistan import page as pakistan
from views.pages.sources import page as sources
from views.pages.world import controls as world_controls
from views.pages.world import page as world
from views.parts import home
from views.session import (
    address,
    housekeeping,
    interruption,
    refused,
    state,
    streamlit_private,
    turns,
    waiting,
)

# What a reader sets on the other pages; the store of the scenario is always in the address.
# The firm after the industry: two of its names in a link begin like those of the industry.
STORES = (
    claims_controls.STORE, pakistan_controls.STORE, firm_controls.STORE, evidence_controls.STORE, world_controls.STORE,
    events_controls.STORE, how_controls.STORE, export_controls.STORE, sources.STORE)  # fmt: skip
OTHERS = {"events": "Lists of events, priced", "firm": "What outages cost in a year",
          "pakistan": "What is claimed, and our estimate"}  # fmt: skip


# The one list of pages, in the order of their navigation: path, name, icon and what draws it. The first has no path.
PAGES = (
    ("", "Estimate", "query_stats", estimate.page),
    ("compare", "Compare", "compare_arrows", compare.page),
    ("world", "World", "public", world.page),
    ("events", "Events", "event_note", events.page),
    (export.PATH, "Export", "download", export.page),
    ("firm", "My firm", "apartment", my_firm.page),
    ("pakistan", "Pakistan IT", "format_quote", pakistan.page),
    ("how-it-works", "How it works", "balance", how.page),
)


def pages() -> list[Page]:
    """The pages as Streamlit takes them, which it does only while a reader's page runs."""
    return [
        st.Page(page, title=name, icon=f":material/{icon}:", url_path=path or "start", default=not path)
        for path, name, icon, page in PAGES
    ]


def former() -> list[Page]:
    """Pages that were renamed or joined, and the first by its name: people type it, and it has no path of its own."""
    return [st.Page(estimate.page, title=path, url_path=path, visibility="hidden") for path in moved.FORMER]


def about(path: str) -> str:
    """What a page shows now, in a few words."""
    if path == "world":
        return titles.disruption_title(state.catalogue(), state.scenario())
    if path == "how-it-works":
        return str(how_controls.STORE.get(how_controls.SECTION))
    if path in OF_SCENARIO:
        return titles.scenario_title(state.catalogue(), state.scenario())
    return OTHERS.get(path, "")


def draw() -> None:
    """One run of the page that is open."""
    # First of all: the run of a page that was clicked may be stopped at any time.
    overtaken = address.follow_click()
    head.set_up()
    shown = pages()
    with refused.said():
        housekeeping.begin(state.catalogue())
        interruption.begin()
        here = st.navigation([*shown, *former()], position="top")
        if target := moved.leads_to(here.url_path, dict(st.query_params)):
            path, query = target
            st.switch_page(next(page for page in shown if page.url_path == path), query_params=query)
        if st.session_state.pop(home.TO_ESTIMATE, False):
            st.switch_page(shown[0])
        if st.session_state.pop(home.TO_EXPORT, False):
            st.switch_page(next(page for page in shown if page.url_path == export.PATH))
        address.read_link(here.url_path, STORES)
        if here.url_path == export.PATH:
            export_controls.arrive()
        # Before the page too: work that is stopped half-way leaves a true address.
        address.write_link(STORES, anew=overtaken)
        head.draw(here.title, about(here.url_path), first=here == shown[0])
        phone.draw(shown, here)
        if here.url_path in OF_SCENARIO:
            controls.inputs(everywhere=here.url_path == "world")
        interruption.take()
        state.say_problems()
        with refused.said():  # some tables are read by their own page alone: the others go on
            try:
                here.run()
            except waiting.StoppedError:
                answer = st.container()
                answer.subheader(waiting.say_stopped())
        if here.url_path in export_controls.OF_PATH:
            home.export_button()
        waiting.forget_stop()
        address.write_link(STORES)
        interruption.end()
        footer.draw(about(here.url_path) or here.title)


if __name__ == "__main__":
    with turns.RUNS.taken():
        draw()
else:
    streamlit_private.ask_nobody_for_our_address()
    streamlit_private.send_at_once()
    html = Path(st.__file__).parent / "static" / "index.html"  # as Streamlit would send it for every page
    names = {path: name for path, name, _, _ in PAGES}
    door = front.front(html, st.get_option("server.baseUrlPath"), names, moved.FORMER)
    app = st.App(__file__, routes=door.routes, middleware=door.middleware)
