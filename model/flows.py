"""The kernels wired along fixed axes: (scenario, duration, draw). No labels, no rounding, no ledger.

Work goes through blocks of draws so that every temporary array stays in the processor's cache.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from model import churn, coping, effective_hours, onset, recapture
from model.catalogue import Catalogue
from model.economy import Economy
from model.inputs import Inputs, stacked_inputs, sum_of
from model.scenario import Scenario
from model.uncertainty import Sample

Array = NDArray[np.float64]
BLOCK_VALUES = 49_152  # scenario x duration x draw values in one block: about 400 kB an array
FLAT = "flat"


_CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
_WORKERS = ThreadPoolExecutor(max_workers=_CORES, thread_name_prefix="draws")


@dataclass(frozen=True)
class Flows:
    """Results in USD, axes (scenario, duration, draw).

    By sector or class the axes are (scenario, sector or class, draw), at each scenario's own duration.
    """

    gross: Array
    caught_up: Array
    overtime: Array
    lagged: Array
    coping: Array
    sector_net: Array
    class_net: Array

    @property
    def net(self) -> Array:
        return np.asarray(self.gross - self.caught_up + self.overtime)


def flows(
    catalogue: Catalogue,
    scenarios: Sequence[Scenario],
    economies: Sequence[Economy],
    samples: Sequence[Sample],
    durations: Array,
) -> Flows:
    """Run every scenario over every duration (hours, ascending) on every draw.

    Each scenario's own duration must be among `durations`. All samples must have the same size.
    """
    size = samples[0].size
    chosen = [int(np.searchsorted(durations, scenario.hours)) for scenario in scenarios]
    grid = _Grid.build(catalogue, scenarios, durations)
    inputs = stacked_inputs(catalogue, scenarios, economies, samples)
    count = len(scenarios), len(durations)
    result = Flows(
        gross=np.empty((*count, size)),
        caught_up=np.empty((*count, size)),
        overtime=np.empty((*count, size)),
        lagged=np.empty((*count, size)),
        coping=np.empty((*count, size)),
        sector_net=np.empty((count[0], len(catalogue.sectors), size)),
        class_net=np.zeros((count[0], len(catalogue.classes), size)),
    )
    step = max(64, BLOCK_VALUES // (count[0] * count[1]))
    blocks = [slice(begin, min(size, begin + step)) for begin in range(0, size, step)]
    if len(blocks) == 1:
        _run_block(catalogue, inputs, grid, result, chosen, blocks[0])
    else:  # NumPy lets go of the interpreter, so blocks run side by side; each writes its own slice
        list(_WORKERS.map(lambda block: _run_block(catalogue, inputs, grid, result, chosen, block), blocks))
    return result


@dataclass(frozen=True)
class _Grid:
    """Nodes, the flat weight matrix and one per hour profile when a start is given."""

    durations: Array
    nodes: Array
    flat: Array
    by_profile: dict[str, Array]

    @classmethod
    def build(cls, catalogue: Catalogue, scenarios: Sequence[Scenario], durations: Array) -> _Grid:
        starts = [None if s.start is None else datetime.fromisoformat(s.start) for s in scenarios]
        edges = effective_hours.grid_edges(durations, tuple(start for start in starts if start))
        flat = effective_hours.weights_of(edges, durations)[None]
        by_profile: dict[str, Array] = {}
        if any(starts):
            for profile in dict.fromkeys(sector.hour_profile for sector in catalogue.sectors):
                rows = []
                for scenario, start in zip(scenarios, starts, strict=True):
                    if start is None:
                        rows.append(flat[0])
                        continue
                    weights = effective_hours.hour_weights(
                        edges,
                        durations,
                        catalogue.profiles[profile],
                        start,
                        scenario.spells,
                        scenario.gap_days,
                    )
                    rows.append(effective_hours.weights_of(edges, durations, weights))
                by_profile[profile] = np.stack(rows)
        return cls(durations, effective_hours.nodes_of(edges), flat, by_profile)


def _cut(array: Array, block: slice) -> Array:
    return array[..., block] if array.shape[-1] > 1 else array


def _run_block(
    catalogue: Catalogue, inputs: Inputs, grid: _Grid, result: Flows, chosen: list[int], block: slice
) -> None:
    """All results for one block of draws."""
    days = (grid.durations / 24)[None, :, None]
    hours = grid.durations[None, :, None]
    begun = onset.begun(grid.nodes[None, :, None], *(_cut(item, block) for item in inputs.onset))
    won_back, tau = _cut(inputs.won_back, block), _cut(inputs.tau, block)
    integrand = effective_hours.eroded(begun, np.exp(grid.nodes[None, :, None] / -tau), won_back)
    flat = grid.flat @ integrand  # effective hours at severity 1, (scenario or 1, duration, draw)
    restart = np.minimum(_cut(inputs.restart, block), hours / 2)
    spare, overtime = _cut(inputs.spare, block), _cut(inputs.overtime_rate, block)
    lost = {name: _cut(array, block) for name, array in inputs.lost.items()}
    times = {name: weights @ integrand + restart for name, weights in grid.by_profile.items()}
    times = times or {FLAT: flat + restart}
    flat_days = flat / 24
    shape = result.gross[..., block].shape
    gross, caught = np.zeros(shape), np.zeros(shape)
    rows = np.arange(len(chosen))
    saved = _cut(inputs.saved_by_catching_up, block)[:, 0, :]
    coefficients = {name: np.zeros(1) for name in times}
    recaptured = {name: np.zeros(shape) for name in times}
    waits: dict[int, Array] = {}
    for index, sector in enumerate(catalogue.sectors):
        parts = {name: _cut(share, block) * lost[name] for name, share in inputs.mixes[index].items()}
        sector_lost = sum_of(parts.values())
        coefficient = _cut(inputs.scale[index], block) * sector_lost
        name = sector.hour_profile if sector.hour_profile in times else FLAT
        patience = inputs.patience[index]
        if id(patience) not in waits:
            waits[id(patience)] = recapture.waited(_cut(patience, block), days, flat_days)
        ceiling = _cut(inputs.ceiling[index], block) * coefficient
        share = recapture.share_caught_up(ceiling, spare, sector_lost, waits[id(patience)])
        recaptured[name] += share
        coefficients[name] = coefficients[name] + coefficient
        own_time = np.broadcast_to(times[name], shape)[rows, chosen]
        net = own_time * (coefficient[:, 0, :] - share[rows % len(share), chosen] * saved)
        result.sector_net[:, index, block] = net
        for class_name, part in parts.items():
            portion = np.divide(part, sector_lost, out=np.zeros_like(sector_lost), where=sector_lost > 0)
            result.class_net[:, catalogue.class_keys.index(class_name), block] += net * portion[:, 0, :]
    for name, time in times.items():
        gross += coefficients[name] * time
        caught += (
            np.maximum(recaptured[name], 0.0) * time
        )  # rounding can leave -1e-17 where nothing is caught up
    spells = inputs.spells
    result.gross[..., block] = gross * spells
    result.caught_up[..., block] = caught * spells
    result.overtime[..., block] = caught * overtime * spells
    result.sector_net[..., block] *= spells
    result.class_net[..., block] *= spells
    lagged = np.zeros_like(gross)
    for exposed, multiplier, stake in inputs.lag:
        exposure = spells * _cut(exposed, block) * flat_days
        lagged += _cut(stake, block) * churn.share_of_contracts_lost(
            exposure, _cut(inputs.grace, block), _cut(inputs.rate, block), _cut(multiplier, block)
        )
    result.lagged[..., block] = lagged
    adoption = coping.adoption_years(won_back, tau, hours) if np.any(inputs.adoption_cost) else 0.0
    result.coping[..., block] = _cut(inputs.adoption_cost, block) * adoption * spells
