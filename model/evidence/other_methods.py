"""Other published methods on the rows of the back-tests: what each would have said where it can say anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from model.catalogue.evidence import Evidence, Observation, Operator
from model.catalogue.load import Catalogue
from model.common.numbers import percent
from model.common.ranges import UNDEFINED, Range
from model.estimation.economy import economy
from model.estimation.estimate import export_split
from model.estimation.sampling import resolved
from model.evidence.operators import NONE, OPERATORS, Setting, check_operators, observed_of
from model.evidence.outcomes import within
from model.methods.strip import StripRow, applicable
from model.scenario.durations import HOURS

OF_ECONOMY = (
    "net_share_of_gdp"  # the one operator whose outcome is a loss of the whole economy, which they price
)


@dataclass(frozen=True)
class MethodOutcome:
    """One method on one row. Shares of the GDP of the row's period; None with the reason where it cannot answer."""

    method: str
    observation: str
    event: str
    observed: float
    side: str
    predicted: Range[float] | None
    inside: str  # yes or no; empty where it cannot answer
    error: float | None  # distance to the observed value; none for a bound
    sentence: str

    def as_row(self) -> dict[str, Any]:
        """The outcome as one row of a table."""
        return {
            "method": self.method, "id": self.observation, "event": self.event, "observed": self.observed,
            "side": self.side, **(self.predicted or UNDEFINED).columns("predicted"),
            "inside": self.inside, "error": self.error, "sentence": self.sentence,
        }  # fmt: skip


def score_methods(catalogue: Catalogue, evidence: Evidence | None = None) -> tuple[MethodOutcome, ...]:
    """Every published method on every row that it can answer, and why on those that it cannot.

    Args:
        catalogue: the tables.
        evidence: the outcomes and their operators, such as `read_outside` gives; None for those of the project.

    Returns:
        By row, then by method. They price the loss of a whole economy, so they can answer where the operator is
        `net_share_of_gdp`: our reading of their basis (gross or net) is not compared with them. Rows without an
        operator are left out.

    Raises:
        DataError: as `backtest` does.
    """
    tables = catalogue.evidence if evidence is None else evidence
    check_operators(catalogue, tables)
    outcomes: list[MethodOutcome] = []
    for item in tables.observations.values():
        row = tables.operators[item.id]
        if row.operator == NONE:
            continue
        outcomes += _priced(catalogue, item, row) if row.operator == OF_ECONOMY else [_silent(item, row)]
    return tuple(outcomes)


def _priced(catalogue: Catalogue, item: Observation, row: Operator) -> list[MethodOutcome]:
    setting = Setting(catalogue, item, row)
    scenario, period = setting.scenarios[0], setting.period
    begin, end = setting.window(scenario)
    home = economy(catalogue, scenario.country, export_split(catalogue, resolved(catalogue, {})))
    asked = applicable(catalogue, scenario.with_changes(hours=end - begin), home)
    gdp = home.gdp * period / HOURS["year"]
    return [_outcome(item, row, answer, gdp) for answer in asked]


def _outcome(item: Observation, row: Operator, asked: StripRow, gdp: float) -> MethodOutcome:
    observed = observed_of(item, row) or 0.0
    if asked.answer is None:
        return MethodOutcome(
            asked.label, item.id, item.event, observed, row.side, None, "", None, asked.refusal
        )
    low, value, high = (amount / gdp for amount in asked.answer.cost)
    sign = -1.0 if row.compares == "change" else 1.0
    least, most = sorted((sign * low, sign * high))
    predicted = Range(least, sign * value, most)
    inside = within(row, observed, predicted)
    word = "bound" if row.side else "observed"
    return MethodOutcome(
        asked.label, item.id, item.event, observed, row.side, predicted,
        "yes" if inside else "no", None if row.side else abs(predicted.median - observed),
        f"{percent(value)} of the GDP of the period; {word} {percent(abs(observed))}: "
        f"{'inside' if inside else 'a miss'}.",
    )  # fmt: skip


def _silent(item: Observation, row: Operator) -> MethodOutcome:
    """One line for all of them: none has a figure for what the row measures."""
    return MethodOutcome(
        "every other method", item.id, item.event, observed_of(item, row) or 0.0, row.side, None, "", None,
        "Cannot answer: they price the loss of a whole economy in money, and the row measures another quantity "
        f"({OPERATORS[row.operator].words}).",
    )  # fmt: skip
