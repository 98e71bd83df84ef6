"""A table of words and numbers on slides: the columns that a slide holds, and its rows in letters of 18 points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from briefing.slides import measure
from briefing.slides.page import READ, Page, Said

HEAD, HEAD_LINES = 16, 3  # points of heads, and their lines where numbers are narrower
PAD, ABOVE = 10.0, 8.0  # points between columns and between rows
LEAST, LONGEST = 60.0, 360.0  # points of a column of words
MOST_LINES = 6  # of a cell: only a reader's own words are longer
GridRow = tuple[str, ...]


@dataclass(frozen=True)
class SlideGrid:
    """Heads and rows of words; `right` are columns of numbers."""

    heads: GridRow
    rows: tuple[GridRow, ...]
    right: frozenset[int] = field(default_factory=frozenset)

    def of(self, columns: Sequence[int]) -> SlideGrid:
        """The grid of these `columns` alone, by number from 0."""
        return SlideGrid(
            tuple(self.heads[c] for c in columns), tuple(tuple(row[c] for c in columns) for row in self.rows),
            frozenset(n for n, c in enumerate(columns) if c in self.right),
        )  # fmt: skip

    @property
    def said(self) -> str:
        """The rows in words."""
        rows = (", ".join(f"{h} {c}" for h, c in zip(self.heads, row, strict=True) if c) for row in self.rows)
        return f"{'; '.join(rows)}."

    def need(self, column: int) -> float:
        """Points that `column` (from 0) takes: numbers stand on one line, words on as few as there is room for."""
        texts, head = [row[column] for row in self.rows], self.heads[column]
        words = [measure.width(part, READ) for text in texts for part in text.split()]
        widest = max([measure.width(text, READ) for text in texts], default=0.0)
        wide = max([measure.width(part, HEAD, bold=True) for part in head.split()], default=0.0)
        own = [widest] if column in self.right else [LEAST, min(widest, LONGEST), *words]
        wide = max(wide, *own)
        while measure.lines(head, wide, HEAD, bold=True) > HEAD_LINES:
            wide += PAD
        return wide + PAD


def fitting(grid: SlideGrid, order: Sequence[int], room: float) -> SlideGrid:
    """The columns that stand beside each other in `room` points, the first of `order` in any case.

    `order` has columns by number from 0, the most wanted first.
    """
    chosen = [order[0]]
    for column in order[1:]:
        if sum(grid.need(c) for c in (*chosen, column)) <= room:
            chosen.append(column)
    return grid.of(sorted(chosen))


def parts(page: Page, grid: SlideGrid, spare: float = 0.0) -> list[SlideGrid]:
    """The rows of each slide, about as many on each; `spare` points stay free below them."""
    _, _, width, height = page.box
    wide = _widths(grid, width / measure.POINT)
    room = height / measure.POINT - _high(_heads(grid), wide) - spare
    high = [_high(_cells(row, wide), wide) for row in grid.rows]

    def split(most: int) -> list[list[int]]:
        made: list[list[int]] = []
        for number, points in enumerate(high):
            both = [*made[-1], number] if made else []
            if both and len(both) <= most and sum(high[n] for n in made[-1]) + points <= room:
                made[-1] = both
            else:
                made.append([number])
        return made

    least = split(len(high))
    even = next(made for most in range(1, len(high) + 1) if len(made := split(most)) <= len(least))
    return [replace(grid, rows=tuple(grid.rows[n] for n in part)) for part in even]


def write(page: Page, grid: SlideGrid) -> int:
    """Write a table at the top of the slide's box; returns where it ends."""
    left, top, width, _ = page.box
    wide = _widths(grid, width / measure.POINT)
    lines = [_heads(grid), *(_cells(row, wide) for row in grid.rows)]
    high = [int(_high(cells, wide) * measure.POINT) for cells in lines]
    widths = [int(part * measure.POINT) for part in wide]
    page.table((left, top, 0, 0), lines, widths, high, grid.said, right=sorted(grid.right))
    return top + sum(high)


def _widths(grid: SlideGrid, room: float) -> list[float]:
    """Points of each column; what is left is shared, what is missing is taken from the words."""
    wide = [grid.need(c) for c in range(len(grid.heads))]
    left = room - sum(wide)
    if left >= 0:
        return [part + left / len(wide) for part in wide]
    words = [c for c in range(len(wide)) if c not in grid.right] or [0]
    shrunk = max(words, key=wide.__getitem__)
    return [max(part + left, LEAST) if c == shrunk else part for c, part in enumerate(wide)]


def _heads(grid: SlideGrid) -> list[Said]:
    return [Said(text, HEAD, bold=True) for text in grid.heads]


def _cells(row: GridRow, wide: Sequence[float]) -> list[Said]:
    return [
        Said(measure.cut(text, part - PAD, READ, MOST_LINES), READ)
        for text, part in zip(row, wide, strict=True)
    ]


def _high(cells: Sequence[Said], wide: Sequence[float]) -> float:
    """Points that a row takes."""
    return ABOVE + max(
        measure.lines(cell.text, part - PAD, cell.size, bold=cell.bold) * cell.size * measure.LINE
        for cell, part in zip(cells, wide, strict=True)
    )
