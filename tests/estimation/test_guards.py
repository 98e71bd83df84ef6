"""What must be heard with a number is in the headline, the press text and every file; old figures give no false sum."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

import pytest
from helpers.each import each

from briefing.common import press
from model.catalogue.load import Catalogue, load
from model.common.numbers import GDP_SHARE
from model.common.ranges import Range
from model.compare.curves import along
from model.compare.differences import side_by_side
from model.estimation.amounts import TAX_SHARE, TYPED_RATE
from model.estimation.economy import Economy, economy
from model.estimation.estimate import Estimate, estimate, export_split
from model.estimation.guards import GuardKey, guards
from model.estimation.sampling import resolved
from model.estimation.standing import standing
from model.language.language import language_of
from model.scenario.scenario import Scenario
from model.text import sentence
from model.text.report import result_of

OLD = ("CUB", "ERI", "SSD", "SYR", "YEM")


@lru_cache(maxsize=64)
def result(**choices: Any) -> Estimate:
    return estimate(load(), Scenario(draws=256, **choices))


def shipped(catalogue: Catalogue, iso3: str) -> Economy:
    """The economy that an estimate takes."""
    return economy(catalogue, iso3, export_split(catalogue, resolved(catalogue, {})))


@each(
    ("choices", "key", "words"),
    [
        ({"country": "YEM"}, "old_money", "of 2018, is from before a change of money in January 2020, so the loss"),
        ({"country": "CUB"}, "old_money", "of 2020, is from before a change of money in January 2021"),
        ({"country": "CHN", "kind": "vpn_block"}, "standing_block", "against an open internet, not against today."),
        ({"country": "IRN", "kind": "social_media_block"}, "standing_block", "already stands there"),
        ({"country": "UGA", "kind": "cable_cut"}, "landlocked", "terrestrial links"),
        ({"country": "UGA"}, "few_users", "Only 8.9% of the population used the internet in 2024"),
        ({"hours": 91 * 24.0}, "long", "Beyond 90 days"),
        ({"hours": 46 * 24.0, "spells": 2}, "long", "Beyond 90 days"),
    ],
)  # fmt: skip
def test_what_must_be_heard_is_said_wherever_the_number_is(
    choices: dict[str, Any], key: GuardKey, words: str
) -> None:
    estimated = result(**choices)
    sentences = {guard.key: guard.sentence for guard in guards(estimated)}
    assert words in sentences[key]
    assert sentences[key] in sentence.headline(estimated)
    assert sentences[key] in press.paragraph(estimated, date(2026, 11, 29), "link")
    urdu = language_of("ur")
    (said,) = (guard.sentence for guard in guards(estimated, language=urdu) if guard.key == key)
    assert not re.search("[A-Za-z]{4}", said) and said in sentence.headline(estimated, language=urdu)
    for form in ("text", "json", "csv"):
        assert sentences[key].replace('"', '\\"') in result_of(estimated).in_form(form), form


@pytest.mark.parametrize(
    "choices", [{}, {"country": "DEU", "kind": "cable_cut"}, {"country": "CHN"}, {"hours": 90 * 24.0}]
)
def test_where_nothing_must_be_heard_nothing_is_said(choices: dict[str, Any]) -> None:
    assert not guards(result(**choices))


def test_each_stop_of_the_slider_says_its_own() -> None:
    estimated = result()
    said = [
        "Beyond 90 days" in sentence.headline(estimated, index) for index in range(len(estimated.durations))
    ]
    assert said == [bool(hours > 90 * 24) for hours in estimated.durations]


def test_what_is_known_of_an_economy_alone_is_said_with_every_result(catalogue: Catalogue) -> None:
    """Taiwan's figures are not of the usual sources, also where every one of them is there."""
    warning = "Taiwan: not in World Bank data: GDP of 2024 from a figure a head of the IMF"
    assert result(country="TWN").warnings[0].startswith(warning)
    assert not any("World Bank" in text for text in result(country="JPN").warnings)


@pytest.mark.parametrize("iso3", OLD)
def test_a_gdp_too_old_for_money_gives_shares_until_the_reader_asks(iso3: str) -> None:
    shares, dollars = result(country=iso3), result(country=iso3, old_money=True)
    assert shares.money.unit == GDP_SHARE and dollars.money.unit == "USD"
    for form in ("text", "csv"):
        assert "$" not in result_of(shares).in_form(form)
    a_day = dollars.economy.gdp / 365
    for name in ("gross", "net_direct"):
        assert shares.draws[name] == pytest.approx(100 * dollars.draws[name] / a_day)
    assert shares.draws["work_days"] == pytest.approx(dollars.draws["work_days"])
    assert "no amounts of today" in sentence.headline(dollars)


def test_only_these_economies_have_no_money(catalogue: Catalogue) -> None:
    old = [
        row.iso3
        for row in catalogue.countries.values()
        if row.available == "yes" and shipped(catalogue, row.iso3).money_old
    ]
    assert sorted(old) == sorted(OLD)


def test_beside_an_economy_without_money_all_stand_in_shares(catalogue: Catalogue) -> None:
    both = [Scenario(draws=256), Scenario(draws=256, country="YEM")]
    for row, alone in zip(
        side_by_side(catalogue, both, ["one", "other"]), (result(), result(country="YEM")), strict=True
    ):
        assert row.result.money.unit == GDP_SHARE and row.per_head.median is None
        net = alone.draws["net_direct"] / alone.money.per_usd / (alone.economy.gdp / 365) * 100
        assert list(row.amount) == pytest.approx(list(Range.of(net)))
    for item in along(catalogue, both, ["one", "other"]):
        assert item.unit == GDP_SHARE


def test_tax_is_given_where_the_share_is_known() -> None:
    home, uganda, yemen = result(), result(country="UGA"), result(country="YEM")
    assert home.amount("tax").label == "Tax revenue lost, its share assumed (part of the direct loss)"
    assert "central government's alone" in uganda.amount("tax").label
    share = uganda.catalogue.figures["UGA"]["tax_revenue"].value
    assert uganda.draws["tax"] == pytest.approx(share * uganda.draws["net_direct"])
    assert yemen.amount("tax").median is None and "not measured" in yemen.amount("tax").label
    typed = estimate(load(), Scenario(country="YEM", draws=256, assumptions={TAX_SHARE: 0.2}))
    assert typed.draws["tax"] == pytest.approx(0.2 * typed.draws["net_direct"])


def test_old_receipts_are_not_measured(catalogue: Catalogue) -> None:
    estimated = result(country="VEN")
    assert catalogue.figures["VEN"]["it_export_receipts"].year <= catalogue.reference_year - 6
    assert estimated.amount("lagged_receipts").median is None
    assert any("older than five years" in text for text in estimated.warnings)


def test_local_money_needs_a_rate_of_the_year_of_the_gdp(catalogue: Catalogue) -> None:
    for iso3, figures in catalogue.figures.items():
        if "fx" in figures and "gdp" in figures and catalogue.countries[iso3].available == "yes":
            rate = shipped(catalogue, iso3).rate
            assert rate is None or rate.year == figures["gdp"].year, iso3
    own = catalogue.countries["LBN"].currency
    other = Scenario(country="LBN", currency=own, draws=256)
    typed = estimate(catalogue, other.with_changes(assumptions={TYPED_RATE: 90_000.0}))
    assert typed.money.unit == own


def test_the_assumptions_that_enter_are_counted() -> None:
    on, catalogue = standing(result()), load()
    assert all(catalogue.parameters[key].status == "assumption" for key in on.assumptions)
    assert on.inputs == len({*on.assumptions, *on.reader, *on.sourced}) > len(on.assumptions) > 0
    assert "severity.vpn_block.small" not in {*on.assumptions, *on.sourced}
    typed = standing(estimate(load(), Scenario(draws=256, assumptions={on.assumptions[0]: 0.5})))
    assert typed.reader == (on.assumptions[0],) and typed.inputs == on.inputs
    assert f"{len(on.assumptions)} of the {on.inputs} inputs" in sentence.assumptions_text(result())


@each(
    ("parts", "unit", "full"),
    [
        ((9e6, 16.5e6, 32e6), "USD", "$16M ($9.0M to $32M)"),
        ((0.0, 3e4, 14e6), "USD", "probably none; 1 chance in 20 above $14M"),
        ((0.0, 1.3e6, 14e6), "USD", "$1.3M ($0 to $14M)"),
        ((0.0, 0.0, 0.0), "USD", "$0"),
        ((4_100.0, 240e3, 1.8e6), "USD", "$240k ($4,000 to $1.8M)"),
        ((0.93, 1.73, 3.23), GDP_SHARE, "1.7% of a day's GDP (0.93% to 3.2%)"),
        ((32.9e6, 33.1e6, 33.4e6), "USD", "$33M ($32.9M to $33.4M)"),
        ((5e6, 5e6, 5e6), "USD", "$5.0M"),
        ((32.99e6, 33e6, 33.01e6), "USD", "$33M"),
        ((None, None, None), "USD", "not measured"),
        ((None, 1e6, None), "USD", "not measured"),
        ((float("nan"),) * 3, "USD", "not measured"),
        ((1e6, 2e6, float("inf")), "USD", "$2.0M ($1.0M to not measured)"),
    ],
)  # fmt: skip
def test_a_range_in_words(parts: tuple[float | None, ...], unit: str, full: str) -> None:
    low, median, high = parts
    assert Range(low, median, high).money(unit).full == full


def test_no_headline_says_more_than_is_known() -> None:
    for choices in ({}, {"country": "YEM"}, {"kind": "cable_cut"}):
        said = sentence.headline(result(**choices))
        assert "90%" not in said and "cited" not in said
        assert "Model estimate from stated assumptions, not a measurement." in said
