"""A thin layer over XlsxWriter: text is never a formula, and inputs have names that formulas can be read by."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

INK, BLUE, GREY = "#1F2933", "#0072B2", "#5A6672"
WIDEST = 32_000  # characters that a cell takes


def _bare(formula: str, expand_future_functions: bool = False) -> str:
    """A formula as the file holds it: ours call no function newer than Excel 2007.

    XlsxWriter looks for thirty newer ones in each formula, which takes half the time of the workbook.
    """
    return formula.removeprefix("=")


@dataclass
class Book:
    """A workbook with its formats; `values` holds what each named cell shows when the file is made."""

    workbook: Workbook
    formats: dict[str, Any] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

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
            "fine": {"num_format": "0.000000"}, "share": {"num_format": "0.0 %"},
            "input": {"num_format": "#,##0.0###", "bg_color": "#FFF4CC", "border": 1, "border_color": "#D9B84A",
                      "locked": False},
            "urdu": {"reading_order": 2, "align": "right", "text_wrap": True, "font_size": 13},
        }  # fmt: skip
        for name, style in styles.items():
            book.formats[name] = book.workbook.add_format({**plain, **style})
        return book

    def sheet(self, title: str, widths: list[float]) -> Sheet:
        made = self.workbook.add_worksheet(title)
        made._prepare_formula = _bare
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

    def number(self, row: int, column: int, value: float | None, style: str = "number") -> None:
        if value is None:
            self.text(row, column, "not measured", style)
        else:
            self.raw.write_number(row, column, float(value), self.book.formats[style])

    def formula(
        self, row: int, column: int, formula: str, value: float, style: str = "number", name: str = ""
    ) -> str:
        """A live cell. Returns its address.

        `value` is what the formula gives now. It must be right: a program may show it as it is, and LibreOffice
        computes only what a change touches and takes every other cell's value from the file.
        """
        self.raw.write_formula(row, column, f"={formula}", self.book.formats[style], float(value))
        return self._named(row, column, float(value), name)

    def shown(self, row: int, column: int, formula: str, text: str, style: Any, name: str = "") -> None:
        """A live cell of text, or of a truth value where `text` is one; `text` is what the formula gives now."""
        self.raw.write_formula(row, column, f"={formula}", style, text)
        if name:
            self.book.workbook.define_name(name, f"={self.at(row, column)}")

    def given(self, row: int, column: int, value: float, name: str) -> str:
        """A cell to change, with a name; whoever opens the file may type over it."""
        self.raw.write_number(row, column, float(value), self.book.formats["input"])
        return self._named(row, column, float(value), name)

    def row(self, row: int, texts: list[str], style: str = "head") -> None:
        """A heading row, two lines high."""
        self.raw.set_row(row, 31)
        for column, text in enumerate(texts):
            self.text(row, column, text, style)

    def at(self, row: int, column: int) -> str:
        return f"'{self.title}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def span(self, first: int, last: int, column: int) -> str:
        """A column of cells as an address."""
        end = xl_rowcol_to_cell(last, column, row_abs=True, col_abs=True)
        return f"{self.at(first, column)}:{end}"

    def _named(self, row: int, column: int, value: float, name: str) -> str:
        if name:
            self.book.workbook.define_name(name, f"={self.at(row, column)}")
            self.book.values[name] = value
            self.book.names[name] = self.at(row, column)
        return self.at(row, column)


def cell_name(key: str) -> str:
    """A parameter's key as a name in formulas: `onset.shape` is `p_onset_shape`."""
    return "p_" + re.sub(r"[^A-Za-z0-9]+", "_", key)
