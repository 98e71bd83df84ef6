"""One disruption in every economy, as text, JSON and CSV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from model.catalogue.load import Catalogue
from model.common.numbers import duration_text, money, percent
from model.compare.economies import InEconomy, without_figures
from model.scenario.link import link_text, to_query
from model.scenario.scenario import Scenario
from model.text import writer
from model.text.writer import Result

COLUMNS = (
    "rank", "iso3", "name", "income_group", "share_low", "share", "share_high", "usd_low", "usd", "usd_high",
    "usd_per_head", "gdp_usd", "gdp_year", "remarks",
)  # fmt: skip


def result_of(catalogue: Catalogue, scenario: Scenario, rows: Sequence[InEconomy]) -> Result:
    """The list, ready to be written; shares of the GDP of the time as decimals."""
    provenance = writer.provenance(
        catalogue.data_version,
        {"scenario": link_text(to_query(scenario))},
        basis="net direct loss, value added",
    )
    cells = [_cells(rank, row) for rank, row in enumerate(rows, start=1)]
    missing = [
        {"iso3": row.iso3, "name": row.name, "income_group": row.income_group, "remarks": row.reason}
        for row in without_figures(catalogue)
    ]
    return Result(
        lambda: _lines(catalogue, scenario, rows),
        lambda: {**provenance, "economies": cells, "without_figures": missing},
        lambda: writer.table([*cells, *missing], provenance, COLUMNS),
    )


def _cells(rank: int, row: InEconomy) -> dict[str, Any]:
    """A row of the table; money is left out where the GDP is too old for it."""
    place = row.economy
    named = {
        "rank": rank, "iso3": place.country.iso3, "name": place.country.name,
        "income_group": place.country.income_group, **row.share.columns("share"),
    }  # fmt: skip
    cells = {"gdp_year": place.gdp_year, "remarks": "; ".join(row.remarks)}
    if place.money_old:
        return named | dict.fromkeys(("usd_low", "usd", "usd_high", "usd_per_head", "gdp_usd")) | cells
    per_head = None if row.per_head is None else row.per_head.median
    return named | row.cost.columns("usd") | {"usd_per_head": per_head, "gdp_usd": place.gdp} | cells


def _lines(catalogue: Catalogue, scenario: Scenario, rows: Sequence[InEconomy]) -> list[str]:
    kind, length = catalogue.kinds[scenario.kind], duration_text(scenario.hours)
    lines = [
        f"{kind.label}, {length}, in each economy alone: net direct loss, value added, and its share of the GDP of the "
        "time; median and range (5th to 95th percentile of the stated assumptions).",
        "",
        f"{'':>4} {'':3} {'Economy':<34} {'Share of GDP':<24} {'Cost':<28} {'A head':>8}  Remarks",
    ]
    for rank, row in enumerate(rows, start=1):
        place = row.economy
        share = row.share.each(percent)
        cost, per_head = "no dollars", ""
        if not place.money_old:
            cost = row.cost.money().full
            per_head = "" if row.per_head is None else money(row.per_head.median)
        lines.append(
            f"{rank:>4} {place.country.iso3} {place.country.name[:34]:<34} {share.full:<24} {cost:<28} {per_head:>8}"
            f"  {'; '.join(row.remarks)}".rstrip()
        )
    lines += ["", "Without figures, so not estimated:"]
    lines += [f"     {row.iso3} {row.name}: {row.reason}" for row in without_figures(catalogue)]
    return lines
