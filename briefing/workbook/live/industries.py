"""The sheet of what each industry is: its value added, how much it needs the internet, who its users are."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from briefing.workbook.cells import Sheet
from briefing.workbook.chain import Chain
from briefing.workbook.formula import Formula, absolute, maximum, over_arrays, sum_of, total, when
from briefing.workbook.live.inputs import SHARE, VALUE_ADDED, allow, most_likely, most_likely_receipts
from model.catalogue.economies import Sector
from model.scenario.places import place_shares

OUTSIDE, MIX_WRONG, SHARES_SUM = "industries_outside", "industries_mix_wrong", "industries_sum"
NEAR_ONE = 0.005  # how far a sum of shares may be from 1
NOTE = (
    "Customers' patience acts in longer outages, once they stop waiting. An industry without value added moves "
    "nothing. The users of an industry make 1 together; so do the shares of gross value added with that of IT services "
    "(sheet Inputs)."
)
PARTS = ("place", "dependence", "ceiling", "share", "patience")
FIRST = 6  # row of the first industry
SHARE_OF, PLACE, MIX = 2, 3, 8  # columns


@dataclass(frozen=True)
class Industries:
    """The yellow cells of every industry, and what its value added is made of."""

    chain: Chain
    value_added: dict[str, Formula] = field(default_factory=dict)  # content of an industry's cell

    @classmethod
    def of(cls, chain: Chain) -> Industries:
        _name_cells(chain)
        made = cls(chain)
        for sector in chain.content.result.catalogue.sectors:
            content = made.value_added[sector.key] = _value_added(chain, sector)
            chain.book.named(f"s_{sector.key}_value_added", content.value)
        return made

    def write(self, sheet: Sheet) -> None:
        """Limits, a row for each industry, and how many of its cells are outside."""
        chain, catalogue = self.chain, self.chain.content.result.catalogue
        classes, end = catalogue.classes, MIX + len(catalogue.classes)
        sheet.text(0, 0, "Industries: change a yellow cell and everything follows", "title")
        sheet.across(1, 0, end + 1, NOTE, "small")
        sheet.text(2, PLACE, "What it has and needs", "section")
        sheet.text(2, MIX, "Share of its users who are", "section")
        sheet.row(3, ["Industry", "Value added, M USD a year", "Share of gross value added", "Share inside the place",
                      "Share that needs the internet", "Most that can be recovered later", "Share of that reached",
                      "Customers wait, days", *(item.label for item in classes), "Users, sum", "Check"])  # fmt: skip
        sheet.frozen(4, 1, heads=3)
        patience = _patience(chain)
        limits = [SHARE, SHARE, SHARE, SHARE, SHARE, patience, *([SHARE] * len(classes))]
        ends = [
            [sheet.number(row, column, limit[row - 4], "limit") for column, limit in enumerate(limits, start=SHARE_OF)]
            for row in (4, 5)
        ]  # fmt: skip
        for row, text in ((4, "Allowed: from"), (5, "to")):
            sheet.text(row, 0, text, "note")
        least, most = (_along(sheet, row, cells[1:]) for row, cells in zip((4, 5), ends, strict=True))
        sums, wrong, outside, shares = list[Formula](), list[Formula](), list[Formula](), list[Formula]()
        for row, sector in enumerate(catalogue.sectors, start=FIRST):
            name = f"s_{sector.key}"
            sheet.text(row, 0, sector.label)
            sheet.formula(row, 1, self.value_added[sector.key], "amount", f"{name}_value_added")
            cells = [chain[f"{name}_{part}"] for part in (*PARTS, *(f"mix_{item.key}" for item in classes))]
            for column, cell in enumerate(cells, start=PLACE):
                sheet.given(row, column, cell)
                head = HEADS[column - PLACE] if column < MIX else "share of users"
                allow(sheet, row, column, f"{sector.label}: {head}", limits[column - SHARE_OF])
            mine = _along(sheet, row, cells)
            bad = over_arrays((mine < least) + (mine > most))
            if sector.value_added_column == catalogue.it_column:
                sheet.text(row, SHARE_OF, "IT services", "note")
            else:
                share = chain[f"{name}_gva_share"]
                sheet.given(row, SHARE_OF, share)
                allow(sheet, row, SHARE_OF, f"{sector.label}: share of gross value added", SHARE)
                shares.append(share)
                bad = bad + when(share < ends[0][0], 1, 0) + when(share > ends[1][0], 1, 0)
            mix = Formula(f"{sheet.at(row, MIX)}:{_address(sheet, row, end - 1)}",
                          np.array([cell.value for cell in cells[len(PARTS):]]))  # fmt: skip
            sums.append(sheet.formula(row, end, total(mix), "level"))
            wrong.append(when(absolute(sums[-1] - 1) > NEAR_ONE, 1, 0))
            outside.append(sheet.formula(row, end + 1, bad, "check"))
        below = FIRST + len(catalogue.sectors) + 1
        for row, (text, content, style, own) in enumerate((
            ("Shares of gross value added, with that of IT services", sum_of([*shares, chain["it_row_share"]]), "level",
             SHARES_SUM),
            ("Industries whose users do not make 1", sum_of(wrong), "count", MIX_WRONG),
            ("Cells outside their limits", sum_of(outside), "count", OUTSIDE),
        ), start=below):  # fmt: skip
            sheet.text(row, 0, text, "strong")
            sheet.formula(row, 1, content, style, own)


HEADS = ("share inside the place", "share that needs the internet", "most that can be recovered later",
         "share of that reached", "days that customers wait")  # fmt: skip


def _along(sheet: Sheet, row: int, cells: list[Formula]) -> Formula:
    """The cells of a row from the place on, as one array."""
    last = _address(sheet, row, PLACE + len(cells) - 1)
    return Formula(f"{sheet.at(row, PLACE)}:{last}", np.array([cell.value for cell in cells]))


def _address(sheet: Sheet, row: int, column: int) -> str:
    return sheet.at(row, column).partition("!")[2]


def _patience(chain: Chain) -> tuple[float, float]:
    """The least and the most days that customers of any industry may wait."""
    catalogue = chain.content.result.catalogue
    rows = [catalogue.parameters[f"sector.{sector.key}.patience_days"] for sector in catalogue.sectors]
    return min(row.min for row in rows), max(row.max for row in rows)


def _name_cells(chain: Chain) -> None:
    """Names and values of every industry's yellow cells."""
    result, named, value = chain.content.result, chain.book.named, chain.value
    scenario = result.scenario
    inside, _ = place_shares(result.catalogue, scenario.country, scenario.regions, scenario.place)
    shares = result.catalogue.shares[result.economy.country.iso3]
    for index, sector in enumerate(result.catalogue.sectors):
        name = f"s_{sector.key}"
        if sector.value_added_column != result.catalogue.it_column:
            named(f"{name}_gva_share", shares.of(sector.value_added_column))
        named(f"{name}_place", inside[index])
        named(f"{name}_dependence", value(f"sector.{sector.key}.dependence"))
        named(f"{name}_ceiling", value(f"sector.{sector.key}.recapture_ceiling"))
        named(f"{name}_share", value("recapture.share_of_ceiling", sector.key))
        named(f"{name}_patience", value(f"sector.{sector.key}.patience_days"))
        for item in result.catalogue.classes:
            named(f"{name}_mix_{item.key}", sector.mix.get(item.key, 0.0))


def _value_added(chain: Chain, sector: Sector) -> Formula:
    """A sector's value added, M USD a year."""
    if sector.export_group:
        share = most_likely(chain, f"exports.share.{sector.export_group}")
        return most_likely(chain, VALUE_ADDED) * most_likely_receipts(chain) * share * chain["export_fits"]
    if sector.value_added_part == "domestic":
        return maximum(0, chain["it_row"] - chain["export_value_added"] * chain["export_fits"])
    return chain["gva_musd"] * chain[f"s_{sector.key}_gva_share"]
