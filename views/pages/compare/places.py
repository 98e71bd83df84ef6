"""The same disruption in other places: the regions of Pakistan, or any set of countries."""

from __future__ import annotations

import streamlit as st

from model.catalogue.economies import HOME
from model.common.numbers import duration_text, exact_percent, money, percent
from model.common.text import capital
from model.compare import differences
from model.compare.differences import Compared
from model.estimation.estimate import Tick
from model.estimation.words import start_text, what_text
from model.scenario.comparison import MOST_PLACES
from model.scenario.scenario import Scenario
from views.pages.compare import frames
from views.pages.compare import parts as parts
from views.pages.compare import sentences as words
from views.parts import blocks
from views.parts.country import country_list
from views.session import state
from views.words import escaped, shown, when_heard

REGIONS, COUNTRIES = "Regions of Pakistan", "Countries"
NEIGHBOURS = (HOME, "IND", "BGD", "LKA", "EGY", "KEN")  # what stands there before the reader picks


def section() -> str:
    """Loss in each place, per head and against what the country makes in that time."""
    _choose()
    scenario, codes = state.scenario(), _countries()
    regions = not codes
    rows, headline = _rows(scenario, codes)
    notes = words.place_notes(scenario, regions=regions)
    if notes:
        st.info(escaped(" ".join(notes)), icon=":material/info:")
    parts.warn(rows)
    _charts(rows, scenario, regions=regions)
    return headline


def _countries() -> tuple[str, ...]:
    """The countries to show, none where it is the regions; only Pakistan has regions here."""
    chosen = state.comparison().countries
    return chosen if chosen or state.scenario().country == HOME else _first()


def _choose() -> None:
    if state.scenario().country == HOME:
        _choose_regions()
    chosen = _countries()
    if not chosen:
        return
    country_list(
        state.catalogue(), f"Countries, up to {MOST_PLACES}", chosen,
        lambda codes: state.compare("countries", lambda: {"countries": codes or (state.scenario().country,)}),
        "c_countries", MOST_PLACES,
    )  # fmt: skip


def _choose_regions() -> None:
    """The regions of Pakistan, or countries."""
    chosen = state.comparison().countries
    key = shown("c_places", now := COUNTRIES if chosen else REGIONS)

    def switched() -> None:
        if st.session_state[key] == COUNTRIES:
            shown_first = state.comparison().picked or _first()
            state.compare("countries", lambda: {"countries": shown_first, "picked": ()})
        else:
            picked = () if chosen == _first() else chosen
            state.compare("countries", lambda: {"countries": (), "picked": picked})

    st.segmented_control(
        "Places",
        [REGIONS, COUNTRIES],
        default=now,
        key=key,
        on_change=when_heard(key, switched),
        required=True,
        label_visibility="collapsed",
    )


def _first() -> tuple[str, ...]:
    """The countries that stand there before the reader picks."""
    return tuple(dict.fromkeys((state.scenario().country, *NEIGHBOURS)))


def _rows(scenario: Scenario, codes: tuple[str, ...]) -> tuple[list[Compared], str]:
    def build(tick: Tick) -> tuple[list[Compared], str]:
        catalogue = state.catalogue()
        rows = (
            differences.countries(catalogue, scenario, codes, tick)
            if codes
            else differences.regions(catalogue, scenario, tick)
        )
        return differences.without_draws(rows), words.places_headline(rows, regions=not codes)

    return parts.remembered(("places", parts.scenario_key(scenario), codes), build)


def _charts(rows: list[Compared], scenario: Scenario, *, regions: bool) -> None:
    own = 0 if regions else next(
        (index for index, row in enumerate(rows) if row.result.scenario.country == scenario.country), 0)  # fmt: skip
    unit = rows[0].result.money.unit
    length = duration_text(scenario.hours)
    share = (
        f" in {exact_percent(scenario.place)} of each" if scenario.place is not None and not regions else ""
    )
    event = f"{capital(what_text(rows[0].result))} of {length}{start_text(scenario)}{share}"
    reference = "the whole country" if regions else rows[own].label
    basis = f"{event}; net direct loss, value added; grey: {reference}"
    amounts = "; ".join(f"{row.label} {words.spread_text(row.amount, unit)}" for row in rows)
    where = "region" if regions else "country"
    left, right = st.columns(2, gap="large")
    with left:
        text = parts.caption_of_rows(
            rows,
            f"The same disruption in each {where}",
            basis,
            f"Bars of the net direct loss by {where}: {amounts}.",
        )
        parts.bar_block("places", rows, text, grey=own)
    with right:
        heads = [row for row in rows if row.per_head.median is not None]
        if heads:
            amounts = "; ".join(f"{row.label} {words.spread_text(row.per_head, unit)}" for row in heads)
            text = parts.caption_of_rows(
                heads, "Per head", f"{event}; net direct loss over the people of the place; grey: {reference}",
                f"Bars of the net direct loss per head by {where}: {amounts}.",
            )  # fmt: skip
            grey = heads.index(rows[own]) if rows[own] in heads else None
            parts.bar_block(
                "per_head", heads, text, what="per_head", grey=grey, unit=f"{unit} per head", scale=1.0,
                fmt=lambda value: money(value, unit),
            )  # fmt: skip
    left, right = st.columns(2, gap="large")
    with left:
        amounts = "; ".join(f"{row.label} {words.share_text(row.share_of_gdp)}" for row in rows)
        text = parts.caption_of_rows(
            rows, "Share of daily GDP",
            f"{event}; net direct loss a day over the GDP that the whole country makes in a day; grey: {reference}",
            f"Bars of the net direct loss as a share of national GDP in the same time: {amounts}.",
        )  # fmt: skip
        parts.bar_block(
            "share_of_gdp", rows, text, what="share_of_gdp", grey=own, unit="% of GDP in that time", scale=0.01,
            title="Loss", fmt=lambda value: percent(value / 100),
        )  # fmt: skip
    with right:
        st.subheader("How to read it")
        parts.bullets(_notes(rows, regions=regions))
    extra = ["difference", "per_head", "share_of_gdp"]
    blocks.words_table(frames.in_words(rows, unit, where.capitalize(), reference, extra))


def _notes(rows: list[Compared], *, regions: bool) -> list[str]:
    texts = [
        "Differences and ratios are computed on the same draws; all ranges run from the 5th to the 95th percentile."
    ]
    if regions:
        texts.append(
            "Regions: IT by registered firms, telecom by mobile sites, the rest by an assumed share of GDP; shares of "
            "GDP are of the whole country's."
        )
    else:
        texts.append(
            "The assumptions are those of the sidebar, made for Pakistan; only the economy is the country's."
        )
    missing = [row.label for row in rows if row.per_head.median is None]
    if missing:
        texts.append(f"Population not known, so nothing per head: {', '.join(missing)}.")
    return texts
