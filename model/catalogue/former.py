"""What an earlier model said of the scenarios that the project shipped with it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from model.common.cells import Key, Text, check_apart, limited
from model.common.errors import CellError
from model.common.tables import Row


class FormerResult(Row):
    """Net direct loss of a shipped scenario, as model 1.2.0 gave it; `link` holds the values of that time."""

    id: Key
    link: Text = ""
    low: float = limited(0, 1e12, "USD")
    median: float = limited(0, 1e12, "USD")
    high: float = limited(0, 1e12, "USD")
    unit: Literal["USD"]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.median <= self.high:
            raise CellError("median", self.median, f"{self.low:g} (low) to {self.high:g} (high)")
        check_apart(self.model_dump(), ("median", "high"), 20)
        return self
