"""The one error that bad input raises: it names the field, the value and what is allowed."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST_NAME = 160
SHOWN = 60  # characters of a bad value that are repeated back; the rest could be anything


class InputError(ValueError):
    """A value that cannot be used, in one line that a reader can act on.

    `field` is the name as the reader wrote it, `value` what was given, `problem` what is wrong with it
    and `allowed` what would be accepted.
    """

    def __init__(self, field: str, value: object, problem: str, allowed: str) -> None:
        self.field, self.value, self.problem, self.allowed = field, value, problem, allowed
        super().__init__(
            f"{quoted_value(field, LONGEST_NAME)[1:-1]}: {quoted_value(value)} {problem}; allowed: {allowed}"
        )


class DataError(InputError):
    """A row of the project's own tables that cannot be used."""


class CellError(ValueError):
    """Raised by a row's own checks: which column is wrong, its value, and what would be right."""

    def __init__(self, column: str, value: object, allowed: str) -> None:
        self.column, self.value, self.allowed = column, value, allowed
        super().__init__(f"{column}: {allowed}")


def quoted_value(value: object, longest: int = SHOWN) -> str:
    """The value on one line, shortened, in quotes when it is text."""
    text = value if isinstance(value, str) else repr(value)
    text = text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return f"'{text}'" if isinstance(value, str) else text


def choices(names: Iterable[str], given: str = "", most: int = 8) -> str:
    """The allowed names, the nearest to `given` first, shortened when there are many."""
    every = list(names)
    near = get_close_matches(str(given), every, n=3, cutoff=0.6)
    if near:
        return f"{', '.join(near)} (nearest of {len(every)})" if len(every) > most else ", ".join(every)
    if len(every) <= most:
        return ", ".join(every)
    return f"{', '.join(every[:most])} … ({len(every)} in all)"
