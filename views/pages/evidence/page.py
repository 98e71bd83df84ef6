"""What speaks for and against the model: back-tests, the record, all estimates of one event, claims."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import streamlit as st

from model.catalogue.load import Catalogue
from model.claims.cards import ClaimCard, claim_cards
from model.common.cache import cached
from model.common.version import MODEL_VERSION
from model.evidence.backtest import backtest
from model.evidence.scores import Backtest
from model.text.writer import csv_bytes, table
from views.pages.evidence import back_tests, record, spread
from views.pages.evidence.controls import (
    ALL_CARDS,
    CARDS,
    PRICES,
    RECORD,
    SEARCH,
    SECTION,
    SECTIONS,
    STORE,
    TESTS,
)
from views.parts.captions import (
    anchor_link,
    evidence_file_name,
    linked_sources,
)
from views.parts.choices import choice_field
from views.session import state
from views.session.store import MOST_TEXT
from views.words import escaped, shown, when_heard

CARDS_SHOWN = 12

_backtest, _claim_cards = cached()(backtest), cached()(claim_cards)


def page() -> None:
    """One section at a time: each computes only what it shows."""
    catalogue = state.catalogue()
    section = str(STORE.get(SECTION))
    choice_field(STORE, SECTION, "Section", "w_evidence_section", SECTIONS.values(), hidden=True)
    if section == TESTS:
        back_tests.section(catalogue, tests(catalogue))
    elif section == RECORD:
        record.section(catalogue)
    elif section == PRICES:
        spread.section(catalogue)
    else:
        _cards(catalogue, cards(catalogue))


def tests(catalogue: Catalogue) -> Backtest:
    """The back-tests, run once for each state of the tables."""
    with st.spinner("Running the back-tests …"):
        return _backtest(catalogue)


def cards(catalogue: Catalogue) -> tuple[ClaimCard, ...]:
    with st.spinner("Placing the claims …"):
        return _claim_cards(catalogue)


def _cards(catalogue: Catalogue, every_card: Sequence[ClaimCard]) -> None:
    """Cards that hold all words of the search."""
    st.markdown(f"### {escaped(cards_sentence(every_card))}")
    st.markdown(
        f"{len(every_card) - _placed(every_card)} say why they cannot be placed. This model rests on assumptions."
    )
    key = shown("w_evidence_search", searched := str(STORE.get(SEARCH)))
    st.text_input(
        "Search the claims",
        searched,
        key=key,
        max_chars=MOST_TEXT,
        on_change=when_heard(key, lambda: STORE.put(SEARCH, st.session_state[key])),
        placeholder="Words that a card must hold: P@SHA hour, telecom, claim_001 …",
    )
    words = searched.casefold().split()
    fitting = [card for card in every_card if all(word in card.text for word in words)]
    fitting.sort(key=lambda card: card.id not in words)  # the one that is named comes first
    if not fitting:
        st.info("No card holds these words. Use fewer words.", icon=":material/search_off:")
        return
    every = len(fitting) <= CARDS_SHOWN or _all_cards(len(fitting))
    chosen = fitting if every else fitting[:CARDS_SHOWN]
    others = _disputing(chosen, every_card)
    here = {card.id for card in (*chosen, *others)}
    _grid(chosen, here)
    if others:
        st.markdown(f"{len(others)} more that contradict these or are contradicted by them:")
        _grid(others, here)
    st.caption(
        f"Claims are compared with the export earnings and the GDP of their own year: "
        f"{linked_sources(bases(every_card))}. Our own amounts beside them rest on the same years, and on assumptions."
    )
    st.download_button(
        "These cards (CSV)",
        lambda: csv_bytes(cards_csv(fitting)),
        f"{evidence_file_name('claims')}.csv",
        "text/csv",
        key="csv_cards",
        on_click="ignore",
    )


def bases(cards: Sequence[ClaimCard]) -> list[tuple[str, str]]:
    """The receipts and the GDP of the claims' own years behind the shares on the cards, with their addresses."""
    return [item for item in dict.fromkeys(card.held_against for card in cards) if item[0]]


def _placed(cards: Sequence[ClaimCard]) -> int:
    return sum(bool(card.placements) for card in cards)


def cards_sentence(cards: Sequence[ClaimCard]) -> str:
    """How many claims there are, how many can be placed, and how many of those lie above all that we draw."""
    ends = [min(item.percentile_low for item in card.placements) for card in cards if card.placements]
    beyond = sum(end >= 1 for end in ends)
    return (
        f"{len(cards)} published claims; we only do the arithmetic. {len(ends)} can be compared with our simulations "
        f"of the same scope, on their own basis where they state one, and {beyond} of them lie above every simulation."
    )


def _all_cards(number: int) -> bool:
    """Whether the reader wants more cards than the first."""
    key = shown("w_evidence_cards", every := str(STORE.get(CARDS)) == ALL_CARDS)
    st.toggle(
        f"Show all {number}",
        every,
        key=key,
        on_change=when_heard(key, lambda: STORE.put(CARDS, ALL_CARDS if st.session_state[key] else None)),
    )
    return every


def _disputing(chosen: Sequence[ClaimCard], every_card: Sequence[ClaimCard]) -> list[ClaimCard]:
    """The cards that the chosen ones contradict, and theirs in turn: no reader follows a dispute to nowhere."""
    cards, reached = {card.id: card for card in every_card}, {card.id for card in chosen}
    waiting = [name for card in chosen for name in card.against]
    while waiting:
        name = waiting.pop()
        if name in cards and name not in reached:
            reached.add(name)
            waiting += cards[name].against
    return [card for card in every_card if card.id in reached and card not in chosen]


def _grid(chosen: Sequence[ClaimCard], here: Collection[str]) -> None:
    for start in range(0, len(chosen), 2):
        for column, card in zip(st.columns(2), chosen[start : start + 2], strict=False):
            with column.container(border=True, height="stretch"):
                _card(card, here)


def _to_cards(text: str, here: Collection[str]) -> str:
    """Escaped text in which a claim whose card stands on the page is a link to it."""

    def link(match: re.Match[str]) -> str:
        name = f"claim_{match[1]}"
        return anchor_link(name, name) if name in here else match[0]

    return re.sub(r"claim\\_(\d{3})", link, escaped(text))


def _card(card: ClaimCard, here: Collection[str]) -> None:
    """One claim; those against it are links to their cards on the page."""
    st.subheader(escaped(card.title), anchor=card.id)
    st.markdown(escaped(f"{card.said}."))
    st.caption(f"{escaped(f'{card.who}, {card.when}; {card.scope}; {card.basis} [{card.id}; our words]')}")
    lines = [f"- {_to_cards(text, here)}" for text in card.implications]
    lines += [f"- {escaped(item.sentence)}" for item in card.placements]
    if card.not_placed:
        lines.append(f"- {escaped(f'Not placed in our distribution: {card.not_placed}')}")
    st.markdown("\n".join(lines))
    st.caption(f"Source: {linked_sources([(card.source, card.url)])}")


def cards_csv(items: Sequence[ClaimCard]) -> str:
    """The cards as a file."""
    rows = [
        {
            "id": card.id,
            "claim": card.title,
            "said": card.said,
            "who": card.who,
            "when": card.when,
            "scope": card.scope,
            "basis": card.basis,
            "implications": "; ".join(card.implications),
            "contradicts": " ".join(card.against),
            "placed": "; ".join(item.sentence for item in card.placements),
            "not_placed": card.not_placed,
            "status": card.status,
            "source": card.source,
            "url": card.url,
            "model_version": MODEL_VERSION,
        }
        for card in items
    ]
    return table(rows).csv()
