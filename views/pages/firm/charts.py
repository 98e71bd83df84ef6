"""The charts and tables of one firm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from charts import palette
from charts.ranges import RangeRow, ranges
from model.common.numbers import significant
from model.common.ranges import Range
from model.common.text import capital
from model.text.firm_year_report import LINE_FAULTS, share_of_simulations
from model.text.writer import Section
from views.parts import blocks
from views.parts.sections import (
    RANGES,
    Common,
    dot_block,
    ends_frame,
    find,
    lines,
    notes,
    usd,
    with_ends,
    with_ends_of,
)
from views.words import escaped


def protections(section: Section) -> None:
    """What may be bought, its price, what it saves and the verdict, as a table."""
    rows = find(section, "worth").rows
    blocks.words_table(
        pd.DataFrame(
            {
                "What could be bought": [row["label"] for row in rows],
                "Verdict": [capital(_verdict(row)) for row in rows],
                "Costs a year": [with_ends(row, "cost", usd) for row in rows],
                "Saves a year": [with_ends(row, "saved", usd) for row in rows],
            }
        )
    )  # fmt: skip


def year_chart(common: Common, section: Section) -> None:
    """The year as it is, and with each protection, its price included: the dot further left is the better one."""
    results, worth = find(section, "firm_year"), find(section, "worth")
    now = results.rows[0]
    rows = [
        RangeRow(
            "As it is", with_ends_of(now), Range(now["low"], now["median"], now["high"]), palette.BASELINE
        )
    ]
    rows += [
        RangeRow(
            f"With: {row['label'][:1].lower()}{row['label'][1:]}", with_ends(row, "total", usd),
            Range(row["total_low"], row["total"], row["total_high"]), sub=_verdict(row),
        )
        for row in worth.rows_without(LINE_FAULTS)
    ]  # fmt: skip
    title = "what a year costs: lost profit, and the price of what is bought against it"
    text = "; ".join(f"{row.label} {row.value}" for row in rows)
    caption = common.caption(section, title, RANGES, f"Dots with ranges. {capital(title)}: {text}.")
    blocks.chart_block(
        "industry_firm_year", caption, common.table(worth),
        lambda form: ranges(rows, caption, form, title="US dollars a year", fmt=usd),
        common.file(f"firm-year-{common.choices['preset']}_{common.choices['kind']}"),
    )  # fmt: skip


def _verdict(row: Mapping[str, Any]) -> str:
    return str(row["verdict"]) + (
        "" if row["saved_high"] <= 0 else f": pays in {share_of_simulations(row['pays'])}"
    )


def one_outage(common: Common, section: Section) -> None:
    """One outage in detail: what it interrupts, by its length, and what a line saves in it."""
    st.subheader("One outage in detail")
    for text in section.sentences:
        st.markdown(escaped(text))
    outage, curve, savings = (find(section, name) for name in ("outage", "curve", "savings"))
    left, right = st.columns(2, gap="large")
    with left:
        dot_block(
            common, section, outage, "outage", "One outage: delayed, lost, and what it costs", "USD", usd,
            ends_frame(outage, ("USD",)).head(7), file=f"firm-{common.choices['preset']}_{common.choices['kind']}",
        )  # fmt: skip
    with right:
        lines(
            common, section, curve, "firm_curve", "Profit lost by length of the outage, penalties inside it",
            f"Line chart: profit lost grows with the length, by a step where a month is missed. {section.sentences[0]}",
            "days", "Working days in a row",
            (("Profit lost", "profit", "profit_low", "profit_high"),
             ("Of it penalties", "penalties", "penalties_low", "penalties_high")),
            "USD", usd, amount="Profit lost", most=30,
            file=f"firm-curve-{common.choices['preset']}_{common.choices['kind']}",
        )  # fmt: skip
    st.subheader("What one more line or satellite saves in such an outage")
    blocks.words_table(
        pd.DataFrame(
            {
                "Measure": [row["label"] for row in savings.rows],
                "Cost a year": [with_ends(row, "cost", usd) for row in savings.rows],
                "Profit saved an outage": [with_ends(row, "avoided", usd) for row in savings.rows],
                "Saved over cost, a year": [with_ends(row, "ratio", significant) for row in savings.rows],
                "Outages a year to pay": [_or(row["outages_to_pay"], "saves nothing here") for row in savings.rows],
                "Pays after (working days, one outage a year)": [
                    _or(row["break_even_days"], "not within 130") for row in savings.rows
                ],
            }
        )
    )  # fmt: skip
    notes(savings.rows)
    st.caption(
        "Saved: profit at once; clients who stay later are not counted. Lines and satellites serve the office, not "
        "those at home; what they spare is an assumption."
    )


def _or(value: float | None, otherwise: str) -> str:
    return otherwise if value is None else significant(value)
