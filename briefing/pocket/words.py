"""The words of the pocket edition: the messages of every language, and what the page needs to fill them.

Sentences, plurals, numbers and names are those of `model.language`; what depends on a number that the reader chooses
goes along as a pattern, and `page/words.js` fills it as `Language` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from briefing.pocket.facts import Places
from model.estimation.estimate import Estimate
from model.estimation.guards import guards
from model.language import messages as m
from model.language.language import SPELLING, Language, available, language_of
from model.text.sentence import NAME

WHOLE = 201  # numbers from which every plural form can be read: beyond, it goes by the last two digits
PATTERNS: Mapping[str, m.Message] = {
    "cost": m.COST["would"], "probably": m.PROBABLY_NOTHING["would"], "nothing": m.NOTHING["would"],
    "basis": m.BASIS, "unread": m.UNREAD, "per_day": m.PER_DAY, "share": m.SHARE, "picture": m.PICTURE,
    "picture_probably": m.PICTURE_PROBABLY_NOTHING, "picture_nothing": m.PICTURE_NOTHING, "event": m.EVENT,
    "events": m.EVENTS, "ratio": m.QUALITY["ratio"], "capacity_lost": m.QUALITY["capacity_lost"],
    "in_share": m.IN_SHARE, "in_regions": m.IN_REGIONS,
    "of_gdp": m.OF_GDP, "between": m.BETWEEN, "from_to": m.FROM_TO, "long": m.LONG,
}  # fmt: skip
COUNTED: Mapping[str, Mapping[str, m.Message]] = {
    "amount": m.AMOUNT,
    "length": m.LENGTH,
    "lasting": m.LASTING,
}


@dataclass
class _Pool:
    """Things that many places share, each kept once and named by its number."""

    items: list[Any] = field(default_factory=list)

    def number(self, item: Any) -> int:
        """The number of an item; it is added where it is new."""
        if item not in self.items:
            self.items.append(item)
        return self.items.index(item)


@dataclass
class _Pools:
    """What the places of one language share: styles of numbers, names of moneys, sentences beside an amount."""

    styles: _Pool = field(default_factory=_Pool)
    moneys: _Pool = field(default_factory=_Pool)
    said: _Pool = field(default_factory=_Pool)


def languages(places: Places, day: date) -> dict[str, Any]:
    """Every language of the pages by its code, English first; `day` is that of the edition."""
    return {code: _language(places, code, day) for code in available()}


def _language(places: Places, code: str, day: date) -> dict[str, Any]:
    plain, pools = language_of(code), _Pools()
    forms = _forms(plain)
    samples: list[str] = forms.pop("samples")
    return {
        "name": "English" if plain.english else plain.own_name,
        "english": "English" if plain.english else plain.name,
        "direction": plain.direction,
        "patterns": {name: plain.pattern(row) for name, row in PATTERNS.items()},
        "labels": {name: plain.pattern(row) for name, row in m.POCKET.items()},
        "counted": {
            name: {unit: [plain.pattern(row, sample) for sample in samples] for unit, row in rows.items()}
            for name, rows in COUNTED.items()
        },
        "nouns": [
            [plain.say(m.kind_message(kind.nationwide)), plain.say(m.kind_message(kind.noun))]
            for kind in (places.catalogue.kinds[name] for name in places.kinds)
        ],
        "spelling": [[pattern.pattern, instead] for pattern, instead in SPELLING.get(code, ())],
        "places": [
            _place(language_of(code, result.economy.country.iso3), result, day, samples, pools)
            for result in places.results
        ],
        "styles": pools.styles.items, "moneys": pools.moneys.items, "said": pools.said.items, **forms,
    }  # fmt: skip


def _forms(language: Language) -> dict[str, Any]:
    """Which form every number takes: of 0 to 200, of fractions from 0, from 1 and above, and a sample of each form."""
    numbers = [*(f"{number}" for number in range(WHOLE)), "0.5", "1.5", "2.5"]
    if language.english:
        tags = ["one" if number == "1" else "other" for number in numbers]
    else:
        rule = language.locale.plural_form
        tags = [rule(float(number)) for number in numbers]
    distinct = list(dict.fromkeys(tags))
    codes = [distinct.index(tag) for tag in tags]
    return {
        "whole": "".join(map(str, codes[:WHOLE])), "part": codes[WHOLE:],
        "samples": [numbers[tags.index(tag)] for tag in distinct],
    }  # fmt: skip


def _place(
    language: Language, result: Estimate, day: date, samples: Sequence[str], pools: _Pools
) -> list[Any]:
    """An economy or region in a language.

    Name, name in a sentence, language tag, style of numbers, names of moneys, what is said with the amount, source,
    region.
    """
    country = result.economy.country
    name = country.name if language.english else language.country(country.iso3, country.name)
    units = {"USD", country.currency} - {""}
    moneys = {} if language.english else {
        unit: pools.moneys.number(_money_names(language, unit, samples)) for unit in sorted(units)
    }  # fmt: skip
    return [
        name, country.in_sentence if language.english else name, language.tag, pools.styles.number(_style(language)),
        moneys, pools.said.number(_said(language, result)), language.say(m.SOURCE, name=NAME, date=language.day(day)),
        "".join(language.say(m.place_message(region)) for region in result.scenario.regions),
    ]  # fmt: skip


def _money_names(language: Language, unit: str, samples: Sequence[str]) -> list[str]:
    """The name of a money behind each form of a number, and behind millions."""
    from babel.numbers import get_currency_name

    counts = [*(float(sample) or 0 for sample in samples), 1_000_000]
    return [get_currency_name(unit, count=count, locale=language.locale) for count in counts]


def _style(language: Language) -> dict[str, Any]:
    """How numbers are written: digits, marks, how many stand between marks, and what stands round a percentage.

    It is read off numbers that the language has written; English has the style that numbers are rounded in.
    """
    if language.english:
        return {}
    digits = "".join(language.number(f"{digit}") for digit in range(10))
    long, short = language.number("1234567.5"), language.number("1234.5")
    around = language.percent("5").split(digits[5])
    groups = [part for part in _split(long, digits) if part]
    marks = [letter for letter in long if letter not in digits]
    return {
        "digits": "" if digits == "0123456789" else digits, "point": marks[-1], "mark": marks[0],
        "first": len(groups[-2]), "next": len(groups[-3]),
        "least": 4 if any(letter not in digits for letter in short[:-2]) else 5, "percent": around,
    }  # fmt: skip


def _split(number: str, digits: str) -> list[str]:
    """The runs of digits in a written number."""
    return "".join(letter if letter in digits else " " for letter in number).split()


def _said(language: Language, result: Estimate) -> dict[str, str]:
    """The sentences that an economy asks for with its amount, whatever the kind."""
    said: dict[str, str] = {}
    for kind in result.catalogue.kinds:
        for old_money in (None, True):
            asked = replace(result, scenario=result.scenario.with_changes(kind=kind, old_money=old_money))
            for guard in guards(asked, 0, language):
                named = f"{guard.key}_asked" if guard.key == "old_money" and old_money else guard.key
                said[f"{named}/{kind}" if guard.key == "standing_block" else named] = guard.sentence
    return said
