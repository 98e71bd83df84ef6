"""The one cache: results that all readers and all threads may share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")


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
