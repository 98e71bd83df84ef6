"""Charts and tables of a section of `model.text`: the screen, the files and the command line read the same rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from charts.amounts import dots
from charts.lines import paths
from charts.palette import Caption
from charts.words import Format, with_range
from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.common.numbers import MILLION, money, significant
from model.common.ranges import Range
from model.common.text import capital, file_safe, small
from model.common.version import MODEL_VERSION
from model.text.industry_report import provenance_of_choices
from model.text.writer import Section, Table
from views.parts import blocks
from views.parts.home import home_name
from views.words import escaped

SOURCE = "published figures and stated assumptions; each has its row on the page of sources"

RANGES = "Medians with ranges, 5th to 95th percentile"


@dataclass(frozen=True)
class Common:
    """What every chart of the page says about itself."""

    catalogue: Catalogue
    given: Mapping[str, Override]
    choices: Mapping[str, str]

    def caption(self, section: Section, title: str, range_text: str, alt: str) -> Caption:
        moved = "some figures changed by the reader" if self.given else "default figures"
        stamp = f"{date.today().isoformat()} · model {MODEL_VERSION} · data {self.catalogue.data_version} · {moved}"
        basis = capital(section.basis)
        return Caption(f"{home_name()}: {small(title)}", range_text, basis, SOURCE, stamp, alt)

    def table(self, table: Table, frame: pd.DataFrame | None = None) -> blocks.ChartTable:
        shown = pd.DataFrame(list(table.rows)) if frame is None else frame
        return blocks.ChartTable(
            shown, table.units, provenance_of_choices(self.catalogue, self.choices, self.given)
        )

    def file(self, what: str, *more: str) -> str:
        parts = (HOME, "industry", what, *more, date.today().isoformat())
        return file_safe("_".join(parts))


def find(section: Section, name: str) -> Table:
    return next(table for table in section.tables if table.id == name)


def usd_m(value: float) -> str:
    """`value`, millions of US dollars, in words."""
    return money(value * MILLION)


def usd(value: float) -> str:
    """`value`, US dollars, in words."""
    return money(value)


def people(value: float) -> str:
    """`value`, a number of people, to two significant digits."""
    return ("−" if value < 0 else "") + significant(abs(value))


def lines(
    common: Common, section: Section, table: Table, name: str, title: str, alt: str, x: str, x_title: str,
    series: Sequence[tuple[str, str, str | None, str | None]], unit: str, fmt: Format,
    *, scale: float = 1.0, baseline: str | None = None, targets: Sequence[tuple[str, float]] = (),
    amount: str = "Amount", file: str = "", most: float | None = None, x_scale: float = 1.0,
) -> None:  # fmt: skip
    """Lines with bands from a table: series are (name, column, low column, high column).

    Rows up to `most` in column `x` are drawn. `x_scale` and `scale` bring the columns into the units of the two axes;
    `targets` are names and amounts, in `unit`, of level lines.
    """
    rows = [row for row in table.rows if most is None or row[x] <= most]
    frame = pd.DataFrame(
        [
            (
                row[x] * x_scale,
                label,
                row[column] * scale,
                *(row[end] * scale if end else None for end in ends),
            )
            for label, column, *ends in series
            for row in rows
        ],
        columns=["x", "series", "value", "low", "high"],
    )
    caption = common.caption(section, title, RANGES, alt)
    blocks.chart_block(
        f"industry_{name}", caption, common.table(table),
        lambda form: paths(frame, unit, caption, form, fmt, x_title=x_title, targets=targets,
                                  baseline=baseline, amount=amount),
        common.file(file or name),
    )  # fmt: skip


def dot_block(
    common: Common, section: Section, table: Table, name: str, title: str, unit: str, fmt: Format,
    frame: pd.DataFrame, *, range_text: str = RANGES, axis: str = "Amount", file: str = "",
) -> None:  # fmt: skip
    """Dots with ranges from frame[label, value] with low, high and mine where known."""
    text = "; ".join(
        f"{row['label']} {fmt(float(row['value']))}"
        for row in frame.to_dict("records")
        if row["value"] == row["value"]
    )
    caption = common.caption(section, title, range_text, f"Dots with ranges. {title}: {text}.")
    blocks.chart_block(
        f"industry_{name}", caption, common.table(table),
        lambda form: dots(frame, unit, caption, form, fmt, title=axis), common.file(file or name),
    )  # fmt: skip


def ends_frame(table: Table, units: Sequence[str], scale: float = 1.0, *, without: str = "") -> pd.DataFrame:
    """Rows of label, value, low, high whose unit is one of `units`, for `dot_block`; not the row of the id `without`.

    Amounts are times `scale` (no unit).
    """
    rows = table.rows_without(without) if without else table.rows
    rows = tuple(row for row in rows if row["unit"] in units and row["median"] is not None)
    return pd.DataFrame(
        [{"label": row["label"], "value": row["median"] * scale, "low": row["low"] * scale, "high": row["high"] * scale}
         for row in rows]
    )  # fmt: skip


def with_ends_of(row: Mapping[str, Any]) -> str:
    return Range(row["low"], row["median"], row["high"]).money().full


def with_ends(row: Mapping[str, float | None], name: str, fmt: Format) -> str:
    """The amount `name` of a `row` with its range, in the unit of `fmt`; a dash where the row has none."""
    middle, low, high = row.get(name), row.get(f"{name}_low"), row.get(f"{name}_high")
    if middle is None:
        return "–"
    return fmt(middle) if low is None or high is None else with_range(fmt, Range(low, middle, high))


def notes(rows: Sequence[Mapping[str, Any]]) -> None:
    """What the costs rest on and what limits the effect, once for all rows that share it: a column is too narrow."""
    by_note: dict[str, list[str]] = {}
    for row in rows:
        by_note.setdefault("; ".join(filter(None, (row["cost_basis"], row["note"]))), []).append(row["label"])
    st.markdown(
        "\n".join(f"- {escaped(', '.join(labels))}: {escaped(note)}" for note, labels in by_note.items())
    )
