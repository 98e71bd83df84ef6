"""The page of comparisons: durations, kinds, scenarios and places side by side, and what a cost amounts to."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from model import compare
from model.compare import MOST_DURATIONS, Compared
from model.comparison import DEFAULT_DURATIONS, SECTIONS
from model.errors import InputError
from model.estimate import Tick
from model.formatting import duration_text
from model.scenario import hours_of
from model.sentence import place_text
from views import blocks, compare_charts, compare_frames, compare_places, compare_scenarios, state
from views import compare_breakeven as breakeven
from views import compare_parts as parts
from views import compare_words as words
from views.charts import Form
from views.waiting import StoppedError, say_stopped
from views.words import escaped, shown, when_heard

LABELS = {
    "durations": "Durations", "kinds": "Kinds", "scenarios": "Scenarios", "places": "Places",
    "breakeven": "Break-even",
}  # fmt: skip


def page() -> None:
    """Show the open part of the comparison; the others cost nothing."""
    state.say_problems()
    answer = st.container()
    key = shown("c_show", state.comparison().show)

    def opened() -> None:
        state.compare("show", lambda: {"show": st.session_state[key] or SECTIONS[0]})

    st.segmented_control(
        "Compare", SECTIONS, default=state.comparison().show, key=key, on_change=when_heard(key, opened),
        format_func=LABELS.__getitem__, required=True, label_visibility="collapsed",
    )  # fmt: skip
    parts_of_page: dict[str, Callable[[], str]] = {
        "durations": _durations, "kinds": _kinds, "scenarios": compare_scenarios.section,
        "places": compare_places.section, "breakeven": breakeven.section,
    }  # fmt: skip
    try:
        headline = parts_of_page[state.comparison().show]()
    except StoppedError:
        headline = say_stopped()
    answer.markdown(f"### {escaped(headline)}")


def _rows_of_durations() -> tuple[list[Compared], str, list[str]]:
    """Rows, headline and sentences of the reader's durations."""
    scenario, hours = state.scenario(), state.comparison().durations

    def build(tick: Tick) -> tuple[list[Compared], str, list[str]]:
        rows = compare.durations(state.catalogue(), scenario, hours, tick)
        return compare.without_draws(rows), words.durations_headline(rows), compare.shape_in_words(rows)

    key = ("durations", parts.scenario_key(scenario.but(hours=0.0)), hours)
    return parts.remembered(key, build)


def _durations() -> str:
    """The same disruption at several durations."""
    _choose_durations()
    rows, headline, sentences = _rows_of_durations()
    parts.warn(rows)
    first = rows[0].result
    unit = first.money.unit
    event = f"{words.capital(words.what_text(first))} {place_text(first)}"
    told = "; ".join(f"{row.label} {words.spread_text(row.amount, unit)}" for row in rows)
    left, right = st.columns(2, gap="large")
    with left:
        text = parts.caption(
            rows, "Cost of each duration", f"{event}; net direct loss, value added",
            f"Bars of the net direct loss by duration: {told}.",
        )  # fmt: skip
        parts.bar_block("durations", rows, text, grey=0)
    with right:
        _curve(rows, event)
    left, right = st.columns(2, gap="large")
    with left:
        hourly = "; ".join(f"{row.label} {words.spread_text(row.per_hour, unit)}" for row in rows)
        text = parts.caption(
            rows, "Cost of an hour, by duration", f"{event}; net direct loss over the hours of the disruption",
            f"Bars of the net direct loss per hour of disruption: {hourly}.",
        )  # fmt: skip
        parts.bar_block(
            "cost_per_hour", rows, text, what="per_hour", grey=0, unit=f"{blocks.money_unit(first)} per hour"
        )
    with right:
        st.subheader("Where it is no straight line")
        parts.told(sentences or ["One duration alone has nothing to be compared with."])
    extra = ["difference", "per_hour", "share_of_gdp"]
    blocks.words_table(compare_frames.in_words(rows, unit, "Duration", rows[0].label, extra))
    st.caption("Differences and ratios are computed draw by draw on the same draws, 90 % ranges.")
    return headline


def _choose_durations() -> None:
    hours = state.comparison().durations
    by_text = dict(zip(compare.duration_labels(hours), hours, strict=True))
    key = shown("c_durations", list(by_text))

    def chosen() -> None:
        def build() -> dict[str, tuple[float, ...]]:
            texts = st.session_state[key]
            if not texts:
                raise InputError("durations", "none", "is nothing to compare", "at least one")
            return {"durations": tuple(sorted({_hours(text, by_text) for text in texts}))}

        state.compare("durations", build)

    left, right = st.columns([5, 1], vertical_alignment="bottom")
    left.multiselect(
        "Durations: type one to add it, such as 36 hours", list(by_text), list(by_text), key=key,
        on_change=when_heard(key, chosen), accept_new_options=True, max_selections=MOST_DURATIONS,
    )  # fmt: skip
    right.button(
        "Reset", key="c_durations_reset", width="stretch", disabled=hours == DEFAULT_DURATIONS,
        on_click=state.compare, args=("durations", lambda: {"durations": DEFAULT_DURATIONS}),
    )  # fmt: skip


def _hours(text: str, by_text: dict[str, float]) -> float:
    """A duration that stands there already, else one that the reader typed."""
    return by_text[text] if text in by_text else hours_of(text)


def _curve(rows: list[Compared], event: str) -> None:
    """The whole curve with the durations marked, and the figure to pass where the reader set one."""
    result = state.current()
    frame, marks = breakeven.curve_frame(result), _marks(rows)
    unit = blocks.money_unit(result)
    figure = state.comparison().threshold
    text = blocks.caption_for(
        result, "Along the whole curve", "net direct loss, value added",
        f"Line chart of the net direct loss against duration with its 90 % band; marked are "
        f"{', '.join(row.label for row in rows)}.",
    )  # fmt: skip
    text = parts.with_basis(text, f"{event}; net direct loss, value added")

    def build(form: Form) -> go.Figure:
        level = None if figure is None else ("Figure to pass:", figure / blocks.MILLION)
        return compare_charts.marked_curve(
            frame, marks, unit, text, form, blocks.money_format(result), level=level
        )

    table = blocks.Table(
        frame, {"days": "days", "low": unit, "median": unit, "high": unit}, parts.provenance(rows)
    )
    blocks.chart_block("compare_curve", text, table, build, blocks.file_name(result, "durations-curve"))


def _marks(rows: list[Compared]) -> pd.DataFrame:
    frame = compare_frames.bars(rows).rename(columns={"value": "median"})
    return frame.assign(days=[row.result.scenario.hours / 24 for row in rows])


def _kinds() -> str:
    """The same length and place for every kind."""
    scenario = state.scenario()

    def build(tick: Tick) -> tuple[list[Compared], str]:
        rows = compare.kinds(state.catalogue(), scenario, tick)
        own = next(index for index, row in enumerate(rows) if row.result.scenario.kind == scenario.kind)
        return compare.without_draws(rows), words.kinds_headline(rows, own)

    rows, headline = parts.remembered(("kinds", parts.scenario_key(scenario)), build)
    parts.warn([row for row in rows if row.result.scenario.kind == scenario.kind])
    own = next(row for row in rows if row.result.scenario.kind == scenario.kind)
    ranked = sorted(rows, key=lambda row: -(row.amount.median or 0))
    unit = own.result.money.unit
    length = f"{duration_text(scenario.hours)}{' a spell' if scenario.spells > 1 else ''}"
    told = "; ".join(f"{row.label} {words.spread_text(row.amount, unit)}" for row in ranked)
    left, right = st.columns(2, gap="large")
    with left:
        text = parts.caption(
            ranked, f"Every kind, {length}", f"{length} {place_text(own.result)}; net direct loss, value added; "
            f"grey: {own.label.lower()}, the kind in the sidebar", f"Bars of the net direct loss by kind: {told}.",
        )  # fmt: skip
        parts.bar_block("kinds", ranked, text, grey=ranked.index(own))
    with right:
        st.subheader("Against the kind in the sidebar")
        blocks.words_table(compare_frames.in_words(ranked, unit, "Kind", own.label.lower()))
        st.caption(
            "Differences and ratios draw by draw on the same draws, 90 % ranges. Quality or capacity given in the "
            "sidebar holds for its own kind; the others take the shipped values."
        )
    return headline
