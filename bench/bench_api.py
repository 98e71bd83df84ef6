"""How many requests the API answers, mixed, from one process on one core, and how long each waits.

Prints figures and judges none of them. The server is the dashboard's own, started as `./dev run` starts it and held to
one core. First every question is asked once (cold: each is computed), then questions come at a steady rate whether or
not the last is answered (a queue that grows shows), and at last as fast as the server takes them. The client shares the
machine, so quote the figures with its cores.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from urllib.parse import urlencode

import httpx2
import numpy as np

from model.catalogue.load import ROOT, load

SECONDS, A_SECOND, COLD, AT_ONCE, SCENARIOS = 20, 100, 10, 16, 120
# Of a hundred questions: estimates as JSON and CSV, tables of all economies, comparisons, lists, pictures, frames.
MIX = {
    "estimate": 60,
    "csv": 8,
    "world": 6,
    "compare": 8,
    "parameters": 4,
    "openapi.json": 2,
    "preview": 6,
    "embed": 6,
}


def questions(count: int, seed: int = 1) -> list[str]:
    """Addresses in the proportion of the mix, over some scenarios."""
    chance, catalogue = random.Random(seed), load()
    countries = [row.iso3 for row in catalogue.countries.values() if row.available == "yes"]
    scenarios = [
        urlencode({"country": chance.choice(countries), "kind": chance.choice(list(catalogue.kinds)),
                   "duration": f"{chance.randint(1, 30)}d"})
        for _ in range(SCENARIOS)
    ]  # fmt: skip
    few = [urlencode({"kind": kind, "duration": "1d"}) for kind in catalogue.kinds]
    made = []
    for name in chance.choices(list(MIX), list(MIX.values()), k=count):
        query = chance.choice(few if name in ("world", "compare") else scenarios)
        made.append({
            "csv": f"/api/v1/estimate?{query}&format=csv", "parameters": "/api/v1/parameters",
            "openapi.json": "/api/v1/openapi.json", "preview": f"/preview.png?{query}", "embed": f"/embed?{query}",
        }.get(name, f"/api/v1/{name}?{query}"))  # fmt: skip
    return made


class Server:
    """The dashboard on one core, without a limit of requests."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
        command += ["--server.headless", "true", "--server.fileWatcherType", "none"]
        settings = {
            "NETTOLL_REQUESTS_PER_MINUTE": "1000000",
            "MALLOC_ARENA_MAX": "2",  # as ./dev run sets these
            "OPENBLAS_NUM_THREADS": "1",
            "PYTHONPATH": str(ROOT),
        }
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(self.process.pid, {max(os.sched_getaffinity(0))})

    def used(self) -> tuple[float, float]:
        """Seconds of processor so far, and memory in MB; none where the system does not say."""
        with suppress(OSError):
            with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:
                parts = file.read().rpartition(")")[2].split()
            ticks, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
            return (int(parts[11]) + int(parts[12])) / ticks, int(parts[21]) * page / 1e6
        return float("nan"), float("nan")


async def asked(client: httpx2.AsyncClient, address: str, waits: list[float], wrong: list[str]) -> None:
    """One question: how long its whole answer took."""
    start = time.perf_counter()
    answer = await client.get(address)
    waits.append(time.perf_counter() - start)
    if answer.status_code != 200:
        wrong.append(f"{answer.status_code} {address}")


Heard = tuple[list[float], list[str]]  # how long each waited, and what was no answer


async def steady(client: httpx2.AsyncClient, addresses: Sequence[str], a_second: float) -> Heard:
    """Questions at a steady rate, each on its own."""
    waits, wrong, tasks, start = list[float](), list[str](), set[asyncio.Task[None]](), time.perf_counter()
    for number, address in enumerate(addresses):
        await asyncio.sleep(max(0.0, start + number / a_second - time.perf_counter()))
        tasks.add(asyncio.create_task(asked(client, address, waits, wrong)))
    await asyncio.gather(*tasks)
    return waits, wrong


async def fastest(client: httpx2.AsyncClient, addresses: Sequence[str]) -> Heard:
    """Questions from a few clients, each sent when the last is answered."""
    waits, wrong, line = list[float](), list[str](), iter(addresses)

    async def one() -> None:
        for address in line:
            await asked(client, address, waits, wrong)

    await asyncio.gather(*(one() for _ in range(AT_ONCE)))
    return waits, wrong


def print_line(name: str, heard: Heard, seconds: float, server: Server, before: float) -> None:
    """One line: rate, waits, errors, processor and memory."""
    waits, wrong = heard
    half, most, slowest = (np.quantile(waits, share) * 1000 for share in (0.5, 0.95, 1.0))
    cpu, memory = server.used()
    each = (cpu - before) / len(waits) * 1000
    print(
        f"{name:<22}{len(waits):>6,} requests{len(waits) / seconds:>6.0f}/s   p50{half:>7.1f} ms   "
        f"p95{most:>8.1f} ms   slowest{slowest:>6.0f} ms   errors {len(wrong)}   "
        f"processor{each:>6.1f} ms each   {memory:,.0f} MB"
    )
    for line in wrong[:3]:
        print(f"    {line}")


async def run(a_second: int, seconds: int) -> None:
    addresses, server = questions(a_second * seconds), Server()
    try:
        async with httpx2.AsyncClient(base_url=server.url, timeout=60) as client:
            for _ in range(300):
                with suppress(httpx2.HTTPError):
                    if (await client.get("/_stcore/health")).status_code == 200:
                        break
                await asyncio.sleep(0.1)
            every = list(dict.fromkeys(addresses))
            parts: dict[str, Callable[[], Awaitable[Heard]]] = {
                f"cold, {COLD} a second": lambda: steady(client, every, COLD),
                f"warm, {a_second} a second": lambda: steady(client, addresses, a_second),
                f"warm, {AT_ONCE} at once": lambda: fastest(client, addresses),
            }
            for name, work in parts.items():
                before, start = server.used()[0], time.perf_counter()
                heard = await work()
                print_line(name, heard, time.perf_counter() - start, server, before)
    finally:
        server.process.terminate()
        server.process.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=A_SECOND, help="requests a second")
    parser.add_argument("--seconds", type=int, default=SECONDS)
    given = parser.parse_args()
    asyncio.run(run(given.rate, given.seconds))
