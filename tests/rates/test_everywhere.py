"""The cost of a year in every economy: the same as country by country, measures by hand, what is told of it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from model.__main__ import main
from model.catalogue.load import Catalogue
from model.estimation.world import every_economy
from model.rates.everywhere import years_everywhere
from model.rates.record import CountedEvent, record_of
from model.rates.year import YearCost, cost_of_year
from model.text import world_year_report as report

HEARD: list[float] = []


@pytest.fixture(scope="module")
def years(catalogue: Catalogue) -> dict[str, YearCost]:
    HEARD.clear()
    return {year.economy.country.iso3: year for year in years_everywhere(catalogue, tick=HEARD.append)}


def test_each_is_the_year_of_one_country(catalogue: Catalogue, years: dict[str, YearCost]) -> None:
    assert list(years) == every_economy(catalogue)
    for iso3 in ("PAK", "IRQ", "SYR", "DEU"):  # an exporter of IT, many events, old money, none
        alone, year = cost_of_year(catalogue, iso3), years[iso3]
        assert [*year.expected] == pytest.approx([*alone.expected], rel=1e-12)
        assert year.bad == pytest.approx(alone.bad, rel=1e-12) and year.none == alone.none
        assert year.costs == pytest.approx(alone.costs, rel=1e-12) and year.unit == alone.unit
    assert sorted(HEARD) == HEARD and HEARD[-1] == 1


def test_a_stop_ends_it(catalogue: Catalogue) -> None:
    def stop(done: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        years_everywhere(catalogue, tick=stop)


def test_measures_by_hand(years: dict[str, YearCost]) -> None:
    """Share of GDP x GDP is dollars; over people, over 365 days; old money has a share alone."""
    year = years["KEN"]
    gdp, people = year.economy.gdp, year.economy.population
    usd = report.measured(year, "usd")
    per_head, per_day = report.measured(year, "per_head"), report.measured(year, "per_day")
    assert people and usd and per_head and per_day
    assert [*usd] == pytest.approx([*year.expected])
    assert usd.median == pytest.approx(year.share.median * gdp)
    assert per_head.high == pytest.approx(year.expected.high / people)
    assert per_day.low == pytest.approx(year.expected.low / 365)
    assert report.measured_bad(year, "usd") == pytest.approx(year.bad)
    old = years["SYR"]
    assert report.measured(old, "usd") is None and report.measured_bad(old, "per_head") is None
    assert report.measured(old, "share") == old.share
    assert old.bad_share * 100 * 365 == pytest.approx(old.bad)  # it is in % of a day's GDP


def test_the_order_and_what_is_said(catalogue: Catalogue, years: dict[str, YearCost]) -> None:
    by_share = report.ordered(list(years.values()), "share")
    shares = [year.share.median for year in by_share]
    assert shares == sorted(shares, reverse=True)
    last = report.ordered(list(years.values()), "usd")[-5:]
    assert all(year.economy.money_old for year in last)
    assert report.headline(by_share, "share").startswith(
        "By the record of 2016 to 2025, a year of such events costs Iraq"
    )
    notes = report.notes(catalogue, by_share[0].record)
    silent = len(catalogue.countries) - len(catalogue.shutdowns.totals)
    assert "not a forecast" in notes[0] and notes[1].startswith(f"{silent} countries have no event on record")
    assert report.remark(years["SEN"]) == "" and report.remark(years["ARG"]) == "no event on record"
    assert "too old for dollars" in report.remark(years["SYR"])


def test_a_short_list_gives_its_own_countries(catalogue: Catalogue) -> None:
    events = [
        CountedEvent(iso3, ("full_blackout",), 2020 + at % 3, 24, 1)
        for at, iso3 in enumerate(("UGA", "KEN") * 3)
    ]
    record = record_of(catalogue, events, "two countries")
    of_two = years_everywhere(catalogue, record)
    assert sorted(year.economy.country.iso3 for year in of_two) == ["KEN", "UGA"]
    assert "the most of the 2 economies here" in report.headline(report.ordered(of_two, "usd"), "usd")
    nowhere = record_of(catalogue, [CountedEvent("PRK", ("full_blackout",), 2020)], "no figures")
    assert years_everywhere(catalogue, nowhere) == ()
    assert report.headline((), "usd") == "No economy here has this figure."


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], catalogue: Catalogue) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "place,kind,year,duration\nKenya,full blackout,2021,1 day\nUganda,full blackout,2022,3 days\n"
    )
    asked = ["year", "--every", "--events", str(file)]
    assert main([*asked, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    shares = [float(row["expected_share"]) for row in rows]
    assert len(rows) == 2 and shares[0] > shares[1] > 0 and rows[0]["record"] == "events of mine.csv"
    assert main([*asked, "--by", "usd", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["caveats"] and {row["iso3"] for row in answer["economies"]} == {"UGA", "KEN"}
    assert len(answer["without_figures"]) == len(catalogue.countries) - len(every_economy(catalogue))
    assert main([*asked, "--by", "share"]) == 0
    assert "Uganda" in capsys.readouterr().out
