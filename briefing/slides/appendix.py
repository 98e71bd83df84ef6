"""The slides behind the answer: other estimators, checks and limits, what differs from the reference, and sources."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.common.content import NAME, Content
from briefing.slides import measure
from briefing.slides.charts import ChartRow, Forest, forest_over, row_of
from briefing.slides.page import READ, Footed, Page, Said, SlideLook
from model.common.ranges import Range
from model.text import findings

BULLET = 26.0  # points that a list is set in by a layout, at most


def methods(look: SlideLook, content: Content) -> None:
    """Figures of other estimators beside ours as dots on a log axis; who has none is named."""
    page = Page(
        look,
        content,
        f"Appendix. {findings.others(content.result, [row.cost for row in content.methods if row.cost is not None])}",
    )
    figures = [row for row in content.methods if row.cost]
    without = ", ".join(row.label for row in content.methods if row.cost is None)
    nothing = ", ".join(row.label for row in content.methods if row.cost == 0)
    text = [f"Nothing lost: {nothing}."] if nothing else []
    text += [f"No figure for this case: {without}."] if without else []
    other_rows = [
        ChartRow(row.label, content.money(row.cost), row.basis, Range(None, row.cost, None), accent=1)
        for row in figures
    ]
    own_rows = [
        row_of(f"{NAME}: {line.label.lower()}", line.range, content.unit, bold=True)
        for line in (content.line("net_direct"), content.line("gross")) if line.range.median
    ]  # fmt: skip
    rows = (
        sorted([*other_rows, *own_rows], key=lambda row: row.drawn.median or 0.0)
        if other_rows and own_rows
        else []
    )
    if rows:
        text.insert(0, "They count different things.")
    drawn = Forest(
        "Figures of other estimators", ("", "Amount", "Range or kind"), rows, content.unit, log=True
    )
    forest_over(page, drawn, [Said(" ".join(text))] if text else [])
    page.notes(
        *(f"{row.label}: {content.money(row.cost)}, {row.basis}, {row.status}." for row in figures),
        *(row.refusal for row in content.methods if row.refusal),
    )  # fmt: skip
    page.finish()


def limits(look: SlideLook, content: Content) -> None:
    """How it was checked, and what it does not say."""
    list_slides(
        look, content, "Appendix: how it was checked, and its limits", [*content.back_test, *content.limits]
    )


def differences(look: SlideLook, content: Content) -> None:
    """What differs from the page as it opens, and of a comparison from its first scenario."""
    lines = [f"{row.label}: {row.after} (reference: {row.before})" for row in content.changes]
    for scenario in content.compared[1:]:
        lines += [f"{scenario.name}, from the first: {row.label}: {row.after}" for row in scenario.changes]
    list_slides(look, content, "Appendix: what differs from the reference", lines)


def sources(look: SlideLook, content: Content) -> None:
    """Where the figures come from; the addresses stand in the notes."""
    lines = [source.text for source in content.sources]
    notes = [f"{source.title}: {source.url}" for source in content.sources if source.url]
    list_slides(look, content, "Appendix: sources", lines, notes)


def list_slides(
    look: SlideLook, content: Footed, title: str, lines: Sequence[str], notes: Sequence[str] = ()
) -> None:
    """A list on as many slides as it needs, none for an empty one."""
    if not lines:
        return
    pages = [Page(look, content, title)]
    high, width = pages[0].box[3] / measure.POINT, pages[0].box[2]
    parts = _parts(lines, high, width, len(lines))
    even = _parts(lines, high, width, -(-len(lines) // len(parts)))
    parts = even if len(even) == len(parts) else parts  # no slide with one line left over
    pages += [Page(look, content, f"{title} ({number})") for number in range(2, len(parts) + 1)]
    pages[-1].notes(*notes)
    for page, part in zip(pages, parts, strict=True):
        page.write(page.box, [Said(text, READ) for text in part], bullets=True, body=True)
        page.finish()


def _parts(lines: Sequence[str], high: float, width: int, most: int) -> list[list[str]]:
    """The lines that each slide holds, as many as fit and at most so many."""
    parts: list[list[str]] = []
    for line in lines:
        part = [*parts[-1], line] if parts else []
        if part and len(part) <= most and Page.height([Said(text) for text in part], width, BULLET) <= high:
            parts[-1] = part
        else:
            parts.append([line])
    return parts
