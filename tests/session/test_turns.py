"""Runs of the page, one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from views.session import turns, waiting

Run = Callable[[Callable[[], None]], "Future[float]"]


@pytest.fixture
def run() -> Iterator[Run]:
    """Begin a run in a thread of its own; what it gives is when it had its turn."""

    def one(work: Callable[[], None]) -> float:
        with turns.taken():
            began = time.monotonic()
            work()
        return began

    with ThreadPoolExecutor() as threads:
        yield lambda work: threads.submit(one, work)


class Held:
    """A run that goes on until it is let go."""

    def __init__(self, run: Run, first: Callable[[], None] = lambda: None) -> None:
        self._began, self._end = Event(), Event()

        def work() -> None:
            first()
            self._began.set()
            self._end.wait(5)

        self.run = run(work)
        assert self._began.wait(5)

    def let_go(self) -> float:
        """Ends it; when that was."""
        now = time.monotonic()
        self._end.set()
        self.run.result(5)
        return now


def test_the_next_begins_when_the_first_has_ended(run: Run) -> None:
    first = Held(run)
    second = run(lambda: None)
    time.sleep(0.1)
    assert not second.done()
    assert first.let_go() <= second.result(5)


def test_who_has_waited_long_goes_on_beside_the_first(run: Run) -> None:
    first, asked = Held(run), time.monotonic()
    assert run(lambda: None).result(5) >= asked + turns.PATIENCE * 0.99
    assert not first.run.done()
    first.let_go()
    assert turns._TURN.acquire(timeout=5) and not turns._TURN.acquire(
        blocking=False
    )  # nobody gave back what was not theirs
    turns._TURN.release()


def test_long_work_lets_others_by(run: Run) -> None:
    def long() -> None:
        turns.pass_on()
        turns.pass_on()  # once is enough

    first, asked = Held(run, long), time.monotonic()
    assert run(lambda: None).result(5) < asked + turns.PATIENCE
    first.let_go()


def test_a_run_that_raises_gives_its_turn_back(run: Run) -> None:
    def stop() -> None:
        raise waiting.StoppedError

    with pytest.raises(waiting.StoppedError):
        run(stop).result(5)
    asked = time.monotonic()
    assert run(lambda: None).result(5) < asked + turns.PATIENCE
