"""The cost of a year: sums by hand, the laws that it obeys, and what is told of it."""

from __future__ import annotations

import csv
import io
import json
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.__main__ import main
from model.catalogue.load import ROOT, Catalogue
from model.common.errors import InputError
from model.kernels.own_draws import own_draws
from model.rates import check, simulation
from model.rates.record import CountedEvent, nationwide, record_of, shipped_record
from model.rates.simulation import Lot
from model.rates.year import cost_of_year, kinds_of
from model.text.year_report import check_sentence, sentences


def lot(**changes: object) -> Lot:
    """Events of 10 hours that cost 3 an hour; two in three hit the whole country, the others a tenth of it."""
    grid = np.geomspace(1.0, 100.0, 5)
    values: dict[str, object] = {
        "chances": np.array([[2 / 3], [1 / 3]]), "curve": np.array([0, 0]), "whole": np.array([True, False]),
        "curves": 3 * grid[None, :, None], "hours": grid, "middle": np.log([10.0]), "within": np.zeros(1),
        "part": np.array([0.1]), "part_spread": 0.0, **changes,
    }  # fmt: skip
    return Lot(**values)  # type: ignore[arg-type]


def test_cost_of_one_event_by_hand() -> None:
    grid = np.array([1.0, 10.0, 100.0])
    curves = np.array([[[1.0], [4.0], [8.0]]])

    def at(hours: float) -> float:
        return float(simulation.cost_at(curves, grid, np.array([hours]), 0, np.array([0]))[0])

    # half of the first, the first, half-way in hours between 4 and 8, the last, no more than the last
    assert [at(hours) for hours in (0.5, 1, 55, 100, 5000)] == pytest.approx([0.5, 1, 6, 8, 8])


def test_expected_cost_is_rate_times_mean_cost() -> None:
    """Wald: 4 events a year x (2/3 x 30 + 1/3 x 3) = 84; the simulated years have that mean."""
    assert simulation.mean_costs(lot())[:, 0] == pytest.approx([30.0, 3.0])
    assert simulation.expected(np.array([4.0]), lot()).sum() == pytest.approx(84.0)
    rng, own = np.random.default_rng(7), partial(own_draws, "test")
    years = simulation.simulated(own, rng.poisson(4.0, (1, 20_000)), lot())
    assert years.mean() == pytest.approx(84.0, rel=0.02)
    assert years.max() > 84 and simulation.simulated(
        own, np.zeros((1, 3), dtype=np.int64), lot()
    ).tolist() == [[0] * 3]
    spread = lot(within=np.ones(1), part_spread=0.8)
    wide = simulation.simulated(own, rng.poisson(4.0, (1, 60_000)), spread)
    assert wide.mean() == pytest.approx(simulation.expected(np.array([4.0]), spread).sum(), rel=0.03)
    two_parts = lot(parts=np.array([0.2, 0.4]))
    assert simulation.mean_costs(two_parts)[:, 0] == pytest.approx([30.0, 9.0])


def test_the_record_adds_up(catalogue: Catalogue) -> None:
    record = shipped_record(catalogue)
    assert record.years == tuple(range(2016, 2026))
    assert int(record.starts["IND"].sum()) == 907  # as counted in all
    # the Emirates' block of 2016 is published ten times, once for each year that it goes on: one event
    rows = {row.year: (row.rows, row.events) for row in catalogue.shutdowns.starts if row.iso3 == "ARE"}
    assert rows == {2016: (10, 1)}
    assert record.silent + len(record.starts) == len(catalogue.countries)
    for iso3, parts in record.whole.items():
        assert parts.sum(axis=1).tolist() == record.by_kind[iso3].tolist() and parts.min() >= 0


@pytest.mark.parametrize("country", ["PAK", "IRQ", "VEN", "DEU"])
def test_laws_of_a_year(catalogue: Catalogue, country: str) -> None:
    year = cost_of_year(catalogue, country)
    low, median, high = year.expected
    assert 0 <= low <= median <= high and 0 < year.none < 1
    costs = [cost for _, cost in year.passed]
    assert costs == sorted(costs) and year.bad == dict(year.passed)[0.1]  # a rarer year is a dearer one
    assert np.all(np.diff(year.costs) >= 0) and year.costs.min() == 0
    assert np.mean(year.costs == 0) == pytest.approx(year.none, abs=0.02)
    if year.events:
        assert year.costs.mean() == pytest.approx(year.mean, rel=0.2)  # drawn years, a heavy tail
        assert year.rate.low < year.events / 10 < year.rate.high
        assert sum(kind.rate.median for kind in year.kinds) == pytest.approx(year.rate.median, rel=0.15)
    assert cost_of_year(catalogue, country).costs.tolist() == year.costs.tolist()  # the same at every call


def test_an_economy_with_old_money_has_shares(catalogue: Catalogue) -> None:
    year = cost_of_year(catalogue, "SYR")
    assert year.unit != "USD" and "% of a day's GDP" in sentences(year)[1]
    with pytest.raises(InputError, match="country"):
        cost_of_year(catalogue, "Atlantis")


def test_a_readers_list(catalogue: Catalogue) -> None:
    """One blackout of 24 hours in the whole of Kenya in each of four years: near one blackout's cost a year."""
    rows = [
        CountedEvent(iso3="KEN", kinds=("full_blackout",), year=year, hours=24, share=1)
        for year in range(2020, 2024)
    ]
    record = record_of(catalogue, rows, "four blackouts")
    assert record.silent == 0 and kinds_of(record) == ("full_blackout",) and record.span == "2020-2023"
    year = cost_of_year(catalogue, "KEN", record)
    assert year.events == 4 and year.kinds[0].events == 4 and 0.2 < year.rate.low < 1 < year.rate.high
    twice = cost_of_year(catalogue, "KEN", record_of(catalogue, rows * 2, "eight"))
    assert 1.3 < twice.rate.median / year.rate.median < 2.5  # a short record leans on the pool
    for iso3, kind in (("XXX", "full_blackout"), ("KEN", "blackout")):
        with pytest.raises(InputError, match="is not known"):
            record_of(catalogue, [CountedEvent(iso3, (kind,), 2020)], "wrong")
    with pytest.raises(InputError, match="no event"):
        record_of(catalogue, [], "empty")


def test_the_check_covers_what_does_not_change() -> None:
    """Countries whose rates stay: about nine in ten inside. One that begins in the last years is outside, above."""
    rng = np.random.default_rng(11)
    rates = np.exp(rng.standard_normal(150))
    counts = {f"{index}": rng.poisson(rate, 10).astype(float) for index, rate in enumerate(rates)}
    years = tuple(range(2016, 2026))
    steady = check.check_counts("steady", years, counts, 0, 2022)
    assert 0.85 <= steady.share(True) <= 1 and steady.fitted == (2016, 2022) and steady.tested == (2023, 2025)
    counts["new"] = np.array([0.0] * 7 + [30, 30, 30])
    new = next(row for row in check.check_counts("new", years, counts, 0, 2022).rows if row.name == "new")
    assert not new.inside and new.counted == 90 > new.band.high and new.fitted == 0
    for last in (2015, 2025):
        with pytest.raises(InputError, match="leaves no years"):
            check.check_counts("ends", years, counts, 0, last)


def test_the_check_of_the_shipped_counts_is_told_as_it_is(catalogue: Catalogue) -> None:
    by_country, exact, _, world = check.check_shipped(catalogue, shipped_record(catalogue))
    inside = sum(row.inside for row in by_country.active)
    assert len(by_country.active) == 80 and inside / 80 == by_country.share(True)
    assert f"{inside} of 80" in check_sentence(by_country)
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert (
        f"{inside} of the 80 countries with events before are inside ({inside / 80:.0%})"
        in readme.replace(" %", "%")
    )
    assert all(
        row.counted > row.band.high for row in by_country.rows if not row.inside
    )  # the README says so too
    assert sum(row.inside for row in world.rows) == 1
    assert len(exact.rows) < len(by_country.rows) and len(world.rows) == 3


def test_the_command(catalogue: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    year = cost_of_year(catalogue, "Pakistan")
    assert main(["year", "--country", "Pakistan"]) == 0
    text = capsys.readouterr().out
    assert all(sentence in text for sentence in sentences(year)) and "not a forecast" in text
    assert main(["year", "--country", "PAK", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["recorded"]["2024"] == 18 and answer["caveats"] and answer["country"] == "PAK"
    assert main(["year", "--country", "PAK", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert float(next(row["value"] for row in rows if row["item"] == "bad_year")) == year.bad
    file = tmp_path / "mine.csv"
    file.write_text(
        "place,kind,year,duration\n"
        + "".join(f"{iso3},full blackout,{y},1 day\n" for iso3 in ("KEN", "UGA") for y in (2020, 2023))
    )
    assert main(["year", "--events", str(file), "--check", "--fitted-to", "2021"]) == 0
    assert "of 2022-2023" in capsys.readouterr().out
    assert main(["year", "--events", str(file), "--country", "UGA"]) == 0
    assert "mine.csv" in capsys.readouterr().out
    for wrong in (
        ["--country", "Atlantis"], [], ["--check", "--country", "PAK"], ["--country", "PAK", "--fitted-to", "2020"],
        ["--check", "--fitted-to", "soon"], ["--check", "--fitted-to", "2030"], ["--events", "none"],
        ["--every", "--check"], ["--by", "usd", "--country", "PAK"], ["--every", "--layout", "stop"],
    ):  # fmt: skip
        assert main(["year", *wrong]) == 2
        assert capsys.readouterr().err.count("\n") == 1


@given(
    counts=st.lists(st.integers(0, 50), min_size=3, max_size=3), part=st.floats(0, 1),
    first=st.lists(st.booleans(), min_size=3, max_size=3),
)  # fmt: skip
def test_nationwide_events_are_shared_out_whole(counts: list[int], part: float, first: list[bool]) -> None:
    total = int(part * sum(counts))
    split = nationwide(counts, total, first)
    assert split[:, 0].sum() == total and split.sum(axis=1).tolist() == counts and split.min() >= 0


@given(st.lists(st.floats(0.001, 1e5), min_size=2, max_size=20))
def test_a_longer_event_never_costs_less(hours: list[float]) -> None:
    grid = np.geomspace(0.25, 8760, 12)
    curves = np.sqrt(grid)[None, :, None]
    costs = simulation.cost_at(curves, grid, np.sort(hours), 0, np.zeros(len(hours), dtype=np.intp))
    assert np.all(np.diff(costs) >= -1e-9) and costs.min() >= 0 and costs.max() <= np.sqrt(8760) + 1e-9


def test_a_list_of_the_world_says_that_the_others_had_nothing(catalogue: Catalogue) -> None:
    names = [name for name, row in catalogue.countries.items() if row.available == "yes"][:12]
    rows = [
        CountedEvent(iso3=name, kinds=("mobile_only",), year=2018 + at % 4, hours=10 + at)
        for at, name in enumerate(names * 2)
    ]
    record = record_of(catalogue, rows, "twelve countries")
    assert record.silent == len(catalogue.countries) - 12
    silent = cost_of_year(catalogue, "DEU" if "DEU" not in names else "FRA", record)
    assert silent.events == 0 and silent.none > cost_of_year(catalogue, names[0], record).none
