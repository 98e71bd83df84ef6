"""What the sections of the page How it works share: captions, file names, links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from charts.palette import Caption
from model.catalogue.load import Catalogue
from model.common.text import file_safe
from model.common.version import MODEL_VERSION
from views.words import escaped

# Where a source without an address has its row.
REGISTER = "how-it-works?how.section=sources"


def caption(catalogue: Catalogue, title: str, range_text: str, basis: str, source: str, alt: str) -> Caption:
    """The caption of a chart that belongs to no scenario of the reader."""
    stamp = f"{date.today().isoformat()} · model {MODEL_VERSION} · data {catalogue.data_version}"
    return Caption(title, range_text, basis, source, stamp, alt)


def anchor_link(text: str, anchor: str) -> str:
    """A link to a heading of the page, where the sources of a computed figure stand row by row."""
    return f"[{escaped(text)}](#{anchor})"


def evidence_file_name(what: str) -> str:
    """Content and date, safe on every system."""
    return file_safe(f"evidence_{what}_{date.today().isoformat()}")


def linked_sources(items: Sequence[tuple[str, str]]) -> str:
    """Titles as links, each once; a source without an address has its row among Data and sources."""
    links = dict.fromkeys(
        f"[{escaped(title)}]({url})"
        if url
        else f"{escaped(title)} ([no address, see Data and sources]({REGISTER}))"
        for title, url in items
    )
    return "; ".join(links)
