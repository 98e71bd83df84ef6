"""The address of a document as a code to scan."""

from __future__ import annotations

import io

import segno

ROOM = 700  # characters; a denser code does not read from a printed page


def qr_code(link: str) -> str:
    """The address as a code in SVG; empty without one and where it is too long to be read from paper."""
    if not link or len(link) > ROOM:
        return ""
    target = io.BytesIO()
    segno.make(link, error="m", micro=False).save(target, kind="svg", border=1, xmldecl=False, omitsize=True)
    return target.getvalue().decode("utf-8")
