"""The command line: the same answers as the screen. `python -m model --help` lists the commands."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from model.common.program.start import listen  # first: importing the others takes a second
from model.catalogue.load import load
from model.cli.parser import Parser, program, run, write
from model.common.program import command as typed

# The file of each command. It is read only when the command (or the help) is asked for: an estimate should not wait
# for the back-tests.
COMMANDS = {
    "estimate": "estimate", "world": "world", "year": "year", "claims": "claims", "exports": "industry",
    "firm": "industry", "levers": "industry",
    "method": "methods", "methods": "methods", "backtest": "backtest", "list": "lists", "events": "events",
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked, 2 after one clear line on standard error."""
    listen()
    given = list(sys.argv[1:] if arguments is None else arguments)
    return run(lambda: _command(given))


def _command(given: Sequence[str]) -> None:
    options = _parser(given[0] if given else "").parse_args(given)
    text = options.run(load(), options)
    if options.out is not None:
        write({Path(options.out): text})
    else:
        sys.stdout.write(text)


def _parser(command: str) -> Parser:
    """The parser for a command line that begins with `command`, which may be any word."""
    parser = program(typed(), "What an internet disruption costs, as a range with a basis.")
    parser.epilog = f"{typed('briefing')}: files to take away. {typed('dashboard')}: the pages."
    commands = parser.add_subparsers(required=True, metavar=" | ".join(COMMANDS), parser_class=Parser)
    files = [COMMANDS[command]] if command in COMMANDS else dict.fromkeys(COMMANDS.values())
    for file in files:
        import_module(f"{__package__}.cli.{file}").add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
