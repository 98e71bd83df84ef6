"""The kernels wired along fixed axes: (scenario, duration, draw). No labels, no rounding, no ledger.

Work goes through blocks of draws so that every temporary array stays in the processor's cache.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from model import churn, coping, effective_hours, onset, recapture
from model.catalogue import Catalogue
from model.durations import STOPS
from model.economy import Economy
from model.inputs import Inputs, stacked_inputs, sum_of
from model.kept import Kept
from model.scenario import Scenario
from model.uncertainty import Sample

Array = NDArray[np.float64]
BLOCK_VALUES = 98_304  # scenario x duration x draw values in one block: about 800 kB an array
BLOCK_DRAWS = 768  # fewer draws than that in a row cost more than a full cache does
KEPT_BLOCKS = 24  # of effective hours and of losses in one spell: about 50 MB
FLAT = "flat"
Item = TypeVar("Item")
Result = TypeVar("Result")

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

    @cached_property
    def net(self) -> Array:
        return np.asarray(self.gross - self.caught_up + self.overtime)


def flows(
    catalogue: Catalogue,
    scenarios: Sequence[Scenario],
    economies: Sequence[Economy],
    samples: Sequence[Sample],
    durations: Array,
    tick: Callable[[float], None] | None = None,
) -> Flows:
    """Run every scenario over every duration (hours, ascending) on every draw.

    Each scenario's own duration must be among `durations`. All samples must have the same size. `tick` hears the
    share that is done; what it raises ends the work.
    """
    size = samples[0].size
    chosen = [int(np.searchsorted(durations, scenario.hours)) for scenario in scenarios]
    grid = Grid.build(catalogue, scenarios, durations)
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
    step = _block_size(size, count[0] * len(grid.all_hours))
    blocks = [slice(begin, min(size, begin + step)) for begin in range(0, size, step)]
    keep = count[0] == 1 and len(blocks) <= KEPT_BLOCKS // 2  # more would only push each other out

    def run(block: slice) -> None:
        _run_block(catalogue, inputs.of(block), grid, result, chosen, block, keep)

    side_by_side(run, blocks, tick)
    _split_by_class(catalogue, inputs, result)
    return result


def side_by_side(
    work: Callable[[Item], Result], items: Sequence[Item], tick: Callable[[float], None] | None = None
) -> list[Result]:
    """`work` on every item, on all cores at once: NumPy lets go of the interpreter."""
    results = []
    for result in map(work, items) if len(items) == 1 else _WORKERS.map(work, items):
        results.append(result)
        if tick:
            tick(len(results) / len(items))
    return results


def _block_size(draws: int, rows: int) -> int:
    """Draws in one block: small enough for the cache, and as many blocks for each core."""
    fits = max(BLOCK_DRAWS, BLOCK_VALUES // rows)
    cores = max(1, min(_CORES or 1, draws // BLOCK_DRAWS))
    blocks = -(-draws // (fits * cores)) * cores
    return -(-draws // blocks)


def _split_by_class(catalogue: Catalogue, inputs: Inputs, result: Flows) -> None:
    """Divide each sector's net loss among its user classes by their part of the connectivity lost."""
    for index in range(len(catalogue.sectors)):
        parts = inputs.class_parts(index)
        whole = sum_of(parts.values())
        for name, part in parts.items():
            portion = np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)
            own = result.class_net[:, catalogue.class_keys.index(name)]
            own += result.sector_net[:, index] * portion[:, 0, :]


@dataclass(frozen=True)
class Grid:
    """Quadrature of one call: edges, and a weight matrix (duration, node) for each hour profile.

    `all_hours` also has the stops of the curves up to the longest duration, since what is caught up after
    D hours may not exceed what would have been caught up sooner; `rows` are the asked durations among them.
    """

    durations: Array
    rows: NDArray[np.intp]
    all_hours: Array
    edges: Array
    by_profile: dict[str, Array]

    def asked(self, at_all_hours: Array) -> Array:
        """The asked durations among all, (..., duration, draw)."""
        return at_all_hours if len(self.rows) == len(self.all_hours) else at_all_hours[:, self.rows]

    @classmethod
    def build(cls, catalogue: Catalogue, scenarios: Sequence[Scenario], durations: Array) -> Grid:
        starts = [None if s.start is None else datetime.fromisoformat(s.start) for s in scenarios]
        edges = effective_hours.grid_edges(durations, tuple(start for start in starts if start))
        longest = float(durations.max(initial=0.0))
        all_hours = np.union1d(durations, [stop for stop in STOPS if stop < longest])
        by_profile: dict[str, Array] = {}
        if any(starts):
            plain = effective_hours.weights_of(edges, durations)
            for profile in dict.fromkeys(sector.hour_profile for sector in catalogue.sectors):
                weights = catalogue.profiles[profile]
                by_profile[profile] = np.stack(
                    [
                        plain
                        if start is None
                        else effective_hours.weights_of(
                            edges,
                            durations,
                            effective_hours.hour_weights(
                                edges, durations, weights, start, scenario.spells, scenario.gap_days
                            ),
                        )
                        for scenario, start in zip(scenarios, starts, strict=True)
                    ]
                )
        return cls(
            durations=durations,
            rows=np.searchsorted(all_hours, durations),
            all_hours=all_hours,
            edges=edges,
            by_profile=by_profile,
        )


def content_of(names: Hashable, *numbers: Array) -> tuple[Hashable, ...]:
    """What tells some work apart: 64 bits an array, which hashing gives far quicker than a comparison of all."""
    return names, *(hash((array.shape, array.tobytes())) for array in numbers)


@dataclass(frozen=True)
class TimeCourse:
    """How a disruption runs at severity 1: onset, then adaptation."""

    inputs: Inputs
    grid: Grid

    @property
    def numbers(self) -> tuple[Array, ...]:
        inputs, grid = self.inputs, self.grid
        return *inputs.onset, inputs.won_back, inputs.tau, grid.edges, grid.all_hours

    def integrand(self) -> Array:
        """Share of activity lost at each node of the grid, (scenario or 1, node, draw)."""
        nodes = effective_hours.nodes_of(self.grid.edges)[None, :, None]
        begun = onset.begun(nodes, *self.inputs.onset)
        return effective_hours.eroded(begun, np.exp(nodes / -self.inputs.tau), self.inputs.won_back)

    def at_stops(self) -> Array:
        """Effective hours at severity 1, (scenario or 1, duration, draw)."""
        found = effective_hours.running_integral(self.grid.edges, self.grid.all_hours, self.integrand())
        found.flags.writeable = False
        return found


@dataclass(frozen=True)
class Spell:
    """What one of the spells does to output, USD: (scenario, duration, draw), sectors at the chosen duration."""

    gross: Array
    caught_up: Array
    sector_net: Array


@dataclass(frozen=True)
class SpellWork:
    """The losses of output in one spell, for one block of draws."""

    catalogue: Catalogue
    inputs: Inputs
    grid: Grid
    chosen: list[int]
    course: TimeCourse
    every_stop: Array

    @property
    def content(self) -> tuple[Hashable, ...]:
        """All that the losses hang on, but for the hour profiles: with a start time they are not kept."""
        inputs, mixes = self.inputs, self.inputs.mixes
        parts = [*inputs.lost.values(), *inputs.patience, *inputs.ceiling, inputs.scale]
        parts += [share for mix in mixes for share in mix.values()]
        parts += [inputs.restart, inputs.spare, inputs.saved_by_catching_up]
        parts += [self.grid.durations, np.array(self.chosen)]
        return content_of((*inputs.lost, *map(tuple, mixes)), *self.course.numbers, *parts)

    def done(self) -> Spell:
        inputs, grid, chosen = self.inputs, self.grid, self.chosen
        every_stop = self.every_stop
        with np.errstate(divide="ignore", invalid="ignore"):
            inverse = 24 / every_stop
            elapsed = grid.all_hours[None, :, None] / every_stop
        restart = np.minimum(inputs.restart, grid.durations[None, :, None] / 2)
        times = {FLAT: grid.asked(every_stop) + restart}
        if grid.by_profile:
            integrand = self.course.integrand()
            times = {name: weights @ integrand + restart for name, weights in grid.by_profile.items()}
        shape = len(chosen), len(grid.durations), inputs.scale.shape[-1]
        gross, caught = np.zeros(shape), np.zeros(shape)
        sector_net = np.empty((shape[0], len(self.catalogue.sectors), shape[2]))
        rows = np.arange(len(chosen))
        saved = inputs.saved_by_catching_up[:, 0, :]
        coefficients = {name: np.zeros(1) for name in times}
        recaptured = {name: np.zeros(shape) for name in times}
        waits: dict[int, Array] = {}
        for index, sector in enumerate(self.catalogue.sectors):
            sector_lost = inputs.sector_lost(index)
            coefficient = inputs.scale[index] * sector_lost
            name = sector.hour_profile if sector.hour_profile in times else FLAT
            patience = inputs.patience[index]
            if id(patience) not in waits:
                waited = recapture.waited(patience, inverse, elapsed)
                waits[id(patience)] = grid.asked(recapture.never_rising(waited))
            ceiling = inputs.ceiling[index] * coefficient
            share = recapture.share_caught_up(ceiling, inputs.spare, sector_lost, waits[id(patience)])
            recaptured[name] += share
            coefficients[name] = coefficients[name] + coefficient
            own_time = np.broadcast_to(times[name], shape)[rows, chosen]
            own_share = share[rows % len(share), chosen]
            sector_net[:, index] = own_time * (coefficient[:, 0, :] - own_share * saved)
        for name, time in times.items():
            gross += coefficients[name] * time
            # Rounding can leave -1e-17 where nothing is caught up.
            caught += np.maximum(recaptured[name], 0.0) * time
        for found in (gross, caught, sector_net):
            found.flags.writeable = False
        return Spell(gross, caught, sector_net)


# Effective hours are two fifths of all work, and a step of country or of most parameters leaves them as they are;
# the losses of one spell are most of the rest, and a step of spells, later losses, coping or tax leaves these.
_HOURS: Kept[Array] = Kept(KEPT_BLOCKS)
_SPELLS: Kept[Spell] = Kept(KEPT_BLOCKS)


def forget() -> None:
    """Let go of what is kept between calls."""
    _HOURS.clear()
    _SPELLS.clear()


def _run_block(
    catalogue: Catalogue,
    inputs: Inputs,
    grid: Grid,
    result: Flows,
    chosen: list[int],
    block: slice,
    keep: bool,
) -> None:
    """All results for one block of draws, whose inputs these are."""
    course = TimeCourse(inputs, grid)
    every_stop = _HOURS.of(content_of("", *course.numbers), course.at_stops) if keep else course.at_stops()
    work = SpellWork(catalogue, inputs, grid, chosen, course, every_stop)
    # With a start time the hours of each spell weigh differently: such a result is of no other use.
    spell = _SPELLS.of(work.content, work.done) if keep and not grid.by_profile else work.done()
    spells = inputs.spells
    np.multiply(spell.gross, spells, out=result.gross[..., block])
    np.multiply(spell.caught_up, spells, out=result.caught_up[..., block])
    np.multiply(result.caught_up[..., block], inputs.overtime_rate, out=result.overtime[..., block])
    np.multiply(spell.sector_net, spells, out=result.sector_net[..., block])
    days = grid.asked(every_stop) * (spells / 24)
    result.lagged[..., block] = _lagged(inputs, days, spell.gross.shape)
    result.coping[..., block] = 0.0
    won_back, tau = inputs.won_back, inputs.tau
    for row in np.flatnonzero(np.any(inputs.adoption_cost, axis=(1, 2))):
        years = coping.adoption_years(
            won_back[row % len(won_back)], tau[row % len(tau)], grid.durations[:, None]
        )
        result.coping[row, :, block] = inputs.adoption_cost[row] * years * spells[row]


def _lagged(inputs: Inputs, days: Array, shape: tuple[int, ...]) -> Array:
    """Export receipts lost later, USD, for effective `days` at severity 1 in all spells."""
    lagged = np.zeros(shape)
    grace, rate = inputs.grace, inputs.rate
    kept: dict[int, tuple[int, Array]] = {}  # groups that lose the same connectivity share the exponential
    for exposed, multiplier, stake in inputs.lag:
        if id(exposed) not in kept:
            exposure = exposed * days
            # Exponentials are the dearest part of all; durations that nobody's clients mind need none.
            felt = int(np.argmax(np.any(exposure > grace, axis=(0, 2))))  # 0 where none does: all are 0 then
            kept[id(exposed)] = felt, churn.share_of_contracts_kept(exposure[:, felt:], grace, rate)
        felt, share = kept[id(exposed)]
        readiness = multiplier.item() if multiplier.size == 1 else multiplier
        lagged[:, felt:] += stake * (1 - share**readiness)
    return lagged
