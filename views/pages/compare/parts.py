"""What the parts of the comparison share: remembered rows with progress, captions, tables, provenance."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from charts.amounts import dots
from charts.palette import Caption
from model.common.cache import Cache
from model.common.program.progress import Tick
from model.compare import sentences as words
from model.compare.differences import Compared
from model.estimation.estimate import Estimate
from model.scenario.link import link_text, to_query
from model.scenario.scenario import Scenario
from model.text import report, sentence, writer
from views.components.copy import copy_texts
from views.pages.compare import frames
from views.parts import blocks
from views.session import state
from views.session.waiting import watched
from views.words import escaped

T = TypeVar("T")
_COMPARED: Cache[Any] = Cache()
MOST_SOURCES = 2  # different texts that a caption can hold
WIDEST = 860  # pixels: beyond that a name and its value are too far apart to be read as one line
WAIT = "Computing the comparison …"


def remembered(key: Hashable, build: Callable[[Tick], T]) -> T:
    """What `build` gives, from the cache where it is there; where it takes long it can be watched and stopped."""
    key = (state.catalogue(), key)
    result: T = _COMPARED.get(key, lambda: watched(key, WAIT, build))
    return result


def scenario_key(scenario: Scenario) -> Hashable:
    """All that a result says of its scenario: the values, and the words of its author."""
    return (*to_query(scenario).items(), scenario.header)


def caption_of_rows(
    rows: Sequence[Compared],
    title: str,
    basis: str,
    alt: str,
    range_text: str = "Dots: middle estimates; lines: ranges",
) -> Caption:
    """The caption of a chart of compared results; `basis` names the disruption, since each row is its own."""
    first = rows[0].result
    return Caption(
        title=title,
        range_text=range_text,
        basis=f"{basis}; {amounts_in(first)}",
        source=f"{sources(rows)}; parameters: stated assumptions",
        stamp=f"{date.today().isoformat()} · {sentence.stamp(first)}",
        alt=alt,
    )


def sources(rows: Sequence[Compared]) -> str:
    """Whose figures stand behind the rows: one text where they share it, else by country, or their publishers."""
    by_text: dict[str, list[str]] = {}
    for row in rows:
        named = by_text.setdefault(report.sources_text(row.result), [])
        if row.result.economy.country.name not in named:
            named.append(row.result.economy.country.name)
    if len(by_text) == 1:
        return next(iter(by_text))
    if len(by_text) <= MOST_SOURCES:
        return "; ".join(f"{', '.join(named)}: {text}" for text, named in by_text.items())
    publishers = dict.fromkeys(who for row in rows for _, who in report.source_parts(row.result))
    return f"{'; '.join(publishers)}; for which country: see the file"


def with_basis(text: Caption, result: Estimate, basis: str) -> Caption:
    """The caption with the basis of a curve, which is not of one duration."""
    return replace(text, basis=f"{basis}; {amounts_in(result)}")


def amounts_in(result: Estimate) -> str:
    """The money of a result, as a caption says it."""
    return f"amounts in {sentence.money_text(result)}"


def provenance_of_rows(rows: Sequence[Compared]) -> Mapping[str, str]:
    """What every exported row repeats: the whole comparison as a link, versions, sources, warnings."""
    first = rows[0].result
    named = dict.fromkeys(row.result.economy.country.name for row in rows)
    return {
        **report.provenance_of(first),
        "scenario": link_text(state.STORE.to_link()),
        "country": "; ".join(named),
        "sources": "; ".join(dict.fromkeys(report.sources_text(row.result) for row in rows)),
        "warnings": " ".join(words.notes(rows)),
    }


def table(rows: Sequence[Compared]) -> blocks.ChartTable:
    """Everything known of the rows, for the fold under a chart and for its CSV."""
    unit = rows[0].result.money.unit
    return blocks.ChartTable(frames.numbers(rows), frames.units(unit), provenance_of_rows(rows))


def dot_block(
    name: str,
    rows: Sequence[Compared],
    text: Caption,
    *,
    what: str = "amount",
    grey: int | None = None,
    unit: str = "",
    title: str = "Direct loss",
    fmt: Callable[[float], str] | None = None,
    scales: Sequence[float] | None = None,
    between: Sequence[str] | None = None,
    filename: str = "",
    main: bool = False,
) -> None:
    """Dots with ranges of one quantity of every row, with its tools; `main` where the page has its table.

    `grey` is the row of the reference, counted from 0. Amounts are divided by `scales`, one a row (see `frames.dots`);
    `fmt` writes what comes out.
    """
    first = rows[0].result
    frame = frames.dots(rows, what, grey, scales, between)
    unit = unit or blocks.money_unit(first)
    write = fmt or blocks.money_format(first)
    with st.container(width=WIDEST):
        blocks.chart_block(
            f"compare_{name}", text, table(rows), lambda form: dots(frame, unit, text, form, write, title),
            filename or blocks.file_name(first, name.replace("_", "-")), heading=False, with_table=not main,
        )  # fmt: skip


def table_block(frame: pd.DataFrame, rows: Sequence[Compared], filename: str) -> None:
    """The table that people read, to copy, and everything behind it as a file."""
    blocks.words_table(frame)
    with st.container(horizontal=True, vertical_alignment="center"):
        copy_texts("The table", {"Copy table": frames.tab_separated(frame)}, "c_copy_table", shown=False)
        st.download_button(
            "Export this page (CSV)", lambda: writer.csv_bytes(table(rows).csv()), f"{filename}.csv", "text/csv",
            key="c_export", on_click="ignore", help="Every number of this comparison, with units, link and sources.",
        )  # fmt: skip
    st.caption(words.LIKE_WITH_LIKE)


def fold(label: str, name: str) -> Any:  # its type has no public name
    """A part that is computed once it is open."""
    return st.expander(label, key=f"x_compare_{name}", on_change="rerun")


def bullets(texts: Sequence[str]) -> None:
    """Sentences under each other."""
    st.markdown("\n".join(f"- {escaped(text)}" for text in texts))


def warn(rows: Sequence[Compared]) -> None:
    """What the model warns of, folded to the first few: twelve countries have many."""
    notes = words.notes(rows)
    if not notes:
        return
    if len(notes) <= 2:
        for text in notes:
            st.info(escaped(text), icon=":material/info:")
        return
    with st.expander(f"{len(notes)} notes on the figures", icon=":material/info:"):
        bullets(notes)
