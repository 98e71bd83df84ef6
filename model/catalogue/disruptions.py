"""What can happen, whom it hits and what helps: kinds, user classes, measures, groups and symbols."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from model.catalogue.parameters import GroupKey
from model.common.cells import Key, Keys, Status, Text, Word, YesNo, limited
from model.common.errors import CellError
from model.common.tables import Row


class Labelled(Row):
    key: Word
    label: Text
    help: Text = ""


class Group(Row):
    key: GroupKey
    label: Text
    help: Text = ""
    order: float = limited(0, 100, "a place in the list")


class Correlation(Row):
    """A group of inputs that move together, and the number of the Sobol sequence that moves them."""

    key: Word
    label: Text
    streams: str = ""  # its form is checked with that of all others, in streams.py


class UserClass(Labelled):
    """A class of users; `seats` that measures move from offices home stand in one class and go to another."""

    seats: Literal["", "office", "home"] = ""


class Kind(Labelled):
    """A kind of disruption: its names, where its severity comes from, and what follows from it elsewhere.

    `topic` is what other published methods take it for, and `platforms` how many it blocks; `severity_of` the kind
    whose `severity.*` parameters it uses (empty: its own); `weighed_by` the parameter that multiplies its severity.
    """

    phrase: Text
    noun: Text
    nouns: Text
    nationwide: Text
    nationwide_plural: Text
    aliases: Text = ""
    topic: Text
    platforms: int | None = Field(default=None, ge=1, le=100)
    family: Literal["cut", "block", "degradation"]
    severity_from: Literal["table", "degradation"]
    severity_of: Word = ""
    weighed_by: Key = ""
    quality_input: Literal["", "ratio", "capacity_lost"] = ""
    ordered_by_authority: YesNo
    worked_around_at_cost: YesNo
    second_line_helps: YesNo
    status: Status
    source: Keys

    @model_validator(mode="after")
    def _degraded(self) -> Self:
        degraded = self.severity_from == "degradation"
        if degraded and not self.severity_of:
            raise CellError("severity_of", "", "the kind that stands for a connection that is gone")
        if degraded != bool(self.quality_input):
            raise CellError(
                "quality_input", self.quality_input, "ratio or capacity_lost, for a degradation only"
            )
        return self

    @property
    def bare_phrase(self) -> str:
        """The phrase as it stands behind a number: `4 spells of full blackout`."""
        return self.phrase.removeprefix("an ").removeprefix("a ")

    @property
    def severity_rows(self) -> str:
        """The kind in the keys of its `severity.*` parameters."""
        return self.severity_of or self.key

    @property
    def copes(self) -> bool:
        """Whether firms pay to work around it."""
        return self.worked_around_at_cost == "yes"


NamesOrAll = Annotated[
    str,
    Field(
        pattern=r"^(\*|[a-z][a-z0-9_]*( [a-z][a-z0-9_]*)*)$",
        description="names with a space between, or * for all",
    ),
]


class Lever(Labelled):
    """A continuity measure: what it acts on, for which user classes, in which kinds of disruption."""

    acts_on: Literal["severity", "adaptation_time", "seats"]
    classes: NamesOrAll
    kinds: NamesOrAll
    kinds_if_ordered: NamesOrAll = ""

    def acts_in(self, kind: str, ordered: bool) -> bool:
        """Whether the lever does anything in a disruption of this kind."""
        return matches(self.kinds, kind) or (ordered and matches(self.kinds_if_ordered, kind))


class Symbol(Row):
    """A symbol of the equations; `parameters` are keys, beginnings that end in a dot, or patterns with a *."""

    symbol: Text
    meaning: Text
    unit: Text
    parameters: Keys = ""
    kernel: str = Field(
        pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$",
        description="file.function of model/kernels, such as churn.rate",
    )

    @property
    def prefixes(self) -> tuple[str, ...]:
        return tuple(name for name in self.parameters.split(";") if name)


def matches(names: str, name: str) -> bool:
    """Whether a table's space-separated list of names (`*` = all) holds `name`."""
    return name in (listed := names.split()) or listed == ["*"]


class ListRange(Row):
    """A value that lists of events leave open: what it is taken for, why, and the number of its own draws.

    Without low, best and high they follow from the row of the list. `streams` is empty where a parameter is drawn in
    its place. Rows of a list that are open for the same reason share its draws: they are all high, or all low.
    """

    key: Word
    field: Literal["hours", "spells", "kind", "place", "ratio", "capacity_lost", "platform.weight"]
    low: float | None = Field(default=None, ge=0, le=20, description="a share or a weight from 0 to 20")
    best: float | None = Field(default=None, ge=0, le=20, description="a share or a weight from 0 to 20")
    high: float | None = Field(default=None, ge=0, le=20, description="a share or a weight from 0 to 20")
    streams: str = ""  # its form is checked with that of all others, in streams.py
    why: Text
    status: Status
    source: Keys

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        numbers = [value for value in (self.low, self.best, self.high) if value is not None]
        if len(numbers) not in (0, 3) or numbers != sorted(numbers):
            raise CellError("best", self.best, "low, best and high in this order, or none of them")
        return self

    @property
    def drawn_as_parameter(self) -> bool:
        """Whether a parameter of the model is drawn in its place."""
        return self.field in ("ratio", "capacity_lost", "platform.weight")

    @property
    def draw(self) -> str:
        """The name of its draw."""
        return f"list:{self.key}"
