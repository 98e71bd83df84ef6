"""The controls of a scenario, in the sidebar. Each shows a part of the scenario and hands back a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from math import ceil

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Parameter
from model.common.errors import InputError
from model.common.numbers import duration_text
from model.estimation.economy import money_old
from model.reading.dates import Moment, goes_on, moment_of
from model.scenario.durations import HOURS, hours_of
from model.scenario.events import Event
from model.scenario.fields import BEGINS, ENDS, ENDS_OF, FIELDS, Field, Header, with_ends
from model.scenario.forms import YES_NO
from model.scenario.readers import share
from model.scenario.scenario import BASELINE, Scenario
from views.pages.estimate import event_ranges
from views.parts import sharing
from views.parts.country import country_box
from views.parts.parameter import control_of, number_field, parameter_control
from views.session import state
from views.words import (
    ADDRESS,
    escaped,
    linked,
    refuse,
    say_refused_at,
    shown,
    when_heard,
)

# Fields with a control that fits them alone; the seed has none, as no reader would miss it.
DRAWN = (
    "country", "kind", "hours", "spells", "gap_days", "period_days", "ratio", "capacity_lost", "regions", "place",
    "start", "ongoing", "ordered_by_authority", "currency", "draws", "seed",
)  # fmt: skip
OWN = "Own scenario"
ENDS_TYPED, ENDS_NOTE = (
    "ends_typed",
    "ends_note",
)  # until both are there; how they were read, and for which length
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


def _what(catalogue: Catalogue, scenario: Scenario) -> None:
    kinds = list(catalogue.kinds)
    kind = shown("w_kind", scenario.kind)

    def kind_chosen() -> None:
        new = st.session_state[kind]
        back = {name: FIELDS[name].default for name in FIELDS["kind"].goes_with}
        state.change("kind", kind=new, **back)

    st.selectbox(
        FIELDS["kind"].title, kinds, kinds.index(scenario.kind), key=kind, on_change=when_heard(kind, kind_chosen),
        format_func=lambda name: catalogue.kinds[name].label, help=catalogue.kinds[scenario.kind].help,
    )  # fmt: skip
    country_box(
        catalogue, FIELDS["country"].title, scenario.country, state.move, "w_country",
        "Pick one, or type any name or code and press Enter: UK, Turkey, Viet Nam, Ivory Coast, پاکستان.",
    )  # fmt: skip


def _how_long(scenario: Scenario) -> None:
    length = shown("w_duration", text := duration_text(scenario.hours))

    def typed() -> None:
        state.put("duration", lambda: state.scenario().with_changes(hours=hours_of(st.session_state[length])))

    st.text_input(
        FIELDS["hours"].title, text, key=length, on_change=when_heard(length, typed), help=FIELDS["hours"].help,
    )  # fmt: skip
    say_refused_at(length, state.STORE.problems.get("duration", ""))
    _ends(scenario)
    left, right = st.columns(2)
    _number(FIELDS["spells"], scenario, "w_spells", left)
    if scenario.spells == 1:
        return
    period = scenario.period_days
    name, key = ("gap_days", "w_gap") if period is None else ("period_days", "w_period")
    _number(FIELDS[name], scenario, key, right)
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
        _number(FIELDS["place"], scenario, "w_place", shipped=1.0)


def _details(catalogue: Catalogue, scenario: Scenario) -> None:
    quality = catalogue.kinds[scenario.kind].quality_input
    if quality:
        name = "degradation.default_ratio" if quality == "ratio" else "degradation.default_capacity_lost"
        parameter = catalogue.parameters[name]
        row = replace(FIELDS[quality], help=parameter.evidence)
        _number(row, scenario, "w_quality", shipped=parameter.mode or 0.0)
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


def _number(
    row: Field,
    scenario: Scenario,
    key: str,
    place: DeltaGenerator | None = None,
    shipped: float | None = None,
) -> None:
    """The field of a number or a share; `shipped` is what it shows where nothing was chosen."""
    percent = row.form.low == 0 and row.form.high == 1
    now = getattr(scenario, row.name)

    def read(text: str) -> float:
        if percent:
            return share(row.title, text, row.label.lower(), "either")
        value: float = row.form.check(state.catalogue(), row.title, text)
        return value

    number_field(
        row.title, shipped if now is None else now, read,
        lambda value: state.change(row.key, **{row.name: row.default if value is None else value}), key,
        percent=percent, help_text=row.help, placeholder=row.usual, place=place,
    )  # fmt: skip


def _ends(scenario: Scenario) -> None:
    """Both ends in place of a length: used as soon as both are typed, and then shown as the length that they are."""
    typed: dict[str, str] = st.session_state.setdefault(ENDS_TYPED, {})
    for end, column in zip(ENDS_OF, st.columns(2), strict=True):
        key = shown(f"w_{end.key}", text := typed.get(end.key, ""))
        column.text_input(
            end.label, text, key=key, help=end.help, max_chars=60, placeholder=end.example,
            on_change=when_heard(key, partial(_end_typed, end.key, key)),
        )  # fmt: skip
        say_refused_at(key, place=column)
    hours, note = st.session_state.get(ENDS_NOTE, (None, ""))
    if note and hours == scenario.hours:
        st.caption(escaped(note))
    field_control(FIELDS["ongoing"], scenario)


def _end_typed(name: str, key: str) -> None:
    typed = {**st.session_state.get(ENDS_TYPED, {}), name: str(st.session_state[key]).strip()}
    st.session_state[ENDS_TYPED] = typed
    begins, ends = (typed.get(end.key, "") for end in ENDS_OF)
    try:
        if begins and ends:
            changes, note = with_ends(begins, ends, (BEGINS.label, ENDS.label), sized=False)
            st.session_state[ENDS_TYPED] = {}
            st.session_state[ENDS_NOTE] = (changes["hours"], note)
            state.change("duration", **changes)
        elif begins:
            moment_of(BEGINS.label, begins)
        elif ends and not goes_on(ends):
            moment_of(ENDS.label, ends)
    except InputError as problem:
        refuse(str(problem), key)


def field_control(row: Field, scenario: Scenario) -> None:
    """The control of a field that has none of its own making: a number, a share, yes or no, or text."""
    now, form = getattr(scenario, row.name), row.form
    if form is not YES_NO and form.fits(1):
        _number(row, scenario, f"w_{row.name}")
        return
    key = shown(f"w_{row.name}", bool(now) if form is YES_NO else now)

    def changed() -> None:
        new = st.session_state[key]
        if form is YES_NO and new == bool(row.default):
            new = row.default  # a box has no third state for what is not chosen
        state.change(row.key, **{row.name: new})

    heard = when_heard(key, changed)
    if form is YES_NO:
        st.checkbox(row.title, bool(now), key=key, on_change=heard, help=row.help)
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
    key = shown("w_start", text := Moment(moment.date(), moment.time()).words)

    def moved() -> None:
        state.put("start", lambda: state.scenario().with_changes(start=_with_time(st.session_state[key])))

    st.text_input(
        "Day and time", text, key=key, on_change=when_heard(key, moved), max_chars=60,
        help="Local: 5 January 2026, 14:30 or 2026-01-05 14:30. The hour and the day of the week count.",
    )  # fmt: skip
    say_refused_at(key, state.STORE.problems.get("start", ""))


def _with_time(text: str) -> str:
    """A start that has its time; raises `InputError`."""
    moment = moment_of("start", text)
    if moment.clock is None:
        raise InputError("start", text, "has no time", "a day with its time, such as 5 January 2026, 14:30")
    return moment.begins.isoformat(timespec="minutes")


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
