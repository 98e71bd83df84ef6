"""The pages My firm and Pakistan IT as files: their sections, the bridge of every price of a VPN block, the claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefing.common.beside import SourceLine, source_lines
from briefing.pages.content import Block, Dot, Frame, PageContent, section_blocks
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.catalogue.sources import plain_title
from model.claims import sentences as said
from model.claims.bridge import BASIS, LABELS, Bridge
from model.claims.claims import Claims
from model.common.ledger import Amount
from model.common.numbers import duration_text
from model.common.text import capital
from model.industry.clients import YEARS
from model.text import claims_report
from model.text.industry_report import provenance_of_choices, refusals, result_of
from model.text.writer import Section, Table

CLAIMED = ("label", "low", "median", "high", "unit", "type", "period")
PRICES = {
    "claimed": "as claimed",
    "estimated": "as estimated",
    "by_client": "client by client",
}
MOST_NOTED = (
    "Most figures of the estimates are stated assumptions; the tables name the source of each that has one."
)


def firm(
    catalogue: Catalogue, sections: Sequence[Section], chosen: Mapping[str, str], given: Mapping[str, Override],
    frame: Frame,
) -> PageContent:  # fmt: skip
    """The file of My firm: a year of outages, then one outage."""
    year, *_ = sections
    first, *rest = year.sentences
    blocks = tuple(block for section in sections for block in section_blocks(section))
    more = tuple(text for section in sections[1:] for text in section.sentences)
    return PageContent(
        "firm", "My firm", first, (*rest, *more), "Profit and revenue of one firm in Pakistan", blocks,
        (MOST_NOTED, *refusals(sections)), industry_sources(catalogue),
        result_of(catalogue, sections, chosen, given).data(), provenance_of_choices(catalogue, chosen, given), frame,
        f"{chosen['preset']}_{chosen['kind']}", year.parts["finding"],
    )  # fmt: skip


def pakistan(
    catalogue: Catalogue, bridge: Bridge, claims: Claims, headline: str, sections: Sequence[Section],
    chosen: Mapping[str, str], given: Mapping[str, Override], frame: Frame,
) -> PageContent:  # fmt: skip
    """The file of Pakistan IT: every price of a VPN block, the claims, growth, people, measures and outages."""
    industry, articles = (
        result_of(catalogue, sections, chosen, given),
        claims_report.to_dict(catalogue, claims),
    )
    blocks = (*_of_block(bridge), *_of_claims(catalogue, claims), *_of_sections(sections))
    notes = (*refusals(sections), MOST_NOTED)
    return PageContent(
        "pakistan", "Pakistan IT", headline,
        ("The claims come from newspaper articles. We only do the arithmetic. The estimates are the model's, from "
         "stated assumptions.", *(section.sentences[0] for section in sections)),
        "Claims as published beside estimates of the model, never added", blocks, notes,
        (*article_sources(claims), *industry_sources(catalogue)),
        {**industry.data(), "bridge": [dict(row) for row in blocks[0].table.rows], "claims": articles},
        provenance_of_choices(catalogue, chosen, given), frame, f"vpn_block_{bridge.days:g}d",
    )  # fmt: skip


def _of_block(bridge: Bridge) -> Iterator[Block]:
    """The bridge: a row for each price of each kind of cost."""
    rows: list[dict[str, object]] = []
    dots = []
    for row in bridge.rows:
        named: tuple[tuple[str, Amount | None], ...] = (
            ("claimed", row.claimed), ("estimated", row.estimated), ("by_client", row.by_client))  # fmt: skip
        headed = False
        for price, amount in named:
            head: dict[str, object] = {"what": LABELS[row.key], "price": PRICES[price]}
            if amount is None:
                rows.append(head | {"said": said.NONE})
                continue
            text = said.claimed_text(row) if price == "claimed" else amount.range.money(amount.unit).full
            rows.append(
                head | {"said": text, **amount.range.parts, "unit": amount.unit, "type": amount.money,
                        "period": amount.period}
            )  # fmt: skip
            if (drawn := amount.range.measured) is not None:
                words = amount.range.money(amount.unit)
                if price == "claimed":
                    words = said.claimed_words(amount)
                dots.append(Dot(PRICES[price], words, drawn, heading="" if headed else LABELS[row.key]))
                headed = True
    columns = ("what", "price", "low", "median", "high", "unit", "type", "period")
    title = f"A VPN block of {duration_text(bridge.days * 24)}: what it costs, as claimed and as estimated"
    yield Block(
        title,
        Table("bridge", title, {}, tuple(rows), columns=columns, finding=said.bridge_finding(bridge)),
        tuple(dots),
        "USD",
        notes=(BASIS.format(years=YEARS), f"{capital(said.OUR_MIDDLE)}.", *bridge.not_added),
    )


def _of_claims(catalogue: Catalogue, claims: Claims) -> Iterator[Block]:
    rows = tuple(
        {"label": amount.label, "said": said.amount_text(amount), **amount.range.parts,
         "unit": amount.unit, "type": amount.money, "period": amount.period}
        for amount in claims.amounts
    )  # fmt: skip
    dots = tuple(
        Dot(item.label, said.claimed_words(item), drawn)
        for item in claims.amounts
        if (drawn := item.range.measured) is not None and item.unit == "USD"
    )  # fmt: skip
    yield Block(
        "The articles' amounts side by side, never added",
        Table("claims", "", {}, rows, columns=CLAIMED, finding=said.claims_finding(claims)), dots, "USD",
        notes=(f"{capital(said.OUR_MIDDLE)}.", *(item.sentence for item in claims.refusals)),
    )  # fmt: skip
    inputs = tuple(
        {name: row.get(name) for name in ("label", "low", "median", "high", "unit", "period", "speaker", "status",
                                          "source", "publisher", "date", "set_by", "shipped")}
        for row in claims_report.input_rows(catalogue, claims)
    )  # fmt: skip
    yield Block(
        "The figures behind the claims, with their sources",
        Table("claim_inputs", "", {}, inputs),
        behind=True,
    )


def _of_sections(sections: Sequence[Section]) -> Iterator[Block]:
    for section in sections:
        yield from section_blocks(section)


def article_sources(claims: Claims) -> tuple[SourceLine, ...]:
    """The articles whose figures are shown."""
    lines = (
        SourceLine(
            plain_title(card.seed.article_title), card.seed.publisher, card.seed.date, "", card.seed.url
        )
        for card in claims.cards
    )
    return tuple(dict.fromkeys(lines))


def industry_sources(catalogue: Catalogue) -> tuple[SourceLine, ...]:
    """The sources that figures of the industry name."""
    return source_lines(catalogue, (row.source for row in catalogue.industry.parameters.values()))
