"""The strip of methods, the spread of what was printed, and the check that catches the published slip."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.tables import Tables

from model.catalogue.load import Catalogue
from model.catalogue.methods import References
from model.common.numbers import significant
from model.estimation.economy import Economy
from model.estimation.estimate import estimate
from model.methods import methods
from model.methods.base import QUOTED
from model.methods.strip import applicable
from model.methods.units import daily_share_check
from model.scenario.scenario import Scenario
from views.pages.estimate.method_strip import bases_text
from views.pages.evidence.spread import headline

BASE_2023 = 338.368e9


def test_the_published_slip_is_three_days() -> None:
    check = daily_share_check(1.8e12, 0.15, 2.22e9)
    assert not check.ok
    assert check.expected == pytest.approx(0.15 * 1.8e12 / 365)
    assert check.factor == pytest.approx(3, rel=0.002)
    assert "3 days' worth" in check.sentence and "$740 million" in check.sentence
    assert daily_share_check(1.8e12, 0.15, 739_726_027).ok


def half_a_digit(value: float) -> float:
    """Relative rounding of a figure as it stands in the table: half of its last digit."""
    decimals = len(repr(value).partition(".")[2]) if value % 1 else 0
    return 0.5 * 10.0**-decimals / value


def test_every_printed_share_agrees_with_its_printed_dollars(reference_tables: References) -> None:
    """The check that catches the slip, over all rows with a share, a GDP and dollars: only rounding may differ."""
    checked = 0
    for row in reference_tables.estimates:
        if row.gdp_base_usd and row.daily_gdp_share and row.value_musd and row.window_days:
            if row.daily_gdp_share > 1:  # refused as a share: no day costs more than is made in it
                continue
            a_day = row.value_musd * 1e6 / row.window_days
            rounding = half_a_digit(row.value_musd) + half_a_digit(row.daily_gdp_share)
            check = daily_share_check(row.gdp_base_usd, row.daily_gdp_share, a_day, rounding)
            assert check.ok, f"{row.id}: {check.sentence}"
            checked += 1
    assert checked >= 20


def test_the_middle_of_two_printed_ends_is_their_mean(reference_tables: References) -> None:
    rows = {row.id: row for row in reference_tables.estimates}
    for name, low, high, days in (
        ("est_033", 100, 150, 365),
        ("est_028", 300, 500, 14),
        ("est_047", 2.8, 4.3, 1),
    ):
        a_day = rows[name].a_day
        assert a_day and [*a_day] == pytest.approx([low / days, (low + high) / 2 / days, high / days])


def test_the_spread_of_a_blackout_day_follows_from_its_rows(reference_tables: References) -> None:
    """31 times from Deloitte's low tier to Brookings' form, 78 with ICRIER's elasticity: from the rows themselves."""
    rows = [row for row in reference_tables.estimates if row.event == "pk_national_blackout_day"]
    fitting = [row for row in rows if row.a_day and (row.daily_gdp_share or 0) <= 1]
    low = min(row.a_day.low for row in fitting if row.a_day)
    high = max(row.a_day.high for row in fitting if row.a_day)
    title = headline("A day", rows)
    assert f"{len(fitting)} figures" in title and f"{significant(high / low)} times apart" in title
    assert "1 more would exceed all that is made in a day" in title and len(rows) == len(fitting) + 1
    forms = [
        row.value_musd
        for row in fitting
        if row.method in ("deloitte2016", "brookings2016") and row.value_musd
    ]
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert f"{significant(max(forms) / min(forms))} times" in readme


def test_strip_for_a_pakistani_blackout_day(
    capsys: pytest.CaptureFixture[str],
    catalogue: Catalogue,
    pakistan: Economy,
    reference_tables: References,
    tables: Tables,
) -> None:
    """Ascending, on one base; the published ones agree to their rounding, ours is printed and not asserted."""
    rows = [row for row in applicable(catalogue, Scenario(), pakistan, BASE_2023) if row.answer]
    by_label = {row.label: row for row in rows}
    costs = [row.answer.cost.median for row in rows if row.answer]
    assert costs == sorted(costs)
    published = {row.id: row for row in reference_tables.estimates if row.event == "pk_national_blackout_day"}
    pairs = {
        "Deloitte 2016, low tier": "est_003", "Deloitte 2016, medium tier": "est_004", "OECD 2011": "est_009",
        "NetBlocks COST 2021": "est_002", "Brookings 2016": "est_001", "ICRIER 2018, mobile traffic": "est_011",
        "ICRIER 2018, all traffic": "est_010", "Internet Society NetLoss": "est_008",
    }  # fmt: skip
    for label, row_id in pairs.items():
        answer, printed, share = by_label[label].answer, published[row_id], by_label[label].daily_gdp_share
        assert answer and share
        if printed.value_musd is None:
            assert (answer.cost.low / 1e6, answer.cost.high / 1e6) == pytest.approx(
                (printed.low_musd, printed.high_musd), rel=0.005
            )
        else:
            assert answer.cost.median / 1e6 == pytest.approx(printed.value_musd, rel=0.01), label
            assert share == pytest.approx(printed.daily_gdp_share, rel=0.01), label
    # PIDE's share is the published one; its dollars (4.3 or 4.6 million) rest on rupees and a GDP of its own.
    assert by_label["PIDE 2023"].daily_gdp_share == published["est_007"].daily_gdp_share
    order = [label for label in by_label if label in pairs]
    assert order == sorted(pairs, key=lambda label: published[pairs[label]].per_day_musd or 32.45)
    assert {row.method.basis for row in rows} == {"gross", "net", "unclear"}
    tables.change(
        "data/economies.csv",
        lambda cells: [
            [*row[:2], str(int(BASE_2023)), *row[3:]] if row[:2] == ["PAK", "gdp"] else row for row in cells
        ],
    )
    own = estimate(tables.load(), Scenario())  # on the same GDP as the published ones
    assert own.economy.gdp == BASE_2023
    printed_rows: list[tuple[str, float, str]] = [
        (row.label, row.answer.cost.median, row.method.basis) for row in rows if row.answer
    ]
    for name, basis in (("gross", "gross"), ("net_direct", "net")):
        printed_rows.append((f"this model, {name}", own.amount(name).median or 0.0, basis))
    with capsys.disabled():
        print(f"\n  one day, GDP {BASE_2023 / 1e9:.3f} bn USD")
        for label, cost, basis in sorted(printed_rows, key=lambda item: item[1]):
            print(f"  {label}: {cost / 1e6:.2f} M USD, {cost * 365 / BASE_2023:.3%} of daily GDP, {basis}")


def test_strip_follows_kind_length_place_and_spells(catalogue: Catalogue, pakistan: Economy) -> None:
    day = {row.label: row for row in applicable(catalogue, Scenario(), pakistan)}
    spells = {row.label: row for row in applicable(catalogue, Scenario(hours=12, spells=6), pakistan)}
    for label, row in day.items():
        other = spells.get(label)
        if row.answer and row.method.status != QUOTED and other and other.answer:
            assert other.answer.cost.median == pytest.approx(3 * row.answer.cost.median)
            assert other.daily_gdp_share == pytest.approx(row.daily_gdp_share)
    part = {row.label: row for row in applicable(catalogue, Scenario(regions=("Sindh",)), pakistan)}
    brookings, whole = part["Brookings 2016"].answer, day["Brookings 2016"].answer
    assert brookings and whole
    assert brookings.cost.median == pytest.approx(0.255 * whole.cost.median)
    assert "region" in part["Deloitte 2016"].refusal and "region" in part["OECD 2011"].refusal
    everywhere = applicable(catalogue, Scenario(regions=tuple(catalogue.regions)), pakistan)
    assert [row.label for row in everywhere] == list(day)
    slow = applicable(catalogue, Scenario(kind="slowdown"), pakistan)
    assert all(row.refusal.endswith(".") and row.answer is None for row in slow)
    assert len(slow) == len({row.method.name for row in slow}) == len(methods())
    nothing = applicable(catalogue, Scenario(hours=0), pakistan)
    assert all(row.answer.cost.median == 0 and row.daily_gdp_share is None for row in nothing if row.answer)


def test_strip_in_every_economy(catalogue: Catalogue) -> None:
    for iso3 in ("IND", "KEN", "NGA", "IRN", "YEM", "DEU"):
        scenario = Scenario(country=iso3, kind="single_platform_block", draws=256)
        rows = applicable(catalogue, scenario, estimate(catalogue, scenario).economy)
        assert any(row.answer for row in rows)
        assert all(bool(row.answer) != bool(row.refusal) for row in rows)


def test_the_strip_names_its_gdp_and_the_one_that_a_method_keeps(
    catalogue: Catalogue, pakistan: Economy
) -> None:
    result = estimate(catalogue, Scenario(draws=256))
    text = bases_text(applicable(catalogue, Scenario(), pakistan), result)
    assert text.startswith("shares of daily GDP on one base, GDP $407.3bn of 2025")
    assert text.count("NetBlocks COST 2021 rest on a GDP that it keeps, $263.7bn of 2020") == 1
    assert "Brookings" not in text and "Deloitte" not in text
