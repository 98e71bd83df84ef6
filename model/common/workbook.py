"""Tables of a result as a workbook: one sheet each, text that never runs as a formula, numbers that stay numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

import xlsxwriter

WIDEST = 32_000  # characters that a cell takes
MOST_ROWS = 1_048_575  # below the header
WIDE, NARROW = 40, 16


@dataclass(frozen=True)
class PlainSheet:
    """A sheet: its name, its columns, its rows, each taken when it is written; `wide` names columns of text."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Mapping[str, Any]]
    wide: Sequence[str] = ()


def write_workbook(target: BinaryIO, sheets: Iterable[PlainSheet], title: str, made: datetime) -> None:
    """Write the sheets in their order, row by row, so that memory does not grow with them.

    Args:
        target: takes the bytes, the same for the same content.
        sheets: what to write; rows beyond the last that a sheet can have are left out.
        title: of the file.
        made: the day in its properties.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": title, "created": made})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    money = book.add_format({"num_format": "#,##0.######"})
    for sheet in sheets:
        made_sheet = book.add_worksheet(sheet.name)
        for column, name in enumerate(sheet.columns):
            made_sheet.set_column(column, column, WIDE if name in sheet.wide else NARROW)
            made_sheet.write_string(0, column, name, head)
        made_sheet.freeze_panes(1, 0)
        last = 0
        for number, row in enumerate(sheet.rows, start=1):
            if number > MOST_ROWS:
                break
            last = number
            for column, name in enumerate(sheet.columns):
                value = row.get(name)
                if isinstance(value, bool) or value is None or value == "":
                    continue
                if isinstance(value, int | float):
                    made_sheet.write_number(number, column, value, money)
                else:
                    made_sheet.write_string(number, column, str(value)[:WIDEST])
        if last:
            made_sheet.autofilter(0, 0, last, len(sheet.columns) - 1)
    book.close()
