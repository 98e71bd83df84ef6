"""The slides: eight, with native charts, the basis and the sources in the speaker notes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide, SlideLayout
from pptx.util import Emu, Inches, Pt

from briefing import slide_charts as charts
from briefing.content import NAME, Content
from briefing.press import beside_it
from briefing.slide_charts import BLUE, GREY, INK, LIGHT, Box
from model.errors import InputError

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
EDGE, FOOT = Inches(0.6), Inches(0.55)
MAX_TEMPLATE, MAX_UNPACKED, MAX_PARTS = 20 * 2**20, 200 * 2**20, 5_000
LONGEST_TITLE = 130
BODY, SMALL = 14, 12  # points: the least for what is read in the room, and for sources and the footer
NARROW = Inches(10)  # of the old format of slides
TITLES = (36, 32, 28, 24, 20, 18)  # points of a title in an own template
LONGEST_CELL = 60
Rows = Sequence[Sequence[str]]


def make(content: Content, template: bytes | None = None) -> bytes:
    """The deck as bytes, on the reader's template or on a plain one; raises `InputError` for a bad template."""
    deck, layout = deck_of(template)
    _properties(deck, content)
    who = [_bearers_and_drivers, _compared] if content.compared else [_bearers, _drivers]
    builders = [_answer, _chain, _duration, *who, _methods, _limits, _basis]
    for build in builders:
        _Page(deck, layout, content, template is not None).add(build)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def _properties(deck: Deck, content: Content) -> None:
    core = deck.core_properties
    core.title, core.author, core.comments = content.title[:200], NAME, content.stamp[:250]
    core.created = core.modified = datetime.fromisoformat(content.day)


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
                shape._element.getparent().remove(shape._element)
        return deck, layout
    deck = _checked_template(template)
    for entry in list(deck.slides._sldIdLst):
        deck.part.drop_rel(entry.rId)
        deck.slides._sldIdLst.remove(entry)
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


class _Page:
    """One slide while it is being laid out: the area below the title, the footer, the notes."""

    def __init__(self, deck: Deck, layout: SlideLayout, content: Content, own_template: bool) -> None:
        self.deck, self.content, self.own_template = deck, content, own_template
        self.slide: Slide = deck.slides.add_slide(layout)
        for shape in list(self.slide.placeholders):
            if not _is_title(shape):
                shape._element.getparent().remove(shape._element)
        self.width, self.height = int(deck.slide_width or WIDTH), int(deck.slide_height or HEIGHT)

    def add(self, build: Callable[[_Page], None]) -> None:
        build(self)
        self.footer()

    def title(self, text: str) -> None:
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
                _font(paragraph, 28 if len(text) <= 52 else 23 if len(text) <= 80 else 18, bold=True)

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
        shape = self.slide.shapes.add_textbox(*(Emu(value) for value in box))
        frame = shape.text_frame
        frame.word_wrap = True
        for index, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
            paragraph.text = f"•  {line}" if bullets else line
            paragraph.space_after = Pt(size * 0.45)
            _font(paragraph, size, bold=bold, colour=colour)
        return shape

    def table(self, box: Box, rows: Rows, widths: Sequence[float], size: float) -> None:
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
                _font(cell.text_frame.paragraphs[0], size, bold=y == 0)

    def footer(self) -> None:
        box = int(self.area[0]), self.height - int(Inches(0.45)), self.area[2], int(Inches(0.35))
        self.text(box, [f"{NAME} · {self.content.stamp}"], SMALL, colour=GREY)

    def notes(self, *lines: str) -> None:
        content = self.content
        frame = self.slide.notes_slide.notes_text_frame
        assert frame is not None
        every = [content.headline, *lines, f"Amounts in {content.money_text}.", *content.limits[:3],
                 "Sources: " + "; ".join(source.text for source in content.sources) + ".",
                 f"Live scenario: {content.link}", f"{content.stamp}."]  # fmt: skip
        frame.text = "\n".join(every)


def _font(paragraph: Any, size: float, *, bold: bool = False, colour: RGBColor = INK) -> None:
    for run in paragraph.runs:
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = colour


def _answer(page: _Page) -> None:
    content = page.content
    page.title(content.title)
    left, top, width, height = page.area
    size = 24 if width > NARROW and not content.compared else 20
    words = page.text((left, top, width, int(height * 0.3)), [content.headline], size, bold=True)
    if content.compared:
        beside = words.text_frame.add_paragraph()
        beside.text = beside_it(content.compared)
        _font(beside, BODY)
    count = len(content.figures)
    gap = int(Inches(0.2))
    wide = (width - gap * (count - 1)) // count
    tile_top, tile = top + int(height * 0.36), int(height * 0.32)
    for index, figure in enumerate(content.figures):
        at = left + index * (wide + gap)
        shape = page.slide.shapes.add_shape(1, Emu(at), Emu(tile_top), Emu(wide), Emu(tile))
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor(0xF3, 0xF5, 0xF7)
        shape.line.color.rgb = LIGHT
        frame = shape.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        for number, (text, size) in enumerate(
            ((figure.label, BODY), (figure.value, 26), (figure.detail, BODY))
        ):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text, paragraph.alignment = text, PP_ALIGN.LEFT
            _font(paragraph, size, bold=number == 1, colour=BLUE if number == 1 else INK)
    urdu = page.text((left, top + int(height * 0.72), width, int(height * 0.12)), [content.urdu], 16)
    _right_to_left(urdu)
    link = content.link if len(content.link) <= 110 else content.link[:107] + "…"
    shape = page.text(
        (left, top + int(height * 0.87), width, int(height * 0.1)), [f"Live scenario: {link}"], SMALL
    )
    shape.text_frame.paragraphs[0].runs[0].hyperlink.address = content.link
    page.notes(content.press, content.title)


def _right_to_left(shape: Any) -> None:
    """Urdu: the paragraph runs from the right, and the letters come from a font for Arabic script."""
    for paragraph in shape.text_frame.paragraphs:
        properties = paragraph._p.get_or_add_pPr()
        properties.set("rtl", "1")
        properties.set("algn", "r")
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", "ur-PK")
            font = run._r.get_or_add_rPr().makeelement(qn("a:cs"), {"typeface": "Noto Naskh Arabic"})
            run._r.get_or_add_rPr().append(font)


def _chain(page: _Page) -> None:
    content = page.content
    gross, net = content.line("gross"), content.line("net_direct")
    page.title(
        f"From touched to lost: of {content.money(gross.median)} interrupted, {content.money(net.median)} is lost"
    )
    left, top, width, height = page.area
    split = int(width * 0.5)
    charts.chain(page.slide, content, (left, top, split, height))
    rows = [
        ["Amount", "Median (90 % range)", "Basis"],
        *([line.label, line.text, line.basis] for line in content.chain),
    ]
    shares: tuple[float, ...] = (0.33, 0.39, 0.28)
    if width <= NARROW:  # the notes hold the basis
        rows, shares = [row[:2] for row in rows], (0.42, 0.58)
    right = left + split + int(Inches(0.2))
    room = width - split - int(Inches(0.2))
    page.table((right, top + int(height * 0.02), room, int(height * 0.74)), rows, shares, BODY)
    words = [
        "Columns of receipts and operating cost stand beside the chain, each on its own basis, and are never added."
    ]
    page.text((right, top + int(height * 0.8), room, int(height * 0.18)), words, BODY)
    page.notes(
        "Gross is activity interrupted; net is gross less what is caught up later, plus overtime.",
        "The words above the columns are text: type them anew when you change the chart's data.",
        *(f"{line.label}: {line.text}, {line.basis}" for line in content.chain),
        *content.how,
    )


def _duration(page: _Page) -> None:
    content = page.content
    net = content.line("net_direct")
    page.title(f"Cost against duration: {net.text} here")
    charts.duration(page.slide, content, page.area)
    page.notes("Net direct loss, value added: median and the range that holds 90 % of the draws.")


def _bearers(page: _Page) -> None:
    content = page.content
    page.title("Who bears it: net direct loss by sector")
    charts.bearers(page.slide, content, page.area)
    _say_bearers_and_drivers(page, bearers=True)


def _ranges(lines: Iterable[str]) -> str:
    return "Medians and 90 % ranges: " + "; ".join(lines) + "."


def _bearers_and_drivers(page: _Page) -> None:
    """Both on one slide, where a comparison needs the other."""
    content = page.content
    page.title("Who bears it, and what drives the uncertainty")
    left, top, width, height = page.area
    half, head = (width - int(Inches(0.2))) // 2, int(Inches(0.4))
    right = left + width - half
    page.text((left, top, half, head), ["Net direct loss by sector"], BODY, bold=True)
    page.text((right, top, half, head), ["One input at its 5 % and 95 % point"], BODY, bold=True)
    charts.bearers(page.slide, content, (left, top + head, half, height - head), most=5)
    if content.drivers:
        charts.drivers(page.slide, content, (right, top + head, half, height - head), most=4)
    else:
        page.text((right, top + head, half, head), ["Nothing is uncertain here."], BODY)
    _say_bearers_and_drivers(page, bearers=True, drivers=True)


def _say_bearers_and_drivers(page: _Page, *, bearers: bool = False, drivers: bool = False) -> None:
    """Into the notes: every class and every bar."""
    content = page.content
    sectors = _ranges(f"{line.label} {line.text}" for line in content.sectors)
    lines = [
        sectors,
        "By user class: " + "; ".join(f"{line.label} {line.text}" for line in content.classes) + ".",
    ]
    every = [f"{row.label} ({row.inputs}): {row.text}" for row in content.drivers]
    centre = [f"Every input at its median: {content.money(content.centre)}.", *every]
    page.notes(*(lines if bearers else ()), *(centre if drivers else ()))


def _drivers(page: _Page) -> None:
    content = page.content
    page.title("What drives the uncertainty, one input at a time")
    if content.drivers:
        charts.drivers(page.slide, content, page.area)
    else:
        page.text(page.area, ["Nothing is uncertain here: the loss is zero or every input is pinned."], 20)
    _say_bearers_and_drivers(page, drivers=True)


def _compared(page: _Page) -> None:
    content = page.content
    page.title("Scenarios side by side: net direct loss on the same draws")
    charts.compared(page.slide, content, page.area)
    first, *others = content.compared
    rows = [
        f"{row.label}: {row.text}; {row.difference} more or less than the first; differs in {row.said_changes}"
        for row in others
    ]
    page.notes(
        f"{first.label}: {first.text}; what the others are compared with.", *rows,
        "Differences are taken draw by draw.", f"All side by side: {content.comparison_link}",
    )  # fmt: skip


def _methods(page: _Page) -> None:
    content = page.content
    page.title("What other published methods print for this event")
    refusals = [row.refusal for row in content.methods if row.refusal]
    left, top, width, height = page.area
    if charts.methods(page.slide, content, (left, top, width, int(height * 0.9))) is None:
        page.text(
            (left, top, width, height),
            refusals or ["No other method has a figure for this."],
            BODY,
            bullets=True,
        )
    else:
        words = "Log scale. Gross, net and unclear are different kinds of cost; a longer bar is not a worse estimate."
        page.text((left, top + int(height * 0.91), width, int(height * 0.08)), [words], BODY)
    rows = [
        f"{row.label}: {row.text}, {row.basis}, {row.status}"
        for row in content.methods
        if row.cost is not None
    ]
    page.notes(*rows, *refusals)


def _limits(page: _Page) -> None:
    content = page.content
    page.title("How sure, and what it does not say")
    every = [*content.back_test, *content.limits]
    size = next((size for size in (18, 16) if _high(every, page.area, size) <= _room(page.area, size)), BODY)
    page.text(page.area, _fitting(every, page.area, size), size, bullets=True)
    page.notes(*every)


def _room(box: Box, size: float) -> float:
    """Height of a box in letters."""
    return float(box[3] / Pt(size)) - 1


def _high(lines: Sequence[str], box: Box, size: float) -> float:
    """Height of these paragraphs in letters, which are about half as wide as they are high."""
    across = int(box[2] / Pt(size) / 0.5)
    return sum(1.2 * -(-(len(line) + 3) // across) + 0.45 for line in lines)


def _fitting(lines: Sequence[str], box: Box, size: float) -> list[str]:
    """The first lines that the box holds, each whole, and how many more the notes hold."""
    if _high(lines, box, size) <= _room(box, size):
        return list(lines)
    kept = len(lines) - 1
    while kept and _high([*lines[:kept], "more"], box, size) > _room(box, size):
        kept -= 1
    return [*lines[:kept], f"and {len(lines) - kept} more, in the notes"]


def _basis(page: _Page) -> None:
    content = page.content
    page.title("Assumptions that differ from the baseline, and sources")
    left, top, width, height = page.area
    gap = int(Inches(0.3))
    half = (width - gap) // 2
    box = (left + half + gap, top, half, height)
    own = (left, top, half, int(height * 0.92))
    if content.compared:
        page.text(own, _fitting(_differing(content), own, BODY), BODY)
    elif content.changes:
        shown = content.changes[:7]
        rows = [
            ["What", "Baseline", "Here"],
            *([_cut(c.label), _cut(c.before), _cut(c.after)] for c in shown),
        ]
        page.table((left, top, half, int(height * 0.88)), rows, (0.42, 0.27, 0.31), BODY)
        if len(content.changes) > len(shown):
            more = f"and {len(content.changes) - len(shown)} more, in the notes"
            page.text((left, top + int(height * 0.92), half, int(height * 0.08)), [more], BODY)
    else:
        words = ["Nothing differs: this is the baseline."]
        page.text((left, top, width, int(Inches(0.4))), words, BODY, bold=True)
        box = (left, top + int(Inches(0.5)), width, height - int(Inches(0.5)))
    sources = [source.text for source in content.sources]
    page.text(box, _fitting(sources, box, SMALL), SMALL, bullets=True)
    page.notes(
        *(f"{c.label}: {c.before} becomes {c.after}" for c in content.changes),
        *(f"{row.name}, from the first: {row.said_changes}" for row in content.compared[1:]),
    )


def _differing(content: Content) -> list[str]:
    """Of a comparison, a list for each scenario: the first from the baseline, the others from the first."""
    first, *others = content.compared
    lines = [f"{_cut(first.name)}, from the baseline:"]
    lines += [f"–  {_cut(c.label)}: {_cut(c.after)}" for c in content.changes] or ["–  nothing differs"]
    for row in others:
        lines.append(f"{_cut(row.name)}, from the first:")
        lines += [f"–  {_cut(c.label)}: {_cut(c.after)}" for c in row.changes] or ["–  nothing differs"]
    return lines


def _cut(text: str) -> str:
    """A reader's text in a cell: the notes hold all of it."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
