"""Every catalogue has every message, with the slots that it may have; numbers, plurals and directions are right."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from helpers.each import each

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.estimation.estimate import Estimate, estimate
from model.language import language
from model.language import messages as m
from model.language.language import available, catalogue_of, language_of, languages_of, two_letters
from model.scenario.scenario import Scenario
from model.text import sentence

CODES = ("ar", "es", "fa", "fr", "hi", "ur")
DAY = date(2026, 11, 30)


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_languages_are_those_of_the_folder() -> None:
    assert available() == ("en", *CODES)


def lacking(code: str, catalogue: Catalogue) -> str:
    """The entries that the catalogue of a language still needs, as they stand there but for the translation."""
    own = language_of(code)
    places = [
        m.place_message(row.name)
        for row in catalogue.countries.values()
        if row.available == "yes" and not own.locale.territories.get(two_letters(row.iso3))
    ]
    rows = [row for row in (*m.messages(catalogue), *places) if not own.knows(row)]
    return "\n\n".join(f'msgctxt "{row.context}"\nmsgid "{row.text}"\nmsgstr ""' for row in rows)


@pytest.mark.parametrize("code", CODES)
def test_a_word_of_a_new_kind_or_country_that_a_language_lacks_is_named(
    code: str, catalogue: Catalogue
) -> None:
    words = {"noun": "satellite outage", "nationwide": "nationwide satellite outage"}
    kind = catalogue.kinds["full_blackout"].model_copy(update=words)
    country = catalogue.countries["KEN"].model_copy(update={"iso3": "XXA", "name": "Testland"})
    more = replace(
        catalogue, kinds={**catalogue.kinds, "x": kind}, countries={**catalogue.countries, "XXA": country}
    )
    named = re.findall(r'msgctxt "(.+)"\nmsgid "(.+)"', lacking(code, more))
    assert set(named) >= {*(("kind", word) for word in words.values()), ("place", "Testland")}


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_has_every_message_and_no_stale_one(code: str, catalogue: Catalogue) -> None:
    wanted = {(row.context, row.text): row for row in m.messages(catalogue)}
    entries = {
        (str(row.context), row.id[0] if isinstance(row.id, tuple | list) else str(row.id)): row
        for row in catalogue_of(code)
        if row.id
    }
    names = {("place", row.name) for row in catalogue.countries.values()}  # CLDR has most of them
    lines = lacking(code, catalogue)
    assert not lines, f"data/languages/{code}.po lacks what follows, each with its translation:\n\n{lines}"
    assert not set(entries) - set(wanted) - names, f"{code}.po has messages that nothing says"
    extra = {"type", "high"}  # a translation may name the kind in the singular
    for key, row in wanted.items():
        text = entries[key].string
        forms = list(text) if isinstance(text, tuple | list) else [text]
        assert all(forms), (code, key)
        assert not entries[key].fuzzy, (code, key)
        assert len(forms) == (catalogue_of(code).num_plurals if row.plural else 1), (code, key)
        for form in forms:
            assert slots(str(form)) <= slots(row.text) | extra, (code, key)


@pytest.fixture(scope="module")
def results(catalogue: Catalogue) -> list[Estimate]:
    """Every kind, one and several, in the country, a region and a share."""
    choices: tuple[dict[str, Any], ...] = (
        {},
        {"spells": 3, "period_days": 3.0, "start": "2026-01-05T02:00"},
        {"place": 0.155},
    )
    return [
        estimate(catalogue, Scenario(draws=256, kind=kind, hours=36.0, **more))
        for kind in catalogue.kinds
        for more in choices
    ]


@each("code", CODES)
def test_no_sentence_is_left_in_english(code: str, results: list[Estimate]) -> None:
    """No word of the English messages is left."""
    english = re.compile(r"\b(the|would|cost|about|of|each|nationwide|range|block|cut)\b")
    for result in results:
        texts = sentence.texts_of(result, language_of(code, "PAK"), DAY, "https://example.org")
        for text in texts.parts.values():
            assert not english.search(text.replace("https://example.org", "")), text
            assert "{" not in text
        assert texts.note


@each(
    ("code", "hours", "text"),
    [
        ("fr", 24.0, "1 jour"), ("fr", 36.0, "36 heures"), ("es", 100.0, "4,17 días"), ("ar", 24.0, "يوم واحد"),
        ("ar", 48.0, "يومان"), ("ar", 72.0, "3 أيام"), ("ar", 264.0, "11 يوما"), ("ar", 2400.0, "100 يوم"),
        ("fa", 72.0, "۳ روز"), ("ur", 1.0, "1 گھنٹہ"), ("ur", 5.0, "5 گھنٹے"), ("hi", 1.0, "1 घंटा"),
        ("en", 1.0, "1 hour"),
    ],
)  # fmt: skip
def test_lengths_have_the_plural_of_their_language(code: str, hours: float, text: str) -> None:
    assert language_of(code).lasting(hours) == text


@each(
    ("code", "value", "unit", "text"),
    [
        ("fr", 170e6, "EUR", "170 millions d’euros"), ("fr", 1.5e6, "EUR", "1,5 million d’euros"),
        ("es", 1.2e9, "USD", "1,2 mil millones de dólares estadounidenses"), ("hi", 480e3, "USD", "4,80,000 यूएस डॉलर"),
        ("ur", 91e6, "USD", "91 ملین امریکی ڈالر"), ("fa", 91e6, "USD", "۹۱ میلیون دلار آمریکا"),
        ("ar", 5e6, "USD", "5.0 ملايين دولار أمريكي"), ("en", 16e6, "USD", "$16 million"),
    ],
)  # fmt: skip
def test_money_is_said_as_in_the_language(code: str, value: float, unit: str, text: str) -> None:
    assert language_of(code).amount(value, unit).replace("\u00a0", " ").replace("\u202f", " ") == text


@each(
    ("iso3", "codes"),
    [
        ("PAK", ["ur", "en"]), ("IND", ["hi", "en"]), ("IRN", ["fa", "en"]), ("AFG", ["fa", "en"]),
        ("EGY", ["ar", "en"]),
        ("DZA", ["ar", "fr", "en"]), ("SEN", ["fr", "en"]), ("MEX", ["es", "en"]), ("BGD", ["en"]), ("KEN", ["en"]),
        ("XKX", ["en"]), ("CHI", ["en"]),
    ],
)  # fmt: skip
def test_a_language_is_offered_where_it_is_spoken(iso3: str, codes: list[str]) -> None:
    assert [language.code for language in languages_of(iso3)] == codes


def test_the_headline_of_the_dictionary(catalogue: Catalogue) -> None:
    result = estimate(catalogue, Scenario(draws=256, country="BGD", hours=72.0))
    said = sentence.headline(result)
    assert re.fullmatch(
        r"A 3-day nationwide internet blackout would cost Bangladesh about \$\d+ million in lost output "
        r"\(range \$\d+-\d+ million\)\. Model estimate from stated assumptions, not a measurement\.",
        said,
    ), said
    texts = sentence.texts_of(result, language_of("en"), DAY, "https://example.org")
    assert (
        30 <= len(texts.press.split()) <= 40
        and texts.press.endswith("https://example.org")
        and not texts.note
    )


@each(
    ("choices", "words"),
    [
        ({"hours": 8.0}, "An 8-hour nationwide internet blackout would cost"),
        ({"hours": 432.0}, "An 18-day nationwide internet blackout would cost"),
        ({"spells": 3, "hours": 5.0, "period_days": 1.0},
         "Three nationwide internet blackouts of 5 hours each, one a day, would"),
        ({"spells": 2, "hours": 5.0}, "Two nationwide internet blackouts of 5 hours each would cost"),
        ({"kind": "single_platform_block", "hours": 72.0},
         "A 3-day nationwide block of one social platform would cost"),
        ({"kind": "mobile_only", "regions": ("Balochistan",)},
         "A 1-day mobile data cut in Balochistan would cost Pakistan"),
        ({"kind": "slowdown", "ratio": 0.65, "place": 0.1},
         "A 1-day internet slowdown to 65% of normal quality in 10% of the country would cost Pakistan"),
        ({"start": "2026-01-05T02:00"},
         "A 1-day nationwide internet blackout from 02:00 on Monday 5 January 2026 would cost"),
        ({"hours": 240.0, "ongoing": True}, "A nationwide internet blackout of 10 days so far would cost"),
    ],
)  # fmt: skip
def test_every_part_that_moves_the_number_is_in_the_headline(
    choices: dict[str, object], words: str, catalogue: Catalogue
) -> None:
    result = estimate(catalogue, Scenario(draws=256, **choices))  # type: ignore[arg-type]
    assert sentence.answer(result).startswith(words)


def test_letters_from_the_left_are_kept_together_in_a_text_from_the_right(catalogue: Catalogue) -> None:
    result = estimate(catalogue, Scenario(draws=256, hours=72.0))
    urdu = language_of("ur", "PAK")
    texts = sentence.texts_of(result, urdu, DAY, "https://example.org")
    assert urdu.direction == "rtl" and urdu.tag == "ur-PK" and urdu.own_name == "اردو"
    assert "\u2066NetToll\u2069" in texts.press and texts.press.endswith("\u2066https://example.org\u2069")


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(InputError, match="has no catalogue; allowed: en, ar, es, fa, fr, hi, ur"):
        language_of("de")


def test_a_language_is_one_catalogue(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, catalogue: Catalogue
) -> None:
    """The recipe of the README: copy a catalogue under the code of another language and translate it."""
    spanish = language.FOLDER / "es.po"
    text = spanish.read_text(encoding="utf-8").replace("Language: es", "Language: pt")
    (tmp_path / "pt.po").write_text(text.replace("Costaría cerca de", "Custaria cerca de"), encoding="utf-8")
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    assert available() == ("en", "pt") and [row.code for row in languages_of("BRA")] == ["pt", "en"]
    said = sentence.headline(
        estimate(catalogue, Scenario(draws=256, country="BRA")), language=language_of("pt", "BRA")
    )
    assert said.startswith("Brasil: ") and "Custaria cerca de" in said and "Dólares" in said
    catalogue_of.clear()
