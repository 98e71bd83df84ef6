"""Rows that tell of the same disruption: what overlaps in one place is priced once."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from model.catalogue.load import Catalogue
from model.common.numbers import duration_text
from model.layouts.kinds import KindsOf
from model.layouts.moments import LEAST_HOURS, at_minute, length, limited
from model.layouts.record import UnpricedError
from model.lists.item import Item

PricedSpan = tuple[datetime, datetime, str]  # from, to, and the id of the row that prices it
HOUR = timedelta(hours=1)
MOST_NAMED = 10  # rows in a note


def merge(catalogue: Catalogue, items: Sequence[Item]) -> None:
    """Join doubles and overlaps of one type in one place, and take from narrower rows what wider ones price.

    Items that are merged name the one that prices them. What has no dates is left alone.
    """
    dated = [
        item for item in items if not item.problem and item.begin is not None and item.finish is not None
    ]
    groups: dict[tuple[object, ...], list[Item]] = defaultdict(list)
    for item in dated:
        groups[item.iso3, item.record.kinds, item.place_key, item.record.what].append(item)
    for group in groups.values():
        _join(catalogue, group)
    _take_from_narrower(
        KindsOf(catalogue), [item for item in dated if not item.merged_into and not item.problem]
    )


def _join(catalogue: Catalogue, group: list[Item]) -> None:
    """The union in time of the items of one type and place: the first of each run keeps it."""
    group.sort(key=lambda item: (item.begin, item.finish, item.record.row))
    merged: dict[str, list[str]] = defaultdict(list)
    head: Item | None = None
    for item in group:
        if head is not None and _meets(head, item):
            _unite(catalogue, head, item)
            merged[head.id].append(item.id)
        else:
            head = item
    for item in group:
        if ids := merged.get(item.id):
            more = f" and {len(ids) - MOST_NAMED:,} more" if len(ids) > MOST_NAMED else ""
            item.note(f"It prices row{'' if len(ids) == 1 else 's'} {', '.join(ids[:MOST_NAMED])}{more} too.")


def _meets(head: Item, item: Item) -> bool:
    assert head.finish is not None and item.begin is not None
    return item.begin < head.finish or (item.record.joins and item.begin <= head.finish)


def _unite(catalogue: Catalogue, head: Item, item: Item) -> None:
    item.merged_into = head.id
    same = (head.first, head.last, head.hours) == (item.first, item.last, item.hours)
    item.note(f"{'The same as' if same else 'Overlaps with'} row {head.id}, which prices both.")
    head_end, item_end = head.finish, item.finish
    assert head_end is not None and item_end is not None and head.first is not None
    if item_end > head_end:
        head.last = item.last if item.last is not None else at_minute(item_end)
        try:
            head.hours = length(catalogue, head.first, head.last)
        except UnpricedError as problem:
            head.problem = problem.sentence
    elif same or item.hours is None or head.hours is None or head.last is not None:
        return
    else:  # lengths without an end date: the longer holds the other
        head.hours = max(head.hours, item.hours, key=lambda hours: hours.best)


def _take_from_narrower(kinds: KindsOf, items: Sequence[Item]) -> None:
    """Take the time that a wider row prices from a narrower one in the same place."""
    spans: dict[tuple[object, ...], dict[tuple[str, str], list[PricedSpan]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for item in items:
        assert item.begin is not None and item.finish is not None
        if len(item.record.kinds) == 1 and not _partly(item):
            inside = spans[item.iso3, item.place_key]
            inside[item.record.kinds[0], item.record.what].append((item.begin, item.finish, item.id))
    for inside in spans.values():
        for each in inside.values():
            each.sort()
    for item in items:
        wider = [
            each
            for place in dict.fromkeys(((), item.place_key))
            for (kind, _), each in spans.get((item.iso3, place), {}).items()
            if (place != item.place_key or kind not in item.record.kinds)
            and all(kinds.covers(kind, narrow) for narrow in item.record.kinds)
        ]
        if wider:
            _take(item, wider)


def _partly(item: Item) -> bool:
    """Whether it is of a part of the country that nothing names, so that it holds no other row."""
    return item.place_key[:1] == ("share",)


def _take(item: Item, wider: Iterable[list[PricedSpan]]) -> None:
    begin, finish = item.begin, item.finish
    assert begin is not None and finish is not None and item.hours is not None
    overlapping = sorted(span for each in wider for span in _over(each, begin, finish) if span[2] != item.id)
    if not overlapping:
        return
    covered = timedelta()
    until = begin
    for start, end, _ in overlapping:
        covered += max(timedelta(), min(end, finish) - max(start, until))
        until = max(until, min(end, finish))
    ids = ", ".join(dict.fromkeys(span[2] for span in overlapping))
    left = 1 - covered / (finish - begin)
    hours = item.hours.best * left
    if hours < min(LEAST_HOURS, item.hours.best / 2):
        item.merged_into = overlapping[0][2]
        item.note(f"Row {ids} holds it: the loss is priced there.")
    else:
        item.hours = limited(item.hours.times(left))
        item.note(f"{duration_text(round(covered / HOUR, 2))} of it are priced with row {ids}.")


def _over(spans: list[PricedSpan], begin: datetime, finish: datetime) -> list[PricedSpan]:
    """Those of the spans, sorted and apart, that share time with an interval."""
    last = bisect_right(spans, finish, key=lambda span: span[0])
    overlapping = []
    for span in reversed(spans[:last]):
        if span[1] <= begin:
            break
        if span[0] < finish:
            overlapping.append(span)
    return overlapping
