"""The project's own layout (CSV or XLSX): one event a row, as the README says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.layouts.base import Cells, find_countries, find_regions, need_columns, read
from model.layouts.files import Rows
from model.layouts.moments import (
    is_unknown,
    length,
    moment,
    month_first,
    typed,
)
from model.layouts.record import NoLengthError, Opening, Record, UnpricedError, between, exactly, opened
from model.reading.dates import FIRST_YEAR, LAST_YEAR, goes_on
from model.reading.numbers import share_of
from model.scenario.readers import kind_of, whole

NEEDED = ("place", "kind")
SHARES = "0 to 1, or 0% to 100%"
COLUMNS = (
    "place", "region", "kind", "year", "start", "end", "duration", "share", "ratio", "capacity_lost", "title", "source",
)  # fmt: skip


class Own:
    key, label = "own", "the project's own layout"

    def recognises(self, content: Any) -> bool:
        return isinstance(content, Rows) and {"place", "kind"} <= set(content.header)

    def records(self, catalogue: Catalogue, content: Any) -> Iterator[Record]:
        """The rows as records; raises `InputError` where columns are missing or stand twice."""
        header = content.header if isinstance(content, Rows) else []
        need_columns(self.label, header, NEEDED)
        for name in COLUMNS:
            if header.count(name) > 1:
                raise InputError("list", name, "heads two columns", "each column once")
        rows = [(number, Cells(row)) for number, row in content]
        order = month_first(row[name] for _, row in rows for name in ("start", "end"))
        for at, row in rows:
            record = Record(at, row.said(COLUMNS), row["title"], row["source"])

            def fill(record: Record, row: Cells = row) -> None:
                _fill(catalogue, order, record, row)

            yield read(record, fill)


def _fill(catalogue: Catalogue, order: bool | None, record: Record, row: Cells) -> None:
    if row["start"]:
        record.first = moment("start", row["start"], order)
    if row["year"]:
        record.year = whole("year", row["year"], FIRST_YEAR, LAST_YEAR)
        if record.first is not None and record.first.day.year != record.year:
            raise UnpricedError("It does not begin in its year.")
    find_countries(catalogue, record, row["place"])
    record.kinds = (kind_of(catalogue, "kind", row["kind"]),)
    _place(catalogue, record, row)
    _quality(catalogue, record, row)
    end, text = row["end"], row["duration"]
    if goes_on(end):
        if record.first is None:
            raise UnpricedError("It is going on, and its start is not known.")
        record.ongoing = True
    elif not is_unknown(end):
        record.last = moment("end", end, order)
        if record.first is None:
            raise UnpricedError("It has an end and no start.")
        hours = length(catalogue, record.first, record.last)
        if is_unknown(text):
            return
        given = typed(catalogue, text)
        if hours.low <= given.low and given.high <= hours.high:
            record.hours = given  # the dates leave it open, the length does not
        else:
            low, high = min(hours.low, given.low), max(hours.high, given.high)
            record.hours = between(catalogue, "typed_length", low, hours.best, high)
    elif is_unknown(text):
        raise NoLengthError("It has neither an end nor a length.")
    else:
        record.hours = typed(catalogue, text)


def _place(catalogue: Catalogue, record: Record, row: Cells) -> None:
    region, share = row["region"], row["share"]
    if share:
        record.area = region
        record.share = _share("share", share)._replace(field="place")
    elif region and not find_regions(catalogue, record, region):
        record.share = opened(catalogue, "somewhere")


def _share(field: str, text: str) -> Opening:
    """A share as 0.12 or 12%, or two of them as a range; raises `InputError`."""
    parts = [part.strip() for part in re.split(r"\s*(?:[-–]|\bto\b)\s*", text)]
    if not all(parts):  # a minus, or one end of a range
        raise InputError(field, text, "is out of range", SHARES)
    sign = "%" if text.rstrip().endswith("%") else ""
    values = [share_of(field, part if part.endswith("%") else part + sign, SHARES) for part in parts]
    for part, value in zip(parts, values, strict=True):
        if not 0 <= value <= 1:
            raise InputError(field, part, "is out of range", SHARES)
    if len(values) == 2 and values[0] < values[1]:
        why = "It is a range in the list."
        return Opening("event_share", field, values[0], sum(values) / 2, values[1], why)
    if len(values) != 1:
        raise UnpricedError(f"Its {field}, “{text}”, is no share.")
    return exactly(field, values[0])


def _quality(catalogue: Catalogue, record: Record, row: Cells) -> None:
    """What a degradation left or took; a kind that knows no such thing refuses it."""
    wanted = catalogue.kinds[record.kinds[0]].quality_input
    for name in ("ratio", "capacity_lost"):
        text = row[name]
        if not text:
            continue
        if name != wanted:
            raise UnpricedError(
                f"A {name} is given, which {catalogue.kinds[record.kinds[0]].phrase} does not have."
            )
        record.qualities = (_share(name, text)._replace(field=name),)
    if wanted and not record.qualities:
        key = {"ratio": "quality_left", "capacity_lost": "capacity_gone"}[wanted]
        record.qualities = (opened(catalogue, key),)
