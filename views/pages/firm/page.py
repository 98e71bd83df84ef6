"""My firm: what a year of outages costs it, and what is worth buying against them."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.common.cache import Cache
from model.industry.draws import Values
from model.industry.firm import firm
from model.industry.firm_year import firm_year
from model.text.firm_report import firm_section
from model.text.firm_year_report import firm_year_section
from model.text.writer import Section
from views.pages.firm import charts as draw
from views.pages.firm import controls as controls
from views.parts.home import home_name, say_home
from views.parts.section_files import files, moved_here
from views.parts.sections import Common
from views.session import state
from views.words import escaped

COMMAND = "firm"
_COMPUTED: Cache[Section] = Cache()


def page() -> None:
    """The question, the answer for a year, one chart; one outage and all other figures where they are asked for."""
    catalogue = state.catalogue()
    industry = catalogue.industry
    asked = st.container()
    year = _part("year")
    with asked:
        controls.question(catalogue, industry)
    choices = {name: controls.choice(name) for name in controls.START}
    common = Common(catalogue, moved_here(COMMAND, choices, controls.values()), choices)
    answer, *_, basis = year.sentences
    st.markdown(f"### {escaped(answer)}")
    say_home(f"Prices and habits of {home_name()} are behind these figures: they are")
    draw.protections(year)
    for text in year.sentences[-2:-1] if year.parts.get("line_faults") else ():
        st.markdown(escaped(text))
    draw.year_chart(common, year)
    st.caption(escaped(basis))
    more = st.expander(
        "Show more: one outage in detail, every figure of the firm", key="x_firm_more", on_change="rerun"
    )
    if more.open:
        with more:
            _more(common, catalogue)
    asked_for = asked_now()
    files(
        catalogue, COMMAND, lambda: [asked_for.section("year"), asked_for.section("outage")], common.given,
        common.choices, common.file("firm"),
    )  # fmt: skip


def _more(common: Common, catalogue: Catalogue) -> None:
    industry = catalogue.industry
    outage = _part("outage")
    st.subheader("Every figure of the firm")
    controls.rest(industry)
    draw.one_outage(common, outage)
    st.subheader("Where the figures of the question come from")
    st.markdown("\n".join(f"- {escaped(text)}" for text in controls.sources(catalogue, industry)))


@dataclass(frozen=True)
class FirmChoices:
    """What the reader set: a file that is asked for later knows no session any more."""

    catalogue: Catalogue
    given: tuple[tuple[str, Override], ...]
    preset: str
    kind: str

    def section(self, part: str) -> Section:
        """The `year` or the one `outage`."""
        return _COMPUTED.get((self, part), lambda: self._computed(part))

    def _computed(self, part: str) -> Section:
        industry = self.catalogue.industry
        preset = industry.presets[self.preset]
        values = Values(self.catalogue, industry, dict(self.given), preset.values)
        if part == "year":
            return firm_year_section(firm_year(self.catalogue, industry, values, preset.sector, self.kind))
        return firm_section(firm(self.catalogue, industry, values, preset.sector, self.kind), preset)


def asked_now() -> FirmChoices:
    given = tuple(sorted(controls.values().items(), key=lambda item: item[0]))
    return FirmChoices(state.catalogue(), given, controls.choice("preset"), controls.choice("kind"))


def _part(name: str) -> Section:
    """A part of the answer; what cannot be used becomes a sentence, and the last good figures come back."""
    return controls.STORE.computed(lambda: asked_now().section(name))
