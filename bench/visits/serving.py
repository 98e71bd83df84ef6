"""Servers for the benchmarks that speak the page's protocol, and what they weigh."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MB = 2**20


def line(words: str) -> None:
    """Print at once: some of these runs take minutes."""
    print(words, flush=True)


def share(values: Sequence[float], part: float) -> float:
    """The value below which this part of all lies, nan of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part * (len(ordered) - 1)))] if ordered else float("nan")


class Weighed:
    """A dashboard that runs for a benchmark, and its memory and work as Linux counts them."""

    def __init__(self, server: Any) -> None:
        self.server, self.address = server, server.url

    @property
    def _folder(self) -> Path:
        return Path(f"/proc/{self.server.pid}")

    @property
    def memory(self) -> float:
        """MB that the process holds now."""
        pages = int((self._folder / "statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / MB

    @property
    def most_memory(self) -> float:
        """MB that it held at most."""
        lines = (self._folder / "status").read_text().splitlines()
        return int(next(row for row in lines if row.startswith("VmHWM")).split()[1]) / 1024

    @property
    def work(self) -> float:
        """Seconds of processor time since it began."""
        parts = (self._folder / "stat").read_text().rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")

    def settled(self, seconds: float = 20.0) -> float:
        """MB once they no longer fall, after at most so many seconds."""
        until, last = time.monotonic() + seconds, self.memory
        while time.monotonic() < until:
            time.sleep(2)
            now = self.memory
            if now > last - 1:
                return now
            last = now
        return last


@contextmanager
def weighed(count: int = 1) -> Iterator[list[Weighed]]:
    """So many dashboards, each a process of its own, until the block ends."""
    sys.path.insert(0, str(ROOT / "tests"))
    from browser.conftest import Server

    logging.getLogger("websockets").setLevel(logging.ERROR)
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # as ./dev run sets these
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as name:
        servers = [Server(ROOT / "dashboard.py", Path(name) / f"{number}.log") for number in range(count)]
        try:
            for server in servers:
                server.start()
            yield [Weighed(server) for server in servers]
        finally:
            for server in servers:
                server.stop()
