"""Amounts that a test knows to be measured."""

from __future__ import annotations

from model.common.ledger import Amount


def ends(amount: Amount) -> tuple[float, float, float]:
    """Low, median and high; an amount that is not measured fails the test."""
    low, median, high = amount.low, amount.median, amount.high
    assert low is not None and median is not None and high is not None, f"{amount.id} is not measured"
    return low, median, high
