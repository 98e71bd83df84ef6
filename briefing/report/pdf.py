"""The report as PDF: made by Typst without a browser, readable by a screen reader (PDF/UA)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import typst

from briefing.common.content import Content
from briefing.report.typeset import Data, all_breakable, data_of

FOLDER = Path(__file__).resolve().parent
TEMPLATE, FONTS = "report.typ", FOLDER / "fonts"
SIZES = ("10.6", "10.2", "9.8", "9.4", "9")  # points of the body
PAGES, FULL = 3, 0.4  # most pages, and the least part of the last one that is used
NO_FONT = (
    "The title is in letters that this machine has no font for; the properties of this document hold it."
)
METADATA = ("title", "name")  # never drawn, so no font is needed for their letters
UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed')  # Typst names each text that no font has
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def make(content: Content) -> bytes:
    """The report as bytes."""
    return typeset(data_of(content), content.day)


def typeset(data: Data, day: str, template: str = TEMPLATE, sizes: Sequence[str] = SIZES) -> bytes:
    """Data set out by a template of this folder, in the best of the sizes, dated by the day.

    A reader's words may have letters that the shipped fonts lack, which a readable PDF may not: then the
    machine's own fonts are asked, and a letter that none of them has becomes a question mark, it alone.
    """
    noon = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    compiled = partial(_compiled, at=noon, template=template, sizes=sizes)
    try:
        return compiled(data, only_shipped_fonts=True)
    except typst.TypstError as error:
        _letters(error)
    try:
        return compiled(data, only_shipped_fonts=False)
    except typst.TypstError as error:
        return compiled(_drawable(data, _letters(error)), only_shipped_fonts=False)


def _letters(error: typst.TypstError) -> set[str]:
    """The texts that no font can draw; any other error is raised again."""
    named = {
        ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in UNDRAWN.findall(error.diagnostic)
    }
    if not named:
        raise error
    return named


def _drawable(data: Data, letters: set[str]) -> Data:
    """The data without what no font can draw; a title of which little is left gives way to what happened."""
    drawn = {key: data[key] if key in METADATA else _without(letters, data[key]) for key in data}
    if drawn["heading"].count("?") - data["heading"].count("?") > len("".join(data["heading"].split())) / 2:
        drawn |= {"heading": drawn["event"], "heading_from_right": False, "heading_note": NO_FONT}
    return drawn


def _without(letters: Iterable[str], value: Any) -> Any:
    """The same data with a question mark for each of these letters."""
    if isinstance(value, dict):
        return {key: _without(letters, item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without(letters, item) for item in value]
    if isinstance(value, str):
        for letter in letters:
            value = value.replace(letter, "?")
    return value


def _compiled(
    data: Data, at: datetime, template: str, sizes: Sequence[str], *, only_shipped_fonts: bool
) -> bytes:
    """The PDF in the largest letters at which it has few pages and no page that is mostly empty."""
    fonts = typst.Fonts(include_system_fonts=not only_shipped_fonts, font_paths=[FONTS])
    text = json.dumps(all_breakable(data, METADATA), ensure_ascii=False)
    tries: list[tuple[tuple[int, bool, float], typst.Compiler]] = []
    for size in sizes:
        compiler = typst.Compiler(
            str(FOLDER / template),
            root=str(FOLDER),
            font_paths=fonts,
            sys_inputs={"data": text, "size": size},
        )
        pages, used = json.loads(compiler.query("<end>", field="value", one=True))
        tries.append(((-max(pages, PAGES), used >= FULL, used), compiler))
        if pages <= PAGES and used >= FULL:
            break
    best = max(tries, key=lambda item: item[0])[1]
    made = best.compile(format="pdf", pdf_standards=["ua-1"], timestamp=at)
    assert isinstance(made, bytes)
    return made
