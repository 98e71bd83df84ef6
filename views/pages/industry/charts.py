"""The charts of the industry page, drawn from the tables that the command line and the files read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from charts import palette
from charts.amounts import bars
from charts.lines import paths
from charts.palette import Caption
from charts.ranges import RangeRow, ranges
from charts.words import Format
from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.common.numbers import MILLION, money, significant, trimmed
from model.common.ranges import Range
from model.common.text import capital, file_safe
from model.common.version import MODEL_VERSION
from model.text.firm_year_report import share_of_simulations
from model.text.industry_report import provenance_of_choices
from model.text.writer import Section, Table
from views.parts import blocks
from views.parts.home import home_name
from views.words import escaped

SOURCE = "published figures and assumptions; data/industry.csv and data/measures.csv name each source"

RANGES = "Medians with ranges, 5th to 95th percentile"


@dataclass(frozen=True)
class Common:
    """What every chart of the page says about itself."""

    catalogue: Catalogue
    given: Mapping[str, Override]
    choices: Mapping[str, str]

    def caption(self, section: Section, title: str, range_text: str, alt: str) -> Caption:
        moved = "some figures moved by the reader" if self.given else "shipped figures"
        stamp = f"{date.today().isoformat()} · model {MODEL_VERSION} · data {self.catalogue.data_version} · {moved}"
        basis = capital(section.basis)
        return Caption(f"{home_name()}: {title}", range_text, basis, SOURCE, stamp, alt)

    def measures(self) -> list[str]:
        """Each continuity measure for somebody who has not heard of it: what it is, what is known, who pays."""
        rows = []
        for key, row in self.catalogue.industry.measures.items():
            help_text = self.catalogue.levers[key].help
            rows.append(f"{row.label}: {help_text} Effect: {row.effect}. Cost: {row.status}; {row.evidence}.")
        return rows

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
    return money(value * MILLION)


def usd(value: float) -> str:
    return money(value)


def people(value: float) -> str:
    return ("−" if value < 0 else "") + significant(abs(value))


def lines(
    common: Common, section: Section, table: Table, name: str, title: str, alt: str, x: str, x_title: str,
    series: Sequence[tuple[str, str, str | None, str | None]], unit: str, fmt: Format,
    *, scale: float = 1.0, baseline: str | None = None, targets: Sequence[tuple[str, float]] = (),
    amount: str = "Amount", file: str = "", most: float | None = None, x_scale: float = 1.0,
) -> None:  # fmt: skip
    """Lines with bands from a table: series are (name, column, low column, high column)."""
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


def bar_block(
    common: Common, section: Section, table: Table, name: str, title: str, unit: str, fmt: Format,
    frame: pd.DataFrame, *, range_text: str = RANGES, axis: str = "Amount", file: str = "",
) -> None:  # fmt: skip
    """Bars from frame[label, value] with low, high and mine where known."""
    text = "; ".join(
        f"{row['label']} {fmt(float(row['value']))}"
        for row in frame.to_dict("records")
        if row["value"] == row["value"]
    )
    caption = common.caption(section, title, range_text, f"Bars. {title}: {text}.")
    blocks.chart_block(
        f"industry_{name}", caption, common.table(table),
        lambda form: bars(frame, unit, caption, form, fmt, title=axis), common.file(file or name),
    )  # fmt: skip


def ends_frame(table: Table, units: Sequence[str], scale: float = 1.0) -> pd.DataFrame:
    """Rows of label, low, median, high whose unit is one of `units`, for bars."""
    rows = [row for row in table.rows if row["unit"] in units and row["median"] is not None]
    return pd.DataFrame(
        [{"label": row["label"], "value": row["median"] * scale, "low": row["low"] * scale, "high": row["high"] * scale}
         for row in rows]
    )  # fmt: skip


def firm(common: Common, sections: list[Section]) -> None:
    year, section = sections
    _firm_year(common, year)
    st.subheader("One outage, by its length in working days")
    for text in section.sentences:
        st.markdown(escaped(text))
    outage, curve, savings = (find(section, name) for name in ("outage", "curve", "savings"))
    left, right = st.columns(2, gap="large")
    with left:
        bar_block(
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
    _notes(savings.rows)
    st.caption(
        "Saved: profit at once; clients who stay later are not counted. Lines and satellites serve the office, not "
        "those at home; what they spare is an assumption."
    )


def _firm_year(common: Common, section: Section) -> None:
    """The year as it is, and with each protection, its price included: the dot further left is the better one."""
    results, worth = find(section, "firm_year"), find(section, "worth")
    now = results.rows[0]
    rows = [RangeRow("As it is", with_ends_of(now), now["low"], now["median"], now["high"], palette.BASELINE)]
    rows += [
        RangeRow(
            f"With: {row['label'][:1].lower()}{row['label'][1:]}", with_ends(row, "total", usd), row["total_low"],
            row["total"], row["total_high"], sub=_verdict(row),
        )
        for row in worth.rows if "were they" not in row["label"]
    ]  # fmt: skip
    title = "What a year costs: lost profit, and the price of what is bought against it"
    text = "; ".join(f"{row.label} {row.value}" for row in rows)
    caption = common.caption(section, title, RANGES, f"Dots with ranges. {title}: {text}.")
    blocks.chart_block(
        "industry_firm_year", caption, common.table(worth),
        lambda form: ranges(rows, caption, form, title="US dollars a year", fmt=usd),
        common.file(f"firm-year-{common.choices['preset']}_{common.choices['kind']}"),
    )  # fmt: skip


def _verdict(row: Mapping[str, Any]) -> str:
    return str(row["verdict"]) + (
        "" if row["saved_high"] <= 0 else f": pays in {share_of_simulations(row['pays'])}"
    )


def with_ends_of(row: Mapping[str, Any]) -> str:
    return Range(row["low"], row["median"], row["high"]).money().text


def continuity(common: Common, sections: list[Section]) -> None:
    section, home = sections
    rows, sets, seats = find(section, "measures"), find(section, "sets"), find(home, "home")
    alone, counted = rows.alone, section.parts["counted"]
    left, right = st.columns(2, gap="large")
    with left:
        bar_block(
            common, section, rows, "avoided", f"Avoided a year, each measure alone: {counted}", "M USD", usd_m,
            _ranged(alone, "counted"),
        )  # fmt: skip
    with right:
        bar_block(
            common, section, sets, "cost", "What they cost in a year: assumed unless a source is named", "M USD", usd_m,
            _ranged(alone, "cost").assign(mine=False),
            axis="Cost",
        )  # fmt: skip
    st.subheader("Benefit over cost, and the length at which a measure pays")
    blocks.words_table(
        pd.DataFrame(
            {
                "Measure or set": [row["label"] for row in rows.rows],
                "Direct loss avoided a year": [with_ends(row, "avoided", usd_m) for row in rows.rows],
                "Later loss avoided": [with_ends(row, "later", usd_m) for row in rows.rows],
                "Cost a year": [with_ends(row, "cost", usd_m) for row in rows.rows],
                "Benefit over cost": [with_ends(row, "ratio", _signed) for row in rows.rows],
                "Pays after": [_pays(row) for row in rows.rows],
            }
        )
    )  # fmt: skip
    _notes(rows.rows)
    st.caption(
        escaped(
            f"Benefit: {counted}. Pays after: length at which one such disruption a year covers the cost, on mean "
            "values; it is the costliest disruption of the calendar that the measure acts on."
        )
    )
    meaning = st.expander("What each measure is", key="x_industry_what", on_change="rerun")
    if meaning.open:
        meaning.markdown("\n".join(f"- {escaped(text)}" for text in common.measures()))
    st.subheader("Work from home: a shield and an exposure")
    for text in home.sentences:
        st.markdown(escaped(text))
    lines(
        common, home, seats, "home", "Seats at home: a shield in a lockdown, an exposure in an outage",
        f"Line chart. {' '.join(home.sentences)}", "at_home", "Office seats at home, %",
        (("Lockdown day", "lockdown", "lockdown_low", "lockdown_high"),
         ("Blackout day", "outage", "outage_low", "outage_high")),
        "M USD", usd_m, amount="Work interrupted a day", x_scale=100,
    )  # fmt: skip


def recurring(common: Common, sections: list[Section]) -> None:
    (section,) = sections
    table = find(section, "calendar")
    year = section.amounts[1]
    late = next(row for row in find(section, "years").rows if row["unit"] == "M USD of receipts")
    with st.container(horizontal=True):
        for label, value, detail, width in (
            ("Mean over years", money(section.amounts[0].mean), "direct loss a year", 205),
            ("Half of the years stay below", money(year.median), "median over simulated years", 205),
            (
                "Nine years in ten",
                f"{money(year.low)} to {money(year.high)}",
                "numbers and parameters drawn",
                260,
            ),
            (
                "Later receipts",
                usd_m(late["median"]),
                f"median; {usd_m(late['low'])} to {usd_m(late['high'])}; beside it",
                205,
            ),
        ):
            with st.container(width=width, gap=None):
                st.metric(escaped(label), escaped(value))
                st.caption(escaped(detail))
    frame = pd.DataFrame(
        [
            {"label": f"{row['label']} ({trimmed(row['per_year'], 2)} a year)",
             "value": row["median"], "low": row["low"], "high": row["high"]}
            for row in table.rows
        ]
    )  # fmt: skip
    if frame.empty:
        st.info("No disruption in this calendar.", icon=":material/event_busy:")
        return
    left, right = st.columns(2, gap="large")
    with left:
        bar_block(common, section, table, "calendar", "Direct loss a year by disruption", "M USD", usd_m, frame,
                  file=f"calendar-{common.choices['calendar']}")  # fmt: skip
    with right:
        years = find(section, "years")
        bar_block(common, section, years, "years", "How far years differ", "M USD", usd_m,
                  ends_frame(years, ("M USD per year",)))  # fmt: skip


def _ranged(rows: Sequence[Mapping[str, Any]], name: str) -> pd.DataFrame:
    """A column with its low and high, for bars."""
    return pd.DataFrame(
        [
            {
                "label": row["label"],
                "value": row[name],
                "low": row[f"{name}_low"],
                "high": row[f"{name}_high"],
            }
            for row in rows
        ]
    )


def with_ends(row: Mapping[str, float | None], name: str, fmt: Format) -> str:
    middle, low, high = row.get(name), row.get(f"{name}_low"), row.get(f"{name}_high")
    if middle is None:
        return "–"
    if low is None or high is None or low == high:
        return fmt(middle)
    return f"{fmt(middle)} ({fmt(low)} to {fmt(high)})"


def _notes(rows: Sequence[Mapping[str, Any]]) -> None:
    """What the costs rest on and what limits the effect, once for all rows that share it: a column is too narrow."""
    by_note: dict[str, list[str]] = {}
    for row in rows:
        by_note.setdefault("; ".join(filter(None, (row["cost_basis"], row["note"]))), []).append(row["label"])
    st.markdown(
        "\n".join(f"- {escaped(', '.join(labels))}: {escaped(note)}" for note, labels in by_note.items())
    )


def _pays(row: Mapping[str, Any]) -> str:
    """`12 days of “Cable fault, 4 days”`."""
    if row["break_even_days"] is None:
        return f"not within two years of “{row['break_even_of']}”" if row["break_even_of"] else "–"
    return f"{significant(row['break_even_days'])} days of “{row['break_even_of']}”"


def _or(value: float | None, otherwise: str) -> str:
    return otherwise if value is None else significant(value)


def _signed(value: float) -> str:
    return ("−" if value < 0 else "") + significant(abs(value))
