"""How much room words take, estimated on the wide side: the office program that opens a deck has fonts of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

LINE = 1.36  # height of a line in ems; of common fonts Noto Sans has the highest
BOLD = 1.12
PARAGRAPH = 0.35  # room after a paragraph, in ems
POINT = 12_700  # EMU
SLACK = 1e-6  # points: sums of widths differ in their last digits
# Widths in ems of letters that are not of the usual width, as in Noto Sans and rounded up.
WIDTHS = {
    **dict.fromkeys(" '!(),-.:;IJ[]`fijl|", 0.32), **dict.fromkeys("\"/?\\_rt{}", 0.45),
    **dict.fromkeys("Lcksvxyz", 0.53), **dict.fromkeys("#&BDGHU", 0.75), **dict.fromkeys("%NOQw", 0.83),
    **dict.fromkeys("@MWm—…", 0.96),
}  # fmt: skip
USUAL, WIDE, OTHER = 0.62, 1.02, 0.68  # of Latin letters, of Chinese and the like, of other scripts


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Points that a line of text is wide in letters of `size` points."""
    return sum(_width(letter) for letter in text) * size * (BOLD if bold else 1.0)


def _width(letter: str) -> float:
    if letter in WIDTHS:
        return WIDTHS[letter]
    if letter < "\u0250":
        return USUAL
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Cf"):
        return 0.0
    return WIDE if unicodedata.east_asian_width(letter) in "WF" else OTHER


def lines(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """How many lines a paragraph takes in a room `room` points wide, in letters of `size` points.

    A word that is longer than a line is torn.
    """
    count, used = 1, 0.0
    blank = width(" ", size, bold=bold)
    for word in text.split():
        parts = (
            [word] if all(unicodedata.east_asian_width(letter) not in "WF" for letter in word) else list(word)
        )
        for number, part in enumerate(parts):
            wide = width(part, size, bold=bold)
            before = blank if used and number == 0 else 0.0
            if used + before + wide <= room + SLACK:
                used += before + wide
                continue
            if used:
                count += 1
            more = int(wide // room) if wide > room else 0
            count, used = count + more, wide - more * room
    return count


def height(texts: Sequence[str], room: float, size: float, *, bold: bool = False) -> float:
    """Points that paragraphs are high in a room `room` points wide, in letters of `size` points."""
    return sum((lines(text, room, size, bold=bold) * LINE + PARAGRAPH) * size for text in texts)


def cut(text: str, room: float, size: float, most: int = 1, *, bold: bool = False) -> str:
    """The text, or as much of it with a mark as stands on `most` lines; `room` and `size` as in `lines`."""
    if lines(text, room, size, bold=bold) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if lines(text[:middle].rstrip() + "…", room, size, bold=bold) <= most:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def largest(
    texts: Sequence[str], room: float, high: float, sizes: Sequence[float], *, bold: bool = False
) -> float | None:
    """The largest of `sizes`, given from large to small, at which the paragraphs fit; None where none does.

    Sizes are of letters; all are in points, as are the width `room` and the height `high` of the room.
    """
    return next((size for size in sizes if height(texts, room, size, bold=bold) <= high), None)
