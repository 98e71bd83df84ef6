"""The charts of the report: the same figures as on the pages, with what was found as the title."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from briefing.common.beside import costliest
from briefing.common.content import Content, Line
from briefing.common.measures import finding
from charts import palette as p
from charts.amounts import bearers, dots, tornado, waterfall
from charts.curve import cost_curve
from charts.palette import Caption, Form
from charts.ranges import RangeRow, ranges
from charts.words import titled
from model.common.ledger import NO_SUM
from model.common.numbers import duration_text, money, scale_of, scaled_unit
from model.estimation.words import tense_of
from model.text import findings
from model.text.report import sources_text

Build = Callable[[Form], go.Figure]
TOP_BEARERS = 8
RANGE = "Middle estimates with ranges, 5th to 95th percentile of the simulations"


@dataclass(frozen=True)
class Chart:
    """One chart: its name in a list of contents, what it says of itself, and how it is drawn in each form."""

    name: str
    short: str
    title: str
    caption: Caption  # in Plotly's own marks
    note: str
    build: Build


def charts_of(content: Content) -> dict[str, Chart]:
    """The charts by name, in the order of the report; a comparison, measures and drivers only where there are any."""
    return {chart.name: chart for chart in _charts(content)}


def _charts(content: Content) -> Iterator[Chart]:
    scale, unit = scale_of(content.unit), scaled_unit(content.unit)
    result = content.result

    def fmt(value: float) -> str:
        return money(value * scale, content.unit)

    def chart(
        name: str, short: str, title: str, basis: str, alt: str, note: str,
        build: Callable[[Caption, Form], go.Figure],
    ) -> Chart:  # fmt: skip
        caption = Caption(title, RANGE, basis, sources_text(result), content.stamp, alt)
        return Chart(name, short, title, caption, note, lambda form: build(caption, form))

    if content.compared:
        own = content.compared[0].unit
        by, whole = scale_of(own), scaled_unit(own)
        rows = pd.DataFrame([
            {"label": row.name, "value": _over(row.amount.median, by), "low": _over(row.amount.low, by),
             "high": _over(row.amount.high, by), "mine": number > 0, "text": row.text,
             "between": f"{row.difference} from the first" if row.difference else ""}
            for number, row in enumerate(content.compared)
        ])  # fmt: skip
        yield chart(
            "compared", "Scenarios side by side", costliest(content.compared), "direct loss",
            "Direct loss by scenario: " + "; ".join(f"{row.label} {row.text}" for row in content.compared) + ".",
            "Grey: the first, which the others are compared with. Differences compare like with like, "
            "simulation by simulation.",
            lambda caption, form: dots(
                rows, whole, caption, form, lambda value: money(value * by, own), "Direct loss"
            ),
        )  # fmt: skip
    if content.measures:
        saved = [
            RangeRow(row.label, row.text, row.saved.each(lambda part: part / scale),
                     p.BASELINE if row.together else p.BLUE)
            for row in content.measures
        ]  # fmt: skip
        yield chart(
            "measures", "What each measure saves", finding(result).rstrip("."), "direct loss saved",
            "Loss saved: " + "; ".join(f"{row.label} {row.text}" for row in content.measures) + ".",
            "Left of the grey mark, which is zero: a measure that adds to the loss.",
            lambda caption, form: ranges(
                saved, caption, form, title=titled("Loss saved", unit), fmt=fmt, zero=False, centre=0.0
            ),
        )  # fmt: skip
    yield from _of_the_loss(content, chart, fmt)


def _of_the_loss(
    content: Content, chart: Callable[..., Chart], fmt: Callable[[float], str]
) -> Iterator[Chart]:
    """How it comes about, along its length, who loses, and what it hangs on."""
    scale, unit, result = scale_of(content.unit), scaled_unit(content.unit), content.result
    net, gross, be = content.line("net_direct"), content.line("gross"), tense_of(result).be
    steps = _frame(content.chain, scale)
    yield chart(
        "chain", "How the loss comes about", findings.chain(content.result),
        "output; export orders and workaround costs are counted separately",
        f"Dots with ranges: {gross.text} of activity {be} disrupted, {net.text} {be} lost, overtime included.",
        f"{NO_SUM}. What is counted separately is never added.",
        lambda caption, form: waterfall(steps, unit, caption, form, fmt),
    )  # fmt: skip
    curve, hours = result.curves["net_direct"], result.scenario.hours
    points = pd.DataFrame(
        {"days": result.durations / 24, **{name: part / scale for name, part in curve.parts.items()}}
    )
    yield chart(
        "curve", "The longer it lasts", findings.duration(content.result), "direct loss",
        f"Direct loss against how long it lasts, with its range; {duration_text(hours)}: {net.text}.",
        "Line: middle estimate; shaded: range; dot: this scenario.",
        lambda caption, form: cost_curve(
            points, hours / 24, unit, caption, form, fmt, chosen_label=duration_text(hours)
        ),
    )  # fmt: skip
    sectors = _frame(content.sectors, scale)
    yield chart(
        "bearers", "Who loses", content.bearers_finding, "direct loss by industry",
        "Direct loss by industry: " + "; ".join(f"{s.label} {s.text}" for s in content.sectors[:3]) + ".",
        rest_words(content),
        lambda caption, form: bearers(sectors, unit, caption, form, fmt, TOP_BEARERS),
    )  # fmt: skip
    if content.drivers:
        rows = pd.DataFrame([
            {"label": row.label, "at_low": row.at_low / scale, "at_high": row.at_high / scale,
             "input_low": row.input_low, "input_high": row.input_high, "unit": row.unit} for row in content.drivers
        ])  # fmt: skip
        yield chart(
            "drivers", "Which assumptions matter most", findings.drivers(content.result),
            "direct loss when one assumption is low or high and all others stay at their middle",
            "What moves the answer most: " + "; ".join(f"{d.label} {d.text}" for d in content.drivers[:3]) + ".",
            centre_words(content),
            lambda caption, form: tornado(
                rows, content.centre / scale, unit, caption, form, fmt, result="Direct loss"
            ),
        )  # fmt: skip


def rest_words(content: Content) -> str:
    """What the industries that are not drawn lose, which has no range: parts of a range do not add up to it."""
    rest = content.sectors[TOP_BEARERS:]
    if len(rest) < 2:
        return ""
    largest = content.money(rest[0].range.median)
    return f"{len(rest)} more industries lose {largest} or less each."


def centre_words(content: Content) -> str:
    """Why the middle of the tornado is not the answer; empty where both read alike."""
    centre, answer = content.money(content.centre), content.money(content.line("net_direct").range.median)
    if centre == answer:
        return ""
    return (
        f"With every assumption at its middle the loss is {centre}; the middle of all simulations, which is the "
        f"answer, is {answer}."
    )


def _over(value: float | None, scale: float) -> float | None:
    return None if value is None else value / scale


def _frame(lines: Sequence[Line], scale: float) -> pd.DataFrame:
    """Lines as the charts take them; the kind of each amount stands in the table."""
    return pd.DataFrame([
        {"id": line.id, "label": line.label, "basis": "", "text": line.text,
         **line.range.each(lambda part: _over(part, scale)).parts}
        for line in lines
    ])  # fmt: skip
