"""The values that an event leaves open, in words: on the page, in titles and in notes they read alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from model.common.numbers import duration_text, trimmed

if TYPE_CHECKING:
    from model.scenario.events import Range

LABELS = {
    "hours": "Length", "spells": "Number of spells", "ratio": "Quality left", "capacity_lost": "Capacity lost",
    "place": "Share of the country", "platform.weight": "Weight of the platform",
}  # fmt: skip
# How the title of an event ends whose open values stand at other sizes.
TOLD = re.compile(r" \((low|high|between low and high), (an assumption|as read)\)$")
WEEK, QUARTER = 168.0, 6.0


def length_words(hours: float) -> str:
    """A length as its sources give it: `50 hours` where days would be broken, else as on the page."""
    if 48 <= hours < WEEK and hours % QUARTER:
        return f"{hours:g} hours"
    return duration_text(hours)


def share_words(share: float) -> str:
    """A share to three digits: `0.09 %`, `47.4 %`, `70 %`."""
    return f"{trimmed(share * 100, 3)} %"


def size_words(item: Range, value: float) -> str:
    """A value of a range alone, under its label: `14 days`, `43 %`, `5`; lengths all in hours where one is."""
    if item.field == "hours":
        in_hours = any("hour" in length_words(end) for end in (item.low, item.best, item.high))
        return f"{value:g} hour{'' if value == 1 else 's'}" if in_hours else length_words(value)
    return f"{value:g}" if item.field in ("spells", "platform.weight") else share_words(value)


def value_words(item: Range, value: float, hours: float) -> str:
    """A value that says what it is: `14 days`, `capacity lost 43 %`, `5 spells of 10 hours`."""
    size = size_words(item, value)
    if item.field == "hours":
        return size
    if item.field == "spells":
        return f"{size} spells of {length_words(hours)}"
    return f"{LABELS[item.field][0].lower()}{LABELS[item.field][1:]} {size}"


def range_words(item: Range) -> str:
    """A range as a sentence: from low to high with the best value, or the bound where best is an end."""
    low, best, high = (size_words(item, value) for value in (item.low, item.best, item.high))
    basis = "an assumption" if item.status == "assumption" else "as read in the sources"
    if item.best == item.low:
        text = f"at least {best}, at most {high}"
    elif item.best == item.high:
        text = f"at most {best}, at least {low}"
    else:
        text = f"{low} to {high}, most likely {best}"
    return f"{LABELS[item.field]}: {text} ({basis})."
