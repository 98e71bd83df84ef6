"""The page Events: the shipped list, a list that is uploaded, its filters, and what cannot be used."""

from __future__ import annotations

import json

import pytest
from helpers.event_rows import stop
from helpers.single_pages import events_app, hold, text_of
from streamlit.testing.v1 import AppTest

from model.catalogue.load import ROOT
from model.estimation.estimate import estimate
from model.scenario.link import from_query
from views.pages.events import controls
from views.session import state

TIMEOUT = 90


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_function(events_app, default_timeout=TIMEOUT)


def sound(page: AppTest) -> AppTest:
    assert not page.exception, page.exception
    return page


def uploaded(page: AppTest, name: str, content: bytes) -> AppTest:
    page.run()
    page.file_uploader[0].upload(name, content, "text/csv").run()
    return sound(page)


def test_without_a_list_the_shipped_events_stand_there(page: AppTest) -> None:
    sound(page.run())
    assert "51 documented disruptions cost about $" in text_of(page)
    table = page.dataframe[0].value
    assert len(table) == 51 and controls.STATE_LABELS["open"] in set(table["State"])
    alt = json.loads(page.get("plotly_chart")[0].proto.spec)["data"]
    assert alt, "the totals are drawn"


def test_a_row_of_the_table_opens_as_its_scenario(page: AppTest) -> None:
    hold(page, controls.STORE, state="priced", search="kazakhstan")
    sound(page.run())
    (row,) = page.dataframe[0].value.to_dict("records")
    query = dict(part.split("=", 1) for part in row["Estimate"].partition("?")[2].split("&"))
    scenario, _ = from_query(
        state.catalogue(), {key: value.replace("+", " ") for key, value in query.items()}
    )
    assert (scenario.country, scenario.kind) == ("KAZ", "full_blackout")
    assert row["Cost"] == estimate(state.catalogue(), scenario).amount("net_direct").range.money().full


def test_an_uploaded_list_is_priced_and_its_bad_rows_are_counted(page: AppTest) -> None:
    content = stop({}, {"country": "Atlantis"}, {"end_date": "Unknown"}, {}, {"country": "Uganda; Ghana"})
    uploaded(page, "mine.csv", content)
    words = text_of(page)
    assert "Together, the 3 disruptions of your list cost about $" in words
    assert "5 rows, by country 6: 3 with open values; 2 cannot be priced; 1 merged" in words
    page.segmented_control(key="w_events_state").set_value("cannot be priced").run()
    reasons = list(sound(page).dataframe[0].value["Why it has no price"])
    assert any("Atlantis" in text for text in reasons) and any("end is not known" in text for text in reasons)


def test_a_list_that_probably_cost_nothing_has_neither_an_amount_nor_a_range(page: AppTest) -> None:
    uploaded(page, "mine.csv", b"place,kind,duration,capacity_lost\nPAK,cable_cut,1d,0.28\n")
    words = text_of(page)
    assert "the 1 disruption of your list cost probably nothing" in words
    assert "1 chance in 20 above $" in words and "Range 1 chance" not in words


def test_the_example_of_the_page_can_be_uploaded_as_it_is(page: AppTest) -> None:
    uploaded(page, "example.csv", (ROOT / "data" / "lists" / "example.csv").read_bytes())
    assert "the 7 disruptions of your list" in text_of(page)


def test_a_year_of_an_uploaded_list_by_country(page: AppTest) -> None:
    page.session_state["events_year"] = True
    assert "Where a year of such events" not in text_of(sound(page.run())), "the shipped events are no record"
    content = stop({"affected_network": "Mobile"}, {"country": "Uganda"}, {"country": "Atlantis"})
    page.file_uploader[0].upload("mine.csv", content, "text/csv").run()
    words = text_of(sound(page))
    assert "the most of the 2 economies here" in words and "1 row does not count" in words
    assert set(page.dataframe[0].value["Country"]) == {"Kenya", "Uganda"}


def test_a_file_that_is_no_list_is_said_and_the_page_stays(page: AppTest) -> None:
    uploaded(page, "wrong.csv", b"a,b\n1,2\n")
    assert "is in no known layout" in page.error[0].value.replace("\\", "")
    assert "51 documented disruptions" in text_of(page)


def test_a_list_too_long_for_the_page_names_the_command(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(controls, "MOST_ROWS", 1)
    uploaded(page, "long.csv", stop({}, {"country": "Ghana"}))
    assert "python -m model events takes any number" in page.error[0].value.replace("\\", "")
