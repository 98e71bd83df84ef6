"""Scrambled Sobol points by SciPy. Those of the usual seed are kept: importing scipy.stats takes a second.

Point n is the first point with the vector of every bit of the Gray code of n taken in by exclusive or
(Antonov and Saleev 1979). So a file of 17 rows holds all 65,536 points of one seed, exactly.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Words = NDArray[np.uint32]
BITS = 30  # SciPy's points are whole multiples of 2^-30
KEPT_SEED = 1
KEPT_DIMENSIONS = 256  # of the file; points are made for whole multiples of it
KEPT_VECTORS = 16  # for 2^16 points, the most draws that a scenario may ask for
KEPT_FILE = Path(__file__).resolve().parent / "sobol_seed_1.npy"


def points(dimensions: int, draws: int, seed: int) -> Array:
    """The first `draws` points of the sequence scrambled with `seed`, shape (dimension, draw), in [0, 1)."""
    if seed == KEPT_SEED and dimensions == KEPT_DIMENSIONS and draws <= 2**KEPT_VECTORS:
        return unfolded(np.load(KEPT_FILE), draws)
    return by_scipy(dimensions, draws, seed)


def by_scipy(dimensions: int, draws: int, seed: int) -> Array:
    """The same from SciPy itself."""
    from scipy.stats import qmc  # a second to import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a number of draws that is no power of two is allowed
        found = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed)).random(draws)
    return np.ascontiguousarray(found.T)


def unfolded(kept: Words, draws: int) -> Array:
    """The points (dimension, draw) of a first point and generating vectors, (1 + vector, dimension).

    Gray codes are reflected: points 2^k to 2^(k+1) - 1 are those before, backwards, with vector k taken in.
    """
    words = np.empty((kept.shape[1], draws), dtype=np.uint32)
    words[:, 0] = kept[0]
    begin = 1
    for vector in kept[1:]:
        more = min(begin, draws - begin)
        if more <= 0:
            break
        words[:, begin : begin + more] = words[:, begin - more : begin][:, ::-1] ^ vector[:, None]
        begin += more
    return np.asarray(words * 2.0**-BITS)


def folded(found: Array) -> Words:
    """The first point and the generating vectors of 2^k points (dimension, draw)."""
    words = (found * 2.0**BITS).astype(np.uint32)
    first, rows, before = words[:, 0], [words[:, 0]], np.zeros(len(words), dtype=np.uint32)
    for exponent in range(int(found.shape[1]).bit_length() - 1):
        before = words[:, 2**exponent] ^ first ^ before  # the Gray code of 2^k has the bits k and k - 1
        rows.append(before)
    return np.stack(rows)


if __name__ == "__main__":  # writes the file again
    np.save(KEPT_FILE, folded(by_scipy(KEPT_DIMENSIONS, 2**KEPT_VECTORS, KEPT_SEED)))
