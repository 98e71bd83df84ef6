"""The record on the page: official receipts with the disruptions in them, and what they could show at all."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts import palette as p
from charts.lines import paths
from charts.palette import Form
from charts.ranges import RangeRow, ranges
from model.catalogue.load import Catalogue
from model.catalogue.receipts import MonthlyReceipts
from model.claims.claims import GROWTH
from model.claims.sentences import rate, usd
from model.common.numbers import MILLION, money, whole_number
from model.common.ranges import Range, from_to
from model.common.text import capital
from model.evidence import record, record_events
from model.evidence.record_events import Marked
from model.evidence.trends import Baseline
from model.reading.numbers import share_of
from model.scenario.readers import within
from model.text.writer import provenance
from views.pages.evidence import disruption_marks
from views.pages.evidence.controls import GROWTH_ENDS, OWN, PERIOD, STORE, usable_months
from views.parts import blocks
from views.parts.captions import (
    anchor_link,
    caption,
    evidence_file_name,
    linked_sources,
)
from views.parts.parameter import number_field
from views.words import escaped, shown, when_heard

RECEIPTS = "Export earnings"
SOURCES = anchor_link("Sources", "record-sources")

OWN_LABEL = "Own growth, % a year (assumption)"


def section(catalogue: Catalogue) -> None:
    """Gap first, then the months, the growth and the years."""
    months = catalogue.evidence.months
    first, last = STORE.get(PERIOD)
    growth = float(STORE.get(OWN))
    claimed = (catalogue.seeds[GROWTH].default or 0.0) / 100
    gaps = record.gaps(catalogue, months, first, last, claimed=claimed, own=growth)
    st.markdown(f"### {escaped(f'{record.span_text(first, last)}: {gaps[0].sentence}')}")
    items = catalogue.evidence.disruptions
    marks = record_events.marked_months(months, items)
    dips = record_events.dip_sentences(months, marks)
    days = anchor_link("Months and days", "record-disruptions")
    st.markdown("\n".join(f"- {escaped(text)} {days}." for text in dips))
    _controls(usable_months(catalogue), first, last, growth)
    _gaps(catalogue, months, gaps, first, last)
    left, right = st.columns(2, gap="large")
    with left:
        _monthly(catalogue, months, marks)
    with right:
        _growth(catalogue, months)
    left, right = st.columns(2, gap="large")
    with left:
        _yearly(catalogue)
    with right:
        _conflicts(catalogue, months)
    disruption_marks.tables(catalogue, months, marks, items)
    years = [row.cited for row in catalogue.fiscal_years]
    stood = [cited for item in gaps for cited in item.baseline.sources]
    st.subheader("Sources", anchor="record-sources")
    st.caption(f"Sources: {linked_sources([*((row.source, row.url) for row in months), *years, *stood])}")


def _controls(usable: list[str], first: str, last: str, growth: float) -> None:
    """Which months are summed, and the reader's own growth."""
    start, end = shown("w_record_first", first), shown("w_record_last", last)

    def summed() -> None:
        ends = sorted((st.session_state[start], st.session_state[end]))
        STORE.put(PERIOD, (ends[0], ends[1]))

    left, middle, right = st.columns(3)
    left.selectbox("From month", usable, usable.index(first), key=start, on_change=when_heard(start, summed))
    middle.selectbox("To month", usable, usable.index(last), key=end, on_change=when_heard(end, summed))
    low, high = GROWTH_ENDS

    def read(text: str) -> float:
        allowed = f"{low:.0%} to {high:.0%} a year"
        return within(OWN_LABEL, text, share_of(OWN_LABEL, text, allowed, "percent"), low, high, allowed)

    number_field(
        OWN_LABEL,
        growth,
        read,
        lambda value: STORE.put(OWN, value),
        "w_record_own",
        percent=True,
        place=right,
    )


def _sources(months: tuple[MonthlyReceipts, ...]) -> str:
    return "; ".join(dict.fromkeys(row.source for row in months))


def _gaps(
    catalogue: Catalogue,
    months: tuple[MonthlyReceipts, ...],
    gaps: tuple[record.Gap, ...],
    first: str,
    last: str,
) -> None:
    span = f"{first} to {last}"
    table = pd.DataFrame(
        [
            {
                "baseline": item.baseline.label,
                "growth": item.baseline.growth,
                "expected": item.expected,
                "observed": item.observed,
                "gap": item.gap,
                "limit": item.limit,
                "limit_baseline_known": item.limit_known,
                "verdict": str(item.verdict),
                "basis": item.baseline.basis,
                "follows": item.sentence,
                "growth_sources": "; ".join(f"{title} {url}" for title, url in item.baseline.sources)
                or "assumption",
            }
            for item in gaps
        ]
    )
    verdicts = "; ".join(f"{item.baseline.label} {usd(item.gap * MILLION)}, {item.verdict}" for item in gaps)
    text = caption(
        catalogue,
        f"Export earnings missing in {span}, by reference",
        "Dot: gap; line: what noise alone makes of it in 90%",
        "Earnings of a year before grown at the reference rate, less earnings; negative: more was earned "
        "than the reference. "
        "Growth rates that use later years know more than was known then",
        _sources(months),
        f"Dots of the gap under each reference: {verdicts}.",
    )
    rows = [
        RangeRow(
            f"{item.baseline.label}, {rate(item.baseline.growth)} a year",
            f"{money(item.gap * MILLION, digits=3)} ± {money(item.limit * MILLION, digits=3)}",
            Range(item.gap - item.limit, item.gap, item.gap + item.limit),
            sub=str(item.verdict),
            faint=item.verdict is record.GapVerdict.NOT_DETECTABLE,
        )
        for item in gaps
    ]
    units = {
        "growth": "share per year",
        "expected": "M USD",
        "observed": "M USD",
        "gap": "M USD",
        "limit": "M USD",
    }
    units["limit_baseline_known"] = "M USD"
    blocks.chart_block(
        "record_gaps",
        text,
        blocks.ChartTable(
            table, units, {**provenance(catalogue.data_version), "months": span, "sources": _sources(months)}
        ),
        lambda form: ranges(rows, text, form, title="Gap, US dollars", fmt=_millions),
        evidence_file_name("gap"),
        SOURCES,
    )
    st.markdown("\n".join(f"- {escaped(item.sentence)} {_stands_on(item.baseline)}" for item in gaps))
    st.caption(escaped(f"{record.noise_sentence(months)} {record.limits_sentence(gaps)}"))


def _millions(value: float) -> str:
    return money(value * MILLION)


def _stands_on(baseline: Baseline) -> str:
    """Where the growth of a baseline is from: links, or that it is an assumption."""
    return f"Growth: {linked_sources(baseline.sources)}." if baseline.sources else "Growth: an assumption."


def _whole_years(made: go.Figure) -> go.Figure:
    """Marks at the turn of each year: half a year has no name."""
    made.layout.xaxis.dtick = 1
    return made


def _monthly(catalogue: Catalogue, months: tuple[MonthlyReceipts, ...], marks: Mapping[str, Marked]) -> None:
    rates = record.growth_on_year(months)
    table = pd.DataFrame(
        [
            {
                "month": row.month,
                "receipts": row.value_musd,
                "low": row.ends[0] if row.ends else None,
                "high": row.ends[1] if row.ends else None,
                "growth": rates.get(row.month),
                "status": row.status,
                "disruptions": disruption_marks.level(marks[row.month]) if row.month in marks else "",
                "revision": row.revision,
                "source": row.source,
                "url": row.url,
            }
            for row in months
        ]
    )
    text = caption(
        catalogue,
        "Monthly IT export earnings, months with disruptions marked",
        f"{months[0].month} to {months[-1].month}; upright lines where two values are printed",
        "Earnings as printed, not adjusted for season",
        _sources(months),
        f"Line of monthly earnings from {months[0].month} to {months[-1].month}; {len(marks)} months "
        f"with a disruption are marked. {' '.join(record_events.dip_sentences(months, marks))}",
    )
    frame = pd.DataFrame(
        {
            "x": [disruption_marks.year_on_axis(row.month) for row in months],
            "series": RECEIPTS,
            "value": [row.value_musd for row in months],
        }
    )

    def build(form: Form) -> go.Figure:
        made = paths(
            frame, "M USD", text, form, lambda value: usd(value * MILLION), amount="Earnings a month"
        )
        return _annotated(catalogue, _whole_years(made), months, marks, form)

    blocks.chart_block(
        "record_months",
        text,
        blocks.ChartTable(
            table,
            {"receipts": "M USD", "low": "M USD", "high": "M USD", "growth": "share"},
            provenance(catalogue.data_version),
        ),
        build,
        evidence_file_name("monthly-receipts"),
        SOURCES,
    )


def _annotated(
    catalogue: Catalogue, made: go.Figure, months: tuple[MonthlyReceipts, ...], marks: Mapping[str, Marked],
    form: Form,
) -> go.Figure:  # fmt: skip
    """Dots at the months with disruptions, and the two values of a month that is in conflict."""
    disruption_marks.add_marks(catalogue, made, months, marks, form)
    for row in months:
        if row.ends:
            made.add_trace(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": [disruption_marks.year_on_axis(row.month)] * 2,
                    "y": list(row.ends),
                    "line": {"color": p.ORANGE, "width": 4},
                    "hovertemplate": f"{row.month}: {row.revision}<extra></extra>",
                }
            )
    made.add_annotation(
        text=f"{disruption_marks.legend()}<br>{p.dot(p.ORANGE, '┃')} two values are printed",
        align="left",
        xref="paper",
        x=0,
        xanchor="left",
        yref="paper",
        y=0,
        yanchor="bottom",
        xshift=8,
        yshift=4,
        showarrow=False,
        font={"size": p.look_of(form).small},
    )
    return made


def _growth(catalogue: Catalogue, months: tuple[MonthlyReceipts, ...]) -> None:
    rates = record.growth_on_year(months)
    frame = pd.DataFrame(
        {
            "x": [disruption_marks.year_on_axis(month) for month in rates],
            "series": "Growth",
            "value": [value * 100 for value in rates.values()],
        }
    )
    claimed = float(catalogue.seeds[GROWTH].default or 0.0)
    text = caption(
        catalogue,
        "Growth against the same month a year before",
        from_to(rate(min(rates.values())), rate(max(rates.values()))),
        f"Dashed: the growth that was claimed, {claimed:g}% a year",
        _sources(months),
        "Line of yearly growth by month: "
        + "; ".join(f"{month} {rate(value)}" for month, value in list(rates.items())[-6:])
        + " at its end.",
    )
    cells = {row.month: row for row in months}
    table = pd.DataFrame(
        {
            "month": list(rates),
            "growth": list(rates.values()),
            "source": [cells[month].source for month in rates],
            "url": [cells[month].url for month in rates],
            "url_year_before": [cells[record.year_before(month)].url for month in rates],
        }
    )
    blocks.chart_block(
        "record_growth",
        text,
        blocks.ChartTable(table, {"growth": "share"}, provenance(catalogue.data_version)),
        lambda form: _whole_years(
            paths(
                frame,
                "% on the year",
                text,
                form,
                lambda value: rate(value / 100),
                targets=[("Claimed", claimed)],
                amount="Growth",
            )
        ),
        evidence_file_name("growth"),
        SOURCES,
    )


def _yearly(catalogue: Catalogue) -> None:
    rows, dots, words = [], [], []
    for name, items in record.official_years(catalogue).items():
        used = next(row for row in items if row.preferred == "yes")
        ends = sorted(row.value_musd for row in items)
        rows.append(
            {
                "year": name,
                "receipts": used.value_musd,
                "low": ends[0],
                "high": ends[-1],
                "growth": used.growth,
                "source": used.source_title,
                "url": used.url,
            }
        )
        words.append(f"{name} {whole_number(used.value_musd)} M USD")
        rate_text = "" if used.growth is None else f", {rate(used.growth)}"
        conflict = ends if ends[-1] > ends[0] else None
        dots.append(
            RangeRow(
                f"{name}{rate_text}",
                usd(used.value_musd * MILLION),
                Range(ends[0], used.value_musd, ends[-1]),
                sub=f"printed: {from_to(whole_number(ends[0]), whole_number(ends[-1]))}" if conflict else "",
            )
        )
    sources = "; ".join(dict.fromkeys(str(row["source"]) for row in rows))
    text = caption(
        catalogue,
        "IT export earnings by fiscal year",
        "With growth on the year before; line: other values printed",
        "Fiscal years run from July to June; some years were not found",
        sources,
        "Dots of yearly earnings: " + "; ".join(words) + ".",
    )
    units = {"receipts": "M USD", "low": "M USD", "high": "M USD", "growth": "share"}
    blocks.chart_block(
        "record_years",
        text,
        blocks.ChartTable(pd.DataFrame(rows), units, provenance(catalogue.data_version)),
        lambda form: ranges(dots, text, form, title="US dollars a year", fmt=_millions),
        evidence_file_name("yearly-receipts"),
        SOURCES,
    )


def _conflicts(catalogue: Catalogue, months: tuple[MonthlyReceipts, ...]) -> None:
    """Every period of which two values are printed, with what is used and where each stands."""
    st.subheader("Where sources disagree")
    for item in record.conflicts(catalogue, months):
        low, used, high = (whole_number(value) for value in (item.low, item.used, item.high))
        ends = f"printed from {low} to {high}, used {used} M USD"
        why = capital(item.why)
        st.markdown(f"- **{item.period}**: {escaped(f'{ends}. {why}.')} {linked_sources(item.sources)}")
