"""Where everything of a chart of rows stands, in pixels, so that no word lies on another and none is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from charts import palette as p
from charts.palette import Caption, Form
from model.common.ranges import Range

NARROW = 375.0  # pixels of a row on a phone, as wide as its letters are estimated
NAMES = (200.0, 560.0)  # least and most pixels of the names left of a wide picture
VALUES = 420.0  # most pixels of its values
TALL, SCALE = 1200.0, 30.0  # pixels of a chart that nobody sees whole; room of a second scale above it
READABLE = 14  # pixels, as long as the lines under the names stay
SMALLEST = 12  # pixels of the words of a picture with very many rows


@dataclass(frozen=True)
class RowMark:
    """A further mark in a row, such as what was observed or claimed."""

    x: float
    colour: str
    sign: str
    words: str = ""


@dataclass(frozen=True)
class RangeRow:
    """One line: a range with its middle in `colour`, further marks, words and the value as text.

    `heading` stands above the row and sets it apart; `between` says how it differs from another, under its value.
    """

    label: str
    value: str
    range: Range[float]
    colour: str = p.BLUE
    sign: str = "circle"
    sub: str = ""
    heading: str = ""
    between: str = ""
    dots: tuple[RowMark, ...] = ()
    faint: bool = False


@dataclass(frozen=True)
class RowLines:
    """The words of a row, broken into lines."""

    label: list[str]
    sub: list[str]
    value: list[str]
    between: list[str]


@dataclass(frozen=True)
class RowPlaces:
    """Of every row: its lines, its top and the height of its mark; and the whole, in pixels from the top."""

    room: p.Margins
    lines: tuple[RowLines, ...]
    tops: tuple[float, ...]
    middles: tuple[float, ...]
    plot: float
    size: int
    sub: int
    tall: bool = False  # whether the scale stands above it too


def laid_out(rows: Sequence[RangeRow], caption: Caption, form: Form, key: str) -> RowPlaces:
    """The places of all rows in a form."""
    look = p.look_of(form)
    head = (24 if form == "screen" else 40) * (1 + key.count("<br>")) if key else 0
    if form == "picture":
        return _beside(rows, caption, head)
    if form == "screen":
        room = p.margins(caption, form, left=8, right=12, axis=48, top=8 + head)
        made = _above(rows, room, NARROW, look.font, None)
        if made.plot <= TALL:
            return made
        return replace(made, tall=True, room=replace(room, top=room.top + SCALE))
    room = p.margins(caption, form, left=0, right=0, axis=86, top=12 + head)
    free = look.height - room.top - room.bottom
    width = (look.width or 0) - 2.0 * look.edge
    bare = [replace(row, sub="") for row in rows]
    tries = [(rows, size) for size in range(look.font, READABLE - 1, -1)]
    tries += [(bare, size) for size in range(look.font, SMALLEST - 1, -1)]
    for shown, size in tries:
        made = _above(shown, room, width, size, free)
        if made.plot <= free + 0.5:
            break
    return made


def _above(
    rows: Sequence[RangeRow], room: p.Margins, width: float, size: int, free: float | None
) -> RowPlaces:
    """Names above their lines; what is free in a picture is spread between the rows."""
    small = size - 2
    lines, heights, heads = [], [], []
    for row in rows:
        value = p.wrap_pixels(row.value, width * 0.62, size)
        beside = p.pixels(value, size)
        label = p.wrap_pixels(row.label, max(width - beside - size, width * 0.36), size)
        between = p.wrap_pixels(row.between, width, small) if row.between else []
        if between and len(label) > 1:  # then it stands beside the name too
            between = p.wrap_pixels(row.between, width * 0.62, small)
            beside = max(beside, p.pixels(between, small))
            label = p.wrap_pixels(row.label, max(width - beside - size, width * 0.36), size)
        sub = p.wrap_pixels(row.sub, width, small) if row.sub else []
        label += [""] * (len(value) - len(label)) if sub else []  # what stands under it has the whole width
        lines.append(RowLines(label, sub, value, between))
        tall = 1.32 * size * max(len(label), len(value)) + 1.3 * small * max(len(sub), len(between))
        heights.append(tall + 1.9 * size)
        heads.append(2.4 * size if row.heading else 0.0)
    used = sum(heights) + sum(heads)
    spare = 0.0
    if free is not None and rows and used < free:
        spare = min((free - used) / len(rows), 1.6 * size)
    tops, at = [], 0.0
    for height, head in zip(heights, heads, strict=True):
        at += head
        tops.append(at)
        at += height + spare
    middles = [top + height - 1.0 * size for top, height in zip(tops, heights, strict=True)]
    plot = max(at, 96.0) if free is None else max(at, free)
    return RowPlaces(room, tuple(lines), tuple(tops), tuple(middles), plot, size, small)


def _beside(rows: Sequence[RangeRow], caption: Caption, head: float) -> RowPlaces:
    """Names left and values right of the plot, in the largest size at which every row has its room."""
    look = p.look_of("picture")
    # What stands under a name goes before the words become too small to be read.
    tries = [(size, True) for size in range(look.font, READABLE - 1, -1)]
    tries += [(size, False) for size in range(look.font, SMALLEST - 1, -1)]
    for size, with_sub in tries:
        small = size - 3 if size > SMALLEST + 3 else size
        names = max(
            (max(p.pixels([row.label], size), p.pixels([row.sub], small)) for row in rows), default=0.0
        )
        left = min(max(names, NAMES[0]), NAMES[1])
        values = max(
            (max(p.pixels([row.value], size), p.pixels([row.between], small)) for row in rows), default=0.0
        )
        right = min(values, VALUES)
        room = p.margins(caption, "picture", left=left + 24, right=right + 20, axis=82, top=12 + head)
        free = look.height - room.top - room.bottom
        lines = [
            RowLines(
                p.wrap_pixels(row.label, left, size),
                p.wrap_pixels(row.sub, left, small) if row.sub and with_sub else [],
                p.wrap_pixels(row.value, right, size),
                p.wrap_pixels(row.between, right, small) if row.between else [],
            )
            for row in rows
        ]
        needs = [
            1.28 * size * max(len(a.label), len(a.value)) + 1.25 * small * max(len(a.sub), len(a.between))
            for a in lines
        ]
        heads = [1.9 * size if row.heading else 0.0 for row in rows]
        used = sum(needs) + sum(heads)
        if used <= free:
            break
    each = max(0.0, min((free - used) / max(len(rows), 1), 2.4 * size))
    spare = max(0.0, free - used - each * len(rows)) / 2
    tops, at = [], spare
    for need, above in zip(needs, heads, strict=True):
        at += above
        tops.append(at)
        at += need + each
    middles = [top + (need + each) / 2 for top, need in zip(tops, needs, strict=True)]
    return RowPlaces(room, tuple(lines), tuple(tops), tuple(middles), max(free, used), size, small)


def words(rows: Sequence[RangeRow], at: RowPlaces, form: Form, key: str) -> list[dict[str, Any]]:
    """Name, basis and value of every row, headings, differences between rows, and the key above them all."""
    look = p.look_of(form)
    beside = form == "picture"
    shift = look.edge - at.room.left if beside else 0
    left = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": shift, "yref": "y"}
    right = {"xref": "paper", "x": 1, "yref": "y"}
    right |= {"xanchor": "left", "xshift": 14} if beside else {"xanchor": "right", "xshift": 0}
    notes = []
    for row, lines, top, middle in zip(rows, at.lines, at.tops, at.middles, strict=True):
        where = {"y": middle, "yanchor": "middle"} if beside else {"y": top, "yanchor": "top"}
        if row.heading:
            notes.append(
                p.chart_note(
                    f"<b>{p.marked(row.heading)}</b>", at.size, look.text, **left, y=top, yanchor="bottom"
                )
            )
        name, value = _under(lines.label, lines.sub, at.sub), _under(lines.value, lines.between, at.sub)
        notes.append(p.chart_note(name, at.size, look.text, **left, **where))
        notes.append(
            p.chart_note(value, at.size, look.text, **right, **where)
            | {"align": "left" if beside else "right"}
        )
    if key:
        over = left | {"yref": "paper", "y": 1, "yanchor": "bottom"}
        over["yshift"] = 8 + (SCALE if at.tall else 0)
        notes.append(p.chart_note(key, look.small, look.text, name="key", **over))
    return notes


def _under(main: Sequence[str], more: Sequence[str], size: int) -> str:
    """Lines of a row with smaller ones below them."""
    small = f'<span style="font-size:{size}px">'
    return "<br>".join([p.joined(main), *(f"{small}<i>{p.marked(line)}</i></span>" for line in more)])
