"""Strict reading of the project's CSV tables: every row is checked, every error names row and column."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from model.common.errors import CellError, DataError

FOLDERS = ("data", "seeds")  # of the project's tables

Unit = Literal[
    "share", "ratio", "x", "1", "hours", "days", "months", "years", "per day", "per year", "USD", "M USD",
    "M USD per year", "persons", "persons per year", "LCU per USD", "year", "count", "text", "days per year",
    "PKR per month", "pct", "pct per year",
]  # fmt: skip
Status = Literal["read", "derived", "assumption", "claim"]
YesNo = Literal["yes", "no"]


class Row(BaseModel):
    """A table row: unknown columns, NaN and infinity are refused, and nothing can be changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, str_strip_whitespace=True)


RowType = TypeVar("RowType", bound=Row)


def read_table(
    path: Path, row_type: type[RowType], *, unique: tuple[str, ...] = (), outside: bool = False
) -> tuple[RowType, ...]:
    """All rows of a CSV file as `row_type`; empty cells take the field's default.

    `outside` is for a file that a reader brings: then nothing is shipped that could be put back.

    Raises `DataError` on a missing file or column, an unknown column, a bad cell, a short or long row, or
    a second row with the same values in the columns of `unique`.
    """
    where = below_root(path)
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle, strict=True)
            header = list(reader.fieldnames or [])
            raw = list(reader)
    except OSError as problem:
        allowed = "the path of a CSV file" if outside else "the file as shipped with the project"
        if isinstance(problem, FileNotFoundError):
            raise DataError(where, "", "is missing", allowed) from None
        raise DataError(where, problem.strerror or "", "cannot be opened", allowed) from None
    except (csv.Error, UnicodeDecodeError) as problem:
        raise DataError(where, str(problem), "cannot be read as CSV", "UTF-8 text, comma separated") from None
    _check_header(where, header, row_type)
    if not raw:
        raise DataError(where, "no row", "stands under the header", "at least one row")
    rows: list[RowType] = []
    seen: dict[tuple[Any, ...], int] = {}
    for number, cells in enumerate(raw, start=2):
        place = f"{where} row {number} ({next(iter(cells.values()))})"  # as `cell` writes it
        if None in cells or None in cells.values():
            raise DataError(place, len(cells), "cells do not match the header", f"{len(header)} cells")
        row = _check_row(place, row_type, cells)
        key = tuple(getattr(row, name) for name in unique)
        if unique and key in seen:
            wanted = f"one row per {' and '.join(unique)}"
            raise DataError(
                f"{place} column {unique[0]}", "/".join(map(str, key)), f"repeats row {seen[key]}", wanted
            )
        seen[key] = number
        rows.append(row)
    return tuple(rows)


def cell(path: Path, key: str, column: str = "") -> str:
    """Where a cell stands, as every error names it: `data/kinds.csv row 3 (mobile_only) column phrase`.

    `key` is the first cell of the row; a row that is not there is named by its key alone.
    """
    number = ""
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as handle:
            lines = [row[0] if row else "" for row in csv.reader(handle)]
        number = f"{lines.index(key, 1) + 1} " if key in lines[1:] else ""
    row = f" row {number}({key})" if key else ""
    return f"{below_root(path)}{row}" + (f" column {column}" if column else "")


def below_root(path: Path) -> str:
    """The path from `data` or `seeds` on, as errors name it; the whole path where it lies elsewhere."""
    parts = path.parts
    start = max((at for at, part in enumerate(parts) if part in FOLDERS), default=0)
    return Path(*parts[start:]).as_posix()


def read_toml(path: Path, allowed: Collection[str], needed: Collection[str] = ()) -> dict[str, Any]:
    """A TOML file whose fields are all `allowed` and hold all that are `needed`; raises `DataError`."""
    where = below_root(path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise DataError(where, str(problem), "cannot be read", "a TOML file") from None
    for name in table:
        if name not in allowed:
            raise DataError(where, name, "is not known", ", ".join(allowed))
    for name in needed:
        if name not in table:
            raise DataError(where, name, "is missing", ", ".join(needed))
    return table


def _check_header(where: str, header: list[str], row_type: type[Row]) -> None:
    wanted = set(row_type.model_fields)
    for name in header:
        if name not in wanted and row_type.model_config.get("extra") != "allow":
            raise DataError(f"{where} column", name, "is not known", ", ".join(sorted(wanted)))
        if header.count(name) > 1:
            raise DataError(f"{where} column", name, "stands twice", "each column once")
    for name in row_type.model_fields:
        if name not in header:
            raise DataError(f"{where} column", name, "is missing", ", ".join(row_type.model_fields))


def _check_row(place: str, row_type: type[RowType], cells: dict[str, str]) -> RowType:
    try:
        return row_type.model_validate({name: cell for name, cell in cells.items() if cell.strip() != ""})
    except ValidationError as problem:
        name, value, text = first_problem(problem)
        raise DataError(f"{place} column {name}", value, "is not usable", text) from None


def first_problem(problem: ValidationError) -> tuple[str, object, str]:
    """Field, value and requirement of the first error that pydantic found."""
    error = problem.errors(include_url=False)[0]
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, CellError):
        return cause.column, cause.value, cause.allowed
    name = ".".join(str(part) for part in error["loc"] if not str(part).startswith(("float", "tuple")))
    text = error["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    value = "" if error["type"] == "missing" else error["input"]
    return name, value, "a value (the cell is empty)" if error["type"] == "missing" else text
