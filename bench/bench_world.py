"""How long every economy takes at once, against the bare product and its quantiles, and how much memory it needs.

Prints figures and judges none of them. Each part runs in a process of its own on one core. The floor does the same
arithmetic on the same sizes with plain arrays: a product of two matrices for each draw, and a sort; nothing is looked
up, sampled or checked.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import ROOT, load
from model.common.durations import with_stops
from model.common.ranges import Range
from model.compare.league import league
from model.estimation.estimate import estimate_many
from model.estimation.flows import clear_caches
from model.estimation.world import AT_ONCE, every_economy, world
from model.scenario.scenario import BASELINE

Array = NDArray[np.float64]
REPEATS = 7
SOME = 12  # economies one by one, from which the time of all follows


def timed(run: Callable[[], object]) -> float:
    """Median seconds of work after a first run, with nothing cached from earlier runs but the draws."""
    run()
    seconds = []
    for _ in range(REPEATS):
        clear_caches()
        begin = time.process_time()
        run()
        seconds.append(time.process_time() - begin)
    return median(seconds)


def floor(economies: int, sectors: int, durations: int, draws: int) -> Callable[[], Range[Array]]:
    """The product and the quantiles alone, in the blocks of the product, on numbers made beforehand."""
    random = np.random.default_rng(1)
    stake, common = random.random((draws, AT_ONCE, sectors)), random.random((draws, sectors, durations))

    def run() -> Range[Array]:
        for first in range(0, economies, AT_ONCE):
            rows = stake[:, : min(AT_ONCE, economies - first)]
            net = np.ascontiguousarray(np.moveaxis(rows @ common, 0, -1))
            ends = Range.along(net)
        return ends

    return run


def part_time() -> None:
    """Every economy at one duration and at all, with the floor beside it."""
    catalogue, lengths = load(), with_stops(BASELINE.hours)
    economies, sectors, draws = len(every_economy(catalogue)), len(catalogue.sectors), BASELINE.draws
    for durations in (None, lengths):
        count = 1 if durations is None else len(durations)
        own = timed(lambda durations=durations: world(catalogue, BASELINE, durations))  # type: ignore[misc]
        bare = timed(floor(economies, sectors, count, draws))
        shape = f"{economies} economies x {count} durations x {draws} draws, one core"
        print(f"{shape:<64} {1000 * own:8.0f} ms")
        print(f"{'    bare product and quantiles':<64} {1000 * bare:8.0f} ms")
        print(f"{'    ratio':<64} {own / bare:8.2f}")
    for kind in catalogue.kinds:
        scenario = BASELINE.with_changes(kind=kind)
        seconds = timed(lambda scenario=scenario: world(catalogue, scenario, lengths))  # type: ignore[misc]
        print(f"{'    all durations, ' + kind:<64} {1000 * seconds:8.0f} ms")
    one = world(catalogue, BASELINE)
    print(f"{'the league of one duration: places, measures and totals':<64} "
          f"{1000 * timed(lambda: league(one).totals):8.0f} ms")  # fmt: skip
    asked = [BASELINE.with_changes(country=code) for code in every_economy(catalogue)[:SOME]]
    singly = timed(lambda: [estimate_many(catalogue, [one]) for one in asked]) / SOME * economies
    print(f"{f'estimates of each alone, from {SOME} of them':<64} {1000 * singly:8.0f} ms")


def part_same() -> None:
    """The largest relative difference to the estimate of each economy alone, over all kinds."""
    catalogue, largest = load(), 0.0
    codes = every_economy(catalogue)
    for kind in catalogue.kinds:
        scenario = BASELINE.with_changes(kind=kind, draws=256)
        together = world(catalogue, scenario)
        alone = estimate_many(
            catalogue, [scenario.with_changes(country=code) for code in codes], curves=False
        )
        for row, result in zip(together.draws, alone, strict=True):
            net = result.draws["net_direct"] / result.money.per_usd
            some = net > 0
            largest = max(largest, float(np.max(np.abs(row[some] / net[some] - 1), initial=0.0)))
            assert not row[~some].any()
    print(f"{'largest relative difference to single estimates, every kind':<64} {largest:8.1e}")


def part_memory() -> None:
    """Peak memory of a process that prices every economy at every duration."""
    catalogue = load()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    world(catalogue, BASELINE, with_stops(BASELINE.hours))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{'peak memory, every economy at all durations':<64} {after / 1024:8.0f} MB"
          f"  (imports and tables {before / 1024:.0f} MB)")  # fmt: skip


def part_cold() -> None:
    """The command line from start to answer."""
    seconds = []
    for _ in range(5):
        begin = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "model", "world"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )
        seconds.append(time.perf_counter() - begin)
    print(f"{'python -m model world, start to answer':<64} {1000 * median(seconds):8.0f} ms")


PARTS: dict[str, Callable[[], None]] = {
    "time": part_time, "same": part_same, "memory": part_memory, "cold": part_cold,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", choices=tuple(PARTS), help="one part alone, in this process")
    part = parser.parse_args().part
    if part:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        PARTS[part]()
        return
    alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    for name in PARTS:
        subprocess.run([sys.executable, "-m", "bench.bench_world", name], cwd=ROOT, check=True, env=alone)


if __name__ == "__main__":
    main()
