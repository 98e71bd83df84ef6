"""What is shared, under AppTest: starting points, what was changed, files, titles."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
from helpers.compare_page import (
    EVENT,
    beside,
    button,
    link_of,
    opened,
    plain,
    scenario_of,
    sound,
    start_of,
    unfolded,
)
from streamlit.testing.v1 import AppTest

from model.scenario.comparison import ITSELF, NOTHING
from model.scenario.fields import Header
from model.scenario.file import to_toml
from model.scenario.scenario import BASELINE
from views.session import state


def _upload(page: AppTest, content: bytes) -> AppTest:
    page.file_uploader[0].upload("mine.toml", content, "application/toml").run()
    assert not page.exception, page.exception
    return page


def test_an_event_shows_its_source_and_its_range() -> None:
    page = opened()
    sound(page.selectbox(key="w_starting_point").set_value(EVENT).run())
    event = state.events()[EVENT]
    (length,) = [item for item in event.ranges if item.field == "hours"]
    assert scenario_of(page) == event.scenario
    said = [plain(item.value) for item in page.caption]
    assert any("Length: 11 days to 61 days, most likely 30 days (an assumption)" in text for text in said)
    assert any(text.startswith("Source: ") and "https://" in text for text in said)
    sound(page.button(key="event_high").click().run())
    assert scenario_of(page).hours == length.high and link_of(page)["from"] == event.id
    again = opened(**link_of(page))
    assert start_of(again) == event.scenario, "a reload keeps where the reader began"
    sound(again.button(key="w_reset").click().run())
    assert scenario_of(again) == event.scenario and "from" not in link_of(again)
    sound(again.button(key="event_low").click().run())
    sound(again.button(key="event_best").click().run())
    assert again.selectbox(key="w_starting_point").value == EVENT, "back where it began, by hand"


@pytest.mark.slow
def test_events_open() -> None:
    page = opened(show="breakeven")
    for title, event in list(state.events().items())[::12]:  # each event has its own tests in the model
        page.selectbox(key="w_starting_point").set_value(title).run()
        assert not page.exception and not page.error, title
        assert (scenario_of(page), start_of(page)) == (event.scenario, event.scenario)
        assert page.selectbox(key="w_starting_point").value == title


def test_what_i_changed_can_be_taken_back_one_by_one() -> None:
    link = {"kind": "cable_cut", "capacity_lost": "0.7", "duration": "9d", "country": "KEN", "place": "0.5",
            "currency": "KES", "spells": "3", "sector.trade.dependence": "0.3"}  # fmt: skip
    page = unfolded(**link)
    backs = [item.key for item in page.button if str(item.key).startswith("share_back_")]
    assert len(backs) == len(link) + 1  # and the draws
    lines = [plain(item.value) for item in page.markdown]
    assert "Country: **Kenya** :gray[(was Pakistan)]" in lines
    assert f":blue-badge[{len(backs)}]" in lines, "the count in view"
    for key in ("country", "kind", "hours", "spells", "sector.trade.dependence", "draws"):
        sound(page.button(key=f"share_back_{key}").click().run())
        assert not page.error, key
    assert scenario_of(page) == BASELINE and link_of(page) == {}


def test_reset_all_leaves_nothing() -> None:
    page = unfolded(duration="9d", durations="1h,2h", **{"s2.kind": "vpn_block"})
    sound(page.button(key="share_reset_all").click().run())
    assert scenario_of(page) == BASELINE and beside(page) == NOTHING and link_of(page) == {}


def test_a_file_opens_whole() -> None:
    given = BASELINE.with_changes(kind="slowdown", ratio=0.4, hours=50.0, assumptions={"churn.rate": 0.01})
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


def test_a_file_stays_the_starting_point_after_a_reload() -> None:
    given = BASELINE.with_changes(
        kind="slowdown", ratio=0.4, hours=50.0, draws=256, header=Header(title="Our case")
    )
    page = _upload(unfolded(), to_toml(given).encode())
    assert link_of(page)["from"] == ITSELF
    again = unfolded(**link_of(page))
    assert start_of(again) == given
    assert "Compared with: Our case" in [plain(item.value) for item in again.caption]
    sound(again.text_input(key="w_duration").set_value("9 days").run())
    assert link_of(again)["from.duration"] == "50h" and "from" not in link_of(again)
    assert "title" not in link_of(again), "what was changed is no longer what the title names"
    last = unfolded(**link_of(again))
    assert (scenario_of(last).hours, start_of(last)) == (216.0, given)
    assert [item.key for item in last.button if str(item.key).startswith("share_back_")] == [
        "share_back_hours"
    ]
    sound(last.button(key="w_reset").click().run())
    assert scenario_of(last) == given and link_of(last)["from"] == ITSELF


def test_what_a_file_says_of_itself_survives_a_reload() -> None:
    header = Header(
        "Our case", "A. Author", "2026-05-01", "https://example.org/report", "because: 50% & more"
    )
    given = BASELINE.with_changes(kind="slowdown", ratio=0.4, hours=50.0, draws=256, header=header)
    page = _upload(unfolded(), to_toml(given).encode())
    assert link_of(page)["author"] == "A. Author" and link_of(page)["why"] == "because: 50% & more"
    again = unfolded(**link_of(page))
    assert scenario_of(again) == given and start_of(again) == given
    sound(again.text_input(key="w_duration").set_value("9 days").run())
    last = unfolded(**link_of(again))
    assert start_of(last) == given, "its start is still known with all of its words"
    shipped = next(iter(state.events().values())).scenario
    page = unfolded()
    sound(page.selectbox(key="w_starting_point").set_value(shipped.header.title).run())
    assert set(link_of(page)) & {"author", "date", "reference", "why"} == set(), "found again by its title"


def test_the_fold_of_changes_lists_the_comparison_too() -> None:
    page = unfolded(durations="1h,2h", countries="IND,EGY", threshold="3e8")
    lines = [plain(item.value) for item in page.markdown]
    for label, now, was in (
        ("Durations compared", "1 hour, 2 hours", "1 hour, 1 day, 3 days, 7 days, 30 days"),
        ("Countries compared", "India, Egypt", "the regions of Pakistan"),
        ("Figure to pass", "$300 million", "none of your own"),
    ):
        assert f"{label}: **{now}** :gray[(was {was})]" in lines
    for name in ("durations", "countries", "threshold"):
        sound(page.button(key=f"share_back_{name}").click().run())
        assert name not in link_of(page)


def test_a_title_is_printed_and_not_drawn() -> None:
    from views.words import escaped

    for text in (":material/home:", ":material/arrow_back:", ":smile:"):
        assert escaped(text).startswith(f"\\:\u2060{text[1:4]}")
    assert escaped(":red[text]") == r"\:red\[text\]"
    assert escaped("10:30 to 12:45") == "10:30 to 12:45", "a time stays as it is"


def test_a_loaded_scenario_without_a_title_is_the_start_too() -> None:
    page = unfolded(show="scenarios", **{"s2.kind": "vpn_block", "s2.draws": "256"})
    sound(page.button(key="c_load_0").click().run())
    again = unfolded(**link_of(page))
    assert start_of(again).kind == scenario_of(again).kind == "vpn_block"
    said = [plain(item.value) for item in again.caption]
    assert "Compared with: an opened or loaded scenario without a title" in said


def test_other_values_do_not_pass_for_an_event() -> None:
    page = opened(title=EVENT, duration="3d", kind="vpn_block")
    event = state.events()[EVENT].scenario
    assert scenario_of(page).header.title == "" and start_of(page) == event
    assert page.selectbox(key="w_starting_point").value != EVENT
    assert any(EVENT in plain(item.value) and "changed from it" in item.value for item in page.warning)
    said = [plain(item.value) for item in page.caption]
    assert f"Begun from: {EVENT}; changed since." in said
    assert not any(text.startswith("Source: ") for text in said), "the source does not say what was changed"
    sound(page.button(key="w_reset").click().run())
    assert scenario_of(page) == event


def test_a_kept_scenario_or_a_file_does_not_pass_for_an_event() -> None:
    page = unfolded(show="scenarios", **{"s2.title": EVENT, "s2.duration": "3d", "s2.draws": "256"})
    assert beside(page).others[0].header.title == f"{EVENT} (changed)"
    page.text_input(key="c_title_0").set_value(EVENT).run()
    (problem,) = [plain(item.value) for item in page.error]
    assert "is the title of other values" in problem and beside(page).others[0].header.title.endswith(
        "(changed)"
    )
    _upload(page, f'title = "{EVENT}"\n[scenario]\nhours = 3.0\n'.encode())
    assert scenario_of(page).header.title == f"{EVENT} (changed)"


def test_a_file_is_named_after_its_scenario() -> None:
    from views.parts.sharing import scenario_file_name

    today = date.today().isoformat()
    given = BASELINE.with_changes(hours=36.5)
    assert scenario_file_name(given) == f"PAK_full_blackout_36p5h_{today}_scenario.toml"
    others = (
        given, given.with_changes(regions=("Balochistan",)), given.with_changes(spells=3),
        given.with_changes(place=0.5), given.with_changes(currency="PKR"),
        given.with_changes(assumptions={"onset.shape": 0.9}),
    )  # fmt: skip
    assert len({scenario_file_name(other) for other in others}) == len(others), "the same for two scenarios"


def test_a_start_in_a_link_does_not_pass_for_an_event() -> None:
    page = opened(duration="5d", **{"from.title": EVENT, "from.duration": "3h", "from.kind": "vpn_block"})
    (said,) = [plain(item.value) for item in page.warning]
    assert said == f"Starting point: “{EVENT}” is the title of other values; this one is changed from it."
    sound(page.button(key="w_reset").click().run())
    assert scenario_of(page).hours == 3.0 and scenario_of(page).header.title == f"{EVENT} (changed)"
    captions = [plain(item.value) for item in page.caption]
    assert not any(text.startswith(("Source: ", "Length: ")) for text in captions)


def test_a_typed_title_is_kept_in_the_link_and_through_changes() -> None:
    page = unfolded()
    sound(page.text_input(key="share_title").set_value(" My first case ").run())
    assert scenario_of(page) == BASELINE.with_changes(draws=256, header=Header(title="My first case"))
    sound(page.text_input(key="w_duration").set_value("5 days").run())
    assert link_of(page) == {"v": "2", "duration": "5d", "draws": "256", "title": "My first case"}
    again = unfolded(**link_of(page))
    assert again.text_input(key="share_title").value == "My first case"
    sound(again.selectbox(key="w_starting_point").set_value(EVENT).run())
    assert again.text_input(key="share_title").value == EVENT, "the title is the event's now"
    sound(again.text_input(key="w_duration").set_value("9 days").run())
    assert again.text_input(key="share_title").value == "" and "title" not in link_of(again)
    again.text_input(key="share_title").set_value(EVENT).run()
    (problem,) = [plain(item.value) for item in again.error]
    assert "is the title of other values" in problem and scenario_of(again).header.title == ""


def test_an_event_with_the_readers_title_keeps_its_source() -> None:
    page = unfolded()
    sound(page.selectbox(key="w_starting_point").set_value(EVENT).run())
    sound(page.text_input(key="share_title").set_value("Slide 4").run())
    event = state.events()[EVENT].scenario
    assert scenario_of(page).header.reference == event.header.reference
    captions = [plain(item.value) for item in page.caption]
    assert any(text.startswith("Source: ") for text in captions)
    sound(page.text_input(key="w_spells").set_value("2").run())
    assert scenario_of(page).header == Header(title="Slide 4"), "the source does not tell of two spells"
    sound(page.button(key="w_reset").click().run())
    assert scenario_of(page) == event


def test_a_file_with_an_author_is_kept_once_and_comes_back_whole() -> None:
    header = Header(title="Our case", author="A. Author", date="2026-01-05", reference="Our notes")
    given = BASELINE.with_changes(hours=50.0, draws=256, header=header)
    page = _upload(unfolded(show="scenarios"), to_toml(given).encode())
    sound(page.button(key="compare_keep").click().run())
    for key in ("compare_keep", "share_keep", "c_load_0"):
        sound(page.button(key=key).click().run())
    assert len(beside(page).others) == 1 and scenario_of(page) == given
    sound(page.text_input(key="w_duration").set_value("9 days").run())
    sound(page.button(key="c_load_0").click().run())
    assert scenario_of(page) == given and link_of(page)["from"] == ITSELF
    assert link_of(page)["s2.title"] == "Our case" and link_of(page)["author"] == "A. Author"
    assert not [key for key in link_of(page) if key.startswith("s2.") and key.endswith("author")]


def test_what_was_typed_for_one_country_stays_there() -> None:
    typed = {"currency.lcu_per_usd": "280.0", "exports.receipts_musd": "4000", "churn.rate": "0.01"}
    page = unfolded(currency="PKR", **typed)
    sound(page.selectbox(key="w_country").set_value("KEN").run())
    (said,) = [plain(item.value) for item in page.warning]
    assert said.startswith("Typed for Pakistan alone, so taken back: ")
    assert dict(scenario_of(page).assumptions) == {"churn.rate": 0.01}
    sound(page.radio(key="w_currency").set_value("KES").run())
    assert not page.warning and "currency.lcu_per_usd" not in link_of(page)
    page = unfolded(country="KEN", currency="KES", **typed)
    sound(page.button(key="share_back_country").click().run())
    assert (scenario_of(page).country, scenario_of(page).currency) == ("PAK", "USD")
    assert dict(scenario_of(page).assumptions) == {"churn.rate": 0.01}
    assert any("Typed for Kenya alone" in plain(item.value) for item in page.warning)


def test_no_button_of_a_kept_scenario_is_that_of_another() -> None:
    """A second click names a button by its key: after a change no such button may be there."""

    def keys() -> set[str]:
        return {str(item.key) for item in page.button if str(item.key).startswith(("c_remove_", "c_base_"))}

    page = opened(
        show="scenarios", **{"s2.kind": "vpn_block", "s3.kind": "mobile_only", "s4.kind": "slowdown"}
    )
    first = keys()
    sound(page.text_input(key="c_title_1").set_value("Phones").run())
    assert keys() == first and len(first) == 5, "a title that is typed takes no button away"
    sound(button(page, "c_base_2").click().run())
    assert [item.kind for item in beside(page).others] == ["slowdown", "vpn_block", "mobile_only"]
    assert beside(page).others[2].header.title == "Phones" and not keys() & first
    second = keys()
    sound(button(page, "c_remove_0").click().run())
    assert [item.kind for item in beside(page).others] == ["vpn_block", "mobile_only"]
    assert not keys() & (first | second)


def test_the_picked_countries_survive_a_reload_behind_the_regions() -> None:
    page = opened(show="places", countries="IND,KEN")
    sound(page.segmented_control(key="c_places").set_value("Regions of Pakistan").run())
    assert link_of(page)["picked"] == "IND,KEN" and "countries" not in link_of(page)
    again = opened(**link_of(page))
    sound(again.segmented_control(key="c_places").set_value("Countries").run())
    assert link_of(again)["countries"] == "IND,KEN" and "picked" not in link_of(again)


def test_streamlit_still_says_which_page_a_run_is_of_and_can_be_told_another() -> None:
    from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

    assert {"context_info", "pages_manager"} <= {item.name for item in fields(ScriptRunContext)}
    assert isinstance(ScriptRunContext.page_script_hash, property)
    page = opened()
    page.context = {"url": "http://localhost:8501/"}
    sound(page.text_input(key="w_duration").set_value("9 days").run())
    assert link_of(page)["duration"] == "9d"
