"""Scrambled Sobol points by SciPy. Those of the usual seed are shipped: importing scipy.stats takes a second.

Point n is the first point with the vector of every bit of the Gray code of n taken in by exclusive or
(Antonov and Saleev 1979). So a file of 17 rows holds all 65,536 points of one seed, exactly.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
WholeNumbers = NDArray[np.uint32]
BITS = 30  # SciPy's points are whole multiples of 2^-30
BLOCK = (
    256  # numbers of the sequence that are made at once: a number has the same points however many are in use
)
AT_ONCE = 1024  # points that SciPy makes in one go: it lets nobody else by meanwhile
SHIPPED_SEED = 1
SHIPPED_BLOCKS = 2
SHIPPED_VECTORS = 16  # for 2^16 points, the most draws that a scenario may ask for
SHIPPED_FILE = Path(__file__).resolve().parent / "sobol_seed_1.npy"


def points(block: int, draws: int, seed: int) -> Array:
    """The first `draws` points of one block of the scrambled sequence, shape (number within the block, draw).

    Values lie in [0, 1). Block 0 has the numbers 0 to 255, block 1 those from 256 on, and so forth.

    Args:
        block: which 256 numbers.
        draws: how many points; a power of two keeps the balance of the sequence.
        seed: of the scrambling; for 1 the points are unfolded from the shipped file, for others SciPy makes them.

    Source: Sobol 1967 with the directions of Joe and Kuo 2008; the scrambling is SciPy's (qmc.Sobol).
    """
    if seed == SHIPPED_SEED and block < SHIPPED_BLOCKS and draws <= 2**SHIPPED_VECTORS:
        return unfolded(np.load(SHIPPED_FILE)[:, block * BLOCK : (block + 1) * BLOCK], draws)
    return by_scipy(block, draws, seed)


def by_scipy(block: int, draws: int, seed: int) -> Array:
    """The same from SciPy itself: the last block of a sequence that ends with it.

    `block`, `draws` and `seed` as in `points`.
    """
    from scipy.stats import qmc  # a second to import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a number of draws that is no power of two is allowed
        sequence = qmc.Sobol((block + 1) * BLOCK, scramble=True, rng=np.random.default_rng(seed))
        sizes = (min(AT_ONCE, draws - done) for done in range(0, draws, AT_ONCE))
        values = np.concatenate([sequence.random(size)[:, block * BLOCK :] for size in sizes])
    return np.ascontiguousarray(values.T)


def unfolded(shipped: WholeNumbers, draws: int) -> Array:
    """The points (number, draw) of a first point and generating vectors, (1 + vector, number).

    Gray codes are reflected: points 2^k to 2^(k+1) - 1 are those before, backwards, with vector k taken in.

    Args:
        shipped: whole numbers of 2^-30: the first point, then a vector for each doubling.
        draws: how many points, at most 2 to the number of vectors.

    Source: Antonov and Saleev 1979.
    """
    words = np.empty((shipped.shape[1], draws), dtype=np.uint32)
    words[:, 0] = shipped[0]
    begin = 1
    for vector in shipped[1:]:
        more = min(begin, draws - begin)
        if more <= 0:
            break
        words[:, begin : begin + more] = words[:, begin - more : begin][:, ::-1] ^ vector[:, None]
        begin += more
    return np.asarray(words * 2.0**-BITS)


def folded(values: Array) -> WholeNumbers:
    """The first point and the generating vectors of 2^k points: (1 + k, number), whole numbers of 2^-30.

    Args:
        values: the points in [0, 1), (number, draw), whole multiples of 2^-30.

    Source: the inverse of `unfolded`.
    """
    words = (values * 2.0**BITS).astype(np.uint32)
    first, rows, before = words[:, 0], [words[:, 0]], np.zeros(len(words), dtype=np.uint32)
    for exponent in range(int(values.shape[1]).bit_length() - 1):
        before = words[:, 2**exponent] ^ first ^ before  # the Gray code of 2^k has the bits k and k - 1
        rows.append(before)
    return np.stack(rows)


if __name__ == "__main__":  # writes the file again
    blocks = [folded(by_scipy(block, 2**SHIPPED_VECTORS, SHIPPED_SEED)) for block in range(SHIPPED_BLOCKS)]
    np.save(SHIPPED_FILE, np.concatenate(blocks, axis=1))
