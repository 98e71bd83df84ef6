"""The scenarios of a comparison along every duration: what each costs, and how it stands to the reference."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.palette import Caption, Form
from charts.series import Scale, several
from charts.words import titled
from model.common.program.progress import Tick
from model.compare import sentences as words
from model.compare.curves import Along, along
from model.compare.differences import Compared, part_text
from model.scenario.scenario import Scenario
from views.pages.compare import frames
from views.pages.compare import parts as parts
from views.parts import blocks
from views.session import state
from views.session.waiting import StoppedError, say_stopped


def section(scenarios: Sequence[Scenario], rows: Sequence[Compared], base: int) -> None:
    """Two charts and the sentences that say them; `rows` are the same scenarios at their own durations.

    `base` is the row that the others are compared with, counted from 0.
    """
    labels = [row.label for row in rows]

    def build(tick: Tick) -> list[Along]:
        return along(state.catalogue(), scenarios, labels, reference=base, tick=tick)

    key = ("along", tuple(parts.scenario_key(item) for item in scenarios), tuple(labels), base)
    try:
        curves = parts.remembered(key, build)
    except StoppedError:
        st.markdown(say_stopped())
        return
    _charts(curves, rows, base)


def _charts(curves: Sequence[Along], rows: Sequence[Compared], base: int) -> None:
    name = rows[base].label
    texts = [words.along_text(row, name) for index, row in enumerate(curves) if index != base]
    said = " ".join(texts)
    numbers = frames.along_numbers(curves)
    each = " of one outage" if any(row.scenario.spells > 1 for row in curves) else ""
    basis = f"Direct loss by length{each}"
    left, right = st.columns(2, gap="large")
    with left:
        text = parts.caption_of_rows(
            rows, f"Cost at every length, with {name} in grey",
            f"{basis}; points: each scenario at its own length; both axes on log scales",
            f"Line chart, on log scales, of the direct loss of each scenario against how long it lasts. {said}",
        )  # fmt: skip
        scale = Scale(titled("Cost", blocks.money_unit(rows[0].result)), blocks.money_format(rows[0].result))
        _block("along", numbers, "amount", rows, base, scale, text)
    with right:
        text = parts.caption_of_rows(
            rows, f"Ratio to {name} at every length",
            f"{basis}, over that of {name} at the same length; both axes on log scales",
            f"Line chart, on log scales, of the cost of each scenario over that of {name}. {said}",
        )  # fmt: skip
        level = (1.0, f"┄ {name}")
        scale = Scale("Ratio", lambda value: f"{part_text(value)} times", level)
        _block("along_ratio", numbers, "ratio", rows, base, scale, text)
    parts.bullets(texts)


def _block(
    name: str, numbers: pd.DataFrame, what: str, rows: Sequence[Compared], base: int, scale: Scale, text: Caption
) -> None:  # fmt: skip
    """One of the two charts, with the numbers of both in its table and file."""
    frame, baseline = frames.along_lines(numbers, what), rows[base].label
    if scale.level is not None:
        frame = frame[frame["series"] != baseline]
    units = frames.units(rows[0].result.money.unit)
    table = blocks.ChartTable(numbers, units, parts.provenance_of_rows(rows))

    def build(form: Form) -> go.Figure:
        return several(frame, baseline, scale, text, form)

    filename = blocks.file_name(rows[0].result, name.replace("_", "-"))
    blocks.chart_block(f"compare_{name}", text, table, build, filename)
