"""Lists that were made to do harm or are broken: one sentence each, in bounded time and memory, and no row of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator

import pytest
import xlsxwriter

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.lists.reading import read_list

SHEET = "xl/worksheets/sheet1.xml"
OWN = b"place,kind,start,end\nKenya,full_blackout,2024-01-01,2024-01-02\n"


def workbook(change: Callable[[bytes], bytes | None] = lambda old: old) -> bytes:
    """A list of our own layout as a workbook, with a change of its sheet; None leaves the sheet out."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    for number, line in enumerate(OWN.decode().split()):
        sheet.write_row(number, 0, line.split(","))
    book.close()
    made = io.BytesIO()
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content: bytes | None = old.read(name)
            if name == SHEET:
                content = change(content or b"")
            if content is not None:
                new.writestr(name, content)
    return made.getvalue()


def inside(rows: str) -> bytes:
    return workbook(lambda old: old.replace(b"</sheetData>", rows.encode() + b"</sheetData>"))


def hostile() -> Iterator[tuple[str, bytes]]:
    yield "nothing", b""
    yield "blanks", b" \n\n\t "
    yield "bytes", bytes(range(256)) * 50
    yield "a header alone", OWN.splitlines()[0]
    yield "a million columns", b"place,kind," * 500_000 + b"\nKenya,full_blackout\n"
    yield "a field without end", OWN + b'Kenya,"' + b"x" * 5_000_000
    yield "deep JSON", b"[" * 100_000
    yield "wide JSON", b"[" + b"[]," * 3_000_000 + b"1]"
    yield "cut JSON", b'{"annotations": [{"id": 1, "locations": ["PK"'
    yield "JSON of nothing", b"{}"
    yield "a number without end", b"[" + b"9" * 100_000 + b"]"
    yield "cut workbook", workbook()[:2_000]
    yield "workbook without a sheet", workbook(lambda old: None)
    yield "workbook of text", workbook(lambda old: b"no sheet")
    yield "the last cell of all", inside('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    yield "a sheet that unpacks to much", workbook(lambda old: old + b" " * (500 * 2**20))
    laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    yield (
        "entities",
        workbook(
            lambda old: old.replace(b"<worksheet", laughs.encode() + b"<worksheet").replace(
                b"<v>0</v>", b"<v>&b;</v>"
            )
        ),
    )
    yield "another file", workbook().replace(b"xl/workbook.xml", b"xx/workbook.xml")
    yield "two columns of one name", b"place,kind,Place\nKenya,full_blackout,Uganda\n"
    yield "a password", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(10_000)


def test_what_is_no_list_is_one_sentence(catalogue: Catalogue) -> None:
    assert read_list(catalogue, "own.csv", OWN).rows == read_list(catalogue, "own.xlsx", workbook()).rows == 1
    for name, content in hostile():
        with pytest.raises(InputError) as problem:
            read_list(catalogue, "mine.csv", content)
        text = str(problem.value)
        assert text.startswith("list: ") and "; allowed: " in text and "\n" not in text and len(text) < 900, (
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
