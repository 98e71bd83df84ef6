"""A VPN block seen from the clients: who needs a VPN, who is spared, who leaves and comes back, what keeping costs.

Work under the block is divided once: spared by a registered VPN, lost with a client that left, or kept at a
cost. The cost is charged for what is kept only, so nothing is both lost and saved at a cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.common.ledger import Amount, Basis, Ledger
from model.common.numbers import MILLION
from model.common.ranges import Range
from model.evidence.trends import Baseline
from model.industry.draws import DRAWS, Values
from model.industry.words import FIRM_RECEIPTS, LATER_RECEIPTS, span
from model.kernels.growth import path

Array = NDArray[np.float64]
MONTH = 365 / 12  # days
CLAIM = "clients.full_cost"  # id of the amount that is no estimate
YEARS = 5  # over which what is lost is counted; the longest block fits in


def exposed_share(need: ArrayLike, registered: ArrayLike, effect: ArrayLike) -> Array:
    """Share of receipts that the block reaches: need x (1 - registered x effect).

    All three are shares (0 to 1), numbers or (draw,): `need` of the receipts come from clients who require a VPN,
    `registered` of these are served over a registered one, and that spares `effect` of the block.
    """
    return np.asarray(np.multiply(need, 1 - np.multiply(registered, effect)))


def gone(
    months: ArrayLike, *, block_months: float, leave: ArrayLike, leave_months: ArrayLike, half_life: ArrayLike
) -> Array:
    """Share of the exposed clients that are away some time after the block began.

    They leave evenly while the block lasts; afterwards half come back per half-life.

    Args:
        months: time since the block began, months; it and what is drawn broadcast, as (month, 1) and (draw,).
        block_months: length of the block, months.
        leave: share of the exposed clients that leave in the end.
        leave_months: months until they have left, above 0.
        half_life: months in which half of them come back.
    """
    time = np.asarray(months, dtype=float)
    left = np.multiply(leave, np.minimum(1.0, np.divide(np.minimum(time, block_months), leave_months)))
    after = np.maximum(0.0, time - block_months)
    return np.asarray(left * np.power(0.5, after / half_life))


def months_away(
    months: ArrayLike, *, block_months: float, leave: ArrayLike, leave_months: ArrayLike, half_life: ArrayLike
) -> Array:
    """Months of receipts gone until then per exposed client: `gone` summed from the start, in closed form.

    `months`, `block_months`, `leave`, `leave_months` and `half_life` as in `gone`.
    """
    time = np.asarray(months, dtype=float)
    inside = np.minimum(time, block_months)
    going = np.minimum(inside, leave_months)
    during = np.square(going) / np.multiply(2, leave_months) + inside - going
    at_end = np.minimum(1.0, np.divide(block_months, leave_months))
    after = np.maximum(0.0, time - block_months)
    back = at_end * half_life / np.log(2) * (1 - np.power(0.5, after / half_life))
    return np.asarray(np.multiply(leave, during + back))


@dataclass(frozen=True)
class VpnBlock:
    """The section of the VPN block; money in M USD, axis (draw,) reduced to 5%, median and 95%."""

    days: float
    baseline: Baseline  # of the path that the loss is priced on
    exposed: Range[float]  # share of receipts
    spared: Range[float]
    left: Range[float]  # share of all receipts away at the end of the block
    lost: Range[float]  # receipts, over the years
    lost_in_block: Range[float]  # part of it while the block lasts
    kept_cost: Range[float]
    full_cost: Range[float]  # a year at full adoption, as claimed
    kept_share: Range[float]  # mean share of exposed work that is kept, while it lasts
    people_abroad: Range[float]  # moved by a year of the claimed cost
    per_worker: Range[float]  # USD a year
    months: Array
    away: Range[Array]  # share of receipts away, (month,)

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Lost receipts and the cost of what is kept: different ledgers, never added."""

        def amount(
            name: str, label: str, ledger: Ledger, period: str, values: Range[float],
            overlaps: tuple[str, ...], contains: tuple[str, ...] = (), *, event: bool = False,
        ) -> Amount:  # fmt: skip
            basis: Basis = "lagged" if ledger == "receipts" else "coping"
            return Amount(
                name, label, ledger, basis, period, "USD", contains, values.times(MILLION), None, overlaps, event=event
            )  # fmt: skip

        # Freelancers are a part of the receipts here, whether the reader counts them inside or on top.
        late = (*LATER_RECEIPTS, *FIRM_RECEIPTS, "freelance.later", "freelance.ratings")
        ways = ("coping", "calendar.coping", "measure.cost.")  # other counts of ways round a block
        return (
            amount("clients.lost", "Earnings lost with clients that leave", "receipts", span(YEARS),
                   self.lost, late, ("clients.in_block",)),
            amount("clients.in_block", "Of these, while the block lasts", "receipts", f"{self.days:g} days",
                   self.lost_in_block, late, event=True),
            amount("clients.kept_cost", "Cost of keeping the others", "operating cost", f"{self.days:g} days",
                   self.kept_cost, ways, event=True),
            amount(CLAIM, "Claimed cost of a full year, everybody kept", "operating cost", "per year",
                   self.full_cost, ways, ("clients.kept_cost",)),
        )  # fmt: skip


def _reached(values: Values) -> Array:
    return exposed_share(
        values.of("industry.vpn_client_share"), values.of("industry.vpn_registered_share"),
        values.of("industry.vpn_registered_effect"),
    )  # fmt: skip


def _gone(values: Values, months: Array) -> Array:
    """Share of the exposed clients that are away, (month, draw)."""
    return np.broadcast_to(gone(months[:, None], **_course(values)), (len(months), DRAWS))


def _course(values: Values) -> dict[str, Any]:
    return {
        "block_months": values.central("industry.vpn_block_days") / MONTH,
        "leave": values.of("industry.vpn_leave_share"), "leave_months": values.of("industry.vpn_leave_months"),
        "half_life": values.of("industry.client_return_years") * 12,
    }  # fmt: skip


def away_by_year(values: Values, years: int) -> Array:
    """Share of receipts away on average in each of so many `years` after the block begins; year 0 is before it.

    (year, draw), with `years` + 1 rows.
    """
    return _away(values, 12.0 * np.arange(-1, years + 1).clip(0))


def _away(values: Values, ends_of_years: Array) -> Array:
    """Part of each year's receipts that is away between its end and the one before, (year, draw)."""
    gone_by = np.broadcast_to(
        months_away(ends_of_years[:, None], **_course(values)), (len(ends_of_years), DRAWS)
    )
    return np.asarray(np.diff(gone_by, axis=0) / 12 * _reached(values))


def block(values: Values, baseline: Baseline) -> VpnBlock:
    """Price the block under the reader's figures, on the path of receipts that the exports stand on too."""
    days = values.central("industry.vpn_block_days")
    yearly = path(values.central("industry.receipts_musd"), baseline.growth, np.arange(YEARS + 1))[:, None]
    need, reached = values.of("industry.vpn_client_share"), _reached(values)
    # A grid of its own over the block, so that a short block is seen at all.
    inside = np.linspace(0.0, days / MONTH, 61)
    after = np.linspace(days / MONTH, 12.0 * YEARS, 241)
    during, later = _gone(values, inside), _gone(values, after)
    lost = (yearly * away_by_year(values, YEARS)).sum(axis=0)
    stops = 12.0 * np.arange(-1, YEARS + 1).clip(0)
    in_block = (yearly * _away(values, np.minimum(stops, days / MONTH))).sum(axis=0)
    away = months_away(days / MONTH, **_course(values)) / (days / MONTH) if days else np.zeros(DRAWS)
    full = values.of("industry.coping_musd_per_year")
    # The claim prices a year in which all work needs a way round; pay for the part that needs one and is kept.
    cost = full * days / 365 * reached * (1 - away)
    months = np.concatenate([inside, after[1:]])
    people = values.of("talent.professionals")
    return VpnBlock(
        days=days, baseline=baseline, exposed=Range.of(reached), spared=Range.of(need - reached),
        left=Range.of(during[-1] * reached),
        lost=Range.of(lost), lost_in_block=Range.of(in_block), kept_cost=Range.of(cost),
        full_cost=_claimed(values, "industry.coping_musd_per_year"), kept_share=Range.of(1 - away),
        people_abroad=Range.of(full * MILLION / values.of("industry.office_usd")),
        per_worker=Range.of(full * MILLION / people),
        months=months, away=Range.along(np.concatenate([during, later[1:]]) * reached),
    )  # fmt: skip


def _claimed(values: Values, key: str) -> Range[float]:
    """A claim keeps the range that it was made with."""
    distribution = values.table[key]
    return (
        Range(distribution.low, distribution.mode, distribution.high)
        if distribution
        else Range(*(float("nan"),) * 3)
    )
