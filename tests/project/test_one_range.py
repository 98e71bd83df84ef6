"""A range is printed by `Range` or, where it has no middle, by `from_to`: nowhere by hand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.rooms import files

from model.catalogue.load import ROOT

LOW = {"low", "lower", "lowest", "least", "min", "soonest"}
HIGH = {"high", "higher", "highest", "upper", "most", "max", "latest"}
ENDS = {"end", "ends"}
BETWEEN = {"to", "-", "–", "—"}  # what stands between two ends
# A folder or a file that may, and what it prints.
PERMITTED = {
    "model/common/ranges.py": "every range",
    "model/common/numbers.py": "both ends with one unit, for `Range`",
    "model/catalogue": "what a cell may hold",
    "model/scenario/readers.py": "what may be typed",
    "model/scenario/scenario.py": "what may be typed",
    "model/claims/claims.py": "what may be typed, and a published amount with its unit once",
    "views/pages/evidence/controls.py": "what may be typed",
    "views/pages/evidence/record.py": "what may be typed",
    "views/pages/sources/tables.py": "what a slider allows, and a value with its unit once",
    "briefing/slides/template/clean.py": "the size that a slide may have",
}


def _names(node: ast.expr) -> set[str]:
    """The words of all names in an expression, those of keys too: `row["low_usd"]` has `low`."""
    texts = [
        getattr(part, "id", None) or getattr(part, "attr", None) or getattr(part, "value", None)
        for part in ast.walk(node)
    ]
    return {word for text in texts if isinstance(text, str) for word in re.split(r"[^a-z]+", text.lower())}


def _is_pair(first: ast.expr, between: ast.expr, last: ast.expr) -> bool:
    """A low end, what stands between two, and a high end."""
    return (
        isinstance(between, ast.Constant)
        and isinstance(between.value, str)
        and between.value.strip() in BETWEEN
        and bool(_names(first) & LOW)
        and bool(_names(last) & HIGH)
    )


def _sum(node: ast.expr) -> list[ast.expr]:
    """The parts of `a + b + c`."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*_sum(node.left), *_sum(node.right)]
    return [node]


def _said(part: ast.expr) -> ast.expr:
    """What stands in the braces of an f-string, or the words between them."""
    return part.value if isinstance(part, ast.FormattedValue) else part


def _is_from(before: ast.expr) -> bool:
    return isinstance(before, ast.Constant) and str(before.value).endswith("from ")


def _is_joined(node: ast.Call) -> bool:
    """Ends that are joined: `" to ".join(money(end) for end in ends)`."""
    if not (isinstance(node.func, ast.Attribute) and node.func.attr == "join"):
        return False
    between, names = node.func.value, {name for part in node.args for name in _names(part)}
    return (
        isinstance(between, ast.Constant)
        and str(between.value).strip() in BETWEEN
        and bool(names & ENDS or (names & LOW and names & HIGH))
    )


def ranges_by_hand(source: str) -> Iterator[int]:
    """The lines that print a range. A sentence from here to there (`rises from {low} to {high}`) is none."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _is_joined(node):
            yield node.lineno
        elif isinstance(node, ast.JoinedStr | ast.BinOp):
            parts = _sum(node) if isinstance(node, ast.BinOp) else [_said(part) for part in node.values]
            for before, *pair in zip([ast.Constant(""), *parts], parts, parts[1:], parts[2:], strict=False):
                if _is_pair(*pair) and not _is_from(before):
                    yield node.lineno


def _place_of(path: str) -> str | None:
    return next((place for place in PERMITTED if Path(path).is_relative_to(place)), None)


def test_no_range_is_printed_by_hand() -> None:
    by_file = {
        path.relative_to(ROOT).as_posix(): [*ranges_by_hand(path.read_text("utf-8"))]
        for path in files().values()
    }
    bad = [
        f"{path}:{line} prints a range: take `Range.ends` or `from_to` of model/common/ranges.py"
        for path, lines in by_file.items() for line in lines if _place_of(path) is None
    ]  # fmt: skip
    assert not bad, "\n".join(bad)
    idle = set(PERMITTED) - {_place_of(path) for path, lines in by_file.items() if lines}
    assert not idle, f"no range is printed any more in {idle}: take it from the list"


@pytest.mark.parametrize(
    "code",
    [
        'x = f"{low} to {high}"',
        'x = f"Range {words.low} to {words.high}, by hand"',
        'x = f"{fmt(low)}–{fmt(high)}"',
        'x = f"{value.low:g}-{value.high:g}"',
        "x = f\"{usd(row['low'])} to {usd(row['high'])}\"",
        'x = f"{money(min(values))} to {money(max(values))}"',
        'x = money(low) + " to " + money(high)',
        'x = "about " + low + " – " + high',
        'x = " to ".join(money(end) for end in ends)',
        'x = " to ".join((low, high))',
    ],
)
def test_the_search_finds_each_form(code: str) -> None:
    assert [*ranges_by_hand(code)]


@pytest.mark.parametrize(
    "code",
    [
        'x = f"{words.median} ({words.ends})"',
        'x = f"rises from {low} to {high}"',
        'x = f"{first.words} to {last.words}"',
        'x = f"{low}, {high}"',
        'x = "-".join(regions)',
        "x = high - low",
    ],
)
def test_dates_sentences_and_sums_are_no_ranges(code: str) -> None:
    assert not [*ranges_by_hand(code)]
