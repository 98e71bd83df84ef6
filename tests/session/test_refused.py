"""The dashboard over tables that cannot be used: the sentence of the command line, on every page that needs them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.tables import Tables
from streamlit.testing.v1 import AppTest

from model.catalogue.load import ROOT
from model.common.errors import DataError
from model.estimation import estimates
from views.session import refused, state
from views.words import escaped


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tables]:
    """A copy of the tables that the dashboard reads."""
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    copy = Tables(tmp_path)
    monkeypatch.setattr(estimates, "load", copy.load)
    state.catalogue.clear()
    yield copy
    state.catalogue.clear()


def opened() -> AppTest:
    page = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    page.query_params["draws"] = "256"
    return page.run()


def test_the_sentence_and_then_the_page(tables: Tables) -> None:
    cells = tables.read("data/economies.csv")
    number = next(i for i, row in enumerate(cells) if row[:2] == ["PAK", "gdp"])
    right = cells[number][2]
    cells[number][2] = "407.3"
    tables.write("data/economies.csv", cells)
    with pytest.raises(DataError) as caught:
        tables.load()
    page = opened()
    assert not page.exception
    assert [item.value for item in page.subheader] == [refused.TITLE]
    assert [item.value for item in page.error] == [escaped(str(caught.value))]
    for part in ("economies.csv", f"row {number + 1}", "column value", "407.3", "allowed"):
        assert part in str(caught.value)
    assert refused.WHAT_TO_DO in [item.value for item in page.markdown]

    cells[number][2] = right
    tables.write("data/economies.csv", cells)
    page.button("load_again").click().run()
    assert not page.exception
    assert not page.error
    assert refused.TITLE not in [item.value for item in page.subheader]


def test_an_event_that_cannot_be_used_is_named(tables: Tables) -> None:
    path = sorted((tables.root / "data/events").glob("*.toml"))[0]
    path.write_text(path.read_text(encoding="utf-8").replace("2025-09-29", "2025-02-30", 1), encoding="utf-8")
    page = opened()
    assert not page.exception
    assert refused.TITLE in [item.value for item in page.subheader]
    assert escaped(f"data/events/{path.name}") in page.error[0].value


def methods_as_the_dashboard_opens_them() -> None:
    from views.pages.methods import page
    from views.session import refused

    with refused.said():
        page.page()


def test_a_table_of_one_page_stops_that_page_alone(tables: Tables) -> None:
    tables.set("data/symbols.csv", "D", "kernel", "maybe")
    estimate = opened()
    assert not estimate.exception
    assert not estimate.error
    methods = AppTest.from_function(methods_as_the_dashboard_opens_them, default_timeout=60).run()
    assert not methods.exception
    assert refused.TITLE in [item.value for item in methods.subheader]
    assert "'maybe'" in methods.error[0].value
