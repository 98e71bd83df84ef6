"""Names of countries and territories, of all that there are, as the libraries have them.

ISO codes and official names: pycountry (iso-codes of Debian). Usual and translated names: babel (Unicode CLDR).
Neither knows which economies have figures here; `model/scenario/places.py` does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from model.common.cache import cached
from model.reading.texts import plain_words

NameWords = tuple[str, ...]  # of a name, in alphabetical order: no order around a comma matters
Index = Mapping[NameWords, frozenset[str]]

# CLDR's languages whose names are read: those of the United Nations, of Pakistan and its neighbours, and others with
# many writers. Reading all 300 takes seconds.
LANGUAGES = (
    "fr", "es", "ar", "ur", "fa", "hi", "de", "pt", "ru", "zh", "it", "nl", "tr", "id", "bn", "pa", "sd", "ps", "sw",
    "ja", "ko", "pl", "uk", "vi", "th", "am", "my", "ne", "si", "ta", "ms", "ro", "el", "he", "sv", "uz", "kk", "az",
)  # fmt: skip
NO_ISO = {"XK": "XKX"}  # in use, without a code of ISO 3166
FILLERS = frozenset(("the", "of", "and"))
SHORT = {"st": "saint", "ste": "sainte", "dem": "democratic", "rep": "republic"}
NEAR, APART = 0.84, 0.1  # how like a misspelling is to its name, and how much less like to any other


def words_of(name: str) -> NameWords:
    """What a name consists of, whatever its order: `Congo (Dem. Rep.)` is `Democratic Republic of the Congo`."""
    words = plain_words(name.replace("&", " and ")).split()
    return tuple(sorted(SHORT.get(word, word) for word in words if word not in FILLERS))


@cached(1)
def code_of_two() -> Mapping[str, str]:
    """ISO 3166 alpha-3 codes by alpha-2 code, and that of Kosovo."""
    import pycountry  # 0.1 s that a code of three letters need not wait for

    return {item.alpha_2: item.alpha_3 for item in pycountry.countries} | NO_ISO


@cached(1)
def english_names() -> Index:
    """Codes by the words of official and usual English names, and of states that are no more."""
    import pycountry
    from babel import Locale
    from babel.core import get_global

    rows: list[tuple[str, str]] = []
    for item in pycountry.countries:
        names = (item.name, getattr(item, "official_name", ""), getattr(item, "common_name", ""))
        rows += [(name, item.alpha_3) for name in names if name]
    codes, of_today = get_global("territory_aliases"), code_of_two()
    given = [item.alpha_2 for item in pycountry.historic_countries]
    for item in pycountry.historic_countries:
        if (
            item.alpha_2 not in of_today and given.count(item.alpha_2) == 1
        ):  # else the code means another today
            after = [of_today[code] for code in codes.get(item.alpha_2, ()) if code in of_today]
            rows += [(item.name, code) for code in after]
            rows += [(item.name.partition(",")[0], code) for code in after]
    return index_of([*rows, *_cldr(Locale("en").territories)])


@cached(1)
def foreign_names() -> Index:
    """Codes by the words of names in other languages; a name of two countries in two languages has both."""
    from babel import Locale

    return index_of(row for language in LANGUAGES for row in _cldr(Locale(language).territories))


def _cldr(territories: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    of_today = code_of_two()
    return ((name, of_today[code]) for code, name in territories.items() if code in of_today)


def index_of(rows: Iterable[tuple[str, str]]) -> Index:
    """Codes by the words of the names in `rows` of name and code."""
    index: defaultdict[NameWords, set[str]] = defaultdict(set)
    for name, code in rows:
        if words := words_of(name):
            index[words].add(code)
    return {words: frozenset(codes) for words, codes in index.items()}


def usual_name(code: str) -> str:
    """The usual English name of a country or territory by its alpha-3 code."""
    import pycountry
    from babel import Locale

    item = pycountry.countries.get(alpha_3=code)
    return "Kosovo" if item is None else str(Locale("en").territories.get(item.alpha_2, item.name))


def misspelt(text: str, names: Iterable[tuple[str, str]]) -> str:
    """The code whose name `text` is a misspelling of; empty where two come close.

    `names` are rows of a name, as `plain_words` gives it, and its code.
    """
    wanted = plain_words(text)
    if len(wanted) < 4:
        return ""
    best: dict[str, float] = {}
    for plain, code in names:
        if abs(len(plain) - len(wanted)) <= max(2, len(plain) // 4):
            likeness = SequenceMatcher(None, wanted, plain).ratio()
            best[code] = max(best.get(code, 0.0), likeness)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < NEAR or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < APART):
        return ""
    return ranked[0][0]
