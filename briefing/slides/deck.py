"""The slides: eight, with native charts, the basis and the sources in the speaker notes."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.util import Emu, Inches

from briefing.content import NAME, Content
from briefing.press import beside_it
from briefing.slides import charts
from briefing.slides.charts import BLUE, INK, LIGHT
from briefing.slides.page import (
    BODY,
    SMALL,
    Page,
    deck_of,
    fits,
    fitting,
    font,
    in_language,
)

NARROW = Inches(10)  # of the old format of slides
LONGEST_CELL = 60


def make(content: Content, template: bytes | None = None) -> bytes:
    """The deck as bytes, on the reader's template or on a plain one; raises `InputError` for a bad template."""
    deck, layout = deck_of(template)
    _properties(deck, content)
    who = [_bearers_and_drivers, _compared] if content.compared else [_bearers, _drivers]
    builders = [_answer, _chain, _duration, *who, _methods, _limits, _basis]
    for build in builders:
        Page(deck, layout, content, template is not None).add(build)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def _properties(deck: Deck, content: Content) -> None:
    core = deck.core_properties
    core.title, core.author, core.comments = content.title[:200], NAME, content.stamp[:250]
    core.created = core.modified = datetime.fromisoformat(content.day)


def _answer(page: Page) -> None:
    content = page.content
    page.title(content.title)
    left, top, width, height = page.area
    more = content.compared or content.not_known
    size = 24 if width > NARROW and not more else 20
    words = page.text((left, top, width, int(height * 0.3)), [content.headline], size, bold=True)
    tiles_from, tiles_high = (0.58, 0.2) if content.not_known else (0.36, 0.32)
    if content.not_known:
        above = 0.32 if content.compared else 0.23
        box = (left, top + int(height * above), width, int(height * (tiles_from - above)))
        lines = [item.said for item in content.not_known] + [item.plain_why for item in content.not_known]
        page.text(box, fitting(lines, box, BODY), BODY)
    if content.compared:
        beside = words.text_frame.add_paragraph()
        beside.text = beside_it(content.compared)
        font(beside, BODY)
    count = len(content.figures)
    gap = int(Inches(0.2))
    wide = (width - gap * (count - 1)) // count
    tile_top, tile = top + int(height * tiles_from), int(height * tiles_high)
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
            font(paragraph, size, bold=number == 1, colour=BLUE if number == 1 else INK)
    if content.local:
        begins = 0.79 if content.not_known else 0.72
        box = (left, top + int(height * begins), width, int(height * 0.11))
        in_language(page.text(box, [content.said_locally], 14), content.local.language)
    where = content.where if len(content.where) <= 125 else content.where[:122] + "…"
    shape = page.text((left, top + int(height * 0.87), width, int(height * 0.1)), [where], SMALL)
    if content.link:
        shape.text_frame.paragraphs[0].runs[0].hyperlink.address = content.link
    page.notes(content.press, content.title)


def _chain(page: Page) -> None:
    content = page.content
    gross, net = content.line("gross"), content.line("net_direct")
    page.title(
        f"From touched to lost: of {content.money(gross.median)} interrupted, {content.money(net.median)} is lost"
    )
    left, top, width, height = page.area
    split = int(width * 0.5)
    charts.chain(page.slide, content, (left, top, split, height))
    rows = [
        ["Amount", "Median (range)", "Basis"],
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


def _duration(page: Page) -> None:
    content = page.content
    net = content.line("net_direct")
    page.title(f"Cost against duration: {net.text} here")
    charts.duration(page.slide, content, page.area)
    page.notes("Direct loss, value added: median and range, from the 5th to the 95th percentile.")


def _bearers(page: Page) -> None:
    content = page.content
    page.title("Who bears it: net direct loss by sector")
    charts.bearers(page.slide, content, page.area)
    _say_bearers_and_drivers(page, bearers=True)


def _ranges(lines: Iterable[str]) -> str:
    return "Medians and ranges (5th to 95th percentile): " + "; ".join(lines) + "."


def _bearers_and_drivers(page: Page) -> None:
    """Both on one slide, where a comparison needs the other."""
    content = page.content
    page.title("Who bears it, and what drives the uncertainty")
    left, top, width, height = page.area
    half, head = (width - int(Inches(0.2))) // 2, int(Inches(0.4))
    right = left + width - half
    page.text((left, top, half, head), ["Direct loss by sector"], BODY, bold=True)
    page.text((right, top, half, head), ["One input at its 5% and 95% point"], BODY, bold=True)
    charts.bearers(page.slide, content, (left, top + head, half, height - head), most=5)
    if content.drivers:
        charts.drivers(page.slide, content, (right, top + head, half, height - head), most=4)
    else:
        page.text((right, top + head, half, head), ["Nothing is uncertain here."], BODY)
    _say_bearers_and_drivers(page, bearers=True, drivers=True)


def _say_bearers_and_drivers(page: Page, *, bearers: bool = False, drivers: bool = False) -> None:
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


def _drivers(page: Page) -> None:
    content = page.content
    page.title("What drives the uncertainty, one input at a time")
    if content.drivers:
        charts.drivers(page.slide, content, page.area)
    else:
        page.text(page.area, ["Nothing is uncertain here: the loss is zero or every input is pinned."], 20)
    _say_bearers_and_drivers(page, drivers=True)


def _compared(page: Page) -> None:
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
        "Differences are taken draw by draw.", content.where,
    )  # fmt: skip


def _methods(page: Page) -> None:
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


def _limits(page: Page) -> None:
    content = page.content
    page.title("How sure, and what it does not say")
    every = [*content.back_test, *content.limits]
    size = next((size for size in (18, 16) if fits(every, page.area, size)), BODY)
    page.text(page.area, fitting(every, page.area, size), size, bullets=True)
    page.notes(*every)


def _basis(page: Page) -> None:
    content = page.content
    page.title("Assumptions that differ from the baseline, and sources")
    left, top, width, height = page.area
    gap = int(Inches(0.3))
    half = (width - gap) // 2
    box = (left + half + gap, top, half, height)
    own = (left, top, half, int(height * 0.92))
    if content.compared:
        page.text(own, fitting(_differing(content), own, BODY), BODY)
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
    page.text(box, fitting(sources, box, SMALL), SMALL, bullets=True)
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
