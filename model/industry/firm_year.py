"""A year of outages for one firm: what it costs, a bad year, and whether a second line or satellite is worth it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.common.ledger import Amount
from model.common.ranges import Range
from model.industry.draws import Values
from model.industry.firm import label_of, protections
from model.industry.firm_outage import FAULT, Effects, SetUp

Array = NDArray[np.float64]
WORKDAY = 8.0  # hours
MONTHS = 12
CENT = 0.01  # USD: what is below is told as nothing
YEARS = 8  # simulated for each draw
SEED = 4_012
BAD = 0.9
SURE = 0.9  # share of draws in which a protection pays (or does not) from where on it is called so


def hours_down(working_hours: float) -> float:
    """Hours that an outage lasts which hits so many `working_hours`, from the first of them to the last.

    Within one working day they are the same; of n days only the nights between are added: 24 (n - 1) + 8.
    """
    return working_hours if working_hours <= WORKDAY else 24 * (working_hours / WORKDAY - 1) + WORKDAY


def chance_of_missed_month(per_month: float, down: ArrayLike, allowed: float) -> Array:
    """Chance that the outages of a month, Poisson around `per_month`, take more than `allowed` hours together.

    Each takes `down` hours, (draw,): more than allowed / down of them are needed.
    """
    from scipy.stats import poisson  # slow to import

    hours = np.asarray(down, dtype=float)
    needed = np.divide(allowed, hours, out=np.full(hours.shape, np.inf), where=hours > 0)
    return np.asarray(np.where(np.isfinite(needed), poisson.sf(np.floor(needed), per_month), 0.0))


class WorthVerdict(StrEnum):
    """Whether a protection is worth its price, as people read it."""

    SAVES_NOTHING = "saves nothing here"
    WORTH_IT = "worth it"
    NOT_WORTH_IT = "not worth it"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class YearWorth:
    """One protection over a year, USD: what it costs and saves, and what the year then costs with its price.

    `pays` is the share of draws in which it saves more than it costs, in a year of average luck.
    """

    key: str
    label: str
    cost: Range[float]
    cost_basis: str
    saved: Range[float]
    total: Range[float]
    pays: float
    note: str

    @property
    def verdict(self) -> WorthVerdict:
        if self.saved.high <= 0:
            return WorthVerdict.SAVES_NOTHING
        if self.pays >= SURE:
            return WorthVerdict.WORTH_IT
        return WorthVerdict.NOT_WORTH_IT if self.pays <= 1 - SURE else WorthVerdict.UNCERTAIN


@dataclass(frozen=True)
class FirmYear:
    """A year of outages, money in USD; `cost` is lost profit in a year of average luck, `bad` passed one year in ten.

    `instead` is the same year with faults of the firm's own line, where those of the chosen kind hit a second line too.
    """

    kind: str
    kind_label: str
    outages: float
    hours: float
    cost: Range[float]
    lost: Range[float]  # revenue that is not caught up
    penalties: Range[float]
    bad: float
    none: float
    worth: tuple[YearWorth, ...]
    instead: FirmYear | None

    @property
    def amounts(self) -> tuple[Amount, ...]:
        return (
            Amount("firm.year", "Profit lost in a year of such outages", "output", "net", "per year", "USD", (),
                   self.cost, None,
                   ("firm.profit", "calendar.net", "calendar.year", "net_direct", "net_direct.", "overtime", "indirect",
                    "measure.avoided.")),
        )  # fmt: skip


def firm_year(
    catalogue: Catalogue, industry: Industry, values: Values, sector: str, kind: str, compare: bool = True
) -> FirmYear:
    """The year of the reader's firm; raises `InputError` for a kind that is not known.

    Args:
        catalogue: the tables.
        industry: their part for this page.
        values: the figures of the firm: `firm.outages_per_year` outages of `firm.outage_hours` working hours each.
        sector: the firm's.
        kind: what hits it.
        compare: whether to add the same year with faults of the firm's own line.
    """
    kind_label = label_of(catalogue, kind)
    outages, hours = values.central("firm.outages_per_year"), values.central("firm.outage_hours")
    shared = SetUp(
        catalogue, values, sector, kind, np.array([hours / WORKDAY]), np.array([hours_down(hours)])
    )
    lines, terminals = values.whole("firm.lines"), values.central("firm.satellite_terminals")
    allowed = values.central("firm.penalty_tolerance_hours")
    base = shared.effects(lines, terminals)
    cost, penalties = _expected(base, outages, allowed)
    worth = []
    for item in protections(shared, industry, lines, terminals):
        left, _ = _expected(shared.effects(item.lines, item.terminals), outages, allowed)
        saved = np.maximum(cost - left, 0.0)
        worth.append(
            YearWorth(item.key, item.label, Range.of(item.cost), item.cost_basis, Range.of(saved),
                  Range.of(cost - saved + item.cost), float(np.mean(saved > item.cost)), item.note)
        )  # fmt: skip
    instead = None
    if compare and not shared.line_helps:
        instead = firm_year(catalogue, industry, values, sector, FAULT, compare=False)
    return FirmYear(
        kind=kind, kind_label=kind_label, outages=outages, hours=hours, cost=Range.of(cost),
        lost=Range.of(outages * (base.gross - base.caught_up)[0]), penalties=Range.of(penalties),
        bad=float(np.quantile(simulated(base, outages, allowed), BAD)), none=float(np.exp(-outages)),
        worth=tuple(worth), instead=instead,
    )  # fmt: skip


def _expected(effects: Effects, outages: float, allowed: float) -> tuple[Array, Array]:
    """Lost profit of a year of average luck and the penalties in it, (draw,)."""
    missed = MONTHS * chance_of_missed_month(outages / MONTHS, effects.down[0], allowed)
    penalties = missed * effects.credit
    penalties = np.where(penalties < CENT, 0.0, penalties)
    return outages * (effects.profit - effects.penalties)[0] + penalties, penalties


def simulated(effects: Effects, outages: float, allowed: float) -> Array:
    """Lost profit of simulated years, USD (draw, year): outages fall on months by luck, one credit for each missed one.

    `effects` are those of one outage, `outages` happen a year on average, and a month with more than the `allowed`
    hours of downtime is missed.
    """
    draws = effects.profit.shape[-1]
    by_month = np.random.default_rng(SEED).poisson(outages / MONTHS, (draws, YEARS, MONTHS))
    missed = (by_month * np.broadcast_to(effects.down[0], (draws,))[:, None, None] > allowed).sum(axis=-1)
    each = (effects.profit - effects.penalties)[0]
    return np.asarray(by_month.sum(axis=-1) * each[:, None] + missed * effects.credit[:, None])
