"""What overlaps in one place is priced once: doubles, overlaps, wider types and wider places."""

from __future__ import annotations

from typing import Any

from helpers.event_rows import as_csv, stop

from model.catalogue.load import load
from model.lists.item import Item
from model.lists.reading import read_list

OWN = ("place", "region", "kind", "start", "end", "share", "title")


def items(*rows: dict[str, Any]) -> list[Item]:
    """Rows of cuts in Kenya with what is said to differ."""
    usual = {
        "place": "Kenya",
        "kind": "full blackout",
        "start": "2024-03-04 10:00",
        "end": "2024-03-04 20:00",
    }
    return list(read_list(load(), "list", as_csv([{**usual, **row} for row in rows], OWN)).items)


def hours(item: Item) -> float:
    assert item.hours is not None
    return item.hours.best


def priced(rows: list[Item]) -> list[float]:
    return [round(hours(item), 9) for item in rows if item.state in ("priced", "open")]


def test_the_same_row_twice_is_priced_once() -> None:
    rows = items({}, {"title": "told again"})
    assert priced(rows) == [10] and rows[1].merged_into == rows[0].id and "same as" in rows[1].notes[-1]


def test_an_overlap_is_the_union_of_both() -> None:
    second = {"start": "2024-03-04 15:00", "end": "2024-03-05 02:00"}
    rows = items({}, second, {"start": "2024-03-05 01:00", "end": "2024-03-05 04:00"})
    assert priced(rows) == [18]  # from 10:00 to 04:00
    assert [item.merged_into for item in rows] == ["", rows[0].id, rows[0].id]


def test_what_follows_or_is_elsewhere_stays_apart() -> None:
    assert priced(items({}, {"start": "2024-03-04 20:00", "end": "2024-03-04 22:00"})) == [10, 2]
    assert priced(items({"region": "Lamu"}, {"region": "Garissa"})) == [10, 10]
    assert priced(items({}, {"place": "Uganda"})) == [10, 10]


def test_a_wider_type_takes_its_time_from_a_narrower_one() -> None:
    rows = items({}, {"kind": "mobile data cut", "start": "2024-03-04 08:00", "end": "2024-03-04 22:00"})
    assert priced(rows) == [10, 4]  # 14 hours less the 10 of the blackout
    rows = items({}, {"kind": "mobile data cut", "start": "2024-03-04 12:00", "end": "2024-03-04 14:00"})
    assert priced(rows) == [10] and rows[1].merged_into == rows[0].id


def test_two_wider_rows_that_overlap_take_their_time_once() -> None:
    block = {"kind": "social media block", "start": "2024-03-04 18:00", "end": "2024-03-05 00:00"}
    one = {"kind": "block of one platform", "start": "2024-03-04 08:00", "end": "2024-03-05 04:00"}
    rows = items({}, block, one)
    assert priced(rows) == [
        10,
        4,
        6,
    ]  # the block's 6 less 2; the platform's 20 less the 14 from 10:00 to 00:00


def test_the_whole_country_holds_its_parts_and_no_part_holds_the_whole() -> None:
    part = {"region": "Lamu", "share": "1%"}
    assert priced(items({}, part)) == [10]
    assert priced(items(part, {"kind": "mobile data cut"})) == [10, 10]


def test_what_is_blocked_tells_single_platforms_apart_and_no_others() -> None:
    services = {"shutdown_extent": "Service-based", "twitter_affected": "Yes"}
    several = {**services, "telegram_affected": "Yes"}
    telegram = {"shutdown_extent": "Service-based", "telegram_affected": "Yes"}

    def states(*rows: dict[str, str]) -> list[str]:
        return [item.state for item in read_list(load(), "list", stop(*rows)).items]

    assert states(services, telegram) == ["open", "open"]
    assert states(several, {**several, "whatsapp_affected": "Yes"}) == ["open", "merged"]
    assert states(several, telegram) == ["open", "merged"], "several services hold one of them"


def test_a_narrower_type_takes_nothing_from_a_wider_one() -> None:
    assert priced(items({"kind": "mobile data cut"}, {"kind": "social media block"})) == [10, 10]
    assert priced(items({"kind": "slowdown"}, {"kind": "vpn block"})) == [10, 10]
