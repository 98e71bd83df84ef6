"""Numbers as words on a chart; the rounding itself comes from the caller's one formatter."""

from collections.abc import Callable
from typing import Any

import numpy as np

from model.common.numbers import trimmed

Format = Callable[[float], str]
DASH = "\u2013"
MINUS = "\u2212"


def finite_or_nan(value: Any) -> float:
    """A cell as a float; None, text and infinities become NaN, which is shown as "not measured"."""
    try:
        cell = float(value)
    except (TypeError, ValueError):
        return float("nan")
    return cell if np.isfinite(cell) else float("nan")


def all_finite(*values: float) -> bool:
    return bool(np.all(np.isfinite(values)))


def range_text(fmt: Format, low: float, high: float) -> str:
    """A range; where a minus sign occurs a word stands between the ends instead of a dash."""
    return f"{fmt(low)} to {fmt(high)}" if min(low, high) < 0 else f"{fmt(low)}{DASH}{fmt(high)}"


def with_range(fmt: Format, low: float, median: float, high: float) -> str:
    if not all_finite(median):
        return "not measured"
    if not all_finite(low, high) or low == high:
        return fmt(median)
    return f"{fmt(median)} ({range_text(fmt, low, high)})"


def axis_text(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1 else f"{value:g}"


def short(value: object) -> str:
    return trimmed(value) if isinstance(value, int | float) else str(value)
