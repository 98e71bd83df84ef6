"""How long until a disruption costs an amount that the reader types."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.marked_curve import marked_curve
from charts.palette import Form
from model.common.numbers import figure_text, trimmed
from model.common.text import capital
from model.compare import sentences as words
from model.compare.breakeven import Crossing, crossing
from model.compare.names import names
from model.compare.thresholds import Suggestion, figure_of, suggestions
from model.estimation.estimate import Estimate
from model.estimation.words import place_text, start_text, what_text
from model.text import report
from views.pages.compare import parts as parts
from views.parts import blocks
from views.session import state
from views.words import escaped, shown, when_heard

NO_FIGURE = 1e9  # where nothing can be suggested


def curve_frame(result: Estimate) -> pd.DataFrame:
    """The curve of the net direct loss in millions, durations in days."""
    curve, scale = result.curves["net_direct"], result.money.scale
    return pd.DataFrame(
        {
            "days": result.durations / 24, "low": curve.low / scale, "median": curve.median / scale,
            "high": curve.high / scale,
        }
    )  # fmt: skip


def section() -> None:
    """The figure, the time until it is passed, and the same for the scenarios that are kept."""
    result = state.current_estimate()
    offers = suggestions(result)
    figure = state.comparison().threshold
    if figure is None:
        figure = offers[0].value if offers else NO_FIGURE
    _choose(result, offers, figure)
    crossing = _crossing(result, figure)
    headline = words.crossing_headline(result, figure, crossing)
    st.markdown(f"**{escaped(blocks.unbroken(headline))}**")
    _table(result, figure)
    with st.container(width=parts.WIDEST):
        _curve(result, figure, crossing, _name(offers, figure))
    parts.bullets(
        [
            "The time is the length of one outage until the direct loss reaches the amount.",
            words.rising_text(result.scenario),
            *(f"{item.label}: {item.basis}." for item in offers),
        ]
    )


def _crossing(result: Estimate, figure: float) -> Crossing:
    key = ("breakeven", parts.scenario_key(result.scenario), figure)
    return parts.remembered(key, lambda tick: crossing(result, figure, tick))


def _name(offers: list[Suggestion], figure: float) -> str:
    """Whose figure it is, nothing for the reader's own."""
    return next((item.label for item in offers if item.value == figure), "")


def _choose(result: Estimate, offers: list[Suggestion], figure: float) -> None:
    """The figure in millions of the scenario's money, with figures worth a look."""
    unit = result.money.unit
    amount = trimmed(figure / result.money.scale, 12)
    key = shown("c_threshold", amount)

    def typed() -> None:
        text = (st.session_state[key] or "").strip()
        state.compare("threshold", lambda: {"threshold": figure_of(text, unit) if text else None})

    st.text_input(
        f"Amount, {blocks.money_unit(result)}", amount, key=key, on_change=when_heard(key, typed), max_chars=40,
        help="What the loss is compared with: the price of something, or another loss. Millions, or 300M, 1.5bn.",
    )  # fmt: skip
    with st.container(horizontal=True):
        for item in offers:
            value = item.value
            st.button(
                escaped(f"{item.label}: {figure_text(value, unit)}"), key=f"c_offer_{item.key}",
                help=escaped(item.basis), type="primary" if value == figure else "secondary", on_click=state.compare,
                args=("threshold", lambda value=value: {"threshold": value}),
            )  # fmt: skip
        st.button(
            "Reset amount", key="c_threshold_reset", on_click=state.compare,
            args=("threshold", lambda: {"threshold": None}),
            help="No amount of yours: the first of these again, and none on the whole curve.",
        )  # fmt: skip


def _curve(result: Estimate, figure: float, crossing: Crossing, name: str) -> None:
    frame, unit = curve_frame(result), blocks.money_unit(result)
    headline = words.crossing_headline(result, figure, crossing)
    text = blocks.caption_for(
        result,
        headline.rstrip("."),
        "",
        f"Line chart, on log scales, of cost against how long it lasts. {headline}",
        words.crossing_range(crossing),
    )
    event = f"{capital(what_text(result))} {place_text(result)}{start_text(result.scenario)}"
    text = parts.with_basis(
        text, result, f"{event}; direct loss{f'; {name}' if name else ''}; both axes on log scales"
    )
    ends = [
        (f"{word}: {length}", hours / 24)
        for word, length, hours in zip(
            ("soonest", "middle", "latest"),
            words.crossing_texts(crossing),
            crossing.hours,
            strict=True,
        )
        if hours is not None
    ]
    empty = pd.DataFrame({column: [] for column in ("days", "label", "low", "median", "high")}, dtype=float)

    def build(form: Form) -> go.Figure:
        return marked_curve(
            frame,
            empty,
            unit,
            text,
            form,
            blocks.money_format(result),
            level=("", figure / result.money.scale),
            ends=ends,
        )

    table = blocks.ChartTable(
        frame, {"days": "days", "low": unit, "median": unit, "high": unit},
        {**report.provenance_of(result), "figure to pass": repr(figure), "passed after hours (5%, median, 95%)":
         _exact(crossing)},
    )  # fmt: skip
    blocks.chart_block(
        "compare_breakeven", text, table, build, blocks.file_name(result, "break-even"), heading=False
    )


def _exact(crossing: Crossing) -> str:
    """The three lengths in hours for a file, unrounded."""
    return ", ".join(
        "not in two years"
        if hours is None
        else f"under {crossing.first:g}"
        if hours <= crossing.first
        else repr(hours)
        for hours in crossing.hours
    )


def _table(result: Estimate, figure: float) -> None:
    """The reader's scenario and those that are kept, each in its own words."""
    others = state.comparison().others
    rows: list[dict[str, str]] = []
    every = (state.scenario(), *others)
    for index, (scenario, label) in enumerate(zip(every, names(state.catalogue(), every), strict=True)):
        one = result if index == 0 else state.estimate_of(
            scenario.with_changes(draws=result.scenario.draws, seed=result.scenario.seed))  # fmt: skip
        # A figure is in the money of the reader's scenario; a loss in other money cannot be compared with it.
        same = one.money.unit == result.money.unit
        met = words.crossing_texts(_crossing(one, figure)) if same else ("other money",) * 3
        rows.append(
            {
                "Scenario": label,
                **dict(zip(("Soonest", "Middle estimate", "Latest"), met, strict=True)),
            }
        )
    blocks.words_table(pd.DataFrame(rows))
    note = words.draws_note(every, [row["Scenario"] for row in rows])
    if note:
        st.caption(escaped(note))
