"""What a reader must hear in the same breath as the number: where the model leaves the ground that it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from model.catalogue.load import Catalogue
from model.common.numbers import percent
from model.common.text import capital
from model.estimation.economy import Economy
from model.estimation.estimate import Estimate
from model.scenario.scenario import Scenario

FEW_USERS = 0.3  # share of the population
LONG_HOURS = 90 * 24
Key = Literal["old_money", "standing_block", "landlocked", "few_users", "long", "ongoing"]


@dataclass(frozen=True)
class Guard:
    """One thing to hear with the number: which, and the sentence that says it."""

    key: Key
    sentence: str


def guards(result: Estimate, index: int | None = None) -> tuple[Guard, ...]:
    """What must be said in the headline, the press text and every file of an estimate.

    `index` is that of one of its durations; without one, the scenario's own.
    """
    return tuple(_guards(result, result.chosen if index is None else index))


def keys_in(catalogue: Catalogue, scenario: Scenario, economy: Economy) -> Iterator[Key]:
    """What a disruption meets in an economy, however long it lasts."""
    if economy.money_old:
        yield "old_money"
    if (economy.country.iso3, scenario.kind) in catalogue.standing_blocks:
        yield "standing_block"
    if (
        catalogue.kinds[scenario.kind].quality_input == "capacity_lost"
        and economy.country.landlocked == "yes"
    ):
        yield "landlocked"
    users = economy.figures.get("internet_users")
    if users is not None and users.value < FEW_USERS:
        yield "few_users"


def _guards(result: Estimate, index: int) -> Iterator[Guard]:
    catalogue, scenario, economy = result.catalogue, result.scenario, result.economy
    name, keys = economy.country.in_sentence, set(keys_in(catalogue, scenario, economy))
    if "old_money" in keys:
        yield Guard("old_money", _old_money(result))
    if "standing_block" in keys:
        kind, block = (
            catalogue.kinds[scenario.kind],
            catalogue.standing_blocks[economy.country.iso3, scenario.kind],
        )
        yield Guard(
            "standing_block",
            f"{capital(kind.phrase)} already stands in {name} ({block.what}): the loss is against "
            "an open internet, not against today.",
        )
    if "landlocked" in keys:
        yield Guard(
            "landlocked",
            f"{capital(name)} has no coast: terrestrial links through its neighbours carry its traffic to "
            "the sea cables.",
        )
    if "few_users" in keys:
        users = economy.figures["internet_users"]
        yield Guard(
            "few_users",
            f"Only {percent(users.value)} of the population used the internet in {users.year}: how much depends on it "
            "is extrapolated.",
        )
    if _from_first_to_last(result, float(result.durations[index])) > LONG_HOURS:
        yield Guard("long", "Beyond 90 days the economy is assumed to stay as it is.")
    if scenario.ongoing:
        yield Guard(
            "ongoing", "It still goes on: the length is what has passed, so the amount is a lower bound."
        )


def _from_first_to_last(result: Estimate, hours: float) -> float:
    """Hours from the beginning of the first spell, of `hours` each, to the end of the last."""
    scenario = result.scenario
    period = hours + scenario.gap_days * 24 if scenario.period_days is None else scenario.period_days * 24
    return (scenario.spells - 1) * period + hours


def _old_money(result: Estimate) -> str:
    """That the GDP is too old for an amount in money, or in whose money it is since the reader asked."""
    economy = result.economy
    change = result.catalogue.redenominations.get(economy.country.iso3)
    why = "is older than five years"
    if change is not None and economy.gdp_year <= change.last_year:
        day = date.fromisoformat(change.changed)
        why = f"is from before a change of money in {day:%B %Y}"
    if result.scenario.old_money:
        return f"Its GDP, of {economy.gdp_year}, {why}: these are no amounts of today."
    return f"Its GDP, of {economy.gdp_year}, {why}, so the loss is a share of it, not an amount of money."
