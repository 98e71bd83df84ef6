"""What the formulas of a workbook are made of: its cells by name, and the parameters that have been asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from briefing.common.content import Content
from briefing.workbook import equations
from briefing.workbook.cells import Book, cell_name
from briefing.workbook.formula import Formula, equal, two_digits, when
from model.catalogue.disruptions import Kind, Lever
from model.common.numbers import GDP_SHARE, MILLION
from model.estimation.sampling import OneAtATime, centre


@dataclass(frozen=True)
class Chain:
    """One scenario's workbook while its formulas are written."""

    content: Content
    book: Book
    sample: OneAtATime
    parameters: list[str] = field(default_factory=list)  # keys that a formula has called

    @classmethod
    def of(cls, content: Content, book: Book) -> Chain:
        return cls(content, book, OneAtATime(content.result.catalogue, content.result.table, ()))

    def __getitem__(self, name: str) -> Formula:
        """A cell by its name, such as `tau_hours`, or the cell of a parameter by its key, such as `onset.shape`.

        A parameter that is called gets a row on the sheet of inputs. Raises `KeyError` where nothing has that name.
        """
        if "." not in name:
            return self.book[name]
        if name not in self.parameters:
            self.book.named(cell_name(name), self.value(name))
            self.parameters.append(name)
        return self.book[cell_name(name)]

    @property
    def unit(self) -> Formula:
        """The unit of amounts in heads, which follows the cells of the exchange rate and its name."""
        return self["money_heads"]

    def whole(self, amount: Formula) -> Formula:
        """An amount of a table (millions, or a share of the GDP) to the unit of money, to two digits."""
        if self.content.unit == GDP_SHARE:
            return two_digits(amount * when(equal(self["money_unchanged"], 1), 1, MILLION))
        return two_digits(amount * MILLION)

    def in_money(self, value: float) -> Formula:
        """`value`, an amount of the file's own money as tables have it, in the money of the rate in the cell now."""
        return value / self.content.result.money.per_million * self["money_rate"]

    def value(self, key: str, member: str = "") -> float:
        """A parameter's median, on which the workbook stands."""
        return float(np.ravel(self.sample.of(key, member))[0])

    def most_likely(self, key: str) -> float:
        """What divides the economy before anything is drawn."""
        return centre(self.content.result.table[key]) or 0.0

    @property
    def kind(self) -> Kind:
        return self.content.result.catalogue.kinds[self.content.result.scenario.kind]

    def levers(self, acts_on: str) -> dict[str, Lever]:
        """Measures of one sort that act in this kind of disruption, by key."""
        catalogue, scenario = self.content.result.catalogue, self.content.result.scenario
        ordered = scenario.ordered(catalogue)
        return {
            key: lever
            for key, lever in catalogue.levers.items()
            if lever.acts_on == acts_on and lever.acts_in(scenario.kind, ordered)
        }

    def days_between(self, hours: Formula) -> Formula:
        """Days from the end of a spell of so many hours to the start of the next; an array for an array."""
        if self.content.result.scenario.period_days is None:
            return self["gap_days"]
        return equations.days_between(self["period_days"], hours)

    @property
    def later(self) -> bool:
        """Whether later losses are measured here at all."""
        return self.content.line("lagged_receipts").range.median is not None

    @property
    def profiles(self) -> list[str]:
        """Hour profiles in use: none without a start time."""
        if self.content.result.scenario.start is None:
            return []
        return list(dict.fromkeys(sector.hour_profile for sector in self.content.result.catalogue.sectors))

    @property
    def start(self) -> datetime | None:
        start = self.content.result.scenario.start
        return None if start is None else datetime.fromisoformat(start)

    @property
    def export_groups(self) -> dict[str, int]:
        """Export groups and the sector that each belongs to."""
        sectors = self.content.result.catalogue.sectors
        return {sector.export_group: index for index, sector in enumerate(sectors) if sector.export_group}
