"""Every control of the page of the estimate: what the hand gives, and what scenario, link and headline then say."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.estimate_page import (
    QUICK,
    agrees,
    headline_of,
    link_of,
    opened,
    scenario_of,
    sound,
    without_charts,
)

from model.catalogue.load import Catalogue

# link to begin from, and controls moved one after another: widget, its key, what the hand gives, what the scenario then
# says, and the link (None: not in it)
Step = tuple[str, str, Any, dict[str, Any], dict[str, str | None]]
CONTROLS: list[tuple[dict[str, str], list[Step]]] = [
    ({}, [
        ("text_input", "w_duration", "36 hours", {"hours": 36.0}, {"duration": "36h"}),
        ("text_input", "w_duration", "2 weeks", {"hours": 336.0}, {"duration": "14d"}),
        ("text_input", "w_spells", "4", {"spells": 4}, {"spells": "4"}),
        ("multiselect", "w_regions", ["Sindh", "Balochistan"], {}, {"region": "Sindh,Balochistan"}),
        ("checkbox", "w_timed", True, {"start": "2026-01-05T10:00"}, {"start": "2026-01-05T10:00"}),
        ("radio", "w_currency", "PKR", {"currency": "PKR"}, {"currency": "PKR"}),
        ("selectbox", "w_kind", "vpn_block", {"kind": "vpn_block"}, {"kind": "vpn_block"}),
    ]),
    ({}, [
        ("checkbox", "w_ongoing", True, {"ongoing": True}, {"ongoing": "yes"}),
        ("checkbox", "w_ordered", False, {"ordered_by_authority": False}, {"ordered": "no"}),
        ("selectbox", "w_country", "KEN", {"country": "KEN"}, {"country": "KEN"}),
        ("text_input", "w_place", "10%", {"place": 0.1}, {"place": "0.1"}),
    ]),
    ({"spells": "3"}, [
        ("text_input", "w_gap", "30", {"gap_days": 30.0}, {"gap_days": "30.0"}),
        ("radio", "w_counted_from", True, {"period_days": 1.0}, {"period_days": "1.0"}),
    ]),
    ({"spells": "3", "period_days": "9.0"}, [
        ("text_input", "w_period", "2", {"period_days": 2.0, "gap_days": 7.0}, {"period_days": "2.0"}),
        ("radio", "w_counted_from", False, {"period_days": None, "gap_days": 7.0},
         {"spells": "3", "period_days": None}),
    ]),
    ({"country": "YEM", "kind": "slowdown"}, [
        ("checkbox", "w_old_money", True, {"old_money": True}, {"old_money": "yes"}),
        ("text_input", "w_quality", "50%", {"ratio": 0.5}, {"ratio": "0.5"}),
    ]),
    ({"kind": "cable_cut", "currency": "PKR"}, [
        ("text_input", "w_quality", "0,7", {"capacity_lost": 0.7}, {"capacity_lost": "0.7"}),
        ("text_input", "money_currency.lcu_per_usd", "300", {}, {"currency.lcu_per_usd": "300.0"}),
    ]),
    ({"place": "0.1", "start": "2026-01-05T10:00"}, [
        ("text_input", "w_place", "15,5", {"place": 0.155}, {"place": "0.155"}),
        ("text_input", "w_start", "10 January 2026, 10:00",
         {"start": "2026-01-10T10:00"}, {"start": "2026-01-10T10:00"}),
        ("text_input", "w_start", "5 Jan 2026 2:30 am", {"start": "2026-01-05T02:30"}, {"start": "2026-01-05T02:30"}),
        ("text_input", "w_place", "100%", {"place": None}, {"place": None}),
        ("checkbox", "w_timed", False, {"start": None}, {"start": None}),
    ]),
    ({}, [
        ("slider", "lever_lever.second_link.coverage", 0.5, {}, {"lever.second_link.coverage": "0.5"}),
        ("toggle", "lever_lever.help_desk.coverage", True, {}, {"lever.help_desk.coverage": "1.0"}),
        ("text_input", "p_sector.trade.dependence_high", "50 %", {}, {"sector.trade.dependence": "0.02~0.06~0.5"}),
        ("text_input", "p_sector.trade.dependence_likely", "7,5 %", {},
         {"sector.trade.dependence": "0.02~0.075~0.5"}),
        ("select_slider", "w_draws", 1024, {"draws": 1024}, {"draws": "1024"}),
    ]),
    ({"lever.help_desk.coverage": "0.5", "sector.trade.dependence": "0.3~0.3~0.4"}, [
        ("text_input", "lever_lever.help_desk.coverage", "100 %", {}, {"lever.help_desk.coverage": "1.0"}),
        ("text_input", "p_sector.trade.dependence_high", "30 %", {}, {"sector.trade.dependence": "0.3"}),
        ("text_input", "p_sector.trade.dependence_low", "5 %", {}, {"sector.trade.dependence": "0.05~0.3~0.3"}),
    ]),
]  # fmt: skip
BEHIND_FOLDS = ("p_", "lever_", "w_draws")


@pytest.mark.parametrize(
    ("begin", "steps"), CONTROLS, ids=[" ".join((*begin, "then", steps[0][1])) for begin, steps in CONTROLS]
)
def test_every_control_changes_scenario_link_and_headline(
    begin: dict[str, str], steps: list[Step], catalogue: Catalogue
) -> None:
    folded = steps[0][1].startswith(BEHIND_FOLDS)
    page = without_charts(folded, **begin)
    for widget, key, value, fields, link in steps:
        before = scenario_of(page)
        getattr(page, widget)(key=key).set_value(value).run()
        sound(page)
        assert not page.error
        now, said = scenario_of(page), link_of(page)
        assert now != before
        assert {name: getattr(now, name) for name in fields} == fields
        assert {name: said.get(name) for name in link} == link
        agrees(page, catalogue)
    if begin.keys() == {"place", "start"}:  # all of it is taken back
        assert said == QUICK
    again = opened(folded, **said)
    sound(again)
    assert scenario_of(again) == now and headline_of(again) == headline_of(page)
    for widget, key, value, *_ in steps:
        if widget != "text_input":  # a duration is told in its own words
            items: list[Any] = list(again.get(widget))
            shown = {item.key: item.value for item in items}
            assert shown[key] == value


def test_no_control_of_a_scenario_is_untested() -> None:
    tested = {step[1] for _, steps in CONTROLS for step in steps} | {
        "w_starting_point",
        "w_group",
        "w_bearers",
        "w_reset",
        "w_begins",
        "w_ends",
        "w_to_export",  # leads to another page, see the tests of Export
    }
    kinds = ("selectbox", "text_input", "number_input", "multiselect", "slider", "checkbox", "date_input",
             "time_input", "radio", "select_slider", "segmented_control", "button")  # fmt: skip
    page = opened(True, kind="slowdown", spells="2", start="2026-01-05T10:00", currency="PKR")
    shown = {str(item.key) for kind in kinds for item in page.get(kind)}
    own = {key for key in shown if key.startswith("w_")}
    assert own <= tested, own - tested
    assert len(own) >= 15


def test_every_parameter_has_a_control_in_its_group(catalogue: Catalogue) -> None:
    page = without_charts(True)
    picked = page.selectbox(key="w_group")
    seen: set[str] = set()
    for label in picked.options:
        key = next(group.key for group in catalogue.groups.values() if group.label == label)
        page.selectbox(key="w_group").set_value(key).run()
        assert not page.exception
        kinds = (page.slider, page.text_input, page.toggle)
        seen |= {str(item.key).removesuffix("_likely") for kind in kinds for item in kind}
    missing = {
        name for name, parameter in catalogue.parameters.items()
        if parameter.group != "claims" and f"p_{name}" not in seen
    }  # fmt: skip
    assert not missing


def test_a_moved_assumption_can_be_taken_back(catalogue: Catalogue) -> None:
    page = without_charts(True, **{"sector.agriculture.dependence": "0.2"})
    assert scenario_of(page).assumptions == {"sector.agriculture.dependence": 0.2}
    page.button(key="rp_sector.agriculture.dependence").click().run()
    assert link_of(page) == QUICK and not page.exception
    agrees(page, catalogue)
