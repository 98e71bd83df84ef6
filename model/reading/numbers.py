"""Numbers as people write them, with every reading that they can have.

A comma between digits parts thousands for some readers and decimals for others. What can be read in two ways is
refused with both: nothing is guessed.
"""

from __future__ import annotations

import math
import re
from typing import Literal

from model.common.errors import InputError
from model.common.numbers import as_given
from model.reading.texts import visible

LONGEST = 60  # signs of an amount
NUMBER = r"(?:\d+(?:[.,' ]\d+)*|[.,]\d+)"
PROGRAM = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$", re.IGNORECASE)
WESTERN = re.compile(r"^\d{1,3}(?:S\d{3})+$")
INDIAN = re.compile(r"^\d{1,2}(?:S\d{2})+S\d{3}$")
# Arabic marks of decimals, thousands and percent; apostrophes of other shapes.
SIGNS = str.maketrans("\u066b\u066c\u060c\u066a\uff05\u2019\u02bc\u00b4\u2032", ".,,%%" + "'" * 4)
SCALES = {
    "k": 1e3, "thousand": 1e3, "lakh": 1e5, "lac": 1e5, "lakhs": 1e5, "m": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6,
    "million": 1e6, "millions": 1e6, "crore": 1e7, "crores": 1e7, "b": 1e9, "bn": 1e9, "bln": 1e9, "billion": 1e9,
    "billions": 1e9, "tn": 1e12, "trillion": 1e12, "trillions": 1e12,
}  # fmt: skip
MONEY = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "us dollars": "USD", "€": "EUR",
    "euro": "EUR", "euros": "EUR", "£": "GBP", "¥": "JPY", "₨": "PKR", "rs": "PKR", "rs.": "PKR", "rupees": "PKR",
    "₹": "INR", "₦": "NGN", "৳": "BDT", "₺": "TRY", "₽": "RUB",
}  # fmt: skip
SEVERAL = {
    "$": "dollars",
    "rs": "rupees",
    "rs.": "rupees",
    "₨": "rupees",
    "rupees": "rupees",
    "dollars": "dollars",
}
AMOUNT = re.compile(
    rf"^(?P<before>[^\d.,+-]*?)\s*(?P<sign>[+-]?)\s*(?P<middle>[^\d.,+\s-]*)\s*(?P<number>{NUMBER})\s*(?P<after>[^\d]*)$",
    re.IGNORECASE,
)


def readings(text: str) -> tuple[float, ...]:
    """Every number that `text` can be; none where it is no number.

    `1,500` is 1500 and 1.5. A point before three digits parts decimals, as programs write them, but `1.500` ends in a
    nought that no program writes, so it has both readings too. `1 278,5`, `1'278.5` and `1,00,000` have one.
    """
    plain = visible(text.translate(SIGNS))
    sign = -1.0 if plain.startswith("-") else 1.0
    body = plain[1:].strip() if plain[:1] in ("+", "-") else plain
    if body[:1] in ("+", "-") or not body[:1] or not (body[0].isdigit() or body[0] in ".,"):
        return ()
    return tuple(sign * value + 0.0 for value in _unsigned(body))


def _unsigned(body: str) -> tuple[float, ...]:
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", body) and ("," in body or body.endswith("0")):
        return float(re.sub("[.,]", "", body)), float(body.replace(",", "."))
    if PROGRAM.match(body):
        return (float(body),)
    marks = set(re.findall(r"[^\d]", body))
    if not marks <= set(".,' ") or body[-1] in ".,' ":
        return ()
    if marks <= {","} and body.count(",") == 1:
        return (float(body.replace(",", ".")),)
    last = max(body.rfind(mark) for mark in ".,") if marks & set(".,") else -1
    whole, tail = (body, "") if last < 0 or body.count(body[last]) > 1 else (body[:last], body[last + 1 :])
    inner = set(re.findall(r"[^\d]", whole))
    if (tail and not whole) or not (tail + "0").isdigit():
        return ()
    if len(inner) > 1 or (inner and not _grouped(whole, inner.copy().pop())):
        return ()
    digits = re.sub(r"[^\d]", "", whole)
    return (float(f"{digits}.{tail}" if tail else digits),)


def _grouped(text: str, mark: str) -> bool:
    """Whether a mark parts a number into thousands, or into lakhs and crores."""
    plain = text.replace(mark, "S")
    return bool(WESTERN.match(plain) or INDIAN.match(plain))


def both(values: tuple[float, ...]) -> str:
    """The readings `values` of one text, in its unit, as what to type instead: `1500 or 1.5`."""
    return " or ".join(as_given(value).replace(",", "") for value in values)


def one_number(name: str, text: str, allowed: str, *, whole: bool = False) -> float:
    """The number that `text` is; raises `InputError` under `name`, with both readings where it has two.

    A number of things (`whole`) has no decimals, so `1,500` is 1500 there.
    """
    if _is_endless(visible(text)):
        raise InputError(name, text, "is not a finite number", allowed)
    values = readings(text)
    if whole and len(values) > 1:
        values = tuple(value for value in values if value.is_integer())
    if not values:
        raise InputError(name, text, "is not a number", allowed)
    if not all(map(math.isfinite, values)):
        raise InputError(name, text, "is not a finite number", allowed)
    if len(values) > 1:
        raise InputError(
            name, text, "could be read in two ways", f"{both(values)}, without a mark between thousands"
        )
    return values[0]


def _is_endless(plain: str) -> bool:
    """Whether a text is what programs write for a number that is none or has no end."""
    return plain.lstrip("+-").casefold() in ("nan", "inf", "infinity")


Bare = Literal["share", "either", "percent"]  # what a number without a percent sign is


def share_of(name: str, text: str, allowed: str, bare: Bare = "share") -> float:
    """A share as a decimal: `15%`, `15,5%` and `0.155`; raises `InputError` under `name`.

    In a field that shows percent (`either`), `15` is 15% as well, and `1` could be all of it or a hundredth: refused
    with both readings. Where the label asks for percent, every number is one.
    """
    plain = visible(text.translate(SIGNS))
    match = re.fullmatch(r"(.*?)\s*(?:%|percent|per cent|pct\.?)", plain, re.IGNORECASE)
    value = one_number(name, match[1] if match else text, allowed)
    if not match and bare == "either" and value == 1:
        raise InputError(name, text, "could be read in two ways", "1% or 100%")
    percent = match or bare == "percent" or (bare == "either" and abs(value) > 1)
    return round(value / 100, 12) if percent else value


def amount_of(name: str, text: str, allowed: str, money: str = "", scale: float = 1.0) -> float:
    """An amount of money in units of `scale`: `$16 million`, `16m`, `Rs 2 crore`, `1.5bn`, `278,5`.

    Without a word such as million the number is in the field's own unit. Raises `InputError` for another money than
    `money`, and where `$16` stands in a field of millions.
    """
    plain = visible(text.translate(SIGNS))
    # 1e11 has a letter and is no word of money; in a field of millions nobody knows of what it would be.
    if (scale == 1 and PROGRAM.match(plain)) or _is_endless(plain):
        return one_number(name, text, allowed)
    match = AMOUNT.match(plain) if len(plain) <= LONGEST else None
    if match is None:
        raise InputError(name, text, "is not an amount", allowed)
    rest = " ".join((match["before"], match["middle"], match["after"])).casefold().split()
    size, given = 0.0, ""
    for word in _parts(rest):
        if word in SCALES and not size:
            size = SCALES[word]
        elif (word in MONEY and not given) or (re.fullmatch("[a-z]{3}", word) and not given):
            given = word
        else:
            raise InputError(name, text, "is not an amount", allowed)
    if given and money:
        code = MONEY.get(given, given.upper())
        if code != money and not (given in SEVERAL and _of_name(money, SEVERAL[given])):
            raise InputError(name, text, f"is in {code}", f"an amount in {money}")
    number = one_number(name, match["sign"] + match["number"], allowed)
    if given and not size and scale != 1:
        ways = f"{as_given(number)} million, or {number / scale:g}"
        raise InputError(name, text, "could be read in two ways", ways)
    return number * size / scale if size else number


def _parts(words: list[str]) -> list[str]:
    """Words of an amount, with a sign of money parted from what sticks to it: `us$`, `m$`."""
    parts: list[str] = []
    for word in words:
        if word in MONEY or word in SCALES:
            parts.append(word)
        elif word[-1] in MONEY and word[:-1] in SCALES:
            parts += [word[:-1], word[-1]]
        else:
            parts.append(word.rstrip("."))
    return parts


def _of_name(money: str, words: str) -> bool:
    """Whether a currency is called so: rupees are those of several countries."""
    from babel.numbers import get_currency_name

    return words.rstrip("s") in get_currency_name(money, locale="en").casefold()
