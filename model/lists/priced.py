"""A list with its prices: rows and totals, each a range on the same draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.common.numbers import GDP_SHARE
from model.common.program.progress import Tick
from model.common.ranges import Range
from model.estimation.amounts import of_gdp
from model.estimation.economy import Economy, economy
from model.estimation.estimate import export_split
from model.estimation.sampling import resolved
from model.lists.chunks import ALL, chunks_of
from model.lists.item import STATES, Item
from model.lists.reading import EventList
from model.lists.work import ChunkStore, price_all
from model.scenario.durations import HOURS
from model.scenario.fields import DEFAULT_DRAWS

Array = NDArray[np.float64]
BY = ("country", "year", "kind")


@dataclass(frozen=True)
class Total:
    """The sum of the rows of one country, year or kind, or of all; None where no row of it has a price.

    `unit` is USD, or the share of a day's GDP where the GDP is too old for money; such rows are in no other total.
    """

    by: str
    key: str
    label: str
    cost: Range[float] | None
    unit: str
    rows: Mapping[str, int]  # by state
    without_money: int


@dataclass(frozen=True)
class Priced:
    """A list and what it costs: `costs` (item, 7) in USD in the order of the items, nan where there is no price."""

    catalogue: Catalogue
    events: EventList
    costs: Array
    totals: tuple[Total, ...]
    draws: int
    seed: int

    def economy_of(self, iso3: str) -> Economy:
        return economies(self.catalogue, [iso3])[iso3]

    def total(self, by: str, key: str = "") -> Total:
        """The total of a key; raises KeyError."""
        return {(item.by, item.key): item for item in self.totals}[by, key]


def price(
    catalogue: Catalogue, events: EventList, *, store: ChunkStore | None = None, workers: int = 1, dask: str = "",
    draws: int = DEFAULT_DRAWS, seed: int = 1, tick: Tick | None = None,
) -> Priced:  # fmt: skip
    """Price a list.

    Args:
        catalogue: the tables.
        events: the list as it was read.
        store: where finished chunks are kept; None for memory.
        workers: processes on this machine; the result is the same for any number.
        dask: address of a Dask scheduler instead.
        draws: how many draws.
        seed: of the draws.
        tick: hears the share that is done; what it raises ends the work.

    Raises:
        InputError: a scheduler does not answer, or workers end again and again.
    """
    chunks, order = chunks_of(catalogue, events.items, draws, seed)
    costs = np.full((len(events.items), 7), np.nan)
    sums: dict[str, Array] = {}
    at = 0
    for result in price_all(chunks, store or ChunkStore(), workers=workers, dask=dask, tick=tick):
        rows = result["rows"]
        costs[order[at : at + len(rows)]] = rows
        at += len(rows)
        for name, values in result["sums"].items():
            sums[name] = sums[name] + values if name in sums else values
    if at != len(order):
        raise InputError("list", events.name, "was priced in part only", "the same run in a new folder")
    return Priced(catalogue, events, costs, tuple(_totals(catalogue, events.items, sums)), draws, seed)


def economies(catalogue: Catalogue, codes: Iterable[str]) -> dict[str, Economy]:
    """The economies with these codes."""
    split = export_split(catalogue, resolved(catalogue, {}))
    return {code: economy(catalogue, code, split) for code in codes}


def share_of_gdp(place: Economy, item: Item) -> float:
    """What one US dollar is of the GDP of the time that an item lasts at its best value."""
    first = item.forms[0][1]
    return HOURS["year"] / (place.gdp * first.hours * first.spells)


def _totals(catalogue: Catalogue, items: Sequence[Item], sums: Mapping[str, Array]) -> Iterator[Total]:
    """All rows together, then by country, year and kind; the dearest country and the first year first."""
    groups: dict[tuple[str, str], list[Item]] = {(ALL, ""): list(items)}
    for item in items:
        for by, key in zip(BY, keys_of(item), strict=True):
            groups.setdefault((by, key), []).append(item)
    totals = [_total(catalogue, by, key, rows, sums) for (by, key), rows in groups.items()]
    order = (ALL, *BY)

    def place(total: Total) -> tuple[Any, ...]:
        dear = 0.0 if total.cost is None or total.by == "year" else -total.cost.median
        return order.index(total.by), total.unit != "USD", total.cost is None, dear, total.key

    yield from sorted(totals, key=place)


def keys_of(item: Item) -> tuple[str, str, str]:
    """Country, year and kind of an item, empty where they are not known."""
    kinds = [form.kind for _, form in item.forms] or list(item.record.kinds)
    return item.iso3, str(item.year or ""), " or ".join(dict.fromkeys(kinds))


def _total(
    catalogue: Catalogue, by: str, key: str, items: Sequence[Item], sums: Mapping[str, Array]
) -> Total:
    values = sums.get(ALL if by == ALL else f"{by}|{key}")
    unit, cost = "USD", None if values is None else Range.of(values)
    if by == "country" and key and any(item.old_money for item in items):
        money = of_gdp(economies(catalogue, [key])[key])
        unit = money.unit
        cost = None if cost is None else cost.each(lambda value: value * money.per_usd)
    counts = {state: sum(item.state == state for item in items) for state in STATES}
    priced = ("priced", "open")
    old = 0 if unit == GDP_SHARE else sum(item.old_money and item.state in priced for item in items)
    return Total(by, key, _label(catalogue, by, key), cost, unit, counts, old)


def _label(catalogue: Catalogue, by: str, key: str) -> str:
    if by == ALL:
        return "All rows"
    if not key:
        return {"country": "No country", "year": "No year", "kind": "No type"}[by]
    if by == "country":
        return catalogue.countries[key].name
    if by == "kind":
        return " or ".join(catalogue.kinds[kind].label for kind in key.split(" or "))
    return key
