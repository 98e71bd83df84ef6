"""How long an estimate takes against the bare arithmetic in it: `python -m bench.bench_estimate`.

Prints figures and judges none of them. Quote the ratios: the times belong to the machine.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue, load
from model.common.durations import with_stops
from model.compare.curves import along
from model.compare.differences import side_by_side
from model.estimation.economy import economy
from model.estimation.estimate import (
    at_place,
    estimate,
    estimate_many,
    export_split,
)
from model.estimation.flows import clear_caches
from model.estimation.sampling import Draws, resolved
from model.kernels.dependence import digital_factor
from model.kernels.grid import grid_edges, nodes_of, weights_of
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
ROOT = Path(__file__).resolve().parent.parent
REPEATS = 15
DEPENDENCE, CHURN, RESTART = "sector.trade.dependence", "churn.rate", "restart.hours"
SCENARIO = Scenario()
COMPARED = (
    Scenario(), Scenario(kind="mobile_only"), Scenario(kind="vpn_block"), Scenario(kind="slowdown", ratio=0.5),
)  # fmt: skip


class Floor:
    """The baseline's equations in the least NumPy that gives the same numbers, inputs drawn beforehand.

    No parameters, labels, places, levers, spells, start time or ledger. `block` draws at a time, since arrays
    that stay in the processor's cache are quicker.
    """

    def __init__(self, catalogue: Catalogue, block: int) -> None:
        table = resolved(catalogue, {})
        sample = Draws(catalogue, table, SCENARIO.draws, SCENARIO.seed)
        place = economy(catalogue, SCENARIO.country, export_split(catalogue, table))
        kind, self.block, self.sectors = SCENARIO.kind, block, catalogue.sectors
        self.hours = with_stops(SCENARIO.hours)
        self.chosen = int(np.searchsorted(self.hours, SCENARIO.hours))
        edges = grid_edges(self.hours)
        self.nodes, self.matrix = nodes_of(edges), weights_of(edges, self.hours)
        self.classes = catalogue.class_keys
        self.lost = np.stack([sample.of(f"severity.{kind}.{name}") for name in self.classes])
        self.mix = np.array([[s.mix.get(name, 0.0) for name in self.classes] for s in self.sectors])
        self.sigma, self.tau = (
            sample.of(f"adaptation.{kind}.share"),
            24 * sample.of(f"adaptation.{kind}.days"),
        )
        self.onset = [sample.of(f"onset.{part}") for part in ("immediate", "scale_hours", "shape")]
        self.restart, self.spare = sample.of("restart.hours"), sample.of("recapture.spare_capacity")
        self.overtime = sample.of("recapture.overtime_premium") * sample.of("recapture.labour_share")
        self.factor = digital_factor(
            place.income, sample.of("digital.reference_gdp_per_head"), sample.of("digital.elasticity"),
            sample.of("digital.cap"),
        )  # fmt: skip
        self.value_added, self.dependence, self.rho, self.patience, groups = [], [], [], [], []
        for index, sector in enumerate(self.sectors):
            key = f"sector.{sector.key}"
            self.value_added.append(place.value_added[index] / 8760)
            self.dependence.append(sample.of(f"{key}.dependence"))
            self.rho.append(
                sample.of(f"{key}.recapture_ceiling") * sample.of("recapture.share_of_ceiling", sector.key)
            )
            self.patience.append(sample.of(f"{key}.patience_days") * sample.of("recapture.patience_scale"))
            if sector.export_group:
                groups.append((index, sector.export_group))
        self.multiplier = sample.multiplier("structure.gsd")
        month = np.arange(1, 25)[:, None]
        lag, half = sample.of("churn.lag_months"), sample.of("churn.half_life_months")
        shape = np.where(month <= lag, month / lag, 0.5 ** (np.maximum(0, month - lag) / half))
        months = (shape * 1.1 ** (-month / 12)).sum(axis=0)
        self.groups = [
            (
                i,
                float(sample.of(f"churn.multiplier.{g}")),
                place.receipts / 12 * sample.of(f"exports.share.{g}") * months,
            )
            for i, g in groups
        ]
        self.grace, self.rate = sample.of("churn.grace_days"), sample.of("churn.rate")

    def run(self) -> dict[str, Array]:
        size = SCENARIO.draws
        gross, net, lagged = (np.empty((len(self.hours), size)) for _ in range(3))
        sectors, classes = np.empty((len(self.sectors), size)), np.zeros((len(self.classes), size))
        for begin in range(0, size, self.block):
            self._block(slice(begin, begin + self.block), gross, net, lagged, sectors, classes)
        curves = {"gross": gross, "net_direct": net, "lagged_receipts": lagged}
        result = {}
        for name, values in curves.items():
            ordered = np.sort(values, axis=-1)
            result[name] = np.stack(
                [_at(ordered, 0.05), _at(ordered, 0.5), _at(ordered, 0.95), values.mean(axis=-1)]
            )
        for values in (sectors, classes):
            ordered = np.sort(values, axis=-1)
            _ = _at(ordered, 0.05), _at(ordered, 0.5), _at(ordered, 0.95), values.mean(axis=-1)
        return result

    def _block(
        self, part: slice, gross: Array, net: Array, lagged: Array, sectors: Array, classes: Array
    ) -> None:
        t, days = self.nodes[:, None], self.hours[:, None] / 24
        b0, theta, kappa = (item[part] for item in self.onset)
        sigma = self.sigma[part]
        adapted = np.exp(t / -self.tau[part])
        adapted *= sigma
        adapted += 1 - sigma
        losing, at_end = (
            1 + (b0 - 1) * np.exp(-np.exp(kappa * (np.log(hours) - np.log(theta))))
            for hours in (t, self.hours[:, None])
        )
        hours_lost = {True: self.matrix @ (adapted * losing), False: self.matrix @ adapted}  # by buffer
        restart = np.minimum(self.restart[part], self.hours[:, None] / 2) * at_end
        time_lost = {True: hours_lost[True] + restart, False: hours_lost[False]}
        days_lost = {buffered: hours / 24 for buffered, hours in hours_lost.items()}
        spare, saved = self.spare[part], 1 - self.overtime[part]
        waits: dict[tuple[float, bool], Array] = {}
        caught = {buffered: np.zeros_like(hours) for buffered, hours in time_lost.items()}
        total = {buffered: np.zeros(hours.shape[1]) for buffered, hours in time_lost.items()}
        for index, sector in enumerate(self.sectors):
            lost, dependence = self.mix[index] @ self.lost[:, part], self.dependence[index][part]
            raised = dependence * self.multiplier[part]
            if not sector.digital:
                raised = raised * self.factor[part]
            scale = raised / (1 - dependence + raised) * (self.value_added[index] * lost)
            key, buffered = (sector.patience_days, sector.buffered), sector.buffered
            if key not in waits:
                waiting = (self.patience[index][part] + days) / days_lost[buffered]
                waits[key] = np.minimum.accumulate(waiting, axis=0)
            share = waits[key] * (spare / lost)
            share -= spare
            np.minimum(share, 1.0, out=share)
            share *= self.rho[index][part] * scale
            caught[buffered] += share
            total[buffered] += scale
            own = time_lost[buffered][self.chosen] * (scale - share[self.chosen] * saved)
            sectors[index, part] = own
            classes[:, part] += self.mix[index][:, None] * self.lost[:, part] * (own / lost)
        gross[:, part] = sum(time_lost[buffered] * total[buffered] for buffered in total)
        net[:, part] = gross[:, part] - sum(caught[b] * time_lost[b] for b in caught) * saved
        lagged[:, part] = 0
        for index, multiplier, stake in self.groups:
            exposure = days_lost[True] * (self.mix[index] @ self.lost[:, part])
            exposure -= self.grace[part]
            np.maximum(exposure, 0, out=exposure)
            exposure *= -multiplier * self.rate[part]
            lagged[:, part] -= np.expm1(exposure, out=exposure) * stake[part]


def _at(ordered: Array, probability: float) -> Array:
    position = probability * (ordered.shape[-1] - 1)
    below, part = int(position), position % 1
    return np.asarray(ordered[..., below] * (1 - part) + ordered[..., below + 1] * part)


def timed(*runs: Callable[[], object]) -> list[float]:
    """Median seconds of each, taken in turns so that a busy machine slows all alike.

    Seconds of work where one core is used, so that other programs count for little; else seconds that pass.
    """
    clock = time.process_time if cores() == 1 else time.perf_counter
    for run in runs:
        run()
    seconds: list[list[float]] = [[] for _ in runs]
    for _ in range(REPEATS):
        for index, run in enumerate(runs):
            begin = clock()
            run()
            seconds[index].append(clock() - begin)
    return [median(taken) for taken in seconds]


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def from_nothing(*scenarios: Scenario) -> object:
    """The estimates with nothing cached from earlier ones but the draws."""
    clear_caches()
    return estimate_many(load(), scenarios)


def part_time() -> None:
    """(a) One estimate against its floor, on one core."""
    catalogue = load()
    floors = {block: Floor(catalogue, block) for block in (SCENARIO.draws, 1024, 512)}
    result = estimate(catalogue, SCENARIO)
    curves = next(iter(floors.values())).run()
    for name, values in curves.items():
        curve = result.curves[name]
        same = np.stack([*curve, result.means[name]])
        np.testing.assert_allclose(same, values, rtol=1e-9, atol=1e-3, err_msg=name)
    whole, *bare = timed(partial(from_nothing, SCENARIO), *(floor.run for floor in floors.values()))
    best, block = min(zip(bare, floors, strict=True))
    shape = f"{len(catalogue.sectors)} sectors, {len(result.durations)} durations, {SCENARIO.draws} draws"
    print(f"one estimate ({shape}), one core          {1000 * whole:8.1f} ms")
    print(f"bare arithmetic, same numbers (blocks of {block} draws)    {1000 * best:8.1f} ms")
    print(f"ratio                                                        {whole / best:8.2f}")
    fresh = iter(range(2, 1000))
    new_seed, dependence, churn, spells, place = timed(
        lambda: estimate(catalogue, SCENARIO.with_changes(seed=next(fresh))),
        lambda: estimate(
            catalogue, SCENARIO.with_changes(assumptions={DEPENDENCE: (0.3, 0.5 + next(fresh) * 1e-4, 0.9)})
        ),
        lambda: estimate(
            catalogue, SCENARIO.with_changes(assumptions={CHURN: (0.0, 0.001 + next(fresh) * 1e-5, 0.025)})
        ),
        lambda: estimate(catalogue, SCENARIO.with_changes(spells=next(fresh) % 300 + 2)),
        lambda: at_place(result, 1 / next(fresh)),
    )
    print(f"the same with draws never made before (another seed)         {1000 * new_seed:8.1f} ms")
    print(f"a step of one sector's range                                 {1000 * dependence:8.1f} ms")
    print(f"a step of the range of contracts lost                        {1000 * churn:8.1f} ms")
    print(f"a step of the number of spells                               {1000 * spells:8.1f} ms")
    print(f"a step of the place                                          {1000 * place:8.1f} ms")


def compared(scenarios: Sequence[Scenario]) -> object:
    """Four scenarios beside each other at every duration, with nothing cached from earlier calls but the draws."""
    clear_caches()
    return along(load(), scenarios, [str(number) for number in range(len(scenarios))])


def compared_with_bars(scenarios: Sequence[Scenario]) -> object:
    """The same and the bars beside it: all that the page of comparisons computes for its scenarios."""
    clear_caches()
    labels = [str(number) for number in range(len(scenarios))]
    return side_by_side(load(), scenarios, labels), along(load(), scenarios, labels)


def part_four() -> None:
    """(b) Four scenarios compared at every duration in one call, against one estimate.

    `compared` gives the net direct loss of each, and difference and ratio to the first draw by draw. The page shows
    bars at each scenario's own duration too, which is a call more; four whole estimates have every other amount.
    """
    alike = tuple(
        SCENARIO.with_changes(assumptions=pins)
        for pins in ({}, {DEPENDENCE: 0.4}, {CHURN: 0.02}, {RESTART: 1.0})
    )
    fresh = iter(range(2, 1000))
    for name, scenarios in (("of four kinds", COMPARED), ("of one kind", alike)):
        one, four, page, whole, new_one, new_four = timed(
            partial(from_nothing, SCENARIO),
            partial(compared, scenarios),
            partial(compared_with_bars, scenarios),
            partial(from_nothing, *scenarios),
            lambda: from_nothing(SCENARIO.with_changes(seed=next(fresh))),
            partial(_compared_anew, scenarios, fresh),
        )
        title = f"four scenarios {name} at every duration, {cores()} core(s)"
        print(f"{title:<60} {1000 * four:8.1f} ms")
        print(f"    over one estimate, draws at hand for both                {four / one:8.2f}")
        print(f"    over one estimate, draws made in both calls              {new_four / new_one:8.2f}")
        print(f"    with the bars at their own durations, over one estimate  {page / one:8.2f}")
        print(f"    four whole estimates in one call over one                {whole / one:8.2f}")


def _compared_anew(scenarios: Sequence[Scenario], seeds: Iterator[int]) -> object:
    seed = next(seeds)
    return compared([scenario.with_changes(seed=seed) for scenario in scenarios])


def part_memory(scenario: Scenario = SCENARIO) -> None:
    """(c) Peak memory of a process that makes one estimate."""
    catalogue = load()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    estimate(catalogue, scenario)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    name = f"{scenario.draws} draws, {scenario.spells} spells" + (", start given" if scenario.start else "")
    print(f"peak memory, {name:<46}  {after / 1024:8.0f} MB  (imports and tables {before / 1024:.0f} MB)")


def part_cold() -> None:
    """(d) The command line from start to answer."""
    command = [sys.executable, "-m", "model", "estimate"]
    seconds = []
    for _ in range(5):
        begin = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - begin)
    print(f"python -m model estimate, start to answer                    {median(seconds):8.2f} s")
    print(f"the first of five                                            {seconds[0]:8.2f} s")


PARTS: dict[str, Callable[[], None]] = {
    "time": part_time,
    "four": part_four,
    "four-all-cores": part_four,
    "memory": part_memory,
    "memory-spells": lambda: part_memory(Scenario(spells=365, gap_days=1, start="2026-01-05T10:30")),
    "memory-draws": lambda: part_memory(Scenario(draws=65_536)),
    "cold": part_cold,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "part",
        nargs="?",
        choices=tuple(PARTS),
        help="one part in this process (default: all, each in its own)",
    )
    part = parser.parse_args().part
    if part:
        if part not in ("cold", "four-all-cores") and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        PARTS[part]()
        return
    one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    for name in PARTS:  # a process each, so that no part inherits another's memory or cached draws
        subprocess.run(
            [sys.executable, "-m", "bench.bench_estimate", name], cwd=ROOT, check=True, env=one_thread
        )


if __name__ == "__main__":
    main()
