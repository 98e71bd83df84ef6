"""The charts of the industry page, drawn from the tables that the command line and the files read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from model import MODEL_VERSION
from model.catalogue import Catalogue
from model.formatting import money, percent, significant
from model.growth import receipts_by_year
from model.industry_commands import provenance
from model.industry_words import MILLION, Section, Table
from model.parameters import Override
from views import blocks, charts
from views.chart_words import Format
from views.charts import Caption
from views.words import escaped

SOURCE = "published figures and assumptions; data/industry.csv and data/measures.csv name each source"


@dataclass(frozen=True)
class Common:
    """What every chart of the page says about itself."""

    catalogue: Catalogue
    given: Mapping[str, Override]
    choices: Mapping[str, str]

    def caption(self, section: Section, title: str, range_text: str, alt: str) -> Caption:
        moved = (
            "shipped figures"
            if not st.session_state.get("industry_values")
            else "some figures moved by the reader"
        )
        stamp = f"{date.today().isoformat()} · model {MODEL_VERSION} · data {self.catalogue.data_version} · {moved}"
        basis = section.basis[0].upper() + section.basis[1:]
        return Caption(title, range_text, basis, SOURCE, stamp, alt)

    def table(self, table: Table, frame: pd.DataFrame | None = None) -> blocks.Table:
        shown = pd.DataFrame(list(table.rows)) if frame is None else frame
        return blocks.Table(shown, table.units, provenance(self.catalogue, self.choices, self.given))

    def file(self, what: str, *more: str) -> str:
        parts = ("industry", what, *more, date.today().isoformat())
        return re.sub(r"[^A-Za-z0-9_-]+", "-", "_".join(parts))


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
    amount: str = "Amount", file: str = "", most: float | None = None,
) -> None:  # fmt: skip
    """Lines with bands from a table: series are (name, column, low column, high column)."""
    rows = [row for row in table.rows if most is None or row[x] <= most]
    frames = []
    for label, column, low, high in series:
        part = pd.DataFrame({"x": [row[x] for row in rows], "series": label,
                             "value": [row[column] * scale for row in rows]})  # fmt: skip
        if low and high:
            part = part.assign(
                low=[row[low] * scale for row in rows], high=[row[high] * scale for row in rows]
            )
        frames.append(part)
    frame = pd.concat(frames, ignore_index=True)
    caption = common.caption(section, title, "Medians with 90 % ranges", alt)
    blocks.chart_block(
        f"industry_{name}", caption, common.table(table),
        lambda form: charts.paths(frame, unit, caption, form, fmt, x_title=x_title, targets=targets,
                                  baseline=baseline, amount=amount),
        common.file(file or name),
    )  # fmt: skip


def bar_block(
    common: Common, section: Section, table: Table, name: str, title: str, unit: str, fmt: Format,
    frame: pd.DataFrame, *, range_text: str = "Medians with 90 % ranges", axis: str = "Amount", file: str = "",
) -> None:  # fmt: skip
    """Bars from frame[label, value] with low, high and mine where known."""
    told = "; ".join(
        f"{row['label']} {fmt(float(row['value']))}"
        for row in frame.to_dict("records")
        if row["value"] == row["value"]
    )
    caption = common.caption(section, title, range_text, f"Bars. {title}: {told}.")
    blocks.chart_block(
        f"industry_{name}", caption, common.table(table),
        lambda form: charts.bars(frame, unit, caption, form, fmt, title=axis), common.file(file or name),
    )  # fmt: skip


def ends_frame(table: Table, units: Sequence[str], scale: float = 1.0) -> pd.DataFrame:
    """Rows of label, low, median, high whose unit is one of `units`, for bars."""
    rows = [row for row in table.rows if row["unit"] in units and row["median"] is not None]
    return pd.DataFrame(
        [{"label": row["label"], "value": row["median"] * scale, "low": row["low"] * scale, "high": row["high"] * scale}
         for row in rows]
    )  # fmt: skip


def exports(common: Common, found: list[Section]) -> None:
    (section,) = found
    path, goals = find(section, "path"), find(section, "targets")
    base = re.sub(r"[^a-z0-9_]", "", common.choices["baseline"])
    title = section.sentences[0].split(" fall ")[1].split(" over ")[0].removesuffix(" short")
    left, right = st.columns(2, gap="large")
    with left:
        lines(
            common, section, path, "path", f"IT exports, {title} short: {path.title.removeprefix('Export receipts ')}",
            f"Line chart of yearly export receipts with and without disruptions. {' '.join(section.sentences)}",
            "year", "Years from the start",
            (("Undisturbed", "undisturbed", None, None), ("Disturbed", "median", "low", "high")),
            "bn USD", lambda value: money(value * 1e9, digits=3), scale=1e-3, baseline="Undisturbed",
            targets=[("Target", row["goal"] / 1e3) for row in goals.rows if row["goal"] / 1e3 <= 15],
            amount="Receipts a year", file=f"export-path_against-{base}",
        )  # fmt: skip
        lines(
            common, section, path, "gap", f"The gap to the baseline: {path.title.removeprefix('Export receipts ')}",
            f"Line chart of the yearly gap between the two paths. {section.sentences[0]}", "year",
            "Years from the start", (("Gap", "gap", "gap_low", "gap_high"),), "M USD", usd_m,
            amount="Receipts missing a year", file=f"export-gap_against-{base}",
        )  # fmt: skip
    with right:
        growths = find(section, "baselines")
        needed = [
            {"label": f"Needed for {money(row['goal'] * MILLION)}", "value": row["growth_needed"] * 100, "mine": True}
            for row in goals.rows
        ]  # fmt: skip
        offered = [
            {"label": row["label"], "value": row["growth"] * 100, "mine": False} for row in growths.rows
        ]
        bar_block(
            common, section, goals, "growth", "Growth that each target needs, beside the growth on offer", "% a year",
            lambda value: f"{significant(value, 3)} %", pd.DataFrame([*needed, *offered]),
            range_text="Growth a year; grey: baselines", axis="Growth", file=f"targets_against-{base}",
        )  # fmt: skip
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Years to each target")
        st.dataframe(
            pd.DataFrame(
                {
                    "Target": [money(row["goal"] * MILLION) for row in goals.rows],
                    "Growth needed": [percent(row["growth_needed"], 3) for row in goals.rows],
                    "Years undisturbed": [_years(row["years"]) for row in goals.rows],
                    "Years disturbed": [_between(row) for row in goals.rows],
                }
            ),
            hide_index=True, width="stretch",
        )  # fmt: skip
        st.caption(
            "Growth needed within the years of the path. The gap to a target is never a cost of disruption."
        )
    with right:
        receipts = receipts_by_year(common.catalogue)
        series = Table("receipts", "Official receipts", {"value": "M USD"},
                       tuple({"label": year, "value": value} for year, value in receipts.items()))  # fmt: skip
        bar_block(
            common, section, series, "official", "The official series behind it", "M USD", usd_m,
            pd.DataFrame(list(series.rows)), range_text="Receipts by fiscal year, July to June", axis="Receipts",
        )  # fmt: skip


def _years(value: float | None) -> str:
    return "never" if value is None else significant(value)


def _between(row: Mapping[str, float | None]) -> str:
    ends = [_years(row[f"disturbed_{name}"]) for name in ("soonest", "median", "latest")]
    return ends[1] if len(set(ends)) == 1 else f"{ends[1]} ({ends[0]} to {ends[2]})"


def vpn(common: Common, found: list[Section]) -> None:
    (section,) = found
    rows, away = find(section, "block"), find(section, "away")
    left, right = st.columns(2, gap="large")
    with left:
        lines(
            common, section, away, "away", "Receipts away with clients that left",
            f"Line chart over five years. {section.sentences[0]}", "month", "Months from the start of the block",
            (("Away", "median", "low", "high"),), "% of receipts", lambda value: f"{significant(value)} %", scale=100,
            amount="Receipts away",
        )  # fmt: skip
    with right:
        bar_block(
            common, section, rows, "block", "Lost, or kept at a cost: never both", "M USD", usd_m,
            ends_frame(rows, ("M USD", "M USD per year")),
        )  # fmt: skip


def freelancers(common: Common, found: list[Section]) -> None:
    (section,) = found
    rows = find(section, "freelancers")
    frame = ends_frame(rows, ("M USD per year",))
    bar_block(
        common, section, rows, "freelancers", "Freelancers and remote staff: lost in a year", "M USD", usd_m,
        frame[frame["label"] != "Earnings"],
    )  # fmt: skip


def talent(common: Common, found: list[Section]) -> None:
    (section,) = found
    rows, goals = find(section, "people"), find(section, "goals")
    left, right = st.columns(2, gap="large")
    with left:
        lines(
            common, section, rows, "people", "Professionals that the path needs, and those there",
            f"Line chart of professionals. {section.sentences[0]}", "year", "Years from the start",
            (("Needed", "needed", "needed_low", "needed_high"), ("There", "there", "there_low", "there_high"),
             ("There without the outflow", "there_without_outflow", None, None)),
            "thousand people", lambda value: f"{significant(value)}k", scale=1e-3, amount="Professionals",
        )  # fmt: skip
    with right:
        frame = pd.DataFrame(
            [{"label": money(row["goal"] * MILLION), "value": row["median"], "low": row["low"], "high": row["high"]}
             for row in goals.rows]
        )  # fmt: skip
        bar_block(
            common,
            section,
            goals,
            "goals",
            goals.title,
            "people",
            people,
            frame,
            axis="Further professionals",
        )


def firm(common: Common, found: list[Section]) -> None:
    (section,) = found
    outage, curve, savings = (find(section, name) for name in ("outage", "curve", "savings"))
    left, right = st.columns(2, gap="large")
    with left:
        bar_block(
            common, section, outage, "outage", "One outage: delayed, lost, and what it costs", "USD", usd,
            ends_frame(outage, ("USD",)).head(7), file=f"firm-{common.choices['preset']}_{common.choices['kind']}",
        )  # fmt: skip
    with right:
        lines(
            common, section, curve, "firm_curve", "Profit lost by length of the outage",
            f"Line chart: profit lost grows with the length. {section.sentences[0]}", "days", "Working days in a row",
            (("Profit lost", "median", "low", "high"),), "USD", usd, amount="Profit lost", most=30,
            file=f"firm-curve-{common.choices['preset']}_{common.choices['kind']}",
        )  # fmt: skip
    st.subheader("What one more line or satellite saves")
    st.dataframe(
        pd.DataFrame(
            {
                "Measure": [row["label"] for row in savings.rows],
                "Cost a year": [usd(row["cost"]) for row in savings.rows],
                "Saved an outage": [_range(row, "avoided", usd) for row in savings.rows],
                "Saved over cost, a year": [_range(row, "ratio", significant) for row in savings.rows],
                "Outages a year to pay": [_or(row["outages_to_pay"], "saves nothing here") for row in savings.rows],
                "Pays after (working days, one outage a year)": [
                    _or(row["break_even_days"], "not within 130") for row in savings.rows
                ],
                "Note": [row["note"] for row in savings.rows],
            }
        ),
        hide_index=True, width="stretch",
    )  # fmt: skip


def continuity(common: Common, found: list[Section]) -> None:
    section, home = found
    rows, sets, seats = find(section, "measures"), find(section, "sets"), find(home, "home")
    alone = [row for row in rows.rows if " + " not in row["label"]]
    left, right = st.columns(2, gap="large")
    with left:
        bar_block(
            common, section, rows, "avoided", "Loss avoided in a year, each measure alone", "M USD", usd_m,
            _ranged(alone, "avoided"),
        )  # fmt: skip
    with right:
        bar_block(
            common, section, sets, "cost", "What they cost in a year", "M USD", usd_m,
            _ranged(alone, "cost").assign(mine=False),
            axis="Cost",
        )  # fmt: skip
    st.subheader("Benefit over cost, and the length at which a measure pays")
    st.dataframe(
        pd.DataFrame(
            {
                "Measure or set": [row["label"] for row in rows.rows],
                "Avoided a year": [_range(row, "avoided", usd_m) for row in rows.rows],
                "Cost a year": [_range(row, "cost", usd_m) for row in rows.rows],
                "Benefit over cost": [_range(row, "ratio", _signed) for row in rows.rows],
                "Pays after (days)": [_or(row["break_even_days"], "–") for row in rows.rows],
                "Note": [row["note"] for row in rows.rows],
            }
        ),
        hide_index=True, width="stretch",
    )  # fmt: skip
    st.caption(escaped(f"Break-even: length of one disruption a year, {rows.units['break_even_days']}."))
    st.markdown(escaped(" ".join(home.sentences)))
    lines(
        common, home, seats, "home", "Seats at home: a shield in a lockdown, an exposure in an outage",
        f"Line chart. {' '.join(home.sentences)}", "at_home", "Share of office seats at home",
        (("Lockdown day", "lockdown", "lockdown_low", "lockdown_high"),
         ("Blackout day", "outage", "outage_low", "outage_high")),
        "M USD", usd_m, amount="Work interrupted a day",
    )  # fmt: skip


def recurring(common: Common, found: list[Section]) -> None:
    (section,) = found
    table = find(section, "calendar")
    year, late = section.amounts[1], section.amounts[2]
    with st.container(horizontal=True):
        for label, value, detail in (
            ("Expected a year", money(section.amounts[0].mean), "mean direct loss"),
            ("Range over years", f"{money(year.low)} to {money(year.high)}", "numbers and parameters drawn"),
            ("Later receipts", money(late.median), f"{money(late.low)} to {money(late.high)}; beside it"),
        ):
            with st.container(width=300, gap=None):
                st.metric(escaped(label), escaped(value))
                st.caption(escaped(detail))
    frame = pd.DataFrame(
        [
            {"label": f"{row['label']} ({row['per_year']:.2g} a year)",
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


def _range(row: Mapping[str, float | None], name: str, fmt: Format) -> str:
    middle, low, high = row.get(name), row.get(f"{name}_low"), row.get(f"{name}_high")
    if middle is None:
        return "–"
    if low is None or high is None or low == high:
        return fmt(middle)
    return f"{fmt(middle)} ({fmt(low)} to {fmt(high)})"


def _or(value: float | None, otherwise: str) -> str:
    return otherwise if value is None else significant(value)


def _signed(value: float) -> str:
    return ("−" if value < 0 else "") + significant(abs(value))
