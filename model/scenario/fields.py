"""What a reader may choose, one row a field.

Link, file, JSON, command line, check, list of changes, controls and data dictionary follow from the row. To add a
field, add a row here and read it in the equation that it moves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from difflib import get_close_matches
from typing import Any, TypeVar

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.reading.dates import moment_of, span_of
from model.scenario import forms
from model.scenario.durations import HOURS, MAX_HOURS
from model.scenario.forms import ValueForm
from model.scenario.readers import length, names_of, number

MAX_SPELLS = 365
MAX_GAP_DAYS = 3650
MIN_DRAWS, MAX_DRAWS, DEFAULT_DRAWS = 256, 65_536, 4_096
MAX_SEED = 2**31 - 1
MAX_TEXT = 200
Value = TypeVar("Value")


@dataclass(frozen=True)
class Flag:
    """An argument of the command line that sets a field.

    `read` turns what was typed (a list of it where the argument is `repeated`) into the field's value; an argument
    with a `constant` takes nothing and sets that.
    """

    name: str
    help: str
    read: Callable[[Any], Any] = lambda text: text
    repeated: bool = False
    constant: Any = None

    @property
    def destination(self) -> str:
        """The name under which the parser hands it back."""
        return self.name.removeprefix("--").replace("-", "_")


@dataclass(frozen=True)
class Field:
    """All that there is to say of one thing that a reader may choose."""

    form: ValueForm
    unit: str  # in the data dictionary, with the meaning
    meaning: str
    label: str = ""  # on its control and in the list of changes
    control: str = ""  # on its control, where that needs other words than the label
    help: str = ""  # beside the control
    key: str = ""  # in a link, where it is not the name
    also: str = ""  # what others call it: an error names the field that they mean
    command: str = ""  # help of the argument that is named after the field
    flags: tuple[Flag, ...] = ()  # arguments in place of that one; two of one field exclude each other
    usual: str = "as usual"  # what it says in the list of changes where nothing is chosen
    goes_with: tuple[str, ...] = ()  # fields that mean nothing without it, or stand in its place
    quality: bool = False  # only kinds take it that name it as their quality_input
    open_label: str = (
        ""  # of a value that the sources of an event leave open; no range in an event without one
    )
    name: str = ""  # of the attribute
    default: Any = None

    @property
    def title(self) -> str:
        """The words on its control."""
        return self.control or self.label


def chosen(default: Value, form: ValueForm, unit: str, meaning: str, **rest: Any) -> Value:
    """The row of a field, as the attribute of a dataclass: its default, and in its metadata a `Field`."""
    value: Value = field(default=default, metadata={"row": Field(form, unit, meaning, **rest)})
    return value


def rows_of(choices: type) -> dict[str, Field]:
    """The rows of a class whose attributes are `chosen`, by name, in their order."""
    return {item.name: _row(item.name, item.default, item.metadata["row"]) for item in fields(choices)}


def _row(name: str, default: object, row: Field) -> Field:
    flags = row.flags
    if not flags and row.command:
        shown = f"{default:g}" if isinstance(default, float) else default
        usual = "" if default is None else f" (default {shown})"
        flags = (Flag(f"--{name.replace('_', '-')}", row.command + usual),)
    return replace(row, name=name, default=default, key=row.key or name, flags=flags)


@dataclass(frozen=True)
class Header:
    """Who named the scenario, when, after which source, and which value expresses which fact."""

    title: str = chosen("", forms.text(2 * MAX_TEXT), "text", "Name of the scenario")
    author: str = chosen("", forms.text(2 * MAX_TEXT), "text", "Who named it")
    date: str = chosen("", forms.text(2 * MAX_TEXT), "text", "When")
    reference: str = chosen("", forms.text(2 * MAX_TEXT), "text", "After which source")
    why: str = chosen("", forms.text(20 * MAX_TEXT), "text", "Which value expresses which fact")


@dataclass(frozen=True)
class Choices:
    """What happens, for how long and where, and how it is computed and shown. The defaults are the baseline."""

    country: str = chosen(
        HOME, forms.COUNTRY, "ISO 3166 code", "The economy", label="Country", control="Where",
        also="iso iso3 iso_code country_code code economy nation", command="ISO3 code or name",
        goes_with=("regions", "place", "currency", "old_money"),
    )  # fmt: skip
    kind: str = chosen(
        "full_blackout", forms.KIND, "text", "What happens", label="Type of disruption", control="What",
        also="type disruption disruption_type shutdown_type", command="see: list kinds",
        goes_with=("ratio", "capacity_lost", "ordered_by_authority"),
    )  # fmt: skip
    hours: float = chosen(
        24.0, forms.DURATION, "hours", "Length of one outage", key="duration", label="How long",
        also="day hour minutes weeks months length lasts",
        help="Type 90 minutes, 36 hours, 3 days, 2 weeks or 6 months; or drag the slider under the headline.",
        open_label="Length",
        flags=(
            Flag("--days", "days of one outage, or its length such as '36 hours'",
                 lambda text: 24 * length("days", text, MAX_HOURS / HOURS["day"], "days")),
            Flag("--hours", "hours of one outage, or its length such as '3 days'",
                 lambda text: length("hours", text, MAX_HOURS, "hours")),
        ),
    )  # fmt: skip
    spells: int = chosen(
        1, forms.count(1, MAX_SPELLS), "count", "Number of outages", label="Number of outages",
        command="number of outages",
        also="times count repeats repetitions",
        help="How many times it happens. People must find workarounds again each time.",
        open_label="Number of outages",
    )  # fmt: skip
    gap_days: float = chosen(
        7.0, forms.days(MAX_GAP_DAYS), "days", "Time between outages", label="Days between",
        also="gap pause", command="days between outages",
        help="Days between two outages. Customers wait at most that long.",
        goes_with=("period_days",),
    )  # fmt: skip
    period_days: float | None = chosen(
        None, forms.days(MAX_GAP_DAYS), "days",
        "Time from the start of an outage to the start of the next; null: the time between outages counts",
        label="Days from start to start", also="period every",
        command="days from the start of an outage to that of the next",
        help="1 for every day at the same hour. Customers wait at most until the next outage.", usual="not given",
        goes_with=("gap_days",),
    )  # fmt: skip
    ratio: float | None = chosen(
        None, forms.share(), "share", "Service quality left in a slowdown; null: the default, or another kind",
        label="Quality left", control="Quality left (now over before)", quality=True, open_label="Quality left",
        also="quality speed slowdown throttle", command="service quality of a slowdown, now over before",
    )  # fmt: skip
    capacity_lost: float | None = chosen(
        None, forms.share(), "share", "International capacity lost in a cable cut; null as for ratio",
        label="International capacity lost", quality=True, open_label="Capacity lost",
        also="capacity", command="share of international capacity lost in a cable cut",
    )  # fmt: skip
    regions: tuple[str, ...] = chosen(
        (), forms.NAMES, "text", "Affected regions of Pakistan; empty: the whole country, or a share",
        key="region", label="Regions", also="province provinces state area",
        help="No region chosen means the whole country.",
        usual="whole country", goes_with=("place",),
        flags=(Flag("--region", "region of Pakistan; repeat or separate by commas",
                    lambda items: names_of(",".join(items)), repeated=True),),
    )  # fmt: skip
    place: float | None = chosen(
        None, forms.share("share of the country"), "share",
        "Affected share of the country; null: all of it, or the regions",
        label="How much of the economy is affected", control="How much of it",
        also="share part affected share_affected coverage",
        command="affected share of the country", help="The share of every industry that is inside the affected place.",
        usual="whole country", goes_with=("regions",), open_label="Share of the country",
    )  # fmt: skip
    start: str | None = chosen(
        None, forms.LOCAL_TIME, "local time", "Start; null: an average hour of the week", label="Local start",
        control="Set start date and time", also="start_time local_time at",
        command="local start time, such as 2026-01-05T10:00",
        help="A cut at 2 a.m. is cheap for shops and dear for call centres that serve America.",
        usual="any hour of the week",
    )  # fmt: skip
    ongoing: bool | None = chosen(
        None, forms.YES_NO, "true or false",
        "Whether it still goes on, so that its length is a lower bound; null: it is over",
        label="Still going on", usual="it is over",
        help="It has no end yet: the length is what has passed, and the amounts are a lower bound.",
        flags=(Flag("--ongoing", "it still goes on: the length is a lower bound", constant=True),),
    )  # fmt: skip
    ordered_by_authority: bool | None = chosen(
        None, forms.YES_NO, "true or false", "Whether an authority ordered it; null: the usual", key="ordered",
        label="Government-ordered (exempted lines stay on)",
        usual="as usual for the type", help="Exempted lines stay on only in cuts that a government orders.",
        flags=(Flag("--not-ordered", "no authority ordered it", constant=False),),
    )  # fmt: skip
    currency: str = chosen(
        "USD", forms.MONEY, "ISO 4217 code", "Money that was asked for", label="Currency", also="money unit",
        command="USD or the country's own",
    )  # fmt: skip
    old_money: bool | None = chosen(
        None, forms.YES_NO, "true or false", "Whether an old GDP gives amounts in money; null: shares of it",
        label="Money of an old GDP", usual="a share of GDP",
        help="Where the GDP is older than five years, or from before a change of money, the loss is a share of it.",
        flags=(Flag("--old-money", "amounts in money where the GDP is too old for them", constant=True),),
    )  # fmt: skip
    draws: int = chosen(
        DEFAULT_DRAWS, forms.count(MIN_DRAWS, MAX_DRAWS), "count", "Number of simulations", label="Simulations",
        also="samples runs iterations n_draws", command="number of simulations",
    )  # fmt: skip
    seed: int = chosen(
        1,
        forms.count(0, MAX_SEED),
        "count",
        "Seed of the simulations",
        label="Seed of the simulations",
        also="random_seed",
        command="seed of the simulations",
    )


@dataclass(frozen=True)
class End:
    """One end of a disruption, which link, file, command line and page take in place of its length."""

    key: str  # in a link and a file
    flag: Flag
    label: str
    control: str  # on the page, where it follows the length
    help: str
    example: str
    also: str


BEGINS = End(
    "begins", Flag("--from", "first day, or the start with its time; with --to in place of a length"),
    "From", "or from",
    "The first day, or the start with its local time: 5 January 2026, 5 Jan 2026 14:30, 2026-01-05.",
    "5 Jan 2026", "begin since start_date date_from from_date first_day",
)  # fmt: skip
ENDS = End(
    "ends", Flag("--to", "last day, the end with its time, or ongoing"), "To", "to",
    "The last day, the end with its time, or: ongoing. Without a time both days count.",
    "or: ongoing", "end until till end_date date_to to_date last_day",
)  # fmt: skip
ENDS_OF = (BEGINS, ENDS)


def with_ends(begins: str, ends: str, names: tuple[str, str], *, sized: bool) -> tuple[dict[str, Any], str]:
    """What two ends change in a scenario, by field, and what to say of how they were read; raises `InputError`.

    `names` are what the ends are called where they were given. A start with its time may stand beside a length
    (`sized`) in place of an end.
    """
    if not begins.strip():
        raise InputError(names[0], begins, "is missing", f"a start beside {names[1]}")
    if sized and ends.strip():
        raise InputError(names[1], ends, "cannot be given beside a length", "an end or a length")
    if not ends.strip():
        first = moment_of(names[0], begins)
        if not sized or first.clock is None:
            wanted = "a start with its time" if sized else f"{names[1]} beside it, or a length"
            raise InputError(names[0], begins, "has no end and no time" if sized else "has no end", wanted)
        return {"start": first.begins.isoformat(timespec="minutes")}, ""
    span = span_of(begins, ends, datetime.now(), names)
    hours = number("duration", span.hours, 0, MAX_HOURS, "hours (two years)")
    return {"hours": hours, "start": span.start, "ongoing": span.ongoing or None}, span.note


FIELDS = rows_of(Choices)
HEADER = rows_of(Header)
BY_KEY = {row.key: row for row in FIELDS.values()}
MEANT = {
    "_".join(word.casefold().split()): row.key
    for row in FIELDS.values()
    for word in (
        row.key,
        row.name,
        row.label,
        row.title,
        *(flag.destination for flag in row.flags),
        *row.also.split(),
    )
    if word
} | {word: end.key for end in ENDS_OF for word in (end.flag.destination, *end.also.split())}
IN_SLOT = re.compile(r"(?:(s\d+|from)\.)?([^.]+)")  # the name of a field in a link, with the slot before it
SLOTS = ("s2", "s3", "s4")  # of the scenarios that a link compares with its own


def near_name(given: str) -> str:
    """The name in a link of the field that is meant by another word for it; '' where none is.

    Where more scenarios are given than a link holds, the names in those that it does hold.
    """
    parts = IN_SLOT.fullmatch("_".join(re.split(r"[\s_-]+", given.casefold().strip())))
    near = get_close_matches(parts[2], MEANT, 1, 0.8) if parts else []
    if not parts or not near:
        return ""
    slot, meant = parts[1], MEANT[near[0]]
    if slot is None:
        return meant
    return ", ".join(f"{one}.{meant}" for one in ((slot,) if slot in (*SLOTS, "from") else SLOTS))


def exclusive(name: str) -> tuple[str, ...]:
    """The fields that stand in the place of this one: each goes with the other."""
    return tuple(other for other in FIELDS[name].goes_with if name in FIELDS[other].goes_with)


def kinds_with(catalogue: Catalogue, name: str) -> list[str]:
    """The kinds of disruption whose quality this field gives."""
    return [kind.key for kind in catalogue.kinds.values() if kind.quality_input == name]
