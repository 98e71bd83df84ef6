"""OONI's aggregated measurements (JSON): a day of one test, good for when and what, never for how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from model.catalogue.load import Catalogue
from model.layouts.base import Cells, find_countries, read, rows_of
from model.layouts.kinds import KindsOf
from model.layouts.moments import moment
from model.layouts.record import Record, UnpricedError, opened, quoted

DAY = "measurement_start_day"
SHOWN = (
    "probe_cc", "domain", "input", "test_name", DAY, "anomaly_count", "confirmed_count", "failure_count", "ok_count",
)  # fmt: skip
ABOVE = ("probe_cc", "domain", "input", "test_name")  # may stand once, beside the rows
VPN_TESTS = ("openvpn", "psiphon", "tor", "torsf", "vanilla_tor", "riseupvpn")
LIKE_X = ("twitter.com", "x.com")
PLATFORMS = (
    *LIKE_X, "facebook.com", "instagram.com", "whatsapp.com", "telegram.org", "t.me", "youtube.com", "tiktok.com",
    "signal.org", "snapchat.com", "reddit.com", "discord.com", "linkedin.com", "messenger.com", "viber.com",
    "threads.net", "wikipedia.org",
)  # fmt: skip


class Ooni:
    key, label = "ooni", "OONI's aggregated measurements"

    def recognises(self, content: Any) -> bool:
        try:
            rows = rows_of(self.label, content, ("result",))
        except ValueError:
            return False
        return any(isinstance(row, Mapping) and "confirmed_count" in row for row in rows[:20])

    def records(self, catalogue: Catalogue, content: Any) -> Iterator[Record]:
        kinds = KindsOf(catalogue)
        above = {name: content[name] for name in ABOVE if isinstance(content, Mapping) and content.get(name)}
        for number, row in enumerate(rows_of(self.label, content, ("result",)), start=1):
            cells = Cells({**above, **row} if isinstance(row, Mapping) else {})
            tested = cells["domain"] or cells["input"] or cells["test_name"]
            record = Record(number, cells.said(SHOWN), f"{tested or 'A test'} blocked", joins=True)

            def fill(record: Record, cells: Cells = cells) -> None:
                _fill(catalogue, kinds, record, cells)

            yield read(record, fill)


def _fill(catalogue: Catalogue, kinds: KindsOf, record: Record, cells: Cells) -> None:
    record.first = record.last = moment(DAY, cells[DAY])
    if not cells["probe_cc"]:
        raise UnpricedError(
            "It does not say in which country (a column probe_cc, or the name beside the rows)."
        )
    find_countries(catalogue, record, cells["probe_cc"])
    if not float(cells["confirmed_count"] or 0) > 0:
        raise UnpricedError("Nothing was confirmed on this day; anomalies alone prove no block.")
    domain = (cells["domain"] or cells["input"]).casefold()
    domain = domain.removeprefix("https://").removeprefix("http://").removeprefix("www.").partition("/")[0]
    test = cells["test_name"].casefold()
    platform = next((name for name in PLATFORMS if domain == name or domain.endswith(f".{name}")), "")
    if test in VPN_TESTS:
        record.kinds = (kinds.vpn,)
    elif platform:
        record.kinds, record.what = (kinds.one_platform,), platform
        if platform not in LIKE_X:
            record.qualities = (opened(catalogue, "other_platform"),)
    elif domain:
        raise UnpricedError(f"A block of {quoted(domain)} alone has no price here.")
    else:
        raise UnpricedError("It does not say what was tested (a column domain or input).")
    record.share = opened(catalogue, "measured_days")
