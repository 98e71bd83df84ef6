"""Real events as starting points: sourced, dated, reachable by name, with the arithmetic that their notes claim."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from commands import run
from regenerate_golden import EVENT_AMOUNTS, EVENTS, event_cases, event_result_of

from model import MODEL_VERSION
from model.catalogue import Catalogue, load
from model.codecs import from_query, from_toml, load_events, read_event, read_file, to_query, to_toml
from model.errors import InputError
from model.estimate import estimate_many
from model.events import Event
from model.scenario import BASELINE, Header

ALL = {event.id: event for event in load_events(load())}
NAMES = sorted(ALL)
UNSURE = [name for name in NAMES if ALL[name].hours_range]
SAME = 1e-9  # relative; other processors round the last digits in another way


def test_there_are_enough_and_the_oldest_comes_first() -> None:
    events = list(ALL.values())
    at_home = [event for event in events if event.scenario.country == "PAK"]
    assert len(events) >= 22
    assert len(at_home) >= 14
    assert len(events) - len(at_home) >= 8
    assert [event.day for event in events] == sorted(event.day for event in events)
    assert {event.scenario.kind for event in at_home} == set(load().kinds)


def test_names_and_titles_are_those_of_nothing_else(catalogue: Catalogue) -> None:
    points = [
        (path.stem, read_file(catalogue, path)) for path in (catalogue.root / "data/scenarios").glob("*.toml")
    ]
    names = [*NAMES, *(name for name, _ in points)]
    titles = [
        item.header.title for item in [*(event.scenario for event in ALL.values()), *(s for _, s in points)]
    ]
    assert len(names) == len(set(names))
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("name", NAMES)
def test_an_event_says_what_it_stands_on(name: str) -> None:
    event = ALL[name]
    scenario, why = event.scenario, event.scenario.header.why
    country, year, month = name.split("_")[:3]
    assert (country.upper(), int(year), int(month)) == (scenario.country, event.day.year, event.day.month)
    assert scenario.start is None or scenario.start.startswith(scenario.header.date)
    assert re.search(r"https?://\S+$", scenario.header.reference)
    assert (scenario.draws, scenario.seed, scenario.currency) == (4096, 1, "USD")
    if scenario.country != "PAK":
        assert re.search(r"\bdates?\b[^.]*\bassumption|assumption, and so is the date", why, re.IGNORECASE)
    if event.hours_status == "assumption" or scenario.place is not None:
        assert "assumption" in why
    if scenario.place is not None:
        assert f"Place {scenario.place:g}" in why


@pytest.mark.parametrize("name", UNSURE)
def test_both_ends_of_a_range_stand_in_the_note(name: str) -> None:
    low, best, high = ALL[name].hours_range or (0.0, 0.0, 0.0)
    assert best == ALL[name].scenario.hours
    for end in (low, high):
        assert re.search(rf"(?<![\d,.]){f'{end:,g}'}(?![\d]|[,.]\d)", ALL[name].scenario.header.why), end


@pytest.mark.parametrize("name", UNSURE)
def test_a_longer_event_never_costs_less(catalogue: Catalogue, name: str) -> None:
    event = ALL[name]
    ends = [event.scenario.but(hours=hours, draws=256) for hours in event.hours_range or ()]
    rows = [result.amount("net_direct") for result in estimate_many(catalogue, ends, curves=False)]
    medians = [row.median or 0.0 for row in rows]
    assert medians == sorted(medians)


@pytest.mark.parametrize("name", NAMES)
def test_an_event_survives_link_and_file(catalogue: Catalogue, name: str) -> None:
    scenario = ALL[name].scenario
    again, ignored = from_query(catalogue, to_query(scenario))
    assert not ignored
    assert again.but(header=Header()) == scenario.but(header=Header())
    assert from_toml(catalogue, to_toml(scenario).encode()) == scenario


# The arithmetic that the notes claim, from dates, clock times, people and the GDP shares of the regions table.
def hours_between(first: date, last: date) -> int:
    return 24 * (last - first).days


def test_lengths_by_hand() -> None:
    hours = {name: ALL[name].scenario.hours for name in NAMES}
    assert hours["pak_2024_02_x_block"] == hours_between(date(2024, 2, 17), date(2025, 5, 7)) == 445 * 24
    assert hours["pak_2024_02_election_day_mobile_cut"] == 20 - 7
    assert hours["pak_2012_08_eid_mobile_cut"] == (24 - 19.5) + 11
    assert hours["pak_2024_07_slowdown"] == hours_between(date(2024, 7, 15), date(2024, 8, 31)) + 24
    assert hours["pak_2025_08_balochistan_mobile_data_cut"] == hours_between(
        date(2025, 8, 6), date(2025, 8, 22)
    )
    assert hours["pak_2025_09_azad_kashmir_blackout"] == 6 * 24 + (14 - 12.5)
    assert hours["nga_2021_06_twitter_block"] == 5040 + 287
    assert hours["ven_2024_08_x_block"] == 145 * 24
    for name, total in (("dza_2023_06_exam_cuts", 50), ("dza_2024_06_exam_cuts", 30)):
        assert hours[name] * ALL[name].scenario.spells == total
        assert ALL[name].scenario.gap_days == pytest.approx(1 - hours[name] / 24, abs=5e-4)


def test_places_by_hand(catalogue: Catalogue) -> None:
    gdp = {name: region.gdp_share for name, region in catalogue.regions.items()}
    capital, province = gdp["Islamabad"], gdp["Balochistan"]
    expected = {
        "pak_2012_08_eid_mobile_cut": 21.9 / 207.667,
        "pak_2013_11_muharram_mobile_cut": 100 / 211.074,
        "pak_2017_02_kech_mobile_data_cut": province / 36,
        "pak_2022_12_gwadar_mobile_cut": province / 36,
        "pak_2024_07_balochistan_blackout": province / 3,
        "pak_2025_09_quetta_blackout": province * (1 / 5 + 4 / 36),
        "pak_2024_10_islamabad_lahore_blackout": 2 * capital + gdp["Punjab"] / 10,
        "pak_2024_11_protest_blackout": capital + gdp["Khyber Pakhtunkhwa"] / 10 + gdp["Punjab"] / 10,
        "pak_2025_10_twin_cities_mobile_data_cut": 2 * capital,
        "pak_2024_11_vpn_crackdown": 1 - 378 / 815,
        "pak_2012_11_muharram_mobile_cut": 0.7,
    }
    placed = {name: event.scenario.place for name, event in ALL.items() if event.scenario.place is not None}
    assert placed.keys() == expected.keys()
    for name, share in expected.items():
        assert placed[name] == pytest.approx(share, rel=0.05), name  # the notes round


def golden(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return table


def test_every_event_has_a_golden_result(catalogue: Catalogue) -> None:
    assert sorted(event_cases(catalogue)) == sorted(path.stem for path in EVENTS.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_golden(catalogue: Catalogue, name: str) -> None:
    expected = golden(name)
    found = event_result_of(catalogue, ALL[name].scenario)
    assert found["scenario"] == expected["scenario"]
    assert found["amounts"].keys() == expected["amounts"].keys() == set(EVENT_AMOUNTS)
    for key, values in expected["amounts"].items():
        assert found["amounts"][key] == pytest.approx(values, rel=SAME, abs=1e-6), key
    assert (expected["model_version"], expected["data_version"]) == (MODEL_VERSION, catalogue.data_version)


# The command line.


def test_the_command_line_takes_the_name_or_the_file_of_an_event(
    catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "pak_2024_10_islamabad_lahore_blackout"
    by_name = json.loads(run(capsys, "estimate", "--scenario", name, "--format", "json"))
    path = catalogue.root / "data" / "events" / f"{name}.toml"
    assert by_name == json.loads(run(capsys, "estimate", "--scenario", str(path), "--format", "json"))
    net = next(row for row in by_name["amounts"] if row["id"] == "net_direct")
    assert [net["low"], net["median"], net["high"]] == pytest.approx(golden(name)["amounts"]["net_direct"])


def test_the_list_tells_events_from_starting_points(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(run(capsys, "list", "scenarios", "--format", "csv"))))
    assert {row["name"] for row in rows if row["sort"] == "event"} == set(NAMES)
    assert {row["sort"] for row in rows} == {"event", "starting point"}
    assert rows[0]["sort"] == "starting point"


# Files that must be refused, one failure each.
GOOD = """title = "A cut"
date = 2024-02-08
reference = "A page, a publisher, https://example.org/page"
why = "The length is an assumption."

[scenario]
hours = 36.0

[range]
hours = [24.0, 36.0, 48.0]
hours_status = "assumption"
"""
BAD = [
    ('title = "A cut"', 'title = " "', "title", "is missing"),
    ("date = 2024-02-08\n", "", "date", "is not a day"),
    ("date = 2024-02-08", 'date = "February"', "date", "is not a day"),
    (", https://example.org/page", "", "reference", "has no address"),
    ('why = "The length is an assumption."\n', "", "why", "is missing"),
    ("hours = [24.0, 36.0, 48.0]\n", "", "range.hours", "is not usable"),
    ("[24.0, 36.0, 48.0]", "[24.0, 36.0]", "range.hours", "is not usable"),
    ("[24.0, 36.0, 48.0]", "[48.0, 36.0, 24.0]", "range.hours", "is not in order"),
    ("[24.0, 36.0, 48.0]", "[36.0, 36.0, 36.0]", "range.hours", "is not in order"),
    ("[24.0, 36.0, 48.0]", "[24.0, 40.0, 48.0]", "range.hours", "is not the scenario's length"),
    ("[24.0, 36.0, 48.0]", "[nan, 36.0, 48.0]", "range.hours", "is not a finite number"),
    ("[24.0, 36.0, 48.0]", "[24.0, 36.0, 20000.0]", "range.hours", "is out of range"),
    ("[24.0, 36.0, 48.0]", "[true, 36.0, 48.0]", "range.hours", "is not a number"),
    ("[24.0, 36.0, 48.0]", '["24", 36.0, 48.0]', "range.hours", "is not a number"),
    ('hours_status = "assumption"\n', "", "range.hours_status", "is not a status"),
    ('"assumption"\n', '"recalled"\n', "range.hours_status", "is not a status"),
    ('hours_status = "assumption"\n', 'hours_status = "read"\nratio = 1\n', "range.ratio", "is not known"),
    ("[range]\n", "[ranges]\n", "scenario file", "is not known"),
]


def event_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "pak_2024_02_cut.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_event_file(catalogue: Catalogue, tmp_path: Path) -> None:
    event = read_event(catalogue, event_file(tmp_path, GOOD))
    assert event == Event("pak_2024_02_cut", event.scenario, (24.0, 36.0, 48.0), "assumption")
    assert event.day == date(2024, 2, 8)
    without = read_event(catalogue, event_file(tmp_path, GOOD[: GOOD.index("[range]")]))
    assert (without.hours_range, without.hours_status) == (None, "read")
    assert without.scenario == event.scenario


@pytest.mark.parametrize(
    ("old", "new", "field", "problem"), BAD, ids=[f"{b[2]} {b[3]} {i}" for i, b in enumerate(BAD)]
)
def test_a_bad_event_file(
    catalogue: Catalogue, tmp_path: Path, old: str, new: str, field: str, problem: str
) -> None:
    assert old in GOOD
    with pytest.raises(InputError) as caught:
        read_event(catalogue, event_file(tmp_path, GOOD.replace(old, new, 1)))
    assert caught.value.field == field
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_scenario_file_may_carry_a_range_but_not_a_bad_one(catalogue: Catalogue) -> None:
    assert from_toml(catalogue, GOOD.encode()).hours == 36.0
    with pytest.raises(InputError, match="in order"):
        from_toml(catalogue, GOOD.replace("[24.0, 36.0", "[40.0, 36.0").encode())
    with pytest.raises(InputError, match="is not a table"):
        from_toml(catalogue, b"range = 3\n[scenario]\nhours = 1.0\n")
    assert from_toml(catalogue, b"[scenario]\n").hours == BASELINE.hours
