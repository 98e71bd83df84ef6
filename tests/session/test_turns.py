"""Runs of the page, one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import BoundedSemaphore, Event

import pytest
from helpers import estimate_page

from views.session import turns, waiting

Run = Callable[[Callable[[], None]], "Future[float]"]


@pytest.fixture
def every() -> turns.Turns:
    return turns.Turns(longest=30.0)


@pytest.fixture
def run(every: turns.Turns) -> Iterator[Run]:
    """Begin a run in a thread of its own; what it gives is when it had its turn."""

    def one(work: Callable[[], None]) -> float:
        with every.taken():
            began = time.monotonic()
            work()
        return began

    with ThreadPoolExecutor() as threads:
        yield lambda work: threads.submit(one, work)


class LongRun:
    """A run that goes on until it is let go."""

    def __init__(self, run: Run) -> None:
        self._began, self._end = Event(), Event()

        def work() -> None:
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
    first = LongRun(run)
    second = run(lambda: None)
    time.sleep(0.05)
    assert not second.done()
    assert first.let_go() <= second.result(5)


def test_a_run_that_takes_long_lets_one_by(every: turns.Turns, run: Run) -> None:
    every.longest, asked = 0.1, time.monotonic()
    first = LongRun(run)
    every.longest = 30.0
    second = LongRun(run)
    assert time.monotonic() >= asked + 0.1
    third = run(lambda: None)
    first.let_go()  # its turn is the second's now: it has none to pass on
    time.sleep(0.05)
    assert not third.done()
    assert second.let_go() <= third.result(5)


def test_the_first_that_came_is_the_first(run: Run) -> None:
    first, order = LongRun(run), list[int]()
    others = []
    for number in range(5):
        others.append(run(partial(order.append, number)))
        time.sleep(0.01)
    first.let_go()
    for one in others:
        one.result(5)
    assert order == [0, 1, 2, 3, 4]


def test_long_work_takes_another_turn_behind_those_who_wait(every: turns.Turns, run: Run) -> None:
    order = list[str]()
    slow_began, slow_on = Event(), Event()

    def slow() -> None:
        order.append("slow")
        slow_began.set()
        slow_on.wait(5)
        every.again()
        order.append("slow again")

    every.longest = 0.0  # its turn is over at once
    long = run(slow)
    assert slow_began.wait(5)
    every.longest = 30.0
    first = LongRun(run)
    second = run(partial(order.append, "second"))
    time.sleep(0.05)  # the second stands in line
    slow_on.set()
    time.sleep(0.05)
    assert order == ["slow"]
    first.let_go()
    long.result(5)
    second.result(5)
    assert order == ["slow", "second", "slow again"]


def test_within_its_turn_work_just_goes_on(every: turns.Turns, run: Run) -> None:
    order = list[str]()

    def work() -> None:
        waits = run(partial(order.append, "other"))
        time.sleep(0.05)
        every.again()
        assert not waits.done()
        order.append("work")

    run(work).result(5)
    assert order[0] == "work"


def test_long_work_has_short_turns_from_its_second_on(every: turns.Turns, run: Run) -> None:
    order = list[str]()

    def work() -> None:
        time.sleep(0.02)
        every.longest = 30.0
        every.again()  # from here on it is long work
        waits = run(partial(order.append, "other"))
        every.again()
        assert not waits.done(), "it has just begun"
        time.sleep(turns.AGAIN)
        every.again()
        order.append("work")

    every.longest = 0.01
    run(work).result(5)
    assert order == ["other", "work"]


def wait_for_line(every: turns.Turns, length: int) -> None:
    until = time.monotonic() + 5
    while len(every._line) < length and time.monotonic() < until:
        time.sleep(0.005)
    assert len(every._line) == length


@pytest.mark.parametrize(("waited_long", "said"), [(30.0, ["short", "long"]), (0.0, ["long", "short"])])
def test_who_used_least_is_the_next_unless_another_waits_for_long(
    monkeypatch: pytest.MonkeyPatch, every: turns.Turns, run: Run, waited_long: float, said: list[str]
) -> None:
    monkeypatch.setattr(turns, "WAITED_LONG", waited_long)
    order, first = list[str](), list[LongRun]()

    def work() -> None:
        time.sleep(0.02)
        every.longest = 30.0
        first.append(LongRun(run))  # this run has had its time: another begins beside it
        every.again()
        order.append("long")

    every.longest = 0.01
    long = run(work)
    wait_for_line(every, 1)  # of the long one
    short = run(partial(order.append, "short"))
    wait_for_line(every, 2)
    first[0].let_go()
    long.result(5)
    short.result(5)
    assert order == said


def test_who_waits_for_something_else_passes_the_turn_on(
    monkeypatch: pytest.MonkeyPatch, every: turns.Turns, run: Run
) -> None:
    """A page that is not admitted to long work yet is not in the way of the others."""
    monkeypatch.setattr(turns, "RUNS", every)
    monkeypatch.setattr(waiting, "ADMITTED", admitted := BoundedSemaphore())
    monkeypatch.setattr(waiting, "PATIENCE", 10.0)  # no bar: there is no page
    order = list[str]()
    admitted.acquire()
    long = run(lambda: waiting.watched("work", "Computing …", lambda tick: order.append("work")))
    run(partial(order.append, "other")).result(5)
    admitted.release()
    long.result(5)
    assert order == ["other", "work"]


def test_what_is_no_run_of_a_page_never_waits(every: turns.Turns, run: Run) -> None:
    first = LongRun(run)
    every.again()
    assert not first.run.done()
    first.let_go()


def test_the_runs_of_the_page_are_those_that_take_turns() -> None:
    longest, turns.RUNS.longest = turns.RUNS.longest, 30.0
    with ThreadPoolExecutor(1) as threads:
        try:
            with turns.RUNS.taken():
                future = threads.submit(estimate_page.untouched)
                with pytest.raises(TimeoutError):
                    future.result(1.0)
            assert not future.result(30).exception
        finally:
            turns.RUNS.longest = longest


def test_long_work_of_a_page_asks_for_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()
    monkeypatch.setattr(turns.RUNS, "again", lambda: asked.append("turn"))

    def build(tick: Callable[[float], None]) -> None:
        for part in ("a", "b"):
            asked.append(part)
            tick(0.5)

    monkeypatch.setattr(waiting, "PATIENCE", 10.0)  # no bar: there is no page
    waiting.watched("work", "Computing …", build)
    assert asked == ["a", "turn", "b", "turn"]


def test_a_run_that_raises_passes_its_turn_on(run: Run) -> None:
    def stop() -> None:
        raise waiting.StoppedError

    with pytest.raises(waiting.StoppedError):
        run(stop).result(5)
    run(lambda: None).result(5)
