"""Random numbers that belong to a name alone: whatever else is drawn, its own stay the same to the last bit."""

from __future__ import annotations

import numpy as np

SEED = 20240208


def own_draws(*names: str) -> np.random.Generator:
    """A generator that belongs to these names alone, always at its beginning.

    Args:
        names: what the numbers are for, such as a country and an input; the same names give the same numbers.

    Returns:
        A generator of NumPy, seeded by the names.

    Source: own rule, so that a row that is added or changed moves no other result.
    """
    return np.random.default_rng([SEED, *"/".join(names).encode()])
