"""A link that ever worked leads to where its page is now, with all that it says."""

from __future__ import annotations

import pytest

import dashboard
from views.frame.moved import FORMER, MOVED, leads_to
from views.pages.how import controls as how

PATHS = [path for path, *_ in dashboard.PAGES]
# Path and link as they were once sent, and what they lead to.
SENT: list[tuple[str, dict[str, str], str, dict[str, str]]] = [
    ("estimate", {"v": "1", "country": "BGD"}, "", {}),
    ("briefing", {"v": "2", "kind": "vpn_block"}, "export", {}),
    ("claims", {"v": "2", "claimed.vpn_block_days": "73.0"}, "pakistan", {"industry.baseline": "claimed"}),
    ("evidence", {}, "how-it-works", {"how.section": "evidence"}),
    ("evidence", {"evidence.section": "record"}, "how-it-works", {"how.section": "evidence"}),
    ("methods", {}, "how-it-works", {"how.section": "methods"}),
    ("sources", {"sources.search": "churn"}, "how-it-works", {"how.section": "sources"}),
]


@pytest.mark.parametrize(("path", "query", "to", "added"), SENT)
def test_a_former_address_leads_on_with_its_values(
    path: str, query: dict[str, str], to: str, added: dict[str, str]
) -> None:
    assert leads_to(path, query) == (to, query | added)


def test_a_link_of_industry_leads_to_the_page_that_shows_it_now() -> None:
    assert leads_to("industry", {}) == ("pakistan", {"industry.section": "exports"})
    people = {"v": "2", "firm.people": "400.0"}
    to, query = leads_to("industry", people | {"industry.section": "firm"}) or ("", {})
    assert to == "firm" and query == people | {"industry.kind": "full_blackout"}  # its default of that time
    to, query = leads_to("industry", {"industry.section": "vpn_block"}) or ("", {})
    assert (to, query["industry.vpn_block_days"]) == ("pakistan", "180")


def test_every_row_is_reached_and_leads_to_a_page() -> None:
    assert {path for path, *_ in SENT} | {"industry"} == set(FORMER)
    pages = set(PATHS)
    for row in MOVED:
        assert row.to in pages and row.path not in pages, row
        if "how.section" in row.adds:
            assert row.adds["how.section"] in how.SECTIONS


def test_what_the_link_says_itself_counts() -> None:
    asked = leads_to("sources", {"how.section": "methods"})
    assert asked == ("how-it-works", {"how.section": "methods"})


def test_the_pages_of_today_are_not_moved() -> None:
    for name in PATHS:
        assert leads_to(name, {}) is None
