"""Freelancers and staff employed remotely, whom the association's estimate leaves out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.catalogue.load import Catalogue
from model.common.ledger import Amount, Basis
from model.common.numbers import MILLION
from model.common.ranges import UNDEFINED, Range
from model.industry.calendar import YearOfDisruptions
from model.industry.draws import Values
from model.industry.export_year import FREELANCERS, export_year, freelance_share
from model.industry.words import LATER_RECEIPTS

Array = NDArray[np.float64]


def rating_loss(earnings: ArrayLike, per_day: ArrayLike, days: ArrayLike, months: ArrayLike) -> Array:
    """Later earnings lost because ratings fell: earnings / 12 x months x min(1, per_day x days).

    Args:
        earnings: of a year, any money, which the result has too.
        per_day: share of orders lost later per blackout-day.
        days: effective blackout-days a year.
        months: how long a lower rating lasts.
    """
    return np.asarray(
        np.multiply(earnings, np.divide(months, 12)) * np.minimum(1.0, np.multiply(per_day, days))
    )


@dataclass(frozen=True)
class Freelance:
    """The section of freelancers: a year of the calendar, M USD, as 5%, median and 95%."""

    inside: bool
    people: Range[float]
    earnings: Range[float]
    per_head: Range[float]  # USD a year
    share_of_receipts: Range[float]
    days: Range[float]  # effective blackout-days a year
    direct: Range[float]
    later: Range[float]
    ratings: Range[float] | None  # None: no measurement
    remote: Range[float]
    present_value: str  # what `later` is counted at

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Inside official receipts they are a part of the exports' loss; on top they stand beside it.

        The estimate's own later losses hold the freelancers either way.
        """
        now = ("exports.direct", "exports.shortfall") if self.inside else ()
        always = ("calendar.lagged", "lagged_receipts", "clients.lost", "clients.in_block")
        late = (*always, *(LATER_RECEIPTS if self.inside else ()))

        def amount(
            name: str, label: str, basis: Basis, values: Range[float] | None,
            overlaps: tuple[str, ...],
        ) -> Amount:  # fmt: skip
            if values is None:
                label = f"{label}: no measurement"
            earnings = UNDEFINED if values is None else values.times(MILLION)
            return Amount(name, label, "receipts", basis, "per year", "USD", (), earnings, None, overlaps)

        return (
            amount("freelance.direct", "Freelancers: earnings lost at once", "net", self.direct, now),
            amount("freelance.later", "Freelancers: earnings lost with clients that leave, present value", "lagged",
                   self.later, late),
            amount("freelance.ratings", "Freelancers: earnings lost through ratings", "lagged", self.ratings,
                   ("freelance.later", *late)),
            amount("freelance.remote", "Staff employed remotely: pay lost at once", "net", self.remote, ()),
        )  # fmt: skip


def freelance(catalogue: Catalogue, values: Values, year: YearOfDisruptions) -> Freelance:
    """A year of the calendar for freelancers, on their own earnings."""
    earnings, people = values.of("freelance.earnings_musd"), values.of("freelance.people")
    hit = export_year(catalogue, year)
    direct, days = hit.direct[FREELANCERS], hit.days[FREELANCERS]
    per_day = values.of("freelance.rating_loss_share")
    ratings = rating_loss(earnings, per_day, days, values.of("freelance.rating_months"))
    return Freelance(
        inside=values.on("freelance.inside"),
        people=Range.of(people), earnings=Range.of(earnings), per_head=Range.of(earnings * MILLION / people),
        share_of_receipts=Range.of(freelance_share(values)),
        days=Range.of(days), direct=Range.of(earnings * direct),
        later=Range.of(earnings / 12 * hit.months * hit.contracts[FREELANCERS]),
        ratings=Range.of(ratings) if values.central("freelance.rating_loss_share") > 0 else None,
        remote=Range.of(values.of("freelance.remote_musd") * direct), present_value=hit.present_value,
    )  # fmt: skip
