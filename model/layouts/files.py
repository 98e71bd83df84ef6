"""The bytes of a list: rows of a CSV file or a workbook, or the value in a JSON file."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from model.common.errors import InputError

MAX_FILE = 200 * 1024 * 1024
MOST_UNPACKED = 2 * MAX_FILE
ALLOWED = "a CSV, XLSX or JSON file in one of the layouts of the README"
ZIP = b"PK\x03\x04"
Row = Mapping[str, Any]


def content_of(name: str, content: bytes) -> Any:
    """A JSON value, or the header and the rows of a table: `Rows`; raises `InputError`."""
    if not content.strip():
        raise InputError("list", name, "is empty", ALLOWED)
    if len(content) > MAX_FILE:
        raise InputError("list", name, "is too large", f"at most {MAX_FILE // 1024**2} MB")
    if content.startswith(ZIP):
        return Rows(*_workbook(name, content))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252")
        except UnicodeDecodeError:
            raise InputError("list", name, "is not text", ALLOWED) from None
    if text.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as problem:
            raise InputError("list", name, f"is not JSON ({problem})", ALLOWED) from None
    return Rows(*_table(name, text))


class Rows:
    """The header of a table and its rows, each read when it is asked for."""

    def __init__(self, header: list[str], rows: Iterator[list[Any]]) -> None:
        self.header, self._rows = header, rows

    def __iter__(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Rows by their number in the file, of which the header is the first; what is empty is left out."""
        for number, cells in enumerate(self._rows, start=2):
            if any(str(cell).strip() for cell in cells if cell is not None):
                yield number, dict(zip(self.header, cells, strict=False))


def _named(name: str, header: list[Any]) -> list[str]:
    names = [str(cell).strip().casefold().replace(" ", "_") for cell in header]
    if not any(names):
        raise InputError("list", name, "has no header", ALLOWED)
    return names


def _table(name: str, text: str) -> tuple[list[str], Iterator[list[Any]]]:
    first = text.lstrip().partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)

    def each() -> Iterator[list[Any]]:
        try:
            yield from rows
        except csv.Error as problem:
            raise InputError("list", name, f"cannot be read as CSV ({problem})", ALLOWED) from None

    lines = each()
    header = next((row for row in lines if any(cell.strip() for cell in row)), [])
    return _named(name, header), lines


def _check_size(name: str, content: bytes) -> None:
    """A small file can unpack to more than any memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile:
        return  # the reader says what is wrong with it
    if unpacked > MOST_UNPACKED:
        raise InputError("list", name, "is too large", f"at most {MOST_UNPACKED // 1024**2} MB unpacked")


def _workbook(name: str, content: bytes) -> tuple[list[str], Iterator[list[Any]]]:
    _check_size(name, content)
    from python_calamine import CalamineError, CalamineWorkbook  # only who has a workbook waits for it

    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows = iter(sheet.iter_rows())
        header = next(rows, [])
    except (CalamineError, ValueError, IndexError) as problem:
        raise InputError("list", name, f"cannot be read as a workbook ({problem})", ALLOWED) from None
    return _named(name, header), rows
