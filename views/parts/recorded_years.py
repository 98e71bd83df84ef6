"""What a year of recorded events costs in every economy: chart, table and files of one record."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from functools import partial

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.palette import Caption, Form
from charts.ranges import RangeRow, ranges
from model.catalogue.load import Catalogue
from model.common.cache import Cache
from model.common.numbers import as_given, figure_text, percent, significant
from model.common.program.progress import Tick
from model.common.text import capital, file_safe
from model.common.version import MODEL_VERSION
from model.compare.league import MEASURES
from model.rates.everywhere import years_everywhere
from model.rates.record import RecordedYears
from model.rates.year import YearCost
from model.text import world_year_report as report
from model.text.year_report import source
from views.parts import blocks
from views.session.waiting import StoppedError, say_stopped, watched
from views.words import escaped

YEARS: Cache[tuple[YearCost, ...]] = Cache()  # for everybody, by what happened
MOST_ROWS = 20  # of the chart
TABLE_HEIGHT = 520


def years_of(key: Hashable, catalogue: Catalogue, record: RecordedYears) -> tuple[YearCost, ...] | None:
    """The years of a record, which `key` names, in every economy; None where the reader stopped it: it says so."""

    def build(tick: Tick) -> tuple[YearCost, ...]:
        return tuple(year.without_costs for year in years_everywhere(catalogue, record, tick=tick))

    answer = st.empty()
    try:
        return YEARS.get(
            (catalogue, key), lambda: watched(("years", key), "Computing a year in every economy …", build)
        )
    except StoppedError:
        answer.markdown(f"**{escaped(say_stopped())}**")
        return None


def years_block(
    name: str,
    catalogue: Catalogue,
    record: RecordedYears,
    years: Sequence[YearCost],
    by: str,
    link: str = "",
) -> None:
    """The headline, the dearest years as dots with ranges, the table of all of them and what to doubt.

    Args:
        name: unique on the page.
        catalogue: the tables.
        record: what happened.
        years: the economies that are shown, at least one.
        by: the measure, one of the league.
        link: of the page, for the files.
    """
    years = report.ordered(years, by)
    st.markdown(f"**{escaped(blocks.unbroken(report.headline(years, by)))}**")
    _chart(name, catalogue, record, years, by, link)
    _table(name, years, by)
    st.markdown(
        "\n".join(f"- {escaped(text)}" for text in report.notes(catalogue, record)[1:])
    )  # the chart says the first


def tick_text(by: str, value: float) -> str:
    """`value`, a share of 1 where `by` is `share`, else US dollars: a bound of the colours or a tick: `2%`, `$10M`."""
    return f"{as_given(value * 100)}%" if by == "share" else figure_text(value)


def _chart(
    name: str, catalogue: Catalogue, record: RecordedYears, years: Sequence[YearCost], by: str, link: str
) -> None:
    measure = MEASURES[by]
    with_loss = [
        (year, value)
        for year in years
        if (value := report.measured(year, by)) is not None and value.median > 0
    ][:MOST_ROWS]
    if not with_loss:
        return
    rows = [
        RangeRow(year.economy.country.name, measure.words(value).full, value,
                 sub=f"{year.events or 'none'} on record")
        for year, value in with_loss
    ]  # fmt: skip
    log = with_loss[0][1].median > 10 * with_loss[-1][1].median or any(
        value.high > 10 * value.low for _, value in with_loss
    )
    what = "a year of recorded shutdowns" if record.shipped else "a year of such events"
    today = date.today().isoformat()
    text = Caption(
        title=f"Where {what} costs the most" if len(with_loss) > 1 else f"What {what} costs",
        range_text=f"{measure.label}, mean of a year: medians with ranges, 5th to 95th percentile",
        basis="Direct loss, value added. A record of the past, not a forecast",
        source=f"{capital(source(catalogue, record))}; parameters: stated assumptions",
        stamp=f"{today} · model {MODEL_VERSION} · data {catalogue.data_version}",
        alt=f"Dots with ranges, {measure.label}: {'; '.join(f'{row.label} {row.value}' for row in rows)}.",
    )
    table = blocks.ChartTable(
        pd.DataFrame(report.rows(years), dtype=object), report.UNITS,
        report.provenance(catalogue, record) | ({"scenario": link} if link else {}),
    )  # fmt: skip

    def build(form: Form) -> go.Figure:
        return ranges(rows, text, form, title=measure.label, log=log, percent=by == "share", fmt=partial(tick_text, by),
                      zero=False)  # fmt: skip

    blocks.chart_block(name, text, table, build, file_safe(f"{name}_{by}_{today}"))


def _table(name: str, years: Sequence[YearCost], by: str) -> None:
    """Every economy in words."""
    shown = [by, *(key for key in ("usd", "share") if key != by)]
    lines = []
    for year in years:
        costs = {key: report.measured(year, key) for key in shown}
        bad = report.measured_bad(year, by)
        lines.append(
            {
                "Country": year.economy.country.name, "On record": year.events,
                "Events a year": year.rate.each(significant).full,
                **{MEASURES[key].label: "no figure" if value is None else MEASURES[key].words(value).full
                   for key, value in costs.items()},
                "One year in ten": "no figure" if bad is None else MEASURES[by].text(bad),
                "Chance of none": percent(year.none), "Remarks": report.remark(year),
            }
        )  # fmt: skip
    frame = pd.DataFrame(lines)
    if not frame["Remarks"].any():
        frame = frame.drop(columns="Remarks")
    st.dataframe(
        frame, hide_index=True, placeholder="–", width="stretch", key=f"{name}_rows",
        height=min(TABLE_HEIGHT, 38 + 35 * len(lines)),
        column_config={
            "Country": st.column_config.TextColumn(width=140),
            "On record": st.column_config.NumberColumn(width=75),
            "Events a year": st.column_config.TextColumn(width=135),
            **{MEASURES[key].label: st.column_config.TextColumn(f"{MEASURES[key].label}, a year", width=190)
               for key in shown},
            "One year in ten": st.column_config.TextColumn(
                width=110, help="The cost that one simulated year in ten passes"
            ),
            "Chance of none": st.column_config.TextColumn(width=110, help="Of a year without any event"),
        },
    )  # fmt: skip
