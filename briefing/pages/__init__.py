"""Files of any page: what the page found, its tables and what they rest on, as neutral content for every format.

A page is a module here that makes a `PageContent` from the model's results; a format is a module that sets one out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from briefing import FORMATS, Made
from briefing.common.turns import AT_ONCE

if TYPE_CHECKING:
    from briefing.pages.content import PageContent


@dataclass(frozen=True)
class PageFormat:
    """A kind of file of a page: which module's `make` makes it, and one line beside its button."""

    module: str
    about: str


PAGE_FORMATS = {
    "pptx": PageFormat("slides", "The finding, then a slide for each table, with native charts."),
    "xlsx": PageFormat("book", "One table a sheet, with a contents sheet; numbers stay numbers."),
    "pdf": PageFormat("pdf", "Findings, dots with ranges and tables on paper, with a QR code of the link."),
    "html": PageFormat("html", "Findings, charts and tables in one file; works without a connection."),
    "zip": PageFormat("package", "CSV, JSON and a description of every column."),
}
PAGES = {
    "compare": "The comparison", "world": "World", "events": "My list of events", "firm": "My firm",
    "pakistan": "Pakistan IT",
}  # fmt: skip


def make_page(key: str, content: PageContent, template: bytes | None = None) -> Made:
    """The file of a format, a key of `PAGE_FORMATS`; `template` is a reader's own .pptx, for the formats that take one.

    Raises `InputError` for a bad template.
    """
    build: Callable[..., bytes] = import_module(f"{__name__}.{PAGE_FORMATS[key].module}").make
    with AT_ONCE:
        data = build(content, template) if FORMATS[key].takes_template else build(content)
    return Made(f"{content.stem}.{key}", FORMATS[key].mime, data)
