"""Every price of a VPN block in one table: the numbers of each view, one length, and nothing that is added."""

from __future__ import annotations

from itertools import product

import pytest
from helpers.estimate_page import link_of
from helpers.single_pages import hold, moved_values, pakistan_app, text_of
from streamlit.testing.v1 import AppTest

from model.catalogue.load import Catalogue
from model.claims.bridge import CLIENTS, ECONOMY, NOT_ADDED, ORDERS, WORKAROUNDS, Bridge, bridge
from model.claims.claims import claims
from model.common.ledger import refusal
from model.estimation.estimate import estimate
from model.evidence import trends
from model.industry.clients import block
from model.industry.draws import Values
from model.industry.exports import baselines
from model.scenario.scenario import Scenario
from views.pages.claims import controls as articles
from views.pages.pakistan import controls as controls
from views.parts.blocks import NO_BREAK

TIMEOUT = 90
DAYS = 73.0


@pytest.fixture
def made(catalogue: Catalogue) -> Bridge:
    values = Values(catalogue, catalogue.industry, {"industry.vpn_block_days": DAYS})
    base = trends.pick(baselines(catalogue, values), "last_year")
    result = estimate(catalogue, Scenario(kind="vpn_block", hours=24 * DAYS, draws=1024))
    claimed = claims(catalogue, {"claims.vpn_block_days": DAYS})
    return bridge(DAYS, claimed, result, block(values, base).amounts)


def test_each_cell_is_the_number_of_its_view(made: Bridge) -> None:
    cost = made.row(WORKAROUNDS)
    assert cost.claimed is not None and cost.claimed.median == pytest.approx(125e6 / 5)  # 73 of 365 days
    wall, near = made.row(ECONOMY).claimed, made.row(ORDERS).claimed
    assert wall is not None and near is not None and (wall.median, near.low, near.high) == (300e6, 20e6, 90e6)
    assert not made.row(ECONOMY).stated and cost.stated
    assert made.row(CLIENTS).claimed is None, "no article gives one"
    names = [tuple(item.id for item in row.prices) for row in made.rows]
    assert names == [
        ("claims.opex", "coping", "clients.kept_cost"), ("claims.short_term", "direct_receipts", "clients.in_block"),
        ("lagged_receipts", "clients.lost"), ("claims.firewall", "net_direct"),
    ]  # fmt: skip


def test_orders_lost_are_a_part_of_the_economy_wide_loss(made: Bridge, catalogue: Catalogue) -> None:
    orders, whole = made.row(ORDERS).estimated, made.row(ECONOMY).estimated
    assert orders is not None and whole is not None and whole.mean and orders.mean
    share = catalogue.parameters["exports.value_added_share"].mode or 1.0
    assert 0 < orders.mean * share < whole.mean  # earnings are more than the output in them


def test_no_two_prices_are_added(made: Bridge) -> None:
    """Within a row they answer one question; across rows the totaller refuses every pair that a sentence names."""
    for row in made.rows:
        for first, second in product(row.prices, row.prices):
            assert refusal(first, second) is not None, (first.id, second.id)
    for (one, other), text in NOT_ADDED:
        assert text in made.not_added
        for first, second in product(made.row(one).prices, made.row(other).prices):
            assert refusal(first, second) is not None, (first.id, second.id)


def test_a_block_too_long_to_be_estimated_has_its_claims(catalogue: Catalogue) -> None:
    made = bridge(3650.0, claims(catalogue, {"claims.vpn_block_days": 3650.0}), None)
    assert made.row(WORKAROUNDS).claimed is not None and made.row(ECONOMY).estimated is None
    page = AppTest.from_function(pakistan_app, default_timeout=TIMEOUT)
    hold(page, articles.STORE, **{articles.DAYS: 3650.0})
    page.run()
    assert not page.exception and not page.error and "for 3650 days would add $1.25 billion" in text_of(page)


def cells(page: AppTest) -> dict[str, list[str]]:
    frame = page.table[0].value
    return {
        str(row[0]): [str(cell).replace(NO_BREAK, " ").replace("\\", "") for cell in row[1:]]
        for row in frame.to_numpy()
    }


def linked() -> None:
    """The page with its address, as the way in shows it."""
    from views.pages.claims import controls as claims_controls
    from views.pages.firm import controls as firm_controls
    from views.pages.pakistan import controls as pakistan_controls
    from views.pages.pakistan import page as pakistan
    from views.session import address

    stores = (claims_controls.STORE, pakistan_controls.STORE, firm_controls.STORE)
    address.read_link("pakistan", stores)
    pakistan.page()
    address.write_link(stores)


def opened(**link: str) -> AppTest:
    page = AppTest.from_function(linked, default_timeout=TIMEOUT)
    for key, value in link.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def test_the_length_of_a_scenario_is_that_of_the_page_and_back() -> None:
    page = opened(v="2", kind="vpn_block", duration="73d")
    assert page.text_input(key="w_block_length").value == "73 days"
    assert cells(page)["Running cost of workarounds"][0] == "$25M ($20M to $30M)"
    page.text_input(key="w_block_length").set_value("a year").run()
    assert link_of(page)["duration"] == "365d" and "industry.vpn_block_days" not in link_of(page)
    assert cells(page)["Running cost of workarounds"][0] == "$125M ($100M to $150M)"
    assert [row[0] for row in cells(page).values()][1:] == [
        "tens of millions (here $20M to $90M); no period stated",
        "no figure",
        "$300M for the firewall; no period stated",
    ]


def test_another_scenario_leaves_the_page_its_own_length() -> None:
    page = opened(v="2", country="KEN", kind="vpn_block", duration="73d")
    assert page.text_input(key="w_block_length").value == "365 days"
    page.text_input(key="w_block_length").set_value("90 days").run()
    link = link_of(page)
    assert (link["duration"], link["industry.vpn_block_days"], link["country"]) == ("73d", "90.0", "KEN")
    page.text_input(key="w_block_length").set_value("ten years").run()
    assert page.text_input(key="w_block_length").value == "90 days" and "is more than 730 days" in text_of(
        page
    )
    page.button(key="w_block_estimate").click().run()
    link = link_of(page)
    assert (link["kind"], link["duration"]) == ("vpn_block", "90d") and "country" not in link
    assert page.text_input(key="w_block_length").value == "90 days"


def test_figures_of_the_former_links_are_read_and_taken_back_where_the_page_sets_them() -> None:
    page = opened(**{"v": "2", "claimed.vpn_block_days": "73.0", "claimed.baseline": "fy22_25"})
    assert page.text_input(key="w_block_length").value == "73 days"
    assert page.selectbox(key="w_industry_baseline").value == "fy22_25"
    page.text_input(key="w_block_length").set_value("30 days").run()
    page.selectbox(key="w_industry_baseline").set_value("last_year").run()
    assert page.text_input(key="w_block_length").value == "30 days"
    assert page.selectbox(key="w_industry_baseline").value == "last_year"
    assert moved_values(page, articles.STORE) == {} and moved_values(page, controls.STORE) == {
        controls.DAYS: 30.0
    }


def under_estimate() -> None:
    """What the page Estimate may show below its answer."""
    from views.pages.pakistan import bridge
    from views.session import address

    address.read_link("")
    bridge.show_under_estimate()


@pytest.mark.parametrize(("link", "shown"), [({"kind": "vpn_block", "duration": "73d"}, True), ({}, False)])
def test_estimate_can_show_the_table(link: dict[str, str], shown: bool) -> None:
    page = AppTest.from_function(under_estimate, default_timeout=TIMEOUT)
    for key, value in {"v": "2", **link}.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception and bool(page.table) == shown
    if shown:
        assert cells(page)["Running cost of workarounds"][0] == "$25M ($20M to $30M)"
        assert "Orders lost during the block are already part of the economy-wide loss." in text_of(page)
