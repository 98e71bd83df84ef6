"""What one event of each kind costs in an economy at every length, on the estimate's own draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue
from model.common.cache import cached
from model.estimation.economy import Economy
from model.estimation.estimate import run, usable
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
DRAWS = 1024
FIRST, LAST = 0.25, 8760.0  # hours
HOURS: Array = np.exp(np.linspace(np.log(FIRST), np.log(LAST), 28))
HOURS.flags.writeable = False


@dataclass(frozen=True)
class Prices:
    """Direct loss in the whole country, USD, by kind: `curves` (kind, duration, draw) at `HOURS`."""

    economy: Economy
    kinds: tuple[str, ...]
    curves: Array


def prices(catalogue: Catalogue, iso3: str, kinds: Sequence[str]) -> Prices:
    """The curves of an economy; raises `InputError` for one without figures. Readers may share them."""
    return _prices(catalogue, iso3, tuple(kinds))


@cached()
def _prices(catalogue: Catalogue, iso3: str, kinds: tuple[str, ...]) -> Prices:
    ready = usable(
        catalogue, [Scenario(country=iso3, kind=kind, hours=float(HOURS[-1]), draws=DRAWS) for kind in kinds]
    )
    done = run(catalogue, ready, HOURS, net_alone=True)
    curves = np.stack([done.flow.net[done.row(item)] for item in ready])
    curves.flags.writeable = False
    return Prices(done.economies[0], kinds, curves)
