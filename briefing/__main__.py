"""Files to take away on the command line: `python -m briefing --to DIR`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from model.common.program.start import listen  # first: importing the others takes a second
from briefing import FORMATS, Made, make
from briefing.common.content import Content, content_of
from briefing.common.links import VARIABLE, given_address
from briefing.common.texts import file_text
from briefing.pages import PAGE_FORMATS, make_page
from briefing.pages.arguments import OF_ESTIMATE, add_arguments, of_others
from model.catalogue.load import load
from model.cli.parser import Parser, named_scenario, not_beside, only_with, program, run, write
from model.common import limits
from model.common.errors import InputError, choices
from model.common.files import bytes_of, folder_at
from model.common.program import command
from model.estimation.estimate import estimate
from model.reading.dates import day_of
from model.scenario.comparison import MOST_SCENARIOS

POCKET = "pocket"  # the edition of all economies, in place of files of one scenario


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files and print their names; 0 when it worked, 2 after one clear line on standard error."""
    listen()
    given = list(sys.argv[1:] if arguments is None else arguments)
    return run(lambda: _pocket(given[1:]) if given[:1] == [POCKET] else _print_paths(given))


def _pocket(arguments: Sequence[str]) -> None:
    from briefing.pocket.command import made, parser  # no other file needs them

    options = parser().parse_args(arguments)
    for path in write_files(options.to, [made(load(), options, _day(options.date))], overwrite=True):
        print(path)


def _print_paths(arguments: Sequence[str]) -> None:
    options = _parser().parse_args(arguments)
    not_beside(options, "press", "page", "to", "formats", "template", "overwrite")
    if options.to is None and not options.press:
        raise InputError("--to", "", "is missing", "a folder to write into, or --press")
    allowed = PAGE_FORMATS if options.page else FORMATS
    keys = _formats(options.formats, allowed)  # a bad name is said before anything is computed
    only_with(options, "the format pptx", "pptx" in keys, "template")
    look = None
    if options.template is not None:
        look = bytes_of("--template", Path(options.template), "a .pptx file", limits.UPLOAD_MB * limits.MB)
    day, address = _day(options.date), given_address(options.address)
    if len(options.beside) >= MOST_SCENARIOS:
        raise InputError("--beside", len(options.beside), "is too many", f"at most {MOST_SCENARIOS - 1}")
    if options.page:
        from briefing.pages.command import (
            content_of as content_of_page,
        )  # slow to load, and no estimate needs it

        page = content_of_page(load(), options, day, address)
        made = [make_page(key, page, look) for key in keys]
    else:
        content = _content(options, day, address)
        if options.press:
            print(file_text(content), end="")
            return
        made = [make(key, content, look) for key in keys]
    for path in write_files(options.to, made, overwrite=options.overwrite):
        print(path)


def _parser() -> Parser:
    parser = program(
        command("briefing"),
        "Slides, workbook, report and data package of a scenario or of a page. "
        f"`{command('briefing')} {POCKET} --to DIR` writes the edition of all economies that needs no server.",
    )
    parser.add_argument("--to", metavar="DIR", help="folder to write into; made when missing")
    parser.add_argument("--press", action="store_true", help="print the texts to paste; no file is written")
    parser.add_argument(
        "--scenario",
        help="a scenario file (TOML), or the name of one of NetToll's; default: the page as it opens",
    )
    parser.add_argument(
        "--beside", action="append", default=[], metavar="SCENARIO",
        help=f"a scenario to compare with; repeat for more (at most {MOST_SCENARIOS - 1})",
    )  # fmt: skip
    parser.add_argument("--formats", help=f"some of {','.join(FORMATS)} (default: all)")
    parser.add_argument(
        "--address", help=f"where readers can open the dashboard, for links and QR code (default: {VARIABLE})"
    )
    parser.add_argument(
        "--template",
        help="a .pptx or .potx whose look alone the slides take, at most 20 MB",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace files of the same name")
    parser.add_argument("--date", help="date of the files, such as 2026-01-05 (default: today)")
    add_arguments(parser)
    return parser


def _content(options: argparse.Namespace, day: date, address: str) -> Content:
    """What is said of a scenario and of those beside it; raises `InputError`, also for what a page alone reads."""
    only_with(options, "--page", False, *of_others(OF_ESTIMATE))
    catalogue = load()
    others = [named_scenario(catalogue, name) for name in options.beside]
    result = estimate(catalogue, named_scenario(catalogue, options.scenario))
    return content_of(result, day=day, address=address, others=others)


def write_files(to: str, made: Sequence[Made], *, overwrite: bool = False) -> list[Path]:
    """Write the files; raises `InputError`, and then none is written.

    A file that is there already with other content is replaced only when `overwrite` says so.
    """
    folder = Path(to)
    for file in made:
        if (folder / file.name).is_dir():
            raise InputError("--to", file.name, "is the name of a folder there", "another folder")
    if not overwrite:
        for file in made:
            _leave_alone(folder / file.name, file.data)
    try:
        with folder_at(folder):
            write({folder / file.name: file.data for file in made}, "--to")
    except OSError as problem:
        said = problem.strerror or "cannot be written"
        raise InputError("--to", to, said, "a folder that can be written") from None
    return [folder / file.name for file in made]


def _leave_alone(path: Path, data: bytes) -> None:
    """Raises `InputError` where a file of that name is there and says something else."""
    try:
        alike = path.is_file() and path.stat().st_size == len(data)
        same = not path.exists() or (alike and path.read_bytes() == data)
    except OSError:
        return  # it cannot be read: writing it will say why
    if not same:
        raise InputError(
            "--to", path.name, "is there already with other content", "another folder, or --overwrite"
        )


def _formats(text: str | None, allowed: Collection[str]) -> list[str]:
    if text is None:
        return list(allowed)
    names = list(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    unknown = [name for name in names if name not in allowed]
    if unknown or not names:
        raise InputError("--formats", unknown[0] if unknown else text, "is not known", choices(allowed))
    return names


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    return day_of("--date", text)


if __name__ == "__main__":
    sys.exit(main())
