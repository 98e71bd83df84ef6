"""Links of the pages Industry and As claimed lead to the pages of today with all that they say."""

from __future__ import annotations

import pytest

from views.frame.moved import leads_to

CASES = {
    "a bare address": ("industry", {}, "pakistan", {"industry.section": "exports"}),
    "a section": ("industry", {"v": "2", "industry.section": "talent", "talent.graduates": "5e4"}, "pakistan",
                  {"v": "2", "industry.section": "talent", "talent.graduates": "5e4"}),
    # such a link showed 180 days, now the default is a year
    "the block": ("industry", {"industry.section": "vpn_block"}, "pakistan",
                  {"industry.section": "vpn_block", "industry.vpn_block_days": "180"}),
    "its own length": ("industry", {"industry.section": "vpn_block", "industry.vpn_block_days": "90"}, "pakistan",
                       {"industry.section": "vpn_block", "industry.vpn_block_days": "90"}),
    # a blackout was the default of the firm, now it is a line fault
    "the firm": ("industry", {"industry.section": "firm", "firm.people": "350"}, "firm",
                 {"firm.people": "350", "industry.kind": "full_blackout"}),
    "its own kind": ("industry", {"industry.section": "firm", "industry.kind": "lockdown"}, "firm",
                     {"industry.kind": "lockdown"}),
    "the scenario goes along": ("industry", {"v": "1", "country": "KEN", "industry.section": "firm"}, "firm",
                                {"v": "1", "country": "KEN", "industry.kind": "full_blackout"}),
    "as claimed, bare": ("claims", {"country": "KEN"}, "pakistan", {"country": "KEN"}),
    # the articles' path grew as claimed
    "as claimed": ("claims", {"v": "2", "claimed.seed000_19": "100~150~200"}, "pakistan",
                   {"v": "2", "claimed.seed000_19": "100~150~200", "industry.baseline": "claimed"}),
    "as claimed, own growth": ("claims", {"claimed.baseline": "own", "claimed.own_growth": "0.1"}, "pakistan",
                               {"industry.baseline": "own", "claimed.own_growth": "0.1"}),
}  # fmt: skip


@pytest.mark.parametrize("name", list(CASES))
def test_a_former_address_leads_on(name: str) -> None:
    path, query, page, said = CASES[name]
    assert leads_to(path, query) == (page, said)
