"""One firm in an outage: revenue interrupted, caught up and lost, penalties, cash, and what a second line saves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.common.cache import Cache
from model.common.errors import InputError, choices
from model.common.ledger import Amount, Basis, Ledger
from model.common.ranges import Range
from model.estimation.inputs import first_loss, onset_of, sector_dependence
from model.estimation.sampling import Draws
from model.industry.draws import (
    DRAWS,
    Values,
    main_draws,
)
from model.kernels import chain, churn, severity
from model.kernels.chain import Activity, Course
from model.kernels.grid import Grid
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
FAULT, LOCKDOWN = "line_fault", "lockdown"
OWN_KINDS = {FAULT: "Fault of the firm's own line", LOCKDOWN: "Lockdown: premises closed, lines working"}
DAYS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 45.0, 65.0, 90.0, 130.0)
OUTAGES_CACHED = 32
LEDGERS: dict[str, Ledger] = {"penalties": "operating cost", "overtime": "operating cost", "profit": "output"}
BASES: dict[str, Basis] = {"gross": "gross", "caught_up": "gross", "later": "lagged"}


def revenue_a_day(people: float, per_head: float, days_per_year: float) -> float:
    """Revenue of a working day, USD: people x revenue a head / working days."""
    return people * per_head / days_per_year


def missed_months(down: ArrayLike, allowed: float) -> Array:
    """Months whose downtime is above what the contract allows; `down` in hours, (..., month, draw)."""
    return np.asarray((np.asarray(down) > allowed).sum(axis=-2), dtype=float)


def seats_covered(terminals: float, seats: float, office_seats: float) -> float:
    """Share of the office's seats that so many satellite terminals serve; nobody at home is served."""
    return min(1.0, terminals * seats / office_seats) if office_seats > 0 else 0.0


def cash_days(
    cash: ArrayLike, revenue: float, interrupted: ArrayLike, margin: float, stopping: float,
    penalties: ArrayLike = 0.0,
) -> Array:  # fmt: skip
    """Working days until cash is gone: cash / burn, burn = revenue [x (1 - stopping) - margin] + penalties a day.

    x is the share of revenue that does not come in, `stopping` the share of revenue in costs that stop with the
    work. Infinite where the firm still earns its costs.
    """
    burn = np.add(revenue * (np.multiply(interrupted, 1 - stopping) - margin), penalties)
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
    """What one more line or terminals would be worth. Profit at once: clients kept later are not counted."""

    key: str
    label: str
    cost: Range[float]  # USD a year
    cost_basis: str
    avoided: Range[float]  # USD an outage
    ratio: Range[float] | None  # saved in a year over cost
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
    curves: dict[str, Range[Array]]  # over days
    results: dict[str, Range[float]]  # at the chosen length
    cash: Range[float | None]
    savings: tuple[Saving, ...]
    outages_a_year: float
    idle_day: float
    penalty_month: float

    @property
    def length(self) -> float:
        return float(self.days[self.chosen])

    @property
    def amounts(self) -> tuple[Amount, ...]:
        period = f"{self.length:g} working day{'' if self.length == 1 else 's'}"

        def amount(
            name: str, label: str, contains: tuple[str, ...] = (), overlaps: tuple[str, ...] = ()
        ) -> Amount:
            low, median, high = self.results[name]
            when = "the months after" if name == "later" else period
            return Amount(f"firm.{name}", label, LEDGERS.get(name, "receipts"), BASES.get(name, "net"), when, "USD",
                          contains, median, low, high, None, overlaps)  # fmt: skip

        return (
            amount("gross", "Revenue interrupted", ("firm.caught_up", "firm.lost")),
            amount("caught_up", "Revenue delayed: caught up later"),
            amount("lost", "Revenue lost"),
            # The country's loss holds its firms' losses.
            amount("profit", "Profit lost", ("firm.overtime", "firm.penalties", "firm.lost"),
                   ("calendar.net", "calendar.year", "net_direct", "net_direct.", "overtime", "indirect",
                    "measure.avoided.")),
            amount("overtime", "Overtime to catch up"),
            amount("penalties", "Penalties to clients (a transfer)"),
            amount("later", "Revenue lost later with clients that leave", (), ("lagged_receipts",)),
        )  # fmt: skip


def kinds(catalogue: Catalogue) -> dict[str, str]:
    """What may hit a firm: the kinds of the model, a fault of its own line, a lockdown."""
    return {**{key: kind.label for key, kind in catalogue.kinds.items()}, **OWN_KINDS}


def firm(catalogue: Catalogue, industry: Industry, values: Values, sector: str, kind: str) -> Firm:
    """Price one outage for the firm under the reader's figures; raises `InputError` for an unknown kind."""
    options = kinds(catalogue)
    if kind not in options:
        raise InputError("kind", kind, "is not known", choices(options, kind, most=10))
    length = values.central("firm.outage_days")
    days = np.array(sorted({*DAYS, length} - {0.0} if length else {0.0, *DAYS}))
    chosen = int(np.searchsorted(days, length))
    shared = _Shared(catalogue, values, sector, kind, days)
    lines, terminals = values.whole("firm.lines"), values.central("firm.satellite_terminals")
    base = shared.effects(lines, terminals)
    shown = {
        "gross": base.gross, "caught_up": base.caught_up, "lost": base.gross - base.caught_up,
        "profit": base.profit, "overtime": base.overtime, "penalties": base.penalties, "later": base.later,
    }  # fmt: skip
    curves = {name: Range.along(rows) for name, rows in shown.items()}
    cash = values.central("firm.cash_months") / 12 * shared.revenue * (1 - shared.margin)
    lasts = cash_days(
        cash,
        shared.day,
        base.interrupted[chosen],
        shared.margin,
        shared.stopping,
        base.penalties[chosen] / shared.days_of_months(length),
    )
    export = values.central("firm.export_share")
    return Firm(
        kind=kind, kind_label=options[kind], sector=sector, days=days, chosen=chosen, revenue=shared.revenue,
        revenue_day=shared.day, export_day=shared.day * export,
        export_day_goal=shared.day * values.central("firm.export_goal_share"), curves=curves,
        results={name: Range.of(rows[chosen]) for name, rows in shown.items()},
        cash=Range.of(lasts).each(lambda value: value if np.isfinite(value) else None),
        savings=_savings(shared, industry, base, chosen, lines, terminals),
        outages_a_year=values.central("firm.outages_per_year"),
        idle_day=shared.day * values.central("firm.idle_cost_share"),
        penalty_month=shared.revenue / 12 * export * values.central("firm.penalty_rate"),
    )  # fmt: skip


@dataclass(frozen=True)
class _Outage:
    """An outage before any figure of the firm: a step of a slider of the firm leaves it as it is.

    Arrays (draw,), but for hours: `course` at the lengths (duration, draw), `by_month` (duration, month, draw).
    """

    sample: Draws
    office: Array  # connectivity lost at first
    home: Array
    dependence: Array
    course: Course
    effective: Array  # hours at severity 1, (duration, draw)
    by_month: Array  # of these, the hours of each month
    patience: Array
    ceiling: Array
    spare: Array
    multiplier: Array
    months: Array  # of receipts that go with a contract in all


_OUTAGES: Cache[_Outage] = Cache(OUTAGES_CACHED)


def _outage(catalogue: Catalogue, sector: str, kind: str, days: Array, year: float) -> _Outage:
    key = (catalogue, sector, kind, tuple(days), year)
    return _OUTAGES.get(key, lambda: _new_outage(catalogue, sector, kind, days, year))


def _new_outage(catalogue: Catalogue, sector: str, kind: str, days: Array, year: float) -> _Outage:
    sample = main_draws(catalogue, {})
    row = next(item for item in catalogue.sectors if item.key == sector)
    scenario = Scenario(draws=DRAWS) if kind in OWN_KINDS else Scenario(kind=kind, draws=DRAWS)
    table = scenario.kind
    lost = {name: first_loss(catalogue, scenario, sample, name) for name in {*row.mix, catalogue.home_class}}
    office = severity.lost_by_sector(row.mix, lost)
    home = np.zeros(1) if kind == FAULT else lost[catalogue.home_class]  # the fault is at the office
    dependence = sector_dependence(catalogue, sample, row)
    won_back, tau = sample.of(f"adaptation.{table}.share"), sample.of(f"adaptation.{table}.days") * 24
    # Contracts count downtime by the month, so the ends of the months are durations too.
    hours, month = 24 * days, 24 * year / 12
    months = np.minimum(month * np.arange(1 + int(np.ceil(hours.max() / month))), hours.max())
    grid = Grid.over(np.union1d(hours, months))
    onset = onset_of(sample) if row.buffered else None
    if kind == LOCKDOWN:  # doors close at once, and no workaround opens them
        office, dependence, won_back, onset = np.ones(1), np.ones(1), np.zeros(1), None
    losing, at_lengths_only = chain.losing_on(grid, onset), grid.only(hours)
    restart = None if onset is None else chain.restart_on(at_lengths_only, sample.of("restart.hours"), onset)
    reached = grid.at_durations(chain.effective_hours_on(grid, chain.lost_on(grid, losing, won_back, tau)))
    at_lengths = np.searchsorted(grid.durations, hours)
    ends_of_months = np.searchsorted(grid.durations, np.minimum(hours[:, None], months))
    effective = reached[at_lengths]
    group = "" if kind == LOCKDOWN else row.export_group  # clients are locked down too: not measured
    return _Outage(
        sample=sample, office=office, home=home, dependence=dependence, effective=effective,
        course=Course.on(at_lengths_only, None, effective, restart),
        by_month=np.diff(reached[ends_of_months], axis=1),
        patience=sample.of(f"sector.{sector}.patience_days") * sample.of("recapture.patience_scale"),
        ceiling=sample.of(f"sector.{sector}.recapture_ceiling")
        * sample.of("recapture.share_of_ceiling", sector),
        spare=sample.of("recapture.spare_capacity"),
        multiplier=sample.of(f"churn.multiplier.{group}") if group else np.array(0.0),
        months=churn.discounted_months(
            sample.of("churn.lag_months"), sample.of("churn.half_life_months"),
            sample.of("churn.horizon_months"), sample.of("churn.discount_rate"),
        ),
    )  # fmt: skip


class _Shared:
    """What every set-up of the firm has in common."""

    def __init__(self, catalogue: Catalogue, values: Values, sector: str, kind: str, days: Array) -> None:
        self.values, self.kind, self.days = values, kind, days
        # Elsewhere a second fixed line shares the cables and the orders with the first.
        self.line_helps = kind == FAULT or (
            kind not in OWN_KINDS and catalogue.kinds[kind].second_line_helps == "yes"
        )
        self.people, self.at_home = values.central("firm.people"), values.central("firm.home_share")
        self.revenue = self.people * values.central("firm.revenue_per_head_usd")
        year = values.central("firm.days_per_year")
        self.day = revenue_a_day(self.people, values.central("firm.revenue_per_head_usd"), year)
        self.year = year
        self.margin = values.central("firm.margin_share")
        self.stopping = max(0.0, 1 - self.margin - values.central("firm.idle_cost_share"))
        self.outage = _outage(catalogue, sector, kind, days, year)
        self.home = 1 - values.of("measure.home_output") if kind == LOCKDOWN else self.outage.home

    def days_of_months(self, length: float) -> float:
        """Working days of the months that an outage reaches into: a penalty is one credit for each of them."""
        month = self.year / 12
        return month * max(1.0, float(np.ceil(length / month)))

    @property
    def office_seats(self) -> float:
        return self.people * (1 - self.at_home)

    def effects(self, lines: int, terminals: float) -> Effects:
        """The firm with so many lines and terminals; both stand at the office and serve nobody at home."""
        values, outage = self.values, self.outage
        sample, office = outage.sample, outage.office
        if self.line_helps:
            office = office * (1 - values.of("firm.line_effect")) ** (lines - 1)
        if self.kind != LOCKDOWN:
            covered = seats_covered(terminals, values.central("firm.satellite_seats"), self.office_seats)
            office = office * (1 - covered * values.of("firm.satellite_effect"))
        lost = np.broadcast_to((1 - self.at_home) * office + self.at_home * self.home, (DRAWS,))
        rate = sample.of("recapture.overtime_premium") * sample.of("recapture.labour_share")
        revenue = Activity(
            value_added=self.day / 24, dependence=outage.dependence, lost=lost[None],
            ceiling=outage.ceiling, patience=np.atleast_1d(outage.patience), course=outage.course,
        )  # fmt: skip
        spell = chain.losses([revenue], spare=outage.spare, overtime_rate=rate, shape=(len(self.days), DRAWS))
        gross, caught = spell.gross, spell.caught_up
        overtime = caught * rate
        export = self.revenue * values.central("firm.export_share")
        missed = missed_months(lost * outage.by_month, values.central("firm.penalty_tolerance_hours"))
        due = values.of("firm.penalty_contract_share") * values.of("firm.penalty_rate")
        waived = 0.0 if values.on("firm.force_majeure") or self.kind == LOCKDOWN else 1.0
        penalties = np.broadcast_to(export / 12 * due * missed * waived, gross.shape)
        gone = churn.share_of_contracts_lost(
            churn.exposure_days(lost, outage.effective / 24),
            sample.of("churn.grace_days"),
            sample.of("churn.rate"),
            outage.multiplier,
        )
        later = np.broadcast_to(export / 12 * gone * outage.months, gross.shape)
        profit = (gross - caught) * (1 - self.stopping) + overtime + penalties
        span = np.where(self.days > 0, self.days, 1.0)[:, None]
        return Effects(gross, caught, overtime, profit, penalties, later, gross / (self.day * span))


def _savings(
    shared: _Shared, industry: Industry, base: Effects, chosen: int, lines: int, terminals: float
) -> tuple[Saving, ...]:
    values = shared.values
    seats = max(values.central("firm.satellite_seats"), 1.0)
    everybody = max(terminals, float(np.ceil(shared.office_seats / seats)))
    line, dish = values.of("firm.line_usd_per_year"), values.of("firm.satellite_usd_per_year")
    nearby = "helps against faults nearby and cuts of mobile data; it shares cables and orders with the first"
    whatever = "serves the office, whatever the cause; not licensed in Pakistan when the prices were told"
    options = [
        ("second_line", "One more fixed line", lines + 1, terminals, nearby),
        ("terminal", f"One satellite terminal ({seats:g} seat{'' if seats == 1 else 's'})", lines, terminals + 1,
         whatever),
        ("satellite", f"Satellite for the whole office ({everybody:g} terminals)", lines, everybody, whatever),
    ]  # fmt: skip
    if shared.line_helps:  # elsewhere the line would only add its cost
        options.append(("both", "One more fixed line and satellite for the whole office", lines + 1, everybody,
                        "together, not their sum"))  # fmt: skip
    if everybody <= terminals + 1:  # one terminal is the whole office, or the office has them all
        options = [
            item for item in options if item[0] != ("satellite" if everybody > terminals else "terminal")
        ]
    a_year = values.central("firm.outages_per_year")
    savings = []
    for key, label, number, dishes, note in options:
        cost = (number - lines) * line + (dishes - terminals) * dish
        avoided = np.maximum(base.profit - shared.effects(number, dishes).profit, 0.0)
        means, paid = avoided.mean(axis=-1), float(np.mean(cost))
        here, free = float(means[chosen]), not np.all(cost > 0)
        used = ["firm.line_usd_per_year"] * (number > lines) + ["firm.satellite_usd_per_year"] * (
            dishes > terminals
        )
        savings.append(
            Saving(
                key=key, label=label, cost=Range.of(cost), cost_basis=_cost_basis(industry, values, used),
                avoided=Range.of(avoided[chosen]), ratio=None if free else Range.of(avoided[chosen] * a_year / cost),
                outages_to_pay=None if here <= 0 or free else paid / here,
                break_even_days=None if free else pays_after(shared.days, means, paid), note=note,
            )
        )  # fmt: skip
    return tuple(savings)


def pays_after(days: Array, saved: Array, cost: float) -> float | None:
    """Length at which what is saved reaches the cost, straight lines between the lengths; None: not within them."""
    best = np.maximum.accumulate(saved)
    if best[-1] < cost:
        return None
    return float(np.interp(cost, [0.0, *best], [0.0, *days]))


def _cost_basis(industry: Industry, values: Values, keys: Sequence[str]) -> str:
    if any(key in values.given for key in keys):
        return "cost as set"
    # A preset's price is ours, an assumption; a derived one rests on an estimate that nobody confirmed.
    status = {"assumption" if key in values.preset else industry.parameters[key].status for key in keys}
    if "assumption" in status:
        return "assumed cost"
    return "unconfirmed estimate" if "derived" in status else "published prices"
