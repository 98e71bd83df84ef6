"""Names that differ whenever scenarios differ, and links that lead to what a file shows, or none."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from helpers.files.content import DAY, FEW, content_for
from helpers.files.readers import READERS

from briefing import FORMATS, Briefing, make
from briefing.common.content import Content
from briefing.common.links import VARIABLE, given_address, public_address
from briefing.common.names import stem_of
from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.estimation.estimate import estimate
from model.scenario.comparison import from_link
from model.scenario.fields import Header
from model.scenario.scenario import Scenario

PLAIN = Scenario()


@pytest.mark.parametrize(
    ("scenario", "name"),
    [
        (PLAIN, "PAK_full_blackout_1d_2026-11-21"),
        (Scenario(kind="vpn_block", hours=4320.0), "PAK_vpn_block_180d_2026-11-21"),
        (Scenario(country="KEN", hours=0.25, spells=3), "KEN_full_blackout_3x0p25h_2026-11-21"),
        (Scenario(regions=("Sindh",)), "PAK_Sindh_full_blackout_1d_2026-11-21"),
        (Scenario(place=0.125), "PAK_p12p5_full_blackout_1d_2026-11-21"),
    ],
)
def test_a_plain_scenario_is_named_in_words_alone(scenario: Scenario, name: str) -> None:
    assert stem_of(scenario, DAY) == name


def test_other_scenarios_have_other_names(catalogue: Catalogue) -> None:
    """One folder can hold them all; what cannot be said in words is a mark of six letters."""
    key = next(key for key, row in catalogue.parameters.items() if row.mode is not None)
    many = tuple(list(catalogue.regions)[:5])
    kenya = Scenario(country="KEN")
    apart = [
        (PLAIN, ()),
        (Scenario(currency="PKR"), ()),
        (Scenario(start="2026-01-05T10:00"), ()),
        (Scenario(kind="slowdown", ratio=0.5), ()),
        (Scenario(kind="slowdown", ratio=0.4), ()),
        (Scenario(spells=2), ()),
        (Scenario(spells=2, gap_days=1.0), ()),
        (Scenario(seed=2), ()),
        (Scenario(draws=512), ()),
        (Scenario(place=0.1), ()),
        (Scenario(place=0.1 + 1e-9), ()),
        (Scenario(regions=many), ()),
        (Scenario(regions=tuple(reversed(many))), ()),
        (Scenario(assumptions={key: 0.1}), ()),
        (Scenario(assumptions={key: 0.2}), ()),
        (Scenario(header=Header(title="Mine")), ()),
        (Scenario(header=Header(why="Mine")), ()),
        (PLAIN, (kenya,)),
        (PLAIN, (kenya.with_changes(hours=48.0),)),
        (PLAIN, (kenya, PLAIN)),
        (PLAIN, (PLAIN, kenya)),
        (Scenario(currency="PKR"), (kenya,)),
    ]
    names = [stem_of(scenario, DAY, others) for scenario, others in apart]
    same = [(apart[a], apart[b]) for a, b in combinations(range(len(apart)), 2) if names[a] == names[b]]
    assert not same
    assert max(map(len, names)) < 100


def test_a_comparison_is_named_by_what_is_drawn_of_it(catalogue: Catalogue) -> None:
    """Draws, seed and money are those of the first: the files of a package make the same name again."""
    given = Scenario(country="KEN", draws=512, seed=9)
    both = Briefing(estimate(catalogue, Scenario(draws=FEW)), DAY, "https://example.org", (given,))
    drawn = (both.content.compared[1].scenario,)
    assert both.stem == both.content.stem == stem_of(Scenario(draws=FEW), DAY, drawn)
    assert both.stem.startswith("PAK_full_blackout_1d_vs2_") and both.link == both.content.link


def test_the_link_of_a_comparison_opens_the_comparison(catalogue: Catalogue) -> None:
    other = Scenario(country="KEN", hours=48.0, draws=FEW)
    both = content_for(catalogue, Scenario(draws=FEW), address="https://example.org/", others=(other,))
    assert both.link.startswith("https://example.org/compare?") and both.link in both.press
    query = dict(pair.split("=") for pair in both.link.partition("?")[2].split("&"))
    mine, beside, ignored = from_link(catalogue, query)
    assert (mine, beside.others, ignored) == (Scenario(draws=FEW), (other,), [])
    assert beside.show == "scenarios"


def test_without_an_address_no_file_has_a_link_and_each_says_what_it_shows(
    vpn_content: Content, vpn_files: dict[str, bytes]
) -> None:
    assert vpn_content.link == "" and "kind=vpn_block&duration=180d" in vpn_content.where
    for key in FORMATS:
        text = READERS[key](vpn_files[key])
        assert "localhost" not in text and "Live scenario" not in text and "no public address" in text, key
    away = replace(vpn_content, link="https://example.org/", where="Live scenario: https://example.org/")
    assert b'class="qr"' in make("html", away).data and b'class="qr"' not in vpn_files["html"]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://nettoll.example.org/tool/", "https://nettoll.example.org/tool"),
        ("http://8.8.8.8:8501", "http://8.8.8.8:8501"),
        *((text, "") for text in (
            "http://localhost:8501", "http://127.0.0.1:8501", "http://127.1.2.3", "http://[::1]:8501/", "http://0.0.0.0",
            "http://192.168.1.20:8501", "http://10.0.0.7", "http://[fe80::1]", "http://server", "http://laptop.local",
            "http://app.localhost", "http://localhost.", "", "http://[broken", "http://2130706433", "http://127.1",
            "http://[::ffff:127.0.0.1]", "https://localhost.localdomain",
        )),
    ],
)  # fmt: skip
def test_an_address_that_others_cannot_open_is_none(address: str, shown: str) -> None:
    assert public_address(address) == shown


def test_the_address_is_the_given_one_then_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert given_address(None) == ""
    monkeypatch.setenv(VARIABLE, "https://nettoll.example.org/")
    assert given_address(None) == "https://nettoll.example.org"
    # Somebody who names an address of their own network means it: their readers are inside.
    assert given_address("http://10.0.0.7:8501") == "http://10.0.0.7:8501"
    spoilt = ("/?a=b", "#part", ":99999", ":port", "/a b", "\n.org", '/"><script>')
    for text in (
        "http://localhost:8501", "ftp://example.org", "https://", "example.org", "http://127.1", "http://2130706433",
        "https://user:word@example.org", "https://日本.example", *(f"https://example.org{end}" for end in spoilt),
    ):  # fmt: skip
        with pytest.raises(InputError, match="--address"):
            given_address(text)
    monkeypatch.setenv(VARIABLE, "localhost")
    with pytest.raises(InputError, match=VARIABLE):
        given_address(None)
