"""The section of back-tests: what the model said and what was measured, by event, misses kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts import palette as p
from charts.palette import Caption, Form
from charts.ranges import RangeRow, RowMark, ranges
from model.catalogue.load import Catalogue
from model.common.numbers import as_given, percent
from model.common.ranges import from_to
from model.common.text import capital
from model.evidence.outcomes import FIELDS, Marker, Outcome, Verdict, as_rows, change_text
from model.evidence.scores import Backtest, EventScore
from model.text.backtest_report import provenance_of_tests
from views.parts import blocks
from views.parts.captions import anchor_link, caption, evidence_file_name, linked_sources
from views.words import escaped

ROWS = anchor_link("Rows", "backtest-rows")
GRADES = ("none", "protest", "curfew or war")
COLOURS = {
    Verdict.INSIDE: p.BLUE,
    Verdict.OUTSIDE: p.VERMILLION,
    Verdict.TOO_SMALL_TO_SEE: p.SKY,
    Verdict.USED_TO_FIT: p.PURPLE,
    Verdict.USED_TO_SET_A_RANGE: p.PURPLE,
}
SERIES = {
    "gdp_by_year": "GDP of a year",
    "exports_fiscal_year": "Export earnings of a year",
    "exports_monthly": "Export earnings of a month",
}
ADDRESS = st.column_config.LinkColumn(display_text=r"^https?://(?:www\.)?([^/]+)")
SIGNS = {"observed": "diamond", "bound": "triangle-left", "claimed": "x"}
KEY = f"{p.dot(p.BLUE, '●')} predicted &nbsp; ◆ observed &nbsp; ◀ bound &nbsp; {p.dot(p.ORANGE, '✕')} claimed"


def section(catalogue: Catalogue, result: Backtest) -> None:
    """Sentences, events, chart, misses in words, every row, and how to read it."""
    st.markdown(f"### {escaped(plain_sentence(result))}")
    st.markdown(f"{escaped(honest_sentence(result))} {ROWS}.")
    details = st.expander("The same in the terms of statistics, and how the test was set")
    details.markdown("\n".join(f"- {escaped(text)} {ROWS}." for text in result.sentences))
    details.caption(
        escaped(
            f"{result.declared} Parameter set {result.parameter_set[:12]}… (SHA-256 over parameters, sectors, "
            "operators, the events with their days, the lags of publication and the constants of the test). "
            "Each row is fed its event and what was published before it: GDP, yearly export earnings, and the growth "
            "and noise of the months out by then. Lags of publication are declared; figures are of today’s "
            "vintage, and the column “Known then” names each. Predictions rest on assumptions."
        )
    )
    _events(result.events, result.outcomes)
    shown = [item for item in result.outcomes if item.predicted is not None]
    counted = result.counted
    verdicts = "; ".join(f"{item.observation.outcome}: {item.verdict}" for item in shown)
    sources = "; ".join(dict.fromkeys(item.observation.source for item in counted))
    text = caption(
        catalogue,
        "Predicted and observed, misses kept",
        f"ranges from the 5th to the 95th percentile, unrest and noise counted; inside: {result.summary['inside']} of "
        f"{len(counted)} rows from {result.summary['predictable_events']} events",
        "Change against the reference of each row, or the share observed; light blue is too small to see in the data, "
        "purple was used to make the model; claims are shown and not counted",
        sources,
        f"Dots with ranges and what was observed. {verdicts}.",
    )
    frame = pd.DataFrame(as_rows(result.outcomes), columns=list(FIELDS), dtype=object)
    blocks.chart_block(
        "backtests",
        text,
        blocks.ChartTable(frame, {}, provenance_of_tests(result)),
        lambda form: figure(shown, result.events, text, form),
        evidence_file_name("backtests"),
        ROWS,
    )
    _lags(catalogue)
    misses = result.with_verdict(Verdict.OUTSIDE)
    if misses:
        st.subheader(f"{len(misses)} misses")
        st.markdown("\n".join(_line(item) for item in misses))
    beyond = result.outside_uncounted
    if beyond:
        st.subheader(f"{len(beyond)} more outside the range, not counted")
        st.markdown("\n".join(_line(item) for item in beyond))
    st.subheader(f"All {len(result.outcomes)} rows", anchor="backtest-rows")
    st.dataframe(
        _shown(frame, result.outcomes),
        hide_index=True,
        placeholder="–",
        width="stretch",
        key="backtest_rows",
        column_config={"Address": ADDRESS},
    )


def plain_sentence(result: Backtest) -> str:
    """How often the model was right, for a reader who knows no statistics: checked against, and inside the range."""
    summary = result.summary
    rows, events = summary["predictable_rows"], summary["predictable_events"]
    if not rows:
        return "The model could not be checked against any measured outcome."
    return (
        f"Checked against {_count(rows, 'measured outcome')} from {_count(events, 'event')}: {summary['inside']} fell "
        f"inside the model's range and {rows - summary['inside']} outside."
    )


def honest_sentence(result: Backtest) -> str:
    """How much that proves: what was not known when the model was made counts for more."""
    summary = result.summary
    if not summary["predictable_rows"]:
        return ""
    rows, events = summary["out_of_sample_rows"], summary["out_of_sample_events"]
    fresh = (
        f"The other {_count(rows, 'outcome')} from {_count(events, 'event')} are a real test: "
        f"{summary['out_of_sample_inside']} fell inside."
        if rows
        else "None is left that would be a real test."
    )
    return (
        f"{summary['in_sample']} of these outcomes were known when the model was made, so they confirm little. {fresh}"
        + ("" if summary["coverage"] is not None else " That is weak evidence.")
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _events(scores: Sequence[EventScore], outcomes: Sequence[Outcome]) -> None:
    """The counted rows by event, with and without unrest and noise."""
    st.subheader("By event", anchor="backtest-events")

    def share_text(value: float | None) -> str:
        return "" if value is None else percent(value)

    observers: dict[str, dict[str, str]] = {}  # of an event: its sources and their addresses
    for outcome in outcomes:
        row = outcome.observation
        observers.setdefault(row.event, {}).setdefault(row.source, row.url)
    frame = pd.DataFrame(
        {
            "Event": [item.label for item in scores],
            "Rows": [item.rows for item in scores],
            "Inside": [item.inside for item in scores],
            "Inside without unrest and noise": [item.inside_alone for item in scores],
            "Of them in-sample": [item.in_sample for item in scores],
            "Unrest": [GRADES[item.unrest] for item in scores],
            "CRPS": [share_text(item.crps) for item in scores],
            "CRPS without": [share_text(item.crps_alone) for item in scores],
            "Error if nothing happened": [share_text(item.naive_error) for item in scores],
            "Observed by": ["; ".join(observers[item.event]) for item in scores],
            "Address": [next(filter(None, observers[item.event].values()), None) for item in scores],
        }
    )
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="–",
        width="stretch",
        key="backtest_events",
        column_config={"Address": ADDRESS},
    )
    st.caption(
        "In-sample: the row was in view when a parameter was set, so a hit confirms little. CRPS is the distance of "
        "the prediction to what was observed, as a share of the reference, lower is better; a bound has none."
    )


def _lags(catalogue: Catalogue) -> None:
    """From when a figure counts as known, and why."""
    with st.expander("When a figure counts as known"):
        for row in catalogue.lags.values():
            cited = catalogue.sources[row.source]
            months = f"{row.months} month{'' if row.months == 1 else 's'} after its end"
            source = linked_sources([(f"{cited.title}, {cited.publisher}".rstrip(", "), cited.url)])
            st.markdown(
                f"- **{SERIES[row.series]}**, {months}. {escaped(row.reason)} ({row.status}): {source}"
            )


def _line(item: Outcome) -> str:
    source = linked_sources([(item.observation.source, item.observation.url)])
    sample = f" ({item.event_label}; {item.sample})" if item.sample else ""
    return f"- **{escaped(capital(item.observation.outcome))}**{escaped(sample)}: {escaped(item.sentence)} {source}"


def _shown(frame: pd.DataFrame, outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """The table for people: the same rows, shares as percent."""

    def cell_text(value: Any) -> str:
        return (
            ""
            if value is None or pd.isna(value)
            else change_text(float(value))
            if abs(float(value)) <= 3
            else as_given(value)
        )

    text = pd.DataFrame(
        {
            "Row": frame["id"],
            "Outcome": [capital(text) for text in frame["outcome"]],
            "Event": [item.event_label for item in outcomes],
            "Verdict": frame["verdict"],
            "Inside the range": frame["inside"],
            "Inside without unrest and noise": frame["inside_alone"],
            "Sample": frame["sample"],
        }
    )
    names = {
        "predicted_low": "5%",
        "predicted_median": "Median",
        "predicted_high": "95%",
        "alone_low": "5% without",
        "alone_high": "95% without",
        "observed": "Observed",
        "naive": "Naive",
        "crps": "CRPS",
        "noise": "Noise of the series",
        "detection_limit": "Smallest to be seen",
    }
    for name, label in names.items():
        text[label] = [cell_text(value) for value in frame[name]]
    text["Claimed"] = ["; ".join(map(_claimed, item.markers)) for item in outcomes]
    text["What follows"] = frame["sentence"]
    text["Operator, declared first"] = frame["declared"]
    text["Why this noise"] = frame["noise_reason"]
    text["Known then"] = frame["known_then"]
    text["In view when these were set"] = frame["evidence_for"]
    text["Source"] = frame["source"]
    text["Address"] = [value or None for value in frame["url"]]
    return text


def _claimed(marker: Marker) -> str:
    """A claim on the scale of its row; the chart has no room for one of more than everything."""
    return f"{marker.claim} {from_to(change_text(marker.low), change_text(marker.high))}"


def figure(items: Sequence[Outcome], scores: Sequence[EventScore], text: Caption, form: Form) -> go.Figure:
    """Every row by event: events with counted rows first, those where nothing counts after them."""
    by_event = {item.event: item for item in scores}
    order = list(dict.fromkeys([*by_event, *(item.observation.event for item in items)]))
    rows: list[RangeRow] = []
    seen = ""
    for item in sorted(items, key=lambda one: order.index(one.observation.event)):
        if item.predicted is None or item.observed is None:
            continue
        event = item.observation.event
        score = by_event.get(event)
        heading = f"{item.event_label}: {score.inside} of {score.rows} inside" if score else item.event_label
        rows.append(
            RangeRow(
                _label(item, form),
                f"{item.verdict_text}: {change_text(item.observed)}",
                item.predicted,
                COLOURS[item.verdict],
                sub=item.sample,
                heading="" if event == seen or form == "picture" else heading,
                dots=_dots(item),
                faint=not item.counted,
            )
        )
        seen = event
    title = "Change against the reference, or the share observed"
    return ranges(rows, text, form, title=title, key=KEY, percent=True)


def _label(item: Outcome, form: Form) -> str:
    """What was measured; a picture has no headings, so the event and the sample stand behind it."""
    name = capital(item.observation.outcome)
    if form == "screen":
        return name
    return f"{name} ({item.event_label}{', in-sample' if item.sample == 'in-sample' else ''})"


def _dots(item: Outcome) -> tuple[RowMark, ...]:
    """What was observed, or the bound, and what was claimed."""
    word = "bound" if item.ceiling else "observed"
    observed = item.observed or 0.0
    dots = [RowMark(observed, COLOURS[item.verdict], SIGNS[word], f"{word} {change_text(observed)}")]
    dots += [
        RowMark(x, p.ORANGE, SIGNS["claimed"], f"{marker.claim} {change_text(x)}, a claim")
        for marker in item.markers
        for x in dict.fromkeys((marker.low, marker.high))
        if x >= -1  # a claim of more than everything is said in the table
    ]
    return tuple(dots)
