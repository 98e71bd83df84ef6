"""A year of outages of one firm: by hand, its laws, and the words for what is worth having."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from model.__main__ import main
from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.common.errors import InputError
from model.industry.draws import Values
from model.industry.firm import kinds
from model.industry.firm_outage import FAULT, LOCKDOWN, SetUp
from model.industry.firm_year import FirmYear, chance_of_missed_month, firm_year, hours_down
from model.text.firm_year_report import firm_year_section, share_of_simulations


def of(
    catalogue: Catalogue,
    tables: Industry,
    kind: str = FAULT,
    preset: str = "software_house",
    **given: Override,
) -> FirmYear:
    """The preset with these figures of `firm.*` in place."""
    chosen = tables.presets[preset]
    moved = {f"firm.{key}": value for key, value in given.items()}
    return firm_year(catalogue, tables, Values(catalogue, tables, moved, chosen.values), chosen.sector, kind)


def test_hours_by_hand() -> None:
    # within a day the hours of work; a day and a half hits 12 of them and lasts 8 + 12; three days 8 + 48
    assert [hours_down(hours) for hours in (0.0, 4.0, 8.0, 12.0, 24.0)] == [0, 4, 8, 20, 56]


def test_a_month_is_missed_when_its_outages_take_more_than_is_allowed() -> None:
    # one outage a month; 4 hours allowed. Outages of 5 hours: one is too many. Of 3: two. Of 2: three. Of none: never
    chances = chance_of_missed_month(1.0, np.array([5.0, 3.0, 2.0, 0.0]), 4.0)
    e = np.exp(-1)
    assert chances == pytest.approx([1 - e, 1 - 2 * e, 1 - 2.5 * e, 0.0])
    assert chance_of_missed_month(0.0, np.array([5.0]), 4.0) == 0


def test_a_year_by_hand(catalogue: Catalogue, industry_tables: Industry) -> None:
    """A lockdown with nobody at home stops all work: 4 of 8 hours take half a day's revenue of 200 x 20,000 / 260."""
    chosen = industry_tables.presets["software_house"]
    values = Values(catalogue, industry_tables, {"firm.home_share": 0.0}, chosen.values)
    shared = SetUp(catalogue, values, chosen.sector, LOCKDOWN, np.array([0.5]), np.array([4.0]))
    effects = shared.effects(1, 0.0)
    assert effects.gross[0] == pytest.approx(200 * 20_000 / 260 / 2) and effects.down[0] == pytest.approx(4.0)
    year = of(catalogue, industry_tables, LOCKDOWN, home_share=0.0, outages_per_year=12.0, outage_hours=4.0)
    assert year.cost.median == pytest.approx(12 * np.median(effects.profit[0])) and year.penalties.high == 0
    assert year.none == pytest.approx(np.exp(-12))
    # numbers of outages are Poisson: nine years in ten stay below about 16 of 12
    assert year.bad / year.cost.median == pytest.approx(stats.poisson(12).ppf(0.9) / 12, rel=0.12)


def test_laws_of_a_year(catalogue: Catalogue, industry_tables: Industry) -> None:
    years = [of(catalogue, industry_tables, outages_per_year=float(often)) for often in (0, 6, 12, 24)]
    assert years[0].cost.high == 0 == years[0].bad and years[0].none == 1
    for fewer, more in pairwise(years):
        assert fewer.cost.median < more.cost.median and fewer.bad < more.bad and fewer.none > more.none
        assert more.bad > more.cost.low
    lengths = [
        of(catalogue, industry_tables, outage_hours=hours).cost.median for hours in (0.0, 1.0, 4.0, 8.0, 16.0)
    ]
    assert lengths[0] == 0 and lengths == sorted(lengths) and len(set(lengths)) == 5
    before, after = (of(catalogue, industry_tables, outage_hours=hours) for hours in (8.0, 8.0001))
    assert before.cost.median == pytest.approx(after.cost.median, rel=1e-3)  # no step at the end of the day
    for kind in kinds(catalogue):
        year = of(catalogue, industry_tables, kind)
        for row in year.worth:
            assert row.saved.low >= 0 and row.saved.high <= year.cost.high * 1.0001
            assert 0 <= row.pays <= 1 and (row.verdict == "worth it") == (
                row.pays >= 0.9 and row.saved.high > 0
            )
        assert (year.instead is None) == (kind in (FAULT, "mobile_only"))


def test_penalties_of_a_year_by_hand(catalogue: Catalogue, industry_tables: Industry) -> None:
    """Nothing allowed: a month with an outage costs a tenth of its exports; 12 (1 - 1/e) such months a year."""
    year = of(
        catalogue, industry_tables, penalty_contract_share=1.0, penalty_rate=0.1, penalty_tolerance_hours=0.0,
        outages_per_year=12.0,
    )  # fmt: skip
    month = 200 * 20_000 * 0.5 / 12 * 0.1
    assert [*year.penalties] == pytest.approx([12 * (1 - np.exp(-1)) * month] * 3)
    assert of(catalogue, industry_tables, penalty_tolerance_hours=200.0).penalties.high == 0


def test_what_is_worth_it_follows_its_price(catalogue: Catalogue, industry_tables: Industry) -> None:
    def line(price: float) -> str:
        year = of(catalogue, industry_tables, line_usd_per_year=price)
        return next(row.verdict for row in year.worth if row.key == "second_line")

    saved = next(row.saved for row in of(catalogue, industry_tables).worth if row.key == "second_line")
    verdicts = [line(round(price)) for price in (saved.low * 0.5, saved.median, saved.high * 1.5)]
    assert verdicts == ["worth it", "uncertain", "not worth it"]
    blackout = of(catalogue, industry_tables, "full_blackout")
    assert blackout.worth[0].verdict == "saves nothing here" and blackout.instead is not None
    assert blackout.instead.cost == of(catalogue, industry_tables).cost


def test_the_year_in_words(
    catalogue: Catalogue, industry_tables: Industry, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *rest = firm_year_section(of(catalogue, industry_tables, outages_per_year=12.0)).sentences
    assert first.startswith(
        "12 outages a year of 4 working hours (fault of the firm's own line) cost this firm in Pakistan about $"
    )
    assert any("“One more fixed line” costs" in text and "worth it, it pays in" in text for text in rest)
    sentences = firm_year_section(of(catalogue, industry_tables, "full_blackout")).sentences
    assert any("would save nothing here, because it shares what fails" in text for text in sentences)
    assert any(text.startswith("Were they faults of the firm's own line") for text in sentences)
    none = firm_year_section(of(catalogue, industry_tables, outages_per_year=0.0)).sentences
    assert none[0].endswith(
        "0 outages a year of 4 working hours (fault of the firm's own line) cost this firm in Pakistan no profit."
    )
    once = firm_year_section(
        of(catalogue, industry_tables, outages_per_year=1.0, outage_hours=1.0)
    ).sentences[0]
    assert (
        once.startswith("1 outage a year of 1 working hour (")
        and " costs this firm in Pakistan about $" in once
    )
    shares = [share_of_simulations(share) for share in (1.0, 0.999, 0.42, 0.001, 0.0)]
    assert shares == [
        "all simulations", "over 99% of simulations", "42% of simulations", "under 1% of simulations",
        "no simulation",
    ]  # fmt: skip
    assert main(["firm", "--kind", FAULT, "--outages", "12", "--hours", "4", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert first in json.dumps(data, ensure_ascii=False)
    for wrong in (["--outages", "many"], ["--hours", "-1"], ["--hours", "4", "--set", "firm.outage_hours=5"]):
        assert main(["firm", *wrong]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    with pytest.raises(InputError, match="kind"):
        of(catalogue, industry_tables, "storm")
