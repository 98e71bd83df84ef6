"""The kernels wired along fixed axes: (scenario, duration, draw). No labels, no rounding, no ledger.

Work goes through blocks of draws, in each one scenario after the other, so that every temporary array stays in
the processor's cache. What two scenarios have in common is computed once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue
from model.common.cache import Kept
from model.common.durations import STOPS
from model.estimation.economy import Economy
from model.estimation.inputs import Inputs, stacked_inputs, sum_of
from model.estimation.sampling import Sample
from model.kernels import (
    churn,
    coping,
    effective_hours,
    onset,
    recapture,
)
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
BLOCK_VALUES = 98_304  # duration x draw values in one block: about 800 kB an array
BLOCK_DRAWS = 768  # fewer draws than that in a row cost more than a full cache does
KEPT_BLOCKS = 24  # of effective hours and of losses in one spell: about 50 MB
FLAT = "flat"
Item = TypeVar("Item")
Result = TypeVar("Result")

_CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
_WORKERS = ThreadPoolExecutor(max_workers=_CORES, thread_name_prefix="draws")


@dataclass(frozen=True)
class Flows:
    """Results in USD: curves (scenario, duration, draw), and what each scenario does at its own duration."""

    net: Array
    gross: Array
    lagged: Array
    coping: Array
    caught_up: Array  # (scenario, draw), like overtime
    overtime: Array
    sector_net: Array  # (scenario, sector, draw)
    class_net: Array  # (scenario, class, draw)


def flows(
    catalogue: Catalogue,
    scenarios: Sequence[Scenario],
    economies: Sequence[Economy],
    samples: Sequence[Sample],
    durations: Array,
    tick: Callable[[float], None] | None = None,
    *,
    net_alone: bool = False,
) -> Flows:
    """Run every scenario over every duration (hours, ascending) on every draw.

    Each scenario's own duration must be among `durations`. All samples must have the same size. `tick` hears the
    share that is done; what it raises ends the work. With `net_alone` the other curves and the division by
    class stay zero: whoever compares needs none of them.
    """
    size = samples[0].size
    chosen = [int(np.searchsorted(durations, scenario.hours)) for scenario in scenarios]
    grids = [Grid.build(catalogue, scenario, durations) for scenario in scenarios]
    inputs = stacked_inputs(catalogue, scenarios, economies, samples)
    count = len(scenarios), len(durations)
    result = Flows(
        net=np.empty((*count, size)),
        gross=np.zeros((*count, size)),
        lagged=np.zeros((*count, size)),
        coping=np.zeros((*count, size)),
        caught_up=np.empty((count[0], size)),
        overtime=np.empty((count[0], size)),
        sector_net=np.empty((count[0], len(catalogue.sectors), size)),
        class_net=np.zeros((count[0], len(catalogue.classes), size)),
    )
    step = _block_size(size, len(grids[0].all_hours))
    blocks = [slice(begin, min(size, begin + step)) for begin in range(0, size, step)]
    keep = count[0] * len(blocks) <= KEPT_BLOCKS // 2  # more would only push each other out

    def run(block: slice) -> None:
        known = _KEPT if keep else Known.of_one_call(count[0])
        begun: Kept[Array] = Kept(1)
        for row, grid in enumerate(grids):
            work = Work(catalogue, inputs.part(row, block), grid, chosen[row], known, begun)
            work.into(result, row, block, net_alone)

    side_by_side(run, blocks, tick)
    if not net_alone:
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
    """Quadrature of one scenario: edges, and where it has a start time a weight matrix for each hour profile.

    `all_hours` also has the stops of the curves up to the longest duration, since what is caught up after
    D hours may not exceed what would have been caught up sooner; `rows` are the asked durations among them.
    """

    durations: Array
    rows: NDArray[np.intp]
    all_hours: Array
    edges: Array
    by_profile: dict[str, Array]  # (duration, node)

    def asked(self, at_all_hours: Array) -> Array:
        """The asked durations among all, (..., duration, draw)."""
        return at_all_hours if len(self.rows) == len(self.all_hours) else at_all_hours[:, self.rows]

    @classmethod
    def build(cls, catalogue: Catalogue, scenario: Scenario, durations: Array) -> Grid:
        start = None if scenario.start is None else datetime.fromisoformat(scenario.start)
        edges = effective_hours.grid_edges(durations, start)
        longest = float(durations.max(initial=0.0))
        all_hours = np.union1d(durations, [stop for stop in STOPS if stop < longest])
        by_profile: dict[str, Array] = {}
        if start is not None:
            profiles = dict.fromkeys(sector.hour_profile for sector in catalogue.sectors)
            each = np.stack([catalogue.profiles[name] for name in profiles])
            weights = effective_hours.hour_weights(
                edges, durations, each, start, scenario.spells, scenario.gap_days
            )
            for name, own in zip(profiles, weights, strict=True):
                by_profile[name] = effective_hours.weights_of(edges, durations, own)
        rows = np.searchsorted(all_hours, durations)
        return cls(durations, rows, all_hours, edges, by_profile)


def content_of(names: Hashable, *numbers: Array) -> tuple[Hashable, ...]:
    """What tells some work apart: 64 bits an array, which hashing gives far quicker than a comparison of all."""
    return names, *(hash((array.shape, array.tobytes())) for array in numbers)


@dataclass(frozen=True)
class TimeCourse:
    """How a disruption runs at severity 1: onset, then adaptation. `begun` keeps onsets that others share."""

    inputs: Inputs
    grid: Grid
    begun: Kept[Array] = field(default_factory=lambda: Kept(1))

    @property
    def numbers(self) -> tuple[Array, ...]:
        inputs, grid = self.inputs, self.grid
        return *inputs.onset, inputs.won_back, inputs.tau, grid.edges, grid.all_hours

    @cached_property
    def integrand(self) -> Array:
        """Share of activity lost at each node of the grid, (scenario or 1, node, draw)."""
        nodes = effective_hours.nodes_of(self.grid.edges)[None, :, None]
        inputs = self.inputs
        begun = self.begun.of(
            content_of("", *inputs.onset, self.grid.edges), lambda: onset.begun(nodes, *inputs.onset)
        )
        return effective_hours.eroded(begun, np.exp(nodes / -inputs.tau), inputs.won_back)

    def at_stops(self) -> Array:
        """Effective hours at severity 1, (scenario or 1, duration, draw)."""
        found = effective_hours.running_integral(self.grid.edges, self.grid.all_hours, self.integrand)
        found.flags.writeable = False
        return found


@dataclass(frozen=True)
class Spell:
    """What one of the spells does to output, USD: (duration, draw), sectors at the chosen duration."""

    gross: Array
    caught_up: Array
    sector_net: Array


@dataclass(frozen=True)
class Known:
    """What was computed already, told apart by all that it hangs on.

    Effective hours are two fifths of all work, and a step of country or of most parameters leaves them as they
    are; the losses of one spell are most of the rest, and a step of spells, later losses, coping or tax leaves
    these.
    """

    hours: Kept[Array]
    spells: Kept[Spell]

    @classmethod
    def of_one_call(cls, scenarios: int) -> Known:
        """For scenarios of one call that share work, such as those that differ in later losses alone."""
        return cls(Kept(scenarios), Kept(scenarios))


_KEPT = Known(Kept(KEPT_BLOCKS), Kept(KEPT_BLOCKS))


def forget() -> None:
    """Let go of what is kept between calls."""
    _KEPT.hours.clear()
    _KEPT.spells.clear()


@dataclass(frozen=True)
class Work:
    """One scenario on one block of draws, whose inputs these are; every array (1, duration or 1, draw or 1)."""

    catalogue: Catalogue
    inputs: Inputs
    grid: Grid
    chosen: int  # its own duration among all
    known: Known
    begun: Kept[Array]

    @cached_property
    def course(self) -> TimeCourse:
        return TimeCourse(self.inputs, self.grid, self.begun)

    @cached_property
    def every_stop(self) -> Array:
        """Effective hours at severity 1, at every duration that any result needs."""
        return self.known.hours.of(content_of("", *self.course.numbers), self.course.at_stops)

    def into(self, result: Flows, row: int, block: slice, net_alone: bool) -> None:
        """Put all results of this scenario into its row."""
        inputs = self.inputs
        # With a start time the hours of each spell weigh differently: such a result is of no other use.
        spell = (
            self.one_spell() if self.grid.by_profile else self.known.spells.of(self.content, self.one_spell)
        )
        spells, rate = inputs.spells[0], inputs.overtime_rate[0]
        gross, caught = spell.gross * spells, spell.caught_up * spells
        overtime = caught * rate
        if not net_alone:
            result.gross[row, :, block] = gross
            self._later(result.lagged[row, :, block], result.coping[row, :, block])
        result.caught_up[row, block] = caught[self.chosen]
        result.overtime[row, block] = overtime[self.chosen]
        net = np.subtract(gross, caught, out=gross)
        result.net[row, :, block] = np.add(net, overtime, out=net)
        result.sector_net[row, :, block] = spell.sector_net * spells

    @property
    def content(self) -> tuple[Hashable, ...]:
        """All that the losses of a spell hang on, but for the hour profiles: with a start time they are not kept."""
        inputs, mixes = self.inputs, self.inputs.mixes
        parts = [*inputs.lost.values(), *inputs.patience, *inputs.ceiling, inputs.scale]
        parts += [share for mix in mixes for share in mix.values()]
        parts += [inputs.restart, inputs.spare, inputs.saved_by_catching_up]
        parts += [self.grid.durations, np.array(self.chosen)]
        return content_of((*inputs.lost, *map(tuple, mixes)), *self.course.numbers, *parts)

    def one_spell(self) -> Spell:
        """The losses of output in one spell."""
        inputs, grid, every_stop = self.inputs, self.grid, self.every_stop
        with np.errstate(divide="ignore", invalid="ignore"):
            inverse = 24 / every_stop
            elapsed = grid.all_hours[None, :, None] / every_stop
        restart = np.minimum(inputs.restart, grid.durations[None, :, None] / 2)
        times = {FLAT: grid.asked(every_stop) + restart}
        if grid.by_profile:
            integrand = self.course.integrand
            times = {name: weights @ integrand + restart for name, weights in grid.by_profile.items()}
        shape = 1, len(grid.durations), inputs.scale.shape[-1]
        sector_net = np.empty((len(self.catalogue.sectors), shape[2]))
        saved = inputs.saved_by_catching_up[0, 0]
        coefficients = {name: np.zeros(1) for name in times}
        recaptured = {name: np.zeros(shape) for name in times}
        too_much = {name: np.zeros(1) for name in times}
        waits: dict[int, Array] = {}
        relief = np.empty(shape)
        for index, sector in enumerate(self.catalogue.sectors):
            sector_lost = inputs.sector_lost(index)
            coefficient = inputs.scale[index] * sector_lost
            name = sector.hour_profile if sector.hour_profile in times else FLAT
            patience = inputs.patience[index]
            if id(patience) not in waits:
                waited = recapture.waited(patience, inverse, elapsed)
                waits[id(patience)] = grid.asked(recapture.never_rising(waited))
            ceiling = inputs.ceiling[index] * coefficient
            recapture.relieved(ceiling, inputs.spare, sector_lost, waits[id(patience)], relief)
            recaptured[name] += relief
            over = ceiling * inputs.spare
            too_much[name] = too_much[name] + over
            coefficients[name] = coefficients[name] + coefficient
            own_time = np.broadcast_to(times[name], shape)[0, self.chosen]
            own_share = relief[0, self.chosen] - over[0, 0]
            sector_net[index] = own_time * (coefficient[0, 0] - own_share * saved)
        gross, caught = np.zeros(shape), np.zeros(shape)
        for name, time in times.items():
            gross += coefficients[name] * time
            # Rounding can leave -1e-17 where nothing is caught up.
            caught += (
                np.maximum(np.subtract(recaptured[name], too_much[name], out=relief), 0.0, out=relief) * time
            )
        for found in (gross, caught, sector_net):
            found.flags.writeable = False
        return Spell(gross[0], caught[0], sector_net)

    def _later(self, lagged: Array, coped: Array) -> None:
        """Export receipts lost later and the cost of working around a block, USD, into zeros (duration, draw)."""
        inputs, spells = self.inputs, self.inputs.spells
        days = self.grid.asked(self.every_stop) * (spells / 24)
        grace, rate = inputs.grace, inputs.rate
        kept: dict[
            int, tuple[int, Array]
        ] = {}  # groups that lose the same connectivity share the exponential
        for exposed, multiplier, stake in inputs.lag:
            if id(exposed) not in kept:
                exposure = exposed * days
                # Exponentials are the dearest part of all; durations that nobody's clients mind need none.
                felt = int(
                    np.argmax(np.any(exposure > grace, axis=(0, 2)))
                )  # 0 where none does: all are 0 then
                kept[id(exposed)] = felt, churn.share_of_contracts_kept(exposure[:, felt:], grace, rate)
            felt, share = kept[id(exposed)]
            readiness = multiplier.item() if multiplier.size == 1 else multiplier
            lagged[felt:] += (stake * (1 - share**readiness))[0]
        if np.any(inputs.adoption_cost):
            hours = self.grid.durations[:, None]
            years = coping.adoption_years(inputs.won_back[0], inputs.tau[0], hours)
            coped[:] = inputs.adoption_cost[0] * years * spells[0]
