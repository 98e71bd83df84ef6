"""A record of dated events, the shipped counts or a reader's list, as counts by country, year and kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue
from model.catalogue.shutdowns import COUNTED
from model.common.cache import cached
from model.common.errors import InputError, choices
from model.rates.lengths import Lengths, Middles, fit_lengths, fit_medians, hours_of_days

Array = NDArray[np.float64]
WHOLE = 0.999  # of an economy: from there on an event is nationwide
WORLD = 10  # a list that names so many countries is taken as one of the world: the others had no event
FEW = (
    f"The list names fewer than {WORLD} countries: how far rates differ between countries is taken from the shipped "
    "counts."
)
EITHER = (0.0, 0.5, 1.0)  # chance of the second of two kinds that fit alike


@dataclass(frozen=True)
class CountedEvent:
    """One event of a list; `kinds` one or two that it may be, `share` that of the economy that it hit.

    Hours and share are None where they are not known.
    """

    iso3: str
    kinds: tuple[str, ...]
    year: int
    hours: float | None = None
    share: float | None = None


@dataclass(frozen=True)
class RecordedKind:
    """A kind of the record and what it is in the model: `kind`, or `other` with a chance (least, likely, most).

    Its `key` owns its draws.
    """

    key: str
    label: str
    kind: str
    other: str = ""
    other_share: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, eq=False)  # equal only to itself, so that it can be the key of a cache
class RecordedYears:
    """What happened. Arrays by country: `starts` (year,), `by_kind` (kind,), `whole` (kind, nationwide or part)."""

    title: str
    years: tuple[int, ...]
    kinds: tuple[RecordedKind, ...]
    starts: Mapping[str, Array]
    by_kind: Mapping[str, Array]
    whole: Mapping[str, Array]
    silent: int  # further countries, without any event
    lengths: Lengths
    middles: Middles
    long_share: (
        tuple[float, float, float] | None
    )  # that the spread of lengths follows from; None: it was measured
    shares: Mapping[str, Array]  # of the economy, of events inside a country where the list has them
    shipped: bool
    notes: tuple[str, ...] = ()  # how the list was counted

    @property
    def span(self) -> str:
        first, last = self.years[0], self.years[-1]
        return f"{first}" if first == last else f"{first}-{last}"

    def of(self, iso3: str) -> Array:
        """Events of a country by year, (year,); zeros where it has none."""
        return self.starts.get(iso3, np.zeros(len(self.years)))


@cached(2)
def shipped_record(catalogue: Catalogue) -> RecordedYears:
    """The shipped counts of shutdowns; countries of the catalogue that are not in them had none."""
    tables = catalogue.shutdowns
    years = tables.years
    kinds = [tables.kinds[name] for name in COUNTED]
    starts = {iso3: np.zeros(len(years)) for iso3 in tables.totals}
    for row in tables.starts:
        starts[row.iso3][years.index(row.year)] = row.events
    timed = {iso3: row for iso3, row in tables.totals.items() if row.median_days is not None}
    middles = Middles(
        {iso3: float(np.log(hours_of_days(row.median_days or 1.0))) for iso3, row in timed.items()},
        {iso3: row.known_lengths for iso3, row in timed.items()},
        np.pi / 2,
    )
    long_share = tables.figures["long_share"].ends
    first = [row.whole_first == "yes" for row in kinds]
    return RecordedYears(
        title="deliberate shutdowns, blocks and slowing recorded by Access Now and #KeepItOn",
        years=years,
        kinds=tuple(
            RecordedKind(row.counted, row.label, row.kind, row.other, row.other_share) for row in kinds
        ),
        starts=starts,
        by_kind={iso3: np.array(row.by_kind, dtype=float) for iso3, row in tables.totals.items()},
        whole={iso3: nationwide(row.by_kind, row.nationwide, first) for iso3, row in tables.totals.items()},
        silent=len(catalogue.countries) - len(starts),
        lengths=fit_medians(middles, long_share[1]),
        middles=middles,
        long_share=long_share,
        shares={},
        shipped=True,
    )


def nationwide(by_kind: Sequence[int], total: int, first: Sequence[bool]) -> Array:
    """Nationwide and other events of each kind (kind, 2): kinds that come `first` take of the total before others.

    `by_kind` counts the events of each kind, `total` the nationwide ones among all of them.
    """
    left, whole = total, np.zeros(len(by_kind))
    for wanted in (True, False):
        for index, number in enumerate(by_kind):
            if first[index] is wanted:
                whole[index] = min(number, left)
                left -= int(whole[index])
    return np.stack([whole, np.asarray(by_kind) - whole], axis=1)


def record_of(
    catalogue: Catalogue, events: Sequence[CountedEvent], title: str, notes: tuple[str, ...] = ()
) -> RecordedYears:
    """The record of single events.

    Years run from the first to the last of the list. A list of ten countries or more is taken as one of the world, in
    which the other economies had no event; a shorter one says nothing of them.

    Raises:
        InputError: no event, or a country or kind that is not known.
    """
    if not events:
        raise InputError("events", "", "no event", "a list with at least one row")
    for number, event in enumerate(events, start=1):
        read: list[tuple[str, str, Collection[str]]] = [("iso3", event.iso3, catalogue.countries)]
        read += [("kind", kind, catalogue.kinds) for kind in event.kinds]
        for field, name, allowed in read:
            if name not in allowed:
                raise InputError(f"events row {number} {field}", name, "is not known", choices(allowed, name))
    events = sorted(
        events, key=lambda event: (event.iso3, event.year, event.kinds, event.hours or 0, event.share or 0)
    )
    years = tuple(range(min(event.year for event in events), max(event.year for event in events) + 1))
    kinds = sorted({event.kinds for event in events})
    countries = list(dict.fromkeys(event.iso3 for event in events))
    starts = {iso3: np.zeros(len(years)) for iso3 in countries}
    whole = {iso3: np.zeros((len(kinds), 2)) for iso3 in countries}
    shares: dict[str, list[float]] = {}
    lengths: dict[str, list[float]] = {}
    for event in events:
        starts[event.iso3][event.year - years[0]] += 1
        everywhere = event.share is not None and event.share >= WHOLE
        whole[event.iso3][kinds.index(event.kinds), 0 if everywhere else 1] += 1
        if event.hours is not None:
            lengths.setdefault(event.iso3, []).append(float(np.log(event.hours)))
        if event.share is not None and not everywhere:
            shares.setdefault(event.iso3, []).append(event.share)
    few = len(countries) < WORLD
    shipped = shipped_record(catalogue)
    fitted, middles = fit_lengths(lengths, shipped.lengths)
    return RecordedYears(
        title=f"events of {title}",
        years=years,
        kinds=tuple(_counted(catalogue, *names) for names in kinds),
        starts=starts,
        by_kind={iso3: rows.sum(axis=1) for iso3, rows in whole.items()},
        whole=whole,
        silent=len(catalogue.countries) - len(countries) if not few else 0,
        lengths=fitted,
        middles=middles,
        long_share=None if lengths else shipped.long_share,
        shares={iso3: np.array(values) for iso3, values in shares.items()},
        shipped=False,
        notes=(*notes, FEW) if few else notes,
    )


def _counted(catalogue: Catalogue, kind: str, other: str = "") -> RecordedKind:
    label = " or ".join(catalogue.kinds[name].label for name in (kind, other) if name)
    return RecordedKind(f"{kind} {other}", label, kind, other, EITHER if other else (0.0, 0.0, 0.0))
