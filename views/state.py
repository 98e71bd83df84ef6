"""The reader's scenario in the session and in the address bar, and the estimate that belongs to it.

The scenario is the truth; every widget shows a part of it and hands back a change. A change that cannot be
used leaves the scenario as it was and puts a sentence on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from model.catalogue import Catalogue, load
from model.codecs import from_query, read_file, to_query
from model.durations import STOPS
from model.errors import InputError
from model.estimate import Estimate, at_duration, estimate
from model.parameters import Override
from model.scenario import BASELINE, Header, Scenario, checked
from views.words import escaped

SCENARIO, START, PROBLEMS, IGNORED = "scenario", "starting_point", "problems", "ignored"
QUERY_SEEN, PAGE_SEEN = "query_seen", "page_seen"
CACHED = 32


@st.cache_resource(show_spinner=False)
def _catalogue() -> Catalogue:
    return load()


def catalogue() -> Catalogue:
    """The project's tables, read once for everybody."""
    return _catalogue()


@st.cache_resource(show_spinner=False)
def starting_points() -> dict[str, Scenario]:
    """The shipped scenarios by title, in the order of their files."""
    folder = catalogue().root / "data" / "scenarios"
    found = [checked(catalogue(), read_file(catalogue(), path)) for path in sorted(folder.glob("*.toml"))]
    return {item.header.title: item for item in found}


def scenario() -> Scenario:
    """The reader's scenario."""
    current: Scenario = st.session_state.setdefault(SCENARIO, BASELINE)
    return current


def starting_point() -> Scenario:
    """The named scenario that the reader started from, the baseline where there is none."""
    point: Scenario = st.session_state.setdefault(START, BASELINE)
    return point


def change(field: str, **values: Any) -> None:
    """Put values into the scenario when they can be used; else keep it and say why under the name `field`."""
    put(field, lambda: scenario().but(**values))


def put(field: str, build: Callable[[], Scenario]) -> None:
    """Replace the scenario by what `build` gives; an `InputError` is kept as a sentence instead."""
    problems: dict[str, str] = st.session_state.setdefault(PROBLEMS, {})
    try:
        new = checked(catalogue(), build())
    except InputError as problem:
        problems[field] = str(problem)
        return
    problems.clear()
    if new.header.title and new != starting_point():
        new = new.but(header=Header())  # a changed scenario is no longer the one that the title names
    st.session_state[SCENARIO] = new


def assume(key: str, value: Override | None) -> None:
    """Give a parameter a value or a range; None or the shipped range takes it back."""
    assumptions = dict(scenario().assumptions)
    default = catalogue().parameters[key].default
    shipped = default is not None and value in (default.mode, (default.low, default.mode, default.high))
    if default is not None and default.spread and value == default.mode:
        shipped = False  # pinning an uncertain input at its mode is a choice
    if value is None or shipped:
        assumptions.pop(key, None)
    else:
        assumptions[key] = value
    change(key, assumptions=assumptions)


def start_from(point: Scenario) -> None:
    """Begin again from a named scenario, in the reader's currency where that is possible."""
    st.session_state[START] = point
    put("starting_point", lambda: point)


def reset() -> None:
    """Back to the starting point."""
    put("reset", starting_point)


def problems() -> Mapping[str, str]:
    """What could not be used, by field."""
    found: dict[str, str] = st.session_state.setdefault(PROBLEMS, {})
    return found


def read_link(page: str) -> None:
    """Take over the address bar when it says something new; a change of page alone keeps the scenario."""
    query = {key: value for key, value in st.query_params.items() if not key.startswith("embed")}
    moved = st.session_state.get(PAGE_SEEN) not in (None, page)
    st.session_state[PAGE_SEEN] = page
    if query == st.session_state.get(QUERY_SEEN) or (moved and not query):
        return
    if QUERY_SEEN not in st.session_state and not query:
        return
    found, ignored = from_query(catalogue(), query)
    st.session_state[SCENARIO], st.session_state[IGNORED] = found, ignored
    point = starting_points().get(found.header.title)
    if point is not None and point.but(header=found.header) == found:
        st.session_state[SCENARIO] = st.session_state[START] = point
    st.session_state[PROBLEMS] = {}


def write_link() -> None:
    """Keep the address bar in step with the scenario."""
    query = to_query(scenario())
    if dict(st.query_params) != query:
        st.query_params.from_dict(query)
    st.session_state[QUERY_SEEN] = query


def say_problems() -> None:
    """Sentences for what was ignored in a link and for what could not be used, above everything else."""
    for text in st.session_state.get(IGNORED, []):
        st.warning(escaped(text), icon=":material/link_off:")
    st.session_state[IGNORED] = []
    for text in problems().values():
        st.error(
            escaped(f"{text[0].upper()}{text[1:]}. The last good result stays."), icon=":material/error:"
        )


def _key(of: Scenario) -> tuple[tuple[str, str], ...]:
    return tuple(to_query(of.but(header=Header())).items())


@st.cache_resource(max_entries=CACHED, show_spinner=False)
def _with_curves(key: tuple[tuple[str, str], ...], _scenario: Scenario) -> Estimate:
    return estimate(catalogue(), _scenario)


@st.cache_resource(max_entries=CACHED, show_spinner=False)
def _at_stop(key: tuple[tuple[str, str], ...], _scenario: Scenario) -> Estimate:
    first = _scenario.but(hours=BASELINE.hours)
    return at_duration(_with_curves(_key(first), first), _scenario.hours)


def current() -> Estimate:
    """The estimate of the reader's scenario; a step of the duration reuses the curves."""
    now = scenario().but(header=Header())
    if now.hours in STOPS and now.hours != BASELINE.hours:
        return _at_stop(_key(now), now)
    return _with_curves(_key(now), now)
