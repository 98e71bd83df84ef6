"""Pakistan IT: what a VPN block costs; exports and growth; people, measures and outages. One question a section."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import streamlit as st

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.common.cache import Cache
from model.evidence import trends
from model.industry.calendar import MINE, calendar_of, year_of
from model.industry.clients import block
from model.industry.export_year import export_year
from model.industry.exports import baselines, exports
from model.industry.freelancers import freelance
from model.industry.home_seats import work_from_home
from model.industry.measures import continuity
from model.industry.words import CALENDAR
from model.scenario.fields import Header
from model.scenario.link import to_query
from model.scenario.scenario import Scenario
from model.text import firm_report, industry_report
from model.text.industry_report import talent_of
from model.text.writer import Section
from views.pages.pakistan import block as blocked
from views.pages.pakistan import controls as controls
from views.pages.pakistan import growth, people
from views.parts.home import home_name, say_home
from views.parts.section_files import files, moved_here
from views.parts.sections import Common
from views.session import state
from views.words import escaped, shown, when_heard

_COMPUTED: Cache[list[Section]] = Cache()


@dataclass(frozen=True)
class Part:
    """A section: its question, its fields, what it shows, and the command that prints the same.

    The fields stand above the answer, or `below` it where a phone has no room for both.
    """

    question: str
    fields: Callable[[Common], None]
    show: Callable[[Common, list[Section]], None]
    command: str = "exports"
    below: bool = False
    # Where it is more than the first sentence of the section; it names Pakistan.
    headline: Callable[[Common], str] | None = None


VPN_BLOCK = "VPN block"
SECTIONS = {
    VPN_BLOCK: Part("What does a VPN block cost?", blocked.fields, blocked.show, headline=blocked.headline),
    "Exports": Part("Exports and growth", growth.fields, growth.show),
    "Recurring": Part("What do outages cost in a year?", people.year_fields, people.recurring, below=True),
    "Continuity": Part("Which measures pay?", people.year_fields, people.continuity, "levers", below=True),
    "Freelancers": Part("What do freelancers lose?", people.year_fields, people.freelancers, below=True),
    "Talent": Part("Are there enough people?", people.talent_fields, people.talent, below=True),
}
TABS = {
    "What does a VPN block cost?": (VPN_BLOCK,),
    "Exports and growth": ("Exports",),
    "People, measures and outages": ("Recurring", "Continuity", "Freelancers", "Talent"),
}


def page() -> None:
    """Show the open section; only that one computes."""
    catalogue = state.catalogue()
    name = _opened()
    part = SECTIONS[name]
    above, answer, below = (st.container() for _ in range(3))
    sections = _computed(catalogue, catalogue.industry, name)
    choices = {key: controls.choice(key) for key in controls.START}
    common = Common(catalogue, moved_here(part.command, choices, controls.values()), choices)
    with below if part.below else above:
        part.fields(common)
    first = part.headline(common) if part.headline else sections[0].sentences[0]
    names_home = part.headline is not None or sections[0].names_home
    with answer:
        st.markdown(f"### {escaped(first if names_home else f'{home_name()}: {first}')}")
        say_home("These figures of the IT industry are")
    part.show(common, sections)
    sums = industry_report.refusals(sections)
    if sums:
        with st.container(border=True):
            st.markdown("**Not added:**")
            st.markdown("\n".join(f"- {escaped(text)}" for text in sums))
    st.caption("Most figures of the estimates are stated assumptions; the help of each says which.")
    with st.container(horizontal=True):
        st.button(
            "Reset",
            on_click=controls.reset,
            key="w_industry_reset",
            help="All figures of this page take their defaults again.",
        )
    files(catalogue, part.command, lambda: sections, common.given, choices, common.file(name.lower()))


def _opened() -> str:
    """The section that the reader chose: a tab, and a question where a tab has several."""
    store = controls.STORE
    name = str(store.get(controls.SECTION))
    tab = next(title for title, names in TABS.items() if name in names)
    key = shown("w_industry_section", tab)

    def tapped() -> None:
        store.put(controls.SECTION, TABS[st.session_state[key] or tab][0])

    st.segmented_control(
        "Section", list(TABS), default=tab, key=key, on_change=when_heard(key, tapped), label_visibility="collapsed",
        width="stretch",
    )  # fmt: skip
    questions = {each: SECTIONS[each].question for each in TABS[tab]}
    if len(questions) > 1:
        asked = shown("w_industry_question", name)

        def picked() -> None:
            store.put(controls.SECTION, st.session_state[asked] or name)

        st.pills(
            "Question", list(questions), default=name, key=asked, on_change=when_heard(asked, picked),
            format_func=questions.__getitem__, label_visibility="collapsed",
        )  # fmt: skip
    return name


def _computed(catalogue: Catalogue, industry: Industry, name: str) -> list[Section]:
    """The section under the reader's figures; what cannot be used becomes a sentence and the last good stay."""
    return controls.STORE.computed(
        lambda: _COMPUTED.get((catalogue, name, _key()), lambda: _sections(name, catalogue, industry)),
        lambda: controls.STORE.put(
            "calendar", CALENDAR
        ),  # the scenario of the Estimate page may be too long a year
    )


def every_section() -> list[Section]:
    """Every section of the page under the reader's figures, for its file."""
    catalogue = state.catalogue()
    return [section for name in SECTIONS for section in _computed(catalogue, catalogue.industry, name)]


def _key() -> tuple[Hashable, ...]:
    mine = tuple(to_query(_mine()).items()) if controls.choice("calendar") == MINE else ()
    given = tuple(sorted(controls.values().items(), key=lambda item: item[0]))
    return (given, *(controls.choice(key) for key in controls.START), mine)


def _mine() -> Scenario:
    return state.scenario().with_changes(header=Header(), start=None)


def _sections(name: str, catalogue: Catalogue, industry: Industry) -> list[Section]:
    values = controls.current(catalogue, industry)
    if name == VPN_BLOCK:
        base = trends.pick(baselines(catalogue, values), controls.choice("baseline"))
        return [industry_report.vpn_section(block(values, base))]
    chosen = calendar_of(catalogue, industry, values, controls.choice("calendar"), _mine())
    if name == "Continuity":
        return [
            firm_report.continuity_section(continuity(catalogue, industry, values, chosen)),
            firm_report.home_section(work_from_home(catalogue, industry, values)),
        ]
    year = year_of(catalogue, chosen)
    if name == "Recurring":
        return [industry_report.recurring_section(year, export_year(catalogue, year))]
    if name == "Freelancers":
        return [industry_report.freelancers_section(freelance(catalogue, values, year), year)]
    path = exports(catalogue, values, year, controls.choice("baseline"))
    if name == "Talent":
        return [industry_report.talent_section(talent_of(values, path), path)]
    return [industry_report.exports_section(path)]
