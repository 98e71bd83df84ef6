"""The model's chain as formulas: severity, later losses, the cost of working around.

Every formula is written with the value that it has when the file is made: a program that does not compute shows
right numbers, and one that computes only what a change touches starts from right ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from briefing.content import Content
from briefing.workbook.cells import Book, Sheet, cell_name
from model.catalogue.disruptions import matches
from model.common.numbers import MILLION
from model.estimation.inputs import (
    COPING_KIND,
    PLATFORM_KIND,
    Inputs,
    moved_seats,
    receipts_of,
    stacked_inputs,
)
from model.estimation.sampling import OneAtATime, centre
from model.kernels import effective_hours, grid, onset
from model.scenario.durations import MAX_HOURS
from model.scenario.places import HOME, place_shares

Array = NDArray[np.float64]
LATER = ("grace_days", "rate", "lag_months", "half_life_months", "horizon_months", "discount_rate")
VALUE_ADDED = "exports.value_added_share"
REFERENCE = "coping.reference_receipts_musd"


@dataclass(frozen=True)
class Chain:
    """A content's central inputs, as the model takes them."""

    content: Content
    sample: OneAtATime
    inputs: Inputs

    @classmethod
    def of(cls, content: Content) -> Chain:
        result = content.result
        sample = OneAtATime(result.catalogue, result.table, ())
        inputs = stacked_inputs(result.catalogue, [result.scenario], [result.economy], [sample])
        return cls(content, sample, inputs)

    def value(self, key: str, member: str = "") -> float:
        return one(self.sample.of(key, member))

    def central(self, key: str) -> float:
        """The most likely value: what divides the economy before anything is drawn."""
        return centre(self.content.result.table[key]) or 0.0

    @property
    def later(self) -> bool:
        """Whether later losses are measured here at all."""
        return self.content.line("lagged_receipts").median is not None

    @property
    def profiles(self) -> list[str]:
        """Hour profiles in use: none without a start time."""
        if self.content.result.scenario.start is None:
            return []
        return list(dict.fromkeys(sector.hour_profile for sector in self.content.result.catalogue.sectors))

    @property
    def start_hour(self) -> float:
        """Hours from Monday 00:00 to the start."""
        start = datetime.fromisoformat(self.content.result.scenario.start or "2026-01-05T00:00")
        return start.weekday() * 24 + start.hour + start.minute / 60

    @property
    def edges(self) -> Array:
        """Edges of the time grid up to two years, ascending from 0."""
        start = self.content.result.scenario.start
        begin = None if start is None else datetime.fromisoformat(start)
        return grid.grid_edges(np.array([MAX_HOURS]), begin)

    def connectivity(self, sector: int) -> float:
        return one(self.inputs.sector_lost(sector))

    def integrand(self, nodes: Array) -> Array:
        """Share lost at severity 1 at each of these hours."""
        losing = onset.share_losing(nodes, *(one(item) for item in self.inputs.onset))
        decay = np.exp(-nodes / one(self.inputs.tau))
        return effective_hours.share_lost_over_time(losing, decay, one(self.inputs.won_back))


def one(values: Array) -> float:
    """The only value of an array."""
    return float(np.ravel(values)[0])


def used_keys(chain: Chain) -> list[str]:
    """Every shared parameter that the formulas take, in the order of the input sheet."""
    catalogue, scenario = chain.content.result.catalogue, chain.content.result.scenario
    kind = catalogue.kinds[scenario.kind]
    keys: list[str] = []
    if kind.severity_from == "table":
        keys += [f"severity.{kind.key}.{name}" for name in catalogue.class_keys]
        keys += ["platform.weight"] if kind.key == PLATFORM_KIND else []
    else:
        keys += [f"severity.full_blackout.{name}" for name in catalogue.class_keys]
        keys += [f"degradation.half_ratio.{name}" for name in catalogue.class_keys]
        keys += ["degradation.half_ratio_scale", "degradation.steepness"]
        keys += ["degradation.utilisation"] if kind.quality_input == "capacity_lost" else []
    keys += [f"adaptation.{kind.key}.share", f"adaptation.{kind.key}.days"]
    keys += ["onset.immediate", "onset.scale_hours", "onset.shape", "restart.hours"]
    keys += [
        f"recapture.{name}"
        for name in ("patience_scale", "spare_capacity", "overtime_premium", "labour_share")
    ]
    if chain.later:
        keys += [f"churn.{name}" for name in LATER]
        keys += [f"churn.multiplier.{group}" for group in export_groups(chain)]
    keys += [f"exports.share.{group}" for group in export_groups(chain)]
    keys += [VALUE_ADDED, "fiscal.tax_share"]
    if kind.key == COPING_KIND:
        keys.append("coping.full_adoption_musd_per_year")
        keys += [REFERENCE] if scenario.country != HOME else []
    if chain.content.result.economy.workers:
        keys.append("work.days_per_year")
    for key, lever in catalogue.levers.items():
        if lever.acts_in(kind.key, scenario.ordered(catalogue)):
            part = {"severity": "effect", "adaptation_time": "time_factor"}.get(lever.acts_on)
            keys += [f"lever.{key}.coverage", *([f"lever.{key}.{part}"] if part else [])]
    return keys


def acts_when(key: str) -> str:
    """What else must hold before this input moves the answer; empty where nothing must."""
    family, _, rest = key.partition(".")
    if family == "lever" and not rest.endswith(".coverage"):
        return "with a coverage above 0"
    if family == "churn":
        return "once the exposure of exporters is longer than the grace"
    if key in ("recapture.patience_scale", "recapture.spare_capacity"):
        return "once spare capacity or patience no longer suffices: in longer spells"
    if family == "adaptation" and rest.endswith(".days"):
        return "where workarounds win a share back"
    return ""


def export_groups(chain: Chain) -> dict[str, int]:
    """Export groups and the sector that each belongs to."""
    sectors = chain.content.result.catalogue.sectors
    return {sector.export_group: index for index, sector in enumerate(sectors) if sector.export_group}


def severity_rows(chain: Chain, sheet: Sheet, top: int) -> int:
    """Connectivity lost by class, with measures and moved seats; returns the next free row."""
    result = chain.content.result
    catalogue, scenario = result.catalogue, result.scenario
    kind, ordered = catalogue.kinds[scenario.kind], scenario.ordered(catalogue)
    acting = {key: lever for key, lever in catalogue.levers.items() if lever.acts_in(kind.key, ordered)}
    sheet.row(top, ["Severity", "Connectivity lost at first, with measures", "and with seats moved home"])
    row = top + 1
    kept = "*".join(
        f"(1-{cell_name(f'lever.{key}.coverage')})" for key, item in acting.items() if item.acts_on == "seats"
    )
    moved = one(moved_seats(catalogue, scenario, chain.sample))
    sheet.text(row, 0, "Seats of export offices moved home")
    sheet.formula(row, 1, f"1-{kept}" if kept else "0", moved, "fine", "moved_seats")
    row += 1
    if kind.severity_from == "degradation":
        given = "quality_given"
        formula, ratio = given, quality(chain)
        if kind.quality_input == "capacity_lost":
            formula = f"MIN(1,(1-{given})/{cell_name('degradation.utilisation')})"
            ratio = min(1.0, (1 - ratio) / chain.value("degradation.utilisation"))
        sheet.text(row, 0, "Service ratio, now over before")
        sheet.formula(row, 1, formula, ratio, "fine", "service_ratio")
        row += 1
    lost = {name: one(values) for name, values in chain.inputs.lost.items()}
    for item in catalogue.classes:
        sheet.text(row, 0, item.label)
        formula = _first_loss(kind.key, kind.severity_from == "table", item.key)
        for key, lever in acting.items():
            if lever.acts_on == "severity" and matches(lever.classes, item.key):
                formula += f"*(1-{cell_name(f'lever.{key}.coverage')}*{cell_name(f'lever.{key}.effect')})"
        sheet.formula(row, 1, formula, lost[item.key], "fine", f"lost_{item.key}")
        mixed, value = f"lost_{item.key}", lost[item.key]
        if item.key == "exporter":
            mixed = "(1-moved_seats)*lost_exporter+moved_seats*lost_freelance"
            value = (1 - moved) * lost["exporter"] + moved * lost["freelance"]
        sheet.formula(row, 2, mixed, value, "fine", f"mixed_{item.key}")
        row += 1
    sheet.text(row, 0, "Time constant of workarounds, hours")
    tau = f"24*{cell_name(f'adaptation.{kind.key}.days')}"
    for key, lever in acting.items():
        if lever.acts_on == "adaptation_time":
            tau += f"*(1-{cell_name(f'lever.{key}.coverage')}*(1-{cell_name(f'lever.{key}.time_factor')}))"
    sheet.formula(row, 1, tau, one(chain.inputs.tau), "fine", "tau_hours")
    return row + 2


def quality(chain: Chain) -> float:
    """The reader's service ratio or capacity lost, else the default."""
    scenario = chain.content.result.scenario
    name = chain.content.result.catalogue.kinds[scenario.kind].quality_input
    given = scenario.ratio if name == "ratio" else scenario.capacity_lost
    return chain.value(f"degradation.default_{name}") if given is None else given


def _first_loss(kind: str, from_table: bool, name: str) -> str:
    if from_table:
        own = cell_name(f"severity.{kind}.{name}")
        return f"MIN(1,{own}*{cell_name('platform.weight')})" if kind == PLATFORM_KIND else own
    half = f"({cell_name(f'degradation.half_ratio.{name}')}*{cell_name('degradation.half_ratio_scale')})"
    steep = cell_name("degradation.steepness")

    def use_lost(ratio: str) -> str:
        return f"1/(1+({ratio}/{half})^{steep})"

    whole = use_lost("1")
    return f"{cell_name(f'severity.full_blackout.{name}')}*({use_lost('service_ratio')}-{whole})/(1-{whole})"


def later_sheet(chain: Chain, book: Book, sector_rows: dict[int, str], hours_lost: float) -> None:
    """Export contracts lost (where they are measured), and the cost of working around a VPN block."""
    sheet = book.sheet("Later", [34, 18, 18, 18, 18, 18, 18])
    title = "Export contracts lost later, receipts; and the cost of working around a VPN block"
    sheet.text(0, 0, title, "bold")
    groups = export_groups(chain)
    end = 3 + len(groups)
    if chain.later:
        _lagged_rows(chain, sheet, sector_rows, hours_lost)
    else:
        sheet.text(2, 0, "Export receipts are not measured here, so nothing is said about contracts lost.")
    coping, formula = one(chain.content.central.coping), "0"
    if chain.content.result.scenario.kind == COPING_KIND:
        scale = f"*export_receipts/{cell_name(REFERENCE)}"
        if chain.content.result.scenario.country == HOME:
            scale = ""
        cost = f"p_coping_full_adoption_musd_per_year{scale}*export_place"
        adoption = "won_back*(hours-tau_hours*(1-EXP(-hours/tau_hours)))/8760"
        formula = f"IF(OR(lost_exporter>0,lost_freelance>0),spells*{cost}*{adoption}*money_rate,0)"
    sheet.text(end + 1, 0, "Cost of working around the block", "bold")
    sheet.formula(end + 1, 4, formula, coping * money_scale(chain), "total", "coping_cost")


def _lagged_rows(chain: Chain, sheet: Sheet, sector_rows: dict[int, str], hours_lost: float) -> None:
    """Months of receipts per share of contracts, and each group's receipts."""
    result = chain.content.result
    sheet.row(2, ["Export group", "Connectivity lost", "Exposure, blackout-days", "Share of contracts lost",
                  f"Receipts lost, M {result.money.unit}"])  # fmt: skip
    first, horizon = 12, int(result.catalogue.parameters["churn.horizon_months"].max)
    sheet.text(9, 0, "Months of receipts lost per contract", "bold")
    sheet.row(11, ["Month after", "Receipts lost in it, of one, discounted"])
    grace, rate, lag, half_life, longest, discount = (chain.value(f"churn.{name}") for name in LATER)
    months = 0.0
    for month in range(1, horizon + 1):
        row, line = first + month - 1, first + month
        sheet.number(row, 0, month)
        fading = f"0.5^((A{line}-p_churn_lag_months)/p_churn_half_life_months)"
        shape = f"IF(A{line}<=p_churn_lag_months,A{line}/p_churn_lag_months,{fading})"
        formula = f"IF(A{line}<=p_churn_horizon_months,{shape}*(1+p_churn_discount_rate)^(-A{line}/12),0)"
        left = month / lag if month <= lag else 0.5 ** ((month - lag) / half_life)
        value = left * (1 + discount) ** (-month / 12) if month <= longest else 0.0
        months += value
        sheet.formula(row, 1, formula, value, "fine")
    total = f"SUMPRODUCT({sheet.span(first, first + horizon - 1, 1)})"
    sheet.formula(9, 1, total, months, "fine", "months_lost")
    scale, place = money_scale(chain), places(chain)[1]
    groups = export_groups(chain)
    for row, (group, sector) in enumerate(groups.items(), start=3):
        sheet.text(row, 0, result.catalogue.sectors[sector].label)
        lost = chain.connectivity(sector)
        sheet.formula(row, 1, sector_rows[sector], lost, "fine")
        exposure = result.scenario.spells * lost * hours_lost / 24
        sheet.formula(row, 2, f"spells*B{row + 1}*hours_lost/24", exposure, "fine")
        multiplier = f"churn.multiplier.{group}"
        formula = f"1-EXP(-{cell_name(multiplier)}*p_churn_rate*MAX(0,C{row + 1}-p_churn_grace_days))"
        share = 1 - float(np.exp(-chain.value(multiplier) * rate * max(0.0, exposure - grace)))
        sheet.formula(row, 3, formula, share, "fine")
        stake = f"export_receipts*export_place/12*{cell_name(f'exports.share.{group}')}*months_lost"
        value = share * receipts(chain) * place / 12 * chain.value(f"exports.share.{group}") * months
        sheet.formula(row, 4, f"D{row + 1}*{stake}*money_rate", value * scale * MILLION, "amount")
    end = 3 + len(groups)
    lagged = one(chain.content.central.lagged) * scale
    sheet.text(end, 0, "Export receipts lost later", "bold")
    sheet.formula(end, 4, f"SUM(E4:E{end})", lagged, "total", "lagged_receipts")


def money_scale(chain: Chain) -> float:
    """From US dollars to millions of the result's money."""
    return chain.content.result.money.per_usd / MILLION


def receipts(chain: Chain) -> float:
    """IT export receipts in million USD a year."""
    return one(receipts_of(chain.sample, chain.content.result.economy)) / MILLION


def places(chain: Chain) -> tuple[Array, float]:
    scenario = chain.content.result.scenario
    return place_shares(chain.content.result.catalogue, scenario.country, scenario.regions, scenario.place)
