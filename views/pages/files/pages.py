"""The content of the page that a reader chose to export, from the same results as that page shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from briefing.pages import compare, events, industry, world
from briefing.pages.content import Frame, PageContent
from model.common.errors import InputError
from model.common.program.progress import Tick
from model.common.text import capital
from model.compare import world_sentences
from views.pages.claims import controls as articles
from views.pages.compare import parts
from views.pages.events import controls as events_controls
from views.pages.firm import controls as firm_controls
from views.pages.firm import page as firm_page
from views.pages.pakistan import block as blocked
from views.pages.pakistan import bridge
from views.pages.pakistan import controls as pakistan_controls
from views.pages.pakistan import page as pakistan_page
from views.pages.world import controls as world_controls
from views.pages.world import page as world_page
from views.parts.sections import Common
from views.session import state
from views.session.store import Store
from views.words import escaped


def content_of(what: str, address: str) -> PageContent | None:
    """The content of a page, a key of `PAGES`; None, and a sentence, where it shows nothing that can be exported.

    Raises `StoppedError` where the reader stopped the work.
    """
    try:
        return MAKERS[what](address)
    except InputError as problem:
        st.info(escaped(f"{capital(str(problem))}."), icon=":material/info:")
        return None


def _frame(address: str, *stores: Store) -> Frame:
    query: dict[str, str] = {}
    for store in (state.STORE, *stores):
        query |= store.to_link()
    return Frame(date.today(), address, query)


def _compare(address: str) -> PageContent:
    scenario, comparison = state.scenario(), state.comparison()

    def build(tick: Tick) -> compare.ComparedRows:
        return compare.rows_of(state.catalogue(), scenario, comparison, tick)

    key = ("export", parts.scenario_key(scenario), comparison)
    rows = parts.remembered(key, build)
    return compare.content(rows, comparison.show, _frame(address))


def _world(address: str) -> PageContent:
    shown = world_page.league_of(state.scenario(), str(world_controls.STORE.get(world_controls.MEASURE)))
    return world.content(shown, _frame(address, world_controls.STORE), world_page.shown_economies())


def world_headline() -> str:
    """What the frame of the world says: of every economy, whatever the page's own filters leave."""
    shown = world_page.league_of(state.scenario(), str(world_controls.STORE.get(world_controls.MEASURE)))
    return world_sentences.headline(shown, shown.rows)


def _events(address: str) -> PageContent:
    given = events_controls.last_upload()
    report = events_controls.report_of(given)
    return events.content(report, _frame(address, events_controls.STORE), own=given is not None)


def _firm(address: str) -> PageContent:
    asked = firm_page.asked_now()
    sections = [asked.section("year"), asked.section("outage")]
    chosen = {"preset": asked.preset, "kind": asked.kind}
    return industry.firm(
        state.catalogue(), sections, chosen, dict(asked.given), _frame(address, firm_controls.STORE)
    )


def _pakistan(address: str) -> PageContent:
    catalogue, stores = state.catalogue(), (articles.STORE, pakistan_controls.STORE, firm_controls.STORE)
    chosen: Mapping[str, str] = {key: pakistan_controls.choice(key) for key in pakistan_controls.START}
    given = pakistan_controls.values()
    headline = blocked.headline(Common(catalogue, given, chosen))
    return industry.pakistan(
        catalogue, bridge.of_page(catalogue), pakistan_controls.claimed(catalogue), headline,
        pakistan_page.every_section(), chosen, given, _frame(address, *stores),
    )  # fmt: skip


MAKERS = {"compare": _compare, "world": _world, "events": _events, "firm": _firm, "pakistan": _pakistan}
