"""One firm in an outage: revenue interrupted, caught up and lost, penalties, cash, and what a second line saves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model import churn, effective_hours, onset, recapture
from model.catalogue import Catalogue
from model.errors import InputError, choices
from model.industry_draws import DRAWS, Values, ends, main_draws
from model.inputs import first_loss
from model.ledger import Amount
from model.scenario import Scenario
from model.uncertainty import Draws

Array = NDArray[np.float64]
Ends = tuple[float, float, float]
FAULT, LOCKDOWN = "line_fault", "lockdown"
OWN_KINDS = {FAULT: "Fault of the firm's own line", LOCKDOWN: "Lockdown: premises closed, lines working"}
LINE_HELPS = (FAULT, "mobile_only")  # a second fixed line shares the cables and the orders
DAYS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 45.0, 65.0, 90.0, 130.0)
WORKING_DAYS_A_MONTH = 260 / 12


def revenue_a_day(people: float, per_head: float, days_per_year: float) -> float:
    """Revenue of a working day, USD: people x revenue a head / working days."""
    return people * per_head / days_per_year


def missed_months(days: ArrayLike) -> Array:
    """Months of service that an outage of so many working days in a row spoils; 0 for none."""
    return np.asarray(np.ceil(np.divide(days, WORKING_DAYS_A_MONTH)))


def cash_days(
    cash: ArrayLike, revenue: float, interrupted: ArrayLike, margin: float, stopping: float
) -> Array:
    """Working days until cash is gone: cash / burn, burn = revenue [x (1 - stopping) - margin] a day.

    x is the share of revenue that does not come in, `stopping` the share of revenue in costs that stop with the
    work. Infinite where the firm still earns its costs.
    """
    burn = revenue * (np.multiply(interrupted, 1 - stopping) - margin)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(burn > 0, np.divide(cash, burn), np.inf))


@dataclass(frozen=True)
class Effects:
    """One set-up of the firm over all durations, USD, (duration, draw)."""

    gross: Array
    caught_up: Array
    overtime: Array
    profit: Array  # lost profit: lost revenue less the cost that stops, overtime, penalties
    penalties: Array
    later: Array
    interrupted: Array  # share of revenue of the days that does not come in


@dataclass(frozen=True)
class Saving:
    """What one more line or terminals for everybody would be worth."""

    key: str
    label: str
    cost: Ends  # USD a year
    avoided: Ends  # USD an outage
    ratio: Ends | None  # saved in a year over cost
    outages_to_pay: float | None  # a year
    break_even_days: float | None  # one outage a year of this length pays for it
    note: str


@dataclass(frozen=True)
class Firm:
    """The section of one firm; money in USD."""

    kind: str
    kind_label: str
    sector: str
    days: Array
    chosen: int
    revenue: float
    revenue_day: float
    export_day: float
    export_day_goal: float
    curves: dict[str, tuple[Array, Array, Array]]  # 5 %, median, 95 % over days
    results: dict[str, Ends]  # at the chosen length
    cash: tuple[float | None, float | None, float | None]
    savings: tuple[Saving, ...]
    idle_day: float
    penalty_month: float

    @property
    def length(self) -> float:
        return float(self.days[self.chosen])

    @property
    def amounts(self) -> tuple[Amount, ...]:
        period = f"{self.length:g} working days"

        def amount(
            name: str, label: str, contains: tuple[str, ...] = (), overlaps: tuple[str, ...] = ()
        ) -> Amount:
            low, median, high = self.results[name]
            ledger = {"penalties": "operating cost", "overtime": "operating cost", "profit": "output"}.get(
                name, "receipts"
            )
            basis = {"gross": "gross", "caught_up": "gross", "later": "lagged"}.get(name, "net")
            return Amount(f"firm.{name}", label, ledger, basis,  # type: ignore[arg-type]
                          "the months after" if name == "later" else period, "USD", contains, median, low, high, None,
                          overlaps)  # fmt: skip

        return (
            amount("gross", "Revenue interrupted", ("firm.caught_up", "firm.lost")),
            amount("caught_up", "Revenue delayed: caught up later"),
            amount("lost", "Revenue lost"),
            amount("profit", "Profit lost", ("firm.overtime", "firm.penalties", "firm.lost")),
            amount("overtime", "Overtime to catch up"),
            amount("penalties", "Penalties to clients (a transfer)"),
            amount("later", "Revenue lost later with clients that leave"),
        )


def kinds(catalogue: Catalogue) -> dict[str, str]:
    """What may hit a firm: the kinds of the model, a fault of its own line, a lockdown."""
    return {**{key: kind.label for key, kind in catalogue.kinds.items()}, **OWN_KINDS}


def firm(catalogue: Catalogue, values: Values, sector: str, kind: str) -> Firm:
    """Price one outage for the firm under the reader's figures; raises `InputError` for an unknown kind."""
    options = kinds(catalogue)
    if kind not in options:
        raise InputError("kind", kind, "is not known", choices(options, kind, most=10))
    length = values.central("firm.outage_days")
    days = np.array(sorted({*DAYS, length} - {0.0} if length else {0.0, *DAYS}))
    chosen = int(np.searchsorted(days, length))
    sample = main_draws(catalogue, {})
    shared = _Shared(catalogue, values, sector, kind, days, sample)
    lines, terminals = values.whole("firm.lines"), values.central("firm.satellite_terminals")
    base = shared.effects(lines, terminals)
    lost = base.gross - base.caught_up
    shown = {
        "gross": base.gross, "caught_up": base.caught_up, "lost": lost, "profit": base.profit,
        "overtime": base.overtime, "penalties": base.penalties, "later": base.later,
    }  # fmt: skip
    curves = {name: tuple(np.array(part) for part in zip(*(ends(row) for row in rows), strict=True))
              for name, rows in shown.items()}  # fmt: skip
    results = {name: (float(low[chosen]), float(mid[chosen]), float(high[chosen]))
               for name, (low, mid, high) in curves.items()}  # fmt: skip
    cash = values.central("firm.cash_months") / 12 * shared.revenue * (1 - shared.margin)
    lasts = ends(cash_days(cash, shared.day, base.interrupted[chosen], shared.margin, shared.stopping))
    return Firm(
        kind=kind, kind_label=options[kind], sector=sector, days=days, chosen=chosen, revenue=shared.revenue,
        revenue_day=shared.day, export_day=shared.day * values.central("firm.export_share"),
        export_day_goal=shared.day * values.central("firm.export_goal_share"), curves=curves, results=results,  # type: ignore[arg-type]
        cash=tuple(value if np.isfinite(value) else None for value in lasts),  # type: ignore[arg-type]
        savings=_savings(shared, values, base, chosen, lines, terminals),
        idle_day=shared.revenue / 260 * values.central("firm.idle_cost_share"),
        penalty_month=shared.revenue / 12 * values.central("firm.export_share") * values.central("firm.penalty_rate"),
    )  # fmt: skip


class _Shared:
    """What every set-up of the firm has in common."""

    def __init__(
        self, catalogue: Catalogue, values: Values, sector: str, kind: str, days: Array, sample: Draws
    ) -> None:
        self.values, self.kind, self.sample = values, kind, sample
        row = next(item for item in catalogue.sectors if item.key == sector)
        self.people = values.central("firm.people")
        self.revenue = self.people * values.central("firm.revenue_per_head_usd")
        self.day = revenue_a_day(
            self.people, values.central("firm.revenue_per_head_usd"), values.central("firm.days_per_year")
        )
        self.margin = values.central("firm.margin_share")
        self.stopping = max(0.0, 1 - self.margin - values.central("firm.idle_cost_share"))
        table = "full_blackout" if kind in OWN_KINDS else kind
        scenario = Scenario(kind=table, draws=DRAWS)
        lost = {name: first_loss(catalogue, scenario, sample, name) for name in {*row.mix, "freelance"}}
        self.office = sum((share * lost[name] for name, share in row.mix.items()), np.zeros(1))
        self.home = lost["freelance"]
        self.dependence = sample.of(f"sector.{sector}.dependence")
        won_back, tau = sample.of(f"adaptation.{table}.share"), sample.of(f"adaptation.{table}.days") * 24
        if kind == FAULT:
            self.home = np.zeros(1)  # the fault is at the office
        elif kind == LOCKDOWN:
            self.office, self.home = np.ones(1), 1 - values.of("measure.home_output")
            self.dependence, won_back = np.ones(1), np.zeros(1)
        self.hours = (24 * days)[:, None]
        edges = effective_hours.grid_edges(24 * days)
        nodes = effective_hours.nodes_of(edges)[:, None]
        begun = np.ones((len(nodes), 1))
        if kind != LOCKDOWN:
            begun = onset.begun(
                nodes, sample.of("onset.immediate"), sample.of("onset.scale_hours"), sample.of("onset.shape")
            )
        integrand = effective_hours.eroded(begun, np.exp(nodes / -tau), won_back)
        self.effective = effective_hours.weights_of(edges, 24 * days) @ integrand  # hours at severity 1
        self.ceiling = sample.of(f"sector.{sector}.recapture_ceiling") * sample.of(
            "recapture.share_of_ceiling", sector
        )
        self.patience = sample.of(f"sector.{sector}.patience_days") * sample.of("recapture.patience_scale")
        self.multiplier = (
            sample.of(f"churn.multiplier.{row.export_group}") if row.export_group else np.array(0.0)
        )
        if kind == LOCKDOWN:
            self.multiplier = np.array(0.0)  # clients are locked down too; their leaving is not measured
        self.days = days

    def effects(self, lines: int, terminals: float) -> Effects:
        """The firm with so many lines and terminals."""
        values, sample = self.values, self.sample
        home = values.central("firm.home_share")
        office = self.office
        if self.kind in LINE_HELPS:
            office = office * (1 - values.of("firm.line_effect")) ** (lines - 1)
        lost = (1 - home) * office + home * self.home
        if self.kind != LOCKDOWN:
            covered = min(1.0, terminals * values.central("firm.satellite_seats") / self.people)
            lost = lost * (1 - covered * values.of("firm.satellite_effect"))
        lost = np.broadcast_to(lost, (DRAWS,))
        restart = 0.0 if self.kind == LOCKDOWN else np.minimum(sample.of("restart.hours"), self.hours / 2)
        time = (self.effective + restart) / 24
        gross = np.broadcast_to(self.day * self.dependence * lost * time, (len(self.days), DRAWS))
        with np.errstate(divide="ignore", invalid="ignore"):
            waited = recapture.waited(self.patience, 24 / self.effective, self.hours / self.effective)
            waited = recapture.never_rising(np.broadcast_to(waited, gross.shape))
            share = recapture.share_caught_up(
                self.ceiling, sample.of("recapture.spare_capacity"), lost, waited
            )
        caught = gross * np.maximum(share, 0.0)
        overtime = caught * sample.of("recapture.overtime_premium") * sample.of("recapture.labour_share")
        export = self.revenue * values.central("firm.export_share")
        down = lost * self.effective
        breach = down > values.central("firm.penalty_tolerance_hours")
        due = values.of("firm.penalty_contract_share") * values.of("firm.penalty_rate")
        waived = 0.0 if values.on("firm.force_majeure") or self.kind == LOCKDOWN else 1.0
        penalties = export / 12 * due * missed_months(self.days)[:, None] * breach * waived
        gone = churn.share_of_contracts_lost(
            down / 24, sample.of("churn.grace_days"), sample.of("churn.rate"), self.multiplier
        )
        months = churn.discounted_months(
            sample.of("churn.lag_months"), sample.of("churn.half_life_months"),
            sample.of("churn.horizon_months"), sample.of("churn.discount_rate"),
        )  # fmt: skip
        later = np.broadcast_to(export / 12 * gone * months, gross.shape)
        penalties = np.broadcast_to(penalties, gross.shape)
        profit = (gross - caught) * (1 - self.stopping) + overtime + penalties
        span = np.where(self.days > 0, self.days, 1.0)[:, None]
        return Effects(gross, caught, overtime, profit, penalties, later, gross / (self.day * span))


def _savings(
    shared: _Shared, values: Values, base: Effects, chosen: int, lines: int, terminals: float
) -> tuple[Saving, ...]:
    everybody = float(np.ceil(shared.people / max(values.central("firm.satellite_seats"), 1.0)))
    more = max(0.0, everybody - terminals)
    line, dish = values.of("firm.line_usd_per_year"), values.of("firm.satellite_usd_per_year")
    nearby = "helps against faults nearby and cuts of mobile data; it shares cables and orders with the first"
    options = (
        ("second_line", "One more fixed line", lines + 1, terminals, line, nearby),
        ("satellite", f"Satellite for everybody ({everybody:g} terminals)", lines, max(terminals, everybody),
         dish * more, "helps whatever the cause; not licensed in Pakistan when the prices were told"),
        ("both", "Both", lines + 1, max(terminals, everybody), line + dish * more, "together, not their sum"),
    )  # fmt: skip
    a_year = values.central("firm.outages_per_year")
    found = []
    for key, label, number, dishes, cost, note in options:
        avoided = np.maximum(base.profit - shared.effects(number, dishes).profit, 0.0)
        mean_cost, means = float(np.mean(cost)), avoided.mean(axis=-1)
        here = float(means[chosen])
        free = mean_cost <= 0
        reached = np.flatnonzero(means >= mean_cost)
        pays = None
        if reached.size and not free:
            pays = float(np.interp(mean_cost, np.maximum.accumulate(means), shared.days))
            pays = (
                max(pays, 0.0)
                if means[0] < mean_cost
                else float(shared.days[0] * mean_cost / max(means[0], 1e-9))
            )
        found.append(
            Saving(
                key, label, ends(cost), ends(avoided[chosen]),
                None if free else ends(avoided[chosen] * a_year / cost),
                None if here <= 0 or free else mean_cost / here, pays, note,
            )
        )  # fmt: skip
    return tuple(found)
