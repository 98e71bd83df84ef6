"""The one cache: bounded, by the arguments of a call, and nothing of what failed."""

from __future__ import annotations

import pytest

from model.common.cache import Cache, cached


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
    results: Cache[float] = Cache(2)
    with pytest.raises(ZeroDivisionError):
        results.get("share", lambda: 1 / 0)
    assert results.get("share", lambda: 0.5) == 0.5
    assert results.get_all(["share", "rest", "share"], lambda keys: [len(keys)]) == [0.5, 1, 0.5]
