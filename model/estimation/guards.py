"""What a reader must hear in the same breath as the number: where the model leaves the ground that it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from model.catalogue.load import Catalogue
from model.common.numbers import significant
from model.estimation.economy import Economy
from model.estimation.estimate import Estimate
from model.language import messages as m
from model.language.language import ENGLISH, Language
from model.scenario.scenario import Scenario

FEW_USERS = 0.3  # share of the population
LONG_HOURS = 90 * 24
LONG = m.LONG.text
GuardKey = Literal["old_money", "standing_block", "landlocked", "few_users", "long", "ongoing"]


@dataclass(frozen=True)
class Guard:
    """One thing to hear with the number: which, and the sentence that says it."""

    key: GuardKey
    sentence: str


def guards(result: Estimate, index: int | None = None, language: Language = ENGLISH) -> tuple[Guard, ...]:
    """What must be said in the headline, the press text and every file of an estimate.

    Args:
        result: the estimate.
        index: that of one of its durations; None for the scenario's own.
        language: that of the sentences.
    """
    return tuple(_guards(result, result.chosen if index is None else index, language))


def keys_in(catalogue: Catalogue, scenario: Scenario, economy: Economy) -> Iterator[GuardKey]:
    """What the kind of `scenario` meets in `economy`, however long it lasts; `catalogue` is the tables."""
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


def _guards(result: Estimate, index: int, language: Language) -> Iterator[Guard]:
    catalogue, scenario, economy = result.catalogue, result.scenario, result.economy
    keys, say = set(keys_in(catalogue, scenario, economy)), language.say
    if "old_money" in keys:
        yield Guard("old_money", _old_money(result, language))
    if "standing_block" in keys:
        block = catalogue.standing_blocks[economy.country.iso3, scenario.kind]
        yield Guard("standing_block", say(m.STANDING, what=block.what))
    if "landlocked" in keys:
        yield Guard("landlocked", say(m.LANDLOCKED))
    if "few_users" in keys:
        users = economy.figures["internet_users"]
        share = language.percent(significant(users.value * 100))
        yield Guard("few_users", say(m.FEW_USERS, share=share, year=language.year(users.year)))
    if is_long(scenario, float(result.durations[index])):
        yield Guard("long", say(m.LONG))
    if scenario.ongoing:
        yield Guard("ongoing", say(m.ONGOING))


def is_long(scenario: Scenario, hours: float) -> bool:
    """Whether `scenario` is long from the beginning of the first spell, of `hours` each, to the end of the last."""
    period = hours + scenario.gap_days * 24 if scenario.period_days is None else scenario.period_days * 24
    return (scenario.spells - 1) * period + hours > LONG_HOURS


def _old_money(result: Estimate, language: Language) -> str:
    """That the GDP is too old for an amount in money, or in whose money it is since the reader asked."""
    economy, asked = result.economy, result.scenario.old_money
    year = language.year(economy.gdp_year)
    change = result.catalogue.redenominations.get(economy.country.iso3)
    if change is not None and economy.gdp_year <= change.last_year:
        day = date.fromisoformat(change.changed)
        month = f"{day:%B %Y}" if language.english else language.month(day)
        return language.say(m.OLD_MONEY_ASKED if asked else m.OLD_MONEY, year=year, month=month)
    return language.say(m.OLD_GDP_ASKED if asked else m.OLD_GDP, year=year)
