"""Countries and regions by every name that people use, or refused with what to type."""

from __future__ import annotations

from collections.abc import Iterator

import pycountry
import pytest
from babel import Locale
from helpers.each import each

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.reading.names import NO_ISO, words_of
from model.scenario.link import from_query
from model.scenario.places import code_of, countries_of, find_country, regions_of
from model.scenario.scenario import Scenario, checked

SPELLINGS = ("en", "fr", "es", "ar", "ur")
SEVERAL = {"Congo", "Saint Martin", "St. Martin"}  # names that have to be asked for


def spellings(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Every economy in the libraries' own names, each in five ways of writing it."""
    two = {iso3: code for code, iso3 in NO_ISO.items()}
    for iso3, country in catalogue.countries.items():
        item = pycountry.countries.get(alpha_3=iso3)
        code = two.get(iso3, "") if item is None else item.alpha_2
        names = {country.name, iso3, iso3.lower(), code, code.lower()} - {""}
        if item is not None:
            names |= {getattr(item, name, item.name) for name in ("name", "official_name", "common_name")}
        if code:
            names |= {str(Locale(language).territories[code]) for language in SPELLINGS}
        names |= {name.upper() for name in names} | {
            name.replace(", ", " (") + ")" for name in names if ", " in name
        }
        yield from ((name, iso3) for name in names)


def test_every_economy_is_read_in_every_spelling_of_the_libraries(catalogue: Catalogue) -> None:
    asked, wrong, count = set(), [], 0
    for name, iso3 in spellings(catalogue):
        count += 1
        try:
            code = code_of(catalogue, name)
        except InputError as problem:
            code = iso3 if problem.problem == "is the name of several" and iso3 in problem.allowed else ""
            asked.add(name)
        if code != iso3:
            wrong.append((name, iso3, code))
    assert not wrong and count > 5 * len(catalogue.countries)
    assert {words_of(name) for name in asked} <= {words_of(name) for name in SEVERAL}, asked


@each(
    ("text", "iso3"),
    [
        ("UK", "GBR"), ("uk", "GBR"), ("Britain", "GBR"), ("Great Britain", "GBR"), ("Holland", "NLD"), ("TUR",
        "TUR"),
        ("Turkey", "TUR"), ("T\u00fcrkiye", "TUR"), ("Turkiye", "TUR"), ("Burma", "MMR"), ("Swaziland", "SWZ"),
        ("Czech Republic", "CZE"), ("Cape Verde", "CPV"), ("Ivory Coast", "CIV"), ("Cote d'Ivoire", "CIV"),
        ("C\u00d4TE D\u2019IVOIRE", "CIV"), ("Viet Nam", "VNM"), ("Russian Federation", "RUS"), ("DRC", "COD"),
        ("Republic of Korea", "KOR"), ("Korea, Republic of", "KOR"), ("Korea (Republic of)", "KOR"),
        ("Korea, Rep.", "KOR"),
        ("Congo (Democratic Republic of the)", "COD"), ("Congo, Dem. Rep.", "COD"), ("Congo, Rep.", "COG"),
        ("Palestine, State of", "PSE"), ("Iran (Islamic Republic of)", "IRN"), ("Iran, Islamic Rep.", "IRN"),
        ("Syrian Arab Republic", "SYR"), ("Bolivia (Plurinational State of)", "BOL"), ("Egypt, Arab Rep.", "EGY"),
        ("Lao People's Democratic Republic", "LAO"), ("Hong Kong SAR, China", "HKG"), ("Bahamas, The", "BHS"),
        ("U.S.A.", "USA"), ("U.S.", "USA"), ("United States of America", "USA"), ("UAE", "ARE"), ("Zaire", "COD"),
        ("Georgia", "GEO"), ("Guinea", "GIN"), ("Samoa", "WSM"), ("Niger", "NER"), ("Dominica", "DMA"),
        ("Turqu\u00eda", "TUR"), ("Allemagne", "DEU"), ("Royaume-Uni", "GBR"), ("پاکستان", "PAK"), ("ایران", "IRN"),
        ("الهند", "IND"), ("भारत", "IND"), ("中国", "CHN"), ("Pakist\u00e1n", "PAK"), (" pakistan\u200f ", "PAK"),
        ("XK", "XKX"),
    ],
)  # fmt: skip
def test_a_country_by_the_names_that_people_use(text: str, iso3: str, catalogue: Catalogue) -> None:
    assert find_country(catalogue, text).iso3 == iso3


@each(
    ("text", "said"),
    [
        ("Congo", "DR Congo (COD) or Republic of the Congo (COG)"), ("Korea",
        "North Korea (PRK) or South Korea (KOR)"),
        ("Virgin Islands", "British Virgin Islands (VGB) or US Virgin Islands (VIR)"), ("St Martin", "(MAF)"),
        ("Czechoslovakia", "Czechia (CZE) or Slovakia (SVK)"), ("Pakstan", "nearest: Pakistan"),
        ("Zambi", "nearest: Zambia"), ("Austalia", "nearest: Australia"), ("Ukrain", "nearest: Ukraine"),
        ("North Korea", "has no usable figures: No GDP figure in the World Bank data"), ("VGB",
        "has no usable figures"),
        ("Guernsey", "'Guernsey' has no figures here"), ("Holy See", "is Vatican City, which has no figures here"),
    ],
)  # fmt: skip
def test_a_country_that_has_to_be_asked_for(text: str, said: str, catalogue: Catalogue) -> None:
    with pytest.raises(InputError) as caught:
        find_country(catalogue, text)
    assert said in str(caught.value)


@each(
    "text",
    [
        "Nigera",
        "Austrla",
        "Cote",
        "xyz",
        "EU",
        "Europe",
        "GER",
        "England",
        "Somaliland",
        "ZZ",
        "",
        "Stan",
        "Korae",
    ],
)
def test_no_hint_leads_to_another_country(text: str, catalogue: Catalogue) -> None:
    with pytest.raises(InputError) as caught:
        find_country(catalogue, text)
    assert "nearest" not in str(caught.value) and "is not known" in str(caught.value)


@each(
    ("text", "codes"),
    [
        ("Laos; Myanmar", "LAO MMR"), ("Bosnia and Herzegovina", "BIH"), ("Korea, Republic of, Japan", "KOR JPN"),
        ("Laos and Myanmar", "LAO MMR"), ("Trinidad & Tobago / Iran", "TTO IRN"), ("Niger,Nigeria", "NER NGA"),
        ("Antigua and Barbuda and Cuba", "ATG CUB"), ("Congo, Democratic Republic of the; Chad", "COD TCD"),
        ("Iran, Islamic Republic of", "IRN"), ("India,,Nepal", "IND NPL"), ("India; India", "IND"),
    ],
)  # fmt: skip
def test_several_countries_of_one_field(text: str, codes: str, catalogue: Catalogue) -> None:
    assert [country.iso3 for country in countries_of(catalogue, text)] == codes.split()


def test_the_part_that_is_no_country_is_named(catalogue: Catalogue) -> None:
    for text, part in (("Laos; Foo", "'Foo'"), ("Foo and Laos", "'Foo'"), (" ; ", "names no place")):
        with pytest.raises(InputError, match=part):
            countries_of(catalogue, text)


@each(
    ("text", "names"),
    [
        ("KP", "Khyber Pakhtunkhwa"), ("kpk", "Khyber Pakhtunkhwa"), ("N.W.F.P.", "Khyber Pakhtunkhwa"),
        ("ICT", "Islamabad"), ("AJK", "Azad Jammu and Kashmir"), ("GB", "Gilgit-Baltistan"), ("Sind", "Sindh"),
        ("Baluchistan", "Balochistan"), ("پنجاب", "Punjab"), ("KP, Sindh & AJK",
        "Khyber Pakhtunkhwa|Sindh|Azad Jammu and Kashmir"),
        ("Azad Jammu and Kashmir and Punjab", "Azad Jammu and Kashmir|Punjab"), ("Nationwide", ""),
        ("whole country", ""),
        ("all", ""),
    ],
)  # fmt: skip
def test_regions_by_the_names_that_people_use(text: str, names: str, catalogue: Catalogue) -> None:
    assert regions_of(catalogue, text) == tuple(names.split("|")) * bool(names)
    assert from_query(catalogue, {"region": text})[0].regions == tuple(names.split("|")) * bool(names)


def test_a_city_is_told_its_province_and_asked_for_a_share(catalogue: Catalogue) -> None:
    with pytest.raises(InputError) as caught:
        regions_of(catalogue, "Sindh, Lahore")
    assert "'Lahore' is a part of Punjab whose share is not known here" in str(caught.value)
    assert "all of Punjab has 51.7% of the people" in str(caught.value)
    with pytest.raises(InputError, match="names a part and the whole"):
        checked(catalogue, Scenario(regions=("Nationwide", "Punjab")))
    with pytest.raises(InputError, match="is given twice"):
        checked(catalogue, Scenario(regions=("KP", "KPK")))
    with pytest.raises(InputError, match="'Nairobi' is not known in KEN"):
        checked(catalogue, Scenario(country="Kenya", regions=("Nairobi",)))
