"""People, measures and outages: what a year of outages costs, which measures pay, freelancers, talent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from model.claims import sentences as words
from model.claims.claims import TRAINEES
from model.common.numbers import money, percent, significant, trimmed
from model.common.ranges import Range
from model.industry.words import target
from model.text.industry_report import EARNINGS, LOST_LATER
from model.text.writer import Section
from views.pages.claims import controls as articles
from views.pages.claims import parts as claimed
from views.pages.pakistan import controls as controls
from views.parts import blocks
from views.parts.sections import (
    Common,
    dot_block,
    ends_frame,
    find,
    lines,
    notes,
    people,
    usd_m,
    with_ends,
)
from views.words import escaped


def year_fields(common: Common) -> None:
    """The disruptions of a year."""
    controls.calendar(common.catalogue, common.catalogue.industry)


def talent_fields(common: Common) -> None:
    """Growth, and the disruptions of a year."""
    left, right = st.columns(2, gap="medium")
    with left:
        controls.growth_field(controls.claimed(common.catalogue).baselines)
    with right:
        year_fields(common)


def _across(industry: Any, keys: Sequence[str], across: int = 3) -> None:
    """Controls in so many columns, read downwards."""
    columns = st.columns(across, gap="large")
    for index, key in enumerate(keys):
        with columns[index * across // len(keys)]:
            controls.sliders(industry, [key])


def said(section: Section) -> None:
    """The sentences behind the headline."""
    for text in section.sentences[1:]:
        st.markdown(escaped(text))


def freelancers(common: Common, sections: list[Section]) -> None:
    (section,) = sections
    rows = find(section, "freelancers")
    said(section)
    dot_block(
        common, section, rows, "freelancers", "Freelancers and remote staff: lost in a year", "M USD", usd_m,
        ends_frame(rows, ("M USD per year",), without=EARNINGS),
    )  # fmt: skip
    st.subheader("Figures of freelancers")
    industry = common.catalogue.industry
    _across(industry, controls.group(industry, "freelance."))


def talent(common: Common, sections: list[Section]) -> None:
    (section,) = sections
    rows, goals = find(section, "people"), find(section, "goals")
    said(section)
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
            [{"label": target(row["goal"]), "value": row["further"], "low": row["further_low"],
              "high": row["further_high"]} for row in goals.rows]
        )  # fmt: skip
        dot_block(
            common, section, goals, "goals", f"Further p{goals.title[1:]}", "people", people, frame,
            axis="Further professionals",
        )  # fmt: skip
    st.subheader("Will there be enough people for each target?")
    blocks.words_table(
        pd.DataFrame(
            {
                "Target": [target(row["goal"]) for row in goals.rows],
                "Enough people": [
                    f"{'yes' if row['enough'] >= 0.5 else 'no'} (enough in {percent(row['enough'])} of simulations)"
                    for row in goals.rows
                ],
                "Professionals needed": [with_ends(row, "needed", people) for row in goals.rows],
                "Missing (below zero: to spare)": [with_ends(row, "missing", people) for row in goals.rows],
            }
        )
    )  # fmt: skip
    catalogue, industry = common.catalogue, common.catalogue.industry
    st.subheader("Figures of people")
    wanted = [key for key in controls.group(industry, "talent.") if key != "talent.survey_need"]
    controls.sliders(industry, ["industry.own_target_musd"], typed=True)
    _across(industry, ["industry.horizon_years", "industry.disrupted_years", *wanted])
    st.subheader("The articles' figures")
    articles.sliders(catalogue, articles.people(catalogue), across=3)
    seeds = (TRAINEES, words.FIRM_GOAL)
    claimed.cards(catalogue, controls.claimed(catalogue), seeds)


def _meanings(common: Common) -> list[str]:
    """Each continuity measure for somebody who has not heard of it: what it is, what is known, who pays."""
    rows = []
    for key, row in common.catalogue.industry.measures.items():
        help_text = common.catalogue.levers[key].help
        rows.append(f"{row.label}: {help_text} Effect: {row.effect}. Cost: {row.status}; {row.evidence}.")
    return rows


def continuity(common: Common, sections: list[Section]) -> None:
    section, home = sections
    rows, sets, seats = find(section, "measures"), find(section, "sets"), find(home, "home")
    alone, counted = rows.alone, section.parts["counted"]
    said(section)
    left, right = st.columns(2, gap="large")
    with left:
        dot_block(
            common, section, rows, "avoided", f"Avoided a year, each measure alone: {counted}", "M USD", usd_m,
            _ranged(alone, "counted"),
        )  # fmt: skip
    with right:
        dot_block(
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
    notes(rows.rows)
    st.caption(
        escaped(
            f"Benefit: {counted}. Pays after: length at which one such disruption a year covers the cost, on mean "
            "values; it is the costliest disruption of the calendar that the measure acts on."
        )
    )
    meaning = st.expander("What each measure is", key="x_industry_what", on_change="rerun")
    if meaning.open:
        meaning.markdown("\n".join(f"- {escaped(text)}" for text in _meanings(common)))
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
    st.subheader("Figures of the measures")
    industry = common.catalogue.industry
    general = [key for key in controls.group(industry, "measure.") if key.count(".") == 1]
    covered = [key for key in controls.group(industry, "measure.") if key.endswith(".coverage")]
    _across(industry, [*general, *covered])
    section_of_costs = st.expander("What the measures cost", key="x_industry_costs", on_change="rerun")
    if section_of_costs.open:
        with section_of_costs:
            keys = [k for k in controls.group(industry, "measure.") if k.endswith((".units", ".unit_usd"))]
            _across(industry, keys)


def recurring(common: Common, sections: list[Section]) -> None:
    (section,) = sections
    said(section)
    table = find(section, "calendar")
    year = section.amounts[1]
    late = find(section, "years").row(LOST_LATER)
    later = Range(late["low"], late["median"], late["high"])
    with st.container(horizontal=True):
        for label, value, detail, width in (
            ("Mean over years", money(section.amounts[0].mean), "direct loss a year", 205),
            ("Half of the years stay below", money(year.median), "median over simulated years", 205),
            (
                "Nine years in ten",
                year.range.each(money).ends,
                "numbers and assumptions both vary",
                260,
            ),
            (
                "Export orders lost later",
                usd_m(later.median),
                f"median; {later.each(usd_m).ends}; not included",
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
        dot_block(common, section, table, "calendar", "Direct loss a year by disruption", "M USD", usd_m, frame,
                  file=f"calendar-{common.choices['calendar']}")  # fmt: skip
    with right:
        years = find(section, "years")
        dot_block(common, section, years, "years", "How far years differ", "M USD", usd_m,
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


def _pays(row: Mapping[str, Any]) -> str:
    """`12 days of “Cable fault, 4 days”`."""
    if row["break_even_days"] is None:
        return f"not within two years of “{row['break_even_of']}”" if row["break_even_of"] else "–"
    return f"{significant(row['break_even_days'])} days of “{row['break_even_of']}”"


def _signed(value: float) -> str:
    return ("−" if value < 0 else "") + significant(abs(value))
