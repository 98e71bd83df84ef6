"""Numbers computed by hand: how near a result must be to them, and the ends of a result to hold against them."""

from __future__ import annotations

from model.common.ledger import Amount

EXACT = 1e-12
QUADRATURE = 1e-5  # the accuracy that the time grid promises on the durations of a curve


def ends(amount: Amount) -> tuple[float, float, float]:
    """Low, median and high; an amount that is not measured fails the test."""
    numbers = amount.range.measured
    assert numbers is not None, f"{amount.id} is not measured"
    return numbers.low, numbers.median, numbers.high
