"""Which section of the page How it works is open, and the store that holds it."""

from __future__ import annotations

from views.session.store import PageField, Store, one_of

EVIDENCE, METHODS, SOURCES, CHANGES = (
    "How well it works",
    "The method",
    "Data and sources",
    "Changes and limits",
)
SECTIONS = {"evidence": EVIDENCE, "methods": METHODS, "sources": SOURCES, "changes": CHANGES}
SECTION = "section"


def _fields() -> dict[str, PageField]:
    return {SECTION: one_of("how.section", EVIDENCE, SECTIONS, stays=True)}


STORE = Store("how", _fields)
