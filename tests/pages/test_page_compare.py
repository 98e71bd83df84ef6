"""The page of comparisons under AppTest: every part, every control, what is set aside, a stop."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from helpers.compare_page import (
    beside,
    button,
    headline_of,
    link_of,
    opened,
    plain,
    scenario_of,
    sound,
    tool_of,
)
from helpers.single_pages import visible
from streamlit.testing.v1 import AppTest

from model.catalogue.load import Catalogue
from model.common.numbers import money, percent
from model.compare import compare_durations, sentences
from model.estimation import estimates
from model.scenario.comparison import DEFAULT_DURATIONS, SECTIONS
from views.pages.compare import frames
from views.parts import blocks
from views.session import state

HEADLINES = {
    "durations": "A full blackout across Pakistan: 7 days cost ",
    "kinds": "Of 7 types of disruption, a full blackout costs the most in 7 days across Pakistan, $",
    "scenarios": "“Full blackout, 7 days, Pakistan” costs $", "places": "Punjab would lose the most",
    "breakeven": "A full blackout across Pakistan: 7 days cost ",  # of the page, whatever is open
}  # fmt: skip
CHARTS = {"durations": 1, "kinds": 1, "scenarios": 1, "places": 1, "breakeven": 2}


@pytest.mark.parametrize("show", SECTIONS)
def test_every_part_says_its_answer_first(show: str) -> None:
    page = opened(show=show, duration="7d")
    assert headline_of(page).startswith(f"### {HEADLINES[show]}")
    assert len(page.get("plotly_chart")) == CHARTS[show]
    assert link_of(page).get("show", "durations") == show


@pytest.mark.parametrize("kind", ["vpn_block", "slowdown", "cable_cut"])
@pytest.mark.parametrize("show", SECTIONS)
def test_every_part_stands_other_scenarios(show: str, kind: str) -> None:
    page = opened(show=show, kind=kind, country="KEN", spells="3", currency="KES", **{"s2.country": "IRN"})
    assert headline_of(page) and not page.error


def test_the_parts_are_chosen_by_hand_and_by_link() -> None:
    page = opened(duration="7d")
    for show in ("kinds", "places", "scenarios", "durations"):
        sound(page.segmented_control(key="c_show").set_value(show).run())
        assert headline_of(page).startswith(f"### {HEADLINES[show]}")


def test_durations_are_added_removed_and_reset() -> None:
    page = opened()
    widget = page.multiselect(key="c_durations")
    assert widget.value == ["1 hour", "1 day", "3 days", "7 days", "30 days"]
    durations = opened(durations="1h,36h,7d")
    assert beside(durations).durations == (1.0, 36.0, 168.0)
    sound(durations.multiselect(key="c_durations").unselect("7 days").run())
    assert beside(durations).durations == (1.0, 36.0) and link_of(durations)["durations"] == "1h,36h"
    assert ": 36 hours cost" in headline_of(durations)
    sound(durations.button(key="c_durations_reset").click().run())
    assert beside(durations).durations == DEFAULT_DURATIONS and "durations" not in link_of(durations)


def test_a_duration_is_typed_beside_the_chips_and_the_field_is_empty_again() -> None:
    page = opened(durations="1h,1d")
    field = page.text_input(key="c_add_duration")
    sound(field.set_value(" 90 minutes ").run())
    assert beside(page).durations == (1.0, 1.5, 24.0)
    assert page.text_input(key="c_add_duration").value == ""
    assert page.multiselect(key="c_durations").value == ["1 hour", "1.5 hours", "1 day"]
    sound(page.text_input(key="c_add_duration").set_value("1,5 days").run())
    assert link_of(page)["durations"] == "1h,1.5h,1d,36h" and not page.error
    sound(page.text_input(key="c_add_duration").set_value("36 hours").run())
    assert len(beside(page).durations) == 4 and page.text_input(key="c_add_duration").value == ""
    sound(page.multiselect(key="c_durations").unselect("36 hours").run())
    assert 36.0 not in beside(page).durations
    sound(page.text_input(key="c_add_duration").set_value("36 hours").run())
    assert 36.0 in beside(page).durations, "what was taken away can be added again"


@pytest.mark.parametrize(
    ("text", "said"),
    [("soon", "Duration: 'soon' is not a duration; allowed: "),
     ("3 years", "Duration: '3 years' is more than 730 days; allowed: "),
     ("1,500 hours", "Duration: '1,500 hours' could be read in two ways")],
)  # fmt: skip
def test_a_duration_that_cannot_be_used_stays_in_the_field(text: str, said: str) -> None:
    page = opened(durations="1h,1d")
    sound(page.text_input(key="c_add_duration").set_value(text).run())
    (problem,) = [plain(item.value) for item in page.error]
    assert problem.startswith(said)
    assert beside(page).durations == (1.0, 24.0) and page.text_input(key="c_add_duration").value == text
    sound(page.text_input(key="c_add_duration").set_value("").run())
    assert not page.error, "an empty field is no mistake"
    sound(page.text_input(key="c_add_duration").set_value("2 days").run())
    assert beside(page).durations == (1.0, 24.0, 48.0) and not page.error


def unfold(page: AppTest, *folds: str) -> AppTest:
    """The page with these folds open."""
    for name in folds:
        page.session_state[f"x_compare_{name}"] = True
    return sound(page.run())


def test_where_nothing_costs_no_step_is_told() -> None:
    page = unfold(opened(durations="1h,1d", place="0"), "bend", "share")
    assert any("None of these durations has a shorter one" in plain(item.value) for item in page.markdown)
    assert any("Nothing is affected, so there is no share" in item.value for item in page.markdown)
    page = unfold(opened(durations="1d"), "bend")
    assert any("One duration alone has nothing" in plain(item.value) for item in page.markdown)
    page = opened(show="breakeven", place="0")
    assert "costs nothing at any length, so it never reaches $300 million" in tool_of(page)


def test_a_difference_stands_in_its_row_from_the_first_or_step_by_step() -> None:
    page = opened(durations="6h,1d,3d", kind="mobile_only", region="Balochistan")
    rows = compare_durations.durations(state.catalogue(), scenario_of(page), [6.0, 24.0, 72.0])
    (spec,) = charts_of(page)
    for row in rows[1:]:
        assert f"{sentences.signed_text(row.difference, 'USD', money)} from 6 hours" in spec
    sound(page.segmented_control(key="c_steps").set_value("Step by step").run())
    assert link_of(page)["steps"] == "yes" and "grey" not in captions_of(page)
    (spec,) = charts_of(page)
    assert rows[2].more_than_before is not None
    assert f"{sentences.signed_text(rows[2].more_than_before, 'USD', money)} from 1 day" in spec
    again = opened(durations="6h,1d,3d", steps="yes")
    assert again.segmented_control(key="c_steps").value == "Step by step"
    assert "Ignored steps: 'maybe' is no answer; allowed: yes, no." in plain(
        opened(steps="maybe").warning[0].value
    )


def test_the_tool_of_the_break_even_is_a_fold_with_a_link() -> None:
    page = opened()
    assert not [item for item in page.text_input if item.key == "c_threshold"], "closed costs nothing"
    page = opened(show="breakeven")
    assert page.segmented_control(key="c_show").value == "durations" and page.text_input(key="c_threshold")
    sound(page.segmented_control(key="c_show").set_value("kinds").run())
    assert link_of(page)["show"] == "kinds"


def test_a_share_is_of_the_place_itself() -> None:
    page = unfold(opened(durations="1d", kind="mobile_only", region="Balochistan"), "share")
    spec = charts_of(page)[1]
    (row,) = compare_durations.durations(state.catalogue(), scenario_of(page), [24.0])
    made = state.catalogue().regions["Balochistan"].gdp_share
    assert row.share_of_gdp.median is not None and percent(row.share_of_gdp.median / made) in spec
    assert "share of Balochistan\\u2019s own economy" in spec


def test_a_break_even_does_not_hang_on_the_duration_of_the_inputs() -> None:
    said = {
        tool_of(opened(show="breakeven", threshold="1e5", duration=text)) for text in ("1d", "0.5h", "9d")
    }
    assert len(said) == 1 and " within the first hour" in said.pop()


def test_the_twelfth_duration_is_the_last() -> None:
    page = opened(durations=",".join(f"{days}d" for days in range(1, 12)))
    sound(page.text_input(key="c_add_duration").set_value("12 days").run())
    assert len(beside(page).durations) == 12 and not page.error
    sound(page.text_input(key="c_add_duration").set_value("13 days").run())
    (problem,) = [plain(item.value) for item in page.error]
    assert problem.startswith(
        "Duration: '13 days' is one too many; allowed: 12 durations at most; take one away first."
    )
    assert len(beside(page).durations) == 12 and page.text_input(key="c_add_duration").value == "13 days"
    sound(page.multiselect(key="c_durations").unselect("12 days").run())
    assert len(beside(page).durations) == 11


def test_the_last_duration_is_not_taken_away() -> None:
    page = opened(durations="1d")
    sound(page.multiselect(key="c_durations").unselect("1 day").run())
    assert beside(page).durations == (24.0,) and "is nothing to compare" in page.error[0].value


def charts_of(page: AppTest) -> list[str]:
    return [chart.proto.spec for chart in page.get("plotly_chart")]


def captions_of(page: AppTest) -> str:
    return " ".join(plain(item.value) for item in page.caption)


def test_the_grey_bar_is_explained_and_no_time_is_no_reference() -> None:
    page = unfold(opened(durations="0h,1h,1d"), "whole_curve")
    assert captions_of(page).count("; grey: 1 hour, which the others are compared with;") == 1
    table = next(frame.value for frame in page.table if "Times 1\u00a0hour" in frame.value.columns)
    assert table["Times 1\u00a0hour"].tolist()[0] == "0" and table["Times 1\u00a0hour"].tolist()[1] == "1.0"
    assert table["Times the one before"].tolist()[2].endswith(")")
    assert "not defined" not in table.to_string() and "not measured" not in "".join(charts_of(page))
    assert "marked are 1 hour, 1 day." in page.get("plotly_chart")[1].proto.alt, "what the curve shows"
    assert "grey" not in captions_of(opened(durations="1d"))


def test_files_of_several_durations_name_no_single_one(monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    real = blocks.chart_block

    def noted(*args: Any, **kwargs: Any) -> None:
        names.append(args[4])
        real(*args, **kwargs)

    monkeypatch.setattr(blocks, "chart_block", noted)
    page = opened(durations="1h,1d,7d")
    names.clear()
    unfold(page, "per_hour", "whole_curve", "share")
    day = date.today().isoformat()
    whats = ("durations", "cost-per-hour", "durations-curve", "share-of-economy")
    mark = names[0].split("_")[3]  # of the lengths and all else that the words do not say
    assert names == [f"PAK_full_blackout_{mark}_{day}_{what}" for what in whats] and len(mark) == 6


def test_kinds_of_several_spells_in_a_part_say_so_everywhere() -> None:
    page = opened(show="kinds", spells="4", place="0.3")
    assert "costs the most in 4 outages of 1 day in 30% of Pakistan, $" in headline_of(page)
    assert "In 4 outages of 1 day in 30% of Pakistan, a full blackout costs the most: $" in charts_of(page)[0]
    assert "4 outages of 1 day in 30% of Pakistan; direct loss" in captions_of(page)
    (spec,) = charts_of(page)
    assert "Slowdown to 65%" in spec and "Cable cut of 43%" in spec
    assert "slowdown: quality left; cable cut: capacity lost" in captions_of(page)
    table = page.table[0].value
    assert list(table.columns) == [
        "Type",
        "Direct loss",
        "Difference from a full blackout",
        "Times a full blackout",
    ]


def test_scenarios_are_kept_named_loaded_and_removed(catalogue: Catalogue) -> None:
    page = opened(show="scenarios")
    assert headline_of(page).startswith("### Nothing to compare yet")
    sound(page.button(key="compare_keep").click().run())
    sound(page.selectbox(key="w_kind").set_value("mobile_only").run())
    (scenario,) = beside(page).others
    assert scenario.kind == "full_blackout" and "less than “Full blackout, 1 day, Pakistan”" in headline_of(
        page
    )
    differs = next(frame.value for frame in page.table if "Assumption" in frame.value.columns)
    assert differs.iloc[0].tolist() == ["Type of disruption", "Full blackout", "Mobile data cut"]
    sound(page.text_input(key="c_title_0").set_value("My $100 plan").run())
    assert (
        beside(page).others[0].header.title == "My $100 plan" and link_of(page)["s2.title"] == "My $100 plan"
    )
    assert "“My $100 plan”" in headline_of(page)
    sound(page.button(key="compare_keep").click().run())
    page.button(key="compare_keep").click().run()
    assert len(beside(page).others) == 2, "the same scenario twice is no comparison"
    sound(page.text_input(key="w_duration").set_value("9 days").run())
    sound(page.button(key="compare_keep").click().run())
    assert len(beside(page).others) == 3
    sound(button(page, "c_base_2").click().run())
    assert beside(page).others[0].hours == 216
    sound(page.button(key="c_load_1").click().run())
    assert scenario_of(page).kind == "full_blackout" and scenario_of(page).header.title == "My $100 plan"
    for _ in range(3):
        sound(button(page, "c_remove_0").click().run())
    assert beside(page).others == () and not [key for key in link_of(page) if key.startswith("s2")]


def test_a_title_that_cannot_be_used_is_one_sentence() -> None:
    page = opened(show="scenarios", **{"s2.kind": "vpn_block"})
    page.text_input(key="c_title_0").set_value("a\x07b").run()
    (problem,) = [plain(item.value) for item in page.error]
    assert problem.startswith("Title: ") and "allowed: plain text" in problem
    assert beside(page).others[0].header.title == ""


def test_places_change_between_regions_and_countries() -> None:
    page = opened(show="places")
    sound(page.segmented_control(key="c_places").set_value("Countries").run())
    assert beside(page).countries[:2] == ("PAK", "IND") and link_of(page)["countries"].startswith("PAK,IND")
    sound(page.multiselect(key="c_countries").set_value(["KEN", "EGY"]).run())
    assert beside(page).countries == ("KEN", "EGY") and "Egypt" in headline_of(page)
    sound(page.segmented_control(key="c_places").set_value("Regions of Pakistan").run())
    assert beside(page).countries == ()
    sound(page.segmented_control(key="c_places").set_value("Countries").run())
    assert beside(page).countries == ("KEN", "EGY"), "the reader's own set comes back"


def test_places_offer_what_the_economy_has() -> None:
    page = opened(show="places", country="KEN")
    shown = "\n".join(visible(page))
    assert "Kenya" in shown and "Punjab" not in shown
    assert "KEN" in page.multiselect(key="c_countries").value
    assert "c_places" not in {part.key for part in page.segmented_control}


def test_what_has_no_population_says_so(monkeypatch: pytest.MonkeyPatch, catalogue: Catalogue) -> None:
    unknown = next(
        (code for code, row in catalogue.countries.items()
         if row.available == "yes" and "population" not in catalogue.figures[code]), None)  # fmt: skip
    if unknown is None:
        figures = {
            **catalogue.figures,
            "KEN": {k: v for k, v in catalogue.figures["KEN"].items() if k != "population"},
        }
        changed = catalogue.__class__(**{**vars(catalogue), "figures": figures})
        monkeypatch.setattr(state, "catalogue", lambda: changed)
        unknown = "KEN"
    page = unfold(opened(show="places", countries=f"PAK,{unknown}"), "reading", "per_person")
    assert any("Population not known" in item.value for item in page.markdown)


def test_break_even_takes_a_figure_typed_or_offered() -> None:
    page = opened(show="breakeven")
    sound(page.text_input(key="c_threshold").set_value("50").run())
    assert beside(page).threshold == 50e6 and "reaches $50 million after" in tool_of(page)
    page.text_input(key="c_threshold").set_value("1,500").run()
    assert "Figure to pass: '1,500' could be read in two ways; allowed: 1500 or 1.5" in page.error[0].value
    assert beside(page).threshold == 50e6
    sound(page.button(key="c_offer_week").click().run())
    assert "reaches $73.1 million after" in tool_of(page)
    sound(page.button(key="c_offer_cable").click().run())
    assert beside(page).threshold == 59.5e6 and "reaches $59.5 million after" in tool_of(page)
    sound(page.button(key="c_offer_firewall").click().run())
    assert beside(page).threshold == 300e6 and link_of(page)["threshold"] == "300000000.0"
    unfold(page, "whole_curve")
    assert "Amount: $300M" in page.get("plotly_chart")[1].proto.spec
    sound(page.button(key="c_threshold_reset").click().run())
    assert beside(page).threshold is None and "threshold" not in link_of(page)
    assert "reaches $300 million after" in tool_of(page), "the first that is offered"


def test_every_chart_in_a_fold_has_its_table() -> None:
    page = opened(show="durations")
    for name in ("curve", "cost_per_hour"):
        page.session_state[f"table_compare_{name}"] = True
    unfold(page, "per_hour", "whole_curve")
    wide = [frame.value for frame in page.dataframe if "amount_median [M USD]" in frame.value.columns]
    assert (
        len(page.dataframe) == 2 and len(wide) == 1 and "ratio_low [times the reference]" in wide[0].columns
    )


def test_the_table_is_copied_as_a_spreadsheet_takes_it() -> None:
    page = opened(durations="1h,1d")
    table = page.table[0].value
    lines = frames.tab_separated(table).splitlines()
    assert len(lines) == len(table) + 1 and lines[0].startswith("Length\tDirect loss\t")
    assert all(line.count("\t") == len(table.columns) - 1 for line in lines)


def test_what_is_set_aside_is_said() -> None:
    page = opened(show="places", countries="PAK,IND", region="Sindh")
    assert any("whatever region you chose (Sindh)" in plain(item.value) for item in page.info)
    page = opened(show="scenarios", **{"s2.duration": "3d", "s2.draws": "1024", "s2.title": "Three days"})
    assert any("“Three days” was kept with 1,024 simulations" in plain(item.value) for item in page.info)
    page = opened(show="breakeven", threshold="1e5", **{"s2.duration": "3d", "s2.draws": "1024"})
    assert "within the first hour" in tool_of(page)
    page = opened(show="breakeven", **{"s2.duration": "3d", "s2.draws": "1024", "s2.title": "Three days"})
    table = next(frame.value for frame in page.table if "Soonest" in frame.value.columns)
    named = [name.replace("\u00a0", " ") for name in table["Scenario"]]
    assert named == ["Full blackout, 1 day, Pakistan", "Three days"]
    assert any("was kept with 1,024 simulations" in plain(item.value) for item in page.caption)


def test_durations_that_read_alike_both_stay() -> None:
    page = opened(durations="1d,1000.01h,1000.02h")
    widget = page.multiselect(key="c_durations")
    assert widget.value == ["1 day", "1000.01 hours", "1000.02 hours"]
    sound(widget.unselect("1 day").run())
    assert beside(page).durations == (1000.01, 1000.02)


def test_progress_is_shown_for_long_work_and_not_for_short(monkeypatch: pytest.MonkeyPatch) -> None:
    from views.session import waiting

    shown: list[Any] = []
    real = st.progress

    def progress(*args: Any) -> Any:
        shown.append(args)
        return real(*args)

    monkeypatch.setattr(st, "progress", progress)
    monkeypatch.setattr(waiting, "PATIENCE", 600.0)
    opened(draws="300")
    assert not shown
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    page = opened(duration="5d", draws="1024")
    assert shown and 0.0 <= shown[0][0] < 1.0
    assert "Stop" not in [item.label for item in page.button], "done: nothing is left to stop"


@pytest.mark.parametrize("show", SECTIONS)
def test_a_part_that_was_stopped_says_so_and_goes_on(show: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from views.pages.compare import parts
    from views.session import waiting

    def stopped(*_: object) -> None:
        raise waiting.StoppedError

    with monkeypatch.context() as change:
        change.setattr(parts, "watched", stopped)
        change.setattr(state, "watched", stopped)
        estimates.ESTIMATES.clear()
        parts._COMPARED.clear()
        page = opened(show=show, duration="5d", **{"s2.kind": "vpn_block"})
        assert headline_of(page) == "### Stopped: this was not computed."
        assert any("Everything that you set is still there" in item.value for item in page.markdown)
        assert beside(page).others[0].kind == "vpn_block" and scenario_of(page).hours == 120
    sound(page.button(key="w_go_on").click().run())
    assert "Stopped" not in headline_of(page)


def test_the_files_name_the_whole_comparison_as_a_link() -> None:
    from views.pages.compare.frames import link_of as link_in_file

    title = "R&D = 50%, #1"
    page = opened(title=title, **{"s2.title": "a&b=c", "s2.duration": "3d"})
    page.session_state["table_compare_cost_per_hour"] = True
    unfold(page, "per_hour")
    frame = next(item.value for item in page.dataframe if "link" in item.value.columns)
    assert dict(parse_qsl(frame["link"][0]))["draws"] == "256"
    result = compare_durations.durations(state.catalogue(), scenario_of(page), [24.0])[0].result
    assert dict(parse_qsl(link_in_file(result)))["title"] == title
