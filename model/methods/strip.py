"""Every method beside ours for one scenario: same kind, length and place, one stated GDP base."""

from __future__ import annotations

from dataclasses import dataclass, replace

from model.catalogue.load import Catalogue
from model.catalogue.methods import Gdp
from model.estimation.economy import Economy
from model.methods import methods
from model.methods.base import Answer, AnswerOrRefused, Method, Question, Refused
from model.scenario.durations import HOURS
from model.scenario.readers import number
from model.scenario.scenario import Scenario

WHOLE = 1e-6


@dataclass(frozen=True)
class StripRow:
    """One method, or one variant of it; `daily_gdp_share` is its cost a day over the daily GDP base."""

    method: Method
    variant: str
    outcome: AnswerOrRefused
    daily_gdp_share: float | None

    @property
    def label(self) -> str:
        if self.answer is None:  # it refuses as a whole, not in one of its forms
            return self.method.title
        names = {"all": "all traffic", "mobile": "mobile traffic"}
        variant = names.get(self.variant, f"{self.variant} tier" if self.variant else "")
        return f"{self.method.title}, {variant}" if variant else self.method.title

    @property
    def answer(self) -> Answer | None:
        return self.outcome if isinstance(self.outcome, Answer) else None

    @property
    def refusal(self) -> str:
        return self.outcome.sentence if isinstance(self.outcome, Refused) else ""


def applicable(
    catalogue: Catalogue, scenario: Scenario, economy: Economy, gdp: float | None = None
) -> list[StripRow]:
    """Every method's answer in ascending order, then the refusals.

    Shares refer to one GDP even where a method, like COST, keeps a GDP of its own.

    Args:
        catalogue: the tables.
        scenario: what is disrupted, checked; spells count together, a region weighs by its share of GDP.
        economy: that of the scenario's country.
        gdp: the base in USD a year; None for the economy's.

    Raises:
        InputError: the GDP is no number from 1 to 1e16.
    """
    references = catalogue.methods
    base = economy.gdp if gdp is None else number("gdp", gdp, 1, 1e16, "USD a year")
    question = Question(
        kind=catalogue.kinds[scenario.kind],
        hours=scenario.hours * scenario.spells,
        country=economy.country.iso3,
        subregion=economy.country.subregion,
        share=_gdp_share(catalogue, scenario),
        country_gdp=Gdp(
            base, economy.gdp_year if gdp is None else None, "economy" if gdp is None else "given"
        ),
    )
    rows: list[StripRow] = []
    for method in methods().values():
        for variant in method.variants(question):
            outcome = method.answer(replace(question, variant=variant), references)
            share = None
            if isinstance(outcome, Answer) and question.hours > 0:
                share = outcome.cost.median * HOURS["year"] / (question.hours * base)
            row = StripRow(method, variant, outcome, share)
            # A refusal is one sentence for the method, not one for each variant.
            if not (isinstance(outcome, Refused) and any(old.refusal == row.refusal for old in rows)):
                rows.append(row)
    return sorted(
        rows, key=lambda row: (row.answer is None, row.answer.cost.median if row.answer else 0.0, row.label)
    )


def _gdp_share(catalogue: Catalogue, scenario: Scenario) -> float:
    if scenario.regions:
        share = sum(catalogue.regions[name].gdp_share for name in scenario.regions)
        return 1.0 if share > 1 - WHOLE else share  # all regions together are the country
    return 1.0 if scenario.place is None else scenario.place
