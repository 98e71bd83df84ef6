"""The page of the estimate under AppTest: every kind, every link and bad input."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.estimate_page import (
    QUICK,
    agrees,
    explorer_of,
    headline_of,
    link_of,
    opened,
    plain,
    scenario_of,
    sound,
    tables_shown,
    untouched,
    warnings_of,
    without_charts,
)
from helpers.tables import Tables
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget

from model.catalogue.load import Catalogue
from model.estimation.estimate import estimate
from model.rates.year import cost_of_year
from model.text import findings, year_report
from views.session import state

CHARTS = {"chain", "bearers", "drivers"}  # the duration chart is the explorer's; more may come


def charts_of(page: AppTest) -> set[str]:
    """The names of the charts that Streamlit draws."""
    items: list[Any] = list(page.get("plotly_chart"))
    return {item.proto.id.rpartition("chart_")[2] for item in items}


@pytest.mark.parametrize("kind", ["full_blackout", "mobile_only", "social_media_block", "single_platform_block",
                                  "vpn_block", "slowdown", "cable_cut"])  # fmt: skip
def test_every_kind_has_a_page(kind: str, catalogue: Catalogue) -> None:
    page = opened(kind=kind)
    sound(page)
    agrees(page, catalogue)
    assert charts_of(page) >= CHARTS and not page.warning and not page.error
    assert [figure["label"] for figure in explorer_of(page)["stops"][0]["figures"]] == [
        "an hour",
        "of what Pakistan produces in that time",
        "in local money",
    ]
    texts = [plain(item.value) for item in page.markdown]
    assert any(text.startswith("- Direct loss: ") for text in texts)
    assert any("Workaround costs: " in text for text in texts) == (kind == "vpn_block")


def test_the_kinds_above_are_all_of_them(catalogue: Catalogue) -> None:
    page = opened()
    assert len(page.selectbox(key="w_kind").options) == len(catalogue.kinds) == 7


@pytest.mark.parametrize("country", ["EGY", "IND", "DEU", "KEN", "IRN"])
def test_other_countries_have_a_page(country: str, catalogue: Catalogue) -> None:
    page = opened(country=country)
    sound(page)
    agrees(page, catalogue)
    assert charts_of(page) >= CHARTS
    assert "w_regions" not in {item.key for item in page.multiselect}


def test_what_is_not_measured_is_said_and_never_zero(catalogue: Catalogue) -> None:
    page = opened(country="IRN")
    assert any("Lost export orders, later: not measured" in item.value for item in page.markdown)
    chain = next(chart.proto for chart in page.get("plotly_chart") if chart.proto.id.endswith("chart_chain"))
    assert "not measured" in chain.spec
    assert any("not measured" in item.value for item in page.info)
    assert any("earnings: not measured" in item.value for item in page.markdown)


def test_a_bad_duration_is_one_sentence_and_the_result_stays() -> None:
    page = without_charts(duration="3d")
    before = headline_of(page)
    for text in (
        "nonsense",
        "",
        "3",
        "-3 days",
        "nan hours",
        "inf days",
        "3 years",
        "9e99 days",
        "1" * 500 + " days",
    ):
        page.text_input(key="w_duration").set_value(text).run()
        sound(page)
        (problem,) = [plain(item.value) for item in page.error]
        assert problem.startswith("Duration: ") and "allowed: " in problem and len(problem) < 400, text
        assert text in problem if len(text) < 60 and text != "3 years" else True
        assert (
            headline_of(page) == before
            and scenario_of(page).hours == 72
            and link_of(page)["duration"] == "3d"
        )
    page.text_input(key="w_duration").set_value("4 days").run()
    assert not page.error and "A 4-day " in headline_of(page)


def test_what_is_probably_nothing_is_no_amount_beside_the_sentence(catalogue: Catalogue) -> None:
    page = opened(kind="cable_cut", capacity_lost="0.3")
    assert "would probably cost Pakistan nothing" in headline_of(page)
    stops = explorer_of(page)["stops"]
    stop = next(stop for stop in stops if stop["hours"] == 24)
    assert (stop["answer"]["value"], stop["mark"]) == ("probably none", "1 day: probably none")
    assert not stop["figures"], "no share of GDP and no local money of next to nothing"
    result = estimate(catalogue, scenario_of(page))
    assert findings.duration(result) == "Pakistan: probably nothing is lost at any of these lengths"
    assert findings.cost(result) in headline_of(page)
    assert findings.bearers(result, "Freelancers", 0.92) == "Pakistan: nobody loses much"


def test_durations_between_the_stops_are_not_mixed_up(catalogue: Catalogue) -> None:
    page = without_charts()
    for text in ("31 hours", "33 hours", "33 days", "34 days", "0.5 hours", "0 hours"):
        page.text_input(key="w_duration").set_value(text).run()
        sound(page)
        agrees(page, catalogue)
        data = explorer_of(page)
        assert data["stops"][data["selected"]]["hours"] == scenario_of(page).hours
    assert not page.error and "would cost Pakistan nothing" in headline_of(page)


BAD_LINK = {
    "country": "Atlantis", "kind": "flood", "duration": "-1d", "spells": "1.5", "gap_days": "nan", "place": "7",
    "region": "Mordor", "ratio": "0.5", "start": "yesterday", "ordered": "perhaps", "currency": "EUR", "seed": "inf",
    "sector.trade.dependence": "0.9:0.1:0.5", "sector.nothing.dependence": "1", "bogus": "x" * 5000,
}  # fmt: skip


def test_a_bad_link_opens_with_a_sentence_for_each_ignored_value(catalogue: Catalogue) -> None:
    page = without_charts(**BAD_LINK)
    sound(page)
    agrees(page, catalogue)
    said = warnings_of(page)
    assert len(said) == len(BAD_LINK)
    label = catalogue.parameters["sector.trade.dependence"].label
    assert any(text.startswith(f"Ignored {label} (sector.trade.dependence): ") for text in said)
    for key, text in zip(BAD_LINK, sorted(said, key=lambda text: _place_in(text)), strict=True):
        assert text.startswith("Ignored ") and key in text and "allowed: " in text and len(text) < 700, text
    assert link_of(page) == QUICK
    page.run()
    assert not page.warning


def _place_in(text: str) -> int:
    """The place in BAD_LINK of the value that a sentence names, perhaps in brackets behind its name on the page."""
    (named,) = [key for key in BAD_LINK if text.startswith(f"Ignored {key}: ") or f" ({key}): " in text]
    return list(BAD_LINK).index(named)


def test_what_is_good_in_a_link_is_kept(catalogue: Catalogue) -> None:
    page = without_charts(country="KEN", duration="7d", place="7")
    (said,) = warnings_of(page)
    assert said.startswith("Ignored place: ") and "out of range" in said
    assert (scenario_of(page).country, scenario_of(page).hours) == ("KEN", 168.0)
    agrees(page, catalogue)


def test_money_of_the_country_with_rate_and_date() -> None:
    page = opened(currency="PKR")
    sound(page)
    assert "PKR " in headline_of(page)
    captions = [item.value for item in page.caption if "amounts in" in item.value]
    assert len(captions) >= len(CHARTS)
    for text in captions:
        assert "PKR" in text.partition("amounts in")[2] and any(
            c.isdigit() for c in text.partition("amounts in")[2]
        )
    page.selectbox(key="w_country").set_value("KEN").run()  # local money was chosen: that of the country
    assert not page.error and "KES " in headline_of(page) and link_of(page)["currency"] == "KES"
    page.selectbox(key="w_country").set_value("USA").run()  # whose own money is the dollar
    assert not page.error and "$" in headline_of(page) and "currency" not in link_of(page)
    page.selectbox(key="w_country").set_value("PAK").run()
    assert "PKR " in headline_of(page)
    page.radio(key="w_currency").set_value("USD").run()
    page.selectbox(key="w_country").set_value("KEN").run()
    assert "$" in headline_of(page) and "currency" not in link_of(page)


def test_regions_and_the_share_of_the_country_exclude_each_other(catalogue: Catalogue) -> None:
    page = without_charts(place="0.2")
    page.multiselect(key="w_regions").set_value(["Sindh"]).run()
    assert scenario_of(page).place is None and "in Sindh" in headline_of(page)
    assert "w_place" not in {item.key for item in page.text_input}
    page.multiselect(key="w_regions").set_value(
        list(catalogue.regions)
    ).run()  # all of them: the whole country
    assert link_of(page) == QUICK and " nationwide " in headline_of(page)


def test_a_part_of_the_country_follows_the_duration(catalogue: Catalogue) -> None:
    page = without_charts(place="0.2")
    agrees(page, catalogue)
    for hours in ("3d", "7d"):
        page.text_input(key="w_duration").set_value(hours).run()
        sound(page)
        agrees(page, catalogue)


def test_spells_are_told(catalogue: Catalogue) -> None:
    page = opened(spells="4", duration="5d")
    sound(page)
    agrees(page, catalogue)
    assert (
        "Four nationwide internet blackouts" in headline_of(page) and explorer_of(page)["label"] == "How long"
    )


def test_levers_show_what_they_save() -> None:
    page = without_charts(True)
    page.slider(key="lever_lever.second_link.coverage").set_value(0.5).run()
    sound(page)
    assert "What the measures save" in [item.value for item in page.subheader]
    saved = next(frame for frame in tables_shown(page) if "Loss avoided" in frame.columns)
    assert "$" in saved["Loss avoided"][0]


def test_who_bears_it_in_both_ways() -> None:
    page = opened()
    sectors = {chart.proto.id: chart.proto.alt for chart in page.get("plotly_chart")}
    page.segmented_control(key="w_bearers").set_value("By type of user").run()
    sound(page)
    classes = {chart.proto.id: chart.proto.alt for chart in page.get("plotly_chart")}
    assert sum("by type of user" in text for text in classes.values()) == 1
    assert sum("by industry" in text for text in sectors.values()) == 1


def test_each_chart_has_its_table_with_units() -> None:
    page = opened()
    for name in ("curve", "chain", "bearers", "drivers"):
        page.session_state[f"table_{name}"] = True
    page.run()
    sound(page)
    frames = tables_shown(page)
    assert len(frames) == 4
    assert all(any("[M USD]" in str(name) for name in frame.columns) for frame in frames)


NEW = "structure.patience_of_readers"


def test_a_new_row_appears_on_the_page(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    tables.copy_row(
        "data/parameters.csv", "churn.grace_days", key=NEW, label="Patience of readers", unit="x", low="0.5",
        mode="1", high="2", min="0", max="5", step="0.1", distribution="pert", group="structure",
        help="Moves nothing yet.",
    )  # fmt: skip
    other = tables.load()
    monkeypatch.setattr(state, "catalogue", lambda: other)
    page = opened(True)
    page.selectbox(key="w_group").set_value("structure").run()
    values = {name: page.text_input(key=f"p_{NEW}_{name}").value for name in ("low", "likely", "high")}
    assert values == {"low": "0.5", "likely": "1", "high": "2"}
    assert page.text_input(key=f"p_{NEW}_low").label == "Patience of readers: low"
    title = next(item for item in page.markdown if item.value.startswith("Patience of readers"))
    assert f"sources?sources.search={NEW}" in title.proto.help
    page.text_input(key=f"p_{NEW}_high").set_value("3").run()
    assert link_of(page)[NEW] == "0.5~1.0~3.0"
    page.session_state["table_drivers"] = True
    page.run()
    sound(page)
    assert any("Patience of readers" in frame.astype(str).to_string() for frame in tables_shown(page))
    assert scenario_of(opened(**link_of(page))).assumptions == {NEW: (0.5, 1.0, 3.0)}
    (said,) = warnings_of(opened(**{NEW: "6"}))
    assert NEW in said and "0 to 5 x" in said


def test_a_year_of_recorded_events_is_computed_when_it_is_asked_for(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(tables: Catalogue, country: str) -> Any:
        asked.append(country)
        return cost_of_year(tables, country)

    monkeypatch.setattr("views.pages.estimate.recorded_year.cost_of_year", counted)
    page = untouched(country="KEN", kind="social_media_block")
    assert not asked and "recorded_year" not in charts_of(page)
    page.session_state["x_recorded_year"] = True
    page.run()
    sound(page)
    assert asked == ["KEN"] and "recorded_year" in charts_of(page)
    text = plain("\n".join(str(item.value) for kind in (page.markdown, page.caption) for item in kind))
    assert all(sentence in text for sentence in year_report.sentences(cost_of_year(catalogue, "KEN")))
    assert "not a forecast" in text and "hold the number of events of 2023-2025" in text
    silent = untouched(country="DEU")
    silent.session_state["x_recorded_year"] = True
    silent.run()
    sound(silent)
    assert "No event is on record in Germany" in "\n".join(str(item.value) for item in silent.markdown)
    assert "recorded_year" not in charts_of(silent)  # hardly any year has an event


def test_what_nobody_opened_is_not_computed() -> None:
    """A bad line carries, and a slow machine computes, what is looked at."""
    page = untouched()
    sound(page)
    assert charts_of(page) == {"bearers", "strip"}
    kinds = ("text_input", "selectbox", "multiselect", "checkbox", "radio")
    keys = {str(item.key) for kind in kinds for item in page.get(kind)}
    assert keys == {"w_kind", "w_country", "w_regions", "w_duration", "w_begins", "w_ends"}


def test_the_first_stops_of_the_keyboard_are_what_where_and_how_long() -> None:
    page = untouched(country="KEN")
    stops = [item for item in page.main if isinstance(item, Widget)][:6]
    labels = [getattr(item, "label", "") for item in stops]
    assert labels == ["What", "Where", "How much of it", "How long", "or from", "to"]
    assert not any(getattr(item, "help", "") for item in stops), "a question mark would be a stop between"


def test_the_changes_are_counted_in_view() -> None:
    page = untouched(duration="3d")
    assert any(item.value == ":blue-badge[2]" for item in page.markdown)  # the length, and the simulations
    page.button(key="w_reset").click().run()
    assert any(item.value == ":gray-badge[0]" for item in page.markdown)


def test_three_points_stay_in_order() -> None:
    page = without_charts(True)
    for key, text, said in (
        ("low", "9 %", "is out of order"), ("high", "120 %", "out of range"), ("likely", "often", "is not a number"),
    ):  # fmt: skip
        field = page.text_input(key=f"p_sector.trade.dependence_{key}")
        before = field.value
        field.set_value(text).run()
        (problem,) = [plain(item.value) for item in page.error]
        assert said in problem and not scenario_of(page).assumptions
        assert page.text_input(key=f"p_sector.trade.dependence_{key}").value == before


def test_a_vpn_block_stands_beside_what_is_claimed() -> None:
    title = "The same block, as the industry claims and as we estimate"
    assert title in [item.value for item in untouched(kind="vpn_block", duration="30d").subheader]
    for other in ({"kind": "full_blackout"}, {"kind": "vpn_block", "country": "KEN"}):
        assert title not in [item.value for item in untouched(**other).subheader]
