"""One language: its catalogue of messages, and numbers, lengths, money, dates and names of countries by CLDR."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.common.cache import cached
from model.common.errors import InputError
from model.common.numbers import (
    GDP_SHARE,
    duration_parts,
    scale_for_both,
    scaled,
    significant,
    spoken,
    spoken_ends,
    trimmed,
)
from model.language import messages as m

if TYPE_CHECKING:
    from babel import Locale
    from babel.messages.catalog import Catalog

FOLDER = Path(__file__).resolve().parents[2] / "data" / "languages"
TWO_LETTERS = {"XKX": "XK"}  # codes that the standard list of aliases lacks
DIGITS = {
    "arab": str.maketrans("0123456789%", "٠١٢٣٤٥٦٧٨٩٪"),
    "arabext": str.maketrans("0123456789%", "۰۱۲۳۴۵۶۷۸۹٪"),
}
LATIN = re.compile(r"[A-Za-z]")
FIRST, LAST = "\u2066", "\u2069"  # round Latin letters inside a text that runs from the right
MANY_SPEAK = 20.0  # per cent of a country's people: a language that is offered there though not official
# What follows from the next letter, which no catalogue can know.
SPELLING = {
    "en": ((re.compile(r"^A (?=8|1[18](?!\d)|1[18][,-]|[AEIOaeio])"), "An "),),
    "fr": ((re.compile(r"\bde (?=[aeiouéèêhAEIOUÉ])"), "d’"),),
}


@dataclass(frozen=True)
class Language:
    """A language that sentences can be made in; English has no catalogue and no CLDR: its messages are the keys."""

    code: str
    territory: str = ""

    @property
    def english(self) -> bool:
        return self.code == "en"

    @property
    def locale(self) -> Locale:
        """The language as it is written in the territory, where that is known, else the language alone."""
        return _locale(self.code, self.territory)

    @property
    def tag(self) -> str:
        """For `lang` in a page: `ur-PK`."""
        return str(self.locale).replace("_", "-")

    @property
    def from_right(self) -> bool:
        return not self.english and self.locale.character_order == "right-to-left"

    @property
    def direction(self) -> str:
        """For `dir` in a page."""
        return "rtl" if self.from_right else "ltr"

    @property
    def name(self) -> str:
        """In English: `Urdu`."""
        return str(self.locale.get_language_name("en"))

    @property
    def own_name(self) -> str:
        """In itself: `اردو`."""
        return str(self.locale.get_language_name(self.code))

    def say(self, message: m.Message, **slots: str) -> str:
        """The message with its slots filled; in English where the catalogue lacks it."""
        return self._fill(self.pattern(message), slots)

    def count(self, message: m.Message, number: str, **slots: str) -> str:
        """The message in the form that `number` needs; the slot `number` is filled as the language writes it."""
        return self._fill(self.pattern(message, number), slots | {"number": self.number(number)})

    def _fill(self, text: str, slots: dict[str, str]) -> str:
        if self.from_right:
            slots = {name: self.isolated(value) for name, value in slots.items()}
        text = text.format(**slots)
        for pattern, instead in SPELLING.get(self.code, ()):
            text = pattern.sub(instead, text)
        return text

    def isolated(self, text: str) -> str:
        """Latin letters inside a text from the right, kept from turning round what stands beside them."""
        return (
            f"{FIRST}{text}{LAST}" if self.from_right and LATIN.search(text) and FIRST not in text else text
        )

    def pattern(self, message: m.Message, number: str = "") -> str:
        """The message with its slots unfilled, in the form that `number` needs; in English where it has no other."""
        if self.english:
            return message.plural if message.plural and number != "1" else message.text
        entry = catalogue_of(self.code).get(message.text, context=message.context)
        translated = entry.string if entry else None
        if isinstance(translated, tuple | list):
            translated = translated[min(_form(self.code, number), len(translated) - 1)]
        return str(translated or message.plural or message.text)

    def knows(self, message: m.Message) -> bool:
        """Whether the catalogue has it."""
        entry = None if self.english else catalogue_of(self.code).get(message.text, context=message.context)
        return self.english or bool(entry and entry.string)

    def number(self, text: str) -> str:
        """A rounded number such as `1,234.50` in the digits and marks of the language; two stay two: `75-390`."""
        if self.english:
            return text
        value = Decimal(text.replace(",", ""))
        places = max(0, -int(value.as_tuple().exponent))
        pattern = _exact(self.locale.decimal_formats[None], places)
        return self._digits(pattern.apply(value, self.locale, numbering_system="default"))

    def percent(self, text: str) -> str:
        """A rounded percentage: `65` is `65%`, `65 %`, `۶۵٪`."""
        if self.english:
            return f"{text}%"
        value = Decimal(text.replace(",", ""))
        pattern = _exact(self.locale.percent_formats[None], max(0, -int(value.as_tuple().exponent)))
        return self._digits(pattern.apply(value / 100, self.locale, numbering_system="default"))

    def _digits(self, text: object) -> str:
        """Digits and percent signs as they are written in the language: Babel leaves them Latin."""
        return str(text).translate(DIGITS.get(self.locale.default_numbering_system, {}))

    def year(self, year: int) -> str:
        """A `year`, which has no marks between its digits."""
        return "".join(self.number(digit) for digit in f"{year}")

    def share(self, share: float) -> str:
        """A `share` (0 to 1) that was chosen, in percent to three digits."""
        return self.percent(trimmed(share * 100))

    def length(self, hours: float) -> str:
        """Of a disruption of so many `hours`: `3-day`."""
        number, unit = duration_parts(hours)
        return self.count(m.LENGTH[unit], number)

    def lasting(self, hours: float) -> str:
        """So many `hours` alone: `3 days`."""
        number, unit = duration_parts(hours)
        return self.count(m.LASTING[unit], number)

    def day(self, value: date) -> str:
        if self.english:
            return f"{value.day} {value:%B %Y}"
        from babel.dates import format_date

        return self._digits(format_date(value, "long", self.locale))

    def weekday_and_day(self, value: datetime) -> str:
        from babel.dates import format_date

        return self._digits(format_date(value.date(), "full", self.locale))

    def month(self, value: date) -> str:
        from babel.dates import format_skeleton

        return self._digits(format_skeleton("yMMMM", value, locale=self.locale))

    def time(self, value: datetime) -> str:
        """Hours and minutes: `02:00`."""
        hour, minute = (self.number(f"{part}") for part in (value.hour, value.minute))
        zero = self.number("0")
        return f"{hour if value.hour > 9 else zero + hour}:{minute if value.minute > 9 else zero + minute}"

    def country(self, iso3: str, name: str) -> str:
        """The name of an economy; as given in English, and where the language has none."""
        if self.english:
            return name
        own = self.say(m.place_message(name))
        if own not in (name, self.isolated(name)):
            return own
        return self.locale.territories.get(two_letters(iso3)) or self.isolated(name)

    def listed(self, names: Sequence[str]) -> str:
        """`a, b and c`."""
        text = names[0]
        for at, name in enumerate(names[1:], start=2):
            text = self.say(m.AND if at == len(names) else m.COMMA, first=text, last=name)
        return text

    def amount(self, value: float, unit: str, digits: int = 2) -> str:
        """An amount of money in words, to so many `digits`: `170 million US dollars`; shares of a day's GDP as such.

        `value` is in `unit`.
        """
        if self.english:
            return spoken(value, unit, digits)
        if unit == GDP_SHARE:
            return self.say(m.OF_GDP, share=self.percent(significant(value, digits)))
        number, scale = scaled(value, digits)
        if scale not in m.AMOUNT:
            number, scale = significant(value, digits), ""
        return self._money(self.number(number), number, scale, unit)

    def ends(self, low: float, median: float, high: float, unit: str, digits: tuple[int, int]) -> str:
        """Both ends of a range, with one unit where it reads well.

        `low`, `median` and `high` are in `unit`; `digits` are those of the low and of the high end.
        """
        if self.english:
            return spoken_ends(low, median, high, unit, digits)
        if unit == GDP_SHARE:
            first, last = (
                self.percent(significant(value, to)) for value, to in zip((low, high), digits, strict=True)
            )
            return self._from_to(m.FROM_TO, first, last)
        scale = scale_for_both(low, median, high, digits[1])
        if scale is None:
            first, last = self.amount(low, unit, digits[0]), self.amount(high, unit, digits[1])
            return self._from_to(m.FROM_TO, first, last)
        letter, size = scale
        begins, ends_at = significant(low / size, digits[0]), significant(high / size, digits[1])
        both = self._from_to(m.BETWEEN, self.number(begins), self.number(ends_at))
        return self._money(both, ends_at, letter, unit)

    def _from_to(self, message: m.Message, low: str, high: str) -> str:
        """Both ends as the message joins them, and one of them where they read alike."""
        return low if low == high else self.say(message, low=low, high=high)

    def _money(self, written: str, number: str, scale: str, unit: str) -> str:
        """A written number with the word of its size and the money's name, in the form that `number` needs."""
        from babel.numbers import get_currency_name

        name = get_currency_name(unit, count=float(number.replace(",", "")) or 0, locale=self.locale)
        if scale:
            name = get_currency_name(unit, count=1_000_000, locale=self.locale)
        text = self.pattern(m.AMOUNT[scale], number)
        return self._fill(text, {"number": written, "currency": str(name)})


def _exact(pattern: Any, places: int) -> Any:
    """A CLDR pattern with so many decimals."""
    from babel.numbers import parse_pattern

    own = parse_pattern(pattern.pattern)
    own.frac_prec = (places, places)
    return own


@cached(64)
def _locale(code: str, territory: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(f"{code}_{territory}" if territory else code)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(code)


@cached(16)
def catalogue_of(code: str) -> Catalog:
    """The messages of one language."""
    from babel.messages.pofile import read_po

    with (FOLDER / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


@cached()
def _form(code: str, number: str) -> int:
    """Which of the catalogue's plural forms a written number needs; of a broken one by CLDR, as gettext cannot."""
    from babel.messages.plurals import get_plural

    value, rule = Decimal(number.replace(",", "") or "0"), _locale(code, "").plural_form
    tag = rule(value)
    like = next((whole for whole in range(201) if rule(whole) == tag), 200)
    whole = int(value) if value == int(value) and value < 1_000_000 else like
    count = get_plural(code).num_plurals
    tags = list(dict.fromkeys(rule(each) for each in range(201)))
    order: list[str] = [name for name in ("zero", "one", "two", "few", "many", "other") if name in tags]
    return min(order.index(rule(whole)), count - 1)


def two_letters(iso3: str) -> str:
    """The code of a country in the lists of CLDR."""
    from babel.core import get_global

    return str((get_global("territory_aliases").get(iso3) or [TWO_LETTERS.get(iso3, "")])[0])


ENGLISH = Language("en")


def available() -> tuple[str, ...]:
    """The codes of all languages: English, and one for each catalogue."""
    return ("en", *sorted(path.stem for path in FOLDER.glob("*.po")))


def language_of(code: str, iso3: str = "") -> Language:
    """The language with this code as it is written in a country; raises `InputError` where there is no catalogue."""
    wanted = code.strip().casefold().partition("-")[0]
    if wanted not in available():
        raise InputError("language", code, "has no catalogue", available())
    return ENGLISH if wanted == "en" else Language(wanted, two_letters(iso3) if iso3 else "")


def languages_of(iso3: str) -> tuple[Language, ...]:
    """The languages offered for a country: those of ours that are official there or that many speak, then English."""
    from babel.languages import get_territory_language_info

    spoken = get_territory_language_info(two_letters(iso3))
    codes = [
        code
        for code, row in spoken.items()
        if code in available()
        and code != "en"
        and (
            row["official_status"] in ("official", "de_facto_official")
            or float(row["population_percent"] or 0) >= MANY_SPEAK
        )
    ]
    return (*(replace(Language(code), territory=two_letters(iso3)) for code in codes), ENGLISH)
