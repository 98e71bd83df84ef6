"""Figures that other sites can show in a frame: which there are, and the text to paste for one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from html import escape
from typing import NamedTuple

from briefing.common.links import page_link
from model.common.citation import project
from model.common.version import MODEL_VERSION
from model.reading.dates import day_text

PATH, FIGURE, FROZEN = "embed", "figure", "frozen"
# Each with its name and the height of its frame in pixels, on a phone too.
FIGURES = {
    "number": ("Number and range", 340), "curve": ("Cost by length", 560),
    "world": ("The economies that lose the most", 860),
}  # fmt: skip
MODEL_AND_DATA = "~"  # between the two versions
VERSIONS = re.compile(rf"[\d.]{{1,20}}{MODEL_AND_DATA}[\d.]{{1,20}}")


def frozen_at(data_version: str) -> str:
    """The versions of today, as an address names them."""
    return f"{MODEL_VERSION}{MODEL_AND_DATA}{data_version}"


class Frozen(NamedTuple):
    """What a figure says on a day, and the version of its data."""

    said: str
    data_version: str
    day: date


def embed_code(
    address: str, figure: str, query: Mapping[str, str], about: str, frozen: Frozen | None = None
) -> str:
    """The text to paste into a page of one's own; '' without an address that others can open.

    A figure that is `frozen` names the versions of that day, and says so where the server has others by then. What it
    said stands below it as text, in the page of who pasted it.
    """
    own = {FIGURE: figure, **query} | ({FROZEN: frozen_at(frozen.data_version)} if frozen else {})
    link = page_link(address, PATH, own)
    if not link:
        return ""
    frame = (
        f'<iframe src="{escape(link)}" title="{escape(about)}" width="100%" height="{FIGURES[figure][1]}" '
        'style="border:0" loading="lazy"></iframe>'
    )
    if frozen is None:
        return frame
    versions = f"model {MODEL_VERSION}, data {frozen.data_version}"
    caption = escape(f"{frozen.said} {project().name} on {day_text(frozen.day)}, {versions}.")
    return f'<figure style="margin:0">{frame}<figcaption dir="auto">{caption}</figcaption></figure>'
