"""A comparison of lengths, types, places or scenarios as a file: each row, and what it costs more than the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.common.beside import difference_text, sources_of
from briefing.pages.content import Block, Dot, Frame, PageContent, spread_wide
from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.common.program.progress import Tick
from model.compare import compare_durations, differences
from model.compare import sentences as words
from model.compare.differences import Compared, aligned
from model.compare.names import names
from model.scenario.comparison import Comparison
from model.scenario.link import link_text, to_query
from model.scenario.scenario import Scenario
from model.text import findings, report
from model.text.writer import Table

SHARED = ("difference", "ratio", "per_hour", "per_head", "share_of_gdp")


@dataclass(frozen=True)
class ComparedRows:
    """Compared rows, what was found, the same in a line, the row that the others are compared with, and more."""

    rows: tuple[Compared, ...]
    headline: str
    base: int
    finding: str
    sentences: tuple[str, ...] = ()


def rows_of(
    catalogue: Catalogue, scenario: Scenario, comparison: Comparison, tick: Tick | None = None
) -> ComparedRows:
    """The rows of the part of the page that is open; raises `InputError`."""
    part = comparison.show
    if part == "kinds":
        rows = differences.kinds(catalogue, scenario, tick)
        own = next(index for index, row in enumerate(rows) if row.result.scenario.kind == scenario.kind)
        ranked = sorted(rows, key=lambda row: -(row.amount.median or 0.0))
        return _made(rows, words.kinds_headline(rows, own), own, words.kinds_title(ranked))
    if part == "places":
        codes = comparison.countries
        rows = (
            differences.countries(catalogue, scenario, codes, tick) if codes
            else differences.regions(catalogue, scenario, tick)
        )  # fmt: skip
        own = next(
            (n for n, row in enumerate(rows) if codes and row.result.scenario.country == scenario.country), 0
        )
        headline = words.places_headline(rows, regions=not codes)
        return _made(rows, headline, own, words.places_title(rows, regions=not codes))
    if part == "scenarios":
        if not comparison.others:
            raise InputError(
                "compare", "scenarios", "has one scenario alone", "a second one, kept to compare"
            )
        ready = aligned([scenario, *comparison.others])
        rows = differences.side_by_side(catalogue, ready, names(catalogue, ready), reference=1, tick=tick)
        return _made(rows, words.scenarios_headline(rows, 0, 1), 1, findings.most(*_medians(rows)))
    rows = compare_durations.durations(catalogue, scenario, comparison.durations, tick)
    base = differences.first_that_costs([row.amount for row in rows])
    return _made(
        rows,
        words.durations_headline(rows),
        base,
        words.durations_title(rows),
        compare_durations.shape_in_words(rows),
    )


def _made(
    rows: Sequence[Compared], headline: str, base: int, finding: str, sentences: Sequence[str] = ()
) -> ComparedRows:
    return ComparedRows(tuple(differences.without_draws(rows)), headline, base, finding, tuple(sentences))


def _span(rows: Sequence[Compared]) -> str:
    """From the least to the most that a row costs."""
    return findings.span(*_medians(rows))


def _medians(rows: Sequence[Compared]) -> tuple[list[tuple[str, float | None]], str]:
    """What each row costs, by its name, and in what."""
    return [(row.label, row.amount.median) for row in rows], rows[0].result.money.unit


def content(compared: ComparedRows, part: str, frame: Frame) -> PageContent:
    """The file of compared rows of a part of the page."""
    rows, base, headline, sentences = compared.rows, compared.base, compared.headline, compared.sentences
    first, unit = rows[0].result, rows[0].result.money.unit
    dots = tuple(
        Dot(row.label, row.amount.money(unit), amount,
            more="" if number == base else f"{difference_text(row.difference, unit)} from {rows[base].label}")
        for number, row in enumerate(rows)
        if (amount := row.amount.measured) is not None
    )  # fmt: skip
    units = dict.fromkeys(("low", "median", "high", *_three("difference")), unit)
    units |= dict.fromkeys(_three("per_hour"), f"{unit} per hour")
    units |= dict.fromkeys(_three("per_head"), f"{unit} per person")
    units |= dict.fromkeys(_three("share_of_gdp"), "share of GDP of that time") | dict.fromkeys(
        _three("ratio"), "x"
    )
    cells = tuple(_row(row, number == base) for number, row in enumerate(rows))
    table = Table("rows", "", units, cells, finding=_span(rows), heads={"median": "Direct loss"})
    common = {
        **report.provenance_of(first), "scenario": link_text(frame.query),
        "country": "; ".join(dict.fromkeys(row.result.economy.country.name for row in rows)),
        "sources": "; ".join(dict.fromkeys(report.sources_text(row.result) for row in rows)),
        "warnings": " ".join(words.notes(rows)),
    }  # fmt: skip
    against = f"Differences are from {rows[base].label}, taken simulation by simulation."
    return PageContent(
        "compare", "Compare", headline, sentences, "Direct loss, output not recovered",
        (Block(f"Direct loss of each, compared with {rows[base].label}", table, dots, unit, log=spread_wide(dots),
               notes=(against,)),),
        tuple(words.notes(rows)), tuple(dict.fromkeys(line for row in rows for line in sources_of(row.result))),
        {**common, "headline": headline, "sentences": list(sentences), "rows": [dict(row) for row in table.rows]},
        common, frame, f"{first.scenario.country}_{first.scenario.kind}_{part}", compared.finding,
    )  # fmt: skip


def _three(name: str) -> tuple[str, str, str]:
    return (f"{name}_low", name, f"{name}_high")


def _row(row: Compared, reference: bool) -> dict[str, object]:
    made: dict[str, object] = {"label": row.label, **row.amount.parts}
    for name in SHARED:
        value = getattr(row, name)
        low, median, high = (None, None, None) if reference and name in ("difference", "ratio") else value
        made |= dict(zip(_three(name), (low, median, high), strict=True))
    return made | {
        "link": link_text(to_query(row.result.scenario)),
        "country": row.result.economy.country.name,
    }
