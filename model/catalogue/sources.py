"""Where a figure is from: sources, the articles' figures, prices to pass, and what each column means."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from model.common.cells import (
    LIMITS,
    Dated,
    Day,
    Key,
    Keys,
    Status,
    Text,
    Unit,
    Url,
    Urls,
    Word,
    check_apart,
    check_order,
    limited,
)
from model.common.errors import CellError
from model.common.tables import Row


class Source(Row):
    id: Key
    title: Text
    publisher: Text = ""
    url: Url = ""
    date: Dated = ""
    licence: Text = ""
    notes: Text = ""


class Column(Row):
    """What a column of a table means."""

    table: Word
    column: Word
    unit: Unit
    description: Text
    source: Keys = ""
    status: Literal["", Status] = ""
    used_by: Keys = ""


class ChangedConstant(Row):
    """A change of a default value, a range or a source; `what` names it, `keys` the parameters, `*` all of them."""

    date: Day
    data_version: str = Field(pattern=r"^\d{4}\.\d+\.\d+$", description="a version such as 2026.11.4")
    what: Text
    keys: str = ""
    before: Text = ""
    after: Text
    reason: Text

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(name for name in self.keys.split(";") if name)

    @property
    def is_first(self) -> bool:
        """Whether it is no change but the values that everything began with."""
        return self.keys == "*"


class Seed(Row):
    """One figure or statement of an article, as the article gives it and in our words."""

    id: str = Field(
        pattern=r"^seed\d{3}_\d{2}$", description="seed, the article's three digits, _ and two more"
    )
    subject: Text
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: Literal["", Unit] = ""
    period: Text = ""
    basis: Text = ""
    speaker: Text = ""
    article_title: Text
    publisher: Text = ""
    date: Dated = ""
    paraphrase: Text
    role: Literal[
        "sector_weight", "churn_driver", "cause", "claim_input", "context", "target", "mitigation_lever",
        "baseline_input", "scenario_definition", "scope_exclusion", "persistence",
    ]  # fmt: skip
    carried_by: Keys = ""
    used_as: Text = ""
    min: float | None = None
    max: float | None = None
    step: float | None = Field(default=None, gt=0)
    default: float | None = None
    status: Status
    value_status: Literal["", Status] = ""
    url: Url = ""
    notes: Text = ""

    @model_validator(mode="after")
    def _plausible(self) -> Self:
        numbers = {
            name: getattr(self, name) for name in ("value", "low", "high", "min", "max", "default", "step")
            if getattr(self, name) is not None
        }  # fmt: skip
        if numbers and not self.unit:
            raise CellError("unit", "", "the unit of the figure")
        for name, number in numbers.items():
            low, high = LIMITS.get(self.unit, (0.0, 0.0))
            if not low <= number <= high:
                raise CellError(name, number, f"{low:,g} to {high:,g} {self.unit}")
        check_order(numbers, ("low", "value", "high"))
        check_order(numbers, ("min", "default", "max"))
        check_order(numbers, ("min", "value", "max"))
        check_order(numbers, ("min", "low", "high", "max"))
        check_order(numbers, ("low", "default", "high"))
        check_apart(numbers, ("low", "value", "high"), 10)
        if self.value is not None and self.default not in (None, self.value):
            raise CellError(
                "default", self.default, f"{self.value:g}, the value: a slider begins at the figure"
            )
        bounds = [name for name in ("min", "max", "step", "default") if name in numbers]
        for name in ("min", "max", "step", "default"):
            if bounds and name not in numbers:
                raise CellError(name, "", f"a number, where {bounds[0]} has one")
        if bounds and numbers["min"] >= numbers["max"]:
            raise CellError("min", self.min, f"below max ({self.max:g})")
        if bounds and numbers["step"] > numbers["max"] - numbers["min"]:
            raise CellError("step", self.step, f"up to {numbers['max'] - numbers['min']:g} (max less min)")
        return self


def plain_title(title: str) -> str:
    """A title without the brackets that say that the headline is not known."""
    bracketed = title.startswith("(") and title.endswith(")")
    return title[1:-1] if bracketed else title


class Sourced(Row):
    """Where a row was read; `other_urls` are separated by semicolons."""

    source_title: Text
    publisher: Text = ""
    source_date: Dated = ""
    url: Url
    other_urls: Urls = ""

    @property
    def source(self) -> str:
        named = ", ".join(part for part in (self.publisher, self.source_date) if part)
        return plain_title(self.source_title) + (f" ({named})" if named else "")


class Threshold(Row):
    """A published figure to pass: its own number, or the value of an article's statement."""

    key: Word
    label: Text
    musd: float | None = Field(
        default=None, ge=1, le=10_000, description="an amount in M USD from 1 to 10,000"
    )
    seed: Key = ""
    status: Status
    source: Keys
    source_date: Dated = ""
    evidence: Text

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        if (self.musd is None) == (not self.seed):
            raise CellError("musd", self.musd, "a figure or a seed, one of the two")
        return self


class FormerResult(Row):
    """Direct loss of a shipped scenario, as model 1.2.0 gave it; `link` holds the values of that time."""

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
