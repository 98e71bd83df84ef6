"""What the pocket edition knows of each economy and kind of disruption beside the curves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefing.pocket.curves import earnings
from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.estimation.amounts import TYPED_RATE, money_of
from model.estimation.economy import Economy
from model.estimation.estimate import Estimate, estimate_many
from model.estimation.guards import keys_in
from model.estimation.words import quality_of
from model.estimation.world import world
from model.language.language import languages_of
from model.scenario.places import place_shares
from model.scenario.scenario import Scenario
from model.text import report, sentence
from model.text.answer import local_money


@dataclass(frozen=True)
class Places:
    """An estimate of each economy, with the direct loss of one kind alone, and the kinds that are offered.

    Behind the economies stand the regions of the home one, where it is among them.
    """

    catalogue: Catalogue
    kinds: tuple[str, ...]
    results: tuple[Estimate, ...]

    @classmethod
    def of(cls, catalogue: Catalogue, kinds: Sequence[str], codes: Sequence[str]) -> Places:
        """The economies (ISO3 codes) in their order; `kinds` are keys."""
        every = world(catalogue, Scenario(kind=kinds[0]), codes=codes)
        home = [result for result in every.estimates if result.economy.country.iso3 == HOME]
        regions = [
            replace(result, scenario=result.scenario.with_changes(regions=(name,)))
            for result in home
            for name in catalogue.regions
        ]
        return cls(catalogue, tuple(kinds), (*every.estimates, *regions))


def kind_rows(places: Places) -> list[dict[str, Any]]:
    """Of each kind its name, what it is, its quality where it has one, and whether firms pay to work around it."""
    scenarios = [Scenario(kind=name) for name in places.kinds]
    rows = []
    for name, result in zip(places.kinds, _points(places.catalogue, scenarios), strict=True):
        kind = places.catalogue.kinds[name]
        rows.append(
            {
                "key": name, "label": kind.label, "help": kind.help, "copes": kind.copes,
                "quality": kind.quality_input or "", "share": quality_of(result),
                "plural": [kind.nationwide_plural, kind.nouns],
            }
        )  # fmt: skip
    return rows


def place_rows(places: Places) -> list[dict[str, Any]]:
    """Of each economy what its amounts are reckoned with, and what is said of it in English."""
    standing = _standing(places)
    return [_row(places, result, standing[_inputs(result.economy)]) for result in places.results]


def _row(places: Places, result: Estimate, standing: list[list[str]]) -> dict[str, Any]:
    economy, country, own = result.economy, result.economy.country, local_money(result)
    regions = result.scenario.regions
    return {
        "code": country.iso3, "region": "".join(regions),
        "inside": place_shares(places.catalogue, HOME, regions, None)[1],
        "gdp": economy.gdp, "earnings": earnings(economy), "home": country.iso3 == HOME,
        "measured": economy.receipts_measured, "money": _moneys(result),
        "own": None if own is None else list(own), "standing": standing, "warnings": list(result.warnings),
        "sources": report.sources_text(result), "languages": [one.code for one in languages_of(country.iso3)],
        "guards": {
            kind: keys for kind in places.kinds
            if (keys := list(keys_in(places.catalogue, result.scenario.with_changes(kind=kind), economy)))
        },
    }  # fmt: skip


def _moneys(result: Estimate) -> list[dict[str, Any]]:
    """The moneys that an economy's amounts can be said in, the usual one first; old ones only if they are asked for."""
    economy, scenario, own = result.economy, result.scenario, result.economy.country.currency
    asked: list[dict[str, Any]] = [{"currency": "USD"}]
    if economy.money_old:
        asked.append({"currency": "USD", "old_money": True})
    elif economy.rate is not None and own not in ("", "USD"):
        asked.append({"currency": own})
    rows = []
    for changes in asked:
        money = money_of(scenario.with_changes(**changes), economy, result.table, [])
        rows.append({"unit": money.unit, "per": money.per_usd, "note": money.note, **changes})
    return rows


def _inputs(economy: Economy) -> tuple[bool, bool]:
    """What decides which parameters enter an estimate, apart from the kind."""
    return economy.country.iso3 == HOME, economy.workers is None


def _standing(places: Places) -> dict[tuple[bool, bool], list[list[str]]]:
    """How many inputs are assumptions, in dollars and in local money, by kind, for each sort of economy."""
    sorts = {_inputs(result.economy): result.economy.country.iso3 for result in places.results}
    rows = {}
    for sort, code in sorts.items():
        results = _points(places.catalogue, [Scenario(kind=kind, country=code) for kind in places.kinds])
        local = [replace(result, used=result.used | {TYPED_RATE}) for result in results]
        rows[sort] = [[sentence.assumptions_text(result) for result in each] for each in (results, local)]
    return rows


def _points(catalogue: Catalogue, scenarios: list[Scenario]) -> list[Estimate]:
    return [estimate_many(catalogue, [scenario], curves=False)[0] for scenario in scenarios]
