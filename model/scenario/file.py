"""A scenario as a TOML file and as JSON: a header and only what differs from the baseline.

A file is strict: nothing of it is applied unless all of it can be.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import tomli_w

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, Parameter, parse_override
from model.common.errors import InputError, choices
from model.common.files import bytes_of, check_size
from model.reading.numbers import one_number, share_of
from model.scenario.fields import BEGINS, BY_KEY, ENDS, ENDS_OF, FIELDS, HEADER, Header, near_name, with_ends
from model.scenario.former import note_on
from model.scenario.forms import NAMES
from model.scenario.link import FORMER_VERSION, LINK_VERSION
from model.scenario.open_values import ranges_of
from model.scenario.readers import finite
from model.scenario.scenario import BASELINE, Scenario, checked

DEEP_NAME = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){20}""")
MAX_FILE = 64 * 1024
TOML = "a TOML file"
SHORT = "short"  # of an event: its title in a list that shows the date already
MODEL = "model"  # first number of the model's version with which a file was made; none in files of model 1


def as_dict(scenario: Scenario) -> dict[str, Any]:
    """Everything needed to repeat the scenario, ready for JSON."""
    order = sorted(FIELDS, key=lambda name: FIELDS[name].form is NAMES)  # single values first, then lists
    table: dict[str, Any] = {name: _plain(getattr(scenario, name)) for name in order}
    table["set"] = {key: _plain(value) for key, value in scenario.assumptions.items()}
    table["header"] = asdict(scenario.header)
    return table


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


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
    return tomli_w.dumps({**table, MODEL: LINK_VERSION, "scenario": changed})


def read_file(catalogue: Catalogue, path: Path) -> Scenario:
    """The scenario in a TOML file; raises `InputError` naming what cannot be used."""
    return from_toml(catalogue, content_of(path))


def from_toml(catalogue: Catalogue, content: bytes) -> Scenario:
    """The scenario in the bytes of a TOML file; raises `InputError`, and then nothing of it is used."""
    return from_table(catalogue, parsed(content))


def note_on_file(catalogue: Catalogue, content: bytes, scenario: Scenario) -> str:
    """What to say once of a file: how its days were read, and that an earlier model gave another number."""
    table = parsed(content)
    former = "" if table.get(MODEL) == LINK_VERSION else note_on(catalogue, scenario, "file")
    return " ".join(filter(None, (_ends(table.get("scenario", {}))[1], former)))


def content_of(path: Path) -> bytes:
    """The bytes of a scenario file, as far as one may be long; raises `InputError`."""
    return bytes_of("scenario file", path, TOML, MAX_FILE)


def parsed(content: bytes) -> dict[str, Any]:
    """The table in the bytes of a TOML file; raises `InputError` where they are too many, no text or no TOML."""
    check_size("scenario file", "a file", content, TOML, MAX_FILE)
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
    """The scenario in a parsed file; strict about every name and type: raises `InputError`.

    The [range] of an event file is checked too; the scenario carries its best value.
    """
    header: dict[str, str] = {}
    for name, value in table.items():
        if name in ("scenario", "range", SHORT):
            continue
        if name == MODEL:
            if value not in (FORMER_VERSION, LINK_VERSION):
                raise InputError(MODEL, value, "is not known", f'"{FORMER_VERSION}" or "{LINK_VERSION}"')
            continue
        if name not in HEADER:
            raise InputError("scenario file", name, "is not known", [*HEADER, "[scenario]"])
        header[name] = value.isoformat() if isinstance(value, date) else value
    body = table.get("scenario")
    if not isinstance(body, dict):
        raise InputError("scenario file", "[scenario]", "is missing", "a table [scenario] with what differs")
    values: dict[str, Any] = _ends(body)[0]
    allowed = [*FIELDS, *(end.key for end in ENDS_OF), "set"]
    for name, value in body.items():
        if name not in allowed:
            meant = near_name(name)
            own = BY_KEY[meant].name if meant in BY_KEY else meant
            raise InputError(f"scenario.{name}", value, "is not known", own if own in allowed else allowed)
        if name in FIELDS:
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
        assumptions[key] = _override(catalogue.parameters[key], value)
    scenario = checked(catalogue, Scenario(**values, assumptions=assumptions, header=Header(**header)))
    ranges_of(catalogue, table, scenario)
    return scenario


def _ends(body: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """What both ends in a table change, and what to say of them; raises `InputError`."""
    given = {end.key: body[end.key] for end in ENDS_OF if end.key in body}
    for name, value in given.items():
        if not isinstance(value, str | date):
            raise InputError(f"scenario.{name}", value, "has the wrong type", "text or a date")
    texts = {name: value if isinstance(value, str) else value.isoformat() for name, value in given.items()}
    if not texts:
        return {}, ""
    begins, ends = (texts.get(end.key, "") for end in ENDS_OF)
    names = (f"scenario.{BEGINS.key}", f"scenario.{ENDS.key}")
    changes, note = with_ends(begins, ends, names, sized="hours" in body)
    for name in changes:
        if name in body and ends:
            raise InputError(
                f"scenario.{name}", body[name], "cannot be given beside both ends", "one of them"
            )
    return changes, note


def _override(parameter: Parameter, value: Any) -> Override:
    """A checked assumption out of a file; numbers may be texts, as in a link. Raises `InputError`."""
    if isinstance(value, str):
        return parse_override(parameter, value)
    name, wanted = f"scenario.set.{parameter.key}", "a number or [low, mode, high]"
    numbers = value if isinstance(value, list) else [value]
    if len(numbers) not in (1, 3) or any(
        isinstance(n, bool) or not isinstance(n, int | float | str) for n in numbers
    ):
        raise InputError(name, value, "is not usable", wanted)
    read = share_of if parameter.may_be_percent else one_number
    given = [read(name, n, wanted) if isinstance(n, str) else finite(name, n, wanted) for n in numbers]
    return parameter.check((given[0], given[1], given[2]) if len(given) == 3 else given[0])


def _typed(name: str, value: Any) -> Any:
    """The value when it has the field's type; raises `InputError`."""
    form = FIELDS[name].form
    if not form.fits(value):
        raise InputError(f"scenario.{name}", value, "has the wrong type", form.types)
    return form.load(value)
