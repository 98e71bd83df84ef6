"""The page of comparisons and what is shared, under AppTest: every part, every control, bad input, files."""

from __future__ import annotations

import re
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from model.catalogue import Catalogue
from model.codecs import from_toml, to_toml
from model.comparison import DEFAULT_DURATIONS, NOTHING, SECTIONS, Comparison, from_link
from model.scenario import BASELINE, Scenario
from views import state

TIMEOUT = 60
QUICK = {"v": "1", "draws": "256"}
EVENT = "VPN crackdown, November 2024"


def _page() -> None:
    """The page alone, with the link of the whole dashboard (AppTest cannot open a page of a navigation)."""
    from views import compare, state

    state.read_link("compare")
    compare.page()
    state.write_link()


def opened(**link: str) -> AppTest:
    """The page as somebody sees it who opens this link."""
    return _run(link, ())


def unfolded(**link: str) -> AppTest:
    """The same with what the reader changed and the ways to share it open."""
    return _run(link, ("x_changed", "x_share"))


def _run(link: dict[str, str], folds: tuple[str, ...]) -> AppTest:
    page = AppTest.from_function(_page, default_timeout=TIMEOUT)
    for key, value in (QUICK | link).items():
        page.query_params[key] = value
    for key in folds:
        page.session_state[key] = True
    return sound(page.run())


def sound(page: AppTest) -> AppTest:
    """No exception, no text taken for a formula, and the link says what the page shows."""
    assert not page.exception, page.exception
    boxes = (page.markdown, page.caption, page.info, page.warning, page.error, page.subheader)
    for text in (str(item.value) for kind in boxes for item in kind):
        assert text.count("$") == text.count("\\$"), text
    assert all(len(chart.proto.alt) > 40 for chart in page.get("plotly_chart"))
    scenario, comparison, ignored = from_link(state.catalogue(), link_of(page))
    now = scenario_of(page)
    assert (scenario.but(header=now.header), ignored) == (now, [])
    assert comparison.durations == beside(page).durations and comparison.others == beside(page).others
    return page


def link_of(page: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[0] for key, value in page.query_params.items()}


def scenario_of(page: AppTest) -> Scenario:
    found = page.session_state[state.SCENARIO]
    assert isinstance(found, Scenario)
    return found


def beside(page: AppTest) -> Comparison:
    found = page.session_state.get(state.COMPARISON, NOTHING)
    assert isinstance(found, Comparison)
    return found


def plain(text: str) -> str:
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", text)


def told(page: AppTest) -> str:
    """The headline: the first text of the page."""
    return plain(next(item.value for item in page.main.markdown if item.value.startswith("### ")))


HEADLINES = {
    "durations": "7 days cost 9", "kinds": "Of 7 kinds, a full blackout costs the most",
    "scenarios": "The scenario in the sidebar costs $", "places": "Punjab would lose the most",
    "breakeven": "A full blackout across Pakistan passes $300M after",
}  # fmt: skip
CHARTS = {"durations": 3, "kinds": 1, "scenarios": 2, "places": 3, "breakeven": 1}


@pytest.mark.parametrize("show", SECTIONS)
def test_every_part_says_its_answer_first(show: str) -> None:
    page = opened(show=show, duration="7d")
    assert told(page).startswith(f"### {HEADLINES[show]}")
    assert len(page.get("plotly_chart")) == CHARTS[show]
    assert link_of(page).get("show", "durations") == show


@pytest.mark.parametrize("kind", ["vpn_block", "slowdown", "cable_cut"])
@pytest.mark.parametrize("show", SECTIONS)
def test_every_part_stands_other_scenarios(show: str, kind: str) -> None:
    page = opened(show=show, kind=kind, country="KEN", spells="3", currency="KES", **{"s2.country": "IRN"})
    assert told(page) and not page.error


def test_the_parts_are_chosen_by_hand_and_by_link() -> None:
    page = opened(duration="7d")
    for show in (*SECTIONS[1:], SECTIONS[0]):
        sound(page.segmented_control(key="c_show").set_value(show).run())
        assert told(page).startswith(f"### {HEADLINES[show]}")


def test_durations_are_added_removed_and_reset() -> None:
    page = opened()
    widget = page.multiselect(key="c_durations")
    assert widget.value == ["1 hour", "1 day", "3 days", "7 days", "30 days"]
    page.session_state["c_durations"] = ["1 hour", "1 day", "36 hours"]
    page.run()
    assert not page.exception
    durations = opened(durations="1h,36h,7d")
    assert beside(durations).durations == (1.0, 36.0, 168.0)
    sound(durations.multiselect(key="c_durations").unselect("7 days").run())
    assert beside(durations).durations == (1.0, 36.0) and link_of(durations)["durations"] == "1h,36h"
    assert "36 hours cost" in told(durations)
    sound(durations.button(key="c_durations_reset").click().run())
    assert beside(durations).durations == DEFAULT_DURATIONS and "durations" not in link_of(durations)


def test_scenarios_are_kept_named_loaded_and_removed(catalogue: Catalogue) -> None:
    page = opened(show="scenarios")
    assert told(page).startswith("### Nothing to compare yet")
    sound(page.button(key="compare_keep").click().run())
    sound(page.selectbox(key="w_kind").set_value("mobile_only").run())
    (kept,) = beside(page).others
    assert kept.kind == "full_blackout" and "less than “Full blackout, 1 day, Pakistan”" in told(page)
    differs = next(frame.value for frame in page.dataframe if "Assumption" in frame.value.columns)
    assert differs.iloc[0].tolist() == ["What happens", "Full blackout", "Mobile data cut"]
    sound(page.text_input(key="c_title_0").set_value("My $100 plan").run())
    assert (
        beside(page).others[0].header.title == "My $100 plan" and link_of(page)["s2.title"] == "My $100 plan"
    )
    assert "“My $100 plan”" in told(page)
    sound(page.button(key="compare_keep").click().run())
    assert page.button(key="compare_keep").disabled, "the same scenario twice is no comparison"
    sound(page.text_input(key="w_duration").set_value("9 days").run())
    sound(page.button(key="compare_keep").click().run())
    assert len(beside(page).others) == 3 and page.button(key="compare_keep").disabled
    sound(page.button(key="c_base_2").click().run())
    assert beside(page).others[0].hours == 216
    sound(page.button(key="c_load_1").click().run())
    assert scenario_of(page).kind == "full_blackout" and scenario_of(page).header.title == "My $100 plan"
    for _ in range(3):
        sound(page.button(key="c_remove_0").click().run())
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
    assert beside(page).countries == ("KEN", "EGY") and "Egypt" in told(page)
    sound(page.segmented_control(key="c_places").set_value("Regions of Pakistan").run())
    assert beside(page).countries == ()
    sound(page.segmented_control(key="c_places").set_value("Countries").run())
    assert beside(page).countries == ("KEN", "EGY"), "the reader's own set comes back"


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
    page = opened(show="places", countries=f"PAK,{unknown}")
    assert any("Population not known" in item.value for item in page.markdown)


def test_break_even_takes_a_figure_typed_or_offered() -> None:
    page = opened(show="breakeven")
    sound(page.number_input(key="c_threshold").set_value(50.0).run())
    assert beside(page).threshold == 50e6 and "passes $50M after" in told(page)
    sound(page.button(key="c_offer_week").click().run())
    assert "passes $73M after" in told(page)
    sound(page.button(key="c_offer_firewall").click().run())
    assert beside(page).threshold == 300e6 and link_of(page)["threshold"] == "300000000.0"
    sound(page.segmented_control(key="c_show").set_value("durations").run())
    assert "Figure to pass" in page.get("plotly_chart")[1].proto.spec


def test_every_chart_has_its_table() -> None:
    page = opened(show="durations")
    for name in ("durations", "curve", "cost_per_hour"):
        page.session_state[f"table_compare_{name}"] = True
    sound(page.run())
    wide = [frame.value for frame in page.dataframe if "amount_median [M USD]" in frame.value.columns]
    assert len(wide) == 2 and "ratio_low [times the reference]" in wide[0].columns


def test_an_event_shows_its_source_and_its_range() -> None:
    page = opened()
    sound(page.selectbox(key="w_starting_point").set_value(EVENT).run())
    event = state.events()[EVENT]
    assert event.hours_range is not None and scenario_of(page) == event.scenario
    said = [plain(item.value) for item in page.sidebar.caption]
    assert any("Length: 11 days to 61 days, most likely 30 days (an assumption)" in text for text in said)
    assert any(text.startswith("Source: ") and "https://" in text for text in said)
    sound(page.button(key="event_high").click().run())
    assert scenario_of(page).hours == event.hours_range[2] and link_of(page)["from"] == event.id
    again = opened(**link_of(page))
    assert again.session_state[state.START] == event.scenario, "a reload keeps where the reader began"
    sound(again.button(key="w_reset").click().run())
    assert scenario_of(again) == event.scenario and "from" not in link_of(again)
    sound(again.button(key="event_low").click().run())
    sound(again.button(key="event_best").click().run())
    assert again.selectbox(key="w_starting_point").value == EVENT, "back where it began, by hand"


def test_events_open() -> None:
    page = opened(show="breakeven")
    for title, event in list(state.events().items())[::6]:  # each event has its own tests in the model
        page.session_state["w_starting_point"] = title
        page.session_state[state.START] = page.session_state[state.SCENARIO] = event.scenario
        page.run()
        assert not page.exception and not page.error, title
        assert page.selectbox(key="w_starting_point").value == title


def test_what_i_changed_can_be_taken_back_one_by_one() -> None:
    link = {"kind": "cable_cut", "capacity_lost": "0.7", "duration": "9d", "country": "KEN", "place": "0.5",
            "currency": "KES", "spells": "3", "sector.trade.dependence": "0.3"}  # fmt: skip
    page = unfolded(**link)
    backs = [item.key for item in page.button if str(item.key).startswith("share_back_")]
    assert len(backs) == len(link) + 1  # and the draws
    label = next(item.label for item in page.expander if item.label.startswith("What I changed"))
    assert label == f"What I changed ({len(backs)})"
    for key in ("country", "kind", "hours", "spells", "sector.trade.dependence", "draws"):
        sound(page.button(key=f"share_back_{key}").click().run())
        assert not page.error, key
    assert scenario_of(page) == BASELINE and link_of(page) == {}


def test_reset_all_leaves_nothing() -> None:
    page = unfolded(duration="9d", durations="1h,2h", **{"s2.kind": "vpn_block"})
    sound(page.button(key="share_reset_all").click().run())
    assert scenario_of(page) == BASELINE and beside(page) == NOTHING and link_of(page) == {}


def _upload(page: AppTest, content: bytes) -> AppTest:
    page.file_uploader[0].upload("mine.toml", content, "application/toml").run()
    assert not page.exception, page.exception
    return page


def test_a_file_opens_whole() -> None:
    given = BASELINE.but(kind="slowdown", ratio=0.4, hours=50.0, assumptions={"churn.rate": 0.01})
    page = _upload(unfolded(), to_toml(given).encode())
    assert scenario_of(page) == given and not page.error
    assert link_of(page)["kind"] == "slowdown"
    offered = page.get("download_button")
    assert any(item.proto.id.endswith("share_file") for item in offered)


@pytest.mark.parametrize(
    ("content", "field"),
    [(b"[scenario]\nkind = 'vpn_block'\nhours = -1\n", "Hours"), (b"x" * 70_000, "Scenario file"),
     (b"\xff\xfe\x00", "Scenario file"), (b"[" * 60_000, "Scenario file")],
    ids=["half good", "huge", "bytes", "deep"],
)  # fmt: skip
def test_a_bad_file_is_one_sentence_and_nothing_of_it_is_used(content: bytes, field: str) -> None:
    page = unfolded(duration="9d")
    before = scenario_of(page)
    _upload(page, content)
    (problem,) = [plain(item.value) for item in page.error]
    assert problem.startswith(f"{field}: ") and "allowed: " in problem and len(problem) < 600
    assert scenario_of(page) == before and link_of(page)["duration"] == "9d"


def test_a_bad_link_says_what_was_ignored() -> None:
    page = AppTest.from_function(_page, default_timeout=TIMEOUT)
    bad = {
        "durations": "1h,soon",
        "countries": "Atlantis",
        "show": "x",
        "threshold": "many",
        "from": "nobody",
        "s2.kind": "flood",
    }
    for key, value in bad.items():
        page.query_params[key] = value
    sound(page.run())
    said = [plain(item.value) for item in page.warning]
    assert len(said) == len(bad) and all("gnored" in text and "allowed: " in text for text in said)


def test_progress_is_shown_for_long_work_and_not_for_short(monkeypatch: pytest.MonkeyPatch) -> None:
    from views import compare_parts

    shown: list[Any] = []
    real = st.progress

    def progress(*args: Any) -> Any:
        shown.append(args)
        return real(*args)

    monkeypatch.setattr(st, "progress", progress)
    opened()
    assert not shown
    monkeypatch.setattr(compare_parts, "SLOW", 1000)
    opened(duration="5d")
    assert shown and shown[0][0] == 0.0


def test_the_session_keeps_few_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    from views import compare_parts

    monkeypatch.setattr(compare_parts, "MOST_REMEMBERED", 2)
    page = opened()
    for spells in range(1, 5):
        page.number_input(key="w_spells").set_value(spells).run()
    assert len(page.session_state[compare_parts.REMEMBERED]) == 2


def test_a_saved_scenario_is_the_readers(catalogue: Catalogue) -> None:
    from views.sharing import _file, file_name

    text = _file(BASELINE.but(hours=36.5), "Ein\x07 Titel, für später ")
    assert from_toml(catalogue, text.encode()).header.title == "Ein Titel, für später"
    assert file_name(BASELINE.but(hours=36.5)) == "PAK_full_blackout_36p5h_scenario.toml"
