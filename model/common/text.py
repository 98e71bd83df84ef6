"""Letters of a text, whatever it says."""

from __future__ import annotations


def capital(text: str) -> str:
    """The text as it begins a sentence: its first letter large, the others as they are."""
    return text[:1].upper() + text[1:]
