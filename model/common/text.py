"""Letters of a text, whatever it says."""

from __future__ import annotations

import re
import unicodedata

NO_BREAK, JOINER = "\u00a0", "\u2060"
RANGE = re.compile(r"\([^()]{0,32}\d[^()]{0,32}\)")  # a short range, such as ($14M to $77M)
CODE = re.compile(r"\b([A-Z]{3}) (?=−?\d)")  # of a currency, such as KES 9.6 billion
UNIT = re.compile(r"(\d) (?=hours?\b|days?\b|times\b|(?:m|b|tr)illion\b)")


def capital(text: str) -> str:
    """The text as it begins a sentence: its first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


def file_safe(text: str) -> str:
    """The text as part of a file's name on every system: what is no letter, figure, dash or underscore is a dash."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", text)


def small(text: str) -> str:
    """The text with a small first letter, inside a sentence; one of capitals, such as `VPN block`, stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def unbroken(text: str) -> str:
    """Text in which no number is torn from its sign, its unit or the range in brackets behind it."""
    text = RANGE.sub(lambda match: match[0].replace(" ", NO_BREAK).replace("-", f"-{JOINER}"), text)
    text = CODE.sub(rf"\1{NO_BREAK}", text)
    return UNIT.sub(rf"\1{NO_BREAK}", text).replace("−", f"−{JOINER}")


def from_right(text: str) -> bool:
    """Whether a text begins in a script that runs from the right: its first letter with a direction says it."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in ("R", "AL") for kind in strong if kind in ("L", "R", "AL")), False)
