"""The files of real events: through a link and back, by name or path on the command line, and those to be refused."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from helpers.commands import run
from helpers.each import each
from regenerate_golden import EVENTS

from model.__main__ import main
from model.catalogue.load import Catalogue, load
from model.common.errors import InputError
from model.scenario.events import Event, load_events, read_event
from model.scenario.fields import Header
from model.scenario.file import from_toml, to_toml
from model.scenario.link import from_query, to_query
from model.scenario.open_values import OpenValue
from model.scenario.scenario import BASELINE

ALL = {event.id: event for event in load_events(load())}
NAMES = sorted(ALL)


@each("name", NAMES)
def test_an_event_survives_link_and_file(catalogue: Catalogue, name: str) -> None:
    scenario = ALL[name].scenario
    again, ignored = from_query(catalogue, to_query(scenario))
    assert not ignored
    assert again.with_changes(header=Header()) == scenario.with_changes(header=Header())
    assert from_toml(catalogue, to_toml(scenario).encode()) == scenario


def test_the_command_line_takes_the_name_or_the_file_of_an_event(
    catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "pak_2024_10_islamabad_lahore_blackout"
    by_name = json.loads(run(capsys, "estimate", "--scenario", name, "--format", "json"))
    path = catalogue.root / "data" / "events" / f"{name}.toml"
    assert main(["estimate", "--scenario", str(path), "--format", "json"]) == 0
    assert by_name == json.loads(capsys.readouterr().out)
    golden = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    net = next(row for row in by_name["amounts"] if row["id"] == "net_direct")
    assert [net["low"], net["median"], net["high"]] == pytest.approx(golden["amounts"]["net_direct"])


def test_the_list_tells_events_from_starting_points(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(run(capsys, "list", "scenarios", "--format", "csv"))))
    assert {row["name"] for row in rows if row["sort"] == "event"} == set(NAMES)
    assert {row["sort"] for row in rows} == {"event", "example"}
    assert rows[0]["sort"] == "example"


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
    ("date = 2024-02-08\n", "", "date", "is not a date"),
    ("date = 2024-02-08", 'date = "February"', "date", "has no year"),
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
    ("[24.0, 36.0, 48.0]", '["one dya", 36.0, 48.0]', "range.hours", "is not a duration"),
    ("[24.0, 36.0, 48.0]", '[1.0, 36.0, "1,500"]', "range.hours", "could be read in two ways"),
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
    (HOURS, 'duration = "3d"\n', "scenario.duration", "allowed: hours"),
    (HOURS, '"s2.days" = 3\n', "scenario.s2.days", "allowed: "),
    ("[range.hours]\n", "[ranges.hours]\n", "scenario file", "is not known"),
]  # fmt: skip


def event_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "pak_2024_02_cut.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_event_file(catalogue: Catalogue, tmp_path: Path) -> None:
    event = read_event(catalogue, event_file(tmp_path, GOOD))
    item = OpenValue("hours", 24.0, 36.0, 48.0, "assumption", "The end is not in the source.")
    assert event == Event("pak_2024_02_cut", event.scenario, (item,))
    assert event.day == date(2024, 2, 8)
    assert read_event(
        catalogue, event_file(tmp_path, GOOD.replace("[24.0, 36.0, 48.0]", '["1 day", "36 hrs", "48"]'))
    ).ranges == (item,)
    without = read_event(catalogue, event_file(tmp_path, GOOD.removesuffix(HOURS)))
    assert without.ranges == ()
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
