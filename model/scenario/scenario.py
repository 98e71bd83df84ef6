"""A scenario: a named difference from the baseline. What a reader chose, checked, frozen and repeatable.

The codecs for links and files are in `model.scenario.codecs`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.common.errors import InputError, choices
from model.common.numbers import duration_text
from model.scenario.places import find_country, place_shares

HOURS = {
    "minute": 1 / 60,
    "hour": 1.0,
    "day": 24.0,
    "week": 168.0,
    "month": 730.0,
    "year": 8760.0,
}  # a month is a twelfth of a year
MAX_HOURS = 2 * HOURS["year"]
MAX_SPELLS = 365
MOST_THRESHOLD = 1e15  # of money, in the unit of a scenario
MIN_DRAWS, MAX_DRAWS, DEFAULT_DRAWS = 256, 65_536, 4_096
MAX_SEED = 2**31 - 1
MAX_TEXT = 200
DURATION = re.compile(
    r"^\s*(\d+(?:[.,]\d+)?|[.,]\d+)\s*"
    r"(mins?|minutes?|h|hours?|d|days?|w|weeks?|mo|months?|y|years?)\s*$",
    re.IGNORECASE,
)
THOUSANDS = re.compile(r"^[1-9]\d{0,2},\d{3}$")  # 1,500 is 1500 to some readers and 1.5 to others


@dataclass(frozen=True)
class Header:
    """Who named the scenario, when, after which source, and which value expresses which fact."""

    title: str = ""
    author: str = ""
    date: str = ""
    reference: str = ""
    why: str = ""


@dataclass(frozen=True)
class Scenario:
    """What happens, for how long, where, and under which assumptions. The defaults are the baseline.

    `hours` and `spells` are per spell; `place` is a share of the country, `regions` are Pakistan's;
    `assumptions` maps parameter keys to a pinned value or a (low, mode, high) range.
    """

    country: str = "PAK"
    kind: str = "full_blackout"
    hours: float = 24.0
    spells: int = 1
    gap_days: float = 7.0
    ratio: float | None = None
    capacity_lost: float | None = None
    regions: tuple[str, ...] = ()
    place: float | None = None
    start: str | None = None
    ordered_by_authority: bool | None = None
    assumptions: Mapping[str, Override] = field(default_factory=dict)
    currency: str = "USD"
    draws: int = DEFAULT_DRAWS
    seed: int = 1
    header: Header = Header()

    def __post_init__(self) -> None:
        object.__setattr__(self, "assumptions", MappingProxyType(dict(sorted(self.assumptions.items()))))

    def __hash__(self) -> int:
        return hash((self.country, self.kind, self.hours, tuple(self.assumptions.items()), self.seed))

    def with_changes(self, **changes: Any) -> Scenario:
        """The same scenario with these fields changed (unchecked: pass it through `checked`)."""
        return replace(self, **changes)

    def ordered(self, catalogue: Catalogue) -> bool:
        """Whether an authority ordered the disruption: as said, else what is usual for the kind."""
        if self.ordered_by_authority is not None:
            return self.ordered_by_authority
        return catalogue.kinds[self.kind].ordered_by_authority == "yes"


BASELINE = Scenario()
PLAIN_FIELDS = tuple(item.name for item in fields(Scenario) if item.name not in ("assumptions", "header"))


def checked(catalogue: Catalogue, scenario: Scenario) -> Scenario:
    """The scenario in its one canonical form; raises `InputError` for the first field that cannot be used."""
    country = find_country(catalogue, scenario.country).iso3
    if scenario.kind not in catalogue.kinds:
        raise InputError(
            "kind", scenario.kind, "is not known", choices(catalogue.kinds, scenario.kind, most=10)
        )
    quality = catalogue.kinds[scenario.kind].quality_input
    given: dict[str, float] = {}
    for name in ("ratio", "capacity_lost"):
        value = getattr(scenario, name)
        if value is not None:
            if quality != name:
                kinds = ", ".join(kind.key for kind in catalogue.kinds.values() if kind.quality_input == name)
                raise InputError(name, value, f"cannot be given for {scenario.kind}", f"only with {kinds}")
            given[name] = number(name, value, 0, 1, "share")
    if scenario.regions and scenario.place is not None:
        raise InputError(
            "place", scenario.place, "cannot be given beside a region", "a region or a place share"
        )
    if len(set(scenario.regions)) < len(scenario.regions):
        raise InputError("region", scenario.regions[0], "is given twice", "each region once")
    place = None
    if scenario.place is not None:
        place = number("place", scenario.place, 0, 1, "share of the country")
    place_shares(catalogue, country, scenario.regions, place)
    for key, value in scenario.assumptions.items():
        if key not in catalogue.parameters:
            raise InputError("set", key, "is not a parameter", choices(catalogue.parameters, key))
        catalogue.parameters[key].check(value)
    currency = scenario.currency.upper()
    own = catalogue.countries[country].currency
    if currency not in ("USD", own):
        allowed = f"USD or {own}" if own else "USD"
        raise InputError("currency", scenario.currency, f"is not the money of {country}", allowed)
    return scenario.with_changes(
        country=country,
        hours=number("hours", scenario.hours, 0, MAX_HOURS, "hours (two years)"),
        spells=whole("spells", scenario.spells, 1, MAX_SPELLS),
        gap_days=number("gap_days", scenario.gap_days, 0, 3650, "days"),
        place=None if place == 1 else place,
        **given,
        start=None if scenario.start is None else local_time(scenario.start),
        currency=currency,
        draws=whole("draws", scenario.draws, MIN_DRAWS, MAX_DRAWS),
        seed=whole("seed", scenario.seed, 0, MAX_SEED),
        header=_checked_header(scenario.header),
    )


def number(name: str, value: object, low: float, high: float, unit: str) -> float:
    """`value` as a finite float within [low, high]; raises `InputError`."""
    allowed = unit if math.isinf(low) else f"{low:g} to {high:g} {unit}"
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise InputError(name, value, "is not a number", allowed)
    try:
        result = float(value)
    except (ValueError, OverflowError):
        raise InputError(name, value, "is not a number", allowed) from None
    if not math.isfinite(result):
        raise InputError(name, value, "is not a finite number", allowed)
    if not low <= result <= high:
        raise InputError(name, value, "is out of range", allowed)
    return result + 0.0  # -0.0 becomes 0.0


def whole(name: str, value: object, low: int, high: int) -> int:
    """`value` as a whole number within [low, high]; raises `InputError`."""
    allowed = f"a whole number from {low} to {high}"
    result = number(name, value, float("-inf"), float("inf"), allowed)
    if result != int(result):
        raise InputError(name, value, "is not a whole number", allowed)
    if not low <= result <= high:
        raise InputError(name, value, "is out of range", allowed)
    return int(result)


def local_time(text: str) -> str:
    """A local start time as `YYYY-MM-DDTHH:MM`; raises `InputError`."""
    allowed = "a local time such as 2026-01-05T10:00, years 2000 to 2100"
    try:
        moment = datetime.fromisoformat(text.strip())
    except (ValueError, AttributeError):
        raise InputError("start", text, "is not a date and time", allowed) from None
    if moment.tzinfo is not None:
        raise InputError("start", text, "has a time zone", f"{allowed} (without a zone)")
    if not 2000 <= moment.year <= 2100:
        raise InputError("start", text, "is out of range", allowed)
    if moment.second or moment.microsecond:
        raise InputError("start", text, "is finer than a minute", allowed)
    return moment.isoformat(timespec="minutes")


def hours_of(text: str) -> float:
    """`36 hours`, `90 minutes`, `1,5 days`, `3d`, `2 weeks`, `6 months` as hours; raises `InputError`."""
    most = duration_text(MAX_HOURS)
    allowed = f"a number and minutes, hours, days, weeks, months or years, up to {most}"
    match = DURATION.match(text)
    if match is None:
        raise InputError("duration", text, "is not a duration", allowed)
    digits, letters = match.group(1), match.group(2).lower()
    if THOUSANDS.match(digits):
        whole, tenths = digits.replace(",", ""), digits.replace(",", ".").rstrip("0").rstrip(".")
        clear = f"a number without a comma, such as {whole} or {tenths}"
        raise InputError("duration", text, "could be read in two ways", clear)
    start = letters[:2] if letters.startswith("m") else letters[0]
    hours = float(digits.replace(",", ".")) * HOURS[next(name for name in HOURS if name.startswith(start))]
    if hours > MAX_HOURS:
        raise InputError("duration", text, f"is more than {most}", allowed)
    return hours


def _checked_header(header: Header) -> Header:
    for item in fields(Header):
        text = getattr(header, item.name)
        most = 20 * MAX_TEXT if item.name == "why" else 2 * MAX_TEXT
        if not isinstance(text, str):
            raise InputError(item.name, text, "is not text", "text")
        if len(text) > most:
            raise InputError(item.name, text, "is too long", f"at most {most} characters")
        if any(not (sign.isprintable() or sign in "\n\t") for sign in text):
            raise InputError(item.name, text, "holds control characters", "plain text")
    return header
