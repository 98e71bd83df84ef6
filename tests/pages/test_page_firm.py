"""The page My firm: the question as a sentence, the year as its answer, the rest where it is asked for."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Callable, Mapping
from types import MappingProxyType

import pytest
from helpers.estimate_page import plain
from helpers.single_pages import firm_app, hold, moved_values, text_of
from streamlit.testing.v1 import AppTest

from model.__main__ import main
from model.catalogue.load import Catalogue
from model.industry.firm import kinds
from views.pages.firm import controls as controls
from views.pages.firm import page as view
from views.parts.blocks import NO_BREAK

TIMEOUT = 90
NOTHING: Mapping[str, object] = MappingProxyType({})


def two_pages() -> None:
    import streamlit as st

    from views.pages.firm import page as my_firm

    if st.checkbox("Another page", key="elsewhere"):
        st.write("nothing of the firm here")
    else:
        my_firm.page()


def opened(values: Mapping[str, object] = NOTHING, **folds: object) -> AppTest:
    made = AppTest.from_function(firm_app, default_timeout=TIMEOUT)
    hold(made, controls.STORE, **values)
    for key, value in folds.items():
        made.session_state[key] = value
    made.run()
    assert not made.exception, made.exception
    return made


def headline(page: AppTest) -> str:
    (text,) = (str(item.value) for item in page.markdown if str(item.value).startswith("### "))
    return text.replace("\\", "").removeprefix("### ")


def test_the_answer_is_of_a_year_of_faults_of_the_own_line() -> None:
    page = opened()
    assert not page.error and len(page.get("plotly_chart")) == 1
    title = headline(page)
    assert title.startswith(
        "5 outages a year of 4 working hours (fault of the firm's own line) cost this firm in Pakistan about $"
    )
    assert "One year in ten costs more than $" in title
    page.text_input(key="i_firm.outages_per_year").set_value("12").run()
    page.text_input(key="i_firm.people").set_value("350").run()  # no slider finds 350
    assert headline(page).startswith("12 outages a year of 4 working hours") and not page.exception
    assert moved_values(page, controls.STORE) == {"firm.outages_per_year": 12.0, "firm.people": 350.0}
    (table,) = page.table
    verdicts = [str(text).replace(NO_BREAK, " ") for text in table.value["Verdict"]]
    assert verdicts[0].startswith("Worth it: pays in") and len(verdicts) >= 3
    page.selectbox(key="w_industry_kind").set_value("full_blackout").run()
    assert str(page.table[0].value["Verdict"].iloc[0]) == "Saves nothing here"
    assert "Were they faults of the firm's own line" in text_of(page)


def test_only_what_is_open_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("one outage")

    monkeypatch.setattr(view, "firm", refuse)
    page = opened({"firm.people": 321.0})
    assert not page.error and len(page.get("plotly_chart")) == 1


def test_more_holds_one_outage_and_every_figure(catalogue: Catalogue) -> None:
    page = opened(x_firm_more=True)
    assert len(page.get("plotly_chart")) == 3
    for chart in page.get("plotly_chart"):
        json.loads(chart.proto.spec)
    on_page = text_of(page)
    assert "Revenue is $15,400 a working day" in on_page and "60% more exposed" in on_page
    assert "Two clocks: here an outage of one working day leaves the line down for 24 hours" in on_page
    shown = set()
    for item in [*page.slider, *page.radio, *page.text_input]:
        if str(item.key).startswith("i_"):
            assert item.help and "[" in item.help
            shown.add(str(item.key)[2:])
    assert {key for key in catalogue.industry.parameters if key.startswith("firm.")} <= shown
    assert "nan" not in on_page.split()


def test_moved_figures_survive_another_page_and_are_reset() -> None:
    made = AppTest.from_function(two_pages, default_timeout=TIMEOUT)
    made.session_state["x_firm_more"] = True
    made.run()
    made.text_input(key="i_firm.people").set_value("400").run()
    assert "Revenue is $30,800 a working day" in text_of(made)
    made.checkbox(key="elsewhere").check().run()
    made.checkbox(key="elsewhere").uncheck().run()
    made.session_state["x_firm_more"] = True
    made.run()
    assert "Revenue is $30,800 a working day" in text_of(made)
    made.button(key="w_firm_reset").click().run()
    assert "Revenue is $15,400 a working day" in text_of(made) and not made.exception


def test_a_preset_sets_the_firm(catalogue: Catalogue) -> None:
    page = opened()
    page.text_input(key="i_firm.people").set_value("400").run()
    page.selectbox(key="w_industry_preset").set_value("call_centre").run()
    assert page.text_input(key="i_firm.people").value == "150" and not page.exception
    for kind in kinds(catalogue):
        page.selectbox(key="w_industry_kind").set_value(kind).run()
        assert not page.exception and not page.error, kind
    assert "ockdown" in text_of(page)


@pytest.mark.parametrize("end", ["min", "max"])
def test_every_figure_at_its_end_keeps_a_page(end: str, catalogue: Catalogue) -> None:
    rows = catalogue.industry.parameters
    given = {key: float(getattr(row, end)) for key, row in rows.items() if key.startswith("firm.")}
    page = opened(given, x_firm_more=True)
    assert not page.error
    for chart in page.get("plotly_chart"):
        json.loads(chart.proto.spec)


def test_a_word_that_is_no_number_is_told_and_the_page_stays() -> None:
    page = opened()
    before = headline(page)
    for text, said in (("many", "is not a number"), ("9e9", "is out of range")):
        page.text_input(key="i_firm.people").set_value(text).run()
        line = f"[People: '{text}' {said}; allowed: 1 to 100000]]"
        assert any(plain(str(item.value)).endswith(line) for item in page.markdown)
    assert headline(page) == before and not page.exception


def test_no_dollar_sign_is_left_to_be_set_as_a_formula() -> None:
    page = opened(x_firm_more=True)
    shown = [str(item.value) for kind in (page.markdown, page.caption, page.subheader) for item in kind]
    for text in (*shown, *(item.help or "" for item in page.slider)):
        assert text.count("$") == text.count("\\$"), text


def test_what_a_cost_rests_on_stands_below_the_table() -> None:
    page = opened(x_firm_more=True)
    table = page.table[1]
    notes = next(item.value for item in page.markdown if str(item.value).startswith("- One more fixed line"))
    for label in table.value.iloc[:, 0]:
        assert label.replace(NO_BREAK, " ") in notes
    assert "unconfirmed estimate" in notes


def test_screen_and_command_line_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["firm", "--kind", "line_fault", "--format", "json"]) == 0
    assert headline(opened()) in json.loads(capsys.readouterr().out)["sections"]["firm_year"]["sentences"]


def test_the_file_is_what_the_command_line_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With moved figures: the same bytes as the command that the page tells, although one outage is not open."""
    files: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(
        "streamlit.download_button", lambda label, data, *_, key, **__: files.update({key: data})
    )
    page = opened({"firm.people": 350.0, "firm.outage_days": 3.0}, x_industry_command=True)
    command = shlex.split(page.code[0].value)
    assert command[:3] == ["python", "-m", "model"] and main(command[3:]) == 0
    printed = capsys.readouterr().out
    assert printed == files["csv_industry_section"]().decode("utf-8-sig") and "firm.people=350" in printed
    assert {row["section"] for row in csv.DictReader(io.StringIO(printed))} == {"firm_year", "firm"}
