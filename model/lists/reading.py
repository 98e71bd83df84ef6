"""A file of events to items: the layout is recognised, every row is read or keeps its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from types import MappingProxyType
from typing import Any

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.estimation.economy import money_old
from model.layouts.base import Layout
from model.layouts.cloudflare import Cloudflare
from model.layouts.files import ALLOWED, Rows, content_of, too_many
from model.layouts.ioda import Ioda, IodaChecked
from model.layouts.ooni import Ooni
from model.layouts.own import Own
from model.layouts.record import Record, cut
from model.layouts.stop import Stop
from model.lists.item import Item, items_of, prepare
from model.lists.merge import merge
from model.reading.dates import Moment

AUTO = "auto"
LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {item.key: item for item in (Stop(), Cloudflare(), Ioda(), IodaChecked(), Ooni(), Own())}
)


@dataclass(frozen=True)
class EventList:
    """What a file holds: its items in the order of its rows, and the day on which it ends."""

    name: str
    layout: str
    items: tuple[Item, ...]
    until: date | None
    rows: int


def read_list(
    catalogue: Catalogue,
    name: str,
    content: bytes,
    layout: str = AUTO,
    until: date | None = None,
    most: int | None = None,
) -> EventList:
    """The list in the bytes of a file.

    Args:
        catalogue: the tables.
        name: of the file, for errors.
        content: its bytes.
        layout: one of `LAYOUTS`, or `AUTO` to recognise it.
        until: the day until which what goes on is counted; None for the last day that the list names.
        most: rows that it may have; None for any number.

    Raises:
        InputError: it is empty, in none of the layouts, lacks a column that its layout needs, or has more than `most`
            rows.
    """
    table = content_of(name, content, most)
    chosen = _layout(name, table, layout)
    records = list(islice(chosen.records(catalogue, table), None if most is None else most + 1))
    if most is not None and len(records) > most:
        raise too_many(name, most)
    if not records:
        raise InputError("list", name, "has no rows", ALLOWED)
    last = until or _last_day(records)
    end = Moment(last or date(2000, 1, 1))
    items = [item for record in records for item in items_of(catalogue, record, end)]
    return EventList(name, chosen.key, tuple(prepared(catalogue, items)), last, len(records))


def prepared(catalogue: Catalogue, items: list[Item]) -> list[Item]:
    """The items with what overlaps merged, and with their scenarios."""
    merge(catalogue, items)
    for item in items:
        if not item.problem and not item.merged_into:
            prepare(catalogue, item)
        if item.iso3:
            item.old_money = money_old(catalogue, item.iso3)
    return items


def _layout(name: str, content: Any, wanted: str) -> Layout:
    if wanted != AUTO:
        if wanted not in LAYOUTS:
            raise InputError("layout", wanted, "is not known", [AUTO, *LAYOUTS])
        return LAYOUTS[wanted]
    for layout in LAYOUTS.values():
        if layout.recognises(content):
            return layout
    columns = ", ".join(content.header[:8]) if isinstance(content, Rows) else "its JSON"
    layouts = "; ".join(f"{key}: {layout.label}" for key, layout in LAYOUTS.items())
    raise InputError("list", name, f"is in no known layout ({cut(columns)})", layouts)


def _last_day(records: list[Record]) -> date | None:
    """The last day that a list names."""
    days = [moment.day for record in records for moment in (record.first, record.last) if moment]
    return max(days, default=None)
