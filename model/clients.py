"""A VPN block seen from the clients: who needs a VPN, who is spared, who leaves and comes back, what keeping costs.

Work under the block is divided once: spared by a registered VPN, lost with a client that left, or kept at a
cost. The cost is charged for what is kept only, so nothing is both lost and saved at a cost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.industry_draws import DRAWS, Values, ends
from model.ledger import Amount
from model.uncertainty import quantiles

Array = NDArray[np.float64]
MILLION = 1e6
MONTH = 365 / 12  # days
HORIZON_MONTHS = 60


def exposed_share(need: ArrayLike, registered: ArrayLike, effect: ArrayLike) -> Array:
    """Share of receipts that the block reaches: need x (1 - registered x effect)."""
    return np.asarray(np.multiply(need, 1 - np.multiply(registered, effect)))


def gone(
    months: ArrayLike, *, block_months: float, leave: ArrayLike, leave_months: ArrayLike, half_life: ArrayLike
) -> Array:
    """Share of the exposed clients that are away after `months`; arguments broadcast, half-life in months.

    They leave evenly over `leave_months` while the block lasts; afterwards half come back per half-life.
    """
    time = np.asarray(months, dtype=float)
    left = np.multiply(leave, np.minimum(1.0, np.divide(np.minimum(time, block_months), leave_months)))
    after = np.maximum(0.0, time - block_months)
    return np.asarray(left * np.power(0.5, after / half_life))


@dataclass(frozen=True)
class Block:
    """The section of the VPN block; money in M USD, axis (draw,) reduced to 5 %, median and 95 %."""

    days: float
    exposed: tuple[float, float, float]  # share of receipts
    spared: tuple[float, float, float]
    left: tuple[float, float, float]  # share of all receipts away at the end of the block
    lost: tuple[float, float, float]  # receipts, over the horizon
    lost_in_block: tuple[float, float, float]  # part of it while the block lasts
    kept_cost: tuple[float, float, float]
    full_cost: tuple[float, float, float]  # a year at full adoption, as claimed
    kept_share: tuple[float, float, float]  # mean share of exposed work that is kept, while it lasts
    people_abroad: tuple[float, float, float]  # moved by a year of the claimed cost
    per_worker: tuple[float, float, float]  # USD a year
    months: Array
    low: Array  # share of receipts away, (month,)
    median: Array
    high: Array

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Lost receipts and the cost of what is kept: different ledgers, never added."""

        def amount(name: str, label: str, ledger: str, period: str, values: tuple[float, float, float],
                   contains: tuple[str, ...] = (), overlaps: tuple[str, ...] = ()) -> Amount:  # fmt: skip
            low, median, high = (value * MILLION for value in values)
            return Amount(name, label, "receipts" if ledger == "receipts" else "operating cost",
                          "lagged" if ledger == "receipts" else "coping", period, "USD", contains, median, low, high,
                          None, overlaps)  # fmt: skip

        late = ("lagged_receipts", "exports.shortfall", "exports.later", "calendar.lagged")
        return (
            amount("clients.lost", "Receipts lost with clients that leave", "receipts",
                   f"{HORIZON_MONTHS // 12} years", self.lost, ("clients.in_block",), late),
            amount("clients.in_block", "Of these, while the block lasts", "receipts", f"{self.days:g} days",
                   self.lost_in_block, (), late),
            amount("clients.kept_cost", "Cost of keeping the others", "operating cost", f"{self.days:g} days",
                   self.kept_cost, (), ("coping",)),
            amount("clients.full_cost", "Claimed cost of a full year, everybody kept", "operating cost", "per year",
                   self.full_cost, ("clients.kept_cost", "coping")),
        )  # fmt: skip


def block(values: Values) -> Block:
    """Price the block under the reader's figures."""
    days = values.central("industry.vpn_block_days")
    receipts = values.central("industry.receipts_musd")
    need = values.of("industry.vpn_client_share")
    spare = exposed_share(
        need, values.of("industry.vpn_registered_share"), values.of("industry.vpn_registered_effect")
    )
    leave, pace = values.of("industry.vpn_leave_share"), values.of("industry.vpn_leave_months")
    half_life = values.of("industry.client_return_years") * 12
    # A grid of its own over the block, so that a short block is seen at all.
    inside = np.linspace(0.0, days / MONTH, 61)
    after = np.linspace(days / MONTH, max(HORIZON_MONTHS, days / MONTH), 241)
    shape = {"block_months": days / MONTH, "leave": leave, "leave_months": pace, "half_life": half_life}
    during = gone(inside[:, None], **shape)  # type: ignore[arg-type]
    later = gone(after[:, None], **shape)  # type: ignore[arg-type]
    during, later = (np.broadcast_to(part, (len(part), DRAWS)) for part in (during, later))
    monthly = receipts / 12 * spare
    in_block = monthly * np.trapezoid(during, inside, axis=0)
    afterwards = monthly * np.trapezoid(later, after, axis=0)
    away = during.mean(axis=0) if days else np.zeros(DRAWS)
    full = values.of("industry.coping_musd_per_year")
    # The claim prices a year in which everybody works around the block; pay for the part that still does.
    unregistered = 1 - values.of("industry.vpn_registered_share") * values.of(
        "industry.vpn_registered_effect"
    )
    cost = full * days / 365 * unregistered * (1 - away)
    months = np.concatenate([inside, after[1:]])
    share = np.concatenate([during, later[1:]]) * spare
    low, median, high = quantiles(share)
    people = values.of("talent.professionals")
    return Block(
        days=days, exposed=ends(np.broadcast_to(spare, (DRAWS,))), spared=ends(np.broadcast_to(need - spare, (DRAWS,))),
        left=ends(during[-1] * spare), lost=ends(in_block + afterwards), lost_in_block=ends(in_block),
        kept_cost=ends(np.broadcast_to(cost, (DRAWS,))), full_cost=_claimed(values, "industry.coping_musd_per_year"),
        kept_share=ends(1 - away),
        people_abroad=ends(full * MILLION / values.of("industry.office_usd")), per_worker=ends(full * MILLION / people),
        months=months, low=low, median=median, high=high,
    )  # fmt: skip


def _claimed(values: Values, key: str) -> tuple[float, float, float]:
    """A claim keeps the range that it was made with."""
    found = values.table[key]
    return (found.low, found.mode, found.high) if found else (float("nan"),) * 3
