"""An answer as HTTP: packed for who takes that, and its mark alone for who has it already."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from door.common.work import PackedAnswer

FRESH_SECONDS = (
    300  # for which nobody need ask again; the same question has the same answer until a new version
)


def respond(request: Request, answer: PackedAnswer, more: dict[str, str]) -> Response:
    """The answer, packed where the client takes that; nothing but its mark where the client has it already."""
    headers = {
        "ETag": answer.etag, "Cache-Control": f"public, max-age={FRESH_SECONDS}", "Vary": "Accept-Encoding",
        **({"Link": f'<{answer.link}>; rel="alternate"; type="text/html"'} if answer.link else {}), **more,
    }  # fmt: skip
    had = request.headers.get("if-none-match", "")
    marks = [mark.strip().removeprefix("W/") for mark in had.split(",")]  # weak and strong are the same here
    if had.strip() == "*" or answer.etag.removeprefix("W/") in marks:
        return Response(status_code=304, headers=headers)
    if answer.is_packed and takes(request.headers.get("accept-encoding", ""), "gzip"):
        headers["Content-Encoding"] = "gzip"
        return Response(answer.packed, headers=headers, media_type=answer.media_type)
    return Response(answer.body, headers=headers, media_type=answer.media_type)


def takes(accepted: str, form: str) -> bool:
    """Whether a client takes a form of packing, as its header `Accept-Encoding` says."""
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in (form, "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
