"""A slide as a place to write on: the deck it stands in, what its title leaves free, and lines that fit a box."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide, SlideLayout
from pptx.util import Emu, Inches, Pt

from briefing.content import NAME, Content
from briefing.slides import pptx_private
from briefing.slides.charts import GREY, INK, Box
from model.common.errors import InputError
from model.language.language import Language

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
EDGE, FOOT = Inches(0.6), Inches(0.55)
MAX_TEMPLATE, MAX_UNPACKED, MAX_PARTS = 20 * 2**20, 200 * 2**20, 5_000
LONGEST_TITLE = 130
BODY, SMALL = 14, 12  # points: the least for what is read in the room, and for sources and the footer
TITLES = (36, 32, 28, 24, 20, 18)  # points of a title in an own template
Rows = Sequence[Sequence[str]]


def deck_of(template: bytes | None) -> tuple[Deck, SlideLayout]:
    """An empty deck and the layout for its slides; raises `InputError` for a bad template."""
    if template is None:
        deck = Presentation()
        deck.slide_width, deck.slide_height = WIDTH, HEIGHT
        layout = deck.slide_layouts[5]  # title only
        title = next(shape for shape in layout.placeholders if shape.placeholder_format.idx == 0)
        title.left, title.top, title.width, title.height = EDGE, Inches(0.35), WIDTH - 2 * EDGE, Inches(0.95)
        for shape in list(layout.placeholders):
            if shape.placeholder_format.idx != 0:
                pptx_private.remove_shape(shape)
        return deck, layout
    deck = _checked_template(template)
    pptx_private.remove_slides(deck)
    titled = [layout for layout in deck.slide_layouts if any(_is_title(p) for p in layout.placeholders)]
    if not titled:
        raise InputError("template", "layouts", "have no title", "a .pptx with a layout that has a title")
    return deck, min(titled, key=lambda layout: len(list(layout.placeholders)))


def _checked_template(template: bytes) -> Deck:
    allowed = "a PowerPoint file (.pptx) of at most 20 MB"
    if len(template) > MAX_TEMPLATE:
        raise InputError("template", f"{len(template)} bytes", "is too large", allowed)
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as packed:
            parts = packed.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise InputError("template", "its parts", "unpack to too much", allowed)
        return Presentation(io.BytesIO(template))
    except InputError:
        raise
    except Exception:  # whatever a broken or hostile file makes the reader raise
        raise InputError("template", "file", "cannot be opened", allowed) from None


def _is_title(placeholder: Any) -> bool:
    return int(placeholder.placeholder_format.idx) == 0


class Page:
    """One slide while it is being laid out: the area below the title, the footer, the notes."""

    def __init__(self, deck: Deck, layout: SlideLayout, content: Content, own_template: bool) -> None:
        self.deck, self.content, self.own_template = deck, content, own_template
        self.slide: Slide = deck.slides.add_slide(layout)
        for shape in list(self.slide.placeholders):
            if not _is_title(shape):
                pptx_private.remove_shape(shape)
        self.width, self.height = int(deck.slide_width or WIDTH), int(deck.slide_height or HEIGHT)

    def add(self, build: Callable[[Page], None]) -> None:
        """What `build` puts on the slide, then the footer that all have."""
        build(self)
        self.footer()

    def title(self, text: str) -> None:
        """The title, as large as its length allows."""
        shape = self.slide.shapes.title
        assert shape is not None
        shape.text_frame.text = text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1] + "…"
        shape.text_frame.word_wrap = True
        if self.own_template:
            # An own title is as large as its layout wants, unless the words then run into what is below.
            size = next((size for size in TITLES if self._title_fits(shape, text, size)), TITLES[-1])
            for paragraph in shape.text_frame.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(size)
        else:
            shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            for paragraph in shape.text_frame.paragraphs:
                paragraph.alignment = PP_ALIGN.LEFT
                font(paragraph, 28 if len(text) <= 52 else 23 if len(text) <= 80 else 18, bold=True)

    @staticmethod
    def _title_fits(shape: Any, text: str, size: float) -> bool:
        across = max(1, int(shape.width / Pt(size) / 0.55))
        return bool(-(-len(text) // across) * 1.25 * Pt(size) <= shape.height * 0.85)

    @property
    def area(self) -> Box:
        """Left, top, width and height of what is free below the title."""
        shape = self.slide.shapes.title
        bottom = 0 if shape is None else int(shape.top + shape.height)
        top = min(max(bottom, int(self.height * 0.12)), int(self.height * 0.3)) + int(Inches(0.1))
        edge = int(min(EDGE, self.width * 0.05))
        return edge, top, self.width - 2 * edge, self.height - top - int(FOOT)

    def text(self, box: Box, lines: Iterable[str], size: float, *, bullets: bool = False, bold: bool = False,
             colour: RGBColor = INK) -> Any:  # fmt: skip
        """Paragraphs in a box; returns the shape."""
        shape = self.slide.shapes.add_textbox(*(Emu(value) for value in box))
        frame = shape.text_frame
        frame.word_wrap = True
        for index, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
            paragraph.text = f"•  {line}" if bullets else line
            paragraph.space_after = Pt(size * 0.45)
            font(paragraph, size, bold=bold, colour=colour)
        return shape

    def table(self, box: Box, rows: Rows, widths: Sequence[float], size: float) -> None:
        """A table, its head first; `widths` are the columns' shares of the box."""
        left, top, width, height = box
        line = min(int(Pt(size * 2.1)), height // max(len(rows), 1))
        frame = self.slide.shapes.add_table(
            len(rows), len(rows[0]), Emu(left), Emu(top), Emu(width), Emu(line * len(rows))
        )
        table = frame.table
        table.horz_banding = False
        for column, part in enumerate(widths):
            table.columns[column].width = Emu(int(width * part))
        for y, row in enumerate(rows):
            table.rows[y].height = Emu(line)
            for x, text in enumerate(row):
                cell = table.cell(y, x)
                cell.margin_left = cell.margin_right = Inches(0.06)
                cell.margin_top = cell.margin_bottom = Inches(0.02)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                cell.fill.solid()
                cell.fill.fore_color.rgb = RGBColor(0xE9, 0xEE, 0xF2) if y == 0 else RGBColor(255, 255, 255)
                cell.text_frame.text = text
                font(cell.text_frame.paragraphs[0], size, bold=y == 0)

    def footer(self) -> None:
        """Name, versions, seed and date at the foot."""
        box = int(self.area[0]), self.height - int(Inches(0.45)), self.area[2], int(Inches(0.35))
        self.text(box, [f"{NAME} · {self.content.stamp}"], SMALL, colour=GREY)

    def notes(self, *lines: str) -> None:
        """The speaker notes: the headline, these lines, and what the figures rest on."""
        content = self.content
        frame = self.slide.notes_slide.notes_text_frame
        assert frame is not None
        every = [content.headline, *(item.text for item in content.not_known), *lines,
                 f"Amounts in {content.money_text}.", *content.limits[:3],
                 "Sources: " + "; ".join(source.text for source in content.sources) + ".",
                 content.where, f"{content.stamp}."]  # fmt: skip
        frame.text = "\n".join(every)


def font(paragraph: Any, size: float, *, bold: bool = False, colour: RGBColor = INK) -> None:
    for run in paragraph.runs:
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = colour


def in_language(shape: Any, language: Language) -> None:
    """A text in another language than English."""
    for paragraph in shape.text_frame.paragraphs:
        pptx_private.in_language(paragraph, language.tag, from_right=language.from_right)


def fits(lines: Sequence[str], box: Box, size: float) -> bool:
    """Whether the box holds these paragraphs: letters are about half as wide as they are high."""
    across, room = int(box[2] / Pt(size) / 0.5), float(box[3] / Pt(size)) - 1  # in letters
    return sum(1.2 * -(-(len(line) + 3) // across) + 0.45 for line in lines) <= room


def fitting(lines: Sequence[str], box: Box, size: float) -> list[str]:
    """The first lines that the box holds, each whole, and how many more the notes hold."""
    if fits(lines, box, size):
        return list(lines)
    count = len(lines) - 1
    while count and not fits([*lines[:count], "more"], box, size):
        count -= 1
    return [*lines[:count], f"and {len(lines) - count} more, in the notes"]
