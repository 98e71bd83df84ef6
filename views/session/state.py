"""The reader's scenario in the session, and the estimate that belongs to it.

The scenario is the truth; every widget shows a part of it and hands back a change. A change that cannot be
used leaves the scenario as it was and puts a sentence on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from model.catalogue.parameters import Override
from model.common.errors import InputError
from model.common.program.progress import Tick
from model.common.text import capital
from model.estimation import estimates
from model.estimation.estimate import Estimate
from model.estimation.world import OF_ONE_COUNTRY, moved
from model.scenario import events as shipped
from model.scenario.comparison import ITSELF, NOTHING, Comparison, from_link, to_link
from model.scenario.events import Event, checked_events, checked_points, event_of, shipped_as
from model.scenario.fields import FIELDS, Header
from model.scenario.file import from_toml, note_on_file
from model.scenario.scenario import BASELINE, SHARED_DRAWS, Scenario, checked, shared
from views.session.store import FRESH, PageField, Store, say_refused
from views.session.waiting import afloat, reserve, watched
from views.words import IGNORED, REFUSED, escaped, note

NOW, START, BESIDE = "now", "start", "beside"  # the values of the store
KEPT_HEADERS = "headers_of_kept_scenarios"
LOCAL_MONEY = "local_money_wanted"  # whatever the country
MOST_HEADERS = 20
catalogue = estimates.catalogue


def starting_points() -> dict[str, Scenario]:
    """The shipped scenarios by title, in the order of their files."""
    return {item.header.title: item for item in checked_points(catalogue()).values()}


def events() -> dict[str, Event]:
    """Documented disruptions by title, the latest first."""
    return {item.scenario.header.title: item for item in reversed(checked_events(catalogue()))}


def event_of_start() -> Event | None:
    """The documented disruption that the reader started from, at whatever size of what its sources leave open."""
    return event_of(events().values(), starting_point())


def named() -> dict[str, Scenario]:
    """Everything to begin from, by the name of its file."""
    return checked_points(catalogue()) | {item.id: item.scenario for item in checked_events(catalogue())}


class ScenarioStore(Store):
    """The reader's scenario, where it began and what stands beside it.

    A link has the names of `model.scenario` for them, and every name that is of no other page.
    """

    def to_link(self) -> dict[str, str]:
        """The scenario and its comparison as link parameters.

        What a reader wrote of a scenario of their own goes along; what the project ships is found again by its title.
        """
        now, point = scenario(), starting_point()
        origin = next((name for name, item in named().items() if item == point), "")
        start = None
        if origin or point == BASELINE:
            origin = origin if now != point else ""
        elif now == point:
            origin = ITSELF
        else:
            start = point
        written = now if is_own(now) else now.with_changes(header=Header(title=now.header.title))
        return to_link(written, replace(comparison(), origin=origin, start=start))

    def from_link(self, query: Mapping[str, str]) -> list[str]:
        """Take the scenario and the comparison of a link; a sentence for each part that was ignored. Never raises."""
        given, beside, ignored = from_link(catalogue(), query, most_draws=SHARED_DRAWS)
        start = None if beside.start is None else honest(beside.start)
        if beside.start is not None and start != beside.start:
            title = beside.start.header.title
            ignored.append(
                f"Starting point: “{title}” is the title of other values; this one is changed from it."
            )
        titled, point = of_title(given), named().get(beside.origin, start or BASELINE)
        if beside.origin == ITSELF:
            point = given
        event = event_of(events().values(), given)
        if event is not None:  # perhaps with another of its open values: then the event is where it began
            given, point = titled or given, event.scenario
        elif titled is not None and titled.with_changes(header=given.header) == given:
            given = point = titled
        elif titled is not None:  # other values under its title: begun from it, and changed
            ignored.append(f"“{given.header.title}” is the title of other values; this is changed from it.")
            given, point = given.with_changes(header=Header()), titled
        start_event = event_of(events().values(), point)
        if start_event is not None and (header := start_event.header_of(given)):
            # found again by its values: a link has its title
            given = given.with_changes(header=replace(header, title=given.header.title or header.title))
        self.put(NOW, given)
        self.put(START, point)
        st.session_state[LOCAL_MONEY] = given.currency != "USD"
        self.put(BESIDE, replace(beside, others=tuple(map(honest, beside.others)), origin="", start=None))
        self.problems.clear()
        return ignored

    def owns(self, name: str) -> bool:
        """Every name; another page's store is asked first."""
        return True


STORE = ScenarioStore(
    "scenario", lambda: {NOW: PageField(BASELINE), START: PageField(BASELINE), BESIDE: PageField(NOTHING)}
)


def scenario() -> Scenario:
    """The reader's scenario."""
    current: Scenario = STORE.get(NOW)
    return current


def starting_point() -> Scenario:
    """The named scenario that the reader started from, the baseline where there is none."""
    point: Scenario = STORE.get(START)
    return point


def comparison() -> Comparison:
    """What stands beside the reader's scenario."""
    beside: Comparison = STORE.get(BESIDE)
    return beside


def compare(field: str, build: Callable[[], Mapping[str, Any]]) -> None:
    """Change the comparison by what `build` gives; an `InputError` is kept as a sentence instead."""
    new = STORE.attempt(field, lambda: replace(comparison(), **build()))
    if new is not None:
        STORE.put(BESIDE, new)


def change(field: str, **values: Any) -> None:
    """Put values into the scenario when they can be used; else keep it and say why under the name `field`."""
    put(field, lambda: scenario().with_changes(**values))


def put(field: str, build: Callable[[], Scenario]) -> None:
    """Replace the scenario by what `build` gives; an `InputError` is kept as a sentence instead."""
    new = STORE.attempt(field, lambda: shared(checked(catalogue(), build())))
    if new is None:
        return
    point, event = starting_point(), event_of_start()
    of_event = Header() if event is None else event.header_of(scenario()) or Header()
    # What is neither the start's title nor one that its event made, the reader typed: it names any values.
    own_title = new.header.title not in ("", point.header.title, of_event.title)
    if new.with_changes(header=point.header) != point:
        # A changed scenario is no longer the one that its start's title names and its source tells of; an event
        # stays itself while only what its sources leave open has moved.
        header = Header() if event is None else event.header_of(new) or Header()
        new = new.with_changes(header=replace(header, title=new.header.title if own_title else header.title))
    elif not own_title:
        new = point  # back where it began, by hand
    beside = comparison()
    if beside.threshold is not None and new.currency != scenario().currency:
        STORE.put(BESIDE, replace(beside, threshold=None))
        note(
            f"The break-even figure was typed in {scenario().currency}; with another money it has to be typed again."
        )
    STORE.put(NOW, new)


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
    """Begin again from a named scenario: all of it, its money too."""
    STORE.put(START, point)
    st.session_state[LOCAL_MONEY] = point.currency != "USD"
    put("starting_point", lambda: point)


def reset() -> None:
    """Back to the starting point."""
    put("reset", starting_point)


def reset_all() -> None:
    """Back to how the page opens, with nothing beside it."""
    STORE.put(BESIDE, replace(NOTHING, show=comparison().show))
    start_from(BASELINE)


def bring(stored: Scenario) -> None:
    """Put a kept scenario into the inputs; where it began is no longer known, so it is its own start.

    Author, date, source and reasons come back too where this session knows them (a link carries the title alone).
    """
    headers = st.session_state.get(KEPT_HEADERS, [])
    header = next((full.header for full in reversed(headers) if same_values(full, stored)), stored.header)
    start_from(honest(stored.with_changes(header=replace(header, title=stored.header.title))))


def keep_header(of: Scenario) -> None:
    """Remember who wrote a scenario that is kept without saying so."""
    st.session_state[KEPT_HEADERS] = [*st.session_state.get(KEPT_HEADERS, []), of][-MOST_HEADERS:]


def same_values(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios differ in their words alone."""
    return one.with_changes(header=Header()) == other.with_changes(header=Header())


def rename(title: str) -> None:
    """Give the scenario a title of the reader's own; nothing typed takes it away.

    The title of other values is refused: its `InputError` becomes a sentence on the page.
    """

    def named() -> Scenario:
        now, point = scenario(), starting_point()
        new = now.with_changes(header=replace(now.header, title=title.strip()))
        if honest(new) != new or (new.header.title == point.header.title and not same_values(new, point)):
            raise InputError("title", new.header.title, "is the title of other values", "a title of your own")
        return new

    put("title", named)


def move(country: str) -> None:
    """Take the scenario to another country; what was typed for the first alone stays behind, which is said."""
    before = scenario()
    own = catalogue().countries[country].currency
    wanted = own if own and st.session_state.get(LOCAL_MONEY, before.currency != "USD") else "USD"
    put("country", lambda: moved(before, country).with_changes(currency=wanted))
    _say_left_behind(before)


def choose_money(currency: str) -> None:
    """Show amounts in dollars or in the money of the country; which of the two is kept where the country changes."""
    st.session_state[LOCAL_MONEY] = currency != "USD"
    change("currency", currency=currency)


def _say_left_behind(before: Scenario) -> None:
    """Say which amounts of one country did not come along to another."""
    now = scenario()
    left = [key for key in OF_ONE_COUNTRY if key in before.assumptions and key not in now.assumptions]
    if left and now.country != before.country:
        labels = ", ".join(catalogue().parameters[key].label for key in left)
        country = catalogue().countries[before.country].name
        note(f"Typed for {country} alone, so taken back: {labels}.")


def take_back(field: str) -> None:
    """Give one field or assumption the value of the starting point; what hangs on a field goes with it."""
    point = starting_point()
    if field in catalogue().parameters:
        assumptions = {key: value for key, value in scenario().assumptions.items() if key != field}
        if field in point.assumptions:
            assumptions[field] = point.assumptions[field]
        change(field, assumptions=assumptions)
        return
    names = (field, *FIELDS[field].goes_with)
    values = {name: getattr(point, name) for name in names}
    before = scenario()
    if field == "country":  # an amount of one country goes or comes with it
        assumptions = {key: value for key, value in before.assumptions.items() if key not in OF_ONE_COUNTRY}
        assumptions |= {key: point.assumptions[key] for key in OF_ONE_COUNTRY if key in point.assumptions}
        values["assumptions"] = assumptions
    change(field, **values)
    _say_left_behind(before)


def take_file(content: bytes) -> bool:
    """Begin again from a scenario file, whole or not at all; returns whether it could be used."""
    given = STORE.attempt("scenario_file", lambda: shared(from_toml(catalogue(), content)))
    if given is None:
        return False
    start_from(honest(given))
    if former := note_on_file(catalogue(), content, given):
        note(former)
    return True


def of_title(of: Scenario) -> Scenario | None:
    """What the project ships under the title of a scenario; an event at the sizes that its title tells."""
    return shipped_as(catalogue(), of)


def is_own(of: Scenario) -> bool:
    """Whether a scenario is none of those that the project ships."""
    return of_title(of) != of


def honest(given: Scenario) -> Scenario:
    """The scenario; its title says that it was changed where it is the title of something shipped with other values."""
    return shipped.honest(catalogue(), given)


def say_problems() -> None:
    """Sentences for what was ignored in a link and for what could not be used, over the foot of the screen.

    There they are seen wherever the reader is, and nothing on the page is pushed away. They are said once; under a
    field its own stays until it is mended.
    """
    ignored = dict.fromkeys(st.session_state.get(IGNORED, []))
    fresh = STORE.problems.values() if st.session_state.pop(FRESH, False) else ()
    refused = dict.fromkeys([*st.session_state.pop(REFUSED, []), *fresh])
    st.session_state[IGNORED] = []
    reserve()
    if not ignored and not refused:
        return
    with afloat("notices"):
        for text in ignored:
            st.warning(escaped(text), icon=":material/link_off:")
        for text in refused:
            say_refused(capital(text))
        st.button("Close", key="close_notices", icon=":material/close:")


def current_estimate() -> Estimate:
    """The estimate of the reader's scenario and who wrote it; a step of the duration reuses the curves."""
    return estimates.titled_estimate(catalogue(), scenario(), _watched)


def estimate_of(of: Scenario) -> Estimate:
    """The estimate of a scenario with its curves, from the cache where it is there."""
    return estimates.estimate_of(catalogue(), of, _watched)


def _watched(key: Hashable, work: Callable[[Tick], Estimate]) -> Estimate:
    return watched(key, "Computing …", work)
