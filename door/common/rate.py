"""How much a client may ask for: a bucket of tokens each, filled again as time passes."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import LRUCache
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from door.common.client import client_of
from door.common.problems import problem
from door.common.work import SECONDS

MOST_CLIENTS = 10_000  # that are remembered; who comes after is new
TOKEN = 0.05  # seconds on the clock of the server while an answer is made
COST = (
    f"an answer takes 1 unit, and 1 more for each {TOKEN:g} s of time on the server while it is computed, "
    "which is longer on a busy server"
)


@dataclass
class Bucket:
    """The tokens of a client at a time, in seconds."""

    tokens: float
    at: float


def buckets() -> LRUCache[str, Bucket]:
    """Room for the buckets of all clients."""
    return LRUCache(MOST_CLIENTS)


class Rate:
    """ASGI middleware: each request takes tokens; without one the answer is 429 and when to come again.

    One is taken at once and the others for the work when it is done, so that a client may owe some. A bucket holds the
    tokens of a minute, so a client may use them all at once; several places share `of_all`. The client is the address
    from which the request came; behind a proxy the server must trust its `X-Forwarded-For` (uvicorn:
    FORWARDED_ALLOW_IPS). Of version 6 a customer of any provider has 2^64 addresses or more: those count as one.
    """

    def __init__(
        self, app: ASGIApp, per_minute: int, of_all: LRUCache[str, Bucket] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.app, self.per_minute, self._now = app, per_minute, now
        self._buckets = buckets() if of_all is None else of_all

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] == "OPTIONS":
            await self.app(scope, receive, send)
            return
        bucket = self._filled(client_of(scope))
        allowed = bucket.tokens >= 1
        if allowed:
            bucket.tokens -= 1
        if not allowed:
            wait = math.ceil((1 - bucket.tokens) * 60 / self.per_minute)
            said = f"The {self.per_minute:,} units of a minute are used: {COST}; come again in {wait} s"
            headers = self._headers(bucket, 0) | {"Retry-After": str(wait)}
            await problem(429, said, headers)(scope, receive, send)
            return

        async def charged(message: Message) -> None:
            if message["type"] == "http.response.start":
                worked = int(scope.get(SECONDS, 0.0) / TOKEN)
                bucket.tokens -= worked
                MutableHeaders(scope=message).update(self._headers(bucket, 1 + worked))
            await send(message)

        await self.app(scope, receive, charged)

    def _filled(self, client: str) -> Bucket:
        now = self._now()
        bucket = self._buckets.get(client) or Bucket(self.per_minute, now)
        bucket.tokens = min(self.per_minute, bucket.tokens + (now - bucket.at) * self.per_minute / 60)
        bucket.at = now
        self._buckets[client] = bucket
        return bucket

    def _headers(self, bucket: Bucket, cost: int) -> dict[str, str]:
        full = math.ceil((self.per_minute - bucket.tokens) * 60 / self.per_minute)
        return {
            "RateLimit-Limit": str(self.per_minute), "RateLimit-Remaining": str(max(0, int(bucket.tokens))),
            "RateLimit-Reset": str(full), "X-Cost": str(cost),
        }  # fmt: skip
