"""What an earlier model said of the scenarios that the project shipped with it."""

from __future__ import annotations

from pydantic import Field

from model.common.tables import Row


class FormerResult(Row):
    """Net direct loss of a shipped scenario, as model 1.2.0 gave it; `link` holds the values of that time."""

    id: str
    link: str = ""
    low: float = Field(ge=0)
    median: float = Field(ge=0)
    high: float = Field(ge=0)
    unit: str = Field(pattern=r"^[A-Z]{3}$")
