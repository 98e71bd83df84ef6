"""One disruption in every economy at once: what is common is computed once, and economies are multiplied through.

    Net_c(D) = sum_s VA_cs place / 8760 delta_sc N_s(D)

`N_s(D)`, the hours of what is at stake that sector s loses for good, hangs on no economy (`flows.net_hours`); value
added and dependence are all that is an economy's own. So each draw is a product of two matrices, economies by
sectors and sectors by durations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue
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
Tick = Callable[[float], None]
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
    asked = every_economy(catalogue) if codes is None else codes
    ready = usable(catalogue, [moved(scenario, code).with_changes(currency="USD") for code in asked])
    one = ready[0]
    hours = np.array([one.hours]) if durations is None else durations
    sample = Recorder(Draws(catalogue, resolved(catalogue, one.assumptions), one.draws, one.seed))
    economies = _economies(catalogue, ready)
    common = net_hours(
        catalogue, one, economies[0], sample, hours, tick and (lambda done: tick(done * COMMON))
    )
    stack, place, own = Stack([one], [sample]), one.place, int(np.searchsorted(hours, one.hours))
    ends = np.empty((3, len(economies), len(hours)))
    draws = np.empty((len(economies), one.draws))

    def run(block: slice) -> None:
        rows = economies[block]
        net = _net(_at_stake(catalogue, stack, rows, 1.0 if place is None else place), common)
        ends[:, block] = [*Range.along(net)]
        draws[block] = net[:, own]

    blocks = [slice(first, first + AT_ONCE) for first in range(0, len(economies), AT_ONCE)]
    side_by_side(run, blocks, tick and (lambda done: tick(COMMON + done * (1 - COMMON))))
    return World(catalogue, one, tuple(ready), economies, hours, Range(*ends), draws, sample)


def every_economy(catalogue: Catalogue) -> list[str]:
    """The codes of all economies that have figures."""
    return [row.iso3 for row in catalogue.countries.values() if row.available == "yes"]


def moved(scenario: Scenario, country: str) -> Scenario:
    """The same disruption in another country, without what the reader typed for the first alone."""
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
