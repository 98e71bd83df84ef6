"""How well the model does, what it computes, what it rests on and what was changed: one section at a time."""

from __future__ import annotations

from views.pages.evidence import page as evidence
from views.pages.how.controls import CHANGES, EVIDENCE, METHODS, SECTION, SECTIONS, SOURCES, STORE
from views.pages.methods import changes
from views.pages.methods import page as methods
from views.pages.sources import page as sources
from views.parts.choices import choice_field

DRAWN = {EVIDENCE: evidence.page, METHODS: methods.page, SOURCES: sources.page, CHANGES: changes.page}


def page() -> None:
    """The index, and the section that is open; what the others show is not computed."""
    section = str(STORE.get(SECTION))
    choice_field(STORE, SECTION, "Section of this page", "w_how_section", SECTIONS.values(), hidden=True)
    DRAWN[section]()
