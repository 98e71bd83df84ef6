"""What the slides draw of one quantity over another: cost against length, and lines over years or shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from pptx.enum.chart import XL_CHART_TYPE

from briefing.common.content import Content
from briefing.slides import measure
from briefing.slides.charts import TICKS, scatter, tick_texts
from briefing.slides.page import LABEL, READ, Box, Page
from briefing.slides.scatter import PlotAxis, PointWords, Series, strokes
from briefing.slides.theme import FAINT
from charts import palette as p
from charts import words as w
from model.common.numbers import duration_text, money, scale_of
from model.common.ranges import Range

TITLE = 26.0  # points that the title of an axis takes
GAP = "\u00a0\u00a0"  # between a dot and the words at it
LENGTHS = (
    (1 / 60, "1 minute"), (0.25, "15 minutes"), (1, "1 hour"), (24, "1 day"), (168, "1 week"), (730, "1 month"),
    (8760, "1 year"),
)  # fmt: skip
KEY = "Line: middle estimate. Dashed: range."
WIDE_SPREAD = 30.0  # between the ends of an axis that is logarithmic


@dataclass(frozen=True)
class RangedLine:
    """A line with its range; low and high are the middle where it has none."""

    name: str
    ends: Range[Sequence[float]]


@dataclass(frozen=True)
class SlideCurves:
    """Lines over one direction: what it shows, both titles, the numbers across, and how numbers are written."""

    name: str
    across_title: str
    up_title: str
    across: Sequence[float]
    lines: Sequence[RangedLine]
    write_across: Callable[[float], str]
    write: Callable[[float], str]


def curves(page: Page, box: Box, drawn: SlideCurves) -> None:
    """Lines with their ranges on a linear scale from nothing, each with its name at its end."""
    wide, high = box[2] / measure.POINT, box[3] / measure.POINT
    every = [value for line in drawn.lines for part in line.ends for value in part]
    y0, y1 = min(0.0, *every), max(0.0, *every) or 1.0
    xs = list(drawn.across)
    log = min(xs) > 0 and max(xs) > WIDE_SPREAD * min(xs)
    x0, x1 = min(xs), max(xs)
    ticks = w.linear_ticks(y0, y1, 6)
    texts = [w.tick_text(drawn.write, value) for value in ticks]
    marks = w.log_ticks(x0, x1) if log else w.linear_ticks(x0, x1, 7)
    before = max(measure.width(text, LABEL) for text in texts) + 12
    after = max(measure.width(line.name, LABEL) for line in drawn.lines) + 18
    across = (_with_room if log else _with_linear_room)(x0, x1, wide - TITLE, before, after)
    up = _with_linear_room(y0, y1, high - TITLE, TICKS, LABEL)
    said = [w.tick_text(drawn.write_across, value) for value in marks]
    series = [
        Series("Lines (not data)", strokes([(x0, value, x1, value) for value in ticks]), FAINT, line=0.75),
        Series("Across (words)", [(value, y0) for value in marks], words=PointWords(said, "b", LABEL), rows=said),
        Series("Amounts (words)", [(x0, value) for value in ticks],
               words=PointWords([f"{text}{GAP}" for text in texts], "l", LABEL), rows=texts),
    ]  # fmt: skip
    accents = page.look.accents
    for number, line in enumerate(drawn.lines):
        colour = accents[min(number, len(accents) - 1)]
        low, middle, top = ([(x, float(y)) for x, y in zip(xs, part, strict=True)] for part in line.ends)
        for name, points in (("high end", top), ("low end", low)):
            if points != middle:
                series.append(Series(f"{line.name}, {name}", points, colour, line=1.75, dashed=True))
        series.append(Series(line.name, middle, colour, line=4.0))
    tall = max(high - TITLE - TICKS - LABEL, 1.0)
    wanted = [(y1 - float(line.ends.median[-1])) / (y1 - y0) * tall for line in drawn.lines]
    places = p.spaced(wanted, [LABEL * 1.5] * len(wanted), 0.0, tall)
    ends = [y1 - place / tall * (y1 - y0) for place in places]
    names = PointWords([f"{GAP}{line.name}" for line in drawn.lines], "r", LABEL)
    series.append(Series("Names (words)", [(xs[-1], end) for end in ends], words=names))
    plot = (TITLE / wide, 0.0, 1 - TITLE / wide, 1 - TITLE / high)
    axes = PlotAxis(*across, log=log, title=drawn.across_title), PlotAxis(*up, title=drawn.up_title)
    last = drawn.write_across(xs[-1])
    ends_in_words = "; ".join(
        f"{line.name}: {drawn.write(float(line.ends.median[0]))} to {drawn.write(float(line.ends.median[-1]))}"
        for line in drawn.lines
    )
    text = f"{drawn.name}. {drawn.across_title}, {drawn.write_across(xs[0])} to {last}: {ends_in_words}."
    page.chart(box, XL_CHART_TYPE.XY_SCATTER, scatter(page, series, *axes, plot), drawn.name, text)


def _with_linear_room(
    low: float, high: float, room: float, before: float, after: float
) -> tuple[float, float]:
    """The same as `_with_room` for a linear axis."""
    each = ((high - low) or 1.0) / max(room - before - after, 1.0)
    return low - each * before, high + each * after


def duration(page: Page, content: Content, box: Box) -> bool:
    """Direct loss against length on log axes, with the scenario's own dot; False where nothing is ever lost."""
    unit = scale_of(content.unit)
    curve, days = content.result.curves["net_direct"], content.result.durations / 24
    lines = {
        name: [
            (float(day), float(value) / unit)
            for day, value in zip(days, part, strict=True)
            if day > 0 < value
        ]
        for name, part in (("95% point", curve.high), ("Median", curve.median), ("5% point", curve.low))
    }
    if not lines["Median"]:
        return False
    wide, high = box[2] / measure.POINT, box[3] / measure.POINT
    every = [point for points in lines.values() for point in points]
    x0, x1 = min(x for x, _ in every), max(x for x, _ in every)
    y0, y1 = min(y for _, y in every) / 1.5, max(y for _, y in every) * 1.5
    ticks = [value for value in w.log_ticks(y0, y1) if value >= y0]
    texts = tick_texts(ticks, content.unit)
    sides = max(measure.width(text, LABEL) for text in texts) + 12, 110.0
    across = _with_room(x0, x1, wide - TITLE, *sides)
    up = _with_room(y0, y1, high - TITLE, TICKS, 0.0)
    lengths = [(hours / 24, text) for hours, text in LENGTHS if x0 <= hours / 24 <= x1]
    below, above = y0, y1
    net = content.line("net_direct")
    accent, other = page.look.accents[:2]
    series = [
        Series("Lines (not data)", strokes([*((day, below, day, above) for day, _ in lengths),
                                            *((x0, value, x1, value) for value in ticks)]), FAINT, line=0.75),
        Series("Lengths (words)", [(day, below) for day, _ in lengths],
               words=PointWords([text for _, text in lengths], "b", LABEL), rows=[text for _, text in lengths]),
        Series("Amounts (words)", [(x0, value) for value in ticks],
               words=PointWords([f"{text}{GAP}" for text in texts], "l", LABEL), rows=texts),
        *(Series(name, points, accent, line=4.0 if name == "Median" else 2.0, dashed=name != "Median")
          for name, points in lines.items() if points),
    ]  # fmt: skip
    series.append(_names_of_lines(lines, high))
    here = content.result.scenario.hours
    if here > 0 and net.range.median:
        label = f"{GAP}{duration_text(here)}: {net.text}"
        dot = (here / 24, net.range.median / unit)
        corner = (x0 * (x1 / x0) ** 0.03, above / (above / below) ** 0.06)
        series.append(Series("This scenario", [dot], other, "circle", 14, rows=[duration_text(here)]))
        series.append(
            Series(
                "Key (words)", [corner], other, "circle", 14, words=PointWords([label], "r", READ, bold=True)
            )
        )
    plot = (TITLE / wide, 0.0, 1 - TITLE / wide, 1 - TITLE / high)
    axes = (PlotAxis(*across, log=True, title="Length of the outage (log scale)"),
            PlotAxis(*up, log=True, title="Direct loss (log scale)"))  # fmt: skip
    marks = [(hours, text) for hours, text in LENGTHS if hours in list(content.result.durations)]
    medians = dict(zip((float(value) for value in content.result.durations), curve.median, strict=True))
    said = "; ".join(f"{text} {money(float(medians[hours]), content.unit)}" for hours, text in marks)
    page.chart(
        box, XL_CHART_TYPE.XY_SCATTER, scatter(page, series, *axes, plot), "Direct loss against duration",
        f"Direct loss against length, both axes on log scales. Medians: {said}. "
        f"This scenario, {duration_text(here)}: {net.text}.",
    )  # fmt: skip
    return True


def _with_room(low: float, high: float, room: float, before: float, after: float) -> tuple[float, float]:
    """Both ends of a log axis in a room of so many points, with points to spare before the low and after the high."""
    decades = float(np.log10(high / low)) or 1.0
    each = decades / max(room - before - after, 1.0)
    return low / 10 ** (each * before), high * 10 ** (each * after)


def _names_of_lines(lines: dict[str, list[tuple[float, float]]], high: float) -> Series:
    """What each line is, at its right end, no two names touching."""
    ends = [(name, *points[-1]) for name, points in lines.items() if points]
    every = [y for points in lines.values() for _, y in points]
    least = (max(every) / min(every)) ** (LABEL * 1.5 / max(high - TITLE - TICKS, 1.0))
    middle = next(y for name, _, y in ends if name == "Median")
    place = {"Median": 1.0, "95% point": least, "5% point": 1 / least}
    points = [
        (x, max(y, middle * place[name]) if place[name] > 1 else min(y, middle * place[name]))
        for name, x, y in ends
    ]
    names = {"95% point": "high end (95%)", "Median": "median", "5% point": "low end (5%)"}
    return Series(
        "Names (words)", points, words=PointWords([f"{GAP}{names[name]}" for name, _, _ in ends], "r", LABEL)
    )
