"""Numbers that no one means, or that no machine can hold, are refused with one line wherever they come from."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from helpers.commands import refused
from helpers.each import each

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.lists.reading import read_list
from model.reading.numbers import amount_of, one_number, share_of
from model.scenario.comparison import LINK_KEYS, from_link
from model.scenario.fields import BY_KEY, ENDS_OF, FIELDS
from model.scenario.file import from_toml
from model.scenario.scenario import BASELINE

DIGITS = "9" * 400
TYPED = ("1e400", "-1e400", "1e309", DIGITS, f"-{DIGITS}", "9" * 5_000, "nan", "Infinity", f"{DIGITS}%", "٩" * 400,
         f"{DIGITS}/{DIGITS} days", f"{DIGITS}:00", "1" + ",999" * 200, "1e9999999")  # fmt: skip
SMALL = ("-0", "-0.0", "1e-320")  # these are numbers, if odd ones
IN_FILE = ("1e400", "-1e400", DIGITS, f"-{DIGITS}", "nan", "-inf", f"0x{'f' * 400}", f"[{DIGITS}, 1, 2]")
JSON = (
    "1e400",
    DIGITS,
    "NaN",
    "Infinity",
    '"nan"',
    f'"{DIGITS}"',
    "true",
    "[]",
    "{}",
    "null",
    '""',
    "-0",
    "1e-320",
)


def test_no_number_is_infinite() -> None:
    for text in TYPED[:8]:
        for read in (one_number, share_of, amount_of):
            with pytest.raises(InputError) as caught:
                read("field", text, "a number")
            assert len(str(caught.value)) < 200
    assert [one_number("field", text, "") for text in SMALL] == [0.0, 0.0, 1e-320]


def test_a_link_leaves_them_out_and_says_so(catalogue: Catalogue) -> None:
    keys = [*BY_KEY, *LINK_KEYS, *(end.key for end in ENDS_OF), *list(catalogue.parameters)[::9]]
    for key in keys:
        for text in TYPED:
            scenario, _, ignored = from_link(catalogue, {key: text})
            assert scenario == BASELINE and ignored and all(len(line) < 800 for line in ignored), (key, text)
        for text in SMALL:
            from_link(catalogue, {key: text})


@each("value", IN_FILE)
def test_a_file_is_refused_whole(value: str, catalogue: Catalogue) -> None:
    bodies = [f"[scenario]\n{name} = {value}" for name in (*FIELDS, *(end.key for end in ENDS_OF))]
    bodies += [f'[scenario.set]\n"{key}" = {value}' for key in list(catalogue.parameters)[::9]]
    bodies += [f'[scenario]\nkind = "slowdown"\n[range.hours]\nlow = {value}\nbest = {value}\nhigh = {value}']
    for body in bodies:
        with pytest.raises(InputError) as caught:
            from_toml(catalogue, body.encode())
        assert len(str(caught.value)) < 700, body


def changed(value: object) -> Iterator[object]:
    """Plain data, once for each of its single parts with a mark in its place."""
    if isinstance(value, dict):
        yield from ({**value, name: new} for name, part in value.items() for new in changed(part))
    elif isinstance(value, list):
        yield from ([new] for new in changed(value[0]))
    else:
        yield "@@"


LISTS = (
    {"annotations": [{"id": "1", "description": "d", "scope": None, "startDate": "2025-01-01T00:00:00Z",
                      "endDate": "2025-01-02T00:00:00Z", "locations": ["KE"], "eventType": "OUTAGE",
                      "outage": {"outageCause": "CABLE_CUT", "outageType": "NATIONWIDE"}}]},
    {"data": [{"location": "country/KE", "location_name": "Kenya", "start": 1735689600, "duration": 3600,
               "datasource": "bgp", "score": 1.0, "fraction": 0.5}]},
    {"result": [{"measurement_start_day": "2025-01-01", "probe_cc": "KE", "domain": "x.com", "anomaly_count": 1,
                 "confirmed_count": 3, "failure_count": 0, "ok_count": 0, "measurement_count": 4}]},
)  # fmt: skip


def test_a_row_of_a_list_is_left_without_a_price_or_the_list_refused(catalogue: Catalogue) -> None:
    texts = [json.dumps(rows) for one in LISTS for rows in changed(one)]
    files = [("a.json", text.replace('"@@"', to)) for text in texts for to in JSON]
    good = {"place": "KEN", "kind": "slowdown", "start": "2025-01-01", "duration": "1 day"}
    for name in (*good, "year", "share", "ratio", "capacity_lost"):
        for text in (*TYPED, *SMALL):
            cells = good | {name: text}
            files.append(("a.csv", ",".join(cells) + "\n" + ",".join(f'"{cell}"' for cell in cells.values())))
    read, said = 0, []
    for name, text in files:
        try:
            read += len(read_list(catalogue, name, text.encode()).items)
        except InputError as problem:
            said.append(str(problem))
    assert read > len(files) / 2 and all(len(text) < 500 for text in said)


def test_the_command_line_says_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    for value in ("1e400", DIGITS, "nan"):
        for arguments in (
            ("estimate", f"--days={value}"), ("estimate", f"--draws={value}"), ("levers", f"--budget={value}"),
            ("method", "brookings2016", f"--gdp={value}"), ("firm", f"--hours={value}"),
            ("year", "--country", "KEN", f"--fitted-to={value}"), ("estimate", "--set", f"structure.gsd={value}"),
        ):  # fmt: skip
            refused(capsys, *arguments)
