"""What the sources of a documented disruption leave open, and what it cost at either end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from model.catalogue.load import Catalogue
from model.common.cache import Cache
from model.common.ranges import Range
from model.compare.differences import estimated
from model.estimation.estimate import Estimate
from model.scenario.events import Event, documented
from model.scenario.fields import Header
from model.scenario.open_values import OpenValue, range_words, size_words, value_words
from model.scenario.scenario import Scenario

Net = Range[float | None]
_COSTS: Cache[list[Net]] = Cache()  # of the two ends, by catalogue and their scenarios


IN_BRACKETS = re.compile(r"\s*\(https?://[^\s)]+\)")
ADDRESS = re.compile(r",?\s*https?://[^\s);,]+")


@dataclass(frozen=True)
class NotKnown:
    """One value that the sources of an event leave open, in sentences."""

    said: str  # its range, and what it cost at the ends
    why: str  # where the ends come from, with addresses

    @property
    def text(self) -> str:
        return f"{self.said} {self.why}"

    @property
    def plain_why(self) -> str:
        """Where the ends come from, without addresses: for what is read aloud or printed."""
        return ADDRESS.sub("", IN_BRACKETS.sub("", self.why))

    @property
    def plain(self) -> str:
        return f"{self.said} {self.plain_why}"


def not_known(result: Estimate) -> tuple[NotKnown, ...]:
    """What the sources leave open; nothing for a scenario that is no event, or an event that is wholly known."""
    event = documented(result.catalogue, result.scenario)
    return () if event is None else tuple(_said(result, event, item) for item in event.ranges)


def _said(result: Estimate, event: Event, item: OpenValue) -> NotKnown:
    scenario, ends = result.scenario, (item.low, item.high)
    shown = {
        "currency": scenario.currency,
        "draws": scenario.draws,
        "seed": scenario.seed,
        "header": Header(),
    }
    forms = [event.at(item.field, end).with_changes(**shown) for end in ends]
    costs = _COSTS.get((result.catalogue, *forms), partial(_costs, result.catalogue, forms))
    parts = [
        f"{cost.spoken(result.money.unit).about} at {_size(item, end, form)}"
        for cost, end, form in zip(costs, ends, forms, strict=True)
    ]
    return NotKnown(f"Not known. {range_words(item)} It cost {' and '.join(parts)}.", item.why)


def _size(item: OpenValue, value: float, form: Scenario) -> str:
    """A value of a range whose label stands before it; a number of spells also says how long each is."""
    return value_words(item, value, form.hours) if item.field == "spells" else size_words(item, value)


def _costs(catalogue: Catalogue, forms: list[Scenario]) -> list[Net]:
    return [row.amount("net_direct").range for row in estimated(catalogue, forms, "net_direct", None)]
