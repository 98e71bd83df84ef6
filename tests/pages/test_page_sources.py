"""The page of sources: every row of the tables is on it, can be found and can be taken away."""

from __future__ import annotations

import csv
import io

import pytest
from helpers.tables import Tables
from streamlit.testing.v1 import AppTest

from model.catalogue.load import Catalogue
from views.pages.sources import economy as economy
from views.pages.sources import tables as tables

TIMEOUT = 60


def app() -> None:
    from views.pages.sources import page as sources

    sources.page()


@pytest.fixture
def page() -> AppTest:
    made = AppTest.from_function(app, default_timeout=TIMEOUT).run()
    assert not made.exception
    return made


def test_every_row_of_the_tables_is_in_the_register(catalogue: Catalogue) -> None:
    rows = tables.entries(catalogue)
    keys = {
        table: [row.key for row in rows if row.table == table]
        for table in dict.fromkeys(r.table for r in rows)
    }
    assert keys[tables.SEEDS] == list(catalogue.seeds) and len(catalogue.seeds) == 64
    assert keys[tables.PARAMETERS] == [*catalogue.parameters, *catalogue.industry.parameters]
    assert keys[tables.COLUMNS] == [f"{item.table}.{item.column}" for item in catalogue.columns]
    assert keys[tables.SOURCES] == list(catalogue.sources)
    assert all(row.label for row in rows)


def test_every_parameter_and_seed_names_source_and_status(catalogue: Catalogue) -> None:
    for row in tables.entries(catalogue):
        if row.table in (tables.SEEDS, tables.PARAMETERS):
            assert row.source and row.status and row.used_in, row.key
        for name in row.source_ids:
            assert name in catalogue.sources, row.key


@pytest.fixture
def copied(tables: Tables) -> Tables:
    return tables


def test_a_new_parameter_row_appears_without_a_code_change(copied: Tables) -> None:
    copied.copy_row("data/parameters.csv", "churn.grace_days", key="churn.new_days", label="A new row")
    matches = tables.rows_holding(tables.entries(copied.load()), "CHURN.new_days")
    assert [(row.key, row.label) for row in matches] == [("churn.new_days", "A new row")]


def test_search_ignores_case_and_wants_all_words(catalogue: Catalogue) -> None:
    rows = tables.entries(catalogue)
    matches = tables.rows_holding(rows, "WORLD bank")
    assert matches and all("world" in row.text and "bank" in row.text for row in matches)
    assert tables.rows_holding(rows, "vpn", [tables.SEEDS]) != tables.rows_holding(rows, "vpn")
    assert not tables.rows_holding(rows, "no such words anywhere")
    assert len(tables.rows_holding(rows)) == len(rows)


def test_filter_by_status_finds_assumed_numbers_of_read_statements(catalogue: Catalogue) -> None:
    matches = tables.rows_holding(tables.entries(catalogue), "", [tables.SEEDS], ["assumption"])
    assert [row.key for row in matches] == ["seed000_03"]
    assert matches[0].status == "read, number: assumption"


def test_counts_by_status_are_those_of_the_table(catalogue: Catalogue) -> None:
    every = (*catalogue.parameters.values(), *catalogue.industry.parameters.values())
    statuses = [parameter.status for parameter in every]
    sentence = tables.parameters_sentence(catalogue)
    assert sentence.startswith(f"Of {len(statuses)} parameters, ")
    assert f"the other {statuses.count('assumption')} are assumptions" in sentence
    assert f"{statuses.count('read')} are read from a source" in sentence


def test_values_are_for_people_on_the_screen_and_raw_in_the_file(catalogue: Catalogue) -> None:
    assert tables.value_text(0.05, 0.12, 0.3, "share") == "5% to 12% to 30%"
    assert tables.value_text(100.0, None, 150.0, "M USD") == "100 to 150 M USD"
    assert tables.value_text(10_000.0, 10_000.0, None, "persons") == "at least 10,000 persons"
    assert tables.value_text(None, None, None, "") == ""
    assert tables.one_value(255_219_554.0, "persons") == "255,219,554 persons"
    rows = tables.entries(catalogue)
    lines = list(csv.DictReader(io.StringIO(tables.register_csv(catalogue, rows))))
    assert len(lines) == len(rows)
    by_key = {line["key"]: line for line in lines}
    wanted = catalogue.parameters["claims.vpn_client_share"]
    assert float(by_key[wanted.key]["value"]) == wanted.mode and by_key[wanted.key]["unit"] == "share"
    assert {line["data_version"] for line in lines} == {catalogue.data_version}


def test_every_usable_economy_has_its_rows(catalogue: Catalogue) -> None:
    for iso3, country in catalogue.countries.items():
        if country.available == "yes":
            rows = economy.rows_of(catalogue, iso3)
            assert sum(row.unit == "share" and "alue added" in row.field for row in rows) == 17
            assert all(row.status and (row.value is None or row.source) for row in rows)


def test_stale_and_missing_figures_are_said(catalogue: Catalogue) -> None:
    old = {row.field: row for row in economy.rows_of(catalogue, "ERI")}
    assert old["gdp"].note.startswith("older than three years")
    assert any("2011" in text for text in economy.warnings(catalogue, "ERI"))
    lacking = next(
        iso3 for iso3, row in catalogue.countries.items()
        if row.available == "yes" and "it_export_receipts" not in catalogue.figures[iso3]
    )  # fmt: skip
    shown = {row.field: row.shown() for row in economy.rows_of(catalogue, lacking)}
    assert shown["it_export_receipts"]["Value"] == "missing"
    assert any("missing" in text for text in economy.warnings(catalogue, lacking))


def test_page_shows_register_economy_and_what_is_unavailable(page: AppTest, catalogue: Catalogue) -> None:
    register, home, missing = (item.value for item in page.dataframe)
    assert len(register) == len(tables.entries(catalogue))
    assert "GDP" in set(home["Figure"]) and any("Balochistan" in text for text in home["Figure"])
    unusable = [row for row in catalogue.countries.values() if row.available == "no"]
    assert list(missing["Reason"]) == [row.reason for row in unusable] and all(missing["Reason"])


def test_searching_on_the_page(page: AppTest) -> None:
    page.text_input(key="w_sources_search").set_value("Beaming").run()
    assert not page.exception
    assert 0 < len(page.dataframe[0].value) < 40
    page.text_input(key="w_sources_search").set_value("$(*[ no such row").run()
    assert not page.exception and "No row holds these words" in page.info[0].value


def test_filters_and_another_economy(page: AppTest) -> None:
    page.multiselect(key="w_sources_tables").set_value([tables.PARAMETERS]).run()
    page.multiselect(key="w_sources_statuses").set_value(["read"]).run()
    assert set(page.dataframe[0].value["Status"]) == {"read"}
    page.selectbox(key="w_sources_country").set_value("ERI").run()
    assert not page.exception and any("Eritrea" in item.value for item in page.info)
