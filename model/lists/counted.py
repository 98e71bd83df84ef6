"""A list of events as a record for the cost of a year: each disruption counted once, in the year in which it began."""

from __future__ import annotations

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.lists.item import Item
from model.lists.reading import EventList
from model.rates.record import CountedEvent, RecordedYears, record_of

AS_USUAL = (
    "Each event is priced as the usual one of its type, for its length and its share of the country; of an open share "
    "the mean counts, and what goes on counts until the list ends."
)


def counted(catalogue: Catalogue, events: EventList) -> RecordedYears:
    """The record of a list: what `events` prices, and what has all but a length.

    Rows that are merged count once. Raises `InputError` where no row has a country, a year and a type.
    """
    merged = sum(bool(item.merged_into) for item in events.items)
    left = [item for item in events.items if not item.merged_into]
    countable = [event for item in left if (event := _event(catalogue, item))]
    if not countable:
        allowed = "a list with a country, a year and a type that has a price in one row at least"
        raise InputError("events", events.name, "has no event that counts in a year", allowed)
    notes = [AS_USUAL]
    if merged:
        notes.append(
            f"{merged:,} {'row tells' if merged == 1 else 'rows tell'} of an event that another row counts."
        )
    if lost := len(left) - len(countable):
        which = "row does not count: it has" if lost == 1 else "rows do not count: they have"
        notes.append(f"{lost:,} {which} no country, no year or no type with a price.")
    return record_of(catalogue, countable, events.name, tuple(notes))


def _event(catalogue: Catalogue, item: Item) -> CountedEvent | None:
    """An item as an event; None where it cannot be counted."""
    record = item.record
    all_but_length = not item.problem or record.no_length
    if not all_but_length or not item.iso3 or item.year is None or not record.kinds:
        return None
    hours = None if item.problem or item.hours is None else item.hours.best
    share = 1.0 if record.share is None else record.share.mean
    if record.regions:
        share = sum(catalogue.regions[name].gdp_share for name in record.regions)
    return CountedEvent(item.iso3, record.kinds, item.year, hours, min(1.0, share))
