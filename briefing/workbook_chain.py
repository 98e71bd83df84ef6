"""The model's chain as formulas: severity, effective hours, gross, recapture, net, later losses.

The same quadrature as the model's (two Gauss points an interval, edges cut off at the duration), so that the
sheet equals the model's central path and follows when an input changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from briefing.cells import Book, Sheet, cell_name
from briefing.content import Content
from model import effective_hours, onset
from model.churn import discounted_months
from model.durations import STOPS
from model.economy import HOME, place_shares
from model.inputs import COPING_KIND, MILLION, PLATFORM_KIND, Inputs, receipts_of, stacked_inputs
from model.rows import matches
from model.scenario import MAX_HOURS
from model.uncertainty import OneAtATime

Array = NDArray[np.float64]
ROOT3 = repr(float(effective_hours.NODES[1]))
WEEK = 168
SPELLS_LISTED = 10


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
        return float(np.ravel(self.sample.of(key, member))[0])

    @property
    def profiles(self) -> list[str]:
        """Hour profiles in use: none without a start time."""
        if self.content.result.scenario.start is None:
            return []
        return list(dict.fromkeys(sector.hour_profile for sector in self.content.result.catalogue.sectors))

    @property
    def edges(self) -> Array:
        """Edges of the time grid up to two years, ascending from 0."""
        start = self.content.result.scenario.start
        starts = () if start is None else (datetime.fromisoformat(start),)
        return effective_hours.grid_edges(np.array([MAX_HOURS]), starts)

    def connectivity(self, sector: int) -> float:
        return float(np.ravel(self.inputs.sector_lost(sector, self.inputs.lost, slice(None)))[0])

    def hours_lost(self, hours: Array) -> Array:
        """A(d): effective hours at severity 1, every hour alike."""
        edges = effective_hours.grid_edges(hours)
        nodes = effective_hours.nodes_of(edges)
        return np.asarray(effective_hours.weights_of(edges, hours) @ self._integrand(nodes))

    def weighted(self, profile: str) -> float:
        """A(D) with the hour weights of a profile."""
        scenario = self.content.result.scenario
        hours = np.array([scenario.hours])
        start = datetime.fromisoformat(scenario.start or "2026-01-05T00:00")
        edges = effective_hours.grid_edges(hours, (start,))
        weights = effective_hours.hour_weights(
            edges,
            hours,
            self.content.result.catalogue.profiles[profile],
            start,
            scenario.spells,
            scenario.gap_days,
        )
        matrix = effective_hours.weights_of(edges, hours, weights)
        return float((matrix @ self._integrand(effective_hours.nodes_of(edges)))[0])

    def _integrand(self, nodes: Array) -> Array:
        begun = onset.begun(nodes, *(float(np.ravel(item)[0]) for item in self.inputs.onset))
        tau, won_back = float(np.ravel(self.inputs.tau)[0]), float(np.ravel(self.inputs.won_back)[0])
        return effective_hours.eroded(begun, np.exp(-nodes / tau), won_back)


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
    keys += [f"churn.{name}" for name in ("grace_days", "rate", "lag_months", "half_life_months", "horizon_months",
                                          "discount_rate")]  # fmt: skip
    for group in export_groups(chain):
        keys += [f"exports.share.{group}", f"churn.multiplier.{group}"]
    keys += ["exports.value_added_share", "fiscal.tax_share"]
    if kind.key == COPING_KIND:
        keys.append("coping.full_adoption_musd_per_year")
    if chain.content.result.economy.workers:
        keys.append("work.days_per_year")
    for key, lever in catalogue.levers.items():
        if lever.acts_in(kind.key, scenario.ordered(catalogue)):
            part = {"severity": "effect", "adaptation_time": "time_factor"}.get(lever.acts_on)
            keys += [f"lever.{key}.coverage", *([f"lever.{key}.{part}"] if part else [])]
    return keys


def export_groups(chain: Chain) -> dict[str, int]:
    """Export groups and the sector that each belongs to."""
    sectors = chain.content.result.catalogue.sectors
    return {sector.export_group: index for index, sector in enumerate(sectors) if sector.export_group}


def severity_rows(chain: Chain, sheet: Sheet, top: int) -> int:
    """Connectivity lost by class, with measures and moved seats; returns the next free row."""
    catalogue, scenario = chain.content.result.catalogue, chain.content.result.scenario
    kind, ordered = catalogue.kinds[scenario.kind], scenario.ordered(catalogue)
    acting = {key: lever for key, lever in catalogue.levers.items() if lever.acts_in(kind.key, ordered)}
    sheet.row(top, ["Severity", "Connectivity lost at first, with measures", "and with seats moved home"])
    row = top + 1
    moved = "*".join(
        f"(1-{cell_name(f'lever.{key}.coverage')})" for key, item in acting.items() if item.acts_on == "seats"
    )
    sheet.text(row, 0, "Seats of export offices moved home")
    sheet.formula(row, 1, f"1-{moved}" if moved else "0", 0, "fine", "moved_seats")
    row += 1
    if kind.severity_from == "degradation":
        given = "quality_given"
        formula = (
            f"MIN(1,(1-{given})/{cell_name('degradation.utilisation')})"
            if kind.quality_input == "capacity_lost"
            else given
        )
        sheet.text(row, 0, "Service ratio, now over before")
        sheet.formula(row, 1, formula, 0, "fine", "service_ratio")
        row += 1
    for item in catalogue.classes:
        lost = float(np.ravel(chain.inputs.lost[item.key])[0])
        sheet.text(row, 0, item.label)
        formula = _first_loss(kind.key, kind.severity_from == "table", item.key)
        for key, lever in acting.items():
            if lever.acts_on == "severity" and matches(lever.classes, item.key):
                formula += f"*(1-{cell_name(f'lever.{key}.coverage')}*{cell_name(f'lever.{key}.effect')})"
        sheet.formula(row, 1, formula, lost, "fine", f"lost_{item.key}")
        at_home = "(1-moved_seats)*lost_exporter+moved_seats*lost_freelance"
        sheet.formula(
            row,
            2,
            at_home if item.key == "exporter" else f"lost_{item.key}",
            lost,
            "fine",
            f"mixed_{item.key}",
        )
        row += 1
    sheet.text(row, 0, "Time constant of workarounds, hours")
    tau = f"24*{cell_name(f'adaptation.{kind.key}.days')}"
    for key, lever in acting.items():
        if lever.acts_on == "adaptation_time":
            tau += f"*(1-{cell_name(f'lever.{key}.coverage')}*(1-{cell_name(f'lever.{key}.time_factor')}))"
    sheet.formula(row, 1, tau, float(np.ravel(chain.inputs.tau)[0]), "fine", "tau_hours")
    return row + 2


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


def time_sheet(chain: Chain, book: Book) -> Sheet:
    """The grid: the duration cuts it off (columns B to H) and, for the curve, nothing does (J to M)."""
    scenario = chain.content.result.scenario
    sheet = book.sheet("Time", [12] * (16 + 2 * len(chain.profiles)))
    sheet.text(
        0,
        0,
        "Effective hours lost at severity 1: onset x what workarounds leave, integrated over time.",
        "bold",
    )
    sheet.text(
        1,
        0,
        "Two Gauss points an interval; the duration cuts the grid off, so it follows when the duration changes.",
        "note",
    )
    head = [
        "Edge, hours",
        "Cut at duration",
        "Half width",
        "Loss, first point",
        "Loss, second point",
        "Hours lost here",
        "Hours lost so far",
        "Stop",
        "",
        "Half width",
        "Loss, first point",
        "Loss, second point",
        "Hours lost by the edge",
    ]
    sheet.row(2, head)
    edges = chain.edges
    hours = scenario.hours
    so_far = chain.hours_lost(np.array(sorted({*(float(e) for e in np.minimum(edges, hours))})))
    cut = dict(zip(sorted({float(e) for e in np.minimum(edges, hours)}), so_far, strict=True))
    whole = chain.hours_lost(edges)
    sheet.number(3, 0, 0.0, "fine")
    for column in (1, 6, 12):
        sheet.number(3, column, 0.0, "fine")
    for index, edge in enumerate(edges[1:], start=1):
        row, line, before = index + 3, index + 4, index + 3
        sheet.number(row, 0, float(edge), "fine")
        sheet.formula(row, 1, f"MIN(A{line},hours)", min(float(edge), hours), "fine")
        sheet.formula(row, 2, f"(B{line}-B{before})/2", 0, "fine")
        for column, sign in ((3, "-"), (4, "+")):
            sheet.formula(row, column, _loss(f"((B{line}+B{before})/2{sign}C{line}*{ROOT3})"), 0, "fine")
        sheet.formula(row, 5, f"C{line}*(D{line}+E{line})", 0, "fine")
        sheet.formula(row, 6, f"G{before}+F{line}", float(cut[min(float(edge), hours)]), "fine")
        sheet.number(row, 7, float(edge in STOPS), "fine")
        sheet.number(row, 9, float(edge - edges[index - 1]) / 2, "fine")
        for column, sign in ((10, "-"), (11, "+")):
            sheet.formula(row, column, _loss(f"((A{line}+A{before})/2{sign}J{line}*{ROOT3})"), 0, "fine")
        sheet.formula(row, 12, f"M{before}+J{line}*(K{line}+L{line})", float(whole[index]), "fine")
    last = len(edges) + 2
    sheet.raw.freeze_panes(3, 0)
    sheet.text(0, 13, "Hours lost in all", "bold")
    sheet.formula(0, 14, f"G{last + 1}", float(cut[min(float(edges[-1]), hours)]), "fine", "hours_lost")
    for number, profile in enumerate(chain.profiles):
        _profile_columns(chain, book, sheet, number, profile, last)
    return sheet


def _loss(hours: str) -> str:
    """Share lost at a time: B(t) [1 - sigma (1 - exp(-t / tau))]."""
    begun = f"(1-(1-p_onset_immediate)*EXP(-(({hours}/p_onset_scale_hours)^p_onset_shape)))"
    return f"{begun}*(1-won_back*(1-EXP(-{hours}/tau_hours)))"


def _profile_columns(chain: Chain, book: Book, sheet: Sheet, number: int, profile: str, last: int) -> None:
    """Hour-of-week weights of one profile: sum over the spells at each edge, and the weighted hours."""
    column = 15 + 2 * number
    week = f"'Hours'!$A$3:$A${WEEK + 2}"
    left = chr(ord("B") + 2 * number)
    weights, sums = (
        f"'Hours'!${left}$3:${left}${WEEK + 2}",
        f"'Hours'!${chr(ord(left) + 1)}$3:${chr(ord(left) + 1)}${WEEK + 2}",
    )
    listed = max(SPELLS_LISTED, chain.content.result.scenario.spells)
    spells = f"(ROW($A$1:$A${listed})-1)"
    sheet.text(2, column, f"Weight so far, {profile}", "head")
    sheet.text(2, column + 1, f"Hours lost, {profile}", "head")
    for row in range(3, last + 1):
        at = f"(start_hour+{spells}*(hours+24*gap_days)+B{row + 1})"
        inside = f"MOD({at},{WEEK})"
        formula = (
            f"SUMPRODUCT(({spells}<spells)*(INT({at}/{WEEK})*{WEEK}+LOOKUP({inside},{week},{sums})"
            f"+({inside}-INT({inside}))*LOOKUP({inside},{week},{weights})))"
        )
        sheet.formula(row, column, formula, 0, "fine")
        if row > 3:
            mine, earlier = (sheet.at(line, column).split("!")[1] for line in (row, row - 1))
            mean = f"IF(AND(C{row + 1}>0,B{row + 1}<={WEEK}),({mine}-{earlier})/(2*C{row + 1})/spells,1)"
            sheet.formula(row, column + 1, f"F{row + 1}*{mean}", 0, "fine")
    total = sheet.span(4, last, column + 1).split("!")[1]
    sheet.text(0, column, "Hours lost in all", "bold")
    sheet.formula(0, column + 1, f"SUM({total})", chain.weighted(profile), "fine", f"hours_lost_{profile}")


def hours_sheet(chain: Chain, book: Book) -> None:
    """Hour-of-week weights, from Monday 00:00, and their running sums, for scenarios with a start time."""
    if not chain.profiles:
        return
    sheet = book.sheet("Hours", [14] * (1 + 2 * len(chain.profiles)))
    sheet.text(0, 0, "Weight of each hour of the week (mean 1), and its running sum before the hour.", "bold")
    sheet.text(1, 0, "Hour from Monday 00:00", "head")
    for hour in range(WEEK):
        sheet.number(hour + 2, 0, hour, "number")
    for number, profile in enumerate(chain.profiles):
        weights = chain.content.result.catalogue.profiles[profile]
        before = np.concatenate([[0.0], np.cumsum(weights)])
        sheet.text(1, 1 + 2 * number, profile, "head")
        sheet.text(1, 2 + 2 * number, f"{profile}, sum before", "head")
        for hour in range(WEEK):
            sheet.number(hour + 2, 1 + 2 * number, float(weights[hour]), "fine")
            sheet.number(hour + 2, 2 + 2 * number, float(before[hour]), "fine")


def later_sheet(chain: Chain, book: Book, sector_rows: dict[int, str]) -> None:
    """Export contracts lost: months of receipts per share of contracts, and each group's receipts."""
    result = chain.content.result
    scale = result.money.per_usd / MILLION
    sheet = book.sheet("Later", [34, 18, 18, 18, 18, 18, 18])
    sheet.text(
        0, 0, "Export contracts lost later, receipts; and the cost of working around a VPN block", "bold"
    )
    horizon = int(result.catalogue.parameters["churn.horizon_months"].max)
    sheet.row(2, ["Export group", "Connectivity lost", "Exposure, blackout-days", "Share of contracts lost",
                  f"Receipts lost, M {result.money.unit}"])  # fmt: skip
    first_month = 12
    months = f"SUMPRODUCT({sheet.span(first_month, first_month + horizon - 1, 1)})"
    keys = ("churn.lag_months", "churn.half_life_months", "churn.horizon_months", "churn.discount_rate")
    total_months = float(discounted_months(*(chain.value(key) for key in keys)))
    sheet.text(9, 0, "Months of receipts lost per contract", "bold")
    sheet.formula(9, 1, months, total_months, "fine", "months_lost")
    sheet.row(11, ["Month after", "Receipts lost in it, of one, discounted"])
    for month in range(1, horizon + 1):
        row, line = first_month + month - 1, first_month + month
        sheet.number(row, 0, month)
        month_cell, lag = f"A{line}", "p_churn_lag_months"
        fading = f"0.5^(({month_cell}-{lag})/p_churn_half_life_months)"
        shape = f"IF({month_cell}<={lag},{month_cell}/{lag},{fading})"
        formula = (
            f"IF({month_cell}<=p_churn_horizon_months,{shape}*(1+p_churn_discount_rate)^(-{month_cell}/12),0)"
        )
        sheet.formula(row, 1, formula, 0, "fine")
    for row, (group, sector) in enumerate(export_groups(chain).items(), start=3):
        label = result.catalogue.sectors[sector].label
        sheet.text(row, 0, label)
        sheet.formula(row, 1, sector_rows[sector], chain.connectivity(sector), "fine")
        sheet.formula(row, 2, f"spells*B{row + 1}*hours_lost/24", 0, "fine")
        rate = f"{cell_name(f'churn.multiplier.{group}')}*p_churn_rate"
        sheet.formula(row, 3, f"1-EXP(-{rate}*MAX(0,C{row + 1}-p_churn_grace_days))", 0, "fine")
        stake = f"export_receipts*export_place/12*{cell_name(f'exports.share.{group}')}*months_lost"
        sheet.formula(row, 4, f"D{row + 1}*{stake}*money_rate", 0, "amount")
    end = 3 + len(export_groups(chain))
    lagged = float(chain.content.central.lagged[0, 0, 0]) * scale
    sheet.text(end, 0, "Export receipts lost later", "bold")
    sheet.formula(end, 4, f"SUM(E4:E{end})", lagged, "total", "lagged_receipts")
    coping = float(chain.content.central.coping[0, 0, 0]) * scale
    formula = "0"
    if result.scenario.kind == COPING_KIND:
        cost = "p_coping_full_adoption_musd_per_year*coping_scale*export_place"
        adoption = "won_back*(hours-tau_hours*(1-EXP(-hours/tau_hours)))/8760"
        formula = f"IF(OR(lost_exporter>0,lost_freelance>0),spells*{cost}*{adoption}*money_rate,0)"
    sheet.text(end + 1, 0, "Cost of working around the block", "bold")
    sheet.formula(end + 1, 4, formula, coping, "total", "coping_cost")


def coping_scale(chain: Chain) -> float:
    """What the full-adoption cost of Pakistan is multiplied by elsewhere: receipts over those of the claim's year."""
    if chain.content.result.scenario.country == HOME:
        return 1.0
    return receipts(chain) / chain.value("coping.reference_receipts_musd")


def receipts(chain: Chain) -> float:
    """IT export receipts in million USD a year."""
    return float(np.ravel(receipts_of(chain.sample, chain.content.result.economy))[0]) / MILLION


def places(chain: Chain) -> tuple[Array, float]:
    scenario = chain.content.result.scenario
    return place_shares(chain.content.result.catalogue, scenario.country, scenario.regions, scenario.place)
