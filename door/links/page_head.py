"""The HTML of a page as the server sends it: Streamlit's, with the title, finding and picture of this very link.

A reader's browser replaces the title when the page is drawn; search engines and messengers read no further than here.
"""

from __future__ import annotations

import asyncio
import re
from datetime import date
from html import escape
from logging import getLogger
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from door.common.respond import respond
from door.common.safety import POLICY, policy_of
from door.common.settings import Limits, Place
from door.common.work import BusyError, PackedAnswer, ServerWork
from door.links.finding import Finding, finding, plain
from model.common.citation import project
from model.common.errors import InputError
from model.estimation import estimates

PATIENCE = 1.5  # seconds that a browser waits for the finding; then the page comes without it
FRESH = "no-cache"  # ask each time whether it is still this one
PICTURE_WIDTH, PICTURE_HEIGHT = 1200, 630
# Of Streamlit's page: its licence, its name, its icon, the description of its own agent API, its words without scripts.
FOREIGN = (
    re.compile(r"^\s*<!--.*?-->\s*(?=<!DOCTYPE)", re.DOTALL),
    re.compile(r"\s*<title>.*?</title>", re.DOTALL),
    re.compile(r'\s*<link rel="shortcut icon"[^>]*>'),
    re.compile(r"\s*<!--(?:(?!-->).)*-->\s*<link rel=\"service-desc\"[^>]*>", re.DOTALL),
    re.compile(r"\s*<noscript>.*?</noscript>", re.DOTALL),
)


class PageHead:
    """Answers the addresses of the pages. `html` is the file that Streamlit would send."""

    def __init__(self, html: Path, place: Place, limits: Limits, work: ServerWork) -> None:
        text = html.read_text(encoding="utf-8")
        for foreign in FOREIGN:
            text = foreign.sub("", text, count=1)
        self._before, first, self._after = text.partition(
            "<link"
        )  # behind the letters that the page is written in
        self._after = first + self._after
        self.policy = policy_of(text)
        self._place, self._limits, self._work = place, limits, work

    async def answer(self, request: Request) -> Response:
        """The page of a path with the head of its link."""
        page = request.url.path.removeprefix(self._place.base).strip("/")
        shown = await self._finding(page, dict(request.query_params))
        text = self._before + tags(shown, self._place) + self._after
        text = text.replace("<body>", f"<body>{without_scripts(shown, self._place)}", 1)
        # Packed here: middlewares of Streamlit leave the first page alone.
        answer = PackedAnswer.of(text.encode(), "text/html")
        return respond(request, answer, {"Cache-Control": FRESH, POLICY: self.policy})

    async def _finding(self, page: str, query: dict[str, str]) -> Finding:
        letters = sum(len(name) + len(text) for name, text in query.items())
        if page not in self._place.pages:  # a former path: the page of today is not known here
            return plain("")
        if letters > self._limits.letters:
            return plain(page)
        try:
            made = self._work.run(lambda: finding(estimates.catalogue(), page, query, date.today()))
            return await asyncio.wait_for(made, PATIENCE)
        except (TimeoutError, BusyError, InputError):
            return plain(page)
        except Exception:  # a page without a preview is still a page
            getLogger(__name__).exception("no finding for the head of a page")
            return plain(page)


def tags(shown: Finding, place: Place) -> str:
    """Title, description, canonical address and what messengers read, in front of what Streamlit needs."""
    own, title, link = project(), place.title(shown.page, shown.about), place.link(shown.page, shown.query)
    pictured = {"page": shown.page, **shown.query} if shown.page else shown.query
    # A link that is too long for the programs that read it is none: then the picture is that of the first page.
    picture = place.link("preview.png", pictured) or place.link("preview.png", {})
    named = {
        "description": shown.said, "twitter:card": "summary_large_image", "twitter:title": title,
        "twitter:description": shown.said, "twitter:image": picture,
    }  # fmt: skip
    open_graph = {
        "og:type": "website", "og:site_name": own.name, "og:title": title, "og:description": shown.said,
        **({"og:url": link} if place.address and link else {}), "og:image": picture, "og:image:type": "image/png",
        "og:image:width": str(PICTURE_WIDTH), "og:image:height": str(PICTURE_HEIGHT), "og:image:alt": shown.said,
    }  # fmt: skip
    lines = [
        f"<title>{escape(title)}</title>",
        *(f'<meta name="{name}" content="{escape(text)}" />' for name, text in named.items()),
        *(f'<meta property="{name}" content="{escape(text)}" />' for name, text in open_graph.items()),
        *([f'<link rel="canonical" href="{escape(link)}" />'] if link else []),
        f'<link rel="icon" type="image/svg+xml" href="{place.base}/icon.svg" />',
        f'<link rel="service-desc" type="application/json" href="{place.base}/api/v1/openapi.json" />',
    ]
    return "\n    ".join(lines) + "\n    "


def without_scripts(shown: Finding, place: Place) -> str:
    """What who runs no scripts reads: the finding, and where the numbers are."""
    api = f"{place.base}/api/v1"
    title = escape(place.title(shown.page, shown.about))
    words = f"<h1>{title}</h1><p>{escape(shown.said)}</p><p>The page itself needs JavaScript. The same "
    return (
        f'\n    <noscript>{words}numbers without it: <a href="{api}/openapi.json">{api}</a>.</p></noscript>'
    )
