"""No sentence is read by code: what is written for people decides nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from helpers.rooms import files

from model.catalogue.load import ROOT
from model.common.cells import Unit

SEARCHES = (
    "startswith", "endswith", "partition", "rpartition", "removeprefix", "removesuffix", "split", "rsplit", "find",
    "index", "count",
)  # fmt: skip
KEYS = {*get_args(Unit)}  # written with a blank, and yet keys of the tables
# A folder or a file, what it may look for (all where nothing is named), and whose text it reads.
PERMITTED: dict[str, tuple[tuple[str, ...], str]] = {
    "model/reading": ((), "what people type"),
    "model/layouts": ((), "lists of others"),
    "model/scenario/events.py": ((), "titles of forms, which stand in links of the world"),
    "model/common/tables.py": (("Input should be ",), "messages of pydantic"),
    "model/lists/priced.py": ((" or ",), "keys of kinds in one cell of a file"),
    "model/text/lists_report.py": ((" or ",), "keys of kinds in one cell of a file"),
    "door/common/safety.py": (("frame-ancestors *",), "a header of HTTP"),
    "model/catalogue/disruptions.py": (("a ", "an "), "the article of a phrase that stands behind a number"),
    "model/claims/sentences.py": (("per ",), "the period of a published figure, as its source says it"),
}


def _is_prose(value: object) -> bool:
    """A blank and a letter: words, not a key or a sign."""
    return (
        isinstance(value, str)
        and " " in value
        and any(sign.isalpha() for sign in value)
        and value not in KEYS
    )


def _texts(node: ast.expr) -> Iterator[str]:
    """The words in a constant and in a list of constants."""
    if isinstance(node, ast.Constant) and _is_prose(node.value):
        yield str(node.value)
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for part in node.elts:
            yield from _texts(part)


def words_read(source: str) -> list[tuple[int, str]]:
    """The lines that compare with words or look for them, each with the words."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        asked: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            asked = [node.left, *node.comparators]
        elif (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SEARCHES
        ):
            asked = node.args[:1]
        elif isinstance(node, ast.MatchValue):
            asked = [node.value]
        lines += [(part.lineno, text) for part in asked for text in _texts(part)]
    return lines


def _is_permitted(path: str, text: str) -> bool:
    return any(
        Path(path).is_relative_to(place) and (not texts or text in texts)
        for place, (texts, _) in PERMITTED.items()
    )


def test_no_code_reads_what_is_written_for_people() -> None:
    read = {
        path.relative_to(ROOT).as_posix(): words_read(path.read_text("utf-8")) for path in files().values()
    }
    bad = [
        f"{path}:{line} looks for {text!r}: give the object a field, a key or an enum that says it"
        for path, lines in read.items()
        for line, text in lines
        if not _is_permitted(path, text)
    ]
    assert not bad, "\n".join(bad)
    for place, (texts, _) in PERMITTED.items():
        seen = {text for path, lines in read.items() if Path(path).is_relative_to(place) for _, text in lines}
        assert set(texts) <= seen, f"{place} no longer looks for {set(texts) - seen}: take it from the list"


@pytest.mark.parametrize(
    "code",
    [
        'x = "at least" in row.notes',
        'x = row["label"] != "Lost at once"',
        'x = title.endswith(" a year")',
        'x = period.startswith(("per ", "years "))',
        'x = text.removesuffix(" work-days")',
        'x = label.rpartition(" and ")[2]',
        'x = verdict in ("used to fit", "inside")',
        'match verdict:\n    case "worth it":\n        x = 1',
    ],
)
def test_the_search_finds_each_form(code: str) -> None:
    assert words_read(code)


@pytest.mark.parametrize(
    "code", ['x = unit == "M USD"', 'x = key == "at_least"', 'x = text.split(" ")', 'x = f(" a b")']
)
def test_keys_and_signs_are_no_prose(code: str) -> None:
    assert not words_read(code)
