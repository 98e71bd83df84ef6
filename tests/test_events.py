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
from model.event_words import LABELS, range_words, size_words
from model.events import LIMITS, WEIGHT, Event, Range, event_of, named_by, value_of
from model.scenario import BASELINE, MAX_SPELLS, Header, checked

ALL = {event.id: event for event in load_events(load())}
NAMES = sorted(ALL)
UNSURE = [name for name in NAMES if ALL[name].hours_range]
OPEN = [(name, item.field) for name in NAMES for item in ALL[name].ranges]
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
    if any(item.status == "assumption" for item in event.ranges) or scenario.place is not None:
        assert "assumption" in why
    if scenario.place is not None:
        assert f"Place {scenario.place:g}" in why


def range_of(name: str, field: str) -> Range:
    return next(item for item in ALL[name].ranges if item.field == field)


@pytest.mark.parametrize("name", UNSURE)
def test_both_ends_of_a_length_stand_in_the_note_in_the_unit_of_the_buttons(name: str) -> None:
    low, best, high = ALL[name].hours_range or (0.0, 0.0, 0.0)
    assert best == ALL[name].scenario.hours
    for end in (low, high):
        size, unit = size_words(range_of(name, "hours"), end).split()
        assert re.search(rf"(?<![\d,.]){size}(?![\d]|[,.]\d)", ALL[name].scenario.header.why), end
        assert re.search(rf"\b{unit.rstrip('s')}", ALL[name].scenario.header.why), unit


def test_whatever_is_assumed_is_a_range() -> None:
    """A value that its note calls an assumption has a low and a high end; a city or a district always has."""
    for name, event in ALL.items():
        now, fields = event.scenario, {item.field for item in event.ranges}
        if now.place is not None:
            assert "place" in fields, name
        if now.capacity_lost is not None:
            assert "capacity_lost" in fields, name
        if now.ratio is not None:
            assert "ratio" in fields, name
        if now.spells > 1:
            assert "spells" in fields, name
        if WEIGHT in now.assumptions or "weighs as much as one like X is an assumption" in now.header.why:
            assert WEIGHT in fields, name


@pytest.mark.parametrize(("name", "field"), OPEN)
def test_a_range_says_where_it_comes_from(name: str, field: str) -> None:
    item, reference = range_of(name, field), ALL[name].scenario.header.reference
    assert item.low <= item.best <= item.high and item.low < item.high
    if item.status == "assumption":
        assert "assumption" in item.why
    else:
        assert re.search(r"https?://", reference + item.why)
    assert item.best == value_of(ALL[name].scenario, field)


@pytest.mark.parametrize(("name", "field"), OPEN)
def test_every_size_of_an_open_value_is_still_the_event(catalogue: Catalogue, name: str, field: str) -> None:
    event, item = ALL[name], range_of(name, field)
    own = event.scenario.header
    for end, value in item.ends().items():
        form = event.at(field, value)
        assert checked(catalogue, form) == form
        header = form.header
        assert (header.author, header.date, header.reference) == (own.author, own.date, own.reference)
        assert header.why.startswith(own.why) and len(header.title) <= 200
        if end == "best":
            assert form == event.scenario
            continue
        assert header.title.startswith(f"{own.title}: ") and f"({end}, " in header.title
        assert item.why in header.why and range_words(item) in header.why
        again, ignored = from_query(catalogue, to_query(form))
        assert not ignored and event_of(ALL.values(), again) is event, "a link carries title and values"
        assert event_of(ALL.values(), again.but(hours=again.hours * 1.01, spells=7)) is None
        assert from_toml(catalogue, to_toml(form).encode()) == form


def test_a_value_between_the_ends_and_two_at_once() -> None:
    event = ALL["pak_2024_07_slowdown"]
    between = event.header_of(event.scenario.but(hours=480.0))
    assert between is not None
    assert between.title == "Nationwide slowdown, summer 2024: 20 days (between low and high, an assumption)"
    two = event.header_of(event.scenario.but(hours=336.0, ratio=0.92, currency="PKR", draws=256, seed=7))
    assert two is not None
    assert two.title == (
        "Nationwide slowdown, summer 2024: 14 days (low, an assumption), quality left 92 % (high, an assumption)"
    )
    assert "Here 14 days instead of 48 days: Length: 14 days to 78 days" in two.why
    for other in ({"hours": 335.0}, {"hours": 1873.0}, {"ratio": 0.93}, {"spells": 2}, {"kind": "vpn_block"},
                  {"place": 0.5}, {"country": "KEN"}, {"start": "2024-07-15T10:00"}):  # fmt: skip
        assert event.header_of(event.scenario.but(**other)) is None, other


def test_the_title_of_a_form_belongs_to_its_values() -> None:
    event = ALL["pak_2024_07_slowdown"]
    form = event.at("hours", 336.0)
    assert event_of(ALL.values(), form) is event and event_of(ALL.values(), event.scenario) is event
    assert event_of(ALL.values(), form.but(hours=1872.0)) is None
    assert named_by(ALL.values(), form.header.title) is event
    assert named_by(ALL.values(), f"{event.scenario.header.title}: my own case") is None


def test_spells_keep_the_sum_and_the_rhythm() -> None:
    for name in ("dza_2023_06_exam_cuts", "dza_2024_06_exam_cuts"):
        own, item = ALL[name].scenario, range_of(name, "spells")
        for value in (item.low, item.high):
            form = ALL[name].at("spells", value)
            assert form.spells * form.hours == pytest.approx(own.spells * own.hours)
            assert form.hours / 24 + form.gap_days == pytest.approx(own.hours / 24 + own.gap_days, abs=1e-6)


def test_the_limits_are_those_of_a_scenario(catalogue: Catalogue) -> None:
    weight = catalogue.parameters[WEIGHT]
    assert LIMITS[WEIGHT][:2] == (weight.min, weight.max) and weight.mode == 1
    assert LIMITS["spells"][:2] == (1, MAX_SPELLS) and LIMITS.keys() == LABELS.keys()


ONE_SIDED = {
    "pak_2017_02_kech_mobile_data_cut": "Length: at least 729 days, at most 730 days (an assumption).",
    "pak_2017_11_faizabad_social_media_block": "Length: at least 1 day, at most 2 days (as read in the sources).",
    "pak_2024_05_azad_kashmir_blackout": "Length: at least 50 hours, at most 72 hours (an assumption).",
    "pak_2025_09_azad_kashmir_blackout": "Length: at least 145.5 hours, at most 168 hours (an assumption).",
    "pak_2024_10_islamabad_lahore_blackout":
        "Length: at least 51 hours, at most 120 hours (as read in the sources).",
    "pak_2024_07_balochistan_blackout": "Length: at least 11 days, at most 36 days (as read in the sources).",
    "pak_2025_08_balochistan_mobile_data_cut":
        "Length: at least 16 days, at most 27.08 days (as read in the sources).",
    "pak_2022_12_gwadar_mobile_cut": "Length: at most 9 days, at least 8 days (as read in the sources).",
}  # fmt: skip


def test_a_bound_is_not_called_most_likely() -> None:
    for name, field in OPEN:
        item = range_of(name, field)
        bound = item.best in (item.low, item.high)
        assert bound == ("most likely" not in range_words(item)) and len(item.ends()) == (2 if bound else 3)
        assert bound == (field == "hours" and name in ONE_SIDED), name
        if field == "hours":
            assert len({size_words(item, end).split()[1].rstrip("s") for end in item.ends().values()}) == 1, (
                name
            )
        assert len({size_words(item, value) for value in item.ends().values()}) == len(item.ends())
    for name, text in ONE_SIDED.items():
        assert range_words(range_of(name, "hours")) == text


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

[range.hours]
values = [24.0, 36.0, 48.0]
status = "assumption"
why = "The end is not in the source."
"""
HOURS = GOOD[GOOD.index("[range.hours]") :]


def other_range(name: str, values: str) -> str:
    return f'\n[range.{name}]\nvalues = {values}\nstatus = "assumption"\nwhy = "Not known."\n'


BAD = [
    ('title = "A cut"', 'title = " "', "title", "is missing"),
    ("date = 2024-02-08\n", "", "date", "is not a day"),
    ("date = 2024-02-08", 'date = "February"', "date", "is not a day"),
    (", https://example.org/page", "", "reference", "has no address"),
    ('why = "The length is an assumption."\n', "", "why", "is missing"),
    ("values = [24.0, 36.0, 48.0]\n", "", "range.hours", "is not usable"),
    ("[24.0, 36.0, 48.0]", "[24.0, 36.0]", "range.hours", "is not usable"),
    ("[24.0, 36.0, 48.0]", "[48.0, 36.0, 24.0]", "range.hours", "is not in order"),
    ("[24.0, 36.0, 48.0]", "[24.0, 36.0, 30.0]", "range.hours", "is not in order"),
    ("[24.0, 36.0, 48.0]", "[36.0, 36.0, 36.0]", "range.hours", "is not in order"),
    ("[24.0, 36.0, 48.0]", "[24.0, 40.0, 48.0]", "range.hours", "is not the scenario's own value"),
    ("[24.0, 36.0, 48.0]", "[nan, 36.0, 48.0]", "range.hours", "is not a finite number"),
    ("[24.0, 36.0, 48.0]", "[24.0, 36.0, 20000.0]", "range.hours", "is out of range"),
    ("[24.0, 36.0, 48.0]", "[true, 36.0, 48.0]", "range.hours", "is not a number"),
    ("[24.0, 36.0, 48.0]", '["24", 36.0, 48.0]', "range.hours", "is not a number"),
    ('status = "assumption"\n', "", "range.hours.status", "is not a status"),
    ('"assumption"\n', '"recalled"\n', "range.hours.status", "is not a status"),
    ('why = "The end is not in the source."\n', "", "range.hours.why", "is missing"),
    ('"The end is not in the source."', '" "', "range.hours.why", "is missing"),
    ('status = "assumption"\n', 'status = "assumption"\nmode = 1\n', "range.hours.mode", "is not known"),
    (HOURS, HOURS + other_range("seed", "[1, 1, 2]"), "range.seed", "is not known"),
    (HOURS, HOURS + other_range("ratio", "[0.5, 0.6, 0.7]"), "range.ratio", "is no value of this event"),
    (HOURS, HOURS + other_range("place", "[0.5, 0.6, 0.7]"), "range.place", "is no value of this event"),
    (HOURS, HOURS + other_range('"platform.weight"', "[0.5, 1, 2]"), "range.platform.weight", "is no value"),
    (HOURS, HOURS + other_range("spells", "[1, 1, 3]"), "range.spells", "cannot stand beside hours"),
    (HOURS, other_range("spells", "[1, 1, 3.5]"), "range.spells", "is not a whole number"),
    (HOURS, other_range("spells", "[0, 1, 3]"), "range.spells", "is out of range"),
    (HOURS, "place = 0.2\n" + other_range("place", "[0.1, 0.2, 1.2]"), "range.place", "is out of range"),
    (HOURS, 'kind = "cable_cut"\ncapacity_lost = 0.2\n' + other_range("capacity_lost", "[-0.1, 0.2, 0.4]"),
     "range.capacity_lost", "is out of range"),
    ("[range.hours]\n", "[ranges.hours]\n", "scenario file", "is not known"),
]  # fmt: skip


def event_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "pak_2024_02_cut.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_event_file(catalogue: Catalogue, tmp_path: Path) -> None:
    event = read_event(catalogue, event_file(tmp_path, GOOD))
    item = Range("hours", 24.0, 36.0, 48.0, "assumption", "The end is not in the source.")
    assert event == Event("pak_2024_02_cut", event.scenario, (item,))
    assert event.day == date(2024, 2, 8)
    without = read_event(catalogue, event_file(tmp_path, GOOD.removesuffix(HOURS)))
    assert (without.hours_range, without.ranges) == (None, ())
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
    with pytest.raises(InputError, match="is not a table"):
        from_toml(catalogue, b"[scenario]\nhours = 1.0\n[range]\nhours = [0.5, 1.0, 2.0]\n")
    read = GOOD.replace('status = "assumption"', 'status = "read"')
    assert from_toml(catalogue, read.encode()).hours == 36.0
    with pytest.raises(InputError, match="has no source"):
        from_toml(catalogue, read.replace(", https://example.org/page", "").encode())
    assert from_toml(catalogue, b"[scenario]\n").hours == BASELINE.hours
