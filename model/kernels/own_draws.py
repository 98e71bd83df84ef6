"""Random numbers that belong to a name alone: whatever else is drawn, its own stay the same to the last bit."""

from __future__ import annotations

import numpy as np

SEED = 20240208


def own_draws(*names: str) -> np.random.Generator:
    """A generator that belongs to these names alone, always at its beginning."""
    return np.random.default_rng([SEED, *"/".join(names).encode()])
