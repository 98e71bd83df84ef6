"""Runs of the page take turns: side by side they would take the interpreter from each other, and all end late.

What runs beside the page, such as a picture that is asked for, takes none.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, local

LONGEST = 0.25  # seconds of a turn at most: a run that takes longer goes on beside the next one
FIRST = 0.1  # seconds of the first turn of long work, after which it lets by who waits
AGAIN = 0.05  # and of each turn after that


@dataclass(eq=False)
class _Run:
    begin: Event = field(default_factory=Event)
    is_long: bool = False  # it has let others by


class Turns:
    """Who is at work, and who stands in line; the first that came is the first."""

    def __init__(self, longest: float = LONGEST) -> None:
        self.longest = longest
        self._lock, self._line = Lock(), deque[_Run]()
        self._now: _Run | None = None
        self._ends = self._enough = 0.0
        self._own = local()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """One run, in its turn."""
        self._own.run = mine = _Run()
        self._stand_in_line(mine)
        try:
            yield
        finally:
            self.pass_on()
            self._own.run = None

    def pass_on(self) -> None:
        """Who has to wait for something else gives the turn to the next in line."""
        with self._lock:
            if self._now and self._now is self._mine:
                self._next()

    def again(self) -> None:
        """Long work that has had enough of its turn takes another, behind all who wait. Others just go on."""
        mine = self._mine
        if mine is None or (self._now is mine and time.monotonic() < self._enough):
            return
        mine.is_long = True
        mine.begin.clear()
        self._stand_in_line(mine)

    @property
    def _mine(self) -> _Run | None:
        """The run of this thread."""
        return getattr(self._own, "run", None)

    def _stand_in_line(self, mine: _Run) -> None:
        """Go to the end of the line, and wait until all before have had their turn."""
        with self._lock:
            self._line.append(mine)
            if self._now is None or self._now is mine:
                self._next()
        while not mine.begin.wait(max(0.0, self._ends - time.monotonic())):
            with self._lock:
                if time.monotonic() >= self._ends:
                    self._next()

    def _next(self) -> None:
        """The first in line begins; nobody is at work where nobody stands there."""
        self._now = self._line.popleft() if self._line else None
        now = time.monotonic()
        self._ends = now + self.longest
        if self._now:
            self._enough = now + (AGAIN if self._now.is_long else FIRST)
            self._now.begin.set()


RUNS = Turns()  # of all visitors
