"""What a page is about in a few words."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.common import titles
from model.catalogue.load import Catalogue
from model.scenario.fields import Header
from model.scenario.scenario import Scenario

TITLES: list[tuple[dict[str, Any], str]] = [
    ({"country": "KEN", "hours": 72.0}, "3-day full blackout, Kenya"),
    ({"country": "KEN", "hours": 6.0, "kind": "vpn_block"}, "6-hour VPN block, Kenya"),
    (
        {"hours": 24.0, "kind": "mobile_only", "regions": ("Balochistan",)},
        "1-day mobile data cut, Balochistan",
    ),
    ({"hours": 24.0, "regions": ("Balochistan", "Punjab")}, "1-day full blackout, Balochistan and Punjab"),
    (
        {"hours": 24.0, "regions": ("Balochistan", "Punjab", "Sindh")},
        "1-day full blackout, 3 regions of Pakistan",
    ),
    ({"country": "UGA", "hours": 6.0, "spells": 4}, "4 times a 6-hour full blackout, Uganda"),
    ({"header": Header(title="Election week")}, "Election week"),
]


@pytest.mark.parametrize(("fields", "title"), TITLES)
def test_a_scenario_in_a_few_words(catalogue: Catalogue, fields: dict[str, Any], title: str) -> None:
    assert titles.scenario_title(catalogue, Scenario(**fields)) == title


def test_a_part_of_a_country_is_said(catalogue: Catalogue) -> None:
    title = titles.scenario_title(catalogue, Scenario(country="KEN", hours=72.0, place=0.4))
    assert title.replace("\u00a0", "").replace(" %", "%").endswith(", 40% of Kenya")


def test_a_long_title_is_cut(catalogue: Catalogue) -> None:
    title = titles.scenario_title(catalogue, Scenario(header=Header(title="word " * 40)))
    assert len(title) <= titles.MOST and title.endswith("word…")


def test_the_title_of_the_browser_names_page_and_scenario() -> None:
    what = "3-day blackout, Kenya"
    assert titles.browser_title("Estimate", what, first=True) == "3-day blackout, Kenya - NetToll"
    assert titles.browser_title("Compare", what, first=False) == "Compare: 3-day blackout, Kenya - NetToll"
    assert titles.browser_title("Export", "", first=False) == "Export - NetToll"
