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

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.common.numbers import duration_parts, duration_text, trimmed
from model.common.ranges import from_to
from model.scenario.fields import FIELDS
from model.scenario.readers import number
from model.scenario.scenario import Scenario

OpenValueStatus = Literal["read", "assumption"]
STATUSES: tuple[OpenValueStatus, ...] = ("read", "assumption")
# In the title of an event.
BASES: dict[OpenValueStatus, str] = {"read": "as read", "assumption": "an assumption"}
BETWEEN = "between low and high"
WEIGHT = "platform.weight"  # an assumption of the model, not a field of the scenario; 1 where it is not set
LABELS = {name: row.open_label for name, row in FIELDS.items() if row.open_label} | {
    WEIGHT: "Weight of the platform"
}
PARTS = ("values", "status", "why")
WEEK, QUARTER = 168.0, 6.0


@dataclass(frozen=True)
class OpenValue:
    """A value that is not known: low, best and high, where they come from, and why these."""

    field: str
    low: float
    best: float
    high: float
    status: OpenValueStatus
    why: str

    def ends(self) -> dict[str, float]:
        """The values by name; best alone where it is an end itself, so that no value stands twice."""
        named = {"low": self.low, "best": self.best, "high": self.high}
        return {name: value for name, value in named.items() if name == "best" or value != self.best}

    def name_of(self, value: float) -> str:
        """What `value`, in the unit of the field, is called in the range: low, best, high or `BETWEEN`."""
        names = {self.low: "low", self.high: "high", self.best: "best"}
        return names.get(value, BETWEEN)


def ranges_of(catalogue: Catalogue, table: Mapping[str, Any], scenario: Scenario) -> tuple[OpenValue, ...]:
    """The ranges in the parsed file of an event; raises `InputError`.

    `scenario` is what the rest of the file says, checked: the best value of a range is its own.
    """
    body = table.get("range", {})
    if not isinstance(body, Mapping):
        raise InputError("range", body, "is not a table", "[range.hours] with values, status and why")
    for name, value in body.items():
        if name not in LABELS:
            raise InputError(f"range.{name}", value, "is not known", LABELS)
    if "hours" in body and "spells" in body:
        raise InputError(
            "range.spells", "[...]", "cannot stand beside hours", "one of them: outages keep the sum"
        )
    return tuple(_range(catalogue, name, body[name], scenario) for name in LABELS if name in body)


def _range(catalogue: Catalogue, name: str, body: object, scenario: Scenario) -> OpenValue:
    """The range of the field `name`; raises `InputError`."""
    field = f"range.{name}"
    if not isinstance(body, Mapping):
        raise InputError(field, body, "is not a table", f"[{field}] with {', '.join(PARTS)}")
    for part in body:
        if part not in PARTS:
            raise InputError(f"{field}.{part}", body[part], "is not known", PARTS)
    given = body.get("values")
    if not isinstance(given, list) or len(given) != 3:
        raise InputError(field, given, "is not usable", "values = [low, best, high]")
    low, best, high = (_number(catalogue, name, value) for value in given)
    if not low <= best <= high or low == high:
        raise InputError(field, given, "is not in order", "low <= best <= high and low < high")
    own = _own(catalogue, scenario, name)
    if own is None:
        raise InputError(field, best, "is no value of this event", f"{name} in [scenario]")
    if best != own:
        raise InputError(field, best, "is not the scenario's own value", f"{own:g}, as in [scenario]")
    why = body.get("why")
    if not isinstance(why, str) or not why.strip():
        raise InputError(f"{field}.why", why, "is missing", "a sentence: where the two ends come from")
    status = body.get("status")
    if status == "read" and not has_address(f"{scenario.header.reference} {why}"):
        raise InputError(f"{field}.status", status, "has no source", "an address in the reference or in why")
    for allowed in STATUSES:
        if status == allowed:
            return OpenValue(name, low, best, high, allowed, why.strip())
    raise InputError(f"{field}.status", status, "is not a status", STATUSES)


def _number(catalogue: Catalogue, name: str, value: object) -> float:
    """An end of a range within the limits of its field; raises `InputError`."""
    field = f"range.{name}"
    if name == WEIGHT:
        weight = catalogue.parameters[WEIGHT]
        return number(field, value, weight.min, weight.max, weight.unit)
    return float(FIELDS[name].form.check(catalogue, field, value))


def _own(catalogue: Catalogue, scenario: Scenario, name: str) -> float | None:
    """The scenario's one number for a field that may be left open, None where it has none."""
    if name != WEIGHT:
        value: float | None = getattr(scenario, name)
        return value
    if catalogue.kinds[scenario.kind].weighed_by != WEIGHT:
        return None
    weight = scenario.assumptions.get(WEIGHT, 1.0)
    return None if isinstance(weight, tuple) else weight


def has_address(text: str) -> bool:
    return "http://" in text or "https://" in text


def _length_words(hours: float) -> str:
    """A length as its sources give it: `50 hours` where days would be broken, else as on the page."""
    return f"{hours:g} hours" if _breaks_days(hours) else duration_text(hours)


def _breaks_days(hours: float) -> bool:
    return bool(48 <= hours < WEEK and hours % QUARTER)


def _share_words(share: float) -> str:
    """A share to three digits: `0.09%`, `47.4%`, `70%`."""
    return f"{trimmed(share * 100, 3)}%"


def size_words(item: OpenValue, value: float) -> str:
    """A `value` of a range alone, under its label: `14 days`, `43%`, `5`; lengths all in hours where one is.

    It is in the unit of the field: hours, spells, a weight, or a share or ratio of 1.
    """
    if item.field == "hours":
        ends = (item.low, item.best, item.high)
        in_hours = any(_breaks_days(end) or duration_parts(end)[1] == "hour" for end in ends)
        return f"{value:g} hour{'' if value == 1 else 's'}" if in_hours else _length_words(value)
    return f"{value:g}" if item.field in ("spells", "platform.weight") else _share_words(value)


def value_words(item: OpenValue, value: float, hours: float) -> str:
    """A `value` (as in `size_words`) that says what it is: `14 days`, `capacity lost 43%`, `5 outages of 10 hours`.

    `hours` are the length of one of these outages.
    """
    size = size_words(item, value)
    if item.field == "hours":
        return size
    if item.field == "spells":
        return f"{size} outages of {_length_words(hours)}"
    return f"{LABELS[item.field][0].lower()}{LABELS[item.field][1:]} {size}"


def range_words(item: OpenValue) -> str:
    """A range as a sentence: from low to high with the best value, or the bound where best is an end."""
    low, best, high = (size_words(item, value) for value in (item.low, item.best, item.high))
    basis = "an assumption" if item.status == "assumption" else "as read in the sources"
    if item.best == item.low:
        text = f"at least {best}, at most {high}"
    elif item.best == item.high:
        text = f"at most {best}, at least {low}"
    else:
        text = f"{from_to(low, high)}, most likely {best}"
    return f"{LABELS[item.field]}: {text} ({basis})."
