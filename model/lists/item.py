"""One disruption to price: a row of a list in one country, as a scenario with ranges for what is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.layouts.moments import length
from model.layouts.record import NoLengthError, Opening, Record, UnpricedError, cut, plain
from model.lists.zones import local
from model.reading.dates import Moment, day_text
from model.scenario.fields import Header
from model.scenario.open_values import WEIGHT, OpenValue, range_words
from model.scenario.scenario import Scenario, checked

LONGEST_TITLE, LONGEST_SOURCE = 150, 300
WHICH_KIND = "which_kind"  # the reason for several forms: types that fit alike
STATES = ("priced", "open", "merged", "cannot be priced")


@dataclass(slots=True)
class Item:
    """A row in one country. `forms` are what it can mean, each with its weight; without any it has no price.

    The first form is the one that its link opens, at the best value of all that is open.
    """

    id: str
    record: Record
    iso3: str = ""
    hours: Opening | None = None
    first: Moment | None = None
    last: Moment | None = None
    scenario: Scenario | None = None
    forms: tuple[tuple[float, Scenario], ...] = ()
    forms_key: str = ""  # why there are several
    openings: tuple[Opening, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""
    merged_into: str = ""
    old_money: bool = False

    @property
    def state(self) -> str:
        """One of `STATES`."""
        if self.merged_into:
            return "merged"
        if self.problem:
            return "cannot be priced"
        return "open" if self.forms_key or any(item.open for item in self.openings) else "priced"

    @property
    def year(self) -> int | None:
        """The year in which it began."""
        return self.record.year if self.first is None else self.first.day.year

    @property
    def place_key(self) -> tuple[object, ...]:
        """What tells two places in one country apart; empty for the whole of it."""
        record = self.record
        if record.regions:
            return ("regions", *sorted(record.regions))
        if record.area:
            parts = sorted(part.strip().casefold() for part in record.area.replace(";", ",").split(","))
            return ("area", *parts)
        return ("share", *record.share[1:5]) if record.share else ()

    @property
    def begin(self) -> datetime | None:
        return None if self.first is None else self.first.begins

    @property
    def finish(self) -> datetime | None:
        """When it ended: as the list says, with the end of the day where it has no clock; else by its length."""
        if self.last is not None:
            return self.last.ends
        if self.first is None or self.hours is None:
            return None
        return self.first.begins + timedelta(hours=self.hours.best)

    def note(self, sentence: str) -> None:
        self.notes = (*self.notes, sentence)


def items_of(catalogue: Catalogue, record: Record, until: Moment) -> list[Item]:
    """The row in each of its countries; a row without a price stays one, with its reason.

    `until` is when the list was made: what goes on lasts at least until then.
    """
    if record.problem and not record.countries:
        return [Item(str(record.row), record, first=record.first, notes=record.notes, problem=record.problem)]
    several = len(record.countries) + len(record.refused) > 1
    items = []
    for iso3 in record.countries:
        name = f"{record.row}/{iso3}" if several else str(record.row)
        item = Item(name, record, iso3, record.hours, record.first, record.last, notes=record.notes)
        if several:
            item.note("The row names several countries; each is priced alone.")
            if record.share is None and not record.regions and record.area:
                item.note(f"Of the places in {cut(record.area)}.")
        item.problem = record.problem
        try:
            if not record.problem:
                _settle(catalogue, item, until)
        except UnpricedError as problem:
            item.problem, record.no_length = problem.sentence, isinstance(problem, NoLengthError)
        items.append(item)
    for number, reason in enumerate(record.refused, start=1):
        items.append(Item(f"{record.row}/{number}", record, notes=record.notes, problem=reason))
    return items


def _settle(catalogue: Catalogue, item: Item, until: Moment) -> None:
    record = item.record
    if record.ongoing:
        item.last = until
        item.note(f"Going on when the list ends ({day_text(until.day)}): its cost until then, a lower bound.")
    if item.hours is None and item.first is not None and item.last is not None:
        item.hours = length(catalogue, item.first, item.last)
    if item.hours is None:
        raise NoLengthError("It has neither an end nor a length.")


def prepare(catalogue: Catalogue, item: Item) -> None:
    """Make the scenarios of an item, or note why it has no price."""
    try:
        if item.forms:
            _shortened(item)
        else:
            _prepare(catalogue, item)
    except UnpricedError as problem:
        item.problem = problem.sentence
    except InputError as problem:
        item.problem = f"{problem}."


def _prepare(catalogue: Catalogue, item: Item) -> None:
    record, hours = item.record, item.hours
    if not record.kinds or hours is None:
        raise UnpricedError("It has no type or no length.")
    qualities = {opening.field: opening for opening in record.qualities}
    item.openings = (hours, *((record.share,) if record.share else ()), *record.qualities)
    weight = qualities[WEIGHT].best if WEIGHT in qualities else 1.0
    title = plain(record.title) or f"Row {record.row}"
    forms = []
    for kind in record.kinds:
        named, usual = (
            catalogue.kinds[kind].quality_input,
            catalogue.kinds[kind].ordered_by_authority == "yes",
        )
        scenario = Scenario(
            country=item.iso3, kind=kind, hours=hours.best, regions=record.regions,
            place=None if record.share is None else record.share.best, start=_start(item),
            ratio=qualities["ratio"].best if named == "ratio" and "ratio" in qualities else None,
            capacity_lost=qualities["capacity_lost"].best
            if named == "capacity_lost" and "capacity_lost" in qualities
            else None,
            ordered_by_authority=None if record.ordered == usual else record.ordered,
            assumptions={} if weight == 1 else {WEIGHT: weight},
            header=Header(title=cut(title, LONGEST_TITLE), date="" if item.begin is None else f"{item.begin:%Y-%m-%d}",
                          reference=cut(plain(record.source), LONGEST_SOURCE)),
        )  # fmt: skip
        forms.append((1 / len(record.kinds), checked(catalogue, scenario)))
    item.forms, item.scenario = tuple(forms), forms[0][1]
    item.forms_key = WHICH_KIND if len(forms) > 1 else ""


def _shortened(item: Item) -> None:
    """A shipped event with the length that merging left it."""
    if item.hours is None or item.scenario is None or item.hours.best == item.scenario.hours:
        return
    header = item.scenario.header
    header = replace(header, title=f"{header.title} (less what another row prices)")
    item.scenario = item.scenario.with_changes(hours=item.hours.best, header=header)
    item.forms = ((1.0, item.scenario),)
    item.openings = (item.hours, *(opening for opening in item.openings if opening.field != "hours"))


def _start(item: Item) -> str | None:
    """The local start where the list has a clock, and where it is that of Greenwich the country has one time."""
    first = item.first
    if first is None or not first.clock:
        return None
    at = local(item.iso3, first.begins) if item.record.utc else first.begins
    if at is None:
        item.note(
            f"It begins at {first.begins:%H:%M} of Greenwich; the country has several times, so any hour counts alike."
        )
        return None
    return at.isoformat(timespec="minutes")


def open_words(catalogue: Catalogue, item: Item) -> list[str]:
    """Each open value as a sentence with its reason, and the types that fit where there are several."""
    words = [
        f"{range_words(OpenValue(one.field, one.low, one.best, one.high, one.status, one.why))} {one.why}"
        for one in item.openings
        if one.open
    ]
    if item.forms_key == WHICH_KIND:
        labels = " or ".join(catalogue.kinds[form.kind].label.lower() for _, form in item.forms)
        words.append(f"Type: {labels}. {catalogue.list_ranges[WHICH_KIND].why}")
    return words
