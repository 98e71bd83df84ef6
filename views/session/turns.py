"""Runs of the page take turns: side by side they would take the interpreter from each other, and all end late.

What runs beside the page, such as a picture that is asked for, takes none.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from threading import Event, Lock, local

LONGEST = 0.25  # seconds of a turn at most: a run that takes longer goes on beside the next one
AGAIN = 0.05  # seconds of each turn of long work after its first
WAITED_LONG = (
    1.0  # seconds in line, after which nobody else goes before; so long work goes on where many wait
)


@dataclass(eq=False)
class _Run:
    begin: Event = field(default_factory=Event)
    used: float = 0.0  # seconds of its turns so far, without what it did after them beside others
    since: float = 0.0  # when it stood in line


class Turns:
    """Who is at work, and who stands in line.

    Who has used least time so far is the next ("least attained service"), of equals the first that came: nobody can say
    beforehand how long a run will be, and so short ones need not wait for long ones. Who has waited long goes
    before all.
    """

    def __init__(self, longest: float = LONGEST) -> None:
        self.longest = longest
        self._lock, self._line = Lock(), list[_Run]()
        self._now: _Run | None = None
        self._began = self._ends = self._enough = 0.0
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
        """Long work that has had enough of its turn takes another when it comes to it. Others just go on."""
        mine = self._mine
        if mine is None or (self._now is mine and time.monotonic() < self._enough):
            return
        mine.begin.clear()
        self._stand_in_line(mine)

    @property
    def _mine(self) -> _Run | None:
        """The run of this thread."""
        return getattr(self._own, "run", None)

    def _stand_in_line(self, mine: _Run) -> None:
        """Wait for a turn."""
        with self._lock:
            mine.since = time.monotonic()
            self._line.append(mine)
            if self._now is None or self._now is mine:
                self._next()
        while not mine.begin.wait(max(0.0, self._ends - time.monotonic())):
            with self._lock:
                if time.monotonic() >= self._ends:
                    self._next()

    def _next(self) -> None:
        """Who is next in line begins; nobody is at work where nobody stands there."""
        now = time.monotonic()
        if self._now:
            self._now.used += now - self._began
        self._now, self._began, self._ends = None, now, now + self.longest
        if self._line:
            first = self._line[0]
            if now - first.since < WAITED_LONG:
                first = min(self._line, key=attrgetter("used"))
            self._line.remove(first)
            self._now = first
            self._enough = now + (AGAIN if first.used else self.longest)
            first.begin.set()


RUNS = Turns()  # of all visitors
