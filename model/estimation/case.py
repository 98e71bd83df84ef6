"""What is priced: one scenario in one economy, in one money, with the ranges of its parameters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Distribution
from model.estimation.amounts import Money
from model.estimation.economy import Economy
from model.scenario.scenario import Scenario


@dataclass(frozen=True, kw_only=True)
class Case:
    """A scenario ready for the kernels; `durations` in hours, ascending (duration,), its own among them."""

    catalogue: Catalogue
    scenario: Scenario
    economy: Economy
    money: Money
    durations: NDArray[np.float64]
    table: dict[str, Distribution | None]

    @property
    def chosen(self) -> int:
        """Index of the scenario's own duration."""
        return int(np.searchsorted(self.durations, self.scenario.hours))
