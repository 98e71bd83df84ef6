"""One disruption in every economy, as text, JSON and CSV."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model.catalogue.economies import HOME
from model.common.numbers import duration_text, percent
from model.common.ranges import UNDEFINED, Range
from model.compare.league import MEASURES, GroupTotal, InEconomy, League
from model.compare.world_sentences import left_out_text
from model.estimation.guards import LONG, is_long
from model.scenario.link import link_text, to_query
from model.text import writer
from model.text.sentence import range_text
from model.text.writer import Result

COLUMNS = (
    "row", "iso3", "name", "region", "income_group", "place_first", "place_last",
    *(name + end for name in MEASURES for end in ("_low", "", "_high")), "gdp_usd", "gdp_year", "economies", "remarks",
    "link",
)  # fmt: skip
PLACES = (
    "A place is only as close as the simulations allow: from first to last in nine of ten. What is uncertain about one "
    "country alone does not enter it."
)


def result_of(league: League) -> Result:
    """The list, ready to be written; shares of the GDP of the time as decimals, places by the measure `by`."""
    return Result(
        lambda: _lines(league),
        lambda: {
            **provenance(league),
            "totals": totals(league),
            "economies": economies(league),
            "without_figures": missing(league),
        },
        lambda: table(league),
    )


def provenance(league: League) -> dict[str, str]:
    """What every row of a file repeats."""
    catalogue, scenario = league.world.catalogue, league.world.scenario
    return writer.provenance(
        catalogue.data_version,
        {"scenario": link_text(to_query(scenario.with_changes(country=HOME)))},
        basis=f"direct loss, value added, in each economy alone; places by {league.by}; {range_text()}",
    )


def table(league: League) -> writer.Table:
    """A row for each economy, for each that has no figures, and for each total; `row` says which it is."""
    rows = [{"row": "economy", **row} for row in economies(league)]
    rows += [{"row": "no figures", **row} for row in missing(league)]
    rows += [{"row": f"total, {row.pop('group')}", **row} for row in totals(league)]
    return writer.table(rows, provenance(league), COLUMNS)


def economies(league: League) -> list[dict[str, Any]]:
    """Each economy as plain data; money is left out where the GDP is too old for it."""
    scenario = league.world.scenario
    return [
        _cells(row) | {"link": link_text(to_query(scenario.with_changes(country=row.economy.country.iso3)))}
        for row in league.rows
    ]


def missing(league: League) -> list[dict[str, Any]]:
    """Economies without figures, each with its reason."""
    return [
        {"iso3": row.iso3, "name": row.name, "region": row.region, "income_group": row.income_group,
         "remarks": row.reason}
        for row in league.missing
    ]  # fmt: skip


def totals(league: League) -> list[dict[str, Any]]:
    """The world, the regions and the income groups as plain data."""
    return [
        {"group": row.key, "name": row.name, **_columns(by_measure(row)), "economies": row.count,
         "remarks": left_out_text(row)}
        for row in league.totals
    ]  # fmt: skip


def by_measure(total: GroupTotal) -> dict[str, Range[float] | None]:
    """A total in each measure."""
    return {"usd": total.cost, "share": total.share, "per_head": total.per_head, "per_day": total.per_day}


def _columns(values: Mapping[str, Range[float] | None]) -> dict[str, float | None]:
    return {
        column: number
        for name in MEASURES
        for column, number in (values[name] or UNDEFINED).columns(name).items()
    }


def _cells(row: InEconomy) -> dict[str, Any]:
    place, (first, last) = row.economy, row.places or (None, None)
    return {
        "iso3": place.country.iso3, "name": place.country.name, "region": place.country.region,
        "income_group": place.country.income_group, "place_first": first, "place_last": last, **_columns(row.values),
        "gdp_usd": None if place.money_old else place.gdp, "gdp_year": place.gdp_year,
        "remarks": "; ".join(row.remarks.values()),
    }  # fmt: skip


def _lines(league: League) -> list[str]:
    scenario = league.world.scenario
    head = f"{'Cost':<28} {'A day':<28} {'Share of GDP':<24} {'Per head':<26}"
    lines = [
        f"{event_text(league)}, in each economy alone: direct loss, value added; median and range (5th to 95th "
        "percentile of the stated assumptions).",
        f"Places: by {MEASURES[league.by].label}. {PLACES}",
        *([LONG] if is_long(scenario, scenario.hours) else []),
        "",
        f"     {'Together':<34} {'Economies':<22} {head}",
    ]
    for total in league.totals:
        lines.append(
            f"     {total.name:<34} {total.count:<22} {_words(by_measure(total))} {left_out_text(total)}".rstrip()
        )
    lines += ["", f"     {'Economy':<34} {'Place':<22} {head} {'Region':<9} {'Income group':<20} Remarks"]
    for row in league.rows:
        country = row.economy.country
        lines.append(
            f" {country.iso3} {country.name[:34]:<34} {row.places_text:<22} {_words(row.values)} {country.region:<9} "
            f"{country.income_group:<20} {'; '.join(row.remarks.values())}".rstrip()
        )
    lines += ["", "Without figures, so not estimated:"]
    return lines + [f" {row.iso3} {row.name}: {row.reason}" for row in league.missing]


def event_text(league: League) -> str:
    """What happens everywhere: `Full blackout, 1 day`, `Mobile data cut, 6 hours, 5 spells, in 10% of each`."""
    scenario = league.world.scenario
    parts = [league.world.catalogue.kinds[scenario.kind].label, duration_text(scenario.hours)]
    parts += [f"{scenario.spells} spells"] if scenario.spells > 1 else []
    parts += [f"in {percent(scenario.place)} of each"] if scenario.place is not None else []
    return ", ".join(parts)


def _words(values: Mapping[str, Range[float] | None]) -> str:
    """The measures as columns of a text."""
    widths = {"usd": 28, "per_day": 28, "share": 24, "per_head": 26}
    cells = []
    for measure, width in widths.items():
        value = values[measure]
        text = (
            ("no dollars" if measure == "usd" else "")
            if value is None
            else MEASURES[measure].words(value).full
        )
        cells.append(f"{text:<{width}}")
    return " ".join(cells)
