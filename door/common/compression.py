"""Files packed once and kept: Streamlit sends its scripts as they are, four times the bytes of a first visit.

Streamlit leaves that to a proxy, because packing at each request costs more than it saves. Its files have their
content in their name, so each is packed once in the life of the server.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

import anyio.to_thread
import brotli
from cachetools import LRUCache
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from door.common.respond import takes

# A higher quality of Brotli makes the first visitor wait for seconds, and saves a twentieth.
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=7),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}
MOST_BYTES = 24_000_000  # of packed files that are kept
LEAST_BYTES = 500
FILES = ("/static/", "/app/static/", "/_stcore/bidi-components/", "/component/")
TEXTS = (
    "text/",
    "application/javascript",
    "application/json",
    "image/svg+xml",
    "application/wasm",
    "font/ttf",
)
# Packed by their own format: to pack them again costs time and no byte less.
PACKED = (
    ".xlsx",
    ".pptx",
    ".docx",
    ".zip",
    ".pdf",
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".webp",
    ".woff",
    ".woff2",
    ".gz",
)


@dataclass(frozen=True)
class Packed:
    """A packed file with the head of its answer."""

    start: Message
    body: bytes

    def size(self) -> int:
        """Bytes in memory, about."""
        return len(self.body) + 500


class Compression:
    """ASGI middleware around Streamlit: its files come packed to who takes that; packed formats stay as they are."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app, self._files = app, tuple(base + path for path in FILES)
        self._packed_files: LRUCache[tuple[str, str], Packed] = LRUCache(MOST_BYTES, getsizeof=Packed.size)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers, path = Headers(scope=scope), scope["path"]
        if PurePosixPath(path).suffix.lower() in PACKED:
            await self.app(_unpacked(scope), receive, send)
            return
        partly = "range" in headers or "if-none-match" in headers or "if-modified-since" in headers
        form = next((name for name in PACKERS if takes(headers.get("accept-encoding", ""), name)), "")
        if not form or scope["method"] != "GET" or partly or not path.startswith(self._files):
            # Streamlit looks for the word alone and would pack for who says `gzip;q=0`.
            plain = not takes(headers.get("accept-encoding", ""), "gzip")
            await self.app(_unpacked(scope) if plain else scope, receive, send)
            return
        packed = self._packed_files.get((path, form))
        if packed is None:
            packed = await self._packed(scope, receive, send, form)
            if packed is None:
                return
            self._packed_files[path, form] = packed
        await send(packed.start)
        await send({"type": "http.response.body", "body": packed.body})

    async def _packed(self, scope: Scope, receive: Receive, send: Send, form: str) -> Packed | None:
        """The file of a path, packed; None where it was sent as it is."""
        messages: list[Message] = []

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = Headers(raw=message["headers"])
                text = headers.get("content-type", "").startswith(TEXTS)
                long = int(headers.get("content-length", "0") or 0) >= LEAST_BYTES
                if message["status"] != 200 or not text or not long or "content-encoding" in headers:
                    await send(message)
                else:
                    messages.append(message)
            elif messages:
                messages.append(message)
            else:
                await send(message)

        await self.app(_unpacked(scope), receive, hold)
        if not messages:
            return None
        start, body = messages[0], b"".join(part.get("body", b"") for part in messages[1:])
        packed = await anyio.to_thread.run_sync(lambda: PACKERS[form](body))
        headers = MutableHeaders(scope=start)
        headers["Content-Encoding"], headers["Content-Length"] = form, str(len(packed))
        headers.add_vary_header("Accept-Encoding")
        return Packed(start, packed)


def _unpacked(scope: Scope) -> Scope:
    """The same request of a client that takes no packed answers."""
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
