"""What one scenario sets differently from another, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, Parameter
from model.common.numbers import duration_text, figure_text
from model.scenario.comparison import NOTHING, Comparison
from model.scenario.file import as_dict
from model.scenario.scenario import BASELINE, Scenario

LABELS = {
    "country": "Country", "kind": "What happens", "hours": "Duration of one spell", "spells": "Spells",
    "gap_days": "Days between", "ratio": "Quality left", "capacity_lost": "International capacity lost",
    "regions": "Regions", "place": "Share of the country", "start": "Local start", "ordered_by_authority":
    "Ordered by an authority", "currency": "Money in", "draws": "Draws", "seed": "Seed",
}  # fmt: skip
SHARES = ("ratio", "capacity_lost", "place")


@dataclass(frozen=True)
class Change:
    """One thing that a scenario sets differently from another: a field or the key of a parameter."""

    field: str
    label: str
    before: str
    after: str


def changes(catalogue: Catalogue, scenario: Scenario, base: Scenario = BASELINE) -> list[Change]:
    """What `scenario` sets differently from `base`, fields first, then assumptions."""
    mine, theirs = as_dict(scenario), as_dict(base)
    rows = [
        Change(name, label, _said(catalogue, name, theirs[name]), _said(catalogue, name, mine[name]))
        for name, label in LABELS.items()
        if mine[name] != theirs[name]
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
        return "none of your own" if value is None else figure_text(value, money)
    told = (
        catalogue.countries[item].name if isinstance(item, str) else duration_text(item) for item in value
    )
    return ", ".join(told) or "the regions of Pakistan"


def _said(catalogue: Catalogue, name: str, value: Any) -> str:
    if name == "ordered_by_authority":
        return {None: "as usual for the kind", True: "yes", False: "no"}[value]
    if value is None or value == []:
        usual = {"regions": "whole country", "place": "whole country", "start": "any hour of the week"}
        return usual.get(name, "as usual")
    if name == "country":
        return catalogue.countries[value].name
    if name == "kind":
        return catalogue.kinds[value].label
    if name == "hours":
        return duration_text(value)
    if name in SHARES:
        return f"{value * 100:.10g} %"
    if name == "start":
        return str(value).replace("T", " ")
    return (
        ", ".join(value)
        if isinstance(value, list)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )


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
        return f"{number * 100:.10g} %" if share else f"{number:.10g}{unit}"

    if isinstance(value, tuple):
        low, mode, high = value
        if low < high:
            return f"{one(low)} to {one(high)}, most likely {one(mode)}"
        value = mode
    return f"exactly {one(value)}"
