"""Pages that are about Pakistan alone say so; places open on what there is for the chosen country."""

from __future__ import annotations

import json
import re

import pytest
from helpers.compare_page import headline_of, link_of, opened, sound
from helpers.estimate_page import scenario_of, untouched, warnings_of
from helpers.single_pages import text_of
from streamlit.testing.v1 import AppTest

from model.catalogue.economies import HOME
from views.parts import home

TIMEOUT = 60


def of_one_country() -> None:
    """One of the two pages with its address, as the way in shows it."""
    import streamlit as st

    from views.pages.claims import controls as claims_controls
    from views.pages.firm import controls as firm_controls
    from views.pages.firm import page as firm
    from views.pages.pakistan import controls as pakistan_controls
    from views.pages.pakistan import page as pakistan
    from views.session import address

    stores = (claims_controls.STORE, pakistan_controls.STORE, firm_controls.STORE)
    name = st.session_state["page"]
    address.read_link(name, stores)
    {"firm": firm, "pakistan": pakistan}[name].page()
    address.write_link(stores)


def shown(name: str, **link: str) -> AppTest:
    page = AppTest.from_function(of_one_country, default_timeout=TIMEOUT)
    page.session_state["page"] = name
    for key, value in link.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return page


@pytest.mark.parametrize("name", ["firm", "pakistan"])
def test_the_page_names_its_country_and_offers_the_chosen_one(name: str) -> None:
    link = {"v": "2", "country": "UGA", "duration": "5d", "spells": "2"}
    page = shown(name, **link)
    headline = next(item.value for item in page.markdown if item.value.startswith("### "))
    assert "Pakistan" in headline
    (said,) = [item.value for item in page.info if "Uganda" in item.value]
    assert "about Pakistan, not about Uganda" in said
    assert page.button(key="w_home_estimate").label == "Estimate for Uganda"
    assert {key: link_of(page)[key] for key in link} == link, "what was set for the other country stays"
    sound(page.button(key="w_home_estimate").click().run())
    assert page.session_state[home.TO_ESTIMATE] is True


@pytest.mark.parametrize("name", ["firm", "pakistan"])
def test_no_dollars_of_an_economy_whose_gdp_is_too_old_for_money(name: str) -> None:
    """Yemen's scenario is no calendar of Pakistan's industry, so nothing here prices it."""
    link = {"v": "2", "country": "YEM", "industry.section": "recurring", "industry.calendar": "scenario"}
    page = shown(name, **link)
    assert not page.error and "Pakistan" in next(
        item.value for item in page.markdown if item.value.startswith("### ")
    )
    assert "of the Estimate page" not in text_of(page)
    texts = [text_of(page), *(item.value for item in page.info)]
    of_yemen = [line for text in texts for line in text.splitlines() if "Yemen" in line]
    assert of_yemen and not [line for line in of_yemen if "$" in line]


@pytest.mark.parametrize("name", ["firm", "pakistan"])
def test_pictures_and_files_name_the_country(name: str) -> None:
    page = shown(name)
    assert "not about" not in text_of(page) and not page.info
    charts = page.get("plotly_chart")
    assert charts
    titles = [str(item.value) for item in page.subheader]
    assert sum(title.startswith("Pakistan: ") for title in titles) == len(charts), titles
    pictures = [part.proto for part in page.get("bidi_component")]
    assert pictures
    for proto in pictures:
        data = json.loads(proto.json)
        assert data["filename"].startswith(f"{HOME}_") and data["title"].startswith("Pakistan: ")


def test_places_open_on_countries_where_no_regions_are_known() -> None:
    page = opened(show="places", country="UGA")
    sound(page)
    assert page.multiselect(key="c_countries").value[0] == "UGA"
    assert "Punjab" not in headline_of(page)
    assert not [item for item in page.segmented_control if item.key == "c_places"]
    assert "countries" not in link_of(page)
    sound(page.multiselect(key="c_countries").set_value(["UGA", "KEN"]).run())
    assert link_of(page)["countries"] == "UGA,KEN"
    sound(page.selectbox(key="w_country").set_value(HOME).run())
    assert page.segmented_control(key="c_places").value == "Countries"
    assert opened(show="places").segmented_control(key="c_places").value == "Regions of Pakistan"


def test_local_money_stays_local_from_country_to_country() -> None:
    page = untouched(country="UGA", currency="UGX")
    for iso3, money in (("KEN", "KES"), ("UGA", "UGX")):
        page.selectbox(key="w_country").set_value(iso3).run()
        assert scenario_of(page).currency == money, iso3


def test_what_a_link_gets_wrong_is_said_to_readers() -> None:
    for link in (
        {"country": "XXX"},
        {"country": "PRK"},
        {"kind": "blakout"},
        {"region": "Atlantis"},
        {"spells": "0"},
    ):
        said = warnings_of(untouched(**link))
        assert len(said) == 1 and said[0].startswith("Ignored "), link
        assert not re.search(r"python|\.csv|ISO3|nearest of|None", said[0]), said
