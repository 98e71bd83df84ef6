"""The registry of operators: how a row of `data/operators.csv` turns the model's quantities into the observed one.

An operator is one function of a `Setting` with an entry in `OPERATORS`: what it needs of its row, and what it does in
words. It returns draws (draw,) of a loss as a share of what the period makes (0.3 is a fall of 30%), or of the share
that was observed. Unrest and the noise of the series are not in it: see `model.evidence.unrest`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.catalogue.evidence import Evidence, Observation, Operator
from model.catalogue.load import Catalogue
from model.common.errors import DataError, InputError, choices
from model.common.tables import cell
from model.evidence import quantities
from model.evidence.quantities import scenario_of
from model.scenario.scenario import Scenario, checked

Array = NDArray[np.float64]
NONE = "none"


def inline_of(item: Observation, row: Operator) -> Scenario:
    """The disruption of a row that names no event, unchecked."""
    return Scenario(country=item.country, kind=row.kind or item.kind, hours=row.hours or 0.0)


@dataclass(frozen=True)
class Setting:
    """What an operator is fed: the tables as known before the event, the row, and the disruptions."""

    catalogue: Catalogue
    item: Observation
    row: Operator

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The disruptions, one after the other; raises `InputError`."""
        if self.row.event:
            return tuple(scenario_of(self.catalogue, name) for name in self.row.events)
        return (checked(self.catalogue, inline_of(self.item, self.row)),)

    def window(self, scenario: Scenario) -> tuple[float, float]:
        """Hours after the start of a disruption between which it is measured."""
        end = scenario.hours if self.row.to_hours is None else self.row.to_hours
        return self.row.from_hours or 0.0, end

    @property
    def period(self) -> float:
        """Hours of the period that the series counts."""
        windows = [self.window(scenario) for scenario in self.scenarios]
        return self.row.period_hours or sum(end - begin for begin, end in windows)

    def over_period(self, hours: Callable[[Catalogue, Scenario, float, float], Array]) -> Array:
        """The sum over the disruptions of `hours` (catalogue, scenario, begin, end), as a share of the period."""
        series = [hours(self.catalogue, scenario, *self.window(scenario)) for scenario in self.scenarios]
        return np.asarray(sum(series) / self.period)


def payment_at_terminal(setting: Setting) -> Array:
    def hours(catalogue: Catalogue, scenario: Scenario, begin: float, end: float) -> Array:
        lost = quantities.connectivity_lost(catalogue, scenario, setting.row.subject, begin, end)
        return np.asarray(lost * (end - begin))

    return setting.over_period(hours)


def payments_of_period(setting: Setting) -> Array:
    name = setting.row.subject

    def hours(catalogue: Catalogue, scenario: Scenario, begin: float, end: float) -> Array:
        lost = quantities.connectivity_of_sector(catalogue, scenario, name, begin, end)
        return np.asarray(lost * (end - begin) * (1 - _caught_up(catalogue, scenario, name, begin, end)))

    return setting.over_period(hours)


def _caught_up(catalogue: Catalogue, scenario: Scenario, name: str, begin: float, end: float) -> Array:
    """Share of a sector's loss that it catches up, (draw,)."""
    gross, caught_up = quantities.sector_hours_lost(catalogue, scenario, name, begin, end)
    return np.divide(caught_up, gross, out=np.zeros_like(gross), where=gross > 0)


def mobile_data_revenue(setting: Setting) -> Array:
    def hours(catalogue: Catalogue, scenario: Scenario, begin: float, end: float) -> Array:
        first = quantities.connectivity_at_first(catalogue, scenario, setting.row.subject)
        return np.asarray(first * (end - begin))

    return setting.over_period(hours)


def activity_of_sector(setting: Setting) -> Array:
    def hours(catalogue: Catalogue, scenario: Scenario, begin: float, end: float) -> Array:
        return quantities.sector_hours_lost(catalogue, scenario, setting.row.subject, begin, end)[0]

    return setting.over_period(hours)


def revenue_of_sector(setting: Setting) -> Array:
    def hours(catalogue: Catalogue, scenario: Scenario, begin: float, end: float) -> Array:
        gross, caught_up = quantities.sector_hours_lost(catalogue, scenario, setting.row.subject, begin, end)
        return np.asarray(gross - caught_up)

    return setting.over_period(hours)


def recapture_of_sector(setting: Setting) -> Array:
    scenario = setting.scenarios[0]
    return _caught_up(setting.catalogue, scenario, setting.row.subject, *setting.window(scenario))


def substitution_in_time(setting: Setting) -> Array:
    scenario = setting.scenarios[0]
    return quantities.worked_around(setting.catalogue, scenario, *setting.window(scenario))


def net_share_of_gdp(setting: Setting) -> Array:
    def hours(catalogue: Catalogue, scenario: Scenario, begin: float, end: float) -> Array:
        return quantities.net_of_economy(catalogue, scenario.with_changes(hours=end))

    return setting.over_period(hours)


def input_value(setting: Setting) -> Array:
    sample = quantities.sample_of(setting.catalogue, Scenario())
    return quantities.full(sample.of(setting.row.subject), sample.size)


def worked_around_by(setting: Setting) -> Array:
    scenario = Scenario(country=setting.item.country, kind=setting.row.kind or setting.item.kind)
    return quantities.arrived(setting.catalogue, scenario, setting.row.to_hours or 0.0)


def onset(setting: Setting) -> Array:
    return quantities.firms_losing(setting.catalogue, setting.row.to_hours or 0.0)


def receipts_of_month(setting: Setting) -> Array:
    return _receipts(setting, year=False)


def receipts_of_year(setting: Setting) -> Array:
    return _receipts(setting, year=True)


def _receipts(setting: Setting, *, year: bool) -> Array:
    row = setting.row
    begin, end = row.from_hours or 0.0, row.to_hours or 0.0
    return quantities.receipts_lost(
        setting.catalogue, setting.scenarios[0], begin, end, row.months_after or 0, year=year
    )


@dataclass(frozen=True)
class Quantity:
    """One operator: its function, what its row has to hold, and what it does in words.

    `subject` says what column subject names ("class", "sector", "parameter" or nothing); `needs` are the columns that
    may not be empty, where `disruption` stands for an event, or a kind with its hours.
    """

    compute: Callable[[Setting], Array]
    words: str
    subject: str = ""
    needs: tuple[str, ...] = ("disruption",)


OPERATORS: dict[str, Quantity] = {
    "payment_at_terminal": Quantity(
        payment_at_terminal, "mean connectivity that a class loses over clock hours: no onset, nothing recovered later",
        "class",
    ),
    "traffic_of_class": Quantity(
        payment_at_terminal, "mean connectivity that a class loses over clock hours, as its traffic", "class"
    ),
    "outage_of_carrier": Quantity(
        payment_at_terminal, "mean connectivity that a class loses over clock hours, times the carrier's share of the "
        "lines", "class", ("disruption", "share_low"),
    ),
    "payments_of_period": Quantity(
        payments_of_period, "connectivity that a sector's users lose, less the share that the sector catches up, over "
        "the period", "sector",
    ),
    "mobile_data_revenue": Quantity(
        mobile_data_revenue, "share of the period with data off x connectivity that a class loses at first", "class",
        ("disruption", "period_hours"),
    ),
    "activity_of_sector": Quantity(
        activity_of_sector, "what a sector does not do in the measured time, over the period", "sector"
    ),
    "revenue_of_sector": Quantity(
        revenue_of_sector, "what a sector loses less what it catches up, over the period: telecom, e-commerce",
        "sector",
    ),
    "recapture_of_sector": Quantity(
        recapture_of_sector, "share of its loss that a sector catches up", "sector"
    ),
    "substitution_in_time": Quantity(
        substitution_in_time, "share of the loss that workarounds win back in the measured time, such as a day"
    ),
    "net_share_of_gdp": Quantity(net_share_of_gdp, "direct loss over the GDP of the period"),
    "input_value": Quantity(input_value, "the value of one parameter", "parameter", ()),
    "worked_around_by": Quantity(
        worked_around_by, "part of the workarounds that has come after so many hours", "", ("to_hours",)
    ),
    "onset": Quantity(onset, "share of firms that lose money after so many hours", "", ("to_hours",)),
    "receipts_against_mean": Quantity(
        receipts_of_month, "export earnings of a month against the mean of the months before", "",
        ("event", "months_after"),
    ),
    "receipts_against_year": Quantity(
        receipts_of_month, "export earnings of a month against the year before", "", ("event", "months_after")
    ),
    "receipts_of_year": Quantity(
        receipts_of_year, "export earnings of a year against the year before", "", ("event", "months_after")
    ),
}  # fmt: skip


def loss(catalogue: Catalogue, item: Observation, row: Operator) -> Array:
    """Draws of what the operator of a row stands for, over all lines or the whole country; raises `InputError`.

    Positive is a loss, or the share observed.
    """
    quantity = OPERATORS.get(row.operator)
    if quantity is None:
        raise InputError("operator", row.operator, "predicts nothing", choices(OPERATORS, row.operator))
    return quantity.compute(Setting(catalogue, item, row))


def check_operators(catalogue: Catalogue, evidence: Evidence) -> None:
    """Raise `DataError`, with file, row and column, for an operator that is not known or lacks what it needs."""
    for row in evidence.operators.values():
        if row.operator == NONE:
            continue
        item = evidence.observations[row.observation]
        _need(evidence, row, "operator", row.operator, [*OPERATORS, NONE])
        quantity = OPERATORS[row.operator]
        allowed: dict[str, Collection[str]] = {
            "class": catalogue.class_keys, "sector": [sector.key for sector in catalogue.sectors],
            "parameter": catalogue.parameters,
        }  # fmt: skip
        if quantity.subject:
            _need(evidence, row, "subject", row.subject, allowed[quantity.subject])
        for name in quantity.needs:
            if name == "disruption":
                _check_disruption(catalogue, evidence, item, row)
            elif getattr(row, name) in (None, ""):
                raise DataError(
                    cell(evidence.files[1], row.observation, name),
                    "",
                    "is empty",
                    f"a value, for {row.operator}",
                )
        if observed_of(item, row) is None:
            column = "change" if row.compares == "change" else "observed"
            raise DataError(cell(evidence.files[0], item.id, column), "", "is empty", "what was measured")


def observed_of(item: Observation, row: Operator) -> float | None:
    """What the prediction is compared with: the change or the observed value; of a bound alone, its upper end."""
    if row.compares == "change":
        return item.change
    bound = item.observed_high if row.side == "ceiling" else None
    return bound if item.observed is None else item.observed


def _need(evidence: Evidence, row: Operator, column: str, name: str, allowed: Collection[str]) -> None:
    if name not in allowed:
        where = cell(evidence.files[1], row.observation, column)
        raise DataError(where, name, "is not known", choices(allowed, name))


def _check_disruption(catalogue: Catalogue, evidence: Evidence, item: Observation, row: Operator) -> None:
    if row.event:
        return
    place = evidence.files[1]
    if (row.kind or item.kind) not in catalogue.kinds:
        where = cell(place, row.observation, "kind")
        raise DataError(where, row.kind or item.kind, "is not a kind", choices(catalogue.kinds, item.kind))
    if row.hours is None:
        raise DataError(cell(place, row.observation, "hours"), "", "is empty", "hours, or a shipped event")
    try:
        checked(catalogue, inline_of(item, row))
    except InputError as problem:
        column = "country" if problem.field == "country" else "hours"
        where = cell(evidence.files[0 if column == "country" else 1], row.observation, column)
        raise DataError(where, problem.value, problem.problem, problem.allowed) from None
