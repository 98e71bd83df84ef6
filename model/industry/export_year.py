"""A year of disruptions as exporters meet it: shares lost at once and later, and days in the dark, by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.common.numbers import percent
from model.common.ranges import Range
from model.industry.calendar import YearOfDisruptions, contracts_lost_of_year
from model.industry.draws import (
    DRAWS,
    Values,
    main_draws,
    shared_assumptions,
)
from model.industry.words import plural, rounded_count
from model.kernels import churn
from model.scenario.places import place_shares
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
FREELANCERS = "freelancers"


@dataclass(frozen=True)
class ExportYear:
    """By export group (software, call_centres, freelancers); axis (draw,).

    `direct` is the share of a year's work lost at once, `contracts` the share of contracts that end, `days` the
    effective blackout-days of the average exporter in the country, `weights` the shares of receipts. `months`
    of receipts go with a contract, as present value over `horizon` (months) at `discount` (a year); `lag` and
    `half_life` (months) say when.
    """

    direct: Mapping[str, Array]
    contracts: Mapping[str, Array]
    days: Mapping[str, Array]
    weights: Mapping[str, Array]
    months: Array
    lag: Array
    half_life: Array
    horizon: Array
    discount: Array

    def groups(self, *, freelancers: bool) -> tuple[str, ...]:
        """The groups inside official receipts: without the freelancers where they are counted on top."""
        return tuple(name for name in self.weights if freelancers or name != FREELANCERS)

    def mean(self, of: Mapping[str, Array], groups: Sequence[str]) -> Array:
        """Mean over `groups`, weighted by their receipts, (draw,); `of` has each group's own, (draw,) in any unit."""
        whole = sum((self.weights[name] for name in groups), np.zeros(DRAWS))
        part = sum((self.weights[name] * of[name] for name in groups), np.zeros(DRAWS))
        return np.divide(part, whole, out=np.zeros(DRAWS), where=whole > 0)

    def with_freelancers(self, share: Array) -> ExportYear:
        """The same year with freelancers at `share` of receipts, (draw,) or (); the others keep their proportions."""
        others = sum((self.weights[name] for name in self.groups(freelancers=False)), np.zeros(DRAWS))
        left = np.divide(1 - share, others, out=np.zeros(DRAWS), where=others > 0)
        return replace(
            self,
            weights={
                name: np.broadcast_to(share, (DRAWS,)) if name == FREELANCERS else weight * left
                for name, weight in self.weights.items()
            },
        )

    @property
    def present_value(self) -> str:
        """What a lost contract is counted at, where a year stands alone."""
        return (
            f"present value over {plural(Range.of(self.horizon).median, 'month')} at "
            f"{percent(Range.of(self.discount).median)} a year: "
            f"{rounded_count(Range.of(self.months))} months of export earnings a lost contract"
        )


def freelance_share(values: Values) -> Array:
    """Freelancers' earnings over official receipts, (draw,) or (); `InputError` where a part exceeds its whole."""
    key, receipts = "freelance.earnings_musd", values.central("industry.receipts_musd")
    distribution = values.table[key]
    most = distribution.high if distribution else 0.0
    if values.on("freelance.inside") and most > receipts:
        raise InputError(
            key, most, "is more than all export earnings, with freelancers counted inside them",
            f"at most {receipts:g} M USD, all export earnings (industry.receipts_musd), or freelancers counted on top "
            "(freelance.inside 0)",
        )  # fmt: skip
    return np.asarray(values.of(key) / receipts)


def export_year(catalogue: Catalogue, year: YearOfDisruptions) -> ExportYear:
    """Exporters under a calendar, on the assumptions that its disruptions share."""
    entries = year.calendar.disruptions
    sample = main_draws(catalogue, shared_assumptions(entries))

    def flat(key: str) -> Array:
        return np.broadcast_to(sample.of(key), (DRAWS,))

    churning = [
        flat(f"churn.{name}")
        for name in ("lag_months", "half_life_months", "horizon_months", "discount_rate")
    ]
    sectors = {
        sector.export_group: index for index, sector in enumerate(catalogue.sectors) if sector.export_group
    }
    often = np.array([item.per_year for item in entries]).reshape(-1, 1)
    direct, contracts, days = ({name: np.zeros(DRAWS) for name in sectors} for _ in range(3))
    for name, index in sectors.items():
        for impact, item in zip(year.impacts, entries, strict=True):
            base = impact.estimate.economy.value_added[index]  # of the country: the place is in the loss
            if base > 0:
                direct[name] = direct[name] + impact.export_net[name] / base * item.per_year
            days[name] = days[name] + impact.days[name] * item.per_year * _reach(catalogue, impact.scenario)
        if year.impacts:
            for exposure, lost in contracts_lost_of_year(year.impacts, often, name):
                contracts[name] = contracts[name] + lost * _reach(catalogue, exposure.scenario)
    return ExportYear(
        direct={name: np.minimum(part, 1.0) for name, part in direct.items()},
        contracts={name: np.minimum(part, 1.0) for name, part in contracts.items()},
        days=days,
        weights={name: flat(f"exports.share.{name}") for name in sectors},
        months=churn.discounted_months(*churning), lag=churning[0], half_life=churning[1], horizon=churning[2],
        discount=churning[3],
    )  # fmt: skip


def _reach(catalogue: Catalogue, scenario: Scenario) -> float:
    """Share of the country's IT exporters inside the place."""
    return place_shares(catalogue, scenario.country, scenario.regions, scenario.place)[1]
