"""How much the API takes on: the limits that it says in its headers and its description."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from briefing.links import page_link
from model.scenario.readers import whole

RATE = "NETTOLL_REQUESTS_PER_MINUTE"  # of the environment


@dataclass(frozen=True)
class Limits:
    """Of the API: requests a minute of one client, simulations, letters of a query, and work at a time.

    `workers` are threads; at most `waiting` requests stand in line for them, the next is told to come again.
    """

    per_minute: int = 600
    draws: int = 16_384
    letters: int = 16_000
    workers: int = 2
    waiting: int = 64


@dataclass(frozen=True)
class Place:
    """Where the dashboard stands: the path on its host and the whole address, each '' where there is none."""

    base: str = ""
    address: str = ""

    def link(self, page: str, query: Mapping[str, str]) -> str:
        """A page with what was chosen on it: its address where one is known, else a path of this server."""
        return page_link(self.address or f"{self.base}/", page, query)


def limits_of(environment: Mapping[str, str] = os.environ) -> Limits:
    """The limits, with the rate that the environment names; raises `InputError`."""
    text = environment.get(RATE, "")
    return Limits(per_minute=whole(RATE, text, 1, 1_000_000)) if text else Limits()
