"""What a scenario without a title is called beside others: short, and another name for other values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from model.catalogue.load import Catalogue
from model.common.numbers import duration_text, exact_percent
from model.scenario.scenario import Scenario


def names(catalogue: Catalogue, scenarios: Sequence[Scenario], taken: Collection[str] = ()) -> list[str]:
    """A name for each of `scenarios`, none twice and none of `taken`: its title, else what it is, else with its number.

    `catalogue` has the words of kinds and countries.
    """
    labels: list[str] = []
    for number, scenario in enumerate(scenarios, start=1):
        name = scenario.header.title or described(catalogue, scenario)
        while name in taken or name in labels:
            name = f"{name} ({number})"
        labels.append(name)
    return labels


def described(catalogue: Catalogue, scenario: Scenario) -> str:
    """What `scenario` is: `Slowdown to 80%, 4 x 7 days, 10% of Pakistan, 2 assumptions changed`.

    `catalogue` has the words of kinds and countries.
    """
    kind = catalogue.kinds[scenario.kind].label
    if scenario.ratio is not None:
        kind += f" to {exact_percent(scenario.ratio)}"
    if scenario.capacity_lost is not None:
        kind += f" of {exact_percent(scenario.capacity_lost)}"
    spells = f"{scenario.spells} x " if scenario.spells > 1 else ""
    parts = [kind, f"{spells}{duration_text(scenario.hours)}", _where(catalogue, scenario)]
    if scenario.start is not None:
        parts.append(f"from {datetime.fromisoformat(scenario.start):%a %H:%M}")
    changed = len(scenario.assumptions)
    if changed:
        parts.append(f"{changed} assumption{'' if changed == 1 else 's'} changed")
    return ", ".join(parts)


def _where(catalogue: Catalogue, scenario: Scenario) -> str:
    if scenario.regions:
        return " and ".join(scenario.regions)
    country = catalogue.countries[scenario.country].name
    return country if scenario.place is None else f"{exact_percent(scenario.place)} of {country}"
