"""How many requests a client may send: a bucket of tokens each, filled again as time passes."""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import LRUCache
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from door.problems import problem

MOST_CLIENTS = 10_000  # that are remembered; who comes after is new


@dataclass
class Bucket:
    """The tokens of a client at a time, in seconds."""

    tokens: float
    at: float


class Rate:
    """ASGI middleware: each request takes a token; without one the answer is 429 and when to come again.

    A bucket holds the requests of a minute, so a client may send them all at once. The client is the address from
    which the request came; behind a proxy the server must trust its `X-Forwarded-For` (uvicorn: FORWARDED_ALLOW_IPS).
    Of version 6 a customer of any provider has 2^64 addresses or more: those count as one.
    """

    def __init__(self, app: ASGIApp, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self.app, self.per_minute, self._now = app, per_minute, now
        self._buckets: LRUCache[str, Bucket] = LRUCache(MOST_CLIENTS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] == "OPTIONS":
            await self.app(scope, receive, send)
            return
        bucket = self._filled(client_of((scope.get("client") or ("",))[0]))
        allowed = bucket.tokens >= 1
        if allowed:
            bucket.tokens -= 1
        headers = self._headers(bucket)
        if not allowed:
            wait = math.ceil((1 - bucket.tokens) * 60 / self.per_minute)
            said = f"More than {self.per_minute:,} requests a minute; come again in {wait} s"
            await problem(429, said, headers | {"Retry-After": str(wait)})(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self.app(scope, receive, told)

    def _filled(self, client: str) -> Bucket:
        now = self._now()
        bucket = self._buckets.get(client) or Bucket(self.per_minute, now)
        bucket.tokens = min(self.per_minute, bucket.tokens + (now - bucket.at) * self.per_minute / 60)
        bucket.at = now
        self._buckets[client] = bucket
        return bucket

    def _headers(self, bucket: Bucket) -> dict[str, str]:
        full = math.ceil((self.per_minute - bucket.tokens) * 60 / self.per_minute)
        return {
            "RateLimit-Limit": str(self.per_minute), "RateLimit-Remaining": str(int(bucket.tokens)),
            "RateLimit-Reset": str(full),
        }  # fmt: skip


def client_of(host: str) -> str:
    """Who has an address: itself, of version 6 its network of 64 bits."""
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(number, ipaddress.IPv4Address):
        return host
    mapped = number.ipv4_mapped
    return str(mapped or ipaddress.IPv6Address(int(number) >> 64 << 64))
