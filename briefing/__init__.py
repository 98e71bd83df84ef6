"""What a person takes away: slides, workbook, report and data package of one scenario, all from the same numbers.

Start at `make`. Each format's library is loaded only when that format is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.content import Content


@dataclass(frozen=True)
class Format:
    """One kind of file: which module makes it, and how a browser takes it."""

    key: str
    label: str
    module: str
    mime: str


OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    item.key: item
    for item in (
        Format("pptx", "Slides", "slides", f"{OFFICE}.presentationml.presentation"),
        Format("xlsx", "Workbook", "workbook", f"{OFFICE}.spreadsheetml.sheet"),
        Format("pdf", "Report", "report_pdf", "application/pdf"),
        Format("html", "Interactive report", "report_html", "text/html"),
        Format("zip", "Data package", "package", "application/zip"),
    )
}


@dataclass(frozen=True)
class Made:
    """A finished file."""

    name: str
    mime: str
    data: bytes


def make(key: str, content: Content, template: bytes | None = None) -> Made:
    """The file of a format; `template` is a reader's own .pptx. Raises `InputError` for a bad template."""
    chosen = FORMATS[key]
    build: Callable[..., bytes] = import_module(f"briefing.{chosen.module}").make
    data = build(content, template) if key == "pptx" else build(content)
    return Made(f"{content.stem}.{key}", chosen.mime, data)
