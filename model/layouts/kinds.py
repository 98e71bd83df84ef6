"""What the kinds of the tables are to a list: found by what they do, so that a new row of the table needs no code."""

from __future__ import annotations

from functools import cached_property

from model.catalogue.disruptions import Kind
from model.catalogue.load import Catalogue


class KindsOf:
    """The kinds that the columns of lists mean."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.all = catalogue.kinds

    @cached_property
    def gone(self) -> str:
        """Every connection is off: the kind that stands for it in degradations."""
        return next(kind.severity_of for kind in self.all.values() if kind.severity_of)

    @cached_property
    def mobile(self) -> str:
        """Mobile data alone is off: a second line helps."""
        return self._first(lambda kind: kind.family == "cut" and kind.second_line_helps == "yes")

    @cached_property
    def slowdown(self) -> str:
        return self._first(lambda kind: kind.quality_input == "ratio")

    @cached_property
    def cable(self) -> str:
        return self._first(lambda kind: kind.quality_input == "capacity_lost")

    @cached_property
    def one_platform(self) -> str:
        return self._first(lambda kind: kind.platforms == 1)

    @cached_property
    def several_platforms(self) -> str:
        topic = self.all[self.one_platform].topic
        return self._first(lambda kind: kind.topic == topic and kind.platforms is None)

    @cached_property
    def vpn(self) -> str:
        return self._first(lambda kind: kind.worked_around_at_cost == "yes")

    def _first(self, fits: object) -> str:
        assert callable(fits)
        return next(key for key, kind in self.all.items() if fits(kind))

    def covers(self, wide: str, narrow: str) -> bool:
        """Whether the loss of one kind holds all that another takes: everything gone, or several services for one."""
        if wide == narrow or wide == self.gone:
            return True
        one, other = self.all[wide], self.all[narrow]
        return one.topic == other.topic and one.family == other.family and _more(one, other)


def _more(one: Kind, other: Kind) -> bool:
    return other.platforms is not None and (one.platforms is None or one.platforms > other.platforms)
