"""The sheet of what stands beside the net loss: export contracts lost later, and the cost of working around."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.workbook import equations
from briefing.workbook.cells import Sheet
from briefing.workbook.chain import Chain
from briefing.workbook.formula import Formula, Term, any_of, over_arrays, total, when
from briefing.workbook.live.sectors import SectorRow
from model.catalogue.economies import HOME

FIRST = 3  # row of the first export group
REFERENCE = "coping.reference_receipts_musd"


def later_sheet(chain: Chain, sheet: Sheet, sectors: Sequence[SectorRow]) -> None:
    """Export contracts lost (where they are measured), and the cost of working around a block."""
    kinds = chain.content.result.catalogue.kinds.values()
    blocks = " or ".join(kind.phrase for kind in kinds if kind.copes)
    sheet.text(0, 0, "Lost export orders, later; and workaround costs", "title")
    sheet.text(
        1, 0, f"Counted separately: no part of the direct loss. Workarounds are paid for {blocks}.", "note"
    )
    end = FIRST + len(chain.export_groups)
    if chain.later:
        _later_rows(chain, sheet, sectors)
    else:
        sheet.text(2, 0, "Export earnings are not measured here, so nothing is said about lost orders.")
    sheet.text(end + 1, 0, "Workaround costs", "bold")
    sheet.formula(end + 1, 4, coping(chain), "total", "coping_cost")


def coping(chain: Chain) -> Term:
    """Cost of working around; only for activity that is saved, so none where nothing was lost."""
    scenario, catalogue = chain.content.result.scenario, chain.content.result.catalogue
    if not chain.kind.copes:
        return 0
    cost = chain["coping.full_adoption_musd_per_year"]
    if scenario.country != HOME:
        cost = cost * chain["export_receipts"] * chain["export_fits"] / chain[REFERENCE]
    cost = cost * chain["export_place"]
    adopted = equations.adoption_years(chain["hours"], chain["won_back"], chain["tau_hours"])
    touched = any_of(chain[f"lost_{catalogue.office_class}"] > 0, chain[f"lost_{catalogue.home_class}"] > 0)
    return when(touched, chain["spells"] * cost * adopted * chain["money_rate"], 0)


def _later_rows(chain: Chain, sheet: Sheet, sectors: Sequence[SectorRow]) -> None:
    """Months of receipts per share of contracts, and each group's receipts."""
    result = chain.content.result
    sheet.row(2, ["Export group", "Connectivity lost", "Exposure, blackout-days", "Share of contracts lost",
                  "Earnings lost, " & chain.unit])  # fmt: skip
    names = ("grace_days", "rate", "lag_months", "half_life_months", "horizon_months", "discount_rate")
    grace, rate, *course = (chain[f"churn.{name}"] for name in names)
    sheet.frozen(3, heads=2)
    first, horizon = 12, int(result.catalogue.parameters["churn.horizon_months"].max)
    sheet.text(9, 0, "Months of earnings lost per contract", "bold")
    sheet.row(11, ["Month after", "Earnings lost in it, of one, discounted"])
    missing: list[Formula] = []
    for row, month in enumerate(range(1, horizon + 1), start=first):
        cell = sheet.number(row, 0, month)
        missing.append(sheet.formula(row, 1, equations.receipts_missing(cell, *course), "fine"))
    months = sheet.formula(9, 1, over_arrays(sheet.range(first, 1, missing)), "fine", "months_lost")
    receipts: list[Formula] = []
    for row, (group, sector) in enumerate(chain.export_groups.items(), start=FIRST):
        sheet.text(row, 0, result.catalogue.sectors[sector].label)
        lost = sheet.formula(row, 1, sectors[sector].lost, "fine")
        exposure = equations.exposure_days(chain["spells"], lost, chain["hours_lost"])
        exposure = sheet.formula(row, 2, exposure, "fine")
        share = equations.share_of_contracts_lost(chain[f"churn.multiplier.{group}"], rate, exposure, grace)
        share = sheet.formula(row, 3, share, "fine")
        receipts_made = chain["export_receipts"] * chain["export_fits"]  # to what the IT row makes
        of_group = receipts_made * chain["export_place"] / 12 * chain[f"exports.share.{group}"]
        receipts.append(sheet.formula(row, 4, share * (of_group * months) * chain["money_rate"], "amount"))
    end = FIRST + len(receipts)
    sheet.text(end, 0, "Lost export orders, later", "bold")
    sheet.formula(end, 4, total(sheet.range(FIRST, 4, receipts)), "total", "lagged_receipts")
