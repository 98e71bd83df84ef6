"""The same disruption in other places: the regions of Pakistan, or any set of countries."""

from __future__ import annotations

import streamlit as st

from model.catalogue.economies import HOME
from model.common.numbers import duration_text, exact_percent, money, percent
from model.common.program.progress import Tick
from model.common.text import capital
from model.compare import differences
from model.compare import sentences as words
from model.compare.differences import Compared
from model.estimation.words import start_text, what_text
from model.scenario.comparison import MOST_PLACES
from model.scenario.scenario import Scenario
from views.pages.compare import frames
from views.pages.compare import parts as parts
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
    basis = f"{event}; direct loss; grey: {reference}"
    where = "region" if regions else "country"
    amounts = "; ".join(f"{row.label} {words.spread_text(row.amount, unit)}" for row in rows)
    text = parts.caption_of_rows(
        rows, words.places_title(rows, regions=regions), basis,
        f"Dots with ranges of the direct loss by {where}: {amounts}.",
    )  # fmt: skip
    parts.dot_block("places", rows, text, main=True, grey=own)
    extra = ["difference", "per_head", "share_of_gdp"]
    gdp = f"{state.catalogue().countries[HOME].name}’s GDP" if regions else "its GDP"
    table = frames.in_words(rows, unit, where.capitalize(), reference, extra, gdp)
    parts.table_block(table, rows, blocks.file_name(rows[0].result, "places"))
    fold = parts.fold("Per person", "per_person")
    if fold.open:
        with fold:
            _per_person(rows, event, where, reference, own)
    fold = parts.fold(f"Share of each {where}’s own economy", "share_of_places")
    if fold.open:
        with fold:
            _share(rows, event, where, own)
    fold = parts.fold("How to read it", "reading")
    if fold.open:
        with fold:
            parts.bullets(_notes(rows, regions=regions))


def _per_person(rows: list[Compared], event: str, where: str, reference: str, own: int) -> None:
    heads = [row for row in rows if row.per_head.median is not None]
    if not heads:
        st.markdown("Population not known.")
        return
    unit = rows[0].result.money.unit
    amounts = "; ".join(f"{row.label} {words.spread_text(row.per_head, unit)}" for row in heads)
    top = max(heads, key=lambda row: row.per_head.median or 0.0)
    text = parts.caption_of_rows(
        heads, f"{event}: most per person in {top.label}, {top.per_head.money(unit).median}",
        f"Direct loss over the people of the place; grey: {reference}",
        f"Dots with ranges of the direct loss per person by {where}: {amounts}.",
    )  # fmt: skip
    grey = heads.index(rows[own]) if rows[own] in heads else None
    parts.dot_block(
        "per_head", heads, text, what="per_head", grey=grey, unit=f"{unit} per person", scales=[1.0] * len(heads),
        fmt=lambda value: money(value, unit),
    )  # fmt: skip


def _share(rows: list[Compared], event: str, where: str, own: int) -> None:
    """The loss over what each place itself makes in the same time."""
    made = [differences.part_of_economy(row.result) for row in rows]
    with_output = [index for index, part in enumerate(made) if part]
    shown_rows, scales = [rows[index] for index in with_output], [made[index] for index in with_output]
    if not shown_rows or not shown_rows[0].result.scenario.hours:
        st.markdown("Nothing is affected, so there is no share.")
        return
    shares = [
        words.share_text(row.share_of_gdp, 1 / part) for row, part in zip(shown_rows, scales, strict=True)
    ]
    amounts = "; ".join(f"{row.label} {share}" for row, share in zip(shown_rows, shares, strict=True))
    text = parts.caption_of_rows(
        shown_rows, f"{event}: share of each {where}’s own economy in the same time",
        f"Direct loss over the GDP that the affected part of each {where} makes in that time",
        f"Dots with ranges of the direct loss as a share of the {where}’s own economy: {amounts}.",
    )  # fmt: skip
    parts.dot_block(
        "share_of_gdp", shown_rows, text, what="share_of_gdp",
        grey=with_output.index(own) if own in with_output else None,
        unit=f"share of the {where}’s own economy", scales=scales, title="Loss", fmt=percent,
    )  # fmt: skip


def _notes(rows: list[Compared], *, regions: bool) -> list[str]:
    texts = [words.LIKE_WITH_LIKE]
    if regions:
        texts.append(
            "Regions: IT by registered firms, telecom by mobile sites, the rest by an assumed share of GDP. No "
            "official accounts of regions exist, so what a region makes is that assumed share."
        )
    else:
        texts.append(
            "The assumptions are yours for all, made for Pakistan; only the economy is the country’s."
        )
    missing = [row.label for row in rows if row.per_head.median is None]
    if missing:
        texts.append(f"Population not known, so nothing per person: {', '.join(missing)}.")
    return texts
