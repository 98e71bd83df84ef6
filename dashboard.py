"""The way in: `streamlit run dashboard.py`. Page set-up and navigation, nothing else."""

import streamlit as st

from model import MODEL_VERSION
from views.pages.claims import controls as claims_controls
from views.pages.compare import page as compare
from views.pages.estimate import controls
from views.pages.estimate import page as estimate
from views.pages.events import controls as events_controls
from views.pages.events import page as events
from views.pages.evidence import controls as evidence_controls
from views.pages.evidence import page as evidence
from views.pages.files import page as take_away
from views.pages.firm import controls as firm_controls
from views.pages.firm import page as my_firm
from views.pages.methods import page as methods_page
from views.pages.pakistan import controls as pakistan_controls
from views.pages.pakistan import former
from views.pages.pakistan import page as pakistan
from views.pages.sources import page as sources
from views.pages.world import controls as world_controls
from views.pages.world import page as world
from views.parts import home
from views.session import address, interruption, refused, state, waiting

# First of all: the run of a page that was clicked may be stopped at any time.
overtaken = address.follow_click()

st.set_page_config(
    page_title="Internet-disruption impact estimator", page_icon=":material/wifi_off:", layout="wide"
)

# The first page has no path of its own; people type this one all the same.
TYPED = st.Page(estimate.page, title="Estimate by its name", url_path="estimate", visibility="hidden")

PAGES = [
    st.Page(estimate.page, title="Estimate", icon=":material/query_stats:", url_path="start", default=True),
    st.Page(compare.page, title="Compare", icon=":material/compare_arrows:", url_path="compare"),
    st.Page(world.page, title="World", icon=":material/public:", url_path="world"),
    st.Page(events.page, title="Events", icon=":material/event_note:", url_path="events"),
    st.Page(take_away.page, title="Take away", icon=":material/download:", url_path="briefing"),
    st.Page(my_firm.page, title="My firm", icon=":material/apartment:", url_path="firm"),
    st.Page(pakistan.page, title="Pakistan IT", icon=":material/format_quote:", url_path="pakistan"),
    st.Page(evidence.page, title="Evidence", icon=":material/balance:", url_path="evidence"),
    st.Page(methods_page.page, title="Methods", icon=":material/function:", url_path="methods"),
    st.Page(sources.page, title="Sources", icon=":material/library_books:", url_path="sources"),
]

# Pages that are no more: their links lead on with all that they say, see `former.now`.
FORMER = [
    st.Page(my_page, title=path, url_path=path, visibility="hidden") for path, my_page in former.PAGES.items()
]

# What a reader sets on the other pages; the store of the scenario is always in the address.
# The firm after the industry: two of its names in a link begin like those of the industry.
STORES = (
    claims_controls.STORE, pakistan_controls.STORE, firm_controls.STORE, evidence_controls.STORE, world_controls.STORE,
    events_controls.STORE, sources.STORE)  # fmt: skip
OF_SCENARIO = ("", "compare", "world", "briefing")  # the pages that stand on the scenario of the inputs

with refused.said():
    state.settle()
    interruption.begin()
    here = st.navigation([TYPED, *FORMER, *PAGES], position="top")
    if here in FORMER:
        path, query = former.now(here.url_path, dict(st.query_params))
        st.switch_page(next(page for page in PAGES if page.url_path == path), query_params=query)
    if here == TYPED:
        st.switch_page(PAGES[0], query_params=dict(st.query_params))
    if st.session_state.pop(home.TO_ESTIMATE, False):
        st.switch_page(PAGES[0])
    address.read_link(here.url_path, STORES)
    address.write_link(
        STORES, anew=overtaken
    )  # before the page too: work that is stopped half-way leaves a true address
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
    waiting.forget_stop()
    address.write_link(STORES)
    interruption.end()
    st.caption(
        f"Model {MODEL_VERSION} · data {state.catalogue().data_version} · free software, no measurement of any event"
    )
