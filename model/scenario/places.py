"""Places: a country by any name that people use, regions of Pakistan, and how much of each sector lies in a part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np

from model.catalogue.economies import HOME, Country
from model.catalogue.load import Catalogue
from model.common.cache import cached
from model.common.errors import DataError, InputError, UnknownNameError, choices
from model.common.numbers import percent
from model.reading import names
from model.reading.names import Index, index_of, words_of
from model.reading.texts import plain_words, visible

TELECOM_COLUMN = "telecom"
WHOLE = frozenset(
    words_of(text)
    for text in (
        "nationwide", "national", "whole country", "entire country", "countrywide", "country-wide", "all", "everywhere",
        "all regions", "all provinces", "whole of Pakistan", "all of Pakistan", "all Pakistan", "Pakistan",
    )
)  # fmt: skip
HARD, SOFT = re.compile(r"[;/\n|]"), re.compile(r"\s*,\s*|\s*&\s*|\s+and\s+", re.IGNORECASE)
MOST_PLACES = 300
MOST_PARTS = 6  # of one name, between commas and `and`
PlaceType = TypeVar("PlaceType")


def find_country(catalogue: Catalogue, text: str) -> Country:
    """The country that `text` names: an ISO code, or a name of today or before, in English or another language.

    Raises `InputError` for a name that stands for none or for two places, and for one without figures. A hint is given
    only where a name is misspelt.
    """
    country = catalogue.countries.get(text)
    if country is None:
        country = catalogue.countries.get(code_of(catalogue, text))
    if country is None:
        place = names.usual_name(code_of(catalogue, text))
        said = "" if words_of(place) == words_of(text) else f"is {place}, which "
        raise InputError("country", text, f"{said}has no figures here", f"one of {_usable(catalogue)}")
    if country.available == "no":
        shown = country.iso3 if text == country.iso3 else text
        problem = f"has no usable figures: {country.reason}"
        raise InputError("country", shown, problem, f"one of {_usable(catalogue)}")
    return country


def _usable(catalogue: Catalogue) -> str:
    count = sum(country.available == "yes" for country in catalogue.countries.values())
    return f"{count} economies"


def country_begun(catalogue: Catalogue, text: str) -> Country:
    """The country that `text` names, or the one with figures whose name begins so: `Indo` typed in a list to pick from.

    Raises `InputError` as `find_country` does.
    """
    try:
        return find_country(catalogue, text)
    except UnknownNameError:
        start = plain_words(text)
        usable = [row for row in catalogue.countries.values() if row.available == "yes"]
        matches = {row.iso3: row for row in usable if start and plain_words(row.name).startswith(start)}
        matches |= {
            row.iso3: catalogue.countries[row.iso3]
            for row in catalogue.place_names
            if start
            and plain_words(row.name).startswith(start)
            and row.iso3 in {item.iso3 for item in usable}
        }
        if len(matches) != 1:
            raise
        return next(iter(matches.values()))


def code_of(catalogue: Catalogue, text: str) -> str:
    """The alpha-3 code of the country or territory that `text` names, with figures here or not.

    Raises `InputError` where several have that name, and `UnknownNameError`, which is one too, where none has.
    """
    plain = visible(text)
    if plain.upper() in catalogue.countries:
        return plain.upper()
    words = words_of(text)
    codes = _own_names(catalogue).get(words) or _iso(plain.upper()) or names.english_names().get(words)
    codes = codes or names.foreign_names().get(words) or frozenset()
    if len(codes) == 1:
        return next(iter(codes))
    if codes:
        which = " or ".join(sorted(f"{_name(catalogue, code)} ({code})" for code in codes))
        raise InputError("country", text, "is the name of several", f"one of them: {which}")
    near = names.misspelt(text, _english(catalogue))
    hint = f"; nearest: {_name(catalogue, near)}" if near else ""
    allowed = f"a name, or a code of two or three letters{hint}"
    raise UnknownNameError("country", text, "is not known", allowed)


def _iso(code: str) -> frozenset[str]:
    """The territory that a code of ISO 3166 stands for."""
    of_two = names.code_of_two()
    return frozenset({of_two[code]} if code in of_two else {code} & set(of_two.values()))


@cached(4)
def _own_names(catalogue: Catalogue) -> Index:
    """Codes by the words of the project's own names, and of those that the libraries lack."""
    rows = [(country.name, country.iso3) for country in catalogue.countries.values()]
    rows += [(row.name, code) for row in catalogue.place_names for code in row.iso3.split(";")]
    codes = {*catalogue.countries, *names.code_of_two().values()}
    for name, code in rows:
        if code not in codes:
            allowed = "a code of countries.csv or of ISO 3166"
            raise DataError(f"data/place_names.csv {name}", code, "is no code", allowed)
    return index_of(rows)


@cached(4)
def _english(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """Names in plain words, and codes, to which a misspelling may belong; a name that stands for two is none."""
    rows = [(country.name, country.iso3) for country in catalogue.countries.values()]
    rows += [(row.name, row.iso3) for row in catalogue.place_names if ";" not in row.iso3]
    rows += [(names.usual_name(code), code) for code in names.code_of_two().values()]
    return tuple((plain_words(name), code) for name, code in rows)


def _name(catalogue: Catalogue, code: str) -> str:
    country = catalogue.countries.get(code)
    return names.usual_name(code) if country is None else country.name


def countries_of(catalogue: Catalogue, text: str) -> tuple[Country, ...]:
    """The countries of a field with several: `Laos; Myanmar`, `Korea, Republic of and Bosnia and Herzegovina`.

    Semicolons, strokes and breaks always part names; commas, `&` and `and` only where no name holds them. Raises
    `InputError` for the first part that cannot be read.
    """
    return _several("country", text, lambda part: find_country(catalogue, part))


def regions_of(catalogue: Catalogue, text: str) -> tuple[str, ...]:
    """The regions of Pakistan in a field: `KP, Sind & AJK`; none for `Nationwide`, which is the whole country.

    Raises `InputError` for a part that is no region; a city is told its province and asked for a share.
    """
    if words_of(text) in WHOLE:
        return ()
    chosen = _several("region", text, lambda part: region_of(catalogue, part))
    return () if len(chosen) == len(catalogue.regions) else chosen


def region_of(catalogue: Catalogue, text: str) -> str:
    """The region of Pakistan that `text` names, in any spelling known; raises `InputError`."""
    words = words_of(text)
    for name, row in catalogue.regions.items():
        if words in {words_of(each) for each in (name, *row.aliases.split(";"))} - {()}:
            return name
    for name, row in catalogue.regions.items():
        if words and words in {words_of(each) for each in row.parts.split(";")}:
            people = percent(row.population_share, 3)
            allowed = f"a share of the country (all of {name} has {people} of the people), or {name}"
            raise InputError("region", text, f"is a part of {name} whose share is not known here", allowed)
    raise InputError("region", text, "is not known", choices(catalogue.regions, text, most=10))


def _several(field: str, text: str, read: Callable[[str], PlaceType]) -> tuple[PlaceType, ...]:
    """What the parts of a list stand for, each once, in their order; raises the error of the first bad part."""
    places: list[PlaceType] = []
    if len(HARD.findall(text)) + len(SOFT.findall(text)) >= MOST_PLACES:
        raise InputError(field, text, "is too long a list", f"at most {MOST_PLACES} names")
    for part in HARD.split(text):
        if part.strip():
            places += _parts(part.strip(), read)
    if not places:
        raise InputError(field, text, "names no place", f"a {field}, or several with semicolons between")
    return tuple(dict.fromkeys(places))


def _parts(text: str, read: Callable[[str], PlaceType]) -> Iterable[PlaceType]:
    """The places of a text, the longest name first: `Bosnia and Herzegovina` is one, `Laos and Cuba` are two."""
    cuts = [(0, 0), *(match.span() for match in SOFT.finditer(text)), (len(text), len(text))]
    at = 0
    while at < len(cuts) - 1:
        problem: InputError | None = None
        for end in range(min(len(cuts) - 1, at + MOST_PARTS), at, -1):
            part = text[cuts[at][1] : cuts[end][0]].strip()
            try:
                place = read(part)
            except InputError as error:
                problem = error  # of the shortest part at last
                continue
            yield place
            at = end
            break
        else:
            if problem is not None and text[cuts[at][1] : cuts[at + 1][0]].strip():
                raise problem
            at += 1


def place_shares(
    catalogue: Catalogue, iso3: str, regions: tuple[str, ...], share: float | None
) -> tuple[np.ndarray, float]:
    """Share of each sector inside the affected place, shape (sector,), and that of the IT exporters.

    `share` of a whole country, 0 to 1, None for all of it, where no regions are named. Pakistan's regions weigh IT by
    registered firms, telecom by its own weight and the rest by GDP. Raises `InputError` for a region that is not known.
    """
    count = len(catalogue.sectors)
    if not regions:
        whole = 1.0 if share is None else share
        return np.full(count, whole), whole
    for name in regions:
        if iso3 != HOME:
            raise InputError(
                "region", name, f"is not known in {iso3}", "regions of PAK; elsewhere a place share"
            )
        if name not in catalogue.regions:
            raise InputError("region", name, "is not known", choices(catalogue.regions, name, most=10))
    rows = [catalogue.regions[name] for name in regions]
    by_column = {
        catalogue.it_column: sum(row.it_firm_share for row in rows),
        TELECOM_COLUMN: sum(row.telecom_weight for row in rows),
    }
    by_gdp = sum(row.gdp_share for row in rows)
    return (
        np.array(
            [min(1.0, by_column.get(sector.value_added_column, by_gdp)) for sector in catalogue.sectors]
        ),
        min(1.0, by_column[catalogue.it_column]),
    )
