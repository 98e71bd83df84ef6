"""The articles' figures on the page Pakistan IT: their words as text, and the page under moved sliders."""

from __future__ import annotations

import csv
import io
import json

import pytest
from helpers.single_pages import hold, pakistan_app, text_of, titles_of
from streamlit.testing.v1 import AppTest

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.claims import sentences as words
from model.claims.claims import (
    GROWTH,
    OPEX,
    claims,
    movable_seeds,
    settings,
)
from model.text.claims_report import result_of, to_dict
from views.pages.claims import controls as controls
from views.pages.pakistan import controls as pakistan
from views.parts.blocks import ChartTable

TIMEOUT = 60


def opened(section: str = "VPN block", **folds: bool) -> AppTest:
    made = AppTest.from_function(pakistan_app, default_timeout=TIMEOUT)
    hold(made, pakistan.STORE, section=section)
    for key, value in folds.items():
        made.session_state[key] = value
    made.run()
    assert not made.exception
    return made


def two_pages() -> None:
    import streamlit as st

    from views.pages.pakistan import page as pakistan

    if st.checkbox("Another page", key="elsewhere"):
        st.write("nothing of the claims here")
    else:
        pakistan.page()


@pytest.fixture
def page() -> AppTest:
    return opened()


def test_money_keeps_published_digits_and_no_empty_decimals() -> None:
    texts = [words.usd(value) for value in (125e6, 1.5e9, 55e6, 300e6, 0.0, 11.139e9, 342_466.0, 10e9, None)]
    assert texts == ["$125M", "$1.5bn", "$55M", "$300M", "$0", "$11.1bn", "$342k", "$10bn", "not measured"]


def test_rates_read_like_the_article() -> None:
    texts = [words.rate(share) for share in (0.3, 0.2149, 0.0, -0.05)]
    assert texts == ["30%", "21.5%", "0%", "−5%"]


def test_headline_as_published(catalogue: Catalogue) -> None:
    assert words.headline(catalogue, claims(catalogue)) == (
        "Blocking VPNs in Pakistan for 365 days would add $125 million of operating cost ($100 million to $150 "
        "million), as claimed by Sajjad Mustafa Syed, P@SHA chairman; that is 3.9% of FY24 IT export earnings."
    )


def test_headline_never_puts_a_moved_figure_into_the_speakers_mouth(catalogue: Catalogue) -> None:
    text = words.headline(catalogue, claims(catalogue, {OPEX: (200.0, 200.0, 200.0)}))
    assert "as claimed by" not in text
    assert "on your figure in place of 100 to 150 M USD per year by Sajjad" in text


def test_headline_of_one_day_and_of_none(catalogue: Catalogue) -> None:
    one = words.headline(catalogue, claims(catalogue, {"claims.vpn_block_days": 1.0}))
    # 125, 100 and 150 M / 365
    assert (
        "for 1 day would add $342,000 of operating cost ($274,000 to $411,000), in proportion to the year"
        in one
    )
    assert "no operating cost is added" in words.headline(
        catalogue, claims(catalogue, {"claims.vpn_block_days": 0.0})
    )


def test_shortfall_is_never_told_without_its_baseline(catalogue: Catalogue) -> None:
    assert "no loss of exports is set" in words.path_sentence(claims(catalogue))
    text = words.path_sentence(claims(catalogue, {"claims.initial_loss": 0.1}, "last_year"))
    assert (
        "Last year (FY24 to FY25)" in text
        and "18.2% a year" in text
        and "the disruption set here takes $" in text
    )


def test_a_moved_band_keeps_the_place_of_its_central_figure(catalogue: Catalogue) -> None:
    seed = catalogue.seeds[OPEX]
    assert controls.central_of(seed, 100, 150) == 125
    assert controls.central_of(seed, 100, 200) == 150  # the middle, as 125 is of 100 to 150
    assert controls.central_of(seed, 80, 80) == 80


def test_sums_are_refused_in_sentences(catalogue: Catalogue) -> None:
    result = claims(catalogue)
    assert "one is running cost, the other a published claim" in words.sum_sentence(
        result, ["claims.opex_year", "claims.firewall"]
    )
    assert "Choose two or more" in words.sum_sentence(result, ["claims.firewall"])
    names = [amount.id for amount in result.amounts]
    for first in names:
        for second in names:
            if first != second:
                assert "not added" in words.sum_sentence(result, [first, second])


FOLDS = {"x_block_more": True, "x_growth_own": True}


def test_every_figure_with_a_slider_and_every_setting_is_on_the_page(catalogue: Catalogue) -> None:
    shown = set()
    for section in ("VPN block", "Exports", "Talent"):
        for slider in opened(section, **FOLDS).slider:
            if str(slider.key).startswith("s_"):
                assert slider.help and "[" in slider.help
                shown.add(str(slider.key))
    wanted = {f"s_{key}" for key in (*movable_seeds(catalogue), *settings(catalogue))}
    # length and growth are of the whole page and have a field of their own above its sections
    assert wanted - shown == {f"s_{controls.DAYS}", f"s_{controls.OWN_GROWTH}"}


def test_page_as_published() -> None:
    page = opened()
    on_page = text_of(page)
    assert "Blocking VPNs in Pakistan for 365 days would add $125 million" in on_page
    assert "The claims come from newspaper articles. We only do the arithmetic." in on_page
    assert "9.31% of FY24" in on_page and "not added" in on_page
    assert not page.error
    on_page = text_of(opened("Exports"))
    for words_ in (
        "$11.1bn after 5 years",
        "38.0% from the $3bn of the articles",
        "31.5% a year from $3.81bn",
    ):
        assert words_ in on_page


def test_no_dollar_sign_is_left_to_be_set_as_a_formula(page: AppTest) -> None:
    shown = [str(item.value) for kind in (page.markdown, page.caption, page.subheader) for item in kind]
    for text in (*shown, *(item.label for item in page.metric), *(item.help or "" for item in page.slider)):
        assert text.count("$") == text.count("\\$"), text


def test_moved_sliders_move_the_page_and_survive_another_page() -> None:
    made = AppTest.from_function(two_pages, default_timeout=TIMEOUT).run()
    made.text_input(key="w_block_length").set_value("73 days").run()
    made.slider(key=f"s_{OPEX}").set_value((100.0, 200.0)).run()
    assert "Blocking VPNs in Pakistan for 73 days would add $30 million" in text_of(made)  # 150 x 73 / 365
    made.checkbox(key="elsewhere").check().run()
    assert "Blocking VPNs" not in text_of(made)
    made.checkbox(key="elsewhere").uncheck().run()
    assert "Blocking VPNs in Pakistan for 73 days would add $30 million" in text_of(made)
    made.button(key="w_industry_reset").click().run()
    assert "Blocking VPNs in Pakistan for 365 days would add $125 million" in text_of(made)
    assert not made.exception


def test_loss_of_exports_shows_in_title_with_its_baseline() -> None:
    page = opened("Exports", x_growth_own=True)
    page.slider(key="s_claims.initial_loss").set_value(0.1).run()
    page.selectbox(key="w_industry_baseline").set_value("fy22_25").run()
    assert not page.exception
    titles = titles_of(page)
    title = titles[-1]  # of the last fold
    assert "short over 5 years, against “Trend FY22 to FY25”, 13.3% a year" in title


def test_one_growth_for_the_articles_and_for_ours() -> None:
    page = opened("Exports", x_growth_own=True)
    page.selectbox(key="w_industry_baseline").set_value("own").run()
    page.slider(key="i_industry.own_growth").set_value(-0.2).run()
    assert not page.exception and "“Own figure”, −20% a year" in text_of(page)
    assert "if they otherwise grew −20.0% a year" in text_of(page) or "-20.0% a year" in text_of(page)
    page.selectbox(key="w_industry_baseline").set_value("claimed").run()
    assert "if they otherwise grew 30.0% a year (“As claimed”)" in text_of(page)
    page.slider(key=f"s_{GROWTH}").set_value(25.0).run()  # the speaker's no more
    assert "if they otherwise grew 25.0% a year (“Own figure”)" in text_of(page)


def test_the_reader_may_try_to_add() -> None:
    page = opened(x_block_add=True)
    page.multiselect(key="w_claims_add").set_value(["claims.firewall", "claims.short_term"]).run()
    assert (
        "“Cost of the firewall to the economy” and “Near-term loss of the IT sector” are not added"
        in text_of(page)
    )
    page.multiselect(key="w_claims_add").set_value([]).run()
    assert "Choose two or more amounts." in text_of(page) and not page.exception


def at_end(catalogue: Catalogue, end: str, section: str, **choices: object) -> AppTest:
    made = AppTest.from_function(pakistan_app, default_timeout=TIMEOUT)
    moved: dict[str, object] = {
        key: (getattr(seed, end),) * 3 for key, seed in movable_seeds(catalogue).items()
    }
    moved |= {key: getattr(catalogue.parameters[key], end) for key in settings(catalogue)}
    hold(made, controls.STORE, **moved, **choices)
    hold(made, pakistan.STORE, section=section)
    for key in ("x_block_more", "x_block_add", "x_growth_own", "x_growth_more"):
        made.session_state[key] = True
    return made


@pytest.mark.parametrize("end", ["min", "max"])
@pytest.mark.parametrize("base", ["claimed", "official_target", "own"])
@pytest.mark.parametrize("section", ["VPN block", "Exports"])
def test_every_slider_at_its_end_keeps_a_page(
    section: str, end: str, base: str, catalogue: Catalogue
) -> None:
    made = at_end(catalogue, end, section, baseline=base)
    made.session_state[controls.STORE.name]["seed001_15"] = 1000.0  # no graduates: the next test
    made.run()
    assert not made.exception and not made.error
    charts = made.get("plotly_chart")
    assert len(charts) == 5
    for chart in charts:
        json.loads(chart.proto.spec)


def test_a_share_of_nobody_keeps_the_page(catalogue: Catalogue) -> None:
    made = at_end(catalogue, "min", "Talent").run()
    assert not made.exception and len(made.get("plotly_chart")) == 2


def test_a_value_that_cannot_be_used_is_a_sentence_and_the_page_stays() -> None:
    made = AppTest.from_function(pakistan_app, default_timeout=TIMEOUT)
    hold(made, controls.STORE, **{OPEX: 900.0})
    made.run()
    assert not made.exception
    assert "is out of range" in made.error[0].value and "$125 million" in text_of(made)


def test_exports_carry_versions_baseline_and_changes(catalogue: Catalogue) -> None:
    import pandas as pd

    from views.pages.claims import parts as view

    result = claims(catalogue, {}, "last_year")
    text = ChartTable(
        pd.DataFrame({"a": [1.0]}), {"a": "M USD"}, view.provenance_of_claims(catalogue, result)
    ).csv()
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["a [M USD]"] == "1.0" and row["data_version"] == catalogue.data_version
    assert "Last year" in row["baseline"] and "P@SHA" in row["sources"] and row["changed"] == "nothing"
    assert "last_year-18p2pct" in view.claims_file_name(result, "export-path")


def rows_of(text: str, table: str) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text)) if row["table"] == table}


def test_the_file_of_the_claims_can_be_made_again_from_itself(catalogue: Catalogue) -> None:
    """Its input rows alone, put back, give the same file; only what was moved is called moved."""
    moved: dict[str, Override] = {OPEX: (90.0, 200.0, 250.0), "claims.initial_loss": 0.2}
    first = result_of(catalogue, claims(catalogue, moved, "last_year")).in_form("csv")
    inputs = rows_of(first, "input")
    movable = {*movable_seeds(catalogue), *settings(catalogue)}
    assert movable < set(inputs)
    assert {key for key, row in inputs.items() if row["set_by"] == "the reader"} == set(moved)
    assert [inputs[OPEX][name] for name in ("low", "median", "high", "shipped_low", "shipped", "shipped_high")] == [
        "90.0", "200.0", "250.0", "100.0", "125.0", "150.0"
    ]  # fmt: skip
    read_back: dict[str, Override] = {
        key: (float(inputs[key]["low"]), float(inputs[key]["median"]), float(inputs[key]["high"]))
        for key in movable
    }
    baseline = next(csv.DictReader(io.StringIO(first)))["baseline"]
    assert result_of(catalogue, claims(catalogue, read_back, baseline)).in_form("csv") == first


def test_every_input_in_the_file_has_unit_and_source(catalogue: Catalogue) -> None:
    text = result_of(catalogue, claims(catalogue)).in_form("csv")
    for key, row in rows_of(text, "input").items():
        assert row["unit"] and row["source"] and row["status"] and row["data_version"], key
        assert row["publisher"] or key.startswith("seed004"), key
        assert row["url"] or row["status"] == "assumption" or key.startswith("seed001"), key
    table = to_dict(catalogue, claims(catalogue, {OPEX: 200.0}))
    (row,) = [row for row in table["input_sources"] if row["id"] == OPEX]
    assert (row["median"], row["shipped"], row["set_by"]) == (200.0, 125.0, "the reader")
    assert {amount["id"] for amount in table["amounts"]} == set(rows_of(text, "amount"))
