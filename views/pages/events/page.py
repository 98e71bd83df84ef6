"""The page Events: the shipped disruptions or the reader's own list, priced row by row and together."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.palette import Caption, Form
from charts.ranges import RangeRow, ranges
from model.common.errors import InputError
from model.common.numbers import MILLION
from model.common.text import capital
from model.lists.chunks import ALL
from model.lists.counted import counted
from model.lists.priced import Total
from model.lists.shipped import SHIPPED
from model.text.lists_report import BASIS, MADE_OF_EVENT, NAMES, SHARED, ListReport, cost_text
from views.pages.events import controls
from views.pages.events.controls import BY, EVERY, GROUPS, SEARCH, STATE, STATE_LABELS, STORE
from views.parts import blocks, home
from views.parts.blocks import ChartTable
from views.parts.choices import choice_field, search_field
from views.parts.recorded_years import years_block, years_of
from views.parts.sections import usd_m
from views.session import state
from views.session.store import MOST_TEXT, say_refused
from views.words import escaped, linked

MOST_IN_CHART = 20
NO_PRICE = "Why it has no price"
TABLE_HEIGHT = 460
LABELS = {
    "events.csv": "Every row (CSV)", "totals.csv": "Totals (CSV)", "events.xlsx": "Workbook (XLSX)",
    "events.json": "All of it (JSON)",
}  # fmt: skip


def page() -> None:
    """Show a list with its prices."""
    answer = st.container()  # first on the page, though it follows from the list
    given = controls.upload()
    try:
        report = controls.report_of(given)
    except InputError as problem:
        say_refused(capital(str(problem)))
        given, report = None, controls.report_of(None)
    with answer:
        _answer(report, own=given is not None)
    _totals(report)
    if given is not None:
        _year(report, given.key)
    _rows(report)
    _files(report)
    with st.expander("How to read it", key="events_notes"):
        for text in (BASIS, SHARED, MADE_OF_EVENT):
            st.markdown(f"- {escaped(text)}")


def _answer(report: ListReport, *, own: bool) -> None:
    """What the list costs together, and how many of its rows have no price."""
    whole, events = report.priced.total(ALL), report.priced.events
    counts = whole.rows
    st.markdown(f"### {escaped(report.answer(own=own))}.")
    if whole.cost is not None:
        ends = whole.cost.spoken().bracket("range ").strip(" ()")
        st.markdown(escaped(f"{capital(f'{ends}, lost output' if ends else 'lost output')}."))
    parts = [f"{counts['open']:,} with open values", f"{counts['cannot be priced']:,} cannot be priced"]
    if counts["merged"]:
        parts.append(f"{counts['merged']:,} merged into another row, so that nothing is priced twice")
    if whole.without_money:
        parts.append(f"{whole.without_money:,} priced as a share of an old GDP, in no sum of dollars")
    rows = f"{events.rows:,} rows"
    if len(events.items) != events.rows:
        rows += f", by country {len(events.items):,}"
    st.caption(escaped(f"{rows}: {'; '.join(parts)}."))


def _totals(report: ListReport) -> None:
    """Totals by country, year or type, as dots with ranges."""
    by = str(STORE.get(BY))
    choice_field(STORE, BY, "Totals by", "w_events_by", GROUPS, names=GROUPS)
    totals = [total for total in report.priced.totals if total.by == by]
    priced = [total for total in totals if total.cost is not None and total.unit == "USD"]
    drawn = priced[:MOST_IN_CHART] if by == "country" else priced
    if drawn:
        title = f"What it cost by {GROUPS[by].lower()}"
        if len(drawn) < len(priced):
            title += f", the {len(drawn)} dearest of {len(priced)}"
        amounts = "; ".join(f"{total.label} {cost_text(total)}" for total in drawn)
        text = Caption(
            title=title, range_text="Medians with ranges, 5th to 95th percentile",
            basis="Direct loss, value added; sums of the same simulations; what a row leaves open varies too",
            source=f"{report.priced.events.name}; parameters: stated assumptions",
            stamp=f"{date.today().isoformat()} · model {report.provenance['model_version']} · "
            f"data {report.provenance['data_version']}",
            alt=f"Dots with ranges by {GROUPS[by].lower()}: {amounts}.",
        )  # fmt: skip
        rows = [_range_row(total) for total in drawn]

        def build(form: Form) -> go.Figure:
            return ranges(rows, text, form, title="US dollars", log=True, fmt=usd_m)

        name = f"events_by_{by}_{date.today().isoformat()}"
        blocks.chart_block(f"events_{by}", text, _chart_table(report, priced), build, name)
    rest = [total for total in totals if total not in priced]
    if rest:
        with st.expander(f"{len(rest)} more without an amount in dollars", key="events_rest"):
            blocks.words_table(pd.DataFrame([_words_row(total, by) for total in rest]))


def _year(report: ListReport, key: tuple[str, str]) -> None:
    """What a year like those of the reader's list costs by country: folded away until somebody asks."""
    fold = st.expander("A year of such events", key="events_year", on_change="rerun")
    if not fold.open:
        return
    with fold:
        try:
            record = counted(report.catalogue, report.priced.events)
        except InputError as problem:
            st.error(escaped(capital(str(problem))))
            return
        years = years_of(key, report.catalogue, record)
        if years == ():
            st.info("No country of the list has figures.", icon=":material/search_off:")
        elif years:
            years_block("events_year", report.catalogue, record, years, "usd")


def _range_row(total: Total) -> RangeRow:
    assert total.cost is not None
    cost = total.cost.each(lambda value: value / MILLION)
    count, missing = total.rows["priced"] + total.rows["open"], total.rows["cannot be priced"]
    sub = f"{count:,} row{'' if count == 1 else 's'}" + (
        f", {missing:,} more without a price" if missing else ""
    )
    return RangeRow(total.label, cost_text(total), cost, sub=sub)


def _words_row(total: Total, by: str) -> dict[str, str]:
    return {
        GROUPS[by]: total.label,
        "Cost": "no price" if total.cost is None else cost_text(total),
        "Priced": f"{total.rows['priced'] + total.rows['open']:,}",
        "Cannot be priced": f"{total.rows['cannot be priced']:,}",
    }


def _chart_table(report: ListReport, totals: Sequence[Total]) -> ChartTable:
    rows = []
    for total in totals:
        assert total.cost is not None
        rows.append({"label": total.label, **total.cost.columns("cost"), **dict(total.rows)})
    units = dict.fromkeys(("cost_low", "cost", "cost_high"), "USD")
    return ChartTable(pd.DataFrame(rows), units, report.provenance)


def _rows(report: ListReport) -> None:
    """The rows that fit a filter, and all of one that is picked."""
    st.subheader("Row by row")
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    chosen = str(STORE.get(STATE))
    with left:
        choice_field(STORE, STATE, "Show", "w_events_state", STATE_LABELS, names=STATE_LABELS)
    with right:
        search_field(STORE, SEARCH, "w_events_search", "Words that a row must hold", MOST_TEXT)
    items = report.priced.events.items
    asked = str(STORE.get(SEARCH)).casefold().split()
    fitting = [
        number
        for number, item in enumerate(items)
        if chosen in (EVERY, item.state) and _holds(report, number, asked)
    ]
    st.caption(f"{len(fitting):,} of {len(items):,} rows. Tap a row to read all of it.")
    if not fitting:
        st.info("No row fits. Take the filter away, or use fewer words.", icon=":material/search_off:")
        return
    frame = pd.DataFrame([_shown(report, number) for number in fitting])
    if not frame[NO_PRICE].any():
        frame = frame.drop(columns=NO_PRICE)
    event = st.dataframe(
        frame, hide_index=True, placeholder="–", width="stretch",
        height=min(TABLE_HEIGHT, 38 + 35 * len(fitting)), key="events_rows", on_select="rerun",
        selection_mode="single-row",
        column_config={
            "Event": st.column_config.TextColumn(width=240), "Cost": st.column_config.TextColumn(width=190),
            NO_PRICE: st.column_config.TextColumn(width=260),
            "Estimate": st.column_config.LinkColumn(display_text="Open", width="small"),
        },
    )  # fmt: skip
    picked = [index for index in event.selection.rows if index < len(fitting)]
    if picked:
        _full(report, fitting[picked[0]])


def _holds(report: ListReport, number: int, asked: Sequence[str]) -> bool:
    if not asked:
        return True
    row = report.row(number)
    text = " ".join(
        str(row[name]) for name in ("country", "type", "title", "place", "as_read", "row")
    ).casefold()
    return all(word in text for word in asked)


def _shown(report: ListReport, number: int) -> dict[str, Any]:
    """A row as the table shows it."""
    row, cost = report.row(number), report.cost_of(number)
    item = report.priced.events.items[number]
    query = report.query_of(item)
    return {
        "Event": row["title"], "Cost": "" if cost is None else cost.full, "Country": row["country"],
        "Type": row["type"], "Began": row["begins"], "State": STATE_LABELS[item.state], NO_PRICE: row["why_no_price"],
        "Estimate": f"{_address()}/?{urlencode(query)}" if query else "",
    }  # fmt: skip


def _address() -> str:
    """Where this dashboard stands."""
    url = (st.context.url or "").partition("?")[0].rstrip("/")
    return url.removesuffix("/events")


def _full(report: ListReport, number: int) -> None:
    """One row: what was read, what is open and why, what was done with it."""
    row, item, cost = report.row(number), report.priced.events.items[number], report.cost_of(number)
    with st.container(border=True):
        st.markdown(f"**{escaped(row['title'] or row['row'])}**")
        if cost is not None:
            st.markdown(escaped(f"{cost.full}, direct loss with all that is open."))
        lines = [(NO_PRICE, row["why_no_price"]), ("Merged into row", row["merged_into"]),
                 ("As read", row["as_read"]), ("Open", row["open"]), ("Notes", row["notes"]),
                 ("To keep in mind", row["remarks"]), ("Source", row["source"])]  # fmt: skip
        words = (
            escaped if report.priced.events.layout != SHIPPED else linked
        )  # a reader's list draws no links
        st.markdown("\n".join(f"- {name}: {words(text)}" for name, text in lines if text))
        if row["link"] and item.scenario is not None:
            st.button(
                "Open it as an estimate", key="w_events_open", icon=":material/query_stats:",
                on_click=_open, args=(item.scenario,),
            )  # fmt: skip
            if item.state == "open":
                st.caption("There all that is open stands at its best value, so the range is narrower.")


def _open(scenario: Any) -> None:
    state.start_from(state.honest(scenario))
    st.session_state[home.TO_ESTIMATE] = True


def _files(report: ListReport) -> None:
    """The same files as the command line writes, each made when its button is pressed."""
    st.subheader("Download")
    with st.container(horizontal=True, key="events_files"):
        for name in NAMES:
            stem, _, ending = name.partition(".")
            st.download_button(
                LABELS[name], partial(_file, report, name), f"{stem}_{date.today().isoformat()}.{ending}",
                key=f"events_{stem}_{ending}", on_click="ignore", icon=":material/download:",
            )  # fmt: skip


def _file(report: ListReport, name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        report.makers[name](path)
        return path.read_bytes()
