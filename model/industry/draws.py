"""Draws of the industry's own parameters, and what one disruption is to exporters: days lost and stakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, Parameter
from model.common.cache import Cache
from model.estimation.economy import Economy, money_old
from model.estimation.estimate import Estimate, estimate_many
from model.estimation.inputs import stacked_inputs
from model.estimation.sampling import (
    Draws,
    centre,
    resolved,
)
from model.kernels import chain, churn
from model.kernels.effective_hours import share_lost_over_time
from model.kernels.grid import Grid
from model.scenario.calendars import Disruption
from model.scenario.fields import Header
from model.scenario.scenario import Scenario, checked

Array = NDArray[np.float64]
DRAWS = 1024
SEED = 1
# The industry's own inputs have points of their own: with the seed of the estimate its first input and the
# first input here would move together.
OWN_SEED = 9_001


class Values:
    """The industry's parameters, shipped or the reader's, as draws and as central figures.

    `preset` are the figures of a shipped firm; `given`, the reader's own, stand on top of them.
    """

    def __init__(
        self, catalogue: Catalogue, industry: Industry, given: Mapping[str, Override],
        preset: Mapping[str, Override] | None = None,
    ) -> None:  # fmt: skip
        parameters: dict[str, Parameter] = {**industry.parameters}
        own = replace(catalogue, parameters=parameters, streams=industry.streams)
        self.given, self.preset = industry.checked(given), industry.checked(preset or {})
        self.table = resolved(own, {**self.preset, **self.given})
        self._draws = Draws(own, self.table, DRAWS, OWN_SEED)

    def of(self, key: str) -> Array:
        """Draws (draw,), or shape () where the value is fixed."""
        return self._draws.of(key)

    def central(self, key: str) -> float:
        """The most likely value."""
        value = centre(self.table[key])
        return float("nan") if value is None else value

    def whole(self, key: str) -> int:
        return round(self.central(key))

    def on(self, key: str) -> bool:
        """Whether a choice of 0 or 1 stands at 1."""
        return self.central(key) >= 0.5


@dataclass(frozen=True)
class Exposure:
    """What exporters are exposed to in one disruption, once; axis (draw,).

    `days` are effective blackout-days per export group (software, call_centres, freelancers), `stakes` the
    receipts lost in all per contract share lost in that group (USD), `multipliers` how readily its clients leave.
    """

    scenario: Scenario
    days: dict[str, Array]
    stakes: dict[str, Array]
    multipliers: dict[str, Array]
    grace: Array
    rate: Array

    def contracts_lost(self, group: str, times: Array | float = 1.0) -> Array:
        """Share of contracts of a group that end when the disruption happens `times` in a year."""
        exposure = np.multiply(self.days[group], times)
        return churn.share_of_contracts_lost(exposure, self.grace, self.rate, self.multipliers[group])

    def lagged(self, times: Array | float = 1.0) -> Array:
        """Receipts lost later where the disruption happens `times` in a year, a number or (draw,); USD (draw,).

        As `estimate` gives them for that number of spells.
        """
        return np.asarray(
            sum(stake * self.contracts_lost(group, times) for group, stake in self.stakes.items())
        )


@dataclass(frozen=True)
class Impact(Exposure):
    """One disruption, once, with its money in USD, axis (draw,)."""

    net: Array
    export_net: dict[str, Array]  # value added of each export group
    coping: Array
    estimate: Estimate


def impacts(catalogue: Catalogue, scenarios: Sequence[Scenario], draws: int = DRAWS) -> list[Impact]:
    """What each disruption does once, all on the same so many `draws`; raises `InputError`."""
    ready = [
        checked(
            catalogue,
            item.with_changes(
                draws=draws,
                seed=SEED,
                spells=1,
                currency="USD",
                header=Header(),
                old_money=money_old(catalogue, item.country) or None,
            ),
        )
        for item in scenarios
    ]
    return _IMPACTS.get_all(
        [(catalogue, item) for item in ready],
        lambda missing: _new_impacts(catalogue, [item for _, item in missing]),
    )


# Impacts depend on their scenario alone, so readers may share them.
_IMPACTS: Cache[Impact] = Cache()


def _new_impacts(catalogue: Catalogue, scenarios: Sequence[Scenario]) -> list[Impact]:
    """One call of the estimate for each length: in one call all would be run over the lengths of all the others."""
    made: dict[Scenario, Impact] = {}
    for hours in dict.fromkeys(item.hours for item in scenarios):
        alike = [item for item in scenarios if item.hours == hours]
        for scenario, result in zip(alike, estimate_many(catalogue, alike, curves=False), strict=True):
            made[scenario] = _impact(catalogue, scenario, result)
    return [made[item] for item in scenarios]


def exposures(
    catalogue: Catalogue,
    scenarios: Sequence[Scenario],
    economies: Sequence[Economy],
    samples: Sequence[Draws],
) -> list[Exposure]:
    """Exposure of several scenarios of one length in one vectorised call."""
    inputs = stacked_inputs(catalogue, scenarios, economies, samples)
    grid = Grid.over(np.array([scenarios[0].hours]))  # every hour alike: a start time moves no client
    losing, decay = chain.losing_on(grid, inputs.onset), chain.decay_on(grid, inputs.tau)
    lost = share_lost_over_time(losing, decay, inputs.won_back)
    days = grid.at_durations(chain.effective_hours_on(grid, lost)) / 24
    names = [sector.export_group for sector in catalogue.sectors if sector.export_group]

    def row(values: Array, index: int) -> Array:
        return np.broadcast_to(values[min(index, len(values) - 1), 0], (samples[0].size,))

    return [
        Exposure(
            scenario=scenario,
            days={
                name: row(churn.exposure_days(part[0], days), i) for name, part in zip(names, inputs.lag, strict=True)
            },
            multipliers={name: row(part[1], i) for name, part in zip(names, inputs.lag, strict=True)},
            stakes={name: row(part[2], i) for name, part in zip(names, inputs.lag, strict=True)},
            grace=row(inputs.grace, i), rate=row(inputs.rate, i),
        )
        for i, scenario in enumerate(scenarios)
    ]  # fmt: skip


def _impact(catalogue: Catalogue, scenario: Scenario, result: Estimate) -> Impact:
    sample = Draws(catalogue, result.table, scenario.draws, scenario.seed)
    (exposure,) = exposures(catalogue, [scenario], [result.economy], [sample])
    return Impact(
        **vars(exposure), net=result.draws["net_direct"], coping=result.draws["coping"], estimate=result,
        export_net={
            sector.export_group: result.draws[f"net_direct.{sector.key}"]
            for sector in catalogue.sectors if sector.export_group
        },
    )  # fmt: skip


def impacts_of(catalogue: Catalogue, disruptions: Sequence[Disruption]) -> list[Impact]:
    return impacts(catalogue, [item.scenario for item in disruptions])


def main_draws(catalogue: Catalogue, assumptions: Mapping[str, Override]) -> Draws:
    """The estimate's own parameters on the draws of the impacts."""
    return Draws(catalogue, resolved(catalogue, assumptions), DRAWS, SEED)


def shared_assumptions(disruptions: Sequence[Disruption]) -> dict[str, Override]:
    """Assumptions that every disruption of a calendar makes; others act on their own disruption alone."""
    first, *others = [dict(item.scenario.assumptions) for item in disruptions] or [{}]
    return {key: value for key, value in first.items() if all(item.get(key) == value for item in others)}
