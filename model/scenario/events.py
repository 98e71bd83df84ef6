"""Real disruptions as starting points: a scenario file with its date, its source and what is not known.

An event file is a scenario file with one more table for each value that the facts do not give exactly (see
`model.scenario.open_values`).
The model prices every event with the economy of its data, not with the economy of the event's year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from model.catalogue.load import Catalogue
from model.common.cache import cached
from model.common.errors import DataError, InputError
from model.common.tables import below_root
from model.reading.dates import day_of
from model.scenario.fields import MAX_TEXT, Header
from model.scenario.file import SHORT, content_of, from_table, parsed, read_file
from model.scenario.open_values import (
    BASES,
    BETWEEN,
    WEIGHT,
    OpenValue,
    has_address,
    range_words,
    ranges_of,
    value_words,
)
from model.scenario.readers import plain_text
from model.scenario.scenario import Scenario, checked

Read = TypeVar("Read")
# How the title of an event ends whose open values stand at other sizes. A link carries only the title of it.
ENDINGS = tuple(f" ({size}, {basis})" for size in ("low", "high", BETWEEN) for basis in BASES.values())


@dataclass(frozen=True)
class Event:
    """A documented disruption and the range of every value that its sources leave open."""

    id: str
    scenario: Scenario
    ranges: tuple[OpenValue, ...] = ()
    short: str = ""  # its title where the date stands beside it; empty: the title

    @property
    def day(self) -> date:
        """The local day on which it began, or the first day of the month where only that is known."""
        return day_of("date", self.scenario.header.date)

    def changes(self, now: Scenario, field: str, value: float) -> dict[str, Any]:
        """What has to change in `now`, a form of this event, to give its open `field` the size `value`.

        It is in the unit of the field: hours, spells, a share, a ratio or a weight.
        """
        own = self.scenario
        if field == "spells":
            hours = own.hours * own.spells / value
            changed: dict[str, Any] = {"spells": int(value), "hours": hours}
            if own.period_days is None:
                changed["gap_days"] = round(own.gap_days + (own.hours - hours) / 24, 6)
            return changed
        if field == WEIGHT:
            assumptions = {key: given for key, given in now.assumptions.items() if key != WEIGHT}
            unset = WEIGHT not in own.assumptions and value == 1
            return {"assumptions": assumptions if unset else {**assumptions, WEIGHT: value}}
        return {field: None if field == "place" and value == 1 else value}

    def at(self, field: str, value: float) -> Scenario:
        """The event with its open `field` at the size `value` (as in `changes`), and a title that says so."""
        changed = self.scenario.with_changes(**self.changes(self.scenario, field, value))
        return changed.with_changes(header=self.header_of(changed) or Header())

    def header_of(self, now: Scenario) -> Header | None:
        """The header of a scenario that is still this event, None where it is another disruption.

        It is as long as only open values moved, each inside its range. Money, draws and seed say how it is shown
        and computed, not what happened. The title and the reason say which value stands where.
        """
        rebuilt, moved = self.scenario, []
        for item in self.ranges:
            value = value_of(now, item.field)
            if value is None or not item.low <= value <= item.high:
                return None
            if value == item.best:
                continue
            rebuilt = rebuilt.with_changes(**self.changes(rebuilt, item.field, value))
            moved.append((item, value))
        if (
            rebuilt.with_changes(currency=now.currency, draws=now.draws, seed=now.seed, header=now.header)
            != now
        ):
            return None
        header = self.scenario.header
        if not moved:
            return header
        title = ", ".join(
            f"{value_words(i, v, now.hours)} ({i.name_of(v)}, {BASES[i.status]})" for i, v in moved
        )
        why = " ".join(
            f"Here {value_words(i, v, now.hours)} instead of"
            f" {value_words(i, i.best, self.scenario.hours)}: {range_words(i)} {i.why}"
            for i, v in moved
        )
        return replace(header, title=f"{header.title}: {title}", why=f"{header.why} {why}")


def value_of(scenario: Scenario, field: str) -> float | None:
    """The number that a scenario has for a field of a range, None where it has no single one."""
    if field == WEIGHT:
        given = scenario.assumptions.get(WEIGHT, 1.0)
        return None if isinstance(given, tuple) else given
    value = getattr(scenario, field)
    if field == "place" and value is None:
        return None if scenario.regions else 1.0
    return None if value is None else float(value)


def documented(catalogue: Catalogue, of: Scenario) -> Event | None:
    """The shipped event that a scenario is, at any size of its open values; None where it is none."""
    if not of.header.title:  # every event has one; without it nothing need be read
        return None
    return event_of(checked_events(catalogue), of)


def event_of(events: Iterable[Event], of: Scenario) -> Event | None:
    """The event that a scenario is, by its title and by its values; None where it is none."""
    for event in events:
        own = event.scenario
        if (own.country, own.kind) == (of.country, of.kind):
            header = event.header_of(of)
            if header is not None and header.title == of.header.title:
                return event
    return None


def named_by(events: Iterable[Event], title: str) -> Event | None:
    """The event whose title, or the title of one of whose forms, this is."""
    for event in events:
        own = event.scenario.header.title
        if title == own or (title.startswith(f"{own}: ") and title.endswith(ENDINGS)):
            return event
    return None


def shipped_as(catalogue: Catalogue, of: Scenario) -> Scenario | None:
    """What the project ships under the title of a scenario; an event at the sizes that its title tells."""
    if not of.header.title:
        return None
    events = checked_events(catalogue)
    event = event_of(events, of)
    if event is not None:
        return of.with_changes(header=event.header_of(of))
    event = named_by(events, of.header.title)
    titles = {item.header.title: item for item in checked_points(catalogue).values()}
    return event.scenario if event else titles.get(of.header.title)


def honest(catalogue: Catalogue, given: Scenario) -> Scenario:
    """The scenario; its title says that it was changed where it is the title of something shipped with other values."""
    named = shipped_as(catalogue, given)
    if named is None or named.with_changes(header=given.header) == given:
        return given
    return given.with_changes(header=replace(given.header, title=f"{given.header.title} (changed)"))


def check_header(header: Header) -> None:
    """An event is dated, has a source with an address, and says which value expresses what; `InputError`."""
    for name, allowed in (
        ("title", "a title"),
        ("reference", "title, publisher and address of the source"),
        ("why", "which value expresses which fact"),
    ):
        if not getattr(header, name).strip():
            raise InputError(name, getattr(header, name), "is missing in an event", allowed)
    if not has_address(header.reference):
        raise InputError("reference", header.reference, "has no address", "title, publisher and address")
    day_of("date", header.date)


def read_event(catalogue: Catalogue, path: Path) -> Event:
    """The event in a TOML file, named after it; raises `InputError`."""
    table = parsed(content_of(path))
    scenario = from_table(catalogue, table)
    check_header(scenario.header)
    short = plain_text(SHORT, table.get(SHORT, ""), 2 * MAX_TEXT)
    return Event(path.stem, scenario, ranges_of(catalogue, table, scenario), short)


def load_starting_points(catalogue: Catalogue) -> dict[str, Scenario]:
    """The shipped starting points by the name of their file; raises `DataError` that names the file."""
    paths = sorted((catalogue.root / "data" / "scenarios").glob("*.toml"))
    points = {path.stem: _named_in_errors(path, read_file, catalogue) for path in paths}
    _check_titles({f"data/scenarios/{name}.toml": item.header.title for name, item in points.items()})
    return points


def load_events(catalogue: Catalogue) -> tuple[Event, ...]:
    """The shipped events, the oldest first; raises `DataError` that names the file."""
    paths = sorted((catalogue.root / "data" / "events").glob("*.toml"))
    events = [_named_in_errors(path, read_event, catalogue) for path in paths]
    titles = {
        f"data/scenarios/{name}.toml": item.header.title
        for name, item in load_starting_points(catalogue).items()
    }
    _check_titles(titles | {f"data/events/{item.id}.toml": item.scenario.header.title for item in events})
    return tuple(sorted(events, key=lambda item: (item.day, item.id)))


@cached(2)
def checked_points(catalogue: Catalogue) -> dict[str, Scenario]:
    """The shipped starting points by the name of their file, each checked as a reader's is; read once."""
    return {name: checked(catalogue, item) for name, item in load_starting_points(catalogue).items()}


@cached(2)
def checked_events(catalogue: Catalogue) -> tuple[Event, ...]:
    """The same, each with its scenario checked as a reader's is; read once for each catalogue."""
    return tuple(replace(item, scenario=checked(catalogue, item.scenario)) for item in load_events(catalogue))


def _named_in_errors(path: Path, read: Callable[[Catalogue, Path], Read], catalogue: Catalogue) -> Read:
    """What `read` makes of a shipped file, whose name stands in every error."""
    try:
        return read(catalogue, path)
    except InputError as problem:
        where = f"{below_root(path)} {problem.field}"
        raise DataError(where, problem.value, problem.problem, problem.allowed) from None


def _check_titles(titles: Mapping[str, str]) -> None:
    """A title is that of one event or starting point: screens and links pick by it."""
    owners: dict[str, str] = {}
    for where, title in titles.items():
        if title in owners:
            raise DataError(
                f"{where} title", title, f"is the title of {owners[title]} too", "a title of its own"
            )
        owners[title] = where
