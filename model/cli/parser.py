"""What every command shares: how arguments are read, results are written and errors are told."""

from __future__ import annotations

import argparse
import codecs
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from model.catalogue.load import Catalogue, shipped_file
from model.common.errors import InputError, quoted_value
from model.common.version import MODEL_VERSION
from model.scenario.file import content_of, from_toml, note_on_file, read_file
from model.scenario.scenario import BASELINE, Scenario
from model.text.writer import file_bytes

PLAIN = "plain"
SIGNS = {
    "\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2011": "-", "\u2026": "...", "\u2018": "'", "\u2019": "'",
    "\u201c": "'", "\u201d": "'", "\u00b7": "|", "\u00d7": "x", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    "\u2060": "", "\u2192": "->", "\u2265": ">=", "\u2264": "<=",
}  # fmt: skip
Command = Callable[[Catalogue, argparse.Namespace], str]


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, with exit code 2; takes no argument twice, save those that collect."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.register("action", None, Once)

    def error(self, message: str) -> NoReturn:
        raise UsageError("command line", message, "cannot be used", f"see {self.prog} --help")


class Once(argparse.Action):
    """Stores an argument's value and refuses a second one, which would silently replace the first."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: str | None = None) -> None:
        if getattr(namespace, self.dest) is not self.default:
            raise UsageError(
                "command line", f"argument {option_string}: given twice", "", f"see {parser.prog} --help"
            )
        setattr(namespace, self.dest, values)


LONGEST = 400  # letters of what is wrong with a command line


class UsageError(InputError):
    """A command line that does not parse; the parser's own words already name the argument."""

    def __str__(self) -> str:
        words = quoted_value(" ".join(str(self.value).split()), LONGEST)[
            1:-1
        ]  # no sign that moves the cursor
        return f"{self.field}: {words}; {self.allowed}"


def program(name: str, description: str) -> Parser:
    """The parser of a program, `python -m model` or `python -m briefing`."""
    parser = Parser(prog=name, description=description)
    parser.add_argument("--version", action="version", version=MODEL_VERSION)
    return parser


def add_output(parser: argparse.ArgumentParser, run: Command) -> None:
    """End the arguments of a command: the form of its result, where to write it, and what makes it."""
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    parser.add_argument("--out", help="write to this file instead of the screen")
    parser.set_defaults(run=run)


def add_set(parser: argparse.ArgumentParser, words: str) -> None:
    """The argument `--set KEY=VALUE`, as often as needed; read it with `pairs`."""
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help=words)


def pairs(items: Sequence[str]) -> dict[str, str]:
    """`key=value` arguments; raises `InputError` for anything else and for a key given twice."""
    values: dict[str, str] = {}
    for item in items:
        key, sign, value = (part.strip() for part in item.partition("="))
        if not sign or not key:
            raise InputError("--set", item, "is not key=value", "key=number or key=low:mode:high")
        if key in values:
            raise InputError("--set", key, "is given twice", "each key once")
        values[key] = value
    return values


def named_scenario(catalogue: Catalogue, name: str | None) -> Scenario:
    """The scenario of a file or a shipped one by its name, the baseline for None; raises `InputError`."""
    if name is None:
        return BASELINE
    shipped = shipped_file(catalogue, name)
    if shipped is not None:
        return read_file(catalogue, shipped)
    content = content_of(Path(name))
    scenario = from_toml(catalogue, content)
    if said := note_on_file(catalogue, content, scenario):
        print(said, file=sys.stderr)
    return scenario


def write(path: Path, content: str | bytes, option: str = "--out") -> None:
    """Write a file, text as UTF-8; raises `InputError` naming the argument that asked for it."""
    if isinstance(content, str):
        content = file_bytes(path.name, content)
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise InputError(
            option, str(path), problem.strerror or "cannot be written", "a file that can be written"
        ) from None


def run(program: Callable[[], None]) -> int:
    """Run a program: 0 when it worked, 2 after one clear line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=PLAIN)
    try:
        program()
        sys.stdout.flush()
    except InputError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of the pipe has seen enough
        sys.stderr.close()
    except OSError as problem:
        print(
            f"error: output: {problem.strerror or problem}; allowed: a place that takes it", file=sys.stderr
        )
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left over has nowhere to go
        return 2
    return 0


def _plain(problem: UnicodeError) -> tuple[str, int]:
    """Signs that the screen's or the pipe's letters lack: a minus stays a minus, the rest is named by its number.

    JSON reads these names as the letters that they stand for.
    """
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    missing = problem.object[problem.start : problem.end]
    return "".join(SIGNS[sign] if sign in SIGNS else _named(sign) for sign in missing), problem.end


def _named(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


codecs.register_error(PLAIN, _plain)
