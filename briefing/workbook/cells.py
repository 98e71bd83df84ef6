"""A thin layer over XlsxWriter: text is never a formula, and a cell with a name is what other formulas call."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from briefing.workbook.formula import Formula, Term, formula
from briefing.workbook.xlsx_private import skip_search_for_new_functions

INK, BLUE, GREY = "#1F2933", "#0072B2", "#5A6672"
WIDEST = 32_000  # characters that a cell takes


@dataclass
class Book:
    """A workbook with its formats, and every cell that has a name.

    A name may be called before its cell has a place; `close` refuses one that never got any.
    """

    workbook: Workbook
    formats: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, Formula] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    @classmethod
    def in_memory(cls, target: Any) -> Book:
        options = {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        }  # fmt: skip
        book = cls(xlsxwriter.Workbook(target, options))
        plain = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"}
        styles: dict[str, dict[str, Any]] = {
            "text": {}, "wrap": {"text_wrap": True}, "bold": {"bold": True},
            "title": {"bold": True, "font_size": 16}, "headline": {"font_size": 13, "text_wrap": True},
            "head": {"bold": True, "bottom": 1, "text_wrap": True}, "note": {"font_color": GREY},
            "indented": {"indent": 1}, "count": {"num_format": "#,##0"},
            "level": {"num_format": "0.0###"},
            "stale": {"font_color": "#A9B2BA"},
            "section": {"bold": True, "font_color": BLUE, "top": 1}, "number": {"num_format": "#,##0.00"},
            "amount": {"num_format": "#,##0.0##"}, "total": {"num_format": "#,##0.0##", "bold": True, "top": 1},
            "fine": {"num_format": "0.000000"}, "share": {"num_format": "0.0%"},
            "input": {"num_format": "#,##0.0###", "bg_color": "#FFF4CC", "border": 1, "border_color": "#D9B84A",
                      "locked": False},
            "from_right": {"reading_order": 2, "align": "right", "text_wrap": True, "font_size": 13},
            "local": {"text_wrap": True, "font_size": 13},
        }  # fmt: skip
        for name, style in styles.items():
            book.formats[name] = book.workbook.add_format({**plain, **style})
        return book

    def named(self, name: str, value: float | str) -> Formula:
        """What formulas call a cell by, even before it has a place."""
        self.cells[name] = Formula(name, value if isinstance(value, str) else float(value))
        return self.cells[name]

    def place(self, name: str, address: str) -> None:
        """Let a name mean this cell; raises `ValueError` where it means another one already."""
        if name in self.places:
            raise ValueError(f"both {self.places[name]} and {address} are called {name}")
        self.workbook.define_name(name, f"={address}")
        self.places[name] = address

    def __getitem__(self, name: str) -> Formula:
        """The cell of that name; raises `KeyError` where none has it."""
        return self.cells[name]

    def close(self) -> None:
        """Write the file; raises `ValueError` where a named cell stands on no sheet."""
        missing = sorted(set(self.cells) - set(self.places))
        if missing:
            raise ValueError(f"no sheet has the cells {', '.join(missing)}")
        self.workbook.close()

    def sheet(self, title: str, widths: list[float]) -> Sheet:
        made = self.workbook.add_worksheet(title)
        skip_search_for_new_functions(made)
        for column, width in enumerate(widths):
            made.set_column(column, column, width)
        made.set_row(0, 26)
        made.hide_gridlines(2)
        made.set_landscape()
        made.fit_to_pages(1, 0)
        return Sheet(self, made, title)


@dataclass
class Sheet:
    """One sheet; rows and columns count from 0."""

    book: Book
    raw: Worksheet
    title: str

    def text(self, row: int, column: int, text: str, style: str = "text") -> None:
        self.raw.write_string(row, column, text[:WIDEST], self.book.formats[style])

    def number(self, row: int, column: int, value: float | None, style: str = "number") -> Formula:
        """A number that stands still, or the words for one that was not measured; returns its address."""
        if value is None:
            self.text(row, column, "not measured", style)
        else:
            self.raw.write_number(row, column, float(value), self.book.formats[style])
        return Formula(self.at(row, column), math.nan if value is None else float(value))

    def formula(
        self, row: int, column: int, content: Term, style: str | Format = "number", name: str = ""
    ) -> Formula:
        """A live cell; returns what other formulas call it by, its name or else its address.

        Raises `ValueError` where it has no number.
        """
        cell = formula(content)
        value = cell.value if isinstance(cell.value, str) else float(cell.value)
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"{self.at(row, column)} has no number: {cell.text}")
        own = self.book.formats[style] if isinstance(style, str) else style
        self.raw.write_formula(row, column, f"={self._on_this_sheet(cell.text)}", own, value)
        if not name:
            return Formula(self.at(row, column), cell.value)
        self.book.place(name, self.at(row, column))
        return self.book.named(name, cell.value)

    def drawn(self, row: int, column: int, amount: Formula | None) -> None:
        """An amount of the draws, or the words for one that was not measured."""
        if amount is None:
            self.text(row, column, "not measured", "amount")
        else:
            self.formula(row, column, amount, "amount")

    def given(self, row: int, column: int, cell: Formula) -> None:
        """A named number to change: whoever opens the file may type over it."""
        self.raw.write_number(row, column, float(cell.value), self.book.formats["input"])
        self.book.place(cell.text, self.at(row, column))

    def row(self, row: int, heads: Sequence[Term], style: str = "head") -> None:
        """A heading row, two lines high; a head that is a formula follows its cells."""
        self.raw.set_row(row, 31)
        for column, head in enumerate(heads):
            if isinstance(head, Formula):
                self.formula(row, column, head, style)
            else:
                self.text(row, column, str(head), style)

    def at(self, row: int, column: int) -> str:
        return f"'{self.title}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def span(self, first: int, last: int, column: int) -> str:
        """A column of cells as an address."""
        end = xl_rowcol_to_cell(last, column, row_abs=True, col_abs=True)
        return f"{self.at(first, column)}:{end}"

    def range(self, first: int, column: int, cells: Sequence[Formula]) -> Formula:
        """A column of cells, from this row down, as one array."""
        span = self.span(first, first + len(cells) - 1, column)
        return Formula(span, np.array([cell.value for cell in cells]))

    def _on_this_sheet(self, text: str) -> str:
        """The same with short addresses where a formula calls cells of its own sheet."""
        prefix = f"'{self.title}'!"
        if prefix not in text:
            return text
        return re.sub(rf"{prefix}([$A-Z0-9:]+)", lambda match: match[1].replace("$", ""), text)


def cell_name(key: str) -> str:
    """A parameter's key as a name in formulas: `onset.shape` is `p_onset_shape`."""
    return "p_" + re.sub(r"[^A-Za-z0-9]+", "_", key)
