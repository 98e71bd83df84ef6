"""Work for an answer: in a few threads, a bounded number in line, and what was made once is kept."""

from __future__ import annotations

import asyncio
import gzip
from collections import Counter
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from threading import BoundedSemaphore, Lock
from time import perf_counter
from typing import TypeVar

from starlette.types import Scope

from door.common.client import client_of
from model.common.cache import Budget, Cache

KEPT_BYTES = 32_000_000  # of answers
LEVEL = 6  # of gzip: higher ones take longer and save a percent
PICTURE = "image/png"
SECONDS = "nettoll.seconds"  # in the scope of a request: how long a thread has worked for it
T = TypeVar("T")


class BusyError(Exception):
    """Too much stands in line."""


@dataclass(frozen=True)
class PackedAnswer:
    """The bytes of an answer, packed where that is of use, and the mark that changes with them.

    `link` leads a person to the same.
    """

    packed: bytes
    media_type: str
    etag: str
    link: str = ""

    @classmethod
    def of(cls, body: bytes, media_type: str, link: str = "") -> PackedAnswer:
        """An answer of these bytes; a picture is packed already."""
        packed = body if media_type == PICTURE else gzip.compress(body, LEVEL, mtime=0)
        mark = sha256(body).hexdigest()[:24]
        return cls(packed, media_type, f'W/"{mark}"', link)  # weak: plain and packed share it

    @property
    def is_packed(self) -> bool:
        return self.media_type != PICTURE

    @property
    def body(self) -> bytes:
        """The bytes for who takes them plain alone: few do, so they are not kept."""
        return gzip.decompress(self.packed) if self.is_packed else self.packed


class ServerWork:
    """Threads for what takes long, and the answers that they made, for everybody.

    Work goes on when nobody waits for it any more, and still counts: who hangs up cannot start more of it.
    """

    def __init__(self, workers: int, waiting: int, of_one: int | None = None) -> None:
        self._pool = ThreadPoolExecutor(workers, "door")
        self._places = BoundedSemaphore(workers + waiting)
        self._of_one = of_one or workers + waiting  # so many places may belong to one client
        self._lock, self._taken = Lock(), Counter[str]()
        self._answers: Cache[PackedAnswer] = Cache(room=Budget(KEPT_BYTES))

    async def run(self, build: Callable[[], T], scope: Scope | None = None) -> T:
        """What `build` gives, made in a thread; raises `BusyError` where too many stand in line, or of this client.

        How long the thread took, longer where others compute too, is added to the `scope` of the request that asked.
        """
        who = client_of(scope or {})
        with self._lock:
            if self._taken[who] >= self._of_one or not self._places.acquire(blocking=False):
                raise BusyError
            self._taken[who] += 1

        def timed() -> T:
            began = perf_counter()
            try:
                return build()
            finally:
                if scope is not None:
                    scope[SECONDS] = scope.get(SECONDS, 0.0) + perf_counter() - began

        def done(_: object) -> None:
            with self._lock:
                self._taken -= Counter([who])  # and who has none left is forgotten
            self._places.release()

        future = self._pool.submit(timed)
        future.add_done_callback(done)
        return await asyncio.wrap_future(future)

    async def answer(
        self, key: Hashable, build: Callable[[], PackedAnswer], scope: Scope | None = None
    ) -> PackedAnswer:
        """The answer of a key: at once where it is there, else made in a thread by `build`."""
        stored = self._answers.look_up(key)
        if stored is not None:
            return stored
        # Who stood in line behind the same question finds its answer made.
        return await self.run(lambda: self._answers.get(key, build), scope)
