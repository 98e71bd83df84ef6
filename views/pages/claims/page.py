"""The articles' figures under sliders: what they say, what they imply, and why they are not added."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from charts.amounts import bars
from charts.lines import paths
from charts.palette import Caption
from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.catalogue.parameters import written
from model.claims.claims import (
    ASSUMED,
    CLAIM_YEAR,
    EXPORTS,
    OPEX,
    Card,
    Claims,
    movable_seeds,
    opex,
)
from model.common.text import file_safe
from model.common.version import MODEL_VERSION
from model.kernels import growth
from model.text import writer
from views.pages.claims import controls as controls
from views.pages.claims import sentences as words
from views.pages.claims.sentences import (
    amount_of,
    count,
    rate,
    usd,
)
from views.parts import blocks
from views.parts.captions import linked_sources
from views.parts.home import home_name, say_home
from views.session import state
from views.words import escaped, shown, when_heard

UNDISTURBED, DISTURBED = "Undisturbed", "Disturbed"
DAYS_SHOWN = (500, 1000, 2000, 4000)


def page() -> None:
    """Show the page for the figures as the reader left them."""
    catalogue = state.catalogue()
    result = controls.current(catalogue)
    controls.sidebar(catalogue, result)
    st.markdown(f"### {escaped(words.headline(catalogue, result))}")
    say_home("The articles are")
    st.markdown(escaped(words.path_sentence(result)))
    st.caption(
        "Figures of the articles, computed and not repaired; none is a result of our model. "
        "Move them in the sidebar (» on a phone)."
    )
    _figures(catalogue, result)
    left, right = st.columns(2, gap="large")
    with left:
        _paths(catalogue, result)
    with right:
        _opex(catalogue, result)
    left, right = st.columns(2, gap="large")
    with left:
        _side_by_side(catalogue, result)
    with right:
        _growth(catalogue, result)
    _adding(result)
    _cards(catalogue, result)


def provenance_of_claims(catalogue: Catalogue, result: Claims) -> dict[str, str]:
    """What every exported row repeats: versions, baseline, moved sliders, articles."""
    moved = "&".join(f"{key}={written(value)}" for key, value in controls.values().items())
    choices = {
        "view": "as claimed: published figures, not a result of the model",
        "changed": moved or "nothing",
        "baseline": f"{result.baseline.label}: {result.baseline.growth!r} per year; {result.baseline.basis}",
    }
    return writer.provenance(catalogue.data_version, choices, sources=articles(catalogue))


def articles(catalogue: Catalogue) -> str:
    """Title, publisher and date of each article that gives a figure with a slider."""
    named = [
        f"{seed.article_title.strip('()')} ({seed.publisher or 'publisher not known'}, {seed.date or 'undated'})"
        for seed in movable_seeds(catalogue).values()
    ]
    return "; ".join(dict.fromkeys(named))


def caption(
    catalogue: Catalogue, result: Claims, title: str, range_text: str, basis: str, alt: str, more: str = ""
) -> Caption:
    """The caption of a chart of claims; `more` names a source besides the articles."""
    moved = "figures as published" if not controls.values() else "some figures moved by the reader"
    stamp = f"{date.today().isoformat()} · model {MODEL_VERSION} · data {catalogue.data_version} · {moved}"
    return Caption(
        f"{home_name()}: {title}",
        range_text,
        basis,
        articles(catalogue) + (f"; {more}" if more else ""),
        stamp,
        alt,
    )


def claims_file_name(result: Claims, what: str) -> str:
    """View, content, baseline with its growth, and date."""
    base = f"{result.baseline.key}-{result.baseline.growth * 100:.1f}pct".replace(".", "p")
    return file_safe(f"{HOME}_as-claimed_{what}_{base}_{date.today().isoformat()}")


def source_title(card: Card) -> str:
    """Article and publisher of a card."""
    seed = card.seed
    return f"{seed.article_title.strip('()')} ({seed.publisher or 'publisher not known'})"


def bases(catalogue: Catalogue) -> list[tuple[str, str]]:
    """What the page rests on, with addresses: the articles, the receipts behind shares and baselines, the rest."""
    texts = [
        (f"{seed.article_title.strip('()')} ({seed.publisher or 'publisher not known'})", seed.url)
        for seed in movable_seeds(catalogue).values()
    ]
    years = [row for row in catalogue.fiscal_years if row.preferred == "yes"]
    shown = [row for row in years if row.fiscal_year == CLAIM_YEAR] + years[-1:]
    yearly = [(f"receipts {row.fiscal_year}: {row.source_title} ({row.publisher})", row.url) for row in shown]
    return [*texts, *yearly, ("earlier receipts and targets: Sources", "sources")]


def _figures(catalogue: Catalogue, result: Claims) -> None:
    """The figures behind the headline, each with its own basis."""
    goal, years = _targets(catalogue, result)[-1], float(result.years[-1])
    needed = growth.growth_needed(result.values[EXPORTS].median, goal, years)
    cost, wall, near = (
        amount_of(result, f"claims.{name}") for name in ("opex", "firewall_days", "short_term")
    )
    shown = (
        ("Added operating cost", usd(cost.median), f"in {cost.period}"),
        ("Firewall", usd(wall.median), f"in {wall.period}; its period is assumed"),
        ("Near-term IT loss", usd(near.median), "length not stated"),
        (
            f"Growth for {usd(goal * 1e6)}",
            rate(needed),
            f"a year; baseline {rate(result.baseline.growth)}",
        ),
    )
    with st.container(horizontal=True):
        for label, value, detail in shown:
            with st.container(width=165, gap=None):
                st.metric(escaped(label), value)
                st.caption(escaped(detail))
    st.caption(
        f"Sources: {linked_sources(bases(catalogue))}. Sliders that no article gives start at an assumption and say so."
    )


def _targets(catalogue: Catalogue, result: Claims) -> list[float]:
    """The different export targets on the sliders, M USD, the lowest first."""
    seeds = (
        seed for seed in movable_seeds(catalogue).values() if seed.role == "target" and seed.unit == "M USD"
    )
    return sorted({result.values[seed.id].median for seed in seeds})


def _paths(catalogue: Catalogue, result: Claims) -> None:
    """Exports without and with the disruption, with the targets."""
    years, base = count(float(result.years[-1]), "year"), words.baseline_text(result)
    lost = f"{usd(result.shortfall * 1e6)} short over {years}" if words.has_loss(result) else "no loss set"
    last, hit = (usd(float(path[-1]) * 1e6) for path in (result.undisturbed, result.disturbed))
    ends = f"After {years} {last} undisturbed, {hit} disturbed"
    goals = _targets(catalogue, result)
    text = caption(
        catalogue, result, f"IT exports, {lost}, against {base}", ends,
        "Yearly export receipts; shortfall summed from year 1; the gap to a target is never a cost of disruption",
        f"Line chart of yearly exports, {lost}, against {base}. {ends}. Dashed level lines mark the targets "
        f"{' and '.join(usd(goal * 1e6) for goal in goals)}.",
        f"baseline: {result.baseline.basis}",
    )  # fmt: skip
    frame = pd.DataFrame(
        {
            "x": np.tile(result.years, 2),
            "series": [UNDISTURBED] * len(result.years) + [DISTURBED] * len(result.years),
            "value": np.concatenate([result.undisturbed, result.disturbed]) / 1e3,
        }
    )
    table = pd.DataFrame(
        {
            "year": result.years, "undisturbed": result.undisturbed, "disturbed": result.disturbed,
            "gap": result.undisturbed - result.disturbed,
        }
    )  # fmt: skip
    units = {"year": "years from the start", "undisturbed": "M USD", "disturbed": "M USD", "gap": "M USD"}
    blocks.chart_block(
        "claims_paths", text, blocks.ChartTable(table, units, provenance_of_claims(catalogue, result)),
        lambda form: paths(
            frame, "bn USD", text, form, lambda value: usd(value * 1e9), x_title="Years from the start",
            targets=[("Target", goal / 1e3) for goal in goals], baseline=UNDISTURBED, amount="Exports a year",
        ),
        claims_file_name(result, "export-path"),
    )  # fmt: skip
    if not words.has_loss(result):
        loss, drag = (
            catalogue.parameters[f"claims.{name}"].label for name in ("initial_loss", "growth_drag")
        )
        st.caption(f"Both lines are the same until you move “{loss}” or “{drag}”.")


def _opex(catalogue: Catalogue, result: Claims) -> None:
    """Added operating cost in proportion to the days of blocking."""
    days, yearly = result.values["claims.vpn_block_days"].median, result.values[OPEX]
    chosen, spread = count(days, "day"), words.amount_with_ends(amount_of(result, "claims.opex"))
    top = next(end for end in DAYS_SHOWN if days <= end)
    grid = [float(day) for day in sorted({*range(0, top + 1, 10), days})]
    names = ("low", "central", "high")
    ends = {name: [opex(part, day) for day in grid] for name, part in zip(names, yearly, strict=True)}
    table = pd.DataFrame({"days": grid, **ends})
    line = table.rename(columns={"days": "x", "central": "value"}).assign(series="Central figure")
    mark = pd.DataFrame({"x": [days, days], "value": [0.0, opex(yearly.median, days)], "series": chosen})
    frame = pd.concat([line, mark], ignore_index=True)
    text = caption(
        catalogue, result, "Added operating cost against days of VPN blocking", f"{chosen}: {spread}",
        "Operating cost as claimed for a full year, in proportion to time; band: the range of the claim",
        f"Line chart: the added operating cost grows in proportion to the days of blocking; {chosen} make {spread}.",
    )  # fmt: skip
    units = {"days": "days", "low": "M USD", "central": "M USD", "high": "M USD"}
    blocks.chart_block(
        "claims_opex", text, blocks.ChartTable(table, units, provenance_of_claims(catalogue, result)),
        lambda form: paths(
            frame, "M USD", text, form, lambda value: usd(value * 1e6), x_title="Days of VPN blocking",
            amount="Added cost",
        ),
        claims_file_name(result, "operating-cost"),
    )  # fmt: skip


def _side_by_side(catalogue: Catalogue, result: Claims) -> None:
    """Every amount on its own ledger and period."""
    table = pd.DataFrame(
        [
            {
                "id": item.id, "label": item.label, "ledger": item.ledger, "period": item.period,
                "low": (item.low or 0) / 1e6, "value": (item.median or 0) / 1e6, "high": (item.high or 0) / 1e6,
            }
            for item in result.amounts
        ]
    )  # fmt: skip
    named = table["label"] + " [" + table["ledger"] + "; " + table["period"] + "]"
    frame = table.assign(label=named, mine=~table["id"].isin(ASSUMED))
    amounts = "; ".join(f"{item.label} {usd(item.median)}" for item in result.amounts)
    text = caption(
        catalogue, result, "The claims side by side, never added", "Ranges where the article gives one",
        "In brackets the ledger and the period; grey rests on an assumption of ours",
        f"Bars of the claimed amounts, each on its own ledger and period, never added: {amounts}.",
    )  # fmt: skip
    units = {"low": "M USD", "value": "M USD", "high": "M USD"}
    blocks.chart_block(
        "claims_amounts", text, blocks.ChartTable(table, units, provenance_of_claims(catalogue, result)),
        lambda form: bars(frame, "M USD", text, form, lambda value: usd(value * 1e6)),
        claims_file_name(result, "claims"),
    )  # fmt: skip


def _growth(catalogue: Catalogue, result: Claims) -> None:
    """The growth that each target needs beside the growth rates on offer."""
    start, years = result.values[EXPORTS].median, float(result.years[-1])
    rows = [
        {
            "label": f"Needed for {usd(goal * 1e6)}", "growth": growth.growth_needed(start, goal, years),
            "kind": "needed", "basis": "computed from the sliders",
        }
        for goal in _targets(catalogue, result)
    ]  # fmt: skip
    rows += [
        {"label": item.label, "growth": item.growth, "kind": "baseline", "basis": item.basis}
        for item in result.baselines.values()
    ]
    table = pd.DataFrame(rows)
    frame = table.assign(value=table["growth"] * 100, mine=table["kind"] == "needed")
    rates = "; ".join(f"{row['label']} {rate(float(row['growth']))}" for row in table.to_dict("records"))
    text = caption(
        catalogue, result, "Growth that the targets need, beside the growth on offer",
        f"From {usd(start * 1e6)} in {count(years, 'year')}",
        "Growth of IT export receipts a year; grey: the baselines to pick from", f"Bars of yearly growth: {rates}.",
        "official receipts by fiscal year",
    )  # fmt: skip
    blocks.chart_block(
        "claims_growth", text,
        blocks.ChartTable(table, {"growth": "share per year"}, provenance_of_claims(catalogue, result)),
        lambda form: bars(frame, "% a year", text, form, lambda value: rate(value / 100), title="Growth"),
        claims_file_name(result, "growth"),
    )  # fmt: skip


def _adding(result: Claims) -> None:
    """Try to add: the totaller answers in a sentence."""
    st.subheader("Try to add them")
    key, options = "w_claims_add", {item.id: f"{item.label}: {usd(item.median)}" for item in result.amounts}
    now = [name for name in controls.added() if name in options]
    shown(key, now)

    def chosen() -> None:
        controls.STORE.put(controls.ADDED, tuple(name for name in options if name in st.session_state[key]))

    left, right = st.columns(2, gap="large")
    with left:
        st.multiselect(
            "Amounts",
            list(options),
            now,
            key=key,
            on_change=when_heard(key, chosen),
            format_func=options.__getitem__,
        )
        st.markdown(f"**{escaped(words.sum_sentence(result, controls.added()))}**")
    with right.container(border=True):
        st.markdown("Other sums that are not made here:")
        others = words.other_refusals(result, controls.added())
        st.markdown("\n".join(f"- {escaped(text)}" for text in others))


def _cards(catalogue: Catalogue, result: Claims) -> None:
    """Each claim in our words, who made it, and what it implies."""
    st.subheader("What each claim implies")
    cards = list(result.cards)
    if {words.FIRM_NOW, words.FIRM_GOAL, words.FIRM_SIZE} <= set(result.values):
        now, goal = (rate(result.values[key].median / 100) for key in (words.FIRM_NOW, words.FIRM_GOAL))
        title = f"One firm: from {now} to {goal} of revenue abroad"
        cards.append(Card(catalogue.seeds[words.FIRM_GOAL], title, words.firm_implications(result)))
    for start in range(0, len(cards), 2):
        for column, card in zip(st.columns(2), cards[start : start + 2], strict=False):
            with column.container(border=True, height="stretch"):
                st.markdown(f"**{escaped(card.title)}**")
                st.markdown(escaped(f"{card.seed.paraphrase}."))
                who = f"{card.seed.speaker or 'not named'}, {card.seed.date or 'undated'}"
                link = linked_sources([(source_title(card), card.seed.url)])
                st.caption(f"{escaped(f'{who} [{card.seed.id}; our words]')}. Source: {link}")
                if card.seed.id in controls.values():
                    st.caption(escaped(f"Moved by you; as published: {words.as_published(card.seed)}."))
                st.markdown("\n".join(f"- {escaped(text)}" for text in card.implications))
