"""IODA: its events (JSON, several signals of one outage), and its list checked by hand (CSV, dates in words)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from model.catalogue.load import Catalogue
from model.layouts.base import Cells, find_countries, find_regions, need_columns, read, rows_of
from model.layouts.files import Rows
from model.layouts.kinds import KindsOf
from model.layouts.moments import at_minute, greenwich, is_unknown, month_first, stamp
from model.layouts.record import NoLengthError, Record, UnpricedError, opened
from model.reading.dates import goes_on

SHOWN = ("location", "location_name", "start", "duration", "datasource", "score", "fraction")
INSIDE = ("data", "result", "events")
CHECKED = ("begin_time", "end_time", "country", "scope")
REGION = re.compile(r"^\s*(?:sub-?national|regions?)\s*\((.+)\)\s*$", re.IGNORECASE)


class Ioda:
    key, label = "ioda", "IODA's events"

    def recognises(self, content: Any) -> bool:
        try:
            rows = rows_of(self.label, content, INSIDE)
        except ValueError:
            return False
        return any(isinstance(row, Mapping) and {"location", "datasource"} <= set(row) for row in rows[:20])

    def records(self, catalogue: Catalogue, content: Any) -> Iterator[Record]:
        kinds = KindsOf(catalogue)
        for number, row in enumerate(rows_of(self.label, content, INSIDE), start=1):
            cells = Cells(row if isinstance(row, Mapping) else {})
            title = f"Outage seen in {cells['location_name'] or cells['location']}"
            record = Record(number, cells.said(SHOWN), title, utc=True)

            def fill(record: Record, cells: Cells = cells) -> None:
                _fill(catalogue, kinds, record, cells)

            yield read(record, fill)


def _fill(catalogue: Catalogue, kinds: KindsOf, record: Record, cells: Cells) -> None:
    record.first = stamp("start", cells.row.get("start"))
    sort, _, code = cells["location"].partition("/")
    if sort != "country":
        raise UnpricedError(f"It is of one {sort or 'place'}, and does not say in which country.")
    find_countries(catalogue, record, code)
    record.kinds, record.ordered = (kinds.gone,), False
    record.share = opened(catalogue, "not_how_much")
    seconds = float(cells["duration"])
    if not seconds > 0:
        raise UnpricedError("It has no length.")
    record.last = at_minute(record.first.begins + timedelta(seconds=seconds))


class IodaChecked:
    key, label = "ioda_checked", "IODA's list checked by hand"

    def recognises(self, content: Any) -> bool:
        return isinstance(content, Rows) and {"begin_time", "end_time", "scope"} <= set(content.header)

    def records(self, catalogue: Catalogue, content: Any) -> Iterator[Record]:
        need_columns(self.label, content.header if isinstance(content, Rows) else (), CHECKED)
        kinds = KindsOf(catalogue)
        rows = [(number, Cells(row)) for number, row in content]
        order = month_first(row[name] for _, row in rows for name in CHECKED[:2])
        for number, row in rows:
            record = Record(number, row.said(content.header), row["cause"], row["confirmation"], utc=True)

            def fill(record: Record, row: Cells = row) -> None:
                _fill_checked(catalogue, kinds, order, record, row)

            yield read(record, fill)


def _fill_checked(
    catalogue: Catalogue, kinds: KindsOf, order: bool | None, record: Record, row: Cells
) -> None:
    record.first = greenwich("begin_time", row["begin_time"], order)
    find_countries(catalogue, record, row["country"])
    cause = row["cause"].casefold()
    if "power" in cause or "electric" in cause:
        raise UnpricedError("The power was off: what that costs is not the loss of the internet alone.")
    if "cable" in cause:
        record.kinds, record.ordered = (kinds.cable,), False
        record.qualities = (opened(catalogue, "capacity_gone"),)
    elif "government" in cause or "order" in cause or "shutdown" in cause or "exam" in cause:
        record.kinds, record.ordered = (kinds.mobile, kinds.gone), True
    else:
        record.kinds, record.ordered = (kinds.gone,), False
    scope = row["scope"]
    if match := REGION.match(scope):
        if find_regions(catalogue, record, match[1]):
            record.note("The list does not say how much of the service was gone there: priced as all of it.")
        else:
            record.share = opened(catalogue, "regional")
    elif scope.casefold().startswith(("country", "nation")):
        if record.kinds != (kinds.cable,):
            record.share = opened(catalogue, "not_how_much")
    else:
        record.area = scope
        record.share = opened(catalogue, "one_network" if "as" in scope.casefold()[:3] else "somewhere")
    end = row["end_time"]
    if goes_on(end):
        record.ongoing = True
    elif is_unknown(end):
        raise NoLengthError("Its end is not known.")
    else:
        record.last = greenwich("end_time", end, order)
