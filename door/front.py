"""Everything that the server answers beside Streamlit's own paths, ready to be handed to `st.App`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from briefing.common import embed as embed_text
from briefing.common.links import given_address
from door.api.app import Api
from door.common.compression import Compression
from door.common.files import FILES
from door.common.problems import of_busy
from door.common.rate import Rate, buckets
from door.common.respond import respond
from door.common.safety import FOR_OTHERS, POLICY, Safety
from door.common.settings import Limits, Place
from door.common.work import BusyError, PackedAnswer, ServerWork
from door.links import embed
from door.links.finding import finding
from door.links.lost import Lost
from door.links.page_head import PageHead
from door.links.preview import picture
from model.common.errors import InputError
from model.estimation import estimates

HEADS = 8  # pages that wait for their finding in a thread of their own: pages have no rate
HOUR = {"Cache-Control": "public, max-age=3600", **FOR_OTHERS}
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Front:
    """What `st.App` takes: routes before Streamlit's own, and middleware around all of them."""

    routes: list[BaseRoute]
    middleware: list[Middleware]


def front(html: Path, base: str, pages: Mapping[str, str], former: tuple[str, ...]) -> Front:
    """The front of this server. `html` is the page that Streamlit would send at the paths of `pages` and `former`.

    `pages` has their names. `base` is the path under which the dashboard stands on its host, '' for none. A setting of
    the environment that cannot be used ends the start with one line (`SystemExit`).
    """
    try:
        address = given_address(None)
    except InputError as problem:
        raise SystemExit(f"error: {problem}") from None
    place = Place(f"/{base.strip('/')}".rstrip("/"), address, pages)
    return made(html, place, Limits(), former)


def made(html: Path, place: Place, limits: Limits, former: tuple[str, ...] = ()) -> Front:
    """The same for a place and limits."""
    work, base = ServerWork(limits.workers, limits.waiting), place.base
    head = PageHead(html, place, limits, ServerWork(1, HEADS))
    rate = Middleware(Rate, per_minute=limits.per_minute, of_all=buckets())
    routes: list[BaseRoute] = [
        Mount(f"{base}/api", Api(place, limits, work, rate=rate).app()),
        Route(f"{base}/preview.png", _picture(place, limits, work), middleware=[rate]),
        Route(f"{base}/{embed_text.PATH}", _embed(place, limits, work), middleware=[rate]),
        *(Route(f"{base}/{name}", _file(answer, place)) for name, answer in FILES.items()),
        Route(f"{base}/", head.answer),
        *(Route(f"{base}/{page}", head.answer, name=page) for page in (*place.pages, *former) if page),
    ]
    safety = Middleware(Safety, policy=head.policy, base=base)
    return Front(routes, [safety, Middleware(Compression, base=base), Middleware(Lost, place=place)])


def _file(answer: Callable[[Place], PackedAnswer], place: Place) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return respond(request, answer(place), HOUR)

    return endpoint


def _picture(place: Place, limits: Limits, work: ServerWork) -> Endpoint:
    """`/preview.png?page=world&...`: without a page the first one."""

    async def endpoint(request: Request) -> Response:
        if len(request.url.query) > limits.letters:
            return Response(status_code=414)
        query = dict(request.query_params)
        page, day = query.pop("page", ""), date.today()
        try:
            answer = await work.answer(
                ("preview", page, tuple(query.items())),
                lambda: picture(finding(estimates.catalogue(), page, query, day), place), request.scope,
            )  # fmt: skip
        except BusyError as busy:
            return of_busy(request, busy)
        return respond(request, answer, HOUR)

    return endpoint


def _embed(place: Place, limits: Limits, work: ServerWork) -> Endpoint:
    """`/embed?figure=curve&...`: the link of a page with the figure that is shown."""
    headers = {POLICY: embed.POLICY, **FOR_OTHERS}

    async def endpoint(request: Request) -> Response:
        if len(request.url.query) > limits.letters:
            return Response(status_code=414)
        pairs = tuple(request.query_params.multi_items())
        try:
            answer = await work.answer(
                (embed_text.PATH, pairs),
                lambda: embed.embedded(estimates.catalogue(), place, limits, pairs), request.scope,
            )  # fmt: skip
        except InputError as problem:
            return Response(embed.refused(problem).body, 400, headers, "text/html")
        except BusyError as busy:
            return of_busy(request, busy)
        return respond(request, answer, headers)

    return endpoint
