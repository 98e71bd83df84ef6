"""Bars of amounts: a frame in, a Plotly figure out; tested without a screen.

Each builder makes the same chart twice: `screen` (see-through, no title, follows the theme, fits 390 px) and
`picture` (1600 x 900, white, with title, range, basis, source and stamp inside). Money arrives scaled and
`unit` says to what; `fmt` is the project's one formatter.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts import palette as p
from charts import words as w
from charts.palette import Caption, Form
from charts.rows import BarRow, bar_chart
from charts.words import Format

PARTS = {
    "gross": p.BASELINE,
    "caught_up": p.SKY,
    "overtime": p.ORANGE,
    "net_direct": p.BLUE,
    "lagged_receipts": p.PURPLE,
    "coping": p.GREEN,
}
SIGNS = {"caught_up": f"{w.MINUS} ", "overtime": "+ "}


def waterfall(frame: pd.DataFrame, unit: str, caption: Caption, form: Form, fmt: Format) -> go.Figure:
    """From touched to lost, as a waterfall: frame[id, label, low, median, high, basis].

    Ids gross, caught_up, overtime and net_direct make the waterfall; every other row stands below it, hatched
    and never added. An amount of None or NaN is shown as the words "not measured".
    """
    by_id = {row["id"]: row for row in frame.to_dict("records")}
    amounts = {key: w.finite_or_nan(row["median"]) for key, row in by_id.items()}
    gross, caught, overtime, net = (
        np.nan_to_num(amounts.get(key, 0.0)) for key in ("gross", "caught_up", "overtime", "net_direct")
    )
    left = gross - caught
    spans = {
        "gross": (0.0, gross),
        "caught_up": (left, gross),
        "overtime": (left, left + overtime),
        "net_direct": (0.0, net),
    }
    beside = [key for key in by_id if key not in spans]
    rows = []
    for key in [*(key for key in spans if key in by_id), *beside]:
        row, median = by_id[key], amounts[key]
        low, high = w.finite_or_nan(row["low"]), w.finite_or_nan(row["high"])
        start, end = spans.get(key, (0.0, median))
        whisker = None
        if w.all_finite(low, median, high) and high > low:
            # What is caught up is taken off: its range runs left from gross. One past zero is only written.
            ends = (
                (gross - high, gross - low)
                if key == "caught_up"
                else (end - median + low, end - median + high)
            )
            middle = start if key == "caught_up" else end
            whisker = (ends[0], middle, ends[1]) if ends[0] >= -1e-9 else None
        rows.append(
            BarRow(
                label=SIGNS.get(key, "") + str(row["label"]),
                sub=str(row["basis"] or ""),
                value=w.with_range(fmt, low, median, high),
                bars=((start, end, PARTS.get(key, p.VERMILLION)),) if w.all_finite(median) else (),
                whisker=whisker,
                hatched=key in beside,
                heading="Beside it, each on its own basis, never added"
                if beside and key == beside[0]
                else "",
            )
        )
    return bar_chart(rows, caption, form, title=f"{unit} (bar: median, line: range)")


def _amount_rows(
    frame: pd.DataFrame, middle: str, fmt: Format, colour: Callable[[dict[Any, Any]], str]
) -> list[BarRow]:
    rows = []
    for row in frame.to_dict("records"):
        low, median, high = (w.finite_or_nan(row.get(name)) for name in ("low", middle, "high"))
        rows.append(
            BarRow(
                label=str(row["label"]),
                value=w.with_range(fmt, low, median, high),
                bars=((0.0, median, colour(row)),) if w.all_finite(median) else (),
                whisker=(low, median, high) if w.all_finite(low, median, high) and high > low else None,
            )
        )
    return rows


def bearers(
    frame: pd.DataFrame, unit: str, caption: Caption, form: Form, fmt: Format, top: int = 8
) -> go.Figure:
    """Who bears it: frame[label, low, median, high], the largest `top`, the rest as "other".

    The rest has no whisker: quantiles of single rows do not add up to quantiles of their sum.
    """
    ordered = frame.sort_values("median", ascending=False, kind="stable")
    shown, rest = ordered.head(top), ordered.iloc[top:]
    if len(rest) == 1:
        shown, rest = ordered, rest.iloc[1:]
    rows = _amount_rows(shown, "median", fmt, lambda _: p.BLUE)
    if len(rest):
        total = float(rest["median"].sum())
        rows.append(BarRow(f"Other ({len(rest)}), sum of medians", fmt(total), ((0.0, total, p.BASELINE),)))
    return bar_chart(rows, caption, form, title=f"{unit} (bar: median, line: range)")


def bars(
    frame: pd.DataFrame, unit: str, caption: Caption, form: Form, fmt: Format, title: str = "Amount"
) -> go.Figure:
    """Simple comparison: frame[label, value] and, where known, low, high and mine (False = grey)."""
    rows = _amount_rows(frame, "value", fmt, lambda row: p.BLUE if row.get("mine", True) else p.BASELINE)
    return bar_chart(rows, caption, form, title=f"{title}, {unit}")


def tornado(
    frame: pd.DataFrame,
    centre: float,
    unit: str,
    caption: Caption,
    form: Form,
    fmt: Format,
    result: str = "Result",
) -> go.Figure:
    """Which inputs carry the band: frame[label, at_low, at_high, input_low, input_high, unit]."""
    swing = (frame["at_high"] - frame["at_low"]).abs()
    rows = []
    for row in frame.loc[swing.sort_values(ascending=False, kind="stable").index].to_dict("records"):
        low, high = float(row["at_low"]), float(row["at_high"])
        rows.append(
            BarRow(
                label=str(row["label"]),
                value=w.range_text(fmt, min(low, high), max(low, high)),
                sub=f"{w.short(row['input_low'])} to {w.short(row['input_high'])} {row['unit']}".strip(),
                bars=((centre, low, p.SKY), (centre, high, p.VERMILLION)),
            )
        )
    key = f"{p.dot(p.SKY)} input low &nbsp; {p.dot(p.VERMILLION)} input high"
    return bar_chart(
        rows,
        caption,
        form,
        title=f"{result}, {unit}",
        zero=False,
        key=key,
        centre=(centre, f"┊ every input at its median: {fmt(centre)}"),
    )


def difference_bars(
    frame: pd.DataFrame, reference: str, unit: str, caption: Caption, form: Form, fmt: Format
) -> go.Figure:
    """More or less than a reference: frame[label, low, value, high], fmt with its sign; bars from the reference."""
    rows = []
    for row in frame.to_dict("records"):
        low, middle, high = (w.finite_or_nan(row[name]) for name in ("low", "value", "high"))
        is_measured = w.all_finite(low, middle, high)
        rows.append(
            BarRow(
                label=str(row["label"]),
                value=f"{fmt(middle)} ({fmt(low)} to {fmt(high)})" if is_measured else "not measured",
                bars=((0.0, middle, p.BLUE),) if is_measured else (),
                whisker=(low, middle, high) if is_measured and high > low else None,
            )
        )
    return bar_chart(rows, caption, form, title=f"Difference, {unit}", centre=(0.0, f"┊ {reference}"))
