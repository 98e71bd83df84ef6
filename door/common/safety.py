"""What every answer says to a browser of what it may do: load nothing from elsewhere, stand in no foreign frame."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit's own ways in: what it counts of itself, and a second way to drive the page.
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
NEVER_FRAMED = {"X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin"}
FOR_ALL = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
# A hundred files come with a page: what only a document can do need not be forbidden to each.
FOR_PAGES = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NO_PAGE = "default-src 'none'; frame-ancestors 'none'"
POLICY, EMBEDDER = "Content-Security-Policy", "Cross-Origin-Resource-Policy"
FOR_OTHERS = {EMBEDDER: "cross-origin"}  # of answers that other sites may show


def policy_of(html: str) -> str:
    """What a page may load: all of it from its own host. `html` is the page as it is sent, with its inline scripts.

    Streamlit and Plotly set styles on elements; Streamlit's components come as scripts of its own host or as blobs.
    """
    inline = " ".join(
        f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in INLINE.findall(html)
    )
    parts = {
        "default-src": "'none'", "script-src": f"'self' blob: {inline}".rstrip(), "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:", "font-src": "'self' data:", "connect-src": "'self' data: blob:",
        "media-src": "'self' blob:", "worker-src": "'self' blob:", "manifest-src": "'self'", "base-uri": "'self'",
        "form-action": "'self'", "frame-ancestors": "'none'",
    }  # fmt: skip
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def framed_policy(style: str, by: str = "*") -> str:
    """What a light page may do: be looked at, in its own style; a figure also in a frame, `by` whom it is framed."""
    mark = b64encode(sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{mark}'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {by}"
    )


class Safety:
    """ASGI middleware: the headers on every answer that has not its own, and the paths that are closed."""

    def __init__(self, app: ASGIApp, policy: str, base: str = "") -> None:
        self.app, self._closed = app, tuple(base + path for path in CLOSED)
        self._page = {**FOR_ALL, **NEVER_FRAMED, **FOR_PAGES, POLICY: policy}
        self._file = {**FOR_ALL, **NEVER_FRAMED, POLICY: NO_PAGE}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                framed = "frame-ancestors *" in headers.get(POLICY, "")
                page = headers.get("content-type", "").startswith("text/html")
                for name, value in (self._page if page else self._file).items():
                    if not (framed and name == "X-Frame-Options"):
                        headers.setdefault(name, value)
            await send(message)

        if scope["path"].startswith(self._closed):
            await PlainTextResponse("Not Found", 404)(scope, receive, send_guarded)
            return
        await self.app(scope, receive, send_guarded)
