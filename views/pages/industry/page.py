"""The industry: exports, the VPN block, freelancers, talent, one firm, continuity, recurring disruptions."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import streamlit as st

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.common.cache import Cache
from model.evidence import trends
from model.industry.calendar import MINE, calendar_of, year_of
from model.industry.clients import block
from model.industry.export_year import export_year
from model.industry.exports import baselines, exports
from model.industry.firm import firm
from model.industry.firm_year import firm_year
from model.industry.freelancers import freelance
from model.industry.home_seats import work_from_home
from model.industry.measures import continuity
from model.industry.words import CALENDAR
from model.scenario.fields import Header
from model.scenario.link import to_query
from model.scenario.scenario import Scenario
from model.text import firm_report, industry_report
from model.text.firm_year_report import firm_year_section
from model.text.industry_report import talent_of
from model.text.writer import Section
from views.pages.industry import charts as draw
from views.pages.industry import controls as controls
from views.pages.industry import exports as whole
from views.pages.industry.files import files, moved_here
from views.parts.home import home_name, say_home
from views.session import state
from views.words import escaped, shown, when_heard

CACHED = 64
_COMPUTED: Cache[list[Section]] = Cache(CACHED)


def page() -> None:
    """Show the open section; only that one computes."""
    catalogue = state.catalogue()
    industry = catalogue.industry
    store = controls.STORE
    name = str(store.get(controls.SECTION))
    key = shown("w_industry_section", name)

    def opened() -> None:
        store.put(controls.SECTION, st.session_state[key] or name)

    st.segmented_control(
        "Section",
        list(SECTIONS),
        default=name,
        key=key,
        on_change=when_heard(key, opened),
        label_visibility="collapsed",
        width="stretch",
    )
    if name == "One firm":
        controls.firm_year(catalogue, industry)
    sections = _computed(catalogue, industry, name)
    with st.sidebar:
        _sidebar(catalogue, industry, name)
        st.button(
            "Back to the shipped figures",
            on_click=controls.STORE.reset,
            width="stretch",
            key="w_industry_reset",
        )
    st.markdown(f"### {escaped(f'{home_name()}: {sections[0].sentences[0]}')}")
    say_home("These figures of the IT industry are")
    for text in sections[0].sentences[1:]:
        st.markdown(escaped(text))
    st.caption("Most figures are stated assumptions; each help text says which. Move them in the sidebar.")
    choices = {k: controls.choice(k) for k in controls.START}
    common = draw.Common(catalogue, moved_here(name, choices, controls.values()), choices)
    SECTIONS[name](common, sections)
    files(catalogue, name, sections, common.given, common.choices, common.file(name.lower()))
    sums = industry_report.refusals(sections)
    if sums:
        with st.container(border=True):
            st.markdown("Sums that are not made here:")
            st.markdown("\n".join(f"- {escaped(text)}" for text in sums))


def _computed(catalogue: Catalogue, industry: Industry, name: str) -> list[Section]:
    """The section under the reader's figures; what cannot be used becomes a sentence and the last good stay."""
    return controls.STORE.computed(
        lambda: _COMPUTED.get((catalogue, name, _key()), lambda: _sections(name, catalogue, industry)),
        lambda: controls.STORE.put(
            "calendar", CALENDAR
        ),  # the scenario of the Estimate page may be too long a year
    )


def _key() -> tuple[Hashable, ...]:
    mine = tuple(to_query(_mine()).items()) if controls.choice("calendar") == MINE else ()
    given = tuple(sorted(controls.values().items(), key=lambda item: item[0]))
    return (given, *(controls.choice(key) for key in controls.START), mine)


def _mine() -> Scenario:
    return state.scenario().with_changes(header=Header(), start=None)


def _sections(name: str, catalogue: Catalogue, industry: Industry) -> list[Section]:
    values = controls.current(catalogue, industry)
    if name == "VPN block":
        base = trends.pick(baselines(catalogue, values), controls.choice("baseline"))
        return [industry_report.vpn_section(block(values, base))]
    if name == "One firm":
        preset = industry.presets[controls.choice("preset")]
        kind = controls.choice("kind")
        return [
            firm_year_section(firm_year(catalogue, industry, values, preset.sector, kind)),
            firm_report.firm_section(firm(catalogue, industry, values, preset.sector, kind), preset),
        ]
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


def _sidebar(catalogue: Catalogue, industry: Industry, name: str) -> None:
    keys = list(industry.parameters)

    def group(*prefixes: str) -> list[str]:
        return [key for key in keys if key.startswith(prefixes)]

    if name in ("Exports", "Talent", "VPN block"):
        values = controls.current(catalogue, industry)
        controls.baseline(baselines(catalogue, values))
        if controls.choice("baseline") == "own":
            controls.sliders(industry, ["industry.own_growth"])
    if name not in ("VPN block", "One firm"):
        controls.calendar(catalogue, industry)
    if name == "Exports":
        controls.sliders(
            industry,
            [
                "industry.receipts_musd",
                "industry.horizon_years",
                "industry.disrupted_years",
                "freelance.inside",
            ],
        )
        controls.sliders(industry, ["industry.own_target_musd"], typed=True)
        section = st.expander("Clients that need a VPN", key="x_industry_clients", on_change="rerun")
        if section.open:
            with section:
                controls.sliders(industry, group("industry.vpn", "industry.client"))
    elif name == "VPN block":
        controls.sliders(
            industry, group("industry.vpn", "industry.client", "industry.coping", "industry.office")
        )
    elif name == "Freelancers":
        controls.sliders(industry, group("freelance."))
    elif name == "Talent":
        wanted = [key for key in group("talent.") if key != "talent.survey_need"]
        controls.sliders(industry, ["industry.horizon_years", "industry.disrupted_years", *wanted])
        controls.sliders(industry, ["industry.own_target_musd"], typed=True)
    elif name == "One firm":
        controls.firm(industry)
        first = [
            "firm.people",
            "firm.revenue_per_head_usd",
            "firm.export_share",
            "firm.home_share",
        ]
        controls.sliders(industry, first)
        section = st.expander("Everything about the firm", key="x_industry_firm", on_change="rerun")
        if section.open:
            with section:
                shown = {*first, *controls.FIRM_YEAR}
                controls.sliders(industry, [key for key in group("firm.") if key not in shown])
    elif name == "Continuity":
        general = [key for key in group("measure.") if key.count(".") == 1]
        controls.sliders(
            industry, [*general, *(key for key in group("measure.") if key.endswith(".coverage"))]
        )
        section = st.expander("What the measures cost", key="x_industry_costs", on_change="rerun")
        if section.open:
            with section:
                controls.sliders(
                    industry, [k for k in group("measure.") if k.endswith((".units", ".unit_usd"))]
                )


SECTIONS: dict[str, Callable[[draw.Common, list[Section]], None]] = {
    "Exports": whole.exports,
    "VPN block": whole.vpn,
    "Freelancers": whole.freelancers,
    "Talent": whole.talent,
    "One firm": draw.firm,
    "Continuity": draw.continuity,
    "Recurring": draw.recurring,
}
