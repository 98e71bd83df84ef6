"""The address of a page after mail programs, messengers and advertisers had it in hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from model.reading.texts import HIDDEN

# What senders add to every address to follow who clicks. They say nothing to us and are dropped without a word.
TRACKING = re.compile(
    r"^(?:utm|mtm|pk|piwik|matomo|hsa|mc|_hs|fb|ga|gad|wt|at|yt|li|trk|oly|vero|mkt|_bta|_ke|_kx)_|^utm|^(?:_hsenc|_hsmi|"
    r"fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|ttrk|li_fat_id|igshid|igsh|mc_cid|mc_eid|"
    r"mkt_tok|_ga|_gl|ref|ref_src|ref_url|referrer|source|src|si|feature|cmpid|campaign|campaignid|spm|scid|trk|rcm|"
    r"trackingid|share|share_id|s_cid|s_kwcid|ncid|ns_campaign|epik|irclickid|ck_subscriber_id|sc_cid|sfmc_id|"
    r"__s|_openstat|guccounter|amp|usp|shem|ved|sa|usg|safe|emci|emdi|ceid|rb_clickid|wickedid|zanpid|xtor|__twitter_impression"
    r")$",
    re.IGNORECASE,
)
ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
QUOTED = re.compile(r"=\s*\r?\n|\r?\n")  # the break of a long line in a mail
ENDINGS = {
    ")": "(",
    "]": "[",
    "}": "{",
    ">": "<",
    '"': "",
    "'": "",
    ",": "",
    ";": "",
    "*": "",
    "_": "",
    "!": "",
}
TEXTS = frozenset(
    ("title", "author", "date", "reference", "why")
)  # words of the reader's own: dots end sentences
VERSION = "v"


def mended(query: Mapping[str, str], is_own_name: Callable[[str], bool]) -> dict[str, str]:
    """The parameters of a link without what others added to it, and mended where it has one reading alone.

    `is_own_name` says whether a name is one of ours; other names stay, so that the reader hears of them. Mended
    are: names in capitals or behind `amp;`, escapes done twice, quoted-printable (`=3D`, broken lines), a sign
    that closes a sentence behind the last value, and signs that show nothing.
    """
    quoted = query.get(VERSION, "").startswith("3D") and len(query) > 0
    pairs = {}
    for name, text in query.items():
        key = _name(name, is_own_name)
        if not is_own_name(key) and TRACKING.search(key):
            continue
        pairs[key] = QUOTED.sub("", text.removeprefix("3D") if quoted else text)
    parts = list(pairs.items())
    clean = {key: _value(key, text, last=at == len(parts) - 1) for at, (key, text) in enumerate(parts)}
    return {key: text for key, text in clean.items() if key or text}


def _name(name: str, is_own_name: Callable[[str], bool]) -> str:
    """The name as we write it, where that is clear."""
    key = "".join(sign for sign in name if sign not in HIDDEN and not sign.isspace())
    while key.casefold().startswith(("amp;", "?", "&")):
        key = key[1:] if key[0] in "?&" else key[4:]
    key = unquote(key) if ESCAPED.search(key) else key
    return key if is_own_name(key) or not is_own_name(key.casefold()) else key.casefold()


def _value(key: str, text: str, *, last: bool) -> str:
    own = key.rpartition(".")[2] in TEXTS
    if ESCAPED.search(text) and (
        not own or " " not in text
    ):  # a text that holds blanks was read once already
        text = unquote(text)
        text = text.replace("+", " ") if own and " " not in text else text
    if not own:
        text = "".join(sign for sign in text if sign not in HIDDEN).strip()
        text = re.sub(r"(?<!e)\+", " ", text)
        text = text.replace("&amp;", "&")
        text = text.rstrip(".…") if last else text
    while last and text and (opens := ENDINGS.get(text[-1])) is not None:
        if own and (text[-1] in "!'\"*_,;" or (opens and text.count(opens) >= text.count(text[-1]))):
            break
        if opens and text.count(opens) >= text.count(text[-1]):
            break
        if not opens and len(text) > 1 and text[0] == text[-1]:
            break  # it stands on both sides, so it is the reader's own
        text = text[:-1].rstrip(".") if not own else text[:-1]
    return text
