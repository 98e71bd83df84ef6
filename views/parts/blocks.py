"""A chart with everything under it: its table, a CSV that explains itself, and pictures by visible buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from briefing.common.names import joined, stem_of
from charts.palette import Caption, Form
from model.common.numbers import money
from model.common.ranges import Range
from model.common.text import JOINER as JOINER
from model.common.text import NO_BREAK as NO_BREAK
from model.common.text import capital
from model.common.text import unbroken as unbroken
from model.estimation.estimate import Estimate
from model.estimation.words import event_text
from model.text import report, sentence, writer
from views.components.pictures import picture_buttons
from views.words import escaped

CONFIG = {"displayModeBar": False, "responsive": True}


@dataclass(frozen=True)
class ChartTable:
    """What a chart shows, with the unit of each column; `common` is repeated on every exported row."""

    frame: pd.DataFrame
    units: Mapping[str, str]
    common: Mapping[str, str]

    def with_units(self) -> pd.DataFrame:
        """The frame with the unit of each column in its name."""
        names = [str(name) for name in self.frame.columns]
        return self.frame.set_axis(
            [f"{n} [{self.units[n]}]" if n in self.units else n for n in names], axis=1
        )

    def csv(self) -> str:
        """One row per line of the chart; units stand in the column names, provenance on every row."""
        named = self.with_units()
        rows = ({str(name): value for name, value in row.items()} for row in named.to_dict("records"))
        return writer.table(rows, self.common, [str(name) for name in named.columns]).csv()


def chart_block(
    name: str,
    caption: Caption,
    table: ChartTable,
    build: Callable[[Form], go.Figure],
    filename: str,
    source: str = "",
    *,
    heading: bool = True,
    with_table: bool = True,
) -> None:
    """Title, range, chart and its tools. `build` makes the figure in a form; `name` is unique on the page.

    `source` is markdown that leads to the sources, for a page where no other line beside the chart does. Without
    `heading` the title stands in the picture alone, where the words above the chart say it already; without
    `with_table` the page has a table of its own.
    """
    if heading:
        st.subheader(escaped(unbroken(caption.title)))
    st.caption(
        escaped(f"{capital(caption.range_text)}. {caption.basis}.") + (f" {source}." if source else "")
    )
    st.plotly_chart(build("screen"), key=f"chart_{name}", config=CONFIG, alt=caption.alt)
    tools(name, caption, table, build, filename, with_table=with_table)


def tools(
    name: str,
    caption: Caption,
    table: ChartTable,
    build: Callable[[Form], go.Figure],
    filename: str,
    *,
    with_table: bool = True,
) -> None:
    """Pictures, CSV and table of a chart that is drawn elsewhere."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"tools_{name}"):
        names = {
            f".st-key-csv_{name} button": f"Download CSV: {caption.title}",
            f".st-key-table_{name} summary": f"Table: {caption.title}",
        }
        picture_buttons(build, filename, key=f"picture_{name}", title=caption.title, names=names)
        st.download_button(
            "CSV", lambda: writer.csv_bytes(table.csv()), f"{filename}.csv",
            "text/csv", key=f"csv_{name}", on_click="ignore",
            help="The chart's numbers with units, scenario, versions and sources.",
        )  # fmt: skip
    if not with_table:
        return
    section = st.expander("Table", key=f"table_{name}", on_change="rerun")
    if section.open:
        section.dataframe(table.with_units(), hide_index=True, placeholder="–", width="stretch")
        section.caption(escaped(f"Source: {caption.source}. {caption.stamp}."))


def words_table(frame: pd.DataFrame) -> None:
    """A table for reading: its cells wrap between words, so nothing is cut at the edge, and a phone scrolls it."""
    ready = frame.map(lambda cell: escaped(unbroken(str(cell))))
    st.table(ready.rename(columns=lambda name: escaped(unbroken(name))), hide_index=True)


def caption_for(result: Estimate, title: str, basis: str, alt: str, range_text: str = "") -> Caption:
    """The caption of a chart of an estimate."""
    text = range_text or "Medians with ranges, 5th to 95th percentile"
    stamp = f"{date.today().isoformat()} · {sentence.stamp(result)}"
    event = event_text(result)
    return Caption(
        title=title,
        range_text=text,
        basis=f"{event}, {result.economy.country.name}; {basis}; amounts in {sentence.money_text(result)}",
        source=f"{report.sources_text(result)}; parameters: stated assumptions"
        + "".join(f". {text.rstrip('.')}" for text in result.economy.warnings),
        stamp=stamp,
        alt=alt,
    )


def file_name(result: Estimate, what: str) -> str:
    """What tells the scenario apart from every other, and the content; safe on every system."""
    return joined(stem_of(result.scenario, date.today()), what)


def money_format(result: Estimate) -> Callable[[float], str]:
    """The one formatter, for values in the unit of `money_unit`."""
    unit, scale = result.money.unit, result.money.scale
    return lambda value: money(value * scale, unit)


def in_millions(result: Estimate, amount: Range[float | None]) -> Range[float | None]:
    """An `amount` of a result in its money, in the unit of `money_unit`; None stays None."""
    return amount.each(lambda part: None if part is None else part / result.money.scale)


def money_unit(result: Estimate) -> str:
    """The unit of money in charts and tables: `M USD`."""
    return result.money.scaled_unit
