"""Where things stand on a slide: python-pptx for places and words, Pillow's own font for the room that words take."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any

from lxml import etree
from PIL import ImageFont

POINT = 12_700
Box = tuple[int, int, int, int]  # left, top, width, height
SPACE = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main",
         "c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}  # fmt: skip
LEAST = {"foot": 12.0, "chart": 14.0, "head": 14.0}  # points; of all else 18


def misplaced(deck: Any, slide: Any) -> Iterator[tuple[str, Any]]:
    """What is outside the slide, over something else, larger than its box or smaller than can be read in a room."""
    boxes = [(shape.name, *place(shape)) for shape in slide.shapes]
    for name, left, top, width, height in boxes:
        if left < 0 or top < 0 or left + width > deck.slide_width or top + height > deck.slide_height:
            yield "outside", name
    for one, other in combinations(boxes, 2):
        if meet(one[1:], other[1:]):
            yield "over each other", (one[0], other[0])
    for text, room, high, sizes, kind in frames(slide):
        if text and taken(text, room, sizes) > high:
            yield "too long", text
        if min(sizes, default=99.0) < LEAST.get(kind, 18.0):
            yield "too small", (text, sizes)


def place(shape: Any) -> Box:
    """Of a placeholder, python-pptx looks for each of the four through the whole layout: here it is looked for once."""
    holder = shape
    while getattr(holder, "_inherited_value", None) and holder._element.spPr.xfrm is None:
        holder = holder._base_placeholder
    return holder.left, holder.top, holder.width, holder.height


def meet(one: Box, other: Box) -> bool:
    """Whether two shapes share more than a point of room."""
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return across > POINT and down > POINT


def frames(slide: Any) -> Iterator[tuple[list[str], float, float, list[float], str]]:
    """Paragraphs, the width and height of their box in points, their sizes, and what they are."""
    for shape in slide.shapes:
        if shape.has_text_frame:
            foot = shape.is_placeholder and shape.placeholder_format.type in (13, 15, 16)
            title = shape.is_placeholder and shape.placeholder_format.type == 1
            frame = shape.text_frame
            sizes = [sizes_of(p, 28.0 if title else 12.0) for p in frame.paragraphs]
            key = frame.text.startswith(("Dot:", "Assumption low"))
            sides = frame.margin_left + frame.margin_right if not title else 0
            *_, wide, high = place(shape)
            yield (
                [p.text for p in frame.paragraphs], (wide - sides) / POINT, high / POINT,
                sizes, "foot" if foot else "chart" if key else "body",
            )  # fmt: skip
        if shape.has_table:
            table = shape.table
            for y, row in enumerate(table.rows):
                for x, cell in enumerate(row.cells):
                    wide = table.columns[x].width if not cell.is_merge_origin else shape.width
                    if not cell.is_spanned and cell.text_frame.text:
                        lines = [p.text for p in cell.text_frame.paragraphs]
                        sizes = [sizes_of(p, 0.0) for p in cell.text_frame.paragraphs]
                        yield lines, wide / POINT, row.height / POINT, sizes, "head" if y == 0 else "body"
        if shape.has_chart:
            part = etree.fromstring(shape.chart.part.blob)
            sizes = [int(item.get("sz")) / 100 for item in part.iterfind(".//a:rPr", SPACE) if item.get("sz")]
            yield [], 1.0, 1.0, sizes, "chart"


def sizes_of(paragraph: Any, otherwise: float) -> float:
    """Points of the largest letters of a paragraph; what its place has where nothing is set."""
    return max((run.font.size.pt for run in paragraph.runs if run.font.size), default=otherwise)


@cache
def font(size: float) -> Any:
    return ImageFont.load_default(size)


@cache
def width(text: str, size: float) -> float:
    return float(font(size).getlength(text))


def taken(paragraphs: list[str], room: float, sizes: list[float]) -> float:
    """Points that paragraphs take, set by Pillow's own font at their sizes, word by word."""
    high = 0.0
    for text, size in zip(paragraphs, sizes, strict=True):
        used, count = 0.0, 1
        for word in text.split():
            wide = width(f"{word} ", size)
            if used and used + wide - width(" ", size) > room:
                used, count = 0.0, count + 1
            used += wide
        high += count * size * 1.15
    return high
