"""A slide as a place to write on: the deck it stands in, the box that its layout has for what it says, its foot."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide, SlideLayout
from pptx.util import Emu, Inches, Pt

from briefing.common.content import NAME
from briefing.slides import measure, pptx_private
from briefing.slides.script import tag_of
from briefing.slides.theme import GREY, TEXT, Theme
from model.common.errors import InputError
from model.common.text import from_right

LONGEST_TITLE = 130
READ, LABEL, FOOT = 18, 14, 12  # points: what is read in the room, words in a chart, the foot
TITLES = (28, 26, 24, 22, 20, 18)  # points of a title that its layout's size is too large for
SMALLEST = Inches(2)  # of a box for what a slide says
NUMBER_HIGH = int(Inches(0.35))  # of a number where the layout has no place for one
Box = tuple[int, int, int, int]  # left, top, width, height in EMU
FOOTS = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
HOLDS = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY)


@dataclass(frozen=True)
class Said:
    """A paragraph: its words, how they are set, and the address that they open."""

    text: str
    size: float = READ
    bold: bool = False
    colour: str = ""  # of the theme; empty for that of text
    tag: str = ""  # of the language; empty for what the letters say
    link: str = ""
    lead: str = ""  # bold words before it
    below: str = ""  # of a cell: a plain line under it


@dataclass(frozen=True)
class SlideLook:
    """An empty deck, the layout of its slides and the colours that can be seen on it.

    Where things stand is looked up once for all slides: python-pptx goes through layout and master for every number.
    """

    deck: Deck
    layout: SlideLayout
    theme: Theme
    title_size: float

    @property
    def accents(self) -> tuple[str, ...]:
        return self.theme.accents

    @cached_property
    def size(self) -> tuple[int, int]:
        return int(self.deck.slide_width or 0), int(self.deck.slide_height or 0)

    @cached_property
    def places(self) -> tuple[Any, ...]:
        """What the layout has."""
        return tuple(self.layout.placeholders)

    @cached_property
    def title(self) -> Box:
        return _box_of(next(item for item in self.places if _is_title(item)))

    @cached_property
    def body(self) -> tuple[int, Box] | None:
        """The layout's number and box of what a slide says, where it has one."""
        ordered = sorted(self.places, key=_number)
        fit = (item for item in ordered if not _is_title(item) and _roomy(item))
        return next(((_number(item), _box_of(item)) for item in fit), None)

    @cached_property
    def foots(self) -> tuple[tuple[PP_PLACEHOLDER, Any], ...]:
        """What the layout has at its foot, by kind."""
        every = ((item.placeholder_format.type, item) for item in self.places)
        return tuple((kind, item) for kind, item in every if kind in FOOTS)

    @cached_property
    def foot_top(self) -> int:
        """Where the foot begins."""
        high = self.size[1]
        tops = [int(item.top or 0) for _, item in self.foots]
        if PP_PLACEHOLDER.SLIDE_NUMBER not in dict(self.foots):
            tops.append(high - NUMBER_HIGH)
        return min([top for top in tops if top > high // 2], default=high)


def look_of(template: bytes) -> SlideLook:
    """The look of a clean template, as `template.own` gives it; raises `InputError` where it has no title."""
    deck = Presentation(io.BytesIO(template))
    pptx_private.remove_slides(deck)
    titled = [layout for layout in deck.slide_layouts if any(_is_title(p) for p in layout.placeholders)]
    if not titled:
        raise InputError("template", "layouts", "have no title", "a .pptx with a layout that has a title")
    others = [(layout, _others(layout)) for layout in titled]
    with_box = [(layout, own[0]) for layout, own in others if len(own) == 1 and _roomy(own[0])]
    layout = (
        max(with_box, key=lambda pair: _area(pair[1]))[0]
        if with_box
        else min(titled, key=lambda item: len(list(item.placeholders)))
    )
    colours, text, behind = pptx_private.colours_of(layout)
    theme = Theme(colours, behind or colours["bg1"], text)
    return SlideLook(deck, layout, theme, pptx_private.title_size(layout))


def _others(layout: SlideLayout) -> list[Any]:
    """What a layout has beside title and foot."""
    return [
        item for item in layout.placeholders
        if not _is_title(item) and item.placeholder_format.type not in FOOTS
    ]  # fmt: skip


def _roomy(placeholder: Any) -> bool:
    holds = placeholder.placeholder_format.type in HOLDS
    return holds and (placeholder.width or 0) >= SMALLEST and (placeholder.height or 0) >= SMALLEST


def _area(placeholder: Any) -> int:
    return int(placeholder.width) * int(placeholder.height)


def _number(placeholder: Any) -> int:
    return int(placeholder.placeholder_format.idx)


def _is_title(placeholder: Any) -> bool:
    return _number(placeholder) == 0


def _box_of(placeholder: Any) -> Box:
    return (
        int(placeholder.left),
        int(placeholder.top),
        int(placeholder.width),
        int(placeholder.height),
    )


class Footed(Protocol):
    """What stands at the foot of a slide."""

    @property
    def day(self) -> str: ...

    @property
    def versions(self) -> str: ...


class Page:
    """One slide while it is being laid out."""

    def __init__(self, look: SlideLook, content: Footed, title: str) -> None:
        self.look, self.content = look, content
        deck = look.deck
        self.slide: Slide = deck.slides.add_slide(look.layout)
        self.size = look.size
        self._body: Any = None
        for shape in list(self.slide.placeholders):
            number = _number(shape)
            if self._body is None and look.body is not None and number == look.body[0]:
                self._body = shape
            elif number:
                pptx_private.remove_shape(shape)
        self.number = len(deck.slides)
        self.notes_lines: list[str] = []
        self._title(title)
        self.box = self._box()
        if self._body is not None:
            pptx_private.remove_shape(self._body)  # until something is written into it

    def _title(self, text: str) -> None:
        """The title, no larger than its layout has it and as large as its length allows."""
        shape = self.slide.shapes.title
        assert shape is not None
        *_, width, height = self.look.title
        room = (width - Inches(0.2)) / measure.POINT
        high = (height - Inches(0.1)) / measure.POINT
        wanted = self.look.title_size
        sizes = [wanted, *(size for size in TITLES if size < wanted)]
        size = measure.largest([text], room, high, sizes, bold=True) or sizes[-1]
        most = max(1, int(high / (size * measure.LINE)))
        paragraph = shape.text_frame.paragraphs[0]
        run = paragraph.add_run()
        run.text = measure.cut(text[: LONGEST_TITLE * 2], room, size, most, bold=True)
        if size != wanted:
            run.font.size = Pt(size)
        tag = tag_of(text)
        pptx_private.in_language(paragraph, tag, from_right=from_right(text))

    def _foot(self) -> None:
        """Date, name with versions and number of the slide, where the layout has them; a number stands on each."""
        content, number = self.content, self.number
        texts = {FOOTS[0]: content.day, FOOTS[1]: f"{NAME} · {content.versions}", FOOTS[2]: str(number)}
        for kind, holder in self.look.foots:
            field = "slidenum" if kind == PP_PLACEHOLDER.SLIDE_NUMBER else ""
            shape = pptx_private.add_placeholder(self.slide, holder, texts[kind], FOOT, field=field)
            self._set(shape.text_frame.paragraphs[0], Said(texts[kind], FOOT), plain=True)
        if PP_PLACEHOLDER.SLIDE_NUMBER not in dict(self.look.foots):
            box = (
                self.size[0] - int(Inches(1.1)),
                self.size[1] - NUMBER_HIGH,
                int(Inches(0.9)),
                int(Inches(0.3)),
            )
            paragraph = self.slide.shapes.add_textbox(*(Emu(value) for value in box)).text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT
            pptx_private.add_field(paragraph, "slidenum", str(number), FOOT)

    def _box(self) -> Box:
        """What the layout leaves for the slide's words, between title and foot."""
        title = self.look.title
        whole = (title[0], 0, title[2], self.size[1])
        left, top, width, height = self.look.body[1] if self.look.body else whole
        if title[1] < top + height // 2:  # a title at the foot needs nothing
            below = title[1] + title[3]
            height, top = height - max(0, below - top), max(top, below)
        return left, top, width, min(height, self.look.foot_top - top)

    def write(self, box: Box, said: Iterable[Said | str], *, bullets: bool = False, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
              body: bool = False) -> Any:  # fmt: skip
        """Paragraphs in a box, into the layout's own place where `body` is said and it is free; returns the shape."""
        if body and self._body is not None:
            shape, self._body = self._body, None
            pptx_private.put_back(self.slide, shape)
            shape.left, shape.top, shape.width, shape.height = (Emu(value) for value in box)
        else:
            shape = self.slide.shapes.add_textbox(*(Emu(value) for value in box))
            body = False
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = anchor
        for number, item in enumerate(said):
            one = Said(item) if isinstance(item, str) else item
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            if one.lead:
                paragraph.add_run().text = f"{one.lead} "
            run = paragraph.add_run()
            run.text = f"•  {one.text}" if bullets and not body else one.text
            paragraph.space_before, paragraph.space_after = Pt(0), Pt(one.size * measure.PARAGRAPH * 0.8)
            if body and not bullets:
                pptx_private.no_bullet(paragraph)
            self._set(paragraph, one, plain=body)
            if one.link and self.look.theme.links_seen:
                run.hyperlink.address = one.link
            elif (
                one.link
            ):  # words that are a link have the theme's colour for links, which is dark on a dark slide
                shape.click_action.hyperlink.address = one.link
        return shape

    def _set(self, paragraph: Any, said: Said, *, plain: bool) -> None:
        """Size, weight, language and colour; a plain one in the colour that its place has in the template."""
        for number, run in enumerate(paragraph.runs):
            run.font.size = Pt(said.size)
            if said.bold or (said.lead and number == 0):
                run.font.bold = True
            if not (said.link and self.look.theme.links_seen) and (said.colour or not plain):
                pptx_private.coloured(run, self.look.theme.fill(said.colour or TEXT))
        pptx_private.in_language(paragraph, said.tag or tag_of(said.text), from_right=from_right(said.text))

    def down(self, box: Box, said: Sequence[Said], *, bullets: bool = False, body: bool = False) -> Box:
        """Write paragraphs at the top of a box; returns what is left of it below."""
        left, top, width, height = box
        high = min(height, int(self.height(said, width) * measure.POINT))
        if said:
            self.write((left, top, width, high), said, bullets=bullets, body=body)
        return left, top + high, width, height - high

    @staticmethod
    def height(said: Sequence[Said], width: int, indent: float = 0.0) -> float:
        """Points that paragraphs are high in a box of this `width` (EMU), less `indent` points at the left."""
        room = width / measure.POINT - indent
        return sum(
            measure.height([f"{item.lead} {item.text}".strip()], room, item.size, bold=item.bold)
            for item in said
        )

    def table(self, box: Box, rows: Sequence[Sequence[Said]], widths: Sequence[int], high: Sequence[int], text: str,
              right: Sequence[int] = ()) -> None:  # fmt: skip
        """A table whose first row is its head; `text` says it to those who do not see it.

        Columns are as wide as `widths` and rows as high as `high`, both in EMU; those of `right`, from 0, stand right.
        """
        placed = self.slide.shapes.add_table(
            len(rows), len(widths), Emu(box[0]), Emu(box[1]), Emu(sum(widths)), Emu(sum(high))
        )
        table = placed.table
        pptx_private.plain_table(table)
        pptx_private.describe(placed, text)
        placed.name = "Table"
        for column, width in enumerate(widths):
            table.columns[column].width = Emu(width)
        for y, row in enumerate(rows):
            table.rows[y].height = Emu(high[y])
            if len(row) == 1 < len(widths):
                table.cell(y, 0).merge(table.cell(y, len(widths) - 1))
            for x, said in enumerate(row):
                cell = table.cell(y, x)
                cell.margin_left, cell.margin_right = (0 if x == 0 else Inches(0.06)), Inches(0.06)
                cell.margin_top = cell.margin_bottom = 0
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                pptx_private.line_below(
                    cell, self.look.theme.fill(TEXT if y == 0 else GREY), 1.0 if y == 0 else 0.5
                )
                frame = cell.text_frame
                lines = [said, *([Said(said.below, said.size)] if said.below else [])]
                for number, line in enumerate(lines):
                    paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
                    paragraph.add_run().text = line.text
                    if x in right:
                        paragraph.alignment = PP_ALIGN.RIGHT
                    self._set(paragraph, line, plain=False)

    def chart(self, box: Box, kind: Any, drawn: Any, name: str, text: str) -> None:
        """A native chart; `text` holds its numbers for those who do not see it."""
        frame = self.slide.shapes.add_chart(kind, *(Emu(value) for value in box), drawn)
        pptx_private.describe(frame, text)
        frame.name = name

    def notes(self, *lines: str) -> None:
        """Lines for the speaker."""
        self.notes_lines += [line for line in lines if line]

    def finish(self) -> None:
        """The foot, which is read last, and the notes."""
        self._foot()
        frame = self.slide.notes_slide.notes_text_frame
        assert frame is not None
        frame.text = "\n".join(self.notes_lines)
        for paragraph in frame.paragraphs:
            pptx_private.in_language(paragraph, tag_of(paragraph.text), from_right=from_right(paragraph.text))
