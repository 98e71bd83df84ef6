"""What machines look for on a host: who may read what, what this is, and its icon."""

from __future__ import annotations

from briefing.common.titles import ICON
from door.common.rate import COST
from door.common.settings import Limits, Place
from door.common.work import PackedAnswer
from model.common.citation import project

TEXT = "text/plain; charset=utf-8"


def robots(place: Place) -> PackedAnswer:
    """All may be read but what the pages load for themselves; how often, the rate says."""
    lines = ["User-agent: *", f"Disallow: {place.base}/_stcore/", f"Disallow: {place.base}/media/"]
    return PackedAnswer.of(("\n".join(lines) + "\n").encode(), TEXT)


def llms(place: Place) -> PackedAnswer:
    """What a program that reads in a person's place should know, as llmstxt.org describes it."""
    own, start = project(), place.address or place.base
    text = f"""# {own.name}

> {own.purpose}. Every number is a range with a basis: the 5th percentile, the median and the 95th percentile under
> stated assumptions. Estimates, not measurements and not forecasts.

Quote a range with its basis, such as "direct loss, range $8.9-32 million", and never a median alone. Do not add direct
loss, orders lost later and workaround costs: they are different kinds of money. Name the model and data version.

## Numbers without a browser

- [Description]({start}/api/v1/openapi.json): OpenAPI 3.1 of all addresses and parameters
- [An estimate]({start}/api/v1/estimate?country=KEN&kind=full_blackout&duration=3d): JSON; `format=csv` for CSV
- [Every economy]({start}/api/v1/world?kind=full_blackout&duration=1d)
- [Side by side]({start}/api/v1/compare?show=durations&durations=1d,7d)
- [Documented disruptions, priced]({start}/api/v1/events)
- [Assumptions that can be set]({start}/api/v1/parameters)

How much one client may ask is counted in units, {Limits().per_minute:,} a minute: {COST}. The header
X-Cost of an answer says how many it took; X-Most-Draws and X-Most-Query-Letters say the other limits.

A page's link has the same parameters: `{start}/?country=KEN&duration=3d` shows what
`{start}/api/v1/estimate?country=KEN&duration=3d` says.

## Licence

Code: {own.licence}. Figures keep the terms of their sources, which every answer names.
"""
    return PackedAnswer.of(text.encode(), TEXT)


def icon(_: Place) -> PackedAnswer:
    """The icon of the tab."""
    return PackedAnswer.of(ICON.read_bytes(), "image/svg+xml")


FILES = {"robots.txt": robots, "llms.txt": llms, "icon.svg": icon, "favicon.ico": icon}
