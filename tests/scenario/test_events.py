"""Real events as starting points: sourced, dated, reachable by name, with the arithmetic that their notes claim."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from helpers.each import each
from regenerate_golden import EVENT_AMOUNTS, EVENTS, event_cases, event_result_of

from model import MODEL_VERSION
from model.catalogue.load import Catalogue, load
from model.common.errors import InputError
from model.estimation.estimate import estimate_many
from model.scenario.durations import MAX_HOURS
from model.scenario.events import event_of, load_events, named_by, value_of
from model.scenario.fields import FIELDS, MAX_SPELLS
from model.scenario.file import from_toml, read_file, to_toml
from model.scenario.link import from_query, to_query
from model.scenario.open_values import LABELS, WEIGHT, OpenValue, range_words, ranges_of, size_words
from model.scenario.scenario import BASELINE, checked

ALL = {event.id: event for event in load_events(load())}
NAMES = sorted(ALL)
OPEN = [(name, item.field) for name in NAMES for item in ALL[name].ranges]
UNSURE = [name for name, field in OPEN if field == "hours"]
SAME = 1e-9  # relative; other processors round the last digits in another way


def test_there_are_enough_and_the_oldest_comes_first() -> None:
    events = list(ALL.values())
    at_home = [event for event in events if event.scenario.country == "PAK"]
    assert len(events) >= 22
    assert len(at_home) >= 14
    assert len(events) - len(at_home) >= 8
    assert [event.day for event in events] == sorted(event.day for event in events)
    assert {event.scenario.kind for event in at_home} <= set(load().kinds)


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


@each("name", NAMES)
def test_an_event_says_what_it_stands_on(name: str) -> None:
    event = ALL[name]
    scenario, why = event.scenario, event.scenario.header.why
    country, year, month = name.split("_")[:3]
    assert (country.upper(), int(year), int(month)) == (scenario.country, event.day.year, event.day.month)
    assert scenario.start is None or scenario.start.startswith(scenario.header.date)
    assert re.search(r"https?://\S+$", scenario.header.reference)
    assert (scenario.draws, scenario.seed, scenario.currency) == (4096, 1, "USD")
    if scenario.country != "PAK":
        assert re.search(
            r"\bdates?\b[^.]*\b(assumption|as read)\b|assumption, and so is the date", why, re.IGNORECASE
        )
    if any(item.status == "assumption" for item in event.ranges) or scenario.place is not None:
        assert "assumption" in why
    if scenario.place is not None:
        assert f"Place {scenario.place:g}" in why


def range_of(name: str, field: str) -> OpenValue:
    return next(item for item in ALL[name].ranges if item.field == field)


@each("name", UNSURE)
def test_both_ends_of_a_length_stand_in_the_note_in_the_unit_of_the_buttons(name: str) -> None:
    item = range_of(name, "hours")
    for end in (item.low, item.high):
        size, unit = size_words(item, end).split()
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


@each(("name", "field"), OPEN)
def test_a_range_says_where_it_comes_from(name: str, field: str) -> None:
    item, reference = range_of(name, field), ALL[name].scenario.header.reference
    assert item.low <= item.best <= item.high and item.low < item.high
    if item.status == "assumption":
        assert "assumption" in item.why
    else:
        assert re.search(r"https?://", reference + item.why)
    assert item.best == value_of(ALL[name].scenario, field)


@each(("name", "field"), OPEN)
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
        assert event_of(ALL.values(), again.with_changes(hours=again.hours * 1.01, spells=7)) is None
        assert from_toml(catalogue, to_toml(form).encode()) == form


def test_a_value_between_the_ends_and_two_at_once() -> None:
    event = ALL["pak_2024_07_slowdown"]
    between = event.header_of(event.scenario.with_changes(hours=480.0))
    assert between is not None
    assert between.title == "Nationwide slowdown, summer 2024: 20 days (between low and high, an assumption)"
    two = event.header_of(
        event.scenario.with_changes(hours=336.0, ratio=0.92, currency="PKR", draws=256, seed=7)
    )
    assert two is not None
    assert two.title == (
        "Nationwide slowdown, summer 2024: 14 days (low, an assumption), quality left 92% (high, an assumption)"
    )
    assert "Here 14 days instead of 48 days: Length: 14 days to 78 days" in two.why
    for other in ({"hours": 335.0}, {"hours": 1873.0}, {"ratio": 0.93}, {"spells": 2}, {"kind": "vpn_block"},
                  {"place": 0.5}, {"country": "KEN"}, {"start": "2024-07-15T10:00"}):  # fmt: skip
        assert event.header_of(event.scenario.with_changes(**other)) is None, other


def test_the_title_of_a_form_belongs_to_its_values() -> None:
    event = ALL["pak_2024_07_slowdown"]
    form = event.at("hours", 336.0)
    assert event_of(ALL.values(), form) is event and event_of(ALL.values(), event.scenario) is event
    assert event_of(ALL.values(), form.with_changes(hours=1872.0)) is None
    assert named_by(ALL.values(), form.header.title) is event
    assert named_by(ALL.values(), f"{event.scenario.header.title}: my own case") is None


def test_spells_keep_the_sum_and_the_rhythm() -> None:
    for name in ("dza_2023_06_exam_cuts", "dza_2024_06_exam_cuts"):
        own, item = ALL[name].scenario, range_of(name, "spells")
        for value in (item.low, item.high):
            form = ALL[name].at("spells", value)
            assert form.spells * form.hours == pytest.approx(own.spells * own.hours)
            assert (form.period_days, form.gap_days) == (own.period_days, own.gap_days) == (1, 7)


def test_the_limits_are_those_of_a_scenario(catalogue: Catalogue) -> None:
    assert catalogue.parameters[WEIGHT].mode == 1
    assert LABELS.keys() - {WEIGHT} < FIELDS.keys()
    table = {"range": {"spells": {"values": [1, 1, MAX_SPELLS + 1], "status": "assumption", "why": "None."}}}
    with pytest.raises(InputError, match=f"range.spells: .* a whole number from 1 to {MAX_SPELLS}"):
        ranges_of(catalogue, table, BASELINE)


ONE_SIDED = {
    "pak_2017_11_faizabad_social_media_block": "Length: at least 1 day, at most 2 days (as read in the sources).",
    "pak_2024_05_azad_kashmir_blackout": "Length: at least 50 hours, at most 72 hours (an assumption).",
    "pak_2025_09_azad_kashmir_blackout": "Length: at least 145.5 hours, at most 168 hours (an assumption).",
    "pak_2024_10_islamabad_lahore_blackout":
        "Length: at least 51 hours, at most 120 hours (as read in the sources).",
    "pak_2024_07_balochistan_blackout": "Length: at least 11 days, at most 36 days (as read in the sources).",
    "pak_2025_08_balochistan_mobile_data_cut":
        "Length: at least 16 days, at most 27.08 days (as read in the sources).",
    "pak_2022_12_gwadar_mobile_cut": "Length: at most 9 days, at least 8 days (as read in the sources).",
    "bgd_2024_07_blackout": "Length: at least 5 days, at most 6 days (as read in the sources).",
    "bgd_2024_07_mobile_data_cut":
        "Length: at most 4.75 days, at least 3.75 days (as read in the sources).",
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


# Ranges of which every value, the one between the ends too, stands in a source or follows from its dates.
READ_WHOLE = {
    "pak_2023_05_social_media_block",  # about 200 hours; ends on 17 or 18 May
    "pak_2024_02_election_day_mobile_cut",  # 07:00 to 20:00; from 06:45, or to 19:00
    "pak_2024_02_x_block",  # 445 days; back a day before, or both end days counted
    "irn_2026_01_blackout",  # back on 27 January; in part on 21 January, or after 24 days and 9 hours
    "mmr_2021_03_mobile_data_cut",  # to 4, 25 or 31 May
    "aus_2023_11_optus_outage",  # about 12 hours; first back at about 13:00, all at 18:32
}


def test_read_is_said_of_no_value_of_our_own() -> None:
    """A middle that we put between the ends of the sources is an assumption, and then so is the range."""
    read = [(name, range_of(name, field)) for name, field in OPEN if range_of(name, field).status == "read"]
    assert {name for name, item in read if item.low < item.best < item.high} == READ_WHOLE
    assert not [name for name, item in read if "middle" in f"{item.why} {ALL[name].scenario.header.why}"]


def test_shares_that_a_reason_counts_out_are_the_ends() -> None:
    district = load().regions["Balochistan"].gdp_share / 36
    for name in ("pak_2017_02_kech_mobile_data_cut", "pak_2022_12_gwadar_mobile_cut"):
        item = range_of(name, "place")
        assert item.low == item.best / 2 == pytest.approx(district / 2, rel=0.05)
        assert item.high == 2 * 0.045 / 36
    vpn = range_of("pak_2024_11_vpn_crackdown", "place")
    assert vpn.low == vpn.best / 2
    fault = range_of("pak_2025_01_aae1_cable_fault", "capacity_lost")
    assert fault.low == pytest.approx(1 / 8, abs=0.01) and fault.low < 1 / 3.5 < fault.best < fault.high
    assert fault.best == load().parameters["degradation.default_capacity_lost"].mode


def test_a_cut_longer_than_the_model_runs_stands_at_its_end() -> None:
    kech = ALL["pak_2017_02_kech_mobile_data_cut"]
    assert kech.scenario.hours == MAX_HOURS < hours_between(date(2017, 2, 28), date(2019, 3, 1))
    assert {item.field for item in kech.ranges} == {"place"} and "lower bound" in kech.scenario.header.why


@pytest.mark.slow
@each("name", UNSURE)
def test_a_longer_event_never_costs_less(catalogue: Catalogue, name: str) -> None:
    item = range_of(name, "hours")
    ends = [
        ALL[name].scenario.with_changes(hours=hours, draws=256) for hours in (item.low, item.best, item.high)
    ]
    rows = [result.amount("net_direct") for result in estimate_many(catalogue, ends, curves=False)]
    medians = [row.median or 0.0 for row in rows]
    assert medians == sorted(medians)


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
        assert ALL[name].scenario.period_days == 1


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
        "aus_2023_11_optus_outage": (0.19 + 0.25) / 2,
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


@pytest.mark.slow
@each("name", NAMES)
def test_golden(catalogue: Catalogue, name: str) -> None:
    expected = golden(name)
    result = event_result_of(catalogue, ALL[name].scenario)
    assert result["scenario"] == expected["scenario"]
    assert result["amounts"].keys() == expected["amounts"].keys() == set(EVENT_AMOUNTS)
    for key, values in expected["amounts"].items():
        assert result["amounts"][key] == pytest.approx(values, rel=SAME, abs=1e-6), key
    assert (expected["model_version"], expected["data_version"]) == (MODEL_VERSION, catalogue.data_version)
