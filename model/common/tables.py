"""Strict reading of the project's CSV tables: every row is checked, every error names row and column.

What a cell may hold stands in `model/common/cells.py`.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from model.common import limits
from model.common.errors import CellError, DataError, InputError
from model.common.files import bytes_of

FOLDERS = ("data", "seeds")  # of the project's tables


class Row(BaseModel):
    """A table row: unknown columns, NaN and infinity are refused, and nothing can be changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, str_strip_whitespace=True)


RowType = TypeVar("RowType", bound=Row)


SEPARATORS = {";": "semicolons", "\t": "tabs"}
SPREADSHEET_ERROR = re.compile(r"^#(REF!|VALUE!|NAME\?|N/A|NUM!|NULL!|DIV/0!|SPILL!|CALC!)", re.IGNORECASE)
ORDINARY = re.compile(r"[A-Za-z0-9][ -~]*\Z")
NUMBER_WITH_COMMA = re.compile(r"^-?\d+(,\d+)+(\.\d+)?$")
ALL = "*"  # the one cell that may hold neither letter nor digit: every name of a list


def read_table(
    path: Path,
    row_type: type[RowType],
    *,
    unique: tuple[str, ...] = (),
    distinct: tuple[str, ...] = (),
    outside: bool = False,
) -> tuple[RowType, ...]:
    """All rows of a CSV file as `row_type`; empty cells take the field's default.

    Args:
        path: the file: UTF-8 with or without the mark that spreadsheets put first, commas between cells.
        row_type: what its rows hold.
        unique: columns that name a row together: no two rows have the same values in all of them.
        distinct: columns, such as titles, in each of which no two rows have the same value; empty cells may repeat.
        outside: a file that a reader brings: then nothing is shipped that could be put back.

    Raises:
        DataError: a missing file or column, an unknown column, another separator, a bad cell, a short or long row, or
            a value that stands twice where it must not.
    """
    where = below_root(path)
    text = _text_of(path, outside)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = next(reader, [])
        raw = [line for line in reader if line]
    except csv.Error as problem:
        raise DataError(where, str(problem), "cannot be read as CSV", "UTF-8 text, comma separated") from None
    _check_separator(where, header)
    _check_header(where, header, row_type)
    if not raw:
        raise DataError(where, "no row", "stands under the header", "at least one row")
    rows: list[RowType] = []
    seen: dict[tuple[Any, ...], int] = {}
    fields = row_type.model_fields  # asked for once: pydantic looks long for it
    for number, line in enumerate(raw, start=2):
        place = f"{where} row {number} ({line[0]})"  # as `cell` writes it
        if len(line) != len(header):
            wanted = f"{len(header)} cells; a cell that holds a comma stands in quotes, a number has a point"
            raise DataError(place, len(line), "cells do not match the header", wanted)
        row = _check_row(place, row_type, fields, zip(header, line, strict=True))
        keys = [unique] if unique else []
        keys += [(name,) for name in distinct if getattr(row, name) != ""]
        for names in keys:
            key = (names, *(getattr(row, name) for name in names))
            if key in seen:
                wanted = f"one row per {' and '.join(names)}"
                written = "/".join(map(str, key[1:]))
                raise DataError(f"{place} column {names[0]}", written, f"repeats row {seen[key]}", wanted)
            seen[key] = number
        rows.append(row)
    return tuple(rows)


def cell(path: Path, key: str | tuple[str, ...], column: str = "") -> str:
    """Where a cell stands, as every error names it: `data/kinds.csv row 3 (mobile_only) column phrase`.

    `key` is the first cell of the row, or its first cells; a row that is not there is named by its key alone.
    """
    first = [key] if isinstance(key, str) else list(key)
    name = "/".join(first)
    number = ""
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as handle:
            lines = [row[: len(first)] for row in csv.reader(handle)]
        number = f"{lines.index(first, 1) + 1} " if first in lines[1:] else ""
    row = f" row {number}({name})" if name else ""
    return f"{below_root(path)}{row}" + (f" column {column}" if column else "")


def header_of(path: Path) -> list[str]:
    """The names of the columns of a table."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return next(csv.reader(handle), [])


def below_root(path: Path) -> str:
    """The path from `data` or `seeds` on, as errors name it; the whole path where it lies elsewhere."""
    parts = path.parts
    start = max((at for at, part in enumerate(parts) if part in FOLDERS), default=0)
    return Path(*parts[start:]).as_posix()


def read_toml(path: Path, allowed: Collection[str], needed: Collection[str] = ()) -> dict[str, Any]:
    """A TOML file whose fields are all `allowed` and hold all that are `needed`; raises `DataError`."""
    where = below_root(path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise DataError(where, str(problem), "cannot be read", "a TOML file") from None
    for name in table:
        if name not in allowed:
            raise DataError(where, name, "is not known", allowed)
    for name in needed:
        if name not in table:
            raise DataError(where, name, "is missing", needed)
    return table


def _text_of(path: Path, outside: bool) -> str:
    """The text of a file without the mark of its encoding."""
    where = below_root(path)
    allowed = "UTF-8 text, comma separated (in a spreadsheet: save as CSV UTF-8)"
    usable = "the path of a CSV file" if outside else "the file as shipped with the project"
    if not path.exists():
        raise DataError(where, "", "is missing", usable)
    try:
        text = bytes_of(where, path, usable, limits.UPLOAD_MB * limits.MB).decode("utf-8-sig")
    except InputError as problem:
        raise DataError(where, "", problem.problem, problem.allowed) from None
    except UnicodeDecodeError as problem:
        raise DataError(where, str(problem), "cannot be read as CSV", allowed) from None
    return text


def _check_separator(where: str, header: list[str]) -> None:
    for sign, name in SEPARATORS.items():
        if len(header) == 1 and sign in header[0]:
            allowed = "commas between cells (in a spreadsheet: save as CSV UTF-8, comma separated)"
            raise DataError(f"{where} row 1", header[0], f"has {name} between its cells", allowed)


def _check_header(where: str, header: list[str], row_type: type[Row]) -> None:
    wanted = set(row_type.model_fields)
    for name in header:
        if name not in wanted and row_type.model_config.get("extra") != "allow":
            raise DataError(f"{where} column", name, "is not known", sorted(wanted))
        if header.count(name) > 1:
            raise DataError(f"{where} column", name, "stands twice", "each column once")
    for name in row_type.model_fields:
        if name not in header:
            raise DataError(f"{where} column", name, "is missing", row_type.model_fields)


def _check_row(
    place: str, row_type: type[RowType], fields: Collection[str], cells: Iterable[tuple[str, str]]
) -> RowType:
    filled: dict[str, str] = {}
    for name, value in cells:
        if ORDINARY.match(value):
            filled[name] = value
            continue
        where = f"{place} column {name}"
        _check_text(where, value)
        if value.strip() != "":
            filled[name] = value
        elif name not in fields:  # a column of which the type knows no default
            allowed = _allowed(row_type, name)
            raise DataError(where, "", "is not usable", f"{allowed} (the cell is empty)")
    try:
        return row_type.model_validate(filled)
    except ValidationError as problem:
        column, given, allowed = first_problem(problem, row_type)
        raise DataError(f"{place} column {column}", given, "is not usable", allowed) from None


def _check_text(where: str, value: str) -> None:
    """Refuse what no cell of any column can mean; an ordinary one needs no look."""
    text = value.strip()
    if not text.isprintable():
        raise DataError(where, value, "holds a break or a hidden sign", "one line of plain text")
    if SPREADSHEET_ERROR.match(text):
        raise DataError(where, text, "is the error of a spreadsheet", "a value, or an empty cell")
    if text and text != ALL and not any(sign.isalnum() for sign in text):
        raise DataError(where, text, "says nothing", "something with a letter or a digit, or an empty cell")


def first_problem(problem: ValidationError, row_type: type[Row]) -> tuple[str, object, str]:
    """Column, value and requirement of the first error that pydantic found in a row of that type."""
    error = problem.errors(include_url=False)[0]
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, CellError):
        return cause.column, cause.value, cause.allowed
    name = str(error["loc"][0]) if error["loc"] else ""
    allowed = _allowed(row_type, name) or error["msg"].removeprefix("Input should be ")
    if error["type"] == "missing":
        return name, "", f"{allowed} (the cell is empty)"
    if "parsing" in error["type"] and NUMBER_WITH_COMMA.match(str(error["input"]).strip()):
        allowed += ", written with a point for decimals and no comma"
    return name, error["input"], allowed


@cache  # to describe a type of rows takes longer than to read its table
def _schema(row_type: type[Row]) -> Mapping[str, Any]:
    return row_type.model_json_schema()


def _allowed(row_type: type[Row], name: str) -> str:
    """What a column may hold, in words: from the declaration of its field."""
    schema = _schema(row_type)
    field = schema["properties"].get(name) or schema.get("additionalProperties")
    if not isinstance(field, dict):
        return ""
    kinds = [field, *field.get("anyOf", ())]
    for kind in kinds:
        if "description" in kind:
            return str(kind["description"])
        if "const" in kind:
            return str(kind["const"])
        if "enum" in kind:
            return " or ".join("an empty cell" if value == "" else str(value) for value in kind["enum"])
    return next(
        (_number_words(kind) for kind in kinds if kind.get("type") in ("number", "integer")), "a value"
    )


def _number_words(kind: Mapping[str, Any]) -> str:
    words = "a whole number" if kind["type"] == "integer" else "a number"
    low, high = kind.get("minimum"), kind.get("maximum")
    parts = [words]
    if "exclusiveMinimum" in kind:
        parts.append(f"above {kind['exclusiveMinimum']:,.15g}")
    if low is not None:
        parts.append(f"from {low:,.15g}" if high is not None else f"of {low:,.15g} or more")
    if high is not None:
        parts.append(f"{'to' if low is not None else 'up to'} {high:,.15g}")
    return " ".join(parts)
