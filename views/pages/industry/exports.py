"""The parts of the industry page about the industry as a whole: exports, VPN block, freelancers, talent."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from model.common.numbers import money, percent, significant
from model.common.ranges import Range
from model.evidence.trends import receipts_by_year
from model.industry.words import CLIENTS_LINE, target
from model.text.writer import Section, Table
from views.pages.industry import charts as draw
from views.parts import blocks


def exports(common: draw.Common, sections: list[Section]) -> None:
    (section,) = sections
    path, goals = draw.find(section, "path"), draw.find(section, "targets")
    base = re.sub(r"[^a-z0-9_]", "", common.choices["baseline"])
    against = section.parts["against"]
    left, right = st.columns(2, gap="large")
    with left:
        draw.lines(
            common, section, path, "path", f"IT exports, {section.parts['shortfall']} short: {against}",
            f"Line chart of yearly export receipts with and without disruptions. {' '.join(section.sentences)}",
            "year", "Years from the start",
            (("Undisturbed", "undisturbed", None, None), ("Disturbed", "median", "low", "high"),
             (CLIENTS_LINE, "clients", None, None)),
            "bn USD", lambda value: money(value * 1e9, digits=3), scale=1e-3, baseline="Undisturbed",
            targets=[("Target", row["goal"] / 1e3) for row in goals.rows if row["goal"] / 1e3 <= 15],
            amount="Receipts a year", file=f"export-path_against-{base}",
        )  # fmt: skip
        draw.lines(
            common, section, path, "gap", f"The gap to the baseline: {against}",
            f"Line chart of the yearly gap between each path and the undisturbed one. {section.sentences[0]}", "year",
            "Years from the start",
            (("Disturbed", "gap", "gap_low", "gap_high"),
             (CLIENTS_LINE, "clients_gap", "clients_gap_low", "clients_gap_high")), "M USD", draw.usd_m,
            amount="Receipts missing a year", file=f"export-gap_against-{base}",
        )  # fmt: skip
    with right:
        growths = draw.find(section, "baselines")
        needed = [
            {"label": f"Needed for {target(row['goal'])}", "value": row["growth_needed"] * 100, "mine": True}
            for row in goals.rows
        ]  # fmt: skip
        offered = [
            {"label": row["label"], "value": row["growth"] * 100, "mine": False} for row in growths.rows
        ]
        draw.bar_block(
            common, section, goals, "growth", "Growth that each target needs, beside the growth on offer", "% a year",
            lambda value: f"{significant(value, 3)}%", pd.DataFrame([*needed, *offered]),
            range_text="Growth a year; grey: baselines", axis="Growth", file=f"targets_against-{base}",
        )  # fmt: skip
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Years to each target")
        blocks.words_table(
            pd.DataFrame(
                {
                    "Target": [target(row["goal"]) for row in goals.rows],
                    "Growth needed": [percent(row["growth_needed"], 3) for row in goals.rows],
                    "Years undisturbed": [_years(row["years"]) for row in goals.rows],
                    "Years disturbed": [_between(row) for row in goals.rows],
                }
            )
        )  # fmt: skip
        st.caption(
            "Growth needed within the years of the path. The gap to a target is never a cost of disruption."
        )
    with right:
        receipts = receipts_by_year(common.catalogue)
        series = Table("receipts", "Official receipts", {"value": "M USD"},
                       tuple({"label": year, "value": value} for year, value in receipts.items()))  # fmt: skip
        draw.bar_block(
            common, section, series, "official", "The official series behind it", "M USD", draw.usd_m,
            pd.DataFrame(list(series.rows)), range_text="Receipts by fiscal year, July to June", axis="Receipts",
        )  # fmt: skip


def _years(value: float | None) -> str:
    return "never" if value is None else significant(value)


def _between(row: Mapping[str, float | None]) -> str:
    reached = Range(*(row[f"disturbed_{name}"] for name in ("soonest", "median", "latest")))
    return reached.each(_years).text


def vpn(common: draw.Common, sections: list[Section]) -> None:
    (section,) = sections
    rows, away = draw.find(section, "block"), draw.find(section, "away")
    left, right = st.columns(2, gap="large")
    with left:
        draw.lines(
            common, section, away, "away", "Receipts away with clients that left",
            f"Line chart over five years. {section.sentences[0]}", "month", "Months from the start of the block",
            (("Away", "median", "low", "high"),), "% of receipts", lambda value: f"{significant(value)}%", scale=100,
            amount="Receipts away",
        )  # fmt: skip
    with right:
        draw.bar_block(
            common, section, rows, "block", "Lost, or kept at a cost: never both", "M USD", draw.usd_m,
            draw.ends_frame(rows, ("M USD", "M USD per year")),
        )  # fmt: skip


def freelancers(common: draw.Common, sections: list[Section]) -> None:
    (section,) = sections
    rows = draw.find(section, "freelancers")
    frame = draw.ends_frame(rows, ("M USD per year",))
    draw.bar_block(
        common, section, rows, "freelancers", "Freelancers and remote staff: lost in a year", "M USD", draw.usd_m,
        frame[frame["label"] != "Earnings"],
    )  # fmt: skip


def talent(common: draw.Common, sections: list[Section]) -> None:
    (section,) = sections
    rows, goals = draw.find(section, "people"), draw.find(section, "goals")
    left, right = st.columns(2, gap="large")
    with left:
        draw.lines(
            common, section, rows, "people", "Professionals that the path needs, and those there",
            f"Line chart of professionals. {section.sentences[0]}", "year", "Years from the start",
            (("Needed", "needed", "needed_low", "needed_high"), ("There", "there", "there_low", "there_high"),
             ("There without the outflow", "there_without_outflow", None, None)),
            "thousand people", lambda value: f"{significant(value)}k", scale=1e-3, amount="Professionals",
        )  # fmt: skip
    with right:
        frame = pd.DataFrame(
            [{"label": target(row["goal"]), "value": row["further"], "low": row["further_low"],
              "high": row["further_high"]} for row in goals.rows]
        )  # fmt: skip
        draw.bar_block(
            common, section, goals, "goals", f"Further p{goals.title[1:]}", "people", draw.people, frame,
            axis="Further professionals",
        )  # fmt: skip
    st.subheader("Do people for each target exist?")
    blocks.words_table(
        pd.DataFrame(
            {
                "Target": [target(row["goal"]) for row in goals.rows],
                "They exist": [
                    f"{'yes' if row['enough'] >= 0.5 else 'no'} (enough in {percent(row['enough'])} of draws)"
                    for row in goals.rows
                ],
                "Professionals needed": [draw.with_ends(row, "needed", draw.people) for row in goals.rows],
                "Missing (below zero: to spare)": [draw.with_ends(row, "missing", draw.people) for row in goals.rows],
            }
        )
    )  # fmt: skip
