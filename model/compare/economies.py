"""One disruption in every economy: what it costs, its share of GDP, and what stands on old or missing figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.catalogue.economies import Country
from model.catalogue.load import Catalogue
from model.common.numbers import percent
from model.common.ranges import Range
from model.estimation.economy import OLD_YEARS, STALE_YEARS, Economy
from model.estimation.estimate import Tick, run, usable
from model.estimation.guards import keys_in
from model.scenario.durations import HOURS
from model.scenario.scenario import Scenario

AT_ONCE = 32  # economies; more at once would only need more memory


@dataclass(frozen=True)
class InEconomy:
    """Net direct loss of a disruption in one economy; `remarks` is what a reader should doubt."""

    economy: Economy
    share: Range[float]  # of the GDP of the time
    cost: Range[float]  # USD
    remarks: tuple[str, ...]

    @property
    def per_head(self) -> Range[float] | None:
        """USD for each inhabitant, None where their number is unknown."""
        people = self.economy.population
        return None if not people else self.cost.each(lambda cost: cost / people)


def in_every_economy(catalogue: Catalogue, scenario: Scenario, tick: Tick | None = None) -> list[InEconomy]:
    """The disruption in each economy that has figures, the largest share of GDP first; raises `InputError`.

    What belongs to one country alone (regions, money, typed amounts) has to be left out of the scenario. `tick` hears
    the share that is done.
    """
    codes = [row.iso3 for row in catalogue.countries.values() if row.available == "yes"]
    rows = []
    for first in range(0, len(codes), AT_ONCE):
        part = [scenario.with_changes(country=iso3) for iso3 in codes[first : first + AT_ONCE]]
        ready = usable(catalogue, part)
        done = run(catalogue, ready, np.array([scenario.hours]), net_alone=True)
        for item in ready:
            at = done.row(item)
            net = done.flow.net[at, 0] * (1.0 if item.place is None else item.place)
            rows.append(_row(catalogue, item, done.economies[at], net))
        if tick:
            tick(min(1.0, (first + AT_ONCE) / len(codes)))
    return sorted(rows, key=lambda row: (-row.share.median, row.economy.country.iso3))


def without_figures(catalogue: Catalogue) -> list[Country]:
    """Economies that cannot be estimated; each says why in its `reason`."""
    return [row for row in catalogue.countries.values() if row.available != "yes"]


def _row(catalogue: Catalogue, scenario: Scenario, place: Economy, net: np.ndarray) -> InEconomy:
    cost = Range.of(net)
    of_time = place.gdp * scenario.hours * scenario.spells / HOURS["year"]
    share = cost.each(lambda value: value / of_time if of_time > 0 else 0.0)
    return InEconomy(place, share, cost, tuple(_remarks(catalogue, scenario, place)))


def _remarks(catalogue: Catalogue, scenario: Scenario, place: Economy) -> Sequence[str]:
    """What the disruption meets there, and inputs that are old, missing or held, in a few words each."""
    figures, now, words = place.figures, catalogue.reference_year, []
    if place.money_old:
        old = now - place.gdp_year > OLD_YEARS
        words.append(
            f"GDP of {place.gdp_year}, {'too old' if old else 'in money that is no more'}: no dollars"
        )
    elif now - place.gdp_year > STALE_YEARS:
        words.append(f"GDP of {place.gdp_year}")
    if "gva_to_gdp" not in figures:
        words.append("value added as GDP")
    shares = catalogue.shares[place.country.iso3].year
    if now - shares > STALE_YEARS:
        words.append(f"sector shares of {shares}")
    if not place.receipts_measured:
        words.append("no recent IT export receipts")
    if place.receipts_held < 1 - 1e-9:
        words.append("IT exports held to the IT row")
    if place.population is None:
        words.append("no population")
    keys = set(keys_in(catalogue, scenario, place))
    if "standing_block" in keys:
        words.append("such a block stands already")
    if "landlocked" in keys:
        words.append("no coast: links through its neighbours")
    if "few_users" in keys:
        users = figures["internet_users"]
        words.append(f"{percent(users.value)} use the internet ({users.year})")
    if not place.country.income_group:
        words.append("no income group")
    return words
