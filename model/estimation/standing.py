"""On what an estimate stands: how many of the inputs that enter it are assumptions."""

from __future__ import annotations

from dataclasses import dataclass

from model.estimation.estimate import Estimate

ASSUMPTION = "assumption"


@dataclass(frozen=True)
class Standing:
    """The parameters that enter an estimate, by what they are: keys in the order of the tables."""

    assumptions: tuple[str, ...]  # rows whose status is assumption
    reader: tuple[str, ...]  # given by the reader
    sourced: tuple[str, ...]  # all others

    @property
    def inputs(self) -> int:
        """How many there are."""
        return len(self.assumptions) + len(self.reader) + len(self.sourced)


def standing(result: Estimate) -> Standing:
    """The parameters that enter `result`, sorted by their status; the reader's own by what the scenario sets."""
    rows = {key: row for key, row in result.catalogue.parameters.items() if key in result.used}
    reader = tuple(key for key in rows if key in result.scenario.assumptions)
    rest = {key: row for key, row in rows.items() if key not in reader}
    assumed = tuple(key for key, row in rest.items() if row.status == ASSUMPTION)
    return Standing(assumed, reader, tuple(key for key in rest if key not in assumed))
