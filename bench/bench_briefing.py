"""How long the files to take away take, and the memory they need: `python -m bench.bench_briefing`.

First the command line from a cold start, in a process of its own, several times; then the parts inside one process.

Prints figures and judges none of them. Quote the ratios: the times belong to the machine.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from briefing import FORMATS, make
from briefing.common.content import content_of
from briefing.pages import PAGE_FORMATS, PAGES, make_page
from briefing.pages.arguments import add_arguments
from briefing.pages.command import content_of as page_content
from model.catalogue.load import load
from model.cli.parser import Parser
from model.estimation.estimate import estimate
from model.scenario.scenario import Scenario

PEOPLE = 10


def main() -> None:
    """Time the content and each format, the first time and again, then ten people at once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=Scenario().draws)
    parser.add_argument("--times", type=int, default=5, help="cold starts of the command line")
    options = parser.parse_args()
    cold(options.times)
    scenario, day = Scenario(draws=options.draws), date.today()
    for name in ("first", "again"):
        started, worked = time.perf_counter(), time.process_time()
        content = content_of(estimate(load(), scenario), day=day)
        parts = {"content": time.perf_counter() - started}
        for key in FORMATS:
            begin = time.perf_counter()
            size = len(make(key, content).data)
            parts[f"{key} ({size / 1024:.0f} kB)"] = time.perf_counter() - begin
        for part, seconds in parts.items():
            print(f"{name:>6}  {part:<20} {seconds * 1000:8.0f} ms")
        whole, busy = time.perf_counter() - started, time.process_time() - worked
        print(
            f"{name:>6}  {'all five together':<20} {whole * 1000:8.0f} ms, of it {busy * 1000:.0f} ms of work"
        )
    of_pages(day)
    print(f"memory at most {peak():.0f} MB")

    def one(number: int) -> None:
        mine = content_of(estimate(load(), scenario.with_changes(hours=24.0 * (number + 1))), day=day)
        for key in FORMATS:
            make(key, mine)

    started = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as people:
        list(people.map(one, range(PEOPLE)))
    print(f"{PEOPLE} people at once: {time.perf_counter() - started:.1f} s, memory at most {peak():.0f} MB")


def of_pages(day: date) -> None:
    """The files of each page, as the command line makes them."""
    parser = Parser()
    parser.add_argument("--scenario")
    parser.add_argument("--beside", action="append", default=[])
    add_arguments(parser)
    for page in PAGES:
        started, worked = time.perf_counter(), time.process_time()
        content = page_content(load(), parser.parse_args(["--page", page]), day, "")
        parts = {"content": time.perf_counter() - started}
        for key in PAGE_FORMATS:
            begin = time.perf_counter()
            make_page(key, content)
            parts[key] = time.perf_counter() - begin
        whole, busy = time.perf_counter() - started, time.process_time() - worked
        words = ", ".join(f"{part} {seconds * 1000:.0f}" for part, seconds in parts.items())
        print(f"  page  {page:<10} {whole * 1000:8.0f} ms, of it {busy * 1000:.0f} ms of work ({words})")


def cold(times: int) -> None:
    """`python -m briefing` from nothing: wall and processor seconds, and the most memory."""
    walls, works = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(times):
            before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            command = [sys.executable, "-m", "briefing", "--to", folder]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            walls.append(time.perf_counter() - started)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            works.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"  cold  python -m briefing, median of {times}: {statistics.median(walls):.2f} s "
        f"({min(walls):.2f} to {max(walls):.2f}), of it {statistics.median(works):.2f} s of work; "
        f"memory at most {most:.0f} MB"
    )


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
