"""A scenario: a named difference from the baseline. What a reader chose, checked, frozen and repeatable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.common.errors import InputError, choices
from model.scenario.durations import MAX_HOURS
from model.scenario.places import find_country, place_shares
from model.scenario.readers import local_time, number, whole

MAX_SPELLS = 365
MIN_DRAWS, MAX_DRAWS, DEFAULT_DRAWS = 256, 65_536, 4_096
MAX_SEED = 2**31 - 1
MAX_TEXT = 200


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
HEADER_FIELDS = tuple(item.name for item in fields(Header))


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
