"""The API under `/api/v1`: who asks with the parameters of a link gets the numbers of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from door.api.answers import ANSWERS
from door.api.description import description
from door.common import problems
from door.common.rate import Rate
from door.common.respond import respond
from door.common.safety import FOR_OTHERS
from door.common.settings import Limits, Place
from door.common.work import BusyError, PackedAnswer, ServerWork
from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.estimation import estimates
from model.text.writer import json_text

VERSION = "/v1"
LONG, LONG_WAITING = ("events", "world"), 16  # answers that take seconds, and how many of them stand in line
OF_ONE = 4  # of them, for one client
SAID = ("ETag", "Link", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After",
        "X-Cost", "X-Most-Draws", "X-Most-Query-Letters")  # fmt: skip


@dataclass(frozen=True)
class Api:
    """What the answers need: where the dashboard stands, limits, threads, and the tables.

    What takes long has a thread of its own, so that a quick question does not wait behind it.
    """

    place: Place
    limits: Limits
    work: ServerWork
    tables: Callable[[], Catalogue] = estimates.catalogue
    long_work: ServerWork = field(default_factory=lambda: ServerWork(1, LONG_WAITING, OF_ONE))
    rate: Middleware | None = None

    def app(self) -> Starlette:
        """The API as an application to mount."""
        routes = [Route(f"{VERSION}/{name}", self._endpoint(name)) for name in ANSWERS]
        routes.append(Route(f"{VERSION}/openapi.json", self._described))
        handlers: dict[Any, Any] = {
            InputError: problems.of_input, HTTPException: problems.of_status, Exception: problems.of_fault,
            BusyError: problems.of_busy,
        }  # fmt: skip
        # Anyone's page may read; nothing can be changed, and no cookie tells who asks.
        anyone = Middleware(
            CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD"],
            allow_headers=["If-None-Match"], expose_headers=SAID, max_age=86_400,
        )  # fmt: skip
        rate = self.rate or Middleware(Rate, per_minute=self.limits.per_minute)
        return Starlette(routes=routes, exception_handlers=handlers, middleware=[anyone, rate])

    def _endpoint(self, name: str) -> Any:
        async def endpoint(request: Request) -> Response:
            most = self.limits.letters
            if len(request.url.query) > most:
                said = f"The query has {len(request.url.query):,} letters; at most {most:,} are read"
                return problems.problem(414, said)
            pairs = tuple(request.query_params.multi_items())

            def build() -> PackedAnswer:
                return ANSWERS[name](self.tables(), self.place, self.limits.draws, pairs)

            # Who names a number of simulations mostly wants more than the usual one.
            is_long = name in LONG or any(key.rpartition(".")[2] == "draws" for key, _ in pairs)
            work = self.long_work if is_long else self.work
            answer = await work.answer((name, pairs), build, request.scope)
            return respond(request, answer, self._limits_said)

        return endpoint

    async def _described(self, request: Request) -> Response:
        def build() -> PackedAnswer:
            text = json_text(description(self.tables(), self.place.address, self.limits))
            return PackedAnswer.of(text.encode(), "application/json")

        answer = await self.work.answer(("openapi",), build, request.scope)
        return respond(request, answer, self._limits_said)

    @property
    def _limits_said(self) -> dict[str, str]:
        return {
            "X-Most-Draws": str(self.limits.draws), "X-Most-Query-Letters": str(self.limits.letters), **FOR_OTHERS,
        }  # fmt: skip
