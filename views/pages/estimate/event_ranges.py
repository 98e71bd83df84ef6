"""What the sources of a documented disruption leave open: its buttons under More options, its costs on the page."""

from __future__ import annotations

import streamlit as st

from model.common.cache import Cache
from model.common.program.progress import Tick
from model.common.ranges import Range
from model.compare.differences import estimated
from model.estimation.estimate import Estimate
from model.scenario.events import Event, value_of
from model.scenario.fields import Header
from model.scenario.link import to_query
from model.scenario.open_values import LABELS, OpenValue, range_words, size_words
from views.session import state
from views.session.waiting import StoppedError, say_stopped, watched
from views.words import escaped, linked

COSTS: Cache[list[Range[float | None]]] = Cache()


def shown_event() -> Event | None:
    """The event that the reader's scenario is, at any size of its open values; None where it is none."""
    event = state.event_of_start()
    return event if event is not None and event.header_of(state.scenario()) else None


def buttons(event: Event) -> None:
    """Each open value as a sentence, with a button for each of its sizes."""
    now = state.scenario()
    for item in event.ranges:
        st.caption(escaped(range_words(item)))
        with st.container(horizontal=True, gap="small"):
            for name, value in item.ends().items():
                part = "event" if item.field == "hours" else f"event_{item.field}"
                st.button(
                    _button(item, name, value), key=f"{part}_{name}", help=linked(item.why),
                    type="primary" if value == value_of(now, item.field) else "secondary",
                    on_click=state.change, args=(item.field,), kwargs=event.changes(now, item.field, value),
                )  # fmt: skip


def _button(item: OpenValue, name: str, value: float) -> str:
    size = size_words(item, value)
    if name == "best" and value in (item.low, item.high):
        return f"At least {size}" if value == item.low else f"At most {size}"
    return f"{name.capitalize()}: {size}"


def line(result: Estimate) -> None:
    """One line above the headline: what of this event is not known, and how far the loss moves with it."""
    event = shown_event()
    if event is None or not event.ranges:
        return
    title = escaped((event.header_of(result.scenario) or event.scenario.header).title)
    try:
        costs = _costs_of(event, result)
    except StoppedError:  # the answer stands below all the same
        answer = st.container()
        answer.caption(f"**{title}.** What is not known of it: {say_stopped()}")
        return
    open_values = []
    for item in event.ranges:
        ends = (item.low, item.high)
        cost = " and ".join(
            f"{costs[item.field, end].money(result.money.unit).roughly} at {size_words(item, end)}"
            for end in ends
        )
        basis = "an assumption" if item.status == "assumption" else "from the sources"
        open_values.append(f"{LABELS[item.field].lower()}, {basis} (it cost {cost})")
    st.caption(f"**{title}.** Not known: {escaped(', and '.join(open_values))}.")


def costs_of_open_values(result: Estimate) -> None:
    """The table of what is not known, with the loss at low, best and high."""
    event = shown_event()
    if event is None or not event.ranges:
        return
    try:
        costs = _costs_of(event, result)
    except StoppedError:  # which the line above says, with the way on
        return
    with st.expander("What we do not know of this event, and what it does to the loss", expanded=True):
        rows = ["| Not known | Low | Best | High |", "|---|---|---|---|"]
        for item in event.ranges:
            cells = (_cell(item, name, costs, result) for name in ("low", "best", "high"))
            rows.append(f"| {escaped(LABELS[item.field])} | {' | '.join(cells)} |")
        st.markdown("\n".join(rows))
        for item in event.ranges:
            st.caption(f"{escaped(LABELS[item.field])} ({_basis(item)}): {linked(item.why)}")
        st.caption(
            "Direct loss with its range, one value moved at a time and all others at their best. "
            "The range above does not include this."
        )


def _cell(
    item: OpenValue, name: str, costs: dict[tuple[str, float], Range[float | None]], result: Estimate
) -> str:
    value = {"low": item.low, "best": item.best, "high": item.high}[name]
    if name not in item.ends():  # the best value is this end
        return "as best"
    cost = costs[item.field, value].money(result.money.unit)
    return f"{escaped(size_words(item, value))}: **{escaped(cost.median)}**{escaped(cost.bracket())}"


def _basis(item: OpenValue) -> str:
    return "an assumption" if item.status == "assumption" else "as read in the sources"


def _costs_of(event: Event, result: Estimate) -> dict[tuple[str, float], Range[float | None]]:
    """The loss at each size of each open value, with the reader's money, draws and seed."""
    now = result.scenario
    forms = {
        (item.field, value): event.at(item.field, value).with_changes(
            currency=now.currency, draws=now.draws, seed=now.seed, header=Header()
        )
        for item in event.ranges
        for value in (item.low, item.best, item.high)
    }
    key = (state.catalogue(), *(tuple(to_query(form).items()) for form in forms.values()))
    distinct = list(dict.fromkeys(forms.values()))

    def build(tick: Tick) -> list[Range[float | None]]:
        results = dict(zip(distinct, estimated(state.catalogue(), distinct, "net_direct", tick), strict=True))
        rows = [results[form].amount("net_direct") for form in forms.values()]
        return [row.range for row in rows]

    costs = COSTS.get(key, lambda: watched(key, "Computing what is not known …", build))
    return dict(zip(forms, costs, strict=True))
