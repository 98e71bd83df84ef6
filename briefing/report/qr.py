"""The address of a document as a code to scan."""

from __future__ import annotations

import io

import segno

ROOM = 700  # characters; a denser code does not read from a printed page


def qr_code(link: str) -> str:
    """The address as a code in SVG; empty without one and where it is too long to be read from paper.

    It has a white ground of its own: no scanner reads it on a dark page.
    """
    if not link or len(link) > ROOM:
        return ""
    target = io.BytesIO()
    code = segno.make(link, error="m", micro=False)
    code.save(target, kind="svg", border=2, light="white", xmldecl=False, omitsize=True)
    return target.getvalue().decode("utf-8")
