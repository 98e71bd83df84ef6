"""Runs of the page take turns: side by side they would take the interpreter from each other, and all end late."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore, local

PATIENCE = 0.5  # seconds that a run waits at most: then it goes on beside one that takes long
_TURN = Semaphore()
_RUN = local()  # whether the run of this thread has the turn


@contextmanager
def taken() -> Iterator[None]:
    """One run, in its turn."""
    _RUN.has_turn = _TURN.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        pass_on()


def pass_on() -> None:
    """The next may begin: this run is over, or computes for long in other threads."""
    if getattr(_RUN, "has_turn", False):
        _RUN.has_turn = False
        _TURN.release()
