"""Several scenarios along every duration, on the same draws: what each costs, and how it stands to one of them.

Whoever compares needs the net direct loss alone, so one call prices four scenarios in less than three times what
a whole estimate of one takes (`bench/bench_estimate.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue
from model.common.durations import with_stops
from model.common.numbers import GDP_SHARE
from model.common.program.progress import Tick, part_of_progress
from model.common.ranges import Range
from model.compare.differences import (
    DRAWS_AT_ONCE,
    one_currency,
    ratio_of,
    spread,
)
from model.estimation.amounts import Money, money_of, of_gdp
from model.estimation.economy import economy
from model.estimation.estimate import (
    export_split,
    run,
    usable,
)
from model.estimation.flows import side_by_side
from model.estimation.sampling import resolved
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Along:
    """One scenario at every duration; differences and ratios are to the reference, draw by draw."""

    label: str
    scenario: Scenario
    unit: str
    durations: (
        Array  # hours of one spell, ascending; every range runs along them, nan where it is not defined
    )
    cost: Range[Array]  # net direct loss
    difference: Range[Array]
    ratio: Range[Array]

    @property
    def own(self) -> int:
        """Index of the scenario's own duration."""
        return int(np.searchsorted(self.durations, self.scenario.hours))

    @property
    def meets(self) -> tuple[float, ...]:
        """Durations (hours) where the median ratio passes 1: what cost less costs more from there on."""
        measured = np.flatnonzero(
            np.isfinite(self.ratio.median) & (self.ratio.median > 0) & (self.durations > 0)
        )
        hours, over = np.log(self.durations[measured]), np.log(self.ratio.median[measured])
        return tuple(
            float(np.exp(hours[i] + (hours[j] - hours[i]) * over[i] / (over[i] - over[j])))
            for i, j in pairwise(np.flatnonzero(over))
            if over[i] * over[j] < 0
        )


def along(
    catalogue: Catalogue,
    scenarios: Sequence[Scenario],
    labels: Sequence[str],
    *,
    reference: int = 0,
    tick: Tick | None = None,
) -> list[Along]:
    """The net direct loss of every scenario at every duration, and what it is to that of one of them.

    Where one country has no usable rate all amounts are in US dollars.

    Args:
        catalogue: the tables.
        scenarios: what is compared, in one currency, with one seed and number of draws.
        labels: the name of each.
        reference: index of the one that the others are compared with.
        tick: hears the share that is done; what it raises ends the work.

    Raises:
        InputError: a scenario cannot be used, or currencies, seeds or draws differ.
    """
    ready = usable(catalogue, scenarios)
    one_currency(ready)
    durations, money = with_stops(*(scenario.hours for scenario in ready)), _money(catalogue, ready)
    order = [reference, *(index for index in range(len(ready)) if index != reference)]
    size = max(1, DRAWS_AT_ONCE // ready[0].draws)  # more at once would only need more memory
    curves: dict[int, Along] = {}
    base = np.zeros(())
    for first in range(0, len(order), size):
        part = order[first : first + size]
        heard = part_of_progress(tick, first, len(part), len(order))
        done = run(catalogue, [ready[index] for index in part], durations, heard, net_alone=True)
        net = [_net(done.flow.net[done.row(ready[index])], ready[index], money[index]) for index in part]
        base = base if first else net[0]

        def compared(at: int, net: Sequence[Array] = net, base: Array = base) -> tuple[Range[Array], ...]:
            cost = Range.along(net[at])
            if net[at] is base:
                return cost, *_itself(base)
            return cost, Range.along(net[at] - base), _ratio(net[at], base)

        for index, bands in zip(part, side_by_side(compared, range(len(part))), strict=True):
            curves[index] = Along(labels[index], ready[index], money[index].unit, durations, *bands)
    return [curves[index] for index in range(len(ready))]


def cost_at(
    catalogue: Catalogue, scenario: Scenario, money: Money, hours: Array, tick: Tick | None = None
) -> Range[Array]:
    """Direct loss of a disruption like the scenario that lasts each of some lengths.

    Args:
        catalogue: the tables.
        scenario: what is disrupted; its own length does not enter.
        money: that of the result.
        hours: lengths of one spell, ascending, (duration,).
        tick: hears the share that is done; what it raises ends the work.

    Returns:
        Range in `money`, (duration,).

    Raises:
        InputError: the scenario cannot be used.
    """
    ready = usable(catalogue, [scenario])[0]
    last = ready.with_changes(
        hours=float(hours[-1])
    )  # perhaps beyond its period: so is the end of every curve
    done = run(catalogue, [last], hours, tick, net_alone=True)
    return Range.along(_net(done.flow.net[0], last, money))


def _money(catalogue: Catalogue, scenarios: Sequence[Scenario]) -> list[Money]:
    """The money of each; shares of its GDP, or dollars, for all where they differ."""
    results, places = [], []
    for scenario in scenarios:
        table = resolved(catalogue, scenario.assumptions)
        place = economy(catalogue, scenario.country, export_split(catalogue, table))
        results.append(money_of(scenario, place, table, []))
        places.append(place)
    units = {money.unit for money in results}
    if len(units) > 1 and GDP_SHARE in units:
        return [of_gdp(place) for place in places]
    return results if len(units) == 1 else [Money("USD", 1.0, "")] * len(results)


def _net(whole: Array, scenario: Scenario, money: Money) -> Array:
    """Net loss in the place and money of a scenario, (duration, draw)."""
    scale = money.per_usd * (1.0 if scenario.place is None else scenario.place)
    return whole if scale == 1 else whole * scale


def _itself(base: Array) -> tuple[Range[Array], Range[Array]]:
    """Difference and ratio of the reference to itself: nothing, and once wherever it costs anything."""
    nothing, once = np.zeros(len(base)), np.where(np.any(base, axis=-1), 1.0, np.nan)
    return Range(nothing, nothing, nothing), Range(once, once, once)


def _ratio(values: Array, base: Array) -> Range[Array]:
    """Values over base at every duration, as `compare.ratio_of` reads it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = values / base
    ends = np.full((3, len(ratio)), np.nan)
    plain = np.all(np.isfinite(ratio), axis=-1)
    ends[:, plain] = [*Range.along(ratio[plain])]
    for row in np.flatnonzero(~plain):  # draws in which one or both cost nothing
        here = spread(ratio_of(values[row], base[row]))
        if here.low is not None:
            ends[:, row] = here.low, here.median, here.high
    return Range(*ends)
