"""All estimates of one event: the published figures on one axis, our chain among them, and why they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts import palette as p
from charts.palette import Caption, Form
from charts.ranges import RangeRow, ranges
from model.catalogue.load import Catalogue
from model.catalogue.methods import PublishedEstimate
from model.common.ledger import COUNTS
from model.common.numbers import MILLION, money, significant, spoken
from model.common.ranges import Range, from_to
from model.estimation.estimate import Estimate, estimate
from model.estimation.sampling import centre
from model.estimation.words import event_text
from model.evidence.quantities import scenario_of
from model.scenario.places import place_shares
from model.text.writer import provenance
from views.pages.evidence.controls import EVENT, EVENTS, STORE
from views.pages.evidence.spread_sentences import beyond, reasons, scope_of
from views.parts import blocks
from views.parts.captions import (
    anchor_link,
    caption,
    evidence_file_name,
    linked_sources,
)
from views.parts.choices import choice_field
from views.words import escaped

ROWS = anchor_link("Rows", "price-rows")
# Where a published figure stops counting, in the words of our chain; the reading is ours.
STOPS = {
    "touched": (
        COUNTS["touched"],
        "counts all activity that the internet touches, also what goes on without it",
    ),
    "gross": (COUNTS["gross"], "counts what stops and takes nothing off for what is recovered later"),
    "net": (COUNTS["net"], "counts what is not recovered, as a share of GDP"),
    "transfer": (
        COUNTS["transfer"],
        "counts tax, which moves money between firms and the state and is no lost output",
    ),
    "coping": (COUNTS["coping"], "counts what firms pay to keep working, for activity that is saved"),
    "unclear": (COUNTS["unclear"], "does not say what it counts, so it has no place in the chain"),
}
COLOURS = {
    "gross": p.VERMILLION,
    "touched": p.PURPLE,
    "net": p.BLUE,
    "transfer": p.ORANGE,
    "coping": p.SKY,
    "unclear": p.GREEN,
}


@dataclass(frozen=True)
class Link:
    """One step of our chain, USD a day."""

    label: str
    price: Range[float]
    stops: tuple[str, ...]  # bases of published figures that stop here


def section(catalogue: Catalogue) -> None:
    """Pick an event; see its prices a day, where each stops counting, and why they differ."""
    event = str(STORE.get(EVENT))
    titles = {name: row[0] for name, row in EVENTS.items()}
    choice_field(STORE, EVENT, "Event", "w_spread_event", EVENTS, names=titles)
    title, name, hours = EVENTS[event]
    scenario = scenario_of(catalogue, name)
    result = estimate(catalogue, scenario if hours is None else scenario.lasting(hours))
    rows = [row for row in catalogue.methods.estimates if row.event == event]
    priced = [row for row in rows if per_day(row) is not None]
    links = chain(result)
    st.markdown(f"### {escaped(headline(title, priced))}.")
    _chart(catalogue, title, event, priced, links, result)
    st.subheader("Why they differ")
    st.markdown(
        "\n".join(
            f"- {escaped(text)} {ROWS}."
            for text in reasons(priced, result, [link.price.median for link in links])
        )
    )
    st.subheader("Where each stops counting", anchor="price-rows")
    st.dataframe(
        _stops(priced, links),
        hide_index=True,
        placeholder="–",
        width="stretch",
        key="spread_stops",
        column_config={"Address": st.column_config.LinkColumn(display_text=r"^https?://(?:www\.)?([^/]+)")},
    )
    left_out = [row for row in rows if per_day(row) is None]
    if left_out:
        unplaced = "; ".join(
            f"{escaped(f'{row.label} {_printed(row)}')} ({linked_sources([(row.publisher, row.url)])})"
            for row in left_out
        )
        st.caption(f"Not on the axis, since no length is stated for them: {unplaced}.")
    gdp = catalogue.sources[result.economy.figures["gdp"].source.partition(";")[0]]
    sources = [(f"{row.source_title.strip('()')}, {row.publisher}", row.url) for row in rows]
    st.caption("Sources: " + linked_sources([*sources, (f"{gdp.title}, {gdp.publisher}", gdp.url)]))


def per_day(row: PublishedEstimate) -> Range[float] | None:
    """Low, middle and high a day in M USD; None where no length is stated."""
    return row.a_day


def _printed(row: PublishedEstimate) -> str:
    ends = [value for value in (row.low_musd, row.value_musd, row.high_musd) if value is not None]
    if not ends:
        return "no amount"
    return from_to(*(money(end * MILLION, digits=3) for end in (min(ends), max(ends))))


def headline(title: str, rows: Sequence[PublishedEstimate]) -> str:
    """How far the published figures of an event are apart."""
    return f"{title}: {apart(rows)}"


def apart(rows: Sequence[PublishedEstimate]) -> str:
    """How far published figures are apart: `12 figures from $1M to $60M a day, 60 times apart`."""
    priced = [row for row in rows if per_day(row) is not None]
    fits = [row for row in priced if not beyond(row)]  # no day costs more than is made in it
    values = [price for row in fits if (price := per_day(row)) is not None]
    computed = sum(row.status == "derived" for row in fits)
    more = len(priced) - len(fits)
    low, high = min(value.low for value in values), max(value.high for value in values)
    return (
        f"{len(values)} figures"
        + (f" ({computed} computed from published rates)" if computed else "")
        + f" from {spoken(low * MILLION)} to {spoken(high * MILLION)} a day, {significant(high / low)} times apart"
        + (f"; {more} more would exceed all that is made in a day" if more else "")
    )


def chain(result: Estimate) -> list[Link]:
    """Our own steps, USD a day: value added in the place, what needs the internet, disrupted, lost."""
    place = place_shares(
        result.catalogue, result.economy.country.iso3, result.scenario.regions, result.scenario.place
    )[0]
    inside = result.economy.value_added * place / 365
    need = [
        centre(result.table[f"sector.{sector.key}.dependence"]) or 0.0 for sector in result.catalogue.sectors
    ]
    touched, whole = float((inside * need).sum()), float(inside.sum())
    days = result.scenario.hours * result.scenario.spells / 24
    links = [
        Link("This model: all value added", Range.of(whole), ()),
        Link("This model: activity that needs the internet", Range.of(touched), ("touched",)),
    ]
    for name, label, stops in (
        ("gross", "This model: activity disrupted", ("gross",)),
        ("net_direct", "This model: direct loss", ("net",)),
    ):
        item = result.amount(name)
        price = item.range.each(lambda value: (value or 0.0) / days)
        links.append(Link(label, price, stops))
    return links


def _stops(rows: Sequence[PublishedEstimate], links: Sequence[Link]) -> pd.DataFrame:
    """Each published figure with its step in our chain and our own figure there."""
    link_of = {name: link for link in links for name in link.stops}
    lines = []
    for row in sorted(rows, key=lambda one: (per_day(one) or Range.of(0.0)).median):
        value = per_day(row)
        if value is None:
            continue
        step, words = STOPS[row.basis]
        link = (
            link_of.get(row.basis) if row.scope == "economy" and not beyond(row) else None
        )  # like with like
        lines.append(
            {
                "Figure": row.label,
                "A day": _span(value),
                "Printed": _printed(row),
                "Days": "" if row.window_days is None else f"{row.window_days:g}",
                "Scope": scope_of(row),
                "Counts (our reading)": step,
                "That is, it": words,
                "This model there, whole economy": "" if link is None else money(link.price.median),
                "Status": row.status,
                "Address": row.url or None,
            }
        )
    return pd.DataFrame(lines)


def _span(price: Range[float]) -> str:
    return from_to(_millions(price.low), _millions(price.high))


def _chart(
    catalogue: Catalogue,
    title: str,
    event: str,
    rows: Sequence[PublishedEstimate],
    links: Sequence[Link],
    result: Estimate,
) -> None:
    table = frame(rows, links)
    values = "; ".join(
        f"{row['label']} {row['value']} ({COUNTS[row['basis']]})" for row in table.to_dict("records")
    )
    happens = event_text(result)
    sources = "; ".join(dict.fromkeys(f"{row.source_title.strip('()')} ({row.publisher})" for row in rows))
    text = caption(
        catalogue,
        f"{title}: all published estimates of a day",
        apart(rows),
        f"US dollars a day; this model: {happens[0].lower()}{happens[1:]}, range; what each counts is our reading",
        sources,
        f"Dots on a log scale in ascending order: {values}.",
    )
    units = {"low": "M USD per day", "middle": "M USD per day", "high": "M USD per day"}
    blocks.chart_block(
        "spread",
        text,
        blocks.ChartTable(
            table.drop(columns=["value"]), units, {**provenance(catalogue.data_version), "event": event}
        ),
        lambda form: figure(table, text, form),
        evidence_file_name(event),
        ROWS,
    )


def frame(rows: Sequence[PublishedEstimate], links: Sequence[Link]) -> pd.DataFrame:
    """Published figures and our steps in ascending order, M USD a day."""
    lines = []
    for row in rows:
        price = per_day(row)
        if price is not None:
            lines.append(
                {
                    "id": row.id,
                    "label": row.label,
                    "basis": row.basis,
                    "low": price.low,
                    "middle": price.median,
                    "high": price.high,
                    "value": _span(price),
                    "mine": False,
                    "status": row.status,
                    "source": row.source_title,
                    "url": row.url,
                }
            )
    for link in links:
        price = link.price.each(lambda value: value / MILLION)
        lines.append(
            {
                "id": "this_model",
                "label": link.label,
                "basis": link.stops[0] if link.stops else "all",
                "low": price.low,
                "middle": price.median,
                "high": price.high,
                "value": _span(price),
                "mine": True,
                "status": "assumption",
                "source": "this model, see How it works",
                "url": "",
            }
        )
    return pd.DataFrame(lines).sort_values("middle", kind="stable", ignore_index=True)


def _millions(value: float) -> str:
    return money(value * MILLION)


def figure(table: pd.DataFrame, text: Caption, form: Form) -> go.Figure:
    rows = [
        RangeRow(
            str(row["label"]),
            str(row["value"]),
            Range(*(float(row[name]) for name in ("low", "middle", "high"))),
            COLOURS.get(str(row["basis"]), p.GREEN),
            "diamond" if row["mine"] else "circle",
            COUNTS[str(row["basis"])],
        )
        for row in table.to_dict("records")
    ]
    names = [name for name in COLOURS if name in set(table["basis"])]
    key = " ".join(f"{p.dot(COLOURS[name], '●')} {COUNTS[name]}" for name in names) + " ◆ this model"
    return ranges(rows, text, form, title="US dollars a day", log=True, key=key, fmt=_millions)
