"""What one scenario sets differently from another, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, Parameter
from model.common.numbers import duration_text, spoken_figure
from model.common.ranges import from_to
from model.scenario.comparison import NOTHING, Comparison
from model.scenario.fields import FIELDS, Field
from model.scenario.scenario import BASELINE, Scenario


@dataclass(frozen=True)
class Change:
    """One thing that a scenario sets differently from another: a field or the key of a parameter."""

    field: str
    label: str
    before: str
    after: str


def changes(catalogue: Catalogue, scenario: Scenario, base: Scenario = BASELINE) -> list[Change]:
    """What `scenario` sets differently from `base`, fields first, then assumptions."""
    rows = [
        Change(name, row.label, *(_in_words(catalogue, row, value) for value in (before, after)))
        for name, row in FIELDS.items()
        if (before := getattr(base, name)) != (after := getattr(scenario, name))
    ]
    for key in dict.fromkeys([*base.assumptions, *scenario.assumptions]):
        old, new = base.assumptions.get(key), scenario.assumptions.get(key)
        if old != new:
            parameter = catalogue.parameters[key]
            rows.append(Change(key, parameter.label, _range(parameter, old), _range(parameter, new)))
    return rows


BESIDE = {"durations": "Durations compared", "countries": "Countries compared", "threshold": "Figure to pass"}


def comparison_changes(catalogue: Catalogue, comparison: Comparison, money: str) -> list[Change]:
    """What stands beside the scenario otherwise than as the page opens; kept scenarios are shown where they are."""
    rows = []
    for name, label in BESIDE.items():
        mine, plain = getattr(comparison, name), getattr(NOTHING, name)
        if mine != plain:
            rows.append(
                Change(name, label, _beside(catalogue, plain, money), _beside(catalogue, mine, money))
            )
    return rows


def _beside(catalogue: Catalogue, value: tuple[float | str, ...] | float | None, money: str) -> str:
    if not isinstance(value, tuple):
        return "none of your own" if value is None else spoken_figure(value, money)
    words = (
        catalogue.countries[item].name if isinstance(item, str) else duration_text(item) for item in value
    )
    return ", ".join(words) or "the regions of Pakistan"


def _in_words(catalogue: Catalogue, row: Field, value: Any) -> str:
    return row.usual if value in (None, ()) else row.form.words(catalogue, value)


def _range(parameter: Parameter, value: Override | None) -> str:
    """A reader's value, or the shipped one where there is none."""
    if value is None:
        shipped = parameter.default
        if shipped is None:
            return "not given"
        value = (shipped.low, shipped.mode, shipped.high) if shipped.spread else shipped.mode
    share = parameter.unit == "share"
    unit = "" if parameter.unit in ("1", "x", "ratio") else f" {parameter.unit}"

    def one(number: float) -> str:
        return f"{number * 100:.10g}%" if share else f"{number:.10g}{unit}"

    if isinstance(value, tuple):
        low, mode, high = value
        if low < high:
            return f"{from_to(one(low), one(high))}, most likely {one(mode)}"
        value = mode
    return f"exactly {one(value)}"
