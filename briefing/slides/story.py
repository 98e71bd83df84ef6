"""The slides that tell the answer, each with its finding: what it costs, what is lost, who loses, how sure."""

from __future__ import annotations

from pptx.enum.text import MSO_ANCHOR
from pptx.util import Inches

from briefing.common import measures
from briefing.common.beside import costliest
from briefing.common.content import BESIDE, Content, Driver, Line
from briefing.slides import measure
from briefing.slides.charts import ChartRow, Forest, forest_over, range_bar, row_of
from briefing.slides.curve import duration
from briefing.slides.page import READ, Box, Page, Said, SlideLook
from model.common.ledger import NO_SUM, SIGNS
from model.common.numbers import GDP_SHARE, PERCENT, money, trimmed
from model.common.ranges import Chance, from_to
from model.text import findings, sentence
from model.text.answer import answer as short_answer

NUMBER, FIGURE = (80, 66, 54, 44, 36, 28), 24  # points of the answer and of the figures beside it
LEAST_ANSWER, BAR = 150.0, 62.0  # points that the answer needs, and of its range
TOP_SECTORS, TOP_DRIVERS = 6, 4


def answer(look: SlideLook, content: Content) -> None:
    """What it costs: the amount with its range, per day, in local money, and what of an event is not known."""
    page = Page(look, content, findings.answer(content.result))
    rest, title = page.box, content.result.scenario.header.title
    if title and not content.not_known:  # the finding says of an event what its name says
        rest = page.down(rest, [Said(title)])
    room, width = rest[3] / measure.POINT - LEAST_ANSWER, rest[2]
    for size in (READ, 16, 14):
        said, reasons = ([Said(text, size) for text in texts] for texts in _open(content))
        last, link = [Said(sentence.footing(content.result), size)], _where(content, width, size)
        apart = page.height([*said, *reasons, *last, *link], width) > room
        below = [*(said if apart else [*said, *reasons]), *last]
        if page.height([*below, *link], width) <= room:
            break
    if content.local is not None:
        local = [Said(content.said_locally, size, tag=content.local.language.tag)]
        if page.height([*local, *below, *link], width) <= room:
            below = [*below[:-1], *local, below[-1]]
        else:
            page.notes(content.said_locally)
    high = [int(page.height(texts, width) * measure.POINT) for texts in (below, link)]
    bottom = rest[1] + rest[3]
    _number(page, content, (rest[0], rest[1], width, rest[3] - sum(high)))
    page.write((rest[0], bottom - sum(high), width, high[0]), below, anchor=MSO_ANCHOR.BOTTOM, body=True)
    if link:
        page.write((rest[0], bottom - high[1], width, high[1]), link)
    page.notes(
        content.press, *(item.text for item in content.not_known), f"Amounts in {content.money_text}.",
        content.where, f"{content.stamp}.", *content.how,
    )  # fmt: skip
    page.finish()
    if apart and reasons:
        more = Page(look, content, "What the sources leave open")
        more.down(more.box, [item for pair in zip(said, reasons, strict=True) for item in pair], body=True)
        more.finish()


def _open(content: Content) -> tuple[list[str], list[str]]:
    """What is not known of an event with its costs, and the reasons."""
    return [item.said for item in content.not_known], [item.plain_why for item in content.not_known]


def _where(content: Content, width: int, size: float) -> list[Said]:
    """How to open the scenario again; nothing where no address is known."""
    if not content.link:
        return []
    fits = measure.lines(content.where, width / measure.POINT, size) == 1
    return [Said(content.where if fits else "Open this in the live dashboard", size, link=content.link)]


def _number(page: Page, content: Content, box: Box) -> None:
    """The amount in large letters over its range; beside it what makes it plain."""
    cost = content.line("net_direct").range
    words = cost.money(content.unit)
    left, top, width, height = box
    figures = [
        Said(figure.label, FIGURE, lead=figure.value) for figure in short_answer(content.result).figures
    ]
    part = int(width * 0.56) if figures else width
    nothing = isinstance(words, Chance)
    text, label = ("Probably nothing", words.ends) if nothing else (words.median, "Range")
    room = height / measure.POINT - BAR - READ * 1.8
    fitting = (size for size in NUMBER if measure.width(text, size, bold=True) <= 0.93 * part / measure.POINT)
    size = next((size for size in fitting if size * measure.LINE <= room), NUMBER[-1])
    said = [Said(text, size, bold=True, colour=page.look.accents[0]), Said(label)]
    rest = page.down((left, top, part, height), said)
    if not nothing and cost.high and cost.low != cost.high:
        high = min(rest[3], int(BAR * measure.POINT))
        range_bar(page, content, (left, rest[1], part - int(Inches(0.3)), high), cost, words)
    if figures:
        page.write(
            (left + part, top, width - part, height - int(Inches(0.1))), figures, anchor=MSO_ANCHOR.MIDDLE
        )


def comparison(look: SlideLook, content: Content) -> None:
    """All scenarios with their ranges, and what each costs more or less than the first, simulation by simulation."""
    page = Page(look, content, costliest(content.compared))
    rows = [
        row_of(item.label, item.amount, item.unit, min(number, 1), bold=number == 0, more=item.difference)
        for number, item in enumerate(content.compared)
    ]  # fmt: skip
    unit = content.compared[0].unit
    drawn = Forest("Scenarios side by side", ("Below: difference to the first", *HEADS[1:]), rows, unit)
    said = "Differences are computed simulation by simulation; they are not differences of ranges."
    forest_over(page, drawn, [Said(said)])
    page.notes(
        *(f"{row.label}: {row.text}; {row.difference or 'the first'}; {row.said_changes}" for row in content.compared),
        content.where,
    )  # fmt: skip
    page.finish()


HEADS = ("", "Direct loss", "Range")


def chain(look: SlideLook, content: Content) -> None:
    """What is disrupted, recovered and lost, and what is counted apart."""
    page = Page(look, content, findings.chain(content.result))
    inside = [_row(content, line) for line in content.chain if line.id not in BESIDE]
    apart = [_row(content, line) for line in content.chain if line.id in BESIDE]
    heading = [ChartRow("Counted separately, never added:", bold=True)] if apart else []
    text = [Said(f"{NO_SUM}.")]
    drawn = Forest("What is lost", ("", "Amount", "Range"), [*inside, *heading, *apart], content.unit)
    forest_over(page, drawn, text)
    page.notes(
        *(f"{line.label}: {line.text}, {line.basis}." for line in content.chain),
        "Disrupted is all activity that stands still; the direct loss is what of it is not recovered, plus overtime.",
    )
    page.finish()


def _row(content: Content, line: Line) -> ChartRow:
    name, accent = f"{SIGNS.get(line.id, '')}{line.label}", int(line.id in BESIDE)
    return row_of(name, line.range, content.unit, accent, bold=line.id == "net_direct")


def saved(look: SlideLook, content: Content) -> None:
    """What each measure that is on saves."""
    page = Page(look, content, measures.finding(content.result).rstrip("."))
    rows = [
        row_of(item.label, item.saved, content.unit, bold=item.together, more=_worth(item))
        for item in content.measures
    ]
    text = [Said(measures.BASIS)]
    drawn = Forest("What each measure saves", ("", "Saves", "Range"), rows, content.unit)
    forest_over(page, drawn, text)
    page.notes(
        *(f"{row.label}: {row.text}; {row.cost_text} a year; {row.verdict}." for row in content.measures)
    )
    page.finish()


def _worth(item: measures.PricedMeasure) -> str:
    """Whether a measure is worth its cost, where that is known."""
    return "" if item.cost is None else f"{item.verdict}; costs {item.cost_text} a year"


def length(look: SlideLook, content: Content) -> None:
    """Cost against length."""
    page = Page(look, content, findings.duration(content.result))
    if not duration(page, content, page.box):
        page.down(page.box, [Said("Nothing is lost at any length.")], body=True)
    page.notes("Direct loss: median and range, from the 5th to the 95th percentile; both axes on log scales.")
    page.finish()


def bearers(look: SlideLook, content: Content) -> None:
    """Who loses: the largest industries, and the others together in words."""
    page = Page(look, content, content.bearers_finding)
    shown, others = content.sectors[:TOP_SECTORS], content.sectors[TOP_SECTORS:]
    rest = content.money(sum(line.range.median or 0.0 for line in others))
    text = (
        [Said(f"The other {len(others)} industries together: {rest}, the sum of their medians.")]
        if others
        else []
    )
    drawn = Forest("Direct loss by industry", HEADS, [_row(content, line) for line in shown], content.unit)
    forest_over(page, drawn, text)
    for name, lines in (("By industry", content.sectors), ("By type of user", content.classes)):
        page.notes(f"{name}, medians and ranges: {'; '.join(f'{line.label} {line.text}' for line in lines)}.")
    page.finish()


def sure(look: SlideLook, content: Content) -> None:
    """How sure: the assumptions that move the answer most, and what a check against measurements found."""
    page = Page(look, content, findings.drivers(content.result))
    unit = content.unit
    rows = [_driver(item, unit) for item in content.drivers[:TOP_DRIVERS]]
    text = [Said(content.back_test[0])]
    middle = f"dashed: all in the middle, {content.money(content.centre)}"
    drawn = Forest(
        "Assumptions that move the answer", ("Assumption", "Direct loss", ""), rows, unit,
        key=f"Assumption low (diamond), high (circle); {middle}", mark=content.centre,
    )  # fmt: skip
    forest_over(page, drawn, text)
    page.notes(
        f"One assumption at a time at its low and its high point, all others in the middle. With all in the middle the "
        f"loss is {content.money(content.centre)}; the median of the simulations is another figure.",
        *(f"{row.label} ({_inputs(row.input_low, row.input_high, row.unit)}): {row.text}." for row in content.drivers),
    )  # fmt: skip
    page.finish()


def _driver(item: Driver, unit: str) -> ChartRow:
    """An assumption with the losses at its two ends, and from where to where it is moved."""
    ends, losses = (item.at_low, item.at_high), sorted((item.at_low, item.at_high))
    brief = PERCENT if unit == GDP_SHARE else unit  # of what it is a share stands in the title
    words = from_to(*(money(loss, brief) for loss in losses))
    return ChartRow(item.label, words, more=_inputs(item.input_low, item.input_high, item.unit), ends=ends)


def _inputs(low: float, high: float, unit: str) -> str:
    """From where to where an assumption is moved."""
    if unit == "percentile":
        return "all from their low to their high points"
    if unit == "share":
        return f"from {trimmed(low * 100, 2)}% to {trimmed(high * 100, 2)}%"
    return f"from {trimmed(low, 2)} to {trimmed(high, 2)} {'times' if unit == 'x' else unit}".strip()
