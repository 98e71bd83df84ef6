"""Up to four complete scenarios side by side, and the slots that keep them."""

from __future__ import annotations

from zlib import crc32

import pandas as pd
import streamlit as st

from charts.amounts import bars
from model.common.errors import InputError
from model.common.numbers import scale_of
from model.compare import differences
from model.compare.differences import Compared
from model.estimation.estimate import Tick
from model.scenario.changes import changes
from model.scenario.fields import Header
from model.scenario.link import to_query
from model.scenario.scenario import Scenario, checked
from views.pages.compare import along, frames
from views.pages.compare import parts as parts
from views.pages.compare import sentences as words
from views.pages.compare.names import described, names
from views.parts import blocks, sharing
from views.session import state
from views.session.waiting import StoppedError
from views.words import escaped, shown, when_heard

TAKEN = ("Assumption",)  # names of the table's own columns


def section() -> str:
    """The scenario in the sidebar against those that are kept; the first kept is the baseline."""
    others = state.comparison().others
    now = state.scenario()
    given = [now, *others] if others else [now, state.starting_point()]
    if not others and len(set(map(parts.scenario_key, differences.aligned(given)))) == 1:
        sharing.keep_button("compare")
        st.markdown(
            "Keep this scenario, then change it in the sidebar (» on a phone): both stand here side by side, up to "
            "four at a time."
        )
        return "Nothing to compare yet: keep this scenario, then change it."
    try:
        rows, headline = _rows(given)
    except StoppedError:
        _slots(others)
        raise
    parts.warn(rows)
    for note in (words.money_differs(given), words.draws_note(given, [row.label for row in rows])):
        if note:
            st.info(escaped(note), icon=":material/info:")
    _charts(rows)
    along.section(differences.aligned(given), rows, 1)
    _assumptions(rows)
    _slots(others)
    return headline


def _rows(given: list[Scenario]) -> tuple[list[Compared], str]:
    """Rows in the order of the slots, the baseline second: its draws are the first's."""

    def build(tick: Tick) -> tuple[list[Compared], str]:
        ready = differences.aligned(given)
        labels = names(state.catalogue(), ready, TAKEN)
        rows = differences.side_by_side(state.catalogue(), ready, labels, reference=1, tick=tick)
        return differences.without_draws(rows), words.scenarios_headline(rows, 0, 1)

    key = ("scenarios", tuple(parts.scenario_key(item) for item in given))
    return parts.remembered(key, build)


def _charts(rows: list[Compared]) -> None:
    unit, base = rows[0].result.money.unit, rows[1].label
    amounts = "; ".join(f"{row.label} {words.spread_text(row.amount, unit)}" for row in rows)
    left, right = st.columns(2, gap="large")
    with left:
        text = parts.caption_of_rows(
            rows, "Each scenario", f"Net direct loss, value added; grey: the baseline, {base}",
            f"Bars of the net direct loss by scenario: {amounts}.",
        )  # fmt: skip
        parts.bar_block("scenarios", rows, text, grey=1)
    with right:
        apart = [row for index, row in enumerate(rows) if index != 1]
        amounts = "; ".join(f"{row.label} {words.signed_text(row.difference, unit)}" for row in apart)
        text = parts.caption_of_rows(
            apart, "More or less than the baseline",
            f"Net direct loss less that of {base}, draw by draw on the same draws",
            f"Bars of the difference from {base}: {amounts}.",
        )  # fmt: skip
        frame, money = frames.bars(apart, "difference"), blocks.money_unit(rows[0].result)
        parts.compared_block(
            "difference", apart, text,
            lambda form: bars(
                frame, money, text, form, lambda value: words.signed(value * scale_of(unit), unit), "Difference",
            ),
        )  # fmt: skip
    blocks.words_table(
        frames.in_words(rows, unit, "Scenario", "the baseline", ["difference", "per_hour", "share_of_gdp"])
    )
    st.caption(
        "The first is the scenario in the sidebar. Differences and ratios on the same draws; "
        "ranges run from the 5th to the 95th percentile."
    )


def _assumptions(rows: list[Compared]) -> None:
    """What differs from the baseline, one line for each thing that any scenario sets."""
    st.subheader("What differs")
    base = rows[1].result.scenario
    lines: dict[str, dict[str, str]] = {}
    for row in [row for index, row in enumerate(rows) if index != 1]:
        for change in changes(state.catalogue(), row.result.scenario, base):
            line = lines.setdefault(change.field, {"Assumption": change.label, rows[1].label: change.before})
            line[row.label] = change.after
    if not lines:
        st.markdown("Nothing: the scenarios are the same.")
        return
    frame = pd.DataFrame(lines.values())
    names = [
        "Assumption",
        rows[1].label,
        *(row.label for row in rows if row.label in frame.columns and row is not rows[1]),
    ]
    blocks.words_table(frame[names].fillna("as the baseline"))


def _slots(others: tuple[Scenario, ...]) -> None:
    """Title, load, remove and baseline of each scenario that is kept."""
    st.subheader("Kept scenarios")
    if not others:
        st.markdown("None yet: the baseline here is the starting point.")
    for column, (index, other) in zip(st.columns(3), enumerate(others), strict=False):
        with column:
            _slot(index, other)
    sharing.keep_button("compare")


def _slot(index: int, other: Scenario) -> None:
    key = shown(f"c_title_{index}", other.header.title)
    own = state.scenario()
    mark = _mark(state.comparison().others)

    def named() -> None:
        def build() -> dict[str, tuple[Scenario, ...]]:
            title = (st.session_state[key] or "").strip()
            new = checked(state.catalogue(), other.with_changes(header=Header(title=title)))
            if state.honest(new) != new:
                raise InputError("title", title, "is the title of other values", "a title of your own")
            return {"others": _with(index, other, new)}

        state.compare("title", build)

    with st.container(border=True):
        st.text_input(
            f"Title of scenario {index + 1}{', the baseline' if index == 0 else ''}", other.header.title, key=key,
            on_change=when_heard(key, named), placeholder=described(state.catalogue(), other), max_chars=200,
        )  # fmt: skip
        with st.container(horizontal=True):
            st.button(
                "Load", key=f"c_load_{index}", on_click=state.bring, args=(other,),
                disabled=state.same_values(other, state.scenario()) and other.header.title == own.header.title,
                help="Put it into the sidebar.",
            )  # fmt: skip
            if index:
                st.button("Make baseline", key=f"c_base_{index}_{mark}", on_click=_first, args=(index, other))
            st.button("Remove", key=f"c_remove_{index}_{mark}", on_click=_remove, args=(index, other))


def _mark(others: tuple[Scenario, ...]) -> str:
    """A short name of what is kept: a second click on a button meant for another set then finds no button.

    Without the titles, since a title that is typed and a button that is pressed at once are two intents.
    """
    text = repr([to_query(other.with_changes(header=Header())) for other in others])
    return f"{crc32(text.encode()):08x}"


def _place(index: int, other: Scenario) -> int | None:
    """Where a kept scenario stands by now, nothing where it is gone."""
    others = state.comparison().others
    near = [index, *range(len(others))]
    return next((at for at in near if at < len(others) and state.same_values(others[at], other)), None)


def _with(index: int, other: Scenario, new: Scenario) -> tuple[Scenario, ...]:
    others, at = list(state.comparison().others), _place(index, other)
    if at is None:
        raise InputError("title", new.header.title, "belongs to no kept scenario", "a scenario that is kept")
    others[at] = new
    return tuple(others)


def _first(index: int, other: Scenario) -> None:
    others, at = state.comparison().others, _place(index, other)
    if at is not None:
        state.compare("scenarios", lambda: {"others": (others[at], *others[:at], *others[at + 1 :])})


def _remove(index: int, other: Scenario) -> None:
    others, at = state.comparison().others, _place(index, other)
    if at is not None:
        state.compare("scenarios", lambda: {"others": others[:at] + others[at + 1 :]})
