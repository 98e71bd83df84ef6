"""What every command shares: how arguments are read, results are written and errors are told."""

from __future__ import annotations

import argparse
import codecs
import errno
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, TextIO

from model.catalogue.load import Catalogue, shipped_file
from model.common.errors import InputError, quoted_value
from model.common.files import shown, why_not, write_together
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

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """A word that is none of those on offer is told as every other value that cannot be used."""
        if action.choices is not None and value not in action.choices:
            name = "/".join(action.option_strings) or action.dest
            raise InputError(
                "command" if name == argparse.SUPPRESS else name, value, "is not known", action.choices
            )

    def _print_message(self, message: str, file: Any = None) -> None:
        """The help into a stream that takes it; the parser's own would say nothing of one that does not."""
        (file or sys.stderr).write(message)

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError` with what the library says of a command line that it cannot read."""
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


def only_with(options: argparse.Namespace, wanted: str, asked: object, *names: str) -> None:
    """Refuse arguments that would change nothing: those `names` that are given where `wanted` is not `asked` for."""
    if not asked:
        _unused(options, names, f"without {wanted}", f"with {wanted}")


def not_beside(options: argparse.Namespace, other: str, *names: str) -> None:
    """The same where the argument `other` is given, which leaves them nothing to do."""
    if getattr(options, other):
        _unused(options, names, f"beside --{other}", "one of them")


def _unused(options: argparse.Namespace, names: Sequence[str], where: str, allowed: str) -> None:
    for name in names:
        given = getattr(options, name.replace("-", "_"))
        if given not in (None, False, []):
            raise InputError(f"--{name}", given, f"has no use {where}", allowed)


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


def write(contents: Mapping[Path, str | bytes], option: str = "--out") -> None:
    """Write files, text as UTF-8, all or none; raises `InputError` naming the argument that asked for them."""
    ready = {
        path: file_bytes(path.name, content) if isinstance(content, str) else content
        for path, content in contents.items()
    }
    try:
        write_together(ready)
    except (OSError, ValueError) as problem:  # a name may hold what no file system takes
        path = getattr(problem, "filename", None) or next(iter(contents), "")
        problem_said = why_not(problem, "cannot be written")
        raise InputError(option, shown(Path(path)), problem_said, "a file that can be written") from None


FAILED, STOPPED = 2, 130  # what a program that ended so hands to the shell


def run(program: Callable[[], None]) -> int:
    """Run a program: 0 when it worked, 2 after one clear line on standard error, 130 where somebody stopped it.

    A reader of a pipe who has seen enough is no failure.
    """
    _ready()
    try:
        try:
            program()
        except SystemExit:  # of the help
            sys.stdout.flush()
            raise
        sys.stdout.flush()
    except InputError as problem:
        _say(f"error: {problem}")
        stopped = isinstance(problem.__context__, KeyboardInterrupt)  # the command itself says how to go on
        return STOPPED if stopped else FAILED
    except KeyboardInterrupt:
        _say("error: stopped, as asked; nothing was left half-written")
        return STOPPED
    except BrokenPipeError:
        _to_nowhere(sys.stdout)
    except OSError as problem:
        _say(
            f"error: {problem.filename or 'output'}: {problem.strerror or problem}; allowed: a place that takes it"
        )
        _to_nowhere(sys.stdout)
        return FAILED
    return 0


def _ready() -> None:
    """Letters that a screen or pipe lacks are named, and a closed stream says that it takes nothing."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, _Closed())
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=PLAIN)


class _Closed(io.TextIOBase):
    """In place of a stream that was closed before the program began, where Python has nothing."""

    def write(self, text: str) -> int:
        raise OSError(errno.EBADF, "is closed")


def _say(line: str) -> None:
    """One line on standard error, as far as that takes one."""
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        _to_nowhere(sys.stderr)


def _to_nowhere(stream: TextIO) -> None:
    """What is left over in a stream that takes nothing has nowhere to go, and must not fail once more at the end."""
    if isinstance(stream, io.TextIOWrapper):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


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
