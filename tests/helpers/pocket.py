"""Cases of the pocket edition, and what the full tool says of them: both must agree to the last printed digit."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.common.numbers import GDP_SHARE
from model.estimation.estimate import estimate_many
from model.language.language import available, language_of
from model.scenario.durations import duration_code
from model.scenario.scenario import Scenario
from model.text import sentence
from model.text.answer import answer

DAY = date(2026, 11, 30)
# A small edition: at home; lasting money trouble; no coast and few users; a standing block; earnings held to their row.
SMALL = ("PAK", "CUB", "ETH", "CHN", "IRL", "DZA", "USA")
HOURS = (0.25, 1.0, 7.0, 24.0, 36.0, 72.0, 624.0, 8760.0)
COUNTS = (1, 2, 3, 12, 365)
OPENED = "#answer:not([hidden])"


@dataclass(frozen=True)
class Case:
    """A scenario and the language in which it is said."""

    scenario: Scenario
    language: str

    @property
    def fragment(self) -> str:
        """It as the address of the pocket edition carries it."""
        one = self.scenario
        values = {
            "country": one.country, "kind": one.kind, "duration": duration_code(one.hours), "spells": f"{one.spells}",
            "language": self.language,
        }  # fmt: skip
        if one.place is not None:
            values["place"] = repr(one.place)
        if one.regions:
            values["region"] = one.regions[0]
        if one.old_money:
            values["old_money"] = "true"
        elif one.currency != "USD":
            values["currency"] = one.currency
        return urlencode(values)

    def said(self, catalogue: Catalogue, day: date) -> dict[str, Any]:
        """What the full tool says of it, under the names that the page uses."""
        result = estimate_many(catalogue, [self.scenario], curves=False)[0]
        texts = sentence.texts_of(result, language_of(self.language, self.scenario.country), day, "")
        figures = answer(result).figures
        amounts = [f"{row.label}: {row.value} ({row.detail})" for row in sentence.key_figures(result)]
        return {
            **texts.parts,
            "standing": sentence.assumptions_text(result),
            "figures": [f"{row.value} {row.label}" for row in figures],
            "amounts": [
                row for row in amounts if not row.startswith("Share of what")
            ],  # the page has its median above
        }


def cases(
    catalogue: Catalogue,
    count: int,
    seed: int,
    codes: Sequence[str],
    hours: Sequence[float],
    counts: Sequence[int],
) -> list[Case]:
    """Random cases among those that an edition offers: every kind, share, money and language."""
    dice, chosen = random.Random(seed), []
    for _ in range(count):
        code = HOME if dice.random() < 0.1 else dice.choice(list(codes))  # which alone has regions
        place = None if dice.random() < 0.5 else float(f"{10 ** dice.uniform(-3, 0):.3g}")
        region = () if code != HOME or dice.random() < 0.5 else (dice.choice(list(catalogue.regions)),)
        own = catalogue.countries[code].currency
        money: dict[str, Any] = dice.choice([{}, {"currency": own or "USD"}])
        one = Scenario(
            country=code, kind=dice.choice(list(catalogue.kinds)), hours=dice.choice(list(hours)),
            place=None if region else place, regions=region,
            spells=dice.choice([1, dice.choice(list(counts))]), **money,
        )  # fmt: skip
        chosen.append(Case(_offered(catalogue, one), dice.choice(["en", *available()])))
    return chosen


def _offered(catalogue: Catalogue, one: Scenario) -> Scenario:
    """The same in a money that the edition offers there: dollars where the local one has no rate or its GDP is old."""
    got = estimate_many(catalogue, [one.with_changes(draws=256)], curves=False)[0].money
    if got.unit == GDP_SHARE:
        return one.with_changes(currency="USD", old_money=None if one.currency == "USD" else True)
    return one.with_changes(currency=got.unit)
