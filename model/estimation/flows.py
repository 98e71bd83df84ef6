"""The loss chain run along fixed axes: (scenario, duration, draw). No labels, no rounding, no ledger.

Work goes through blocks of draws, in each one scenario after the other, so that every temporary array stays in
the processor's cache. What two scenarios have in common is computed once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue
from model.common.cache import Cache
from model.common.program.progress import Tick
from model.estimation.economy import Economy
from model.estimation.inputs import Courses, Inputs, stacked_inputs
from model.estimation.sampling import Sample
from model.kernels import chain, churn, coping
from model.kernels.effective_hours import share_lost_over_time
from model.kernels.grid import Grid
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
BLOCK_VALUES = 98_304  # duration x draw values in one block: about 800 kB an array
BLOCK_DRAWS = 768  # fewer draws than that in a row cost more than a full cache does
MOST_BLOCKS = 12  # of one call that are cached: more would only push each other out
MOST_SHARED = (
    4  # results of one block that wait for the next scenario: those that share work mostly follow each other
)
ItemType = TypeVar("ItemType")
ResultType = TypeVar("ResultType")

_CORES = (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()) or 1
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
    tick: Tick | None = None,
    *,
    net_alone: bool = False,
) -> Flows:
    """Run every scenario over every duration in every simulation.

    Args:
        catalogue: the tables.
        scenarios: what is disrupted, checked.
        economies: the economy of each scenario.
        samples: the draws of each scenario's parameters, all of the same size.
        durations: hours, ascending, (duration,); each scenario's own is among them.
        tick: hears the share that is done; what it raises ends the work.
        net_alone: leave the other curves and the division by class at zero: whoever compares needs none of them.

    Returns:
        Losses in USD of all spells of each scenario.

    Source: the equations of `model.kernels.chain`.
    """
    chosen = [int(np.searchsorted(durations, scenario.hours)) for scenario in scenarios]
    clocks = [(scenario.start, scenario.rhythm) for scenario in scenarios]
    by_clock = {
        clock: grid_of(catalogue, scenario, durations)
        for clock, scenario in dict(zip(clocks, scenarios, strict=True)).items()
    }
    grids = [by_clock[clock] for clock in clocks]
    inputs = stacked_inputs(catalogue, scenarios, economies, samples, tick)
    size, count = samples[0].size, (len(scenarios), len(durations))
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
    blocks, done = _blocks(size, grids[0]), 0
    shared = count[0] * len(blocks) <= MOST_BLOCKS

    def write(row: int, caches: Mapping[int, tuple[Cached, Cache[Array]]], block: slice) -> None:
        work = Work(catalogue, inputs.part(row, block), grids[row], chosen[row], *caches[block.start])
        work._write_to(result, row, block, net_alone)

    for first in range(0, len(blocks), _CORES):
        some = blocks[first : first + _CORES]
        caches = {
            block.start: (_BETWEEN_CALLS if shared else Cached.of_one_call(MOST_SHARED), Cache[Array](2))
            for block in some
        }
        for row in range(count[0]):  # one after the other: they share what is cached of a block
            side_by_side(partial(write, row, caches), some)
            done += len(some)
            if tick:
                tick(done / (len(blocks) * count[0]))
    if not net_alone:
        _split_by_class(catalogue, inputs, result)
    return result


def net_hours(
    catalogue: Catalogue, scenario: Scenario, place: Economy, sample: Sample, durations: Array,
    tick: Tick | None = None,
) -> Array:  # fmt: skip
    """Hours of what is at stake that each sector loses for good, in all spells: net loss per USD an hour at stake.

    They are the same in every economy: of the equations, only value added and dependence are an economy's own.

    Args:
        catalogue: the tables.
        scenario: what is disrupted, checked.
        place: any economy; nothing of it enters.
        sample: the draws of the parameters.
        durations: hours, ascending, (duration,).
        tick: hears the share that is done; what it raises ends the work.

    Returns:
        Hours, (draw, sector, duration): a matrix for each draw.

    Source: the equations of `model.kernels.chain`, with 1 for value added and dependence.
    """
    grid, sectors = grid_of(catalogue, scenario, durations), len(catalogue.sectors)
    one = [np.ones((1, 1, 1))] * sectors
    inputs = replace(
        stacked_inputs(catalogue, [scenario], [place], [sample], tick), value_added=one, dependence=one
    )
    hours = np.empty((sample.size, sectors, len(durations)))
    blocks = _blocks(sample.size, grid)
    cached = _BETWEEN_CALLS if len(blocks) <= MOST_BLOCKS else Cached.of_one_call(1)

    def run(block: slice) -> None:
        work = Work(catalogue, inputs.part(0, block), grid, 0, cached, Cache(2))
        net = work._losses(block.stop - block.start, slice(None)).net_by_activity[:, 0]
        hours[block] = np.moveaxis(net, -1, 0) * scenario.spells

    side_by_side(run, blocks, tick)
    return hours


def later(
    catalogue: Catalogue, scenario: Scenario, place: Economy, sample: Sample, durations: Array, counts: Sequence[int]
) -> Iterator[tuple[Array, Array]]:  # fmt: skip
    """What comes later and beside the direct loss, for several numbers of outages.

    Args:
        catalogue: the tables.
        scenario: what is disrupted, checked; its own number of outages counts for nothing.
        place: the economy.
        sample: the draws of the parameters.
        durations: hours, ascending, (duration,).
        counts: numbers of outages.

    Yields:
        For each count the export receipts lost later and the cost of working around, USD, (duration, draw).

    Source: the equations of `model.kernels.chain`.
    """
    inputs = stacked_inputs(catalogue, [scenario], [place], [sample])
    cached = Cached.of_one_call(2)  # the hours of both sorts of sectors serve every count
    for count in counts:
        work = Work(
            catalogue, replace(inputs, spells=np.full((1, 1, 1), float(count))),
            grid_of(catalogue, scenario, durations), 0, cached, Cache(2),
        )  # fmt: skip
        lagged, coped = np.zeros((1, len(durations), sample.size)), np.zeros((len(durations), sample.size))
        work._write_later(lagged, coped)
        yield lagged[0], coped


def side_by_side(
    work: Callable[[ItemType], ResultType], items: Sequence[ItemType], tick: Tick | None = None
) -> list[ResultType]:
    """`work` on every one of the `items`, on all cores at once: NumPy lets go of the interpreter.

    Results come in the order of the items. `tick` hears the share that is done; no item begins while it lasts: it may
    wait for the turns of others.
    """
    results = list[ResultType]()
    at_once = _CORES if tick else max(1, len(items))
    for first in range(0, len(items), at_once):
        now = items[first : first + at_once]
        results += map(work, now) if len(items) == 1 else _WORKERS.map(work, now)
        if tick:
            tick(len(results) / len(items))
    return results


def _blocks(draws: int, grid: Grid) -> list[slice]:
    """Blocks of draws: small enough for the cache, and as many for each core."""
    fits = max(BLOCK_DRAWS, BLOCK_VALUES // len(grid.stops))
    cores = max(1, min(_CORES, draws // BLOCK_DRAWS))
    blocks = -(-draws // (fits * cores)) * cores
    step = -(-draws // blocks)
    return [slice(begin, min(draws, begin + step)) for begin in range(0, draws, step)]


def _split_by_class(catalogue: Catalogue, inputs: Inputs, result: Flows) -> None:
    """Divide each sector's net loss among its user classes, into the zeros of `class_net`."""
    for index in range(len(catalogue.sectors)):
        net = result.sector_net[:, index]
        parts = {name: part[:, 0, :] for name, part in inputs.class_parts(index).items()}
        for name, own in chain.by_class(net, parts).items():
            result.class_net[:, catalogue.class_keys.index(name)] += own


def grid_of(catalogue: Catalogue, scenario: Scenario, durations: Array) -> Grid:
    """The time grid of `scenario` for `durations` (hours, ascending).

    Where it has a start time, it is weighted by the hour profiles of `catalogue`.
    """
    if scenario.start is None:
        return Grid.over(durations, spells=scenario.rhythm)
    names = dict.fromkeys(sector.hour_profile for sector in catalogue.sectors)
    return Grid.over(
        durations, start=datetime.fromisoformat(scenario.start), spells=scenario.rhythm,
        profiles={name: catalogue.profiles[name] for name in names},
    )  # fmt: skip


def content_key(names: Hashable, *numbers: Array) -> tuple[Hashable, ...]:
    """What tells work apart: `names`, and 64 bits for each of the `numbers`, far quicker than to compare them all."""
    return names, *(hash((array.shape, array.tobytes())) for array in numbers)


@dataclass(frozen=True)
class Cached:
    """What was computed already, told apart by all that it hangs on.

    Effective hours are two fifths of all work, and a step of country or of most parameters leaves them as they
    are; the losses of one spell are most of the rest, and a step of spells, later losses, coping or tax leaves
    these.
    """

    hours: Cache[Array]
    losses: Cache[chain.Losses]

    @classmethod
    def of_one_call(cls, scenarios: int) -> Cached:
        """For scenarios of one call that share work, such as those that differ in later losses alone.

        `scenarios` is how many results of each sort are kept.
        """
        return cls(Cache(scenarios), Cache(scenarios))


_BETWEEN_CALLS = Cached(Cache(), Cache())


def clear_caches() -> None:
    """Drop what is cached between calls."""
    _BETWEEN_CALLS.hours.clear()
    _BETWEEN_CALLS.losses.clear()


@dataclass(frozen=True)
class Work:
    """One scenario on one block of draws, whose inputs these are; every array (1, duration or 1, draw or 1)."""

    catalogue: Catalogue
    inputs: Inputs
    grid: Grid
    chosen: int  # its own duration among all
    cached: Cached
    onsets: Cache[Array]  # of the last scenario on this block: most share theirs

    def _write_to(self, result: Flows, row: int, block: slice, net_alone: bool) -> None:
        """Put all results of this scenario into the places of `result` for its `row` and this `block` of draws, USD.

        With `net_alone` the other curves stay as they are.
        """
        inputs, draws = self.inputs, block.stop - block.start
        own = slice(self.chosen, self.chosen + 1)
        if self.grid.by_profile:  # the hours of each spell weigh differently: such losses are of no other use
            spell = self._losses(draws, own)
        else:
            spell = self.cached.losses.get(self._content(draws), lambda: self._losses(draws, own))
        spells, rate = inputs.spells[0], inputs.overtime_rate[0]
        gross, caught = spell.gross[0] * spells, spell.caught_up[0] * spells
        overtime = caught * rate
        if not net_alone:
            result.gross[row, :, block] = gross
            self._write_later(result.lagged[row : row + 1, :, block], result.coping[row, :, block])
        result.caught_up[row, block] = caught[self.chosen]
        result.overtime[row, block] = overtime[self.chosen]
        result.net[row, :, block] = chain.net_loss(gross, caught, overtime, out=gross)
        result.sector_net[row, :, block] = spell.net_by_activity[:, 0, 0] * spells

    def _onset(self, buffered: bool) -> tuple[Array, Array, Array] | None:
        """The onset of sectors with a buffer; none of the others."""
        return self.inputs.onset if buffered else None

    def _lost(self, buffered: bool) -> Array:
        """Share of activity lost at each node of the grid, (1, node, draw)."""
        inputs, grid, onset = self.inputs, self.grid, self._onset(buffered)
        losing = self.onsets.get(
            content_key(buffered, *inputs.onset, grid.edges), lambda: chain.losing_on(grid, onset)
        )
        return share_lost_over_time(losing, self._decay, inputs.won_back)

    @cached_property
    def _decay(self) -> Array:
        """What sectors without and with a buffer share of the time course, (1, node, draw)."""
        return chain.decay_on(self.grid, self.inputs.tau)

    @cached_property
    def _effective(self) -> tuple[Array, Array]:
        """Effective hours at severity 1 at every stop of the grid, of sectors without and with a buffer."""
        immediate, buffered = (
            self.cached.hours.get(
                content_key(buffer, *self._time_numbers),
                partial(lambda buffer: chain.effective_hours_on(self.grid, self._lost(buffer)), buffer),
            )
            for buffer in (False, True)
        )
        return immediate, buffered

    @property
    def _time_numbers(self) -> tuple[Array, ...]:
        """All that effective hours hang on."""
        inputs, grid = self.inputs, self.grid
        return *inputs.onset, inputs.won_back, inputs.tau, grid.edges, grid.stops

    def courses(self) -> Courses:
        """The time courses of sectors without and with a buffer."""
        inputs, grid = self.inputs, self.grid
        restart = chain.restart_on(grid, inputs.restart, inputs.onset)

        def course(buffered: bool) -> chain.Course:
            weighted = self._lost(buffered) if grid.by_profile else None
            return chain.Course.on(grid, weighted, self._effective[buffered], restart if buffered else None)

        return course(False), course(True)

    def _content(self, draws: int) -> tuple[Hashable, ...]:
        """All that the losses of a spell hang on, but for the hour profiles: with a start time none are cached."""
        inputs, mixes = self.inputs, self.inputs.mixes
        parts = [*inputs.lost.values(), *inputs.patience, *inputs.ceiling, *inputs.value_added]
        parts += inputs.dependence
        parts += [share for mix in mixes for share in mix.values()]
        parts += [inputs.restart, inputs.spare, inputs.overtime_rate]
        parts += [self.grid.durations, self.grid.waiting_days, np.array([self.chosen, draws])]
        return content_key((*inputs.lost, *map(tuple, mixes)), *self._time_numbers, *parts)

    def _losses(self, draws: int, chosen: slice) -> chain.Losses:
        """The losses of output in one spell, USD, in so many `draws`; by sector at the durations `chosen`."""
        inputs, grid = self.inputs, self.grid
        courses = self.courses()
        return chain.losses(
            (inputs.activity(index, courses) for index in range(len(inputs.mixes))), spare=inputs.spare,
            overtime_rate=inputs.overtime_rate, shape=(1, len(grid.durations), draws), chosen=chosen,
        )  # fmt: skip

    def _write_later(self, lagged: Array, coped: Array) -> None:
        """Add what comes later and beside the direct loss, USD, to zeros.

        `lagged` takes the export receipts lost later, (1, duration, draw), and `coped` the cost of working around,
        (duration, draw).
        """
        inputs, spells = self.inputs, self.inputs.spells
        days = self.grid.at_durations(self._effective[True]) * (spells / 24)  # clients mind what work loses
        exposures = {id(lost): churn.exposure_days(lost, days) for lost, _, _ in inputs.lag}
        groups = [(exposures[id(lost)], multiplier, stake) for lost, multiplier, stake in inputs.lag]
        chain.lost_later(groups, inputs.grace, inputs.rate, lagged)
        if np.any(inputs.adoption_cost):
            hours = self.grid.durations[:, None]
            years = coping.adoption_years(inputs.won_back[0], inputs.tau[0], hours)
            coped[:] = inputs.adoption_cost[0] * years * spells[0]
