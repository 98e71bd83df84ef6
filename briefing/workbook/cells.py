"""A thin layer over XlsxWriter: text is never a formula, and a cell with a name is what other formulas call."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from unicodedata import east_asian_width

import numpy as np
import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from briefing.slides import measure
from briefing.workbook.formula import Formula, Term, formula
from briefing.workbook.xlsx_private import skip_search_for_new_functions

INK, BLUE, GREY, YELLOW = "#1F2933", "#0072B2", "#5A6672", "#FFF4CC"
WIDEST = 32_000  # characters that a cell takes
A4, LINE, TITLE, TALLEST = 9, 15.0, 26.0, 400.0  # the number of the paper; points of a line and of rows
NARROW = 1.08  # letters in the width of a digit
# No decimals where they say nothing; LibreOffice drops a minus that the format does not write.
AMOUNT = "[>=100]#,##0;[<0]-#,##0.0{0};#,##0.0{0}"
LEVEL = "[>=1000]#,##0;[<0]-#,##0.0###;#,##0.0###"
MAY_BE_DONE = {"objects": True, "format_cells": True, "format_columns": True, "format_rows": True, "sort": True,
               "autofilter": True}  # fmt: skip
# Styles whose text goes on in the next line, and how much larger their letters are than the usual.
WRAPPED = {"wrap": 1.0, "small": 1.0, "headline": 1.2, "local": 1.25, "from_right": 1.25, "head": 1.06, "alarm": 1.06,
           "indented": 1.0, "headtitle": 1.5, "strong": 1.06,
           "head_right": 1.06}  # fmt: skip
LINKED = ("http://", "https://", "internal:")


@dataclass
class Book:
    """A workbook with its formats, and every cell that has a name.

    A name may be called before its cell has a place; `close` refuses one that never got any.
    """

    workbook: Workbook
    formats: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, Formula] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)
    heading: str = ""  # of every printed page
    footing: str = ""
    protected: bool = True  # so that no formula is typed over

    @classmethod
    def in_memory(cls, target: Any, least: float = 1.0) -> Book:
        """A new book; `least` is an amount of a table that is to be seen with two digits."""
        decimals = 3 if least >= 0.1 or least <= 0 else min(9, 1 - math.floor(math.log10(least)))
        amount = AMOUNT.format("#" * (decimals - 1))
        options = {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        }  # fmt: skip
        book = cls(xlsxwriter.Workbook(target, options))
        plain = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"}
        given = {"bg_color": YELLOW, "border": 1, "border_color": "#D9B84A", "locked": False}
        styles: dict[str, dict[str, Any]] = {
            "text": {}, "wrap": {"text_wrap": True}, "bold": {"bold": True},
            "strong": {"bold": True, "text_wrap": True}, "title": {"bold": True, "font_size": 16},
            "headtitle": {"bold": True, "font_size": 16, "text_wrap": True},
            "headline": {"font_size": 13, "text_wrap": True, "bold": True},
            "head": {"bold": True, "bottom": 1, "text_wrap": True},
            "head_right": {"bold": True, "bottom": 1, "text_wrap": True, "align": "right"},
            "note": {"font_color": GREY}, "small": {"font_color": GREY, "text_wrap": True},
            "indented": {"indent": 1, "align": "left", "text_wrap": True}, "count": {"num_format": "#,##0"},
            "level": {"num_format": LEVEL},
            "limit": {"num_format": '[>=1000000]#,##0,,"M";General', "font_color": GREY},
            "stale": {"font_color": "#A9B2BA"}, "alarm": {"font_color": GREY, "text_wrap": True},
            "red": {"font_color": "#B00020", "bold": True},
            "link": {"font_color": BLUE, "underline": 1, "text_wrap": True},
            "section": {"bold": True, "font_color": BLUE, "top": 1}, "number": {"num_format": "#,##0.00"},
            "amount": {"num_format": amount}, "total": {"num_format": amount, "bold": True, "top": 1},
            "gap": {"num_format": "+#,##0.0##;-#,##0.0##;0"}, "gaps": {"num_format": "+#,##0;-#,##0;0"},
            "check": {"num_format": '[=0]"ok";[Red]"outside"', "align": "center"},
            "passed": {"num_format": '[=0]"holds";[Red]"fails"', "align": "center"},
            "fine": {"num_format": "0.000000"}, "share": {"num_format": "0.0%"},
            "small_share": {"num_format": "0.00####%"}, "year": {"num_format": "0"},
            "input": {"num_format": LEVEL, **given},
            "from_right": {"reading_order": 2, "align": "right", "text_wrap": True, "font_size": 13},
            "local": {"text_wrap": True, "font_size": 13},
        }  # fmt: skip
        for name, style in styles.items():
            book.formats[name] = book.workbook.add_format({**plain, **style})
        return book

    def describe(self, author: str, title: str, subject: str, stamp: str, day: str) -> None:
        """The properties of the file, and the foot of every page; `day` as `2026-01-31`."""
        properties = {"title": title[:200], "subject": subject[:250], "author": author, "comments": stamp,
                      "created": datetime.fromisoformat(day)}  # fmt: skip
        self.workbook.set_properties(properties)
        self.footing = f"{author}, {day}"

    def named(self, name: str, value: float | str) -> Formula:
        """What formulas call a cell by, even before it has a place; `value` is a text, or a number in its own unit."""
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
        for sheet in self.sheets:
            sheet.finish()
        self.workbook.close()

    def sheet(
        self,
        title: str,
        widths: Sequence[float],
        *,
        wide: bool = True,
        one_page: bool = False,
        colour: str = "",
    ) -> Sheet:
        """A new sheet with its columns, as wide as a page, or else over several pages side by side.

        `widths` are of the columns, in characters.
        """
        made = Sheet(self, self.workbook.add_worksheet(title), title, list(widths))
        skip_search_for_new_functions(made.raw)
        for column, width in enumerate(widths):
            made.raw.set_column(column, column, width)
        made.raw.hide_gridlines(2)
        if colour:
            made.raw.set_tab_color(colour)
        made.raw.set_paper(A4)
        made.raw.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        made.paged(made.pixels(), wide=wide, one_page=one_page)
        self.sheets.append(made)
        return made


PORTRAIT, LANDSCAPE = 989, 1441  # pixels across a page where letters are eight points high


@dataclass
class Sheet:
    """One sheet; rows and columns count from 0."""

    book: Book
    raw: Worksheet
    title: str
    widths: list[float]
    heights: dict[int, float] = field(default_factory=dict)  # points, of rows with more than one line
    last: tuple[int, int] = (0, 0)

    def paged(self, width: float, *, wide: bool, one_page: bool) -> None:
        """How it is printed: upright where its `width`, in pixels, is narrow enough, and never too small to read."""
        if width > PORTRAIT:
            self.raw.set_landscape()
        if width > LANDSCAPE or not wide:
            self.raw.set_print_scale(72)
            self.raw.print_across()
        else:
            self.raw.fit_to_pages(1, 1 if one_page else 0)

    def finish(self) -> None:
        """What is known once everything stands in its cell: heights, the printed part, head, foot, protection."""
        for row, height in self.heights.items():
            self.raw.set_row(row, min(height, TALLEST))
        self.raw.print_area(0, 0, *self.last)
        self.raw.set_header(f'&L&"Calibri,Bold"&10{self.book.heading}&R&10{self.title}')
        self.raw.set_footer(f"&L&9{self.book.footing}&R&9Page &P of &N")
        if self.book.protected:
            self.raw.protect("", MAY_BE_DONE)

    def reaches(self, row: int, column: int) -> None:
        """Something stands as far as `row` and `column`."""
        self.last = (max(self.last[0], row), max(self.last[1], column))

    def frozen(self, row: int, column: int = 0, *, heads: int | None = None) -> None:
        """`row` rows and `column` columns (counts) stay in sight, and are printed again on every page.

        Of the rows only those from `heads` on are printed again, by default the last.
        """
        self.raw.freeze_panes(row, column)
        self.raw.repeat_rows(row - 1 if heads is None else heads, row - 1)
        if column:
            self.raw.repeat_columns(0, column - 1)

    def text(self, row: int, column: int, text: str, style: str = "text") -> None:
        """A text in the cell at `row` and `column`."""
        self.raw.write_string(row, column, text[:WIDEST], self.book.formats[style])
        self.grow(row, column, column, text, style)

    def across(
        self, row: int, first: int, last: int, content: Term, style: str = "wrap", name: str = ""
    ) -> None:
        """A text in `row` over the columns `first` to `last`, both included, as many lines high as it needs."""
        if first < last:
            self.raw.merge_range(row, first, row, last, "", self.book.formats[style])
        if isinstance(content, Formula):
            self.formula(row, first, content, style, name)
        else:
            self.raw.write_string(row, first, str(content)[:WIDEST], self.book.formats[style])
        words = content.value if isinstance(content, Formula) else content
        self.grow(row, first, last, str(words), style)

    def link(self, row: int, column: int, address: str, text: str = "") -> None:
        """A text at `row` and `column` that opens an address or a place of this file; plain where it is neither."""
        shown = text or address
        if not address.startswith(LINKED):
            self.text(row, column, shown, "wrap")
            return
        self.raw.write_url(row, column, address, self.book.formats["link"], shown[:WIDEST])
        self.grow(row, column, column, shown, "wrap")

    def number(self, row: int, column: int, value: float | None, style: str = "number") -> Formula:
        """`value`, a number that stands still, at `row` and `column`, or the words for one that was not measured.

        The style gives its unit; returns its address.
        """
        if value is None:
            self.text(row, column, "not measured", "wrap")
        else:
            self.raw.write_number(row, column, float(value), self.book.formats[style])
            self.reaches(row, column)
        return Formula(self.at(row, column), math.nan if value is None else float(value))

    def formula(
        self, row: int, column: int, content: Term, style: str | Format = "number", name: str = ""
    ) -> Formula:
        """A live cell at `row` and `column`; returns what other formulas call it by, its name or else its address.

        Raises `ValueError` where it has no number.
        """
        cell = formula(content)
        value = cell.value if isinstance(cell.value, str) else float(cell.value)
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"{self.at(row, column)} has no number: {cell.text}")
        own = self.book.formats[style] if isinstance(style, str) else style
        self.raw.write_formula(row, column, f"={self._on_this_sheet(cell.text)}", own, value)
        self.reaches(row, column)
        if not name:
            return Formula(self.at(row, column), cell.value)
        self.book.place(name, self.at(row, column))
        return self.book.named(name, cell.value)

    def drawn(self, row: int, column: int, amount: Formula | None) -> None:
        """An amount of the simulations at `row` and `column`, or the words for one that was not measured."""
        if amount is None:
            self.text(row, column, "not measured", "wrap")
        else:
            self.formula(row, column, amount, "amount")

    def given(self, row: int, column: int, cell: Formula, style: str = "input") -> None:
        """A named number or text to change, at `row` and `column`: whoever opens the file may type over it."""
        own = self.book.formats[style]
        if isinstance(cell.value, str):
            self.raw.write_string(row, column, cell.value, own)
        else:
            self.raw.write_number(row, column, float(cell.value), own)
        self.book.place(cell.text, self.at(row, column))
        self.reaches(row, column)

    def row(self, row: int, heads: Sequence[Term], style: str = "head", column: int = 0) -> None:
        """A heading row at `row`, from `column` on; a head that is a formula follows its cells."""
        for number, head in enumerate(heads, start=column):
            if isinstance(head, Formula):
                self.formula(row, number, head, style)
                self.grow(row, number, number, str(head.value), style)
            else:
                self.text(row, number, str(head), style)

    def chart(self, row: int, column: int, chart: Chart, size: tuple[int, int], description: str) -> None:
        """A picture of cells, its upper left corner at `row` and `column`, and what it shows in words.

        `size` is its width and height in pixels.
        """
        chart.set_size({"width": size[0], "height": size[1]})
        self.raw.insert_chart(row, column, chart, {"description": description, "object_position": 2})
        self.reaches(row + math.ceil(size[1] / 20), column)

    def pixels(self, columns: int | None = None) -> float:
        """How many pixels the first `columns` (a count) are wide, or all of them."""
        return sum(width * 7 + 5 for width in self.widths[:columns])

    def column_at(self, pixels: int) -> int:
        """The first column that begins `pixels` or more from the left, or the one behind the last."""
        return next((at for at in range(len(self.widths)) if self.pixels(at) >= pixels), len(self.widths))

    def at(self, row: int, column: int) -> str:
        """The address of the cell at `row` and `column`."""
        return f"'{self.title}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def span(self, first: int, last: int, column: int) -> str:
        """The cells of `column` from row `first` to row `last`, both included, as an address."""
        end = xl_rowcol_to_cell(last, column, row_abs=True, col_abs=True)
        return f"{self.at(first, column)}:{end}"

    def range(self, first: int, column: int, cells: Sequence[Formula]) -> Formula:
        """The cells of `column`, from row `first` down, as one array."""
        span = self.span(first, first + len(cells) - 1, column)
        return Formula(span, np.array([cell.value for cell in cells]))

    def grow(self, row: int, first: int, last: int, text: str, style: str) -> None:
        """Keep `row` high enough for a wrapped text over the columns `first` to `last`, both included."""
        self.reaches(row, last)
        size = WRAPPED.get(style)
        if size is None:
            if style == "title":
                self.heights[row] = TITLE
            return
        room = max(4.0, sum(self.widths[first : last + 1]) * NARROW - 1) / size
        lines = sum(max(1, math.ceil(width_of(part) / room)) for part in text.split("\n"))
        lines += any(width_of(word) > room for word in text.split())  # torn, not where its line is full
        height = lines * LINE * size + (0 if lines == 1 and size <= 1 else 2)
        if height > max(LINE, self.heights.get(row, 0.0)):
            self.heights[row] = height

    def _on_this_sheet(self, text: str) -> str:
        """The same with short addresses where a formula calls cells of its own sheet."""
        prefix = f"'{self.title}'!"
        if prefix not in text:
            return text
        return re.sub(rf"{prefix}([$A-Z0-9:]+)", lambda match: match[1].replace("$", ""), text)


def width_of(text: str) -> float:
    """How wide a text is in characters of a column; those of Chinese or Japanese take two, capitals more than one."""
    letters = len(text) + sum(east_asian_width(sign) in "WF" for sign in text)
    return max(letters, measure.width(text, 1.0) / measure.USUAL)


def cell_name(key: str) -> str:
    """A parameter's key as a name in formulas: `onset.shape` is `p_onset_shape`."""
    return "p_" + re.sub(r"[^A-Za-z0-9]+", "_", key)
