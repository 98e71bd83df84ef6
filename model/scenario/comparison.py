"""A comparison in one link: the reader's scenario, where it began, and what stands beside it.

The first scenario uses the plain keys of `model.scenario.link`; the others the same keys with `s2.`, `s3.`, `s4.`,
and the reader's own starting point with `from.`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from model.catalogue.load import Catalogue, shipped_file
from model.common.errors import InputError, choices
from model.scenario.durations import duration_code, hours_of
from model.scenario.fields import BY_KEY, ENDS_OF, HEADER, MAX_DRAWS, SLOTS
from model.scenario.former import note_on
from model.scenario.link import FORMER_VERSION, LINK_VERSION, from_query, leave_out, to_query
from model.scenario.places import find_country
from model.scenario.readers import number
from model.scenario.scenario import BASELINE, Scenario

DEFAULT_DURATIONS = (1.0, 24.0, 72.0, 168.0, 720.0)
SLOT = re.compile(rf"^({'|'.join(SLOTS)}|from)\.(.+)$")
START = "from"
ITSELF = "this"  # `from=this`: the link's scenario is itself a starting point, as after opening a file
NAME = re.compile(r"^[a-z0-9_]{1,80}$")
ItemType = TypeVar("ItemType")
SECTIONS = ("durations", "kinds", "scenarios", "places", "breakeven")
MOST_SCENARIOS, MOST_DURATIONS, MOST_PLACES = len(SLOTS) + 1, 12, 12
MOST_THRESHOLD = 1e15  # of money, in the unit of a scenario
LINK_KEYS = ("durations", "countries", "picked", "threshold", "show", "steps", "from")


@dataclass(frozen=True)
class Comparison:
    """What stands beside the reader's scenario.

    `threshold` in the scenario's money, `countries` as ISO3 codes (none: the regions of Pakistan, and `picked` the
    countries that the reader chose before and comes back to), `show` the part that is open, `steps` whether a length
    is compared with the one before it instead of the first.
    Where the scenario began: `origin` is the file name of the shipped starting point that it has moved away from,
    or `this` where it began as it is; `start` is the reader's own that it has moved away from.
    """

    durations: tuple[float, ...] = DEFAULT_DURATIONS
    countries: tuple[str, ...] = ()
    picked: tuple[str, ...] = ()
    others: tuple[Scenario, ...] = ()
    threshold: float | None = None
    show: str = SECTIONS[0]
    steps: bool = False
    origin: str = ""
    start: Scenario | None = None


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
    query = to_query(scenario, HEADER)
    if comparison.durations != DEFAULT_DURATIONS:
        query["durations"] = ",".join(duration_code(hours) for hours in comparison.durations)
    if comparison.countries:
        query["countries"] = ",".join(comparison.countries)
    elif comparison.picked:
        query["picked"] = ",".join(comparison.picked)
    if comparison.threshold is not None:
        query["threshold"] = repr(comparison.threshold)
    if comparison.show != SECTIONS[0]:
        query["show"] = comparison.show
    if comparison.steps:
        query["steps"] = "yes"
    if comparison.origin:
        query["from"] = comparison.origin
    slots = {f"s{number}": other for number, other in enumerate(comparison.others, start=2)}
    if comparison.start is not None and not comparison.origin:
        slots[START] = comparison.start
    for slot, other in slots.items():
        mine = to_query(other, HEADER if slot == START else ("title",))
        mine.pop("v", None)
        mine = mine or {"country": other.country}  # a slot with nothing in it would be no slot
        query.update({f"{slot}.{key}": value for key, value in mine.items()})
    if query and "v" not in query:
        query = {"v": LINK_VERSION, **query}
    return query


def is_link_name(catalogue: Catalogue, name: str) -> bool:
    """Whether a link to a scenario and its comparison has a parameter of that name."""
    slot = SLOT.match(name)
    if slot is None and name in ("v", *LINK_KEYS):
        return True
    key = slot[2] if slot else name
    return (
        key in BY_KEY or key in HEADER or key in catalogue.parameters or key in (end.key for end in ENDS_OF)
    )


def is_of_comparison(name: str) -> bool:
    """Whether a parameter of a link says what stands beside the scenario; where the scenario began is no part of it."""
    slot = SLOT.match(name)
    return slot[1] != START if slot else name in LINK_KEYS and name != START


def from_link(
    catalogue: Catalogue, query: Mapping[str, str], *, strict: bool = False, most_draws: int = MAX_DRAWS
) -> tuple[Scenario, Comparison, list[str]]:
    """The scenario and comparison of a link, and a sentence for each part that was ignored.

    A link of an earlier model says first that its number has changed. Only where it is `strict` it raises: the
    `InputError` of the first part that cannot be used. `most_draws` simulations are taken at most.
    """
    own: dict[str, str] = {}
    slots: dict[str, dict[str, str]] = {}
    ignored: list[str] = []
    beside = NOTHING
    for key, text in query.items():
        if match := SLOT.match(key):
            slots.setdefault(match.group(1), {})[match.group(2)] = text
        elif key in LINK_KEYS:
            try:
                beside = _with(catalogue, beside, key, text, ignored, strict=strict)
            except InputError as problem:
                leave_out(problem, ignored, strict=strict)
        else:
            own[key] = text
    scenario, problems = from_query(catalogue, own, strict=strict, most_draws=most_draws)
    former = [note_on(catalogue, scenario, "link")] if own.get("v") == FORMER_VERSION else []
    ignored = [*former, *problems, *ignored]
    start = None
    if START in slots:
        start, problems = _of_slot(catalogue, START, slots.pop(START), most_draws, strict=strict)
        ignored += [f"Starting point: {text[0].lower()}{text[1:]}" for text in problems]
        if beside.origin:  # two answers to one question: the one that the project ships is sure
            ignored.append(
                f"Ignored the values of a starting point: the link also says from={beside.origin}."
            )
            start = None
    if beside.countries and beside.picked:  # the countries that are shown are the reader's pick
        ignored.append("Ignored picked: the link also says countries.")
        beside = replace(beside, picked=())
    others = []
    for slot in sorted(slots):
        other, problems = _of_slot(catalogue, slot, slots[slot], most_draws, strict=strict)
        nothing = bool(problems) and other == BASELINE  # of all that the link says of it
        label = f"Kept scenario {int(slot[1:]) - 1}{', left out' if nothing else ''}"
        ignored += [f"{label}: {text[0].lower()}{text[1:]}" for text in problems]
        if not nothing:
            others.append(other)
    beside = replace(beside, others=tuple(others[: MOST_SCENARIOS - 1]), start=start)
    return scenario, beside, ignored


def _of_slot(
    catalogue: Catalogue, slot: str, query: Mapping[str, str], most_draws: int, *, strict: bool
) -> tuple[Scenario, list[str]]:
    """The scenario of a slot; what is wrong with it has the name that it has in the link."""
    try:
        return from_query(catalogue, query, strict=strict, most_draws=most_draws)
    except InputError as problem:
        raise problem.named(f"{slot}.{problem.field}") from None


def _with(
    catalogue: Catalogue, beside: Comparison, key: str, text: str, ignored: list[str], *, strict: bool
) -> Comparison:
    if key == "durations":
        if strict:
            return replace(beside, durations=parse_durations(text))
        hours = _usable(_parts(text), MOST_DURATIONS, parse_durations, key, ignored)
        return replace(beside, durations=tuple(sorted(hours)) or beside.durations)
    if key in ("countries", "picked"):
        codes = (
            list(parse_countries(catalogue, text)) if strict
            else _usable(_parts(text), MOST_PLACES, lambda part: parse_countries(catalogue, part), key, ignored)
        )  # fmt: skip
        if key == "picked":
            return replace(beside, picked=tuple(codes))
        return replace(beside, countries=tuple(codes))
    if key == "threshold":
        return replace(beside, threshold=number(key, text, 0, MOST_THRESHOLD, "in the scenario's money"))
    if key == "show":
        if text not in SECTIONS:
            raise InputError(key, text, "is not a part of the page", SECTIONS)
        return replace(beside, show=text)
    if key == "steps":
        if text not in ("yes", "no"):
            raise InputError(key, text, "is no answer", "yes, no")
        return replace(beside, steps=text == "yes")
    if text != ITSELF and (not NAME.match(text) or shipped_file(catalogue, text) is None):
        folders = (catalogue.root / "data" / folder for folder in ("scenarios", "events"))
        names = sorted(path.stem for folder in folders for path in folder.glob("*.toml"))
        raise InputError(key, text, "is not a starting point", choices(names, text))
    return replace(beside, origin=text)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;~]", text) if part.strip()]


def _usable(
    parts: list[str], most: int, read: Callable[[str], tuple[ItemType, ...]], key: str, ignored: list[str]
) -> list[ItemType]:
    """What can be used of a list in a link, each once; a sentence for each part that cannot."""
    good: list[ItemType] = []
    if len(parts) > most:
        ignored.append(f"Ignored all of {key} after the first {most}.")
    for part in parts[:most]:
        try:
            good += read(part)
        except InputError as problem:
            ignored.append(f"Ignored {problem}.")
    return list(dict.fromkeys(good))
