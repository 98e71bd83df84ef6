"""What stands behind More options: where a reader may begin, and all that is rarely set."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from math import ceil

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Parameter
from model.common.errors import InputError
from model.estimation.economy import money_old
from model.reading.dates import Moment, moment_of
from model.scenario.durations import HOURS
from model.scenario.events import Event
from model.scenario.fields import FIELDS, MAX_DRAWS, Header
from model.scenario.scenario import BASELINE, SHARED_DRAWS, Scenario
from views.pages.estimate import event_ranges
from views.pages.estimate.fields import field_control, number
from views.parts.parameter import control_of, parameter_control
from views.session import state
from views.words import ADDRESS, escaped, linked, say_refused_at, shown, when_heard

# Fields with a control that fits them alone; the seed has none, as no reader would miss it.
DRAWN = (
    "country", "kind", "hours", "spells", "gap_days", "period_days", "ratio", "capacity_lost", "regions", "place",
    "start", "ordered_by_authority", "currency", "draws", "seed",
)  # fmt: skip
OWN = "Start from scratch"


def options(catalogue: Catalogue, scenario: Scenario) -> None:
    """Draw all of it, the common things first."""
    with st.container(key="more", border=True):
        _starting_point()
        st.caption(escaped(f"{catalogue.kinds[scenario.kind].label}: {catalogue.kinds[scenario.kind].help}"))
        with st.container(key="more_fields", gap=None):
            _often(scenario)
            _details(catalogue, scenario)
        _levers(catalogue)
        _advanced(catalogue, scenario)


def _cell() -> DeltaGenerator:
    """A place among the fields; what a field refuses stands in it too."""
    return st.container(gap="xsmall")


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
        "Examples and past events", options, options.index(now), key=key, on_change=when_heard(key, chosen),
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


def _often(scenario: Scenario) -> None:
    """How often it happens, and how far apart."""
    with _cell():
        number(FIELDS["spells"], scenario, "w_spells", explained=True)
    if scenario.spells == 1:
        return
    period = scenario.period_days
    name, key = ("gap_days", "w_gap") if period is None else ("period_days", "w_period")
    with _cell():
        number(FIELDS[name], scenario, key, explained=True)
    counted = shown("w_counted_from", period is not None)

    def switched() -> None:
        whole_days = max(1.0, float(ceil(scenario.hours / HOURS["day"])))
        state.change(
            "period_days",
            gap_days=BASELINE.gap_days,
            period_days=whole_days if st.session_state[counted] else None,
        )

    with _cell():
        st.radio(
            "Days count", [False, True], int(period is not None), key=counted,
            on_change=when_heard(counted, switched),
            format_func=lambda of_period: "from start to start" if of_period else "between the end and the next start",
        )  # fmt: skip


def _details(catalogue: Catalogue, scenario: Scenario) -> None:
    if scenario.country == HOME and not scenario.regions:
        with _cell():
            number(FIELDS["place"], scenario, "w_place", shipped=1.0, explained=True)
    quality = catalogue.kinds[scenario.kind].quality_input
    if quality:
        name = "degradation.default_ratio" if quality == "ratio" else "degradation.default_capacity_lost"
        parameter = catalogue.parameters[name]
        row = replace(FIELDS[quality], help=parameter.evidence)
        with _cell():
            number(row, scenario, "w_quality", shipped=parameter.mode or 0.0, explained=True)
    with _cell():
        _start(scenario)
    asks_for_old_money = scenario.old_money is not None or money_old(catalogue, scenario.country)
    for row in FIELDS.values():
        if row.name not in DRAWN and (row.name != "old_money" or asks_for_old_money):
            with _cell():
                field_control(row, scenario)
    ordered = shown("w_ordered", scenario.ordered(catalogue))
    with _cell():
        st.checkbox(
            FIELDS["ordered_by_authority"].title, scenario.ordered(catalogue), key=ordered,
            on_change=when_heard(
                ordered, lambda: state.change("ordered", ordered_by_authority=st.session_state[ordered])
            ),
            help=FIELDS["ordered_by_authority"].help,
        )  # fmt: skip
    own = catalogue.countries[scenario.country].currency
    if own and own != "USD":
        with _cell():
            _money(catalogue, scenario, own)


def _money(catalogue: Catalogue, scenario: Scenario, own: str) -> None:
    money = shown("w_currency", scenario.currency)
    st.radio(
        FIELDS["currency"].title, ["USD", own], ["USD", own].index(scenario.currency), key=money, horizontal=True,
        on_change=when_heard(money, lambda: state.choose_money(st.session_state[money])),
    )  # fmt: skip
    if scenario.currency != "USD":
        _parameter(catalogue.parameters["currency.lcu_per_usd"], where="money")


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
    section = st.expander("Change assumptions", key="x_advanced", on_change="rerun")
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
        offered = sorted({256, 1024, 4096, SHARED_DRAWS, scenario.draws})
        st.select_slider(
            FIELDS["draws"].title, offered, scenario.draws, key=draws,
            on_change=when_heard(draws, lambda: state.change("draws", draws=st.session_state[draws])),
            help=f"Up to {MAX_DRAWS:,} on the command line.",
        )  # fmt: skip


def _parameter(parameter: Parameter, help_text: str = "", where: str = "p") -> None:
    """The control that a parameter's row declares; `where` tells two controls of one parameter apart."""
    given = state.scenario().assumptions.get(parameter.key)
    control = control_of(parameter, help_text=help_text, points=True, typed=where == "p")
    parameter_control(
        control, given, lambda new: state.assume(parameter.key, new), f"{where}_{parameter.key}"
    )
