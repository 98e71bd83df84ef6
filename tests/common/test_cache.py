"""The one cache: bounded in bytes, by the arguments of a call, and nothing of what failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from model.catalogue.load import Catalogue
from model.common.cache import Budget, Cache, cached, weight


def test_a_function_is_called_once_for_its_arguments() -> None:
    calls: list[tuple[int, int]] = []

    @cached(2)
    def product(one: int, other: int = 1) -> int:
        """One times the other."""
        calls.append((one, other))
        return one * other

    assert [product(2), product(2), product(2, other=3), product(2, other=3)] == [2, 2, 6, 6]
    assert calls == [(2, 1), (2, 3)] and product.__doc__ == "One times the other."
    assert product(5) == 5 and product(2, other=3) == 6, "the one asked for least recently was dropped"
    assert product(2) == 2 and calls == [(2, 1), (2, 3), (5, 1), (2, 1)]
    product.clear()
    assert product(2) == 2 and len(calls) == 5


def test_what_fails_is_not_kept() -> None:
    results: Cache[float] = Cache()
    with pytest.raises(ZeroDivisionError):
        results.get("share", lambda: 1 / 0)
    assert results.get("share", lambda: 0.5) == 0.5
    assert results.get_all(["share", "rest", "share"], lambda keys: [len(keys)]) == [0.5, 1, 0.5]


def test_all_caches_together_hold_so_many_bytes_and_no_more() -> None:
    room = Budget(1000_000)
    one, other = Cache[Any](room=room), Cache[Any](room=room)
    made: list[str] = []

    def build(name: str, size: int) -> Any:
        made.append(name)
        return np.zeros(size, dtype=np.uint8)

    for number in range(20):
        one.get(number, lambda: build("one", 100_000))
        other.get(number, lambda: build("other", 100_000))
        assert room.size <= 1_000_000
    assert room.size > 800_000, "and it is used"
    count = len(made)
    other.get(19, lambda: build("again", 1))
    assert len(made) == count, "the newest is still there"
    one.get(0, lambda: build("again", 1))
    assert len(made) == count + 1, "the oldest is not"
    one.get("more than all", lambda: build("large", 2_000_000))
    assert room.size <= 1_000_000 and len(other.get("more", lambda: build("x", 5))) == 5
    one.get("a" * 900_000, lambda: 1)  # a key can be a text of the reader's
    assert 900_000 < room.size <= 1_000_000
    one.clear()
    assert len(other.get("more", lambda: b"")) == 5 and room.size < 1_000_000
    other.clear()
    assert room.size == 0


def test_the_weight_is_that_of_what_is_held(catalogue: Catalogue) -> None:
    @dataclass(frozen=True)
    class Result:
        curve: Any
        text: str
        parts: tuple[Any, ...]
        catalogue: Catalogue

    numbers = np.zeros(1_000_000)
    near = pytest.approx
    assert weight(numbers) == near(8_000_000, rel=0.01)
    assert weight(numbers[::1000]) == near(8_000_000, rel=0.01), "a view keeps the whole"
    assert weight([numbers, numbers[:5], {"same": numbers}]) == near(8_000_000, rel=0.01), "each once"
    assert weight(b"x" * 5_000_000) == near(5_000_000, rel=0.01)
    result = Result(np.zeros(500_000), "é" * 1_000_000, (np.ones(500_000), b"y" * 1000), catalogue)
    assert weight(result) == near(9_000_000, rel=0.02), "and nothing for the tables"
    endless: list[Any] = [numbers]
    endless.append(endless)
    assert weight(endless) == near(8_000_000, rel=0.01)
