"""The page Pakistan IT: every section, its figures under moved sliders, and nothing computed unseen."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Callable, Mapping
from types import MappingProxyType

import pytest
from helpers.single_pages import hold, moved_values, pakistan_app, text_of, titles_of
from streamlit.testing.v1 import AppTest

from model.__main__ import main
from model.catalogue.load import Catalogue
from views.pages.pakistan import controls as controls
from views.pages.pakistan import page as view

TIMEOUT = 90
NOTHING: Mapping[str, object] = MappingProxyType({})
# What each section opens with; its folds hold more.
CHARTS = {"VPN block": 1, "Exports": 2, "Freelancers": 1, "Talent": 2, "Continuity": 3, "Recurring": 2}
FOLDS = {
    "VPN block": {"x_block_more": 3, "x_block_add": 1},
    "Exports": {"x_growth_more": 2, "x_growth_own": 1},
}


def two_pages() -> None:
    import streamlit as st

    from views.pages.pakistan import page as pakistan

    if st.checkbox("Another page", key="elsewhere"):
        st.write("nothing of the industry here")
    else:
        pakistan.page()


def opened(section: str, values: Mapping[str, object] = NOTHING, **folds: object) -> AppTest:
    made = AppTest.from_function(pakistan_app, default_timeout=TIMEOUT)
    hold(made, controls.STORE, section=section, **values)
    for key, value in folds.items():
        made.session_state[key] = value
    made.run()
    assert not made.exception, made.exception
    return made


@pytest.mark.parametrize("folded", [True, False])
@pytest.mark.parametrize("section", list(view.SECTIONS))
def test_section(section: str, folded: bool) -> None:
    folds = {} if folded else FOLDS.get(section, {})
    page = opened(section, NOTHING, **dict.fromkeys(folds, True))
    assert not page.error
    charts = page.get("plotly_chart")
    assert len(charts) == CHARTS[section] + sum(folds.values())
    for chart in charts:
        json.loads(chart.proto.spec)
    assert "nan" not in text_of(page).split()


@pytest.mark.parametrize("section", list(view.SECTIONS))
def test_no_dollar_sign_is_left_to_be_set_as_a_formula(section: str) -> None:
    page = opened(section)
    shown = [str(item.value) for kind in (page.markdown, page.caption, page.subheader) for item in kind]
    for text in (*shown, *(item.label for item in page.metric), *(item.help or "" for item in page.slider)):
        assert text.count("$") == text.count("\\$"), text


def test_only_the_open_section_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    for name in ("continuity", "block", "freelance", "work_from_home"):

        def refuse(*_: object, name: str = name) -> None:
            seen.append(name)
            raise AssertionError(name)

        monkeypatch.setattr(view, name, refuse)
    monkeypatch.setattr("views.pages.pakistan.bridge.of_page", refuse)
    page = opened("Exports", {"industry.receipts_musd": 3456.0})
    assert not page.error and not seen


def test_the_shortfall_is_never_told_without_its_baseline() -> None:
    page = opened("Exports")
    assert "if they otherwise grew 18.2% a year (“Last year (FY24 to FY25)”)." in text_of(page)
    titles = titles_of(page)
    assert any("short" in title and "“Last year (FY24 to FY25)”, 18.2% a year" in title for title in titles)
    page.selectbox(key="w_industry_baseline").set_value("claimed").run()
    titles = titles_of(page)
    assert any("short" in title and "“As claimed”, 30.0% a year" in title for title in titles)
    assert not page.exception


def test_moved_sliders_move_the_page_and_survive_another_page() -> None:
    made = AppTest.from_function(two_pages, default_timeout=TIMEOUT)
    hold(made, controls.STORE, section="Exports")
    made.run()
    assert "Undisturbed they go from $3.81 billion" in text_of(made)
    made.text_input(key="i_industry.receipts_musd").set_value("4000").run()
    assert "Undisturbed they go from $4.00 billion" in text_of(made)
    made.checkbox(key="elsewhere").check().run()
    made.checkbox(key="elsewhere").uncheck().run()
    assert "Undisturbed they go from $4.00 billion" in text_of(made)
    made.button(key="w_industry_reset").click().run()
    assert "Undisturbed they go from $3.81 billion" in text_of(made)
    assert not made.exception


def test_three_tabs_and_a_question_where_a_tab_has_several() -> None:
    page = opened("VPN block")
    (tabs,) = (item for item in page.segmented_control if item.key == "w_industry_section")
    assert tabs.options == list(view.TABS) and len(tabs.options) == 3
    assert not [item for item in page.button_group if item.key == "w_industry_question"]
    tabs.set_value("People, measures and outages").run()
    assert "the mean direct loss over years is" in text_of(page) and not page.exception
    (questions,) = (item for item in page.button_group if item.key == "w_industry_question")
    questions.set_value("Talent").run()
    assert "not be enough people" in text_of(page) and not page.exception
    assert moved_values(page, controls.STORE) == {"section": "Talent"}


def test_freelancers_inside_and_on_top() -> None:
    page = opened("Freelancers")
    assert "inside official earnings" in text_of(page) and "no measurement" in text_of(page)
    page.radio(key="i_freelance.inside").set_value("On top of official earnings").run()
    assert "on top of official earnings" in text_of(page)
    page.slider(key="i_freelance.rating_loss_share").set_value(0.05).run()
    assert "Through lower ratings, on your figure" in text_of(page) and not page.exception


def test_own_calendar_has_sliders_and_my_scenario_is_on_offer() -> None:
    page = opened("Recurring")
    page.selectbox(key="w_industry_calendar").set_value("own").run()
    page.slider(key="i_calendar.full_blackout.per_year").set_value(0.0).run()
    page.slider(key="i_calendar.cable_cut.per_year").set_value(0.0).run()
    assert "No disruption in this calendar." in page.info[0].value and not page.exception
    page.selectbox(key="w_industry_calendar").set_value("scenario").run()
    assert "as on the Estimate page" in str(page.get("plotly_chart")[0].proto.spec) and not page.exception


def test_a_value_that_cannot_be_used_is_a_sentence_and_the_page_stays() -> None:
    page = opened("VPN block", {"industry.vpn_block_days": 9000.0}, x_block_more=True)
    assert "is out of range" in page.error[0].value
    assert "365 days of VPN blocking" in text_of(page)


@pytest.mark.parametrize("section", list(view.SECTIONS))
@pytest.mark.parametrize("end", ["min", "max"])
def test_every_slider_at_its_end_keeps_a_page(section: str, end: str, catalogue: Catalogue) -> None:
    rows = catalogue.industry.parameters
    given = {
        key: float(getattr(row, end))
        for key, row in rows.items()
        if not key.startswith("calendar.") and not key.endswith(".coverage") and key in controls.STORE.fields
    }
    page = opened(section, given)
    assert not page.error
    for chart in page.get("plotly_chart"):
        json.loads(chart.proto.spec)


def test_screen_and_command_line_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    for section, command in (
        ("Exports", ["exports"]),
        ("Continuity", ["levers"]),
    ):
        assert main(command) == 0
        printed = capsys.readouterr().out.replace("\\n", "\n")
        first = (
            next(str(item.value) for item in opened(section).markdown)
            .replace("\\", "")
            .removeprefix("### ")
            .removeprefix("Pakistan: ")
        )
        assert first in printed.replace('\\"', '"'), section


def test_exports_name_choices_versions_and_changes(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    from views.parts import blocks

    made: list[tuple[str, blocks.ChartTable]] = []
    monkeypatch.setattr(
        blocks, "chart_block", lambda name, caption, table, build, file: made.append((file, table))
    )
    opened("Exports", {"industry.receipts_musd": 3000.0})
    assert all("against-last_year" in name for name, _ in made)
    _, table = made[1]
    row = next(csv.DictReader(io.StringIO(table.csv())))
    assert row["changed"] == "industry.receipts_musd=3000.0&industry.vpn_block_days=365.0"
    assert row["baseline"] == "last_year"
    assert row["data_version"] == catalogue.data_version and float(row["undisturbed [M USD]"]) == 3000


def test_the_file_of_a_section_is_what_the_command_line_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With moved figures: the same bytes as the command that the page tells."""
    files: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(
        "streamlit.download_button", lambda label, data, *_, key, **__: files.update({key: data})
    )
    outputs: list[str] = []
    moves: tuple[tuple[str, dict[str, object]], ...] = (
        ("Continuity", {"measure.budget_musd": 5.0, "measure.whitelisting.unit_usd": (4.0, 10.0, 30.0)}),
        ("Continuity", {}),
    )
    for section, moved in moves:
        page = opened(section, moved, x_industry_command=True)
        command = shlex.split(page.code[0].value)
        assert command[:3] == ["python", "-m", "model"] and main(command[3:]) == 0
        outputs.append(capsys.readouterr().out)
        assert outputs[-1] == files["csv_industry_section"]().decode("utf-8-sig")
    assert "measure.budget_musd=5" in outputs[0] and "assumed cost" in outputs[1] and outputs[0] != outputs[1]


def test_the_measures_are_told_in_plain_words(catalogue: Catalogue) -> None:
    page = opened("Continuity", x_industry_what=True)
    on_page = text_of(page)
    for lever in catalogue.levers.values():
        assert lever.help in on_page
    assert "a shield in a lockdown, an exposure" in on_page and "(assumed cost)" in on_page
    page.radio(key="i_measure.count_later").set_value("Later losses of value added too").run()
    assert "direct losses and later losses of value added" in text_of(page) and not page.exception


def test_the_best_mix_is_no_further_measure_of_the_charts() -> None:
    page = opened("Continuity", {"measure.budget_musd": 1.0})
    assert "sets is Help desk around the clock:" in text_of(page)  # a mix of one: it must not stand twice
    bars = str(page.get("plotly_chart")[0].proto.spec)
    assert bars.count("Backup hubs") > 0 and "Best mix" not in bars


def test_a_mean_is_called_a_mean_and_years_differ() -> None:
    page = opened("Recurring")
    labels = [str(item.label) for item in page.metric]
    assert labels[:3] == ["Mean over years", "Half of the years stay below", "Nine years in ten"]
    assert "the mean direct loss over years is" in text_of(page)


def test_every_control_says_source_and_status(catalogue: Catalogue) -> None:
    rows = catalogue.industry.parameters
    shown = set()
    for section in view.SECTIONS:
        page = opened(section, x_block_more=True, x_growth_more=True, x_industry_costs=True)
        for item in [*page.slider, *page.radio, *page.text_input]:
            if str(item.key).startswith("i_"):
                assert item.help and "[" in item.help
                shown.add(str(item.key)[2:])
    # The length of the block has a field of its own; the firm has its own page.
    unseen = {key for key in rows if key not in shown and not key.startswith(("calendar.", "firm."))}
    assert unseen <= {"industry.own_growth", "talent.survey_need", controls.DAYS}, unseen
