"""Numbers written small: the curves as whole numbers, as differences, compressed.

A value v stands as the whole number next to ln(v) x 2^25, so it is off by 0.0000015% at most, where a printed number is
off by 1% or more. Neighbours differ by little: what is written is how each step along the lengths differs from the
mean of all economies, or for several outages from one. `page/numbers.js` reads it back.
"""

from __future__ import annotations

import gzip
from base64 import b64encode
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from briefing.pocket.curves import Curves

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
STEPS = 2**25  # to a factor of e
NOTHING = -(2**30)  # stands for 0, which has no logarithm
PLANES = 4  # bytes of one number


def whole(values: Array) -> Whole:
    """Each of `values` (any unit and shape, 0 or more) as the whole number that stands for it; of the same shape."""
    with np.errstate(divide="ignore"):
        logs = np.log(values) * STEPS
    return np.where(values > 0, np.rint(logs), NOTHING).astype(np.int64)


def values_of(numbers: Whole) -> Array:
    """What whole numbers stand for; any shape."""
    return np.where(numbers == NOTHING, 0.0, np.exp(numbers / STEPS))


def settled(values: Array, numbers: Whole, factors: Sequence[Array | float]) -> Whole:
    """The whole numbers, moved where a printed digit would be another than the value's own.

    That happens to one in millions, whose value lies next to the edge between two roundings.

    Args:
        values: what the numbers stand for; any shape.
        numbers: from `whole`, the same shape.
        factors: by what values are multiplied before they are printed, each of a shape that broadcasts.

    Returns:
        The same shape: with each factor, 1, 2 and 3 digits of every value are right.
    """
    moved, wrong = numbers.copy(), _misprinted(values, numbers, factors)
    for step in (1, -1, 2, -2):
        at = np.nonzero(wrong)
        tried = moved[at] + step
        some = [np.broadcast_to(factor, values.shape)[at] for factor in factors]
        right = ~_misprinted(values[at], tried, some)
        chosen = tuple(index[right] for index in at)
        moved[chosen], wrong[chosen] = tried[right], False
    assert not wrong.any(), "a number that no neighbour prints"
    return moved


def _misprinted(values: Array, numbers: Whole, factors: Sequence[Array | float]) -> NDArray[np.bool_]:
    """Which numbers print other digits than their values do."""
    near, wrong = values_of(numbers), np.zeros(values.shape, dtype=bool)
    for factor in factors:
        pair = (values * factor, near * factor)
        for digits in (1, 2, 3):
            value_digits, packed_digits = (_rounded(each, digits) for each in pair)
            wrong |= (value_digits[0] != packed_digits[0]) | (value_digits[1] != packed_digits[1])
    return wrong


def _rounded(values: Array, digits: int) -> tuple[Array, Array]:
    """The leading digits of positive numbers as a whole number, and the power of ten that they stand for."""
    power = np.floor(np.log10(values)) - (digits - 1)
    return np.rint(values / 10.0**power), power


def written(numbers: Iterable[Whole]) -> bytes:
    """The steps along the last axis of each array, one behind the other: least significant bytes of all first.

    Bytes of the same weight stand together, for only then does a compressor find what they have in common.
    """
    parts = []
    for each in numbers:
        steps = np.diff(each, axis=-1, prepend=0).ravel()
        signless = np.where(steps < 0, -2 * steps - 1, 2 * steps)
        assert signless.max(initial=0) < 2 ** (8 * PLANES)
        parts += [((signless >> 8 * plane) & 255).astype(np.uint8).tobytes() for plane in range(PLANES)]
    return b"".join(parts)


def packed(curves: Curves, output: Whole) -> str:
    """All curves as a text for a page; `output` are those of `curves.output`, as whole numbers."""
    mean = np.rint(output[:, :2].mean(axis=3)).astype(np.int64)  # (kind, variant, end, length)
    apart = output[:, :2] - mean[:, :, :, None, :]
    several = output[:, 2] - output[:, 1]
    arrays = [mean, whole(curves.later), whole(curves.around)]
    for kind in range(len(curves.kinds)):
        arrays += [apart[kind], several[kind]]
    return compressed(written(arrays))


def compressed(data: bytes) -> str:
    """As a text that may stand inside a page; the same bytes give the same text at any time."""
    return b64encode(gzip.compress(data, 9, mtime=0)).decode()
