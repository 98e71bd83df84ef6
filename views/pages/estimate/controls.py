"""The controls of a scenario, in the sidebar. Each shows a part of the scenario and hands back a change."""

from __future__ import annotations

from datetime import date, datetime
from math import ceil

import streamlit as st

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Parameter
from model.common.numbers import duration_text
from model.estimation.economy import money_old
from model.scenario.durations import HOURS, hours_of
from model.scenario.events import Event
from model.scenario.fields import FIELDS, Field, Header
from model.scenario.forms import YES_NO
from model.scenario.scenario import BASELINE, Scenario
from views.pages.estimate import event_ranges
from views.parts import sharing
from views.parts.parameter import control_of, parameter_control
from views.session import state
from views.words import (
    ADDRESS,
    escaped,
    linked,
    shown,
    when_heard,
)

# Fields with a control that fits them alone; the seed has none, as no reader would miss it.
DRAWN = (
    "country", "kind", "hours", "spells", "gap_days", "period_days", "ratio", "capacity_lost", "regions", "place",
    "start", "ordered_by_authority", "currency", "draws", "seed",
)  # fmt: skip
OWN = "Own scenario"
WHOLE = "Whole country"


def sidebar() -> None:
    """Everything that a reader can set, the common things first."""
    catalogue, scenario = state.catalogue(), state.scenario()
    with st.sidebar:
        _starting_point()
        _what(catalogue, scenario)
        _how_long(scenario)
        _where(catalogue, scenario)
        _details(catalogue, scenario)
        _levers(catalogue)
        _advanced(catalogue, scenario)
        st.button("Back to the starting point", on_click=state.reset, width="stretch", key="w_reset")
        sharing.sidebar()


def _starting_point() -> None:
    points, events = state.starting_points(), state.events()
    # The baseline first, then the other examples, then what happened, the latest first.
    ordered = sorted(points, key=lambda title: (not state.same_values(points[title], BASELINE), title))
    named = {title: points[title] for title in ordered} | {
        title: event.scenario for title, event in events.items()
    }
    event, start_event = event_ranges.shown_event(), state.event_of_start()
    title = state.scenario().header.title
    if event is not None and title == (event.header_of(state.scenario()) or Header()).title:
        title = event.scenario.header.title  # at another size of what is not known it is the same event
    options = [OWN, *named]
    key = shown("w_starting_point", now := title if title in named else OWN)

    def chosen() -> None:
        point = named.get(st.session_state[key])
        if point is not None:
            state.start_from(point)

    st.selectbox(
        "Starting point", options, options.index(now), key=key, on_change=when_heard(key, chosen),
        format_func=lambda name: option_text(name, events.get(name)),
        help="An example, or (with its month) a documented disruption. Type to search.",
    )  # fmt: skip
    if title in points:
        _facts(points[title].header)
    if event is not None:
        _facts(event.scenario.header)
        event_ranges.buttons(event)
    elif start_event is not None:
        st.caption(escaped(f"Begun from: {start_event.scenario.header.title}; changed since."))


def option_text(title: str, event: Event | None) -> str:
    """A starting point in the list, where long lines are cut: what tells it apart comes first.

    The month says that it happened; it need not stand in the title once more. What has no month is an example.
    """
    if event is None:
        return title
    return f"{event.day:%Y-%m} · {event.short or title}"


def _facts(header: Header) -> None:
    """Which value expresses which fact, and the source as a link where it has an address."""
    st.caption(linked(header.why))
    match = ADDRESS.search(header.reference)
    if match is None:
        st.caption(escaped(f"Source: {header.reference}"))
        return
    words = header.reference[: match.start()].rstrip(" ,") or match[0]
    st.caption(f"Source: [{escaped(words)}](<{match[0]}>)")


def kind_field(key: str) -> None:
    """What happens, as a field with this key."""
    catalogue, scenario = state.catalogue(), state.scenario()
    kinds, kind = list(catalogue.kinds), shown(key, scenario.kind)

    def chosen() -> None:
        new = st.session_state[kind]
        back = {name: FIELDS[name].default for name in FIELDS["kind"].goes_with}
        state.change("kind", kind=new, **back)

    st.selectbox(
        FIELDS["kind"].title, kinds, kinds.index(scenario.kind), key=kind, on_change=when_heard(kind, chosen),
        format_func=lambda name: catalogue.kinds[name].label, help=catalogue.kinds[scenario.kind].help,
    )  # fmt: skip


def length_field(key: str) -> None:
    """How long one spell lasts, as a field with this key."""
    length = shown(key, text := duration_text(state.scenario().hours))

    def typed() -> None:
        state.put("duration", lambda: state.scenario().with_changes(hours=hours_of(st.session_state[length])))

    st.text_input(
        FIELDS["hours"].title, text, key=length, on_change=when_heard(length, typed), help=FIELDS["hours"].help,
    )  # fmt: skip


def _what(catalogue: Catalogue, scenario: Scenario) -> None:
    kind_field("w_kind")
    countries = {row.iso3: row.name for row in catalogue.countries.values() if row.available == "yes"}
    ordered = sorted(countries, key=lambda iso3: (iso3 != HOME, countries[iso3]))
    country = shown("w_country", scenario.country)

    def country_chosen() -> None:
        state.move(st.session_state[country])

    st.selectbox(
        FIELDS["country"].title, ordered, ordered.index(scenario.country), key=country,
        on_change=when_heard(country, country_chosen),
        format_func=countries.__getitem__,
    )  # fmt: skip


def _how_long(scenario: Scenario) -> None:
    length_field("w_duration")
    spells = shown("w_spells", scenario.spells)
    left, right = st.columns(2)
    row = FIELDS["spells"]
    left.number_input(
        row.title, int(row.form.low), int(row.form.high), scenario.spells, key=spells, help=row.help,
        on_change=when_heard(spells, lambda: state.change("spells", spells=st.session_state[spells])),
    )  # fmt: skip
    if scenario.spells == 1:
        return
    period = scenario.period_days
    name, key, now = (
        ("gap_days", "w_gap", scenario.gap_days) if period is None else ("period_days", "w_period", period)
    )
    days = shown(key, now)
    row = FIELDS[name]
    right.number_input(
        row.title, float(row.form.low), float(row.form.high), now, key=days, help=row.help,
        on_change=when_heard(days, lambda: state.change(name, **{name: st.session_state[days]})),
    )  # fmt: skip
    counted = shown("w_counted_from", period is not None)

    def switched() -> None:
        whole_days = max(1.0, float(ceil(scenario.hours / HOURS["day"])))
        state.change(
            "period_days",
            gap_days=BASELINE.gap_days,
            period_days=whole_days if st.session_state[counted] else None,
        )

    st.radio(
        "Days count", [False, True], int(period is not None), key=counted, horizontal=True,
        on_change=when_heard(counted, switched),
        format_func=lambda of_period: "from start to start" if of_period else "between the end and the next start",
    )  # fmt: skip


def _where(catalogue: Catalogue, scenario: Scenario) -> None:
    if scenario.country == HOME:
        regions = shown("w_regions", list(scenario.regions))

        def regions_chosen() -> None:
            chosen = tuple(name for name in catalogue.regions if name in st.session_state[regions])
            everywhere = len(chosen) == len(catalogue.regions)
            state.change("region", regions=() if everywhere else chosen, place=None)

        st.multiselect(
            FIELDS["regions"].title, list(catalogue.regions), list(scenario.regions), key=regions,
            on_change=when_heard(regions, regions_chosen),
            placeholder=WHOLE, help=FIELDS["regions"].help,
        )  # fmt: skip
    if not scenario.regions:
        place = shown("w_place", share := 1.0 if scenario.place is None else scenario.place)
        st.slider(
            FIELDS["place"].title, 0.0, 1.0, share, step=0.01, key=place, format="percent",
            help=FIELDS["place"].help,
            on_change=when_heard(place, lambda: state.change("place", place=st.session_state[place])),
        )  # fmt: skip


def _details(catalogue: Catalogue, scenario: Scenario) -> None:
    quality = catalogue.kinds[scenario.kind].quality_input
    if quality:
        name = "degradation.default_ratio" if quality == "ratio" else "degradation.default_capacity_lost"
        given = getattr(scenario, quality)
        default = catalogue.parameters[name].mode or 0.0
        key = shown("w_quality", now := default if given is None else given)
        st.slider(
            FIELDS[quality].title, 0.0, 1.0, now, step=0.01, key=key, format="percent",
            help=catalogue.parameters[name].evidence,
            on_change=when_heard(key, lambda: state.change(quality, **{quality: st.session_state[key]})),
        )  # fmt: skip
    _start(scenario)
    asks_for_old_money = scenario.old_money is not None or money_old(catalogue, scenario.country)
    for row in FIELDS.values():
        if row.name not in DRAWN and (row.name != "old_money" or asks_for_old_money):
            field_control(row, scenario)
    ordered = shown("w_ordered", scenario.ordered(catalogue))
    st.checkbox(
        FIELDS["ordered_by_authority"].title, scenario.ordered(catalogue), key=ordered,
        on_change=when_heard(ordered, lambda: state.change("ordered", ordered_by_authority=st.session_state[ordered])),
        help=FIELDS["ordered_by_authority"].help,
    )  # fmt: skip
    own = catalogue.countries[scenario.country].currency
    if own and own != "USD":
        money = shown("w_currency", scenario.currency)
        st.radio(
            FIELDS["currency"].title, ["USD", own], ["USD", own].index(scenario.currency), key=money, horizontal=True,
            on_change=when_heard(money, lambda: state.change("currency", currency=st.session_state[money])),
        )  # fmt: skip
        if scenario.currency != "USD":
            _parameter(catalogue.parameters["currency.lcu_per_usd"], where="money")


def field_control(row: Field, scenario: Scenario) -> None:
    """The control of a field that has none of its own making: a number, a share, yes or no, or text."""
    now, form = getattr(scenario, row.name), row.form
    key = shown(f"w_{row.name}", bool(now) if form is YES_NO else now)

    def changed() -> None:
        new = st.session_state[key]
        if form is YES_NO and new == bool(row.default):
            new = row.default  # a box has no third state for what is not chosen
        state.change(row.key, **{row.name: new})

    heard = when_heard(key, changed)
    if form is YES_NO:
        st.checkbox(row.title, bool(now), key=key, on_change=heard, help=row.help)
    elif form.fits(1):
        of = float if form.fits(0.5) else int
        st.number_input(
            row.title, of(form.low), of(form.high), now, of(form.step), key=key, on_change=heard, help=row.help,
            placeholder=row.usual,
        )  # fmt: skip
    else:
        st.text_input(row.title, now, key=key, on_change=heard, help=row.help, placeholder=row.usual)


def _start(scenario: Scenario) -> None:
    timed = shown("w_timed", scenario.start is not None)

    def switched() -> None:
        state.change("start", start="2026-01-05T10:00" if st.session_state[timed] else None)

    st.checkbox(
        FIELDS["start"].title, scenario.start is not None, key=timed,
        on_change=when_heard(timed, switched),
        help=FIELDS["start"].help,
    )  # fmt: skip
    if scenario.start is None:
        return
    moment = datetime.fromisoformat(scenario.start)
    day, clock = shown("w_start_day", moment.date()), shown("w_start_time", moment.time())

    def moved() -> None:
        new_day, new_time = st.session_state[day], st.session_state[clock]
        if new_day and new_time is not None:
            state.change("start", start=datetime.combine(new_day, new_time).isoformat(timespec="minutes"))

    left, right = st.columns(2)
    left.date_input(
        "Day", moment.date(), date(2000, 1, 1), date(2100, 12, 31), key=day, on_change=when_heard(day, moved)
    )
    right.time_input("Time", moment.time(), key=clock, on_change=when_heard(clock, moved), step=900)


def _levers(catalogue: Catalogue) -> None:
    section = st.expander("Continuity measures", key="x_levers", on_change="rerun")
    if not section.open:
        return
    with section:
        scenario = state.scenario()
        for key, lever in catalogue.levers.items():
            _parameter(catalogue.parameters[f"lever.{key}.coverage"], help_text=lever.help, where="lever")
            if not lever.acts_in(scenario.kind, scenario.ordered(catalogue)):
                st.caption(f"{lever.label}: no effect on {catalogue.kinds[scenario.kind].phrase}.")


def _advanced(catalogue: Catalogue, scenario: Scenario) -> None:
    section = st.expander("Every assumption", key="x_advanced", on_change="rerun")
    if not section.open:
        return
    with section:
        groups = sorted(catalogue.groups.values(), key=lambda group: group.order)
        labels = {group.key: group.label for group in groups if group.key != "claims"}
        chosen = st.selectbox("Group", list(labels), format_func=labels.__getitem__, key="w_group")
        st.caption(catalogue.groups[chosen].help)
        for parameter in catalogue.parameters.values():
            if parameter.group == chosen:
                _parameter(parameter)
        draws = shown("w_draws", scenario.draws)
        st.select_slider(
            FIELDS["draws"].title, sorted({256, 1024, 4096, 16384, 65536, scenario.draws}), scenario.draws, key=draws,
            on_change=when_heard(draws, lambda: state.change("draws", draws=st.session_state[draws])),
        )  # fmt: skip


def _parameter(parameter: Parameter, help_text: str = "", where: str = "p") -> None:
    """The control that a parameter's row declares; `where` tells two controls of one parameter apart."""
    given = state.scenario().assumptions.get(parameter.key)
    parameter_control(
        control_of(parameter, help_text=help_text), given, lambda new: state.assume(parameter.key, new),
        f"{where}_{parameter.key}",
    )  # fmt: skip
