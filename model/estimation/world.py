"""One disruption in every economy at once: what is common is computed once, and economies are multiplied through.

    Net_c(D) = sum_s VA_cs place / 8760 delta_sc N_s(D)

`N_s(D)`, the hours of what is at stake that sector s loses for good, hangs on no economy (`flows.net_hours`); value
added and dependence are all that is an economy's own. So each draw is a product of two matrices, economies by
sectors and sectors by durations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue
from model.common.program.progress import Tick, part_of_progress
from model.common.ranges import Range
from model.estimation.amounts import TYPED_RATE
from model.estimation.economy import Economy, ExportSplit, economy
from model.estimation.estimate import Estimate, Recorder, export_split, net_alone, usable
from model.estimation.flows import net_hours, side_by_side
from model.estimation.inputs import EXPORT_RECEIPTS, Stack, dependence_by_sector
from model.estimation.sampling import Draws, resolved
from model.kernels.dependence import activity_at_stake
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
AT_ONCE = 8  # economies in one block: 16 MB an array for 60 durations and 4,096 draws
COMMON = 0.3  # share of the time that goes into what is common
OF_ONE_COUNTRY = (
    EXPORT_RECEIPTS,
    TYPED_RATE,
)  # amounts that a reader types for one country mean nothing elsewhere


@dataclass(frozen=True)
class World:
    """Direct loss of one disruption in each of several economies, on the same draws. USD.

    `net` runs along (economy, duration); `draws` are the losses at the scenario's own duration, (economy, draw).
    """

    catalogue: Catalogue
    scenario: Scenario  # its country is one of them and means nothing
    scenarios: tuple[Scenario, ...]  # of each economy
    economies: tuple[Economy, ...]
    durations: Array  # hours, ascending, (duration,)
    net: Range[Array]
    draws: Array
    sample: Recorder

    @property
    def estimates(self) -> list[Estimate]:
        """An estimate of each economy with the net direct loss alone, at the scenario's own duration."""
        return [
            net_alone(self.catalogue, scenario, place, self.sample.apart(), net)
            for scenario, place, net in zip(self.scenarios, self.economies, self.draws, strict=True)
        ]


def world(
    catalogue: Catalogue,
    scenario: Scenario,
    durations: Array | None = None,
    *,
    codes: Sequence[str] | None = None,
    tick: Tick | None = None,
) -> World:
    """The disruption in every economy that has figures.

    Args:
        catalogue: the tables.
        scenario: what is disrupted. A share of the country is one of each; regions and money of one country are left
            out, and amounts typed for it hold there alone.
        durations: hours, ascending, the scenario's own among them; None for that alone.
        codes: economies (ISO3) instead of all, in this order.
        tick: hears the share that is done; what it raises ends the work.

    Returns:
        The losses in USD, those of an estimate of each economy alone.

    Raises:
        InputError: the scenario or an economy cannot be used.

    Source: the equations of `model.kernels.chain`, which are linear in what is at stake.
    """
    hours = np.array([scenario.hours]) if durations is None else durations
    ahead = everywhere(
        catalogue, [scenario], hours, codes=codes, tick=tick and (lambda done: tick(done * COMMON))
    )
    one, economies, own = ahead.scenarios[0], ahead.economies, int(np.searchsorted(hours, scenario.hours))
    ends = np.empty((3, len(economies), len(hours)))
    draws = np.empty((len(economies), one.draws))

    def run(block: slice) -> None:
        net = ahead.net(block)[0]
        ends[:, block] = [*Range.along(net)]
        draws[block] = net[:, own]

    side_by_side(run, ahead.blocks, tick and (lambda done: tick(COMMON + done * (1 - COMMON))))
    return World(catalogue, one, ahead.moved, economies, hours, Range(*ends), draws, ahead.sample)


@dataclass(frozen=True)
class Everywhere:
    """What disruptions that differ in kind alone have in common in every economy, so that each block is a product.

    `hours` holds for each scenario what `flows.net_hours` gives, (draw, sector, duration); `moved` is the first
    scenario in each economy.
    """

    catalogue: Catalogue
    scenarios: tuple[Scenario, ...]
    moved: tuple[Scenario, ...]
    economies: tuple[Economy, ...]
    sample: Recorder
    hours: tuple[Array, ...]

    @property
    def blocks(self) -> list[slice]:
        """The economies in blocks that are small enough to be computed at once."""
        return [slice(first, first + AT_ONCE) for first in range(0, len(self.economies), AT_ONCE)]

    def net(self, block: slice) -> list[Array]:
        """Net direct loss in the economies that `block` cuts out, USD: for each scenario (economy, duration, draw)."""
        one = self.scenarios[0]
        stack, place = Stack([one], [self.sample]), 1.0 if one.place is None else one.place
        stake = _at_stake(self.catalogue, stack, self.economies[block], place)
        return [_net(stake, hours) for hours in self.hours]


def everywhere(
    catalogue: Catalogue,
    scenarios: Sequence[Scenario],
    durations: Array,
    *,
    codes: Sequence[str] | None = None,
    tick: Tick | None = None,
) -> Everywhere:
    """What is common to every economy, computed once.

    Args:
        catalogue: the tables.
        scenarios: disruptions that differ in kind alone.
        durations: hours, ascending, the scenarios' own among them.
        codes: economies (ISO3) instead of all, in this order.
        tick: hears the share that is done; what it raises ends the work.

    Raises:
        InputError: a scenario or an economy cannot be used.
    """
    asked = every_economy(catalogue) if codes is None else codes
    ready = usable(catalogue, [moved(scenarios[0], code).with_changes(currency="USD") for code in asked])
    alike = usable(catalogue, [ready[0].with_changes(kind=scenario.kind) for scenario in scenarios])
    one, economies = alike[0], _economies(catalogue, ready)
    sample = Recorder(Draws(catalogue, resolved(catalogue, one.assumptions), one.draws, one.seed))
    hours = []
    for index, scenario in enumerate(alike):
        part = part_of_progress(tick, index, 1, len(alike))
        hours.append(net_hours(catalogue, scenario, economies[0], sample, durations, part))
    return Everywhere(catalogue, tuple(alike), tuple(ready), economies, sample, tuple(hours))


def every_economy(catalogue: Catalogue) -> list[str]:
    """The codes (ISO3) of all economies in `catalogue` that have figures, in its order."""
    return [row.iso3 for row in catalogue.countries.values() if row.available == "yes"]


def moved(scenario: Scenario, country: str) -> Scenario:
    """The disruption of `scenario` in `country` (ISO3), without what the reader typed for the first alone."""
    if country == scenario.country:
        return scenario.with_changes(regions=())
    assumptions = {key: value for key, value in scenario.assumptions.items() if key not in OF_ONE_COUNTRY}
    return scenario.with_changes(country=country, regions=(), currency="USD", assumptions=assumptions)


def _economies(catalogue: Catalogue, scenarios: Sequence[Scenario]) -> tuple[Economy, ...]:
    """The economy of each scenario, its IT row divided by what is typed there."""
    splits: dict[object, ExportSplit] = {}
    for one in scenarios:
        typed = one.assumptions.get(EXPORT_RECEIPTS)
        if typed not in splits:
            splits[typed] = export_split(catalogue, resolved(catalogue, one.assumptions))
    return tuple(
        economy(catalogue, one.country, splits[one.assumptions.get(EXPORT_RECEIPTS)]) for one in scenarios
    )


def _at_stake(catalogue: Catalogue, stack: Stack, economies: Sequence[Economy], place: float) -> Array:
    """Activity at stake inside the place, USD an hour: (draw, economy, sector)."""
    made = np.stack([one.value_added for one in economies]) * place / 8760
    dependence = dependence_by_sector(catalogue, stack, economies)
    stake = np.empty((stack.samples[0].size, len(economies), len(dependence)))
    for index, share in enumerate(dependence):
        stake[..., index] = activity_at_stake(made[:, index, None], share[:, 0]).T
    return stake


def _net(stake: Array, common: Array) -> Array:
    """The product of each draw's two matrices: (economy, duration, draw)."""
    return np.ascontiguousarray(np.moveaxis(np.matmul(stake, common), 0, -1))
