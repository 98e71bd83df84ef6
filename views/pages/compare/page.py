"""The page of comparisons: lengths, types, countries and own scenarios side by side."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from model.common.program.progress import Tick
from model.compare import differences
from model.compare import sentences as words
from model.compare.differences import Compared
from model.estimation.words import place_text, start_text
from model.scenario.comparison import SECTIONS
from views.components.copy import copy_texts
from views.pages.compare import breakeven as breakeven
from views.pages.compare import frames, lengths, places, scenarios
from views.pages.compare import parts as parts
from views.parts import blocks
from views.session import state
from views.session.waiting import StoppedError, say_stopped
from views.words import escaped, shown, when_heard

LABELS = {"durations": "Lengths", "kinds": "Types", "places": "Countries", "scenarios": "My scenarios"}
INSIDE = {"breakeven": "durations"}  # a small tool under another part, with a link of its own


HEADED = "part_under_the_headline"


def page() -> None:
    """Show the open part of the comparison; the others cost nothing."""
    answer, part = st.empty(), state.comparison().show
    if (
        st.session_state.get(HEADED) != part
    ):  # while it is computed, another part's answer must not stand over it
        answer.markdown(f"### {LABELS[INSIDE.get(part, part)]}")
        st.session_state[HEADED] = part
    tab = INSIDE.get(part, part)
    key = shown("c_show", tab)

    def opened() -> None:
        state.compare("show", lambda: {"show": st.session_state[key] or SECTIONS[0]})

    st.segmented_control(
        "Compare", list(LABELS), default=tab, key=key, on_change=when_heard(key, opened),
        format_func=LABELS.__getitem__, required=True, label_visibility="collapsed",
    )  # fmt: skip
    parts_of_page: dict[str, Callable[[], str]] = {
        "durations": lengths.section, "kinds": _kinds, "scenarios": scenarios.section, "places": places.section,
    }  # fmt: skip
    try:
        headline = parts_of_page[tab]()
    except StoppedError:
        answer.markdown(f"### {escaped(say_stopped())}")
        return
    with answer.container():
        st.markdown(f"### {escaped(blocks.unbroken(headline))}")
        copy_texts("The answer", {"Copy sentence": headline}, "c_copy_sentence", shown=False)


def _kinds() -> str:
    """The same length and place for every type of disruption."""
    scenario = state.scenario()

    def build(tick: Tick) -> tuple[list[Compared], str]:
        rows = differences.kinds(state.catalogue(), scenario, tick)
        own = next(index for index, row in enumerate(rows) if row.result.scenario.kind == scenario.kind)
        return differences.without_draws(rows), words.kinds_headline(rows, own)

    rows, headline = parts.remembered(("kinds", parts.scenario_key(scenario)), build)
    parts.warn([row for row in rows if row.result.scenario.kind == scenario.kind])
    own = next(row for row in rows if row.result.scenario.kind == scenario.kind)
    ranked = sorted(rows, key=lambda row: -(row.amount.median or 0))
    unit, mine = own.result.money.unit, state.catalogue().kinds[scenario.kind].phrase
    length = words.span_text(scenario)
    amounts = "; ".join(f"{row.label} {words.spread_text(row.amount, unit)}" for row in ranked)
    where = f"{length} {place_text(own.result)}{start_text(scenario)}"
    text = parts.caption_of_rows(
        ranked, words.kinds_title(ranked),
        f"{where}; direct loss; slowdown: quality left; cable cut: capacity lost; grey: {mine}",
        f"Dots with ranges of the direct loss by type of disruption: {amounts}.",
    )  # fmt: skip
    parts.dot_block("kinds", ranked, text, main=True, grey=ranked.index(own))
    table = frames.in_words(ranked, unit, "Type", mine, ["difference"])
    parts.table_block(table, ranked, blocks.file_name(own.result, "kinds"))
    st.caption(
        "Quality or capacity that you gave holds for its own type; the others take the default values."
    )
    return headline
