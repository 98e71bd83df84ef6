"""Runs of the page take turns: side by side they would take the interpreter from each other, and all end late.

What runs beside the page, such as a picture that is asked for, takes none.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, get_ident

LONGEST = 0.1  # seconds of a turn: a run that takes longer goes on beside the next one
LONGEST_WAIT = 1.0  # seconds that long work waits at most for others, again and again


@dataclass(eq=False)
class _Run:
    begin: Event = field(default_factory=Event)
    thread: int = field(default_factory=get_ident)


class Turns:
    """Who is at work, and who stands in line; the first that came is the first."""

    def __init__(self, longest: float = LONGEST) -> None:
        self.longest = longest
        self._lock, self._line = Lock(), deque[_Run]()
        self._now: _Run | None = None
        self._ends = 0.0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """One run, in its turn."""
        mine = _Run()
        with self._lock:
            self._line.append(mine)
            if self._now is None:
                self._next()
        while not mine.begin.wait(max(0.0, self._ends - time.monotonic())):
            with self._lock:
                if time.monotonic() >= self._ends:
                    self._next()
        try:
            yield
        finally:
            with self._lock:
                if self._now is mine:
                    self._next()

    def wait_for_others(self) -> None:
        """Long work, which has lost its turn, waits a little while others are at theirs.

        Not for one that has lost its turn too: two long ones would wait for each other.
        """
        until = time.monotonic() + LONGEST_WAIT
        while (now := self._now) and now.thread != get_ident() and time.monotonic() < min(until, self._ends):
            time.sleep(LONGEST_WAIT / 200)

    def _next(self) -> None:
        """The first in line begins; nobody is at work where nobody stands there."""
        self._now = self._line.popleft() if self._line else None
        self._ends = time.monotonic() + self.longest
        if self._now:
            self._now.begin.set()


RUNS = Turns()  # of all visitors
