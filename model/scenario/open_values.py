"""The values that the sources of an event leave open: low, best and high, read from its file and said in words.

    [range.hours]                   # or ratio, capacity_lost, spells, place, "platform.weight"
    values = [24.0, 36.0, 48.0]     # low, best, high; best is the scenario's own
    status = "assumption"           # or "read": all three come from a source, or from its dates
    why = "The source gives no end."

A range of hours is of one spell. A range of spells keeps the sum of the hours and the days between two starts, as
only those are known of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from model.common.errors import InputError
from model.common.numbers import duration_text, trimmed
from model.scenario.durations import MAX_HOURS
from model.scenario.readers import number, whole
from model.scenario.scenario import BASELINE, MAX_SPELLS

Status = Literal["read", "assumption"]
STATUSES: tuple[Status, ...] = ("read", "assumption")
WEIGHT = "platform.weight"  # an assumption of the model, not a field of the scenario; 1 where it is not set
LIMITS: dict[str, tuple[float, float, str]] = {
    "hours": (0, MAX_HOURS, "hours (two years)"),
    "spells": (1, MAX_SPELLS, "spells"),
    "ratio": (0, 1, "share"),
    "capacity_lost": (0, 1, "share"),
    "place": (0, 1, "share of the country"),
    WEIGHT: (0, 5, "x"),
}
LABELS = {
    "hours": "Length", "spells": "Number of spells", "ratio": "Quality left", "capacity_lost": "Capacity lost",
    "place": "Share of the country", "platform.weight": "Weight of the platform",
}  # fmt: skip
PARTS = ("values", "status", "why")
WEEK, QUARTER = 168.0, 6.0


@dataclass(frozen=True)
class Range:
    """A value that is not known: low, best and high, where they come from, and why these."""

    field: str
    low: float
    best: float
    high: float
    status: Status
    why: str

    def ends(self) -> dict[str, float]:
        """The values by name; best alone where it is an end itself, so that no value stands twice."""
        named = {"low": self.low, "best": self.best, "high": self.high}
        return {name: value for name, value in named.items() if name == "best" or value != self.best}

    def name_of(self, value: float) -> str:
        """What a value is called in the range: low, best, high or between low and high."""
        names = {self.low: "low", self.high: "high", self.best: "best"}
        return names.get(value, "between low and high")


def ranges_of(table: Mapping[str, Any], hours: float) -> tuple[Range, ...]:
    """The ranges in a parsed event file whose scenario is checked already.

    Raises `InputError`. `hours` is the scenario's own length.
    """
    body = table.get("range", {})
    if not isinstance(body, Mapping):
        raise InputError("range", body, "is not a table", "[range.hours] with values, status and why")
    for name, value in body.items():
        if name not in LIMITS:
            raise InputError(f"range.{name}", value, "is not known", ", ".join(LIMITS))
    given = table["scenario"]
    own: dict[str, Any] = {name: given.get(name) for name in ("ratio", "capacity_lost", "place")}
    own |= {"hours": hours, "spells": given.get("spells", BASELINE.spells)}
    if given.get("kind") == "single_platform_block":
        weight = given.get("set", {}).get(WEIGHT, 1.0)
        own[WEIGHT] = None if isinstance(weight, list) else weight  # a range of the model has no single value
    if "hours" in body and "spells" in body:
        raise InputError(
            "range.spells", "[...]", "cannot stand beside hours", "one of them: spells keep the sum"
        )
    reference = str(table.get("reference", ""))
    return tuple(_range(name, body[name], own.get(name), reference) for name in LIMITS if name in body)


def _range(name: str, body: object, own: object, reference: str) -> Range:
    """One range; raises `InputError`."""
    field = f"range.{name}"
    if not isinstance(body, Mapping):
        raise InputError(field, body, "is not a table", f"[{field}] with {', '.join(PARTS)}")
    for part in body:
        if part not in PARTS:
            raise InputError(f"{field}.{part}", body[part], "is not known", ", ".join(PARTS))
    given = body.get("values")
    if not isinstance(given, list) or len(given) != 3:
        raise InputError(field, given, "is not usable", "values = [low, best, high]")
    low, best, high = (_value(field, name, value) for value in given)
    if not low <= best <= high or low == high:
        raise InputError(field, given, "is not in order", "low <= best <= high and low < high")
    if own is None:
        raise InputError(field, best, "is no value of this event", f"{name} in [scenario]")
    if best != own:
        raise InputError(field, best, "is not the scenario's own value", f"{own:g}, as in [scenario]")
    why = body.get("why")
    if not isinstance(why, str) or not why.strip():
        raise InputError(f"{field}.why", why, "is missing", "a sentence: where the two ends come from")
    status = body.get("status")
    if status == "read" and not has_address(f"{reference} {why}"):
        raise InputError(f"{field}.status", status, "has no source", "an address in the reference or in why")
    for known in STATUSES:
        if status == known:
            return Range(name, low, best, high, known, why.strip())
    raise InputError(f"{field}.status", status, "is not a status", " or ".join(STATUSES))


def _value(field: str, name: str, value: object) -> float:
    low, high, unit = LIMITS[name]
    if isinstance(value, str):  # a file has types; only a link is text
        raise InputError(field, value, "is not a number", unit)
    if name == "spells":
        return float(whole(field, value, int(low), int(high)))
    return number(field, value, low, high, unit)


def has_address(text: str) -> bool:
    return "http://" in text or "https://" in text


def length_words(hours: float) -> str:
    """A length as its sources give it: `50 hours` where days would be broken, else as on the page."""
    if 48 <= hours < WEEK and hours % QUARTER:
        return f"{hours:g} hours"
    return duration_text(hours)


def share_words(share: float) -> str:
    """A share to three digits: `0.09 %`, `47.4 %`, `70 %`."""
    return f"{trimmed(share * 100, 3)} %"


def size_words(item: Range, value: float) -> str:
    """A value of a range alone, under its label: `14 days`, `43 %`, `5`; lengths all in hours where one is."""
    if item.field == "hours":
        in_hours = any("hour" in length_words(end) for end in (item.low, item.best, item.high))
        return f"{value:g} hour{'' if value == 1 else 's'}" if in_hours else length_words(value)
    return f"{value:g}" if item.field in ("spells", "platform.weight") else share_words(value)


def value_words(item: Range, value: float, hours: float) -> str:
    """A value that says what it is: `14 days`, `capacity lost 43 %`, `5 spells of 10 hours`."""
    size = size_words(item, value)
    if item.field == "hours":
        return size
    if item.field == "spells":
        return f"{size} spells of {length_words(hours)}"
    return f"{LABELS[item.field][0].lower()}{LABELS[item.field][1:]} {size}"


def range_words(item: Range) -> str:
    """A range as a sentence: from low to high with the best value, or the bound where best is an end."""
    low, best, high = (size_words(item, value) for value in (item.low, item.best, item.high))
    basis = "an assumption" if item.status == "assumption" else "as read in the sources"
    if item.best == item.low:
        text = f"at least {best}, at most {high}"
    elif item.best == item.high:
        text = f"at most {best}, at least {low}"
    else:
        text = f"{low} to {high}, most likely {best}"
    return f"{LABELS[item.field]}: {text} ({basis})."
