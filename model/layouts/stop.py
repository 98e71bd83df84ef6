"""Access Now's STOP list (#KeepItOn): one shutdown a row, 47 columns, days without a clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from model.catalogue.load import Catalogue
from model.layouts.base import Cells, find_countries, find_regions, need_columns, read
from model.layouts.files import Rows
from model.layouts.kinds import KindsOf
from model.layouts.moments import (
    day_count,
    days_typed,
    is_unknown,
    length,
    moment,
    month_first,
)
from model.layouts.record import NoLengthError, Record, UnpricedError, between, opened, quoted
from model.reading.dates import goes_on

NEEDED = ("country", "start_date", "end_date", "shutdown_type", "shutdown_extent", "affected_network")
SHOWN = (
    "country", "area_name", "geo_scope", "start_date", "end_date", "duration", "shutdown_status", "shutdown_type",
    "affected_network", "shutdown_extent",
)  # fmt: skip
SERVICES = "_affected"
NO_PRICE = {"sms_affected": "text messages", "phonecall_affected": "phone calls"}
OTHER = "other_affected"
LIKE_X = "twitter_affected"  # the model's weight of one platform is that of X


class Stop:
    key, label = "stop", "Access Now's STOP list"

    def recognises(self, content: Any) -> bool:
        return isinstance(content, Rows) and {"shutdown_type", "shutdown_extent"} <= set(content.header)

    def records(self, catalogue: Catalogue, content: Any) -> Iterator[Record]:
        need_columns(self.label, content.header if isinstance(content, Rows) else (), NEEDED)
        kinds = KindsOf(catalogue)
        rows = [(number, Cells(row)) for number, row in content]
        order = month_first(row[name] for _, row in rows for name in ("start_date", "end_date"))
        months_first = True if order is None else order  # as the list is published
        for number, row in rows:
            record = Record(number, row.said(SHOWN), row["event"] or row["actual_cause"], row["an_link"])
            record.source = record.source or row["info_source_link"]

            def fill(record: Record, row: Cells = row) -> None:
                _fill(catalogue, kinds, months_first, record, row)

            yield read(record, fill)


def _fill(catalogue: Catalogue, kinds: KindsOf, months_first: bool, record: Record, row: Cells) -> None:
    if not is_unknown(row["start_date"]):
        record.first = moment("start_date", row["start_date"], months_first)
    find_countries(catalogue, record, row["country"])
    _place(catalogue, record, row)
    _kinds(catalogue, kinds, record, row)
    if record.first is None:
        raise UnpricedError("Its start is not known.")
    _length(catalogue, months_first, record, row)


def _place(catalogue: Catalogue, record: Record, row: Cells) -> None:
    """The whole country where the area says so; nothing else in the list does."""
    area = row["area_name"]
    if not is_unknown(area) and find_regions(catalogue, record, area):
        return
    scope = row["geo_scope"].casefold()
    if "more than one" in scope and ("state" in scope or "region" in scope) and "same" not in scope:
        key = "several_regions"
    elif "more than one" in scope or "same" in scope or scope in ("regional", "multi-regional", "level 2"):
        key = "regional"
    elif "city" in scope or "village" in scope or scope in ("local", "level 1"):
        key = "local"
    else:
        key = "somewhere"
    record.share = opened(catalogue, key)


def _kinds(catalogue: Catalogue, kinds: KindsOf, record: Record, row: Cells) -> None:
    """From three columns: what was done, to which network, and to all of it or to services."""
    done, extent, network = (
        row[name].casefold() for name in ("shutdown_type", "shutdown_extent", "affected_network")
    )
    full, services = "full" in extent, "service" in extent
    cut, slowed = "shutdown" in done, "throttle" in done or "throttling" in done
    if not cut and not slowed:
        raise UnpricedError("It does not say whether service was cut or slowed.")
    if not full and not services:
        raise UnpricedError("It does not say whether the whole network or some services were hit.")
    if not full:
        _services(catalogue, kinds, record, row, cut=cut)
        return
    if services:
        record.note("Services were blocked too; the loss of the network covers them.")
    if not cut and "mobile" in network and "broadband" not in network:
        raise UnpricedError("Mobile data alone was slowed; the model's slowdown is of every line.")
    if not cut:
        record.kinds = (kinds.slowdown,)
        record.qualities = (opened(catalogue, "quality_left"),)
        return
    if slowed:
        record.note("Cut and slowed: priced as a cut for the whole time.")
    mobile, fixed = "mobile" in network, "broadband" in network or "fixed" in network
    if "both" in network:
        mobile = fixed = True
    if "satellite" in network:
        if not mobile and not fixed:
            raise UnpricedError("A cut of satellite links has no price here.")
        record.note("Satellite links were cut too; they have no price here.")
    if fixed and not mobile:
        raise UnpricedError("Fixed lines alone were cut, for which the model has no type of disruption.")
    if mobile and fixed:
        record.kinds = (kinds.gone,)
    elif mobile:
        record.kinds = (kinds.mobile,)
    else:
        record.kinds = (kinds.mobile, kinds.gone)
        record.note("The network is not named: mobile data alone, or all lines.")


def _services(catalogue: Catalogue, kinds: KindsOf, record: Record, row: Cells, *, cut: bool) -> None:
    hit = [name for name in row.row if str(name).endswith(SERVICES) and _is_hit(row, name)]
    platforms = [name for name in hit if name not in NO_PRICE]
    others = row[OTHER] if OTHER in platforms else ""
    if not platforms:
        gone = " and ".join(NO_PRICE[name] for name in hit)
        raise UnpricedError(
            f"Only {gone} were cut, which have no price here."
            if gone
            else "It names no service that was hit."
        )
    if not cut:
        raise UnpricedError(
            "Services were slowed, not the network; the model has no such type of disruption."
        )
    if platforms == [OTHER] and "vpn" in others.casefold():
        record.kinds = (kinds.vpn,)
        return
    named = [part for part in others.replace(";", ",").split(",") if part.strip()]
    if len(platforms) > 1 or len(named) > 1:
        record.kinds = (kinds.several_platforms,)
        return
    record.kinds, record.what = (kinds.one_platform,), others.casefold() or platforms[0]
    if platforms != [LIKE_X]:
        record.qualities = (opened(catalogue, "other_platform"),)


def _is_hit(row: Cells, name: str) -> bool:
    text = row[name].casefold()
    return not is_unknown(text) and text not in ("no", "0", "false") and name != "users_affected"


def _length(catalogue: Catalogue, months_first: bool, record: Record, row: Cells) -> None:
    """From the dates; the list's own number of days counts both ends or not, and widens them where it disagrees."""
    end, text = row["end_date"], row["duration"]
    assert record.first is not None
    if goes_on(end) or (is_unknown(end) and goes_on(row["shutdown_status"])):
        record.ongoing = True
        return
    days = days_typed(text)
    if is_unknown(end):
        if is_unknown(text):
            raise NoLengthError("Its end is not known, and no length is given.")
        if days is None:
            raise NoLengthError(
                f"Its length, {quoted(text)}, is no length of time, and its end is not known."
            )
        if days <= 0:
            raise UnpricedError("Its length is negative or nothing, and its end is not known.")
        record.hours = day_count(catalogue, days)
        return
    record.last = moment("end_date", end, months_first)
    hours = length(catalogue, record.first, record.last)
    if days is None and not is_unknown(text):
        record.note(f"Its length in words, “{text}”, does not enter; the dates do.")
    elif days is not None and days > 0 and not hours.low <= days <= hours.high:
        low, high = min(hours.low, days), max(hours.high, days)
        record.hours = between(catalogue, "typed_length", low, hours.best, high)
