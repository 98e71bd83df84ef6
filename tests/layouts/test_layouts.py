"""Rows in every layout, each with its traps: what is read, what is open and why, what has no price and why."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest
from helpers.event_rows import STOP_COLUMNS, as_csv, as_json, stop
from hypothesis import given
from hypothesis import strategies as st

from model.catalogue.load import load
from model.common.errors import InputError
from model.lists.item import Item, open_words
from model.lists.reading import LAYOUTS, EventList, read_list

CATALOGUE = load()
CHECKED = ("Begin time", "End time", "Country", "Scope", "Cause", "Confirmation")
OWN = (
    "place",
    "region",
    "kind",
    "start",
    "end",
    "duration",
    "share",
    "ratio",
    "capacity_lost",
    "title",
    "source",
)


def listed(content: bytes, layout: str = "auto") -> EventList:
    return read_list(CATALOGUE, "list", content, layout)


def stop_item(**cells: Any) -> Item:
    """The one item of a STOP row that differs from a cut of all Kenya from 4 to 6 March 2024."""
    (item,) = listed(stop(cells)).items
    return item


def own_items(**cells: Any) -> tuple[Item, ...]:
    row = {"place": "Kenya", "kind": "full blackout", "start": "2024-03-04", "end": "2024-03-06", **cells}
    return listed(as_csv([row], OWN)).items


def hours(item: Item) -> tuple[float, float, float]:
    assert item.hours is not None
    return item.hours.low, item.hours.best, item.hours.high


def kinds(item: Item) -> tuple[str, ...]:
    return tuple(form.kind for _, form in item.forms)


def workbook(rows: list[Mapping[str, Any]], columns: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(columns))
    for row in rows:
        sheet.append([row.get(name) for name in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_days_without_a_clock_leave_one_day_open() -> None:
    item = stop_item()
    assert hours(item) == (2 * 24, 2.5 * 24, 3 * 24)  # 4 to 6 March: two days between, three where both count
    assert item.state == "open" and kinds(item) == ("full_blackout",)
    assert item.scenario is not None and item.scenario.place is None and item.scenario.start is None
    assert "no clock" in " ".join(open_words(CATALOGUE, item))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"end_date": "2024-03-04"}, (1, 12.5, 24)),  # one day: an hour at least
        ({"duration": "3"}, (48, 60, 72)),  # both ends counted
        ({"duration": "2"}, (48, 60, 72)),  # or one of them
        ({"duration": "10"}, (48, 60, 240)),  # neither: both are kept
        ({"end_date": "Unknown", "duration": "5"}, (96, 108, 120)),
        ({"start_date": "03/04/2024", "end_date": "03/06/2024"}, (48, 60, 72)),  # as the list writes it
    ],
)
def test_lengths_of_the_stop_list(cells: dict[str, str], expected: tuple[float, float, float]) -> None:
    assert hours(stop_item(**cells)) == expected


def test_the_order_of_day_and_month_is_that_of_the_whole_list() -> None:
    rows = (
        {"start_date": "03/04/2024", "end_date": "05/04/2024"},
        {"start_date": "25/04/2024", "end_date": "26/04/2024"},
    )
    first, _ = listed(stop(*rows)).items
    assert first.begin is not None and (first.begin.month, first.begin.day) == (4, 3)


def test_what_goes_on_lasts_until_the_list_ends_and_says_so() -> None:
    ongoing = {"end_date": "Ongoing", "country": "Uganda"}
    items = listed(stop(ongoing, {"start_date": "2024-05-01", "end_date": "2024-05-10"})).items
    assert hours(items[0]) == (67 * 24, 67.5 * 24, 68 * 24)  # 4 March to 10 May: 27 + 30 + 10 days
    assert "lower bound" in " ".join(items[0].notes)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"end_date": "Unknown"}, "Its end is not known"),
        ({"end_date": "Unknown", "duration": "Curfew Style"}, "'Curfew Style', is no length"),
        ({"end_date": "Unknown", "duration": "-4"}, "negative"),
        ({"end_date": "2024-03-01"}, "ends before it begins"),
        ({"end_date": "2027-03-01"}, "longer than the 730 days"),
        ({"start_date": "soon"}, "is not a date"),
        ({"start_date": ""}, "Its start is not known"),
        ({"country": ""}, "names no country"),
        ({"country": "Atlantis"}, "is not known"),
        ({"country": "Congo"}, "is the name of several"),
        ({"affected_network": "Broadband"}, "Fixed lines alone"),
        ({"affected_network": "Satellite"}, "satellite"),
        ({"shutdown_type": "Unknown"}, "cut or slowed"),
        ({"shutdown_extent": "Unknown"}, "whole network or some services"),
        ({"shutdown_extent": "Service-based"}, "names no service"),
        ({"shutdown_extent": "Service-based", "sms_affected": "Yes"}, "text messages"),
        ({"shutdown_extent": "Service-based", "phonecall_affected": "Yes"}, "phone calls"),
        (
            {"shutdown_extent": "Service-based", "shutdown_type": "Throttle", "twitter_affected": "Yes"},
            "slowed",
        ),
    ],
)
def test_rows_without_a_price_are_kept_with_the_reason(cells: dict[str, str], reason: str) -> None:
    item = stop_item(**cells)
    assert item.state == "cannot be priced"
    assert reason in item.problem and item.record.read


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, ("full_blackout",)),
        ({"affected_network": "Mobile"}, ("mobile_only",)),
        ({"affected_network": "Unknown"}, ("mobile_only", "full_blackout")),
        ({"shutdown_type": "Throttle"}, ("slowdown",)),
        ({"shutdown_type": "Throttle", "affected_network": "Mobile"}, ()),
        ({"shutdown_type": "Shutdown, Throttle"}, ("full_blackout",)),
        ({"shutdown_extent": "Full network, Service-based", "twitter_affected": "Yes"}, ("full_blackout",)),
        ({"shutdown_extent": "Service-based", "twitter_affected": "Yes"}, ("single_platform_block",)),
        (
            {"shutdown_extent": "Service-based", "twitter_affected": "Yes", "telegram_affected": "Yes"},
            ("social_media_block",),
        ),
        ({"shutdown_extent": "Service-based", "other_affected": "VPNs"}, ("vpn_block",)),
    ],
)  # fmt: skip
def test_the_type_is_in_three_columns(cells: dict[str, str], expected: tuple[str, ...]) -> None:
    assert kinds(stop_item(**cells)) == expected


def test_what_the_type_needs_and_the_row_lacks_is_open() -> None:
    slow = stop_item(shutdown_type="Throttle")
    assert [one.field for one in slow.openings] == ["hours", "ratio"]
    assert slow.openings[1].best == 0.65  # the model's own value
    telegram = stop_item(shutdown_extent="Service-based", telegram_affected="Yes")
    assert [one.field for one in telegram.openings] == ["hours", "platform.weight"]
    like_x = stop_item(shutdown_extent="Service-based", twitter_affected="Yes")
    assert [one.field for one in like_x.openings] == ["hours"]


def test_nationwide_alone_is_the_whole_country() -> None:
    assert stop_item(area_name="Nationwide").record.share is None
    scope = "It only affected one city, county, or village"
    named = stop_item(area_name="Lagos", geo_scope=scope).record
    unnamed = stop_item(area_name="", geo_scope="It affected an entire nation").record
    assert named.share is not None and named.share.key == "local"
    assert unnamed.share is not None and unnamed.share.key == "somewhere"
    regions = stop_item(country="Pakistan", area_name="Balochistan, KP").record
    assert regions.share is None and regions.regions == ("Balochistan", "Khyber Pakhtunkhwa")


def test_several_countries_are_divided_and_each_keeps_its_own_reason() -> None:
    items = listed(stop({"country": "Kenya; Uganda; Atlantis"})).items
    assert [item.iso3 for item in items] == ["KEN", "UGA", ""]
    assert [item.state for item in items] == ["open", "open", "cannot be priced"]
    assert "priced alone" in items[0].notes[0]


def test_the_stop_list_as_a_workbook_reads_the_same() -> None:
    from datetime import datetime

    row = {
        "country": "Kenya", "start_date": datetime(2024, 3, 4), "end_date": datetime(2024, 3, 6), "duration": 3.0,
        "area_name": "Nationwide", "shutdown_type": "Shutdown", "affected_network": "Mobile, Broadband",
        "shutdown_extent": "Full network",
    }  # fmt: skip
    (item,) = listed(workbook([row], STOP_COLUMNS)).items
    assert hours(item) == hours(stop_item(duration="3"))


def outage(**changes: Any) -> bytes:
    row: dict[str, Any] = {
        "id": "1", "description": "Cut", "scope": None, "startDate": "2024-03-04T05:00:00Z",
        "endDate": "2024-03-04T09:30:00Z", "locations": ["PK"], "asns": [], "eventType": "OUTAGE", "linkedUrl": "",
        "outage": {"outageCause": "GOVERNMENT_DIRECTED", "outageType": "NATIONWIDE"}, **changes,
    }  # fmt: skip
    return as_json({"success": True, "result": {"annotations": [row]}})


def test_cloudflare_has_a_clock_and_says_nothing_of_severity() -> None:
    (item,) = listed(outage()).items
    assert hours(item) == (4.5, 4.5, 4.5) and kinds(item) == ("mobile_only", "full_blackout")
    assert item.scenario is not None and item.scenario.start == "2024-03-04T10:00"  # Karachi is 5 hours ahead
    assert item.record.share is not None and item.record.share.key == "not_how_much"


def test_cloudflare_traps() -> None:
    for end in (None, ""):
        assert "lower bound" in " ".join(listed(outage(endDate=end)).items[0].notes)
    (cable,) = listed(outage(outage={"outageCause": "CABLE_CUT", "outageType": "NATIONWIDE"})).items
    assert kinds(cable) == ("cable_cut",) and cable.record.qualities[0].open
    (power,) = listed(outage(outage={"outageCause": "POWER_OUTAGE", "outageType": "NATIONWIDE"})).items
    assert "power was off" in power.problem
    (network,) = listed(
        outage(outage={"outageCause": "TECHNICAL_PROBLEM", "outageType": "NETWORK"}, asns=[1])
    ).items
    assert network.record.share is not None and network.record.share.key == "one_network"
    assert [item.iso3 for item in listed(outage(locations=["TZ", "KE"])).items] == ["TZA", "KEN"]
    (russia,) = listed(outage(locations=["RU"])).items  # eleven time zones
    assert (
        russia.scenario is not None
        and russia.scenario.start is None
        and "several times" in " ".join(russia.notes)
    )


def signal(**changes: Any) -> dict[str, Any]:
    row = {"location": "country/PK", "location_name": "Pakistan", "start": 1709528400, "duration": 7200,
           "datasource": "bgp", "score": 9000.0, "fraction": 0.9}  # fmt: skip
    return {**row, **changes}


def test_several_signals_of_one_outage_are_one() -> None:
    rows = [signal(), signal(datasource="ping-slash24", start=1709528400 + 3600, score=1.0)]
    first, second = listed(as_json({"data": rows})).items
    assert second.merged_into == first.id and hours(first) == (3, 3, 3)  # 0 to 2 h with 1 to 3 h
    assert first.record.share is not None and first.record.share.key == "not_how_much"
    (region,) = listed(as_json({"data": [signal(location="region/4416")]})).items
    assert "does not say in which country" in region.problem
    (broken,) = listed(as_json({"data": [signal(start="soon")]})).items
    assert broken.state == "cannot be priced"


def test_the_list_checked_by_hand_has_dates_in_words() -> None:
    row = {"Begin time": "March 4, 2024 5:00 AM UTC", "End time": "4 March 2024 09:30", "Country": "Congo, Dem. Rep.",
           "Scope": "Region (Nord-Kivu)", "Cause": "Government-directed"}  # fmt: skip
    (item,) = listed(as_csv([row], CHECKED)).items
    assert hours(item) == (4.5, 4.5, 4.5) and item.record.area == "Nord-Kivu"
    (wrong,) = listed(as_csv([{**row, "End time": "3 March 2024 09:30"}], CHECKED)).items
    assert "ends before it begins" in wrong.problem


def day(number: int, confirmed: int, **more: Any) -> dict[str, Any]:
    return {"measurement_start_day": f"2024-03-{number:02d}", "anomaly_count": 9, "confirmed_count": confirmed,
            "ok_count": 4, "probe_cc": "PK", "domain": "www.telegram.org", **more}  # fmt: skip


def test_measured_days_in_a_row_are_one_outage_and_anomalies_are_none() -> None:
    items = listed(as_json({"v": 0, "result": [day(4, 3), day(5, 1), day(6, 0), day(8, 2)]})).items
    assert [item.state for item in items] == ["open", "merged", "cannot be priced", "open"]
    assert hours(items[0]) == (24, 36, 48)  # 4 and 5 March
    assert kinds(items[0]) == ("single_platform_block",)
    assert "anomalies alone" in items[2].problem
    assert items[0].record.share is not None and items[0].record.share.key == "measured_days"
    (other,) = listed(as_json({"result": [day(4, 3, domain="news.example")]})).items
    assert "has no price here" in other.problem


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"start": "2024-03-04 10:00", "end": "2024-03-04 14:30"}, (4.5, 4.5, 4.5)),
        ({"end": "", "duration": "1 day 12 hours"}, (36, 36, 36)),
        ({"end": "", "duration": "24-48h"}, (24, 36, 48)),
        ({"start": "", "end": "", "duration": "36 hrs"}, (36, 36, 36)),
        ({"duration": "60 hours"}, (60, 60, 60)),  # the dates leave a day open, the length does not
        ({"duration": "5 hours"}, (5, 60, 72)),
    ],
)
def test_lengths_of_the_own_layout(cells: dict[str, str], expected: tuple[float, float, float]) -> None:
    (item,) = own_items(**cells)
    assert hours(item) == expected


def test_shares_and_qualities_of_the_own_layout() -> None:
    (item,) = own_items(share="12,5 %", kind="Slowdown", ratio="40%")
    assert item.scenario is not None and (item.scenario.place, item.scenario.ratio) == (0.125, 0.4)
    (item,) = own_items(share="10-30 %")
    assert item.record.share is not None and item.record.share[2:5] == pytest.approx((0.1, 0.2, 0.3))
    assert "which a full blackout does not have" in own_items(ratio="0.5")[0].problem
    for wrong in ("140 %", "-5%", "- 0.05", "5%-", "10--20%"):
        assert "out of range" in own_items(share=wrong)[0].problem, wrong
    assert own_items(kind="earthquake")[0].problem.startswith("kind: 'earthquake' is not known")


@pytest.mark.parametrize(
    ("content", "layout", "words"),
    [
        (b"", "auto", "is empty"),
        (b"a,b\n1,2\n", "auto", "no known layout"),
        (b"place,kind\n", "auto", "has no rows"),
        (b"place,kind\nKenya,x\n", "stop", "has no column country"),
        (b'{"a": 1}', "cloudflare", "is no Cloudflare"),
        (b'{"a": ', "auto", "is not JSON"),
        (b"PK\x03\x04nothing", "auto", "workbook"),
        (b"place,kind\nKenya,x\n", "excel", "is not known"),
    ],
)
def test_a_file_that_is_no_list_is_one_clear_error(content: bytes, layout: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        listed(content, layout)


def test_every_layout_is_recognised_by_itself() -> None:
    files = {
        "stop": stop({}), "cloudflare": outage(), "ioda": as_json({"data": [signal()]}),
        "ioda_checked": as_csv([{"Country": "Kenya"}], CHECKED), "ooni": as_json({"result": [day(4, 1)]}),
        "own": as_csv([{"place": "Kenya"}], OWN),
    }  # fmt: skip
    assert {key: listed(content).layout for key, content in files.items()} == {key: key for key in LAYOUTS}


def test_no_row_of_odd_values_ends_the_run() -> None:
    odd: list[Any] = [None, 3, [], "x", {"startDate": []}, {"locations": {}, "startDate": 5, "outage": 3}]
    rows = as_json(
        {"result": {"annotations": [*odd, {"startDate": "2024-03-04T05:00:00Z", "locations": ["KE"]}]}}
    )
    states = [item.state for item in listed(rows).items]
    assert len(states) == 7 and states.count("cannot be priced") == 6


ODD = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ("Ongoing", "1e999", "-0", "nan", "0001-01-01", "2024-02-30", "9" * 40, "½", "٣", "a;b|c", "12/31/1999",
         "2024-03-04T25:00", "Kenya;Kenya", "2100-12-31", "%", "50%%", "P9999D", "=1+1", "\u202e", "Unknown")
    ),
)  # fmt: skip


@given(st.lists(st.dictionaries(st.sampled_from(STOP_COLUMNS), ODD, max_size=8), min_size=1, max_size=6))
def test_no_cell_of_the_stop_list_ends_the_run(rows: list[dict[str, str]]) -> None:
    read = listed(stop({}, *rows))
    assert {item.record.row for item in read.items} == set(range(2, 2 + read.rows))


@given(st.lists(st.dictionaries(st.sampled_from(OWN), ODD, max_size=8), min_size=1, max_size=6))
def test_no_cell_of_the_own_layout_ends_the_run(rows: list[dict[str, str]]) -> None:
    usual = {"place": "Kenya", "kind": "full blackout", "start": "2024-03-04", "end": "2024-03-06"}
    read = listed(as_csv([usual, *({**usual, **row} for row in rows)], OWN))
    for item in read.items:
        assert item.state != "cannot be priced" or item.problem


LEAF = st.none() | st.booleans() | st.floats() | st.text(max_size=6) | st.integers()
VALUE = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)


@given(
    VALUE, st.sampled_from(("startDate", "endDate", "locations", "outage", "asns", "scope", "description"))
)
def test_no_value_of_a_json_list_ends_the_run(value: Any, key: str) -> None:
    (item,) = listed(outage(**{key: value})).items[:1]
    assert item.state in ("priced", "open", "cannot be priced")
