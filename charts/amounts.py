"""Dots of amounts with their ranges: a frame in, a Plotly figure out; tested without a screen.

Each builder makes the same chart in every form: `screen` (see-through, no title, follows the theme, fits 390 px),
`picture` (1600 x 900) and `square` (1080 x 1080), white, with title, range, basis, source and stamp inside. Money
arrives scaled and `unit` says to what; `fmt`, the project's one formatter, writes values and ticks. A row that is said
already, in a headline or a table, brings its words as `text`.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts import palette as p
from charts import words as w
from charts.palette import Caption, Form
from charts.ranges import RangeRow, RowMark, ranges
from charts.words import Format
from model.common.ledger import NO_SUM, SIGNS
from model.common.ranges import Range, from_to

CHAIN = ("gross", "caught_up", "overtime", "net_direct")  # what becomes what, in this order
PARTS = {"net_direct": p.BLUE, "lagged_receipts": p.PURPLE, "coping": p.GREEN}
APART = "Counted separately (do not add)"
KEY = f"{p.dot(p.BLUE, '●')} middle estimate, line: range"


def waterfall(frame: pd.DataFrame, unit: str, caption: Caption, form: Form, fmt: Format) -> go.Figure:
    """How the loss comes about, step by step: frame[id, label, low, median, high, basis].

    Ids gross, caught_up, overtime and net_direct are the steps; every other row stands below them and is never
    added. An amount of None or NaN is shown as the words "not measured".
    """
    by_id = {row["id"]: row for row in frame.to_dict("records")}
    apart = [key for key in by_id if key not in CHAIN]
    rows = []
    for key in [*(key for key in CHAIN if key in by_id), *apart]:
        row = by_id[key]
        heading = APART if apart and key == apart[0] else ""
        colour = PARTS.get(key, p.SKY)
        rows.append(
            _row(row, "median", fmt, colour, SIGNS.get(key, ""), sub=str(row["basis"] or ""), heading=heading)
        )
    key = f"{KEY}<br>{NO_SUM}"
    return ranges(rows, caption, form, title=w.titled("", unit), fmt=fmt, key=key)


def _row(
    row: dict[Any, Any],
    middle: str,
    fmt: Format,
    colour: str,
    sign: str = "",
    *,
    sub: str = "",
    heading: str = "",
) -> RangeRow:
    shown = Range(*(w.finite_or_nan(row.get(name)) for name in ("low", middle, "high")))
    return RangeRow(
        label=f"{sign}{row['label']}",
        value=str(row.get("text") or w.with_range(fmt, shown)),
        range=shown if w.all_finite(*shown) else Range.of(shown.median),
        colour=colour,
        sub=sub,
        heading=heading,
    )


def bearers(
    frame: pd.DataFrame, unit: str, caption: Caption, form: Form, fmt: Format, top: int = 8
) -> go.Figure:
    """Who loses: frame[label, low, median, high], the largest `top`; the rest is left to the table.

    Ranges of single rows do not add up to the range of their sum, so the rest is no row of its own.
    """
    ordered = frame.sort_values("median", ascending=False, kind="stable")
    shown, rest = ordered.head(top), len(ordered) - top
    if rest == 1:
        shown, rest = ordered, 0
    rows = [_row(row, "median", fmt, p.BLUE) for row in shown.to_dict("records")]
    key = KEY + (f"; {rest} smaller: see the table" if rest > 0 else "")
    return ranges(rows, caption, form, title=w.titled("", unit), fmt=fmt, key=key)


def dots(
    frame: pd.DataFrame, unit: str, caption: Caption, form: Form, fmt: Format, title: str = "Amount"
) -> go.Figure:
    """Dots side by side: frame[label, value] and, where known, low, high, mine (False: grey) and between."""
    rows = [
        replace(
            _row(row, "value", fmt, p.BLUE if row.get("mine", True) else p.BASELINE),
            between=str(row.get("between") or ""),
        )
        for row in frame.to_dict("records")
    ]
    return ranges(rows, caption, form, title=w.titled(title, unit), fmt=fmt)


def tornado(
    frame: pd.DataFrame,
    centre: float,
    unit: str,
    caption: Caption,
    form: Form,
    fmt: Format,
    result: str = "Result",
) -> go.Figure:
    """Which assumptions matter most: frame[label, at_low, at_high, input_low, input_high, unit].

    `centre` is the result with all at their middle, in the same `unit` as at_low and at_high.
    """
    swing = (frame["at_high"] - frame["at_low"]).abs()
    rows = []
    for row in frame.loc[swing.sort_values(ascending=False, kind="stable").index].to_dict("records"):
        at_low, at_high = float(row["at_low"]), float(row["at_high"])
        low, high = min(at_low, at_high), max(at_low, at_high)
        inputs = f"{from_to(w.short(row['input_low']), w.short(row['input_high']))} {row['unit']}".strip()
        rows.append(
            RangeRow(
                label=str(row["label"]),
                value=from_to(fmt(low), fmt(high)),
                range=Range(low, np.nan, high),
                sub=inputs,
                dots=(
                    RowMark(at_low, p.SKY, "circle", f"{row['label']} low: {fmt(at_low)}"),
                    RowMark(at_high, p.VERMILLION, "circle", f"{row['label']} high: {fmt(at_high)}"),
                ),
            )
        )
    key = (
        f"{p.dot(p.SKY, '●')} assumption low {p.dot(p.VERMILLION, '●')} high "
        f"{p.dot(p.BASELINE, '┃')} all at their middle: {fmt(centre)}"
    )
    return ranges(
        rows, caption, form, title=w.titled(result, unit), fmt=fmt, key=key, zero=False, centre=centre
    )
