"""The bytes of a list: rows of a CSV file or a workbook, or the value in a JSON file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from model.common import limits
from model.common.errors import InputError
from model.common.files import check_size
from model.layouts import workbook_child
from model.reading.apart import ApartError, run_apart

MAX_FILE = 200 * limits.MB
MOST_READ, MOST_READ_OF_SOME = 400, 64  # MB of a workbook's rows, and where only so many rows are taken
MOST_COLUMNS, MOST_PARTS = (
    500,
    2_000_000,
)  # of a table; of a JSON file, which takes far more memory than its text
LONGEST_CELL = 131_072  # letters
ALLOWED = "a CSV, XLSX or JSON file in one of the layouts of the README"
FORMER = b"\xd0\xcf\x11\xe0"  # of Office, and of what it has encrypted
ZIP = b"PK\x03\x04"


def content_of(name: str, content: bytes, most: int | None = None) -> Any:
    """A JSON value, or a table as `Rows`, of at most `most` rows (None: any number); raises `InputError`."""
    if not content.strip():
        raise InputError("list", name, "is empty", ALLOWED)
    check_size("list", name, content, "a list", MAX_FILE)
    if content.startswith(FORMER):
        raise InputError(
            "list", name, "has a password or the form of before 2007", "an XLSX file without a password"
        )
    if content.startswith(ZIP):
        return Rows(name, *_workbook(name, content, MOST_READ if most is None else MOST_READ_OF_SOME), most)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252")
        except UnicodeDecodeError:
            raise InputError("list", name, "is not text", ALLOWED) from None
    if text.lstrip()[:1] in ("{", "["):
        if text.count("{") + text.count("[") > MOST_PARTS:
            raise InputError("list", name, "has too many parts", f"a JSON file of at most {MOST_PARTS:,}")
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as problem:
            raise InputError("list", name, f"is not JSON ({problem})", ALLOWED) from None
    return Rows(name, *_table(name, text), most)


def too_many(name: str, most: int) -> InputError:
    """What is said of a list with more than `most` rows, too long for where it is read."""
    allowed = f"at most {most:,} here; python -m model events takes any number"
    return InputError("list", name, f"has more than {most:,} rows", allowed)


class Rows:
    """The header of a table and its rows, each read when it is asked for; more than `most` raise `InputError`."""

    def __init__(
        self, name: str, header: list[str], rows: Iterator[list[Any]], most: int | None = None
    ) -> None:
        self.header, self._rows, self._name, self._most = header, rows, name, most

    def __iter__(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Rows by their number in the file, of which the header is the first; what is empty is left out."""
        for number, cells in enumerate(self._rows, start=2):
            if self._most is not None and number > self._most + 1:
                raise too_many(self._name, self._most)
            if any(str(cell).strip() for cell in cells if cell is not None):
                yield number, dict(zip(self.header, cells, strict=False))


def _named(name: str, header: list[Any]) -> list[str]:
    if len(header) > MOST_COLUMNS:
        raise InputError("list", name, f"has {len(header):,} columns", f"at most {MOST_COLUMNS}")
    names = [str(cell).strip().casefold().replace(" ", "_") for cell in header]
    if not any(names):
        raise InputError("list", name, "has no header", ALLOWED)
    return names


def _table(name: str, text: str) -> tuple[list[str], Iterator[list[Any]]]:
    first = text.lstrip().partition("\n")[0]
    separator = max(",;\t", key=first.count)
    csv.field_size_limit(LONGEST_CELL)  # of the process: other code may have lifted it
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)

    def each() -> Iterator[list[Any]]:
        try:
            yield from rows
        except csv.Error as problem:
            raise InputError("list", name, f"cannot be read as CSV ({problem})", ALLOWED) from None

    lines = each()
    header = next((row for row in lines if any(cell.strip() for cell in row)), [])
    return _named(name, header), lines


def _workbook(name: str, content: bytes, most_mb: int) -> tuple[list[str], Iterator[list[Any]]]:
    try:
        answer = run_apart(Path(workbook_child.__file__), content, seconds=60, memory=2_048, answer=most_mb)
    except ApartError as problem:
        raise InputError("list", name, str(problem), ALLOWED) from None
    *lines, end = answer.splitlines()
    if f"{end.decode()}\n".encode() != workbook_child.ENDED:
        text = json.loads(lines[-1]) if lines else "no answer"
        raise InputError("list", name, f"cannot be read as a workbook ({text})", ALLOWED)
    rows = map(json.loads, lines)
    return _named(name, next(rows, [])), rows
