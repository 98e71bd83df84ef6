"""Errors of the API as RFC 9457 wants them: what is wrong, in which field, with which value, and what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from model.common.errors import DataError, InputError, quoted_value
from model.text.writer import json_text

MEDIA_TYPE = "application/problem+json"
VALUE, TABLES = "urn:nettoll:problem:value", "urn:nettoll:problem:tables"


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, **more: str | None
) -> Response:
    """An error with the HTTP code `status`; `more` are its further members, such as `field`."""
    body: dict[str, Any] = {
        "type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail,
        **{name: value for name, value in more.items() if value is not None},
    }  # fmt: skip
    all_headers = {"Cache-Control": "no-store", **(headers or {})}
    return Response(json_text(body), status, all_headers, MEDIA_TYPE)


def of_input(_: Request, error: Exception) -> Response:
    """A value that cannot be used; tables that cannot be used are ours and not the client's."""
    assert isinstance(error, InputError)
    if isinstance(error, DataError):
        return problem(500, f"{error}", type=TABLES, title="A table of this NetToll cannot be used")
    shown = error.value if isinstance(error.value, str) else repr(error.value)
    value = quoted_value(str(shown))[1:-1]
    return problem(
        400, f"{error}", type=VALUE, title="A value cannot be used", field=error.field, value=value,
        allowed=error.allowed,
    )  # fmt: skip


def of_status(request: Request, error: Exception) -> Response:
    """What is not there, and methods that only a writing API has."""
    assert isinstance(error, HTTPException)
    said = {
        404: f"{quoted_value(request.url.path)} is not here; see openapi.json beside the other addresses",
        405: f"{request.method} is not answered; GET and HEAD are",
    }
    return problem(error.status_code, said.get(error.status_code, error.detail), error.headers)


def of_fault(_: Request, __: Exception) -> Response:
    """A fault of ours; what it was stands in the server's log alone."""
    return problem(500, "This cannot be answered: a fault of this NetToll, written to its log")


def of_busy(_: Request, __: Exception) -> Response:
    """More work is in line than will be done in time."""
    return problem(503, "Too much is being computed at this moment; come again", {"Retry-After": "5"})
