"""A scenario as a link, as a file and as JSON: only what differs, whitelisted, checked, versioned.

A link forgives: what cannot be used is left out and said. A file is strict: nothing of it is applied unless
all of it can be.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
import tomli_w

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, parse_override, written
from model.common.errors import InputError, choices, shown
from model.scenario.events import Event, check_header, ranges_of
from model.scenario.scenario import (
    BASELINE,
    HOURS,
    Header,
    Scenario,
    checked,
    hours_of,
)

LINK_VERSION = "1"
DEEP_NAME = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){20}""")
MAX_FILE = 64 * 1024
MAX_LINK_VALUES = 400
HEADER_FIELDS = tuple(item.name for item in fields(Header))


def duration_code(hours: float) -> str:
    """Hours as a link and a file name carry them: `36h`, `7d`; reads back to the same value."""
    days = hours / HOURS["day"]
    if hours and days == int(days):
        return f"{days:.0f}d"
    return f"{np.format_float_positional(hours, trim='-')}h"  # never 1e-05


def _yes_no(text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise InputError("ordered", text, "is not an answer", "yes or no")
    return text.lower() == "yes"


# Link key -> scenario field, how it is read, how it is written. Numbers stay text until the whole is checked.
LINK_FIELDS: dict[str, tuple[str, Callable[[str], Any], Callable[[Any], str]]] = {
    "country": ("country", str, str),
    "kind": ("kind", str, str),
    "duration": ("hours", hours_of, duration_code),
    "spells": ("spells", str, str),
    "gap_days": ("gap_days", str, repr),
    "ratio": ("ratio", str, repr),
    "capacity_lost": ("capacity_lost", str, repr),
    "region": (
        "regions",
        lambda text: tuple(part.strip() for part in text.split(",") if part.strip()),
        ",".join,
    ),
    "place": ("place", str, repr),
    "start": ("start", str, str),
    "ordered": ("ordered_by_authority", _yes_no, lambda flag: "yes" if flag else "no"),
    "currency": ("currency", str, str),
    "draws": ("draws", str, str),
    "seed": ("seed", str, str),
}


def to_query(scenario: Scenario, words: Collection[str] = ("title",)) -> dict[str, str]:
    """What differs from the baseline, as link parameters; empty for the baseline itself.

    `words` are the parts of the header that go with it.
    """
    query: dict[str, str] = {}
    for key, (name, _, write) in LINK_FIELDS.items():
        value = getattr(scenario, name)
        if value is not None and value != getattr(BASELINE, name):
            query[key] = write(value)
    query.update({key: written(value) for key, value in scenario.assumptions.items()})
    query.update({name: text for name in words if (text := getattr(scenario.header, name))})
    return {"v": LINK_VERSION, **query} if query else {}


def link_text(query: Mapping[str, str]) -> str:
    """Link parameters as a file names them: a link to paste that stays readable; `baseline` for none."""
    return urlencode(query, safe=":,~ ") or "baseline"


def from_query(catalogue: Catalogue, query: Mapping[str, str]) -> tuple[Scenario, list[str]]:
    """The scenario of a link, and a sentence for each part that was ignored and why. Never raises."""
    ignored: list[str] = []
    scenario = BASELINE
    rest = dict(list(query.items())[:MAX_LINK_VALUES])
    if len(query) > MAX_LINK_VALUES:
        ignored.append(f"Ignored everything after the first {MAX_LINK_VALUES} values of the link.")
    version = rest.pop("v", LINK_VERSION)
    if version != LINK_VERSION:
        ignored.append(
            f"The link has version {shown(version)}; this page reads version {LINK_VERSION} and tries its best."
        )
    for key in [
        *(key for key in LINK_FIELDS if key in rest),
        *(key for key in rest if key not in LINK_FIELDS),
    ]:
        try:
            scenario = checked(catalogue, _with(catalogue, scenario, key, rest[key]))
        except InputError as problem:
            ignored.append(f"Ignored {problem}.")
    return scenario, ignored


def _with(catalogue: Catalogue, scenario: Scenario, key: str, text: str) -> Scenario:
    if key in LINK_FIELDS:
        name, read, _ = LINK_FIELDS[key]
        return scenario.with_changes(**{name: read(text)})
    if key in HEADER_FIELDS:
        return scenario.with_changes(header=replace(scenario.header, **{key: text}))
    if key in catalogue.parameters:
        value = parse_override(catalogue.parameters[key], text)
        return scenario.with_changes(assumptions={**scenario.assumptions, key: value})
    names = [*LINK_FIELDS, *HEADER_FIELDS, *catalogue.parameters]
    raise InputError(key, key, "is no name that a link knows", choices(names, key))


def as_dict(scenario: Scenario) -> dict[str, Any]:
    """Everything needed to repeat the scenario, ready for JSON."""
    table: dict[str, Any] = {
        name: getattr(scenario, name)
        for name in ("country", "kind", "hours", "spells", "gap_days", "ratio", "capacity_lost", "place", "start",
                     "ordered_by_authority", "currency", "draws", "seed")
    }  # fmt: skip
    table["regions"] = list(scenario.regions)
    table["set"] = {key: list(v) if isinstance(v, tuple) else v for key, v in scenario.assumptions.items()}
    table["header"] = asdict(scenario.header)
    return table


def to_toml(scenario: Scenario) -> str:
    """The scenario as a small file with a header and only what differs from the baseline."""
    table: dict[str, Any] = {name: value for name, value in asdict(scenario.header).items() if value}
    values = as_dict(scenario)
    base = as_dict(BASELINE)
    changed = {
        name: value
        for name, value in values.items()
        if name not in ("header", "set") and value is not None and value != base[name]
    }
    if values["set"]:
        changed["set"] = values["set"]
    return tomli_w.dumps({**table, "scenario": changed})


def read_file(catalogue: Catalogue, path: Path) -> Scenario:
    """The scenario in a TOML file; raises `InputError` naming what cannot be used."""
    return from_toml(catalogue, _content(path))


def from_toml(catalogue: Catalogue, content: bytes) -> Scenario:
    """The scenario in the bytes of a TOML file; raises `InputError`, and then nothing of it is used."""
    return from_table(catalogue, _parsed(content))


def read_event(catalogue: Catalogue, path: Path) -> Event:
    """The event in a TOML file, named after it; raises `InputError`."""
    table = _parsed(_content(path))
    scenario = from_table(catalogue, table)
    check_header(scenario.header)
    return Event(path.stem, scenario, ranges_of(table, scenario.hours))


def load_events(catalogue: Catalogue) -> tuple[Event, ...]:
    """The shipped events, the oldest first."""
    paths = (catalogue.root / "data" / "events").glob("*.toml")
    return tuple(
        sorted((read_event(catalogue, path) for path in paths), key=lambda item: (item.day, item.id))
    )


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():  # a device or a pipe has no end
            raise InputError("scenario file", path.name, "is not a file", "a TOML file")
        with path.open("rb") as handle:
            return handle.read(MAX_FILE + 1)
    except OSError as problem:
        raise InputError(
            "scenario file", path.name, problem.strerror or "cannot be read", "a TOML file"
        ) from None


def _parsed(content: bytes) -> dict[str, Any]:
    if len(content) > MAX_FILE:
        raise InputError(
            "scenario file", f"more than {MAX_FILE:,} bytes", "is too large", f"at most {MAX_FILE:,} bytes"
        )
    try:
        text = content.decode("utf-8-sig")  # some editors put a mark before the first sign
    except UnicodeDecodeError:
        raise InputError("scenario file", "bytes", "are not text", "UTF-8") from None
    if deep := DEEP_NAME.search(text):  # the parser's time grows with the square of a name's parts
        raise InputError("scenario file", deep[0][:40], "has too many parts", "names of few parts")
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as problem:
        raise InputError("scenario file", str(problem) or "nesting", "is not TOML", "a TOML file") from None


def from_table(catalogue: Catalogue, table: Mapping[str, Any]) -> Scenario:
    """The scenario in a parsed file; strict about every name and type.

    The [range] of an event file is checked too; the scenario carries its best value.
    """
    header: dict[str, str] = {}
    for name, value in table.items():
        if name in ("scenario", "range"):
            continue
        if name not in HEADER_FIELDS:
            raise InputError("scenario file", name, "is not known", ", ".join([*HEADER_FIELDS, "[scenario]"]))
        header[name] = value.isoformat() if isinstance(value, date) else value
    body = table.get("scenario")
    if not isinstance(body, dict):
        raise InputError("scenario file", "[scenario]", "is missing", "a table [scenario] with what differs")
    values: dict[str, Any] = {}
    known = [name for name in as_dict(BASELINE) if name != "header"]
    for name, value in body.items():
        if name not in known:
            raise InputError(f"scenario.{name}", value, "is not known", ", ".join(known))
        if name != "set":
            values[name] = _typed(name, value)
    assumptions: dict[str, Override] = {}
    overrides = body.get("set", {})
    if not isinstance(overrides, dict):
        raise InputError("scenario.set", overrides, "is not a table", "[scenario.set] with key = value")
    for key, value in overrides.items():
        if key not in catalogue.parameters:
            raise InputError(
                f"scenario.set.{key}", value, "is not a parameter", choices(catalogue.parameters, key)
            )
        assumptions[key] = catalogue.parameters[key].check(_override(key, value))
    scenario = checked(catalogue, Scenario(**values, assumptions=assumptions, header=Header(**header)))
    ranges_of(table, scenario.hours)
    return scenario


def _override(key: str, value: Any) -> Override:
    numbers = value if isinstance(value, list) else [value]
    if len(numbers) not in (1, 3) or any(
        isinstance(n, bool) or not isinstance(n, int | float) for n in numbers
    ):
        raise InputError(f"scenario.set.{key}", value, "is not usable", "a number or [low, mode, high]")
    given = [float(n) for n in numbers]
    return (given[0], given[1], given[2]) if len(given) == 3 else given[0]


def _typed(name: str, value: Any) -> Any:
    """The value when it has the field's type; raises `InputError`."""
    kinds: dict[str, tuple[type, ...]] = {
        "country": (str,), "kind": (str,), "currency": (str,), "start": (str, date), "ordered_by_authority": (bool,),
        "regions": (list,), "spells": (int,), "draws": (int,), "seed": (int,),
    }  # fmt: skip
    wanted = kinds.get(name, (int, float))
    items: list[Any] = value if isinstance(value, list) else []
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        names = " or ".join(
            {"str": "text", "int": "a whole number"}.get(t.__name__, t.__name__) for t in wanted
        )
        raise InputError(f"scenario.{name}", value, "has the wrong type", names)
    if name == "regions":
        if not all(isinstance(item, str) for item in items):
            raise InputError("scenario.regions", value, "has the wrong type", "a list of region names")
        return tuple(items)
    return value.isoformat() if isinstance(value, date) else value
