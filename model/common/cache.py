"""The one cache: results that all readers and all threads may share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import update_wrapper
from threading import Lock
from typing import Generic, ParamSpec, TypeVar

from cachetools import LRUCache

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


class Cache(Generic[Result]):
    """At most `size` results; the one that was asked for least recently is dropped first.

    What may be put in: a result that follows from its key alone and that nobody changes afterwards (set arrays
    to read-only). Nothing of one reader: no name, no choice that is not in the key. A catalogue is a key by itself:
    another one, loaded again, finds nothing of the first.
    """

    def __init__(self, size: int) -> None:
        self._results: LRUCache[Hashable, Result] = LRUCache(size)
        self._lock = Lock()

    def get(self, key: Hashable, build: Callable[[], Result]) -> Result:
        """The result of `key`; `build` makes a missing one. What `build` raises is passed on and nothing cached."""
        return self.get_all([key], lambda _: [build()])[0]

    def known(self, key: Hashable) -> Result | None:
        """The result of `key` where it is there."""
        with self._lock:
            return self._results.get(key)

    def get_all(self, keys: Sequence[Key], build: Callable[[list[Key]], Iterable[Result]]) -> list[Result]:
        """The results of `keys`, in order; one call of `build` makes all that are missing, in the order it gets."""
        with self._lock:
            results = {key: self._results[key] for key in keys if key in self._results}
        missing = [key for key in dict.fromkeys(keys) if key not in results]
        if missing:
            made = build(missing)  # outside of the lock: others need not wait for it
            results.update(zip(missing, made, strict=True))
            with self._lock:
                self._results.update({key: results[key] for key in missing})
        return [results[key] for key in keys]

    def clear(self) -> None:
        with self._lock:
            self._results.clear()


class _Remembered(Generic[Arguments, Result]):
    """A function whose results are in a cache of its own, by its arguments as they are written in the call."""

    def __init__(self, build: Callable[Arguments, Result], size: int) -> None:
        self._build, self._cache = build, Cache[Result](size)
        update_wrapper(self, build)

    def __call__(self, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        return self._cache.get((args, *kwargs.items()), lambda: self._build(*args, **kwargs))

    def clear(self) -> None:
        self._cache.clear()


def cached(size: int) -> Callable[[Callable[Arguments, Result]], _Remembered[Arguments, Result]]:
    """Decorate a function: at most `size` of its results are kept; the rules of `Cache` hold for what it returns.

    A hit costs 3 microseconds; `functools.lru_cache` stays where what it saves is less than that.
    """
    return lambda build: _Remembered(build, size)
