"""All economies on one page: a map, who loses the most, a table of all, and totals. A click opens an estimate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.palette import Caption, Form
from charts.ranges import RangeRow, ranges
from charts.world_map import ASPECT, world_map
from model.catalogue.economies import Country
from model.common.errors import InputError
from model.common.ranges import Range
from model.common.text import file_safe
from model.common.version import MODEL_VERSION
from model.compare import leagues
from model.compare import world_sentences as words
from model.compare.league import MEASURES, InEconomy, League
from model.estimation.guards import LONG, is_long
from model.scenario.durations import duration_code
from model.scenario.link import link_text
from model.scenario.places import find_country
from model.scenario.scenario import Scenario
from model.text import sentence, world_report
from views.components.map import clickable_map
from views.pages.world import controls as controls
from views.pages.world.years import years_section
from views.parts import blocks, home
from views.parts.recorded_years import tick_text
from views.session import state
from views.session.waiting import StoppedError, say_stopped, watched
from views.words import escaped, note

MOST_ROWS = 20  # of the chart
TABLE_HEIGHT = 520
MAP_FILE = "data/world_map.json"
SOURCES = "World Bank, UNSD, GGDC and UNU-WIDER (economies); Natural Earth (outlines); parameters: stated assumptions"


def page() -> None:
    """Show what a disruption costs in each economy that the filters leave."""
    answer = st.empty()
    controls.controls()
    try:
        everything = league_of(state.scenario(), str(controls.STORE.get(controls.MEASURE)))
    except StoppedError:
        answer.markdown(f"### {escaped(say_stopped())}")
        return
    fits = shown_economies()
    rows = [row for row in everything.rows if fits(row.economy.country)]
    missing = [row for row in everything.missing if fits(row)]
    answer.markdown(f"### {escaped(blocks.unbroken(words.headline(everything, rows)))}")
    _say_notes(everything)
    if not rows and not missing:
        st.info("No economy fits. Use fewer letters, or take a filter away.", icon=":material/search_off:")
        return
    _map(everything, rows, missing)
    _table(everything, rows, missing)
    left, right = st.columns(2, gap="large")
    with left:
        _largest(everything, rows)
    with right:
        _totals(everything)
    years_section(fits)


def league_of(scenario: Scenario, by: str) -> League:
    return leagues.league_of(
        state.catalogue(), scenario, by, lambda key, work: watched(key, "Computing every economy …", work)
    )


def shown_economies() -> Callable[[Country], bool]:
    """Whether the filters leave an economy."""
    region, income = controls.STORE.get(controls.REGION), controls.STORE.get(controls.INCOME)
    search = str(controls.STORE.get(controls.SEARCH)).strip()
    codes = state.catalogue().countries  # three capitals mean the economy alone
    named = search if search in codes else _named(search)

    def fits(row: Country) -> bool:
        return (
            region in (controls.EVERY_REGION, row.region)
            and income in (controls.EVERY_GROUP, row.income_group)
            and (row.iso3 == named or (search not in codes and search.casefold() in row.name.casefold()))
        )

    return fits


def _named(search: str) -> str:
    """The code of the economy that a search names, whatever its spelling; it may be part of other names too."""
    try:
        return find_country(state.catalogue(), search).iso3 if search else ""
    except InputError:
        return ""


def _say_notes(everything: League) -> None:
    scenario = everything.world.scenario
    texts = words.notes(state.scenario())
    texts += [LONG] if is_long(scenario, scenario.hours) else []
    if texts:
        st.info(escaped(" ".join(texts)), icon=":material/info:")


def _open(code: str) -> None:
    """Take the scenario to an economy and go to its estimate; what has none says why."""
    country = state.catalogue().countries[code]
    if country.available != "yes":
        note(f"{country.name} has no estimate. {country.reason}.")
        return
    state.move(code)
    st.session_state[home.TO_ESTIMATE] = True


def _caption(everything: League, title: str, alt: str) -> Caption:
    scenario = everything.world.scenario
    return Caption(
        title=title,
        range_text=f"Direct loss {words.WRITTEN[everything.by]}: medians with ranges, 5th to 95th percentile",
        basis=f"{world_report.event_text(everything)}, in each economy alone; value added",
        source=SOURCES,
        stamp=f"{date.today().isoformat()} · model {MODEL_VERSION} · data {state.catalogue().data_version} · "
        + sentence.simulations(scenario),
        alt=alt,
    )


def _file_name(everything: League, what: str) -> str:
    scenario = everything.world.scenario
    length = duration_code(scenario.hours).replace(".", "p")
    return file_safe(
        "_".join(("world", scenario.kind, length, everything.by, what, date.today().isoformat()))
    )


def _numbers(everything: League, rows: Sequence[InEconomy], missing: Sequence[Country]) -> blocks.ChartTable:
    """Everything that is known of the economies shown, in full precision, for the fold and the CSV."""
    codes = {row.economy.country.iso3 for row in rows} | {row.iso3 for row in missing}
    cells = [*world_report.economies(everything), *world_report.missing(everything)]
    frame = pd.DataFrame([row for row in cells if row["iso3"] in codes], dtype=object)
    units = {
        "usd": "USD",
        "share": "share of GDP of the time",
        "per_head": "USD per head",
        "per_day": "USD a day",
    }
    ends = {name + end: unit for name, unit in units.items() for end in ("_low", "", "_high")}
    common = world_report.provenance(everything) | {
        "scenario": link_text(state.STORE.to_link() | controls.STORE.to_link())
    }
    return blocks.ChartTable(frame.where(frame.notna(), None), ends | {"gdp_usd": "USD"}, common)


def _map(everything: League, rows: Sequence[InEconomy], missing: Sequence[Country]) -> None:
    """The economies in colours; those that a filter takes away are empty outlines."""
    by, codes = everything.by, {row.economy.country.iso3 for row in rows}
    shown_codes = codes | {row.iso3 for row in missing}
    cells = [
        {"iso3": (code := row.economy.country.iso3), "hover": words.hover(row, by), "shown": code in shown_codes,
         "value": None if (value := row.values[by]) is None else value.median}
        for row in everything.rows
    ]  # fmt: skip
    cells += [
        {"iso3": row.iso3, "hover": f"<b>{row.name}</b><br>{words.NO_FIGURE}: {row.reason}",
         "shown": row.iso3 in shown_codes, "value": None}
        for row in everything.missing
    ]  # fmt: skip
    frame = pd.DataFrame(cells, dtype=object)
    measure = MEASURES[by]
    title = f"What {words.event(everything)} costs {words.WRITTEN[by]}"
    text = _caption(everything, title, words.alt(everything, rows, len(missing)))

    def build(form: Form) -> go.Figure:
        file = state.catalogue().root / MAP_FILE
        return world_map(
            frame, file, text, form, partial(tick_text, by), f"{measure.label}, median (log steps)"
        )

    st.subheader(escaped(text.title))
    st.caption(escaped(f"{text.range_text}. {text.basis}. A click on an economy opens its estimate."))
    clickable_map(build("screen"), "world_map", alt=text.alt, aspect=ASPECT, on_pick=_open)
    blocks.tools(
        "world_map",
        text,
        _numbers(everything, rows, missing),
        build,
        _file_name(everything, "map"),
    )


def _table(everything: League, rows: Sequence[InEconomy], missing: Sequence[Country]) -> None:
    """Every economy in words; a tick at a row opens its estimate."""
    by, measure = everything.by, MEASURES[everything.by]
    others = [key for key in MEASURES if key != by]
    lines = []
    for row in rows:
        value, country = row.values[by], row.economy.country
        text = None if value is None else measure.words(value)
        lines.append(
            {
                "Economy": country.name, measure.label: text.median if text else words.NO_FIGURE,
                "Range": text.ends if text else "", "Place": row.places_text,
                **{MEASURES[key].label: _range_text(key, row.values[key]) for key in others},
                "Region": country.region, "Income group": country.income_group,
                "Remarks": "; ".join(row.remarks.values()),
            }
        )  # fmt: skip
    lines += [
        {"Economy": row.name, measure.label: words.NO_FIGURE, "Region": row.region, "Income group": row.income_group,
         "Remarks": row.reason}
        for row in missing
    ]  # fmt: skip
    codes = [*(row.economy.country.iso3 for row in rows), *(row.iso3 for row in missing)]
    st.subheader(f"{len(codes)} economies")
    st.caption(
        escaped(
            f"Tick a row to open its estimate. Places are by loss {words.WRITTEN[by]}, among all economies. "
            f"{world_report.PLACES}"
        )
    )

    def picked() -> None:
        chosen = st.session_state["world_rows"]["selection"]["rows"]
        if chosen and chosen[0] < len(codes):
            _open(codes[chosen[0]])

    st.dataframe(
        pd.DataFrame(lines).fillna(""), hide_index=True, placeholder="–",
        width="stretch", key="world_rows", on_select=picked,
        height=min(TABLE_HEIGHT, 38 + 35 * len(codes)), selection_mode="single-row",
        column_config={
            "Economy": st.column_config.TextColumn(width=150), measure.label: st.column_config.TextColumn(width=90),
            "Range": st.column_config.TextColumn(width=130), "Place": st.column_config.TextColumn(width=170),
        },
    )  # fmt: skip


def _largest(everything: League, rows: Sequence[InEconomy]) -> None:
    """The first twenty as dots with ranges."""
    by, measure = everything.by, MEASURES[everything.by]
    with_loss = [(row, value) for row in rows if (value := row.values[by]) is not None and value.median > 0][
        :MOST_ROWS
    ]
    if not with_loss:
        return
    log = with_loss[0][1].median > 10 * with_loss[-1][1].median
    made = [
        RangeRow(row.economy.country.name, measure.words(value).full, value)
        for row, value in with_loss
    ]  # fmt: skip
    title = f"The {len(with_loss)} that lose the most" if len(with_loss) > 1 else "The one economy here"
    named = "; ".join(f"{row.label} {row.value}" for row in made)
    text = _caption(
        everything, f"{title}: {words.event(everything)}", f"Dots with ranges, {measure.label}: {named}."
    )
    blocks.chart_block(
        "world_largest", text, _numbers(everything, [row for row, _ in with_loss], []),
        lambda form: ranges(made, text, form, title=measure.label, log=log,
                            percent=by == "share", fmt=partial(tick_text, by), zero=False),
        _file_name(everything, "largest"),
    )  # fmt: skip


def _totals(everything: League) -> None:
    """The world, the regions and the income groups together, on the same simulations."""
    st.subheader("Together")
    measures = (everything.by, "share" if everything.by == "usd" else "usd")
    cells = [
        {"Group": f"{total.name} ({total.count})",
         **{MEASURES[key].label: _range_text(key, world_report.by_measure(total)[key]) for key in measures}}
        for total in everything.totals
    ]  # fmt: skip
    blocks.words_table(pd.DataFrame(cells))
    left_out = words.left_out_sentence(everything.totals[0])
    st.caption(
        escaped(
            "If it happened in all of them; in brackets how many count. Each simulation is added up over the "
            f"economies, then the range is taken. {left_out}"
        )
    )


def _range_text(measure: str, value: Range[float] | None) -> str:
    return "" if value is None else MEASURES[measure].words(value).full
