"""The same disruption at several lengths: what each costs, what more it costs than another, and why."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from briefing.common.names import joined, mark_of
from charts.marked_curve import marked_curve
from charts.palette import Form
from model.common.errors import InputError
from model.common.numbers import percent
from model.common.program.progress import Tick
from model.common.text import capital
from model.compare import compare_durations, differences
from model.compare import sentences as words
from model.compare.differences import Compared, first_that_costs
from model.estimation.estimate import Estimate
from model.estimation.words import place_text, start_text, what_text
from model.scenario.comparison import DEFAULT_DURATIONS, MOST_DURATIONS
from model.scenario.durations import duration_code, hours_of
from model.scenario.fields import HEADER
from model.scenario.link import to_query
from model.scenario.scenario import BASELINE
from views.pages.compare import breakeven as breakeven
from views.pages.compare import frames
from views.pages.compare import parts as parts
from views.parts import blocks
from views.session import state
from views.words import shown, when_heard

FIRST, STEPS = "From the first", "Step by step"
SEVERAL = re.compile(
    r"[,;]\s+|;|\s+and\s+"
)  # between lengths: a comma inside a number has no space behind it


def section() -> str:
    """One chart with the differences between its rows, one table, and more behind folds."""
    _choose_durations()
    rows, headline, sentences = _rows_of_durations()
    parts.warn(rows)
    first = rows[0].result
    unit = first.money.unit
    base = first_that_costs([row.amount for row in rows])
    event = f"{capital(what_text(first))} {place_text(first)}{start_text(first.scenario)}"
    steps = _choose_difference() if len(rows) > 1 else False
    grey = base if len(rows) > 1 and not steps else None
    said = (
        "" if len(rows) == 1 else "differences from the length before" if steps
        else f"grey: {rows[base].label}, which the others are compared with"
    )  # fmt: skip
    amounts = "; ".join(f"{row.label} {words.spread_text(row.amount, unit)}" for row in rows)
    basis = "; ".join(part for part in (f"{event}; direct loss", said) if part)
    text = parts.caption_of_rows(
        rows, words.durations_title(rows), basis, f"Dots with ranges of the direct loss by length: {amounts}."
    )
    between = words.between(rows, None if steps else base, unit)
    parts.dot_block(
        "durations",
        rows,
        text,
        main=True,
        grey=grey,
        between=between,
        filename=_file_name(first, "durations"),
    )
    extra = [
        "difference",
        *(["more_than_before"] if len(rows) > 2 else []),
        "times_before",
        "per_hour",
        "share_of_gdp",
    ]
    gdp = f"{first.economy.country.name}’s GDP"
    table = frames.in_words(rows, unit, "Length", rows[base].label, extra, gdp)
    parts.table_block(table, rows, _file_name(first, "durations"))
    _more(rows, event, sentences, base)
    _tool()
    return headline


def _more(rows: list[Compared], event: str, sentences: list[str], base: int) -> None:
    """What stands behind folds; each is computed once it is open."""
    fold = parts.fold("Does each extra day cost more?", "bend")
    if fold.open:
        with fold:
            parts.bullets(sentences or [words.no_step_text(rows)])
    fold = parts.fold("Cost per hour", "per_hour")
    if fold.open:
        with fold:
            _per_hour(rows, event, base)
    fold = parts.fold("Whole curve", "whole_curve")
    if fold.open:
        with fold:
            _curve(rows, event)
    place = words.economy_of(rows[0].result)
    fold = parts.fold(f"Share of {place}", "share")
    if fold.open:
        with fold:
            _share(rows, event, place)


def _tool() -> None:
    """How long until it costs a figure: open where the link says so, with its answer inside."""
    is_open = state.comparison().show == "breakeven"
    key = shown("x_compare_breakeven", is_open)

    def turned() -> None:
        state.compare("show", lambda: {"show": "breakeven" if st.session_state[key] else "durations"})

    fold = st.expander(
        "How long until it costs …", expanded=is_open, key=key, on_change=when_heard(key, turned)
    )
    if is_open:
        with fold:
            breakeven.section()


def _rows_of_durations() -> tuple[list[Compared], str, list[str]]:
    """Rows, headline and sentences of the reader's lengths."""
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


def _file_name(result: Estimate, what: str) -> str:
    """As `blocks.file_name` without the length: what is in these files has many, which the mark tells apart."""
    scenario, hours = result.scenario, state.comparison().durations
    rest = to_query(
        scenario.with_changes(hours=BASELINE.hours, country=BASELINE.country, kind=BASELINE.kind), HEADER
    )
    rest = {key: text for key, text in rest.items() if key != "v"}
    if hours != DEFAULT_DURATIONS:
        rest["durations"] = ",".join(duration_code(each) for each in hours)
    return joined(scenario.country, scenario.kind, mark_of(rest), date.today().isoformat(), what)


def _choose_difference() -> bool:
    """Whether each length is compared with the one before it; else all against the first."""
    now = STEPS if state.comparison().steps else FIRST
    key = shown("c_steps", now)

    def chosen() -> None:
        state.compare("steps", lambda: {"steps": st.session_state[key] == STEPS})

    st.segmented_control(
        "Difference", [FIRST, STEPS], default=now, key=key, on_change=when_heard(key, chosen), required=True
    )
    return state.comparison().steps


def _lengths(text: str) -> set[float]:
    """One length as it is written (`1 day and 12 hours` too), else several with a comma between, in hours."""
    try:
        return {hours_of(text)}
    except InputError:
        parts = [part for part in SEVERAL.split(text) if part.strip()]
        if len(parts) < 2:
            raise
    return {hours_of(part) for part in parts}


def _choose_durations() -> None:
    """The lengths as chips to take away, and a field of its own to add one: half-typed text is never lost.

    Several at once are all that shall stand there.
    """
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
            typed = _lengths(text)
            now = typed if len(typed) > 1 else {*state.comparison().durations, *typed}
            if len(now) > MOST_DURATIONS:
                most = f"{MOST_DURATIONS} durations at most; take one away first"
                raise InputError("duration", text, "is one too many", most)
            st.session_state[field] = ""  # taken: ready for the next; what cannot be used stays to be mended
            return {"durations": tuple(sorted(now))}

        state.compare("duration", build if text else dict)  # emptied: nothing is wrong with it any more

    left, middle, right = st.columns([5, 2, 1], vertical_alignment="bottom")
    left.multiselect(
        "Lengths", list(by_text), list(by_text), key=key, on_change=when_heard(key, chosen),
        placeholder="No length yet",
    )  # fmt: skip
    middle.text_input(
        "Add lengths", key=field, placeholder="36 hours", on_change=when_heard(field, added), max_chars=120,
        help="One is added. Several, such as 6 hours, 1 day, 3 days, take the place of those that stand there.",
    )  # fmt: skip
    right.button(
        "Reset lengths", key="c_durations_reset", width="stretch",
        on_click=state.compare, args=("durations", lambda: {"durations": DEFAULT_DURATIONS}),
    )  # fmt: skip


def _per_hour(rows: list[Compared], event: str, base: int) -> None:
    lasting = [row for row in rows if row.result.scenario.hours] or rows
    unit = rows[0].result.money.unit
    hourly = "; ".join(f"{row.label} {words.spread_text(row.per_hour, unit)}" for row in lasting)
    text = parts.caption_of_rows(
        lasting, f"{words.event_of(rows)}: cost per hour", f"{event}; direct loss over the hours of the disruption",
        f"Dots with ranges of the direct loss per hour of disruption: {hourly}.",
    )  # fmt: skip
    first = rows[0].result
    parts.dot_block(
        "cost_per_hour", lasting, text, what="per_hour",
        grey=lasting.index(rows[base]) if len(rows) > 1 and rows[base] in lasting else None,
        unit=f"{blocks.money_unit(first)} per hour", filename=_file_name(first, "cost-per-hour"),
    )  # fmt: skip


def _share(rows: list[Compared], event: str, place: str) -> None:
    """The loss over what the affected place makes in the same time."""
    part = differences.part_of_economy(rows[0].result)
    lasting = [row for row in rows if row.result.scenario.hours]
    if not part or not lasting:
        st.markdown("Nothing is affected, so there is no share.")
        return
    shares = "; ".join(f"{row.label} {words.share_text(row.share_of_gdp, 1 / part)}" for row in lasting)
    text = parts.caption_of_rows(
        lasting, f"{words.event_of(rows)}: share of {place} in the same time",
        f"{event}; direct loss over the GDP that this place makes in the time of the disruption",
        f"Dots with ranges of the direct loss as a share of {place}: {shares}.",
    )  # fmt: skip
    parts.dot_block(
        "share", lasting, text, what="share_of_gdp", unit=f"share of {place}", title="Loss", fmt=percent,
        scales=[part] * len(lasting), filename=_file_name(rows[0].result, "share-of-economy"),
    )  # fmt: skip
    if rows[0].result.scenario.regions:
        st.caption(
            "What a region makes is an assumed share of the country’s GDP: no official accounts exist."
        )


def _curve(rows: list[Compared], event: str) -> None:
    """The whole curve with the lengths marked, and the amount to reach where the reader set one."""
    result = state.current_estimate()
    frame, marks = breakeven.curve_frame(result), _marks(rows)
    marks = marks[marks["days"] >= frame["days"].min()]  # the curve begins at an hour
    unit = blocks.money_unit(result)
    figure = state.comparison().threshold
    text = blocks.caption_for(
        result, f"{words.event_of(rows)}, from one hour to two years", "direct loss",
        f"Line chart on log scales of the direct loss against its length, with its range; marked are "
        f"{', '.join(marks['label']) or 'none'}.",
    )  # fmt: skip
    text = parts.with_basis(text, result, f"{event}; direct loss; both axes on log scales")

    def build(form: Form) -> go.Figure:
        level = None if figure is None else ("Amount:", figure / result.money.scale)
        return marked_curve(frame, marks, unit, text, form, blocks.money_format(result), level=level)

    table = blocks.ChartTable(
        frame, {"days": "days", "low": unit, "median": unit, "high": unit}, parts.provenance_of_rows(rows)
    )
    with st.container(width=parts.WIDEST):
        blocks.chart_block(
            "compare_curve", text, table, build, _file_name(result, "durations-curve"), heading=False
        )


def _marks(rows: list[Compared]) -> pd.DataFrame:
    frame = frames.dots(rows).rename(columns={"value": "median"})
    return frame.assign(days=[row.result.scenario.hours / 24 for row in rows])
