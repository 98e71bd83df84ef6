"""A comparison in one link: the reader's scenario, where it began, and what stands beside it.

The first scenario uses the plain keys of `model.codecs`; the others the same keys with `s2.`, `s3.`, `s4.`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from model.catalogue import Catalogue
from model.codecs import duration_code, from_query, shipped_file, to_query
from model.compare import MOST_DURATIONS, MOST_PLACES, MOST_SCENARIOS
from model.economy import find_country
from model.errors import InputError, choices
from model.scenario import Scenario, hours_of, number

DEFAULT_DURATIONS = (1.0, 24.0, 72.0, 168.0, 720.0)
MOST_THRESHOLD = 1e15
SLOT = re.compile(r"^s([2-4])\.(.+)$")
NAME = re.compile(r"^[a-z0-9_]{1,80}$")
Item = TypeVar("Item")
SECTIONS = ("durations", "kinds", "scenarios", "places", "breakeven")
LINK_KEYS = ("durations", "countries", "threshold", "show", "from")


@dataclass(frozen=True)
class Comparison:
    """What stands beside the reader's scenario.

    `threshold` in the scenario's money, `countries` as ISO3 codes (none: the regions of Pakistan), `show` the
    part that is open, `origin` the file name of the starting point where the scenario has moved away from it.
    """

    durations: tuple[float, ...] = DEFAULT_DURATIONS
    countries: tuple[str, ...] = ()
    others: tuple[Scenario, ...] = ()
    threshold: float | None = None
    show: str = SECTIONS[0]
    origin: str = ""


NOTHING = Comparison()


def parse_durations(text: str) -> tuple[float, ...]:
    """`1h,1d,3 days` as hours, ascending, each once; raises `InputError`."""
    parts = _parts(text)
    if not 1 <= len(parts) <= MOST_DURATIONS:
        raise InputError(
            "durations", text, "is not a list of durations", f"1 to {MOST_DURATIONS}, such as 1h,1d,7d"
        )
    return tuple(sorted({hours_of(part) for part in parts}))


def parse_countries(catalogue: Catalogue, text: str) -> tuple[str, ...]:
    """`IND,EGY` as codes, each once; raises `InputError`."""
    parts = _parts(text)
    if len(parts) > MOST_PLACES:
        raise InputError("countries", text, "is too long a list", f"at most {MOST_PLACES}")
    return tuple(dict.fromkeys(find_country(catalogue, part).iso3 for part in parts))


def to_link(scenario: Scenario, comparison: Comparison) -> dict[str, str]:
    """The scenario and what differs from the plain comparison, as link parameters."""
    query = to_query(scenario)
    if comparison.durations != DEFAULT_DURATIONS:
        query["durations"] = ",".join(duration_code(hours) for hours in comparison.durations)
    if comparison.countries:
        query["countries"] = ",".join(comparison.countries)
    if comparison.threshold is not None:
        query["threshold"] = repr(comparison.threshold)
    if comparison.show != SECTIONS[0]:
        query["show"] = comparison.show
    if comparison.origin:
        query["from"] = comparison.origin
    for slot, other in enumerate(comparison.others, start=2):
        mine = to_query(other)
        mine.pop("v", None)
        mine = mine or {"country": other.country}  # a slot with nothing in it would be no slot
        query.update({f"s{slot}.{key}": value for key, value in mine.items()})
    if query and "v" not in query:
        query = {"v": "1", **query}
    return query


def from_link(catalogue: Catalogue, query: Mapping[str, str]) -> tuple[Scenario, Comparison, list[str]]:
    """The scenario and comparison of a link, and a sentence for each part that was ignored. Never raises."""
    own: dict[str, str] = {}
    slots: dict[int, dict[str, str]] = {}
    ignored: list[str] = []
    found = NOTHING
    for key, text in query.items():
        slot = SLOT.match(key)
        if slot:
            slots.setdefault(int(slot.group(1)), {})[slot.group(2)] = text
        elif key in LINK_KEYS:
            try:
                found = _with(catalogue, found, key, text, ignored)
            except InputError as problem:
                ignored.append(f"Ignored {problem}.")
        else:
            own[key] = text
    scenario, problems = from_query(catalogue, own)
    ignored = [*problems, *ignored]
    others = []
    for slot_number in sorted(slots):
        other, problems = from_query(catalogue, slots[slot_number])
        ignored += [f"Scenario {slot_number}: {text[0].lower()}{text[1:]}" for text in problems]
        others.append(other)
    return scenario, replace(found, others=tuple(others[: MOST_SCENARIOS - 1])), ignored


def _with(catalogue: Catalogue, found: Comparison, key: str, text: str, ignored: list[str]) -> Comparison:
    if key == "durations":
        hours = _usable(_parts(text), MOST_DURATIONS, parse_durations, key, ignored)
        return replace(found, durations=tuple(sorted(hours)) or found.durations)
    if key == "countries":
        codes = _usable(
            _parts(text), MOST_PLACES, lambda part: parse_countries(catalogue, part), key, ignored
        )
        return replace(found, countries=tuple(codes))
    if key == "threshold":
        return replace(found, threshold=number(key, text, 0, MOST_THRESHOLD, "in the scenario's money"))
    if key == "show":
        if text not in SECTIONS:
            raise InputError(key, text, "is not a part of the page", ", ".join(SECTIONS))
        return replace(found, show=text)
    if not NAME.match(text) or shipped_file(catalogue, text) is None:
        folders = (catalogue.root / "data" / folder for folder in ("scenarios", "events"))
        names = sorted(path.stem for folder in folders for path in folder.glob("*.toml"))
        raise InputError(key, text, "is not a starting point", choices(names, text))
    return replace(found, origin=text)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;~]", text) if part.strip()]


def _usable(
    parts: list[str], most: int, read: Callable[[str], tuple[Item, ...]], key: str, ignored: list[str]
) -> list[Item]:
    """What can be used of a list in a link, each once; a sentence for each part that cannot."""
    good: list[Item] = []
    if len(parts) > most:
        ignored.append(f"Ignored all of {key} after the first {most}.")
    for part in parts[:most]:
        try:
            good += read(part)
        except InputError as problem:
            ignored.append(f"Ignored {problem}.")
    return list(dict.fromkeys(good))
