"""Real disruptions as starting points: a scenario file with its date, its source and what is not known.

An event file is a scenario file with one more table where the length is not known to the hour:

    [range]
    hours = [24.0, 36.0, 48.0]      # low, best, high, of one spell; best is the scenario's own
    hours_status = "assumption"     # or "read": both ends come from a source, or from its dates

The model prices every event with the economy of its data, not with the economy of the event's year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from model.errors import InputError
from model.scenario import MAX_HOURS, Header, Scenario, number

Hours = tuple[float, float, float]
Status = Literal["read", "assumption"]
STATUSES: tuple[Status, ...] = ("read", "assumption")
FIELDS = ("hours", "hours_status")


@dataclass(frozen=True)
class Event:
    """A documented disruption. `hours_range` is (low, best, high), None where the source gives one length."""

    id: str
    scenario: Scenario
    hours_range: Hours | None = None
    hours_status: Status = "read"

    @property
    def day(self) -> date:
        """The local day on which it began, or the first day of the month where only that is known."""
        return date.fromisoformat(self.scenario.header.date)


def hours_range_of(table: Mapping[str, Any], hours: float) -> tuple[Hours | None, Status]:
    """The range in a parsed event file and its status; raises `InputError`. `hours` is the scenario's own."""
    if "range" not in table:
        return None, "read"
    body = table["range"]
    if not isinstance(body, Mapping):
        raise InputError("range", body, "is not a table", f"[range] with {' and '.join(FIELDS)}")
    for name in body:
        if name not in FIELDS:
            raise InputError(f"range.{name}", body[name], "is not known", ", ".join(FIELDS))
    given = body.get("hours")
    if not isinstance(given, list) or len(given) != 3:
        raise InputError("range.hours", given, "is not usable", "[low, best, high] in hours")
    low, best, high = (_hours(value) for value in given)
    if not low <= best <= high or low == high:
        raise InputError("range.hours", given, "is not in order", "low <= best <= high and low < high")
    if best != hours:
        raise InputError("range.hours", best, "is not the scenario's length", f"{hours:g}, as in [scenario]")
    status = body.get("hours_status")
    for known in STATUSES:
        if status == known:
            return (low, best, high), known
    raise InputError("range.hours_status", status, "is not a status", " or ".join(STATUSES))


def _hours(value: object) -> float:
    if isinstance(value, str):  # a file has types; only a link is text
        raise InputError("range.hours", value, "is not a number", "hours")
    return number("range.hours", value, 0, MAX_HOURS, "hours (two years)")


def check_header(header: Header) -> None:
    """An event is dated, has a source with an address, and says which value expresses what; `InputError`."""
    for name, allowed in (
        ("title", "a title"),
        ("reference", "title, publisher and address of the source"),
        ("why", "which value expresses which fact"),
    ):
        if not getattr(header, name).strip():
            raise InputError(name, getattr(header, name), "is missing in an event", allowed)
    if "http://" not in header.reference and "https://" not in header.reference:
        raise InputError("reference", header.reference, "has no address", "title, publisher and address")
    try:
        date.fromisoformat(header.date)
    except ValueError:
        raise InputError("date", header.date, "is not a day", "a date such as 2024-02-08") from None
