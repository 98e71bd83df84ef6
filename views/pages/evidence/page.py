"""What speaks for and against the model: back-tests, the record, one event priced by everybody, claims."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts import palette as p
from charts.palette import Caption, Form
from charts.ranges import Dot, RangeRow, ranges
from model.catalogue.load import Catalogue
from model.claims.cards import ClaimCard, claim_cards
from model.common.cache import Cache
from model.common.numbers import as_given
from model.common.version import MODEL_VERSION
from model.evidence.backtest import backtest
from model.evidence.outcomes import FIELDS, Marker, Outcome, as_rows, change_text
from model.evidence.scores import Backtest
from model.text.backtest_report import provenance
from model.text.writer import table
from views.pages.evidence import record, spread
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
from views.parts import blocks
from views.parts.captions import (
    anchor_link,
    caption,
    file_name,
    linked,
)
from views.session import state
from views.session.store import MOST_TEXT
from views.words import escaped, shown, when_heard

CARDS_SHOWN = 12
ROWS = anchor_link("Rows", "backtest-rows")
COLOURS = {
    "inside": p.BLUE,
    "outside": p.VERMILLION,
    "too small to see": p.BASELINE,
    "used to fit": p.PURPLE,
    "used to set a range": p.PURPLE,
}
SERIES = {
    "gdp_by_year": "GDP of a year",
    "exports_fiscal_year": "Receipts of a year",
    "exports_monthly": "Receipts of a month",
}
SIGNS = {"observed": "diamond", "claimed": "x"}
KEY = f"{p.dot(p.BLUE, '●')} predicted &nbsp; ◆ observed &nbsp; {p.dot(p.ORANGE, '✕')} claimed, no truth"

_BACKTESTS: Cache[Backtest] = Cache(2)
_CARDS: Cache[tuple[ClaimCard, ...]] = Cache(2)


def page() -> None:
    """One section at a time: each computes only what it shows."""
    catalogue = state.catalogue()
    section = str(STORE.get(SECTION))
    key = shown("w_evidence_section", section)
    st.segmented_control(
        "Section",
        list(SECTIONS.values()),
        default=section,
        key=key,
        on_change=when_heard(key, lambda: STORE.put(SECTION, st.session_state[key] or section)),
        label_visibility="collapsed",
    )
    if section == TESTS:
        _tests(catalogue, tests(catalogue))
    elif section == RECORD:
        record.section(catalogue)
    elif section == PRICES:
        spread.section(catalogue)
    else:
        _cards(catalogue, cards(catalogue))


def tests(catalogue: Catalogue) -> Backtest:
    """The back-tests, run once for each state of the tables."""
    with st.spinner("Running the back-tests …"):
        return _BACKTESTS.get(catalogue, lambda: backtest(catalogue))


def cards(catalogue: Catalogue) -> tuple[ClaimCard, ...]:
    with st.spinner("Placing the claims …"):
        return _CARDS.get(catalogue, lambda: claim_cards(catalogue))


def _tests(catalogue: Catalogue, result: Backtest) -> None:
    """Chart, misses in words, every row, and how to read it."""
    st.markdown(f"### {escaped(result.sentences[0])}")
    st.markdown("\n".join(f"- {escaped(text)} {ROWS}." for text in result.sentences[1:]))
    st.caption(
        escaped(
            f"Parameter set {result.parameter_set[:12]}… (SHA-256 over parameters, sectors, operators, the events with "
            "their days, the lags of publication and the constants of the test). "
            "Each row is fed its event and what was published before it: GDP, yearly receipts, and the growth "
            "and noise of the months out by then. Lags of publication are declared; figures are of today’s "
            "vintage, and the column “Known then” names each. Predictions rest on assumptions."
        )
    )
    shown = [item for item in result.outcomes if item.median is not None]
    counted = result.counted
    told = "; ".join(f"{item.observation.outcome}: {item.verdict}" for item in shown)
    sources = "; ".join(dict.fromkeys(item.observation.source for item in counted))
    text = caption(
        catalogue,
        "Predicted and observed, misses kept",
        f"ranges from the 5th to the 95th percentile; inside: {result.summary['inside']} of {len(counted)} rows from "
        f"{result.summary['predictable_events']} events",
        "Change against the baseline of each row; grey is below the noise of its series, purple was "
        "used to make the model; "
        "claims are markers, no truth",
        sources,
        f"Dots with bands and what was observed. {told}.",
    )
    frame = pd.DataFrame(as_rows(result.outcomes), columns=list(FIELDS), dtype=object)
    blocks.chart_block(
        "backtests",
        text,
        blocks.Table(frame, {}, provenance(result)),
        lambda form: figure(shown, text, form),
        file_name("backtests"),
        ROWS,
    )
    _lags(catalogue)
    misses = result.with_verdict("outside")
    if misses:
        st.subheader(f"{len(misses)} misses")
        st.markdown("\n".join(_line(item) for item in misses))
    beyond = result.outside_uncounted
    if beyond:
        st.subheader(f"{len(beyond)} more outside the band, not counted")
        st.markdown("\n".join(_line(item) for item in beyond))
    st.subheader(f"All {len(result.outcomes)} rows", anchor="backtest-rows")
    st.dataframe(
        _shown(frame, result.outcomes),
        hide_index=True,
        width="stretch",
        key="backtest_rows",
        column_config={"Address": st.column_config.LinkColumn(display_text=r"^https?://(?:www\.)?([^/]+)")},
    )


def _lags(catalogue: Catalogue) -> None:
    """From when a figure counts as known, and why."""
    with st.expander("When a figure counts as known"):
        for row in catalogue.lags.values():
            cited = catalogue.sources[row.source]
            months = f"{row.months} month{'' if row.months == 1 else 's'} after its end"
            source = linked([(f"{cited.title}, {cited.publisher}".rstrip(", "), cited.url)])
            st.markdown(
                f"- **{SERIES[row.series]}**, {months}. {escaped(row.reason)} ({row.status}): {source}"
            )


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _line(item: Outcome) -> str:
    source = linked([(item.observation.source, item.observation.url)])
    return f"- **{escaped(capital(item.observation.outcome))}**: {escaped(item.sentence)} {source}"


def _shown(frame: pd.DataFrame, outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """The table for people: the same rows, shares as percent."""

    def told(value: Any) -> str:
        return (
            ""
            if value is None or pd.isna(value)
            else change_text(float(value))
            if abs(float(value)) <= 3
            else as_given(value)
        )

    text = pd.DataFrame(
        {
            "Row": frame["id"],
            "Outcome": [capital(text) for text in frame["outcome"]],
            "Verdict": frame["verdict"],
            "Inside the band": frame["inside"],
            "Sample": frame["sample"],
        }
    )
    names = {
        "predicted_low": "5 %",
        "predicted_median": "Median",
        "predicted_high": "95 %",
        "observed": "Observed",
        "naive": "Naive",
        "crps": "CRPS",
        "detection_limit": "Detection limit",
    }
    for name, label in names.items():
        text[label] = [told(value) for value in frame[name]]
    text["Claimed, no truth"] = ["; ".join(map(_claimed, item.markers)) for item in outcomes]
    text["What follows"] = frame["sentence"]
    text["Operator, declared first"] = frame["declared"]
    text["Known then"] = frame["known_then"]
    text["In view when these were set"] = frame["evidence_for"]
    text["Source"] = frame["source"]
    text["Address"] = [value or None for value in frame["url"]]
    return text


def _claimed(marker: Marker) -> str:
    """A claim on the scale of its row; the chart has no room for one of more than everything."""
    ends = dict.fromkeys((change_text(marker.low), change_text(marker.high)))
    return f"{marker.claim} {' to '.join(ends)}"


def figure(items: Sequence[Outcome], text: Caption, form: Form) -> go.Figure:
    """Counted rows first, then those that cannot be told from noise, then those that made the model."""
    seen_before = all(item.sample == "in-sample" for item in items if item.counted)
    counted = "Counted, though in view when parameters were set" if seen_before else "Counted"
    headings = {
        "inside": counted,
        "outside": counted,
        "too small to see": "Too small to see in the series: not counted",
        "used to fit": "Used to make the model: not counted",
        "used to set a range": "Used to make the model: not counted",
    }
    order = list(dict.fromkeys(headings.values()))
    rows: list[RangeRow] = []
    seen = ""
    for item in sorted(items, key=lambda one: order.index(headings[one.verdict])):
        if form == "picture" and headings[item.verdict] == order[-1]:
            continue  # a slide has room for what is tested
        if item.median is None or item.low is None or item.high is None or item.observed is None:
            continue
        heading = headings[item.verdict]
        dots = [
            Dot(
                item.observed,
                COLOURS[item.verdict],
                SIGNS["observed"],
                f"observed {change_text(item.observed)}",
            )
        ]
        dots += [
            Dot(x, p.ORANGE, SIGNS["claimed"], f"{marker.claim} {change_text(x)}, a claim")
            for marker in item.markers
            for x in dict.fromkeys((marker.low, marker.high))
            if x >= -1  # a claim of more than everything is said in the table
        ]
        rows.append(
            RangeRow(
                capital(item.observation.outcome),
                f"{item.verdict}: {change_text(item.observed)}",
                item.low,
                item.median,
                item.high,
                COLOURS[item.verdict],
                sub=item.event_title,
                heading="" if heading == seen else heading,
                dots=tuple(dots),
                faint=not item.counted,
            )
        )
        seen = heading
    title = "Change against the baseline; onset rows: share of firms"
    return ranges(rows, text, form, title=title, key=KEY, percent=True)


def _cards(catalogue: Catalogue, found: Sequence[ClaimCard]) -> None:
    """Cards that hold all words of the search."""
    st.markdown(f"### {escaped(cards_sentence(found))}")
    st.markdown(f"{len(found) - _placed(found)} say why they cannot be placed. Ours rests on assumptions.")
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
    fitting = [card for card in found if all(word in card.text for word in words)]
    fitting.sort(key=lambda card: card.id not in words)  # the one that is named comes first
    if not fitting:
        st.info("No card holds these words. Use fewer words.", icon=":material/search_off:")
        return
    every = len(fitting) <= CARDS_SHOWN or _all_cards(len(fitting))
    chosen = fitting if every else fitting[:CARDS_SHOWN]
    others = _disputing(chosen, found)
    here = {card.id for card in (*chosen, *others)}
    _grid(chosen, here)
    if others:
        st.markdown(f"{len(others)} more that contradict these or are contradicted by them:")
        _grid(others, here)
    st.caption(
        f"Claims are held against the receipts and the GDP of their own year: {linked(bases(found))}. Our own amounts "
        "beside them rest on the same years, and on assumptions."
    )
    st.download_button(
        "These cards (CSV)",
        lambda: cards_csv(fitting),
        f"{file_name('claims')}.csv",
        "text/csv",
        key="csv_cards",
        on_click="ignore",
    )


def bases(found: Sequence[ClaimCard]) -> list[tuple[str, str]]:
    """The receipts and the GDP of the claims' own years behind the shares on the cards, with their addresses."""
    return [item for item in dict.fromkeys(card.held_against for card in found) if item[0]]


def _placed(found: Sequence[ClaimCard]) -> int:
    return sum(bool(card.placements) for card in found)


def cards_sentence(found: Sequence[ClaimCard]) -> str:
    """How many claims there are, how many can be placed, and how many of those lie above all that we draw."""
    ends = [min(item.percentile_low for item in card.placements) for card in found if card.placements]
    beyond = sum(end >= 1 for end in ends)
    return (
        f"{len(found)} claims, computed and not repaired: {len(ends)} can be set against our distribution of the same "
        f"scope, on their own basis where they state one, and {beyond} of them lie above every draw."
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


def _disputing(chosen: Sequence[ClaimCard], found: Sequence[ClaimCard]) -> list[ClaimCard]:
    """The cards that the chosen ones contradict, and theirs in turn: no reader follows a dispute to nowhere."""
    cards, reached = {card.id: card for card in found}, {card.id for card in chosen}
    waiting = [name for card in chosen for name in card.against]
    while waiting:
        name = waiting.pop()
        if name in cards and name not in reached:
            reached.add(name)
            waiting += cards[name].against
    return [card for card in found if card.id in reached and card not in chosen]


def _grid(chosen: Sequence[ClaimCard], here: Collection[str]) -> None:
    for start in range(0, len(chosen), 2):
        for column, card in zip(st.columns(2), chosen[start : start + 2], strict=False):
            with column.container(border=True, height="stretch"):
                _card(card, here)


def _to_cards(text: str, here: Collection[str]) -> str:
    """Escaped text in which a claim whose card stands on the page is a link to it."""

    def link(found: re.Match[str]) -> str:
        name = f"claim_{found[1]}"
        return anchor_link(name, name) if name in here else found[0]

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
    st.caption(f"Source: {linked([(card.source, card.url)])}")


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
