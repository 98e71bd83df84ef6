"""Up to four complete scenarios side by side, and the slots that keep them."""

from __future__ import annotations

from zlib import crc32

import pandas as pd
import streamlit as st

from model.common.errors import InputError
from model.common.program.progress import Tick
from model.compare import differences
from model.compare import sentences as words
from model.compare.differences import Compared
from model.compare.names import described, names
from model.scenario.changes import changes
from model.scenario.fields import Header
from model.scenario.link import to_query
from model.scenario.scenario import Scenario, checked
from views.pages.compare import along, frames
from views.pages.compare import parts as parts
from views.parts import blocks, sharing
from views.session import state
from views.session.waiting import StoppedError
from views.words import escaped, shown, when_heard

TAKEN = ("Assumption",)  # names of the table's own columns


def section() -> str:
    """The present scenario against those that are kept; the first kept is the reference."""
    others = state.comparison().others
    now = state.scenario()
    given = [now, *others] if others else [now, state.starting_point()]
    if not others and len(set(map(parts.scenario_key, differences.aligned(given)))) == 1:
        sharing.keep_button("compare")
        st.markdown("Keep this scenario, then change it: both stand here side by side, up to four at a time.")
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
    _chart(rows, headline)
    fold = parts.fold("At every length", "every_length")
    if fold.open:
        with fold:
            along.section(differences.aligned(given), rows, 1)
    _assumptions(rows)
    _slots(others)
    return headline


def _rows(given: list[Scenario]) -> tuple[list[Compared], str]:
    """Rows in the order of the slots, the reference second: its draws are the first's."""

    def build(tick: Tick) -> tuple[list[Compared], str]:
        ready = differences.aligned(given)
        labels = names(state.catalogue(), ready, TAKEN)
        rows = differences.side_by_side(state.catalogue(), ready, labels, reference=1, tick=tick)
        return differences.without_draws(rows), words.scenarios_headline(rows, 0, 1)

    key = ("scenarios", tuple(parts.scenario_key(item) for item in given))
    return parts.remembered(key, build)


def _chart(rows: list[Compared], headline: str) -> None:
    """The reference on top, the others under it, each with what it costs more or less."""
    unit, base = rows[0].result.money.unit, rows[1].label
    ordered = [rows[1], rows[0], *rows[2:]]
    amounts = "; ".join(f"{row.label} {words.spread_text(row.amount, unit)}" for row in ordered)
    said = f"Grey: {base}, which the others are compared with"
    text = parts.caption_of_rows(
        ordered, headline.rstrip("."), f"Direct loss; {said[0].lower()}{said[1:]}",
        f"Dots with ranges of the direct loss by scenario: {amounts}.",
    )  # fmt: skip
    parts.dot_block("scenarios", ordered, text, main=True, grey=0, between=words.between(ordered, 0, unit))
    table = frames.in_words(
        ordered, unit, "Scenario", "the first", ["difference", "per_hour", "share_of_gdp"], "GDP"
    )
    parts.table_block(table, ordered, blocks.file_name(rows[0].result, "scenarios"))


def _assumptions(rows: list[Compared]) -> None:
    """What differs from the reference, one line for each thing that any scenario sets."""
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
    blocks.words_table(frame[names].fillna("the same"))


def _slots(others: tuple[Scenario, ...]) -> None:
    """Title, load, remove and reference of each scenario that is kept."""
    st.subheader("Kept scenarios")
    if not others:
        st.markdown("None yet: here it is compared with where you began.")
    for column, (index, other) in zip(st.columns(3), enumerate(others), strict=False):
        with column:
            _slot(index, other)
    sharing.keep_button("compare")


def _slot(index: int, other: Scenario) -> None:
    key = shown(f"c_title_{index}", other.header.title)
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
        reference = ", the one compared with" if index == 0 else ""
        st.text_input(
            f"Title of scenario {index + 1}{reference}", other.header.title, key=key,
            on_change=when_heard(key, named), placeholder=described(state.catalogue(), other), max_chars=200,
        )  # fmt: skip
        with st.container(horizontal=True):
            st.button(
                "Load", key=f"c_load_{index}", on_click=state.bring, args=(other,),
                help="Make it the present scenario.",
            )  # fmt: skip
            if index:
                st.button(
                    "Compare with this one",
                    key=f"c_base_{index}_{mark}",
                    on_click=_first,
                    args=(index, other),
                )
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
