"""The articles' figures drawn and computed: parts of the page Pakistan IT."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from charts.amounts import dots
from charts.lines import paths
from charts.palette import Caption
from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.catalogue.parameters import written
from model.claims import sentences as words
from model.claims.claims import (
    ASSUMED,
    CLAIM_YEAR,
    OPEX,
    Card,
    Claims,
    movable_seeds,
    opex,
    shipped_values,
)
from model.claims.sentences import (
    amount_of,
    count,
    rate,
    usd,
)
from model.common.text import file_safe, small
from model.common.version import MODEL_VERSION
from model.text import writer
from views.pages.claims import controls as controls
from views.parts import blocks
from views.parts.captions import linked_sources
from views.parts.home import home_name
from views.words import escaped, shown, when_heard

UNDISTURBED, DISTURBED = "Undisturbed", "Disturbed"
DAYS_SHOWN = (500, 1000, 2000, 4000)


def provenance_of_claims(catalogue: Catalogue, result: Claims) -> dict[str, str]:
    """What every exported row repeats: versions, baseline, moved sliders, articles."""
    as_shipped = shipped_values(catalogue)
    page = {key: result.values[key].median for key in (controls.DAYS, controls.OWN_GROWTH)}
    values = controls.values() | {
        key: value for key, value in page.items() if value != as_shipped[key].median
    }
    moved = "&".join(f"{key}={written(value)}" for key, value in values.items())
    choices = {
        "view": "as claimed: published figures, not a result of the model",
        "changed": moved or "nothing",
        "baseline": f"{result.baseline.label}: {result.baseline.growth!r} per year; {result.baseline.basis} "
        f"{result.baseline.figure}".rstrip(),
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
        f"{home_name()}: {small(title)}",
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
    yearly = [
        (f"export earnings {row.fiscal_year}: {row.source_title} ({row.publisher})", row.url) for row in shown
    ]
    return [*texts, *yearly, ("earlier earnings and targets: Sources", "sources")]


def targets(catalogue: Catalogue, result: Claims) -> list[float]:
    """The different export targets on the sliders, M USD, the lowest first."""
    seeds = (
        seed for seed in movable_seeds(catalogue).values() if seed.role == "target" and seed.unit == "M USD"
    )
    return sorted({result.values[seed.id].median for seed in seeds})


def path_chart(catalogue: Catalogue, result: Claims) -> None:
    """Exports without and with the disruption, with the targets."""
    years, base = count(float(result.years[-1]), "year"), words.baseline_text(result)
    lost = f"{usd(result.shortfall * 1e6)} short over {years}" if words.has_loss(result) else "no loss set"
    last, hit = (usd(float(path[-1]) * 1e6) for path in (result.undisturbed, result.disturbed))
    ends = f"After {years} {last} undisturbed, {hit} disturbed"
    goals = targets(catalogue, result)
    text = caption(
        catalogue, result, f"IT exports, {lost}, against {base}", ends,
        "Yearly export earnings; shortfall summed from year 1; the gap to a target is never a cost of disruption",
        f"Line chart of yearly exports, {lost}, against {base}. {ends}. Dashed level lines mark the targets "
        f"{' and '.join(usd(goal * 1e6) for goal in goals)}.",
        f"growth: {result.baseline.basis}",
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


def opex_chart(catalogue: Catalogue, result: Claims) -> None:
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
        "Operating cost as claimed for a full year, in proportion to time; shaded: the range of the claim",
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


def amounts_chart(catalogue: Catalogue, result: Claims) -> None:
    """Every amount with its type of cost and its period."""
    table = pd.DataFrame(
        [
            {
                "id": item.id, "label": item.label, "money": item.money, "period": item.period,
                "low": (item.low or 0) / 1e6, "value": (item.median or 0) / 1e6,
                "high": (item.high or 0) / 1e6,
            }
            for item in result.amounts
        ]
    )  # fmt: skip
    named = table["label"] + " [" + table["money"] + "; " + table["period"] + "]"
    texts = [words.amount_text(item) for item in result.amounts]
    frame = table.assign(label=named, mine=~table["id"].isin(ASSUMED), text=texts)
    amounts = "; ".join(f"{item.label} {text}" for item, text in zip(result.amounts, texts, strict=True))
    text = caption(
        catalogue, result, "The articles' amounts side by side, never added",
        f"Ranges where the article gives one; {words.OUR_MIDDLE}",
        "In brackets the type of cost and the period; grey rests on our own assumption",
        f"Dots of the claimed amounts, each of its own type and period, never added: {amounts}.",
    )  # fmt: skip
    units = {"low": "M USD", "value": "M USD", "high": "M USD"}
    blocks.chart_block(
        "claims_amounts", text, blocks.ChartTable(table, units, provenance_of_claims(catalogue, result)),
        lambda form: dots(frame, "M USD", text, form, lambda value: usd(value * 1e6)),
        claims_file_name(result, "claims"),
    )  # fmt: skip


def adding(result: Claims) -> None:
    """Try to add: the totaller answers in a sentence."""
    key, options = (
        "w_claims_add",
        {item.id: f"{item.label}: {words.amount_text(item)}" for item in result.amounts},
    )
    now = [name for name in controls.added() if name in options]
    shown(key, now)

    def chosen() -> None:
        controls.STORE.put(controls.ADDED, tuple(name for name in options if name in st.session_state[key]))

    st.multiselect(
        "Pick two or more of the articles' amounts",
        list(options),
        now,
        key=key,
        on_change=when_heard(key, chosen),
        format_func=options.__getitem__,
    )
    st.markdown(f"**{escaped(words.sum_sentence(result, controls.added()))}**")
    st.markdown("Nor can these be added:")
    others = words.other_refusals(result, controls.added())
    st.markdown("\n".join(f"- {escaped(text)}" for text in others))


def cards(catalogue: Catalogue, result: Claims, seeds: Sequence[str]) -> None:
    """Each claim of these seeds in our words, who made it, and what it implies."""
    cards = [card for card in result.cards if card.seed.id in seeds]
    if words.FIRM_GOAL in seeds and {words.FIRM_NOW, words.FIRM_GOAL, words.FIRM_SIZE} <= set(result.values):
        now, goal = (rate(result.values[key].median / 100) for key in (words.FIRM_NOW, words.FIRM_GOAL))
        title = f"One firm: from {now} to {goal} of revenue abroad"
        cards.append(Card(catalogue.seeds[words.FIRM_GOAL], title, words.firm_implications(result)))
    st.subheader("What each claim implies")
    for start in range(0, len(cards), 3):
        for column, card in zip(st.columns(3), cards[start : start + 3], strict=False):
            with column.container(border=True, height="stretch"):
                st.markdown(f"**{escaped(card.title)}**")
                st.markdown(escaped(f"{card.seed.paraphrase}."))
                who = f"{card.seed.speaker or 'not named'}, {card.seed.date or 'undated'}"
                link = linked_sources([(source_title(card), card.seed.url)])
                st.caption(f"{escaped(f'{who} [{card.seed.id}; our words]')}. Source: {link}")
                if card.seed.id in controls.values():
                    st.caption(escaped(f"Moved by you; as published: {words.as_published(card.seed)}."))
                st.markdown("\n".join(f"- {escaped(text)}" for text in card.implications))
