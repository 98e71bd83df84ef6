"""Numbers as words on a chart; the rounding itself comes from the caller's one formatter."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from model.common.numbers import trimmed
from model.common.ranges import PROBABLY_NONE, Chance, Range

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
    if Range(low, median, high).probably_nothing:  # in the words of the text beside the chart
        return Chance(fmt(low), PROBABLY_NONE, fmt(high)).full
    return f"{fmt(median)} ({range_text(fmt, low, high)})"


def tick_text(fmt: Format, value: float) -> str:
    """A tick as people write it, `$5M` and not `$5.0M`; `fmt` rounds."""
    return re.sub(r"(\.\d*?[1-9])0+(?!\d)|\.0+(?!\d)", r"\1", fmt(value))


def linear_ticks(low: float, high: float, most: int) -> list[float]:
    """At most `most` ticks between the two in steps of 1, 2 or 5, which two digits can write."""
    span = high - low
    if not np.isfinite(span) or span <= 0:
        return [low] if np.isfinite(low) else []
    power = 10.0 ** np.floor(np.log10(span / most))
    step = next(size * power for size in (1, 2, 5, 10, 20) if span / (size * power) <= most - 1)
    first, last = int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9))
    return [float(number * step) for number in range(first, last + 1)]


def log_ticks(low: float, high: float) -> list[float]:
    """Decades between the two, with 2 and 5 between them where there are few."""
    first, last = int(np.floor(np.log10(low))), int(np.ceil(np.log10(high)))
    steps = (1, 2, 5) if last - first <= 2 else (1,)
    every = max(1, round((last - first) / 6))
    return [
        step * 10.0**power
        for power in range(first, last + 1, every)
        for step in steps
        if low <= step * 10.0**power <= high
    ]


def ticks(values: list[float], fmt: Format) -> dict[str, Any]:
    """Ticks of an axis with their words."""
    return {"tickvals": values, "ticktext": [tick_text(fmt, value) for value in values]}


def unit_words(unit: str) -> str:
    """The unit of an axis whose ticks carry the size: `M USD` is `US dollars`."""
    text = re.sub(r"^(M|bn) ", "", unit).replace("_", "-")
    return re.sub(r"\bUSD\b", "US dollars", text)


def titled(title: str, unit: str) -> str:
    """The words of an axis: what it shows and in what."""
    return ", ".join(part for part in (title, unit_words(unit)) if part)


def short(value: object) -> str:
    return trimmed(value) if isinstance(value, int | float) else str(value)
