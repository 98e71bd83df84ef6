"""Lists that were made to do harm or are broken, each by name, made by code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator

import xlsxwriter

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
    """That workbook with further rows."""
    return workbook(lambda old: old.replace(b"</sheetData>", rows.encode() + b"</sheetData>"))


def refused() -> Iterator[tuple[str, bytes]]:
    """Files that are no usable list."""
    yield "nothing", b""
    yield "blanks", b" \n\n\t "
    yield "bytes", bytes(range(256)) * 50
    yield "signs that show nothing", b"\0\x1b[2J\r" * 9
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
    yield "a sheet that unpacks to much", workbook(lambda old: old + b" " * (401 * 2**20))
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
