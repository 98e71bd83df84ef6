"""The page of all economies: what it says, what filters leave, and the way to an estimate."""

from __future__ import annotations

import csv
import io

import pytest
from helpers.estimate_page import link_of, plain
from helpers.single_pages import text_of
from streamlit.testing.v1 import AppTest

from model.catalogue.load import Catalogue
from views.parts import home, recorded_years
from views.session import state

TIMEOUT = 60


def app() -> None:
    import streamlit as st

    from views.pages.estimate.controls import inputs
    from views.pages.world import controls, page
    from views.session import address, state

    address.read_link("world", (controls.STORE,))
    address.write_link((controls.STORE,))
    inputs(everywhere=True)
    state.say_problems()
    asked = st.session_state.pop("asked_for", None)
    if asked:
        page._open(asked)
    page.page()
    address.write_link((controls.STORE,))


def opened(**link: str) -> AppTest:
    page = AppTest.from_function(app, default_timeout=TIMEOUT)
    for key, value in {"draws": "256", **link}.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def headline(page: AppTest) -> str:
    said = next(item.value for item in page.markdown if item.value.startswith("### "))
    return plain(said).replace("\u00a0", " ")


def names(page: AppTest) -> list[str]:
    return list(page.dataframe[0].value["Economy"])


def test_it_opens_with_every_economy(catalogue: Catalogue) -> None:
    page = opened()
    assert "A full blackout of 1 day: the United States would lose the most, $5" in headline(page)
    assert "In all 202 economies with a figure together it is $15 billion" in headline(page)
    frame = page.dataframe[0].value
    assert len(frame) == len(catalogue.countries) and frame["Economy"][0] == "United States"
    assert frame["Place"][0] == "1st" and frame["Region"][0] == "Americas"
    by_name = frame.set_index("Economy")
    assert by_name.loc["Cuba", "US dollars"] == "no figure" and "no dollars" in str(
        by_name.loc["Cuba", "Remarks"]
    )
    assert by_name.loc["North Korea", "Remarks"] == "No GDP figure in the World Bank data"
    assert not page.error and not page.warning
    assert "without 11 (no usable figures), 5 (GDP too old for dollars)" in text_of(page)


def test_measures_and_filters() -> None:
    page = opened(**{"world.measure": "share", "world.region": "africa", "world.income": "low_income"})
    frame = page.dataframe[0].value
    assert set(frame["Region"]) == {"Africa"} and set(frame["Income group"]) == {"Low income"}
    assert list(frame.columns)[:4] == ["Economy", "Share of GDP", "Range", "Place"]
    assert f"of the {len(frame)} shown, " in headline(page) and "%" in headline(page)
    page.text_input(key="w_world_search").set_value("ERI").run()
    assert names(page) == ["Eritrea"] and page.dataframe[0].value["Share of GDP"][0] != "no figure"
    page.segmented_control(key="w_world_measure").set_value("usd").run()
    assert page.dataframe[0].value["US dollars"][0] == "no figure" and "no economy here" in headline(page)
    page.text_input(key="w_world_search").set_value("atlantis").run()
    assert not page.dataframe and "No economy fits" in page.info[0].value


@pytest.mark.parametrize(
    ("typed", "expected"), [("kenya", ["Kenya"]), ("guinea", 4), ("north korea", ["North Korea"])]
)
def test_search_takes_a_code_a_name_or_a_part_of_one(typed: str, expected: list[str] | int) -> None:
    rows = names(opened(**{"world.search": typed}))
    assert (
        rows == expected
        if isinstance(expected, list)
        else len(rows) == expected and all("uinea" in row for row in rows)
    )


def test_kind_and_length_are_those_of_the_scenario() -> None:
    page = opened(kind="vpn_block", duration="180d", currency="PKR", region="Sindh")
    assert "A block of VPNs" in headline(page) or "VPN" in headline(page)
    said = plain(" ".join(item.value for item in page.info))
    assert "Regions (Sindh) are of one country" in said and "not in PKR" in said and "Beyond 90 days" in said
    page.text_input(key="w_duration").set_value("soon").run()
    assert state.STORE.name in page.session_state and "180 days" in headline(page), (
        "the last good length stays"
    )


def test_nothing_lost_costs_nobody_anything() -> None:
    assert "would cost no economy anything" in headline(opened(duration="0h"))


def test_a_year_is_computed_when_its_section_is_opened(catalogue: Catalogue) -> None:
    recorded_years.YEARS.clear()
    page = opened()
    assert len(page.dataframe) == 1 and "By the record of" not in text_of(page)
    page = opened(**{"world.year": "open", "world.measure": "share", "world.region": "africa"})
    assert not page.error and not page.warning
    said = text_of(page).replace("\u00a0", " ")
    assert "a year of such events costs Algeria 0.060% (0.018% to 0.20%) of GDP on average" in said
    frame = page.dataframe[1].value
    assert list(frame["Country"][:2]) == ["Algeria", "Sudan"]  # the third place is a matter of luck
    assert list(frame.columns)[:5] == ["Country", "On record", "Events a year", "Share of GDP", "US dollars"]
    assert set(frame["Country"]) == set(page.dataframe[0].value["Economy"])
    assert "rest on other countries' records alone" in said
    assert len(page.get("plotly_chart")) == 2, "the largest losses, and the dearest years"
    page.text_input(key="w_world_search").set_value("ken").run()
    assert list(page.dataframe[1].value["Country"]) == ["Kenya"]
    page.selectbox(key="w_world_region").set_value("All regions").run()
    page.text_input(key="w_world_search").set_value("PRK").run()
    assert "None of these economies has figures" in page.info[-1].value
    assert link_of(page)["world.year"] == "open"


def test_a_pick_takes_the_scenario_there_and_one_without_figures_says_why() -> None:
    page = opened(duration="3d")
    page.session_state["asked_for"] = "KEN"
    page.run()
    assert page.session_state[home.TO_ESTIMATE] is True and page.query_params["country"] == "KEN"
    page = opened()
    page.session_state["asked_for"] = "PRK"
    page.run()
    assert home.TO_ESTIMATE not in page.session_state and "country" not in page.query_params
    assert any("North Korea has no estimate" in plain(item.value) for item in page.run().warning)


def test_the_file_has_what_is_shown(catalogue: Catalogue) -> None:
    from model.compare.league import league
    from model.estimation.world import world
    from model.scenario.scenario import Scenario
    from views.pages.world import page as page_of

    everything = league(world(catalogue, Scenario(draws=256)), "usd")
    shown = [row for row in everything.rows if row.economy.country.region == "Oceania"]
    table = page_of._numbers(everything, shown, everything.missing[:1])
    rows = list(csv.DictReader(io.StringIO(table.csv())))
    dollars = shown[0].values["usd"]
    assert dollars is not None and rows[0]["usd [USD]"] == repr(dollars.median)
    assert len(rows) == len(shown) + 1 and rows[0]["iso3"] == "AUS"
    assert rows[-1]["remarks"] and rows[-1]["usd [USD]"] == "" and "nan" not in table.csv()
    assert rows[0]["link"].startswith("v=2&country=AUS")
