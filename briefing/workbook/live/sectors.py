"""The sheet of the chain: from connectivity lost to the loss, industry by industry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.workbook import equations
from briefing.workbook.cells import Sheet
from briefing.workbook.chain import Chain
from briefing.workbook.formula import Formula, maximum, minimum, sum_of, total, when
from briefing.workbook.live.hours import Time, losing_at
from model.catalogue.disruptions import matches
from model.catalogue.economies import Sector

AT_ONCE = 1e-9  # hours: a time scale of nothing divides by nothing


@dataclass(frozen=True)
class SectorRow:
    """Cells of a sector that other sheets call."""

    lost: Formula  # share of useful connectivity lost at first
    stake: Formula  # M USD an hour
    net: Formula  # its loss


def severity_rows(chain: Chain, sheet: Sheet, row: int) -> int:
    """Connectivity lost by class, with measures and moved seats, then what all sectors share, from `row` down.

    Returns the next free row.
    """
    sheet.row(row, ["Users", "Connectivity lost at first, with measures", "and with seats moved home"])
    row += 1
    seats = (chain[f"lever.{key}.coverage"] for key in chain.levers("seats"))
    sheet.text(row, 0, "Seats of export offices moved home")
    moved = sheet.formula(row, 1, equations.covered(seats), "fine", "moved_seats")
    row += 1
    if chain.kind.severity_from == "degradation":
        ratio = chain["quality_given"]
        if chain.kind.quality_input == "capacity_lost":
            ratio = equations.ratio_after_cut(ratio, chain["degradation.utilisation"])
        sheet.text(row, 0, "Service ratio, now over before")
        sheet.formula(row, 1, ratio, "fine", "service_ratio")
        row += 1
    classes = chain.content.result.catalogue.classes
    lost = {
        item.key: sheet.formula(row + number, 1, class_loss(chain, item.key), "fine", f"lost_{item.key}")
        for number, item in enumerate(classes)
    }
    for item in classes:
        sheet.text(row, 0, item.label)
        mixed = lost[item.key]
        if item.seats == "office":
            mixed = (1 - moved) * lost[item.key] + moved * lost[chain.content.result.catalogue.home_class]
        sheet.formula(row, 2, mixed, "fine", f"mixed_{item.key}")
        row += 1
    tau = 24 * chain[f"adaptation.{chain.kind.key}.days"]
    for key in chain.levers("adaptation_time"):
        tau = equations.quickened(tau, chain[f"lever.{key}.coverage"], chain[f"lever.{key}.time_factor"])
    sheet.text(row, 0, "Time constant of workarounds, hours")
    sheet.formula(row, 1, maximum(AT_ONCE, tau), "fine", "tau_hours")
    return _shared_rows(chain, sheet, row + 2)


def class_loss(chain: Chain, name: str) -> Formula:
    """Connectivity that a class loses at first, with every measure that acts on it."""
    kind = chain.kind
    if kind.severity_from == "table":
        lost = chain[f"severity.{kind.severity_rows}.{name}"]
        if kind.weighed_by:
            lost = minimum(1, lost * chain[kind.weighed_by])
    else:
        half = chain[f"degradation.half_ratio.{name}"] * chain["degradation.half_ratio_scale"]
        full, steepness = chain[f"severity.{kind.severity_rows}.{name}"], chain["degradation.steepness"]
        lost = equations.degraded(full, chain["service_ratio"], half, steepness)
    for key, lever in chain.levers("severity").items():
        if matches(lever.classes, name):
            lost = equations.shielded(lost, chain[f"lever.{key}.coverage"], chain[f"lever.{key}.effect"])
    return lost


def _shared_rows(chain: Chain, sheet: Sheet, row: int) -> int:
    sheet.text(row, 0, "How long one outage lasts, hours")
    hours = sheet.formula(row, 1, 24 * chain["duration_days"], "fine", "hours")
    row += 1
    sheet.text(row, 0, "Time scale on which losses begin, hours")
    sheet.formula(row, 1, maximum(AT_ONCE, chain["onset.scale_hours"]), "fine", "onset_scale")
    for name, label, content in (
        ("won_back", "Share of the loss that workarounds win back", chain[f"adaptation.{chain.kind.key}.share"]),
        ("restart", "Restart time where work has a buffer, hours",
         equations.restart_hours(chain["restart.hours"], hours, losing_at(chain, hours))),
        ("digital_factor", "How digital the economy is: factor on the odds of needing the internet",
         equations.digital_factor(chain["income"], *(chain[f"digital.{name}"] for name in
                                                     ("reference_gdp_per_head", "elasticity", "cap")))),
        ("overtime_rate", "Overtime per unit recovered later",
         chain["recapture.overtime_premium"] * chain["recapture.labour_share"]),
    ):  # fmt: skip
        row += 1
        sheet.text(row, 0, label, "wrap")
        sheet.formula(row, 1, content, "fine", name)
    return row + 1


def sector_rows(chain: Chain, sheet: Sheet, row: int, time: Time) -> tuple[int, Sequence[SectorRow]]:
    """The chain for each sector below a heading at `row`; returns the row of the first sector, and its cells."""
    result = chain.content.result
    unit = chain.unit
    sheet.row(row, ["Industry", "Connectivity lost", "Share that needs the internet here", "At stake, M USD an hour",
                    "Effective hours", "Activity disrupted, " & unit, "Wait per day lost", "Share recovered later",
                    "Recovered later, " & unit, "Overtime, " & unit, "Direct loss, " & unit, "",
                    "Simulations, direct loss: 5%, " & unit, "median, " & unit, "95%, " & unit])  # fmt: skip
    first = row + 1
    rows: list[SectorRow] = []
    sums: dict[int, list[Formula]] = {5: [], 8: [], 9: [], 10: []}  # by column
    for row, sector in enumerate(result.catalogue.sectors, start=first):
        own = {part: chain[f"s_{sector.key}_{part}"]
               for part in ("value_added", "place", "dependence", "ceiling", "share", "patience")}  # fmt: skip
        sheet.text(row, 0, sector.label)
        mix = (
            chain[f"s_{sector.key}_mix_{item.key}"] * chain[f"mixed_{item.key}"]
            for item in result.catalogue.classes
        )
        lost = sheet.formula(row, 1, sum_of(mix), "fine")
        factor = chain["structure_multiplier"]
        if not sector.digital:
            factor = chain["digital_factor"] * factor
        needed = equations.dependence_in_economy(own["dependence"], factor)
        needed = sheet.formula(row, 2, needed, "fine")
        worth = equations.activity_at_stake(own["value_added"], own["place"], needed)
        stake = sheet.formula(row, 3, worth * lost, "fine")
        hours = time.hours_lost(sector.hour_profile, sector.buffered)
        lasting = sheet.formula(row, 4, hours + chain["restart"] if sector.buffered else hours, "fine")
        gross = sheet.formula(row, 5, stake * lasting * chain["spells"] * chain["money_rate"], "amount")
        wait = sheet.formula(row, 6, least_wait(chain, time, sector), "fine")
        share = equations.caught_up(
            own["ceiling"] * own["share"], lost, chain["recapture.spare_capacity"], wait
        )
        share = sheet.formula(row, 7, share, "fine")
        caught = sheet.formula(row, 8, maximum(0, gross * share), "amount")
        overtime = sheet.formula(row, 9, caught * chain["overtime_rate"], "amount")
        net = sheet.formula(row, 10, gross - caught + overtime, "amount")
        for cells, cell in zip(sums.values(), (gross, caught, overtime, net), strict=True):
            cells.append(cell)
        amount = result.amount(f"net_direct.{sector.key}")
        for column, part in ((12, amount.low), (13, amount.median), (14, amount.high)):
            sheet.drawn(
                row, column, None if part is None else chain.in_money(part / chain.content.result.money.scale)
            )
        rows.append(SectorRow(lost, stake, net))
    last = first + len(rows)
    sheet.text(last, 0, "All industries", "bold")
    for (column, cells), name in zip(
        sums.items(), ("gross", "caught_up", "overtime", "net_direct"), strict=True
    ):
        sheet.formula(last, column, total(sheet.range(first, column, cells)), "total", f"total_{name}")
    return first, rows


def least_wait(chain: Chain, time: Time, sector: Sector) -> Formula:
    """The shortest wait per hour lost of a sector's customers at any stop up to the duration."""
    if chain.content.result.scenario.period_days is None:
        return time.least_wait(patient_days(chain, sector.key, chain["hours"]), sector.buffered)
    days = chain[f"s_{sector.key}_patience"] * chain["recapture.patience_scale"]
    capped = equations.lesser(days, chain.days_between(time.cut))
    several = time.least_wait(capped, sector.buffered)
    return when(chain["spells"] > 1, several, time.least_wait(days, sector.buffered))


def patient_days(chain: Chain, sector: str, hours: Formula) -> Formula:
    """Days that a sector's customers wait after an outage of so many hours."""
    patience, scale = chain[f"s_{sector}_patience"], chain["recapture.patience_scale"]
    return equations.patient_days(patience, scale, chain["spells"], chain.days_between(hours))
