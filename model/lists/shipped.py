"""The documented events that are shipped, as a list of their own."""

from __future__ import annotations

from datetime import datetime

from model.catalogue.load import Catalogue
from model.layouts.moments import at_minute
from model.layouts.record import Opening, Record, exactly
from model.lists.item import Item
from model.lists.reading import EventList, prepared
from model.reading.dates import Moment
from model.scenario.events import Event, checked_events
from model.scenario.open_values import OpenValue

REASONS = {
    "hours": "event_length", "place": "event_share", "spells": "event_spells", "ratio": "quality_left",
    "capacity_lost": "capacity_gone", "platform.weight": "other_platform",
}  # fmt: skip
SHIPPED = "shipped"  # in place of a layout
THIRDS = {"low": 1 / 6, "best": 4 / 6, "high": 1 / 6}  # what the mean of a PERT gives its ends and its mode


def shipped_list(catalogue: Catalogue) -> EventList:
    """The shipped events, the oldest first; raises `DataError`."""
    items = [_item(event, row) for row, event in enumerate(checked_events(catalogue), start=1)]
    days = [event.day for event in checked_events(catalogue)]
    return EventList(
        "the events of this project", SHIPPED, tuple(prepared(catalogue, items)), max(days), len(items)
    )


def _item(event: Event, row: int) -> Item:
    scenario, header = event.scenario, event.scenario.header
    place = scenario.place
    first = at_minute(datetime.fromisoformat(scenario.start)) if scenario.start else Moment(event.day)
    record = Record(
        row, read=f"data/events/{event.id}.toml", title=header.title, source=header.reference,
        countries=(scenario.country,), kinds=(scenario.kind,), regions=scenario.regions,
        share=None if place is None else exactly("place", place), first=first,
        what=event.id if scenario.spells > 1 or scenario.kind == "single_platform_block" else "",
        notes=(header.why,),
    )  # fmt: skip
    openings = [_opening(value) for value in event.ranges]
    hours = next((one for one in openings if one.field == "hours"), exactly("hours", scenario.hours))
    spells = next((value for value in event.ranges if value.field == "spells"), None)
    item = Item(event.id, record, scenario.country, hours, first, scenario=scenario, notes=record.notes)
    item.openings = tuple(openings)
    item.forms, item.forms_key = ((1.0, scenario),), ""
    if spells is not None:
        sizes = dict.fromkeys(spells.ends(), 0.0)
        for name, weight in THIRDS.items():
            sizes[name if name in sizes else "best"] += weight
        best = (sizes.pop("best"), scenario)
        item.forms = (best, *((w, event.at("spells", spells.ends()[name])) for name, w in sizes.items()))
        item.forms_key = "event_spells"
    return item


def _opening(value: OpenValue) -> Opening:
    return Opening(
        REASONS[value.field], value.field, value.low, value.best, value.high, value.why, value.status
    )
