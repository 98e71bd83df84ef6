"""A small store of results that all threads share."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Kept(Generic[Result]):
    """The results that are kept for everybody, the least used let go first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.found: OrderedDict[Hashable, Result] = OrderedDict()
        self.lock = Lock()

    def of(self, key: Hashable, build: Callable[[], Result]) -> Result:
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
                return self.found[key]
        made = build()  # outside of the lock: others need not wait for it
        with self.lock:
            self.found[key] = made
            while len(self.found) > self.most:
                self.found.popitem(last=False)
        return made

    def clear(self) -> None:
        with self.lock:
            self.found.clear()
