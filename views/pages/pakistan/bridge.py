"""The bridge: every price of a VPN block in one table, with what may not be added. Estimate can show it too."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts import palette
from charts.palette import Caption
from charts.ranges import RangeRow, ranges
from model.catalogue.load import Catalogue
from model.claims.bridge import BASIS, ECONOMY, Bridge, bridge
from model.claims.sentences import NONE, OUR_MIDDLE, claimed_text, short_claim
from model.common.ledger import Amount
from model.common.numbers import MILLION, duration_text
from model.common.text import capital
from model.estimation.estimate import Estimate
from model.evidence import trends
from model.industry.clients import YEARS, block
from model.industry.exports import baselines
from views.pages.claims import parts as claimed
from views.pages.pakistan import controls as controls
from views.parts import blocks
from views.parts.sections import usd_m
from views.session import state
from views.words import escaped

CLAIMED_COLOUR, OTHER_COLOUR = palette.ORANGE, palette.SKY


def of_page(catalogue: Catalogue) -> Bridge:
    """The prices of the block of the page, whichever page shows them."""
    result = state.estimate_of(controls.scenario()) if controls.estimable() else None
    return of_estimate(catalogue, result)


def of_estimate(catalogue: Catalogue, result: Estimate | None) -> Bridge:
    """The same beside an estimate in dollars of that very block."""
    amounts: tuple[Amount, ...] = ()
    if controls.estimable():
        values = controls.current(catalogue, catalogue.industry)
        base = trends.pick(baselines(catalogue, values), controls.choice("baseline"))
        amounts = block(values, base).amounts
    return bridge(controls.days(), controls.claimed(catalogue), result, amounts)


def estimated(made: Bridge) -> bool:
    """Whether there is a block, and the model looks so far."""
    return made.days > 0 and made.row(ECONOMY).estimated is not None


def show_under_estimate() -> None:
    """The table for the page Estimate; nothing where the scenario is no VPN block of all Pakistan."""
    if not controls.carried():
        return
    made = of_page(state.catalogue())
    st.subheader("The same block, as the industry claims and as we estimate")
    table(made)
    never_added(made)


def table(made: Bridge) -> None:
    """A row for each kind of cost, a column for who prices it."""
    blocks.words_table(
        pd.DataFrame(
            {
                "What it costs": [row.label for row in made.rows],
                "As claimed": [claimed_text(row) for row in made.rows],
                "As estimated": [_amount(row.estimated) for row in made.rows],
                "Client by client": [_amount(row.by_client) for row in made.rows],
            }
        )
    )
    st.caption(BASIS.format(years=YEARS))


def never_added(made: Bridge) -> None:
    """Why no two figures of the table are added."""
    st.markdown("**Can these be added? No.**")
    st.markdown("\n".join(f"- {escaped(text)}" for text in made.not_added))


def _amount(amount: Amount | None) -> str:
    return NONE if amount is None else amount.range.money(amount.unit).full


def chart(catalogue: Catalogue, made: Bridge) -> None:
    """Dots with ranges: who prices what at how much, kind by kind."""
    rows = []
    for row in made.rows:
        named = (
            ("As claimed", row.claimed, CLAIMED_COLOUR, short_claim(row)),
            ("As estimated", row.estimated, palette.BLUE, _amount(row.estimated)),
            ("Client by client", row.by_client, OTHER_COLOUR, _amount(row.by_client)),
        )
        first = True
        for label, amount, colour, text in named:
            if amount is None or amount.median is None:
                continue
            drawn = amount.range.each(lambda value: (value or 0.0) / MILLION)
            sub = "no period stated" if amount is row.claimed and not row.stated else ""
            heading = row.label if first else ""
            rows.append(RangeRow(label, text, drawn, colour, sub=sub, heading=heading))
            first = False
    length = duration_text(made.days * 24)
    title = f"what a VPN block of {length} costs, as claimed and as estimated"
    in_words = "; ".join(
        f"{row.label.lower()}: claimed {claimed_text(row)}, estimated {_amount(row.estimated)}"
        for row in made.rows
    )
    plain = claimed.caption(
        catalogue, controls.claimed(catalogue), title, "Dots with ranges; compare within a heading, never add",
        f"Claims as published; {OUR_MIDDLE}; estimates of the model from stated assumptions",
        f"Dots with ranges. {capital(title)}: {in_words}.",
    )  # fmt: skip
    caption = Caption(plain.title, plain.range_text, plain.basis, plain.source, plain.stamp, plain.alt)
    frame = pd.DataFrame(
        [
            {
                "cost": row.label, "price": name, "id": amount.id, "money": amount.money, "period": amount.period,
                **amount.range.each(lambda value: (value or 0.0) / MILLION).parts,
            }
            for row in made.rows
            for name, amount in (("claimed", row.claimed), ("estimated", row.estimated), ("by client", row.by_client))
            if amount is not None
        ]
    )  # fmt: skip
    units = dict.fromkeys(("low", "median", "high"), "M USD")
    common = claimed.provenance_of_claims(catalogue, controls.claimed(catalogue)) | {
        "view": "claims beside estimates of the model, never added", "block_days": f"{made.days:g}",
    }  # fmt: skip
    blocks.chart_block(
        "bridge", caption, blocks.ChartTable(frame, units, common),
        lambda form: ranges(rows, caption, form, title="US dollars", fmt=usd_m),
        f"PAK_vpn-block_{made.days:g}d_claimed-and-estimated",
    )  # fmt: skip
