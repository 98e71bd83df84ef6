"""Lists that were made to do harm or are broken: one sentence each, in bounded time and memory, and no row of them."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from helpers.files.hostile_lists import OWN, refused, workbook

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.lists.reading import read_list


def test_what_is_no_list_is_one_sentence(catalogue: Catalogue) -> None:
    assert read_list(catalogue, "own.csv", OWN).rows == read_list(catalogue, "own.xlsx", workbook()).rows == 1
    for name, content in refused():
        with pytest.raises(InputError) as problem:
            read_list(catalogue, "mine.csv", content)
        text = str(problem.value)
        assert (
            text.startswith("list: ") and "; allowed: " in text and text.isprintable() and len(text) < 900
        ), (
            name,
            text,
        )


def test_one_long_text_in_every_row_does_not_fill_our_memory(catalogue: Catalogue) -> None:
    """A workbook holds a text once and refers to it, so that a few kilobytes are as many rows as one likes."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    for number in range(2_500):
        sheet.write_string(number, 0, "x" * 30_000)
    book.close()
    assert len(target.getvalue()) < 100_000
    with pytest.raises(InputError, match="unpacks to too much"):
        read_list(catalogue, "mine.xlsx", target.getvalue(), most=5_000)


def test_more_rows_than_the_page_takes_are_not_even_read(catalogue: Catalogue) -> None:
    many = OWN.rstrip() + b"\nKenya,full_blackout,2024-02-01,2024-02-02" * 300_000
    with pytest.raises(InputError, match="has more than 20 rows; allowed: at most 20 here; python"):
        read_list(catalogue, "mine.csv", many, most=20)
