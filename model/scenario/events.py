"""Real disruptions as starting points: a scenario file with its date, its source and what is not known.

An event file is a scenario file with one more table for each value that the facts do not give exactly:

    [range.hours]                   # or ratio, capacity_lost, spells, place, "platform.weight"
    values = [24.0, 36.0, 48.0]     # low, best, high; best is the scenario's own
    status = "assumption"           # or "read": all three come from a source, or from its dates
    why = "The source gives no end."

A range of hours is of one spell. A range of spells keeps the sum of the hours and the days between two starts, as
only those are known of it.
The model prices every event with the economy of its data, not with the economy of the event's year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from model.common.errors import InputError
from model.scenario.event_words import TOLD, range_words, value_words
from model.scenario.scenario import (
    BASELINE,
    MAX_HOURS,
    MAX_SPELLS,
    Header,
    Scenario,
    number,
    whole,
)

Status = Literal["read", "assumption"]
STATUSES: tuple[Status, ...] = ("read", "assumption")
WEIGHT = "platform.weight"  # an assumption of the model, not a field of the scenario; 1 where it is not set
LIMITS: dict[str, tuple[float, float, str]] = {
    "hours": (0, MAX_HOURS, "hours (two years)"),
    "spells": (1, MAX_SPELLS, "spells"),
    "ratio": (0, 1, "share"),
    "capacity_lost": (0, 1, "share"),
    "place": (0, 1, "share of the country"),
    WEIGHT: (0, 5, "x"),
}
PARTS = ("values", "status", "why")


@dataclass(frozen=True)
class Range:
    """A value that is not known: low, best and high, where they come from, and why these."""

    field: str
    low: float
    best: float
    high: float
    status: Status
    why: str

    def ends(self) -> dict[str, float]:
        """The values by name; best alone where it is an end itself, so that no value stands twice."""
        named = {"low": self.low, "best": self.best, "high": self.high}
        return {name: value for name, value in named.items() if name == "best" or value != self.best}

    def name_of(self, value: float) -> str:
        """What a value is called in the range: low, best, high or between low and high."""
        names = {self.low: "low", self.high: "high", self.best: "best"}
        return names.get(value, "between low and high")


@dataclass(frozen=True)
class Event:
    """A documented disruption and the range of every value that its sources leave open."""

    id: str
    scenario: Scenario
    ranges: tuple[Range, ...] = ()

    @property
    def day(self) -> date:
        """The local day on which it began, or the first day of the month where only that is known."""
        return date.fromisoformat(self.scenario.header.date)

    def changes(self, now: Scenario, field: str, value: float) -> dict[str, Any]:
        """What has to change in `now`, a form of this event, to give one of its open values another size."""
        own = self.scenario
        if field == "spells":
            hours = own.hours * own.spells / value
            return {
                "spells": int(value), "hours": hours,
                "gap_days": round(own.gap_days + (own.hours - hours) / 24, 6),
            }  # fmt: skip
        if field == WEIGHT:
            kept = {key: given for key, given in now.assumptions.items() if key != WEIGHT}
            unset = WEIGHT not in own.assumptions and value == 1
            return {"assumptions": kept if unset else {**kept, WEIGHT: value}}
        return {field: None if field == "place" and value == 1 else value}

    def at(self, field: str, value: float) -> Scenario:
        """The event with one of its open values at another size, and a title that says so."""
        changed = self.scenario.with_changes(**self.changes(self.scenario, field, value))
        return changed.with_changes(header=self.header_of(changed) or Header())

    def header_of(self, now: Scenario) -> Header | None:
        """The header of a scenario that is still this event, None where it is another disruption.

        It is as long as only open values moved, each inside its range. Money, draws and seed say how it is shown
        and computed, not what happened. The title and the reason say which value stands where.
        """
        rebuilt, told = self.scenario, []
        for item in self.ranges:
            value = value_of(now, item.field)
            if value is None or not item.low <= value <= item.high:
                return None
            if value == item.best:
                continue
            rebuilt = rebuilt.with_changes(**self.changes(rebuilt, item.field, value))
            told.append((item, value))
        if (
            rebuilt.with_changes(currency=now.currency, draws=now.draws, seed=now.seed, header=now.header)
            != now
        ):
            return None
        header = self.scenario.header
        if not told:
            return header
        title = ", ".join(f"{value_words(i, v, now.hours)} ({i.name_of(v)}, {_basis(i)})" for i, v in told)
        why = " ".join(
            f"Here {value_words(i, v, now.hours)} instead of"
            f" {value_words(i, i.best, self.scenario.hours)}: {range_words(i)} {i.why}"
            for i, v in told
        )
        return replace(header, title=f"{header.title}: {title}", why=f"{header.why} {why}")


def _basis(item: Range) -> str:
    return "an assumption" if item.status == "assumption" else "as read"


def value_of(scenario: Scenario, field: str) -> float | None:
    """The number that a scenario has for a field of a range, None where it has no single one."""
    if field == WEIGHT:
        given = scenario.assumptions.get(WEIGHT, 1.0)
        return None if isinstance(given, tuple) else given
    value = getattr(scenario, field)
    if field == "place" and value is None:
        return None if scenario.regions else 1.0
    return None if value is None else float(value)


def event_of(events: Iterable[Event], of: Scenario) -> Event | None:
    """The event that a scenario is, by its title and by its values; None where it is none."""
    title = of.header.title
    for event in events:
        if _may_be(event, title):
            header = event.header_of(of)
            if header is not None and header.title == title:
                return event
    return None


def named_by(events: Iterable[Event], title: str) -> Event | None:
    """The event whose title, or the title of one of whose forms, this is."""
    return next((event for event in events if _may_be(event, title)), None)


def _may_be(event: Event, title: str) -> bool:
    own = event.scenario.header.title
    return title == own or (title.startswith(f"{own}: ") and TOLD.search(title) is not None)


def ranges_of(table: Mapping[str, Any], hours: float) -> tuple[Range, ...]:
    """The ranges in a parsed event file whose scenario is checked already.

    Raises `InputError`. `hours` is the scenario's own length.
    """
    body = table.get("range", {})
    if not isinstance(body, Mapping):
        raise InputError("range", body, "is not a table", "[range.hours] with values, status and why")
    for name, value in body.items():
        if name not in LIMITS:
            raise InputError(f"range.{name}", value, "is not known", ", ".join(LIMITS))
    given = table["scenario"]
    own: dict[str, Any] = {name: given.get(name) for name in ("ratio", "capacity_lost", "place")}
    own |= {"hours": hours, "spells": given.get("spells", BASELINE.spells)}
    if given.get("kind") == "single_platform_block":
        weight = given.get("set", {}).get(WEIGHT, 1.0)
        own[WEIGHT] = None if isinstance(weight, list) else weight  # a range of the model has no single value
    if "hours" in body and "spells" in body:
        raise InputError(
            "range.spells", "[...]", "cannot stand beside hours", "one of them: spells keep the sum"
        )
    reference = str(table.get("reference", ""))
    return tuple(_range(name, body[name], own.get(name), reference) for name in LIMITS if name in body)


def _range(name: str, body: object, own: object, reference: str) -> Range:
    """One range; raises `InputError`."""
    field = f"range.{name}"
    if not isinstance(body, Mapping):
        raise InputError(field, body, "is not a table", f"[{field}] with {', '.join(PARTS)}")
    for part in body:
        if part not in PARTS:
            raise InputError(f"{field}.{part}", body[part], "is not known", ", ".join(PARTS))
    given = body.get("values")
    if not isinstance(given, list) or len(given) != 3:
        raise InputError(field, given, "is not usable", "values = [low, best, high]")
    low, best, high = (_value(field, name, value) for value in given)
    if not low <= best <= high or low == high:
        raise InputError(field, given, "is not in order", "low <= best <= high and low < high")
    if own is None:
        raise InputError(field, best, "is no value of this event", f"{name} in [scenario]")
    if best != own:
        raise InputError(field, best, "is not the scenario's own value", f"{own:g}, as in [scenario]")
    why = body.get("why")
    if not isinstance(why, str) or not why.strip():
        raise InputError(f"{field}.why", why, "is missing", "a sentence: where the two ends come from")
    status = body.get("status")
    if status == "read" and not _has_address(f"{reference} {why}"):
        raise InputError(f"{field}.status", status, "has no source", "an address in the reference or in why")
    for known in STATUSES:
        if status == known:
            return Range(name, low, best, high, known, why.strip())
    raise InputError(f"{field}.status", status, "is not a status", " or ".join(STATUSES))


def _value(field: str, name: str, value: object) -> float:
    low, high, unit = LIMITS[name]
    if isinstance(value, str):  # a file has types; only a link is text
        raise InputError(field, value, "is not a number", unit)
    if name == "spells":
        return float(whole(field, value, int(low), int(high)))
    return number(field, value, low, high, unit)


def _has_address(text: str) -> bool:
    return "http://" in text or "https://" in text


def check_header(header: Header) -> None:
    """An event is dated, has a source with an address, and says which value expresses what; `InputError`."""
    for name, allowed in (
        ("title", "a title"),
        ("reference", "title, publisher and address of the source"),
        ("why", "which value expresses which fact"),
    ):
        if not getattr(header, name).strip():
            raise InputError(name, getattr(header, name), "is missing in an event", allowed)
    if not _has_address(header.reference):
        raise InputError("reference", header.reference, "has no address", "title, publisher and address")
    try:
        date.fromisoformat(header.date)
    except ValueError:
        raise InputError("date", header.date, "is not a day", "a date such as 2024-02-08") from None
