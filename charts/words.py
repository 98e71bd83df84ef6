"""Numbers as words on a chart; the rounding itself comes from the caller's one formatter."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from model.common.numbers import GDP_SHARE, PERCENT, trimmed
from model.common.ranges import NOT_MEASURED, PROBABLY_NONE, Chance, Range

Format = Callable[[float], str]


def finite_or_nan(value: Any) -> float:
    """A cell as a float; None, text and infinities become NaN, which is shown as "not measured"."""
    try:
        cell = float(value)
    except (TypeError, ValueError):
        return float("nan")
    return cell if np.isfinite(cell) else float("nan")


def all_finite(*values: float) -> bool:
    """Whether all of `values`, any unit, are finite numbers."""
    return bool(np.all(np.isfinite(values)))


def brief(text: str) -> str:
    """An amount without what it is a share of: that stands once, with the middle or at the axis."""
    return text.replace(GDP_SHARE, PERCENT)


def with_range(fmt: Format, shown: Range[float]) -> str:
    """The middle of `shown` with its ends, in the unit of `fmt`; alone where there is no range."""
    if not all_finite(shown.median):
        return NOT_MEASURED
    if not all_finite(*shown):
        return fmt(shown.median)
    if shown.probably_nothing:  # in the words of the text beside the chart
        return Chance(fmt(shown.low), PROBABLY_NONE, fmt(shown.high)).full
    words = shown.steady.each(fmt)
    return Range(brief(words.low), words.median, brief(words.high)).full


def tick_text(fmt: Format, value: float) -> str:
    """A tick at `value`, in the unit of `fmt`, which rounds, as people write it: `$5M` and not `$5.0M`."""
    return brief(re.sub(r"(\.\d*?[1-9])0+(?!\d)|\.0+(?!\d)", r"\1", fmt(value)))


def linear_ticks(low: float, high: float, most: int) -> list[float]:
    """At most `most` ticks from `low` to `high`, in axis units, in steps of 1, 2 or 5, which two digits can write."""
    span = high - low
    if not np.isfinite(span) or span <= 0:
        return [low] if np.isfinite(low) else []
    power = 10.0 ** np.floor(np.log10(span / most))
    step = next(size * power for size in (1, 2, 5, 10, 20) if span / (size * power) <= most - 1)
    first, last = int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9))
    return [float(number * step) for number in range(first, last + 1)]


def log_ticks(low: float, high: float) -> list[float]:
    """Decades from `low` to `high`, both above 0, in axis units, with 2 and 5 between them where there are few."""
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
    """Ticks of an axis at `values`, in axis units, with their words."""
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
