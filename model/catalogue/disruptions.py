"""What can happen, whom it hits and what helps: kinds, user classes, measures, groups and symbols."""

from __future__ import annotations

from typing import Literal

from model.common.tables import Row, Status, YesNo


class Labelled(Row):
    key: str
    label: str
    help: str = ""


class Group(Labelled):
    order: float = 0


class Correlation(Row):
    """A group of inputs that move together, and the number of the Sobol sequence that moves them."""

    key: str
    label: str
    streams: str = ""


class UserClass(Labelled):
    pass


class Kind(Labelled):
    """A kind of disruption and where its severity comes from."""

    phrase: str
    family: Literal["cut", "block", "degradation"]
    severity_from: Literal["table", "degradation"]
    quality_input: Literal["", "ratio", "capacity_lost"] = ""
    ordered_by_authority: YesNo
    status: Status
    source: str = ""


class Lever(Labelled):
    """A continuity measure: what it acts on, for which user classes, in which kinds of disruption."""

    acts_on: Literal["severity", "adaptation_time", "seats"]
    classes: str
    kinds: str
    kinds_if_ordered: str = ""

    def acts_in(self, kind: str, ordered: bool) -> bool:
        """Whether the lever does anything in a disruption of this kind."""
        return matches(self.kinds, kind) or (ordered and matches(self.kinds_if_ordered, kind))


class Symbol(Row):
    """A symbol of the equations; `parameters` are keys, beginnings that end in a dot, or patterns with a *."""

    symbol: str
    meaning: str
    unit: str
    parameters: str = ""
    kernel: str

    @property
    def prefixes(self) -> tuple[str, ...]:
        return tuple(name for name in self.parameters.split(";") if name)


def matches(names: str, name: str) -> bool:
    """Whether a table's space-separated list of names (`*` = all) holds `name`."""
    return name in (listed := names.split()) or listed == ["*"]
