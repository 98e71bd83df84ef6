"""The world's economies side by side: each measure of a loss with its range, the places that ranges support, totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import mul

import numpy as np
from numpy.typing import NDArray

from model.catalogue.economies import Country
from model.catalogue.load import Catalogue
from model.common.errors import InputError, choices
from model.common.numbers import money, ordinal, percent
from model.common.ranges import Range
from model.estimation.economy import OLD_YEARS, STALE_YEARS, Economy
from model.estimation.guards import keys_in
from model.estimation.world import World
from model.scenario.durations import HOURS
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
GROUPS: dict[str, Callable[[Country], str]] = {
    "world": lambda _: "World", "region": lambda row: row.region, "income_group": lambda row: row.income_group,
}  # fmt: skip
NO_FIGURES = "no usable figures"
NO_DOLLARS = "GDP too old for dollars"


@dataclass(frozen=True)
class LossMeasure:
    """One way to state a loss. `per_usd` is what one dollar of it is in an economy; None where it is not defined.

    In an economy whose GDP is too old for money only what `stands_on_old_money` is defined.
    """

    key: str
    label: str
    per_usd: Callable[[Economy, Scenario], float | None]
    text: Callable[[float], str] = money
    stands_on_old_money: bool = False

    def of(self, place: Economy, scenario: Scenario) -> float | None:
        """What a US dollar lost in `scenario` is in this measure in the economy `place`; None where there is none."""
        if place.money_old and not self.stands_on_old_money:
            return None
        return self.per_usd(place, scenario)

    def words(self, values: Range[float]) -> Range[str]:
        """The range of `values`, in this measure's unit, as people read it."""
        return values.money() if self.text is money else values.each(self.text)

    def spoken(self, values: Range[float]) -> Range[str]:
        """The range of `values`, in this measure's unit, in a sentence."""
        return values.spoken() if self.text is money else values.each(self.text)


def _of_gdp(place: Economy, scenario: Scenario) -> float:
    made = place.gdp * scenario.hours * scenario.spells / HOURS["year"]
    return 1 / made if made > 0 else 0.0


def _a_head(place: Economy, scenario: Scenario) -> float | None:
    inside = 1.0 if scenario.place is None else scenario.place
    return 1 / (place.population * inside) if place.population and inside > 0 else None


def _a_day(_: Economy, scenario: Scenario) -> float | None:
    hours = scenario.hours * scenario.spells
    return HOURS["day"] / hours if hours > 0 else None


MEASURES = {
    measure.key: measure
    for measure in (
        LossMeasure("usd", "US dollars", lambda _, __: 1.0),
        LossMeasure("share", "Share of GDP", _of_gdp, percent, stands_on_old_money=True),
        LossMeasure("per_head", "Per head", _a_head),
        LossMeasure("per_day", "Per day", _a_day),
    )
}


@dataclass(frozen=True)
class InEconomy:
    """Direct loss of a disruption in one economy.

    `values` by measure, None where it is not defined there. `places` are the first and the last place that the economy
    takes in nine draws of ten, by the measure of the league; None where that is not defined. `remarks` is what a
    reader should doubt, in words by its key.
    """

    economy: Economy
    values: Mapping[str, Range[float] | None]
    places: tuple[int, int] | None
    remarks: Mapping[str, str]

    @property
    def places_text(self) -> str:
        """`between 3rd and 9th`, `3rd`, or nothing."""
        if self.places is None:
            return ""
        first, last = map(ordinal, self.places)
        return first if first == last else f"between {first} and {last}"


@dataclass(frozen=True)
class GroupTotal:
    """What a disruption of several economies at once costs, on the same draws; `left_out` counts who is not in it."""

    key: str  # `world`, `region` or `income_group`
    name: str
    count: int
    cost: Range[float] | None  # USD; None where no economy counts
    per_day: Range[float] | None
    share: Range[float] | None  # of the GDP of the time of those who count
    per_head: Range[float] | None  # over the people of those who count and whose number is known
    left_out: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class League:
    """Every economy by one measure, the largest median first; those without the measure last."""

    world: World
    by: str
    rows: tuple[InEconomy, ...]
    totals: tuple[GroupTotal, ...]  # the world, each region and each income group

    @property
    def missing(self) -> list[Country]:
        """Economies that cannot be estimated; each says why in its `reason`."""
        return without_figures(self.world.catalogue)

    @property
    def without_draws(self) -> League:
        """The same with what a page may keep for long."""
        return replace(self, world=replace(self.world, draws=np.empty((0, 0))))


def league(world: World, by: str = "usd") -> League:
    """The economies of `world` in the order of the measure `by`; raises `InputError` for one that is not known."""
    if by not in MEASURES:
        raise InputError("by", by, "is no measure", choices(MEASURES, by))
    own = int(np.searchsorted(world.durations, world.scenario.hours))
    factors = {
        key: [measure.of(place, world.scenario) for place in world.economies]
        for key, measure in MEASURES.items()
    }
    places = _places(world.draws, factors[by])
    rows = []
    for index, place in enumerate(world.economies):
        cost = Range(*(float(part[index, own]) for part in world.net))
        values = {
            key: None if of[index] is None else cost.each(partial(mul, of[index]))
            for key, of in factors.items()
        }
        remarks = _remarks(world.catalogue, world.scenario, place)
        rows.append(InEconomy(place, values, places[index], remarks))
    ordered = tuple(sorted(rows, key=lambda row: _order(row, by)))
    return League(world, by, ordered, _totals(world, without_figures(world.catalogue)))


def without_figures(catalogue: Catalogue) -> list[Country]:
    """Economies in `catalogue` that cannot be estimated; each says why in its `reason`."""
    return [row for row in catalogue.countries.values() if row.available != "yes"]


def _order(row: InEconomy, by: str) -> tuple[bool, float, str]:
    value = row.values[by]
    return value is None, 0.0 if value is None else -value.median, row.economy.country.iso3


def _places(draws: Array, factors: Sequence[float | None]) -> list[tuple[int, int] | None]:
    """First and last place of each economy in nine draws of ten; who costs nothing shares the last one."""
    ranked = [index for index, factor in enumerate(factors) if factor is not None]
    values = np.ascontiguousarray((draws[ranked] * np.array([[factors[index]] for index in ranked], float)).T)
    place = np.argsort(np.argsort(-values, axis=-1), axis=-1) + 1
    costs = values > 0
    place = np.where(costs, place, np.sum(costs, axis=-1, keepdims=True) + 1)
    spans: list[tuple[int, int] | None] = [None] * len(factors)
    between = Range.along(place.T.astype(float))
    for index, first, last in zip(ranked, np.floor(between.low), np.ceil(between.high), strict=True):
        spans[index] = int(first), int(last)
    return spans


def _totals(world: World, missing: Sequence[Country]) -> tuple[GroupTotal, ...]:
    totals = []
    for key, name_of in GROUPS.items():
        members: dict[str, list[int]] = {}
        for index, place in enumerate(world.economies):
            members.setdefault(name_of(place.country), []).append(index)
        without = Counter(map(name_of, missing))
        totals += [
            _total(world, key, name, members[name], without[name]) for name in sorted(filter(None, members))
        ]
    return tuple(totals)


def _total(world: World, key: str, name: str, every: Sequence[int], without: int) -> GroupTotal:
    scenario = world.scenario
    here = [index for index in every if not world.economies[index].money_old]
    left_out = [(NO_FIGURES, without), (NO_DOLLARS, len(every) - len(here))]
    lost = tuple((reason, count) for reason, count in left_out if count)
    if not here:
        return GroupTotal(key, name, 0, None, None, None, None, lost)
    net = world.draws[here].sum(axis=0)
    hours = scenario.hours * scenario.spells
    gdp = sum(world.economies[index].gdp for index in here) * hours / HOURS["year"]
    peopled = [index for index in here if world.economies[index].population]
    people = sum(world.economies[index].population or 0.0 for index in peopled)
    people *= 1.0 if scenario.place is None else scenario.place
    return GroupTotal(
        key=key, name=name, count=len(here), cost=Range.of(net),
        per_day=Range.of(net * HOURS["day"] / hours) if hours > 0 else None,
        share=Range.of(net / gdp) if gdp > 0 else None,
        per_head=Range.of(world.draws[peopled].sum(axis=0) / people) if people > 0 else None,
        left_out=lost,
    )  # fmt: skip


def _remarks(catalogue: Catalogue, scenario: Scenario, place: Economy) -> dict[str, str]:
    """What the disruption meets there, and inputs that are old, missing or held, in a few words each."""
    figures, now = place.figures, catalogue.reference_year
    words: dict[str, str] = {}
    if place.money_old:
        old = now - place.gdp_year > OLD_YEARS
        why = "too old" if old else "in money that is no more"
        words["no_dollars"] = f"GDP of {place.gdp_year}, {why}: no dollars"
    elif now - place.gdp_year > STALE_YEARS:
        words["old_gdp"] = f"GDP of {place.gdp_year}"
    if "gva_to_gdp" not in figures:
        words["no_gva"] = "value added as GDP"
    shares = catalogue.shares[place.country.iso3].year
    if now - shares > STALE_YEARS:
        words["old_shares"] = f"sector shares of {shares}"
    if not place.receipts_measured:
        words["no_receipts"] = "no recent IT export earnings"
    if place.receipts_held < 1 - 1e-9:
        words["receipts_held"] = "IT exports held to the IT row"
    if place.population is None:
        words["no_population"] = "no population"
    keys = set(keys_in(catalogue, scenario, place))
    if "standing_block" in keys:
        words["standing_block"] = "such a block stands already"
    if "landlocked" in keys:
        words["landlocked"] = "no coast: links through its neighbours"
    if "few_users" in keys:
        users = figures["internet_users"]
        words["few_users"] = f"{percent(users.value)} use the internet ({users.year})"
    if not place.country.income_group:
        words["no_income_group"] = "no income group"
    return words
