"""Letters as people, phones and mail programs send them."""

from __future__ import annotations

import re
import unicodedata

# Joiners and marks of direction that Persian, Sinhala, Hindi or Arabic text needs; they show nothing themselves.
# Signs that turn letters round against their own direction are none of them.
JOINERS = frozenset("\u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069\u202a\u202b\u202c")
TURNED = frozenset("\u202d\u202e")
HIDDEN = frozenset("\u200b\u2060\ufeff\u00ad") | JOINERS | TURNED
BREAKS = re.compile(r"[ \t\n]+")  # no blank of another width: French needs those
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
# Letters that no decomposition makes plain, and pairs that Arabic, Persian and Urdu keyboards mix.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "ə": "e", "ي": "ی", "ى": "ی", "ئ": "ی",
     "ك": "ک", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه"}
)  # fmt: skip


def visible(text: str) -> str:
    """The text without signs that show nothing, with plain blanks, digits and dashes: `３ days` is `3 days`."""
    if text.isascii() and text.isprintable():  # most texts: the blanks alone may change
        return re.sub(r" +", " ", text).strip()
    plain = "".join(
        " " if sign.isspace() else str(unicodedata.digit(sign)) if sign.isdecimal() else sign
        for sign in text
        if sign not in HIDDEN
    )
    return re.sub(r" +", " ", plain.translate(DASHES)).strip()


def one_line(text: str) -> str:
    """The text on one line without blanks around it, or nothing where none of its signs shows anything."""
    return BREAKS.sub(" ", text).strip() if visible(text) else ""


def can_be_shown(text: str) -> bool:
    """Whether every sign of a text shows or shapes something: no control characters, no half signs."""
    return all(
        sign.isprintable() or sign in "\n\t" or sign in HIDDEN - TURNED or _is_blank(sign) for sign in text
    )


def _is_blank(sign: str) -> bool:
    """A blank of another width, such as the no-break space of French."""
    return unicodedata.category(sign) == "Zs"


def plain_words(text: str) -> str:
    """Small letters without accents, dots and apostrophes, single blanks: for comparing what people type.

    `CÔTE D’IVOIRE` and `Cote d'Ivoire` give the same; signs that are no letter or digit part words.
    """
    bare = visible(text).casefold()
    if not bare.isascii():
        bare = unicodedata.normalize("NFKD", bare.translate(LETTERS))
        bare = "".join(sign for sign in bare if not unicodedata.combining(sign)).translate(LETTERS)
    bare = re.sub(r"(?<=[^\W\d_])[.'’ʼ`´ʻ](?=[^\W\d_]|\W|$)|(?<=\W)[.'’](?=\w)", "", bare)
    signs = (sign if sign.isalnum() or unicodedata.category(sign).startswith("M") else " " for sign in bare)
    return " ".join("".join(signs).split())
