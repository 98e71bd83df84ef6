"""One outage as a firm meets it: how long its lines are down, what work stops, and what its own figures make of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.catalogue.load import Catalogue
from model.common.cache import Cache
from model.estimation.inputs import first_loss, onset_of, sector_dependence
from model.estimation.sampling import Draws
from model.industry.draws import DRAWS, Values, main_draws
from model.kernels import chain, churn, severity
from model.kernels.chain import Activity, Course
from model.kernels.effective_hours import share_lost_over_time
from model.kernels.grid import Grid
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
FAULT, LOCKDOWN = "line_fault", "lockdown"
OWN_KINDS = {FAULT: "Fault of the firm's own line", LOCKDOWN: "Lockdown: premises closed, lines working"}


def revenue_a_day(people: float, per_head: float, days_per_year: float) -> float:
    """Revenue of a working day, USD: `people` x `per_head` (USD a year each) / `days_per_year` (working days)."""
    return people * per_head / days_per_year


def missed_months(down: ArrayLike, allowed: float) -> Array:
    """Months whose downtime is above the `allowed` hours of the contract; `down` in hours, (..., month, draw)."""
    return np.asarray((np.asarray(down) > allowed).sum(axis=-2), dtype=float)


def seats_covered(terminals: float, seats: float, office_seats: float) -> float:
    """Share of the `office_seats` that so many `terminals`, of so many `seats` each, serve; nobody at home is."""
    return min(1.0, terminals * seats / office_seats) if office_seats > 0 else 0.0


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
    down: Array  # hours of downtime, as contracts count them
    credit: Array  # USD due for a month with more of them than allowed, (draw,)


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


_OUTAGES: Cache[_Outage] = Cache()


def _outage(catalogue: Catalogue, sector: str, kind: str, hours: Array, year: float) -> _Outage:
    key = (catalogue, sector, kind, tuple(hours), year)
    return _OUTAGES.get(key, lambda: _new_outage(catalogue, sector, kind, hours, year))


def _new_outage(catalogue: Catalogue, sector: str, kind: str, hours: Array, year: float) -> _Outage:
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
    month = 24 * year / 12
    months = np.minimum(month * np.arange(1 + int(np.ceil(hours.max() / month))), hours.max())
    grid = Grid.over(np.union1d(hours, months))
    onset = onset_of(sample) if row.buffered else None
    if kind == LOCKDOWN:  # doors close at once, and no workaround opens them
        office, dependence, won_back, onset = np.ones(1), np.ones(1), np.zeros(1), None
    losing, at_lengths_only = chain.losing_on(grid, onset), grid.only(hours)
    restart = None if onset is None else chain.restart_on(at_lengths_only, sample.of("restart.hours"), onset)
    lost_over_time = share_lost_over_time(losing, chain.decay_on(grid, tau), won_back)
    reached = grid.at_durations(chain.effective_hours_on(grid, lost_over_time))
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


class SetUp:
    """The firm in outages of these lengths, whatever lines and terminals it has.

    `days` are the working days that an outage hits, `hours` how long the line is down: 24 a day where none are given.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        values: Values,
        sector: str,
        kind: str,
        days: Array,
        hours: Array | None = None,
    ) -> None:
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
        self.outage = _outage(catalogue, sector, kind, 24 * days if hours is None else hours, year)
        # Revenue of an hour of downtime; with hours given, all of them are of one length.
        self.hourly = (
            self.day / 24 if hours is None else self.day * float(days[-1]) / max(float(hours[-1]), 1e-9)
        )
        self.home = 1 - values.of("measure.home_output") if kind == LOCKDOWN else self.outage.home

    def days_of_months(self, length: float) -> float:
        """Working days of the months that an outage of the `length` (working days) reaches into.

        A penalty is one credit for each of these months.
        """
        month = self.year / 12
        return month * max(1.0, float(np.ceil(length / month)))

    @property
    def office_seats(self) -> float:
        return self.people * (1 - self.at_home)

    def effects(self, lines: int, terminals: float) -> Effects:
        """The firm with so many fixed `lines` and satellite `terminals`; both serve the office and nobody at home."""
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
            value_added=self.hourly, dependence=outage.dependence, lost=lost[None],
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
        credit = np.broadcast_to(export / 12 * due * waived, (DRAWS,))
        gone = churn.share_of_contracts_lost(
            churn.exposure_days(lost, outage.effective / 24),
            sample.of("churn.grace_days"),
            sample.of("churn.rate"),
            outage.multiplier,
        )
        later = np.broadcast_to(export / 12 * gone * outage.months, gross.shape)
        profit = (gross - caught) * (1 - self.stopping) + overtime + penalties
        span = np.where(self.days > 0, self.days, 1.0)[:, None]
        down = lost * outage.effective
        return Effects(
            gross, caught, overtime, profit, penalties, later, gross / (self.day * span), down, credit
        )
