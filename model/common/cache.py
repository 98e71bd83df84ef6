"""The one cache: results that all readers and all threads may share, bounded by the bytes that they take."""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import update_wrapper
from operator import itemgetter
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar

import numpy as np
from cachetools import LRUCache

from model.common import limits

KeyType = TypeVar("KeyType", bound=Hashable)
ResultType = TypeVar("ResultType")
Arguments = ParamSpec("Arguments")


class Lasting:
    """What lives as long as the process, such as the tables: it weighs nothing in a result that refers to it."""


class Budget:
    """Results of several caches in one room of so many bytes; whatever was asked for least recently leaves first."""

    def __init__(self, size: int) -> None:
        self._results: LRUCache[Hashable, tuple[Any, int]] = LRUCache(size, getsizeof=itemgetter(1))
        self.lock = Lock()

    @property
    def size(self) -> int:
        """Bytes that are taken now."""
        return int(self._results.currsize)

    @property
    def most(self) -> int:
        """Bytes that may be taken."""
        return int(self._results.maxsize)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._results

    def __getitem__(self, key: Hashable) -> Any:
        return self._results[key][0]

    def update(self, results: Mapping[Hashable, Any]) -> None:
        """Put results in; one that is larger than the whole room stays outside."""
        for key, result in results.items():
            size = weight(result) + weight(key)
            if size <= self.most:
                self._results[key] = (result, size)

    def clear(self, of: Callable[[Any], bool] = lambda key: True) -> None:
        """Drop the results whose key is `of`."""
        with self.lock:
            for key in [key for key in self._results if of(key)]:
                del self._results[key]


RESULTS = Budget(limits.CACHE_MB * limits.MB)  # of all caches of a process together, with their keys
FILES = Budget(limits.UPLOADS_MB * limits.MB)  # that visitors gave: nobody can make them again


class Cache(Generic[ResultType]):
    """Results by key, in the room that all caches share; the one that was asked for least recently leaves first.

    What may be put in: a result that follows from its key alone and that nobody changes afterwards (set arrays
    to read-only). Nothing of one reader: no name, no choice that is not in the key. A catalogue is a key by itself:
    another one, loaded again, finds nothing of the first.

    With a `count` the cache has a room of its own for so many results, whatever they weigh, and is freed with its
    owner: for the project's own tables, which stay, and for the work of one call.
    """

    def __init__(self, count: int | None = None, room: Budget | None = None) -> None:
        shared = room or RESULTS
        self._room: Any = shared if count is None else LRUCache(count)
        self._lock = shared.lock if count is None else Lock()
        self._shared = count is None

    def _own(self, key: Hashable) -> Hashable:
        """The key in the room: others may have the same."""
        return (self, key) if self._shared else key

    def get(self, key: Hashable, build: Callable[[], ResultType]) -> ResultType:
        """The result of `key`; `build` makes a missing one. What `build` raises is passed on and nothing cached."""
        return self.get_all([key], lambda _: [build()])[0]

    def look_up(self, key: Hashable) -> ResultType | None:
        """The result of `key` where it is there."""
        with self._lock:
            result: ResultType | None = self._room[own] if (own := self._own(key)) in self._room else None
            return result

    def get_all(
        self, keys: Sequence[KeyType], build: Callable[[list[KeyType]], Iterable[ResultType]]
    ) -> list[ResultType]:
        """The results of `keys`, in order; one call of `build` makes all that are missing, in the order it gets."""
        room, own = self._room, self._own
        with self._lock:
            results = {key: room[own(key)] for key in keys if own(key) in room}
        missing = [key for key in dict.fromkeys(keys) if key not in results]
        if missing:
            made = build(missing)  # outside of the lock: others need not wait for it
            results.update(zip(missing, made, strict=True))
            with self._lock:
                room.update({own(key): results[key] for key in missing})
        return [results[key] for key in keys]

    def clear(self) -> None:
        if self._shared:
            self._room.clear(lambda key: key[0] is self)
            return
        with self._lock:
            self._room.clear()


class _Remembered(Generic[Arguments, ResultType]):
    """A function whose results are in a cache of its own, by its arguments as they are written in the call."""

    def __init__(self, build: Callable[Arguments, ResultType], count: int | None) -> None:
        self._build, self._cache = build, Cache[ResultType](count)
        update_wrapper(self, build)

    def __call__(self, *args: Arguments.args, **kwargs: Arguments.kwargs) -> ResultType:
        return self._cache.get((args, *kwargs.items()), lambda: self._build(*args, **kwargs))

    def clear(self) -> None:
        self._cache.clear()


def cached(
    count: int | None = None,
) -> Callable[[Callable[Arguments, ResultType]], _Remembered[Arguments, ResultType]]:
    """Decorate a function: its results are cached; the rules of `Cache` hold for what it returns and for `count`.

    A hit costs 3 microseconds; `functools.lru_cache` stays where what it saves is less than that.
    """
    return lambda build: _Remembered(build, count)


SMALL = (float, int, bool, type(None), np.float64)
SINGLE = 28  # bytes of a number


def weight(value: object) -> int:
    """About how many bytes a value takes: its arrays, texts, and all that it holds, each once."""
    total, seen, left = 0, set[int](), [value]
    while left:
        item = left.pop()
        kind = type(item)
        if kind in SMALL:  # most of all items, and quicker counted than told apart
            total += SINGLE
            continue
        if id(item) in seen or isinstance(item, (Lasting, type, Cache)):
            continue
        seen.add(id(item))
        if isinstance(item, np.ndarray):
            if isinstance(item.base, np.ndarray):
                left.append(item.base)  # a view keeps the whole
            else:
                total += item.nbytes
            total += 112
            continue
        total += sys.getsizeof(item, 64)
        if kind in (str, bytes) or callable(item):
            continue
        if isinstance(item, (list, tuple, set, frozenset)):
            left += item
        elif isinstance(item, Mapping):
            left += item.keys()
            left += item.values()
        elif (usage := getattr(item, "memory_usage", None)) is not None and hasattr(item, "columns"):
            total += int(usage(deep=True).sum())
        else:
            left += getattr(item, "__dict__", {}).values()
            left += [getattr(item, name, None) for name in getattr(kind, "__slots__", ())]
    return total
