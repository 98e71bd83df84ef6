"""Every page keeps what a reader set in the address, and opens from it as it was left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from helpers.estimate_page import link_of, plain, warnings_of
from helpers.single_pages import moved_values, text_of
from streamlit.testing.v1 import AppTest

from dashboard import STORES
from model.catalogue.load import Catalogue
from model.claims.claims import OPEX
from model.scenario.fields import BY_KEY
from views.pages.claims import controls as claims
from views.pages.events import controls as events
from views.pages.evidence import controls as evidence
from views.pages.files import controls as export
from views.pages.firm import controls as firm
from views.pages.how import controls as how
from views.pages.pakistan import controls as industry
from views.pages.sources import page as sources
from views.pages.world import controls as world
from views.session import streamlit_private
from views.session.store import Store

TIMEOUT = 90


def app() -> None:
    """One page at a time with the link of the whole dashboard (AppTest cannot open a page of a navigation)."""
    import streamlit as st

    from dashboard import STORES
    from views.pages.estimate.controls import inputs
    from views.pages.events import page as events
    from views.pages.evidence import page as evidence
    from views.pages.files import page as export
    from views.pages.firm import page as firm
    from views.pages.how import page as how
    from views.pages.pakistan import page as pakistan
    from views.pages.sources import page as sources
    from views.pages.world import page as world
    from views.session import address, state

    pages = {
        "world": world,
        "export": export,
        "how": how,
        "firm": firm,
        "pakistan": pakistan,
        "events": events,
        "evidence": evidence,
        "sources": sources,
    }
    here = st.session_state["here"]
    address.read_link(here, STORES)
    address.write_link(STORES)
    if here == "world":
        inputs(everywhere=True)
    state.say_problems()
    pages[here].page()
    address.write_link(STORES)


def opened(here: str, /, **link: str) -> AppTest:
    page = AppTest.from_function(app, default_timeout=TIMEOUT)
    page.session_state["here"] = here
    page.session_state["x_block_add"] = True  # no link holds what is folded
    for key, value in link.items():
        page.query_params[key] = value
    return sound(page.run())


def sound(page: AppTest) -> AppTest:
    assert not page.exception, page.exception
    return page


def again(page: AppTest) -> AppTest:
    """A fresh browser with the address of this page."""
    return opened(page.session_state["here"], **link_of(page))


# Controls that do not show or hide each other are moved in one run.
def set_claims(page: AppTest) -> None:
    page.slider(key=f"s_{OPEX}").set_value((100.0, 200.0))
    page.multiselect(key="w_claims_add").set_value(["claims.firewall", "claims.short_term"]).run()


def set_pakistan(page: AppTest) -> None:
    page.text_input(key="w_block_length").set_value("90 days").run()
    page.segmented_control(key="w_industry_section").set_value("Exports and growth").run()
    page.selectbox(key="w_industry_baseline").set_value("claimed")
    page.text_input(key="i_industry.own_target_musd").set_value("7500")
    page.radio(key="i_freelance.inside").set_value("On top of official earnings").run()


def set_firm(page: AppTest) -> None:
    page.selectbox(key="w_industry_preset").set_value("call_centre").run()
    page.selectbox(key="w_industry_kind").set_value("lockdown")
    page.text_input(key="i_firm.people").set_value("400")
    page.text_input(key="i_firm.outages_per_year").set_value("12").run()


def set_evidence(page: AppTest) -> None:
    page.segmented_control(key="w_evidence_section").set_value(evidence.RECORD).run()
    page.selectbox(key="w_record_last").set_value("2025-09")
    page.text_input(key="w_record_own").set_value("7").run()
    page.segmented_control(key="w_evidence_section").set_value(evidence.PRICES).run()
    page.segmented_control(key="w_spread_event").set_value("ir_2026_01_day").run()
    page.segmented_control(key="w_evidence_section").set_value(evidence.CLAIMS).run()
    page.text_input(key="w_evidence_search").set_value("telecom & P@SHA = 100%").run()


def set_events(page: AppTest) -> None:
    page.segmented_control(key="w_events_by").set_value("year")
    page.segmented_control(key="w_events_state").set_value("open")
    page.text_input(key="w_events_search").set_value("pakistan cable").run()


def set_sources(page: AppTest) -> None:
    page.text_input(key="w_sources_search").set_value("vpn growth")
    page.multiselect(key="w_sources_tables").set_value(["Articles' figures", "Parameters"])
    page.multiselect(key="w_sources_statuses").set_value(["in each row", "assumption"])
    page.selectbox(key="w_sources_country").set_value("ERI").run()


def set_how(page: AppTest) -> None:
    page.segmented_control(key="w_how_section").set_value(how.SOURCES).run()
    page.text_input(key="w_sources_search").set_value("churn").run()


def set_export(page: AppTest) -> None:
    page.segmented_control(key="f_language").set_value("ur")
    page.segmented_control(key="f_embed").set_value("curve")
    page.toggle(key="f_embed_frozen").set_value(True).run()
    page.pills(key="w_export_what").set_value("firm").run()


def set_world(page: AppTest) -> None:
    page.selectbox(key="w_kind").set_value("mobile_only")
    page.text_input(key="w_duration").set_value("3 days")
    page.segmented_control(key="w_world_measure").set_value("per_head")
    page.selectbox(key="w_world_region").set_value("Africa")
    page.selectbox(key="w_world_income").set_value("Low income")
    page.text_input(key="w_world_search").set_value("an").run()


# The page, the store, what is set there, and the link.
WALKS: dict[str, tuple[Store, Callable[[AppTest], None], dict[str, str]]] = {
    "claims": (claims.STORE, set_claims, {
        "v": "2", "claimed.added": "claims.firewall,claims.short_term", f"claimed.{OPEX}": "100.0~150.0~200.0",
    }),
    "pakistan": (industry.STORE, set_pakistan, {
        "v": "2", "industry.section": "exports", "industry.baseline": "claimed", "industry.vpn_block_days": "90.0",
        "industry.own_target_musd": "7500.0", "freelance.inside": "0.0",
    }),
    "firm": (firm.STORE, set_firm, {
        "v": "2", "industry.preset": "call_centre", "industry.kind": "lockdown", "firm.people": "400.0",
        "firm.outages_per_year": "12.0",
    }),
    "events": (events.STORE, set_events, {
        "v": "2", "events.by": "year", "events.rows": "open", "events.search": "pakistan cable",
    }),
    "evidence": (evidence.STORE, set_evidence, {
        "v": "2", "evidence.section": "claims", "evidence.months": "2024-08~2025-09", "evidence.own_growth": "0.07",
        "evidence.event": "ir_2026_01_day", "evidence.search": "telecom & P@SHA = 100%",
    }),
    "sources": (sources.STORE, set_sources, {
        "v": "2", "sources.search": "vpn growth", "sources.tables": "articles_figures,parameters",
        "sources.status": "assumption,in_each_row", "sources.country": "ERI",
    }),
    "export": (export.STORE, set_export, {
        "v": "2", "export.what": "firm", "export.language": "ur", "export.figure": "curve", "export.frozen": "yes",
    }),
    "how": (how.STORE, set_how, {"v": "2", "how.section": "sources", "sources.search": "churn"}),
    "world": (world.STORE, set_world, {
        "v": "2", "kind": "mobile_only", "duration": "3d", "world.measure": "per_head", "world.region": "africa",
        "world.income": "low_income", "world.search": "an",
    }),
}  # fmt: skip


PAGE_OF = {"claims": "pakistan", "industry": "pakistan"}  # stores of another name than their page


@pytest.mark.parametrize("name", list(WALKS))
def test_what_is_set_is_in_the_address_and_a_fresh_browser_shows_the_same(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NETTOLL_ADDRESS", "https://nettoll.example")  # else there is no frame to choose
    store, walk, link = WALKS[name]
    page = opened(PAGE_OF.get(name, name))
    assert link_of(page) == {}, "the shipped values are not in a link"
    walk(page)
    sound(page)
    assert not page.error
    assert {key: value for key, value in link_of(page).items() if key in link} == link
    other = again(page)
    assert not other.warning and not other.error
    assert moved_values(other, store) == moved_values(page, store) and link_of(other) == link_of(page)
    assert text_of(other) == text_of(page)
    assert state_of(other) == state_of(page), "every control stands where it stood"


def state_of(page: AppTest) -> dict[str, Any]:
    kinds = ("slider", "selectbox", "multiselect", "text_input", "number_input", "radio", "segmented_control")
    return {str(item.key): item.value for kind in kinds for item in page.get(kind) if hasattr(item, "value")}


WRONG = {
    "claims": {
        "claimed.baseline": ("nobody", "allowed: claimed"),
        "claimed.added": ("claims.firewall,gold", "allowed: "),
        "claimed.vpn_block_days": ("9999", "allowed: 0 to 365"),
        "claimed.initial_loss": ("0.1:0.2", "is not one number or three"),
        "claimed.losses": ("claimed.losses", "is no name that a link knows"),
    },
    "pakistan": {
        "industry.section": ("firms", "allowed: "),
        "industry.calendar": ("mayan", "allowed: "),
        "industry.receipts_musd": ("nan", "is not a finite number"),
        "industry.sektion": ("industry.sektion", "is no name that a link knows"),
    },
    "firm": {
        "industry.preset": ("bakery", "allowed: "),
        "firm.people": ("many", "is not a number"),
        "firm.lines": ("2.5", "is no whole number"),
        "firm.peple": ("firm.peple", "is no name that a link knows"),
    },
    "events": {
        "events.by": ("week", "allowed: country, year, kind"),
        "events.rows": ("some", "allowed: "),
        "events.search": ("x" * 999, "at most 200 letters"),
    },
    "evidence": {
        "evidence.section": ("proof", "allowed: tests, record, prices, claims"),
        "evidence.months": ("2024-08~1999-01", "is no month that can be summed"),
        "evidence.own_growth": ("7", "is out of range"),
        "evidence.event": ("x", "allowed: "),
        "evidence.search": ("x" * 999, "at most 200 letters"),
        "evidence.cards": ("most", "allowed: few, all"),
    },
    "sources": {
        "sources.tables": ("parameters,secrets", "allowed: "),
        "sources.status": ("true", "allowed: "),
        "sources.country": ("Atlantis", "allowed: "),
    },
    "export": {"export.what": ("gold", "allowed: estimate, compare, world")},
    "how": {
        "how.section": ("proof", "allowed: evidence, methods, sources, changes"),
        "how.sektion": ("how.sektion", "is no name that a link knows"),
    },
    "world": {
        "world.measure": ("gold", "allowed: usd, share, per_head, per_day"),
        "world.region": ("atlantis", "allowed: "),
        "world.income": ("rich", "allowed: "),
        "world.search": ("x" * 999, "at most 200 letters"),
        "world.colour": ("world.colour", "is no name that a link knows"),
    },
}

# What the page has under a name of its own, beside the code in the address.
NAMED = {
    "claimed.vpn_block_days": "Days of VPN blocking", "claimed.initial_loss": "Share of exports lost at the start",
    "industry.receipts_musd": "IT export earnings at the start, a year",
    "firm.people": "People", "firm.lines": "Independent fixed lines",
}  # fmt: skip


@pytest.mark.parametrize("name", list(WRONG))
def test_a_wrong_value_is_told_with_key_value_and_what_is_allowed(name: str) -> None:
    wrong = {key: text for key, (text, _) in WRONG[name].items()}
    page = opened(PAGE_OF.get(name, name), v="2", **wrong)
    messages = warnings_of(page)
    assert len(messages) == len(wrong) and not page.error
    for key, (text, reason) in WRONG[name].items():
        named = f"{NAMED[key]} ({key})" if key in NAMED else key
        (line,) = [line for line in messages if line.startswith(f"Ignored {named}: ")]
        assert reason in line and "allowed: " in line, line
        assert text[:10].split(",")[-1].split("~")[-1] in line, line
    assert moved_values(page, WALKS[name][0]) == {} and link_of(page) == {}, "nothing is half applied"


def test_one_wrong_value_leaves_the_others() -> None:
    page = opened("firm", **{"v": "2", "industry.kind": "lockdown", "firm.people": "-4", "firm.lines": "3"})
    assert len(page.warning) == 1 and "'firm.people'" not in plain(page.warning[0].value)
    assert moved_values(page, firm.STORE) == {"kind": "lockdown", "firm.lines": 3.0}
    assert not sound(page.run()).warning, "it is said once"


def test_figures_that_cannot_be_computed_together_are_a_sentence_and_the_page_stays() -> None:
    page = opened("pakistan", **{"freelance.earnings_musd": "9999", "industry.section": "freelancers"})
    assert plain(page.error[0].value).startswith("Their earnings a year: 9999.0 is more than all")
    assert moved_values(page, industry.STORE) == {"section": "Freelancers"}
    assert link_of(page) == {"v": "2", "industry.section": "freelancers"}


def test_a_link_of_model_1_opens_and_says_once_that_its_number_has_changed() -> None:
    page = opened("firm", **{"v": "1", "firm.people": "400.0"})
    assert warnings_of(page) == ["This link was made with model 1; model 2 gives another number."]
    assert link_of(page)["v"] == "2" and moved_values(page, firm.STORE)["firm.people"] == 400
    assert not sound(page.run()).warning


def test_another_version_is_told() -> None:
    page = opened("evidence", **{"v": "9", "evidence.section": "record"})
    assert ["version '9'" in text for text in warnings_of(page)] == [True]
    assert moved_values(page, evidence.STORE) == {"section": evidence.RECORD}


def test_values_of_another_page_are_kept_when_the_page_changes() -> None:
    page = opened("firm", **{"v": "2", "duration": "3d", "firm.people": "400.0"})
    link = link_of(page)
    for here in ("evidence", "pakistan", "firm"):
        page.session_state["here"] = here
        page.query_params.clear()  # the bare address of a page that was clicked
        sound(page.run())
        assert link_of(page) == link
    assert page.text_input(key="i_firm.people").value == "400"


def test_a_step_back_takes_back_the_last_change_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("firm", v="1", duration="3d")
    page.text_input(key="i_firm.outages_per_year").set_value("12").run()
    before = link_of(page)
    page.text_input(key="i_firm.people").set_value("400").run()
    after = link_of(page)
    monkeypatch.setattr(streamlit_private, "stepped", lambda: True)
    for link, people in ((before, 200), (after, 400)):
        page.query_params.clear()
        for key, value in link.items():
            page.query_params[key] = value
        sound(page.run())
        assert page.text_input(key="i_firm.people").value == str(people) and link_of(page) == link
        assert not page.warning


def test_every_store_of_the_dashboard_is_walked() -> None:
    assert {store.name for store, _, _ in WALKS.values()} == {store.name for store in STORES}
    assert list(WRONG) == list(WALKS)


def test_no_two_pages_share_a_name_in_a_link(catalogue: Catalogue) -> None:
    names = [name for store in STORES for name in store.linked]
    assert len(names) == len(set(names)) > 100
    taken = {*BY_KEY, *catalogue.parameters, "v", "title", "show", "from"}
    assert not taken & set(names)
    for name in taken:
        assert not any(store.owns(name) for store in STORES), name


def test_every_value_reads_back_as_it_was_written() -> None:
    for store in STORES:
        for key, field in store.fields.items():
            if field.default is not None:
                assert field.read(field.write(field.default)) == field.default, key
