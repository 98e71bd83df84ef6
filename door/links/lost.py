"""Paths that no page has: Streamlit shows its first page there as if it were found."""

from __future__ import annotations

from difflib import get_close_matches
from html import escape

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from door.common.safety import POLICY, framed_policy
from door.common.settings import Place
from door.links.embed import STYLE, document
from model.common.citation import project
from model.common.errors import quoted_value

FILES = ("/media/", "/component/", "/app/static/")  # may be HTML
HEADERS = {POLICY: framed_policy(STYLE, "'none'"), "Cache-Control": "no-store"}


class Lost:
    """ASGI middleware around Streamlit: 404 and the ways on, in place of a page that none of ours has answered."""

    def __init__(self, app: ASGIApp, place: Place) -> None:
        self.app, self._place = app, place
        self._files = tuple(place.base + path for path in FILES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(self._files):
            await self.app(scope, receive, send)
            return
        lost = False

        async def found_or_not(message: Message) -> None:
            nonlocal lost
            if message["type"] == "http.response.start":
                headers = Headers(raw=message["headers"])
                # Each page of ours says what it may load; Streamlit's own does not.
                lost = headers.get("content-type", "").startswith("text/html") and POLICY not in headers
                if lost:
                    await self._said(scope["path"])(scope, receive, send)
            if not lost:
                await send(message)

        await self.app(scope, receive, found_or_not)

    def _said(self, path: str) -> Response:
        """What is not here, and links to the first page and to one whose name is like it."""
        own, pages, word = project().name, self._place.pages, path.rstrip("/").rpartition("/")[2].casefold()
        near = get_close_matches(word, [page for page in pages if page], 1)
        links = " · ".join(
            f'<a href="{escape(self._place.base)}/{page}">{escape(pages[page])}</a>' for page in ("", *near)
        )
        said = f"There is no page {escape(quoted_value(path))}."
        words = f'<h1>{escape(own)}</h1><p class="told">{said}</p><p>Go to {links}</p>'
        return Response(document(f"No such page - {own}", words), 404, HEADERS, "text/html")
