"""The page of all economies as a file: who loses the most, every economy, and the totals."""

from __future__ import annotations

from collections.abc import Callable

from briefing.common.beside import SourceLine, source_lines
from briefing.pages.content import MOST_DOTS, Block, Dot, Frame, PageContent, spread_wide
from model.catalogue.economies import Country
from model.common.text import capital
from model.compare import world_sentences as words
from model.compare.league import MEASURES, League
from model.estimation.guards import LONG, is_long
from model.scenario.durations import duration_code
from model.text import world_report
from model.text.writer import Table

UNITS = {"usd": "USD", "share": "share of GDP", "per_head": "USD per head", "per_day": "USD per day"}


def content(league: League, frame: Frame, fits: Callable[[Country], bool] = lambda _: True) -> PageContent:
    """The file of a league, of the economies that `fits` leaves; places and totals are of all."""
    rows = [row for row in league.rows if fits(row.economy.country)]
    codes = {row.economy.country.iso3 for row in rows} | {row.iso3 for row in league.missing if fits(row)}
    scenario, by, measure = league.world.scenario, league.by, MEASURES[league.by]
    units = {name + end: unit for name, unit in UNITS.items() for end in ("_low", "", "_high")} | {
        "gdp_usd": "USD"
    }
    economies = [*world_report.economies(league), *world_report.missing(league)]
    with_loss = [(row, value) for row in rows if (value := row.values[by]) is not None and value.median > 0][
        :MOST_DOTS
    ]
    dots = tuple(Dot(row.economy.country.name, measure.words(value), value) for row, value in with_loss)
    largest = Table(
        "largest",
        "",
        units,
        tuple(
            {"name": row.economy.country.name, "place": row.places_text, **value.columns(by)}
            for row, value in with_loss
        ),
        finding=words.largest(league, rows),
    )
    totals = Table("totals", "", units, finding=words.together(league), rows=tuple(
        {key: row[key] for key in ("name", "economies", *(n for n in row if n.startswith(tuple(UNITS))), "remarks")}
        for row in world_report.totals(league)))  # fmt: skip
    every = Table("economies", "", units, tuple(row for row in economies if row["iso3"] in codes))
    most = f"The {len(dots)} that lose the most" if len(dots) > 1 else "The one economy here"
    return PageContent(
        "world", "World", words.headline(league, rows), (),
        f"{capital(words.event(league))}, in each economy alone; direct loss",
        (
            Block(f"{most}, {words.WRITTEN[by]}", largest, dots, UNITS[by], log=spread_wide(dots), ranked=True),
            Block("Together, if it happened in all of them", totals,
                  notes=("Each simulation is added up over the economies, then the range is taken.",
                         words.left_out_sentence(league.totals[0]))),
            Block(f"Every economy: {len(every.rows)}", every, notes=(world_report.PLACES,), behind=True),
        ),
        (*([LONG] if is_long(scenario, scenario.hours) else []),),
        general_sources(league), world_report.result_of(league).data(), world_report.provenance(league), frame,
        f"{scenario.kind}_{duration_code(scenario.hours).replace('.', 'p')}_{by}", words.largest(league, rows),
    )  # fmt: skip


def general_sources(league: League) -> tuple[SourceLine, ...]:
    """The sources of the figures of the economies."""
    return source_lines(
        league.world.catalogue,
        (figure.source for row in league.rows for figure in row.economy.figures.values()),
    )
