"""Independent readers of the files to take away: every word of each, as plain text."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser

from pptx import Presentation
from python_calamine import load_workbook

from helpers.files.office import program


def deck_text(data: bytes) -> str:
    """Every word of the slides and their notes."""
    words: list[str] = []
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                words.append(shape.text_frame.text)
            if shape.has_table:
                words += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
        words.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(words)


def pdf_text(data: bytes) -> str:
    """As Poppler reads it, in a fifth of the time that pypdf takes over the lines of our charts."""
    done = subprocess.run([program("pdftotext"), "-", "-"], input=data, capture_output=True, check=True)
    return flat(re.sub("\u200b\n?", "", done.stdout.decode()))  # where a long word may be torn


def book_text(data: bytes) -> str:
    book = load_workbook(io.BytesIO(data))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return "\n".join(str(value) for row in rows for value in row if value != "")


class Words(HTMLParser):
    """The visible words of a page, and its scripts apart."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.scripts: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        (self.scripts if self.inside == "script" else self.words).append(data)


def page_of(data: bytes) -> Words:
    parser = Words()
    parser.feed(data.decode("utf-8"))
    return parser


def package_of(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name.split("/", 1)[1]: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u2060", ""))


READERS: dict[str, Callable[[bytes], str]] = {
    "pptx": deck_text,
    "xlsx": book_text,
    "pdf": pdf_text,
    "html": lambda data: " ".join(page_of(data).words),
    "zip": lambda data: "\n".join(package_of(data).values()),
}
