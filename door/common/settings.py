"""How much the API takes on, which it says in its headers and its description, and where the dashboard stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.common.links import page_link
from briefing.common.titles import browser_title
from model.common import limits
from model.scenario.scenario import SHARED_DRAWS


@dataclass(frozen=True)
class Limits:
    """Of the API: units a minute of one client (`rate.COST`), simulations, letters of a query, and work at a time.

    `workers` are threads; at most `waiting` requests stand in line for them, the next is told to come again.
    """

    per_minute: int = limits.REQUESTS
    draws: int = SHARED_DRAWS
    letters: int = 16_000
    workers: int = 2
    waiting: int = 64


@dataclass(frozen=True)
class Place:
    """Where the dashboard stands: the path on its host and the whole address, each '' where there is none.

    `pages` are the names of its pages by their paths; the first page has none.
    """

    base: str = ""
    address: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)

    def title(self, page: str, about: str) -> str:
        """What the browser's tab says of a page that is about this."""
        return browser_title(self.pages[page], about, first=not page)

    def link(self, page: str, query: Mapping[str, str]) -> str:
        """A page with what was chosen on it: its address where one is known, else a path of this server."""
        return page_link(self.address or f"{self.base}/", page, query)
