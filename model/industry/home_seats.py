"""Work from home on both sides: a shield in a lockdown, an exposure in an outage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.common.ledger import Amount, Basis, Ledger
from model.common.numbers import MILLION
from model.common.ranges import Range
from model.industry.draws import (
    Values,
    impacts,
    main_draws,
)
from model.industry.measures import cost_basis
from model.industry.words import plural
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
LEVER = "work_from_home"
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
WAYS = (
    "coping",
    "calendar.coping",
    "clients.kept_cost",
    "clients.full_cost",
)  # other costs of keeping work up
OFFICE_GROUPS = ("software", "call_centres")


def lockdown_loss(flow: ArrayLike, days: ArrayLike, at_home: ArrayLike, output: ArrayLike) -> Array:
    """Loss of a lockdown with lines working: flow x days x (1 - at home x output).

    Args:
        flow: value added of a working day, any money, which the result has too.
        days: working days of the lockdown.
        at_home: share of seats that work from home.
        output: work done at home, share of that in the office.
    """
    return np.asarray(np.multiply(flow, days) * (1 - np.multiply(at_home, output)))


@dataclass(frozen=True)
class Home:
    """Seats at home: value added of a working day of export offices that is interrupted, M USD.

    A day of lockdown against a day of blackout; nothing is taken off for what is caught up later, on either side.
    """

    shares: Array
    lockdown_day: Range[Array]
    outage_day: Range[Array]
    at_home: float
    days: float  # working days of the lockdown
    lockdown: Range[float]  # of the whole lockdown at the chosen share
    lockdown_none: Range[float]  # nobody at home
    outage: Range[float]  # a blackout day at the chosen share
    outage_none: Range[float]
    spared: Range[float]  # what the seats at home save in the lockdown
    exposed: Range[float]  # what they add to the loss of a blackout day
    cost: Range[float]  # a year, M USD
    cost_basis: str
    covered: float  # share of seats at home that the comparison of measures takes
    ratio: Range[float] | None  # spared in the lockdown over the cost of a year
    break_even_days: float | None  # working days of lockdown a year that pay for it
    blackouts_undone: float | None  # blackout days that the lockdown's saving outweighs

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Both sides and the cost: work interrupted before catching up, so on another basis than the measures."""

        def amount(
            name: str, label: str, period: str, values: Range[float], overlaps: tuple[str, ...] = (),
            ledger: Ledger = "output", basis: Basis = "gross",
        ) -> Amount:  # fmt: skip
            made = values.times(MILLION)
            return Amount(f"home.{name}", label, ledger, basis, period, "USD", (), made, None, overlaps)

        lockdown = f"per lockdown of {plural(self.days, 'working day')}"
        seats, outage = (
            (f"measure.avoided.{LEVER}", f"measure.later.{LEVER}"),
            ("calendar.net", "calendar.year"),
        )
        return (
            amount("lockdown", "Export work interrupted in the lockdown", lockdown, self.lockdown, ("home.spared",)),
            amount("spared", "Spared in the lockdown by seats at home", lockdown, self.spared, seats),
            amount("outage", "Export work interrupted in a day of blackout", "per day of blackout", self.outage,
                   (*outage, "measure.avoided.", "home.exposed")),
            amount("exposed", "More interrupted in a day of blackout through seats at home", "per day of blackout",
                   self.exposed, (*outage, *seats)),
            amount("cost", f"{self.cost_basis.capitalize()}: seats at home for a lockdown", "per year", self.cost,
                   (f"measure.cost.{LEVER}", *WAYS), "operating cost", "coping"),
        )  # fmt: skip


def work_from_home(catalogue: Catalogue, industry: Industry, values: Values) -> Home:
    """Both sides of seats at home: loss of a lockdown day falls with the share, loss of a blackout day rises."""
    output, days = values.of("measure.home_output"), values.central("measure.lockdown_days")
    chosen = values.central("measure.at_home_share")
    shares = np.array(sorted({*SHARES, chosen}))
    cases = impacts(
        catalogue,
        [
            Scenario(assumptions={f"lever.{LEVER}.coverage": float(share)} if share else {})
            for share in shares
        ],
    )
    place = cases[0].estimate.economy
    sample = main_draws(catalogue, {})
    a_day = {
        sector.export_group: (sector.key, value / values.central("firm.days_per_year") / MILLION)
        for sector, value in zip(catalogue.sectors, place.value_added, strict=True)
        if sector.export_group in OFFICE_GROUPS
    }
    flow = sum(value for _, value in a_day.values())
    closed = [np.atleast_1d(lockdown_loss(flow, 1.0, share, output)) for share in shares]
    dark = [
        np.sum(
            [
                value * sample.of(f"sector.{key}.dependence") * case.days[group]
                for group, (key, value) in a_day.items()
            ],
            axis=0,
        )
        for case in cases
    ]
    at = int(np.searchsorted(shares, chosen))
    spared, exposed = closed[0] - closed[at], dark[at] - dark[0]
    cost = chosen * values.of(f"measure.{LEVER}.units") * values.of(f"measure.{LEVER}.unit_usd") / MILLION
    a_day_spared, paid = float(np.mean(spared)), float(np.mean(cost))
    return Home(
        shares=shares, lockdown_day=Range.along(np.stack(closed)), outage_day=Range.along(np.stack(dark)),
        at_home=chosen, days=days,
        lockdown=Range.of(closed[at] * days), lockdown_none=Range.of(closed[0] * days), outage=Range.of(dark[at]),
        outage_none=Range.of(dark[0]), spared=Range.of(spared * days), exposed=Range.of(exposed), cost=Range.of(cost),
        cost_basis=cost_basis(industry, values, [LEVER]), covered=values.central(f"measure.{LEVER}.coverage"),
        ratio=Range.of(spared * days / cost) if bool(np.all(cost > 0)) else None,
        break_even_days=paid / a_day_spared if a_day_spared > 0 and paid > 0 else None,
        blackouts_undone=a_day_spared * days / float(exposed.mean()) if float(exposed.mean()) > 0 else None,
    )  # fmt: skip
