"""Exports and growth: what the targets need from which start, and what disruptions take off the path."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from model.claims import sentences as words
from model.claims.claims import EXPORTS, GROWTH, TARGET_HIGH, TARGET_LOW
from model.common.numbers import money, percent, significant
from model.common.ranges import Range
from model.evidence.trends import receipts_by_year
from model.industry.words import CLIENTS_LINE, target
from model.kernels.growth import growth_needed
from model.text.writer import Section, Table
from views.pages.claims import controls as articles
from views.pages.claims import parts as claimed
from views.pages.pakistan import controls as controls
from views.parts import blocks
from views.parts.sections import Common, dot_block, find, lines, usd_m
from views.words import escaped

SETTINGS = (
    "claims.initial_loss", "claims.growth_drag", "claims.disrupted_years", "claims.recovery_half_life_years",
)  # fmt: skip
MOST_SHOWN = 15.0  # bn USD a year: the highest target that the articles name


def fields(common: Common) -> None:
    """Growth and the disruptions of a year."""
    left, right = st.columns(2, gap="medium")
    with left:
        controls.growth_field(controls.claimed(common.catalogue).baselines)
    with right:
        controls.calendar(common.catalogue, common.catalogue.industry)


def needed_text(common: Common, section: Section) -> str:
    """The growth that the highest claimed target needs, from both starts, beside last year's."""
    result = controls.claimed(common.catalogue)
    goal, claimed_start = result.values[TARGET_HIGH].median, result.values[EXPORTS].median
    start, years = _start(section), float(find(section, "path").rows[-1]["year"])
    last = result.baselines["last_year"]
    span = "1 year" if years == 1 else f"{years:g} years"
    return (
        f"To reach {target(goal)} in {span} exports must grow {percent(growth_needed(start, goal, years), 3)} a year "
        f"from {money(start * 1e6, digits=3)} (the start of this page, by default FY25), or "
        f"{percent(growth_needed(claimed_start, goal, years), 3)} from the {target(claimed_start)} of the articles. "
        f"{last.label}: {percent(last.growth, 3)}; claimed: {percent(result.baselines['claimed'].growth, 3)}."
    )


def _start(section: Section) -> float:
    """Export earnings of the start, M USD a year."""
    return float(find(section, "path").rows[0]["undisturbed"])


def show(common: Common, sections: list[Section]) -> None:
    (section,) = sections
    catalogue, industry = common.catalogue, common.catalogue.industry
    st.markdown(f"**{escaped(needed_text(common, section))}**")
    for text in section.sentences[1:]:
        st.markdown(escaped(text))
    left, right = st.columns(2, gap="large")
    with left:
        growth_chart(common, section)
    with right:
        gap_chart(common, section)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("The articles' figures")
        articles.sliders(catalogue, articles.exports(catalogue))
    with right:
        st.subheader("Where our path starts")
        controls.sliders(
            industry,
            [
                "industry.receipts_musd",
                "industry.horizon_years",
                "industry.disrupted_years",
                "freelance.inside",
            ],
        )
        controls.sliders(industry, ["industry.own_target_musd"], typed=True)
    claimed.cards(catalogue, controls.claimed(catalogue), (GROWTH, TARGET_HIGH, TARGET_LOW))
    more = st.expander("Show more: years to each target, the whole path, official earnings", key="x_growth_more",
                       on_change="rerun")  # fmt: skip
    if more.open:
        with more:
            _more(common, section)
    own = st.expander("The articles' path with a loss of your own", key="x_growth_own", on_change="rerun")
    if own.open:
        with own:
            result = controls.claimed(catalogue)
            st.markdown(escaped(words.path_sentence(result)))
            left, right = st.columns([2, 3], gap="large")
            with left:
                st.markdown("**Given by no article: assumptions**")
                articles.sliders(catalogue, SETTINGS)
            with right:
                claimed.path_chart(catalogue, result)


def _file(common: Common) -> str:
    return re.sub(r"[^a-z0-9_]", "", common.choices["baseline"])


def growth_chart(common: Common, section: Section) -> None:
    """The growth that each target needs from both starts, then growth as it was."""
    goals, growths = find(section, "targets"), find(section, "baselines")
    result = controls.claimed(common.catalogue)
    years, start = float(find(section, "path").rows[-1]["year"]), result.values[EXPORTS].median
    named = {result.values[key].median for key in (TARGET_HIGH, TARGET_LOW)}
    own_start = money(_start(section) * 1e6, digits=3)
    rows, table = [], []
    for row in goals.rows:
        from_articles = growth_needed(start, row["goal"], years)
        table.append({**row, "growth_needed_from_articles": from_articles})
        if row["goal"] in named or row["goal"] / 1e3 <= MOST_SHOWN:
            rows.append((f"{target(row['goal'])}, from {own_start}", row["growth_needed"], True))
        if row["goal"] in named:
            rows.append((f"{target(row['goal'])}, from {target(start)} (articles)", from_articles, True))
    for goal in sorted(named - {row["goal"] for row in goals.rows}):
        rows.append(
            (f"{target(goal)}, from {target(start)} (articles)", growth_needed(start, goal, years), True)
        )
    rows += [(row["label"], row["growth"], False) for row in growths.rows]
    frame = pd.DataFrame(
        [{"label": label, "value": value * 100, "mine": mine} for label, value, mine in rows]
    )
    units = {**goals.units, "growth_needed_from_articles": goals.units["growth_needed"]}
    whole = Table(goals.id, goals.title, units, tuple(table))
    dot_block(
        common, section, whole, "growth", "Growth needed for each target, and past growth", "% a year",
        lambda value: f"{significant(value, 3)}%", frame, range_text=f"Growth a year; needed: within {years:g} years",
        axis="Growth", file=f"targets_against-{_file(common)}",
    )  # fmt: skip


def gap_chart(common: Common, section: Section) -> None:
    """What is missing each year: the two paths themselves lie on each other."""
    lines(
        common, section, find(section, "path"), "gap",
        f"IT exports, {section.parts['shortfall']} short: {section.parts['against']}",
        f"Line chart of the yearly gap between each path and the undisturbed one. {section.sentences[0]}", "year",
        "Years from the start",
        (("Disturbed", "gap", "gap_low", "gap_high"),
         (CLIENTS_LINE, "clients_gap", "clients_gap_low", "clients_gap_high")), "M USD", usd_m,
        amount="Earnings missing a year", file=f"export-gap_against-{_file(common)}",
    )  # fmt: skip


def _more(common: Common, section: Section) -> None:
    path, goals = find(section, "path"), find(section, "targets")
    left, right = st.columns(2, gap="large")
    with left:
        lines(
            common, section, path, "path", f"IT exports each year: {section.parts['against']}",
            f"Line chart of yearly export earnings with and without disruptions. {' '.join(section.sentences)}",
            "year", "Years from the start",
            (("Undisturbed", "undisturbed", None, None), ("Disturbed", "median", "low", "high"),
             (CLIENTS_LINE, "clients", None, None)),
            "bn USD", lambda value: money(value * 1e9, digits=3), scale=1e-3, baseline="Undisturbed",
            targets=[("Target", row["goal"] / 1e3) for row in goals.rows if row["goal"] / 1e3 <= MOST_SHOWN],
            amount="Earnings a year", file=f"export-path_against-{_file(common)}",
        )  # fmt: skip
    with right:
        receipts = receipts_by_year(common.catalogue)
        series = Table("receipts", "Official export earnings", {"value": "M USD"},
                       tuple({"label": year, "value": value} for year, value in receipts.items()))  # fmt: skip
        dot_block(
            common, section, series, "official", "Official IT export earnings", "M USD", usd_m,
            pd.DataFrame(list(series.rows)), range_text="Earnings by fiscal year, July to June", axis="Earnings",
        )  # fmt: skip
    st.subheader("Years to each target")
    blocks.words_table(
        pd.DataFrame(
            {
                "Target": [target(row["goal"]) for row in goals.rows],
                f"Growth needed from {money(_start(section) * 1e6, digits=3)}": [
                    percent(row["growth_needed"], 3) for row in goals.rows
                ],
                "Years undisturbed": [_years(row["years"]) for row in goals.rows],
                "Years disturbed": [_between(row) for row in goals.rows],
            }
        )
    )  # fmt: skip
    st.caption(
        "Growth needed within the years of the path. The gap to a target is never a cost of disruption."
    )
    st.subheader("Clients that need a VPN")
    keys = controls.group(common.catalogue.industry, "industry.vpn", "industry.client")
    controls.sliders(common.catalogue.industry, [key for key in keys if key != controls.DAYS])


def _years(value: float | None) -> str:
    return "never" if value is None else significant(value)


def _between(row: Mapping[str, float | None]) -> str:
    reached = Range(*(row[f"disturbed_{name}"] for name in ("soonest", "median", "latest")))
    return reached.each(_years).full
