"""The page of comparisons: durations, kinds, scenarios and places side by side, and what a cost amounts to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.amounts import bars
from charts.marked_curve import marked_curve
from charts.palette import Caption, Form
from model.common.errors import InputError
from model.common.text import capital
from model.compare import compare_durations, differences
from model.compare.differences import Compared, first_that_costs
from model.estimation.estimate import Estimate, Tick
from model.estimation.words import place_text, start_text, what_text
from model.scenario.comparison import DEFAULT_DURATIONS, MOST_DURATIONS, SECTIONS
from model.scenario.durations import hours_of
from views.pages.compare import breakeven as breakeven
from views.pages.compare import frames, places, scenarios
from views.pages.compare import parts as parts
from views.pages.compare import sentences as words
from views.parts import blocks
from views.session import state
from views.session.waiting import StoppedError, say_stopped
from views.words import escaped, shown, when_heard

LABELS = {
    "durations": "Durations", "kinds": "Kinds", "scenarios": "Scenarios", "places": "Places",
    "breakeven": "Break-even",
}  # fmt: skip


HEADED = "part_under_the_headline"


def page() -> None:
    """Show the open part of the comparison; the others cost nothing."""
    answer, part = st.empty(), state.comparison().show
    if (
        st.session_state.get(HEADED) != part
    ):  # while it is computed, another part's answer must not stand over it
        answer.markdown(f"### {LABELS[part]}")
        st.session_state[HEADED] = part
    key = shown("c_show", state.comparison().show)

    def opened() -> None:
        state.compare("show", lambda: {"show": st.session_state[key] or SECTIONS[0]})

    st.segmented_control(
        "Compare", SECTIONS, default=state.comparison().show, key=key, on_change=when_heard(key, opened),
        format_func=LABELS.__getitem__, required=True, label_visibility="collapsed",
    )  # fmt: skip
    parts_of_page: dict[str, Callable[[], str]] = {
        "durations": _durations, "kinds": _kinds, "scenarios": scenarios.section,
        "places": places.section, "breakeven": breakeven.section,
    }  # fmt: skip
    try:
        headline = parts_of_page[state.comparison().show]()
    except StoppedError:
        headline = say_stopped()
    answer.markdown(f"### {escaped(blocks.unbroken(headline))}")


def _rows_of_durations() -> tuple[list[Compared], str, list[str]]:
    """Rows, headline and sentences of the reader's durations."""
    scenario, hours = state.scenario(), state.comparison().durations

    def build(tick: Tick) -> tuple[list[Compared], str, list[str]]:
        rows = compare_durations.durations(state.catalogue(), scenario, hours, tick)
        return (
            differences.without_draws(rows),
            words.durations_headline(rows),
            compare_durations.shape_in_words(rows),
        )

    key = ("durations", parts.scenario_key(scenario.with_changes(hours=0.0)), hours)
    return parts.remembered(key, build)


def _durations() -> str:
    """The same disruption at several durations."""
    _choose_durations()
    rows, headline, sentences = _rows_of_durations()
    parts.warn(rows)
    first = rows[0].result
    unit = first.money.unit
    base = first_that_costs([row.amount for row in rows])
    event = f"{capital(what_text(first))} {place_text(first)}{start_text(first.scenario)}"
    grey = f"; grey: {rows[base].label}, which the others are compared with" if len(rows) > 1 else ""
    amounts = "; ".join(f"{row.label} {words.spread_text(row.amount, unit)}" for row in rows)
    left, right = st.columns(2, gap="large")
    with left:
        text = parts.caption_of_rows(
            rows, "Cost of each duration", f"{event}; net direct loss, value added{grey}",
            f"Bars of the net direct loss by duration: {amounts}.",
        )  # fmt: skip
        _bars("durations", rows, text, grey=base if grey else None)
    with right:
        _curve(rows, event)
    left, right = st.columns(2, gap="large")
    with left:
        lasting = [row for row in rows if row.result.scenario.hours] or rows
        hourly = "; ".join(f"{row.label} {words.spread_text(row.per_hour, unit)}" for row in lasting)
        text = parts.caption_of_rows(
            lasting, "Cost of an hour, by duration",
            f"{event}; net direct loss over the hours of the disruption{grey}",
            f"Bars of the net direct loss per hour of disruption: {hourly}.",
        )  # fmt: skip
        at = lasting.index(rows[base]) if grey and rows[base] in lasting else None
        _bars(
            "cost_per_hour",
            lasting,
            text,
            what="per_hour",
            grey=at,
            unit=f"{blocks.money_unit(first)} per hour",
        )
    with right:
        st.subheader("Where it is no straight line")
        parts.bullets(sentences or [words.no_step_text(rows)])
    extra = ["difference", "times_before", "per_hour", "share_of_gdp"]
    blocks.words_table(frames.in_words(rows, unit, "Duration", rows[base].label, extra))
    st.caption(
        "Differences and ratios are computed on the same draws; ranges run from the 5th to the 95th percentile."
    )
    return headline


def _bars(
    name: str, rows: list[Compared], text: Caption, *, grey: int | None, what: str = "amount", unit: str = ""
) -> None:
    """Bars of several durations, in files whose name says no single one."""
    first = rows[0].result
    frame, unit = frames.bars(rows, what, grey), unit or blocks.money_unit(first)
    money = blocks.money_format(first)
    blocks.chart_block(
        f"compare_{name}", text, parts.table(rows),
        lambda form: bars(frame, unit, text, form, money, "Direct loss"),
        _file_name(first, name.replace("_", "-")),
    )  # fmt: skip


def _file_name(result: Estimate, what: str) -> str:
    """As `blocks.file_name` without the length: what is in these files has many."""
    return "_".join((result.scenario.country, result.scenario.kind, what, date.today().isoformat()))


def _choose_durations() -> None:
    """The durations as chips to take away, and a field of its own to add one: half-typed text is never lost."""
    hours = state.comparison().durations
    by_text = dict(zip(compare_durations.duration_labels(hours), hours, strict=True))
    key, field = shown("c_durations", list(by_text)), "c_add_duration"

    def chosen() -> None:
        def build() -> dict[str, tuple[float, ...]]:
            gone = {value for text, value in by_text.items() if text not in st.session_state[key]}
            left = tuple(value for value in state.comparison().durations if value not in gone)
            if not left:
                raise InputError("durations", "none", "is nothing to compare", "at least one")
            return {"durations": left}

        state.compare("durations", build)

    def added() -> None:
        text = st.session_state[field].strip()

        def build() -> dict[str, tuple[float, ...]]:
            now = {*state.comparison().durations, hours_of(text)}
            if len(now) > MOST_DURATIONS:
                most = f"{MOST_DURATIONS} durations at most; take one away first"
                raise InputError("duration", text, "is one too many", most)
            st.session_state[field] = ""  # taken: ready for the next; what cannot be used stays to be mended
            return {"durations": tuple(sorted(now))}

        state.compare("duration", build if text else dict)  # emptied: nothing is wrong with it any more

    left, middle, right = st.columns([5, 2, 1], vertical_alignment="bottom")
    left.multiselect(
        "Durations", list(by_text), list(by_text), key=key, on_change=when_heard(key, chosen),
        placeholder="None",
    )  # fmt: skip
    middle.text_input(
        "Add a duration", key=field, placeholder="36 hours", on_change=when_heard(field, added), max_chars=40,
    )  # fmt: skip
    right.button(
        "Reset", key="c_durations_reset", width="stretch", disabled=hours == DEFAULT_DURATIONS,
        on_click=state.compare, args=("durations", lambda: {"durations": DEFAULT_DURATIONS}),
    )  # fmt: skip


def _curve(rows: list[Compared], event: str) -> None:
    """The whole curve with the durations marked, and the figure to pass where the reader set one."""
    result = state.current_estimate()
    frame, marks = breakeven.curve_frame(result), _marks(rows)
    marks = marks[marks["days"] >= frame["days"].min()]  # the curve begins at an hour
    unit = blocks.money_unit(result)
    figure = state.comparison().threshold
    text = blocks.caption_for(
        result, "Along the whole curve", "net direct loss, value added",
        f"Line chart of the net direct loss against duration with its range; marked are "
        f"{', '.join(marks['label']) or 'none'}.",
    )  # fmt: skip
    text = parts.with_basis(text, result, f"{event}; net direct loss, value added")

    def build(form: Form) -> go.Figure:
        level = None if figure is None else ("Figure to pass:", figure / result.money.scale)
        return marked_curve(frame, marks, unit, text, form, blocks.money_format(result), level=level)

    table = blocks.ChartTable(
        frame, {"days": "days", "low": unit, "median": unit, "high": unit}, parts.provenance_of_rows(rows)
    )
    blocks.chart_block("compare_curve", text, table, build, _file_name(result, "durations-curve"))


def _marks(rows: list[Compared]) -> pd.DataFrame:
    frame = frames.bars(rows).rename(columns={"value": "median"})
    return frame.assign(days=[row.result.scenario.hours / 24 for row in rows])


def _kinds() -> str:
    """The same length and place for every kind."""
    scenario = state.scenario()

    def build(tick: Tick) -> tuple[list[Compared], str]:
        rows = differences.kinds(state.catalogue(), scenario, tick)
        own = next(index for index, row in enumerate(rows) if row.result.scenario.kind == scenario.kind)
        return differences.without_draws(rows), words.kinds_headline(rows, own)

    rows, headline = parts.remembered(("kinds", parts.scenario_key(scenario)), build)
    parts.warn([row for row in rows if row.result.scenario.kind == scenario.kind])
    own = next(row for row in rows if row.result.scenario.kind == scenario.kind)
    ranked = sorted(rows, key=lambda row: -(row.amount.median or 0))
    unit, mine = own.result.money.unit, state.catalogue().kinds[scenario.kind].phrase
    length = words.span_text(scenario)
    amounts = "; ".join(f"{row.label} {words.spread_text(row.amount, unit)}" for row in ranked)
    left, right = st.columns(2, gap="large")
    with left:
        text = parts.caption_of_rows(
            ranked, f"Every kind, {length}",
            f"{length} {place_text(own.result)}{start_text(scenario)}; net direct loss, value added; "
            f"slowdown: quality left; cable cut: capacity lost; grey: {mine}, which the others are compared with",
            f"Bars of the net direct loss by kind: {amounts}.",
        )  # fmt: skip
        parts.bar_block("kinds", ranked, text, grey=ranked.index(own))
    with right:
        st.subheader("Against the kind in the sidebar")
        blocks.words_table(frames.in_words(ranked, unit, "Kind", mine, ["difference"]))
        st.caption(
            "Differences and ratios on the same draws; ranges run from the 5th to the 95th percentile. "
            "Quality or capacity given in the sidebar holds for its own kind; the others take the shipped values."
        )
    return headline
