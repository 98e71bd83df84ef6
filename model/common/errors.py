"""The one error that bad input raises: it names the field, the value and what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

LONGEST_NAME = 160
MOST_DIGITS = 10**30
SHOWN = 60  # characters of a bad value that are repeated back; the rest could be anything


class InputError(ValueError):
    """A value that cannot be used, in one line that a reader can act on.

    `field` is the name as the reader wrote it, `value` what was given, `problem` what is wrong with it
    and `allowed` what would be accepted: in words, or the names of which one would be.
    """

    def __init__(self, field: str, value: object, problem: str, allowed: str | Iterable[str]) -> None:
        self.field, self.value, self.problem = field, value, _on_one_line(problem)
        self.allowed = _allowed(allowed, value)
        super().__init__(
            f"{quoted_value(field, LONGEST_NAME)[1:-1]}: {quoted_value(value)} {self.problem}; allowed: {self.allowed}"
        )

    def named(self, field: str) -> InputError:
        """The same with the field under another name."""
        return InputError(field, self.value, self.problem, self.allowed)


class UnknownNameError(InputError):
    """A name that stands for nothing known here, so that more letters may make one."""


class DataError(InputError):
    """A row of the project's own tables that cannot be used."""


class CellError(ValueError):
    """Raised by a row's own checks: which column is wrong, its value, and what would be right."""

    def __init__(self, column: str, value: object, allowed: str | Iterable[str]) -> None:
        self.column, self.value = column, value
        self.allowed = _allowed(allowed, value)
        super().__init__(f"{column}: {self.allowed}")


def quoted_value(value: object, longest: int = SHOWN) -> str:
    """The value on one line, in quotes when it is words, shortened to `longest` characters."""
    text = _on_one_line(_written(value))
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return text if plain else f"'{text}'"


def _on_one_line(text: str) -> str:
    """The text, with signs that cannot be seen by their number."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def _written(value: object) -> str:
    """What was given as a file or a command line has it, not as Python does."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} = {_written(item)}" for name, item in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(map(_written, value))
    if isinstance(value, int) and abs(value) > MOST_DIGITS:  # Python refuses to write out thousands of digits
        return "a number of too many digits"
    return "" if value is None else str(value)


def _allowed(allowed: str | Iterable[str], value: object) -> str:
    return allowed if isinstance(allowed, str) else choices(allowed, _written(value), most=12)


def choices(names: Iterable[str], given: str = "", most: int = 8) -> str:
    """The allowed names, the nearest to `given` first; of more than `most` names (a count) only the first."""
    every = list(names)
    near = get_close_matches(str(given), every, n=3, cutoff=0.6)
    if near:
        return f"{', '.join(near)} (nearest of {len(every)})" if len(every) > most else ", ".join(every)
    if len(every) <= most:
        return ", ".join(every)
    return f"{', '.join(every[:most])} … ({len(every)} in all)"
