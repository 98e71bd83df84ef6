"""Freelancers and staff employed remotely, whom the association's estimate leaves out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.calendar import Year
from model.catalogue import Catalogue
from model.industry_draws import DRAWS, Values, ends
from model.ledger import Amount, Basis

Array = NDArray[np.float64]
MILLION = 1e6
GROUP = "freelancers"


def rating_loss(earnings: ArrayLike, per_day: ArrayLike, days: ArrayLike, months: ArrayLike) -> Array:
    """Later earnings lost because ratings fell: earnings / 12 x months x min(1, per_day x days)."""
    return np.asarray(
        np.multiply(earnings, np.divide(months, 12)) * np.minimum(1.0, np.multiply(per_day, days))
    )


@dataclass(frozen=True)
class Freelance:
    """The section of freelancers: a year of the calendar, M USD, as 5 %, median and 95 %."""

    inside: bool
    people: tuple[float, float, float]
    earnings: tuple[float, float, float]
    per_head: tuple[float, float, float]  # USD a year
    share_of_receipts: tuple[float, float, float]
    days: tuple[float, float, float]  # effective blackout-days a year
    direct: tuple[float, float, float]
    later: tuple[float, float, float]
    ratings: tuple[float, float, float] | None  # None: no measurement
    remote: tuple[float, float, float]

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Inside official receipts they are a part of the exports' loss; on top they stand beside it."""
        national = ("exports.direct", "exports.shortfall") if self.inside else ()
        late = ("exports.later", "exports.shortfall", "calendar.lagged") if self.inside else ()

        def amount(
            name: str, label: str, values: tuple[float, float, float] | None, overlaps: tuple[str, ...]
        ) -> Amount:
            low, median, high = (None,) * 3 if values is None else tuple(value * MILLION for value in values)
            label = label if values is not None else f"{label}: no measurement"
            basis: Basis = "net" if name in ("freelance.direct", "freelance.remote") else "lagged"
            return Amount(
                name, label, "receipts", basis, "a year", "USD", (), median, low, high, None, overlaps
            )

        return (
            amount("freelance.direct", "Freelancers: earnings lost at once", self.direct, national),
            amount("freelance.later", "Freelancers: earnings lost with clients that leave", self.later, late),
            amount("freelance.ratings", "Freelancers: earnings lost through ratings", self.ratings,
                   ("freelance.later", *late)),
            amount("freelance.remote", "Staff employed remotely: pay lost at once", self.remote, ()),
        )  # fmt: skip


def freelance(catalogue: Catalogue, values: Values, year: Year) -> Freelance:
    """A year of the calendar for freelancers, on their own earnings."""
    earnings, people = values.of("freelance.earnings_musd"), values.of("freelance.people")
    direct, days, lost = np.zeros(DRAWS), np.zeros(DRAWS), np.zeros(DRAWS)
    index = next(i for i, sector in enumerate(catalogue.sectors) if sector.export_group == GROUP)
    for impact, item in zip(year.impacts, year.calendar.disruptions, strict=True):
        base = impact.estimate.economy.value_added[index]
        direct = direct + impact.export_net[GROUP] / base * item.per_year
        days = days + impact.days[GROUP] * item.per_year * (impact.scenario.place or 1.0)
        # Months of receipts that one lost contract costs, as the estimate counts them.
        stake = impact.stakes[GROUP] / (impact.estimate.economy.receipts * _share(impact.estimate.table))
        lost = lost + stake * impact.contracts_lost(GROUP, item.per_year)
    per_day = values.of("freelance.rating_loss_share")
    ratings = rating_loss(earnings, per_day, days, values.of("freelance.rating_months"))
    return Freelance(
        inside=values.on("freelance.inside"),
        people=ends(people), earnings=ends(earnings), per_head=ends(earnings * MILLION / people),
        share_of_receipts=ends(earnings / values.central("industry.receipts_musd")),
        days=ends(days), direct=ends(earnings * np.minimum(direct, 1.0)), later=ends(earnings * lost),
        ratings=ends(ratings) if values.central("freelance.rating_loss_share") > 0 else None,
        remote=ends(values.of("freelance.remote_musd") * np.minimum(direct, 1.0)),
    )  # fmt: skip


def _share(table: object) -> float:
    from model.uncertainty import centre

    found = centre(table[f"exports.share.{GROUP}"])  # type: ignore[index]
    return found or 1.0
