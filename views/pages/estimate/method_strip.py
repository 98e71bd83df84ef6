"""Our range and every other method that fits the reader's scenario, on one axis; refusals as sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts import palette as p
from charts import words as w
from charts.palette import Form
from charts.ranges import RangeRow, ranges
from model.common.ledger import COUNTS
from model.common.numbers import money, percent, scale_of, scaled_unit
from model.common.ranges import PROBABLY_NONE, Range
from model.estimation.estimate import Estimate
from model.methods.strip import StripRow, applicable
from model.scenario.durations import HOURS
from model.text import findings, report, sentence
from views.parts import blocks
from views.parts.captions import linked_sources as linked_sources
from views.words import escaped

OWN_AMOUNTS = (
    ("net_direct", "This model, direct loss", COUNTS["net"]),
    ("gross", "This model, activity disrupted", COUNTS["gross"]),
)
THIS_MODEL = "this model"  # the id of our own rows
KEY = f"{p.dot(p.BLUE, '◆')} this model {p.dot(p.BASELINE, '●')} others"


def strip_block(result: Estimate) -> None:
    """The chart with its tools, and what the methods refuse."""
    rows = applicable(result.catalogue, result.scenario, result.economy)
    table = strip_frame(result, rows)
    unit = blocks.money_unit(result)
    bases = bases_text(rows, result)
    lines = table.to_dict("records")
    theirs = [float(row["middle"]) for row in lines if row["id"] != THIS_MODEL]
    values = "; ".join(f"{row['method']} {row['value']} ({row['basis']})" for row in lines)
    caption = blocks.caption_for(
        result,
        findings.others(result, [middle * result.money.scale for middle in theirs]),
        f"{bases}; we classified each method ourselves; this model rests on assumptions",
        f"Dots on a log scale, in ascending order: {values}.",
        "One figure for each method; this model with its range",
    )
    common = {**_common(result), "gdp_base": bases}
    shown = blocks.ChartTable(
        table.drop(columns=["value"]),
        {"low": unit, "middle": unit, "high": unit, "daily_gdp_share": "share of daily GDP"},
        common,
    )
    if result.scenario.hours > 0 and len(table):
        blocks.chart_block(
            "strip",
            caption,
            shown,
            lambda form: figure(lines, result.money.unit, caption, form),
            blocks.file_name(result, "methods"),
        )
        sources = (result.catalogue.sources[row.method.source] for row in rows if row.answer)
        linked = dict.fromkeys(f"[{escaped(source.title)}]({source.url})" for source in sources if source.url)
        if linked:
            st.caption(
                "The methods’ sources: "
                + "; ".join(linked)
                + ". This model rests on assumptions, see How it works."
            )
    refused = []
    for row in rows:
        if row.refusal:
            source = result.catalogue.sources[row.method.source]
            refused.append(f"- {escaped(row.refusal)} {linked_sources([(source.title, source.url)])}")
    if refused:
        with st.expander(f"Not available for this case ({len(refused)})", key="strip_refused"):
            st.markdown("\n".join(refused))


def bases_text(rows: list[StripRow], result: Estimate) -> str:
    """The GDP of the shares, and the methods whose amounts rest on a GDP of their own."""
    gdp, unit, rate = result.economy.gdp, result.money.unit, result.money.per_usd
    year = result.economy.gdp_year
    texts = [f"shares of daily GDP on one base, GDP {money(gdp * rate, unit, digits=4)} of {year}"]
    for row in rows:
        own = row.answer.inputs.get("gdp_usd") if row.answer else None
        if row.answer and isinstance(own, float) and own != gdp:
            own_base = f"{money(own * rate, unit, digits=4)} of {row.answer.inputs['gdp_year']}"
            texts.append(f"the amounts of {row.method.title} rest on a GDP that it keeps, {own_base}")
    return "; ".join(dict.fromkeys(texts))


def strip_frame(result: Estimate, rows: list[StripRow]) -> pd.DataFrame:
    """One row per method and two of ours, ascending, in millions of the result's money, with the share of daily GDP.

    A method's dollars become the money of the result at the result's own rate.
    """
    lines, rate, unit, scale = [], result.money.per_usd, result.money.unit, result.money.scale
    days = result.scenario.hours * result.scenario.spells / HOURS["year"]
    for name, label, basis in OWN_AMOUNTS:
        item = result.amount(name)
        drawn = item.range.each(lambda value: (value or 0.0) / scale)
        share = None  # of what is probably nothing too
        if days > 0 and not drawn.probably_nothing:
            share = drawn.median * scale / (result.economy.gdp * rate * days)
        lines.append(
            (
                THIS_MODEL,
                label,
                basis,
                *drawn,
                share,
                "as the method of this model counts them",
                "",
            )
        )
    for row in rows:
        answer = row.answer
        if answer is None:
            continue
        source = result.catalogue.sources[row.method.source]
        lines.append(
            (
                row.method.name,
                row.label,
                COUNTS[row.method.basis],
                *answer.cost.each(lambda value: value * rate / scale),
                row.daily_gdp_share,
                row.method.basis_note,
                f"{source.title}, {source.url}",
            )
        )
    names = [
        "id",
        "method",
        "basis",
        "low",
        "middle",
        "high",
        "daily_gdp_share",
        "basis_note",
        "source",
        "value",
    ]
    ordered = sorted(((*row, _ends(Range(*row[3:6]), unit)) for row in lines), key=lambda row: row[4])
    return pd.DataFrame(ordered, columns=names)


def figure(lines: Sequence[Mapping[Any, Any]], unit: str, caption: p.Caption, form: Form) -> go.Figure:
    rows = []
    for row in lines:
        mine = row["id"] == THIS_MODEL
        notes = [] if mine else [str(row["basis"])]  # the names of our two say what they count
        if not pd.isna(row["daily_gdp_share"]):
            notes.append(f"{percent(row['daily_gdp_share'])} of daily GDP a day")
        rows.append(
            RangeRow(
                str(row["method"]),
                str(row["value"]),
                Range(*(float(row[name]) for name in ("low", "middle", "high"))),
                p.BLUE if mine else p.BASELINE,
                "diamond" if mine else "circle",
                "; ".join(notes),
            )
        )
    title = w.titled("For the whole disruption", scaled_unit(unit))
    return ranges(rows, caption, form, title=title, log=True, key=KEY, fmt=_money(unit))


def _ends(shown: Range[float], unit: str) -> str:
    return PROBABLY_NONE if shown.probably_nothing else shown.steady.each(_money(unit)).ends


def _money(unit: str) -> w.Format:
    return lambda value: money(value * scale_of(unit), unit)


def _common(result: Estimate) -> dict[str, str]:
    return {**report.provenance_of(result), "stamp": sentence.stamp(result)}
