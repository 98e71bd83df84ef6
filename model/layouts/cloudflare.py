"""Cloudflare Radar's outage annotations (JSON): one outage each, times of Greenwich, two-letter countries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from model.catalogue.load import Catalogue
from model.layouts.base import Cells, find_countries, find_regions, read, rows_of
from model.layouts.kinds import KindsOf
from model.layouts.moments import greenwich
from model.layouts.record import Record, UnpricedError, cut, opened, plain

SHOWN = ("id", "description", "scope", "startDate", "endDate", "eventType")
INSIDE = ("result", "annotations")
NATIONWIDE, REGIONAL = "NATIONWIDE", "REGIONAL"


class Cloudflare:
    key, label = "cloudflare", "Cloudflare Radar's outage annotations"

    def recognises(self, content: Any) -> bool:
        try:
            rows = rows_of(self.label, content, INSIDE)
        except ValueError:
            return False
        return any(
            isinstance(row, Mapping) and "startDate" in row and "locations" in row for row in rows[:20]
        )

    def records(self, catalogue: Catalogue, content: Any) -> Iterator[Record]:
        kinds = KindsOf(catalogue)
        for number, row in enumerate(rows_of(self.label, content, INSIDE), start=1):
            cells = Cells(row if isinstance(row, Mapping) else {})
            inside = cells.row.get("outage")
            outage = Cells(inside if isinstance(inside, Mapping) else {})
            places = cells.row.get("locations")
            codes = ";".join(map(plain, places)) if isinstance(places, list) else plain(places)
            words = [cells.said(SHOWN), f"locations: {codes}", outage.said(("outageCause", "outageType"))]
            record = Record(
                number,
                "; ".join(filter(None, words)),
                cut(cells["description"]),
                cells["linkedUrl"],
                utc=True,
            )

            def fill(
                record: Record, cells: Cells = cells, outage: Cells = outage, codes: str = codes
            ) -> None:
                _fill(catalogue, kinds, record, cells, outage, codes)

            yield read(record, fill)


def _fill(
    catalogue: Catalogue, kinds: KindsOf, record: Record, cells: Cells, outage: Cells, codes: str
) -> None:
    record.first = greenwich("startDate", cells["startDate"])
    find_countries(catalogue, record, codes)
    cause = outage["outageCause"].upper().replace(" ", "_")
    if "POWER" in cause:
        raise UnpricedError("The power was off: what that costs is not the loss of the internet alone.")
    if "CABLE" in cause:
        record.kinds, record.ordered = (kinds.cable,), False
        record.qualities = (opened(catalogue, "capacity_gone"),)
    elif "GOVERNMENT" in cause:
        record.kinds, record.ordered = (kinds.mobile, kinds.gone), True
    else:
        record.kinds, record.ordered = (kinds.gone,), False
    kind, scope = outage["outageType"].upper(), cells["scope"]
    if kind != NATIONWIDE and scope and find_regions(catalogue, record, scope) and record.regions:
        record.note("The list does not say how much of the service was gone there: priced as all of it.")
    elif kind == NATIONWIDE:
        record.area = ""
        if record.kinds != (kinds.cable,):
            record.share = opened(catalogue, "not_how_much")
    elif kind == REGIONAL:
        record.share = opened(catalogue, "regional")
    else:
        record.share = opened(catalogue, "one_network")
        record.area = scope or f"networks {plain(str(cells.row.get('asns') or ''))}"
    end = cells["endDate"]
    if end:
        record.last = greenwich("endDate", end)
    else:
        record.ongoing = True
